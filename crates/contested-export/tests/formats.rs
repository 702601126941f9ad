//! Every format over claims made by hand: the right number of columns, nothing bent into a fact, the same bytes each time.

use contested_assess::{Basis, Nothing, Question, control, events, situation};
use contested_export::{
    Content, Format, Subject, acled, actors_in, flat, gdelt, polecat, sources_in, ucdp, write,
};
use contested_knowledge::Knowledge;
use contested_model::testing::{day, told};
use contested_model::{AcledCode, Certainty, Claim, ClaimCodes, ClaimType, Kept, PloverCode, SourceKind};

fn coded(mut claim: Claim) -> Claim {
    claim.codes = ClaimCodes {
        cameo: Some("192".to_owned()),
        plover: Some(PloverCode {
            event: "COERCE".to_owned(),
            mode: Some("seize".to_owned()),
            contexts: vec!["military".to_owned(), "territory".to_owned()],
            aux: Vec::new(),
        }),
        acled: Some(AcledCode {
            event_type: "Battles".to_owned(),
            sub_event_type: "Government regains territory".to_owned(),
        }),
    };
    for place in &mut claim.places {
        (place.lat, place.lon) = (Some(34.4523), Some(40.9185));
    }
    claim
}

fn kept(claim: Claim) -> Kept {
    let known = claim.reported.unwrap_or_default();
    Kept { claim: coded(claim), known }
}

/// A capture told twice, its denial, a plan, a state, a tie, and a shelling that kills.
fn claims() -> Vec<Kept> {
    let seize = |outlet: &str| {
        told(outlet, "2017-11-08", ClaimType::Seize)
            .agent("Syrian Army")
            .target("Islamic State")
            .place("Albu Kamal")
            .on("2017-11-08")
    };
    vec![
        kept(seize("Wire service").by("commander", SourceKind::BelligerentOfficial).claim()),
        kept(
            seize("State agency")
                .certainty(Certainty::Probable)
                .quote(10, "=HYPERLINK(\"x\")\tTroops took \"the town\",\nit said.")
                .claim(),
        ),
        kept(seize("War monitor").by("Islamic State", SourceKind::BelligerentMedia).denied().claim()),
        kept(
            told("Wire service", "2017-11-08", ClaimType::Intent)
                .agent("Syrian Army")
                .place("Albu Kamal")
                .about(ClaimType::Seize)
                .claim(),
        ),
        kept(
            told("Wire service", "2017-11-09", ClaimType::Holds)
                .agent("Syrian Army")
                .place("Albu Kamal")
                .claim(),
        ),
        kept(
            told("Wire service", "2017-11-09", ClaimType::Backs)
                .agent("Russia")
                .target("Syrian Army")
                .claim(),
        ),
        kept(
            told("War monitor", "2017-11-10", ClaimType::Shelling)
                .agent("Syrian Army")
                .target("civilians")
                .place("Albu Kamal")
                .on("2017-11-10")
                .dead(3, Some(5))
                .claim(),
        ),
    ]
}

fn text(content: &Content<'_>, format: Format) -> (String, contested_export::Written) {
    let mut out = Vec::new();
    let written = write(content, format, Knowledge::embedded(), &mut out).expect("writes");
    (String::from_utf8(out).expect("text"), written)
}

