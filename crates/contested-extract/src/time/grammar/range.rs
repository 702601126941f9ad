//! From one day or month to another.

use contested_language::tags::Upos;
use contested_model::Precision;
use jiff::civil::Date;

use super::super::calendar::Period;
use super::{Core, Words};

impl Words<'_> {
    /// "between 3 and 5 May", "from March to June", "26-28 February", "May 3-5", "2014-2016".
    pub(super) fn range(&self, at: usize) -> Option<Core> {
        let opened = self.is(at, &["between", "from"]);
        let start = if opened { at + 1 } else { at };
        // "throughout October and early November"
        let through = self.is(start.wrapping_sub(1), &["throughout", "during"]);
        let joins: &[&str] = if opened || through {
            &["and", "to", "until", "till", "through", "-", "–", "—"]
        } else {
            &["-", "–", "—", "to"]
        };
        // bare day, then a full date
        if let Some((day, next)) = self.day(start)
            && self.is(next, joins)
        {
            let last = self.core(next + 1)?;
            let to = last.period?;
            let from = Date::new(to.from.year(), to.from.month(), day).ok();
            let period = from.and_then(|from| Period::range(from, to.to));
            if to.precision == Precision::Day && period.is_some() {
                return Some(Core { end: last.end, period, absolute: last.absolute });
            }
        }
        let first = self.core(start)?;
        if let Some(both) = self.next_day_too(&first) {
            return Some(both);
        }
        if !self.is(first.end, joins) {
            return None;
        }
        let from = first.period?;
        // "May 3-5": a bare day after a full date
        if from.precision == Precision::Day
            && let Some((day, end)) = self.day(first.end + 1)
        {
            let (mut end, mut year) = (end, from.from.year());
            if let Some((stated, after)) = self.year_after(end) {
                (end, year) = (after, stated);
            }
            let day_of = |day| Date::new(year, from.from.month(), day).ok();
            let period = Period::range(day_of(from.from.day())?, day_of(day)?);
            if period.is_some() && self.core(first.end + 1).is_none() {
                return Some(Core { end, period, absolute: first.absolute });
            }
        }
        let last = self.core(first.end + 1)?;
        let to = last.period?;
        // "between March and May 2015": the year of the last holds for the first
        let from =
            if last.absolute && !first.absolute { with_year(from, to.from.year(), to.to)? } else { from };
        Some(Core { end: last.end, period: Some(Period::range(from.from, to.to)?), absolute: last.absolute })
    }

    /// "May 12 and 13": a day and the next one, with no noun after it that the second number could count.
    fn next_day_too(&self, first: &Core) -> Option<Core> {
        let from = first.period.filter(|period| period.precision == Precision::Day)?.from;
        let (day, end) = self.day(first.end + 1).filter(|_| self.is(first.end, &["and"]))?;
        let alone = self.sentence.tokens.get(end).is_none_or(|token| token.upos == Upos::Punct);
        let to = from.tomorrow().ok().filter(|to| alone && to.month() == from.month() && to.day() == day)?;
        Some(Core { end, period: Period::range(from, to), absolute: first.absolute })
    }
}

/// `period` moved to `year`, or to the year before where it would begin after `limit`.
pub(super) fn with_year(period: Period, year: i16, limit: Date) -> Option<Period> {
    let moved = |year| {
        let shift = |date: Date| {
            Date::new(
                year,
                date.month(),
                date.day().min(28).max(if date.day() > 28 { 28 } else { date.day() }),
            )
            .ok()
        };
        let from = shift(period.from)?;
        let to = if period.precision == Precision::Month { from.last_of_month() } else { shift(period.to)? };
        Some(Period { from, to, precision: period.precision })
    };
    moved(year).filter(|period| period.from <= limit).or_else(|| moved(year - 1))
}
