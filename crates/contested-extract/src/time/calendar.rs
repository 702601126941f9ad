//! Periods of the calendar and how the words for them are counted.

use contested_model::Precision;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What is known before a sentence is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    pub(crate) published: Option<Date>,
    /// The day last spoken of.
    pub(crate) spoken: Option<Date>,
    /// Where an old story begins that the report tells in order.
    pub(crate) story: Option<Date>,
    /// The day last spoken of in this sentence.
    pub(crate) main: Option<Date>,
}

/// First and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) precision: Precision,
}

/// Part of a month, season or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Early,
    Mid,
    Late,
    Start,
    End,
}

/// Unit of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until((jiff::Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()))
}

pub(crate) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

impl Period {
    pub(crate) fn day(date: Date) -> Self {
        Self { from: date, to: date, precision: Precision::Day }
    }

    pub(crate) fn range(from: Date, to: Date) -> Option<Self> {
        (from <= to).then_some(Self { from, to, precision: Precision::Range })
    }

    pub(crate) fn month(year: i16, month: i8) -> Option<Self> {
        let from = Date::new(year, month, 1).ok()?;
        Some(Self { from, to: from.last_of_month(), precision: Precision::Month })
    }

    pub(crate) fn year(year: i16) -> Option<Self> {
        let from = Date::new(year, 1, 1).ok()?;
        Some(Self { from, to: from.last_of_year(), precision: Precision::Year })
    }

    /// Monday to Sunday of the week that holds `date`.
    pub(crate) fn week(date: Date) -> Option<Self> {
        let from = plus_days(date, -i64::from(date.weekday().to_monday_zero_offset()))?;
        Some(Self { from, to: plus_days(from, 6)?, precision: Precision::Week })
    }

    /// Three months from March, June, September or December on.
    pub(crate) fn season(year: i16, first_month: i8) -> Option<Self> {
        let from = Date::new(year, first_month, 1).ok()?;
        let to = from.checked_add(2.months()).ok()?.last_of_month();
        Self::range(from, to)
    }

    /// "early", "mid", "late" by the conventions of the gold annotation: thirds of a month, the first and last quarter of a year.
    pub(crate) fn part(self, part: Part) -> Option<Self> {
        let year = self.from.year();
        if self.precision == Precision::Year {
            return match part {
                Part::Early => Self::range(self.from, Date::new(year, 3, 31).ok()?),
                Part::Mid => Self::range(Date::new(year, 5, 1).ok()?, Date::new(year, 8, 31).ok()?),
                Part::Late => Self::range(Date::new(year, 10, 1).ok()?, self.to),
                Part::Start => Some(Self { precision: Precision::Month, ..Self::month(year, 1)? }),
                Part::End => Some(Self { precision: Precision::Month, ..Self::month(year, 12)? }),
            };
        }
        if self.precision == Precision::Month {
            let month = self.from.month();
            let day = |day| Date::new(year, month, day).ok();
            return match part {
                Part::Early | Part::Start => Self::range(self.from, day(10)?),
                Part::Mid => Self::range(day(11)?, day(20)?),
                Part::Late | Part::End => Self::range(day(21)?, self.to),
            };
        }
        // "late Sunday", "early in the week": the day or week itself
        Some(self)
    }
}

/// The weekday called so, on or before `day`; strictly after it where it is still to come.
pub(crate) fn weekday(name: Weekday, day: Date, to_come: bool) -> Option<Date> {
    if to_come {
        let ahead = (i64::from(name.to_monday_zero_offset())
            - i64::from(day.weekday().to_monday_zero_offset()))
        .rem_euclid(7);
        return plus_days(day, if ahead == 0 { 7 } else { ahead });
    }
    let back = (i64::from(day.weekday().to_monday_zero_offset()) - i64::from(name.to_monday_zero_offset()))
        .rem_euclid(7);
    plus_days(day, -back)
}

impl Known {
    /// The year of a day and month named without one: the last such day before publication, a few days' grace allowed for what is
    /// announced; in a text without a date, and in one that tells of long ago, the year last spoken of.
    pub(crate) fn year_of(self, month: i8, to_come: bool) -> Option<i16> {
        if let (Some(story), None) = (self.story, self.spoken) {
            // before the first year is named: the months that lead up to it
            return Some(story.year() - i16::from(month > story.month()));
        }
        if let Some(spoken) = self.spoken.filter(|_| self.story.is_some() || self.published.is_none()) {
            // December told, then January: the story has gone on into the next year
            let turned = spoken.month() >= 11 && month <= 2;
            return Some(spoken.year() + i16::from(turned));
        }
        let published = self.published?;
        let first = Date::new(published.year(), month, 1).ok()?;
        if to_come {
            return Some(if month < published.month() { published.year() + 1 } else { published.year() });
        }
        Some(if days_between(published, first) > 10 { published.year() - 1 } else { published.year() })
    }

    /// `count` units before the day of publication.
    pub(crate) fn ago(self, count: i64, unit: Unit) -> Option<Period> {
        let published = self.published?;
        Some(match unit {
            Unit::Hour => Period::day(plus_days(published, -(count / 24))?),
            Unit::Day => Period::day(plus_days(published, -count)?),
            Unit::Week => Period::day(plus_days(published, -7 * count)?),
            Unit::Month => {
                let date = published.checked_sub(count.months()).ok()?;
                Period::month(date.year(), date.month())?
            }
            // "a year ago" is said of about that time of the year, "ten years ago" of the year
            Unit::Year if count == 1 => {
                let date = published.checked_sub(1.years()).ok()?;
                Period::month(date.year(), date.month())?
            }
            Unit::Year => Period::year(published.year().checked_sub(i16::try_from(count).ok()?)?)?,
        })
    }

    /// The `count` units up to the day of publication.
    pub(crate) fn past(self, count: i64, unit: Unit) -> Option<Period> {
        let published = self.published?;
        let from = match unit {
            Unit::Hour => plus_days(published, -((count + 23) / 24))?,
            Unit::Day => plus_days(published, -count)?,
            Unit::Week => plus_days(published, -7 * count)?,
            Unit::Month => published.checked_sub(count.months()).ok()?,
            Unit::Year => published.checked_sub(count.years()).ok()?,
        };
        Period::range(from, published)
    }

    /// `period` cut off at the day before publication; the whole of it where publication does not lie in it.
    pub(crate) fn before_today(self, period: Period) -> Option<Period> {
        let yesterday = plus_days(self.published?, -1)?;
        if yesterday < period.from || period.to <= yesterday {
            return Some(period);
        }
        Period::range(period.from, yesterday)
    }

    /// "this", "last" (-1) or "next" (1) week, month, year.
    pub(crate) fn unit(self, shift: i64, unit: Unit) -> Option<Period> {
        let published = self.published?;
        match unit {
            Unit::Hour => None,
            Unit::Day => Some(Period::day(plus_days(published, shift)?)),
            Unit::Week => Period::week(plus_days(published, 7 * shift)?),
            Unit::Month => {
                let date = published.first_of_month().checked_add(shift.months()).ok()?;
                Period::month(date.year(), date.month())
            }
            Unit::Year => Period::year(published.year().checked_add(i16::try_from(shift).ok()?)?),
        }
    }
}
