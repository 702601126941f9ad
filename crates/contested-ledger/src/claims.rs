//! Claims out of the ledger: which count, how they read on a day, and how they are found.

use std::collections::BTreeSet;

use contested_model::{Claim, Kept};
use jiff::civil::Date;

use crate::decisions::{Merged, known_as};
use crate::filter::Ids;
use crate::sql::{Value, params_from_iter};
use crate::way::Way;
use crate::{Around, Cursor, Filter, InReview, Ledger, Result, Standing, Tellings, What};

/// `e` is the newest extraction of its report.
pub(crate) const NEWEST: &str = "e.id = (SELECT max(id) FROM extractions WHERE report = e.report)";

/// `c` is how its claim reads by what had been decided until then.
pub(crate) const READING: &str = "(c.decided IS NULL OR c.decided <= :until)
    AND NOT EXISTS (SELECT 1 FROM claims x WHERE x.key = c.key AND x.extraction = c.extraction AND x.decided IS NOT NULL AND x.decided <= :until
                    AND (c.decided IS NULL OR (x.decided, x.id) > (c.decided, c.id)))";

/// `r` is a telling of its own: no copy, and the newest version of its page until then. Of versions with one text the first stands. A new version
/// whose words stand in a copy of the old one is no copy of that copy.
pub(crate) const COUNTED: &str = "NOT EXISTS (SELECT 1 FROM copies k WHERE k.report = r.id
                AND NOT EXISTS (SELECT 1 FROM copies b JOIN reports v ON v.id = b.original WHERE b.report = k.original AND v.address = r.address))
    AND (r.address IS NULL
         OR NOT EXISTS (SELECT 1 FROM reports n WHERE n.address = r.address AND n.known <= :until AND (n.known, n.id) > (r.known, r.id)
                        AND n.hash <> r.hash)
            AND r.hash IS DISTINCT FROM (SELECT p.hash FROM reports p WHERE p.address = r.address AND (p.known, p.id) < (r.known, r.id)
                               ORDER BY p.known DESC, p.id DESC LIMIT 1))";

fn current(tellings: Tellings) -> String {
    let rejected = if tellings == Tellings::Rejected { "=" } else { "<>" };
    let counted = if tellings == Tellings::Counted { format!(" AND {COUNTED}") } else { String::new() };
    format!("{NEWEST} AND {READING} AND c.standing {rejected} 'rejected'{counted}")
}

/// A claim that was found, with its place in the order of answers.
struct Found {
    at: Cursor,
    /// Row of the claim as extracted.
    base: i64,
    kept: Kept,
    standing: Standing,
}

impl Ledger {
    /// The current claims that pass `filter`, as people decided until its `known_at` that they read, in the order of valid time, then of
    /// reported time, then as they were added.
    ///
    /// # Errors
    /// When the file fails or a record cannot be read back.
    pub fn claims(&self, filter: &Filter) -> Result<Vec<Kept>> {
        Ok(self.read_claims(filter)?.into_iter().map(|found| found.0).collect())
    }

    /// Likewise, with where each claim stands with its readers.
    ///
    /// # Errors
    /// As for [`Self::claims`].
    pub fn in_review(&self, filter: &Filter) -> Result<Vec<InReview>> {
        self.read_claims(filter)?.into_iter().map(|(kept, standing)| self.reviewed(kept, standing)).collect()
    }

    /// A page of the list of claims that pass `filter`: at most `most` of them after `after`, in the order of [`Self::claims`], or the other way
    /// round where the filter says `latest`; and where the next page goes on, if there is more. The filter's own limit is not looked at. A page
    /// costs what it holds, not what the ledger holds: indexes are walked in the order of days, by place, actor, source, report, type,
    /// country or through all.
    ///
    /// # Errors
    /// As for [`Self::claims`].
    pub fn claims_page(
        &self,
        filter: &Filter,
        after: Option<&Cursor>,
        most: u32,
    ) -> Result<(Vec<Kept>, Option<Cursor>)> {
        let (found, next) = self.page(filter, after, most)?;
        Ok((found.into_iter().map(|one| one.kept).collect(), next))
    }

