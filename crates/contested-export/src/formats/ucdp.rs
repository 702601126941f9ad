//! UCDP GED's 49 columns.

use std::io::Write;

use contested_knowledge::Knowledge;
use contested_knowledge::actors::ActorKind;
use contested_model::{PlaceRelation, Precision};

use super::acled::{country_name, iso3};
use crate::atlas::Atlas;
use crate::bodies::{Body, is_state};
use crate::countries::codes;
use crate::incident::{Incident, each};
use crate::naming::{joined, number, short};
use crate::rows::Rows;
use crate::{Cell, Content, ExportError, Written};

/// The columns, in order.
pub const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

pub(crate) fn write(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let atlas = Atlas::of(content, knowledge);
    let mut rows = Rows::commas(out);
    rows.head(COLUMNS)?;
    let row = |incident: &_| row(incident, &atlas, knowledge);
    let written = each(content, "events without a death", row, |cells| rows.row(cells))?;
    rows.finish()?;
    Ok(written)
}

/// GED codes what killed somebody.
fn row(incident: &Incident<'_>, atlas: &Atlas, knowledge: &Knowledge) -> Option<[Cell; 49]> {
    let deaths = incident.deaths().filter(|deaths| deaths.high > 0)?;
    let (first, second) = incident.bodies(knowledge);
    let violence = violence(&first, &second, deaths.civilians == deaths.low);
    let place = incident.named_place();
    let point = incident.place();
    let country = incident.country();
    let divisions = atlas.divisions(place.and_then(|place| place.id.as_deref()));
    let [from, to] = incident.days;
    let (a, b) = (side(&first), if violence == Some(3) { "Civilians".to_owned() } else { side(&second) });
    let dyad = if a.is_empty() || b.is_empty() { String::new() } else { format!("{a} - {b}") };
    let (gwnoa, gwnob) = (gw(&first), if violence == Some(3) { Cell::Empty } else { gw(&second) });
    let reports: Vec<String> = incident.told.iter().map(|k| article(k)).collect();
    let days: Vec<String> = incident.told.iter().map(|k| k.known.to_string()).collect();
    let titles = incident.told.iter().filter_map(|k| k.claim.report.title.as_deref());
    let roots: Vec<String> = incident.roots().into_iter().map(|root| root.name).collect();
    let names = |all: &[String]| Cell::from(joined(all.iter().map(String::as_str)));
    Some([
        number(&incident.id).into(),
        format!("{}-{}-{}", iso3(country), from.year(), short(&incident.id, 12)).into(),
        i64::from(from.year()).into(),
        1_i64.into(),
        "Machine".into(),
        violence.into(),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        dyad.into(),
        ucdp(&first),
        ucdp(&first),
        a.into(),
        if violence == Some(3) { Cell::Empty } else { ucdp(&second) },
        if violence == Some(3) { Cell::Empty } else { ucdp(&second) },
        b.into(),
        roots.len().into(),
        names(&reports),
        joined(incident.outlets()).into(),
        names(&days),
        joined(titles).into(),
        names(&roots),
        where_precision(incident).into(),
        place.map(|place| place.name.as_str()).into(),
        place.map(|place| place.text.as_str()).into(),
        divisions.admin1.into(),
        divisions.admin2.into(),
        point.map(|(_, lat, _)| lat).into(),
        point.map(|(.., lon)| lon).into(),
        point.map(|(_, lat, lon)| format!("POINT ({lon} {lat})")).into(),
        point.map(|(_, lat, lon)| grid_cell(lat, lon)).into(),
        country_name(country, knowledge).into(),
        codes(country).gw.parse::<i64>().ok().into(),
        codes(country).ucdp.into(),
        (if incident.dated && incident.is_exact() { 1_i64 } else { 2 }).into(),
        date_precision(incident).into(),
        from.into(),
        to.into(),
        deaths.agents.into(),
        deaths.targets.into(),
        deaths.civilians.into(),
        deaths.unknown.into(),
        deaths.low.into(),
        deaths.high.into(),
        deaths.low.into(),
        gwnoa,
        gwnob,
    ])
}

