//! Forward and backward over the days.

use jiff::civil::Date;

use super::observation::Observation;
use super::reading::days_between;

/// Chance per day that a held place changes hands without anybody saying so. After six quiet months what was surely `held` fades to `unclear`.
const DRIFT: f64 = 0.0015;
/// Chance per day that fighting of which nothing is heard is over.
const SETTLES: f64 = 1.0 / 21.0;

/// The days of a place from the first observation to a last day, with the observations that count by day.
pub(crate) struct Chain<'o> {
    first: Date,
    days: Vec<Vec<&'o Observation>>,
    states: usize,
}

impl<'o> Chain<'o> {
    /// Days from `first` to `last`; observations outside of them are not looked at.
    pub(crate) fn of(observations: &'o [Observation], states: usize, first: Date, last: Date) -> Self {
        let count = days_between(first, last).max(0) as usize + 1;
        let mut days: Vec<Vec<&Observation>> = vec![Vec::new(); count];
        for observation in observations.iter().filter(|o| o.counts()) {
            let at = days_between(first, observation.day);
            if let Some(day) = usize::try_from(at).ok().and_then(|at| days.get_mut(at)) {
                day.push(observation);
            }
        }
        Self { first, days, states }
    }

    /// The day at a position.
    pub(crate) fn day(&self, at: usize) -> Date {
        self.first.saturating_add(jiff::Span::new().days(at as i64))
    }

    /// The position of a day.
    pub(crate) fn at(&self, day: Date) -> Option<usize> {
        usize::try_from(days_between(self.first, day)).ok().filter(|&at| at < self.days.len())
    }

    /// For each day the chances of all states given the observations of that day and of those before.
    pub(crate) fn filtered(&self) -> Vec<Vec<f64>> {
        let mut out: Vec<Vec<f64>> = Vec::with_capacity(self.days.len());
        for (at, seen) in self.days.iter().enumerate() {
            let mut chances = match out.last() {
                Some(previous) => step(previous, self.stirred(at)),
                None => vec![1.0 / self.states as f64; self.states],
            };
            weigh(&mut chances, seen);
            normalise(&mut chances);
            out.push(chances);
        }
        out
    }

    /// For each day the chances of all states given all observations.
    pub(crate) fn smoothed(&self) -> Vec<Vec<f64>> {
        self.looking_back(0)
    }

    /// Likewise, with so many days before the first in front: of them nothing is told but by what came after.
    pub(crate) fn looking_back(&self, before: usize) -> Vec<Vec<f64>> {
        let mut out = self.filtered();
        let mut backward = vec![1.0; self.states];
        for at in (0..out.len()).rev() {
            for (chance, later) in out[at].iter_mut().zip(&backward) {
                *chance *= later;
            }
            normalise(&mut out[at]);
            weigh(&mut backward, &self.days[at]);
            backward = step_back(&backward, self.stirred(at));
            normalise(&mut backward);
        }
        let mut earlier: Vec<Vec<f64>> = Vec::with_capacity(before);
        for _ in 0..before {
            earlier.push(backward.clone());
            backward = step_back(&backward, 0.0);
            normalise(&mut backward);
        }
        earlier.reverse();
        earlier.extend(out);
        earlier
    }

    /// How mobile the chain is on a day: the more so, the more its observations are news.
    fn stirred(&self, at: usize) -> f64 {
        self.days[at].iter().map(|o| o.stirs()).fold(0.0, f64::max)
    }
}

fn weigh(chances: &mut [f64], observations: &[&Observation]) {
    for observation in observations {
        observation.weigh(chances);
    }
}

fn normalise(chances: &mut [f64]) {
    let sum: f64 = chances.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        for chance in chances.iter_mut() {
            *chance /= sum;
        }
    } else {
        let even = 1.0 / chances.len() as f64;
        chances.fill(even);
    }
}

/// The overnight movement as three numbers, so that a step costs as much as there are states and not their square: what a held state loses to
/// contested, what it loses to each other held state, and what contested loses to each other state.
struct Quiet {
    to_contested: f64,
    to_other: f64,
    settling: f64,
}

impl Quiet {
    fn of(states: usize) -> Self {
        // Half of what is lost is being fought for first; with nobody else to go to, all of it.
        let alone = states <= 2;
        Self {
            to_contested: DRIFT * if alone { 1.0 } else { 0.5 },
            to_other: if alone { 0.0 } else { DRIFT * 0.5 / (states - 2) as f64 },
            settling: SETTLES / (states - 1) as f64,
        }
    }
}

/// Chances after a night into a day as stirred as `stir`.
fn step(chances: &[f64], stir: f64) -> Vec<f64> {
    let (states, contested) = (chances.len(), chances.len() - 2);
    let quiet = Quiet::of(states);
    let all: f64 = chances.iter().sum();
    let held = all - chances[contested];
    let even = stir * all / states as f64;
    chances
        .iter()
        .enumerate()
        .map(|(state, &chance)| {
            let moved = if state == contested {
                chance * (1.0 - SETTLES) + held * quiet.to_contested
            } else {
                chance * (1.0 - DRIFT)
                    + (held - chance) * quiet.to_other
                    + chances[contested] * quiet.settling
            };
            (1.0 - stir) * moved + even
        })
        .collect()
}

/// The same the other way: how well each state of the evening before foretells what `likely` says of the day.
fn step_back(likely: &[f64], stir: f64) -> Vec<f64> {
    let (states, contested) = (likely.len(), likely.len() - 2);
    let quiet = Quiet::of(states);
    let all: f64 = likely.iter().sum();
    let held = all - likely[contested];
    let even = stir * all / states as f64;
    likely
        .iter()
        .enumerate()
        .map(|(state, &here)| {
            let foretold = if state == contested {
                here * (1.0 - SETTLES) + held * quiet.settling
            } else {
                here * (1.0 - DRIFT) + (held - here) * quiet.to_other + likely[contested] * quiet.to_contested
            };
            (1.0 - stir) * foretold + even
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(states: usize, at: usize) -> Vec<f64> {
        (0..states).map(|state| if state == at { 1.0 } else { 0.0 }).collect()
    }

    #[test]
    fn chances_of_moving_add_up_to_one_and_backward_is_forward_transposed() {
        for states in 2..7 {
            for stir in [0.0, 0.3, 0.5] {
                for from in 0..states {
                    let forward = step(&unit(states, from), stir);
                    let sum: f64 = forward.iter().sum();
                    assert!((sum - 1.0).abs() < 1e-9, "{states} states from {from}: {sum}");
                    for (to, chance) in forward.iter().enumerate() {
                        let back = step_back(&unit(states, to), stir)[from];
                        assert!(
                            (chance - back).abs() < 1e-12,
                            "{states} states, {from} to {to}: {chance} {back}"
                        );
                    }
                }
            }
        }
    }
}
