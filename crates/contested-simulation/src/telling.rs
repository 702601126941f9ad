//! What the sources make of it.

use crate::Scenario;
use crate::random::Random;
use crate::sources::SOURCES;
use crate::truth::{Side, State, Truth};

/// What a report says of a town.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The side took it.
    Took(Side),
    /// The side holds it.
    Holds(Side),
    /// The side has not taken it.
    TookNot(Side),
    /// The side left it.
    Left(Side),
    /// It is fought over.
    Fought,
}

impl Said {
    /// Who holds the town if it is so; none for fighting.
    pub const fn holder(self) -> Option<Side> {
        match self {
            Self::Took(side) | Self::Holds(side) => Some(side),
            Self::TookNot(side) | Self::Left(side) => Some(side.other()),
            Self::Fought => None,
        }
    }
}

/// A report of one town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Number of the town.
    pub town: usize,
    /// Number of who vouches in [`SOURCES`].
    pub source: usize,
    /// Number of the outlet that tells it: the source itself, or one that quotes it.
    pub outlet: usize,
    /// The day it is about.
    pub about: usize,
    /// The day it was published.
    pub published: usize,
    /// Whether it says what day it is about.
    pub dated: bool,
    /// Copies share the number of what they copy.
    pub words: usize,
    /// What it says.
    pub said: Said,
}

impl Report {
    /// The day at which it stands: the one it states, else that of publication.
    pub const fn day(&self) -> usize {
        if self.dated { self.about } else { self.published }
    }

    /// Whether it is so on the day at which it stands; none where it says nothing of a holder.
    pub fn is_right(&self, truth: &Truth) -> Option<bool> {
        let states = &truth.states[self.town];
        let state = states[self.day().min(states.len() - 1)];
        Some(match self.said {
            Said::Took(side) | Said::Holds(side) => !state.fought && state.holder == side,
            Said::TookNot(side) | Said::Left(side) => state.fought || state.holder != side,
            Said::Fought => return None,
        })
    }
}

/// A rumour that somebody took a town: false, and on its way between newsrooms.
#[derive(Debug, Clone, Copy)]
struct Rumour {
    taker: Side,
    until: usize,
}

/// The truth of a scenario and what was reported of it, in the order of publication. Errors are scaled so that the share of wrong
/// reports is the scenario's.
pub fn reports(scenario: &Scenario) -> (Truth, Vec<Report>) {
    let truth = Truth::of(scenario, &mut Random::seeded(scenario.seed));
    let (mut low, mut high) = (0.0, 4.0);
    let mut told = Vec::new();
    for _ in 0..14 {
        let scale = f64::midpoint(low, high);
        told = tell(&truth, scale, &mut Random::seeded(scenario.seed ^ 0xabcd));
        if wrong_share(&truth, &told) < scenario.wrong { low = scale } else { high = scale }
    }
    (truth, told)
}

/// Share of the reports of who holds a town that are not so.
pub(crate) fn wrong_share(truth: &Truth, reports: &[Report]) -> f64 {
    let judged: Vec<bool> = reports.iter().filter_map(|report| report.is_right(truth)).collect();
    judged.iter().filter(|right| !**right).count() as f64 / judged.len().max(1) as f64
}

fn tell(truth: &Truth, scale: f64, random: &mut Random) -> Vec<Report> {
    let mut out: Vec<Report> = Vec::new();
    let days = truth.states.first().map_or(0, Vec::len);
    let mut rumours: Vec<Option<Rumour>> = vec![None; truth.states.len()];
    for day in 0..days {
        for (town, states) in truth.states.iter().enumerate() {
            let state = states[day];
            let news = state.fought || state.since_change < 4;
            if rumours[town].is_none_or(|rumour| rumour.until < day) {
                let chance = if news { 0.15 } else { 0.006 } * scale;
                let taker = state.holder.other();
                rumours[town] =
                    random.happens(chance).then(|| Rumour { taker, until: day + random.between(1, 3) });
            }
            for (number, source) in SOURCES.iter().enumerate() {
                let rate = if news { 0.12 } else { 0.014 };
                if !random.happens(rate * source.covers) {
                    continue;
                }
                let lean = source.leans[usize::from(day * 2 >= days)];
                let Some(said) = said(source, lean, state, rumours[town], scale, random) else { continue };
                // Words come late; bad news for one's own side later still.
                let late = match lean {
                    Some(side) if said.holder() == Some(side.other()) => random.between(1, 3),
                    _ => [0, 0, 0, 1, 1, 2, 3][random.below(7)],
                };
                let words = out.len();
                let report = Report {
                    town,
                    source: number,
                    outlet: number,
                    about: day,
                    published: day + late,
                    dated: random.happens(0.6),
                    words,
                    said,
                };
                out.push(report.clone());
                // A wire quotes it, or copies it without a word of whose it is.
                if random.happens(0.15) {
                    out.push(Report {
                        outlet: random.below(3),
                        published: report.published + random.below(2),
                        ..report.clone()
                    });
                }
                if random.happens(0.1) {
                    let copyist = random.below(3);
                    out.push(Report {
                        source: copyist,
                        outlet: copyist,
                        published: report.published + random.below(2),
                        ..report
                    });
                }
            }
        }
    }
    out.retain(|report| report.published < days);
    out.sort_by_key(|report| (report.published, report.town, report.words));
    out
}

/// What a source says of a town as it stands, if anything.
fn said(
    source: &crate::Source,
    lean: Option<Side>,
    state: State,
    rumour: Option<Rumour>,
    scale: f64,
    random: &mut Random,
) -> Option<Said> {
    let fresh = state.since_change < 4;
    if let Some(rumour) = rumour
        && lean.is_none_or(|side| side == rumour.taker)
        && random.happens((source.gullible * scale).min(0.95))
    {
        return Some(Said::Took(rumour.taker));
    }
    if let Some(own) = lean {
        let lies = random.happens((source.bias * scale).min(0.97));
        return match (state.holder == own, state.fought) {
            // The enemy attacks what is ours: it is ours still.
            (true, true) => Some(if lies { Said::Holds(own) } else { Said::Fought }),
            (true, false) if fresh => Some(Said::Took(own)),
            (true, false) => random.happens(0.3).then_some(Said::Holds(own)),
            // We attack: it has as good as fallen.
            (false, true) => Some(if lies { Said::Took(own) } else { Said::Fought }),
            // It was lost: not so, for a month.
            (false, false) if state.since_change < 30 && lies => {
                Some(if random.happens(0.4) { Said::TookNot(own.other()) } else { Said::Holds(own) })
            }
            (false, false) if fresh => {
                Some(if random.happens(0.5) { Said::Left(own) } else { Said::Took(own.other()) })
            }
            // Of what the enemy has long held one says little.
            (false, false) if lies && random.happens(0.6) => {
                Some(if random.happens(0.5) { Said::Took(own) } else { Said::TookNot(own.other()) })
            }
            (false, false) => random.happens(0.3).then_some(Said::Holds(own.other())),
        };
    }
    let errs = random.happens((source.error * scale).min(0.9));
    Some(match (errs, state.fought) {
        (false, true) => Said::Fought,
        // Told too early, or the wrong way round.
        (true, true) => Said::Took(if random.happens(0.7) { state.holder.other() } else { state.holder }),
        (false, false) if fresh => Said::Took(state.holder),
        (false, false) => Said::Holds(state.holder),
        (true, false) if fresh => Said::Holds(state.holder.other()),
        (true, false) => match random.below(4) {
            0 => Said::Fought,
            1 => Said::Took(state.holder.other()),
            _ => Said::Holds(state.holder.other()),
        },
    })
}
