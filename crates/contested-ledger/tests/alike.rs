//! Whatever a ledger was told, in a file and in PostgreSQL it answers the same: every view of generated ledgers is compared.
//!
//! Wants a server: `CONTESTED_POSTGRES=postgres://user@host:port/database`. `CASES` is how many ledgers are generated.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

mod support;

use std::fmt::{Debug, Write as _};
use std::io::Write as _;
use std::path::Path;
use std::str::FromStr as _;

use contested_ledger::{
    Act, Around, Correction, Entry, Filter, LearningRun, Ledger, Named, NamedPlace, Naming, Passed,
    PlaceReached, ReportFilter, Standing, Tellings, Watched, What,
};
use contested_model::testing::{day, told};
use contested_model::{
    Claim, ClaimType, Dispute, DisputeBody, LearntRow, Polarity, Question, Report, SourceKind, Stake,
    claim_id, text_hash,
};
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rusqlite::types::Value;
use support::{by, now, on_server};

const STORY: &str = "The army's vanguard crossed the river at dawn on Tuesday and took two villages on its far bank, a commander said. Shells fell on \
    the market of the nearer village until noon; fourteen people were hurt, the hospital's director said by telephone. Residents had left for the \
    hills the night before, carrying what they could.";
const OUTLETS: [Option<&str>; 5] =
    [Some("Wire service"), Some("WIRE SERVICE"), Some("Daily Été"), Some("O'Neill \\ Sons"), None];
const PLACES: [&str; 6] = ["Rawa", "RAWA", "Deir al-Zor", "دير الزور", "Şırnak", "100% 'Town'"];
const ACTORS: [&str; 5] = ["Army", "army", "Group of\u{0}Seven", "Éclaireurs", "Rebels?"];
const TYPES: [ClaimType; 4] = [ClaimType::Seize, ClaimType::Holds, ClaimType::Clash, ClaimType::Siege];

/// A report with its claims, in numbers.
#[derive(Debug, Clone)]
struct Made {
    text: usize,
    outlet: usize,
    day: Option<u8>,
    page: Option<u8>,
    extractor: bool,
    unread: bool,
    /// Type, place, agent, target, day, confidence.
    claims: Vec<(usize, usize, usize, usize, Option<u8>, u8)>,
}

fn made() -> impl Strategy<Value = Made> {
    let claim = (0..4usize, 0..6usize, 0..5usize, 0..5usize, prop::option::of(1..28u8), 0..10u8);
    (
        0..12usize,
        0..5usize,
        prop::option::of(1..28u8),
        prop::option::of(0..3u8),
        any::<bool>(),
        prop::bool::weighted(0.1),
        prop::collection::vec(claim, 0..4),
    )
        .prop_map(|(text, outlet, day, page, extractor, unread, claims)| Made {
            text,
            outlet,
            day,
            page,
            extractor,
            unread,
            claims,
        })
}

fn text(n: usize) -> String {
    match n {
        0 => STORY.to_owned(),
        1 => STORY.replace("at dawn", "early in the morning"),
        2 => format!("{STORY} An editor added a line of his own."),
        3 => "NUL \u{0} and \u{10FFFF} signs, 'quotes' \\ and \"more\"".to_owned(),
        4 => String::new(),
        n => format!("Report number {n} tells of Deir al-Zor, of Şırnak and of the river's far bank."),
    }
}

