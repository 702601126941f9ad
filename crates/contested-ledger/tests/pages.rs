//! Pages of lists: every row once, in order, whatever the way into the ledger and whatever is added meanwhile.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;

use contested_ledger::{Act, Around, Cursor, Entry, Filter, Ledger, Naming, ReportFilter};
use contested_model::Kept;
use contested_model::testing::day;
use support::{capture, entry, now};

/// Sixty reports of two claims each, in ten places and on ten days, told by one wire.
fn filled() -> Ledger {
    let mut ledger = support::blank();
    let entries: Vec<Entry> = (0..60)
        .map(|n| {
            let published = format!("2017-11-{:02}", 1 + n * 7 % 10);
            let two = [n % 10, (n + 3) % 10].map(|at| capture(&format!("Town{at}"), &published));
            let mut entry =
                entry(&format!("report number {n} of the campaign"), Some(&published), two.to_vec());
            entry.report.id = Some(format!("r-{n}"));
            for (at, claim) in entry.claims.iter_mut().enumerate() {
                claim.evidence.trigger.start = at as u32;
                let town: f64 = claim.places[0].name.trim_start_matches("Town").parse().unwrap();
                (claim.places[0].lat, claim.places[0].lon) = (Some(30.0 + town), Some(40.0));
                claim.key = format!("k1:{n:08}{at}");
                claim.id = contested_model::claim_id(claim);
            }
            entry
        })
        .collect();
    ledger.add(&entries, now()).unwrap();
    ledger
}

fn walked(ledger: &Ledger, filter: &Filter, most: u32) -> Vec<Kept> {
    let mut out = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let (page, next) = ledger.claims_page(filter, after.as_ref(), most).unwrap();
        assert!(page.len() <= most as usize);
        out.extend(page);
        let Some(next) = next else { return out };
        // As a client would hand it back.
        after = Some(next.to_string().parse().unwrap());
    }
}

#[test]
fn pages_add_up_to_the_whole_on_every_way() {
    let mut ledger = filled();
    let first = ledger.claims(&Filter::default()).unwrap()[0].claim.key.clone();
    ledger.decide(&[Act::Accept(first)], "A. Analyst", "read it", None, now()).unwrap();
    let some = |text: &str| Some(text.to_owned());
    let all = Filter::default();
    let filters = [
        all.clone(),
        Filter { place: some("town3"), ..all.clone() },
        Filter { place: some("town3"), ground: true, as_of: Some(day("2017-11-05")), ..all.clone() },
        Filter { actor: some("army"), ..all.clone() },
        Filter { actor: some("army"), place: some("town1"), ..all.clone() },
        Filter { source: some("wire SERVICE"), ..all.clone() },
        Filter { source: some("a commander"), since: Some(day("2017-11-04")), ..all.clone() },
        Filter { types: vec!["seize".to_owned(), "holds".to_owned()], ..all.clone() },
        Filter { country: some("sy"), known_at: Some(day("2017-11-06")), ..all.clone() },
        Filter { words: some("captured town4"), ..all.clone() },
        Filter { report: some("r-7"), ..all.clone() },
        Filter { around: Some(Around { lat: 34.2, lon: 40.0, km: 30.0 }), ..all.clone() },
    ];
    for filter in filters {
        let mut whole: Vec<String> =
            ledger.claims(&filter).unwrap().into_iter().map(|k| k.claim.id).collect();
        assert!(!whole.is_empty(), "{filter:?}");
        whole.sort();
        for latest in [false, true] {
            for most in [1, 7, 1000] {
                let filter = Filter { latest, ..filter.clone() };
                let pages = walked(&ledger, &filter, most);
                let days: Vec<_> = pages.iter().map(Kept::day).collect();
                assert!(days.is_sorted_by(|a, b| if latest { a >= b } else { a <= b }), "{filter:?}");
                let mut ids: Vec<String> = pages.into_iter().map(|kept| kept.claim.id).collect();
                ids.sort();
                assert_eq!(ids, whole, "{filter:?} by {most}");
            }
        }
    }
}

#[test]
fn what_is_added_meanwhile_shifts_no_page() {
    let mut ledger = filled();
    let filter = Filter { latest: true, ..Filter::default() };
    let (first, next) = ledger.claims_page(&filter, None, 20).unwrap();
    ledger
        .add(&[entry("news of today", Some("2017-11-20"), vec![capture("Town1", "2017-11-20")])], now())
        .unwrap();
    let (second, _) = ledger.claims_page(&filter, next.as_ref(), 20).unwrap();
    let ids: BTreeSet<&str> = first.iter().chain(&second).map(|kept| kept.claim.id.as_str()).collect();
    assert_eq!(ids.len(), 40);
}

#[test]
fn reports_and_names_come_in_pages_too() {
    let ledger = filled();
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let page = ledger.reports_page(&ReportFilter::default(), after.as_ref(), 9).unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.at);
        seen.extend(
            page.into_iter().map(|report| (report.known, report.digest, report.claims, report.counts)),
        );
    }
    assert_eq!(seen.len(), 60);
    assert!(seen.is_sorted_by(|a, b| a.0 >= b.0));
    assert!(seen.iter().all(|(_, _, claims, _)| *claims == 2));
    let one = ledger.report(&seen[5].1).unwrap().unwrap();
    assert!(one.report.text.starts_with("report number") && one.counts == seen[5].3);
    assert_eq!(ledger.report("r-17").unwrap().unwrap().report.text, "report number 17 of the campaign");
    assert_eq!(ledger.report("no such report").unwrap(), None);
    let filter = ReportFilter {
        source: Some("WIRE service".to_owned()),
        words: Some("number 17".to_owned()),
        ..ReportFilter::default()
    };
    assert_eq!(ledger.reports_page(&filter, None, 9).unwrap().len(), 1);

    let places = ledger.named_page(Naming::Place, None, 4).unwrap();
    let more = ledger.named_page(Naming::Place, places.last(), 100).unwrap();
    assert_eq!((places.len(), more.len()), (4, 6));
    assert!(places.iter().chain(&more).all(|row| row.claims == 12));
    let outlets = ledger.named_page(Naming::Outlet, None, 4).unwrap();
    assert_eq!(
        outlets.iter().map(|row| (row.name.as_str(), row.claims)).collect::<Vec<_>>(),
        [("Wire service", 120)]
    );
}
