//! What the encoder sees of a word; twin of training/features.py, and held to it by the parity test.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Shape classes of a word.
pub(super) const SHAPES: usize = 40;
/// Case classes of a sentence.
pub(super) const CASE_CLASSES: usize = 3;
/// Hashed parts of a word: three prefixes, three suffixes, the whole.
pub(super) const AFFIXES: usize = 7;
const QUOTE_FORM: &str = "_q_";

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

fn is_quote(form: &str) -> bool {
    let mut chars = form.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => is_apostrophe(c) || matches!(c, '"' | '“' | '”' | '„' | '«' | '»'),
        _ => matches!(form, "``" | "''" | "_q_" | "‘‘" | "’’"),
    }
}

/// Writes the canonical form of `form` to `out`: lower case, no diacritics, no apostrophes or spaces, digits as 0.
pub(super) fn canonical(form: &str, out: &mut String) {
    out.clear();
    if is_quote(form) {
        out.push_str(QUOTE_FORM);
        return;
    }
    if form.is_ascii() {
        for c in form.chars() {
            match c {
                '\'' | '`' | ' ' => {}
                '0'..='9' => out.push('0'),
                _ => out.push(c.to_ascii_lowercase()),
            }
        }
    } else {
        // Lower-casing whole strings differs from lower-casing characters (the final sigma), and training did the former.
        let folded = form.nfkd().filter(|&c| !is_combining_mark(c)).collect::<String>().to_lowercase();
        out.extend(
            folded
                .chars()
                .filter(|&c| !is_apostrophe(c) && c != ' ')
                .map(|c| if c.is_ascii_digit() { '0' } else { c }),
        );
    }
    if out.is_empty() {
        out.push_str(QUOTE_FORM);
    }
}

/// FNV-1a of 64 bits with a seed, high half folded into the low.
pub(super) fn hash(text: &str, seed: u64) -> u64 {
    let mut h = 0xCBF2_9CE4_8422_2325_u64 ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for &b in text.as_bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    h ^ (h >> 32)
}

/// The buckets of a canonical form's prefixes of 2 to 4 characters, suffixes of 2 to 4, and the whole.
pub(super) fn affixes(canonical: &str, buckets: usize) -> [usize; AFFIXES] {
    let head = |n: usize| canonical.char_indices().nth(n).map_or(canonical, |(at, _)| &canonical[..at]);
    let tail =
        |n: usize| canonical.char_indices().nth_back(n - 1).map_or(canonical, |(at, _)| &canonical[at..]);
    let parts = [head(2), head(3), head(4), tail(2), tail(3), tail(4), canonical];
    let mut out = [0; AFFIXES];
    for (i, (slot, part)) in out.iter_mut().zip(parts).enumerate() {
        *slot = (hash(part, i as u64 + 1) % buckets as u64) as usize;
    }
    out
}

/// The shape class of a word as written: case (5) × digits (none, some, all) × has a hyphen or dot, then classes of punctuation.
pub(super) fn shape(form: &str) -> usize {
    let (mut upper, mut lower, mut digits) = (0_u32, 0_u32, 0_u32);
    let (mut first_upper, mut seen, mut joined) = (false, false, false);
    for c in form.chars() {
        if c.is_uppercase() {
            upper += 1;
            first_upper |= !seen;
            seen = true;
        } else if c.is_lowercase() {
            lower += 1;
            seen = true;
        } else if c.is_ascii_digit() {
            digits += 1;
            seen = true;
        } else {
            joined |= matches!(c, '-' | '.');
        }
    }
    if upper + lower + digits == 0 {
        return match form {
            _ if is_quote(form) => 30,
            "," => 31,
            "." => 32,
            "-" => 33,
            ":" | ";" => 34,
            "(" => 35,
            ")" => 36,
            "?" | "!" => 37,
            _ => 38,
        };
    }
    let case = match (upper, lower) {
        (0, 0) => 0,
        (0, _) => 1,
        (1, 0) => 3,
        (_, 0) => 2,
        (1, _) if first_upper => 3,
        _ => 4,
    };
    let digit = match digits {
        0 => 0,
        _ if upper + lower == 0 => 2,
        _ => 1,
    };
    (case * 3 + digit) * 2 + usize::from(joined)
}

/// 0: no upper case in the sentence; 1: running text; 2: nearly every longer word starts upper case, as in a headline.
pub(super) fn case_class(forms: &[&str]) -> usize {
    let (mut words, mut capital, mut any) = (0_u32, 0_u32, false);
    for form in forms {
        any |= form.chars().any(char::is_uppercase);
        if form.chars().nth(3).is_some() {
            words += 1;
            capital += u32::from(form.chars().next().is_some_and(char::is_uppercase));
        }
    }
    if !any {
        0
    } else if words >= 3 && capital * 10 >= words * 8 {
        2
    } else {
        1
    }
}
