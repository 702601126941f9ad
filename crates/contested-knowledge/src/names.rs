//! Names in running text: folding words to tokens and finding the longest known name that starts at a word. Shared by actors and sources.
//!
//! Two spellings are one when they differ only in case, diacritics, hyphens, apostrophes or the Arabic or English article.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest name in words that is looked for.
const WINDOW: usize = 14;
/// Longer words than this (bytes) name nobody.
const LONGEST_WORD: usize = 80;
/// The Arabic article before a hyphen, in its assimilated spellings.
const ARTICLES: [&str; 17] =
    ["al", "el", "ad", "ar", "as", "ash", "at", "an", "az", "ez", "es", "ed", "er", "esh", "ul", "ud", "ou"];

/// One token of a folded word sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    text: String,
    /// The token without a possessive ending written in the same word.
    bare: Option<String>,
    /// Words consumed once this token is matched.
    end: usize,
    /// Words consumed when the possessive `'s` that follows as a word of its own is part of the name.
    possessive_end: Option<usize>,
}

/// `word` in lower case without diacritics; apostrophes and the dots of abbreviations dropped; split at whatever else is no letter.
fn fold_parts(word: &str, out: &mut Vec<String>) {
    let mut part = String::new();
    if word.is_ascii() {
        word.bytes().for_each(|b| fold_char(b.to_ascii_lowercase() as char, &mut part, out));
    } else {
        for c in word.chars().flat_map(char::to_lowercase).nfkd() {
            match c {
                'ı' => part.push('i'),
                'ø' => part.push('o'),
                'ł' => part.push('l'),
                'đ' | 'ð' => part.push('d'),
                'ə' => part.push('a'),
                'ß' => part.push_str("ss"),
                'æ' => part.push_str("ae"),
                c if is_combining_mark(c) => {}
                c => fold_char(c, &mut part, out),
            }
        }
    }
    if !part.is_empty() {
        out.push(part);
    }
}

fn fold_char(c: char, part: &mut String, out: &mut Vec<String>) {
    match c {
        c if c.is_alphanumeric() => part.push(c),
        '.' | '\'' | '’' | '‘' | '`' | 'ʼ' | 'ʿ' | 'ʾ' | '´' | '′' => {}
        // "al-Nusra": the article before a hyphen goes, whatever it is assimilated to.
        '-' | '‐' | '‑' | '–' | '—' if ARTICLES.contains(&part.as_str()) => part.clear(),
        _ if !part.is_empty() => out.push(std::mem::take(part)),
        _ => {}
    }
}

/// Whether the whole word is a possessive ending.
pub(crate) fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "s" | "'S" | "’S" | "'" | "’")
}

/// Whether the word is an article that names leave out.
fn is_article(part: &str) -> bool {
    matches!(part, "al" | "the")
}

fn tokens(words: &[&str]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(words.len().min(WINDOW) + 2);
    let mut parts = Vec::new();
    for (at, word) in words.iter().take(WINDOW).enumerate() {
        if word.len() > LONGEST_WORD {
            break;
        }
        if is_possessive(word) && !(*word == "s" && single_run(words, at) > 0) {
            if let Some(last) = out.last_mut()
                && last.end == at
            {
                last.possessive_end = Some(at + 1);
            }
            continue;
        }
        fold_parts(word, &mut parts);
        // A full stop or a comma ends every name; a hyphen standing alone does not.
        if parts.is_empty() && !matches!(*word, "-" | "–" | "—" | "'" | "’" | "‘" | "`") {
            break;
        }
        let count = parts.len();
        for (n, text) in parts.drain(..).enumerate() {
            if is_article(&text) && (at > 0 || text == "al") {
                continue;
            }
            let last = n + 1 == count;
            // "u s": letters of an abbreviation that lost its dots.
            if text.len() == 1
                && last
                && n == 0
                && let Some(before) = out.last_mut()
                && before.end == at
                && before.text.len() <= 2
                && before.text.len() == single_run(words, at)
            {
                before.text.push_str(&text);
                before.end = at + 1;
                continue;
            }
            let bare =
                (last && ends_possessive(word)).then(|| text.strip_suffix('s').map(str::to_owned)).flatten();
            out.push(Token { text, bare, end: at + 1, possessive_end: None });
        }
    }
    out
}

