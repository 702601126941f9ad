//! The kind of a source that no table knows, from its head noun and what stands around it.

use std::collections::HashMap;

use contested_model::SourceKind;

use super::Sources;
use crate::tsv::{self, DataError};

/// An unknown source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceComposed {
    /// What sort of source it is.
    pub kind: SourceKind,
    /// Nobody is named.
    pub anonymous: bool,
    /// Office or rank, where it has one.
    pub role: Option<String>,
}

/// Head nouns with the kind that each gives, and modifiers that change it.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    heads: HashMap<String, (SourceKind, Option<String>)>,
    modifiers: HashMap<String, SourceKind>,
}

const HEAD: [&str; 7] = ["head", "class", "kind", "institution", "source", "role", "bare"];
const MODIFIER: [&str; 3] = ["word", "kind", "note"];
const LONGEST_HEAD: usize = 4;

impl Table {
    pub(super) fn parse(heads: (&str, &str), modifiers: (&str, &str)) -> Result<Self, DataError> {
        let mut table = Self::default();
        for row in tsv::rows(heads.0, heads.1, HEAD)? {
            let [names, _, _, _, source, role, _] = row.cells;
            if source.is_empty() {
                continue;
            }
            let Some(kind) = SourceKind::parse(source) else {
                return Err(DataError::new(heads.0, row.line, format!("`{source}` is no kind of source")));
            };
            for name in tsv::list(names) {
                table.heads.insert(name.to_owned(), (kind, (!role.is_empty()).then(|| role.to_owned())));
            }
        }
        for row in tsv::rows(modifiers.0, modifiers.1, MODIFIER)? {
            let [words, kind, _] = row.cells;
            let Some(kind) = SourceKind::parse(kind) else {
                return Err(DataError::new(modifiers.0, row.line, format!("`{kind}` is no kind of source")));
            };
            for word in tsv::list(words) {
                if table.modifiers.insert(word.to_owned(), kind).is_some() {
                    return Err(DataError::new(modifiers.0, row.line, format!("`{word}` stands twice")));
                }
            }
        }
        Ok(table)
    }
}

impl Sources {
    /// Kind, anonymity and role of a source from its noun phrase; `head` is the place of its head noun in `words`.
    pub fn compose(&self, words: &[&str], head: usize) -> Option<SourceComposed> {
        if head >= words.len() || words.len() > 60 {
            return None;
        }
        let lower: Vec<String> =
            words.iter().map(|word| word.chars().take(80).flat_map(char::to_lowercase).collect()).collect();
        let of = (2..=LONGEST_HEAD)
            .rev()
            .find_map(|len| self.composition.heads.get(&lower.get(head..head + len)?.join(" ")));
        let (kind, role) = of.or_else(|| {
            (1..=LONGEST_HEAD.min(head + 1))
                .rev()
                .find_map(|len| self.composition.heads.get(&lower[head + 1 - len..=head].join(" ")))
        })?;
        let mut out = SourceComposed { kind: *kind, anonymous: true, role: role.clone() };
        // "spokesman", "officials", "sources": whose they are says what they are.
        if matches!(
            out.kind,
            SourceKind::Anonymous
                | SourceKind::Official
                | SourceKind::BelligerentOfficial
                | SourceKind::Media
                | SourceKind::Wire
                | SourceKind::Resident
        ) && let Some(kind) = self.decisive(&lower, head)
        {
            out.kind = kind;
        }
        let institution = role.is_none() && !matches!(out.kind, SourceKind::Resident | SourceKind::Anonymous);
        if institution {
            out.anonymous = false;
        }
        Some(out)
    }

    /// The nearest modifier that decides: before the head first, then after it.
    fn decisive(&self, lower: &[String], head: usize) -> Option<SourceKind> {
        let before = lower[..head].iter().rev();
        let after = lower[head + 1..].iter().take(8);
        before.chain(after).find_map(|word| {
            let word = word.trim_end_matches("'s");
            self.composition.modifiers.get(word).copied()
        })
    }
}
