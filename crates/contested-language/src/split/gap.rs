//! What is seen of the gap between two pieces by the judge of sentence boundaries.
//!
//! Every feature is a number: the hash of a template with what stands around the gap put into it. The same code serves training
//! (`training/splitter.py` reads the numbers from the example `sentences`), so there is no twin to keep.

use super::ending::Copy;
use crate::tokenise::{Kind, Piece};
use crate::words::{self, Classes};

/// Features of every gap.
pub(crate) const FEATURES: usize = 35;

/// Pieces seen on either side of a gap.
const AROUND: usize = 4;

/// What the rules make of a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Rule {
    /// No mark that could end a sentence stands before it.
    None = 0,
    /// A mark stands before it, and the rules read on.
    Inside = 1,
    /// The rules end the sentence here.
    Ends = 2,
    /// Certainly a boundary: another line, or something was taken out.
    Break = 3,
}

/// One piece as the judge sees it.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// Hash of its letters in lower case, digits made alike.
    word: u32,
    /// Hash of its last three letters.
    ending: u32,
    /// What it looks like; 0 beyond the paragraph's ends.
    shape: u32,
    /// Its word classes that matter at boundaries.
    classes: u32,
    spaced: bool,
}

/// The gaps of a text.
pub(super) struct Gaps {
    seen: Vec<Seen>,
    rules: Vec<Rule>,
    wrapped: Vec<bool>,
    /// For every piece: words to the next mark or break, and whether a mark is there.
    ahead: Vec<(u32, bool)>,
    cased: u32,
    lines: u32,
}

const fn mix(a: u32, b: u32) -> u32 {
    let x = (a ^ b.wrapping_mul(0x9e37_79b1)).wrapping_mul(0x85eb_ca6b);
    x ^ (x >> 15)
}

/// Few, some, many.
const fn bucket(n: u32) -> u32 {
    match n {
        0..=4 => n,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        23..=40 => 9,
        _ => 10,
    }
}

impl Gaps {
    /// `rules[k]` is what the rules make of the gap behind piece `k`.
    pub(super) fn of(text: &str, pieces: &[Piece], rules: Vec<Rule>, copy: Copy, lines: usize) -> Self {
        let seen: Vec<Seen> = pieces.iter().map(|piece| Seen::of(text, piece)).collect();
        let wrapped = pieces.windows(2).map(|pair| pair[0].line != pair[1].line).collect();
        let mut ahead = vec![(0, false); pieces.len()];
        let mut next = (0, false);
        for k in (0..pieces.len()).rev() {
            if rules[k] == Rule::Break {
                next = (0, false);
            }
            if matches!(pieces[k].kind, Kind::Period | Kind::Terminal | Kind::Ellipsis) {
                next = (0, true);
            } else if pieces[k].is_word() {
                next.0 += 1;
            }
            ahead[k] = next;
        }
        Self {
            seen,
            rules,
            wrapped,
            ahead,
            cased: u32::from(copy == Copy::Cased),
            lines: match lines {
                0..=1 => 0,
                2..=5 => 1,
                _ => 2,
            },
        }
    }

    /// What the rules make of the gap behind piece `k`.
    pub(super) fn rule(&self, k: usize) -> Rule {
        self.rules.get(k).copied().unwrap_or(Rule::Break)
    }

    /// Walks the gaps from the front; `judge` is given each gap's left piece and features and says whether a sentence ends there.
    /// Gaps that are certainly breaks are not asked about; where `possible` says no, nothing ends.
    pub(super) fn walk(&self, mut judge: impl FnMut(usize, &[u32; FEATURES]) -> bool) -> Vec<bool> {
        let count = self.seen.len();
        let mut ends = vec![false; count];
        let mut first = 0;
        let mut paragraph = 0;
        let mut open = State::default();
        for (k, end) in ends.iter_mut().enumerate() {
            open.read(self.seen[k].shape);
            if self.rule(k) == Rule::Break || k + 1 == count {
                *end = true;
                open = State::default();
                first = k + 1;
                paragraph = k + 1;
                continue;
            }
            if !self.possible(k) {
                continue;
            }
            let features = self.features(k, first, paragraph, open);
            if judge(k, &features) || self.certain(k, open) || self.dated_anew(k, open) {
                *end = true;
                first = k + 1;
            }
        }
        ends
    }

