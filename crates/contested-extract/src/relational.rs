//! How what happened stands to the place it is told by: "15 km east of Palmyra", "near al-Qaim", "on the border with Iraq". The words are
//! read by the knowledge base's [`relation::parse_with`], the names in them are the mentions of the report.

use contested_knowledge::places::relation::{self, Direction, RelationalPlace};
use contested_knowledge::places::{CountryCode, Located, PlaceKind, Resolution, geometry};
use contested_model::{PlaceRelation, Span};

use crate::draft::Filler;
use crate::mentions::{Mention, Mentions, Sort};
use crate::naming::Context;
use crate::tree::Tree;

/// A relation to a place and where that puts it on the map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Standing {
    pub(crate) relation: PlaceRelation,
    /// Degrees north and east of the middle of the area, and its radius in km; nothing where the place is not known.
    pub(crate) area: Option<(f64, f64, f64)>,
    /// The whole expression, where it says more than the name does.
    pub(crate) span: Option<Span>,
}

/// An expression found in a sentence, with the mentions that bring its names.
#[derive(Debug, Clone)]
pub(crate) struct Expression {
    sentence: usize,
    place: RelationalPlace,
    anchor: usize,
    second: Option<usize>,
}

/// All relational expressions of a report. A phrase without a name of its own in front of one ("villages east of X", "the border with Y")
/// stands for its anchor from now on.
pub(crate) fn read(trees: &[Tree<'_>], mentions: &mut Mentions) -> Vec<Expression> {
    let mut found = Vec::new();
    for (sentence, tree) in trees.iter().enumerate() {
        let here: Vec<(usize, u32, u32)> = (0..mentions.all.len())
            .filter(|&index| mentions.all[index].sentence == sentence)
            .filter_map(|index| {
                let (first, last) = name_of(tree, mentions, index)?;
                Some((index, first, last))
            })
            .collect();
        if here.is_empty() {
            continue;
        }
        let words: Vec<&str> = (0..tree.len()).map(|at| tree.token(at).text.as_str()).collect();
        let name = |at: usize| {
            let longest = here.iter().filter(|m| m.1 as usize == at).map(|m| (m.2 + 1 - m.1) as usize);
            longest.max().unwrap_or(0)
        };
        let bearer = |at: usize| here.iter().find(|m| m.1 as usize == at).map(|m| m.0);
        for place in relation::parse_with(&words, &name) {
            let Some(anchor) = bearer(place.anchor.start) else { continue };
            let second = place.second.as_ref().and_then(|range| bearer(range.start));
            link(tree, sentence, &place, anchor, mentions);
            found.push(Expression { sentence, place, anchor, second });
        }
    }
    found
}

fn link(tree: &Tree<'_>, sentence: usize, place: &RelationalPlace, anchor: usize, mentions: &mut Mentions) {
    let beyond = matches!(place.relation, PlaceRelation::Offset | PlaceRelation::Border)
        || place.relation == PlaceRelation::Side && !place.inside;
    if !beyond {
        return;
    }
    let from = place.words.start.saturating_sub(1) as u32;
    let until = (place.anchor.start as u32).min(tree.len());
    for token in from..until {
        let Some(index) = mentions.at(sentence, token) else { continue };
        let mention = &mentions.all[index];
        let nameless = mention.sort == Sort::Place && mention.place.is_none() && !mention.named;
        if nameless && mention.head == token && mention.refers_to.is_none() && index != anchor {
            mentions.all[index].refers_to = Some(mentions.resolved(anchor));
        }
    }
}

/// The standing of every mention that is told by a relation, in the order of `mentions.all`.
pub(crate) fn standings(
    trees: &[Tree<'_>],
    mentions: &Mentions,
    expressions: &[Expression],
    places: &[Option<Resolution>],
    context: &Context<'_>,
) -> Vec<Option<Standing>> {
    let mut found = vec![None; mentions.all.len()];
    for Expression { sentence, place, anchor, second } in expressions {
        let located = |index: usize| places[mentions.resolved(index)].as_ref()?.best.as_ref();
        let area = located(*anchor).and_then(|here| {
            let second = second.and_then(located);
            let beside = second.or_else(|| beside(here, place, mentions, places, *sentence, context));
            match place.relation {
                PlaceRelation::Border => border(here, second, &towns(mentions, places, *sentence), context),
                _ => Some(put(here, place, beside, context)),
            }
        });
        let says_more =
            matches!(place.relation, PlaceRelation::Offset | PlaceRelation::Between | PlaceRelation::Border)
                || place.relation == PlaceRelation::Side && !place.inside;
        let (first, end) = (place.words.start as u32, place.words.end as u32);
        let span = says_more.then(|| trees[*sentence].sentence.span_of(first, end - 1));
        let standing = Standing { relation: place.relation, area, span };
        for index in (0..mentions.all.len()).filter(|&i| mentions.all[i].sentence == *sentence) {
            let mention = &mentions.all[index];
            let bears = index == *anchor || Some(index) == *second;
            let same = mention.place.as_ref().is_some_and(|words| words.first == place.anchor.start as u32);
            let linked = mention.refers_to == Some(mentions.resolved(*anchor))
                && mention.place.is_none()
                && (first.saturating_sub(1)..end).contains(&mention.head);
            if bears || same || linked {
                found[index] = Some(standing.clone());
            }
        }
    }
    for (index, mention) in mentions.all.iter().enumerate() {
        if found[index].is_none() {
            let towns = towns(mentions, places, mention.sentence);
            found[index] = by_phrase(mention, places[index].as_ref(), &towns, context);
        }
    }
    found
}

/// "near A, close to B": whoever is near the one is near the other, too. Adds to `places` what is told in one breath with one of them.
pub(crate) fn in_one_breath(places: &mut Vec<Filler>, sentence: usize, expressions: &[Expression]) {
    let near = |e: &&Expression| e.sentence == sentence && e.place.relation == PlaceRelation::Near;
    let mut at = 0;
    while let Some(filler) = places.get(at).copied() {
        let told = expressions.iter().filter(near).find(|e| e.anchor == filler.mention);
        let next = told.and_then(|told| {
            let end = told.place.words.end;
            expressions
                .iter()
                .filter(near)
                .find(|e| e.place.words.start == end + 1 || e.place.words.start == end)
        });
        if let Some(next) = next.filter(|next| places.iter().all(|place| place.mention != next.anchor)) {
            places.push(Filler { mention: next.anchor, ..filler });
        }
        at += 1;
    }
}

/// Tokens of the name that the mention brings, or of the description that stands for one ("the city").
fn name_of(tree: &Tree<'_>, mentions: &Mentions, index: usize) -> Option<(u32, u32)> {
    let mention = &mentions.all[index];
    if mention.event {
        return None;
    }
    if let Some(words) = &mention.place {
        let directed = |text: &str| Direction::parse(text).is_some();
        let named = words.bare.split_whitespace().next().is_some_and(directed);
        let outside = named && !directed(&tree.token(words.first).text);
        return Some((words.first.saturating_sub(u32::from(outside)), words.last));
    }
    let meant = &mentions.all[mentions.resolved(index)];
    (meant.place.is_some() && mention.refers_to.is_some() && !mention.named)
        .then_some((mention.head, mention.head))
}

/// What the words of the phrase itself say: "the Syrian border", "northern Syria", "Damascus countryside".
fn by_phrase(
    mention: &Mention,
    resolution: Option<&Resolution>,
    towns: &[&Located],
    context: &Context<'_>,
) -> Option<Standing> {
    let direction = mention.place.as_ref()?.direction.as_deref()?;
    let relation = match direction {
        "near" => PlaceRelation::Near,
        "border" | "frontier" => PlaceRelation::Border,
        "territory" | "soil" | "airspace" | "coast" | "desert" | "countryside" => PlaceRelation::Within,
        _ => PlaceRelation::Side,
    };
    let anchor = resolution.and_then(|r| r.best.as_ref());
    let area = match (anchor, relation) {
        (Some(anchor), PlaceRelation::Border) => border(anchor, None, towns, context),
        (Some(anchor), PlaceRelation::Side) => {
            direction.split(' ').find_map(Direction::parse).map(|part| part_of(anchor, part))
        }
        _ => None,
    };
    Some(Standing { relation, area, span: None })
}

/// The northern, southern … part of a place.
fn part_of(anchor: &Located, part: Direction) -> (f64, f64, f64) {
    let place = RelationalPlace {
        relation: PlaceRelation::Side,
        distance_km: None,
        direction: Some(part),
        inside: true,
        countryside: false,
        anchor: 0..1,
        second: None,
        words: 0..1,
    };
    let area = relation::apply(anchor, &place, None, None);
    (area.lat, area.lon, area.radius_km)
}

/// The place that tells which stretch of a river or border is meant: for a border another country of the report that touches, for a river the
/// nearest town told before.
fn beside<'a>(
    anchor: &Located,
    place: &RelationalPlace,
    mentions: &Mentions,
    places: &'a [Option<Resolution>],
    sentence: usize,
    context: &Context<'_>,
) -> Option<&'a Located> {
    let lines = matches!(anchor.kind, PlaceKind::River | PlaceKind::Road);
    if !(place.relation == PlaceRelation::Side && lines) {
        return None;
    }
    let course = context.knowledge.places.course(&anchor.id)?;
    let near = |located: &Located| {
        let here = (located.lat, located.lon);
        geometry::nearest(course, here)
            .is_some_and(|point| geometry::distance_km(point, here) < REACH_OF_A_LINE_KM)
    };
    (0..mentions.all.len())
        .filter(|&index| mentions.all[index].sentence <= sentence)
        .filter_map(|index| Some((index, places[index].as_ref()?.best.as_ref()?)))
        .filter(|(_, located)| located.id != anchor.id && located.kind.is_settlement() && near(located))
        .max_by_key(|(index, _)| mentions.all[*index].sentence)
        .map(|(_, located)| located)
}

