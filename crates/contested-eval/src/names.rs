//! When two names mean the same actor or place.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::vocabulary::{is_article, is_generic, is_weak, splits_names};

/// The words of a name that count, sorted, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Words(Vec<String>);

impl Words {
    fn of(name: &str) -> Self {
        let ascii: String = name.nfkd().filter(char::is_ascii).collect::<String>().to_ascii_lowercase();
        let folded = fold_us(&ascii).replace("united states", "us").replace("islamic state", "islamicstate");
        let all: Vec<&str> = folded
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let mut kept: Vec<String> =
            all.iter().filter(|word| !is_article(word)).map(|word| (*word).to_owned()).collect();
        if kept.is_empty() {
            kept = all.iter().map(|word| (*word).to_owned()).collect();
        }
        kept.sort();
        kept.dedup();
        Self(kept)
    }

    fn has(&self, word: &String) -> bool {
        self.0.binary_search(word).is_ok()
    }

    fn within(&self, other: &Self) -> bool {
        self.0.iter().all(|word| other.has(word))
    }
}

/// Writes `u.s.`, `u. s`, `us.` and the like as `us`, as the judge's regular expression `\bu\.? ?s\.?(?=\W|$)` does.
fn fold_us(text: &str) -> String {
    let bytes = text.as_bytes();
    let word = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'u' && (at == 0 || !word(at - 1)) {
            let mut next = at + 1;
            next += usize::from(bytes.get(next) == Some(&b'.'));
            next += usize::from(bytes.get(next) == Some(&b' '));
            if bytes.get(next) == Some(&b's') {
                next += 1;
                // A full stop is taken along only where no word character follows it.
                if bytes.get(next) == Some(&b'.') && !word(next + 1) {
                    next += 1;
                }
                if !word(next) {
                    out.push_str("us");
                    at = next;
                    continue;
                }
            }
        }
        out.push(char::from(bytes[at]));
        at += 1;
    }
    out
}

fn same_words(a: &Words, b: &Words) -> bool {
    if a.0.is_empty() || b.0.is_empty() {
        return false;
    }
    if a == b {
        return true;
    }
    let (small, large) = if a.within(b) {
        (a, b)
    } else if b.within(a) {
        (b, a)
    } else {
        return false;
    };
    let mut extra = large.0.iter().filter(|word| !small.has(word));
    if extra.clone().any(|word| splits_names(word)) {
        return false;
    }
    small.0.iter().any(|word| !is_weak(word)) || extra.all(|word| is_generic(word))
}

/// A name with the other names that mean the same: of gold, those that a right answer may use; of a prediction, canonical name and mention.
#[derive(Debug, Clone)]
pub(crate) struct Names(Vec<Words>);

impl Names {
    /// A gold name: a string, or an object with `name` and `accept`.
    pub(crate) fn gold(value: &Value) -> Self {
        let accepted = value.get("accept").and_then(Value::as_array).into_iter().flatten();
        let all = value.as_str().or_else(|| value.get("name").and_then(Value::as_str)).into_iter();
        Self(all.chain(accepted.filter_map(Value::as_str)).map(Words::of).collect())
    }

    /// A predicted name: a string, or an object with `name` and `text`.
    pub(crate) fn predicted(value: &Value) -> Self {
        let keys = ["name", "text"].into_iter().filter_map(|key| value.get(key)).filter_map(Value::as_str);
        Self(value.as_str().into_iter().chain(keys).filter(|name| !name.is_empty()).map(Words::of).collect())
    }

    /// Whether any name of one is any name of the other.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.0.iter().any(|a| other.0.iter().any(|b| same_words(a, b)))
    }
}

/// Whether the two name the same set, nothing missing and nothing added; several names of one participant are no addition.
pub(crate) fn same_set(gold: &[&Names], predicted: &[&Names]) -> bool {
    let mut left = predicted.to_vec();
    for name in gold {
        match left.iter().position(|other| name.same(other)) {
            Some(at) => left.remove(at),
            None => return false,
        };
    }
    left.iter().all(|other| gold.iter().any(|name| name.same(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        same_words(&Words::of(a), &Words::of(b))
    }

    #[test]
    fn names_agree_as_the_judge_has_it() {
        for (a, b) in [
            ("the U.S.", "United States"),
            ("u. s. army", "US army"),
            ("Tal Afar", "the town of Tal Afar"),
            ("Hezbollah", "Hezbollah fighters"),
            ("Dāʿish", "Daish"),
            ("the", "The"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
        for (a, b) in [
            ("Ghouta", "eastern Ghouta"),
            ("US", "US-led coalition"),
            ("Syrian army", "Turkish army"),
            ("army", "Iraqi army of Basra"),
            ("", ""),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn the_united_states_are_folded_like_the_judges_expression() {
        for (text, folded) in [
            ("u.s. troops", "us troops"),
            ("u s", "us"),
            ("us.a", "us.a"),
            ("u.s.a", "us.a"),
            ("bus u.s", "bus us"),
            ("usa", "usa"),
        ] {
            assert_eq!(fold_us(text), folded, "{text}");
        }
    }
}
