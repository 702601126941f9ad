//! ACLED's export of 31 columns.

use std::io::Write;

use contested_knowledge::Knowledge;
use contested_model::{Certainty, Place, PlaceRelation, Precision, SourceKind};

use crate::atlas::Atlas;
use crate::bodies::Body;
use crate::countries::codes;
use crate::incident::{Incident, each, is_wide};
use crate::naming::{joined, short};
use crate::rows::Rows;
use crate::tables::disorder;
use crate::{Cell, Content, ExportError, Written};

/// The columns, in order.
pub const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// Tellings that the notes quote.
const NOTES: usize = 5;

pub(crate) fn write(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let atlas = Atlas::of(content, knowledge);
    let mut rows = Rows::commas(out);
    rows.head(COLUMNS)?;
    let row = |incident: &_| row(incident, &atlas, knowledge);
    let written = each(content, "types that ACLED does not code", row, |cells| rows.row(cells))?;
    rows.finish()?;
    Ok(written)
}

fn row(incident: &Incident<'_>, atlas: &Atlas, knowledge: &Knowledge) -> Option<[Cell; 31]> {
    let code = incident.lead.codes.acled.as_ref()?;
    let (first, second) = incident.bodies(knowledge);
    let place = incident.named_place();
    let point = incident.place();
    let country = incident.country();
    let (inter1, inter2) = (inter(&first), inter(&second));
    let civilians = [inter1, inter2].contains(&Some(7)) && code.event_type != "Strategic developments";
    let divisions = atlas.divisions(place.and_then(|place| place.id.as_deref()));
    let day = incident.days[1];
    let iso = codes(country);
    let known = incident.told.iter().map(|k| k.known).max()?;
    Some([
        format!("{}{}", iso3(country), short(&incident.id, 12)).into(),
        day.into(),
        i64::from(day.year()).into(),
        time_precision(incident).into(),
        disorder(&code.event_type, &code.sub_event_type).into(),
        (&code.event_type).into(),
        (&code.sub_event_type).into(),
        first.first().map(|body| body.name.as_str()).into(),
        joined(first.iter().skip(1).map(|body| body.name.as_str())).into(),
        inter1.map(inter_in_words).into(),
        second.first().map(|body| body.name.as_str()).into(),
        joined(second.iter().skip(1).map(|body| body.name.as_str())).into(),
        inter2.map(inter_in_words).into(),
        interaction(inter1, inter2).into(),
        civilians.then_some("Civilian targeting").into(),
        iso.numeric.parse::<i64>().ok().into(),
        iso.acled.into(),
        country_name(country, knowledge).into(),
        divisions.admin1.into(),
        divisions.admin2.into(),
        Cell::Empty,
        place.map(|place| place.name.as_str()).into(),
        point.map(|(_, lat, _)| lat).into(),
        point.map(|(.., lon)| lon).into(),
        place.map(geo_precision).into(),
        joined(incident.outlets()).into(),
        scale(incident, country, knowledge).into(),
        incident.notes(NOTES).into(),
        incident.deaths().map_or(0, |deaths| deaths.low).into(),
        tags(incident).into(),
        seconds(known).into(),
    ])
}

/// ISO 3166-1 alpha-3 for the beginning of an id; `XXX` where no country is told.
pub(crate) fn iso3(iso2: Option<&str>) -> &'static str {
    Some(codes(iso2).iso3).filter(|code| !code.is_empty()).unwrap_or("XXX")
}

/// The country's name in running text.
pub(crate) fn country_name(iso2: Option<&str>, knowledge: &Knowledge) -> Option<String> {
    let code = contested_knowledge::places::CountryCode::parse(iso2?)?;
    knowledge.places.country_of(code).map(|country| country.name.clone())
}

/// Seconds since 1970 of a day's first moment (UTC).
fn seconds(day: jiff::civil::Date) -> Option<i64> {
    day.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp().as_second())
}

/// The code of the first whose code is known.
fn inter(bodies: &[Body]) -> Option<u8> {
    bodies.iter().find_map(|body| body.inter)
}

/// 1: the day; 2: within a week; 3: coarser, or only the day of the report is known.
fn time_precision(incident: &Incident<'_>) -> i64 {
    match (incident.precision(), incident.span()) {
        (Some(Precision::Day), 0) => 1,
        (Some(_), ..=7) => 2,
        _ => 3,
    }
}

/// 1: the town; 2: near it, or part of a district; 3: a province or wider.
fn geo_precision(place: &Place) -> i64 {
    match place.kind.as_deref() {
        Some("district" | "river" | "road" | "strait") => 2,
        _ if is_wide(place) || place.lat.is_none() => 3,
        _ if place.relation == PlaceRelation::At => 1,
        _ => 2,
    }
}

const fn inter_in_words(code: u8) -> &'static str {
    match code {
        1 => "State forces",
        2 => "Rebel group",
        3 => "Political militia",
        4 => "Identity militia",
        5 => "Rioters",
        6 => "Protesters",
        7 => "Civilians",
        _ => "External/Other forces",
    }
}

/// "State forces-Rebel group", the lower code first; "Rebel group only" where there is no other side.
fn interaction(first: Option<u8>, second: Option<u8>) -> Option<String> {
    match (first, second) {
        (Some(a), Some(b)) => Some(format!("{}-{}", inter_in_words(a.min(b)), inter_in_words(a.max(b)))),
        (Some(one), None) | (None, Some(one)) => Some(format!("{} only", inter_in_words(one))),
        (None, None) => None,
    }
}

/// Where the outlets stand: an agency is international, an outlet seated in the country national.
fn scale(incident: &Incident<'_>, country: Option<&str>, knowledge: &Knowledge) -> Option<String> {
    let mut scales: Vec<&str> = Vec::new();
    for name in incident.outlets() {
        let Some(source) = knowledge.sources.by_outlet(name) else { continue };
        let scale = match source.kind {
            SourceKind::Wire => "International",
            SourceKind::Monitor | SourceKind::Ngo | SourceKind::InternationalOrganisation => "Other",
            _ if source.country.is_some() && source.country.as_deref() == country => "National",
            _ => "International",
        };
        if !scales.contains(&scale) {
            scales.push(scale);
        }
    }
    scales.sort_unstable();
    (!scales.is_empty()).then(|| scales.join("-"))
}

/// What ACLED has no column for, as `key=value`.
fn tags(incident: &Incident<'_>) -> String {
    let mut tags = Vec::new();
    if incident.lead.certainty != Certainty::Certain {
        tags.push(format!("certainty={}", incident.lead.certainty.as_str()));
    }
    if incident.lead.verified == Some(false) {
        tags.push("verified=no".to_owned());
    }
    if !incident.dated {
        tags.push("undated".to_owned());
    }
    if !incident.denied.is_empty() {
        tags.push("denied".to_owned());
    }
    if let Some(deaths) = incident.deaths().filter(|deaths| deaths.high > deaths.low) {
        tags.push(format!("fatalities={}..{}", deaths.low, deaths.high));
    }
    tags.push(format!("claim={}", incident.lead.id));
    joined(tags.iter().map(String::as_str))
}
