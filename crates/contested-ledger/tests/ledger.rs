//! The ledger keeps what it is given, once, and says clearly what is wrong with its file.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "the tests break files on purpose")]

mod support;

use std::fs;
use std::path::Path;

use contested_ledger::{Added, Entry, Filter, Ledger, LedgerError};
use contested_model::testing::day;
use proptest::prelude::*;
use support::{all, by, capture, entry, now};

#[test]
fn what_is_added_is_read_back_as_it_was() {
    let mut ledger = support::blank();
    let one = entry("one", Some("2017-11-08"), vec![capture("Town", "2017-11-08").on("2017-11-07")]);
    assert_eq!(ledger.add(std::slice::from_ref(&one), now()).unwrap(), [Added::New]);
    assert_eq!(all(&ledger), one.claims);
}

#[test]
fn the_same_report_twice_changes_nothing_and_says_so() {
    let mut ledger = support::blank();
    let one = entry("one", Some("2017-11-08"), vec![capture("Town", "2017-11-08")]);
    assert!(!ledger.holds(&one.report, &one.extractor).unwrap());
    ledger.add(std::slice::from_ref(&one), now()).unwrap();
    assert!(ledger.holds(&one.report, &one.extractor).unwrap());
    assert_eq!(ledger.add(std::slice::from_ref(&one), now()).unwrap(), [Added::Known]);
    assert_eq!(ledger.add(&[one.clone(), one], now()).unwrap(), [Added::Known, Added::Known]);
    assert_eq!((ledger.counts(None).unwrap().reports, ledger.counts(None).unwrap().claims), (1, 1));
}

#[test]
fn a_newer_extractor_stands_beside_the_old_one_and_is_current() {
    let mut ledger = support::blank();
    let old = entry("one", Some("2017-11-08"), vec![capture("Town", "2017-11-08")]);
    let new =
        Entry { extractor: by("2"), ..entry("one", Some("2017-11-08"), vec![capture("City", "2017-11-08")]) };
    assert_eq!(ledger.add(&[old], now()).unwrap(), [Added::New]);
    assert_eq!(ledger.add(std::slice::from_ref(&new), now()).unwrap(), [Added::Again]);
    assert_eq!(all(&ledger), new.claims);
    assert_eq!(ledger.counts(None).unwrap().reports, 1);
}

#[test]
fn filters_narrow_and_agree_with_what_they_say() {
    let mut ledger = support::blank();
    let entries = [
        entry("one", Some("2017-11-08"), vec![capture("Town", "2017-11-08")]),
        entry("two", Some("2017-11-20"), vec![capture("City", "2017-11-20").on("2017-11-05")]),
        entry("three", None, vec![capture("Camp", "2017-11-21")]),
    ];
    ledger.add(&entries, now()).unwrap();
    let places = |filter: Filter| -> Vec<String> {
        ledger.claims(&filter).unwrap().iter().map(|kept| kept.claim.places[0].name.clone()).collect()
    };
    assert_eq!(places(Filter::default()), ["City", "Town", "Camp"]);
    assert_eq!(places(Filter { known_at: Some(day("2017-11-10")), ..Filter::default() }), ["Town"]);
    assert_eq!(places(Filter { as_of: Some(day("2017-11-06")), ..Filter::default() }), ["City"]);
    assert_eq!(places(Filter { place: Some("tOWN".to_owned()), ..Filter::default() }), ["Town"]);
    assert_eq!(
        places(Filter { actor: Some("army".to_owned()), limit: Some(2), ..Filter::default() }),
        ["City", "Town"]
    );
    assert_eq!(
        places(Filter {
            source: Some("a commander".to_owned()),
            words: Some("captured camp".to_owned()),
            ..Filter::default()
        }),
        ["Camp"]
    );
    assert_eq!(
        places(Filter { words: Some("captured\" OR \"".to_owned()), ..Filter::default() }),
        [] as [&str; 0]
    );
    assert_eq!(places(Filter { types: vec!["holds".to_owned()], ..Filter::default() }), [] as [&str; 0]);
    assert_eq!(
        ledger.last_known(None).unwrap(),
        Some(day("2017-12-01")),
        "a report without a date is known from its adding"
    );
    assert_eq!(ledger.last_known(Some(day("2017-11-19"))).unwrap(), Some(day("2017-11-08")));
}