    /// Likewise, with where each claim stands with its readers.
    ///
    /// # Errors
    /// As for [`Self::claims`].
    pub fn review_page(
        &self,
        filter: &Filter,
        after: Option<&Cursor>,
        most: u32,
    ) -> Result<(Vec<InReview>, Option<Cursor>)> {
        let (found, next) = self.page(filter, after, most)?;
        let found =
            found.into_iter().map(|one| self.reviewed(one.kept, one.standing)).collect::<Result<_>>()?;
        Ok((found, next))
    }

    fn page(
        &self,
        filter: &Filter,
        after: Option<&Cursor>,
        most: u32,
    ) -> Result<(Vec<Found>, Option<Cursor>)> {
        let filter = Filter { limit: Some(most.saturating_add(1)), ..filter.clone() };
        let mut found = self.find(&filter, after)?;
        if filter.latest {
            found.reverse();
        }
        let more = found.len() > most as usize;
        found.truncate(most as usize);
        let next = if more { found.last().map(|last| last.at) } else { None };
        Ok((found, next))
    }

    fn reviewed(&self, Kept { claim, known }: Kept, standing: Standing) -> Result<InReview> {
        let changed = standing != Standing::Machine && self.reads_otherwise(&claim)?;
        Ok(InReview { claim, standing, known, changed })
    }

    fn read_claims(&self, filter: &Filter) -> Result<Vec<(Kept, Standing)>> {
        let mut found = self.find(filter, None)?;
        // What was decided and taken back reads as if it had never been.
        found.sort_by_key(|one| (one.at.day, one.at.known, one.base));
        Ok(found.into_iter().map(|one| (one.kept, one.standing)).collect())
    }

    fn find(&self, filter: &Filter, after: Option<&Cursor>) -> Result<Vec<Found>> {
        let merged = self.merged(filter.known_at)?;
        let ids = self.ids(filter, &merged)?;
        let mut found = Vec::new();
        for way in Way::of(filter, &ids) {
            found.extend(self.found(filter, &ids, &way, &merged, after)?);
        }
        found.sort_by_key(|one| one.at);
        found.dedup_by_key(|one| one.at);
        if let Some(most) = filter.limit {
            let surplus = found.len().saturating_sub(most as usize);
            if filter.latest { drop(found.drain(..surplus)) } else { found.truncate(most as usize) }
        }
        Ok(found)
    }

    /// What passes `filter` on one way into the ledger: no more than its limit, from the end that is asked for.
    fn found(
        &self,
        filter: &Filter,
        ids: &Ids,
        way: &Way,
        merged: &Merged,
        after: Option<&Cursor>,
    ) -> Result<Vec<Found>> {
        let (conditions, mut values) = filter.conditions(ids, way, after);
        let order = if filter.latest { "DESC" } else { "ASC" };
        let from = way.from();
        let walked = from.walked;
        // Joined in the order in which it is written, and walked along the index of the way.
        let sql = format!(
            "SELECT c.id, c.json, c.day, c.known, c.standing, coalesce(c.base, c.id) FROM {} CROSS JOIN extractions e ON e.id = c.extraction
             CROSS JOIN reports r ON r.id = e.report WHERE {conditions} AND {}
             ORDER BY {walked}.day {order}, {walked}.known {order}, {} {order}",
            from.tables,
            current(filter.tellings),
            from.row
        );
        let until = filter.known_at.unwrap_or(Date::MAX).to_string();
        let marks = sql.matches(":until").count();
        let sql = sql.replace(":until", "?");
        values.extend(std::iter::repeat_n(Value::Text(until), marks));
        let most = filter.limit.map_or(usize::MAX, |most| most as usize);
        // A file is read as far as is needed. A server answers at once, so it is asked for so many rows, and for more where some fall away.
        let mut rows =
            if self.db.sqlite().is_some() { None } else { filter.limit.map(|most| i64::from(most) + 50) };
        loop {
            let asked = rows.map_or_else(|| sql.clone(), |rows| format!("{sql} LIMIT {rows}"));
            let (out, read) = self.walk(&asked, &values, filter, merged, most)?;
            match &mut rows {
                Some(rows) if out.len() < most && read >= *rows => *rows = rows.saturating_mul(8),
                _ => return Ok(out),
            }
        }
    }

