//! How often sources were right, learnt from the claims themselves by expectation–maximisation. `docs/control.md` gives the equations.
//!
//! Expectation: with the reliabilities as they stand, what is the chance that each observation was right? Maximisation: the share of a
//! source's observations that were, drawn towards its kind's prior by as many imagined observations as [`PRIOR_WEIGHT`].

use std::collections::BTreeMap;

use contested_model::{Kept, LearntRow, SourceKind, Stake};
use jiff::civil::Date;

use crate::basis::Basis;
use crate::control::dossiers;
use crate::learnt::{Learnt, first_day, month};
use crate::reliability::prior;
use crate::world::World;

/// Imagined observations with which a kind's prior stands against what was observed, and all of a source's days against one month of it.
const PRIOR_WEIGHT: f64 = 12.0;
/// What an observation counts for a month that lies so many months away: this to that power.
const NEARBY: f64 = 0.5;
/// Rounds at most; most ledgers settle in fewer.
const ROUNDS: usize = 12;
/// Largest change of any reliability at which the rounds end.
const SETTLED: f64 = 0.002;
/// Nobody is held for a liar who can be read backwards, or for one who never errs.
const BOUNDS: (f64, f64) = (0.3, 0.98);

/// What was observed of one source with one thing at stake.
#[derive(Debug, Clone, Default)]
struct Tally {
    name: String,
    kind: Option<SourceKind>,
    /// By month: how much was right, of how much.
    months: BTreeMap<i32, (f64, f64)>,
}

/// Learns the sources of `kept` from nothing but the kinds' priors: rows by source, stake and month. The answer does not depend on the
/// order of the claims; claims that are not yet known at the day of a run must not be among them.
pub fn learn(kept: &[Kept], world: &dyn World) -> Vec<LearntRow> {
    let mut rows: Vec<LearntRow> = Vec::new();
    let files = dossiers(kept, &Basis::of(world));
    for _ in 0..ROUNDS {
        let learnt = Learnt::of(&rows);
        let basis = Basis { world, learnt: &learnt };
        let mut tallies: BTreeMap<(String, Stake), Tally> = BTreeMap::new();
        for file in &files {
            let weighed = file.weighed(&basis, |_| true);
            let Some((chain, _)) = weighed.chain(Date::MIN) else { continue };
            let days = chain.smoothed();
            for observation in weighed.observations.iter().filter(|o| !o.repeated) {
                let reading = weighed.readings[observation.reading];
                let Some(chances) = chain.at(observation.day).and_then(|at| days.get(at)) else { continue };
                // No source vouches for itself: its own weight is taken out of the answer that judges it.
                let judged = if observation.echo {
                    observation.right(chances)
                } else {
                    observation.right(&observation.removed(chances))
                };
                let Some(right) = judged else { continue };
                let tally = tallies.entry((reading.root.key.clone(), reading.stake)).or_default();
                if tally.name.is_empty() || reading.root.name < tally.name {
                    reading.root.name.clone_into(&mut tally.name);
                }
                tally.kind = tally.kind.or(reading.root.kind);
                let month = tally.months.entry(month(observation.day)).or_default();
                month.0 += right * reading.sure;
                month.1 += reading.sure;
            }
        }
        let next = maximised(&tallies);
        let moved = change(&rows, &next);
        rows = next;
        if moved < SETTLED {
            break;
        }
    }
    rows
}

fn maximised(tallies: &BTreeMap<(String, Stake), Tally>) -> Vec<LearntRow> {
    let mut out = Vec::new();
    for ((source, stake), tally) in tallies {
        let drawn = |to: f64, right: f64, all: f64| {
            ((to * PRIOR_WEIGHT + right) / (PRIOR_WEIGHT + all)).clamp(BOUNDS.0, BOUNDS.1)
        };
        let (right, all) =
            tally.months.values().fold((0.0, 0.0), |sum, month| (sum.0 + month.0, sum.1 + month.1));
        let overall = drawn(prior(tally.kind, *stake), right, all);
        let row = |month: Option<i32>, believed: f64, weight: f64| LearntRow {
            source: source.clone(),
            name: tally.name.clone(),
            kind: tally.kind,
            stake: *stake,
            month: month.and_then(first_day),
            believed: rounded(believed),
            weight: rounded(weight),
        };
        out.push(row(None, overall, all));
        for &at in tally.months.keys() {
            let near = tally.months.iter().fold((0.0, 0.0), |sum, (&other, month)| {
                let share = NEARBY.powi((other - at).abs());
                (sum.0 + month.0 * share, sum.1 + month.1 * share)
            });
            out.push(row(Some(at), drawn(overall, near.0, near.1), near.1));
        }
    }
    out
}

/// So that the last bit of a machine's arithmetic never shows.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn change(before: &[LearntRow], after: &[LearntRow]) -> f64 {
    if before.len() != after.len() {
        return f64::INFINITY;
    }
    before.iter().zip(after).map(|(a, b)| (a.believed - b.believed).abs()).fold(0.0, f64::max)
}
