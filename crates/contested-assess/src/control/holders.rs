//! Who may hold a place: everybody that a claim about it names as having taken, held, left or lost it, allies as one.

use contested_model::{ClaimType, Kept, Participant};

use crate::names::same_actor;
use crate::reliability::one_side;
use crate::source::acting;
use crate::world::World;

/// The candidate holders of one place.
#[derive(Debug, Clone)]
pub(super) struct Holders {
    sides: Vec<Side>,
}

#[derive(Debug, Clone)]
struct Side {
    name: String,
    members: Vec<Participant>,
}

impl Holders {
    /// The candidates named in the claims of `group`, in the order of their first mention.
    pub(super) fn of(group: &[&Kept], world: &dyn World) -> Self {
        let mut sides: Vec<Side> = Vec::new();
        // Who fights for a place need never have held it.
        let tells = |k: &&&Kept| {
            matches!(k.claim.claim_type, ClaimType::Seize | ClaimType::Holds | ClaimType::Retreat)
        };
        for kept in group.iter().filter(tells) {
            let mut joint: Option<usize> = None;
            for agent in &acting(&kept.claim) {
                let at = find(&sides, agent, kept, world).or(joint);
                joint = Some(join(&mut sides, at, agent));
            }
            for target in &kept.claim.targets {
                let at = find(&sides, target, kept, world);
                join(&mut sides, at, target);
            }
        }
        Self { sides }
    }

    pub(super) fn len(&self) -> usize {
        self.sides.len()
    }

    pub(super) fn name(&self, at: usize) -> &str {
        self.sides.get(at).map_or("", |side| &side.name)
    }

    /// The side that `who` belongs to.
    pub(super) fn position(&self, who: &Participant) -> Option<usize> {
        self.sides.iter().position(|side| side.members.iter().any(|member| same_actor(member, who)))
    }
}

fn find(sides: &[Side], who: &Participant, kept: &Kept, world: &dyn World) -> Option<usize> {
    let same = |side: &Side| side.members.iter().any(|member| same_actor(member, who));
    let allied =
        |side: &Side| side.members.first().is_some_and(|first| one_side(first, who, kept.day(), world));
    sides.iter().position(same).or_else(|| sides.iter().position(allied))
}

fn join(sides: &mut Vec<Side>, at: Option<usize>, who: &Participant) -> usize {
    let at = at.unwrap_or_else(|| {
        sides.push(Side { name: who.name.clone(), members: Vec::new() });
        sides.len() - 1
    });
    if !sides[at].members.iter().any(|member| same_actor(member, who) && member.name == who.name) {
        sides[at].members.push(who.clone());
    }
    at
}
