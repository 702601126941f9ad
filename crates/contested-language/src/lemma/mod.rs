//! Lemmas: a lexicon of irregular forms (`data/irregular.tsv`), then rules of English inflection with their exceptions (`data/stems.tsv`).

mod rules;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tags::{Upos, Xpos};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Class {
    Verb,
    Noun,
    Adjective,
    Word,
}

static IRREGULAR: LazyLock<HashMap<(Class, &'static str), &'static str>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for line in include_str!("../../data/irregular.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split('\t');
        let (Some(class), Some(lemma), Some(list)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let class = match class {
            "verb" => Class::Verb,
            "noun" => Class::Noun,
            "adjective" => Class::Adjective,
            _ => Class::Word,
        };
        for form in list.split(' ') {
            // The first lemma of a form wins: "axes" is "axis" before "axe".
            forms.entry((class, form)).or_insert(lemma);
        }
    }
    forms
});

/// Forms of irregular verbs that are verbs of their own ("to found a town"). Others are no base form, whatever their tag says: taggers
/// take a past form they have not seen ("retook") for a present one.
const BASES: [&str; 15] = [
    "found", "fell", "felt", "saw", "wound", "bound", "ground", "lay", "rose", "stove", "left", "spat",
    "rent", "lit", "wove",
];

fn is_base(norm: &str) -> bool {
    BASES.contains(&norm) || IRREGULAR.get(&(Class::Verb, norm)).is_none_or(|&lemma| lemma == norm)
}

/// The lemma of a word given as its norm.
pub(crate) fn lemma(norm: &str, upos: Upos, xpos: Xpos) -> String {
    let irregular = |class| IRREGULAR.get(&(class, norm)).map(|&lemma| lemma.to_owned());
    let known = match (upos, xpos) {
        (Upos::Aux | Upos::Verb, _) => match xpos {
            Xpos::Vb | Xpos::Vbp if norm.len() > 3 && is_base(norm) => None,
            _ => irregular(Class::Verb),
        },
        (Upos::Noun, Xpos::Nns) | (Upos::Propn, Xpos::Nnps) => irregular(Class::Noun),
        (Upos::Adj | Upos::Adv, Xpos::Jjr | Xpos::Jjs | Xpos::Rbr | Xpos::Rbs) => irregular(Class::Adjective),
        // "her" of possession stays; the other is "she".
        (Upos::Pron, Xpos::PrpPoss) => None,
        (Upos::Pron | Upos::Det | Upos::Part, _) => irregular(Class::Word),
        _ => None,
    };
    known.unwrap_or_else(|| match (upos, xpos) {
        (Upos::Noun, Xpos::Nns) | (Upos::Propn, Xpos::Nnps) => rules::singular(norm),
        (Upos::Verb | Upos::Aux, Xpos::Vbz) => rules::third_person(norm),
        (Upos::Verb | Upos::Aux, Xpos::Vbd | Xpos::Vbn) => rules::past(norm),
        (Upos::Verb | Upos::Aux, Xpos::Vbg) => rules::participle(norm),
        (Upos::Adj | Upos::Adv, Xpos::Jjr | Xpos::Rbr) => rules::compared(norm, "er"),
        (Upos::Adj | Upos::Adv, Xpos::Jjs | Xpos::Rbs) => rules::compared(norm, "est"),
        _ => norm.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_form_with_a_wrong_tag() {
        assert_eq!(lemma("retook", Upos::Verb, Xpos::Vbp), "retake");
        assert_eq!(lemma("overran", Upos::Verb, Xpos::Vb), "overrun");
        assert_eq!(lemma("found", Upos::Verb, Xpos::Vb), "found");
        assert_eq!(lemma("cost", Upos::Verb, Xpos::Vbp), "cost");
    }

    /// `CONLLU=path cargo test lemma_accuracy -- --ignored --nocapture`
    #[test]
    #[ignore = "needs a treebank: CONLLU=path"]
    #[allow(clippy::disallowed_methods, reason = "reads the treebank it is told to")]
    fn lemma_accuracy() {
        let path = std::env::var("CONLLU").expect("CONLLU names a treebank");
        let (mut right, mut all) = (0, 0);
        let mut wrong: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
        for line in std::fs::read_to_string(path).expect("a readable treebank").lines() {
            let f: Vec<&str> = line.split('\t').collect();
            if f.len() < 10 || f[0].contains(['-', '.']) {
                continue;
            }
            let norm = f[1].to_lowercase().replace(['’', '‘'], "'");
            let got =
                lemma(&norm, Upos::parse(f[3]).unwrap_or_default(), Xpos::parse(f[4]).unwrap_or_default());
            all += 1;
            if got == f[2].to_lowercase() {
                right += 1;
            } else {
                *wrong
                    .entry(format!("{} {} {}: {} for {}", f[1].to_lowercase(), f[3], f[4], got, f[2]))
                    .or_default() += 1;
            }
        }
        let mut wrong: Vec<_> = wrong.into_iter().collect();
        wrong.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        for (what, n) in wrong.iter().take(400) {
            println!("{n}\t{what}");
        }
        println!("{right} of {all}: {:.4}", f64::from(right) / f64::from(all));
    }
}