fn table(content: &Content<'_>, format: Format, delimiter: u8, quoted: bool) -> Vec<Vec<String>> {
    let (text, _) = text(content, format);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .quoting(quoted)
        .from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_format_writes_every_subject_that_it_offers() {
    let kept = claims();
    let basis = Basis::of(&Nothing);
    let as_of = day("2017-11-12");
    let all_events = events(&kept, &Nothing);
    let places = control(&kept, as_of, &basis);
    let asked = Question { as_of, known_at: None, since: day("2017-11-01"), area: None };
    let disputes = situation(&kept, &asked, &basis).disputes;
    let (actors, sources) =
        (actors_in(&kept, Knowledge::embedded()), sources_in(&kept, &basis, Knowledge::embedded()));
    let contents = [
        Content::Claims(&kept),
        Content::Events(&all_events, &kept),
        Content::Control(&places),
        Content::Disputes(&disputes, &kept),
        Content::Actors(&actors),
        Content::Sources(&sources),
    ];
    for content in &contents {
        for &format in Format::ALL {
            let mut out = Vec::new();
            let result = write(content, format, Knowledge::embedded(), &mut out);
            assert_eq!(
                result.is_ok(),
                format.subjects().contains(&content.subject()),
                "{format} {}",
                content.subject()
            );
            if let Ok(written) = result {
                assert!(written.rows > 0, "{format} {}", content.subject());
                assert_eq!(out, text(content, format).0.into_bytes());
            }
        }
    }
    let error = Format::Acled.offers(Subject::Control).unwrap_err().to_string();
    assert_eq!(error, "acled has no control; it takes claims, events");
}

#[test]
fn tables_have_their_columns_and_no_denial_becomes_an_event() {
    let kept = claims();
    let content = Content::Claims(&kept);
    for (format, delimiter, quoted, columns, head) in [
        (Format::Acled, b',', true, acled::COLUMNS.len(), true),
        (Format::Ucdp, b',', true, ucdp::COLUMNS.len(), true),
        (Format::Gdelt, b'\t', false, gdelt::EVENT_COLUMNS.len(), false),
        (Format::GdeltMentions, b'\t', false, gdelt::MENTION_COLUMNS.len(), false),
        (Format::Polecat, b'\t', false, polecat::COLUMNS.len(), true),
    ] {
        let rows = table(&content, format, delimiter, quoted);
        assert!(rows.iter().all(|row| row.len() == columns), "{format}");
        let expected = if format == Format::Ucdp { 1 } else { 3 };
        assert_eq!(rows.len() - usize::from(head), expected, "{format}");
        let (_, written) = text(&content, format);
        for reason in ["denials", "outlooks", "states of control", "ties between actors"] {
            assert_eq!(written.left_out.get(reason), Some(&1), "{format}: {reason}");
        }
    }
    assert_eq!((acled::COLUMNS.len(), ucdp::COLUMNS.len()), (31, 49));
    assert_eq!(
        (gdelt::EVENT_COLUMNS.len(), gdelt::MENTION_COLUMNS.len(), polecat::COLUMNS.len()),
        (61, 16, 40)
    );
}

#[test]
fn an_event_names_all_its_sources_and_who_denies_it() {
    let kept = claims();
    let all = events(&kept, &Nothing);
    let rows = table(&Content::Events(&all, &kept), Format::Acled, b',', true);
    let of = |row: &[String], name: &str| {
        row[acled::COLUMNS.iter().position(|&column| column == name).unwrap()].clone()
    };
    let capture = rows.iter().skip(1).find(|row| of(row, "event_date") == "2017-11-08").unwrap();
    assert_eq!(of(capture, "source"), "State agency; Wire service");
    assert!(of(capture, "notes").contains("Denied by Islamic State"));
    assert!(of(capture, "tags").contains("denied"));
    assert_eq!(
        (of(capture, "actor1"), of(capture, "inter1")),
        ("Syrian Army".to_owned(), "State forces".to_owned())
    );
}

#[test]
fn one_sided_violence_and_its_dead_are_ucdps() {
    let kept = claims();
    let rows = table(&Content::Claims(&kept), Format::Ucdp, b',', true);
    let of = |name: &str| rows[1][ucdp::COLUMNS.iter().position(|&column| column == name).unwrap()].as_str();
    assert_eq!((of("type_of_violence"), of("deaths_civilians")), ("3", "3"));
    assert_eq!((of("low"), of("best"), of("high")), ("3", "3", "5"));
    assert_eq!((of("date_prec"), of("where_prec"), of("gwnoa")), ("1", "1", "652"));
}

#[test]
fn words_from_outside_stay_words() {
    let kept = claims();
    let rows = table(&Content::Claims(&kept), Format::Csv, b',', true);
    let at = rows[0].iter().position(|column| column == "quote").unwrap();
    assert_eq!(rows[2][at], "'=HYPERLINK(\"x\") Troops took \"the town\", it said.");
    let (kml, _) = text(&Content::Claims(&kept), Format::Kml);
    assert!(kml.contains("=HYPERLINK(&quot;x&quot;)\tTroops"));
    let (jsonl, _) = text(&Content::Claims(&kept), Format::Jsonl);
    let back: Vec<Claim> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(back, kept.iter().map(|kept| kept.claim.clone()).collect::<Vec<_>>());
}

#[test]
fn flat_tables_are_rectangles() {
    let kept = claims();
    let table = flat(&Content::Claims(&kept), Knowledge::embedded());
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    assert_eq!(table.points.len(), kept.len());
    assert_eq!(table.points[0], Some((34.4523, 40.9185)));
    assert_eq!(table.points[5], None);
}
