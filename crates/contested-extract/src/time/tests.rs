use contested_language::tags::{Deprel, Upos, Xpos};
use contested_language::{Sentence, Token};
use contested_model::Span;
use jiff::civil::date;

use super::*;

/// A sentence of bare words, without a tree; capitalised words count as names.
fn bare(text: &str) -> Sentence {
    let token = |word: &str| Token {
        span: Span::new(0, 0),
        text: word.to_owned(),
        norm: word.to_lowercase(),
        lemma: word.to_lowercase(),
        upos: if word.starts_with(char::is_uppercase) { Upos::Propn } else { Upos::X },
        xpos: if word.starts_with(char::is_uppercase) { Xpos::Nnp } else { Xpos::Nn },
        head: None,
        deprel: Deprel::Dep,
        arc_confidence: 1.0,
        possessive: false,
        quoted: false,
    };
    Sentence { tokens: text.split_whitespace().map(token).collect(), ..Sentence::default() }
}

/// Expressions of `text` published on Wednesday 8 November 2017, as "words: from..to precision".
fn read(text: &str) -> String {
    read_at(text, &mut Clock::new(Some(date(2017, 11, 8))))
}

fn read_at(text: &str, clock: &mut Clock) -> String {
    let sentence = bare(text);
    let show = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    let line = |e: TimeExpression| {
        let words: Vec<&str> =
            sentence.tokens[e.first as usize..=e.last as usize].iter().map(|t| t.text.as_str()).collect();
        format!("{}: {}..{} {}", words.join(" "), show(e.from), show(e.to), e.precision.as_str())
    };
    clock.read(&sentence).into_iter().map(line).collect::<Vec<_>>().join(" | ")
}

#[test]
fn weekdays_are_the_last_such_day() {
    insta::assert_snapshot!(read("shelled on Wednesday and again on Monday night"), @"Wednesday: 2017-11-08..2017-11-08 day | Monday night: 2017-11-06..2017-11-06 day");
    insta::assert_snapshot!(read("earlier on Thursday"), @"earlier on Thursday: 2017-11-02..2017-11-02 day");
}

#[test]
fn dates_with_and_without_a_year() {
    insta::assert_snapshot!(read("on 3 May 2015 and November 8 , 2016"), @"3 May 2015: 2015-05-03..2015-05-03 day | November 8 , 2016: 2016-11-08..2016-11-08 day");
    insta::assert_snapshot!(read("on Nov. 7 and December 12"), @"Nov. 7: 2017-11-07..2017-11-07 day | December 12: 2016-12-12..2016-12-12 day");
    insta::assert_snapshot!(read("on Saturday 10 Sep 2016"), @"Saturday 10 Sep 2016: 2016-09-10..2016-09-10 day");
    insta::assert_snapshot!(read("logged as 2017-11-02"), @"2017-11-02: 2017-11-02..2017-11-02 day");
}

#[test]
fn what_is_no_date_is_refused() {
    assert_eq!(read("on 31 February"), "");
    assert_eq!(read("they may march on"), "");
    assert_eq!(read("about 2000 people fled in recent weeks after a months-long advance"), "");
    assert_eq!(read("for two days"), "");
}

#[test]
fn months_years_and_their_parts() {
    insta::assert_snapshot!(read("in March , since mid-2015 , in late May 2014"), @"March: 2017-03-01..2017-03-31 month | mid-2015: 2015-05-01.. range | late May 2014: 2014-05-21..2014-05-31 range");
    insta::assert_snapshot!(read("by the end of 2019"), @"end of 2019: ..2019-12-31 range");
    insta::assert_snapshot!(read("in early 2015 and in the 1990s"), @"early 2015: 2015-01-01..2015-03-31 range | 1990s: 1990-01-01..1999-12-31 range");
    insta::assert_snapshot!(read("in August last year"), @"August last year: 2016-08-01..2016-08-31 month");
    insta::assert_snapshot!(read("earlier this year"), @"earlier this year: 2017-01-01..2017-12-31 year");
    insta::assert_snapshot!(read("since spring 2015"), @"spring 2015: 2015-03-01.. range");
}

#[test]
fn units_counted_from_publication() {
    insta::assert_snapshot!(read("last week"), @"last week: 2017-10-30..2017-11-05 week");
    insta::assert_snapshot!(read("in the past 24 hours"), @"past 24 hours: 2017-11-07..2017-11-08 range");
    insta::assert_snapshot!(read("two days ago and a year ago"), @"two days ago: 2017-11-06..2017-11-06 day | a year ago: 2016-11-01..2016-11-30 month");
    insta::assert_snapshot!(read("yesterday and overnight"), @"yesterday: 2017-11-07..2017-11-07 day | overnight: 2017-11-07..2017-11-08 range");
}

#[test]
fn ranges() {
    insta::assert_snapshot!(read("between 3 and 5 May"), @"between 3 and 5 May: 2017-05-03..2017-05-05 range");
    insta::assert_snapshot!(read("from March to June 2016"), @"from March to June 2016: 2016-03-01..2016-06-30 range");
    insta::assert_snapshot!(read("on 26 - 28 February 2015"), @"26 - 28 February 2015: 2015-02-26..2015-02-28 range");
    insta::assert_snapshot!(read("between Sunday and Tuesday"), @"between Sunday and Tuesday: 2017-11-05..2017-11-07 range");
}

#[test]
fn a_text_without_a_date_is_read_by_the_days_it_names() {
    let mut clock = Clock::new(None);
    assert_eq!(read_at("on Monday", &mut clock), "");
    insta::assert_snapshot!(read_at("on 30 December 2014", &mut clock), @"30 December 2014: 2014-12-30..2014-12-30 day");
    insta::assert_snapshot!(read_at("the next day", &mut clock), @"next day: 2014-12-31..2014-12-31 day");
    insta::assert_snapshot!(read_at("on 4 January", &mut clock), @"4 January: 2015-01-04..2015-01-04 day");
}
