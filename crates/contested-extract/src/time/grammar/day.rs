//! Days and months by number and name: "8 November 2017", "Nov. 8", "2017-11-08", "Monday night", "in May".

use contested_language::tags::{Deprel, Upos};
use contested_model::Precision;
use jiff::civil::Date;

use super::super::calendar::{self, Period, Unit};
use super::names::{month_number, plain_year, weekday_name};
use super::{Core, Words};

/// Days from publication within which an ambiguous date of numbers is taken.
const NEAR: i64 = 10;

/// Days after publication up to which a day without a year is one to come, not last year's.
const AHEAD: i64 = 31;

impl Words<'_> {
    pub(super) fn iso(&self, at: usize) -> Option<Core> {
        let norm = self.norm(at);
        if norm.len() == 10
            && norm.as_bytes()[4] == b'-'
            && norm.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        {
            return Some(Core { end: at + 1, period: norm.parse().ok().map(Period::day), absolute: true });
        }
        if let Some(day) = self.numeric(norm) {
            return Some(Core { end: at + 1, period: Some(Period::day(day)), absolute: true });
        }
        let number = |at: usize, width: usize| {
            let norm = self.norm(at);
            (norm.len() == width).then(|| norm.parse::<i16>().ok()).flatten()
        };
        let (year, month, day) = (number(at, 4)?, number(at + 2, 2)?, number(at + 4, 2)?);
        if self.norm(at + 1) != "-" || self.norm(at + 3) != "-" {
            return None;
        }
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        Some(Core { end: at + 5, period: date.map(Period::day), absolute: true })
    }

    /// "28-04-2016", "28.04.2016", "28/4/2016"; where day and month could be either, the reading near the day of publication, or none.
    fn numeric(&self, word: &str) -> Option<Date> {
        let mark = ['-', '.', '/'].into_iter().find(|&mark| word.matches(mark).count() == 2)?;
        let mut parts = word.split(mark);
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        let two = |part: &str| part.parse::<i8>().ok().filter(|_| matches!(part.len(), 1 | 2));
        let (first, second, year) = (two(first)?, two(second)?, plain_year(year)?);
        let read = |day, month| Date::new(year, month, day).ok();
        let (european, american) = (read(first, second), read(second, first));
        let near = |date: &Date| {
            self.known.published.is_some_and(|day| calendar::days_between(*date, day).abs() <= NEAR)
        };
        match (european, american) {
            (Some(date), None) | (None, Some(date)) => Some(date),
            (Some(one), Some(other)) if one == other || near(&one) => Some(one),
            (_, other) => other.filter(near),
        }
    }

    /// "Monday", "early on Monday", "Monday night", "Saturday 10 Sep 2016", "Thursday, Oct. 19, 2023", "last Monday".
    pub(super) fn weekday(&self, at: usize) -> Option<Core> {
        let shifted = self.is(at, &["last", "next", "this", "past"]);
        let name_at = at + usize::from(shifted);
        let name = weekday_name(self.norm(name_at))?;
        let spelt = self
            .sentence
            .tokens
            .get(name_at)
            .is_some_and(|token| token.upos == Upos::Propn || token.xpos.as_str().starts_with("NN"));
        // "sun", "sat", "wed" are words too
        if self.norm(name_at).len() <= 4 && !spelt {
            return None;
        }
        let mut end = name_at + 1;
        let dated = if self.is(end, &[","]) { end + 1 } else { end };
        if let Some(date) =
            self.date(dated).filter(|date| date.period.is_none_or(|p| p.precision == Precision::Day))
        {
            return Some(date);
        }
        if self.norm(name_at).len() <= 3 && self.norm(name_at).starts_with("sun") && !spelt {
            return None;
        }
        if self.is(end, &["'s"]) {
            end += 1;
        }
        if self.is(end, &["morning", "afternoon", "evening", "night", "noon", "midnight", "dawn"]) {
            end += 1;
        }
        let to_come = self.is(at, &["next"]) || (self.to_come && !self.is(at, &["last"]));
        let day = calendar::weekday(name, self.known.published?, to_come)?;
        // "last Monday" said on a Monday is a week ago
        let day = if self.is(at, &["last"]) && Some(day) == self.known.published {
            calendar::plus_days(day, -7)?
        } else {
            day
        };
        Some(Core { end, period: Some(Period::day(day)), absolute: false })
    }

    /// "8 November 2017", "November 8", "Nov. 8, 2017", "8th of November", "November 2017", "November"; also "August last year".
    pub(super) fn date(&self, at: usize) -> Option<Core> {
        let at = if self.is(at, &["the"]) && self.day(at + 1).is_some() { at + 1 } else { at };
        if let Some((day, next)) = self.day(at) {
            let month_at = if self.is(next, &["of"]) { next + 1 } else { next };
            if let Some((month, end)) = self.month_name(month_at) {
                return Some(self.whole(month, Some(day), end));
            }
        }
        let (month, end) = self.month_name(at)?;
        // "Nov 022017": a copy that lost its spaces
        let glued = self.norm(end);
        if glued.len() == 6 && glued.bytes().all(|b| b.is_ascii_digit()) {
            let day = glued[..2].parse().ok();
            let date =
                plain_year(&glued[2..]).zip(day).and_then(|(year, day)| Date::new(year, month, day).ok());
            return date.map(|date| Core { end: end + 1, period: Some(Period::day(date)), absolute: true });
        }
        if let Some((day, next)) = self.day(end) {
            // "March 20 fighters" does not count days; a comma and year or anything but a counted noun may follow
            return Some(self.whole(month, Some(day), next));
        }
        if self.year_after(end).is_none() && !self.is_month_alone(at) {
            return None;
        }
        Some(self.whole(month, None, end))
    }

    pub(super) fn whole(&self, month: i8, day: Option<i8>, end: usize) -> Core {
        let (year, end, absolute) = match self.year_after(end) {
            Some((year, end)) => (Some(year), end, true),
            None => (self.known.year_of(month, self.to_come), end, false),
        };
        let valid = |year: i16| match day {
            Some(day) => Date::new(year, month, day).ok().map(Period::day),
            None => Period::month(year, month),
        };
        let period = year.and_then(valid).map(|period| match (absolute, self.known.published) {
            // a month or day of this year that is yet to come was last year's, unless the clause tells of the future
            (false, Some(published))
                if !self.to_come && calendar::days_between(published, period.from) > AHEAD =>
            {
                valid(period.from.year() - 1).unwrap_or(period)
            }
            _ => period,
        });
        Core { end, period, absolute }
    }

    /// A day of the month, with "th" perhaps in a token of its own.
    pub(super) fn day(&self, at: usize) -> Option<(i8, usize)> {
        let norm = self.norm(at);
        let digits =
            ["st", "nd", "rd", "th"].iter().find_map(|ending| norm.strip_suffix(ending)).unwrap_or(norm);
        if digits.is_empty() || digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let day = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        let end = if digits.len() == norm.len() && self.is(at + 1, &["st", "nd", "rd", "th"]) {
            at + 2
        } else {
            at + 1
        };
        Some((day, end))
    }

    pub(super) fn month_name(&self, at: usize) -> Option<(i8, usize)> {
        let month = month_number(self.norm(at).trim_end_matches('.'))?;
        let end = if self.is(at + 1, &["."]) && self.day(at + 2).is_some() { at + 2 } else { at + 1 };
        Some((month, end))
    }

    /// A year after a month or day, "," or "of" between them perhaps; also "last year", "this year".
    pub(super) fn year_after(&self, at: usize) -> Option<(i16, usize)> {
        let next = if self.is(at, &[",", "of"]) { at + 1 } else { at };
        if let Some(year) = plain_year(self.norm(next)) {
            return Some((year, next + 1));
        }
        let shift = match (self.norm(at), self.norm(at + 1)) {
            ("last", "year") => -1,
            ("this", "year") => 0,
            ("next", "year") => 1,
            _ => return None,
        };
        Some((self.known.unit(shift, Unit::Year)?.from.year(), at + 2))
    }

    /// Whether the month's name alone is a time: "May" and "March" are words too.
    pub(super) fn is_month_alone(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        let led = at.checked_sub(1).is_some_and(|before| {
            self.is(
                before,
                &[
                    "in",
                    "since",
                    "until",
                    "till",
                    "of",
                    "from",
                    "by",
                    "during",
                    "late",
                    "early",
                    "mid",
                    "last",
                    "this",
                    "next",
                    "through",
                    "throughout",
                    "-",
                    "between",
                    "to",
                    "and",
                    "before",
                    "after",
                    "the",
                ],
            )
        });
        match self.norm(at) {
            "may" | "march" => {
                led && !self.is(at - 1, &["to", "and", "the"])
                    && matches!(token.upos, Upos::Propn | Upos::Noun | Upos::X)
            }
            "mar" | "jun" | "dec" | "jan" | "sep" => led && token.upos == Upos::Propn,
            _ => {
                led || token.upos == Upos::Propn
                    && matches!(token.deprel.base(), Deprel::Obl | Deprel::Nmod | Deprel::Compound)
            }
        }
    }
}
