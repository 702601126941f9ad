//! Who may hold a place: everybody that a claim about it names as having taken, held, left or lost it, allies as one.

use std::collections::BTreeMap;

use contested_model::{ClaimType, Participant};

use super::reading::Reading;
use crate::names::{is_named, same_actor};
use crate::reliability::one_side;
use crate::source::acting;
use crate::world::World;

/// The candidate holders of one place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holders {
    sides: Vec<Side>,
    /// Sides by what their members are called: names are compared once.
    called: BTreeMap<(Option<String>, String), usize>,
    /// What each side is called by, and the id of that: asked for every day.
    names: Vec<(String, Option<String>)>,
}

#[derive(Debug, Clone)]
struct Side {
    members: Vec<Participant>,
    /// How often each member is told of.
    told: Vec<usize>,
}

impl Side {
    /// The member told of most often, the first of equals: what the side is called by. One with a name comes before "its allies".
    fn leading(&self) -> Option<&Participant> {
        let weight =
            |member: &Participant, told: usize| (member.actor.is_some() || is_named(&member.name), told);
        let most = self.members.iter().zip(&self.told).map(|(member, told)| weight(member, *told)).max()?;
        self.members
            .iter()
            .zip(&self.told)
            .find(|(member, told)| weight(member, **told) == most)
            .map(|(member, _)| member)
    }

    /// What it is called by, and the id of that, or of the first member that has one.
    fn name(&self) -> (String, Option<String>) {
        let leading = self.leading();
        let first = || self.members.iter().find_map(|member| member.actor.clone());
        let actor = leading.and_then(|member| member.actor.clone()).or_else(first);
        (leading.map_or_else(String::new, |member| member.name.clone()), actor)
    }
}

fn called(who: &Participant) -> (Option<String>, String) {
    (who.actor.clone(), who.name.clone())
}

impl Holders {
    /// The candidates named in `readings`, in the order of their first mention.
    pub(crate) fn of(readings: &[&Reading<'_>], world: &dyn World) -> Self {
        let mut holders = Self::default();
        // Who fights for a place need never have held it.
        let tells = |reading: &&&Reading<'_>| {
            !reading.implied
                && matches!(
                    reading.kept.claim.claim_type,
                    ClaimType::Seize | ClaimType::Holds | ClaimType::Retreat
                )
        };
        for reading in readings.iter().filter(tells) {
            let mut joint: Option<usize> = None;
            for agent in &acting(&reading.kept.claim) {
                joint = Some(holders.join(agent, joint, reading, world));
            }
            for target in &reading.kept.claim.targets {
                holders.join(target, None, reading, world);
            }
        }
        holders.names = holders.sides.iter().map(Side::name).collect();
        holders
    }

    pub(crate) const fn len(&self) -> usize {
        self.sides.len()
    }

    pub(crate) fn name(&self, at: usize) -> &str {
        self.names.get(at).map_or("", |(name, _)| name)
    }

    /// The id of the member it is called by, or of the first that has one.
    pub(crate) fn actor(&self, at: usize) -> Option<&str> {
        self.names.get(at)?.1.as_deref()
    }

    /// The side that `who` belongs to.
    pub(crate) fn position(&self, who: &Participant) -> Option<usize> {
        self.called.get(&called(who)).copied().or_else(|| self.side_of(who))
    }

    fn side_of(&self, who: &Participant) -> Option<usize> {
        self.sides.iter().position(|side| side.members.iter().any(|member| same_actor(member, who)))
    }

    /// "Government forces", "the army", of no country: those of the state that is told of here, where only one is.
    fn government(&self, who: &Participant) -> Option<usize> {
        let state = |name: &str| {
            let name = name.to_lowercase();
            ["government", "army", "regime", "loyalist"].iter().any(|word| name.contains(word))
        };
        if who.actor.is_some() || is_named(&who.name) || !state(&who.name) {
            return None;
        }
        let mut states = self
            .sides
            .iter()
            .enumerate()
            .filter(|(_, side)| {
                side.members.iter().any(|member| member.actor.is_some() && state(&member.name))
            })
            .map(|(at, _)| at);
        states.next().filter(|_| states.next().is_none())
    }

    fn join(
        &mut self,
        who: &Participant,
        joint: Option<usize>,
        reading: &Reading<'_>,
        world: &dyn World,
    ) -> usize {
        if let Some(&at) = self.called.get(&called(who)) {
            let side = &mut self.sides[at];
            if let Some(member) = side.members.iter().position(|member| called(member) == called(who)) {
                side.told[member] += 1;
            }
            return at;
        }
        let allied =
            |side: &Side| side.members.first().is_some_and(|first| one_side(first, who, reading.day, world));
        let at = self
            .side_of(who)
            .or_else(|| self.sides.iter().position(allied))
            .or_else(|| self.government(who))
            .or(joint);
        let at = at.unwrap_or_else(|| {
            self.sides.push(Side { members: Vec::new(), told: Vec::new() });
            self.sides.len() - 1
        });
        let side = &mut self.sides[at];
        side.members.push(who.clone());
        side.told.push(1);
        self.called.insert(called(who), at);
        at
    }
}
