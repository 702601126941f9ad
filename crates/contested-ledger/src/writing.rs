use std::collections::BTreeSet;
use std::rc::Rc;

use crate::sql::{OptionalExtension as _, Transaction, params};
use contested_copies::address;
use contested_model::{Claim, ClaimType, Digest128, Dispute, Report};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::copies::{Filed, file};
use crate::decisions::{known_as, restate_decided};
use crate::slices::{hash_of, words_of};
use crate::sql;
use crate::tally::{ActorRow, PlaceRow, Tally, Told};
use crate::{Ledger, LedgerError, Result};

/// A report and what an extractor drew from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The report as it was read.
    pub report: Report,
    /// Its claims, all of one extractor.
    pub claims: Vec<Claim>,
    /// The disputes among them.
    pub disputes: Vec<Dispute>,
    /// Version, model and knowledge of the extractor; a report that tells nothing has them, too.
    pub extractor: contested_model::Extractor,
    /// The language (ISO 639-3) for which the report was not read, if it was not.
    pub unread: Option<String>,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Added {
    /// Report and claims are new.
    New,
    /// The report was there; these are the claims of another extractor, which are current from now on, or further ones of a slice.
    Again,
    /// All of it was there; nothing changed.
    Known,
    /// The report was there and had to be forgotten; it is not taken in again.
    Forgotten,
}

/// The digest by which a report is known: of its text and of all that its container said of it, so that one text told by two outlets is
/// two reports, and one report added twice is one.
pub(crate) fn report_digest(report: &Report) -> String {
    let Report { id, source, published, title, url, .. } = report;
    let published = published.map(|day| day.to_string());
    let particulars = serde_json::json!([hash_of(report), id, source, published, title, url]);
    format!("r1:{}", Digest128::of(particulars.to_string().as_bytes()))
}

impl Ledger {
    /// Whether `report` is in the ledger with claims of this very extractor, or had to be forgotten: then adding it would change nothing.
    ///
    /// # Errors
    /// When the file fails.
    pub fn holds(&self, report: &Report, extractor: &contested_model::Extractor) -> Result<bool> {
        self.db
            .prepare_cached(
                "SELECT 1 FROM reports r WHERE r.digest = ?1
                 AND (EXISTS (SELECT 1 FROM extractions WHERE report = r.id AND version = ?2 AND model = ?3 AND knowledge = ?4)
                      OR EXISTS (SELECT 1 FROM tombstones WHERE report = r.id))",
            )
            .and_then(|mut query| {
                query.exists(params![report_digest(report), extractor.version, extractor.model, extractor.knowledge])
            })
            .map_err(|e| self.fault(e))
    }

    /// Whether `report` was in the ledger and had to be forgotten.
    ///
    /// # Errors
    /// When the file fails.
    pub fn forgot(&self, report: &Report) -> Result<bool> {
        self.db
            .prepare_cached(
                "SELECT 1 FROM reports r JOIN tombstones t ON t.report = r.id WHERE r.digest = ?1",
            )
            .and_then(|mut query| query.exists(params![report_digest(report)]))
            .map_err(|e| self.fault(e))
    }

    /// Adds entries in one transaction: after it returns all of them are on disk, and if it fails none is. Says of each what became of it.
    /// `now` becomes the time of adding, and the reported time of reports that nobody dated.
    ///
    /// # Errors
    /// When the file cannot be written, is locked by another writer, or there is no room.
    pub fn add(&mut self, entries: &[Entry], now: Timestamp) -> Result<Vec<Added>> {
        let path = self.path.clone();
        let fault = |e| LedgerError::of(&path, e);
        // Immediate: a second writer waits here instead of failing half-way.
        let work = self.db.writing().map_err(fault)?;
        let mut out = Vec::with_capacity(entries.len());
        let mut tally = Tally::default();
        for entry in entries {
            let record =
                |e: serde_json::Error| LedgerError::Record { path: path.clone(), detail: e.to_string() };
            let lines = serialised(entry).map_err(record)?;
            out.push(add_one(&work, entry, &lines, now, &mut tally).map_err(fault)?);
        }
        tally.write(&work).map_err(fault)?;
        work.commit().map_err(fault)?;
        Ok(out)
    }
}

/// The JSON of an entry's claims and disputes.
struct Lines {
    claims: Vec<String>,
    disputes: Vec<String>,
}

