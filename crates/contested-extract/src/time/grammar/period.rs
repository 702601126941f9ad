//! Years, seasons, parts of them, and periods called by where they stand to today: "early 2015", "last week", "overnight".

use contested_language::tags::{Deprel, Upos, Xpos};
use contested_model::Precision;
use jiff::civil::{Date, Weekday};

use super::super::calendar::{self, Part, Period, Unit};
use super::names::{month_number, plain_year, unit_name};
use super::range::with_year;
use super::{Core, Words};

impl Words<'_> {
    /// "early 2015", "late May", "mid-2015", "the end of July", "late last year", "earlier this month".
    pub(super) fn qualified(&self, at: usize) -> Option<Core> {
        let (part, mut next) = match self.norm(at) {
            "early" | "earlier" => (Part::Early, at + 1),
            "mid" | "middle" => (Part::Mid, at + 1),
            "late" | "later" => (Part::Late, at + 1),
            "end" => (Part::End, at + 1),
            "start" | "beginning" => (Part::Start, at + 1),
            norm => {
                let rest = norm.strip_prefix("mid-")?;
                let period = self.named(rest)?;
                let (year, end) = self.year_after(at + 1).unwrap_or((period.from.year(), at + 1));
                let period = with_year(period, year, period.to)?;
                return Some(Core {
                    end,
                    period: period.part(Part::Mid),
                    absolute: end > at + 1 || rest.len() == 4 && rest.parse::<i16>().is_ok(),
                });
            }
        };
        while self.is(next, &["-", "in", "on", "of", "the", "that"]) {
            next += 1;
        }
        if next > at + 3 {
            return None;
        }
        let loose = self.is(at, &["earlier", "later"]);
        let inner = self
            .date(next)
            .or_else(|| self.year(next))
            .or_else(|| self.unit(next))
            .or_else(|| self.weekday(next))
            .or_else(|| self.today(next))?;
        let period = match inner.period {
            // "earlier this week" ends before today
            Some(week) if self.is(at, &["earlier"]) && week.precision == Precision::Week => {
                self.known.before_today(week)
            }
            // "earlier this year" is some time in this year, "earlier in May" in May
            Some(period) if loose => Some(period),
            Some(period) => period.part(part),
            None => None,
        };
        Some(Core { period, ..inner })
    }

    /// A month or year written in one word.
    pub(super) fn named(&self, word: &str) -> Option<Period> {
        if let Some(month) = month_number(word) {
            return Period::month(self.known.year_of(month, self.to_come)?, month);
        }
        plain_year(word).and_then(Period::year)
    }

    pub(super) fn season(&self, at: usize) -> Option<Core> {
        let shift = match self.norm(at) {
            "last" => Some(-1),
            "this" => Some(0),
            "next" => Some(1),
            _ => None,
        };
        let name_at = at + usize::from(shift.is_some());
        let month = match self.norm(name_at) {
            "spring" => 3,
            "summer" => 6,
            "autumn" | "fall" => 9,
            "winter" => 12,
            _ => return None,
        };
        let next = if self.is(name_at + 1, &["of"]) { name_at + 2 } else { name_at + 1 };
        if let Some((year, end)) = self.year_after(next) {
            return Some(Core { end, period: Period::season(year, month), absolute: true });
        }
        let published = self.known.published?;
        let this = Period::season(published.year(), month)?;
        // "over the summer": the last one that has begun
        let latest =
            at >= 2 && self.is(at - 1, &["the"]) && self.is(at - 2, &["over", "during", "throughout"]);
        let shift = shift.or(latest.then(|| if this.from > published { -1 } else { 0 }));
        let period = match shift? {
            -1 if this.from >= published || this.to >= published => {
                Period::season(published.year() - 1, month)
            }
            1 => Period::season(published.year() + 1, month),
            _ => Some(this),
        };
        Some(Core { end: name_at + 1, period, absolute: false })
    }

    /// "in 2014", "the 2008 raid", "since 2011".
    pub(super) fn year(&self, at: usize) -> Option<Core> {
        let year = plain_year(self.norm(at))?;
        // "at 2045 gmt" is a time of day
        let hour = self.is(at + 1, &["gmt", "local", "hours", "hrs", "utc", "("])
            || self.is(at.wrapping_sub(1), &["at", "approximately"])
            || self.known.published.is_some_and(|published| year > published.year() + 10);
        if hour {
            return None;
        }
        let token = &self.sentence.tokens[at];
        let before = at.checked_sub(1).map_or("", |at| self.norm(at));
        let led = matches!(
            before,
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "of"
                | "from"
                | "during"
                | "late"
                | "early"
                | "mid"
                | "and"
                | "to"
                | "between"
                | "-"
                | "–"
                | "before"
                | "after"
                | "through"
                | "the"
                | "a"
                | "around"
        );
        let next = self.sentence.tokens.get(at + 1);
        let counted = next.is_some_and(|next| {
            matches!(next.xpos, Xpos::Nns | Xpos::Jj)
                && next.text.chars().next().is_some_and(char::is_lowercase)
        }) || self.is(
            at + 1,
            &[
                "%",
                "percent",
                "per",
                "km",
                "kilometres",
                "kilometers",
                "miles",
                "metres",
                "meters",
                "people",
                "troops",
                "men",
            ],
        );
        let names = next.is_some_and(|next| {
            next.upos == Upos::Propn
                || next.text.starts_with(char::is_uppercase)
                || next.upos == Upos::Noun && next.xpos != Xpos::Nns
        });
        let alone = token.deprel.is(Deprel::Obl)
            || token.deprel.is(Deprel::Nmod)
            || token.deprel == Deprel::NmodTmod
            || token.deprel == Deprel::OblTmod;
        if counted && !matches!(before, "in" | "since" | "during") || !(led || names || alone) {
            return None;
        }
        if matches!(before, "$" | "€" | "£" | "#") {
            return None;
        }
        Some(Core { end: at + 1, period: Period::year(year), absolute: true })
    }

    pub(super) fn decade(&self, at: usize) -> Option<Core> {
        let digits = self.norm(at).trim_end_matches('s').trim_end_matches('\'');
        if digits.len() == self.norm(at).len() {
            return None;
        }
        let year = plain_year(digits).filter(|year| year % 10 == 0)?;
        Some(Core {
            end: at + 1,
            period: Period::range(Date::new(year, 1, 1).ok()?, Date::new(year + 9, 12, 31).ok()?),
            absolute: true,
        })
    }

    pub(super) fn today(&self, at: usize) -> Option<Core> {
        let shift = match self.norm(at) {
            "today" | "tonight" => 0,
            "yesterday" | "yesterdays" => -1,
            "tomorrow" => 1,
            _ => return None,
        };
        let mut end = at + 1;
        while self.is(end, &["'s", "morning", "afternoon", "evening", "night"]) {
            end += 1;
        }
        Some(Core { end, period: self.known.unit(shift, Unit::Day), absolute: false })
            .filter(|core| core.period.is_some())
    }

    pub(super) fn adverb(&self, at: usize) -> Option<Core> {
        if let Some(core) = self.today(at) {
            return Some(core);
        }
        let published = self.known.published?;
        let day = |shift| calendar::plus_days(published, shift);
        let (period, end) = match (self.norm(at), self.norm(at + 1)) {
            ("overnight", _) => (Period::range(day(-1)?, published), at + 1),
            ("last", "night") => (Some(Period::day(day(-1)?)), at + 2),
            ("this", "morning" | "afternoon" | "evening") => (Some(Period::day(published)), at + 2),
            ("weekend", _)
                if self.is(at.wrapping_sub(1), &["the"])
                    && self.is(at.wrapping_sub(2), &["over", "at", "during"]) =>
            {
                (weekend_before(published), at + 1)
            }
            // said on a Sunday, it is the one before
            ("last", "weekend") => {
                let back = if published.weekday() == Weekday::Sunday { -1 } else { 0 };
                (weekend_before(day(back)?), at + 2)
            }
            ("this", "weekend") => (weekend_before(day(1)?), at + 2),
            _ => return None,
        };
        Some(Core { end, period, absolute: false })
    }

    /// "last week", "this month", "next year", "the week"; with "'s": "last week's attacks".
    pub(super) fn unit(&self, at: usize) -> Option<Core> {
        let shift = match self.norm(at) {
            "last" | "previous" => -1,
            "this" => 0,
            "next" | "coming" => 1,
            "week"
                if self.is(at.wrapping_sub(1), &["the"])
                    && self.is(at.wrapping_sub(3), &["earlier", "later"]) =>
            {
                let week = self.known.unit(0, Unit::Week)?;
                let earlier = self.is(at.wrapping_sub(3), &["earlier"]);
                let period = if earlier { self.known.before_today(week) } else { Some(week) };
                return Some(Core { end: at + 1, period, absolute: false });
            }
            _ => return None,
        };
        // "over the last week" is counted back from today, "last week" is a week of the calendar
        if self.norm(at) != "this" && self.is(at.wrapping_sub(1), &["the"]) {
            return None;
        }
        let unit = unit_name(self.norm(at + 1)).filter(|_| !self.norm(at + 1).ends_with('s'))?;
        if unit == Unit::Day || unit == Unit::Hour {
            return None;
        }
        Some(Core { end: at + 2, period: self.known.unit(shift, unit), absolute: false })
    }
}

/// The last Saturday before `day`, with the Sunday after it.
fn weekend_before(day: Date) -> Option<Period> {
    let saturday = calendar::weekday(Weekday::Saturday, calendar::plus_days(day, -1)?, false)?;
    Period::range(saturday, calendar::plus_days(saturday, 1)?)
}
