//! Words that name a place and mostly mean something else, from `data/places/ambiguous.tsv`.

use std::collections::BTreeMap;

use super::GazetteerError;
use super::scan::Confusable;
use super::table::rows;

/// The list.
#[derive(Debug, Clone)]
pub(super) struct Ambiguity {
    words: BTreeMap<String, Confusable>,
}

impl Ambiguity {
    /// Reads the table: columns `class` (word, person, other) and `words` (one or more, separated by spaces).
    pub(super) fn parse(file: &'static str, text: &str) -> Result<Self, GazetteerError> {
        let mut words = BTreeMap::new();
        for row in rows(file, text)? {
            let class = match row.text("class")? {
                "word" => Confusable::Word,
                "person" => Confusable::Person,
                "other" => Confusable::Other,
                _ => return Err(row.error("class", "word, person or other is wanted")),
            };
            for word in row.text("words")?.split(' ').filter(|w| !w.is_empty()) {
                words.entry(word.replace('_', " ")).or_insert(class);
            }
        }
        Ok(Self { words })
    }

    /// What the folded name `key` mostly means instead of a place.
    pub(super) fn of(&self, key: &str) -> Option<Confusable> {
        self.words.get(key).copied()
    }
}
