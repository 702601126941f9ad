//! Noun phrases of a report and what they stand for: an actor, a place, both (a state), people, a weapon, a time, a thing.

use contested_language::tags::{Deprel, NameKind, Upos, Xpos};
use contested_model::{Kind, Span};

use crate::lexicon::{Lexicon, PosClass};
use crate::naming::{self, Named};
use crate::nouns::{self, Class};
use crate::tree::Tree;

/// What kind of thing a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sort {
    /// Somebody who can act and be acted upon: a state, a group, an official, fighters.
    Actor,
    /// Somewhere.
    Place,
    /// A country or a capital: acts and is acted in.
    Both,
    /// A pronoun that has not been resolved.
    Pronoun,
    /// People who are nobody's fighters.
    People,
    /// A weapon, a strike: what with, not who.
    Weapon,
    /// A time expression.
    Time,
    /// Anything else.
    Thing,
}

/// One noun phrase.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) sentence: usize,
    /// Token that heads the phrase.
    pub(crate) head: u32,
    /// First and last token of its core: determiner to head, or the whole name.
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Characters of the phrase with its complement ("a source at Aleppo Police Command").
    pub(crate) span: Span,
    /// Those characters as they stand in the text.
    pub(crate) text: String,
    pub(crate) sort: Sort,
    /// Canonical name where one is known, else the phrase without determiner.
    pub(crate) name: String,
    /// Id in the actor base.
    pub(crate) actor: Option<String>,
    /// ISO code of the actor's country.
    pub(crate) country: Option<String>,
    /// Proper name of a place, as written, when the phrase names one ("Palmyra" in "the town of Palmyra").
    pub(crate) place: Option<PlaceWords>,
    pub(crate) plural: bool,
    /// The phrase has a proper name in it.
    pub(crate) named: bool,
    /// A person or people (he, she, who).
    pub(crate) human: bool,
    /// Lemma of the head.
    pub(crate) lemma: String,
    /// The head is a proper noun.
    pub(crate) proper_head: bool,
    /// The head is an event noun ("Israeli attacks"): it may name an agent, never a victim or a place.
    pub(crate) event: bool,
    /// Name of the body that a person speaks or acts for.
    pub(crate) body: Option<String>,
    /// Mention that this one stands for.
    pub(crate) refers_to: Option<usize>,
}

/// The words that name a place inside a phrase, and how the phrase stands to it.
#[derive(Debug, Clone)]
pub(crate) struct PlaceWords {
    /// Tokens of the name.
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// The name as a reader would write it, with a direction that belongs to it ("northern Syria").
    pub(crate) name: String,
    /// The name alone ("Syria").
    pub(crate) bare: String,
    /// `town`, `province` … from the words beside it.
    pub(crate) kind_hint: Option<String>,
    /// Names that contain it: "X, Y province".
    pub(crate) inside: Vec<String>,
    /// "northern", "southern countryside of".
    pub(crate) direction: Option<String>,
}

/// All mentions of a report, in order, and the mention of each token.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    pub(crate) all: Vec<Mention>,
    /// Per sentence and token, the mention that the token heads.
    heads: Vec<Vec<Option<u32>>>,
}

impl Mentions {
    /// The mention headed by `token`, or of the phrase that `token` is part of the name of.
    pub(crate) fn at(&self, sentence: usize, token: u32) -> Option<usize> {
        self.heads.get(sentence)?.get(token as usize)?.map(|index| index as usize)
    }

    /// Follows references to what the mention stands for.
    pub(crate) fn resolved(&self, mut index: usize) -> usize {
        for _ in 0..8 {
            match self.all[index].refers_to {
                Some(next) if next != index => index = next,
                _ => break,
            }
        }
        index
    }
}