/// Number of words before `at` that are single letters, in one run.
fn single_run(words: &[&str], at: usize) -> usize {
    words[..at]
        .iter()
        .rev()
        .take_while(|word| word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic())
        .count()
}

fn ends_possessive(word: &str) -> bool {
    ["'s", "’s", "'S", "s'", "s’"].iter().any(|ending| word.ends_with(ending))
}

/// The tokens of a name as a table writes it, joined by spaces.
fn name_key(name: &str) -> String {
    let mut parts = Vec::new();
    for word in name.split_whitespace() {
        fold_parts(word, &mut parts);
    }
    let many = parts.len() > 1;
    let mut out = String::with_capacity(name.len());
    // "U S" and "I S" are one token, as in `tokens`.
    let mut letters = false;
    for part in parts {
        if many && is_article(&part) {
            continue;
        }
        let letter = part.len() == 1;
        if !(out.is_empty() || letter && letters) {
            out.push(' ');
        }
        letters = letter;
        out.push_str(&part);
    }
    out
}

/// The form under which two spellings of a name are one.
pub(crate) fn key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut out = String::new();
    for token in tokens(&words) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(token.bare.as_deref().unwrap_or(&token.text));
    }
    out
}

/// A name in an index.
#[derive(Debug, Clone)]
struct Entry {
    /// Tokens joined by spaces.
    key: Box<str>,
    owner: u32,
    ambiguous: bool,
}

/// A name found at a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Words it covers.
    pub(crate) words: usize,
    /// Number of the owner.
    pub(crate) owner: u32,
    /// The spelling is also a common word or another name: capitals or a name tag should confirm it.
    pub(crate) ambiguous: bool,
}

/// Names in the order of their keys; all that share a first token stand together, for a space sorts before every letter.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameIndex {
    entries: Vec<Entry>,
}

impl NameIndex {
    /// Adds `name`, which a leading `~` marks as ambiguous. False when nothing in it can name anything. Look-ups work after
    /// [`NameIndex::finish`].
    pub(crate) fn add(&mut self, name: &str, owner: u32) -> bool {
        let (name, ambiguous) = name.strip_prefix('~').map_or((name, false), |rest| (rest, true));
        let key = name_key(name);
        let named = !key.is_empty();
        if named {
            self.entries.push(Entry { key: key.into_boxed_str(), owner, ambiguous });
        }
        named
    }

    /// Puts the names in order; of two spellings of one owner the first stays.
    pub(crate) fn finish(&mut self) {
        self.entries.sort_by(|a, b| (&a.key, a.owner).cmp(&(&b.key, b.owner)));
        self.entries.dedup_by(|b, a| a.key == b.key && a.owner == b.owner);
    }

    /// The first two owners of every name that has several, with its key.
    pub(crate) fn shared(&self) -> impl Iterator<Item = (&str, u32, u32)> {
        self.entries
            .windows(2)
            .filter(|pair| pair[0].key == pair[1].key)
            .map(|pair| (&*pair[0].key, pair[0].owner, pair[1].owner))
    }

    /// Owners of exactly this name, in order of addition.
    pub(crate) fn owners(&self, name: &str) -> Vec<Hit> {
        let key = name_key(name.trim_start_matches('~'));
        let from = self.entries.partition_point(|entry| *entry.key < *key);
        let same = self.entries[from..].iter().take_while(|entry| *entry.key == *key);
        same.map(|entry| Hit { words: 0, owner: entry.owner, ambiguous: entry.ambiguous }).collect()
    }

    /// All names whose first token is `first`.
    fn starting(&self, first: &str) -> &[Entry] {
        let from = self.entries.partition_point(|entry| *entry.key < *first);
        let rest = &self.entries[from..];
        let count = rest.partition_point(|entry| {
            entry.key.strip_prefix(first).is_some_and(|more| more.is_empty() || more.starts_with(' '))
        });
        &rest[..count]
    }

