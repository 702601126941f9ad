//! The tables of composition: head nouns (`data/actors/heads.tsv`), modifiers (`modifiers.tsv`) and whom general words mean (`generic.tsv`).

use std::collections::HashMap;

use crate::actors::{ActorContext, ActorKind, Validity};
use crate::tsv::{self, DataError};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Soldiers of a state.
    Forces,
    /// A named part of an army.
    Unit,
    /// A body of a state.
    Institution,
    /// Fighters of no state.
    Fighters,
    /// Several actors together.
    Coalition,
    /// "members of X" are X.
    Member,
    /// People.
    People,
    /// Somebody with an office.
    Official,
    /// Weapons and strikes: their owner acts.
    Weapon,
    /// Positions and bases: their owner suffers.
    Owned,
    /// Outlets and monitors.
    Media,
}

#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) class: Class,
    pub(super) kind: ActorKind,
    pub(super) institution: Option<String>,
    pub(super) role: Option<String>,
    /// Alone it means the body of the report's country.
    pub(super) by_context: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Modifier {
    Keep(String),
    Government(String),
    Opposition(String),
    Ethnic(String),
}

/// Head nouns and modifiers.
#[derive(Debug, Clone, Default)]
pub(in crate::actors) struct Tables {
    pub(super) heads: HashMap<String, Head>,
    pub(super) modifiers: HashMap<String, Modifier>,
    /// By head noun: country, when, and the id of whom it means.
    generic: HashMap<String, Vec<(String, Validity, String)>>,
}

const HEAD: [&str; 7] = ["head", "class", "kind", "institution", "source", "role", "bare"];
const MODIFIER: [&str; 3] = ["word", "class", "value"];
const GENERIC: [&str; 5] = ["words", "country", "when", "actor", "from"];

impl Tables {
    pub(in crate::actors) fn parse(heads: (&str, &str), modifiers: (&str, &str)) -> Result<Self, DataError> {
        let mut tables = Self::default();
        for row in tsv::rows(heads.0, heads.1, HEAD)? {
            let [names, class, kind, institution, _, role, bare] = row.cells;
            let wrong = |reason: String| DataError::new(heads.0, row.line, reason);
            let class = match class {
                "forces" => Class::Forces,
                "unit" => Class::Unit,
                "institution" => Class::Institution,
                "fighters" => Class::Fighters,
                "coalition" => Class::Coalition,
                "member" => Class::Member,
                "people" => Class::People,
                "official" => Class::Official,
                "weapon" => Class::Weapon,
                "owned" => Class::Owned,
                "media" => Class::Media,
                other => return Err(wrong(format!("`{other}` is no class of head nouns"))),
            };
            let kind = match kind {
                "" => ActorKind::ArmedGroup,
                kind => {
                    ActorKind::parse(kind).ok_or_else(|| wrong(format!("`{kind}` is no kind of actor")))?
                }
            };
            let filled = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
            let by_context = match bare {
                "" => false,
                "context" => true,
                other => return Err(wrong(format!("`{other}`: expected `context` or nothing"))),
            };
            for name in tsv::list(names) {
                let head =
                    Head { class, kind, institution: filled(institution), role: filled(role), by_context };
                if tables.heads.insert(name.to_owned(), head).is_some() {
                    return Err(wrong(format!("the head `{name}` stands twice")));
                }
            }
        }
        for row in tsv::rows(modifiers.0, modifiers.1, MODIFIER)? {
            let [word, class, value] = row.cells;
            let value = if value.is_empty() { word } else { value }.to_owned();
            let modifier = match class {
                "keep" => Modifier::Keep(value),
                "government" => Modifier::Government(value),
                "opposition" => Modifier::Opposition(value),
                "ethnic" => Modifier::Ethnic(value),
                other => {
                    let reason = format!("`{other}` is no class of modifiers");
                    return Err(DataError::new(modifiers.0, row.line, reason));
                }
            };
            if tables.modifiers.insert(word.to_owned(), modifier).is_some() {
                return Err(DataError::new(modifiers.0, row.line, format!("`{word}` stands twice")));
            }
        }
        Ok(tables)
    }

    /// Adds whom general words mean; `known` says whether there is an actor with an id.
    pub(in crate::actors) fn generic(
        &mut self,
        (file, text): (&str, &str),
        known: impl Fn(&str) -> bool,
    ) -> Result<(), DataError> {
        for row in tsv::rows(file, text, GENERIC)? {
            let [words, country, when, actor, from] = row.cells;
            let wrong = |reason: String| DataError::new(file, row.line, reason);
            if !known(actor) {
                return Err(wrong(format!("there is no actor `{actor}`")));
            }
            if !known(&country.to_lowercase()) {
                return Err(wrong(format!("`{country}` is no code of a country, such as SY")));
            }
            if from.is_empty() {
                return Err(wrong("say where the row is from".to_owned()));
            }
            let Some(when) = Validity::parse(when) else {
                return Err(wrong(format!("`{when}`: expected dates such as 2014-04..2022-02-23")));
            };
            for word in tsv::list(words) {
                if !self.heads.contains_key(word) {
                    return Err(wrong(format!("`{word}` is no head noun of heads.tsv")));
                }
                self.generic.entry(word.to_owned()).or_default().push((
                    country.to_owned(),
                    when,
                    actor.to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// Id of whom `word` means in a report of `country`, which must be dated.
    pub(super) fn meant(&self, word: &str, country: &str, context: &ActorContext<'_>) -> Option<&str> {
        context.date?;
        let rows = self.generic.get(word)?.iter();
        let mut fitting = rows.filter(|(there, when, _)| there == country && when.holds(context.date));
        fitting.next().map(|(_, _, id)| id.as_str())
    }
}
