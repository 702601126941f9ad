//! Time expressions: found in the words of a sentence, resolved against the day of publication, and given to the predicates they date.
//!
//! A date is never guessed: "in recent weeks", "after a months-long advance" and "31 February" come to nothing.

mod attach;
mod calendar;
mod grammar;

use contested_language::Sentence;
use contested_model::{Precision, Span, TimeBasis, TimeSpan};
use jiff::civil::Date;

pub use attach::of_predicate;

/// How an event stands to the days that an expression names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeRelation {
    /// On or in them.
    During,
    /// From then on: "since June".
    Since,
    /// Up to then: "until June", "by the end of the year".
    Until,
    /// Later than they are, nobody knows how much: "after 5 May"; dates nothing.
    After,
}

/// A time expression with the days it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// First token.
    pub first: u32,
    /// Last token.
    pub last: u32,
    /// First day, as the relation has it; `None` when open.
    pub from: Option<Date>,
    /// Last day; `None` when open.
    pub to: Option<Date>,
    /// How fine.
    pub precision: Precision,
    /// How an event it hangs on stands to these days.
    pub relation: TimeRelation,
    /// Whether the days lie more than a year before publication.
    pub historic: bool,
}

/// Reads the sentences of one report in order and remembers the day last spoken of, which "the next day" and "23 May" of a text without
/// a date of publication need.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    published: Option<Date>,
    /// The day last named, and whether its year was spelt out.
    spoken: Option<Date>,
}

/// Days before publication from which on a date counts as history.
const HISTORY: i64 = 400;

impl Clock {
    /// A clock for a report published on that day.
    pub fn new(published: Option<Date>) -> Self {
        Self { published, spoken: None }
    }

    /// The expressions of the next sentence, in order of the text; they do not overlap.
    pub fn read(&mut self, sentence: &Sentence) -> Vec<TimeExpression> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < sentence.tokens.len() {
            let read = grammar::read(sentence, at, calendar::Known { published: self.published, spoken: self.spoken });
            let Some(read) = read else {
                at += 1;
                continue;
            };
            if let Some(period) = read.period {
                if read.absolute || period.precision == Precision::Day {
                    self.spoken = Some(period.from);
                }
                found.push(self.expression(at as u32, read.end as u32 - 1, period, read.relation));
            }
            at = read.end.max(at + 1);
        }
        found
    }

    fn expression(&self, first: u32, last: u32, period: calendar::Period, relation: TimeRelation) -> TimeExpression {
        let historic = self.published.is_some_and(|published| calendar::days_between(period.to, published) > HISTORY);
        let (from, to) = match relation {
            TimeRelation::During | TimeRelation::After => (Some(period.from), Some(period.to)),
            TimeRelation::Since => (Some(period.from), None),
            TimeRelation::Until => (None, Some(period.to)),
        };
        let precision = if relation == TimeRelation::During { period.precision } else { Precision::Range };
        TimeExpression { first, last, from, to, precision, relation, historic }
    }
}

impl TimeExpression {
    /// The expression as a claim carries it; `text` is the report's text cut by the span.
    pub fn stated(&self, span: Span, text: &str) -> TimeSpan {
        TimeSpan {
            text: text.to_owned(),
            start: span.start,
            end: span.end,
            from: self.from,
            to: self.to,
            precision: self.precision,
            basis: TimeBasis::Stated,
        }
    }
}

#[cfg(test)]
mod tests;
