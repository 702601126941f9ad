//! Words of denial and untruth (`lexicon/answers.tsv`).

use std::sync::OnceLock;

use crate::classes::Classes;

const TABLE: &str = include_str!("../../lexicon/answers.tsv");

/// The table as it stands, for the knowledge digest.
pub(crate) const fn source() -> &'static str {
    TABLE
}

/// A class of the table; its head comments say what each is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Denying,
    Denial,
    Accusing,
    Told,
    Pointing,
    Hand,
    Doing,
    Culprit,
    Official,
    Untrue,
    True,
    Calling,
}

impl Class {
    const fn name(self) -> &'static str {
        match self {
            Self::Denying => "denying",
            Self::Denial => "denial",
            Self::Accusing => "accusing",
            Self::Told => "told",
            Self::Pointing => "pointing",
            Self::Hand => "hand",
            Self::Doing => "doing",
            Self::Culprit => "culprit",
            Self::Official => "official",
            Self::Untrue => "untrue",
            Self::True => "true",
            Self::Calling => "calling",
        }
    }
}

/// Whether `word` (a lemma, or a form where the table says so) belongs to `class`.
pub(super) fn is(word: &str, class: Class) -> bool {
    table().has(class.name(), word)
}

fn table() -> &'static Classes {
    static WORDS: OnceLock<Classes> = OnceLock::new();
    WORDS.get_or_init(|| Classes::read(TABLE))
}

#[cfg(test)]
mod tests {
    use super::{Class, is, table};

    #[test]
    fn every_class_is_in_the_table() {
        for class in [
            Class::Denying,
            Class::Denial,
            Class::Accusing,
            Class::Told,
            Class::Pointing,
            Class::Hand,
            Class::Doing,
            Class::Culprit,
            Class::Official,
            Class::Untrue,
            Class::True,
            Class::Calling,
        ] {
            assert!(table().knows(class.name()), "{} is missing in lexicon/answers.tsv", class.name());
        }
        assert!(is("refute", Class::Denying) && !is("confirm", Class::Denying));
    }
}
