//! Entries made by hand.
#![allow(clippy::disallowed_methods, reason = "the environment says where to test")]
#![allow(dead_code, reason = "each test binary uses its own part of this")]

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use contested_ledger::{Entry, Filter, Ledger};
use contested_model::testing::{Told, day, told};
use contested_model::{Claim, ClaimType, Extractor, Report, SourceKind, text_hash};
use jiff::Timestamp;

pub(crate) fn now() -> Timestamp {
    "2017-12-01T12:00:00Z".parse().unwrap()
}

pub(crate) fn by(version: &str) -> Extractor {
    Extractor { version: version.to_owned(), model: "m".to_owned(), knowledge: "k".to_owned() }
}

pub(crate) fn entry(text: &str, published: Option<&str>, claims: Vec<Told>) -> Entry {
    let report = Report {
        source: Some("Wire service".to_owned()),
        published: published.map(day),
        text: text.to_owned(),
        ..Report::default()
    };
    Entry {
        report,
        claims: claims.into_iter().map(|told| of_report(told, text)).collect(),
        disputes: Vec::new(),
        extractor: by("1"),
        unread: None,
    }
}

/// The claim as told in the report of this text: its key is that report's.
fn of_report(told: Told, text: &str) -> Claim {
    let mut claim = told.claim();
    claim.report.hash = text_hash(text);
    claim.report.id.clone_from(&claim.report.hash);
    let trigger = contested_model::Span::new(claim.evidence.trigger.start, claim.evidence.trigger.end);
    claim.key = contested_model::claim_key(&claim.report.hash, trigger, claim.kind, 0);
    claim.id = contested_model::claim_id(&claim);
    claim
}

pub(crate) fn capture(place: &str, published: &str) -> Told {
    told("Wire service", published, ClaimType::Seize)
        .agent("Army")
        .target("Group")
        .place(place)
        .by("a commander", SourceKind::BelligerentOfficial)
        .quote(0, &format!("the army captured {place} , a commander said ."))
}

pub(crate) fn all(ledger: &Ledger) -> Vec<Claim> {
    ledger.claims(&Filter::default()).unwrap().into_iter().map(|kept| kept.claim).collect()
}

/// An empty ledger: in memory, or, where the environment variable `CONTESTED_POSTGRES` names a database, a schema of its own there. The whole suite runs
/// over either.
pub(crate) fn blank() -> Ledger {
    on_server().map_or_else(|| Ledger::in_memory().unwrap(), |store| Ledger::open(&store).unwrap())
}

/// The address of a schema that is not there yet, in the database of the tests, if there is one.
pub(crate) fn on_server() -> Option<PathBuf> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let database = std::env::var("CONTESTED_POSTGRES").ok()?;
    let schema = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    Some(PathBuf::from(format!("{database}?schema={schema}")))
}
