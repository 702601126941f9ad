//! Questions about single words of a phrase.

use contested_language::tags::{Deprel, Upos};

use crate::tree::Tree;
use crate::words::Words;

pub(super) fn words(tree: &Tree<'_>, first: u32, last: u32) -> Vec<String> {
    (first..=last).map(|at| tree.norm(at).to_owned()).collect()
}

pub(super) fn is_relative(tree: &Tree<'_>, at: u32) -> bool {
    matches!(tree.norm(at), "which" | "who" | "whom" | "that") && tree.upos(at) != Upos::Noun
}

pub(super) fn is_determiner(tree: &Tree<'_>, at: u32) -> bool {
    matches!(tree.upos(at), Upos::Det | Upos::Punct | Upos::Cconj) || matches!(tree.norm(at), "the" | "and")
}

pub(crate) fn is_direction(word: &str) -> bool {
    word.ends_with("ern")
        && matches!(
            word,
            "northern"
                | "southern"
                | "eastern"
                | "western"
                | "northeastern"
                | "northwestern"
                | "southeastern"
                | "southwestern"
        )
        || matches!(
            word,
            "central"
                | "north"
                | "south"
                | "east"
                | "west"
                | "northeast"
                | "northwest"
                | "southeast"
                | "southwest"
                | "upper"
                | "lower"
        )
}

/// Nouns that make the names after "of", and those before them, names of places.
const SETTLEMENTS: &[&str] = &[
    "town",
    "towns",
    "city",
    "cities",
    "village",
    "villages",
    "hamlet",
    "hamlets",
    "suburb",
    "suburbs",
    "neighborhood",
    "neighborhoods",
    "neighbourhood",
    "neighbourhoods",
    "district",
    "districts",
    "province",
    "provinces",
    "governorate",
    "governorates",
    "checkpoint",
    "checkpoints",
];

/// "the villages of A and B", "A, B and C neighbourhoods": what is called a settlement is one, whatever else the name may be.
pub(super) fn is_called_settlement(tree: &Tree<'_>, at: u32) -> bool {
    if !is_proper(tree, at) {
        return false;
    }
    // "X is a town in Y"
    let is_one = tree.deprel(at) == Deprel::Nsubj
        && tree.head(at).is_some_and(|noun| {
            SETTLEMENTS.contains(&tree.norm(noun)) && tree.child_by(noun, Deprel::Cop).is_some()
        });
    if is_one {
        return true;
    }
    let mut first = at;
    for _ in 0..12 {
        match tree.head(first).filter(|_| tree.deprel(first).is(Deprel::Conj)) {
            Some(head) => first = head,
            None => break,
        }
    }
    let of = tree.case(first) == "of"
        && tree.head(first).is_some_and(|head| head < first && SETTLEMENTS.contains(&tree.norm(head)));
    let all = tree.coordinated(first);
    let many = || {
        let last = all.last().copied().filter(|_| all.len() > 1)?;
        let end = tree.children_by(last, Deprel::Flat).last().unwrap_or(last);
        let next = (end + 1 < tree.len()).then(|| tree.norm(end + 1))?;
        Some(next.ends_with('s') && SETTLEMENTS.contains(&next))
    };
    of || many().unwrap_or(false)
}

/// A proper noun by its tag, or a word written like one.
pub(crate) fn is_proper(tree: &Tree<'_>, at: u32) -> bool {
    tree.upos(at) == Upos::Propn
        || (tree.token(at).text.chars().next().is_some_and(char::is_uppercase)
            && tree.upos(at) == Upos::Noun
            && at > 0)
}

/// A day of the week, with the s of a possessor whose apostrophe is gone: never who, whatever the name tagger says.
pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// Peoples without a state, by the adjectives that speak of them.
pub(crate) const PEOPLES: &str = include_str!("../../lexicon/peoples.tsv");

/// What the people is called that an adjective speaks of.
pub(super) fn people_of(adjective: &str) -> Option<&'static str> {
    let rows = PEOPLES.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t'))
        .find(|(name, _)| *name == adjective)
        .map(|(_, people)| people)
}

/// Who the fighters at `at` are loyal, or belong, to.
pub(super) fn loyal_to(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let word = tree
        .children(at)
        .iter()
        .copied()
        .find(|&c| c > at && matches!(tree.norm(c), "loyal" | "belonging" | "answering" | "faithful"))?;
    tree.children(word).iter().copied().find(|&c| {
        (tree.deprel(c).is(Deprel::Obl) || tree.deprel(c).is(Deprel::Nmod)) && tree.case(c) == "to"
    })
}

/// Whether `at` is a word for one fighter that stands before a noun and means them all.
pub(super) fn stands_for_many(tree: &Tree<'_>, at: u32) -> bool {
    Words::OneOfMany.has(tree.norm(at))
        && matches!(tree.deprel(at).base(), Deprel::Compound | Deprel::Amod)
        && tree.head(at).is_some_and(|head| head > at)
}

/// The head of "of …" after a noun.
pub(crate) fn of_complement(tree: &Tree<'_>, at: u32) -> Option<u32> {
    tree.children_by(at, Deprel::Nmod).find(|&child| child > at && tree.case(child) == "of")
}

/// The noun after "from" right behind the noun at `at`: "fighters from the front".
pub(super) fn from_complement(tree: &Tree<'_>, at: u32) -> Option<u32> {
    tree.children_by(at, Deprel::Nmod).find(|&child| child > at && tree.case(child) == "from")
}