    /// The owners of the longest name that starts at the first of `words`; several when the name is shared.
    pub(crate) fn longest(&self, words: &[&str]) -> Vec<Hit> {
        if !self.may_start(words) {
            return Vec::new();
        }
        let tokens = tokens(words);
        let Some(first) = tokens.first() else { return Vec::new() };
        let mut best: Vec<Hit> = Vec::new();
        // "ISIS-K" is one word and two tokens: of names that cover as many words the one with more tokens is longer.
        let mut longest = (0, 0);
        let possessive = first.possessive_end.map(|_| format!("{}s", first.text));
        for key in [Some(&first.text), first.bare.as_ref(), possessive.as_ref()].into_iter().flatten() {
            for entry in self.starting(key) {
                let Some(words) = matched(entry, &tokens) else { continue };
                let length = (words, entry.key.split(' ').count());
                if length > longest {
                    best.clear();
                    longest = length;
                }
                if length == longest && !best.iter().any(|hit| hit.owner == entry.owner) {
                    best.push(Hit { words, owner: entry.owner, ambiguous: entry.ambiguous });
                }
            }
        }
        best
    }

    /// A cheap look at the first word, so that most words of a text cost no more.
    fn may_start(&self, words: &[&str]) -> bool {
        let Some(first) = words.first().filter(|word| word.len() <= LONGEST_WORD) else { return false };
        if first.len() < 4 || words.get(1).is_some_and(|next| is_possessive(next)) {
            return true;
        }
        let mut parts = Vec::new();
        fold_parts(first, &mut parts);
        let Some(part) = parts.first() else { return true };
        let bare = part.strip_suffix('s').filter(|_| parts.len() == 1);
        is_article(part)
            || !self.starting(part).is_empty()
            || bare.is_some_and(|bare| !self.starting(bare).is_empty())
    }
}

/// Words that `entry` covers when it is a prefix of `tokens`.
fn matched(entry: &Entry, tokens: &[Token]) -> Option<usize> {
    let mut end = 0;
    let mut tokens = tokens.iter();
    for want in entry.key.split(' ') {
        let have = tokens.next()?;
        if want == have.text || have.bare.as_deref() == Some(want) {
            end = have.end;
        } else if want.strip_suffix('s') == Some(have.text.as_str()) && have.possessive_end.is_some() {
            end = have.possessive_end?;
        } else {
            return None;
        }
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(names: &[&str]) -> NameIndex {
        let mut index = NameIndex::default();
        for (n, name) in names.iter().enumerate() {
            assert!(index.add(name, n as u32), "{name}");
        }
        index.finish();
        index
    }

    fn covered(index: &NameIndex, text: &str) -> Option<usize> {
        let words: Vec<&str> = text.split(' ').collect();
        index.longest(&words).first().map(|hit| hit.words)
    }

    #[test]
    fn spellings_of_one_name() {
        let index = index(&[
            "Jabhat al-Nusra",
            "People's Protection Units",
            "U.S.",
            "Islamic State",
            "Recep Tayyip Erdoğan",
        ]);
        for (text, words) in [
            ("jabhat al-nusra fighters", 2),
            ("jabhat al nusra", 3),
            ("Jabhat Al - Nusra", 4),
            ("people 's protection units", 4),
            ("people s protection units said", 4),
            ("people’s protection units", 3),
            ("u.s. troops", 1),
            ("u s troops", 2),
            ("islamic state 's last", 2),
            ("islamic state s last", 2),
            ("Islamic State's last", 2),
            ("recep tayyip erdogan", 3),
        ] {
            assert_eq!(covered(&index, text), Some(words), "{text}");
        }
        for text in ["the islamic state", "islamic , state", "state", "", "u", "protection units"] {
            assert_eq!(covered(&index, text), None, "{text}");
        }
    }

    #[test]
    fn a_name_within_a_word_yields_to_the_whole_word() {
        let index = index(&["ISIS", "ISIS-K", "SPLA", "SPLA-IO"]);
        let owner = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            index.longest(&words).iter().map(|hit| hit.owner).collect::<Vec<_>>()
        };
        assert_eq!(owner("ISIS-K claims"), [1]);
        assert_eq!(owner("SPLA-IO fighters"), [3]);
        assert_eq!(owner("ISIS fighters"), [0]);
    }

    #[test]
    fn nothing_breaks_it() {
        let index = index(&["Hamas"]);
        for text in ["\u{0}", "٣٤٥", "שלום", "’s", "- - -", &"h".repeat(20_000)] {
            assert_eq!(covered(&index, text), None);
        }
    }
}
