//! Claims that came without the words of their reports.
#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(clippy::disallowed_methods, reason = "tests write files")]

mod support;

use contested_ledger::{Added, Entry, Filter, Ledger, ReportFilter, report_of};
use contested_model::Claim;
use support::{all, by, capture, entry, now};

fn slice(claims: &[Claim]) -> Entry {
    Entry {
        report: report_of(&claims[0]),
        claims: claims.to_vec(),
        disputes: Vec::new(),
        extractor: by("1"),
        unread: None,
    }
}

#[test]
fn slices_of_one_report_come_together_and_nothing_comes_twice() {
    let folder = tempfile::tempdir().unwrap();
    let whole = entry(
        "two towns fell .",
        Some("2017-11-08"),
        vec![capture("Rawa", "2017-11-08"), capture("Qaim", "2017-11-08")],
    );
    let [first, second] = [slice(&whole.claims[..1]), slice(&whole.claims[1..])];
    let mut ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
    assert_eq!(ledger.add(std::slice::from_ref(&first), now()).unwrap(), [Added::New]);
    assert_eq!(ledger.add(&[second.clone(), first.clone()], now()).unwrap(), [Added::Again, Added::Known]);
    assert_eq!(all(&ledger).len(), 2);
    let counts = ledger.counts(None).unwrap();
    assert_eq!((counts.reports, counts.claims), (1, 2));
    // Nothing can be read anew from words that are not here, and no report without words is handed on.
    assert_eq!(ledger.pending_count(&by("2")).unwrap(), 0);
    assert!(ledger.reports(0, 10).unwrap().is_empty());
    assert!(
        ledger.claims(&Filter { place: Some("Rawa".to_owned()), ..Filter::default() }).unwrap().len() == 1
    );
}

#[test]
fn a_slice_knows_the_report_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let whole = entry("one town fell .", Some("2017-11-08"), vec![capture("Rawa", "2017-11-08")]);
    let mut ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
    ledger.add(std::slice::from_ref(&whole), now()).unwrap();
    assert_eq!(ledger.add(&[slice(&whole.claims)], now()).unwrap(), [Added::Known]);
    let page = ledger.reports_page(&ReportFilter::default(), None, 10).unwrap();
    assert_eq!(page.len(), 1);
    let there = ledger.report(&page[0].digest).unwrap().unwrap();
    assert_eq!(there.report.text, "one town fell .");
}