fn entry(made: &Made) -> Entry {
    let published = made.day.map(|d| day(&format!("2017-11-{d:02}")));
    let report = Report {
        id: made.text.is_multiple_of(2).then(|| format!("r-{}", made.text)),
        source: OUTLETS[made.outlet].map(str::to_owned),
        published,
        title: made.text.is_multiple_of(3).then(|| format!("Title {} of the Éclaireurs", made.text)),
        url: made.page.map(|page| format!("https://www.example.org/page/{page}?utm_source=x")),
        text: text(made.text),
        ..Report::default()
    };
    let on = published.map_or_else(|| "2017-12-01".to_owned(), |day| day.to_string());
    let hash = text_hash(&report.text);
    let claims: Vec<Claim> = made
        .claims
        .iter()
        .enumerate()
        .map(|(n, &(kind, place, agent, target, when, sure))| {
            let outlet = report.source.as_deref().unwrap_or("nobody");
            let mut one = told(outlet, &on, TYPES[kind])
                .agent(ACTORS[agent])
                .target(ACTORS[target])
                .place(PLACES[place]);
            if sure % 2 == 0 {
                one = one.by("a commander", SourceKind::BelligerentOfficial);
            }
            if let Some(when) = when {
                one = one.on(&format!("2017-11-{when:02}"));
            }
            let mut claim =
                one.quote(n as u32, &format!("They took {} , it's said .", PLACES[place])).claim();
            claim.report.source.clone_from(&report.source);
            claim.confidence = f64::from(sure) / 10.0;
            if place.is_multiple_of(2) {
                claim.places[0].id = None;
            } else {
                (claim.places[0].lat, claim.places[0].lon) =
                    (Some(30.1 + place as f64), Some(40.0 + f64::from(sure)));
            }
            if agent.is_multiple_of(2) {
                claim.agents[0].actor = None;
            }
            claim.report.hash.clone_from(&hash);
            claim.report.id.clone_from(&hash);
            claim.evidence.trigger.start = n as u32;
            let trigger = contested_model::Span::new(n as u32, n as u32 + 4);
            claim.key = contested_model::claim_key(&hash, trigger, claim.kind, 0);
            claim.id = claim_id(&claim);
            claim
        })
        .collect();
    let disputes = match claims.as_slice() {
        [a, b, ..] if a.id != b.id => vec![Dispute {
            record: "dispute".to_owned(),
            id: format!("d1:{}", &a.id[3..]),
            doc: hash,
            dispute: DisputeBody {
                question: Question::Control,
                about: vec![PLACES[0].to_owned()],
                sides: vec![vec![a.id.clone()], vec![b.id.clone()]],
            },
        }],
        _ => Vec::new(),
    };
    let unread = made.unread.then(|| "tur".to_owned());
    Entry { report, claims, disputes, extractor: by(if made.extractor { "1" } else { "2" }), unread }
}

/// What is done to a ledger after it was filled: an act on the n-th claim, or a report forgotten.
#[derive(Debug, Clone)]
enum Step {
    Decide(u8, usize, usize),
    Again(usize),
    Forget(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..9u8, 0..40usize, 0..6usize).prop_map(|(act, claim, other)| Step::Decide(act, claim, other)),
        2 => (0..20usize).prop_map(Step::Again),
        1 => (0..20usize).prop_map(Step::Forget),
    ]
}

