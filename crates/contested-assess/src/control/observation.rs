//! Readings as noisy observations of who holds a place: what counts once, and how likely each is in each state.

use std::collections::BTreeMap;

use contested_model::Stake;
use jiff::civil::Date;

use super::holders::Holders;
use super::reading::{Reading, days_between};
use super::{Evidence, Says};
use crate::learnt::Learnt;

/// One source repeating itself within so many days has said one thing.
const ONE_TELLING: i32 = 3;
/// Share of wrong reports of a capture that are told while the place is fought for.
const EARLY: f64 = 0.7;
/// Chance at least with which who is said to have lost a place had held it.
const ENEMY: f64 = 0.85;
/// How much less likely fighting is to be reported of a place that is held than of one that is contested.
const FIGHTING: f64 = 0.75;

/// What one claim says of one place, weighed.
#[derive(Debug, Clone)]
pub(crate) struct Observation {
    pub(crate) day: Date,
    pub(crate) says: Says,
    /// Position among the holders; none for fighting.
    pub(crate) holder: Option<usize>,
    /// The chance that it is right.
    pub(crate) believed: f64,
    /// Said before by the same source.
    pub(crate) repeated: bool,
    /// A side's own gain or denial that another voice of the side tells, too, and is believed at least as much.
    pub(crate) echo: bool,
    /// Taken for granted rather than told: it places who held the town before, and is nobody's telling.
    pub(crate) implied: bool,
    /// A denial that it was lost, or a state that is taken for granted: less than to say that it is held.
    pub(crate) soft: bool,
    /// Position among the readings.
    pub(crate) reading: usize,
}

