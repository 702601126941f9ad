//! Who holds a place on a day: a hidden Markov model over holders, one place at a time. `docs/control.md` gives the equations.

mod area;
mod chain;
mod daily;
mod grouping;
mod holders;
mod observation;
mod reading;
mod status;

pub(crate) use chain::Chain;
pub(crate) use holders::Holders;
use observation::contradictions;
pub(crate) use observation::{Observation, observations};
pub(crate) use reading::{Reading, days_between, is_anchored};

use contested_model::Kept;
use jiff::civil::Date;
use serde::Serialize;

use crate::basis::Basis;
use grouping::Group;

pub use area::{AreaControl, Share, area_control};
pub use daily::{ChanceStretch, chances_over_time};
pub use grouping::{Homes, observed};
pub use status::Status;

/// Who holds a place on a day, as far as the claims tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlaceControl {
    /// The place.
    pub place: PlaceName,
    /// The day.
    pub as_of: Date,
    /// The answer in a word.
    pub status: Status,
    /// The likeliest holder; none where the status is `unknown`.
    pub holder: Option<String>,
    /// Chances of all answers, likeliest first; they add up to one.
    pub chances: Vec<Chance>,
    /// Since when the status and the holder have been what they are.
    pub since: Option<Date>,
    /// Day of the newest observation.
    pub last_observed: Option<Date>,
    /// Stretches of one status and holder, oldest first.
    pub timeline: Vec<Stretch>,
    /// What the answer rests on, oldest first.
    pub evidence: Vec<Evidence>,
}

/// A place by what claims call it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlaceName {
    /// Id in the gazetteer, if it was found there.
    pub id: Option<String>,
    /// The commonest name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// An answer and its chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Chance {
    /// A holder's name, `contested`, or `other` for nobody named.
    pub answer: String,
    /// Id of the holder in the knowledge base.
    pub actor: Option<String>,
    /// 0 to 1.
    pub chance: f64,
}

/// Days of one status and holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stretch {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The status.
    pub status: Status,
    /// The holder.
    pub holder: Option<String>,
    /// Its id in the knowledge base.
    pub actor: Option<String>,
}

/// A claim as an observation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// Id of the claim.
    pub claim: String,
    /// Day it speaks of.
    pub day: Date,
    /// Day it became known.
    pub known: Date,
    /// What it says.
    pub says: Says,
    /// Of whom.
    pub holder: Option<String>,
    /// Its root source.
    pub source: String,
    /// The outlet, where another vouches.
    pub outlet: Option<String>,
    /// The chance that it is right.
    pub believed: f64,
    /// Whether the same source had said it already, so that it counts for nothing more.
    pub repeated: bool,
    /// Whether it tells in favour of its side what another voice of that side tells, too, so that it counts for nothing more.
    pub echo: bool,
}

/// What an observation says of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// Took it.
    Took,
    /// Holds it.
    Holds,
    /// Has not taken it, or does not hold it.
    HoldsNot,
    /// Left or lost it.
    Left,
    /// It is fought over.
    Fought,
}

/// Control of every populated place that `kept` says something of, as of `as_of`: places in the order of their names. The answer depends on
/// the claims and the basis only, never on the order of the claims; and that of a place on the claims about that place only.
pub fn control(kept: &[Kept], as_of: Date, basis: &Basis<'_>) -> Vec<PlaceControl> {
    dossiers(kept, basis).iter().filter_map(|dossier| dossier.control(as_of, basis)).collect()
}

/// Who could be said to hold each place on each of `days` by what had been reported by that very day: for each place the days on which
/// anything was known.
pub fn control_as_known(
    kept: &[Kept],
    days: &[Date],
    basis: &Basis<'_>,
) -> Vec<(PlaceName, Vec<DayControl>)> {
    dossiers(kept, basis)
        .iter()
        .map(|dossier| {
            let known = days.iter().filter_map(|&day| dossier.as_known(day, basis)).collect();
            (dossier.name.clone(), known)
        })
        .collect()
}

