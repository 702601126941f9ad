//! The forms of time expressions, read from left to right over the words of a sentence.

mod counted;
mod day;
mod names;
mod period;
mod range;

use contested_language::Sentence;
use contested_language::tags::{Deprel, Upos, Xpos};

use super::TimeRelation;
use super::calendar::{Known, Period};
pub(crate) use names::plain_year;
use names::weekday_name;

/// What stands at a place in a sentence.
pub(crate) struct Read {
    /// One past the last token.
    pub(crate) end: usize,
    /// The days; `None` for words that are no date although they look like one ("31 February").
    pub(crate) period: Option<Period>,
    pub(crate) relation: TimeRelation,
    /// The year is spelt out.
    pub(crate) absolute: bool,
    /// It begins with the name of a weekday.
    pub(crate) weekday: bool,
    /// It dates what follows it, and not what it hangs on: "two days after …".
    pub(crate) of_next: bool,
}

/// A date or period with where it ends; `period` is `None` for nonsense.
struct Core {
    end: usize,
    period: Option<Period>,
    absolute: bool,
}

/// A cursor over one sentence.
#[derive(Clone, Copy)]
struct Words<'a> {
    sentence: &'a Sentence,
    known: Known,
    /// The expression's verb is in the future.
    to_come: bool,
}

/// The expression that begins at token `at`.
pub(crate) fn read(sentence: &Sentence, at: usize, known: Known) -> Option<Read> {
    let words = Words { sentence, known, to_come: to_come(sentence, at) };
    if let Some(core) = words.away(at) {
        return Some(Read {
            end: core.end,
            period: core.period,
            relation: TimeRelation::During,
            absolute: false,
            weekday: false,
            of_next: true,
        });
    }
    let core = words.range(at).or_else(|| words.core(at))?;
    let onwards = matches!(words.norm(core.end), "onward" | "onwards");
    let relation = if onwards { TimeRelation::Since } else { words.relation(at) };
    Some(Read {
        end: core.end + usize::from(onwards),
        period: core.period,
        relation,
        absolute: core.absolute,
        weekday: weekday_name(words.norm(at)).is_some(),
        of_next: false,
    })
}

/// Whether a word, with the one behind it, names a day or time counted from the day of the report.
pub(crate) fn counts_from_today(word: &str, next: &str) -> bool {
    weekday_name(word).is_some_and(|_| word.len() > 3)
        || matches!(word, "today" | "tonight" | "yesterday" | "tomorrow")
        || matches!(word, "this" | "last" | "next") && matches!(next, "week" | "month" | "year" | "weekend")
}

/// Whether the clause that token `at` stands in tells of the future.
fn to_come(sentence: &Sentence, at: usize) -> bool {
    let mut node = Some(at as u32);
    for _ in 0..4 {
        let Some(token) = node.and_then(|node| sentence.tokens.get(node as usize)) else { return false };
        if token.upos == Upos::Verb || token.xpos.is_verb() {
            let verb = node.unwrap_or(0);
            let aux = sentence.children(verb).any(|child| {
                let child = &sentence.tokens[child as usize];
                child.deprel.is(Deprel::Aux) && matches!(child.lemma.as_str(), "will" | "shall" | "'ll")
            });
            let planned = token.xpos == Xpos::Vb
                && token.head.is_some_and(|head| {
                    let lemma = sentence.tokens[head as usize].lemma.as_str();
                    matches!(
                        lemma,
                        "plan" | "schedule" | "expect" | "set" | "due" | "intend" | "vow" | "prepare"
                    )
                });
            return aux
                || planned
                || matches!(token.lemma.as_str(), "schedule" | "plan") && token.xpos == Xpos::Vbn;
        }
        node = token.head;
    }
    false
}

impl Words<'_> {
    fn norm(&self, at: usize) -> &str {
        self.sentence.tokens.get(at).map_or("", |token| token.norm.as_str())
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.norm(at))
    }

    /// How the words before the expression relate it to the event.
    fn relation(&self, at: usize) -> TimeRelation {
        let mut before = at;
        while before > 0 && self.is(before - 1, &["the", "early", "late", "around", "about"]) {
            before -= 1;
        }
        match before.checked_sub(1).map(|at| self.norm(at)) {
            Some("since") => TimeRelation::Since,
            Some("until" | "till" | "by" | "before" | "til") => TimeRelation::Until,
            Some("after") => TimeRelation::After,
            _ => TimeRelation::During,
        }
    }

    fn core(&self, at: usize) -> Option<Core> {
        self.iso(at)
            .or_else(|| self.weekday(at))
            .or_else(|| self.date(at))
            .or_else(|| self.qualified(at))
            .or_else(|| self.season(at))
            .or_else(|| self.year(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.adverb(at))
            .or_else(|| self.unit(at))
            .or_else(|| self.past(at))
            .or_else(|| self.ago(at))
            .or_else(|| self.told(at))
            .or_else(|| self.again(at))
            .or_else(|| self.lasting(at))
    }
}
