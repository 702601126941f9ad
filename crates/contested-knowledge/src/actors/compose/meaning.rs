//! Which known actor a composed phrase comes to, and for whom somebody with an office speaks.

use super::around::{After, Before};
use super::tables::{Class, Head};
use super::{Composed, phrase};
use crate::actors::{ActorContext, ActorKind, Actors, TieKind};

impl Actors {
    /// Fighters, weapons and parts of a known actor are that actor.
    pub(super) fn owned(
        &self,
        owner: u32,
        head: &Head,
        mut out: Composed,
        context: &ActorContext<'_>,
    ) -> Composed {
        let actor = &self.list[owner as usize];
        // A head of state's forces are the state's.
        let led = actor.ties.iter().find(|tie| tie.kind == TieKind::Leads && tie.when.holds(context.date));
        let nation =
            led.filter(|_| actor.kind == ActorKind::Person).and_then(|tie| self.state_nation(&tie.other));
        if let Some(nation) = nation {
            let suffix = head.institution.as_deref().unwrap_or("government");
            let government = matches!(head.class, Class::Weapon | Class::Owned);
            out.name = match (head.class, government) {
                (_, true) => format!("{} government", nation.adjective),
                (Class::Forces | Class::Fighters | Class::Member, _) => {
                    format!("{} government forces", nation.adjective)
                }
                _ => format!("{} {}", nation.adjective, suffix.replace('-', " ")),
            };
            let id =
                format!("{}-{}", nation.iso2.to_lowercase(), if government { "government" } else { suffix });
            out.id = self.get(&id).map(|known| known.id.clone());
            out.country = Some(nation.iso2.clone());
        } else if let Some(body) = led
            .filter(|_| actor.kind == ActorKind::Person)
            .and_then(|tie| self.get(&tie.other))
            .filter(|body| body.kind.is_armed() && !matches!(head.class, Class::Official | Class::People))
        {
            // "Haftar's forces" are those that he leads
            out.name.clone_from(&body.name);
            out.id = Some(body.id.clone());
            out.kind = body.kind;
            out.country.clone_from(&body.country);
        } else {
            out.name.clone_from(&actor.name);
            out.id = Some(actor.id.clone());
            out.kind = actor.kind;
            out.country.clone_from(&actor.country);
        }
        out.anonymous = false;
        out.is_actor = head.class != Class::Owned;
        out
    }

    /// Weapons, strikes and positions stand for whom they belong to.
    pub(super) fn belongings(&self, head: &Head, before: &Before<'_>, mut out: Composed) -> Option<Composed> {
        out.is_actor = head.class == Class::Weapon;
        let nation = before.nation;
        if before.opposition {
            let name = phrase(
                &nation.map(|nation| nation.adjective.clone()).into_iter().collect::<Vec<_>>(),
                "rebels",
            );
            out.id = self.names.owners(&name).first().map(|hit| self.list[hit.owner as usize].id.clone());
            out.name = name;
            out.kind = ActorKind::ArmedGroup;
            return Some(out);
        }
        let nation = nation?;
        let state = nation.iso2.to_lowercase();
        if before.government {
            out.name = format!("{} government", nation.adjective);
            out.id = Some(format!("{state}-government"));
            out.kind = ActorKind::Government;
        } else {
            out.name.clone_from(&nation.name);
            out.id = Some(state);
            out.kind = ActorKind::State;
        }
        out.id = out.id.filter(|id| self.by_id.contains_key(id));
        Some(out)
    }

    /// The body that somebody with an office belongs to.
    pub(super) fn affiliation(
        &self,
        owner: Option<u32>,
        after: Option<&After<'_>>,
        before: &Before<'_>,
        key: &str,
    ) -> Option<String> {
        if let Some(owner) = owner {
            return Some(self.list[owner as usize].name.clone());
        }
        if let Some(text) = after.map(|after| after.text.join(" ")).filter(|text| !text.is_empty()) {
            return Some(text);
        }
        let body: Vec<String> = before
            .kept
            .iter()
            .filter(|word| word.as_str() != "senior" && word.as_str() != "former")
            .cloned()
            .collect();
        if let Some(nation) = before.nation.filter(|nation| body.len() == 1 && body[0] == nation.adjective) {
            return Some(nation.name.clone());
        }
        let body = body.join(" ");
        (!body.is_empty() && body != key).then_some(body)
    }

    pub(super) fn id_of(
        &self,
        head: &Head,
        before: &Before<'_>,
        out: &Composed,
        context: &ActorContext<'_>,
    ) -> Option<String> {
        if before.tied {
            return self.known(&out.name, context);
        }
        if let Some(id) = self.known(&out.name, context) {
            return Some(id);
        }
        let nation = before.nation?;
        if before.opposition && head.class != Class::Official {
            return self.known(&format!("{} rebels", nation.adjective), context);
        }
        if before.ethnicity.is_some() || !matches!(head.class, Class::Forces | Class::Institution) {
            return None;
        }
        // "provincial government", "interim government": not the state's.
        let other = before.kept.iter().any(|word| {
            matches!(
                word.as_str(),
                "local"
                    | "regional"
                    | "provincial"
                    | "federal"
                    | "transitional"
                    | "interim"
                    | "foreign"
                    | "tribal"
                    | "former"
            )
        });
        let suffix = head.institution.as_deref().filter(|_| !other)?;
        let id = format!("{}-{suffix}", nation.iso2.to_lowercase());
        self.by_id.contains_key(&id).then_some(id)
    }

    pub(super) fn known(&self, name: &str, context: &ActorContext<'_>) -> Option<String> {
        let hits = self.names.owners(name);
        self.decide(hits.iter().map(|hit| hit.owner), name, context)
            .map(|owner| self.list[owner as usize].id.clone())
    }
}