/// Fills `ledger`, and tells what it said to it.
fn fill(ledger: &mut Ledger, entries: &[Entry], steps: &[Step]) -> String {
    let mut said = String::new();
    let (early, late) = entries.split_at(entries.len() / 2);
    for batch in early.chunks(3) {
        told_of(&mut said, "added", ledger.add(batch, now()));
    }
    let keys: Vec<String> = early.iter().flat_map(|e| &e.claims).map(|claim| claim.key.clone()).collect();
    for (n, step) in steps.iter().enumerate() {
        let at: Timestamp = format!("2017-12-{:02}T10:00:00Z", 2 + n).parse().unwrap();
        match step {
            Step::Decide(act, claim, other) => {
                let key =
                    if keys.is_empty() { "k1:none".to_owned() } else { keys[claim % keys.len()].clone() };
                let named =
                    Named { name: ACTORS[other % 5].to_owned(), id: (*other > 2).then(|| "army".to_owned()) };
                let place = NamedPlace {
                    name: PLACES[*other].to_owned(),
                    id: (*other > 2).then(|| "test:rawa".to_owned()),
                    lat: Some(34.0),
                    lon: None,
                    country: Some("SY".to_owned()),
                    kind: None,
                    relation: None,
                };
                let act = match act {
                    0 => Act::Accept(key),
                    1 => Act::Reject(key),
                    2 => Act::Correct(key, Correction::Polarity(Polarity::Negative)),
                    3 => Act::Correct(key, Correction::Places(vec![place])),
                    4 => Act::MergeActor { from: "name:éclaireurs".to_owned(), into: named },
                    5 => Act::MergePlace { from: "name:rawa".to_owned(), into: place },
                    6 => Act::MergeEvent(key, keys.first().cloned().unwrap_or_default()),
                    7 => Act::Split(What::Actor, "name:éclaireurs".to_owned()),
                    _ => Act::Withdraw(1 + *claim as i64 % 5),
                };
                let decided = ledger.decide(&[act], "A. Analyst's \u{0}", "read it", None, at);
                told_of(&mut said, "decided", decided);
            }
            Step::Again(which) if !entries.is_empty() => {
                let again = Entry { extractor: by("3"), ..entries[which % entries.len()].clone() };
                told_of(&mut said, "again", ledger.add(&[again], at));
            }
            Step::Forget(which) if !early.is_empty() => {
                for digest in
                    ledger.reports_called(&text_hash(&early[which % early.len()].report.text)).unwrap()
                {
                    told_of(&mut said, "forgotten", ledger.forget(&digest, "A. Editor", "an order", at));
                }
            }
            _ => {}
        }
    }
    told_of(&mut said, "late", ledger.add(late, "2018-01-01T00:00:00Z".parse().unwrap()));
    let learnt = |name: &str, believed: f64| LearntRow {
        source: format!("name:{name}"),
        name: name.to_owned(),
        kind: Some(SourceKind::BelligerentOfficial),
        stake: Stake::Gain,
        month: Some(day("2017-11-01")),
        believed,
        weight: 1.0 / 3.0,
    };
    let run = LearningRun {
        known: day("2017-12-20"),
        claims: 7,
        rows: vec![
            learnt("b", 0.1),
            learnt("a", 2.0 / 3.0),
            LearntRow { month: None, ..learnt("a", 2.0 / 3.0) },
        ],
    };
    for _ in 0..2 {
        told_of(&mut said, "learnt", ledger.add_learning(&run, now()));
    }
    for offset in [7, 9] {
        let place =
            PlaceReached { file: "a.warc".to_owned(), content: "x".to_owned(), offset, records: 1, lines: 2 };
        told_of(&mut said, "reached", ledger.note_place(&place));
        let page = Passed { offset, url: "https://example.org/".to_owned(), language: "deu" };
        told_of(&mut said, "passed", ledger.pass_over("a.warc", &[page]));
        let watched = Watched {
            what: "https://example.org/feed".to_owned(),
            etag: None,
            modified: Some("then".to_owned()),
            asked_at: now(),
            next_at: now(),
            failures: offset as u32,
            told: None,
        };
        told_of(&mut said, "watched", ledger.note_watched(&watched));
    }
    said
}

fn told_of<T: Debug, E: std::fmt::Display>(out: &mut String, what: &str, said: Result<T, E>) {
    match said {
        Ok(said) => writeln!(out, "{what}: {said:?}"),
        Err(error) => writeln!(out, "{what}: {error}"),
    }
    .unwrap();
}

fn filters() -> Vec<Filter> {
    let some = |text: &str| Some(text.to_owned());
    let all = Filter::default();
    let mut out = vec![
        all.clone(),
        Filter { as_of: Some(day("2017-11-15")), known_at: Some(day("2017-11-20")), ..all.clone() },
        Filter { known_at: Some(day("2017-12-04")), since: Some(day("2017-11-05")), ..all.clone() },
        Filter { tellings: Tellings::All, limit: Some(3), latest: true, ..all.clone() },
        Filter { tellings: Tellings::Rejected, ..all.clone() },
        Filter { standing: Some(Standing::Corrected), ..all.clone() },
        Filter {
            types: vec!["seize".to_owned(), "siege".to_owned()],
            kinds: vec!["event".to_owned()],
            ..all.clone()
        },
        Filter { polarity: some("negative"), ground: true, ..all.clone() },
        Filter { least: Some(0.5), ..all.clone() },
        Filter { country: some("sy"), ..all.clone() },
        Filter { around: Some(Around { lat: 33.1, lon: 44.0, km: 300.0 }), limit: Some(1), ..all.clone() },
        Filter { report: some("r-6"), ..all.clone() },
        Filter { report: some(&text_hash(STORY)), ..all.clone() },
        Filter { place: some("rawa"), actor: some("ARMY"), source: some("wire service"), ..all.clone() },
    ];
    out.extend(PLACES.iter().map(|place| Filter { place: some(place), ..all.clone() }));
    out.extend(ACTORS.iter().map(|actor| Filter { actor: some(actor), ..all.clone() }));
    out.extend(
        ["daily été", "DAILY ÉTÉ", "a commander", "O'Neill \\ sons"]
            .map(|s| Filter { source: some(s), ..all.clone() }),
    );
    out.extend(
        ["took sirnak", "al-zor", "ZOR al", "it's", "100% 'Town'", "- ", "\"", "دير", "s said"]
            .map(|words| Filter { words: some(words), ..all.clone() }),
    );
    out
}

