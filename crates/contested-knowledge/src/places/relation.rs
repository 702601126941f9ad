//! Relational places: "15 km east of Palmyra", "near al-Qaim", "on the border with Iraq", "between A and B", "southern Aleppo
//! countryside". [`parse`] finds them among words, [`apply`] puts them on the map.

mod border;
mod direction;
mod phrase;
mod words;

use std::ops::Range;

use contested_model::PlaceRelation;

pub use border::border;
pub use direction::Direction;
pub use phrase::Placed;

use super::gazetteer::{Gazetteer, Located};
use super::geometry::{distance_km, nearest, offset};
use super::kind::PlaceKind;
use direction::direction_at;
use words::{KIND_WORDS, is_any, lower, number, skip_to_name, unit_km};

/// A relation to one or two named places, found among words.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationalPlace {
    /// How the place stands to its anchor.
    pub relation: PlaceRelation,
    /// Distance from the anchor, in km.
    pub distance_km: Option<f64>,
    /// Direction from the anchor, or the part of it that is meant.
    pub direction: Option<Direction>,
    /// Whether a part of the anchor is meant ("eastern Syria") and not what lies beyond it ("east of Syria").
    pub inside: bool,
    /// Whether the land around the anchor is meant and not the anchor ("southern Aleppo countryside").
    pub countryside: bool,
    /// Words of the anchor's name.
    pub anchor: Range<usize>,
    /// Words of the second anchor's name ("between A and B").
    pub second: Option<Range<usize>>,
    /// All words of the expression.
    pub words: Range<usize>,
}

/// An area on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Degrees north of the middle.
    pub lat: f64,
    /// Degrees east of the middle.
    pub lon: f64,
    /// Radius in km.
    pub radius_km: f64,
}

/// All relational places among `words`, in order, none overlapping. Names are runs of capitalised words, or names the built-in gazetteer
/// knows well where the copy has lost its capitals.
pub fn parse(words: &[&str]) -> Vec<RelationalPlace> {
    parse_with(words, &|at| name_at(Gazetteer::embedded(), words, at))
}

/// [`parse`] with names found by `name`: the number of words of the name that begins at a word, 0 for none.
pub fn parse_with(words: &[&str], name: &dyn Fn(usize) -> usize) -> Vec<RelationalPlace> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match at_word(words, at, name) {
            Some(place) => {
                at = place.words.end.max(at + 1);
                found.push(place);
            }
            None => at += 1,
        }
    }
    found
}

/// Number of words of the name that begins at `at`.
fn name_at(places: &Gazetteer, words: &[&str], at: usize) -> usize {
    let Some(first) = words.get(at) else { return 0 };
    let begins = |w: &str| {
        w.chars().next().is_some_and(char::is_uppercase)
            || ["al-", "el-", "ash-", "as-", "ar-", "at-", "an-", "ad-", "az-"]
                .iter()
                .any(|a| w.starts_with(a))
    };
    let known = places.longest_at(words, at).filter(|(_, strength)| strength.is_strong());
    if begins(first) && direction_at(words, at).is_none() {
        let run = words[at..].iter().take_while(|w| begins(w)).count().min(5);
        // "Aleppo and Idlib" ends at "and"; "Deir al Zor" goes on over its small article.
        return run.max(known.map_or(0, |(used, _)| used));
    }
    known.map_or(0, |(used, _)| used)
}

type Names<'a> = &'a dyn Fn(usize) -> usize;

fn at_word(words: &[&str], at: usize, name: Names<'_>) -> Option<RelationalPlace> {
    let word = lower(words[at]);
    offset_from(words, at, name)
        .or_else(|| match word.as_str() {
            "near" | "outside" | "around" => near(words, at, at + 1, name),
            "close" | "next" | "adjacent" if is_any(words, at + 1, &["to"]) => near(words, at, at + 2, name),
            "far" if is_any(words, at + 1, &["from"]) && at > 0 && is_any(words, at - 1, &["not"]) => {
                near(words, at, at + 2, name)
            }
            "vicinity" | "outskirts" | "suburbs" | "edge" | "edges" | "environs" | "approaches"
            | "surroundings" | "countryside"
                if is_any(words, at + 1, &["of", "to"]) =>
            {
                near(words, at, at + 2, name)
            }
            "between" => between(words, at, name),
            "border" | "borders" | "frontier" => border_told(words, at, name),
            "toward" | "towards" => {
                let anchor = anchor(words, at + 1, name)?;
                Some(plain(PlaceRelation::Towards, at, anchor))
            }
            _ => None,
        })
        .or_else(|| side(words, at, name))
        .or_else(|| before_word(words, at, name))
}

