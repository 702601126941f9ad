//! What really happened: two sides, a front, campaigns that take towns one after another or fail.

use crate::Scenario;
use crate::random::Random;

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// In the west at first.
    Red,
    /// In the east.
    Blue,
}

impl Side {
    /// The enemy.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Red => Self::Blue,
            Self::Blue => Self::Red,
        }
    }

    /// Its army's name.
    pub const fn army(self) -> &'static str {
        match self {
            Self::Red => "Red Army",
            Self::Blue => "Blue Front",
        }
    }

    /// Its army's id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Red => "red-army",
            Self::Blue => "blue-front",
        }
    }
}

/// A town on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Who holds it, or held it before it was fought over.
    pub holder: Side,
    /// Whether it is fought over: nobody holds it.
    pub fought: bool,
    /// Days since it last changed hands; `usize::MAX` if it never did.
    pub since_change: usize,
}

/// Who held what on each day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// By town, then by day.
    pub states: Vec<Vec<State>>,
}

/// Towns in a row of the grid.
const ROW: usize = 20;

fn at(town: usize) -> (f64, f64) {
    ((town % ROW) as f64, (town / ROW) as f64)
}

impl Truth {
    /// A war.
    pub(crate) fn of(scenario: &Scenario, random: &mut Random) -> Self {
        let mut holders: Vec<Side> = (0..scenario.places)
            .map(|town| if at(town).0 + random.share() * 3.0 < 11.0 { Side::Red } else { Side::Blue })
            .collect();
        let mut changed: Vec<Option<usize>> = vec![None; scenario.places];
        // Until when, by whom, and whether it will fall.
        let mut fights: Vec<Option<(usize, bool)>> = vec![None; scenario.places];
        let mut states = vec![Vec::with_capacity(scenario.days); scenario.places];
        // Who attacks around where, until when.
        let mut campaigns: Vec<(Side, (f64, f64), usize)> = Vec::new();
        for day in 0..scenario.days {
            if random.happens(0.07 * scenario.places as f64 / 100.0) {
                let attacker = if random.happens(0.55) { Side::Red } else { Side::Blue };
                let centre = at(random.below(scenario.places));
                campaigns.push((attacker, centre, day + random.between(12, 50)));
            }
            campaigns.retain(|&(_, _, until)| until > day);
            for &(attacker, centre, _) in &campaigns {
                for town in 0..scenario.places {
                    let here = at(town);
                    let near = (here.0 - centre.0).hypot(here.1 - centre.1) < 2.6;
                    if near && holders[town] != attacker && fights[town].is_none() && random.happens(0.06) {
                        // Most towns fall in days, some are fought for over weeks.
                        let long = random.happens(0.2);
                        let length = if long { random.between(8, 30) } else { random.between(0, 5) };
                        fights[town] = Some((day + length, random.happens(0.7)));
                    }
                }
            }
            // Now and then a town changes hands with no campaign: a deal, a raid.
            for fight in &mut fights {
                if fight.is_none() && random.happens(0.0004) {
                    *fight = Some((day, true));
                }
            }
            for town in 0..scenario.places {
                if let Some((until, falls)) = fights[town].filter(|&(until, _)| until <= day) {
                    debug_assert!(until <= day);
                    fights[town] = None;
                    if falls {
                        holders[town] = holders[town].other();
                        changed[town] = Some(day);
                    }
                }
                states[town].push(State {
                    holder: holders[town],
                    fought: fights[town].is_some(),
                    since_change: changed[town].map_or(usize::MAX, |since| day - since),
                });
            }
        }
        Self { states }
    }
}
