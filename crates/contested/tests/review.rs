//! Review from the command line: decisions take effect in every answer, tables come back from spreadsheets, faults are told by row.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::Value;
use support::{Run, contested, contested_with, file};
use tempfile::TempDir;

const REPORTS: &str = include_str!("../demo/eastern-syria.jsonl");
const SIGNED: [&str; 4] = ["--by", "A. Analyst", "--why", "read it again"];

struct Room {
    dir: TempDir,
    store: String,
}

impl Room {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = dir.path().join("l.db").display().to_string();
        let reports = file(&dir, "reports.jsonl", REPORTS);
        assert_eq!(contested(&["add", &reports, "--store", &store]).code, Some(0));
        Self { dir, store }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut all = arguments.to_vec();
        all.extend(["--store", &self.store]);
        contested(&all)
    }

    fn out(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
        run.stdout
    }

    fn signed(&self, arguments: &[&str]) -> Run {
        self.run(&[arguments, &SIGNED].concat())
    }

    fn claims(&self, arguments: &[&str]) -> Vec<Value> {
        let out = self.out(&[&["claims", "--json"], arguments].concat());
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn control(&self, place: &str) -> Value {
        serde_json::from_str(self.out(&["control", place, "--json"]).lines().next().unwrap()).unwrap()
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap()
}

#[test]
fn what_is_rejected_is_gone_from_every_answer_and_was_there_before() {
    let room = Room::new();
    let before = room.control("Mayadin");
    let (holder, as_of) = (text(&before, "holder").to_owned(), text(&before, "as_of").to_owned());
    let keys: Vec<String> =
        room.claims(&["--place", "Mayadin"]).iter().map(|claim| text(claim, "key").to_owned()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let run = room.signed(&[&["review", "reject"], &keys[..]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(room.claims(&["--place", "Mayadin"]).len(), 0);
    assert_eq!(room.claims(&["--rejected"]).len(), keys.len());
    let sitrep: Value =
        serde_json::from_str(&room.out(&["sitrep", "--json", "--since", "2017-10-01"])).unwrap();
    assert!(!sitrep["control"].to_string().contains("Mayadin"), "{}", sitrep["control"]);
    assert!(room.run(&["control", "Mayadin"]).stderr.contains("no claim says who holds `Mayadin`"));
    let then = room.out(&["control", "Mayadin", "--json", "--known-at", "2018-01-01", "--as-of", &as_of]);
    assert!(then.contains(&holder), "in 2018 nobody had decided: {then}");
    let log = room.out(&["review", "log", "--json"]);
    assert_eq!(log.lines().count(), keys.len());
    let numbers: Vec<String> = (1..=keys.len()).map(|n| n.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    assert_eq!(room.signed(&[&["review", "withdraw"], &numbers[..]].concat()).code, Some(0));
    assert_eq!(room.control("Mayadin"), before, "taken back, all is as it was");
}

#[test]
fn a_report_that_its_outlet_took_back_counts_no_more_from_that_day_on() {
    let room = Room::new();
    let report = text(&room.claims(&["--place", "Rawa"])[0]["report"], "id").to_owned();
    let told = |room: &Room, known: &[&str]| -> usize {
        room.claims(known).iter().filter(|claim| claim["report"]["id"] == report.as_str()).count()
    };
    let before = told(&room, &[]);
    assert!(before > 0);
    let run = room.signed(&["review", "reject", "--report", &report, "--known", "2018-01-05"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(told(&room, &[]), 0);
    assert_eq!(told(&room, &["--known-at", "2018-01-04"]), before);
    let nothing = room.signed(&["review", "reject", "--report", "nonesuch"]);
    assert!(nothing.stderr.contains("no claim that counts is told in a report called `nonesuch`"));
}

#[test]
fn actors_are_merged_and_split_in_control_and_claims() {
    let room = Room::new();
    let before = room.control("Raqqa");
    let holder = text(&before, "holder").to_owned();
    let run = room.signed(&["review", "merge", "actor", &holder, "Guard of the river"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(text(&room.control("Raqqa"), "holder"), "Guard of the river");
    let run = room.signed(&["review", "split", "actor", &holder]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(room.control("Raqqa"), before);
}

#[test]
fn a_table_is_edited_in_a_spreadsheet_and_read_back_once() {
    let room = Room::new();
    let table = room.out(&["review", "export"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let head = reader.headers().unwrap().clone();
    let column = |name: &str| head.iter().position(|have| have == name).unwrap();
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let count = rows.len();
    rows[0][column("decision")] = "accept".to_owned();
    rows[1][column("decision")] = "reject".to_owned();
    rows[2][column("certainty")] = "possible".to_owned();
    rows[2][column("places")] = "near: Mayadin".to_owned();
    rows[2][column("why")] = "the map says so".to_owned();
    rows[3][column("certainty")] = "surely".to_owned();
    let (accepted, rejected, corrected, key) = (
        rows[0][column("key")].clone(),
        rows[1][column("key")].clone(),
        rows[2][column("key")].clone(),
        column("key"),
    );
    // As another spreadsheet writes it: semicolons, a byte-order mark, CR LF.
    let mut out =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    out.write_record(&head).unwrap();
    for row in &rows {
        out.write_record(row).unwrap();
    }
    let edited = [b"\xef\xbb\xbf".to_vec(), out.into_inner().unwrap()].concat();
    let path = file(&room.dir, "edited.csv", &edited);
    let dry = room.signed(&["review", "import", &path, "--dry-run"]);
    assert_eq!(
        (dry.code, dry.stdout.as_str()),
        (Some(3), "4 decisions would be written down; nothing was\n"),
        "{}",
        dry.stderr
    );
    let run = room.signed(&["review", "import", &path]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(3), "4 decisions written down (numbers 1 to 4)\n"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("edited.csv, line 5: column `certainty`: `surely` is none of certain, probable, possible, unstated"), "{}", run.stderr);
    let now = room.claims(&["--all"]);
    assert_eq!(now.len(), count + room.claims(&["--all"]).len() - room.claims(&[]).len() - 1);
    assert!(now.iter().all(|claim| text(claim, "key") != rejected));
    let found = now.iter().find(|claim| text(claim, "key") == corrected).unwrap();
    assert_eq!((text(found, "certainty"), text(&found["places"][0], "relation")), ("possible", "near"));
    assert!(found["places"][0]["id"].as_str().unwrap().starts_with("geonames:"), "{found}");
    let log = room.out(&["review", "log"]);
    assert!(log.contains("the map says so") && log.contains(&accepted), "{log}");
    let again = room.signed(&["review", "import", &path]);
    assert_eq!(again.stdout, "nothing decided\n", "{}", again.stderr);

    // Somebody else decides on a row before a table made earlier comes back.
    assert_eq!(room.signed(&["review", "correct", &rows[4][key], "certainty", "possible"]).code, Some(0));
    rows[3][column("certainty")] = "certain".to_owned();
    rows[4][column("certainty")] = "probable".to_owned();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(&head).unwrap();
    for row in &rows[3..] {
        out.write_record(row).unwrap();
    }
    let run = room.signed(&["review", "import", &file(&room.dir, "late.csv", out.into_inner().unwrap())]);
    assert_eq!(run.code, Some(3));
    assert!(
        run.stderr.contains("late.csv, line 3: conflict: claim ")
            && run.stderr.contains("its certainty is now `possible`, the row has `probable`"),
        "{}",
        run.stderr
    );
}

#[test]
fn names_are_merged_in_a_table_too() {
    let room = Room::new();
    let table = room.out(&["review", "export", "actors"]);
    assert!(table.starts_with("id,name,claims,merge into,why\n"), "{table}");
    let first: Vec<&str> = table.lines().nth(1).unwrap().split(',').collect();
    let edited = format!(
        "id,name,claims,merge into,why\n{},{},{},The second army,one army\nnobody,Nobody,1,Somebody,x\n",
        first[0], first[1], first[2]
    );
    let run = room.signed(&["review", "import", &file(&room.dir, "actors.csv", edited), "--table", "actors"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(3), "1 decision written down (number 1)\n"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("line 3: no claim names the actor `nobody`"), "{}", run.stderr);
    assert!(room.out(&["claims", "--actor", "The second army"]).contains("The second army"));
    let table = room.out(&["review", "export", "actors"]);
    let back = table.replace("name:the second army", "");
    assert_ne!(back, table);
    let run = room.signed(&["review", "import", &file(&room.dir, "back.csv", back), "--table", "actors"]);
    assert_eq!(run.stdout, "1 decision written down (number 2)\n", "{}", run.stderr);
    assert!(!room.out(&["claims"]).contains("The second army"));
}

#[test]
fn what_cannot_be_decided_is_told() {
    let room = Room::new();
    let key = text(&room.claims(&["--limit", "1"])[0], "key").to_owned();
    for (arguments, message) in [
        (vec!["review", "accept", "k1:ffffff"], "no claim has the key or id `k1:ffffff`"),
        (vec!["review", "accept", "k1:"], "is the start of several keys"),
        (vec!["review", "correct", &key, "time", "8/11/2017"], "`8/11/2017` is no day: write YYYY-MM-DD"),
        (vec!["review", "correct", &key, "type", "conquer"], "conquer"),
        (vec!["review", "merge", "place", "Atlantis", "Mayadin"], "no claim names the place `Atlantis`"),
        (vec!["review", "split", "actor", "Islamic State"], "is not merged into another"),
        (vec!["review", "withdraw", "9"], "there is no decision 9"),
    ] {
        let run = room.signed(&arguments);
        assert_eq!(run.code, Some(1), "{arguments:?}");
        assert!(run.stderr.contains(message), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(room.run(&["review", "accept", &key]).code, Some(2), "a decision is signed");
    assert_eq!(room.out(&["review", "log"]), "0 decisions\n");
    let none = contested(&["review", "list", "--store", "/nowhere/none.db"]);
    assert!(none.stderr.contains("there is no ledger at"), "{}", none.stderr);
}

#[test]
fn a_claim_is_told_apart_from_others_of_its_place_and_reextraction_keeps_it_so() {
    let room = Room::new();
    let claim = room.claims(&["--place", "Mayadin", "--limit", "1"]).remove(0);
    let key = text(&claim, "key");
    let run = room.signed(&[
        "review",
        "split",
        "place",
        "Mayadin",
        "--into",
        "Mayadin the Other [test:other]",
        "--claims",
        key,
    ]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stderr.contains("no place has the id `test:other`"), "{}", run.stderr);
    let run = room.signed(&["review", "split", "place", "Mayadin", "--into", "Rawa", "--claims", key]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let found = room.claims(&["--place", "Rawa"]);
    assert!(found.iter().any(|claim| text(claim, "key") == key));
    let again = room.out(&["add", "--reextract"]);
    let count = REPORTS.lines().count();
    assert_eq!(again, format!("nothing added; {count} reports were already in the ledger\n"));
    // As if an older version had extracted: then all is read again, and the decision holds.
    let db = rusqlite::Connection::open(&room.store).unwrap();
    db.execute_batch("DROP TRIGGER extractions_never_change; UPDATE extractions SET version = '0.0.1'")
        .unwrap();
    drop(db);
    let again = room.out(&["add", "--reextract"]);
    assert!(again.starts_with(&format!("extracted {count} reports again: ")), "{again}");
    let found = room.claims(&["--place", "Rawa"]);
    assert!(found.iter().any(|claim| text(claim, "key") == key));
    assert_eq!(room.claims(&[]).len(), room.claims(&[]).len());
    let nowhere = contested(&["add", "--reextract", "--store", "/nowhere/none.db"]);
    assert!(nowhere.stderr.contains("there is no ledger at"), "{}", nowhere.stderr);
    assert_eq!(contested(&["add"]).code, Some(2));
}

#[test]
fn a_forgotten_report_leaves_no_word_and_stays_out() {
    let room = Room::new();
    let word = "QUENTHADDLE";
    let report = r#"{"id": "x-1", "source": "Daily", "published": "2017-11-01", "text": "Rebels captured Rawa on Tuesday, Quenthaddle Ormsby said."}"#;
    let add = |room: &Room| contested_with(&["add", "-", "--store", &room.store], report.as_bytes());
    assert!(add(&room).stdout.starts_with("added 1 report"));
    let holds = |room: &Room| {
        std::fs::read_dir(room.dir.path()).unwrap().any(|file| {
            let path = file.unwrap().path();
            let bytes = std::fs::read(&path).unwrap().to_ascii_uppercase();
            path.display().to_string().contains("l.db")
                && bytes.windows(word.len()).any(|window| window == word.as_bytes())
        })
    };
    assert!(holds(&room));
    let run = room.run(&["forget", "x-1", "--by", "A. Editor", "--why", "an order"]);
    assert!(run.stdout.starts_with("forgot r1:"), "{}{}", run.stdout, run.stderr);
    assert!(!holds(&room));
    assert_eq!(add(&room).stdout, "nothing added; 1 report had to be forgotten before, and stayed out\n");
    assert!(
        room.run(&["forget", "x-2", "--by", "A. Editor", "--why", "an order"])
            .stderr
            .contains("no report is called `x-2`")
    );
}