fn plain(relation: PlaceRelation, from: usize, anchor: Range<usize>) -> RelationalPlace {
    RelationalPlace {
        relation,
        distance_km: None,
        direction: None,
        inside: false,
        countryside: false,
        words: from..anchor.end,
        anchor,
        second: None,
    }
}

/// The name that begins at `at`, articles and kind words before it skipped ("the town of X").
fn anchor(words: &[&str], at: usize, name: Names<'_>) -> Option<Range<usize>> {
    let at = skip_to_name(words, at, name)?;
    let len = name(at);
    (len > 0).then(|| at..(at + len).min(words.len()))
}

fn near(words: &[&str], from: usize, at: usize, name: Names<'_>) -> Option<RelationalPlace> {
    let anchor = anchor(words, at, name)?;
    let mut place = plain(PlaceRelation::Near, from, anchor);
    // "the northern outskirts of X"
    if let Some((direction, used)) =
        (1..=3).filter(|k| *k <= from).find_map(|k| direction_at(words, from - k).filter(|d| d.1 == k))
    {
        place.direction = Some(direction);
        place.words.start = from - used;
    }
    Some(place)
}

/// "15 km east of X", "15 kilometres (nine miles) from X".
fn offset_from(words: &[&str], at: usize, name: Names<'_>) -> Option<RelationalPlace> {
    let (value, mut next) = number(words, at)?;
    let unit = if let Some(unit) = unit_km(words[at]) {
        unit
    } else {
        while is_any(words, next, &["-"]) {
            next += 1;
        }
        let unit = unit_km(words.get(next)?)?;
        next += 1;
        unit
    };
    if is_any(words, next, &["("]) {
        let close = (next..words.len().min(next + 7)).find(|&i| words[i] == ")")?;
        next = close + 1;
    }
    while is_any(words, next, &["to", "the", "further", "just", "away", "inland", "due", "deep", "inside"]) {
        next += 1;
    }
    let direction = direction_at(words, next);
    next += direction.map_or(0, |d| d.1);
    if !is_any(words, next, &["of", "from", "outside"]) {
        return None;
    }
    let anchor = anchor(words, next + 1, name)?;
    Some(RelationalPlace {
        distance_km: Some(value * unit),
        direction: direction.map(|d| d.0),
        ..plain(PlaceRelation::Offset, at, anchor)
    })
}

/// "east of X", "northern X", "the southern part of X", "southern X countryside".
fn side(words: &[&str], at: usize, name: Names<'_>) -> Option<RelationalPlace> {
    let (direction, used) = direction_at(words, at)?;
    // "Eastern Ghouta", "South Sudan" are names.
    if name(at) > used {
        return None;
    }
    let mut next = at + used;
    let mut inside = direction_is_adjective(words, at, used);
    if is_any(
        words,
        next,
        &[
            "part",
            "parts",
            "half",
            "edge",
            "areas",
            "districts",
            "neighbourhoods",
            "neighborhoods",
            "villages",
            "towns",
        ],
    ) {
        inside = true;
        next += 1;
        if !is_any(words, next, &["of", "in"]) {
            return None;
        }
        next += 1;
    } else if is_any(words, next, &["of"]) {
        inside = false;
        next += 1;
    } else if is_any(words, next, &["countryside", "outskirts", "suburbs", "suburb"]) {
        if !is_any(words, next + 1, &["of"]) {
            return None;
        }
        let anchor = anchor(words, next + 2, name)?;
        return Some(RelationalPlace {
            direction: Some(direction),
            inside: true,
            ..plain(PlaceRelation::Near, at, anchor)
        });
    } else if !inside {
        return None;
    }
    let anchor = anchor(words, next, name)?;
    if inside && next == at + used && anchor.start != next {
        return None;
    }
    let mut place = RelationalPlace {
        direction: Some(direction),
        inside,
        ..plain(PlaceRelation::Side, at, anchor.clone())
    };
    if is_any(
        words,
        anchor.end,
        &["countryside", "province", "governorate", "region", "district", "outskirts", "suburbs"],
    ) {
        place.words.end += 1;
        place.countryside = is_any(words, anchor.end, &["countryside", "outskirts", "suburbs"]);
    }
    Some(place)
}

fn direction_is_adjective(words: &[&str], at: usize, used: usize) -> bool {
    let last = lower(words[at + used - 1]);
    last.ends_with("ern")
        || last == "central"
        || matches!(
            last.as_str(),
            "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest"
        )
}

/// "Aleppo countryside", "Damascus outskirts", "the Iraqi border" with the name first.
fn before_word(words: &[&str], at: usize, name: Names<'_>) -> Option<RelationalPlace> {
    let len = name(at);
    if len == 0 {
        return None;
    }
    let mut end = (at + len).min(words.len());
    let anchor = at..end;
    if is_any(words, end, &["'s", "s"]) {
        end += 1;
    }
    let relation = match lower(words.get(end)?).as_str() {
        "countryside" | "outskirts" | "suburbs" | "environs" => PlaceRelation::Near,
        "border" | "frontier" => PlaceRelation::Border,
        _ => return None,
    };
    Some(RelationalPlace { words: at..end + 1, ..plain(relation, at, anchor) })
}

