//! Decisions into the ledger and out of it.

use crate::sql::{Connection, OptionalExtension as _, Row, Transaction, params};
use contested_model::Claim;
use jiff::Timestamp;
use jiff::civil::Date;

use super::act::{Act, Correction, Decision, Named, NamedPlace, What};
use super::merged::Merged;
use super::restate::{decisions_on, restate};
use super::stand::{Standing, after, gist, known_as};
use crate::error::DecisionFault;
use crate::sql;
use crate::tally::Tally;
use crate::{Ledger, LedgerError, Result};

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// It was written down under this number.
    New(i64),
    /// The ledger reads so already; nothing was written.
    AlreadySo,
}

impl Ledger {
    /// Writes `acts` down in one transaction, all or none: decided by `by` because of `why` at `now`; they count for `--known-at` from `known`
    /// on, which is the day of `now` unless another is given.
    ///
    /// # Errors
    /// When a decision names what is not there, contradicts itself or is unsigned; and when the file fails.
    pub fn decide(
        &mut self,
        acts: &[Act],
        by: &str,
        why: &str,
        known: Option<Date>,
        now: Timestamp,
    ) -> Result<Vec<Decided>> {
        self.decide_seen(acts, None, by, why, known, now)
    }

    /// Likewise for one act on the claim of `key`, unless its version is another than `seen`.
    ///
    /// # Errors
    /// Those of [`Self::decide`], and when somebody decided about the claim meanwhile.
    pub fn decide_on(
        &mut self,
        act: &Act,
        (key, seen): (&str, i64),
        by: &str,
        why: &str,
        now: Timestamp,
    ) -> Result<Decided> {
        let decided = self.decide_seen(std::slice::from_ref(act), Some((key, seen)), by, why, None, now)?;
        Ok(decided.first().copied().unwrap_or(Decided::AlreadySo))
    }

    /// The version of the claim of this key: the number of the last decision on it, or that took one back; 0 while there is none.
    ///
    /// # Errors
    /// When the file fails.
    pub fn version_of(&self, key: &str) -> Result<i64> {
        version(&self.db, key).map_err(|e| self.fault(e))
    }

    fn decide_seen(
        &mut self,
        acts: &[Act],
        seen: Option<(&str, i64)>,
        by: &str,
        why: &str,
        known: Option<Date>,
        now: Timestamp,
    ) -> Result<Vec<Decided>> {
        if by.trim().is_empty() || why.trim().is_empty() {
            return Err(DecisionFault::Unsigned.into());
        }
        let path = self.path.clone();
        let fault = |e| LedgerError::of(&path, e);
        let known = known.unwrap_or_else(|| crate::writing::today(now));
        let work = self.db.writing().map_err(fault)?;
        if let Some((key, seen)) = seen {
            let found = version(&work, key).map_err(fault)?;
            if found != seen {
                return Err(DecisionFault::Stale { key: key.to_owned(), found }.into());
            }
        }
        let mut out = Vec::with_capacity(acts.len());
        let mut tally = Tally::default();
        for act in acts {
            let judged = check(&work, act).map_err(fault)?;
            out.push(match judged? {
                Checked::AlreadySo => Decided::AlreadySo,
                Checked::Of(judged) => {
                    let id = insert(&work, act, by, why, known, now, judged.as_deref()).map_err(fault)?;
                    for key in keys_of(&work, act).map_err(fault)? {
                        restate(&work, &key, &mut tally).map_err(fault)?;
                    }
                    Decided::New(id)
                }
            });
        }
        tally.write(&work).map_err(fault)?;
        work.commit().map_err(fault)?;
        Ok(out)
    }

    /// All decisions, oldest first.
    ///
    /// # Errors
    /// When the file fails.
    pub fn decisions(&self) -> Result<Vec<Decision>> {
        load(&self.db, "1 = 1", []).map_err(|e| self.fault(e))
    }

    /// The merges that stand by what was decided until `known_at`.
    pub(crate) fn merged(&self, known_at: Option<Date>) -> Result<Merged> {
        let until = known_at.unwrap_or(Date::MAX);
        let mut all = load(&self.db, "d.what IN ('actor', 'place')", []).map_err(|e| self.fault(e))?;
        all.retain(|decision| stands(decision, until));
        Ok(Merged::of(all.iter()))
    }

