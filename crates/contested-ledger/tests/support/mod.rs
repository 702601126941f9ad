//! Entries made by hand.
#![allow(dead_code, reason = "each test binary uses its own part of this")]

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