fn between(words: &[&str], at: usize, name: Names<'_>) -> Option<RelationalPlace> {
    let first = anchor(words, at + 1, name)?;
    let mut next = first.end;
    while is_any(words, next, KIND_WORDS) {
        next += 1;
    }
    if !is_any(words, next, &["and"]) {
        return None;
    }
    let second = anchor(words, next + 1, name)?;
    let words = at..second.end;
    Some(RelationalPlace { second: Some(second), words, ..plain(PlaceRelation::Between, at, first) })
}

/// "the border with X", "border between X and Y", "border of X".
fn border_told(words: &[&str], at: usize, name: Names<'_>) -> Option<RelationalPlace> {
    if is_any(words, at + 1, &["between"]) {
        let place = between(words, at + 1, name)?;
        return Some(RelationalPlace {
            relation: PlaceRelation::Border,
            words: at..place.words.end,
            ..place
        });
    }
    if !is_any(words, at + 1, &["with", "of", "to", "into"]) {
        return None;
    }
    let anchor = anchor(words, at + 2, name)?;
    Some(plain(PlaceRelation::Border, at, anchor))
}

/// How far beyond a town its countryside reaches on one side, in km, about half of it to either side of the middle.
const COUNTRYSIDE_KM: f64 = 12.0;

/// Where the place lies, given its anchors. `course` is the line of a river or road, where the anchor is one.
pub fn apply(
    anchor: &Located,
    place: &RelationalPlace,
    second: Option<&Located>,
    course: Option<&[(f64, f64)]>,
) -> Area {
    let here = (anchor.lat, anchor.lon);
    let bearing = place.direction.map(Direction::bearing);
    let (point, radius) = match (place.relation, bearing) {
        (PlaceRelation::Offset, Some(bearing)) => {
            let km = place.distance_km.unwrap_or(10.0);
            (offset(here, bearing, km), (km * 0.2).max(2.0))
        }
        (PlaceRelation::Offset, None) => (here, place.distance_km.unwrap_or(10.0) * 1.1 + anchor.radius_km),
        (PlaceRelation::Side, Some(bearing)) if place.countryside && !anchor.kind.is_area() => {
            let reach = anchor.radius_km + COUNTRYSIDE_KM;
            (offset(here, bearing, reach), reach)
        }
        (PlaceRelation::Side, Some(bearing)) if place.inside => {
            (offset(here, bearing, anchor.radius_km / 2.0), (anchor.radius_km * 0.6).max(1.0))
        }
        (PlaceRelation::Side, Some(bearing)) => {
            let reach = match anchor.kind {
                PlaceKind::River | PlaceKind::Road => 40.0,
                kind if kind.is_area() => anchor.radius_km,
                _ => anchor.radius_km + 10.0,
            };
            // A long line is taken at its point nearest to the second place, where one is given.
            let start = second.and_then(|s| nearest(course?, (s.lat, s.lon))).unwrap_or(here);
            (offset(start, bearing, reach), reach)
        }
        (PlaceRelation::Near, bearing) => {
            let reach = anchor.radius_km + 8.0;
            (bearing.map_or(here, |b| offset(here, b, reach * 0.6)), reach)
        }
        (PlaceRelation::Between | PlaceRelation::Border, _) => match second {
            Some(second) => {
                let there = (second.lat, second.lon);
                let km = distance_km(here, there);
                (offset(here, bearing_between(here, there), km / 2.0), (km / 2.0).max(2.0))
            }
            None => (here, anchor.radius_km),
        },
        _ => (here, anchor.radius_km),
    };
    rounded(point, radius)
}

/// Four decimals of a degree and one of a kilometre: no report says more.
fn rounded(point: (f64, f64), radius_km: f64) -> Area {
    let round = |x: f64, by: f64| (x * by).round() / by;
    Area { lat: round(point.0, 1e4), lon: round(point.1, 1e4), radius_km: round(radius_km, 10.0) }
}

/// Bearing from `a` to `b`, to the nearest degree: the one whose offset comes closest, so that no arctangent is needed.
fn bearing_between(a: (f64, f64), b: (f64, f64)) -> f64 {
    let km = distance_km(a, b);
    (0..360)
        .map(f64::from)
        .min_by(|&x, &y| distance_km(offset(a, x, km), b).total_cmp(&distance_km(offset(a, y, km), b)))
        .unwrap_or(0.0)
}

#[cfg(test)]
mod tests;
