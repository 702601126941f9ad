//! Speech that runs over sentences: quotations whose speaker is named before or after, and unmarked ones given away by "we" and "our".

use contested_language::tags::Upos;
use contested_language::{Analysis, Sentence, SentenceRole};

use super::{Scope, Statement};
use crate::words::Words;

/// How many sentences ahead the speaker of an opened quotation is looked for.
const AHEAD: usize = 4;

/// How many sentences a speech without marks is taken to run on after a colon.
const MONOLOGUE: usize = 12;

/// Adds to each statement the sentences in which its speech goes on.
pub(super) fn extend(analysis: &Analysis, statements: &mut [Statement]) {
    // Sentence by sentence, so that what a sentence is given carries on to the next.
    let mut carried: Vec<Option<usize>> = vec![None; analysis.sentences.len()];
    for at in 0..analysis.sentences.len() {
        let sentence = &analysis.sentences[at];
        let open = uncovered(statements, at, sentence);
        let quoted: Vec<u32> = open.iter().copied().filter(|&t| sentence.tokens[t as usize].quoted).collect();
        let first_person =
            open.iter().any(|&t| is_first_person(sentence, t) && !sentence.tokens[t as usize].quoted);
        let running = quoted.iter().filter(|&&t| sentence.tokens[t as usize].upos != Upos::Punct).count();
        let spoken = if running >= 3 && has_clause(sentence, &quoted) {
            Some(quoted)
        } else if first_person
            || opened_by_colon(analysis, statements, &carried, at).is_some() && !told_by_report(sentence)
        {
            Some(open)
        } else {
            None
        };
        if spoken.is_none()
            && let Some(found) = counts_on(analysis, statements, &carried, at)
        {
            carried[at] = Some(found);
            let tokens = uncovered(statements, at, sentence);
            statements[found].scope.push(Scope { sentence: at, tokens });
            continue;
        }
        let Some(tokens) = spoken else { continue };
        let marked = !first_person || running >= 3;
        let found = if let Some(colon) = opened_by_colon(analysis, statements, &carried, at) {
            Some(colon)
        } else if marked {
            marked_speaker(analysis, statements, &carried, at)
        } else {
            unmarked_speaker(analysis, statements, &carried, at)
        };
        if let Some(found) = found {
            carried[at] = Some(found);
            statements[found].scope.push(Scope { sentence: at, tokens });
        }
    }
}

/// "Another shell hit the market", "Three others were also killed": an account that goes on in the sentence after it counts as the same
/// speaker's, where he said all of the sentence before and nobody else speaks.
fn counts_on(
    analysis: &Analysis,
    statements: &[Statement],
    carried: &[Option<usize>],
    at: usize,
) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let sentence = &analysis.sentences[at];
    if sentence.role != SentenceRole::Body || statements.iter().any(|s| s.sentence == at) {
        return None;
    }
    let number = |at: usize| {
        let token = &sentence.tokens[at];
        token.upos == Upos::Num || matches!(token.lemma.as_str(), "dozen" | "hundred" | "score" | "several")
    };
    let also = |at: usize| {
        let token = &sentence.tokens[at];
        let head = token.head.map(|head| &sentence.tokens[head as usize]);
        token.norm == "also" && head.is_some_and(|head| head.head.is_none())
    };
    let opens = (0..sentence.tokens.len().min(9)).any(|t| match sentence.tokens[t].norm.as_str() {
        "another" => t < 4,
        // "three others", "five more soldiers", "three other rebels"
        "others" | "other" | "more" => t > 0 && t < 4 && number(t - 1),
        _ => also(t),
    });
    let counted = sentence.tokens.iter().any(|t| Words::Counted.has(&t.lemma));
    if !opens || !counted {
        return None;
    }
    carried[before].or_else(|| {
        any_in(statements, before).filter(|&i| {
            2 * width(&statements[i], before) >= analysis.sentences[before].tokens.len()
                && statements[i].rule != "said.object.v1"
        })
    })
}

/// The statement that ends in a colon right before sentence `at`, or whose speech after one has run on to there: what follows a colon is
/// said, in quotation marks or not.
fn opened_by_colon(
    analysis: &Analysis,
    statements: &[Statement],
    carried: &[Option<usize>],
    at: usize,
) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let opens = |&i: &usize| statements[i].rule == "said.colon.v1";
    (0..statements.len())
        .find(|i| opens(i) && statements[*i].sentence == before)
        .or_else(|| {
            let on = !ends_quoted(&analysis.sentences[before]) || starts_quoted(&analysis.sentences[at]);
            carried[before].filter(opens).filter(|&i| on && at - statements[i].sentence <= MONOLOGUE)
        })
        // another saying ends it
        .filter(|&i| !statements.iter().enumerate().any(|(j, s)| j != i && s.sentence == at))
}

/// Whether a sentence cannot be part of a speech without marks: it is no running text.
fn told_by_report(sentence: &Sentence) -> bool {
    sentence.role != SentenceRole::Body || sentence.tokens.len() < 4
}