    /// What passes `filter` of the rows that `sql` gives, up to `most`; and how many rows were read.
    fn walk(
        &self,
        sql: &str,
        values: &[Value],
        filter: &Filter,
        merged: &Merged,
        most: usize,
    ) -> Result<(Vec<Found>, i64)> {
        let words = filter.words.as_deref();
        let fault = |e| self.search_fault(e, words);
        let mut query = self.db.prepare_cached(sql).map_err(fault)?;
        let mut rows = query.query(params_from_iter(values)).map_err(fault)?;
        let mut out: Vec<Found> = Vec::new();
        let mut read = 0;
        while out.len() < most
            && let Some(row) = rows.next().map_err(fault)?
        {
            read += 1;
            let id: i64 = row.get(0).map_err(fault)?;
            if out.last().is_some_and(|last| last.at.row == id) {
                // A claim that names the place twice.
                continue;
            }
            let claim = row.text(1, |json| serde_json::from_str::<Claim>(json)).map_err(fault)?;
            let mut claim = claim.map_err(|e| self.record(&e.to_string()))?;
            merged.read(&mut claim);
            let inside = filter.around.is_none_or(|around| {
                claim.places.iter().any(|p| p.lat.zip(p.lon).is_some_and(|(lat, lon)| around.holds(lat, lon)))
            });
            if !inside {
                continue;
            }
            let text = |at: usize| row.get::<_, String>(at).map_err(fault);
            let (day, known, standing) = (text(2)?, text(3)?, text(4)?);
            let (day, known) = (self.date(&day)?, self.date(&known)?);
            out.push(Found {
                kept: Kept { claim, known },
                at: Cursor { day, known, row: id },
                base: row.get(5).map_err(fault)?,
                standing: Standing::parse(&standing).unwrap_or(Standing::Machine),
            });
        }
        Ok((out, read))
    }

    fn ids(&self, filter: &Filter, merged: &Merged) -> Result<Ids> {
        let called = |what: What, name: &Option<String>| -> Result<Vec<String>> {
            let Some(name) = name else { return Ok(Vec::new()) };
            let mut ids: BTreeSet<String> = self.ids_of(what, name)?.into_iter().collect();
            ids.insert(known_as(None, name));
            ids.insert(name.clone());
            Ok(merged.one_with(what, &ids).into_iter().collect())
        };
        Ok(Ids {
            places: called(What::Place, &filter.place)?,
            actors: called(What::Actor, &filter.actor)?,
            sources: called(What::Actor, &filter.source)?,
            around: filter.around.map_or(Ok(Vec::new()), |around| self.places_around(&around))?,
            words: filter
                .words
                .as_deref()
                .map(|words| self.db.search(words))
                .transpose()
                .map_err(|e| self.fault(e))?,
            reports: filter.report.as_deref().map_or(Ok(Vec::new()), |name| self.report_rows(name))?,
        })
    }

    /// The ids of the places in a part of the world of which anything is told, in any year.
    fn places_around(&self, around: &Around) -> Result<Vec<String>> {
        // The index holds 32-bit floats, rounded outwards; `Around::holds` decides afterwards.
        let sql = self.db.either(
            "SELECT DISTINCT o.place FROM claim_space s JOIN spots o ON o.id = s.id
             WHERE s.max_lat >= ?1 AND s.min_lat <= ?2 AND s.max_lon >= ?3 AND s.min_lon <= ?4 ORDER BY o.place",
            "SELECT DISTINCT place FROM spots WHERE point (lon, lat) <@ box (point (?3, ?1), point (?4, ?2)) ORDER BY place",
        );
        self.db
            .prepare_cached(sql)
            .and_then(|mut query| query.query_map(around.edges(), |row| row.get(0))?.collect())
            .map_err(|e| self.fault(e))
    }
}
