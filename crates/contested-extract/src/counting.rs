//! Gives each toll of a sentence to the claim of those who were killed, hurt, displaced or captured, and so to what caused it.

use contested_model::{Casualty, ClaimType};

use crate::draft::Draft;
use crate::lexicon::Lexicon;
use crate::mentions::{Mentions, Sort};
use crate::naming::Context;
use crate::tolls::{self, Toll};
use crate::tree::Tree;

/// Types that have a toll, those that say most of it first.
const TOLLED: &[ClaimType] = &[
    ClaimType::Kill,
    ClaimType::Execute,
    ClaimType::Airstrike,
    ClaimType::Shelling,
    ClaimType::Bombing,
    ClaimType::Chemical,
    ClaimType::Attack,
    ClaimType::Clash,
    ClaimType::Displace,
    ClaimType::Detain,
    ClaimType::Abduct,
    ClaimType::Surrender,
    ClaimType::Protest,
];

/// Adds the tolls of the sentence at `sentence` to its `drafts`.
pub(crate) fn attach(
    drafts: &mut [Draft],
    sentence: usize,
    tree: &Tree<'_>,
    lexicon: &Lexicon,
    mentions: &Mentions,
    context: &Context<'_>,
) {
    for toll in tolls::tolls(tree.sentence, lexicon) {
        let bearer = drafts
            .iter()
            .enumerate()
            .filter(|(_, draft)| TOLLED.contains(&draft.content()))
            .min_by_key(|(_, draft)| {
                let own = draft.first <= toll.predicate && toll.predicate <= draft.last;
                (!own, draft.at.abs_diff(toll.predicate))
            })
            .map(|(index, _)| index);
        let Some(bearer) = bearer else { continue };
        let casualty = casualty(&toll, sentence, tree, mentions, context);
        if !drafts[bearer].casualties.contains(&casualty) {
            drafts[bearer].casualties.push(casualty);
            drafts[bearer].why.push(("toll.counted.v1".to_owned(), (toll.first..=toll.last).collect()));
        }
    }
}

fn casualty(
    toll: &Toll,
    sentence: usize,
    tree: &Tree<'_>,
    mentions: &Mentions,
    context: &Context<'_>,
) -> Casualty {
    let span = tree.sentence.span_of(toll.first, toll.last);
    let side = mentions
        .at(sentence, toll.people)
        .map(|index| &mentions.all[mentions.resolved(index)])
        .filter(|people| people.sort == Sort::Actor && people.actor.is_some())
        .map(|people| people.name.clone());
    Casualty {
        what: toll.what,
        who: toll.who,
        side,
        min: toll.min,
        max: toll.max,
        text: context.index.slice(context.text, span).to_owned(),
        start: span.start,
        end: span.end,
    }
}