/// How far from a river the town may lie that tells which stretch is meant, in km.
const REACH_OF_A_LINE_KM: f64 = 120.0;

fn put(
    anchor: &Located,
    place: &RelationalPlace,
    second: Option<&Located>,
    context: &Context<'_>,
) -> (f64, f64, f64) {
    let course = context.knowledge.places.course(&anchor.id);
    let area = relation::apply(anchor, place, second, course);
    (area.lat, area.lon, area.radius_km)
}

/// "the border with Iraq": with the other country named, or the one that the report is most about; beside the towns told of.
fn border(
    anchor: &Located,
    second: Option<&Located>,
    towns: &[&Located],
    context: &Context<'_>,
) -> Option<(f64, f64, f64)> {
    let about: Vec<CountryCode> =
        context.countries.iter().filter_map(|(code, _)| CountryCode::parse(code)).collect();
    let area = relation::border(&context.knowledge.places, anchor, second, &about, towns)?;
    Some((area.lat, area.lon, area.radius_km))
}

/// Towns named in the sentence.
fn towns<'a>(mentions: &Mentions, places: &'a [Option<Resolution>], sentence: usize) -> Vec<&'a Located> {
    (0..mentions.all.len())
        .filter(|&index| mentions.all[index].sentence == sentence)
        .filter_map(|index| places[mentions.resolved(index)].as_ref()?.best.as_ref())
        .filter(|located| located.kind.is_settlement())
        .collect()
}
