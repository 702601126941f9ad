//! "on the border with Iraq": the line where two countries touch, or the stretch of it beside a place that is named.

use super::super::geometry::{distance_km, middle, nearest_on};
use super::super::{CountryCode, Gazetteer, Located, PlaceKind};
use super::{Area, rounded};

/// How far from a border the place may lie that tells which stretch is meant, in km.
const BESIDE_KM: f64 = 80.0;

/// How far a stretch of a border reaches from its point, in km.
const STRETCH_KM: f64 = 25.0;

/// The border of `anchor` with `second`, or with the first country of `about` that it touches. A place of `beside` that lies near it says
/// which stretch is meant, the later ones first. `None` when nothing says whose border with the country it is; a place that is no country
/// is taken as it stands.
pub fn border(
    places: &Gazetteer,
    anchor: &Located,
    second: Option<&Located>,
    about: &[CountryCode],
    beside: &[&Located],
) -> Option<Area> {
    let Some(here) = anchor.country.filter(|_| anchor.kind == PlaceKind::Country) else {
        return Some(rounded((anchor.lat, anchor.lon), anchor.radius_km));
    };
    let named = second.and_then(|second| second.country);
    let line = match named.filter(|&there| there != here) {
        Some(there) => places.border(here, there)?,
        None => about.iter().find_map(|&there| places.border(here, there))?,
    };
    let stretch = beside.iter().rev().filter(|place| place.kind.is_settlement()).find_map(|place| {
        let town = (place.lat, place.lon);
        nearest_on(line, town).filter(|&point| distance_km(point, town) <= BESIDE_KM)
    });
    match stretch {
        Some(point) => Some(rounded(point, STRETCH_KM)),
        None => middle(line).map(|(point, reach)| rounded(point, reach)),
    }
}
