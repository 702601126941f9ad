//! GDELT 2.0: the table of events (61 columns) and of mentions (16), tab-separated without a head.

pub(crate) mod mentions;

use std::io::Write;

use contested_knowledge::Knowledge;
use jiff::civil::Date;

use super::acled::country_name;
use crate::bodies::Body;
use crate::countries::codes;
use crate::incident::{Incident, each};
use crate::naming::number;
use crate::rows::Rows;
use crate::tables::{goldstein, quad_class};
use crate::{Cell, Content, ExportError, Written};

pub use mentions::COLUMNS as MENTION_COLUMNS;

/// The columns of the table of events, in order; the file has no head.
pub const EVENT_COLUMNS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

pub(crate) fn write(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let mut rows = Rows::tabs(out, "");
    let row = |incident: &_| row(incident, knowledge);
    let written = each(content, "types that CAMEO does not code", row, |cells| rows.row(cells))?;
    rows.finish()?;
    Ok(written)
}

fn row(incident: &Incident<'_>, knowledge: &Knowledge) -> Option<Vec<Cell>> {
    let cameo = incident.lead.codes.cameo.as_deref().filter(|code| code.len() >= 2)?;
    let (first, second) = incident.bodies(knowledge);
    let day = incident.days[1];
    let added = incident.told.iter().map(|k| k.known).max()?;
    let mut out: Vec<Cell> = vec![
        number(&incident.id).into(),
        compact(day).into(),
        format!("{:04}{:02}", day.year(), day.month()).into(),
        i64::from(day.year()).into(),
        fraction(day).into(),
    ];
    out.extend(actor(first.first()));
    out.extend(actor(second.first()));
    let reports = {
        let mut reports: Vec<&str> = incident.told.iter().map(|k| k.claim.report.hash.as_str()).collect();
        reports.sort_unstable();
        reports.dedup();
        reports.len()
    };
    // Claims come from all over a report; which of them stands in its lead is not kept.
    out.extend([
        0_i64.into(),
        cameo.into(),
        cameo.chars().take(3).collect::<String>().into(),
        cameo.chars().take(2).collect::<String>().into(),
        quad_class(cameo).into(),
        goldstein(cameo).into(),
        incident.told.len().into(),
        incident.outlets().len().max(1).into(),
        reports.into(),
        Cell::Empty,
    ]);
    out.extend(vec![Cell::Empty; 16]);
    out.extend(place(incident, knowledge));
    out.push(format!("{}000000", compact(added)).into());
    let report = &incident.told.first()?.claim.report;
    out.push(report.url.as_deref().unwrap_or(&report.id).into());
    Some(out)
}

/// `20171108`.
pub(crate) fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// The year and how much of it is over, counted as GDELT does: months of thirty days.
fn fraction(day: Date) -> f64 {
    let part = (f64::from(day.month()) * 30.0 + f64::from(day.day())) / 365.0;
    ((f64::from(day.year()) + part.min(0.9999)) * 1e4).round() / 1e4
}

/// The ten columns of an actor: code, name, country, group, ethnic group, two religions, three types. Of a CAMEO code the first three letters are
/// the country, or a role where the actor belongs to none; each three after it are a role or a group.
fn actor(body: Option<&Body>) -> [Cell; 10] {
    let Some(body) = body else { return std::array::from_fn(|_| Cell::Empty) };
    let code = body.cameo.clone().unwrap_or_default();
    let letters: Vec<char> = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let parts: Vec<String> = letters.chunks(3).map(|part| part.iter().collect()).collect();
    let country = body.country.is_some() && !parts.is_empty();
    let mut types = parts.iter().skip(usize::from(country)).filter(|part| ROLES.contains(&part.as_str()));
    let group = parts.iter().skip(usize::from(country)).find(|part| !ROLES.contains(&part.as_str()));
    [
        code.clone().into(),
        body.name.to_uppercase().into(),
        if country { parts.first().into() } else { Cell::Empty },
        group.into(),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        types.next().into(),
        types.next().into(),
        types.next().into(),
    ]
}

/// CAMEO's roles that the knowledge base uses.
const ROLES: [&str; 22] = [
    "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "LEG", "MED", "BUS", "CVL", "EDU", "ELI", "LAB",
    "REF", "NGO", "IGO", "UAF", "SEP", "INS", "CRM",
];

/// The eight columns of where it was. Codes of divisions are GNS's and GAUL's, which are not kept.
fn place(incident: &Incident<'_>, knowledge: &Knowledge) -> [Cell; 8] {
    let Some(place) = incident.named_place() else { return std::array::from_fn(|_| Cell::Empty) };
    let country = place.country.as_deref();
    let fips = codes(country).fips;
    let kind = place.kind.as_deref();
    let geo_type: i64 = match kind {
        Some("country") => 1,
        Some("province" | "region") => 5,
        _ => 4,
    };
    let name = country_name(country, knowledge).filter(|name| *name != place.name);
    let full = name.map_or_else(|| place.name.clone(), |name| format!("{}, {name}", place.name));
    [
        geo_type.into(),
        full.into(),
        fips.into(),
        if kind == Some("country") { fips.into() } else { Cell::Empty },
        Cell::Empty,
        place.lat.into(),
        place.lon.into(),
        if kind == Some("country") { fips.into() } else { Cell::Empty },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_gdelt_writes_them() {
        let day: Date = "2017-11-08".parse().unwrap();
        assert_eq!(compact(day), "20171108");
        assert!((fraction(day) - 2017.926).abs() < 1e-9);
        assert!(fraction("2017-12-31".parse().unwrap()) < 2018.0);
    }

    #[test]
    fn an_actors_code_is_taken_apart() {
        let body = Body {
            name: "Taliban".to_owned(),
            country: Some("AF".to_owned()),
            cameo: Some("AFGREBTAL".to_owned()),
            ..Body::default()
        };
        let cells = actor(Some(&body));
        assert_eq!(cells[2], Cell::from("AFG"));
        assert_eq!(cells[3], Cell::from("TAL"));
        assert_eq!(cells[7], Cell::from("REB"));
    }
}