    /// Whether no judge is needed: the rules end the sentence at a plain word's period, and a capital follows.
    fn certain(&self, k: usize, open: State) -> bool {
        let right = &self.seen[k + 1];
        self.rule(k) == Rule::Ends
            && self.cased == 1
            && open.brackets == 0
            && self.seen[k].shape == shape::PERIOD
            && k > 0
            && self.seen[k - 1].shape == shape::SMALL
            && right.spaced
            && matches!(right.shape, shape::CAPITAL | shape::ABBREVIATION | shape::CAPITALS | shape::LETTER)
    }

    /// Whether a date opens a sentence although no mark ends the one before: "… left the town On 3 May 2014, …". Inside a sentence its
    /// preposition has no capital.
    fn dated_anew(&self, k: usize, open: State) -> bool {
        let month = |at: usize| self.seen.get(at).is_some_and(|seen| seen.classes & class::MONTH != 0);
        let day = self.seen.get(k + 2).is_some_and(|seen| seen.shape == shape::NUMBER);
        let right = &self.seen[k + 1];
        self.cased == 1
            && open.brackets == 0
            && self.rule(k) == Rule::None
            && matches!(self.seen[k].shape, shape::SMALL | shape::YEAR)
            && right.spaced
            && right.shape == shape::CAPITAL
            && right.classes & class::OPENER != 0
            && (month(k + 2) || day && month(k + 3))
    }

    /// Whether a sentence could begin with piece `k + 1`. Where no mark stands, something must tell of a list, a title or a new start:
    /// a capital, or what parts items; without case, any word may.
    fn possible(&self, k: usize) -> bool {
        let (left, right) = (self.seen[k].shape, self.seen[k + 1].shape);
        if matches!(right, shape::CLITIC | shape::COMMA | shape::CLOSE | shape::COLON | shape::SEMICOLON)
            || left == shape::OPEN
        {
            return false;
        }
        if self.rule(k) != Rule::None {
            return true;
        }
        let parts = matches!(
            left,
            shape::CLOSE
                | shape::COLON
                | shape::ADDRESS
                | shape::LINE
                | shape::BULLET
                | shape::SYMBOL
                | shape::NUMBER_MARKED
        );
        let quotes = matches!(
            left,
            shape::QUOTE | shape::OPEN_QUOTE | shape::CLOSE_QUOTE | shape::APOSTROPHE | shape::CLITIC
        );
        let item =
            matches!(right, shape::ADDRESS | shape::LINE | shape::BULLET | shape::SYMBOL | shape::DASH);
        let capital = matches!(
            right,
            shape::CAPITAL | shape::CAPITALS | shape::LETTER | shape::ABBREVIATION | shape::NUMBER_MARKED
        );
        let telling = if self.cased == 1 {
            capital || right == shape::OPEN || right == shape::NUMBER
        } else {
            right == shape::SMALL || right == shape::CAPITALS
        };
        (self.seen[k + 1].spaced || left == shape::CLOSE) && !quotes && (parts || item || telling)
    }

    fn at(&self, k: usize, offset: isize, paragraph: usize) -> Seen {
        let Some(at) = k.checked_add_signed(offset).filter(|&at| at >= paragraph) else {
            return Seen::default();
        };
        // Nothing is seen beyond a break.
        if (k..at).any(|j| self.rule(j) == Rule::Break) {
            return Seen::default();
        }
        self.seen.get(at).copied().unwrap_or_default()
    }

