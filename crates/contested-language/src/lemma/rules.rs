//! Rules of English inflection, undone.

use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stem {
    LostE,
    Plain,
    Doubled,
}

static STEMS: LazyLock<HashMap<&'static str, Stem>> = LazyLock::new(|| {
    let mut stems = HashMap::new();
    for line in include_str!("../../data/stems.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((class, list)) = line.split_once('\t') else { continue };
        let class = match class {
            "e" => Stem::LostE,
            "plain" => Stem::Plain,
            _ => Stem::Doubled,
        };
        stems.extend(list.split(' ').map(|stem| (stem, class)));
    }
    stems
});

const fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The letters the rules read: the last of an ASCII word, else nothing.
fn tail<const N: usize>(word: &str) -> Option<[u8; N]> {
    word.as_bytes().last_chunk::<N>().copied()
}

fn with(stem: &str, ending: &str) -> String {
    let mut word = String::with_capacity(stem.len() + ending.len());
    word.push_str(stem);
    word.push_str(ending);
    word
}

/// "forces" → "force", "cities" → "city", "gunmen" → "gunman".
pub(super) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("men").filter(|stem| stem.len() > 1) {
        return with(stem, "man");
    }
    if let Some(stem) = word.strip_suffix("'s").filter(|stem| !stem.is_empty()) {
        return stem.to_owned();
    }
    without_s(word)
}

/// "carries" → "carry", "reaches" → "reach".
pub(super) fn third_person(word: &str) -> String {
    without_s(word)
}

fn without_s(word: &str) -> String {
    if word.len() < 3 || word.ends_with("ss") || word.ends_with("us") {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return with(stem, "y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes", "oes"] {
        if word.ends_with(ending) && word.len() > ending.len() {
            return word[..word.len() - 2].to_owned();
        }
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

/// "attacked" → "attack", "seized" → "seize".
pub(super) fn past(word: &str) -> String {
    // "agreed", "freed": the e is the verb's.
    if let Some(stem) = word.strip_suffix("ied").filter(|stem| stem.len() > 1) {
        return with(stem, "y");
    }
    match word.strip_suffix("ed") {
        Some(stem) if stem.len() > 1 && stem.bytes().any(|b| is_vowel(b) || b == b'y') => base(stem),
        _ => word.to_owned(),
    }
}

/// "attacking" → "attack", "seizing" → "seize".
pub(super) fn participle(word: &str) -> String {
    match word.strip_suffix("ing").or_else(|| word.strip_suffix("in'")) {
        Some(stem) if stem.len() > 1 && stem.bytes().any(|b| is_vowel(b) || b == b'y') => base(stem),
        _ => word.to_owned(),
    }
}

/// "larger" → "large", "heaviest" → "heavy".
pub(super) fn compared(word: &str, ending: &str) -> String {
    let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 1) else { return word.to_owned() };
    if let Some(stem) = stem.strip_suffix('i').filter(|stem| stem.len() > 1) {
        return with(stem, "y");
    }
    match tail::<2>(stem) {
        Some([a, b]) if a == b && !is_vowel(a) && !matches!(a, b'l' | b's') => {
            stem[..stem.len() - 1].to_owned()
        }
        // "larger", "nicer", "wider", "later", "safer", "rarer", "simpler".
        Some([a, b]) if matches!(b, b'g' | b'c' | b'v') && a != b'n' || stem.ends_with("rang") => {
            with(stem, "e")
        }
        Some([a, b])
            if matches!(b, b'd' | b't' | b'f' | b'r' | b's' | b'm' | b'n' | b'p' | b'k' | b'l')
                && is_vowel(a) =>
        {
            let long = stem.len() >= 3 && is_vowel(stem.as_bytes()[stem.len() - 3]);
            if long
                || a == b'e' && b != b'r'
                || matches!(stem, "clever" | "quiet" | "common" | "cool" | "slow" | "narrow")
            {
                stem.to_owned()
            } else {
                with(stem, "e")
            }
        }
        Some([b'b' | b'p' | b'd' | b't' | b'g', b'l']) => with(stem, "e"),
        Some([_, b's']) if stem.ends_with("ns") || stem.ends_with("rs") => with(stem, "e"),
        _ => stem.to_owned(),
    }
}

/// A verb whose -ed or -ing is gone: puts back an e, takes back a doubled letter.
fn base(stem: &str) -> String {
    // "re-take": rules look at what stands after the last hyphen.
    let last = stem.rsplit('-').next().unwrap_or(stem);
    let listed = STEMS.get(last).copied().or_else(|| {
        ["re", "un", "over", "under", "out", "mis", "dis", "pre"].into_iter().find_map(|prefix| {
            last.strip_prefix(prefix).filter(|rest| rest.len() > 2).and_then(|rest| STEMS.get(rest).copied())
        })
    });
    match listed {
        Some(Stem::LostE) => return with(stem, "e"),
        Some(Stem::Plain) => return stem.to_owned(),
        Some(Stem::Doubled) => return stem[..stem.len() - 1].to_owned(),
        None => {}
    }
    let bytes = last.as_bytes();
    let [.., a, b] = *bytes else { return stem.to_owned() };
    let third = bytes.len().checked_sub(3).map(|at| bytes[at]);
    // A single vowel before the last consonant: "hop|ed", not "heap|ed".
    let single = is_vowel(a)
        && !third.is_some_and(|c| {
            is_vowel(c) && !(c == b'u' && bytes.len() > 3 && bytes[bytes.len() - 4] == b'q')
        });
    if a == b {
        return match a {
            b'l' | b's' | b'z' | b'f' | b'e' | b'o' => stem.to_owned(),
            _ => stem[..stem.len() - 1].to_owned(),
        };
    }
    let lost = match b {
        b'v' | b'c' | b'u' | b'z' => b != b'z' || a != b't',
        b's' => a != b's',
        b'g' => a != b'n',
        b'l' => match a {
            b'b' | b'c' | b'd' | b'f' | b'g' | b'k' | b'p' | b't' | b'z' => true,
            b'i' | b'u' | b'y' => single || a == b'y',
            _ => false,
        },
        b'r' => match a {
            b'a' | b'i' => single,
            b'u' => single,
            _ => false,
        },
        b'm' => matches!(a, b'u' | b'i') && single,
        b'n' => a == b'i' && single,
        b'd' => match a {
            b'a' | b'i' | b'o' | b'u' => single,
            b'e' => single && bytes.len() > 3 && matches!(third, Some(b'c' | b'p')),
            _ => false,
        },
        b't' => match a {
            b'a' => {
                single && bytes.len() > 2
                    || third == Some(b'e') && matches!(last, "creat" | "recreat")
                    || third.is_some_and(|c| matches!(c, b'i' | b'u'))
            }
            b'u' => single && bytes.len() > 3 || last == "mut",
            _ => false,
        },
        b'p' => matches!(a, b'a' | b'i' | b'o' | b'y') && (single || a == b'y'),
        b'k' => matches!(a, b'a' | b'i' | b'o' | b'u') && single,
        b'b' => matches!(a, b'i' | b'o' | b'u') && single,
        _ => false,
    };
    if lost { with(stem, "e") } else { stem.to_owned() }
}