/// All that `ledger` answers, view by view.
fn views(ledger: &Ledger, entries: &[Entry]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut view = |name: String, answer: String| out.push((name, answer));
    macro_rules! see {
        ($name:expr, $answer:expr) => {
            view(
                format!("{} {:?}", stringify!($answer), $name),
                format!("{:?}", $answer.map_err(|e| e.to_string())),
            )
        };
    }
    for filter in filters() {
        see!(&filter, ledger.claims(&filter));
        see!(&filter, ledger.in_review(&filter));
        for latest in [false, true] {
            let filter = Filter { latest, ..filter.clone() };
            let mut after = None;
            for _ in 0..40 {
                let page = ledger.review_page(&filter, after.as_ref(), 2).unwrap();
                see!((&filter, after), Ok::<_, String>(&page));
                after = page.1;
                if after.is_none() {
                    break;
                }
            }
        }
    }
    let words =
        ["river's bank", "far bank", "signs", "Éclaireurs title", "eclaireurs report", "editor OR line"];
    for words in words.map(Some).into_iter().chain([None]) {
        for (source, oldest_first) in [(None, true), (Some("wire Service"), false), (None, false)] {
            let filter = ReportFilter {
                source: source.map(str::to_owned),
                words: words.map(str::to_owned),
                known_at: oldest_first.then(|| day("2017-12-20")),
                since: source.map(|_| day("2017-11-03")),
                oldest_first,
            };
            let mut after = None;
            loop {
                let page = ledger.reports_page(&filter, after.as_ref(), 3).unwrap();
                see!((&filter, after), Ok::<_, String>(&page));
                after = page.last().map(|report| report.at);
                if after.is_none() {
                    break;
                }
            }
        }
    }
    for known in [None, Some(day("2017-11-10")), Some(day("2017-12-05"))] {
        see!(known, ledger.disputes(known));
        see!(known, ledger.counts(known));
        see!(known, ledger.last_known(known));
        see!(known, ledger.learning(known));
        for area in ["rawa", "SY", "deir al zor", "nowhere"] {
            let area = ledger.area(area).unwrap();
            see!((&area, known), ledger.ground(&area, day("2017-11-20"), known));
            see!((&area, known), ledger.bearing(&area, day("2017-11-20"), day("2017-11-10"), known));
        }
    }
    for of in [Naming::Actor, Naming::Place, Naming::Outlet] {
        let first = ledger.named_page(of, None, 2).unwrap();
        see!(of, ledger.named_page(of, first.last(), 100));
        see!(of, Ok::<_, String>(&first));
    }
    for name in PLACES.iter().chain(&ACTORS).copied().chain(["name:rawa", "test:rawa", "army"]) {
        for what in [What::Actor, What::Place] {
            see!((what, name), ledger.ids_of(what, name));
            see!((what, name), ledger.name_of(what, name));
            see!((what, name), ledger.merged_into(what, name));
        }
        see!(name, ledger.place_of(name));
        see!(name, ledger.area(name));
    }
    for entry in entries {
        let hash = text_hash(&entry.report.text);
        see!(&hash, ledger.report(&hash));
        see!(&hash, ledger.reports_called(&hash));
        see!(&hash, ledger.holds(&entry.report, &by("1")));
        for claim in &entry.claims {
            see!(&claim.key, ledger.keys_like(&claim.key[..9]));
            see!(&claim.key, ledger.version_of(&claim.key));
            see!(&claim.id, ledger.claims_called(&claim.id[..12], 5));
        }
        for digest in ledger.reports_called(&hash).unwrap() {
            see!(&digest, ledger.tombstone(&digest));
        }
    }
    see!("", ledger.reports_called("https://example.org/page/1"));
    see!("", ledger.spots());
    see!("", ledger.copies());
    see!("", ledger.days());
    see!("", ledger.decisions());
    see!("", ledger.places_reached());
    see!("", ledger.watched("https://example.org/feed"));
    see!("", ledger.unread());
    see!("", ledger.pending_count(&by("2")));
    see!("", ledger.pending(&by("2"), 1, 5));
    see!("", ledger.reports(2, 100));
    see!("", ledger.revision());
    let mut pieces = Vec::new();
    ledger
        .history(|piece| -> Result<(), contested_ledger::LedgerError> {
            pieces.push(piece);
            Ok(())
        })
        .unwrap();
    see!("", Ok::<_, String>(&pieces));
    out
}