/// Words of a sentence that no statement covers and that are no cue or speaker.
fn uncovered(statements: &[Statement], at: usize, sentence: &Sentence) -> Vec<u32> {
    let mut free = vec![true; sentence.tokens.len()];
    for statement in statements {
        for scope in statement.scope.iter().filter(|s| s.sentence == at) {
            for &t in &scope.tokens {
                free[t as usize] = false;
            }
        }
        if statement.sentence == at {
            for t in statement.cue.first..=statement.cue.last {
                free[t as usize] = false;
            }
        }
        if let Some(speaker) = statement.speaker.as_ref().filter(|s| s.sentence == at) {
            for t in speaker.first..=speaker.last {
                free[t as usize] = false;
            }
        }
    }
    (0..sentence.tokens.len() as u32).filter(|&t| free[t as usize]).collect()
}

fn is_first_person(sentence: &Sentence, at: u32) -> bool {
    let token = &sentence.tokens[at as usize];
    matches!(token.norm.as_str(), "we" | "our" | "ours" | "ourselves" | "i" | "my" | "me")
        && matches!(token.upos, Upos::Pron | Upos::Det)
    // "us" is left out: without case it is the country.
}

fn has_clause(sentence: &Sentence, words: &[u32]) -> bool {
    words.len() >= 6
        || words.iter().any(|&t| matches!(sentence.tokens[t as usize].upos, Upos::Verb | Upos::Aux))
}

fn ends_quoted(sentence: &Sentence) -> bool {
    sentence.tokens.iter().rev().find(|t| t.upos != Upos::Punct).is_some_and(|t| t.quoted)
}

fn starts_quoted(sentence: &Sentence) -> bool {
    sentence.tokens.iter().find(|t| t.upos != Upos::Punct).is_some_and(|t| t.quoted)
}

/// The statement of sentence `at` that covers quoted words or words of the first person, the outermost last; else the last one.
fn spoken_in(analysis: &Analysis, statements: &[Statement], at: usize) -> Option<usize> {
    let sentence = &analysis.sentences[at];
    let covers = |s: &Statement| {
        s.scope.iter().any(|scope| {
            scope.sentence == at
                && scope
                    .tokens
                    .iter()
                    .any(|&t| sentence.tokens[t as usize].quoted || is_first_person(sentence, t))
        })
    };
    (0..statements.len())
        .filter(|&i| statements[i].sentence == at && !statements[i].answers && covers(&statements[i]))
        .max_by_key(|&i| width(&statements[i], at))
}

/// The statement of sentence `at` with the widest content.
fn any_in(statements: &[Statement], at: usize) -> Option<usize> {
    (0..statements.len())
        .filter(|&i| statements[i].sentence == at && !statements[i].answers)
        .max_by_key(|&i| width(&statements[i], at))
}

fn width(statement: &Statement, at: usize) -> usize {
    statement.scope.iter().filter(|s| s.sentence == at).map(|s| s.tokens.len()).sum()
}

/// Whose marked quotation it is: that of the sentence before when it runs on or stands in the same paragraph, else of one that follows.
fn marked_speaker(
    analysis: &Analysis,
    statements: &[Statement],
    carried: &[Option<usize>],
    at: usize,
) -> Option<usize> {
    let here = &analysis.sentences[at];
    // A quotation that resumes after its own attribution: "…," he said. "…" in one sentence.
    if let Some(own) = spoken_in(analysis, statements, at) {
        return Some(own);
    }
    let runs_on = starts_quoted(here) && at > 0 && ends_quoted(&analysis.sentences[at - 1]);
    let before = at.checked_sub(1).and_then(|b| {
        carried[b].or_else(|| spoken_in(analysis, statements, b)).or_else(|| {
            // who only confirmed or denied a thing is not yet speaking
            any_in(statements, b)
                .filter(|&i| same_paragraph(analysis, b, at) && statements[i].rule != "said.object.v1")
        })
    });
    let after = || {
        (at + 1..analysis.sentences.len().min(at + 1 + AHEAD)).find_map(|next| {
            let joined = (at + 1..=next).all(|n| starts_quoted(&analysis.sentences[n]));
            joined.then(|| spoken_in(analysis, statements, next)).flatten()
        })
    };
    let adjacent = at.checked_sub(1).is_some_and(|b| same_paragraph(analysis, b, at));
    if before.is_some() && (runs_on || adjacent) {
        return before;
    }
    after().or(before)
}

/// Whose unmarked speech it is: the next sentence's speaker if that one speaks in the first person too, else the one before.
fn unmarked_speaker(
    analysis: &Analysis,
    statements: &[Statement],
    carried: &[Option<usize>],
    at: usize,
) -> Option<usize> {
    for next in at + 1..analysis.sentences.len().min(at + 1 + AHEAD) {
        if let Some(found) = spoken_in(analysis, statements, next) {
            return Some(found);
        }
        let sentence = &analysis.sentences[next];
        if !(0..sentence.tokens.len() as u32).any(|t| is_first_person(sentence, t)) {
            break;
        }
    }
    let before = at.checked_sub(1)?;
    carried[before].or_else(|| spoken_in(analysis, statements, before)).or_else(|| {
        // Only who says most of the sentence goes on speaking, not who claims something in passing.
        any_in(statements, before)
            .filter(|&i| 5 * width(&statements[i], before) >= 2 * analysis.sentences[before].tokens.len())
    })
}

fn same_paragraph(analysis: &Analysis, a: usize, b: usize) -> bool {
    analysis.sentences[a].paragraph == analysis.sentences[b].paragraph
}
