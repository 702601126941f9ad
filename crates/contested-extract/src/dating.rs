//! Gives each claim in the making its date: what the words of its sentence state, what its cause states, or what the scene it belongs to
//! lets a reader infer.

use contested_model::{ClaimType, Kind, Polarity, Precision, Span, Tense, TimeBasis, TimeSpan};
use jiff::civil::Date;

use crate::counting;
use crate::draft::Draft;
use crate::naming::Context;
use crate::sharing::FIGHTING;
use crate::time::{self, Reach, TimeExpression};
use crate::tree::Tree;

/// Sentences after a dated one over which its date holds for what is of one kind with it.
const REACH: usize = 4;

/// Days between first and last day of a date that one scene can have.
const LONGEST: i64 = 1;

/// Dates a draft by the time expression that holds for its predicate.
pub(crate) fn stated(draft: &mut Draft, tree: &Tree<'_>, times: &[TimeExpression], context: &Context<'_>) {
    let reach = if draft.claim_type.kind() == Kind::Event { Reach::Clause } else { Reach::Own };
    let Some(expression) = time::of_predicate(tree.sentence, draft.at, times, reach) else { return };
    let span = tree.sentence.span_of(expression.first, expression.last);
    if expression.historic && draft.tense == Tense::Past {
        draft.tense = Tense::Historic;
    }
    draft.why.push(("time.stated.v1".to_owned(), (expression.first..=expression.last).collect()));
    draft.time = Some(expression.stated(span, context.index.slice(context.text, span)));
}

/// The date that a report begins with, before its headline.
pub(crate) fn heading(day: Date, span: Span, words: &str) -> TimeSpan {
    TimeSpan {
        text: words.to_owned(),
        start: span.start,
        end: span.end,
        from: Some(day),
        to: Some(day),
        precision: Precision::Day,
        basis: TimeBasis::Inferred,
    }
}

/// Harm and what caused it in one scene are of one date, whichever of them it hangs on.
pub(crate) fn of_cause(drafts: &mut [Draft], trees: &[Tree<'_>]) {
    let lent: Vec<Option<TimeSpan>> = (0..drafts.len())
        .map(|at| {
            if drafts[at].time.is_some() || drafts[at].about.is_some() {
                return None;
            }
            let tree = &trees[drafts[at].sentence];
            let lender = (0..drafts.len())
                .filter(|&other| {
                    let (one, two) = (&drafts[at], &drafts[other]);
                    two.sentence == one.sentence
                        && two.time.as_ref().is_some_and(|time| time.from.is_some() && time.to.is_some())
                        && (is_harm(one) && is_cause(two) || is_cause(one) && is_harm(two))
                        && counting::are_one_scene(tree, one.at, two.at)
                })
                .min_by_key(|&other| drafts[other].at.abs_diff(drafts[at].at));
            drafts[lender?].time.clone()
        })
        .collect();
    for (draft, time) in drafts.iter_mut().zip(lent) {
        if time.is_some() {
            draft.time = time;
            draft.why.push(("time.of-cause.v1".to_owned(), Vec::new()));
        }
    }
}

fn is_harm(draft: &Draft) -> bool {
    matches!(draft.claim_type, ClaimType::Kill | ClaimType::Destroy | ClaimType::Displace)
}

fn is_cause(draft: &Draft) -> bool {
    counting::CAUSES.contains(&draft.claim_type)
}

/// Fighting of one kind, told in the sentences right after a dated one, is of that date: stated there, inferred here. A report that begins
/// with a date tells of that day until it names another.
pub(crate) fn of_scene(drafts: &mut [Draft], heading: Option<&TimeSpan>) {
    // what lends its date: sentence, group, date
    let mut lender: Option<(usize, Option<u8>, TimeSpan)> = heading.map(|time| (0, None, time.clone()));
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&at| (drafts[at].sentence, drafts[at].at));
    for at in order {
        let draft = &drafts[at];
        let fights = draft.about.is_none() && FIGHTING.contains(&draft.claim_type);
        if !fights || draft.tense == Tense::Historic {
            continue;
        }
        match &draft.time {
            Some(time) if is_of_a_scene(time) => {
                lender = Some((draft.sentence, Some(group(draft.claim_type)), time.clone()));
            }
            Some(_) => {}
            None => {
                let told = draft.tense == Tense::Past && draft.polarity == Polarity::Positive;
                let own = group(draft.claim_type);
                let lent = lender.as_ref().filter(|(sentence, kind, _)| {
                    let same = kind.is_none_or(|kind| kind == own || own == HARM);
                    told && draft.sentence - sentence <= REACH && (same || draft.sentence == *sentence)
                });
                if let Some((_, _, time)) = lent {
                    drafts[at].time = Some(TimeSpan { basis: TimeBasis::Inferred, ..time.clone() });
                    drafts[at].why.push(("time.of-scene.v2".to_owned(), Vec::new()));
                }
            }
        }
    }
}

/// Whether a date is that of one scene: stated, of a day or a night.
fn is_of_a_scene(time: &TimeSpan) -> bool {
    let short = time.from.zip(time.to).is_some_and(|(from, to)| {
        matches!(time.precision, Precision::Day | Precision::Range) && time::days_between(from, to) <= LONGEST
    });
    short && time.basis == TimeBasis::Stated
}

const HARM: u8 = 0;

/// Types told of one scene by turns.
fn group(claim_type: ClaimType) -> u8 {
    match claim_type {
        ClaimType::Kill | ClaimType::Destroy => HARM,
        ClaimType::Attack | ClaimType::Clash | ClaimType::Repel | ClaimType::Siege => 1,
        ClaimType::Airstrike | ClaimType::Shelling => 2,
        ClaimType::Bombing => 3,
        ClaimType::Chemical => 4,
        _ => 5,
    }
}
