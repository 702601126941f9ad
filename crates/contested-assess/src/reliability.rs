//! How far a claim about who holds a place is believed, by the kind of its root source and what that source has at stake.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use contested_model::{Certainty, Claim, Participant, Polarity, SourceKind, Stake};
use jiff::civil::Date;

use crate::names::{same_actor, same_name};
use crate::world::{Outlet, Tie, World};

/// Chances of being right, by stake.
#[derive(Debug, Clone, Copy)]
struct Row {
    neutral: f64,
    gain: f64,
    loss: f64,
    denial: f64,
}

static TABLE: LazyLock<BTreeMap<&'static str, Row>> = LazyLock::new(|| {
    include_str!("../data/reliability.tsv")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("kind\t"))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let kind = cells.next()?;
            let mut number = || cells.next()?.trim().parse().ok();
            Some((kind, Row { neutral: number()?, gain: number()?, loss: number()?, denial: number()? }))
        })
        .collect()
});

const UNKNOWN: Row = Row { neutral: 0.7, gain: 0.66, loss: 0.8, denial: 0.62 };

static WORDS: LazyLock<Vec<(&'static str, SourceKind)>> = LazyLock::new(|| {
    include_str!("../data/outlet-words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(words, kind)| Some((words, SourceKind::parse(kind.trim())?)))
        .collect()
});

/// The kind that an outlet's name tells, where the knowledge base knows nothing of it.
pub(crate) fn kind_by_name(name: &str) -> Option<SourceKind> {
    let padded = format!(" {} ", name.to_lowercase());
    WORDS.iter().find(|(words, _)| padded.contains(&format!(" {words} "))).map(|&(_, kind)| kind)
}

/// Who vouches: kind and side.
pub(crate) struct Voucher {
    pub(crate) kind: Option<SourceKind>,
    side: Option<String>,
    side_names: Vec<String>,
}

impl Voucher {
    /// The root source of `claim`.
    pub(crate) fn of(claim: &Claim, world: &dyn World) -> Self {
        let Some(first) = claim.attribution.first() else {
            let name = claim.report.source.as_deref().unwrap_or_default();
            let Outlet { kind, side } = world.outlet(claim.report.source_id.as_deref(), name);
            let kind = kind.or_else(|| kind_by_name(name)).or(Some(SourceKind::Media));
            return Self { kind, side, side_names: vec![name.to_owned()] };
        };
        let known = world.outlet(first.source_id.as_deref(), &first.name);
        let kind = first.kind.or(known.kind).or(first.anonymous.then_some(SourceKind::Anonymous));
        let side_names = first.affiliation.iter().chain([&first.name]).cloned().collect();
        Self { kind, side: first.actor.clone().or(known.side), side_names }
    }

    /// How the source stands to `actor`.
    fn stands(&self, actor: &Participant, day: Date, world: &dyn World) -> Tie {
        let by_id = match (&self.side, &actor.actor) {
            (Some(mine), Some(theirs)) => world.tie(mine, theirs, day),
            _ => Tie::None,
        };
        if by_id != Tie::None {
            by_id
        } else if self.side_names.iter().any(|name| same_name(name, &actor.name)) {
            Tie::Together
        } else {
            Tie::None
        }
    }

    fn takes_part(&self) -> bool {
        matches!(
            self.kind,
            Some(SourceKind::BelligerentOfficial | SourceKind::BelligerentMedia | SourceKind::StateMedia)
        )
    }
}

/// What the root source of `claim` has at stake in what it says of `holder`, who by it holds a place or does not.
pub(crate) fn stake(
    claim: &Claim,
    voucher: &Voucher,
    holder: Option<&Participant>,
    day: Date,
    world: &dyn World,
) -> Stake {
    let denies = claim.polarity == Polarity::Negative;
    // Who speaks for the loser named in the claim stands against the holder, whatever the tables know.
    let loses = claim.targets.iter().any(|target| voucher.stands(target, day, world) == Tie::Together);
    let stands = |holder: &Participant| match voucher.stands(holder, day, world) {
        Tie::None if loses => Tie::Against,
        tie => tie,
    };
    match holder.map(stands) {
        None => Stake::Neutral,
        Some(Tie::Together) if denies => Stake::Loss,
        Some(Tie::Together) => Stake::Gain,
        Some(Tie::Against) if denies => Stake::Denial,
        Some(Tie::Against) => Stake::Loss,
        // A belligerent whose side is not known most likely tells of its own gains and denies its own losses.
        Some(Tie::None) if voucher.takes_part() && denies => Stake::Denial,
        Some(Tie::None) if voucher.takes_part() => Stake::Gain,
        Some(Tie::None) => Stake::Neutral,
    }
}

/// How far a source of a kind is believed before it has a record of its own: the chance that what it says is so.
pub(crate) fn prior(kind: Option<SourceKind>, stake: Stake) -> f64 {
    let row = kind.and_then(|kind| TABLE.get(kind.as_str()).copied()).unwrap_or(UNKNOWN);
    match stake {
        Stake::Neutral => row.neutral,
        Stake::Gain => row.gain,
        Stake::Loss => row.loss,
        Stake::Denial => row.denial,
    }
}

/// How far a source of a kind is believed before it has a record of its own, by what it has at stake.
pub fn prior_of(kind: SourceKind, stake: Stake) -> f64 {
    prior(Some(kind), stake)
}

/// How far the words of `claim` commit its source, 0 to 1: a half is no information, and doubt moves a source towards it.
pub(crate) const fn commitment(claim: &Claim) -> f64 {
    let sure = match claim.certainty {
        Certainty::Certain => 1.0,
        Certainty::Probable => 0.7,
        Certainty::Possible => 0.3,
        Certainty::Unstated => 0.0,
    };
    match claim.verified {
        Some(false) => sure * 0.8,
        _ => sure,
    }
}

/// Whether two participants are on one side on `day`.
pub(crate) fn one_side(a: &Participant, b: &Participant, day: Date, world: &dyn World) -> bool {
    same_actor(a, b)
        || matches!((&a.actor, &b.actor), (Some(x), Some(y)) if world.tie(x, y, day) == Tie::Together)
}
