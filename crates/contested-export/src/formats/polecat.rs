//! POLECAT's 40 columns, tab-separated.

use std::io::Write;

use contested_knowledge::Knowledge;
use contested_knowledge::actors::ActorKind;
use contested_model::Participant;

use super::acled::country_name;
use crate::atlas::Atlas;
use crate::bodies::Body;
use crate::countries::codes;
use crate::incident::{Incident, each};
use crate::naming::joined;
use crate::rows::Rows;
use crate::tables::plover;
use crate::{Cell, Content, ExportError, Written};

/// The columns, in order.
pub const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

pub(crate) fn write(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let atlas = Atlas::of(content, knowledge);
    let mut rows = Rows::tabs(out, "None");
    rows.head(COLUMNS)?;
    let row = |incident: &_| row(incident, &atlas, knowledge);
    let written = each(content, "types that PLOVER does not code", row, |cells| rows.row(cells))?;
    rows.finish()?;
    Ok(written)
}

fn row(incident: &Incident<'_>, atlas: &Atlas, knowledge: &Knowledge) -> Option<Vec<Cell>> {
    let claim = incident.lead;
    let code = claim.codes.plover.as_ref()?;
    let (quad, scale) = plover(&code.event, code.mode.as_deref())?;
    let (first, second) = incident.bodies(knowledge);
    let (who, whom) = incident.sides();
    let place = incident.named_place();
    let country = incident.country();
    let divisions = atlas.divisions(place.and_then(|place| place.id.as_deref()));
    let settled = matches!(place.and_then(|place| place.kind.as_deref()), Some("city" | "town" | "village"));
    let name = place.map(|place| place.name.as_str());
    let mut out: Vec<Cell> = vec![
        (&incident.id).into(),
        incident.days[1].into(),
        (&code.event).into(),
        code.mode.as_deref().into(),
        scale.into(),
        quad.into(),
        joined(code.contexts.iter().map(String::as_str)).into(),
    ];
    out.extend(party(&first, who, knowledge));
    out.extend(party(&second, whom, knowledge));
    let people = |person: bool| {
        let of = first.iter().chain(&second).filter(|body| (body.kind == Some(ActorKind::Person)) == person);
        joined(of.map(|body| body.name.as_str()))
    };
    let published = incident.told.iter().map(|k| k.known).min()?;
    out.extend([
        name.into(),
        if settled { name.into() } else { Cell::Empty },
        divisions.admin2.into(),
        divisions.admin1.into(),
        country_name(country, knowledge).into(),
        incident.place().map(|(_, lat, _)| lat).into(),
        incident.place().map(|(.., lon)| lon).into(),
        place.and_then(|place| place.id.as_deref()).and_then(|id| id.strip_prefix("geonames:")).into(),
        place.map(|place| place.text.as_str()).into(),
        place.and_then(|place| place.kind.as_deref()).into(),
        joined(incident.outlets()).into(),
        published.into(),
        people(true).into(),
        people(false).into(),
        joined(claim.places.iter().map(|place| place.name.as_str())).into(),
        "en".into(),
        format!("contested {}", claim.extractor.version).into(),
    ]);
    Some(out)
}

/// The eight columns of an actor or recipient.
fn party(bodies: &[Body], who: &[Participant], knowledge: &Knowledge) -> [Cell; 8] {
    let all = |of: fn(&Body) -> String| {
        let mut words: Vec<String> = Vec::new();
        for word in bodies.iter().map(of).filter(|word| !word.is_empty()) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        Cell::from(joined(words.iter().map(String::as_str)))
    };
    let title = who
        .iter()
        .filter_map(|one| knowledge.actors.get(one.actor.as_deref()?))
        .find_map(|actor| actor.role.as_deref());
    [
        all(|body| body.name.clone()),
        all(|body| codes(body.country.as_deref()).iso3.to_owned()),
        all(|body| codes(body.country.as_deref()).cow.to_owned()),
        bodies.first().map(|body| body.sector).into(),
        all(|body| body.sector.to_owned()),
        title.into(),
        joined(who.iter().map(|one| one.text.as_str())).into(),
        Cell::Empty,
    ]
}
