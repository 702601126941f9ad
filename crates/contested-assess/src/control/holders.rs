//! Who may hold a place: everybody that a claim about it names as having taken, held, left or lost it, allies as one.

use std::collections::BTreeMap;

use contested_model::{ClaimType, Participant};

use super::reading::Reading;
use crate::names::same_actor;
use crate::reliability::one_side;
use crate::source::acting;
use crate::world::World;

/// The candidate holders of one place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holders {
    sides: Vec<Side>,
    /// Sides by what their members are called: names are compared once.
    called: BTreeMap<(Option<String>, String), usize>,
}

#[derive(Debug, Clone)]
struct Side {
    name: String,
    actor: Option<String>,
    members: Vec<Participant>,
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
            matches!(reading.kept.claim.claim_type, ClaimType::Seize | ClaimType::Holds | ClaimType::Retreat)
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
        holders
    }

    pub(crate) const fn len(&self) -> usize {
        self.sides.len()
    }

    pub(crate) fn name(&self, at: usize) -> &str {
        self.sides.get(at).map_or("", |side| &side.name)
    }

    /// The id of the first of its members that has one.
    pub(crate) fn actor(&self, at: usize) -> Option<&str> {
        self.sides.get(at).and_then(|side| side.actor.as_deref())
    }

    /// The side that `who` belongs to.
    pub(crate) fn position(&self, who: &Participant) -> Option<usize> {
        self.called.get(&called(who)).copied().or_else(|| self.side_of(who))
    }

    fn side_of(&self, who: &Participant) -> Option<usize> {
        self.sides.iter().position(|side| side.members.iter().any(|member| same_actor(member, who)))
    }

    fn join(
        &mut self,
        who: &Participant,
        joint: Option<usize>,
        reading: &Reading<'_>,
        world: &dyn World,
    ) -> usize {
        if let Some(&at) = self.called.get(&called(who)) {
            return at;
        }
        let allied =
            |side: &Side| side.members.first().is_some_and(|first| one_side(first, who, reading.day, world));
        let at = self.side_of(who).or_else(|| self.sides.iter().position(allied)).or(joint);
        let at = at.unwrap_or_else(|| {
            self.sides.push(Side { name: who.name.clone(), actor: None, members: Vec::new() });
            self.sides.len() - 1
        });
        let side = &mut self.sides[at];
        side.actor = side.actor.take().or_else(|| who.actor.clone());
        side.members.push(who.clone());
        self.called.insert(called(who), at);
        at
    }
}