/// What people ask in a shell.
const VIEWS: [&str; 8] =
    ["v_reports", "v_current", "v_merged", "v_claims", "v_control", "v_disputes", "v_learnt", "v_unread"];

/// The rows of a view in a file, as text, in order.
fn rows_in_file(path: &Path, view: &str) -> Vec<Vec<Option<String>>> {
    let db = rusqlite::Connection::open(path).unwrap();
    let mut query = db.prepare(&format!("SELECT * FROM {view}")).unwrap();
    let columns = query.column_count();
    let text = |value| match value {
        Value::Null => None,
        Value::Integer(number) => Some(number.to_string()),
        Value::Real(number) => Some(number.to_string()),
        // As PostgreSQL's text holds the first of all characters.
        Value::Text(text) => Some(text.replace('\u{10FFFF}', "\u{10FFFF}1").replace('\0', "\u{10FFFF}0")),
        Value::Blob(_) => panic!("{view} holds bytes"),
    };
    let rows = query.query_map([], |row| (0..columns).map(|at| row.get(at).map(text)).collect());
    let mut rows: Vec<_> = rows.unwrap().collect::<Result<_, _>>().unwrap();
    rows.sort();
    rows
}

/// Likewise on the server.
fn rows_on_server(address: &Path, view: &str) -> Vec<Vec<Option<String>>> {
    let (database, schema) = address.to_str().unwrap().split_once("?schema=").unwrap();
    let mut config = postgres::Config::from_str(database).unwrap();
    if let Ok(password) = std::env::var("PGPASSWORD") {
        config.password(password);
    }
    let mut client = config.connect(postgres::NoTls).unwrap();
    let mut rows = Vec::new();
    for message in client.simple_query(&format!("SELECT * FROM {schema}.{view}")).unwrap() {
        if let postgres::SimpleQueryMessage::Row(row) = message {
            rows.push((0..row.len()).map(|at| row.get(at).map(str::to_owned)).collect());
        }
    }
    rows.sort();
    rows
}

#[test]
fn every_view_of_generated_ledgers_is_equal() {
    if on_server().is_none() {
        // Past the harness, which shows nothing of what passes.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED alike::every_view_of_generated_ledgers_is_equal: no server (set CONTESTED_POSTGRES)"
        );
        return;
    }
    let cases = std::env::var("CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(8);
    let mut runner = TestRunner::new(Config {
        cases,
        max_shrink_iters: 16,
        failure_persistence: None,
        ..Config::default()
    });
    let ledgers = (prop::collection::vec(made(), 0..14), prop::collection::vec(step(), 0..10));
    let run = runner.run(&ledgers, |(made, steps)| {
        let entries: Vec<Entry> = made.iter().map(entry).collect();
        let folder = tempfile::tempdir().unwrap();
        let (path, address) = (folder.path().join("one.db"), on_server().unwrap());
        let mut file = Ledger::open(&path).unwrap();
        let mut server = Ledger::open(&address).unwrap();
        prop_assert_eq!(fill(&mut file, &entries, &steps), fill(&mut server, &entries, &steps));
        let (in_file, on_server) = (views(&file, &entries), views(&server, &entries));
        prop_assert_eq!(in_file.len(), on_server.len());
        for (one, other) in in_file.iter().zip(&on_server) {
            prop_assert_eq!(one, other);
        }
        for view in VIEWS {
            prop_assert_eq!(rows_in_file(&path, view), rows_on_server(&address, view), "{}", view);
        }
        Ok(())
    });
    if let Err(fault) = run {
        panic!("{fault}");
    }
}
