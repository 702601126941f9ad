//! How much of a place is held: what the words about the place say ("most of the city", "the outskirts"), and of a named town that is
//! simply held, the whole.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use contested_knowledge::places::{PlaceKind, Resolution};
use contested_language::tags::{Deprel, Upos};
use contested_model::{ClaimType, Extent};

use crate::draft::{Draft, Filler};
use crate::mentions::Mentions;
use crate::tree::Tree;

const WORDS: &str = include_str!("../lexicon/extent.tsv");

/// How far above the name of a place words of quantity are looked for ("large parts of the north of X").
const REACH: usize = 4;

/// The table as it stands, for the knowledge digest.
pub(crate) const fn source() -> &'static str {
    WORDS
}

fn words() -> &'static BTreeMap<&'static str, &'static str> {
    static TABLE: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        WORDS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .flat_map(|(extent, words)| words.split(' ').map(move |word| (word, extent)))
            .collect()
    })
}

/// Gives every hold of `drafts` whose words or place tell it an extent.
pub(crate) fn fill(
    drafts: &mut [Draft],
    trees: &[Tree<'_>],
    mentions: &Mentions,
    places: &[Option<Resolution>],
) {
    for draft in drafts {
        if !matches!(draft.claim_type, ClaimType::Holds | ClaimType::Contests) {
            continue;
        }
        let tree = &trees[draft.sentence];
        let own: Vec<&Filler> =
            draft.places.iter().filter(|f| mentions.all[f.mention].sentence == draft.sentence).collect();
        let told = of_trigger(tree, draft)
            .or_else(|| own.iter().find_map(|f| of_place(tree, draft, mentions.all[f.mention].head)));
        // "a stronghold", "territory" say that something is held there, not how much
        let settled = || {
            let settlement = |f: &Filler| {
                let mention = mentions.resolved(f.mention);
                let found =
                    places.get(mention).and_then(Option::as_ref).and_then(|found| found.best.as_ref());
                // a name that no gazetteer has is a village's more often than a province's
                found.map_or(mentions.all[mention].proper_head, |found| {
                    matches!(found.kind, PlaceKind::City | PlaceKind::Town | PlaceKind::Village)
                })
            };
            draft.places.first().is_some_and(settlement).then_some(Extent::Whole)
        };
        draft.extent = match (draft.extent, told) {
            (Some(Extent::Whole) | None, Some(told)) => Some(told),
            (Some(known), _) => Some(known),
            (None, None) => settled(),
        };
    }
}

/// "fully controls", "is largely held by".
fn of_trigger(tree: &Tree<'_>, draft: &Draft) -> Option<Extent> {
    (0..tree.len())
        .filter(|&t| tree.head(t) == Some(draft.at) || (draft.first..=draft.last).contains(&t))
        .filter(|&t| matches!(tree.upos(t), Upos::Adv | Upos::Adj) && t != draft.at)
        .find_map(|t| plain(tree, t).filter(|e| matches!(e, Extent::Whole | Extent::Most | Extent::Part)))
}

/// What stands above the place and below the trigger, the place's own phrase first.
fn of_place(tree: &Tree<'_>, draft: &Draft, head: u32) -> Option<Extent> {
    let mut node = head;
    let mut vague = None;
    for step in 0..REACH {
        if node == draft.at {
            break;
        }
        if let Some(extent) = of_modifiers(tree, node) {
            return Some(extent);
        }
        // the name itself is no quantity, what it depends on may be
        if (step > 0 || tree.upos(node) != Upos::Propn)
            && let Some(extent) = plain(tree, node)
        {
            if extent != Extent::Part {
                return Some(extent);
            }
            vague = vague.or(Some(extent));
        }
        match tree.head(node) {
            Some(above)
                if !tree.is_verbal(above)
                    && matches!(
                        tree.deprel(node).base(),
                        Deprel::Nmod | Deprel::Compound | Deprel::Obl | Deprel::Appos | Deprel::Flat
                    ) =>
            {
                node = above;
            }
            _ => break,
        }
    }
    vague
}

fn of_modifiers(tree: &Tree<'_>, node: u32) -> Option<Extent> {
    tree.children(node)
        .iter()
        .filter(|&&child| {
            child < node
                && matches!(
                    tree.deprel(child).base(),
                    Deprel::Det | Deprel::Amod | Deprel::Advmod | Deprel::Nummod
                )
        })
        .find_map(|&child| {
            plain(tree, child).filter(|e| matches!(e, Extent::Whole | Extent::Most | Extent::Part))
        })
}

fn plain(tree: &Tree<'_>, at: u32) -> Option<Extent> {
    let word = words().get(tree.lemma(at)).or_else(|| words().get(tree.norm(at)))?;
    let before = at.checked_sub(1).and_then(|left| words().get(tree.norm(left)));
    Some(match (*word, before) {
        ("whole", Some(&"nearly")) | ("most", _) => Extent::Most,
        ("whole", _) => Extent::Whole,
        ("part", _) => Extent::Part,
        ("pockets", _) => Extent::Pockets,
        ("outskirts", _) => Extent::Outskirts,
        ("presence", _) => Extent::Presence,
        _ => return None,
    })
}
