//! Gives each claim in the making its date: what the words of its sentence state, what its cause states, or what the scene it belongs to
//! lets a reader infer.

use contested_language::tags::{Deprel, Upos, Xpos};
use contested_model::{ClaimType, Kind, Polarity, Precision, Span, Tense, TimeBasis, TimeSpan};
use jiff::civil::Date;

use crate::counting;
use crate::draft::Draft;
use crate::naming::Context;
use crate::sharing::FIGHTING;
use crate::time::{self, Reach, TimeExpression};
use crate::tree::Tree;
use crate::words::Words;

/// Sentences after a dated one over which its date holds for what is of one kind with it.
const REACH: usize = 4;

/// Sentences after a dated one over which its date holds at the same place.
const PLACE_REACH: usize = 2;

/// How far up coordinated and subordinate clauses a date is looked for.
const CLAUSES: usize = 3;

/// Days between first and last day of a date that the clauses of one sentence share.
const ONE_STORY: i64 = 366;

/// Days between first and last day of a date that one scene can have.
const LONGEST: i64 = 1;

/// Dates a draft by the time expression that holds for its predicate.
pub(crate) fn stated(draft: &mut Draft, tree: &Tree<'_>, times: &[TimeExpression], context: &Context<'_>) {
    let uttered = matches!(
        draft.claim_type,
        ClaimType::Threaten | ClaimType::Demand | ClaimType::Accuse | ClaimType::Reject | ClaimType::Declare
    );
    // "in defiance of a ceasefire", "in a de-escalation zone": no date of the clause
    let apart = draft.claim_type == ClaimType::Ceasefire
        && matches!(tree.deprel(draft.at).base(), Deprel::Obl | Deprel::Nmod | Deprel::Compound);
    let reach = match draft.claim_type.kind() {
        Kind::Event if apart => Reach::Own,
        Kind::Event if uttered => Reach::Saying,
        Kind::Event => Reach::Clause,
        _ => Reach::Own,
    };
    let Some(expression) = time::of_predicate(tree.sentence, draft.at, times, reach) else { return };
    let span = tree.sentence.span_of(expression.first, expression.last);
    if expression.historic && draft.tense == Tense::Past {
        draft.tense = Tense::Historic;
    }
    draft.why.push(("time.stated.v1".to_owned(), (expression.first..=expression.last).collect()));
    draft.time = Some(expression.stated(span, context.index.slice(context.text, span)));
}

/// Words between an event and the date that may be its own although no arc joins them.
const NEAR: u32 = 30;

/// Gives a date that hangs on no event to the fighting it is told with: one that opens the sentence to all of it, another to the nearest
/// event before it. The words state it; that it is theirs is inferred.
pub(crate) fn unclaimed(
    drafts: &mut [Draft],
    tree: &Tree<'_>,
    times: &[TimeExpression],
    context: &Context<'_>,
) {
    for expression in times {
        let span = tree.sentence.span_of(expression.first, expression.last);
        let days = expression.from.zip(expression.to);
        let short = days.is_some_and(|(from, to)| time::days_between(from, to) <= LONGEST);
        let claimed =
            drafts.iter().any(|draft| draft.time.as_ref().is_some_and(|time| time.start == span.start));
        if !short || expression.of_next || claimed || is_of_saying(tree, expression) {
            continue;
        }
        // a noun takes its tense from a verb that may tell of now
        let fits = |draft: &Draft| {
            draft.time.is_none()
                && draft.about.is_none()
                && FIGHTING.contains(&draft.claim_type)
                && (draft.tense == Tense::Past || draft.tense == Tense::Ongoing && !tree.is_verbal(draft.at))
                && draft.polarity == Polarity::Positive
        };
        let opens = expression.first <= 2;
        let nearest = (0..drafts.len())
            .filter(|&at| {
                let far = expression.first.checked_sub(drafts[at].at);
                fits(&drafts[at]) && far.is_some_and(|far| far <= NEAR)
            })
            .max_by_key(|&at| drafts[at].at);
        let stated = expression.stated(span, context.index.slice(context.text, span));
        let words: Vec<u32> = (expression.first..=expression.last).collect();
        for (at, draft) in drafts.iter_mut().enumerate() {
            if fits(draft) && (opens || nearest == Some(at)) {
                draft.time = Some(TimeSpan { basis: TimeBasis::Inferred, ..stated.clone() });
                draft.why.push(("time.of-sentence.v1".to_owned(), words.clone()));
            }
        }
    }
}

