//! The forms of time expressions, read from left to right over the words of a sentence.

use contested_language::Sentence;
use contested_language::tags::{Deprel, Upos, Xpos};
use contested_model::Precision;
use jiff::civil::{Date, Weekday};

use super::TimeRelation;
use super::calendar::{self, Known, Part, Period, Unit};

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
    let core = words.range(at).or_else(|| words.core(at))?;
    let onwards = matches!(words.norm(core.end), "onward" | "onwards");
    let relation = if onwards { TimeRelation::Since } else { words.relation(at) };
    Some(Read {
        end: core.end + usize::from(onwards),
        period: core.period,
        relation,
        absolute: core.absolute,
        weekday: weekday_name(words.norm(at)).is_some(),
    })
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

    /// "between 3 and 5 May", "from March to June", "26-28 February", "May 3-5", "2014-2016".
    fn range(&self, at: usize) -> Option<Core> {
        let opened = self.is(at, &["between", "from"]);
        let start = if opened { at + 1 } else { at };
        let joins: &[&str] = if opened {
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
    }

    fn iso(&self, at: usize) -> Option<Core> {
        let norm = self.norm(at);
        if norm.len() == 10
            && norm.as_bytes()[4] == b'-'
            && norm.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        {
            return Some(Core { end: at + 1, period: norm.parse().ok().map(Period::day), absolute: true });
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

    /// "Monday", "early on Monday", "Monday night", "Saturday 10 Sep 2016", "Thursday, Oct. 19, 2023", "last Monday".
    fn weekday(&self, at: usize) -> Option<Core> {
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
    fn date(&self, at: usize) -> Option<Core> {
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

    fn whole(&self, month: i8, day: Option<i8>, end: usize) -> Core {
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
                if !self.to_come && calendar::days_between(published, period.from) > 7 =>
            {
                valid(period.from.year() - 1).unwrap_or(period)
            }
            _ => period,
        });
        Core { end, period, absolute }
    }

    /// "early 2015", "late May", "mid-2015", "the end of July", "late last year", "earlier this month".
    fn qualified(&self, at: usize) -> Option<Core> {
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
            // "earlier this year" is some time in this year, "earlier in May" in May
            Some(period) if loose => Some(period),
            Some(period) => period.part(part),
            None => None,
        };
        Some(Core { period, ..inner })
    }

    /// A month or year written in one word.
    fn named(&self, word: &str) -> Option<Period> {
        if let Some(month) = month_number(word) {
            return Period::month(self.known.year_of(month, self.to_come)?, month);
        }
        plain_year(word).and_then(Period::year)
    }

    fn season(&self, at: usize) -> Option<Core> {
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
    fn year(&self, at: usize) -> Option<Core> {
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
            next.upos == Upos::Propn || next.upos == Upos::Noun && next.xpos != Xpos::Nns
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

    fn decade(&self, at: usize) -> Option<Core> {
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

    fn today(&self, at: usize) -> Option<Core> {
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

    fn adverb(&self, at: usize) -> Option<Core> {
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
                let saturday = calendar::weekday(Weekday::Saturday, day(-1)?, false)?;
                (Period::range(saturday, calendar::plus_days(saturday, 1)?), at + 1)
            }
            ("last", "weekend") => (
                Period::range(
                    calendar::weekday(Weekday::Saturday, day(-1)?, false)?,
                    calendar::plus_days(calendar::weekday(Weekday::Saturday, day(-1)?, false)?, 1)?,
                ),
                at + 2,
            ),
            _ => return None,
        };
        Some(Core { end, period, absolute: false })
    }

    /// "last week", "this month", "next year", "the week"; with "'s": "last week's attacks".
    fn unit(&self, at: usize) -> Option<Core> {
        let shift = match self.norm(at) {
            "last" | "previous" => -1,
            "this" => 0,
            "next" | "coming" => 1,
            "week"
                if self.is(at.wrapping_sub(1), &["the"])
                    && self.is(at.wrapping_sub(3), &["earlier", "later"]) =>
            {
                return Some(Core { end: at + 1, period: self.known.unit(0, Unit::Week), absolute: false });
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

    /// "the past two weeks", "the last 24 hours", "the past year".
    fn past(&self, at: usize) -> Option<Core> {
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
    fn ago(&self, at: usize) -> Option<Core> {
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
    fn told(&self, at: usize) -> Option<Core> {
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

    fn count(&self, at: usize) -> Option<(i64, usize)> {
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

    /// A day of the month, with "th" perhaps in a token of its own.
    fn day(&self, at: usize) -> Option<(i8, usize)> {
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

    fn month_name(&self, at: usize) -> Option<(i8, usize)> {
        let month = month_number(self.norm(at).trim_end_matches('.'))?;
        let end = if self.is(at + 1, &["."]) && self.day(at + 2).is_some() { at + 2 } else { at + 1 };
        Some((month, end))
    }

    /// A year after a month or day, "," or "of" between them perhaps; also "last year", "this year".
    fn year_after(&self, at: usize) -> Option<(i16, usize)> {
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
    fn is_month_alone(&self, at: usize) -> bool {
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

/// `period` moved to `year`, or to the year before where it would begin after `limit`.
fn with_year(period: Period, year: i16, limit: Date) -> Option<Period> {
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

fn weekday_name(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches('.');
    Some(match word {
        "monday" | "mondays" | "mon" => Weekday::Monday,
        "tuesday" | "tuesdays" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wednesdays" | "wed" => Weekday::Wednesday,
        "thursday" | "thursdays" | "thu" | "thurs" | "thur" => Weekday::Thursday,
        "friday" | "fridays" | "fri" => Weekday::Friday,
        "saturday" | "saturdays" | "sat" => Weekday::Saturday,
        "sunday" | "sundays" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

fn month_number(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sep" | "sept" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

fn unit_name(word: &str) -> Option<Unit> {
    Some(match word {
        "hour" | "hours" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        _ => return None,
    })
}

fn plain_year(word: &str) -> Option<i16> {
    (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
        .filter(|year| (1900..2100).contains(year))
}
