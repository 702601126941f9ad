//! Which claims can be about one thing at all: those that share a word or an id, at a time at which both may be. Comparing only these keeps large
//! ledgers affordable: what is looked at for a claim grows with what is told around its days, not with the ledger.

use std::collections::{BTreeMap, BTreeSet};

use contested_model::{Claim, Participant, Place};
use jiff::civil::Date;

use super::days;
use crate::control::days_between;
use crate::names::{Words, words};
use crate::source::acting;

/// Days of a shelf on which claims of one word stand.
const SHELF: i32 = 8;
/// Shelves at most on which one claim stands; what lasts longer stands beside.
const SHELVES: i32 = 5;
/// So few claims of one word are looked at whatever their days.
const FEW: usize = 48;

/// First and last day on which a claim may lie, counted from 1970; the ends of all numbers where it has no such end.
type Window = (i32, i32);

/// Claims of which some may be about one thing, by report, key and day.
pub(crate) struct Scene<'c> {
    pub(crate) claims: &'c [&'c Claim],
    windows: Vec<Window>,
    by_report: BTreeMap<&'c str, Vec<usize>>,
    /// Under its own key and that of what it tells again.
    by_key: BTreeMap<&'c str, Vec<usize>>,
}

impl<'c> Scene<'c> {
    pub(crate) fn of(claims: &'c [&'c Claim]) -> Self {
        let mut by_report: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, claim) in claims.iter().enumerate() {
            by_report.entry(&claim.report.hash).or_default().push(at);
            for key in [Some(&claim.key), claim.same_as.as_ref()].into_iter().flatten() {
                by_key.entry(key).or_default().push(at);
            }
        }
        Self { claims, windows: claims.iter().map(|claim| window(claim)).collect(), by_report, by_key }
    }

    /// The claims of the report of `claim`, in their order.
    pub(super) fn report_of(&self, claim: &Claim) -> &[usize] {
        self.by_report.get(claim.report.hash.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Those with this key, and those that tell again what has it.
    pub(super) fn keyed(&self, key: &str) -> &[usize] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }
}

fn window(claim: &Claim) -> Window {
    let (from, to) = days(claim);
    let day = |day: Date| days_between(Date::constant(1970, 1, 1), day);
    (from.map_or(i32::MIN, day), to.map_or(i32::MAX, day))
}

const fn meet(a: Window, b: Window) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// Claims of one word.
#[derive(Default)]
struct Room {
    all: Vec<usize>,
    /// By eight days.
    shelves: BTreeMap<i32, Vec<usize>>,
    lasting: Vec<usize>,
}

/// Claims by the words that they are looked for under.
pub(crate) struct Index {
    rooms: BTreeMap<String, Room>,
    /// By position in the scene.
    tokens: Vec<BTreeSet<String>>,
}

impl Index {
    /// The claims that pass `wanted`, each under its `tokens`.
    pub(crate) fn of(
        scene: &Scene<'_>,
        wanted: impl Fn(&Claim) -> bool,
        tokens: impl Fn(&Claim) -> BTreeSet<String>,
    ) -> Self {
        let mut index = Self { rooms: BTreeMap::new(), tokens: Vec::with_capacity(scene.claims.len()) };
        for (at, claim) in scene.claims.iter().enumerate() {
            let under = if wanted(claim) { tokens(claim) } else { BTreeSet::new() };
            for token in &under {
                if !index.rooms.contains_key(token) {
                    index.rooms.insert(token.clone(), Room::default());
                }
                if let Some(room) = index.rooms.get_mut(token) {
                    room.take(at, scene.windows[at]);
                }
            }
            index.tokens.push(under);
        }
        index
    }

    /// Those that stand under one of `tokens`, at whatever time, in their order.
    pub(crate) fn anywhere(&self, tokens: &BTreeSet<String>) -> BTreeSet<usize> {
        tokens.iter().filter_map(|token| self.rooms.get(token)).flat_map(|room| &room.all).copied().collect()
    }

