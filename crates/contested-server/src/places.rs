//! Places as the interface names them: always with an id.

use contested_assess::PlaceName;
use contested_knowledge::Knowledge;
use serde::Serialize;
use utoipa::ToSchema;

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct PlaceOut {
    /// Id in the gazetteer; `name:` and the lower-cased name where it is in none.
    pub(crate) id: String,
    /// The name that claims use most.
    pub(crate) name: String,
    /// Degrees north, where it could be located.
    pub(crate) lat: Option<f64>,
    /// Degrees east.
    pub(crate) lon: Option<f64>,
    /// ISO 3166-1 alpha-2.
    pub(crate) country: Option<String>,
    /// town, village, province …
    pub(crate) kind: Option<String>,
    /// How far it reaches, in kilometres.
    pub(crate) radius_km: Option<f64>,
}

impl PlaceOut {
    pub(crate) fn of(place: &PlaceName, knowledge: &Knowledge) -> Self {
        Self::named(place.id.as_deref(), &place.name, place.lat, place.lon, place.country.clone(), knowledge)
    }

    pub(crate) fn named(
        id: Option<&str>,
        name: &str,
        lat: Option<f64>,
        lon: Option<f64>,
        country: Option<String>,
        knowledge: &Knowledge,
    ) -> Self {
        let known = id.and_then(|id| knowledge.places.get(id)).map(|record| record.place);
        Self {
            id: place_id(id, name),
            name: name.to_owned(),
            lat: lat.or(known.as_ref().map(|known| known.lat)),
            lon: lon.or(known.as_ref().map(|known| known.lon)),
            country,
            kind: known.as_ref().map(|known| known.kind.as_str().to_owned()),
            radius_km: known.map(|known| known.radius_km),
        }
    }
}

/// The id of a place that may be in no gazetteer.
pub(crate) fn place_id(id: Option<&str>, name: &str) -> String {
    id.map_or_else(|| format!("name:{}", name.to_lowercase()), str::to_owned)
}

/// Whether a point lies between west, south, east and north edges.
pub(crate) fn lies_in([west, south, east, north]: [f64; 4], lat: Option<f64>, lon: Option<f64>) -> bool {
    lat.is_some_and(|lat| (south..=north).contains(&lat))
        && lon.is_some_and(|lon| (west..=east).contains(&lon))
}
