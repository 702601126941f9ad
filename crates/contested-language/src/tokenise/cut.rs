//! One run without white space into pieces.

use super::scan::invisible;
use super::{Kind, Piece};
use crate::words::{self, Classes};

/// Longest word looked up in a list; longer ones are in none.
const LONGEST_LISTED: usize = 16;

/// Cuts runs of one text; keeps its buffers between runs.
pub(super) struct Cutter<'t> {
    text: &'t str,
    chars: Vec<char>,
    bytes: Vec<u32>,
    lower: String,
    /// The run holds an "@".
    has_at: bool,
}

pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' | '\u{b4}')
}

pub(super) const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

const fn is_dash(c: char) -> bool {
    is_hyphen(c) || matches!(c, '\u{2012}'..='\u{2015}')
}

/// Letters, digits, marks that combine with them, and whatever is neither punctuation nor a symbol we know.
fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    if c.is_alphanumeric() || invisible(c) {
        return !is_apostrophe(c);
    }
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{900}'..='\u{dff}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

impl<'t> Cutter<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, chars: Vec::new(), bytes: Vec::new(), lower: String::new(), has_at: false }
    }

    fn at(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or('\0')
    }

    /// Lower case of characters `from..to`; empty when they are too many to be in a list.
    fn lower(&mut self, from: usize, to: usize) -> &str {
        self.lower.clear();
        if to - from <= LONGEST_LISTED {
            for &c in &self.chars[from..to] {
                self.lower.extend(c.to_lowercase());
            }
        }
        &self.lower
    }

    fn classes(&mut self, from: usize, to: usize) -> Classes {
        words::of(self.lower(from, to))
    }

    /// Cuts bytes `start..end`, whose first character is number `start_char` of the text.
    pub(super) fn cut(&mut self, start: usize, end: usize, start_char: u32, line: u32, out: &mut Vec<Piece>) {
        self.chars.clear();
        self.bytes.clear();
        for (at, c) in self.text[start..end].char_indices() {
            self.chars.push(c);
            self.bytes.push((start + at) as u32);
        }
        self.bytes.push(end as u32);
        while self.chars.last().is_some_and(|&c| invisible(c)) {
            self.chars.pop();
            self.bytes.pop();
        }
        self.has_at = self.chars.contains(&'@');
        let first = out.len();
        let mut i = 0;
        let n = self.chars.len();
        while i < n {
            let (to, kind) = self.next(i, out.len() == first);
            let to = to.clamp(i + 1, n);
            let piece = Piece {
                byte: self.bytes[i],
                byte_end: self.bytes[to],
                char: start_char + i as u32,
                char_end: start_char + to as u32,
                line,
                kind,
                spaced: out.len() == first,
            };
            if kind != Kind::Word || !self.split_word(i, to, &piece, out) {
                out.push(piece);
            }
            i = to;
        }
    }

    /// End and kind of the piece that begins at `i`.
    fn next(&mut self, i: usize, first: bool) -> (usize, Kind) {
        let c = self.at(i);
        if is_word_char(c) {
            if let Some(to) = self.address(i) {
                return (to, Kind::Symbol);
            }
            return self.word(i);
        }
        let run = |same: &dyn Fn(char) -> bool| i + self.chars[i..].iter().take_while(|&&c| same(c)).count();
        match c {
            '.' => {
                let to = run(&|c| c == '.');
                // ".50 calibre"
                if to == i + 1 && first && self.at(to).is_ascii_digit() {
                    return self.word(to);
                }
                (to, if to == i + 1 { Kind::Period } else { Kind::Ellipsis })
            }
            '…' => (run(&|c| c == '…' || c == '.'), Kind::Ellipsis),
            '?' | '!' => (run(&|c| c == '?' || c == '!'), Kind::Terminal),
            ',' | '،' => (i + 1, Kind::Comma),
            ':' | ';' | '؛' => (i + 1, Kind::Colon),
            '(' | '[' | '{' => (i + 1, Kind::Open),
            ')' | ']' | '}' => (i + 1, Kind::Close),
            '"' | '\u{201f}' | '\u{ff02}' => (i + 1, Kind::Quote),
            '“' | '«' | '„' => (i + 1, Kind::OpenQuote),
            '”' | '»' => (i + 1, Kind::CloseQuote),
            _ if is_apostrophe(c) => self.apostrophe(i),
            _ if is_dash(c) => (run(&is_dash), Kind::Dash),
            '•' | '‣' | '▪' | '●' | '■' | '◦' | '·' => (i + 1, Kind::Bullet),
            '=' | '*' | '~' | '#' | '+' | '|' | '<' | '>' => {
                (run(&|d| d == c), if first && c == '*' { Kind::Bullet } else { Kind::Symbol })
            }
            _ => (i + 1, Kind::Symbol),
        }
    }

    /// What an apostrophe or single quotation mark begins.
    fn apostrophe(&mut self, i: usize) -> (usize, Kind) {
        let n = self.chars.len();
        if is_apostrophe(self.at(i + 1)) {
            let opening = matches!(self.at(i), '`' | '‘');
            return (
                i + 2,
                if opening {
                    Kind::OpenQuote
                } else if self.at(i) == '’' {
                    Kind::CloseQuote
                } else {
                    Kind::Quote
                },
            );
        }
        let letters = self.chars[i + 1..].iter().take_while(|&&c| is_word_char(c)).count();
        let to = i + 1 + letters;
        let ends = to == n || !is_hyphen(self.at(to)) && !is_apostrophe(self.at(to));
        if letters > 0 && ends {
            // "'s" that stands apart in tokenised copy.
            if matches!(self.lower(i + 1, to), "s" | "m" | "d" | "ll" | "re" | "ve") {
                return (to, Kind::Clitic);
            }
            let digits = self.chars[i + 1..to].iter().take_while(|c| c.is_ascii_digit()).count();
            if digits == 2 && (letters == 2 || letters == 3 && matches!(self.at(to - 1), 's' | 'S')) {
                return (to, Kind::Number);
            }
            if self.at(i) != '‘' && matches!(self.lower(i + 1, to), "em" | "til" | "cause" | "tis" | "twas")
            {
                return (to, Kind::Word);
            }
        }
        match self.at(i) {
            '‘' | '`' => (i + 1, Kind::OpenQuote),
            _ => (i + 1, Kind::Apostrophe),
        }
    }

    /// An address of the net, of mail, or a hashtag's or account's name.
    fn address(&mut self, i: usize) -> Option<usize> {
        if !self.has_at && !matches!(self.at(i), 'h' | 'H' | 'w' | 'W') {
            return None;
        }
        let rest = &self.chars[i..];
        let head: String = rest.iter().take(8).collect::<String>().to_ascii_lowercase();
        let net = head.starts_with("http://") || head.starts_with("https://") || head.starts_with("www.");
        if !net {
            // Mail: something before one @ and a period after it.
            let at = rest.iter().take(64).position(|&c| c == '@')?;
            if !rest[..at].iter().all(|&c| is_word_char(c) || matches!(c, '.' | '-' | '+' | '%')) {
                return None;
            }
            let after =
                rest[at + 1..].iter().take_while(|&&c| is_word_char(c) || matches!(c, '.' | '-')).count();
            if after < 3 {
                return None;
            }
        }
        let mut to =
            i + rest.iter().take_while(|&&c| !matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»')).count();
        while to > i + 1
            && matches!(self.at(to - 1), '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\'' | '’')
        {
            to -= 1;
        }
        Some(to)
    }

    /// End and kind of the word that begins at `i`: letters and digits and what may stand between them.
    fn word(&mut self, i: usize) -> (usize, Kind) {
        let n = self.chars.len();
        let digit = self.at(i).is_ascii_digit();
        let mut to = i;
        // Where the part after the last period began, and after the last hyphen.
        let mut part = i;
        let mut all_digits = true;
        let mut hyphens = 0_usize;
        loop {
            while to < n && is_word_char(self.chars[to]) {
                all_digits &= self.chars[to].is_ascii_digit();
                to += 1;
            }
            let (c, next) = (self.at(to), self.at(to + 1));
            if to + 1 >= n && !(c == '.' || c == '-') || to >= n {
                break;
            }
            let previous = self.at(to - 1);
            let inside = match c {
                '.' => {
                    if all_digits && next.is_ascii_digit() {
                        true
                    } else if is_word_char(next) {
                        self.period_inside(part, to)
                    } else {
                        // "U.S.-backed": the period cannot be the sentence's.
                        is_hyphen(next) && self.abbreviates(i, part, to)
                    }
                }
                ',' => all_digits && self.thousands(to),
                ':' => all_digits && next.is_ascii_digit(),
                '/' => {
                    let letters = to == i + 1
                        && next.is_alphabetic()
                        && !is_word_char(self.at(to + 2))
                        && self.at(to + 2) != '/';
                    letters && !digit || all_digits && next.is_ascii_digit() && self.digits_to_the_end(to + 1)
                }
                '&' => {
                    let after = self.chars[to + 1..].iter().take_while(|&&c| is_word_char(c)).count();
                    to - i <= 2 && (1..=2).contains(&after)
                }
                '*' => previous.is_alphabetic() && next.is_alphabetic(),
                _ if is_apostrophe(c) => previous.is_alphanumeric() && is_word_char(next),
                _ if is_hyphen(c) => {
                    is_word_char(next) && self.hyphen_inside(i, to, all_digits, hyphens > 0 || part != i)
                }
                _ => false,
            };
            if !inside {
                break;
            }
            hyphens += usize::from(is_hyphen(c));
            to += 1;
            if matches!(c, '.') {
                part = to;
                if !is_word_char(next) {
                    break;
                }
            }
        }
        if digit {
            let digits = self.number_before_unit(i, to);
            return (digits, Kind::Number);
        }
        (to, Kind::Word)
    }

    /// Whether the period at `to`, with a letter or digit behind it, belongs to a word; `part` is where the stretch before it begins.
    fn period_inside(&mut self, part: usize, to: usize) -> bool {
        let after =
            self.chars[to + 1..].iter().take(LONGEST_LISTED + 1).take_while(|&&c| is_word_char(c)).count();
        let end = to + 1 + after;
        if self.at(to + 1).is_ascii_digit() && !self.chars[part..to].iter().any(char::is_ascii_digit) {
            return false;
        }
        // "U.S", "a.m", "Ph.D"; but not the "D.But" of run-on text.
        if to - part == 1 && self.at(part).is_alphabetic() {
            return after == 1
                || self.at(end) == '.' && after <= 2
                || !self.classes(to + 1, end).any(Classes::STARTER.or(Classes::OPENER)) && after < 3;
        }
        if after == 1 && self.at(to + 1).is_alphabetic() && to - part <= 2 {
            return true;
        }
        if self.chars[part..to].iter().any(char::is_ascii_digit) {
            return !self.at(to + 1).is_uppercase() || self.classes(to + 1, end).any(Classes::DOMAIN);
        }
        // Names on the net and of files: a known ending, or one more period behind it.
        self.classes(to + 1, end).any(Classes::DOMAIN)
            || self.at(end) == '.' && is_word_char(self.at(end + 1)) && !self.at(to + 1).is_uppercase()
    }

    /// Whether `from..to` is an abbreviation with its period at `to` still to come.
    fn abbreviates(&mut self, from: usize, part: usize, to: usize) -> bool {
        let listed = Classes::TITLE.or(Classes::CLOSING).or(Classes::MONTH).or(Classes::REFERENCE);
        to - part == 1 && part > from || self.classes(from, to).any(listed)
    }

    /// Whether exactly three digits follow the comma at `to`.
    fn thousands(&self, to: usize) -> bool {
        (1..=3).all(|k| self.at(to + k).is_ascii_digit()) && !self.at(to + 4).is_ascii_digit()
    }

    /// Whether digits and slashes are all there is from `from`, but for a last mark.
    fn digits_to_the_end(&self, from: usize) -> bool {
        let digits = self.chars[from..].iter().take_while(|&&c| c.is_ascii_digit()).count();
        !is_word_char(self.at(from + digits))
    }

    /// Whether the hyphen at `to` belongs to the word that began at `from`; `chained`: a hyphen or a period already does.
    fn hyphen_inside(&mut self, from: usize, to: usize, all_digits: bool, chained: bool) -> bool {
        if all_digits {
            // Telephone numbers and dates, not ranges: 713-853-3989, 345-9945, 11-20-2000.
            let next = self.chars[to + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
            let after = self.at(to + 1 + next);
            let head = to - from;
            if is_word_char(after) || next == 0 {
                return false;
            }
            return chained
                || is_hyphen(after) && self.at(to + 2 + next).is_ascii_digit()
                || head == 3 && next == 4;
        }
        if chained {
            return false;
        }
        if self.classes(from, to).any(Classes::PREFIX) {
            // A single letter is a prefix only where it is one everywhere ("e-mail", not "T-72" or "F-16").
            return !self.at(to + 1).is_ascii_digit() || to - from == 3;
        }
        let after =
            self.chars[to + 1..].iter().take(LONGEST_LISTED + 1).take_while(|&&c| is_word_char(c)).count();
        !is_hyphen(self.at(to + 1 + after)) && self.classes(to + 1, to + 1 + after).any(Classes::SUFFIX)
    }

    /// Where the number that begins at `i` ends: before a unit ("10|km"), else with the word.
    fn number_before_unit(&mut self, i: usize, to: usize) -> usize {
        let digits = self.chars[i..to]
            .iter()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'))
            .count();
        let from = i + digits;
        if from == to
            || self.bytes[i] > 0
                && self.text[..self.bytes[i] as usize].ends_with(is_hyphen)
                && !self.after_number(i)
        {
            return to;
        }
        if self.classes(from, to).any(Classes::UNIT) { from } else { to }
    }

    /// Whether a digit stands before the hyphen before `i` ("10-15km").
    fn after_number(&self, i: usize) -> bool {
        i >= 2 && self.at(i - 2).is_ascii_digit()
    }

    /// Cuts contractions off the word `from..to`; false when there is nothing to cut.
    fn split_word(&mut self, from: usize, to: usize, piece: &Piece, out: &mut Vec<Piece>) -> bool {
        let length = to - from;
        let at =
            match (0..=3).find(|&k| k + 1 < length && is_apostrophe(self.at(to - 1 - k))) {
                // n't
                Some(1)
                    if length > 3
                        && matches!(self.at(to - 1), 't' | 'T')
                        && matches!(self.at(to - 3), 'n' | 'N') =>
                {
                    to - 3
                }
                Some(1) if matches!(self.at(to - 1), 's' | 'S' | 'm' | 'M' | 'd' | 'D') => to - 2,
                Some(2) if matches!(self.lower(to - 2, to), "ll" | "re" | "ve") => to - 3,
                Some(_) => return false,
                None => {
                    match self.lower(from, to) {
                        "cannot" | "gonna" | "gotta" | "dont" | "wont" | "cant" | "isnt" | "arent"
                        | "aint" | "didnt" | "doesnt" | "wasnt" | "werent" | "hasnt" | "havent" | "hadnt"
                        | "couldnt" | "wouldnt" | "shouldnt" | "mustnt" | "neednt" | "wanna" => {
                            if self.lower == "cannot" { to - 3 } else { to - 2 }
                        }
                        "im" | "ive" => from + 1,
                        "youve" | "weve" | "theyve" | "theyre" | "youre" => to - 2,
                        "thats" | "whats" => to - 1,
                        _ => return false,
                    }
                }
            };
        let (chars, bytes) = (piece.char + (at - from) as u32, self.bytes[at]);
        let tail = &self.chars[at..to];
        let clitic = is_apostrophe(tail[0]) || tail.len() == 3 && is_apostrophe(tail[1]);
        let negation = !matches!(tail, ['n' | 'N', 'o' | 'O', ..] | [.., 'a' | 'A']);
        out.push(Piece { byte_end: bytes, char_end: chars, ..*piece });
        out.push(Piece {
            byte: bytes,
            char: chars,
            spaced: false,
            kind: if clitic || negation { Kind::Clitic } else { Kind::Word },
            ..*piece
        });
        true
    }
}
