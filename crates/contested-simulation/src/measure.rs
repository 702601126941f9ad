//! The assessment against the truth, and against two simple answers.

use std::collections::BTreeMap;

use contested_assess::{Basis, Learnt, control, control_as_known, learn};
use contested_model::{Kept, LearntRow, Stake};
use jiff::civil::Date;

use crate::Scenario;
use crate::claims::{claim, day, town_id};
use crate::sources::{SOURCES, SourceWorld};
use crate::telling::{Report, reports, wrong_share};
use crate::truth::{Side, Truth};

/// Days between learning runs.
const RUN: usize = 30;
/// Windows of the majority vote, in days.
const WINDOWS: [usize; 4] = [7, 14, 30, 90];

/// Answers without a model. All see what had been reported by the day they speak of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baselines {
    /// The report that was published last is right.
    pub last: f64,
    /// What most sources said last, within the best of several windows.
    pub majority: f64,
    /// That window, in days.
    pub window: usize,
}

/// A source as it was learnt and as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceFigure {
    /// Its name.
    pub name: &'static str,
    /// Reports of who holds a town.
    pub reports: usize,
    /// Share of them that were right.
    pub right: f64,
    /// The share that learning expected, over the same reports.
    pub learnt: f64,
    /// The share that its kind's prior expected.
    pub prior: f64,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Reports.
    pub reports: usize,
    /// Share of wrong ones.
    pub wrong: f64,
    /// Times that a town changed hands.
    pub changes: usize,
    /// Days of towns that were held by somebody, and of which something had been reported.
    pub days: usize,
    /// Share of them with the right holder, by what was known on the day, with learnt sources.
    pub model: f64,
    /// Likewise, with nothing learnt.
    pub unlearnt: f64,
    /// Likewise, looking back from the end.
    pub smoothed: f64,
    /// The simple answers.
    pub baselines: Baselines,
    /// Expected calibration error of the likeliest answer, contested towns included, by what was known on the day.
    pub calibration: f64,
    /// The bins of it: mean chance, share right, days.
    pub bins: Vec<(f64, f64, usize)>,
    /// The sources.
    pub sources: Vec<SourceFigure>,
}

impl Figures {
    /// Points of accuracy above the better of the simple answers.
    pub fn gain(&self) -> f64 {
        100.0 * (self.model - self.baselines.last.max(self.baselines.majority))
    }

    /// Largest error of a learnt reliability.
    pub fn worst(&self) -> f64 {
        self.sources.iter().map(|source| (source.right - source.learnt).abs()).fold(0.0, f64::max)
    }
}

/// Generates a scenario and measures every `stride`th day of it.
pub fn measure(scenario: &Scenario, stride: usize) -> Figures {
    let (truth, told) = reports(scenario);
    let kept: Vec<Kept> = told.iter().enumerate().map(|(number, report)| claim(number, report)).collect();
    let days: Vec<usize> = (0..scenario.days).step_by(stride).collect();
    let mut score = Score::default();
    let mut plain = Score::default();
    let nothing = Basis::of(&SourceWorld);
    let mut rows = Vec::new();
    // Each stretch of days by the sources as they had been learnt at its start: nothing leaks back.
    for start in (0..scenario.days).step_by(RUN) {
        let until = start + RUN;
        let before: Vec<Kept> = kept.iter().filter(|k| k.known < day(start)).cloned().collect();
        rows = learn(&before, &SourceWorld);
        let learnt = Learnt::of(&rows);
        let basis = Basis { world: &SourceWorld, learnt: &learnt };
        let seen: Vec<Kept> = kept.iter().filter(|k| k.known < day(until)).cloned().collect();
        let asked: Vec<Date> = days.iter().filter(|d| (start..until).contains(d)).map(|&d| day(d)).collect();
        score.add(&truth, &seen, &asked, &basis);
        plain.add(&truth, &seen, &asked, &nothing);
    }
    rows = {
        let last = learn(&kept, &SourceWorld);
        if last.is_empty() { rows } else { last }
    };
    let learnt = Learnt::of(&rows);
    let basis = Basis { world: &SourceWorld, learnt: &learnt };
    Figures {
        reports: told.len(),
        wrong: wrong_share(&truth, &told),
        changes: truth
            .states
            .iter()
            .flat_map(|states| states.windows(2))
            .filter(|w| w[0].holder != w[1].holder)
            .count(),
        days: score.held,
        model: score.accuracy(),
        unlearnt: plain.accuracy(),
        smoothed: smoothed(&truth, &kept, &days, &basis),
        baselines: baselines(&truth, &told, &days),
        calibration: score.calibration(),
        bins: score.table(),
        sources: source_figures(&truth, &told, &kept, &rows),
    }
}

#[derive(Debug, Clone, Default)]
struct Score {
    held: usize,
    right: usize,
    /// Sum of chances, right answers, answers.
    bins: [(f64, usize, usize); 10],
}

impl Score {
    fn add(&mut self, truth: &Truth, kept: &[Kept], days: &[Date], basis: &Basis<'_>) {
        for (place, answers) in control_as_known(kept, days, basis) {
            let Some(town) = town(place.id.as_deref()) else { continue };
            for answer in answers {
                let state = truth.states[town][number(answer.day)];
                let Some(top) = answer.chances.first() else { continue };
                let right = if state.fought {
                    top.answer == "contested"
                } else {
                    top.actor.as_deref() == Some(state.holder.id())
                };
                let bin = &mut self.bins[((top.chance * 10.0) as usize).min(9)];
                *bin = (bin.0 + top.chance, bin.1 + usize::from(right), bin.2 + 1);
                if !state.fought {
                    let best = answer.chances.iter().find(|chance| chance.actor.is_some());
                    self.held += 1;
                    self.right +=
                        usize::from(best.and_then(|b| b.actor.as_deref()) == Some(state.holder.id()));
                }
            }
        }
    }