    /// The ids that the ledger's claims have for the actor or place of this name, or the id itself.
    ///
    /// # Errors
    /// When the file fails.
    pub fn ids_of(&self, what: What, name: &str) -> Result<Vec<String>> {
        self.db
            .prepare_cached("SELECT id FROM names WHERE what = ?1 AND name = ?2 COLLATE NOCASE UNION SELECT id FROM names WHERE what = ?1 AND id = ?2 ORDER BY 1")
            .and_then(|mut query| query.query_map(params![what.as_str(), name], |row| row.get(0))?.collect())
            .map_err(|e| self.fault(e))
    }
}

fn version(db: &Connection, key: &str) -> sql::Result<i64> {
    db.prepare_cached(
        "SELECT coalesce(max(coalesce(w.id, d.id)), 0)
         FROM decisions d LEFT JOIN decisions w ON w.action = 'withdraw' AND w.what = 'decision' AND w.subject = CAST(d.id AS TEXT)
         WHERE d.subject = ?1 AND d.what IN ('claim', 'event')",
    )?
    .query_row([key], |row| row.get(0))
}

/// Whether a decision stands on `day`.
pub(super) fn stands(decision: &Decision, day: Date) -> bool {
    decision.known <= day && decision.withdrawn.is_none_or(|(_, from)| from > day)
}

enum Checked {
    AlreadySo,
    /// To be written down, with the id of the claim that is judged.
    Of(Option<String>),
}

type Judged = std::result::Result<Checked, LedgerError>;

fn check(work: &Transaction<'_>, act: &Act) -> sql::Result<Judged> {
    let refuse = |fault: DecisionFault| Ok(Err(fault.into()));
    match act {
        Act::Accept(key) | Act::Reject(key) | Act::Correct(key, _) => claim_judged(work, key, act),
        Act::MergeEvent(key, into) => {
            if key == into {
                return refuse(DecisionFault::Ring { id: key.clone() });
            }
            if base(work, into)?.is_none() {
                return refuse(DecisionFault::NoClaim { key: into.clone() });
            }
            claim_judged(work, key, act)
        }
        Act::Split(What::Event, key) => claim_judged(work, key, act),
        Act::MergeActor { from, into } => {
            merge(work, What::Actor, from, &known_as(into.id.as_deref(), &into.name))
        }
        Act::MergePlace { from, into } => {
            merge(work, What::Place, from, &known_as(into.id.as_deref(), &into.name))
        }
        Act::Split(what, from) => {
            let merged = now_merged(work)?;
            if merged.end_of(*what, from).is_some() {
                Ok(Ok(Checked::Of(None)))
            } else {
                refuse(DecisionFault::NothingToSplit { what: what.as_str(), id: from.clone() })
            }
        }
        Act::Withdraw(number) => {
            let found = load(work, "d.id = ?1", [number])?;
            let exists: bool = work
                .prepare_cached("SELECT 1 FROM decisions WHERE id = ?1 AND action <> 'withdraw'")?
                .exists([number])?;
            match found.first() {
                Some(found) if found.withdrawn.is_some() => Ok(Ok(Checked::AlreadySo)),
                _ if exists => Ok(Ok(Checked::Of(None))),
                _ => refuse(DecisionFault::NoDecision { number: *number }),
            }
        }
    }
}

fn claim_judged(work: &Transaction<'_>, key: &str, act: &Act) -> sql::Result<Judged> {
    let Some(base) = base(work, key)? else {
        return Ok(Err(DecisionFault::NoClaim { key: key.to_owned() }.into()));
    };
    let decisions = decisions_on(work, key)?;
    let standing: Vec<&Act> = decisions.iter().filter(|d| d.withdrawn.is_none()).map(|d| &d.act).collect();
    let (claim, stands) = after(&base, standing.iter().copied());
    let (changed, _) = after(&base, standing.into_iter().chain([act]));
    let already = match act {
        Act::Accept(_) => stands == Standing::Accepted,
        Act::Reject(_) => stands == Standing::Rejected,
        Act::Correct(..) => stands != Standing::Rejected && changed.id == claim.id,
        _ => changed.id == claim.id,
    };
    Ok(Ok(if already { Checked::AlreadySo } else { Checked::Of(Some(claim.id)) }))
}

