//! The tables of composition: head nouns (`data/actors/heads.tsv`) and modifiers (`modifiers.tsv`).

use std::collections::HashMap;

use crate::actors::ActorKind;
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
}

const HEAD: [&str; 7] = ["head", "class", "kind", "institution", "source", "role", "bare"];
const MODIFIER: [&str; 3] = ["word", "class", "value"];

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
}
