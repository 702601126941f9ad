//! Time expressions: found in the words of a sentence, resolved against the day of publication, and given to the predicates they date.
//!
//! A date is never guessed: "in recent weeks", "after a months-long advance" and "31 February" come to nothing.

mod attach;
mod calendar;
mod grammar;

use contested_language::tags::{Deprel, NameKind, Upos, Xpos};
use contested_language::{Sentence, Token};
use contested_model::{Precision, Span, TimeBasis, TimeSpan, month_number};
use jiff::civil::Date;

pub use attach::{Reach, of_predicate};
pub(crate) use calendar::days_between;

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
    /// Whether it dates what follows it, and not what it hangs on: "two days after …".
    pub of_next: bool,
}

/// Reads the sentences of one report in order and remembers the day last spoken of, which "the next day" and "23 May" of a text without
/// a date of publication need.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    published: Option<Date>,
    /// The day last named.
    spoken: Option<Date>,
    /// Where an old story begins that the report tells in order: "8 March 2014", then "on 12 April" of that year. Nothing for news.
    story: Option<Date>,
    /// Sentences read.
    sentences: u32,
}

/// Sentences at the head of a report in which its own date is looked for.
const HEAD: u32 = 3;

/// Days before publication from which on a date counts as history.
const HISTORY: i64 = 400;

impl Clock {
    /// A clock for a report published on that day.
    pub fn new(published: Option<Date>) -> Self {
        Self { published, spoken: None, story: None, sentences: 0 }
    }

    /// Tells the clock the date of a dateline ("Sep 10 2016"), which is the report's own; the day it names.
    pub fn dateline(&mut self, words: &str) -> Option<Date> {
        let token = |word: &str| Token {
            norm: word.to_lowercase(),
            text: word.to_owned(),
            upos: Upos::Propn,
            ..bare_token()
        };
        let split = words.replace(',', " , ");
        let sentence =
            Sentence { tokens: split.split_whitespace().map(token).collect(), ..Sentence::default() };
        let known = calendar::Known { published: self.published, ..calendar::Known::default() };
        let read = (0..sentence.tokens.len()).find_map(|at| grammar::read(&sentence, at, known));
        let day = read.and_then(|read| read.period).filter(|period| period.precision == Precision::Day)?.from;
        self.published = Some(day);
        Some(day)
    }

    /// Looks through a report before it is read for whether it tells an old story: it gives months of years long past, none of late, and counts no day
    /// from its own. Days and months that such a report names without a year follow those that it names with one.
    pub fn skim(&mut self, sentences: &[Sentence]) {
        let Some(published) = self.published else { return };
        let mut first = None;
        for tokens in sentences.iter().map(|sentence| &sentence.tokens) {
            for (at, token) in tokens.iter().enumerate() {
                let after = |count: usize| tokens.get(at + count).map_or("", |token| token.norm.as_str());
                if grammar::counts_from_today(&token.norm, after(1)) {
                    return;
                }
                let Some(month) = month_number(&token.norm) else { continue };
                let year = (1..=4).find_map(|count| grammar::plain_year(after(count)));
                let Some(day) = year.and_then(|year| Date::new(year, month, 1).ok()) else { continue };
                if calendar::days_between(day, published) <= HISTORY {
                    return;
                }
                first = first.or(Some(day));
            }
        }
        self.story = first;
    }

    /// The expressions of the next sentence, in order of the text; they do not overlap.
    pub fn read(&mut self, sentence: &Sentence) -> Vec<TimeExpression> {
        let mut found = Vec::new();
        let mut main = None;
        let mut at = 0;
        while at < sentence.tokens.len() {
            let (past, story) = (self.story.is_some(), self.story);
            let known = calendar::Known { published: self.published, spoken: self.spoken, story, main };
            let read = grammar::read(sentence, at, known);
            let Some(read) = read else {
                at += 1;
                continue;
            };
            if let Some(period) = read.period.filter(|_| !names_someone(sentence, at as u32, read.end as u32))
            {
                let told = read.absolute
                    || period.precision == Precision::Day
                    || past && period.precision == Precision::Month;
                if !read.of_next && told {
                    self.spoken = Some(period.from);
                }
                if !read.of_next && period.precision == Precision::Day {
                    main = Some(period.from);
                }
                if read.absolute && period.precision == Precision::Day {
                    self.correct(period.from, read.weekday);
                }
                found.push(TimeExpression {
                    of_next: read.of_next,
                    ..self.expression(at as u32, read.end as u32 - 1, period, read.relation)
                });
            }
            at = read.end.max(at + 1);
        }
        self.sentences += 1;
        found
    }

    /// A report cannot tell of days after its publication, and a full date with its weekday at the head of a report is its own: containers
    /// give the day of collection often enough.
    fn correct(&mut self, day: Date, weekday: bool) {
        let head = self.sentences < HEAD;
        if self.published.is_some_and(|published| head && (weekday || day > published)) {
            self.published = Some(day);
        }
    }

    fn expression(
        &self,
        first: u32,
        last: u32,
        period: calendar::Period,
        relation: TimeRelation,
    ) -> TimeExpression {
        let historic =
            self.published.is_some_and(|published| calendar::days_between(period.to, published) > HISTORY);
        let (from, to) = match relation {
            TimeRelation::During | TimeRelation::After => (Some(period.from), Some(period.to)),
            TimeRelation::Since => (Some(period.from), None),
            TimeRelation::Until => (None, Some(period.to)),
        };
        let precision = if relation == TimeRelation::During { period.precision } else { Precision::Range };
        TimeExpression { first, last, from, to, precision, relation, historic, of_next: false }
    }
}

fn bare_token() -> Token {
    Token {
        span: Span::new(0, 0),
        text: String::new(),
        norm: String::new(),
        lemma: String::new(),
        upos: Upos::X,
        xpos: Xpos::Nnp,
        head: None,
        deprel: Deprel::Dep,
        arc_confidence: 0.0,
        possessive: false,
        quoted: false,
    }
}

/// Words that a date before them names: "the March 23 Movement", "7 April Street".
const NAMED: &[&str] = &[
    "movement",
    "brigade",
    "revolution",
    "front",
    "street",
    "square",
    "bridge",
    "mosque",
    "hospital",
    "university",
    "camp",
    "battalion",
    "division",
    "agreement",
    "organisation",
    "organization",
];

/// Whether the words are part of a longer name: "the March 23 Movement".
fn names_someone(sentence: &Sentence, first: u32, end: u32) -> bool {
    let longer = sentence.names.iter().any(|name| {
        name.start <= first
            && name.end > end
            && matches!(
                name.kind,
                NameKind::Organisation | NameKind::ArmedGroup | NameKind::Person | NameKind::Facility
            )
    });
    let years = sentence.tokens.get(first as usize).is_some_and(|token| token.norm.len() == 4);
    longer
        || !years
            && sentence.tokens.get(end as usize).is_some_and(|next| {
                next.text.starts_with(char::is_uppercase) && NAMED.contains(&next.norm.as_str())
            })
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
