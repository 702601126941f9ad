//! The closed word lists of `data/words.tsv`: abbreviations, prefixes, units, words that open sentences.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Classes of words, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Classes(u32);

macro_rules! classes {
    ($($name:ident = $text:literal),+ $(,)?) => {
        #[derive(Clone, Copy)]
        #[repr(u32)]
        enum Bit { $($name),+ }

        impl Classes {
            $(pub(crate) const $name: Self = Self(1 << Bit::$name as u32);)+

            fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

#[allow(non_camel_case_types, clippy::upper_case_acronyms)]
mod classes {
    use super::{Classes, HashMap, LazyLock};
    classes! {
        TITLE = "title",
        REFERENCE = "reference",
        NUMBERED = "numbered",
        MONTH = "month",
        WEEKDAY = "weekday",
        CLOSING = "closing",
        HOUR = "hour",
        PREFIX = "prefix",
        SUFFIX = "suffix",
        UNIT = "unit",
        NEGATED = "negated",
        STARTER = "starter",
        OPENER = "opener",
        SAYING = "saying",
        DOMAIN = "domain",
        FULL_MONTH = "full-month",
        FULL_WEEKDAY = "full-weekday",
        PRONOUN = "pronoun",
        FACILITY = "facility",
        DIRECTION = "direction",
        PARTICLE = "particle",
    }

    static WORDS: LazyLock<HashMap<&'static str, Classes>> = LazyLock::new(|| {
        let mut words: HashMap<&'static str, Classes> = HashMap::new();
        for line in include_str!("../data/words.tsv").lines() {
            let Some((class, list)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else {
                continue;
            };
            let class = Classes::parse(class).unwrap_or_default();
            for word in list.split(' ') {
                let entry = words.entry(word).or_default();
                entry.0 |= class.0;
            }
        }
        words
    });

    /// The classes of `word`, which must be in lower case.
    pub(crate) fn of(word: &str) -> Classes {
        WORDS.get(word).copied().unwrap_or_default()
    }
}

pub(crate) use classes::of;

impl Classes {
    /// Whether the word is in any of the classes of `wanted`.
    pub(crate) const fn any(self, wanted: Self) -> bool {
        self.0 & wanted.0 != 0
    }

    /// Both sets together.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

static JOINS: LazyLock<HashMap<(&'static str, &'static str), &'static str>> = LazyLock::new(|| {
    include_str!("../data/joins.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.split('\t');
            Some(((parts.next()?, parts.next()?), parts.next()?))
        })
        .collect()
});

static JOIN_RIGHTS: LazyLock<std::collections::HashSet<&'static str>> =
    LazyLock::new(|| JOINS.keys().map(|&(_, right)| right).collect());

/// The word whose two halves, in lower case, stripped copy has parted.
pub(crate) fn joined(left: &str, right: &str) -> Option<&'static str> {
    JOINS.get(&(left, right)).copied()
}

/// Whether a word may be the second half of such a word.
pub(crate) fn may_be_right_half(right: &str) -> bool {
    JOIN_RIGHTS.contains(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_a_known_class() {
        for line in include_str!("../data/words.tsv").lines().filter(|l| !l.starts_with('#')) {
            let (class, words) = line.split_once('\t').expect("class and words");
            let first = words.split(' ').next().expect("a word");
            assert_ne!(of(first), Classes::default(), "{class}");
        }
        assert!(of("gen").any(Classes::TITLE));
        assert!(!of("the").any(Classes::TITLE));
        assert_eq!(joined("shi", "ite"), Some("shi'ite"));
    }
}
