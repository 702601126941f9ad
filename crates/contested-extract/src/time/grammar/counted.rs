//! Time that is counted: "two days ago", "the past week", "for a third day", "the next day".

use contested_language::tags::{Deprel, Upos, Xpos};

use super::super::calendar::{self, Period, Unit};
use super::names::unit_name;
use super::{Core, Words};

impl Words<'_> {
    /// "the past two weeks", "the last 24 hours", "the past year".
    pub(super) fn past(&self, at: usize) -> Option<Core> {
        if !self.is(at, &["past", "last", "previous"]) || !self.is(at.wrapping_sub(1), &["the", "these"]) {
            return None;
        }
        let (count, next) = self.count(at + 1).unwrap_or((1, at + 1));
        let unit = unit_name(self.norm(next))?;
        if next == at + 1 && self.norm(next).ends_with('s') {
            return None;
        }
        Some(Core { end: next + 1, period: self.known.past(count, unit), absolute: false })
    }

    /// "two days ago", "a year ago", "one week earlier".
    pub(super) fn ago(&self, at: usize) -> Option<Core> {
        let (count, next) = self.count(at)?;
        let unit = unit_name(self.norm(next))?;
        match self.norm(next + 1) {
            "ago" => Some(Core { end: next + 2, period: self.known.ago(count, unit), absolute: false }),
            "later" | "earlier" => {
                let sign = if self.is(next + 1, &["later"]) { 1 } else { -1 };
                let days = match unit {
                    Unit::Day => count,
                    Unit::Week => 7 * count,
                    _ => return None,
                };
                let day = calendar::plus_days(self.known.spoken?, sign * days)?;
                Some(Core { end: next + 2, period: Some(Period::day(day)), absolute: false })
            }
            _ => None,
        }
    }

    /// "two days after the raid", "the day after", "a week before": counted from the day of the main clause, told of what follows.
    pub(super) fn away(&self, at: usize) -> Option<Core> {
        let (count, next) = self.count(at).or_else(|| self.is(at, &["the"]).then_some((1, at + 1)))?;
        let days = match unit_name(self.norm(next)).or_else(|| part_of_day(self.norm(next)))? {
            Unit::Day => count,
            Unit::Week => 7 * count,
            _ => return None,
        };
        let sign = match self.norm(next + 1) {
            "after" | "since" => -1,
            "before" => 1,
            _ => return None,
        };
        // "the day before" at the end of a clause is told of the clause itself
        let followed =
            self.sentence.tokens.get(next + 2).is_some_and(|token| {
                !matches!(token.upos, Upos::Punct | Upos::Cconj | Upos::Aux | Upos::Adp)
            });
        let anchor = self.known.main.or(self.known.published).filter(|_| followed)?;
        let day = calendar::plus_days(anchor, sign * days)?;
        Some(Core { end: next + 2, period: Some(Period::day(day)), absolute: false })
    }

    /// "for a third day", "for the second consecutive night": it is the day of publication.
    pub(super) fn again(&self, at: usize) -> Option<Core> {
        if !self.is(at, &["a", "the"]) || !self.is(at.wrapping_sub(1), &["for"]) {
            return None;
        }
        let ordinal = matches!(
            self.norm(at + 1),
            "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth" | "ninth" | "tenth"
        );
        let next = at + 2 + usize::from(self.is(at + 2, &["consecutive", "successive", "straight", "full"]));
        let day = self.is(next, &["day", "night"]);
        let published = self.known.main.or(self.known.published).filter(|_| ordinal && day)?;
        Some(Core { end: next + 1, period: Some(Period::day(published)), absolute: false })
    }

    /// "have been shelling the town for a week": what has gone on so long goes on to the day of publication.
    pub(super) fn lasting(&self, at: usize) -> Option<Core> {
        let (count, next) = self.count(at).filter(|_| self.is(at.wrapping_sub(1), &["for"]))?;
        let unit = unit_name(self.norm(next)).filter(|unit| matches!(unit, Unit::Day | Unit::Week))?;
        let mut node = at.checked_sub(1)?;
        for _ in 0..4 {
            node = self.sentence.tokens[node].head? as usize;
            let token = &self.sentence.tokens[node];
            let perfect = token.xpos == Xpos::Vbg
                && self.sentence.children(node as u32).any(|child| {
                    let child = &self.sentence.tokens[child as usize];
                    child.deprel.is(Deprel::Aux) && matches!(child.norm.as_str(), "have" | "has" | "'ve")
                });
            if perfect {
                return Some(Core { end: next + 1, period: self.known.past(count, unit), absolute: false });
            }
        }
        None
    }

    /// "the next day", "the same day", "the previous day", "the day before": from the day last spoken of.
    pub(super) fn told(&self, at: usize) -> Option<Core> {
        let led = self.is(at.wrapping_sub(1), &["the", "that"]);
        if led && part_of_day(self.norm(at)).is_some() && self.is(at + 1, &["before"]) {
            let day = calendar::plus_days(self.known.spoken.or(self.known.published)?, -1)?;
            return Some(Core { end: at + 2, period: Some(Period::day(day)), absolute: false });
        }
        let shift = match self.norm(at) {
            "next" | "following" => 1,
            "same" => 0,
            "previous" => -1,
            _ => return None,
        };
        if !led || part_of_day(self.norm(at + 1)).is_none() {
            return None;
        }
        let day = calendar::plus_days(self.known.spoken?, shift)?;
        Some(Core { end: at + 2, period: Some(Period::day(day)), absolute: false })
    }

    pub(super) fn count(&self, at: usize) -> Option<(i64, usize)> {
        let number = match self.norm(at) {
            "a" | "an" | "one" => 1,
            "two" => 2,
            "three" => 3,
            "four" => 4,
            "five" => 5,
            "six" => 6,
            "seven" => 7,
            "eight" => 8,
            "nine" => 9,
            "ten" => 10,
            "twelve" => 12,
            "fifteen" => 15,
            "twenty" => 20,
            "24" => 24,
            digits => digits.parse().ok().filter(|n| (1..=500).contains(n))?,
        };
        Some((number, at + 1))
    }
}

/// "the morning after" is a day after.
fn part_of_day(word: &str) -> Option<Unit> {
    matches!(word, "day" | "morning" | "afternoon" | "evening" | "night").then_some(Unit::Day)
}
