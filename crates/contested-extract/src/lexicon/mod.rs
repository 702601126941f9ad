//! The lexicon: which word means which claim, and where its participants stand.
//!
//! The data are the tab-separated files under `lexicon/` of this crate (their format is in `lexicon/README.md`); this module only reads
//! and indexes them. What the words of a sentence come to is decided by the rules that walk the tree, not here.

mod block;
mod condition;
mod pattern;
mod sense;
mod slot;
pub(crate) mod table;
mod words;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use contested_model::{Digest128, WhoHurt};

pub use block::Block;
pub use condition::{Condition, Form, MentionKind, Test};
pub use pattern::Pattern;
pub use sense::{PosClass, Sense};
pub use slot::{Slot, SlotList, Step};
pub use table::LexiconError;
pub use words::{LightVerb, Role, WeaponClass};

/// Name and text of every file of trigger senses, in the order they are read.
const TRIGGERS: &[(&str, &str)] = &[
    ("triggers/combat.tsv", include_str!("../../lexicon/triggers/combat.tsv")),
    ("triggers/control.tsv", include_str!("../../lexicon/triggers/control.tsv")),
    ("triggers/people.tsv", include_str!("../../lexicon/triggers/people.tsv")),
    ("triggers/politics.tsv", include_str!("../../lexicon/triggers/politics.tsv")),
    ("triggers/relations.tsv", include_str!("../../lexicon/triggers/relations.tsv")),
    ("triggers/territory.tsv", include_str!("../../lexicon/triggers/territory.tsv")),
];
const LIGHT: (&str, &str) = ("light.tsv", include_str!("../../lexicon/light.tsv"));
const BLOCK: (&str, &str) = ("block.tsv", include_str!("../../lexicon/block.tsv"));
const WEAPONS: (&str, &str) = ("weapons.tsv", include_str!("../../lexicon/weapons.tsv"));
const PERSONS: (&str, &str) = ("persons.tsv", include_str!("../../lexicon/persons.tsv"));

/// The whole lexicon, indexed.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// By part of speech, then by key of the head word; lists are in the order in which they are to be tried.
    senses: [BTreeMap<String, Vec<Sense>>; 3],
    light: BTreeMap<String, Vec<LightVerb>>,
    blocked: BTreeMap<String, Vec<Block>>,
    weapons: BTreeMap<String, WeaponClass>,
    persons: BTreeMap<String, WhoHurt>,
    digest: Digest128,
}

impl Lexicon {
    /// The lexicon that is compiled in.
    ///
    /// # Panics
    /// Never in a tested build: the test `the_embedded_lexicon_is_valid` reads the same files.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<Lexicon> = OnceLock::new();
        EMBEDDED.get_or_init(|| Self::read().expect("the embedded lexicon is read by a test"))
    }

    /// Reads the files that are compiled in.
    ///
    /// # Errors
    /// The first row that is not as `lexicon/README.md` describes, with file, line and column.
    fn read() -> Result<Self, LexiconError> {
        let mut senses = [BTreeMap::new(), BTreeMap::new(), BTreeMap::new()];
        let mut ids = BTreeMap::new();
        for &(file, text) in TRIGGERS {
            for row in table::rows(file, text, sense::COLUMNS)? {
                if let Some(earlier) = ids.insert(row.text("id")?.to_owned(), (file, row.line)) {
                    return Err(row.error("id", format!("already used in {} line {}", earlier.0, earlier.1)));
                }
                for sense in Sense::from_row(&row)? {
                    let index: &mut BTreeMap<String, Vec<Sense>> = &mut senses[sense.pos as usize];
                    index.entry(sense.pattern.head_word().to_owned()).or_default().push(sense);
                }
            }
        }
        for list in senses.iter_mut().flat_map(BTreeMap::values_mut) {
            list.sort_by(Sense::order);
        }
        let mut light: BTreeMap<String, Vec<LightVerb>> = BTreeMap::new();
        for row in table::rows(LIGHT.0, LIGHT.1, words::LIGHT_COLUMNS)? {
            for verb in LightVerb::from_row(&row)? {
                light.entry(verb.pattern.head_word().to_owned()).or_default().push(verb);
            }
        }
        for list in light.values_mut() {
            list.sort_by(|a, b| {
                b.pattern.len().cmp(&a.pattern.len()).then_with(|| a.pattern.cmp(&b.pattern))
            });
        }
        let mut blocked: BTreeMap<String, Vec<Block>> = BTreeMap::new();
        for row in table::rows(BLOCK.0, BLOCK.1, words::BLOCK_COLUMNS)? {
            for block in Block::from_row(&row)? {
                blocked.entry(block.head_word().to_owned()).or_default().push(block);
            }
        }
        let weapons = words::weapons(WEAPONS.0, WEAPONS.1)?;
        let persons = words::persons(PERSONS.0, PERSONS.1)?;
        let mut all = String::new();
        for &(file, text) in TRIGGERS.iter().chain(&[LIGHT, BLOCK, WEAPONS, PERSONS]) {
            all.push_str(file);
            all.push('\n');
            all.push_str(text);
        }
        Ok(Self { senses, light, blocked, weapons, persons, digest: Digest128::of(all.as_bytes()) })
    }

    /// Senses of a word, those to be tried first first: longer patterns, then more conditions, then the higher prior.
    ///
    /// The first whose pattern is found and whose conditions hold is meant. `word` is the lemma for [`PosClass::Verb`] and
    /// [`PosClass::Noun`]; for [`PosClass::Adj`] it is the word as it stands in lower case ("backed", "besieged"), since taggers
    /// disagree on whether a participle is a verb.
    pub fn senses(&self, word: &str, pos: PosClass) -> &[Sense] {
        self.senses[pos as usize].get(word).map_or(&[], Vec::as_slice)
    }

    /// Every sense, by part of speech and then by word.
    pub fn all_senses(&self) -> impl Iterator<Item = &Sense> {
        self.senses.iter().flat_map(BTreeMap::values).flatten()
    }

    /// What a light verb makes of its subject, longer patterns first.
    pub fn light(&self, lemma: &str) -> &[LightVerb] {
        self.light.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Combinations in which `lemma` (marked as the head) is no event: "attack helicopter", "war crimes".
    pub fn blocked(&self, lemma: &str) -> &[Block] {
        self.blocked.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Class of the weapon that `lemma` names.
    pub fn weapon(&self, lemma: &str) -> Option<WeaponClass> {
        self.weapons.get(lemma).copied()
    }

    /// Whether `lemma` names people, and whether these are civilians or combatants.
    pub fn person(&self, lemma: &str) -> Option<WhoHurt> {
        self.persons.get(lemma).copied()
    }

    /// Digest of all files, for the claim's `extractor.knowledge`.
    pub const fn digest(&self) -> Digest128 {
        self.digest
    }
}

#[cfg(test)]
mod tests;