fn serialised(entry: &Entry) -> serde_json::Result<Lines> {
    Ok(Lines {
        claims: entry.claims.iter().map(serde_json::to_string).collect::<serde_json::Result<_>>()?,
        disputes: entry.disputes.iter().map(serde_json::to_string).collect::<serde_json::Result<_>>()?,
    })
}

fn add_one(
    work: &Transaction<'_>,
    entry: &Entry,
    lines: &Lines,
    now: Timestamp,
    tally: &mut Tally,
) -> sql::Result<Added> {
    let digest = report_digest(&entry.report);
    let there: Option<(i64, String, bool)> = work
        .prepare_cached("SELECT id, known, EXISTS (SELECT 1 FROM tombstones WHERE report = reports.id) FROM reports WHERE digest = ?1")?
        .query_row([&digest], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (report, known, outcome) = match there {
        Some((_, _, true)) => return Ok(Added::Forgotten),
        Some((id, known, false)) => (id, known, Added::Again),
        None => {
            let known = entry.report.published.unwrap_or_else(|| today(now)).to_string();
            (add_report(work, &entry.report, &digest, &known, now, tally)?, known, Added::New)
        }
    };
    let by = &entry.extractor;
    let changed = work
        .prepare_cached("INSERT OR IGNORE INTO extractions (report, version, model, knowledge, added_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![report, by.version, by.model, by.knowledge, now.to_string()])?;
    let mut told = BTreeSet::new();
    let extraction = if changed > 0 {
        work.last_insert_rowid()
    } else if words_of(&entry.report).is_none() {
        return Ok(Added::Known);
    } else {
        // Another slice of what this extractor drew from the report.
        let extraction = work
            .prepare_cached("SELECT id FROM extractions WHERE report = ?1 AND version = ?2 AND model = ?3 AND knowledge = ?4")?
            .query_row(params![report, by.version, by.model, by.knowledge], |row| row.get::<_, i64>(0))?;
        told.extend(
            work.prepare_cached("SELECT claim FROM claims WHERE extraction = ?1 AND base IS NULL")?
                .query_map([extraction], |row| row.get::<_, String>(0))?
                .collect::<sql::Result<Vec<_>>>()?,
        );
        if entry.claims.iter().all(|claim| told.contains(&claim.id)) {
            return Ok(Added::Known);
        }
        extraction
    };
    let outlet = entry.report.source.as_deref();
    if let Some(language) = &entry.unread {
        work.prepare_cached("INSERT INTO unread (extraction, reason, detail) VALUES (?1, 'language', ?2)")?
            .execute(params![extraction, language])?;
    }
    let new = entry.claims.iter().zip(&lines.claims).filter(|(claim, _)| told.insert(claim.id.clone()));
    for (claim, json) in new {
        let row = Row { extraction, known: &known, outlet, reading: &Reading::EXTRACTED };
        write_claim(work, claim, json, &row, tally)?;
    }
    restate_decided(work, &entry.claims, tally)?;
    for (dispute, json) in entry.disputes.iter().zip(&lines.disputes) {
        let question = serde_json::to_value(dispute.dispute.question).ok();
        work.prepare_cached(
            "INSERT OR IGNORE INTO disputes (dispute, extraction, question, json) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            dispute.id,
            extraction,
            question.as_ref().and_then(|q| q.as_str()),
            json
        ])?;
    }
    Ok(outcome)
}

pub(crate) fn today(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

fn add_report(
    work: &Transaction<'_>,
    report: &Report,
    digest: &str,
    known: &str,
    now: Timestamp,
    tally: &mut Tally,
) -> sql::Result<i64> {
    let other = serde_json::Value::Object(report.other.clone()).to_string();
    let published = report.published.map(|day| day.to_string());
    let hash = hash_of(report);
    let page = report.url.as_deref().and_then(address_digest);
    work.prepare_cached(
        "INSERT INTO reports (digest, hash, report_id, source, published, title, url, text, other, added_at, known, address)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        digest,
        hash,
        report.id,
        report.source,
        published,
        report.title,
        report.url,
        report.text,
        other,
        now.to_string(),
        known,
        page
    ])?;
    let id = work.last_insert_rowid();
    tally.report(id);
    work.index_words("report_words", id, &[report.title.as_deref().unwrap_or_default(), &report.text])?;
    file(
        work,
        &Filed {
            id,
            digest,
            hash: &hash,
            known,
            address: page.as_deref(),
            source: report.source.as_deref(),
            text: &report.text,
        },
        now,
    )?;
    Ok(id)
}

/// What versions of one page share, told apart from others without keeping its address.
pub(crate) fn address_digest(url: &str) -> Option<String> {
    address(url).map(|address| format!("a1:{}", Digest128::of(address.as_bytes())))
}

/// Whether a row is a claim as extracted, or as it reads after decisions.
pub(crate) struct Reading<'a> {
    /// The row of the claim as extracted; none for that row itself.
    pub(crate) base: Option<i64>,
    /// The day from which it reads so; none as extracted.
    pub(crate) decided: Option<&'a str>,
    /// `machine`, `accepted`, `corrected` or `rejected`.
    pub(crate) standing: &'a str,
}

