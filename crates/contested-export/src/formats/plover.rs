use std::io::Write;

use contested_knowledge::Knowledge;
use contested_model::DiedOrHurt;
use serde_json::{Map, Value, json};

use super::acled::country_name;
use crate::atlas::Atlas;
use crate::bodies::Body;
use crate::countries::codes;
use crate::incident::{Incident, each};
use crate::naming::toll;
use crate::tables::plover;
use crate::{Content, ExportError, Written};

/// PLOVER's JSON records (manual 0.8), one a line.
pub(crate) fn write(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let atlas = Atlas::of(content, knowledge);
    let record = |incident: &_| record(incident, &atlas, knowledge);
    each(content, "types that PLOVER does not code", record, |record| {
        serde_json::to_writer(&mut *out, &record)?;
        Ok(out.write_all(b"\n")?)
    })
}

fn record(incident: &Incident<'_>, atlas: &Atlas, knowledge: &Knowledge) -> Option<Map<String, Value>> {
    let claim = incident.lead;
    let code = claim.codes.plover.as_ref()?;
    let (first, second) = incident.bodies(knowledge);
    let scale = plover(&code.event, code.mode.as_deref());
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
    put("id", incident.id.as_str().into());
    put("has_event", true.into());
    put("date", incident.days[0].to_string().into());
    if incident.days[0] != incident.days[1] {
        put("enddate", incident.days[1].to_string().into());
    }
    put("actor", first.iter().map(entity).collect());
    put("recipient", second.iter().map(entity).collect());
    put("event", code.event.as_str().into());
    put("mode", code.mode.as_deref().map_or(Value::Null, Value::from));
    put("context", code.contexts.iter().map(String::as_str).collect());
    if let Some((quad, scale)) = scale {
        put("quad_code", quad.into());
        put("event_scale", scale.into());
    }
    put("event_loc", incident.named_place().map_or(Value::Null, |place| {
        let divisions = atlas.divisions(place.id.as_deref());
        json!({
            "extracted_place": place.text, "resolved_place": place.name,
            "geonameid": place.id.as_deref().and_then(|id| id.strip_prefix("geonames:")),
            "lat": place.lat, "lon": place.lon, "district": divisions.admin2, "province": divisions.admin1,
            "country": country_name(place.country.as_deref(), knowledge), "country_code": codes(place.country.as_deref()).iso3,
        })
    }));
    put("event_text", claim.evidence.trigger.text.as_str().into());
    let sizes: Map<String, Value> =
        [("dead", DiedOrHurt::Dead), ("injured", DiedOrHurt::Injured), ("arrested", DiedOrHurt::Captured)]
            .into_iter()
            .filter_map(|(name, what)| Some((name.to_owned(), toll(claim, what)?.0.into())))
            .collect();
    if !sizes.is_empty() {
        put("size", sizes.into());
    }
    put("text", claim.evidence.quote.as_str().into());
    put("text_info", json!({"start": claim.evidence.start, "end": claim.evidence.end}));
    put("cite_info", incident.told.iter().map(|k| {
        let report = &k.claim.report;
        json!({"citation": report.id, "url": report.url, "title": report.title, "language": "en", "publication": report.source})
    }).collect());
    put("coder", format!("contested {}", claim.extractor.version).into());
    put("comment", incident.notes(3).into());
    Some(out)
}

fn entity(body: &Body) -> Value {
    json!({
        "code": codes(body.country.as_deref()).iso3, "sector": body.sector, "entity_text": body.name,
    })
}