    fn features(&self, k: usize, first: usize, paragraph: usize, open: State) -> [u32; FEATURES] {
        let mut left = [Seen::default(); AROUND];
        let mut right = [Seen::default(); AROUND];
        for j in 0..AROUND {
            left[j] = self.at(k, -(j as isize), paragraph);
            right[j] = self.at(k, 1 + j as isize, paragraph);
        }
        let [l1, l2, l3, l4] = left;
        let [r1, r2, r3, _] = right;
        let start = self.seen[first];
        let cased = self.cased;
        let rule = self.rules[k] as u32;
        let spaced = u32::from(r1.spaced) | u32::from(self.wrapped[k]) << 1;
        let length = bucket((k + 1 - first) as u32);
        let (ahead, marked) = self.ahead[k + 1];
        let ahead = bucket(ahead) << 1 | u32::from(marked);
        let to_left = bucket((k - paragraph) as u32);
        let pair = l1.shape << 5 | r1.shape;
        let mut out = Features { hashes: [0; FEATURES], count: 0, cased };
        out.put([rule, spaced, pair]);
        out.put([l2.shape, pair, rule]);
        out.put([pair, r2.shape, rule]);
        out.put([l2.shape, pair, r2.shape]);
        out.put([l3.shape << 5 | l2.shape, pair, 0]);
        out.put([pair, r2.shape << 5 | r3.shape, 0]);
        out.put([l3.shape << 5 | l2.shape, pair, r2.shape << 5 | r3.shape]);
        out.put([l4.shape << 10 | l3.shape << 5 | l2.shape, pair, 0]);
        out.put([l1.word, r1.shape, rule]);
        out.put([l1.shape, r1.word, rule]);
        out.put([l1.word, 0, 0]);
        out.put([r1.word, 0, 0]);
        out.put([l1.word, r1.word, 0]);
        out.put([l2.word, pair, 0]);
        out.put([r2.word, pair, 0]);
        out.put([l3.word, pair, 0]);
        out.put([r3.word, pair, 0]);
        out.put([l2.word, l1.word, r1.shape]);
        out.put([r1.word, r2.word, l1.shape]);
        out.put([r1.word, l1.shape, l2.shape]);
        out.put([r1.word, r2.shape, rule]);
        out.put([length, pair, rule]);
        out.put([ahead, pair, 0]);
        out.put([to_left, pair, 0]);
        out.put([open.code(), pair, rule]);
        out.put([start.word, pair, 0]);
        out.put([
            u32::from(start.word == r1.word) | u32::from(start.shape == r1.shape) << 1,
            start.shape << 5 | r1.shape,
            length,
        ]);
        out.put([self.lines, pair, rule]);
        out.put([self.lines, ahead, length]);
        out.put([l1.classes, r1.classes, rule]);
        out.put([l1.classes, r1.shape, r2.shape]);
        out.put([l1.shape, r1.classes, length]);
        out.put([l1.ending, r1.shape, 0]);
        out.put([r1.word, length, rule]);
        out.put([r1.ending, pair, r2.shape]);
        out.hashes
    }
}

/// What is open at a gap.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    brackets: u32,
    quote: bool,
}

impl State {
    const fn read(&mut self, shape: u32) {
        match shape {
            shape::OPEN => self.brackets += 1,
            shape::CLOSE => self.brackets = self.brackets.saturating_sub(1),
            shape::QUOTE => self.quote = !self.quote,
            shape::OPEN_QUOTE => self.quote = true,
            shape::CLOSE_QUOTE => self.quote = false,
            _ => {}
        }
    }

    fn code(self) -> u32 {
        u32::from(self.brackets > 0) << 1 | u32::from(self.quote)
    }
}

struct Features {
    hashes: [u32; FEATURES],
    count: usize,
    cased: u32,
}

impl Features {
    fn put(&mut self, parts: [u32; 3]) {
        let template = self.count as u32 * 2 + self.cased;
        self.hashes[self.count] = mix(parts.into_iter().fold(mix(template, 0x51ed_270b), mix), 0x27d4_eb2f);
        self.count += 1;
    }
}

/// Bits of `Seen::classes`, in the order of `Seen::classes_of`.
mod class {
    pub(super) const MONTH: u32 = 1 << 1;
    pub(super) const OPENER: u32 = 1 << 6;
}

/// What pieces look like.
mod shape {
    pub(super) const SMALL: u32 = 1;
    pub(super) const CAPITAL: u32 = 2;
    pub(super) const CAPITALS: u32 = 3;
    pub(super) const LETTER: u32 = 4;
    pub(super) const MIXED: u32 = 5;
    pub(super) const ABBREVIATION: u32 = 6;
    pub(super) const NUMBER: u32 = 7;
    pub(super) const NUMBER_MARKED: u32 = 8;
    pub(super) const ADDRESS: u32 = 9;
    pub(super) const CLITIC: u32 = 10;
    pub(super) const PERIOD: u32 = 11;
    pub(super) const TERMINAL: u32 = 12;
    pub(super) const ELLIPSIS: u32 = 13;
    pub(super) const OPEN: u32 = 14;
    pub(super) const CLOSE: u32 = 15;
    pub(super) const QUOTE: u32 = 16;
    pub(super) const OPEN_QUOTE: u32 = 17;
    pub(super) const CLOSE_QUOTE: u32 = 18;
    pub(super) const APOSTROPHE: u32 = 19;
    pub(super) const COMMA: u32 = 20;
    pub(super) const COLON: u32 = 21;
    pub(super) const SEMICOLON: u32 = 22;
    pub(super) const DASH: u32 = 23;
    pub(super) const BULLET: u32 = 24;
    pub(super) const SYMBOL: u32 = 25;
    pub(super) const LINE: u32 = 26;
    pub(super) const OTHER: u32 = 27;
    pub(super) const YEAR: u32 = 28;
}