/// Whether the expression stands right after a verb of saying.
fn is_of_saying(tree: &Tree<'_>, expression: &TimeExpression) -> bool {
    let mut at = expression.first;
    while at > 0 && matches!(tree.norm(at - 1), "on" | "late" | "early" | "in" | "earlier" | "," | "the") {
        at -= 1;
    }
    // "early on Monday the army said that": it hangs on the saying, whatever stands between
    let above = tree.ancestors(expression.last).find(|&up| up < expression.first || expression.last < up);
    let above = above
        .filter(|&up| tree.upos(up) == Upos::Verb)
        .or_else(|| tree.ancestors(expression.last).take(3).find(|&up| tree.upos(up) == Upos::Verb));
    if above.is_some_and(|verb| Words::Saying.has(tree.lemma(verb))) {
        return true;
    }
    let before = at.checked_sub(1);
    let after = Some(expression.last + 1).filter(|&next| next < tree.len());
    before.into_iter().chain(after).any(|word| Words::Saying.has(tree.lemma(word)))
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

/// "attacked the town on Monday, seizing its port", "advanced in June and took two villages": what is told on in the clauses that hang on a
/// dated one, or in the next ones coordinated with it, happened then, a reader infers.
pub(crate) fn of_clause(drafts: &mut [Draft], trees: &[Tree<'_>]) {
    let lent: Vec<Option<TimeSpan>> = drafts
        .iter()
        .map(|draft| {
            let tree = &trees[draft.sentence];
            let told = draft.time.is_none()
                && draft.about.is_none()
                && draft.claim_type.kind() == Kind::Event
                && matches!(draft.tense, Tense::Past | Tense::Ongoing)
                && draft.polarity == Polarity::Positive
                && tree.is_verbal(draft.at);
            if told && let Some(time) = meanwhile(draft, drafts, tree).or_else(|| before(draft, drafts, tree))
            {
                return Some(time);
            }
            let mut node = draft.at;
            for _ in 0..CLAUSES {
                let joined = match tree.deprel(node).base() {
                    Deprel::Conj => true,
                    Deprel::Advcl => {
                        tree.xpos(node) == Xpos::Vbg && tree.child_by(node, Deprel::Mark).is_none()
                            || tree
                                .children_by(node, Deprel::Mark)
                                .any(|m| matches!(tree.norm(m), "before" | "after"))
                    }
                    _ => false,
                };
                node = tree.head(node).filter(|_| told && joined)?;
                let dated = drafts.iter().find(|other| {
                    other.sentence == draft.sentence
                        && other.at == node
                        && other.about.is_none()
                        && other.time.as_ref().is_some_and(|time| {
                            // "has raged since June and is fought street by street"
                            let since = draft.tense == Tense::Ongoing && time.to.is_none();
                            let past = draft.tense == Tense::Past && other.tense == Tense::Past;
                            let short = time
                                .from
                                .zip(time.to)
                                .is_some_and(|(from, to)| time::days_between(from, to) <= ONE_STORY);
                            time.basis == TimeBasis::Stated && (since || past && short)
                        })
                });
                if let Some(dated) = dated {
                    return dated.time.clone();
                }
            }
            None
        })
        .collect();
    for (draft, time) in drafts.iter_mut().zip(lent) {
        if let Some(time) = time {
            draft.time = Some(TimeSpan { basis: TimeBasis::Inferred, ..time });
            draft.why.push(("time.of-clause.v1".to_owned(), Vec::new()));
        }
    }
}

/// "the depot was taken as the militia pushed in at the weekend": what happened while something dated did.
fn meanwhile(draft: &Draft, drafts: &[Draft], tree: &Tree<'_>) -> Option<TimeSpan> {
    let clauses = tree.children_by(draft.at, Deprel::Advcl).filter(|&clause| {
        tree.children_by(clause, Deprel::Mark)
            .chain(tree.children_by(clause, Deprel::Advmod))
            .any(|mark| mark < clause && matches!(tree.norm(mark), "as" | "when" | "while"))
    });
    let mut dated = clauses.filter_map(|clause| {
        drafts.iter().find(|other| {
            other.sentence == draft.sentence
                && other.at == clause
                && other.about.is_none()
                && other.tense == Tense::Past
                && draft.tense == Tense::Past
                && other.time.as_ref().is_some_and(|time| {
                    time.basis == TimeBasis::Stated && time.from.is_some() && time.to.is_some()
                })
        })
    });
    dated.next()?.time.clone()
}

/// "On 3 May, days after rebels took the town, it was shelled": what something dated came after had happened by that day.
fn before(draft: &Draft, drafts: &[Draft], tree: &Tree<'_>) -> Option<TimeSpan> {
    let after = tree.children_by(draft.at, Deprel::Mark).any(|mark| tree.norm(mark) == "after");
    let dated = drafts.iter().find(|other| {
        after
            && other.sentence == draft.sentence
            && other.about.is_none()
            && other.tense != Tense::Future
            && !tree.ancestors(other.at).any(|up| up == draft.at)
            && other.time.as_ref().is_some_and(|time| time.basis == TimeBasis::Stated && time.from.is_some())
    })?;
    let time = dated.time.clone()?;
    Some(TimeSpan { to: time.from, from: None, precision: Precision::Range, ..time })
}

fn is_harm(draft: &Draft) -> bool {
    matches!(draft.claim_type, ClaimType::Kill | ClaimType::Destroy | ClaimType::Displace)
}

fn is_cause(draft: &Draft) -> bool {
    counting::CAUSES.contains(&draft.claim_type)
}

/// What lends its date to what follows.
struct Lender {
    sentence: usize,
    group: u8,
    place: Option<usize>,
    time: TimeSpan,
}

/// Fighting of one kind, or at one place, told in the sentences right after a dated one, is of that date: stated there, inferred here. A
/// report that begins with a date, and states no other day of fighting, tells of that day.
pub(crate) fn of_scene(
    drafts: &mut [Draft],
    heading: Option<&TimeSpan>,
    place: &dyn Fn(&Draft) -> Option<usize>,
) {
    let mut lender: Option<Lender> = None;
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&at| (drafts[at].sentence, drafts[at].at));
    let other_day = drafts.iter().any(|draft| {
        draft.time.as_ref().is_some_and(|time| {
            is_of_a_scene(time)
                && FIGHTING.contains(&draft.claim_type)
                && heading.is_some_and(|h| h.from != time.from)
        })
    });
    for at in order {
        let draft = &drafts[at];
        let fights = draft.about.is_none() && FIGHTING.contains(&draft.claim_type);
        if !fights || draft.tense == Tense::Historic {
            continue;
        }
        let (own, here) = (group(draft.claim_type), place(draft));
        match &draft.time {
            Some(time) if is_of_a_scene(time) => {
                lender =
                    Some(Lender { sentence: draft.sentence, group: own, place: here, time: time.clone() });
            }
            Some(_) => {}
            None => {
                let told = draft.tense == Tense::Past && draft.polarity == Polarity::Positive;
                let lent = lender.as_ref().filter(|lender| {
                    let far = draft.sentence - lender.sentence;
                    let same = lender.group == own || own == HARM || lender.group == HARM;
                    let there = far <= PLACE_REACH && here.is_some() && here == lender.place;
                    told && (same && far <= REACH || there || far == 0)
                });
                let headed = heading.filter(|_| {
                    draft.polarity == Polarity::Positive
                        && (draft.sentence == 0 && draft.tense != Tense::Future || told && !other_day)
                });
                if let Some(time) = lent.map(|lender| &lender.time).or(headed) {
                    drafts[at].time = Some(TimeSpan { basis: TimeBasis::Inferred, ..time.clone() });
                    drafts[at].why.push(("time.of-scene.v2".to_owned(), Vec::new()));
                    if let Some(lender) = lender
                        .as_mut()
                        .filter(|lender| lender.group == own && drafts[at].sentence - lender.sentence < REACH)
                    {
                        lender.sentence = drafts[at].sentence;
                    }
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
