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
    /// Observations in the order of their days, with the positions of those.
    seen: Vec<(usize, &'o Observation)>,
    days: usize,
    states: usize,
}

/// Chances of all states, day by day.
pub(crate) struct Days {
    chances: Vec<f64>,
    states: usize,
}

impl Days {
    fn with_room(days: usize, states: usize) -> Self {
        Self { chances: Vec::with_capacity(days.saturating_mul(states)), states }
    }

    /// The chances at a position.
    pub(crate) fn get(&self, at: usize) -> Option<&[f64]> {
        let from = at.checked_mul(self.states)?;
        self.chances.get(from..from.checked_add(self.states)?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[f64]> {
        self.chances.chunks_exact(self.states)
    }

    fn last(&self) -> Option<&[f64]> {
        self.chances.len().checked_sub(self.states).map(|from| &self.chances[from..])
    }
}

impl<'o> Chain<'o> {
    /// Days from `first` to `last`; observations outside of them are not looked at.
    pub(crate) fn of(observations: &'o [Observation], states: usize, first: Date, last: Date) -> Self {
        let days = days_between(first, last).max(0) as usize + 1;
        let counted = observations.iter().filter(|o| o.counts());
        let placed = counted.filter_map(|o| Some((usize::try_from(days_between(first, o.day)).ok()?, o)));
        let mut seen: Vec<(usize, &Observation)> = placed.filter(|(at, _)| *at < days).collect();
        // Stable: those of one day stay in their order.
        seen.sort_by_key(|(at, _)| *at);
        Self { first, seen, days, states }
    }

    /// The observations of the day at a position.
    fn on(&self, at: usize) -> &[(usize, &'o Observation)] {
        let from = self.seen.partition_point(|(day, _)| *day < at);
        let count = self.seen[from..].partition_point(|(day, _)| *day == at);
        &self.seen[from..from + count]
    }

    /// The day at a position.
    pub(crate) fn day(&self, at: usize) -> Date {
        self.first.saturating_add(jiff::Span::new().days(at as i64))
    }

    /// The position of a day.
    pub(crate) fn at(&self, day: Date) -> Option<usize> {
        usize::try_from(days_between(self.first, day)).ok().filter(|&at| at < self.days)
    }

    /// For each day the chances of all states given the observations of that day and of those before.
    pub(crate) fn filtered(&self) -> Days {
        let mut out = Days::with_room(self.days, self.states);
        let mut today = vec![1.0 / self.states as f64; self.states];
        let mut rest = &self.seen[..];
        for at in 0..self.days {
            let count = rest.iter().take_while(|(day, _)| *day == at).count();
            let (seen, later) = rest.split_at(count);
            rest = later;
            if let Some(yesterday) = out.last() {
                step(yesterday, stirred(seen), &mut today);
            }
            weigh(&mut today, seen);
            normalise(&mut today);
            out.chances.extend_from_slice(&today);
        }
        out
    }

    /// For each day the chances of all states given all observations.
    pub(crate) fn smoothed(&self) -> Days {
        self.looking_back(0)
    }

    /// Likewise, with so many days before the first in front: of them nothing is told but by what came after.
    pub(crate) fn looking_back(&self, before: usize) -> Days {
        let mut known = self.filtered();
        let mut backward = vec![1.0; self.states];
        let mut evening = backward.clone();
        for at in (0..self.days).rev() {
            let today = &mut known.chances[at * self.states..(at + 1) * self.states];
            for (chance, later) in today.iter_mut().zip(&backward) {
                *chance *= later;
            }
            normalise(today);
            let seen = self.on(at);
            weigh(&mut backward, seen);
            step_back(&backward, stirred(seen), &mut evening);
            std::mem::swap(&mut backward, &mut evening);
            normalise(&mut backward);
        }
        if before == 0 {
            return known;
        }
        let mut earlier: Vec<Vec<f64>> = Vec::with_capacity(before);
        for _ in 0..before {
            earlier.push(backward.clone());
            step_back(&backward, 0.0, &mut evening);
            std::mem::swap(&mut backward, &mut evening);
            normalise(&mut backward);
        }
        let mut out = Days::with_room(before + self.days, self.states);
        for day in earlier.iter().rev() {
            out.chances.extend_from_slice(day);
        }
        out.chances.append(&mut known.chances);
        out
    }
}

/// How mobile the chain is on a day: the more so, the more its observations are news.
fn stirred(seen: &[(usize, &Observation)]) -> f64 {
    seen.iter().map(|(_, o)| o.stirs()).fold(0.0, f64::max)
}

fn weigh(chances: &mut [f64], seen: &[(usize, &Observation)]) {
    for (_, observation) in seen {
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
fn step(chances: &[f64], stir: f64, out: &mut [f64]) {
    let (states, contested) = (chances.len(), chances.len() - 2);
    let quiet = Quiet::of(states);
    let all: f64 = chances.iter().sum();
    let held = all - chances[contested];
    let even = stir * all / states as f64;
    for (state, (&chance, out)) in chances.iter().zip(out).enumerate() {
        let moved = if state == contested {
            chance * (1.0 - SETTLES) + held * quiet.to_contested
        } else {
            chance * (1.0 - DRIFT) + (held - chance) * quiet.to_other + chances[contested] * quiet.settling
        };
        *out = (1.0 - stir) * moved + even;
    }
}

/// The same the other way: how well each state of the evening before foretells what `likely` says of the day.
fn step_back(likely: &[f64], stir: f64, out: &mut [f64]) {
    let (states, contested) = (likely.len(), likely.len() - 2);
    let quiet = Quiet::of(states);
    let all: f64 = likely.iter().sum();
    let held = all - likely[contested];
    let even = stir * all / states as f64;
    for (state, (&here, out)) in likely.iter().zip(out).enumerate() {
        let foretold = if state == contested {
            here * (1.0 - SETTLES) + held * quiet.settling
        } else {
            here * (1.0 - DRIFT) + (held - here) * quiet.to_other + likely[contested] * quiet.to_contested
        };
        *out = (1.0 - stir) * foretold + even;
    }
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
                    let mut forward = vec![0.0; states];
                    step(&unit(states, from), stir, &mut forward);
                    let sum: f64 = forward.iter().sum();
                    assert!((sum - 1.0).abs() < 1e-9, "{states} states from {from}: {sum}");
                    for (to, chance) in forward.iter().enumerate() {
                        let mut back = vec![0.0; states];
                        step_back(&unit(states, to), stir, &mut back);
                        let back = back[from];
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
