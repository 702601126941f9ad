//! Counted people by the order of words alone, for what the tree misses.

use contested_language::Sentence;
use contested_language::tags::{Deprel, Upos, Xpos};

use super::numbers::{self, Count};

/// Words between a verb and the number of its victims.
const BETWEEN: &[&str] = &[
    "at",
    "least",
    "more",
    "than",
    "over",
    "up",
    "to",
    "as",
    "many",
    "about",
    "around",
    "nearly",
    "almost",
    "some",
    "another",
    "the",
    "approximately",
    "roughly",
    "between",
    "fewer",
    "no",
    "not",
    "a",
    "total",
    "of",
    "further",
];
/// Words a victims' noun phrase may be apart from the verb before it.
const FAR: usize = 6;

/// Counts and heads of the people next to the verb at `at`: after an active form, before a passive one.
pub(super) fn people(sentence: &Sentence, at: u32) -> Vec<(Count, u32)> {
    let token = &sentence.tokens[at as usize];
    let at = at as usize;
    let (before, after) = (|| all_before(sentence, at), || after(sentence, at));
    let helped = |lemma: &str| {
        sentence.children_by(at as u32, Deprel::Aux).any(|c| sentence.tokens[c as usize].lemma == lemma)
    };
    let passive = sentence.children(at as u32).any(|c| sentence.tokens[c as usize].deprel == Deprel::AuxPass);
    let prenominal = token.deprel.is(Deprel::Amod) && token.head.is_some_and(|head| head > at as u32);
    let (first, second) = match token.xpos {
        _ if prenominal => return Vec::new(),
        Xpos::Vbn if helped("have") && !passive => (after(), Vec::new()),
        Xpos::Vbn => (before(), Vec::new()),
        Xpos::Vbd => (after(), before()),
        _ => (after(), Vec::new()),
    };
    if first.is_empty() { second } else { first }
}

/// Whether a bare number at `at` is told of by the very next word: "40 killed *100 injured*".
pub(super) fn has_own_word(sentence: &Sentence, at: u32) -> bool {
    let next = sentence.tokens.get(at as usize + 1).map_or("", |token| token.norm.as_str());
    sentence.tokens[at as usize].upos == Upos::Num
        && matches!(
            next,
            "injured" | "wounded" | "killed" | "hurt" | "missing" | "dead" | "captured" | "arrested"
        )
}

fn after(sentence: &Sentence, at: usize) -> Vec<(Count, u32)> {
    let mut found = Vec::new();
    let mut next = at + 1;
    loop {
        let mut start = next;
        while start < next + 5 && numbers::count(sentence, start).is_none() && is(sentence, start, BETWEEN) {
            start += 1;
        }
        let Some(count) = numbers::count(sentence, start) else { break };
        let head = phrase(sentence, count.last + 1).unwrap_or(count.last);
        if has_own_word(sentence, head as u32) {
            break;
        }
        // "killing 12 and 30 were injured": the second number has a verb of its own
        let verb =
            sentence.tokens.get(head + 1).is_some_and(|t| matches!(t.upos, Upos::Aux) || t.xpos == Xpos::Vbn);
        if !found.is_empty() && verb {
            break;
        }
        found.push((count, head as u32));
        let end = past_owner(sentence, head + 1);
        if !is(sentence, end, &["and", ","]) || found.len() == 4 {
            break;
        }
        next = end + 1;
    }
    found
}

/// One past the phrase with "of" that begins at `start`: "three leaders *of the group* and ten men".
fn past_owner(sentence: &Sentence, start: usize) -> usize {
    if !is(sentence, start, &["of", "from"]) {
        return start;
    }
    let part = |at: usize| {
        sentence.tokens.get(at).is_some_and(|token| {
            matches!(token.upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn) || token.norm == "'s"
        })
    };
    (start + 1..start + FAR).find(|&at| !part(at)).unwrap_or(start)
}

/// Counts and heads of the people right before `at`, joined ones too.
pub(super) fn all_before(sentence: &Sentence, at: usize) -> Vec<(Count, u32)> {
    let mut found = Vec::new();
    let mut end = at;
    while let Some((count, head)) = before(sentence, end) {
        found.insert(0, (count, head));
        // "two rebels and at least five soldiers were killed"
        let Some(join) = count.first.checked_sub(1).filter(|&join| is(sentence, join, &["and", ","])) else {
            break;
        };
        let join = before_aside(sentence, join);
        let noun = join
            .checked_sub(1)
            .is_some_and(|at| matches!(sentence.tokens[at].upos, Upos::Noun | Upos::Propn));
        if !noun || found.len() == 4 {
            break;
        }
        end = join;
    }
    found
}

/// One past the words that an aside right before `end` stands after: "23 civilians *- nine of them children -* and 16 soldiers".
fn before_aside(sentence: &Sentence, end: usize) -> usize {
    let Some(close) = end.checked_sub(1) else { return end };
    let opening = match sentence.tokens[close].norm.as_str() {
        ")" => "(",
        dash @ ("-" | "–" | "—") => dash,
        _ => return end,
    };
    let lowest = close.saturating_sub(2 * FAR);
    (lowest..close).rev().find(|&at| sentence.tokens[at].norm == opening).unwrap_or(end)
}

fn before(sentence: &Sentence, at: usize) -> Option<(Count, u32)> {
    let mut last = at.checked_sub(1)?;
    while last > 0
        && matches!(sentence.tokens[last].upos, Upos::Aux | Upos::Adv | Upos::Part)
        && !is(sentence, last, &["more"])
    {
        last -= 1;
    }
    let nominal = |at: usize| {
        matches!(sentence.tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Adv)
    };
    let stop = last.saturating_sub(FAR);
    for start in (stop..=last).rev() {
        if !nominal(start) && !is(sentence, start, &["a", "of", "-"]) {
            return None;
        }
        let Some(count) = numbers::count(sentence, start) else { continue };
        // the number may begin earlier: "two hundred", "dozens of"
        let whole = (stop..start)
            .filter_map(|at| numbers::count(sentence, at))
            .find(|c| c.last >= count.last)
            .unwrap_or(count);
        return Some((whole, last.max(whole.last) as u32));
    }
    None
}

/// Last noun of the phrase that begins at `start`.
fn phrase(sentence: &Sentence, start: usize) -> Option<usize> {
    let start = if is(sentence, start, &["of"]) { start + 1 } else { start };
    let mut head = None;
    for at in start..sentence.tokens.len().min(start + FAR) {
        match sentence.tokens[at].upos {
            Upos::Noun | Upos::Propn => head = Some(at),
            Upos::Adj | Upos::Num => {}
            _ if is(sentence, at, &["-", "'s", "."]) && at > start => {}
            _ => break,
        }
    }
    head
}

fn is(sentence: &Sentence, at: usize, words: &[&str]) -> bool {
    sentence.tokens.get(at).is_some_and(|token| words.contains(&token.norm.as_str()))
}
