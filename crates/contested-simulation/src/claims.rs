//! Reports as claims, as an extractor would give them.

use contested_model::{
    Attribution, Certainty, Claim, ClaimCodes, ClaimType, Evidence, Extractor, Kept, Participant, Place,
    PlaceRelation, Polarity, Precision, ReportRef, SCHEMA_VERSION, Span, Stance, Tense, TimeBasis, TimeSpan,
    Trigger, claim_id, claim_key, text_hash,
};
use jiff::civil::{Date, date};

use crate::sources::SOURCES;
use crate::telling::{Report, Said};
use crate::truth::Side;

/// The first day.
pub(crate) const FIRST: Date = date(2020, 1, 1);

/// The date of a day.
pub(crate) fn day(number: usize) -> Date {
    FIRST.saturating_add(jiff::Span::new().days(number as i64))
}

/// Where a town is among the answers: `town-017`.
pub(crate) fn town_id(town: usize) -> String {
    format!("town:{town:03}")
}

fn army(side: Side) -> Participant {
    let name = side.army().to_owned();
    Participant { text: name.to_lowercase(), name, start: 0, end: 0, actor: Some(side.id().to_owned()) }
}

/// The claim that a report makes.
pub(crate) fn claim(number: usize, report: &Report) -> Kept {
    let published = day(report.published);
    let (source, outlet) = (&SOURCES[report.source], &SOURCES[report.outlet]);
    let (claim_type, side, polarity) = match report.said {
        Said::Took(side) => (ClaimType::Seize, Some(side), Polarity::Positive),
        Said::Holds(side) => (ClaimType::Holds, Some(side), Polarity::Positive),
        Said::TookNot(side) => (ClaimType::Seize, Some(side), Polarity::Negative),
        Said::Left(side) => (ClaimType::Retreat, Some(side), Polarity::Positive),
        Said::Fought => (ClaimType::Clash, None, Polarity::Positive),
    };
    let quote = format!("sentence {} .", report.words);
    let hash = text_hash(&format!("report {number}"));
    let trigger = Trigger { start: 0, end: 8, text: "sentence".to_owned() };
    let place = Place {
        name: format!("Town {:03}", report.town),
        text: String::new(),
        start: 0,
        end: 0,
        id: Some(town_id(report.town)),
        lat: Some(30.0 + (report.town / 20) as f64 * 0.3),
        lon: Some(40.0 + (report.town % 20) as f64 * 0.3),
        country: Some("XX".to_owned()),
        kind: Some("town".to_owned()),
        relation: PlaceRelation::At,
        radius_km: None,
        score: 1.0,
        runner_up: None,
    };
    let stated = TimeSpan {
        text: String::new(),
        start: 0,
        end: 0,
        from: Some(day(report.about)),
        to: Some(day(report.about)),
        precision: Precision::Day,
        basis: TimeBasis::Stated,
    };
    let quoted = Attribution {
        name: source.name.to_owned(),
        text: source.name.to_lowercase(),
        start: 0,
        end: 0,
        actor: source.side.map(|side| side.id().to_owned()),
        source_id: Some(source.id.to_owned()),
        role: None,
        affiliation: None,
        anonymous: false,
        kind: Some(source.kind),
        stance: Stance::Asserts,
        cue: None,
    };
    let mut claim = Claim {
        record: "claim".to_owned(),
        schema: SCHEMA_VERSION,
        id: String::new(),
        key: claim_key(&hash, Span::new(0, 8), claim_type.kind(), 0),
        report: ReportRef {
            id: format!("report-{number}"),
            hash,
            source: Some(outlet.name.to_owned()),
            source_id: Some(outlet.id.to_owned()),
            published: Some(published),
            title: None,
            url: None,
            dateline: None,
        },
        evidence: Evidence { start: 0, end: quote.len() as u32, quote, trigger },
        kind: claim_type.kind(),
        claim_type,
        phase: None,
        extent: None,
        about: None,
        agents: side.map(army).into_iter().collect(),
        targets: Vec::new(),
        places: vec![place],
        time: report.dated.then_some(stated),
        tense: if claim_type == ClaimType::Holds { Tense::Ongoing } else { Tense::Past },
        reported: Some(published),
        casualties: Vec::new(),
        attribution: if report.source == report.outlet { Vec::new() } else { vec![quoted] },
        polarity,
        certainty: Certainty::Certain,
        verified: None,
        same_as: None,
        confidence: 1.0,
        codes: ClaimCodes::default(),
        extractor: Extractor {
            version: "simulation".to_owned(),
            model: String::new(),
            knowledge: String::new(),
        },
        why: Vec::new(),
    };
    claim.id = claim_id(&claim);
    Kept { claim, known: published }
}
