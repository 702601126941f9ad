//! Combinations in which a word that could tell an event tells none: "attack helicopter", "war crimes", "took part".

use contested_language::Sentence;
use contested_language::tags::{Deprel, Upos};

use super::LexiconError;
use super::pattern::Pattern;
use super::table::Row;

/// Where the words of a combination stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Side by side, as one name of a thing.
    Beside,
    /// Apart among what hangs on the verb.
    Apart,
}

/// One combination.
#[derive(Debug, Clone)]
pub struct Block {
    pattern: Pattern,
    stand: Stand,
}

impl Block {
    pub(super) fn from_row(row: &Row<'_>) -> Result<Vec<Self>, LexiconError> {
        let stand = row.required("as", "`noun` or `verb`", |word| match word {
            "noun" => Some(Stand::Beside),
            "verb" => Some(Stand::Apart),
            _ => None,
        })?;
        Ok(row.patterns("words")?.into_iter().map(|pattern| Self { pattern, stand }).collect())
    }

    /// The word that tells no event here.
    pub fn head_word(&self) -> &str {
        self.pattern.head_word()
    }

    /// Whether the combination stands at token `at`, its head.
    pub fn stands(&self, sentence: &Sentence, at: u32) -> bool {
        let Some(tokens) = self.pattern.locate(sentence, at) else { return false };
        match self.stand {
            Stand::Apart => true,
            Stand::Beside => {
                let beside = tokens.windows(2).all(|pair| {
                    (pair[0] + 1..pair[1]).all(|between| sentence.tokens[between as usize].norm == "-")
                });
                let token = &sentence.tokens[at as usize];
                let verb = token.upos == Upos::Verb
                    && !matches!(token.deprel.base(), Deprel::Compound | Deprel::Amod);
                // "attacked drone bases", "struck groups of fighters": the verb tells what was done
                beside && !(verb && self.pattern.head() == 0)
            }
        }
    }
}
