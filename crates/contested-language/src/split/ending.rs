//! Whether a sentence ends at a mark.
//!
//! Decisions on degraded copy use word lists only; properly cased copy adds what capitals say.

use crate::tokenise::{Kind, Piece};
use crate::words::{self, Classes};

/// What the copy's capitals are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copy {
    /// Capitals where English has them.
    Cased,
    /// All in one case: they say nothing.
    Uncased,
}

impl Copy {
    /// Judges by the first ten thousand words.
    pub(super) fn of(text: &str, pieces: &[Piece]) -> Self {
        let (mut upper, mut lower) = (0_u32, 0_u32);
        for piece in pieces.iter().filter(|p| p.kind == Kind::Word).take(10_000) {
            let word = piece.text(text);
            upper += u32::from(word.starts_with(char::is_uppercase));
            lower += u32::from(word.starts_with(char::is_lowercase));
        }
        if upper * 50 >= lower && lower * 4 >= upper { Self::Cased } else { Self::Uncased }
    }
}

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The sentence goes on.
    Inside,
    /// The period belongs to the word before it, and the sentence goes on.
    OfWord,
    /// The sentence ends after this mark and so many closing marks behind it.
    Ends {
        /// Pieces after the mark that still belong to the sentence.
        closers: usize,
    },
}

/// What there is to know around a mark.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) input: &'a [Piece],
    pub(super) continued: &'a [bool],
    pub(super) copy: Copy,
    pub(super) quote_open: bool,
}

impl Context<'_> {
    /// Piece `k` if it stands on the same line as piece `at`, or on one that carries it on.
    fn same_line(&self, at: usize, k: usize) -> Option<&Piece> {
        let (from, to) = (self.input.get(at)?, self.input.get(k)?);
        (from.line == to.line
            || (from.line + 1..=to.line).all(|line| self.continued.get(line as usize) == Some(&true)))
        .then_some(to)
    }

    fn lower(&self, piece: &Piece) -> String {
        piece.text(self.text).to_lowercase()
    }

    fn classes(&self, piece: &Piece) -> Classes {
        if piece.byte_end - piece.byte > 16 { Classes::default() } else { words::of(&self.lower(piece)) }
    }

    fn is_capital(&self, piece: &Piece) -> bool {
        piece.text(self.text).starts_with(char::is_uppercase)
    }

    fn is_small(&self, piece: &Piece) -> bool {
        piece.text(self.text).starts_with(char::is_lowercase)
    }
}

/// Judges the piece `at`; `sentence` holds the pieces before it.
pub(super) fn verdict(context: &Context<'_>, at: usize, sentence: &[Piece]) -> Verdict {
    let piece = &context.input[at];
    match piece.kind {
        Kind::Period => period(context, at, sentence),
        Kind::Terminal => {
            let closers = closers(context, at);
            match context.same_line(at, at + 1 + closers) {
                Some(next)
                    if context.copy == Copy::Cased
                        && closers > 0
                        && next.kind == Kind::Word
                        && context.is_small(next) =>
                {
                    Verdict::Inside
                }
                Some(next) if matches!(next.kind, Kind::Comma | Kind::Colon | Kind::Close | Kind::Clitic) => {
                    Verdict::Inside
                }
                Some(next) if next.kind == Kind::Word && context.classes(next).any(Classes::SAYING) => {
                    Verdict::Inside
                }
                _ => Verdict::Ends { closers },
            }
        }
        Kind::Ellipsis => {
            let closers = closers(context, at);
            match context.same_line(at, at + 1 + closers) {
                None => Verdict::Ends { closers },
                Some(next) if !next.is_word() || sentence.is_empty() => Verdict::Inside,
                Some(next) if context.copy == Copy::Cased => {
                    if context.is_capital(next) {
                        Verdict::Ends { closers }
                    } else {
                        Verdict::Inside
                    }
                }
                Some(next) if context.classes(next).any(Classes::STARTER) => Verdict::Ends { closers },
                Some(_) => Verdict::Inside,
            }
        }
        _ => Verdict::Inside,
    }
}

/// More closing marks than that are noise; bounded so that no text costs more than its length.
const MOST_CLOSERS: usize = 16;

/// Closing marks behind the mark `at` that belong to its sentence: quotation marks, brackets, more marks, "[4]".
fn closers(context: &Context<'_>, at: usize) -> usize {
    let mut quote_open = context.quote_open;
    let mut count = 0;
    while let Some(next) = context.same_line(at, at + 1 + count).filter(|_| count < MOST_CLOSERS) {
        let after = context.same_line(at, at + 2 + count);
        let closes = match next.kind {
            Kind::Close | Kind::CloseQuote | Kind::Terminal => true,
            // A straight mark closes when it touches what it follows, or stands apart on both sides while a quotation is open.
            Kind::Quote | Kind::Apostrophe => {
                let closing = !next.spaced || after.is_none_or(|after| after.spaced) && quote_open;
                if closing && next.kind == Kind::Quote {
                    quote_open = false;
                }
                closing
            }
            _ => false,
        };
        if closes {
            count += 1;
            continue;
        }
        // A reference: "[4]" right behind the period.
        let third = context.same_line(at, at + 3 + count);
        if let (Kind::Open, Some(number), Some(close)) = (next.kind, after, third)
            && !next.spaced
            && number.kind == Kind::Number
            && close.kind == Kind::Close
            && next.text(context.text) == "["
        {
            count += 3;
            continue;
        }
        break;
    }
    count
}

