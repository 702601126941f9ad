//! Answers for maps: features with a point each. What could not be located has a null geometry and is there all the same.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::places::PlaceOut;
use crate::routes::claims::ClaimOut;
use crate::routes::control::Held;
use crate::routes::events::EventOut;

/// A GeoJSON collection (RFC 7946).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Features {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    collection: &'static str,
    /// The features.
    #[schema(value_type = Vec<Object>)]
    features: Vec<Value>,
}

impl Features {
    pub(crate) fn of(features: impl Iterator<Item = Value>) -> Self {
        Self { collection: "FeatureCollection", features: features.collect() }
    }
}

fn feature(id: &str, lat: Option<f64>, lon: Option<f64>, properties: &Value) -> Value {
    let geometry = match (lat, lon) {
        (Some(lat), Some(lon)) => json!({"type": "Point", "coordinates": [lon, lat]}),
        _ => Value::Null,
    };
    json!({"type": "Feature", "id": id, "geometry": geometry, "properties": properties})
}

fn properties(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Who holds a place, at the place.
pub(crate) fn of_control(held: &Held) -> Value {
    let PlaceOut { id, lat, lon, .. } = &held.place;
    feature(id, *lat, *lon, &properties(held))
}

/// An event, where most tellings have it.
pub(crate) fn of_event(event: &EventOut) -> Value {
    feature(&event.id, event.lat, event.lon, &properties(event))
}

/// A claim, at each of its places.
pub(crate) fn of_claim(claim: &ClaimOut) -> Vec<Value> {
    let all = properties(claim);
    let at = |lat, lon| feature(&claim.claim.id, lat, lon, &all);
    let placed: Vec<Value> =
        claim.claim.places.iter().filter(|p| p.lat.is_some()).map(|p| at(p.lat, p.lon)).collect();
    if placed.is_empty() { vec![at(None, None)] } else { placed }
}