/// Who holds a place on a day, in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DayControl {
    /// The day.
    pub day: Date,
    /// The answer in a word.
    pub status: Status,
    /// Chances of all answers, likeliest first.
    pub chances: Vec<Chance>,
}

/// All that bears on one place.
pub(crate) struct Dossier<'k> {
    pub(crate) name: PlaceName,
    readings: Vec<Reading<'k>>,
}

/// The dossiers of all places that `kept` says something of, by name.
pub(crate) fn dossiers<'k>(kept: &'k [Kept], basis: &Basis<'_>) -> Vec<Dossier<'k>> {
    groups(kept).iter().map(|group| Dossier::of(group, basis)).collect()
}

/// The dossier of the first place that `wanted` picks: the others are not read.
fn dossier<'k>(
    kept: &'k [Kept],
    basis: &Basis<'_>,
    wanted: impl Fn(&PlaceName) -> bool,
) -> Option<Dossier<'k>> {
    groups(kept).iter().find(|group| wanted(&group.name)).map(|group| Dossier::of(group, basis))
}

fn groups(kept: &[Kept]) -> Vec<Group<'_>> {
    let mut sorted: Vec<&Kept> = kept.iter().collect();
    sorted.sort_by(|a, b| (a.day(), a.known, &a.claim.id).cmp(&(b.day(), b.known, &b.claim.id)));
    sorted.dedup_by(|a, b| a.claim.id == b.claim.id);
    grouping::grouped(&sorted)
}

/// Readings weighed by a basis, and the days they make.
pub(crate) struct Weighed<'d, 'k> {
    pub(crate) readings: Vec<&'d Reading<'k>>,
    pub(crate) holders: Holders,
    pub(crate) observations: Vec<Observation>,
}

impl<'k> Dossier<'k> {
    fn of(group: &Group<'k>, basis: &Basis<'_>) -> Self {
        Self { name: group.name.clone(), readings: reading::readings(group, basis.world) }
    }