fn period(context: &Context<'_>, at: usize, sentence: &[Piece]) -> Verdict {
    let Some(word) = sentence.last() else {
        return if context.same_line(at, at + 1).is_some() {
            Verdict::Inside
        } else {
            Verdict::Ends { closers: 0 }
        };
    };
    let closers = closers(context, at);
    let next = context.same_line(at, at + 1 + closers);
    let touching = context.same_line(at, at + 1);
    // ". . ." and marks that cannot follow a sentence's end.
    if let Some(mark) = touching
        && matches!(mark.kind, Kind::Period | Kind::Ellipsis)
    {
        return Verdict::Inside;
    }
    if matches!(word.kind, Kind::Word | Kind::Parted) {
        let following = if closers == 0 { next } else { touching };
        if let Some(verdict) = abbreviation(context, word, following) {
            return verdict;
        }
    }
    // "1." and "a." that number an item.
    if sentence.len() == 1 && next.is_some() && (word.kind == Kind::Number || word.char_end - word.char == 1)
    {
        return Verdict::Inside;
    }
    let Some(next) = next else { return Verdict::Ends { closers } };
    match next.kind {
        Kind::Comma | Kind::Colon => Verdict::Inside,
        Kind::Dash if !next.spaced => Verdict::Inside,
        Kind::Number if !next.spaced && closers == 0 => Verdict::Inside,
        Kind::Word if context.copy == Copy::Cased && context.is_small(next) => {
            // After a quotation's end the sentence may go on; so it may after an abbreviation we do not know.
            let length = word.char_end - word.char;
            let unknown = word.kind == Kind::Word
                && length <= 4
                && context.is_capital(word)
                && next.spaced
                && closers == 0;
            if unknown || closers > 0 && context.classes(next).any(Classes::SAYING.or(Classes::STARTER)) {
                Verdict::Inside
            } else {
                Verdict::Ends { closers }
            }
        }
        Kind::Word
            if closers > 0 && context.copy == Copy::Uncased && context.classes(next).any(Classes::SAYING) =>
        {
            Verdict::Inside
        }
        _ => Verdict::Ends { closers },
    }
}

/// What the period after `word` is when the word is an abbreviation; `None` when it is a word like any other.
fn abbreviation(context: &Context<'_>, word: &Piece, next: Option<&Piece>) -> Option<Verdict> {
    if word.byte_end - word.byte > 16 {
        return None;
    }
    let lower = context.lower(word);
    let mut classes = words::of(&lower);
    let letters = lower.chars().count();
    let lettered = lower.contains('.') && lower.rsplit('.').all(|part| part.chars().count() == 1);
    if lettered {
        classes = classes.or(Classes::CLOSING);
    }
    // "a" and "i" in small letters are words.
    let initial = letters == 1
        && lower.chars().all(char::is_alphabetic)
        && !matches!(word.text(context.text), "a" | "i");
    let listed = Classes::TITLE
        .or(Classes::REFERENCE)
        .or(Classes::NUMBERED)
        .or(Classes::MONTH)
        .or(Classes::WEEKDAY)
        .or(Classes::CLOSING);
    if !initial && !classes.any(listed) {
        return None;
    }
    let next = next?;
    // Marks that cannot follow a sentence's end.
    if matches!(next.kind, Kind::Comma | Kind::Colon | Kind::Close | Kind::Clitic) || next.kind == Kind::Dash
    {
        return Some(Verdict::OfWord);
    }
    if matches!(next.kind, Kind::Terminal) {
        return Some(Verdict::OfWord);
    }
    let cased = context.copy == Copy::Cased;
    let worded = next.is_word();
    let small = cased && worded && context.is_small(next);
    if classes.any(Classes::TITLE) || classes.any(Classes::REFERENCE) && (worded || next.kind == Kind::Open) {
        return Some(Verdict::OfWord);
    }
    if classes.any(Classes::NUMBERED) && (next.kind == Kind::Number || !initial) {
        return (next.kind == Kind::Number).then_some(Verdict::OfWord);
    }
    if classes.any(Classes::MONTH) {
        return (next.kind == Kind::Number || small).then_some(Verdict::OfWord);
    }
    let next_classes = if worded { context.classes(next) } else { Classes::default() };
    if classes.any(Classes::WEEKDAY) {
        let date = next.kind == Kind::Number || next_classes.any(Classes::MONTH.or(Classes::FULL_MONTH));
        return (date || small).then_some(Verdict::OfWord);
    }
    if small {
        return Some(Verdict::OfWord);
    }
    if initial {
        if !worded || next.kind == Kind::Number {
            return None;
        }
        // "vitamin C. The": an initial has a name beside it.
        if cased && !context.is_capital(word) {
            return None;
        }
        let starts = if cased { Classes::STARTER.or(Classes::OPENER) } else { Classes::STARTER };
        if next_classes.any(starts) && next.char_end - next.char > 1 {
            return None;
        }
        return Some(Verdict::OfWord);
    }
    // What may end a sentence as well as stand in it.
    if !worded {
        return None;
    }
    if next.kind == Kind::Number {
        return Some(Verdict::OfWord);
    }
    if classes.any(Classes::HOUR) && cased {
        let day = Classes::FULL_WEEKDAY.or(Classes::FULL_MONTH).or(Classes::MONTH);
        let zone = next.text(context.text).chars().all(|c| c.is_uppercase() || c == '.')
            && next.char_end - next.char > 1;
        return (next_classes.any(day) || zone).then_some(Verdict::OfWord);
    }
    let starts = if cased { Classes::STARTER.or(Classes::OPENER) } else { Classes::STARTER };
    if lower == "etc" && cased || next_classes.any(starts) { None } else { Some(Verdict::OfWord) }
}
