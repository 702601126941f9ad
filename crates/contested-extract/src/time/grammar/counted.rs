//! Time that is counted: "two days ago", "the past week", "for a third day", "the next day".

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

    /// "the next day", "the same day", "the previous day": from the day last spoken of.
    pub(super) fn told(&self, at: usize) -> Option<Core> {
        let shift = match self.norm(at) {
            "next" | "following" => 1,
            "same" => 0,
            "previous" => -1,
            _ => return None,
        };
        if !self.is(at + 1, &["day", "morning", "night"]) || !self.is(at.wrapping_sub(1), &["the", "that"]) {
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
