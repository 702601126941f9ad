//! Hand-made analyses for unit tests.

use contested_language::tags::{Deprel, Upos, Xpos};
use contested_language::{Analysis, Sentence, Token};
use contested_model::Span;

/// A sentence from lines `form lemma UPOS XPOS head deprel` (head counted from 1, 0 for the root); a `"` after the relation marks a quoted word.
pub(crate) fn sentence(lines: &str) -> Sentence {
    let mut tokens = Vec::new();
    let mut at = 0;
    for line in lines.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let f: Vec<&str> = line.split_whitespace().collect();
        let head: u32 = f[4].parse().unwrap();
        let span = Span::new(at, at + f[0].chars().count() as u32);
        at = span.end + 1;
        tokens.push(Token {
            span,
            text: f[0].to_owned(),
            norm: f[0].to_lowercase(),
            lemma: f[1].to_owned(),
            upos: Upos::parse(f[2]).unwrap(),
            xpos: Xpos::parse(f[3]).unwrap(),
            head: head.checked_sub(1),
            deprel: Deprel::parse(f[5]).unwrap(),
            arc_confidence: 1.0,
            possessive: f[5] == "nmod:poss",
            quoted: f.get(6) == Some(&"\""),
        });
    }
    Sentence { span: Span::new(0, at.saturating_sub(1)), tokens, ..Sentence::default() }
}

/// A report of such sentences.
pub(crate) fn analysis(sentences: &[&str]) -> Analysis {
    Analysis { dateline: None, sentences: sentences.iter().map(|s| sentence(s)).collect() }
}

/// The words of some tokens.
pub(crate) fn words(sentence: &Sentence, tokens: &[u32]) -> String {
    tokens.iter().map(|&t| sentence.tokens[t as usize].text.as_str()).collect::<Vec<_>>().join(" ")
}