impl Reading<'_> {
    const EXTRACTED: Self = Self { base: None, decided: None, standing: "machine" };
}

/// What a claim's row has that the claim itself has not.
pub(crate) struct Row<'a> {
    pub(crate) extraction: i64,
    /// Reported time.
    pub(crate) known: &'a str,
    /// Who published the report.
    pub(crate) outlet: Option<&'a str>,
    pub(crate) reading: &'a Reading<'a>,
}

pub(crate) fn write_claim(
    work: &Transaction<'_>,
    claim: &Claim,
    json: &str,
    row: &Row<'_>,
    tally: &mut Tally,
) -> sql::Result<()> {
    let bound = |day: Option<Date>| day.map(|day| day.to_string());
    let (first, last) = claim.time.as_ref().map_or((None, None), |time| (bound(time.from), bound(time.to)));
    let known = row.known;
    let day = last.as_deref().or(first.as_deref()).unwrap_or(known);
    let root = claim
        .attribution
        .first()
        .map(|source| source.name.as_str())
        .or(claim.report.source.as_deref())
        .unwrap_or("");
    work.prepare_cached(
        "INSERT INTO claims (claim, key, extraction, kind, type, polarity, certainty, first_day, last_day, day, known, root, quote, json,
                             base, decided, standing, outlet)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?
    .execute(params![
        claim.id,
        claim.key,
        row.extraction,
        claim.kind.as_str(),
        claim.claim_type.as_str(),
        claim.polarity.as_str(),
        claim.certainty.as_str(),
        first,
        last,
        day,
        known,
        root,
        claim.evidence.quote,
        json,
        row.reading.base,
        row.reading.decided,
        row.reading.standing,
        row.outlet
    ])?;
    let id = work.last_insert_rowid();
    tally.claim(id);
    work.index_words("claim_words", id, &[&claim.evidence.quote])?;
    if let Some(outlet) = row.outlet {
        tally.outlet(outlet);
    }
    let told = Rc::new(Told { day: day.to_owned(), known: known.to_owned(), claim: id });
    let ground = tells_of_ground(claim.claim_type);
    for (n, place) in claim.places.iter().enumerate() {
        tally.place(PlaceRow {
            told: Rc::clone(&told),
            n: n as i64,
            place: known_as(place.id.as_deref(), &place.name),
            name: place.name.clone(),
            spot: [place.lat, place.lon],
            country: place.country.clone(),
            relation: place.relation.as_str(),
            ground,
        });
    }
    let actors = claim.agents.iter().map(|a| ("agent", &a.name, &a.actor));
    let actors = actors.chain(claim.targets.iter().map(|a| ("target", &a.name, &a.actor)));
    let actors = actors.chain(claim.attribution.iter().map(|a| ("source", &a.name, &a.actor)));
    for (n, (role, called, actor)) in actors.enumerate() {
        let actor = known_as(actor.as_deref(), called);
        tally.actor(ActorRow { told: Rc::clone(&told), n: n as i64, role, actor, name: called.clone() });
    }
    Ok(())
}

/// Types that say who holds ground; the same as in the migration that marked older claims.
const fn tells_of_ground(claim_type: ClaimType) -> bool {
    matches!(
        claim_type,
        ClaimType::Seize
            | ClaimType::Retreat
            | ClaimType::Holds
            | ClaimType::Contests
            | ClaimType::Clash
            | ClaimType::Siege
    )
}
