//! Words for parts of claims, as several formats want them.

use contested_assess::{phrase, root};
use contested_model::{Claim, DiedOrHurt, Participant, Place, PlaceRelation};

/// Several names in one field. A semicolon in a name would cut it in two, so it becomes a comma.
pub(crate) fn joined<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| name.replace(';', ",")).collect();
    names.join("; ")
}

/// The names of `who`.
pub(crate) fn names(who: &[Participant]) -> String {
    joined(who.iter().map(|one| one.name.as_str()))
}

/// The place that a claim is put on the map at: the first that has a point and is no mere direction, else the first that has one.
pub(crate) fn located(claim: &Claim) -> Option<(&Place, f64, f64)> {
    let point = |place| at(place).map(|(lat, lon)| (place, lat, lon));
    let aside = |place: &&Place| matches!(place.relation, PlaceRelation::From | PlaceRelation::Towards);
    claim
        .places
        .iter()
        .filter(|place| !aside(place))
        .find_map(point)
        .or_else(|| claim.places.iter().find_map(point))
}

/// Degrees north and east of `place`.
pub(crate) fn at(place: &Place) -> Option<(f64, f64)> {
    place.lat.zip(place.lon)
}

/// Smallest and largest figure of `what` that `claim` gives, added up over the groups it counts.
pub(crate) fn toll(claim: &Claim, what: DiedOrHurt) -> Option<(u64, Option<u64>)> {
    let mut counted = claim
        .casualties
        .iter()
        .filter(|toll| toll.what == what && (toll.min.is_some() || toll.max.is_some()));
    let bounds = |toll: &contested_model::Casualty| (toll.min.or(toll.max).unwrap_or(0), toll.max);
    let first = bounds(counted.next()?);
    Some(counted.map(bounds).fold(first, |(min, max), (least, most)| {
        (min.saturating_add(least), max.zip(most).map(|(max, most)| max.saturating_add(most)))
    }))
}

/// Who says so, where and when, in whose words: a note for formats that have one field for it.
pub(crate) fn note(claim: &Claim) -> String {
    let who = root(claim);
    let day = claim.reported.map_or_else(String::new, |day| format!(", {day}"));
    let outlet = who.outlet.map_or_else(String::new, |outlet| format!(" ({outlet}{day})"));
    let own = if who.own_voice { day.as_str() } else { "" };
    format!("{}{own}{outlet}: {}. “{}”", who.name, phrase(claim), claim.evidence.quote.trim())
}

/// The first letters of a digest: `c1:5f0e…` is `5f0e…`, so many of it.
pub(crate) fn short(id: &str, letters: usize) -> String {
    id.split_once(':').map_or(id, |(_, hex)| hex).chars().take(letters).collect()
}

/// A digest as a whole number that a double holds exactly: its first 52 bits.
pub(crate) fn number(id: &str) -> i64 {
    i64::from_str_radix(&short(id, 13), 16).unwrap_or_default()
}