/// Finds the noun phrases of every sentence.
pub(crate) fn find(trees: &[Tree<'_>], naming: &naming::Context<'_>) -> Mentions {
    let mut mentions = Mentions::default();
    for (sentence, tree) in trees.iter().enumerate() {
        let mut heads = vec![None; tree.len() as usize];
        let names = name_of_token(tree);
        let inner = inside_known_names(tree, naming);
        for at in 0..tree.len() {
            if inner[at as usize].is_some() {
                continue;
            }
            let tagged = names[at as usize]
                .is_some_and(|(_, _, kind)| !matches!(kind, NameKind::Date | NameKind::Number));
            // "on 16 July": the number of a day is nobody
            let of_date = names[at as usize].is_some_and(|(_, _, kind)| kind == NameKind::Date)
                && tree.upos(at) == Upos::Num;
            if heads[at as usize].is_some()
                || of_date
                || !(heads_phrase(tree, at, naming)
                    || tagged && tree.upos(at) != Upos::Adp && tree.upos(at) != Upos::Det)
            {
                continue;
            }
            let Some(mention) = phrase(sentence, tree, at, &names, naming) else { continue };
            let index = mentions.all.len() as u32;
            heads[at as usize] = Some(index);
            mentions.all.push(mention);
        }
        // what the parser hangs on a word inside a long name hangs on the name
        for (at, name) in inner.iter().enumerate() {
            if let Some((first, last)) = *name {
                heads[at] = (first..=last).find_map(|token| heads[token as usize]);
            }
        }
        mentions.heads.push(heads);
    }
    mentions
}

/// The tokens that follow "of", "for" or "and" inside the long name of a known actor, with the range of that name: "the Levant" of "Islamic State of
/// Iraq and the Levant" is no place that is spoken of.
fn inside_known_names(tree: &Tree<'_>, naming: &naming::Context<'_>) -> Vec<Option<(u32, u32)>> {
    let words: Vec<&str> = (0..tree.len()).map(|at| tree.norm(at)).collect();
    let mut inside = vec![None; words.len()];
    let mut from = 0;
    while from < words.len() {
        let found = naming.knowledge.actors.longest_at(&words, from).filter(|found| found.words >= 4);
        let Some(found) = found else {
            from += 1;
            continue;
        };
        let end = from + found.words;
        if let Some(joint) = (from + 1..end).find(|&at| matches!(words[at], "of" | "in" | "for" | "and")) {
            inside[joint..end].fill(Some((from as u32, end as u32 - 1)));
        }
        from = end;
    }
    inside
}

/// For every token the range of the name it stands in.
pub(crate) fn name_of_token(tree: &Tree<'_>) -> Vec<Option<(u32, u32, NameKind)>> {
    let mut of = vec![None; tree.len() as usize];
    for name in &tree.sentence.names {
        for at in name.start..name.end.min(tree.len()) {
            of[at as usize] = Some((name.start, name.end - 1, name.kind));
        }
    }
    of
}

fn heads_phrase(tree: &Tree<'_>, at: u32, naming: &naming::Context<'_>) -> bool {
    match tree.upos(at) {
        Upos::Noun | Upos::Propn | Upos::Pron => tree.xpos(at) != Xpos::Ex,
        Upos::Num => !tree.deprel(at).is(Deprel::Nummod),
        Upos::Adj => {
            naming.is_demonym(tree.norm(at))
                || nouns::is(tree.lemma(at), Class::Fighter)
                || matches!(tree.deprel(at).base(), Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::Nmod)
        }
        Upos::Det => matches!(tree.deprel(at).base(), Deprel::Nsubj | Deprel::Obj | Deprel::Obl),
        Upos::Sym | Upos::X => true,
        _ => naming.is_demonym(tree.norm(at)),
    }
}

/// The phrase headed by `at`.
fn phrase(
    sentence: usize,
    tree: &Tree<'_>,
    at: u32,
    names: &[Option<(u32, u32, NameKind)>],
    naming: &naming::Context<'_>,
) -> Option<Mention> {
    let (first, last) = core_range(tree, at, names);
    let named = naming.name(tree, at, first, last, names)?;
    let full_last = complement_end(tree, at, last, &named);
    let span = tree.sentence.span_of(strip_determiner(tree, first, at), full_last);
    let text = naming.slice(span);
    Some(Mention {
        sentence,
        head: at,
        first,
        last,
        span,
        text,
        sort: named.sort,
        name: named.name,
        actor: named.actor,
        country: named.country,
        place: named.place,
        plural: is_plural(tree, at),
        named: named.proper,
        human: named.human,
        body: named.body,
        lemma: tree.lemma(at).to_owned(),
        proper_head: tree.upos(at) == Upos::Propn,
        event: is_event_noun(tree, at),
        refers_to: None,
    })
}

/// First and last token of the phrase headed by `at`: its own words, without clauses and complements.
pub(crate) fn core_range(tree: &Tree<'_>, at: u32, names: &[Option<(u32, u32, NameKind)>]) -> (u32, u32) {
    let modifier =
        matches!(tree.deprel(at), Deprel::Compound | Deprel::Amod | Deprel::Flat | Deprel::NmodDesc);
    let (mut first, mut last) = (at, at);
    for &child in tree.children(at) {
        let deprel = tree.deprel(child);
        if child < at {
            let belongs = matches!(
                deprel.base(),
                Deprel::Det
                    | Deprel::Amod
                    | Deprel::Compound
                    | Deprel::Nummod
                    | Deprel::Flat
                    | Deprel::Advmod
            ) || deprel == Deprel::NmodPoss
                || deprel == Deprel::NmodDesc
                || (deprel.is(Deprel::Nmod) && tree.case(child).is_empty());
            if belongs && tree.upos(child) != Upos::Punct {
                let low = tree.subtree(child)[0];
                // a relative clause or quotation hung on the wrong side must not swallow the sentence
                if at - low <= 12 {
                    first = first.min(low);
                }
            }
        } else if matches!(deprel.base(), Deprel::Flat | Deprel::Goeswith | Deprel::Fixed)
            || (deprel.is(Deprel::Compound) && deprel != Deprel::CompoundPrt)
        {
            let high = *tree.subtree(child).last().unwrap_or(&child);
            if high - at <= 8 {
                last = last.max(high);
            }
        } else if deprel.is(Deprel::Nummod) && child == at + 1 {
            last = last.max(child);
        }
    }
    if let Some((low, high, kind)) = names[at as usize]
        && kind != NameKind::Date
        && kind != NameKind::Number
    {
        first = first.min(low);
        last = last.max(high);
    }
    if modifier {
        // the modifier's own words only: "Israeli" of "Israeli air strike"
        if let Some((low, high, _)) = names[at as usize] {
            first = low;
            last =
                high.min(tree.head(at).map_or(high, |head| if head > at { head - 1 } else { high })).max(at);
        } else {
            first = first.min(at);
        }
    }
    (first, last)
}

fn is_event_noun(tree: &Tree<'_>, at: u32) -> bool {
    let senses = Lexicon::embedded().senses(tree.lemma(at), PosClass::Noun);
    tree.upos(at) != Upos::Propn
        && senses
            .first()
            .is_some_and(|sense| sense.claim_type.kind() == Kind::Event && sense.pattern.len() == 1)
}

fn strip_determiner(tree: &Tree<'_>, first: u32, head: u32) -> u32 {
    let mut at = first;
    while at < head
        && (matches!(tree.upos(at), Upos::Det | Upos::Punct | Upos::Cconj) || tree.norm(at) == "the")
    {
        at += 1;
    }
    at
}

/// Last token of the phrase with its "of …", "in …", "at …" complement, where the phrase has no name of its own.
fn complement_end(tree: &Tree<'_>, at: u32, last: u32, named: &Named) -> u32 {
    if named.actor.is_some() || named.sort == Sort::Place || named.sort == Sort::Both {
        return last;
    }
    let mut end = last;
    for &child in tree.children(at) {
        if child > at
            && tree.deprel(child).is(Deprel::Nmod)
            && matches!(tree.case(child).as_str(), "of" | "at" | "in" | "for" | "from" | "on")
        {
            let below = tree.subtree(child);
            let high = below.iter().copied().take_while(|&t| t <= last + 8).last().unwrap_or(child);
            let clean = below.iter().all(|&t| !tree.deprel(t).is(Deprel::Acl) && tree.upos(t) != Upos::Punct);
            if clean && high > end && high - at <= 8 {
                end = high;
                break;
            }
        }
    }
    end
}

fn is_plural(tree: &Tree<'_>, at: u32) -> bool {
    matches!(tree.xpos(at), Xpos::Nns | Xpos::Nnps)
        || matches!(
            tree.norm(at),
            "they" | "them" | "their" | "we" | "us" | "our" | "these" | "those" | "both"
        )
        || tree.children(at).iter().any(|&c| tree.deprel(c) == Deprel::Conj)
        || nouns::is(tree.lemma(at), Class::Partitive) && tree.norm(at).ends_with('s')
}
