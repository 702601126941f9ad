//! Whose side an actor is on at a date, through what it is part of, who leads it, who backs it and whom they fight.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Actor, ActorKind, Actors, TieKind};

/// How two actors stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alliance {
    /// One side: the same, part of one another, allied or backed by one another.
    Allied,
    /// Enemies, or one is the enemy of the other's ally.
    Opposed,
    /// Both are known and nothing ties them.
    Neither,
    /// One of them is not known, or nothing is known of its ties.
    Unknown,
}

/// Steps up that are followed; no chain of command in the tables is longer.
const DEPTH: usize = 6;

impl Actors {
    /// How `a` and `b` stand to one another on `date`; without a date, ever.
    pub fn allied(&self, a: &str, b: &str, date: Option<Date>) -> Alliance {
        let (Some(first), Some(second)) = (self.get(a), self.get(b)) else { return Alliance::Unknown };
        if a == b || self.is_part_of(a, b, date) || self.is_part_of(b, a, date) {
            return Alliance::Allied;
        }
        let (up, over) = (self.above(first, date), self.above(second, date));
        if let Some(direct) = Self::direct(&up, &over, date) {
            return direct;
        }
        if up.iter().any(|(_, x)| over.iter().any(|(_, y)| x.id == y.id)) {
            return Alliance::Allied;
        }
        self.through_others(&up, &over, date)
    }

    /// Whether `a` is `b` or part of it on `date`, through any number of steps; a person is part of what they lead.
    pub fn is_part_of(&self, a: &str, b: &str, date: Option<Date>) -> bool {
        self.get(a).is_some_and(|actor| self.chain(actor, date, false).iter().any(|(_, above)| above.id == b))
    }

    fn above<'a>(&'a self, actor: &'a Actor, date: Option<Date>) -> Vec<(usize, &'a Actor)> {
        self.chain(actor, date, true)
    }

    /// The actor and all that it is part of or leads, with the number of steps.
    fn chain<'a>(
        &'a self,
        actor: &'a Actor,
        date: Option<Date>,
        governments: bool,
    ) -> Vec<(usize, &'a Actor)> {
        let mut out = vec![(0, actor)];
        let mut at = 0;
        while let Some(&(steps, actor)) = out.get(at) {
            at += 1;
            if steps == DEPTH {
                continue;
            }
            for tie in actor.ties.iter().filter(|tie| tie.when.holds(date)) {
                if matches!(tie.kind, TieKind::PartOf | TieKind::Leads)
                    && let Some(above) = self.get(&tie.other)
                    && !out.iter().any(|(_, seen)| seen.id == above.id)
                {
                    out.push((steps + 1, above));
                }
            }
            // A state stands where its government stands.
            if governments
                && actor.kind == ActorKind::State
                && let Some(government) = self.get(&format!("{}-government", actor.id))
                && !out.iter().any(|(_, seen)| seen.id == government.id)
            {
                out.push((steps + 1, government));
            }
        }
        out
    }

    /// The tie between the closest pair that has one; of equally close ones, enmity.
    fn direct(up: &[(usize, &Actor)], over: &[(usize, &Actor)], date: Option<Date>) -> Option<Alliance> {
        let mut best: Option<(usize, Alliance)> = None;
        for &(i, x) in up {
            for &(j, y) in over {
                for alliance in [stance(x, y, date), stance(y, x, date)].into_iter().flatten() {
                    let found = (i + j, alliance);
                    let closer = best.is_none_or(|(steps, kept)| {
                        found.0 < steps
                            || found.0 == steps && kept == Alliance::Allied && alliance == Alliance::Opposed
                    });
                    if closer {
                        best = Some(found);
                    }
                }
            }
        }
        best.map(|(_, alliance)| alliance)
    }

    /// Common friends and the enemies of friends.
    fn through_others<'a>(
        &'a self,
        up: &[(usize, &'a Actor)],
        over: &[(usize, &'a Actor)],
        date: Option<Date>,
    ) -> Alliance {
        let both = |side| (self.tied(side, date, Alliance::Allied), self.tied(side, date, Alliance::Opposed));
        let ((a_friends, a_enemies), (b_friends, b_enemies)) = (both(up), both(over));
        let share = |left: &[&str], right: &[&str]| left.iter().any(|id| right.contains(id));
        if (a_friends.is_empty() && a_enemies.is_empty()) || (b_friends.is_empty() && b_enemies.is_empty()) {
            Alliance::Unknown
        } else if share(&a_friends, &b_enemies) || share(&a_enemies, &b_friends) {
            Alliance::Opposed
        } else if share(&a_friends, &b_friends) {
            Alliance::Allied
        } else {
            Alliance::Neither
        }
    }

    /// Ids of all that are allied with or opposed to somebody in `side`.
    fn tied<'a>(&'a self, side: &[(usize, &'a Actor)], date: Option<Date>, wanted: Alliance) -> Vec<&'a str> {
        let mut out: Vec<&str> = Vec::new();
        for (_, actor) in side {
            for tie in actor.ties.iter().filter(|tie| tie.when.holds(date)) {
                if side_of(tie.kind) == Some(wanted) && !out.contains(&tie.other.as_str()) {
                    out.push(&tie.other);
                }
            }
        }
        for (_, actor) in side {
            for &(other, tie) in self.tied_to.get(&actor.id).into_iter().flatten() {
                let other = &self.list[other as usize];
                let tie = &other.ties[tie as usize];
                if tie.when.holds(date)
                    && side_of(tie.kind) == Some(wanted)
                    && !out.contains(&other.id.as_str())
                {
                    out.push(&other.id);
                }
            }
        }
        out
    }
}

/// The ties of `list` that say on whose side somebody is, by whom they point at.
pub(super) fn tied_to(list: &[Actor]) -> HashMap<String, Vec<(u32, u32)>> {
    let mut tied: HashMap<String, Vec<(u32, u32)>> = HashMap::new();
    for (at, actor) in list.iter().enumerate() {
        for (number, tie) in actor.ties.iter().enumerate().filter(|(_, tie)| side_of(tie.kind).is_some()) {
            tied.entry(tie.other.clone()).or_default().push((at as u32, number as u32));
        }
    }
    tied
}

/// What ties of this kind say of sides; command and membership are followed elsewhere.
const fn side_of(kind: TieKind) -> Option<Alliance> {
    match kind {
        TieKind::Ally | TieKind::Backer | TieKind::Backs | TieKind::Member | TieKind::Leader => {
            Some(Alliance::Allied)
        }
        TieKind::Enemy => Some(Alliance::Opposed),
        TieKind::PartOf | TieKind::Leads | TieKind::Successor | TieKind::Predecessor => None,
    }
}

fn stance(of: &Actor, to: &Actor, date: Option<Date>) -> Option<Alliance> {
    let ties = of.ties.iter().filter(|tie| tie.other == to.id && tie.when.holds(date));
    // Friends of one year and enemies of another, asked without a date, count as enemies.
    ties.filter_map(|tie| side_of(tie.kind)).max()
}
