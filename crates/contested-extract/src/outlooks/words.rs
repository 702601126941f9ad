//! Words about what is not yet fact (`lexicon/outlooks.tsv`).

use std::sync::OnceLock;

use contested_model::ClaimType;

use crate::classes::Classes;

const TABLE: &str = include_str!("../../lexicon/outlooks.tsv");

/// The table as it stands, for the knowledge digest.
pub(crate) const fn source() -> &'static str {
    TABLE
}

fn table() -> &'static Classes {
    static WORDS: OnceLock<Classes> = OnceLock::new();
    WORDS.get_or_init(|| Classes::read(TABLE))
}

/// Whether the verb only carries another's clause, or its future is no outlook on the war.
pub(crate) fn is_empty(lemma: &str) -> bool {
    table().has("empty", lemma)
}

/// Whether the noun stands for those who can will something.
pub(crate) fn is_willing(lemma: &str) -> bool {
    table().has("willing", lemma)
}

/// What an outlook with this word in it is of, where the table says so.
pub(crate) fn about(lemma: &str) -> Option<ClaimType> {
    abouts().iter().find(|(_, words)| words.contains(&lemma)).map(|&(claim_type, _)| claim_type)
}

fn abouts() -> &'static [(ClaimType, Vec<&'static str>)] {
    static ROWS: OnceLock<Vec<(ClaimType, Vec<&'static str>)>> = OnceLock::new();
    ROWS.get_or_init(|| {
        TABLE
            .lines()
            .filter_map(|line| line.strip_prefix("about.")?.split_once('\t'))
            .filter_map(|(name, words)| Some((name.parse().ok()?, words.split(' ').collect())))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use contested_model::ClaimType;

    use super::{TABLE, about, abouts, is_empty, is_willing};

    #[test]
    fn every_row_names_a_type() {
        assert_eq!(abouts().len(), TABLE.lines().filter(|line| line.starts_with("about.")).count());
    }

    #[test]
    fn words_are_found_in_their_classes() {
        assert!(is_empty("say") && !is_empty("attack"));
        assert!(is_willing("fighter") && !is_willing("town"));
        assert_eq!(about("dialogue"), Some(ClaimType::Talk));
        assert_eq!(about("say"), None);
    }
}