    /// Those that stand under one of `tokens` and are of the report of `claim`, tell of the same act by their keys, or may lie on one day with it; in
    /// their order.
    pub(super) fn near(&self, scene: &Scene<'_>, claim: &Claim, tokens: &BTreeSet<String>) -> Vec<usize> {
        let here = window(claim);
        let mut out: Vec<usize> = Vec::new();
        let mut many = false;
        for room in tokens.iter().filter_map(|token| self.rooms.get(token)) {
            if room.all.len() <= FEW {
                out.extend(&room.all);
                continue;
            }
            many = true;
            let shelves = room.shelves.range(shelf(here.0)..=shelf(here.1)).flat_map(|(_, shelf)| shelf);
            out.extend(shelves.chain(&room.lasting).filter(|&&at| meet(scene.windows[at], here)));
        }
        if many {
            let linked = [Some(&claim.key), claim.same_as.as_ref()].into_iter().flatten();
            let linked = linked.flat_map(|key| scene.keyed(key)).chain(scene.report_of(claim));
            out.extend(linked.filter(|&&at| !self.tokens[at].is_disjoint(tokens)));
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

impl Room {
    fn take(&mut self, at: usize, window: Window) {
        self.all.push(at);
        let (from, to) = (shelf(window.0), shelf(window.1));
        if to.saturating_sub(from) >= SHELVES {
            self.lasting.push(at);
        } else {
            for shelf in from..=to {
                self.shelves.entry(shelf).or_default().push(at);
            }
        }
    }
}

const fn shelf(day: i32) -> i32 {
    day.div_euclid(SHELF)
}

/// All words and ids of the names in a claim.
pub(super) fn names(claim: &Claim) -> BTreeSet<String> {
    let mut out = actors(acting(claim).iter().chain(&claim.targets));
    for place in &claim.places {
        out.extend(words(&place.name));
        out.extend(place.id.clone());
    }
    out
}

/// Words and ids of actors: two that are the same share one.
pub(super) fn actors<'a>(all: impl Iterator<Item = &'a Participant>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for who in all {
        for name in [&who.name, &who.text] {
            out.extend(Words::of(name).iter().map(str::to_owned));
        }
        out.extend(who.actor.clone());
    }
    out
}

/// What places stand under: two that are the same have one id, or share a word where one of them has none.
pub(crate) fn standing(places: &[Place]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for place in places {
        out.extend(place.id.iter().map(|id| format!("#{id}")));
        for word in Words::of(&place.name).iter() {
            out.insert(format!("w {word}"));
            if place.id.is_none() {
                out.insert(format!("n {word}"));
            }
        }
    }
    out
}

/// What the same places as these are looked for under.
pub(crate) fn looked_for(places: &[Place]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for place in places {
        out.extend(place.id.iter().map(|id| format!("#{id}")));
        let mark = if place.id.is_some() { "n" } else { "w" };
        out.extend(Words::of(&place.name).iter().map(|word| format!("{mark} {word}")));
    }
    out
}

#[cfg(test)]
mod tests {
    use contested_model::ClaimType;
    use contested_model::testing::{Told, day, told};
    use proptest::prelude::*;

    use super::super::times_meet;
    use super::*;
    use crate::names::share_place;

    /// A claim of one of a few places, with an id or without, dated to a day, to years or not at all.
    fn claim() -> impl Strategy<Value = Claim> {
        (0..6_i64, 0..3_usize, any::<bool>(), 0..4_u8, 0..400_i64).prop_map(
            |(report, place, known, dated, on)| {
                let date = |n: i64| day("2016-01-01").saturating_add(jiff::Span::new().days(n)).to_string();
                let mut out: Told =
                    told(&format!("Outlet {report}"), &date(on + report % 3), ClaimType::Seize)
                        .agent("Army")
                        .place(["Old Town", "New Town", "Town"][place]);
                if dated > 1 {
                    out = out.on(&date(on));
                }
                let mut out = out.claim();
                out.report.hash = format!("b3:{report}");
                if known {
                    out.places[0].id = Some(format!("place:{place}"));
                }
                if let (3, Some(time)) = (dated, &mut out.time) {
                    (time.from, time.to) = (Some(day("2015-01-01")), None);
                }
                out
            },
        )
    }

    proptest! {
        /// More claims than are looked at without their days.
        #[test]
        fn nothing_that_may_be_about_one_place_and_day_is_missed(all in prop::collection::vec(claim(), 4 * FEW)) {
            let all: Vec<&Claim> = all.iter().collect();
            let scene = Scene::of(&all);
            let index = Index::of(&scene, |claim| !claim.places.is_empty(), |claim| standing(&claim.places));
            for a in &all {
                let near = index.near(&scene, a, &looked_for(&a.places));
                for (at, b) in all.iter().enumerate() {
                    let wanted = share_place(&a.places, &b.places) && times_meet(a, b);
                    prop_assert!(!wanted || near.binary_search(&at).is_ok(), "{a:?} does not find {b:?}");
                }
                prop_assert!(near.len() < all.len() || near.iter().all(|&at| meet(scene.windows[at], window(a))
                    || all[at].report.hash == a.report.hash));
            }
        }
    }
}