/// The observations that `readings` make, in their order.
pub(crate) fn observations(
    readings: &[&Reading<'_>],
    holders: &Holders,
    learnt: &Learnt,
) -> Vec<Observation> {
    let mut out: Vec<Observation> = Vec::with_capacity(readings.len());
    let mut sides: BTreeMap<(Says, Option<usize>, bool), usize> = BTreeMap::new();
    let mut told: BTreeMap<(&str, Says, Option<usize>, bool), Date> = BTreeMap::new();
    for (at, reading) in readings.iter().enumerate() {
        let (day, says) = (reading.day, reading.says);
        let holder = reading.who.as_ref().and_then(|who| holders.position(who));
        let right = learnt.believed(&reading.root.key, reading.root.kind, reading.stake, day);
        // Even who boasts of a gain says truly against whom.
        let right = if reading.implied { right.max(ENEMY) } else { right };
        let believed = 0.5 + (right - 0.5) * reading.sure;
        let near = |last: Date| days_between(last, day) <= ONE_TELLING;
        let keys =
            [&reading.root.key, &reading.sentence].map(|key| (key.as_str(), says, holder, reading.implied));
        let repeated = keys.iter().any(|key| told.get(key).is_some_and(|&last| near(last)));
        if !repeated {
            told.extend(keys.into_iter().map(|key| (key, day)));
        }
        let (implied, soft) = (reading.implied, reading.denied || reading.implied);
        let mut observation =
            Observation { day, says, holder, believed, repeated, echo: false, implied, soft, reading: at };
        if !repeated && (implied || matches!(reading.stake, Stake::Gain | Stake::Denial)) {
            // What a side says in its own favour is one voice, whoever lends it theirs; the most believed of them counts.
            match sides
                .get(&(says, holder, implied))
                .map(|&first: &usize| &mut out[first])
                .filter(|first| near(first.day))
            {
                Some(first) if first.believed >= believed => observation.echo = true,
                Some(first) => {
                    first.echo = true;
                    sides.insert((says, holder, implied), out.len());
                }
                None => {
                    sides.insert((says, holder, implied), out.len());
                }
            }
        }
        out.push(observation);
    }
    out
}

/// The days, in order, on which root sources came to contradict one another about who holds the place.
pub(crate) fn contradictions(observations: &[Observation], readings: &[&Reading<'_>]) -> Vec<Date> {
    let root = |o: &Observation| readings[o.reading].root.key.as_str();
    let told: Vec<&Observation> = observations.iter().filter(|o| o.counts() && !o.implied).collect();
    let mut by_day: Vec<&Observation> = told.clone();
    by_day.sort_by_key(|o| o.day);
    let mut days: Vec<Date> = Vec::new();
    for claim in told.iter().filter(|o| matches!(o.says, Says::Took | Says::Holds)) {
        // What cannot be right beside it was told of the same days.
        let from = by_day.partition_point(|other| days_between(claim.day, other.day) < -1);
        let near = by_day[from..].iter().take_while(|o| days_between(claim.day, o.day) <= ONE_TELLING);
        for other in near.filter(|other| claim.is_contradicted_by(other)) {
            if claim.bears_on(other) == Some(false) && root(claim) != root(other) {
                days.push(claim.day.max(other.day));
            }
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}

impl Observation {
    /// How likely the observation is in each state: the holders, then contested, then other.
    pub(crate) fn weigh(&self, chances: &mut [f64]) {
        let (contested, right) = (chances.len() - 2, self.believed);
        let wrong = 1.0 - right;
        let others = (chances.len() - 2).max(1) as f64;
        for (state, chance) in chances.iter_mut().enumerate() {
            let is_contested = state == contested;
            *chance *= match (self.says, self.holder) {
                // Not lost is held, or fought over: no more is said than by a denial of the other side's gain.
                (Says::Holds, Some(_)) if self.soft && is_contested => 0.5,
                (Says::Holds, Some(holder)) if self.soft && state != holder => wrong,
                // A capture that is not one is mostly told too early, while it is fought for.
                (Says::Took | Says::Holds, Some(holder)) if state == holder => right,
                (Says::Took | Says::Holds, _) if is_contested => wrong * EARLY,
                (Says::Took | Says::Holds, _) => wrong * (1.0 - EARLY) / others,
                (Says::HoldsNot | Says::Left, Some(holder)) if state == holder => wrong,
                (Says::HoldsNot | Says::Left, _) => right,
                (Says::Fought, _) if is_contested => right,
                // A town that is attacked may well be held.
                (Says::Fought, _) => 1.0 - right * FIGHTING,
            };
        }
    }

    /// Chances of its day as they would be without it.
    pub(crate) fn removed(&self, chances: &[f64]) -> Vec<f64> {
        let mut likely = vec![1.0; chances.len()];
        self.weigh(&mut likely);
        let mut out: Vec<f64> = chances.iter().zip(&likely).map(|(chance, own)| chance / own).collect();
        let sum: f64 = out.iter().sum();
        for chance in &mut out {
            *chance /= sum;
        }
        out
    }

    /// Whether it adds to what is known already.
    pub(crate) const fn counts(&self) -> bool {
        !self.repeated && !self.echo
    }

    /// Chance that its day is one on which anything moved: the better it is believed, the more it is news.
    pub(crate) fn stirs(&self) -> f64 {
        let (news, most) = match self.says {
            Says::Took | Says::Left => (0.5, 0.15),
            Says::HoldsNot | Says::Fought => (0.2, 0.05),
            Says::Holds => (0.0, 0.0),
        };
        (news * (2.0 * self.believed - 1.0).max(0.0_f64)).min(most)
    }

    /// The chance that what it says is so, for the chances of its day; none for fighting, which a held town may see, too, and for what is only
    /// taken for granted.
    pub(crate) fn right(&self, chances: &[f64]) -> Option<f64> {
        if self.implied {
            return None;
        }
        let held = self.holder.and_then(|holder| chances.get(holder))?;
        match self.says {
            Says::Took | Says::Holds => Some(*held),
            Says::HoldsNot | Says::Left => Some(1.0 - held),
            Says::Fought => None,
        }
    }

    /// Whether it agrees with what `other` says of a holder, or speaks against it; none where it says nothing of that.
    pub(crate) fn bears_on(&self, other: &Self) -> Option<bool> {
        let held = |says: Says| match says {
            Says::Took | Says::Holds => Some(true),
            Says::HoldsNot | Says::Left => Some(false),
            Says::Fought => None,
        };
        let (mine, theirs) = (held(self.says)?, held(other.says)?);
        match (self.holder == other.holder, mine, theirs) {
            (true, ..) => Some(mine == theirs),
            // Of two holders one has it: who says that one has it says that the other has not.
            (false, true, _) => Some(!theirs),
            (false, false, _) => None,
        }
    }

    /// Whether another root source denies what it says, or has somebody else hold the place on the same day or the next: they cannot both be right.
    fn is_contradicted_by(&self, other: &Self) -> bool {
        let after = days_between(self.day, other.day);
        match other.says {
            Says::HoldsNot => (-1..=ONE_TELLING).contains(&after),
            Says::Holds => !other.soft && self.says == Says::Took && (0..=1).contains(&after),
            _ => false,
        }
    }

    pub(crate) fn evidence(&self, readings: &[&Reading<'_>], holders: &Holders) -> Evidence {
        let reading = readings[self.reading];
        Evidence {
            claim: reading.kept.claim.id.clone(),
            day: self.day,
            known: reading.kept.known,
            says: self.says,
            holder: self.holder.map(|at| holders.name(at).to_owned()),
            source: reading.root.name.clone(),
            outlet: reading.root.outlet.clone(),
            believed: (self.believed * 1e4).round() / 1e4,
            repeated: self.repeated,
            echo: self.echo,
        }
    }
}
