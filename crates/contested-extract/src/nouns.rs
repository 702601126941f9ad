//! Classes of common nouns (`lexicon/nouns.tsv`).

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::lexicon::{Lexicon, WeaponClass};

const DATA: &str = include_str!("../lexicon/nouns.tsv");

/// A class of common nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Partitive,
    Fighter,
    Arm,
    Position,
    Settlement,
    Area,
    Facility,
    Weapon,
    Human,
    Time,
    Abstract,
}

impl Class {
    const ALL: [(Self, &'static str); 11] = [
        (Self::Partitive, "partitive"),
        (Self::Fighter, "fighter"),
        (Self::Arm, "arm"),
        (Self::Position, "position"),
        (Self::Settlement, "settlement"),
        (Self::Area, "area"),
        (Self::Facility, "facility"),
        (Self::Weapon, "weapon"),
        (Self::Human, "human"),
        (Self::Time, "time"),
        (Self::Abstract, "abstract"),
    ];
}

/// Whether the noun `lemma` belongs to `class`. People and weapons are also told by their own tables.
pub(crate) fn is(lemma: &str, class: Class) -> bool {
    let lexicon = Lexicon::embedded();
    listed(lemma, class)
        || match class {
            Class::Human => lexicon.person(lemma).is_some() && !listed(lemma, Class::Fighter),
            Class::Weapon => matches!(
                lexicon.weapon(lemma),
                Some(WeaponClass::Ground | WeaponClass::Bomb | WeaponClass::Chemical | WeaponClass::Gun)
            ),
            _ => false,
        }
}

fn listed(lemma: &str, class: Class) -> bool {
    static TABLE: OnceLock<HashMap<&'static str, u16>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        for line in DATA.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, lemmas)) = line.split_once('\t') else { continue };
            let Some(at) = Class::ALL.iter().position(|(_, known)| *known == name) else { continue };
            for lemma in lemmas.split_whitespace().filter(|lemma| !lemma.ends_with('?')) {
                *table.entry(lemma).or_insert(0u16) |= 1 << at;
            }
        }
        table
    });
    let bit = Class::ALL.iter().position(|(known, _)| *known == class).unwrap_or(0);
    table.get(lemma).is_some_and(|bits| bits & (1 << bit) != 0)
}

/// The table as it stands, for the knowledge digest.
pub(crate) const fn source() -> &'static str {
    DATA
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_a_known_class() {
        for (number, line) in DATA.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let (class, lemmas) =
                line.split_once('\t').unwrap_or_else(|| panic!("line {}: no tab", number + 1));
            assert!(
                Class::ALL.iter().any(|(_, name)| *name == class),
                "line {}: no class `{class}`",
                number + 1
            );
            assert!(!lemmas.trim().is_empty(), "line {}: empty", number + 1);
        }
        assert!(is("village", Class::Settlement) && !is("village", Class::Weapon));
    }
}