    fn accuracy(&self) -> f64 {
        self.right as f64 / self.held.max(1) as f64
    }

    fn calibration(&self) -> f64 {
        let all: usize = self.bins.iter().map(|bin| bin.2).sum();
        self.bins.iter().map(|bin| (bin.0 - bin.1 as f64).abs()).sum::<f64>() / all.max(1) as f64
    }

    fn table(&self) -> Vec<(f64, f64, usize)> {
        let full = self.bins.iter().filter(|bin| bin.2 > 0);
        full.map(|bin| (bin.0 / bin.2 as f64, bin.1 as f64 / bin.2 as f64, bin.2)).collect()
    }
}

fn number(date: Date) -> usize {
    day(0).until(date).map_or(0, |span| span.get_days()) as usize
}

fn town(id: Option<&str>) -> Option<usize> {
    id?.strip_prefix("town:")?.parse().ok().filter(|&town: &usize| town_id(town) == id.unwrap_or_default())
}

fn smoothed(truth: &Truth, kept: &[Kept], days: &[usize], basis: &Basis<'_>) -> f64 {
    let last = days.last().copied().unwrap_or_default();
    let (mut all, mut right) = (0_usize, 0_usize);
    for place in control(kept, day(last), basis) {
        let Some(town) = town(place.place.id.as_deref()) else { continue };
        for stretch in &place.timeline {
            for at in days.iter().filter(|&&d| (number(stretch.from)..=number(stretch.to)).contains(&d)) {
                let state = truth.states[town][*at];
                if !state.fought {
                    all += 1;
                    right += usize::from(stretch.holder.as_deref() == Some(state.holder.army()));
                }
            }
        }
    }
    right as f64 / all.max(1) as f64
}

fn baselines(truth: &Truth, told: &[Report], days: &[usize]) -> Baselines {
    let mut by_town: BTreeMap<usize, Vec<&Report>> = BTreeMap::new();
    for report in told.iter().filter(|report| report.said.holder().is_some()) {
        by_town.entry(report.town).or_default().push(report);
    }
    let (mut all, mut last, mut majority) = (0, 0, [0; WINDOWS.len()]);
    for (town, reports) in &by_town {
        for &today in days {
            let state = truth.states[*town][today];
            let known = &reports[..reports.partition_point(|report| report.published <= today)];
            let Some(newest) =
                known.iter().max_by_key(|report| (report.published, report.day(), report.words))
            else {
                continue;
            };
            if state.fought {
                continue;
            }
            all += 1;
            last += usize::from(newest.said.holder() == Some(state.holder));
            for (at, window) in WINDOWS.iter().enumerate() {
                let answer = vote(known, today.saturating_sub(*window)).or_else(|| newest.said.holder());
                majority[at] += usize::from(answer == Some(state.holder));
            }
        }
    }
    let (best, window) = majority.iter().zip(WINDOWS).max().map_or((0, 0), |(&best, window)| (best, window));
    let share = |right: usize| right as f64 / f64::from(all.max(1));
    Baselines { last: share(last), majority: share(best), window }
}

/// What most sources said last, since a day; one vote a source.
fn vote(known: &[&Report], since: usize) -> Option<Side> {
    let mut said: BTreeMap<usize, Side> = BTreeMap::new();
    for report in known.iter().filter(|report| report.published >= since) {
        said.extend(report.said.holder().map(|side| (report.source, side)));
    }
    let red = said.values().filter(|side| **side == Side::Red).count();
    match (2 * red).cmp(&said.len()) {
        std::cmp::Ordering::Greater => Some(Side::Red),
        std::cmp::Ordering::Less => Some(Side::Blue),
        std::cmp::Ordering::Equal => None,
    }
}

fn source_figures(truth: &Truth, told: &[Report], kept: &[Kept], rows: &[LearntRow]) -> Vec<SourceFigure> {
    let find = |id: &str, stake: Stake| {
        rows.iter().find(|r| r.source == id && r.stake == stake && r.month.is_none())
    };
    let out = SOURCES.iter().enumerate().map(|(number, source)| {
        let own: Vec<(&Report, &Kept)> =
            told.iter().zip(kept).filter(|(report, _)| report.source == number).collect();
        let judged: Vec<bool> = own.iter().filter_map(|(report, _)| report.is_right(truth)).collect();
        let of_source = rows.iter().filter(|r| r.source == source.id && r.month.is_none());
        let (mut sum, mut weight) = (0.0, 0.0);
        for row in of_source {
            sum += row.believed * row.weight;
            weight += row.weight;
        }
        let prior = Stake::ALL
            .iter()
            .filter_map(|&stake| find(source.id, stake))
            .map(|row| row.weight * contested_assess::prior_of(source.kind, row.stake))
            .sum::<f64>();
        SourceFigure {
            name: source.name,
            reports: judged.len(),
            right: judged.iter().filter(|right| **right).count() as f64 / judged.len().max(1) as f64,
            learnt: if weight > 0.0 { sum / weight } else { 0.0 },
            prior: if weight > 0.0 { prior / weight } else { 0.0 },
        }
    });
    out.collect()
}
