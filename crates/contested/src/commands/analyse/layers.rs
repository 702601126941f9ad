//! What extraction reads off a tree before it makes claims: who says what, and how far each predicate holds. For `contested analyse`.

use std::fmt::Write as _;

use contested_extract::attribution::{self, Speaker};
use contested_extract::factuality::{self, Factuality};
use contested_language::tags::Upos;
use contested_language::{Analysis, Sentence, SentenceRole};
use contested_model::{CharIndex, Span};
use serde_json::{Value, json};

/// The statements of a report: cue, speaker with its head, stance, and the stretches of text that are the content.
pub(super) fn attributions(id: &str, text: &str, analysis: &Analysis) -> Value {
    let index = CharIndex::new(text);
    let told = |span: Span| json!({"start": span.start, "end": span.end, "text": index.slice(text, span)});
    let phrase = |speaker: &Speaker| {
        let sentence = &analysis.sentences[speaker.sentence];
        let mut phrase = told(sentence.span_of(speaker.first, speaker.last));
        phrase["head"] = told(sentence.span_of(speaker.head, speaker.head));
        phrase
    };
    let statements = attribution::statements(analysis);
    let told: Vec<Value> = statements
        .iter()
        .map(|statement| {
            let sentence = &analysis.sentences[statement.sentence];
            let content: Vec<Value> = statement
                .scope
                .iter()
                .flat_map(|scope| stretches(&analysis.sentences[scope.sentence], &scope.tokens))
                .map(&told)
                .collect();
            json!({
                "cue": told(sentence.span_of(statement.cue.first, statement.cue.last)), "lemma": statement.cue_lemma,
                "stance": statement.stance.as_str(), "speaker": statement.speaker.as_ref().map(&phrase),
                "addressee": statement.addressee.as_ref().map(&phrase), "content": content,
                "relayed_by": statement.relayed_by, "answers": statement.answers, "rule": statement.rule,
            })
        })
        .collect();
    json!({"id": id, "attributions": told})
}

/// Runs of neighbouring tokens as stretches of text.
fn stretches(sentence: &Sentence, tokens: &[u32]) -> Vec<Span> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for &token in tokens {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == token => *last = token,
            _ => found.push((token, token)),
        }
    }
    found.into_iter().map(|(first, last)| sentence.span_of(first, last)).collect()
}

/// How far every verb of a report, and every other word that heads a clause, holds.
pub(super) fn predicates(id: &str, analysis: &Analysis) -> Value {
    let found: Vec<Value> = judged(analysis)
        .map(|(number, at, verdict)| {
            let token = &analysis.sentences[number].tokens[at];
            let rules: Vec<Value> = verdict.rules.iter().map(|(rule, on)| json!([rule, on])).collect();
            json!({
                "sentence": number, "token": at, "start": token.span.start, "end": token.span.end, "text": token.text,
                "polarity": verdict.polarity.as_str(), "certainty": verdict.certainty.as_str(), "tense": verdict.tense.as_str(),
                "outlook": verdict.outlook.map(|o| o.kind.as_str()), "phase": verdict.phase.map(contested_model::Phase::as_str),
                "attempt": verdict.attempt, "question": verdict.question, "verified": verdict.verified, "rules": rules,
            })
        })
        .collect();
    json!({"id": id, "predicates": found})
}

/// The same for sentences whose words were given: `sentence TAB token TAB polarity TAB certainty TAB outlook`, both counted from 1
/// (the sentence from `first`).
pub(super) fn predicate_lines(first: usize, analysis: &Analysis) -> String {
    let mut lines = String::new();
    for (number, at, verdict) in judged(analysis) {
        let outlook = verdict.outlook.map_or("-", |o| o.kind.as_str());
        let _ = writeln!(
            lines,
            "{}\t{}\t{}\t{}\t{outlook}",
            first + number,
            at + 1,
            verdict.polarity.as_str(),
            verdict.certainty.as_str()
        );
    }
    lines
}

fn judged(analysis: &Analysis) -> impl Iterator<Item = (usize, usize, Factuality)> + '_ {
    analysis.sentences.iter().enumerate().filter(|(_, s)| s.role != SentenceRole::Furniture).flat_map(
        move |(number, sentence)| {
            (0..sentence.tokens.len())
                .filter(move |&at| is_predicate(sentence, at))
                .map(move |at| (number, at, factuality::judge(analysis, number, at as u32)))
        },
    )
}

/// A verb, or a word with a copula or a subject.
fn is_predicate(sentence: &Sentence, at: usize) -> bool {
    use contested_language::tags::Deprel;
    sentence.tokens[at].upos == Upos::Verb
        || sentence.children_by(at as u32, Deprel::Cop).next().is_some()
        || sentence.children_by(at as u32, Deprel::Nsubj).next().is_some()
}
