//! Tidies the names the model finds, by rules of English only; who and where they are is for the actor base and the gazetteer to say.

use crate::analysis::{Name, Sentence, Token};
use crate::tags::{NameKind, Upos};
use crate::words::{self, Classes};

/// Heads that make "Islamic" the first word of a name.
const ISLAMIC: [&str; 8] = ["state", "republic", "emirate", "jihad", "front", "army", "movement", "courts"];

/// Widens names cut inside a hyphenated word, trims what no name begins or ends with, drops what is none.
pub(crate) fn tidy(sentence: &mut Sentence) {
    if sentence.names.is_empty() {
        return;
    }
    let tokens = &sentence.tokens;
    let mut tidied: Vec<Name> = Vec::with_capacity(sentence.names.len());
    for mut name in sentence.names.drain(..) {
        widen(tokens, &mut name);
        trim(tokens, &mut name);
        if name.start >= name.end || !is_name(tokens, &name) {
            continue;
        }
        if name.kind == NameKind::Facility
            && !words_of(tokens, &name).any(|t| class(t).any(Classes::FACILITY))
        {
            name.kind = NameKind::Place;
        }
        match tidied.last_mut() {
            // Two halves that widening brought together.
            Some(last) if last.end > name.start => {
                last.end = last.end.max(name.end);
                last.confidence = last.confidence.min(name.confidence);
            }
            _ => tidied.push(name),
        }
    }
    sentence.names = tidied;
}

fn words_of<'t>(tokens: &'t [Token], name: &Name) -> impl Iterator<Item = &'t Token> {
    tokens.get(name.start as usize..name.end as usize).unwrap_or_default().iter()
}

fn class(token: &Token) -> Classes {
    words::of(&token.norm)
}

fn widen(tokens: &[Token], name: &mut Name) {
    let particle = |at: usize| tokens.get(at).is_some_and(|t| class(t).any(Classes::PARTICLE));
    let hyphen = |at: usize| tokens.get(at).is_some_and(|t| t.norm == "-");
    let worded = |at: usize| tokens.get(at).is_some_and(|t| t.norm.starts_with(char::is_alphabetic));
    // "… al|-|Asadi": from the particle on, and back to it.
    loop {
        let end = name.end as usize;
        if end > 0 && particle(end - 1) && hyphen(end) && worded(end + 1) {
            name.end += 2;
        } else if end > 1 && particle(end - 2) && hyphen(end - 1) && worded(end) {
            name.end += 1;
        } else {
            break;
        }
    }
    let start = name.start as usize;
    if start >= 2 && hyphen(start - 1) && particle(start - 2) {
        name.start -= 2;
    } else if start >= 1 && hyphen(start) && particle(start - 1) {
        name.start -= 1;
    }
    // "Islamic State" where only "Islamic" was seen.
    if words_of(tokens, name).map(|t| t.norm.as_str()).eq(["islamic"])
        && tokens.get(name.end as usize).is_some_and(|t| ISLAMIC.contains(&t.norm.as_str()))
    {
        name.end += 1;
        name.kind = NameKind::Organisation;
    }
}

fn trim(tokens: &[Token], name: &mut Name) {
    let dated = matches!(name.kind, NameKind::Date | NameKind::Number);
    let opens = |t: &Token| {
        t.upos == Upos::Punct
            || t.norm == "'s"
            || !dated && matches!(t.norm.as_str(), "the" | "a" | "an" | "this" | "that")
    };
    let closes = |t: &Token| t.upos == Upos::Punct && t.norm != ")" || t.norm == "'s" || t.upos == Upos::Adp;
    while name.start < name.end && tokens.get(name.start as usize).is_some_and(opens) {
        name.start += 1;
    }
    while name.start < name.end && tokens.get(name.end as usize - 1).is_some_and(closes) {
        name.end -= 1;
    }
}

fn is_name(tokens: &[Token], name: &Name) -> bool {
    let mut some = false;
    let mut only_directions = true;
    for token in words_of(tokens, name) {
        some |= token.norm.contains(char::is_alphanumeric);
        only_directions &= class(token).any(Classes::DIRECTION);
    }
    some && !(only_directions && matches!(name.kind, NameKind::Place | NameKind::Facility))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(text: &str, names: &[(u32, u32, NameKind)]) -> Vec<(String, NameKind)> {
        let options = crate::AnalyseOptions { datelines: false, model: false };
        let mut sentence = crate::analyse(text, &options).sentences.remove(0);
        sentence.names =
            names.iter().map(|&(start, end, kind)| Name { start, end, kind, confidence: 1.0 }).collect();
        tidy(&mut sentence);
        let written = |name: &Name| {
            words_of(&sentence.tokens, name).map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        sentence.names.iter().map(|name| (written(name), name.kind)).collect()
    }

    #[test]
    fn names_are_widened_trimmed_and_dropped() {
        assert_eq!(
            tidied(
                "ahmed al-asadi left the airport east of islamic state s hill",
                &[
                    (0, 2, NameKind::Person),
                    (5, 7, NameKind::Facility),
                    (7, 8, NameKind::Facility),
                    (9, 10, NameKind::Norp),
                ]
            ),
            [
                ("ahmed al - asadi".to_owned(), NameKind::Person),
                ("airport".to_owned(), NameKind::Facility),
                ("islamic state".to_owned(), NameKind::Organisation),
            ]
        );
        assert_eq!(
            tidied("in Rawa's", &[(1, 3, NameKind::Facility)]),
            [("Rawa".to_owned(), NameKind::Place)]
        );
    }
}
