//! Actors: known by name, or made of the words of a phrase.

use contested_knowledge::actors::{Actor, ActorContext, ActorKind, Composed};
use contested_language::tags::{NameKind, Upos};

use super::words::{is_direction, is_proper, words};
use super::{Context, NameOf, Named};
use crate::mentions::{PlaceWords, Sort};
use crate::nouns::{self, Class};
use crate::tree::Tree;

/// Words that a known name may run past the phrase it begins in.
const NAME_TAIL: u32 = 6;

impl Context<'_> {
    /// An actor made of a noun phrase, read in the report's context.
    pub(crate) fn compose(&self, words: &[&str], head: usize) -> Option<Composed> {
        let countries: Vec<(&str, f32)> =
            self.theatre.iter().map(|(code, weight)| (code.as_str(), *weight)).collect();
        self.knowledge.actors.compose(words, head, &ActorContext { countries: &countries, date: self.date })
    }

    /// Whether the report is about a country that the actor belongs to: its officials then speak for a side.
    pub(crate) fn is_party(&self, actor: &Actor) -> bool {
        actor.kind.is_armed()
            || actor
                .country
                .as_ref()
                .is_some_and(|code| self.countries.iter().take(2).any(|(known, _)| known == code))
    }

    /// The state with this ISO code, as an actor.
    pub(crate) fn state(&self, code: &str) -> Option<&Actor> {
        self.knowledge.actors.get(&code.to_lowercase()).filter(|actor| actor.kind == ActorKind::State)
    }

    /// An actor of the knowledge base named in the phrase, or composed of its words.
    pub(super) fn known_actor(
        &self,
        tree: &Tree<'_>,
        at: u32,
        start: u32,
        last: u32,
        plain: &str,
        names: &[NameOf],
    ) -> Option<Named> {
        // a known name may run on past the phrase: "Observatory for Human Rights"
        // … but "Iran" of "Iran-backed militias" is Iran alone
        let compound = at + 2 < tree.len() && tree.norm(at + 1) == "-" && tree.upos(at + 2) == Upos::Verb;
        let (last, tail) = if compound { (at, 0) } else { (last, NAME_TAIL) };
        let beyond = words(tree, start, (last + tail).min(tree.len() - 1));
        let beyond: Vec<&str> = beyond.iter().map(String::as_str).collect();
        let words = &beyond[..=(last - start) as usize];
        let head = (at - start) as usize;
        // "Russian" before a noun, "the Russians"
        if words.len() == 1
            && let Some(state) = self
                .knowledge
                .places
                .country_of_demonym(words[0])
                .and_then(|country| self.state(country.code.as_str()))
        {
            return Some(Self::of_actor(state));
        }
        let lemma = tree.lemma(at);
        let mut best: Option<(usize, usize, &Actor)> = None;
        let mut from = 0;
        while from < words.len() {
            let Some((count, actor, sure)) = self.longest_actor(tree, &beyond, from, start, names) else {
                from += 1;
                continue;
            };
            if sure && best.is_none_or(|(low, high, _)| from + count > high && (from <= head || low > head)) {
                best = Some((from, from + count, actor));
            }
            from += count.max(1);
        }
        // "Syria's army" and "syria s army" compose like "Syria army"
        let bare: Vec<&str> = words.iter().copied().filter(|word| *word != "'s").collect();
        if let Some(source) = (0..=head).find_map(|from| {
            let found = self.knowledge.sources.longest_at(&beyond, from)?;
            let spelt = found.words > 1
                || tree.token(at).text.len() > 2 && tree.token(at).text.chars().all(char::is_uppercase);
            (from + found.words > head && spelt && !found.ambiguous).then_some(found.source)
        }) && best.is_none_or(|(low, high, _)| head < low || high <= head)
        {
            return Some(Named {
                proper: true,
                country: source.country.clone(),
                ..Named::bare(Sort::Actor, source.name.clone())
            });
        }
        // "the al-Qaeda-linked group" is not al-Qaeda
        let tied = best.filter(|&(_, high, _)| {
            high + 1 < words.len()
                && words[high] == "-"
                && matches!(tree.upos(start + high as u32 + 1), Upos::Verb | Upos::Adj)
        });
        let composed = self.compose(&bare, head - words[..head].iter().filter(|word| **word == "'s").count());
        if let Some((low, high, actor)) = best {
            let covers = low <= head && head < high;
            // "central Syria attack": where, not who
            let directed = low > 0 && is_direction(words[low - 1]) && actor.kind == ActorKind::State;
            // "Port Sudan": a town called after the state
            let town = actor.kind == ActorKind::State
                && (start..start + low as u32).any(|from| {
                    let name = self.slice(tree.sentence.span_of(from, start + high as u32 - 1));
                    is_proper(tree, from) && self.knowledge.places.is_place_name(&name).is_some()
                });
            if covers && (directed || town) {
                return None;
            }
            if covers {
                let mut named = Self::of_actor(actor);
                if named.sort == Sort::Both && !self.is_demonym(words[head]) {
                    let (first, last) = (start + low as u32, start + high as u32 - 1);
                    let bare = self.slice(tree.sentence.span_of(first, last));
                    named.place = Some(PlaceWords {
                        first,
                        last,
                        name: named.name.clone(),
                        bare,
                        kind_hint: None,
                        inside: Vec::new(),
                        direction: None,
                    });
                }
                return Some(named);
            }
            let person = composed.as_ref().is_some_and(|c| c.role.is_some());
            let state = actor.kind == ActorKind::State && composed.as_ref().is_some_and(|c| c.is_actor);
            if high <= head
                && tied.is_none()
                && !person
                && !state
                && (nouns::is(lemma, Class::Fighter)
                    || nouns::is(lemma, Class::Arm)
                    || nouns::is(lemma, Class::Position))
            {
                return Some(Self::of_actor(actor));
            }
        }
        let other = |c: &Composed| tied.is_none_or(|(_, _, actor)| c.id.as_ref() != Some(&actor.id));
        if let Some(composed) = composed.filter(|c| c.is_actor && other(c)) {
            let sort = match composed.kind {
                ActorKind::State => Sort::Both,
                ActorKind::Civilians => Sort::People,
                _ => Sort::Actor,
            };
            return Some(Named {
                actor: composed.id,
                country: composed.country,
                human: composed.role.is_some(),
                body: composed.affiliation,
                proper: best.is_some(),
                ..Named::bare(sort, composed.name)
            });
        }
        // a town that the tagger takes for a person or group: only where the gazetteer has the very name and nothing else is called so
        if self.is_placed(tree, at, plain) {
            return None;
        }
        match names[at as usize] {
            Some((_, _, NameKind::Person)) => {
                // "PMF spokesman Ahmed al-Asadi": whom the title before the name speaks for
                let title = (0..head).find(|&t| nouns::is(tree.lemma(start + t as u32), Class::Human));
                let body = title.and_then(|t| {
                    let composed = self.compose(&words[..=t], t).and_then(|c| c.affiliation);
                    composed.or_else(|| {
                        let known =
                            (0..t).find_map(|from| self.longest_actor(tree, &words[..t], from, start, names));
                        known.map(|(_, actor, _)| actor.name.clone())
                    })
                });
                Some(Named { proper: true, human: true, body, ..Named::bare(Sort::Actor, plain.to_owned()) })
            }
            _ => None,
        }
    }

    pub(crate) fn of_actor(actor: &Actor) -> Named {
        let sort = if actor.kind == ActorKind::State { Sort::Both } else { Sort::Actor };
        Named {
            actor: Some(actor.id.clone()),
            country: actor.country.clone(),
            proper: true,
            human: actor.kind == ActorKind::Person,
            ..Named::bare(sort, actor.name.clone())
        }
    }

    /// A longest actor name at `from`, and whether it may be trusted: acronyms and words that are also English need capitals or a name tag.
    pub(crate) fn longest_actor(
        &self,
        tree: &Tree<'_>,
        words: &[&str],
        from: usize,
        start: u32,
        names: &[NameOf],
    ) -> Option<(usize, &Actor, bool)> {
        let countries: Vec<(&str, f32)> =
            self.countries.iter().map(|(code, weight)| (code.as_str(), *weight)).collect();
        let found = self.knowledge.actors.longest_at_in(
            words,
            from,
            &ActorContext { countries: &countries, date: self.date },
        )?;
        let at = start + from as u32;
        // "car bombs" are no Central African Republic: in cased copy an acronym has capitals
        let lower = tree.token(at).text.chars().all(char::is_lowercase);
        if self.cased && lower && found.words == 1 && tree.norm(at).len() <= 4 && names[at as usize].is_none()
        {
            return Some((found.words, found.actor, false));
        }
        let sure = !found.ambiguous
            || names[at as usize].is_some()
            || tree.token(at).text.chars().all(|c| !c.is_lowercase())
            || tree.upos(at) == Upos::Propn;
        Some((found.words, found.actor, sure))
    }
}