    /// Those readings that `wanted` picks, weighed.
    pub(crate) fn weighed(
        &self,
        basis: &Basis<'_>,
        wanted: impl Fn(&Reading<'k>) -> bool,
    ) -> Weighed<'_, 'k> {
        let readings: Vec<&Reading<'k>> = self.readings.iter().filter(|reading| wanted(reading)).collect();
        let holders = Holders::of(&readings, basis.world);
        let observations = observations(&readings, &holders, basis.learnt);
        Weighed { readings, holders, observations }
    }

    fn as_known(&self, day: Date, basis: &Basis<'_>) -> Option<DayControl> {
        let weighed = self.weighed(basis, |reading| reading.kept.known <= day && within(reading.day, day));
        let (chain, last) = weighed.chain(day)?;
        let days = if last > day { chain.smoothed() } else { chain.filtered() };
        let chances = days.get(chain.at(day)?)?;
        let seen = weighed.observations.iter().filter(|o| o.counts() && o.day <= day).map(|o| o.day).max();
        let contradicted = contradictions(&weighed.observations, &weighed.readings);
        let (status, _) = status::of(chances, seen, &contradicted, day);
        Some(DayControl { day, status, chances: named(chances, &weighed.holders) })
    }

    fn control(&self, as_of: Date, basis: &Basis<'_>) -> Option<PlaceControl> {
        let weighed = self.weighed(basis, |reading| within(reading.day, as_of));
        let Weighed { readings, holders, observations } = &weighed;
        let first = observations.iter().map(|o| o.day).min()?;
        let told = observations.iter().filter(|o| !o.implied);
        let mut control = PlaceControl {
            place: self.name.clone(),
            as_of,
            status: Status::Unknown,
            holder: None,
            chances: Vec::new(),
            since: None,
            last_observed: told.clone().filter(|o| o.counts() && o.day <= as_of).map(|o| o.day).max(),
            timeline: Vec::new(),
            evidence: told.map(|o| o.evidence(readings, holders)).collect(),
        };
        if first > as_of {
            return Some(control);
        }
        let (chain, _) = weighed.chain(as_of)?;
        let mut seen: Vec<Date> = observations.iter().filter(|o| o.counts()).map(|o| o.day).collect();
        seen.sort_unstable();
        let contradicted = contradictions(observations, readings);
        // Who is told of as holding a town has most likely held it for a while.
        let before = weighed.run_in();
        let mut day = chain.day(0).saturating_sub(jiff::Span::new().days(before as i64));
        let mut now: Option<(Status, Option<usize>)> = None;
        for chances in chain.looking_back(before).iter() {
            if day > as_of {
                break;
            }
            let newest = seen.partition_point(|&other| other <= day).checked_sub(1).map(|at| seen[at]);
            let today = status::of(chances, newest, &contradicted, day);
            match control.timeline.last_mut() {
                Some(stretch) if now == Some(today) || reads_as(stretch, today, holders) => stretch.to = day,
                _ => {
                    let (status, holder) = today;
                    let actor = holder.and_then(|at| holders.actor(at)).map(str::to_owned);
                    let holder = holder.map(|at| holders.name(at).to_owned());
                    control.timeline.push(Stretch { from: day, to: day, status, holder, actor });
                }
            }
            now = Some(today);
            if day == as_of {
                control.chances = named(chances, holders);
            }
            day = day.tomorrow().unwrap_or(day);
        }
        if let Some(now) = control.timeline.last() {
            (control.status, control.holder, control.since) =
                (now.status, now.holder.clone(), Some(now.from));
        }
        Some(control)
    }
}

/// Whether a stretch is of a status and of a holder of this name.
fn reads_as(stretch: &Stretch, (status, holder): (Status, Option<usize>), holders: &Holders) -> bool {
    stretch.status == status && stretch.holder.as_deref() == holder.map(|at| holders.name(at))
}

/// Days before its first telling for which a holder is looked back for.
const RUN_IN: usize = 31;

impl Weighed<'_, '_> {
    /// Days before the first telling for which a holder is looked back for: none but where all that is said of the first day is that somebody
    /// holds the place.
    fn run_in(&self) -> usize {
        let first = self.observations.iter().map(|o| o.day).min();
        let opens_held = self
            .observations
            .iter()
            .filter(|o| Some(o.day) == first)
            .all(|o| o.says == Says::Holds && (o.implied || !o.soft));
        if opens_held { RUN_IN } else { 0 }
    }

    /// The days from the first observation to `day`, or to the last observation where that is later; and that last day.
    pub(crate) fn chain(&self, day: Date) -> Option<(Chain<'_>, Date)> {
        let first = self.observations.iter().map(|o| o.day).min()?;
        let last = self.observations.iter().map(|o| o.day).max()?.max(day);
        Some((Chain::of(&self.observations, self.holders.len() + 2, first, last), last))
    }
}

/// Whether a day is near enough to `as_of` to matter: what is older than twenty years has long decayed, and a year on is enough to look back from.
fn within(day: Date, as_of: Date) -> bool {
    day >= as_of.saturating_sub(jiff::Span::new().years(20))
        && day <= as_of.saturating_add(jiff::Span::new().years(1))
}

fn named(chances: &[f64], holders: &Holders) -> Vec<Chance> {
    let mut out: Vec<Chance> = chances
        .iter()
        .enumerate()
        .map(|(at, &chance)| {
            let answer = match at.checked_sub(holders.len()) {
                None => holders.name(at),
                Some(0) => "contested",
                Some(_) => "other",
            };
            let actor = holders.actor(at).map(str::to_owned);
            // Rounded, so that no machine's last bit shows.
            Chance { answer: answer.to_owned(), actor, chance: (chance * 1e4).round() / 1e4 }
        })
        .collect();
    out.sort_by(|a, b| b.chance.total_cmp(&a.chance).then_with(|| a.answer.cmp(&b.answer)));
    out
}
