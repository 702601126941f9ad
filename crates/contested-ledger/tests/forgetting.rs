//! What is forgotten is gone from every byte of the file, and nothing else is.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "the tests read the file's bytes")]

mod support;

use std::fs;
use std::path::Path;

use contested_ledger::{Act, Added, Correction, Entry, Filter, LearningRun, Ledger, Named};
use contested_model::testing::day;
use contested_model::{LearntRow, Stake};
use support::{all, capture, entry, now};

const SECRET: &str = "Zorbulina Quenthaddle told the reporter at the mill of Vashkarendol that the ferryman Obrimstock had seen it all from the \
    bank, and that the boats came back empty before the sun was up.";
/// Words that stand nowhere but in that report.
const TRACES: [&str; 8] = [
    "Zorbulina",
    "zorbulina",
    "Quenthaddle",
    "Vashkarendol",
    "vashkarendol",
    "Obrimstock",
    "obrimstock",
    "secret-slug",
];

fn secret() -> Entry {
    let mut out = entry(
        SECRET,
        Some("2017-11-08"),
        vec![capture("Vashkarendol", "2017-11-08").agent("Obrimstock").quote(0, SECRET)],
    );
    out.report.id = Some("r-1".to_owned());
    out.report.title = Some("Zorbulina speaks".to_owned());
    out.report.url = Some("https://example.org/secret-slug".to_owned());
    out.report.other.insert("tags".to_owned(), "Obrimstock".into());
    out
}

fn others() -> Vec<Entry> {
    (0..300)
        .map(|n| {
            entry(
                &format!("report {n} of other days and other men"),
                Some("2017-11-08"),
                vec![capture(&format!("Town {n}"), "2017-11-08")],
            )
        })
        .collect()
}

/// Whether the bytes of any file beside the ledger hold `word`.
fn traces(folder: &Path) -> Vec<String> {
    let mut out = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        for word in TRACES {
            if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                out.push(format!("{word} in {}", path.display()));
            }
        }
    }
    out
}

#[test]
fn no_byte_of_it_is_left_and_a_tombstone_stands() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&others()[..150], now()).unwrap();
    ledger.add(&[secret()], now()).unwrap();
    ledger.add(&others()[150..], now()).unwrap();
    let key = secret().claims[0].key.clone();
    let agents = vec![Named { name: "Obrimstock the ferryman".to_owned(), id: None }];
    ledger
        .decide(
            &[Act::Correct(key, Correction::Agents(agents))],
            "A. Analyst",
            "Zorbulina says so",
            None,
            now(),
        )
        .unwrap();
    let learnt = |name: &str| LearntRow {
        source: format!("name:{}", name.to_lowercase()),
        name: name.to_owned(),
        kind: None,
        stake: Stake::Neutral,
        month: None,
        believed: 0.5,
        weight: 1.0,
    };
    let run =
        LearningRun { known: day("2017-11-08"), claims: 1, rows: vec![learnt("Obrimstock"), learnt("Army")] };
    ledger.add_learning(&run, now()).unwrap();
    assert!(
        traces(folder.path()).len() >= TRACES.len() - 2,
        "the test must be able to fail: {:?}",
        traces(folder.path())
    );
    let digest = ledger.reports_called("https://www.example.org/secret-slug").unwrap();
    assert_eq!(digest, ledger.reports_called("r-1").unwrap());
    let done = ledger.forget(&digest[0], "A. Editor", "court order 12/2018", now()).unwrap();
    assert_eq!((done.claims, done.before), (1, false));
    assert_eq!(traces(folder.path()), Vec::<String>::new());
    drop(ledger);
    assert_eq!(traces(folder.path()), Vec::<String>::new());

    let db = rusqlite::Connection::open(&path).unwrap();
    let left: String = db.query_row("SELECT group_concat(name) FROM learnt", [], |row| row.get(0)).unwrap();
    assert_eq!(left, "Army", "what was learnt of others stays");
    assert!(db.execute("DELETE FROM learnt", []).is_err());
    let stone: (String, String, i64) = db
        .query_row("SELECT by, why, claims FROM tombstones", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert_eq!(stone, ("A. Editor".to_owned(), "court order 12/2018".to_owned(), 1));
    assert_eq!(
        db.query_row(
            "SELECT forgotten_at IS NOT NULL AND NOT counts FROM v_reports WHERE report_id = 'r-1'",
            [],
            |row| row.get::<_, bool>(0)
        ),
        Ok(true)
    );
    // The full-text indexes hold no term of it, whole or in part, and are sound.
    for index in ["claim_words", "report_words"] {
        db.execute_batch(&format!("CREATE VIRTUAL TABLE temp.terms_{index} USING fts5vocab (main, '{index}', 'row'); INSERT INTO {index} ({index}) VALUES ('integrity-check')")).unwrap();
        let left: i64 = db.query_row(&format!("SELECT count(*) FROM temp.terms_{index} WHERE term LIKE 'zorb%' OR term LIKE 'vash%' OR term LIKE 'obrim%'"), [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "{index}");
    }
    db.execute_batch("INSERT INTO claim_space SELECT 99999999, 1, 1, 1, 1, 1, 1").unwrap();
    assert_eq!(db.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).unwrap(), "ok");
    assert!(
        db.execute("UPDATE reports SET text = 'x' WHERE report_id = 'r-1'", []).is_err(),
        "a tombstone takes no new words"
    );
    assert!(db.execute("DELETE FROM tombstones", []).is_err());
}