fn merge(work: &Transaction<'_>, what: What, from: &str, into: &str) -> sql::Result<Judged> {
    let there = work
        .prepare_cached("SELECT 1 FROM names WHERE what = ?1 AND id = ?2")?
        .exists([what.as_str(), from])?;
    if !there {
        return Ok(Err(DecisionFault::Nobody { what: what.as_str(), id: from.to_owned() }.into()));
    }
    let merged = now_merged(work)?;
    let end = |id: &str| merged.end_of(what, id);
    if from == into || end(into).as_deref() == Some(from) {
        return Ok(Err(DecisionFault::Ring { id: from.to_owned() }.into()));
    }
    let so = end(from).is_some_and(|end_of_from| end_of_from == end(into).unwrap_or_else(|| into.to_owned()));
    Ok(Ok(if so { Checked::AlreadySo } else { Checked::Of(None) }))
}

fn now_merged(work: &Connection) -> sql::Result<Merged> {
    let mut all = load(work, "d.what IN ('actor', 'place')", [])?;
    all.retain(|decision| decision.withdrawn.is_none());
    Ok(Merged::of(all.iter()))
}

/// The newest telling of the claim with this key, as extracted.
fn base(work: &Connection, key: &str) -> sql::Result<Option<Claim>> {
    let json: Option<String> = work
        .prepare_cached(
            "SELECT json FROM claims WHERE substr(key, 4, 8) = substr(?1, 4, 8) AND key = ?1 AND decided IS NULL ORDER BY extraction DESC LIMIT 1",
        )?
        .query_row([key], |row| row.get(0))
        .optional()?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

/// The keys of the claims that `act` makes read otherwise.
fn keys_of(work: &Transaction<'_>, act: &Act) -> sql::Result<Vec<String>> {
    Ok(match act {
        Act::Accept(key)
        | Act::Reject(key)
        | Act::Correct(key, _)
        | Act::MergeEvent(key, _)
        | Act::Split(What::Event, key) => {
            vec![key.clone()]
        }
        Act::Withdraw(number) => work
            .prepare_cached("SELECT subject FROM decisions WHERE id = ?1 AND what IN ('claim', 'event')")?
            .query_map([number], |row| row.get(0))?
            .collect::<sql::Result<_>>()?,
        Act::MergeActor { .. } | Act::MergePlace { .. } | Act::Split(..) => Vec::new(),
    })
}

fn insert(
    work: &Transaction<'_>,
    act: &Act,
    by: &str,
    why: &str,
    known: Date,
    now: Timestamp,
    judged: Option<&str>,
) -> sql::Result<i64> {
    let json = |value: serde_json::Result<String>| value.map_err(sql::Error::from);
    let (action, what, subject, field, value) = match act {
        Act::Accept(key) => ("accept", "claim", key.clone(), None, None),
        Act::Reject(key) => ("reject", "claim", key.clone(), None, None),
        Act::Correct(key, correction) => {
            let value = json(serde_json::to_string(correction))?;
            ("correct", "claim", key.clone(), Some(correction.field().to_owned()), Some(value))
        }
        Act::MergeActor { from, into } => {
            let id = known_as(into.id.as_deref(), &into.name);
            ("merge", "actor", from.clone(), Some(id), Some(json(serde_json::to_string(into))?))
        }
        Act::MergePlace { from, into } => {
            let id = known_as(into.id.as_deref(), &into.name);
            ("merge", "place", from.clone(), Some(id), Some(json(serde_json::to_string(into))?))
        }
        Act::MergeEvent(key, into) => ("merge", "event", key.clone(), Some(into.clone()), None),
        Act::Split(what, from) => ("split", what.as_str(), from.clone(), None, None),
        Act::Withdraw(number) => ("withdraw", "decision", number.to_string(), None, None),
    };
    work.prepare_cached(
        "INSERT INTO decisions (at, known, by, why, action, what, subject, field, value, judged) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![now.to_string(), known.to_string(), by.trim(), why.trim(), action, what, subject, field, value, judged])?;
    Ok(work.last_insert_rowid())
}

/// The decisions that pass `condition` over `decisions d`, oldest first; those that were blanked with a forgotten report are left out.
pub(super) fn load<P: sql::Params>(
    db: &Connection,
    condition: &str,
    values: P,
) -> sql::Result<Vec<Decision>> {
    let sql = format!(
        "SELECT d.id, d.at, d.known, d.by, d.why, d.action, d.what, d.subject, d.field, d.value, d.judged, w.id, w.known
         FROM decisions d LEFT JOIN decisions w ON w.action = 'withdraw' AND w.what = 'decision' AND w.subject = CAST(d.id AS TEXT)
         WHERE {condition} ORDER BY d.id"
    );
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(values, read)?;
    rows.filter_map(|row: sql::Result<_>| row.transpose()).collect()
}

fn read(row: &Row<'_>) -> sql::Result<Option<Decision>> {
    let text = |at: usize| row.get::<_, Option<String>>(at);
    let (action, what, subject) =
        (text(5)?.unwrap_or_default(), text(6)?.unwrap_or_default(), text(7)?.unwrap_or_default());
    let (field, value) = (text(8)?, text(9)?);
    let named = || value.as_deref().and_then(|value| serde_json::from_str::<Named>(value).ok());
    let named_place = || value.as_deref().and_then(|value| serde_json::from_str::<NamedPlace>(value).ok());
    let act = match (action.as_str(), what.as_str()) {
        ("accept", _) => Some(Act::Accept(subject)),
        ("reject", _) => Some(Act::Reject(subject)),
        ("correct", _) => value
            .as_deref()
            .and_then(|value| serde_json::from_str::<Correction>(value).ok())
            .map(|correction| Act::Correct(subject, correction)),
        ("merge", "actor") => named().map(|into| Act::MergeActor { from: subject, into }),
        ("merge", "place") => named_place().map(|into| Act::MergePlace { from: subject, into }),
        ("merge", _) => field.map(|into| Act::MergeEvent(subject, into)),
        ("split", "actor") => Some(Act::Split(What::Actor, subject)),
        ("split", "place") => Some(Act::Split(What::Place, subject)),
        ("split", _) => Some(Act::Split(What::Event, subject)),
        _ => subject.parse().ok().map(Act::Withdraw),
    };
    let date = |text: Option<String>| text.and_then(|text| text.parse::<Date>().ok());
    let (Some(act), Some(at), Some(known)) = (act, text(1)?.and_then(|at| at.parse().ok()), date(text(2)?))
    else {
        return Ok(None);
    };
    let withdrawn = row.get::<_, Option<i64>>(11)?.zip(date(text(12)?));
    Ok(Some(Decision {
        id: row.get(0)?,
        at,
        known,
        by: text(3)?.unwrap_or_default(),
        why: text(4)?.unwrap_or_default(),
        act,
        judged: text(10)?,
        withdrawn,
    }))
}

impl Ledger {
    /// Whether `claim` has another gist than when somebody last accepted, rejected or corrected it: a newer extractor told it anew.
    pub(crate) fn reads_otherwise(&self, claim: &Claim) -> Result<bool> {
        let decisions = decisions_on(&self.db, &claim.key).map_err(|e| self.fault(e))?;
        let on_claim = |d: &&Decision| {
            d.withdrawn.is_none() && matches!(d.act, Act::Accept(_) | Act::Reject(_) | Act::Correct(..))
        };
        let Some(judged) = decisions.iter().rev().find(on_claim) else { return Ok(false) };
        let json: Option<String> = self
            .db
            .prepare_cached("SELECT json FROM claims WHERE claim = ?1 ORDER BY id DESC LIMIT 1")
            .and_then(|mut query| query.query_row([&judged.judged], |row| row.get(0)).optional())
            .map_err(|e| self.fault(e))?;
        let Some(then) = json.and_then(|json| serde_json::from_str::<Claim>(&json).ok()) else {
            return Ok(false);
        };
        let (then, _) = after(&then, std::iter::once(&judged.act));
        Ok(gist(&then) != gist(claim))
    }
}
