//! Forward and backward over the days.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::observation::Observation;

/// Chance per day that a held place changes hands without anybody saying so. After six quiet months what was surely `held` fades to `unclear`.
const DRIFT: f64 = 0.0015;
/// Chance per day that fighting of which nothing is heard is over.
const SETTLES: f64 = 1.0 / 21.0;

/// Chances of all states for each day from `first` to `last`, given all observations.
pub(super) fn posterior(
    observations: &[Observation],
    states: usize,
    first: Date,
    last: Date,
) -> Vec<Vec<f64>> {
    let mut by_day: BTreeMap<Date, Vec<&Observation>> = BTreeMap::new();
    for observation in observations.iter().filter(|o| o.counts()) {
        by_day.entry(observation.day).or_default().push(observation);
    }
    let count = first.until(last).map_or(0, |span| span.get_days()).max(0) as usize + 1;
    let days: Vec<Date> =
        (0..count).map(|n| first.saturating_add(jiff::Span::new().days(n as i64))).collect();
    let seen = |day: &Date| by_day.get(day).map_or(&[][..], Vec::as_slice);

    let mut forward: Vec<Vec<f64>> = Vec::with_capacity(count);
    for day in &days {
        let before = match forward.last() {
            Some(previous) => step(previous, stirred(seen(day))),
            None => vec![1.0 / states as f64; states],
        };
        forward.push(normalised(weighed(before, seen(day))));
    }
    let mut backward = vec![1.0; states];
    let mut out = vec![Vec::new(); count];
    for at in (0..count).rev() {
        let joint = forward[at].iter().zip(&backward).map(|(f, b)| f * b).collect();
        out[at] = normalised(joint);
        let here = weighed(backward, seen(&days[at]));
        backward = normalised(step_back(&here, stirred(seen(&days[at]))));
    }
    out
}

/// How mobile the chain is on a day: the more so, the more its observations are news.
fn stirred(observations: &[&Observation]) -> f64 {
    observations.iter().map(|o| o.stirs()).fold(0.0, f64::max)
}

fn weighed(mut chances: Vec<f64>, observations: &[&Observation]) -> Vec<f64> {
    for observation in observations {
        let likelihoods = observation.likelihoods(chances.len());
        for (chance, likelihood) in chances.iter_mut().zip(likelihoods) {
            *chance *= likelihood;
        }
    }
    chances
}

fn normalised(mut chances: Vec<f64>) -> Vec<f64> {
    let sum: f64 = chances.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        for chance in &mut chances {
            *chance /= sum;
        }
    } else {
        let even = 1.0 / chances.len() as f64;
        chances.fill(even);
    }
    chances
}

/// Chance of going from `from` to `to` overnight into a day as stirred as `stir`.
fn moves(from: usize, to: usize, states: usize, stir: f64) -> f64 {
    let contested = states - 2;
    let leave = if from == contested { SETTLES } else { DRIFT };
    let quiet = if from == to {
        1.0 - leave
    } else if from != contested && to == contested {
        // Half of what is lost is being fought for first; with nobody else to go to, all of it.
        leave * if states > 2 { 0.5 } else { 1.0 }
    } else if from == contested {
        leave / (states - 1) as f64
    } else {
        leave * 0.5 / (states - 2).max(1) as f64
    };
    (1.0 - stir) * quiet + stir / states as f64
}

fn step(chances: &[f64], stir: f64) -> Vec<f64> {
    let states = chances.len();
    (0..states)
        .map(|to| (0..states).map(|from| chances[from] * moves(from, to, states, stir)).sum())
        .collect()
}

fn step_back(chances: &[f64], stir: f64) -> Vec<f64> {
    let states = chances.len();
    (0..states).map(|from| (0..states).map(|to| chances[to] * moves(from, to, states, stir)).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_of_moving_add_up_to_one() {
        for states in 2..7 {
            for from in 0..states {
                for stir in [0.0, 0.3, 0.5] {
                    let sum: f64 = (0..states).map(|to| moves(from, to, states, stir)).sum();
                    assert!((sum - 1.0).abs() < 1e-9, "{states} states from {from}: {sum}");
                }
            }
        }
    }
}