#[test]
fn what_was_forgotten_is_not_taken_in_again_and_the_rest_stays() {
    let mut ledger = support::blank();
    ledger.add(&others(), now()).unwrap();
    let before = all(&ledger);
    ledger.add(&[secret()], now()).unwrap();
    let digest = ledger.reports_called("r-1").unwrap();
    ledger.forget(&digest[0], "A. Editor", "an order", now()).unwrap();
    assert_eq!(all(&ledger), before);
    assert!(ledger.holds(&secret().report, &secret().extractor).unwrap());
    assert_eq!(ledger.add(&[secret()], now()).unwrap(), [Added::Forgotten]);
    assert!(ledger.forget(&digest[0], "A. Editor", "an order", now()).unwrap().before);
    assert!(ledger.forget("r1:none", "A. Editor", "an order", now()).is_err());
    assert!(ledger.forget(&digest[0], "", "an order", now()).is_err());
    assert_eq!(ledger.counts(None).unwrap().forgotten, 1);
    assert_eq!(ledger.pending_count(&support::by("2")).unwrap(), 300, "nothing is left to extract from it");
    assert_eq!(ledger.ids_of(contested_ledger::What::Place, "Vashkarendol").unwrap(), Vec::<String>::new());
}

#[test]
fn the_first_copy_of_a_forgotten_original_takes_its_place() {
    let mut ledger = support::blank();
    let told = |outlet: &str, published: &str, place: &str| {
        let mut out = entry(SECRET, Some(published), vec![capture(place, published)]);
        out.report.source = Some(outlet.to_owned());
        out.report.id = Some(outlet.to_owned());
        out
    };
    ledger
        .add(
            &[
                told("A", "2017-11-07", "One"),
                told("B", "2017-11-08", "Two"),
                told("C", "2017-11-09", "Three"),
            ],
            now(),
        )
        .unwrap();
    let places = |ledger: &Ledger| -> Vec<String> {
        ledger
            .claims(&Filter::default())
            .unwrap()
            .iter()
            .map(|kept| kept.claim.places[0].name.clone())
            .collect()
    };
    assert_eq!(places(&ledger), ["One"]);
    let digest = ledger.reports_called("A").unwrap();
    ledger.forget(&digest[0], "A. Editor", "an order", now()).unwrap();
    assert_eq!(places(&ledger), ["Two"]);
}
