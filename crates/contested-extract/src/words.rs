//! Small classes of words that rules ask for (`lexicon/words.tsv`; its comments say what each is).

use std::sync::OnceLock;

use crate::classes::Classes;

const TABLE: &str = include_str!("../lexicon/words.tsv");

/// The table as it stands, for the knowledge digest.
pub(crate) const fn source() -> &'static str {
    TABLE
}

/// A class of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    ObjectControl,
    Measure,
    Saying,
    Lasting,
    Unique,
    Suffered,
    Lives,
    Tally,
    Many,
    National,
    Nowhere,
    Distance,
    Irregular,
    OfState,
    PartOfCity,
    Counted,
    Ground,
    Showing,
    Evidence,
    Particled,
    Site,
    OneOfMany,
    Blaming,
}

impl Words {
    const fn name(self) -> &'static str {
        match self {
            Self::ObjectControl => "object-control",
            Self::Measure => "measure",
            Self::Saying => "saying",
            Self::Lasting => "lasting",
            Self::Unique => "unique",
            Self::Suffered => "suffered",
            Self::Lives => "lives",
            Self::Tally => "tally",
            Self::Many => "many",
            Self::National => "national",
            Self::Nowhere => "nowhere",
            Self::Distance => "distance",
            Self::Irregular => "irregular",
            Self::OfState => "of-state",
            Self::PartOfCity => "part-of-city",
            Self::Counted => "counted",
            Self::Ground => "ground",
            Self::Showing => "showing",
            Self::Evidence => "evidence",
            Self::Particled => "particled",
            Self::Site => "site",
            Self::OneOfMany => "one-of-many",
            Self::Blaming => "blaming",
        }
    }

    /// Whether `word` (a lemma, or a form where the table says so) is one of them.
    pub(crate) fn has(self, word: &str) -> bool {
        table().has(self.name(), word)
    }
}

fn table() -> &'static Classes {
    static WORDS: OnceLock<Classes> = OnceLock::new();
    WORDS.get_or_init(|| Classes::read(TABLE))
}

#[cfg(test)]
mod tests {
    use super::{Words, table};

    #[test]
    fn every_class_is_in_the_table() {
        for class in [
            Words::ObjectControl,
            Words::Measure,
            Words::Saying,
            Words::Lasting,
            Words::Unique,
            Words::Suffered,
            Words::Lives,
            Words::Tally,
            Words::Many,
            Words::National,
            Words::Nowhere,
            Words::Distance,
            Words::Irregular,
            Words::OfState,
            Words::PartOfCity,
            Words::Counted,
            Words::Ground,
            Words::Showing,
            Words::Evidence,
        ] {
            assert!(table().knows(class.name()), "{} is missing in lexicon/words.tsv", class.name());
        }
        assert!(Words::Saying.has("announce") && !Words::Saying.has("attack"));
    }
}