/// Marks repeated so often draw a line.
const DRAWN: u32 = 4;

impl Seen {
    fn of(text: &str, piece: &Piece) -> Self {
        let word = piece.text(text);
        let length = piece.char_end - piece.char;
        let mut hash = 0x811c_9dc5;
        let mut last = [0_u32; 3];
        let mut put = |c: u32| {
            hash = mix(hash, c);
            last = [last[1], last[2], c];
        };
        for c in word.chars().take(24) {
            if c.is_ascii_digit() {
                put(u32::from(b'0'));
            } else if c.is_ascii() {
                put(u32::from(c.to_ascii_lowercase()));
            } else {
                c.to_lowercase().for_each(|c| put(c as u32));
            }
        }
        let classes = if piece.is_word() && word.len() <= 16 { Self::classes_of(word) } else { 0 };
        Self {
            word: hash,
            ending: last.into_iter().fold(7, mix),
            shape: Self::shape(word, piece.kind, length),
            classes,
            spaced: piece.spaced,
        }
    }

    fn classes_of(word: &str) -> u32 {
        let lower = word.trim_end_matches('.').to_ascii_lowercase();
        let classes = words::of(&lower);
        [
            Classes::TITLE.or(Classes::REFERENCE),
            Classes::MONTH.or(Classes::FULL_MONTH),
            Classes::WEEKDAY.or(Classes::FULL_WEEKDAY),
            Classes::CLOSING,
            Classes::HOUR,
            Classes::STARTER,
            Classes::OPENER,
            Classes::SAYING,
            Classes::PRONOUN,
        ]
        .into_iter()
        .enumerate()
        .fold(0, |bits, (k, class)| bits | u32::from(classes.any(class)) << k)
    }

    fn shape(word: &str, kind: Kind, length: u32) -> u32 {
        match kind {
            Kind::Word | Kind::Parted => {
                if word.ends_with('.') {
                    return shape::ABBREVIATION;
                }
                let mut chars = word.chars();
                let Some(first) = chars.next() else { return shape::OTHER };
                let (mut upper, mut lower) = (false, false);
                for c in chars {
                    upper |= c.is_uppercase();
                    lower |= c.is_lowercase();
                }
                match (first.is_uppercase(), upper, lower) {
                    (true, false, false) => shape::LETTER,
                    (true, false, true) => shape::CAPITAL,
                    (true, true, false) => shape::CAPITALS,
                    (false, false, _) if first.is_lowercase() => shape::SMALL,
                    (_, true, _) => shape::MIXED,
                    _ => shape::OTHER,
                }
            }
            Kind::Number if word.bytes().all(|b| b.is_ascii_digit()) => {
                if length == 4 {
                    shape::YEAR
                } else {
                    shape::NUMBER
                }
            }
            Kind::Number => shape::NUMBER_MARKED,
            Kind::Clitic => shape::CLITIC,
            Kind::Period => shape::PERIOD,
            Kind::Terminal => shape::TERMINAL,
            Kind::Ellipsis => shape::ELLIPSIS,
            Kind::Open => shape::OPEN,
            Kind::Close => shape::CLOSE,
            Kind::Quote => shape::QUOTE,
            Kind::OpenQuote => shape::OPEN_QUOTE,
            Kind::CloseQuote => shape::CLOSE_QUOTE,
            Kind::Apostrophe => shape::APOSTROPHE,
            Kind::Comma => shape::COMMA,
            Kind::Colon if word == ":" => shape::COLON,
            Kind::Colon => shape::SEMICOLON,
            Kind::Dash | Kind::Symbol if length >= DRAWN && !word.contains(char::is_alphanumeric) => {
                shape::LINE
            }
            Kind::Dash => shape::DASH,
            Kind::Bullet => shape::BULLET,
            Kind::Symbol if word.contains(char::is_alphanumeric) => shape::ADDRESS,
            Kind::Symbol => shape::SYMBOL,
        }
    }
}
