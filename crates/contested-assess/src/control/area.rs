//! Areas by their places: nothing spreads from an area to its towns, but towns add up to an area.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{PlaceControl, Status};

/// Who holds how much of an area, counted in places.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaControl {
    /// The area as it was asked for.
    pub area: String,
    /// The day.
    pub as_of: Date,
    /// Places of which anything is told.
    pub places: usize,
    /// Holders, those with the most places first.
    pub holders: Vec<Share>,
    /// Places that are contested.
    pub contested: usize,
    /// Places of which one holder is likelier, and not by enough.
    pub unclear: usize,
    /// Places of which nothing is known for long.
    pub unknown: usize,
}

/// A holder's part of an area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The holder.
    pub holder: String,
    /// Places with status `held`.
    pub held: usize,
    /// Places that it may be expected to hold: its chances added up.
    pub expected: f64,
}

/// The area that `places` make up.
pub fn area_control(area: &str, as_of: Date, places: &[&PlaceControl]) -> AreaControl {
    let count = |status: Status| places.iter().filter(|place| place.status == status).count();
    let mut shares: BTreeMap<(Option<&str>, &str), (usize, f64)> = BTreeMap::new();
    let told = places.iter().filter(|place| place.status != Status::Unknown);
    for place in told {
        for chance in &place.chances {
            if chance.answer == "contested" || chance.answer == "other" {
                continue;
            }
            // Sides are named by place; one id is one holder everywhere.
            let key = (chance.actor.as_deref(), if chance.actor.is_some() { "" } else { &chance.answer });
            let share = shares.entry(key).or_default();
            share.1 += chance.chance;
            if place.status == Status::Held && place.holder.as_deref() == Some(&chance.answer) {
                share.0 += 1;
            }
        }
    }
    let name = |key: &(Option<&str>, &str)| {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for chance in places.iter().flat_map(|place| &place.chances) {
            if chance.actor.as_deref() == key.0 && (key.0.is_some() || chance.answer == key.1) {
                *count.entry(&chance.answer).or_default() += 1;
            }
        }
        let most = count.into_iter().max_by_key(|&(name, n)| (n, std::cmp::Reverse(name)));
        most.map_or_else(String::new, |(name, _)| name.to_owned())
    };
    let mut holders: Vec<Share> = shares
        .iter()
        .map(|(key, &(held, expected))| Share {
            holder: name(key),
            held,
            expected: (expected * 10.0).round() / 10.0,
        })
        .filter(|share| share.expected >= 0.1)
        .collect();
    holders.sort_by(|a, b| {
        b.held.cmp(&a.held).then(b.expected.total_cmp(&a.expected)).then_with(|| a.holder.cmp(&b.holder))
    });
    AreaControl {
        area: area.to_owned(),
        as_of,
        places: places.len(),
        holders,
        contested: count(Status::Contested),
        unclear: count(Status::Unclear),
        unknown: count(Status::Unknown),
    }
}