/// "Wire service,2017-11-08,Headline", as GED writes a source.
fn article(k: &contested_model::Kept) -> String {
    let report = &k.claim.report;
    let what = report.title.as_deref().or(report.url.as_deref()).unwrap_or(&report.id);
    format!("{},{},{what}", report.source.as_deref().unwrap_or("unknown"), k.known)
}

/// 1 state-based, 2 non-state, 3 one-sided; none where the sides are not told well enough.
fn violence(first: &[Body], second: &[Body], civilians_only: bool) -> Option<i64> {
    let civilian =
        |bodies: &[Body]| !bodies.is_empty() && bodies.iter().all(|body| matches!(body.inter, Some(6 | 7)));
    let organised = |bodies: &[Body]| bodies.iter().any(|body| matches!(body.inter, Some(1..=4 | 8)));
    let state = |bodies: &[Body]| bodies.iter().any(|body| is_state(body.inter));
    if civilian(second) || civilians_only && !organised(second) {
        return Some(3);
    }
    (organised(first) && organised(second)).then_some(if state(first) || state(second) { 1 } else { 2 })
}

/// The name of a side: "Government of Syria" for forces of a state, as UCDP has it, else the actor's own.
fn side(bodies: &[Body]) -> String {
    joined(bodies.iter().map(|body| body.name.as_str()))
}

fn ucdp(bodies: &[Body]) -> Cell {
    bodies.iter().find_map(|body| body.ucdp).map(u64::from).into()
}

/// Number of the state that a side belongs to.
fn gw(bodies: &[Body]) -> Cell {
    let state = |body: &&Body| {
        is_state(body.inter)
            && !matches!(body.kind, Some(ActorKind::Coalition | ActorKind::InternationalOrganisation))
    };
    bodies.iter().find(state).and_then(|body| codes(body.country.as_deref()).gw.parse::<i64>().ok()).into()
}

/// 1 the place itself, 2 near it, 3 district, 4 province, 5 a line or side, 6 country, 7 water or more than one country.
fn where_precision(incident: &Incident<'_>) -> Option<i64> {
    let place = incident.named_place()?;
    Some(match place.kind.as_deref() {
        Some("district") => 3,
        Some("province") => 4,
        Some("country") => 6,
        Some("sea" | "strait" | "continent") => 7,
        Some("region" | "desert" | "river" | "road" | "peninsula") => 5,
        _ => match place.relation {
            PlaceRelation::At => 1,
            PlaceRelation::Between | PlaceRelation::Border => 5,
            _ => 2,
        },
    })
}

/// 1 the day, 2 two to six days, 3 a week, 4 a month, 5 more; an undated event lies somewhere before its report.
fn date_precision(incident: &Incident<'_>) -> i64 {
    match (incident.precision(), incident.span()) {
        (None, _) => 4,
        (Some(Precision::Year), _) => 5,
        (Some(Precision::Month), _) => 4,
        (Some(_), 0) => 1,
        (Some(_), 1..=5) => 2,
        (Some(_), 6..=7) => 3,
        (Some(_), 8..=31) => 4,
        _ => 5,
    }
}

/// PRIO-GRID's number of the half-degree cell: counted from the south-west corner, along parallels.
fn grid_cell(lat: f64, lon: f64) -> i64 {
    let row = ((lat + 90.0) * 2.0).floor().clamp(0.0, 359.0) as i64;
    let column = ((lon + 180.0) * 2.0).floor().clamp(0.0, 719.0) as i64;
    row * 720 + column + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_from_the_south_west() {
        assert_eq!(grid_cell(-90.0, -180.0), 1);
        assert_eq!(grid_cell(90.0, 180.0), 259_200);
        // Damascus: the cell of 33.75 N, 36.25 E.
        assert_eq!(grid_cell(33.51, 36.29), 247 * 720 + 432 + 1);
    }
}