#[test]
fn nothing_can_be_changed_or_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    Ledger::open(&path)
        .unwrap()
        .add(&[entry("one", Some("2017-11-08"), vec![capture("Town", "2017-11-08")])], now())
        .unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    for table in ["reports", "extractions", "claims", "claim_places", "claim_actors"] {
        let error = db.execute(&format!("DELETE FROM {table}"), []).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{table}: {error}");
        let key = if table.starts_with("claim_") { "claim" } else { "id" };
        let error = db.execute(&format!("UPDATE {table} SET {key} = {key} + 1"), []).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{table}: {error}");
    }
    let row: (String, String, String) = db
        .query_row("SELECT agents, places, root FROM v_claims", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert_eq!(row, ("Army".to_owned(), "Town".to_owned(), "a commander".to_owned()));
    assert_eq!(db.query_row("SELECT count(*) FROM v_control", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    assert_eq!(db.query_row("SELECT count(*) FROM v_disputes", [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

fn filled(path: &Path) {
    let mut ledger = Ledger::open(path).unwrap();
    let entries: Vec<Entry> = (0..200)
        .map(|n| {
            entry(
                &format!("report {n}"),
                Some("2017-11-08"),
                vec![capture(&format!("Town {n}"), "2017-11-08")],
            )
        })
        .collect();
    ledger.add(&entries, now()).unwrap();
}

fn both(path: &Path) -> [LedgerError; 2] {
    [Ledger::read(path).map(|_| ()).unwrap_err(), Ledger::open(path).map(|_| ()).unwrap_err()]
}

#[test]
fn what_is_wrong_with_the_file_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.db");
    assert!(matches!(Ledger::read(&missing), Err(LedgerError::Missing { .. })));
    assert!(!missing.exists(), "reading makes no file");

    let text = folder.path().join("text.db");
    fs::write(&text, "this is a letter, and a long one at that, and no database at all; it has more than a hundred bytes in it").unwrap();
    assert!(both(&text).iter().all(|e| matches!(e, LedgerError::NotALedger { .. }) && e.is_users()));

    let foreign = folder.path().join("foreign.db");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE other (x)").unwrap();
    assert!(both(&foreign).iter().all(|e| matches!(e, LedgerError::NotALedger { .. })));

    let newer = folder.path().join("newer.db");
    filled(&newer);
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for error in both(&newer) {
        assert!(error.to_string().contains("newer version of contested (its layout is 99"), "{error}");
    }

    let cut = folder.path().join("cut.db");
    filled(&cut);
    let bytes = fs::read(&cut).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    for error in both(&cut) {
        assert!(matches!(error, LedgerError::Damaged { .. }) && error.is_users(), "{error}");
    }
}

#[test]
fn a_broken_page_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    filled(&path);
    let bytes = fs::read(&path).unwrap();
    for at in (4096..bytes.len()).step_by(4096) {
        let mut broken = bytes.clone();
        broken[at..at + 512].fill(0xA5);
        fs::write(&path, &broken).unwrap();
        if let Ok(ledger) = Ledger::read(&path)
            && let Err(error) = ledger.claims(&Filter::default())
        {
            assert!(
                matches!(error, LedgerError::Damaged { .. } | LedgerError::Record { .. }),
                "page at {at}: {error}"
            );
        }
    }
}

#[test]
fn a_second_writer_is_told_that_the_ledger_is_busy_and_readers_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    filled(&path);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(Ledger::read(&path).unwrap().counts(None).unwrap().reports, 200);
    let error = Ledger::open(&path)
        .and_then(|mut l| l.add(&[entry("new", None, vec![])], now()).map(|_| ()))
        .unwrap_err();
    assert!(matches!(error, LedgerError::Locked { .. }), "{error}");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = Ledger::open(&folder.path().join("no/such/l.db")).map(|_| ()).unwrap_err();
    assert!(matches!(error, LedgerError::CannotOpen { .. }) && error.is_users(), "{error}");
}

mod any_order {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        /// However often and in whatever order reports are added, the ledger answers the same.
        #[test]
        fn adding_is_idempotent_and_the_order_is_nothing(order in prop::collection::vec(0usize..6, 1..24)) {
            let entries: Vec<Entry> = (0..6)
                .map(|n| entry(&format!("report {n}"), Some("2017-11-08"), vec![capture(&format!("Town {n}"), "2017-11-08")]))
                .collect();
            let mut shuffled = support::blank();
            for at in &order {
                shuffled.add(std::slice::from_ref(&entries[*at]), now()).unwrap();
            }
            let mut distinct = order.clone();
            distinct.sort_unstable();
            distinct.dedup();
            let mut once = support::blank();
            once.add(&distinct.iter().map(|&at| entries[at].clone()).collect::<Vec<_>>(), now()).unwrap();
            let ids = |ledger: &Ledger| {
                let mut ids: Vec<String> = all(ledger).into_iter().map(|c| c.id).collect();
                ids.sort();
                ids
            };
            prop_assert_eq!(ids(&shuffled), ids(&once));
            prop_assert_eq!(shuffled.counts(None).unwrap(), once.counts(None).unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    /// Adding again changes nothing, and in which order reports came makes no difference to what is told.
    #[test]
    fn adding_again_and_in_another_order_changes_nothing(
        told in prop::collection::vec((0usize..3, 1u32..28, any::<bool>()), 1..10),
        turn in 0usize..10,
    ) {
        let entries: Vec<Entry> = told
            .iter()
            .enumerate()
            .map(|(n, &(town, date, dated))| {
                let day = format!("2017-11-{date:02}");
                let claim = capture(&format!("Town{town}"), &day);
                entry(&format!("report {n}"), Some(&day), vec![if dated { claim.on(&day) } else { claim }])
            })
            .collect();
        let (mut one, mut other) = (support::blank(), support::blank());
        one.add(&entries, now()).unwrap();
        let mut turned = entries.clone();
        turned.rotate_left(turn % entries.len());
        turned.reverse();
        for entry in &turned {
            other.add(std::slice::from_ref(entry), now()).unwrap();
        }
        // What stands on one day is listed in the order of adding.
        let told = |ledger: &Ledger| {
            let mut told = ledger.claims(&Filter::default()).unwrap();
            told.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
            told
        };
        let first = told(&one);
        prop_assert_eq!(&told(&other), &first);
        prop_assert_eq!(one.add(&turned, now()).unwrap(), vec![Added::Known; entries.len()]);
        prop_assert_eq!(&told(&one), &first);
        prop_assert_eq!(one.counts(None).unwrap().claims, first.len() as u64);
    }
}
