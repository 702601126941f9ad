//! The town that a report is about: what "the town" and "this suburb" stand for when nothing nearer does, and where somebody "has kept control"
//! when no place is named.

use contested_knowledge::places::fold::fold;
use contested_knowledge::places::skeleton::skeleton;
use contested_knowledge::places::{PlaceKind, Resolution};
use contested_language::tags::Deprel;
use contested_model::{ClaimType, Kind};

use crate::draft::{Draft, Filler};
use crate::mentions::{Mention, Mentions, Sort};
use crate::nouns::{self, Class};
use crate::tree::Tree;
use crate::words::Words;

/// The first mention of the town or site that the report is about: the only one that its title names, or the one of which its first sentence says that
/// it is a town, a crossing, a base; with the noun that it is called by where that is no word for a settlement.
pub(crate) fn find(
    mentions: &Mentions,
    trees: &[Tree<'_>],
    places: &[Option<Resolution>],
    title: Option<&str>,
) -> Option<(usize, Option<String>)> {
    let towns = || {
        mentions
            .all
            .iter()
            .enumerate()
            .filter(|(index, m)| is_town(m, places[*index].as_ref()))
            .map(|(i, _)| i)
    };
    let called = |index: usize| {
        let mention = &mentions.all[index];
        let tree = &trees[mention.sentence];
        let noun = tree.head(mention.head).filter(|&noun| {
            mention.sentence == 0
                && tree.deprel(mention.head).is(Deprel::Nsubj)
                && tree.child_by(noun, Deprel::Cop).is_some()
        })?;
        let lemma = tree.lemma(noun);
        if nouns::is(lemma, Class::Settlement) {
            Some((index, None))
        } else {
            let site = nouns::is(lemma, Class::Facility) || Words::Site.has(lemma);
            site.then(|| (index, Some(lemma.to_owned())))
        }
    };
    if let Some(found) = towns().find_map(called) {
        return Some(found);
    }
    let title = format!(" {} ", fold(title?));
    let key = |index: usize| mentions.all[index].place.as_ref().map(|words| fold(&words.bare));
    let mut in_title =
        towns().filter(|&index| key(index).is_some_and(|key| title.contains(&format!(" {key} "))));
    let first = in_title.next()?;
    in_title.all(|other| key(other) == key(first)).then_some((first, None))
}

/// Whether a mention names a settlement or a site, or what may be one.
pub(crate) fn is_town(mention: &Mention, resolution: Option<&Resolution>) -> bool {
    let Some(words) = mention.place.as_ref().filter(|_| mention.sort == Sort::Place && !mention.event) else {
        return false;
    };
    let wide = words.direction.is_some()
        || words.kind_hint.as_deref().is_some_and(|hint| {
            matches!(
                hint,
                "province"
                    | "governorate"
                    | "region"
                    | "area"
                    | "district"
                    | "state"
                    | "county"
                    | "oblast"
                    | "country"
            )
        });
    let kind = resolution.and_then(|resolution| resolution.best.as_ref()).map(|best| best.kind);
    !wide
        && !matches!(
            kind,
            Some(
                PlaceKind::Country
                    | PlaceKind::Continent
                    | PlaceKind::Province
                    | PlaceKind::District
                    | PlaceKind::Region
            )
        )
}

/// "Khan Tuman" and "Khan Toman" of one report are one place: another spelling of the name of its town stands for it, and so does the name itself where
/// the tagger takes it for somebody.
pub(crate) fn link_spellings(mentions: &mut Mentions, topic: usize) {
    let bones = |mention: &Mention| mention.place.as_ref().map(|words| skeleton(&fold(&words.bare)));
    let Some(own) = bones(&mentions.all[topic]).filter(|bones| bones.len() >= 3) else { return };
    let key = mentions.all[topic].place.as_ref().map(|words| fold(&words.bare)).unwrap_or_default();
    for index in 0..mentions.all.len() {
        let mention = &mentions.all[index];
        let directed = mention.place.as_ref().is_some_and(|words| words.direction.is_some());
        let spelt = mention.sort == Sort::Place && !directed && bones(mention).as_ref() == Some(&own);
        let taken_for_somebody = matches!(mention.sort, Sort::Thing | Sort::Actor)
            && mention.actor.is_none()
            && mention.proper_head
            && fold(&mention.name) == key;
        if index != topic && mention.refers_to.is_none() && (spelt || taken_for_somebody) {
            if taken_for_somebody {
                mentions.all[index].sort = Sort::Place;
                mentions.all[index].human = false;
            }
            mentions.all[index].refers_to = Some(topic);
        }
    }
}

/// "The army has kept control": of the town that the report is about, where the words name nothing else.
pub(crate) fn lend(drafts: &mut [Draft], topic: usize, trees: &[Tree<'_>], mentions: &Mentions) {
    for draft in drafts {
        let territorial = draft.claim_type.kind() == Kind::Control
            || matches!(draft.claim_type, ClaimType::Seize | ClaimType::Retreat);
        let tree = &trees[draft.sentence];
        // "authorities", "positions": not everything that somebody has is ground
        let told = tree.is_verbal(draft.at) || tree.lemma(draft.at) == "control";
        let timed = |token: u32| {
            mentions.at(draft.sentence, token).is_some_and(|index| mentions.all[index].sort == Sort::Time)
        };
        let of_something = (draft.first..=draft.last).any(|token| {
            tree.children(token).iter().any(|&child| {
                (child < draft.first || child > draft.last)
                    && !timed(child)
                    && (tree.deprel(child).is(Deprel::Obj)
                        || matches!(
                            tree.case(child).as_str(),
                            "of" | "over" | "in" | "at" | "from" | "on" | "around"
                        ))
            })
        });
        if territorial && told && draft.places.is_empty() && !draft.agents.is_empty() && !of_something {
            draft.places.push(Filler { mention: topic, inherited: true });
            draft.why.push(("places.of-topic.v1".to_owned(), Vec::new()));
        }
    }
}
