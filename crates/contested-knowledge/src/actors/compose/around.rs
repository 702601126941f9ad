//! What the words before and after a head noun say: nationality, community, side, a group named beside it, a tie.

use super::tables::Modifier;
use super::ties::tie_at;
use crate::actors::{Actor, ActorContext, ActorKind, Actors, Nation};

/// What the words before the head say.
#[derive(Debug, Default)]
pub(super) struct Before<'a> {
    /// Modifiers that the name keeps, in order, as they are to be written.
    pub(super) kept: Vec<String>,
    pub(super) nation: Option<&'a Nation>,
    pub(super) ethnicity: Option<String>,
    pub(super) government: bool,
    pub(super) opposition: bool,
    /// Id of a known actor named before the head ("Taliban fighters").
    pub(super) actor: Option<u32>,
    /// A tie such as "US-backed" stands before the head.
    pub(super) tied: bool,
}

/// What stands after the head.
#[derive(Debug)]
pub(super) struct After<'a> {
    pub(super) text: Vec<String>,
    pub(super) actor: Option<u32>,
    pub(super) nation: Option<&'a Nation>,
}

impl Actors {
    pub(super) fn before<'a>(
        &'a self,
        words: &[&str],
        lower: &[String],
        head: usize,
        keeps: bool,
        context: &ActorContext<'_>,
    ) -> Before<'a> {
        let mut out = Before::default();
        let mut at = 0;
        while at < head {
            let lower_case = words[at].chars().all(|c| !c.is_uppercase());
            let known = self
                .longest_at_in(&words[..head], at, context)
                .filter(|found| !(found.ambiguous && lower_case));
            // Groups with a name of their own come first; a state's bodies are put together from their words below.
            if let Some(found) = known.filter(|found| !is_of_state(found.actor)) {
                out.actor = self.by_id.get(&found.actor.id).copied();
                at += found.words.max(1);
                continue;
            }
            // "Iran-backed", "Iran - backed", "us backed": a tie to somebody, not a nationality.
            if let Some((width, text)) =
                tie_at(words, lower, at, head).filter(|_| !self.composition.heads.contains_key(&lower[at]))
            {
                out.kept.push(self.tie_words(&text));
                out.tied = true;
                at += width;
                continue;
            }
            if let Some((width, nation)) = self.nation_at(words, at, head) {
                if out.nation.is_none() {
                    out.nation = Some(nation);
                }
                out.kept.push(nation.adjective.clone());
                at += width;
                continue;
            }
            if let Some(found) = known {
                if let Some(nation) = self.state_nation(found.actor.id.as_str()) {
                    out.nation.get_or_insert(nation);
                    out.kept.push(nation.adjective.clone());
                } else {
                    out.actor = self.by_id.get(&found.actor.id).copied();
                }
                at += found.words.max(1);
                continue;
            }
            if let Some(modifier) = self.composition.modifiers.get(lower[at].trim_end_matches("'s")) {
                match modifier {
                    Modifier::Keep(value) => out.kept.push(value.clone()),
                    Modifier::Government(value) => {
                        out.government = true;
                        out.kept.push(value.clone());
                    }
                    Modifier::Opposition(value) => {
                        out.opposition = true;
                        out.kept.push(value.clone());
                    }
                    Modifier::Ethnic(value) => {
                        out.ethnicity.get_or_insert_with(|| value.clone());
                        out.kept.push(value.clone());
                    }
                }
                at += 1;
                continue;
            }
            // Names that the tables do not have ("the doghmush clan", "the arce battalion"), or adjectives with a capital.
            if keeps && is_naming(&lower[at]) {
                out.kept.push(words[at].to_owned());
            }
            at += 1;
        }
        out
    }

    /// Adjective, people or name of a state at `at`, possessive or not, and how many words it takes.
    pub(super) fn nation_at(&self, words: &[&str], at: usize, end: usize) -> Option<(usize, &Nation)> {
        let hits = self.demonyms.longest(&words[at..end]);
        let hit = hits.first()?;
        Some((hit.words, &self.nations[hit.owner as usize]))
    }

    pub(super) fn state_nation(&self, id: &str) -> Option<&Nation> {
        self.nations.iter().find(|nation| nation.iso2.eq_ignore_ascii_case(id))
    }

    pub(super) fn context_nation(&self, context: &ActorContext<'_>) -> Option<&Nation> {
        context.countries.first().and_then(|(iso2, _)| self.state_nation(iso2))
    }

    /// The complement after the head: "of the Syrian army", "in the alliance", "for the ministry".
    pub(super) fn after<'a>(
        &'a self,
        words: &[&str],
        lower: &[String],
        head: usize,
        official: bool,
        context: &ActorContext<'_>,
    ) -> Option<After<'a>> {
        let mut start = None;
        for at in head + 1..words.len().min(head + 4) {
            let owner = match lower[at].as_str() {
                "of" | "from" => true,
                // "fighters with the brigade", not "forces allied with the brigade"
                "with" => at == head + 1,
                "to" => matches!(lower[at - 1].as_str(), "loyal" | "belonging"),
                "in" | "for" | "at" | "by" => false,
                _ => continue,
            };
            if owner || official {
                start = Some(at);
            }
            break;
        }
        let start = start?;
        let rest = &words[start + 1..];
        let mut out = After { text: Vec::new(), actor: None, nation: None };
        let mut at = 0;
        while at < rest.len() {
            if out.actor.is_none()
                && let Some(found) = self.longest_at_in(rest, at, context)
                && !(found.ambiguous && rest[at].chars().all(|c| !c.is_uppercase()))
            {
                match self.state_nation(&found.actor.id) {
                    Some(nation) => out.nation = out.nation.or(Some(nation)),
                    None => out.actor = self.by_id.get(&found.actor.id).copied(),
                }
                out.text.push(found.actor.name.clone());
                at += found.words.max(1);
                continue;
            }
            if !matches!(lower[start + 1 + at].as_str(), "the" | "a" | "an") {
                out.text.push(rest[at].to_owned());
            }
            at += 1;
        }
        if out.actor.is_none() && !rest.is_empty() {
            let composed = self.compose(rest, rest.len() - 1, context);
            out.actor = composed.and_then(|composed| composed.id).and_then(|id| self.by_id.get(&id).copied());
        }
        Some(out)
    }

    /// Whether the word after a person's name before the head is a possessive ending ("Assad's base", not "Ain al-Asad base").
    pub(super) fn possessed(words: &[&str], head: usize) -> bool {
        words[..head]
            .iter()
            .any(|word| crate::names::is_possessive(word) || word.ends_with("'s") || word.ends_with("’s"))
    }
}

/// States and the bodies that the institutions table gives them.
fn is_of_state(actor: &Actor) -> bool {
    actor.kind == ActorKind::State
        || actor.country.as_ref().is_some_and(|iso2| {
            actor.id.strip_prefix(&iso2.to_lowercase()).is_some_and(|rest| rest.starts_with('-'))
        })
}

/// Whether an unknown word before a head may be part of a name: neither a determiner nor a quantity.
fn is_naming(word: &str) -> bool {
    const EMPTY: [&str; 34] = [
        "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "some",
        "several", "many", "few", "all", "both", "other", "another", "more", "most", "any", "no", "each",
        "every", "two", "three", "four", "five", "dozens", "hundreds", "'s", "of",
    ];
    word.chars().any(char::is_alphanumeric)
        && !EMPTY.contains(&word)
        && !word.chars().all(|c| c.is_ascii_digit() || c == ',')
}
