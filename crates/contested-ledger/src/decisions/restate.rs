//! Readings of claims after decisions, as rows beside what the extractor told.

use std::collections::BTreeSet;

use crate::sql::{Connection, OptionalExtension as _, Transaction, params};
use contested_model::Claim;
use jiff::civil::Date;

use super::act::Decision;
use super::record::{load, stands};
use super::stand::after;
use crate::sql;
use crate::tally::Tally;
use crate::writing::{Reading, Row, write_claim};

/// The decisions on the claim of this key, oldest first.
pub(super) fn decisions_on(db: &Connection, key: &str) -> sql::Result<Vec<Decision>> {
    load(db, "d.subject = ?1 AND d.what IN ('claim', 'event')", [key])
}

/// Writes how the current claims of `key` read from each day on at which a decision began to count.
pub(super) fn restate(work: &Transaction<'_>, key: &str, tally: &mut Tally) -> sql::Result<()> {
    let decisions = decisions_on(work, key)?;
    let days: BTreeSet<Date> =
        decisions.iter().flat_map(|d| [Some(d.known), d.withdrawn.map(|(_, day)| day)]).flatten().collect();
    let bases: Vec<(i64, i64, String, String, Option<String>)> = work
        .prepare_cached(
            "SELECT c.id, c.extraction, c.json, c.known, c.outlet FROM claims c JOIN extractions e ON e.id = c.extraction
             WHERE substr(c.key, 4, 8) = substr(?1, 4, 8) AND c.key = ?1 AND c.decided IS NULL AND e.id = (SELECT max(id) FROM extractions WHERE report = e.report)",
        )?
        .query_map([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
        .collect::<sql::Result<_>>()?;
    for (row, extraction, json, known, outlet) in bases {
        let Ok(base) = serde_json::from_str::<Claim>(&json) else { continue };
        for day in &days {
            let (claim, standing) =
                after(&base, decisions.iter().filter(|d| stands(d, *day)).map(|d| &d.act));
            let day = day.to_string();
            let there: Option<(String, String)> = work
                .prepare_cached(
                    "SELECT claim, standing FROM claims WHERE key = ?1 AND extraction = ?2 AND decided = ?3 ORDER BY id DESC LIMIT 1",
                )?
                .query_row(params![key, extraction, day], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            if there.is_some_and(|(id, stood)| id == claim.id && stood == standing.as_str()) {
                continue;
            }
            let json = serde_json::to_string(&claim)?;
            let reading = Reading { base: Some(row), decided: Some(&day), standing: standing.as_str() };
            let row = Row { extraction, known: &known, outlet: outlet.as_deref(), reading: &reading };
            write_claim(work, &claim, &json, &row, tally)?;
        }
    }
    Ok(())
}

/// Applies what was decided to the claims that an extraction has just told anew.
pub(crate) fn restate_decided(
    work: &Transaction<'_>,
    claims: &[Claim],
    tally: &mut Tally,
) -> sql::Result<()> {
    if claims.is_empty()
        || !work.prepare_cached("SELECT 1 FROM decisions WHERE what IN ('claim', 'event')")?.exists([])?
    {
        return Ok(());
    }
    for key in claims.iter().map(|claim| &claim.key).collect::<BTreeSet<_>>() {
        let decided: bool = work
            .prepare_cached("SELECT 1 FROM decisions WHERE subject = ?1 AND what IN ('claim', 'event')")?
            .exists([key])?;
        if decided {
            restate(work, key, tally)?;
        }
    }
    Ok(())
}
