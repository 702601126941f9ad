//! Finding place names among words: cheap tests that say how much a name speaks for a place, for whoever decides what it is.

use super::fold::{fold_into, is_article};
use super::gazetteer::{Gazetteer, PlaceRef};
use super::kind::PlaceKind;

/// What a name mostly means when it does not mean a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confusable {
    /// An everyday word ("Of", "March", "Reading").
    Word,
    /// A given name or surname ("Ali", "Washington").
    Person,
    /// An organisation, title or other name.
    Other,
}

/// How much a known name speaks for a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceStrength {
    /// Kind of its best-known bearer.
    pub kind: PlaceKind,
    /// Most people of any bearer, 0 when unknown.
    pub population: u32,
    /// Whether a bearer is a capital.
    pub capital: bool,
    /// Whether it is in the hand-written tables (countries, regions, rivers, fields …).
    pub listed: bool,
    /// What else the name means.
    pub confusable: Option<Confusable>,
    /// Number of bearers, up to 32.
    pub bearers: u32,
}

impl PlaceStrength {
    /// Whether the name alone, in whatever case, says place: countries, listed features, capitals and towns that no everyday word or
    /// person shares a name with.
    pub fn is_strong(&self) -> bool {
        match self.confusable {
            Some(_) => self.kind == PlaceKind::Country || self.population > 1_000_000,
            None => {
                self.listed
                    || self.capital
                    || self.kind == PlaceKind::Country
                    || self.kind == PlaceKind::Province
                    || self.population >= 5_000
            }
        }
    }
}

/// Most words of a name.
const MOST_WORDS: usize = 7;

impl Gazetteer {
    /// Whether `name` is exactly a known name (case, diacritics, hyphens and the article's spelling aside).
    pub fn is_place_name(&self, name: &str) -> Option<PlaceStrength> {
        let mut key = String::new();
        fold_into(name, &mut key);
        self.strength(&key)
    }

    /// Number of places that bear exactly `name`: the bare look-up, for measuring.
    pub fn bearers(&self, name: &str, key: &mut String) -> usize {
        fold_into(name, key);
        self.layers.iter().map(|layer| layer.exact(key).take(32).count()).sum()
    }

    fn strength(&self, key: &str) -> Option<PlaceStrength> {
        let mut found: Option<PlaceStrength> = None;
        for (number, layer) in self.layers.iter().enumerate() {
            for index in layer.exact(key).take(32) {
                let Some(record) = layer.record(index) else { continue };
                let strength = found.get_or_insert(PlaceStrength {
                    kind: record.kind,
                    population: 0,
                    capital: false,
                    listed: false,
                    confusable: None,
                    bearers: 0,
                });
                strength.bearers += 1;
                strength.capital |= record.capital;
                strength.listed |= number == 0;
                if record.population > strength.population {
                    strength.population = record.population;
                    if strength.kind != PlaceKind::Country {
                        strength.kind = record.kind;
                    }
                }
            }
        }
        if let Some(strength) = &mut found {
            strength.confusable = self.ambiguity.of(key);
        }
        found
    }

    /// The longest known name that begins at `words[at]`: number of words and strength. Words may be in any case and may hold hyphens; a
    /// hyphen may also be a word of its own.
    pub fn longest_at(&self, words: &[&str], at: usize) -> Option<(usize, PlaceStrength)> {
        let first = *words.get(at)?;
        let lower = first.to_ascii_lowercase();
        if !first.chars().next()?.is_alphanumeric()
            || is_article(&lower) && !matches!(lower.as_str(), "al" | "el")
        {
            return None;
        }
        let (mut joined, mut key) = (String::new(), String::new());
        let mut best = None;
        for (used, word) in words[at..].iter().take(MOST_WORDS).enumerate() {
            let joiner = matches!(*word, "-" | "–" | "'" | "’");
            if !joiner && !word.contains(char::is_alphanumeric) {
                break;
            }
            if !word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '‘' | '.')) {
                break;
            }
            if !joined.is_empty() && !matches!(words[at + used - 1], "'" | "’") && !matches!(*word, "'" | "’")
            {
                joined.push(' ');
            }
            joined.push_str(word);
            if joiner {
                continue;
            }
            fold_into(&joined, &mut key);
            if key.is_empty() || !self.begins_a_name(&key) {
                break;
            }
            if let Some(strength) = self.strength(&key).filter(|_| !is_article(&key)) {
                best = Some((used + 1, strength));
            }
        }
        best
    }

    /// Whether some name begins with `key`, as far as whole letters go. The last word may still turn out to be an article ("el", "ez"),
    /// which folds differently once a word follows: then the shorter key is tried.
    fn begins_a_name(&self, key: &str) -> bool {
        let stem = key.rsplit_once(' ').filter(|(_, last)| is_article(last)).map_or(key, |(stem, _)| stem);
        let stem = if is_article(stem) { "al" } else { stem };
        self.layers.iter().any(|layer| {
            let names = layer.names();
            let mut node = names.root();
            for byte in stem.bytes() {
                match node.find_input(byte) {
                    Some(i) => node = names.node(node.transition(i).addr),
                    None => return false,
                }
            }
            true
        })
    }

    pub(super) fn bearers_of(&self, key: &str) -> impl Iterator<Item = PlaceRef> + '_ {
        let key = key.to_owned();
        self.layers.iter().enumerate().flat_map(move |(layer, compiled)| {
            let found: Vec<u32> = compiled.exact(&key).collect();
            found.into_iter().map(move |index| PlaceRef { layer: layer as u8, index })
        })
    }
}
