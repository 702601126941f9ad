//! What other schemes call a participant (`data/bodies.tsv`, and the codes that the knowledge base has for known actors).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use contested_knowledge::Knowledge;
use contested_knowledge::actors::{Actor, ActorKind};
use contested_model::Participant;

use crate::tsv::rows;

const TEXT: &str = include_str!("../data/bodies.tsv");

#[derive(Debug, Clone, Copy)]
struct Row {
    home: Option<u8>,
    abroad: Option<u8>,
    sector: &'static str,
    role: Option<&'static str>,
}

struct Tables {
    kinds: BTreeMap<&'static str, Row>,
    words: Vec<(&'static str, Row)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { kinds: BTreeMap::new(), words: Vec::new() };
    for [kind, home, abroad, sector, role] in rows::<5>(TEXT) {
        let row = Row {
            home: home.parse().ok(),
            abroad: abroad.parse().ok(),
            sector,
            role: Some(role).filter(|role| *role != "."),
        };
        match kind.strip_prefix("word:") {
            Some(words) => tables.words.extend(words.split(' ').map(|word| (word, row))),
            None => drop(tables.kinds.insert(kind, row)),
        }
    }
    tables
});

/// A participant in the terms of other schemes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body {
    /// As claims have it.
    pub(crate) name: String,
    /// Sort of body, where the actor is known.
    pub(crate) kind: Option<ActorKind>,
    /// ISO 3166-1 alpha-2, where the actor belongs to a state or fights in one.
    pub(crate) country: Option<String>,
    /// ACLED's interaction code, 1 to 8.
    pub(crate) inter: Option<u8>,
    /// PLOVER's sector.
    pub(crate) sector: &'static str,
    /// CAMEO's actor code.
    pub(crate) cameo: Option<String>,
    /// UCDP's number.
    pub(crate) ucdp: Option<u32>,
}

impl Body {
    /// Whoever takes part in something in `country`.
    pub(crate) fn of(who: &Participant, country: Option<&str>, knowledge: &Knowledge) -> Self {
        match who.actor.as_deref().and_then(|id| knowledge.actors.get(id)) {
            Some(actor) => Self::known(who, actor, country, knowledge),
            None => Self::named(who, country, knowledge),
        }
    }

    fn known(who: &Participant, actor: &Actor, country: Option<&str>, knowledge: &Knowledge) -> Self {
        // An office or a man stands for the body that it is part of.
        let stands_for = match actor.kind {
            ActorKind::Person => {
                let led =
                    actor.ties.iter().find(|tie| tie.kind == contested_knowledge::actors::TieKind::Leads);
                led.map(|tie| tie.other.as_str())
                    .or(actor.parent.as_deref())
                    .and_then(|id| knowledge.actors.get(id))
            }
            _ => None,
        }
        .unwrap_or(actor);
        let row = TABLES.kinds.get(stands_for.kind.as_str()).copied();
        let at_home = actor.country.is_none() || country.is_none() || actor.country.as_deref() == country;
        let inter = match stands_for.acled.or(actor.acled) {
            Some(1) if !at_home => Some(8),
            Some(code) => Some(code),
            None => row.and_then(|row| if at_home { row.home } else { row.abroad }),
        };
        let cameo = actor
            .cameo
            .clone()
            .or_else(|| composed(actor.country.as_deref(), row.and_then(|row| row.role), knowledge));
        Self {
            name: who.name.clone(),
            kind: Some(actor.kind),
            country: actor.country.clone(),
            inter,
            sector: row.map_or("UNK", |row| row.sector),
            cameo,
            ucdp: actor.ucdp,
        }
    }

    /// Somebody whom the knowledge base does not have, by the words of the name.
    fn named(who: &Participant, country: Option<&str>, knowledge: &Knowledge) -> Self {
        let lower = who.name.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let row = TABLES.words.iter().find(|(word, _)| words.contains(word)).map(|&(_, row)| row);
        let nation = who
            .name
            .split_whitespace()
            .find_map(|word| knowledge.places.country_of_demonym(word))
            .map(|nation| nation.code.as_str().to_owned());
        let at_home = nation.is_none() || country.is_none() || nation.as_deref() == country;
        Self {
            name: who.name.clone(),
            kind: None,
            inter: row.and_then(|row| if at_home { row.home } else { row.abroad }),
            sector: row.map_or("UNK", |row| row.sector),
            cameo: composed(nation.as_deref(), row.and_then(|row| row.role), knowledge),
            country: nation,
            ucdp: None,
        }
    }
}

/// A CAMEO actor code from a country and a role: `SYR` and `MIL`. A state as such has no role.
fn composed(country: Option<&str>, role: Option<&str>, knowledge: &Knowledge) -> Option<String> {
    let nation = country
        .and_then(|code| knowledge.actors.get(&code.to_lowercase()))
        .and_then(|state| state.cameo.clone())
        .filter(|code| code.len() >= 3)
        .map(|code| code.chars().take(3).collect::<String>());
    match (nation, role) {
        (Some(nation), role) => Some(format!("{nation}{}", role.unwrap_or_default())),
        (None, Some(role)) => Some(role.to_owned()),
        (None, None) => None,
    }
}

/// Whether ACLED's code is one of forces of a state, the own one or another.
pub(crate) const fn is_state(inter: Option<u8>) -> bool {
    matches!(inter, Some(1 | 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(name: &str, actor: Option<&str>, country: &str) -> Body {
        let who = Participant {
            name: name.to_owned(),
            text: String::new(),
            start: 0,
            end: 0,
            actor: actor.map(str::to_owned),
        };
        Body::of(&who, Some(country), Knowledge::embedded())
    }

    #[test]
    fn every_kind_has_a_row_and_every_row_is_read() {
        assert_eq!(rows::<5>(TEXT).count(), crate::tsv::count(TEXT));
        for actor in Knowledge::embedded().actors.all() {
            assert!(TABLES.kinds.contains_key(actor.kind.as_str()), "{}", actor.id);
        }
    }

    #[test]
    fn an_army_at_home_is_the_state_and_abroad_an_external_force() {
        assert_eq!(body("Syrian Army", Some("sy-army"), "SY").inter, Some(1));
        assert_eq!(body("Syrian Army", Some("sy-army"), "LB").inter, Some(8));
        assert_eq!(body("Syrian Army", Some("sy-army"), "SY").sector, "MIL");
        assert_eq!(body("Islamic State", Some("islamic-state"), "SY").inter, Some(2));
    }

    #[test]
    fn who_is_not_known_is_told_by_the_words() {
        assert_eq!(body("two civilians", None, "SY").inter, Some(7));
        assert_eq!(body("Iraqi soldiers", None, "SY").inter, Some(8));
        assert_eq!(body("Iraqi soldiers", None, "IQ").cameo.as_deref(), Some("IRQMIL"));
        assert_eq!(body("gunmen", None, "SY").sector, "UAF");
        assert_eq!(body("the convoy", None, "SY").inter, None);
    }
}
