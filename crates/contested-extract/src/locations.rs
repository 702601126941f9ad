//! Where it happened: the locative phrases of a predicate and of what it hangs on, and the gazetteer's answer for each place named.

use contested_knowledge::places::relation::Direction;
use contested_knowledge::places::{CountryCode, PlaceContext, PlaceQuery, Resolution};
use contested_language::tags::{Deprel, Upos};
use contested_model::ClaimType;

use crate::draft::Filler;
use crate::mentions::{Mentions, Sort};
use crate::naming::Context;
use crate::nouns::{self, Class};
use crate::tree::Tree;
use crate::words::Words;

/// Prepositions that say where.
const WHERE: &[&str] = &[
    "in",
    "at",
    "near",
    "around",
    "outside",
    "inside",
    "across",
    "throughout",
    "within",
    "over",
    "along",
    "on",
    "outside of",
    "close to",
    "inside of",
    "toward",
    "towards",
    "into",
    "to",
    "from",
    "between",
    "through",
    "north of",
    "south of",
    "east of",
    "west of",
    "off",
];

/// Prepositions that say where only for verbs of movement.
const WHITHER: &[&str] = &["into", "to", "toward", "towards", "from", "through"];

/// Locative phrases below the predicate at `at`, nearest first; when it has none, those of what it hangs on.
pub(crate) fn near(
    tree: &Tree<'_>,
    sentence: usize,
    at: u32,
    kind: ClaimType,
    mentions: &Mentions,
) -> Vec<Filler> {
    let own = below(tree, sentence, at, kind, mentions);
    if !own.is_empty() {
        return own;
    }
    if let Some(country) = of_country(tree, sentence, at, mentions) {
        return vec![country];
    }
    // "fired shells on X", "attacks on forces in X": where what it is done to or with is
    let arguments = tree.children(at).iter().copied().filter(|&child| {
        child > at
            && (tree.deprel(child).is(Deprel::Obj)
                || tree.deprel(child).is(Deprel::Nmod)
                || tree.deprel(child).is(Deprel::Obl))
    });
    for child in arguments {
        let named = |f: &Filler| mentions.all[mentions.resolved(f.mention)].place.is_some();
        let mut found = locative(tree, sentence, child, kind, mentions);
        found.retain(named);
        if !found.is_empty() {
            return found.into_iter().map(|f| Filler { inherited: true, ..f }).collect();
        }
    }
    let mut node = at;
    for _ in 0..4 {
        let Some(head) = tree.head(node) else { break };
        let deprel = tree.deprel(node);
        let same_scene = matches!(
            deprel.base(),
            Deprel::Conj
                | Deprel::Xcomp
                | Deprel::Advcl
                | Deprel::Obj
                | Deprel::Nsubj
                | Deprel::Obl
                | Deprel::Compound
                | Deprel::Acl
                | Deprel::Nmod
                | Deprel::Parataxis
        );
        if !same_scene {
            break;
        }
        if deprel.is(Deprel::Acl)
            && !tree.is_verbal(head)
            && let Some(index) = mentions.at(sentence, head)
            && mentions.all[index].sort == Sort::Place
            && deprel != Deprel::AclRelcl
        {
            return vec![Filler { mention: index, inherited: true }];
        }
        let found = below(tree, sentence, head, kind, mentions);
        let found: Vec<Filler> = found
            .into_iter()
            .filter(|f| mentions.all[f.mention].head != node)
            .map(|f| Filler { inherited: true, ..f })
            .collect();
        if !found.is_empty() {
            return found;
        }
        node = head;
    }
    Vec::new()
}

/// The named place nearest to `at` among the locative phrases of the sentence, wherever the parser hung them, with what it is coordinated to.
pub(crate) fn in_sentence(tree: &Tree<'_>, sentence: usize, at: u32, mentions: &Mentions) -> Vec<Filler> {
    let named = |&index: &usize| {
        crate::participants::is_somewhere(mentions, index)
            && mentions.all[mentions.resolved(index)].place.is_some()
    };
    let nearest = (0..tree.len())
        .filter(|&token| {
            let case = tree.case(token);
            matches!(
                case.as_str(),
                "in" | "at" | "near" | "around" | "outside" | "inside" | "across" | "throughout"
            )
        })
        .filter(|&token| mentions.at(sentence, token).as_ref().is_some_and(named))
        .min_by_key(|&token| token.abs_diff(at));
    let Some(token) = nearest else { return Vec::new() };
    let all = tree.coordinated(token).into_iter().filter_map(|t| mentions.at(sentence, t)).filter(named);
    all.map(|mention| Filler { mention, inherited: true }).collect()
}

/// "the towns of A, B and C", "the town of A and the city of B": a phrase that takes its name from what follows stands for all the names there.
pub(crate) fn spelt_out(
    tree: &Tree<'_>,
    sentence: usize,
    filler: Filler,
    mentions: &Mentions,
) -> Vec<Filler> {
    let mention = &mentions.all[filler.mention];
    let Some(words) = mention.place.as_ref().filter(|_| mention.sentence == sentence) else {
        return vec![filler];
    };
    let inner = (words.first..=words.last).find(|&token| {
        words.first > mention.head
            && tree.head(token).is_none_or(|head| head < words.first || head > words.last)
    });
    let more = inner.map_or(Vec::new(), |token| tree.coordinated(token));
    let more = more.into_iter().filter(|&token| Some(token) != inner).filter_map(|token| {
        let index = mentions.at(sentence, token)?;
        let other = &mentions.all[index];
        // "the town of A and B": of what B is nothing is said
        let told = mention.plural || other.place.is_some() && nouns::is(&other.lemma, Class::Settlement);
        (other.sort == Sort::Place && told).then_some(Filler { mention: index, ..filler })
    });
    std::iter::once(filler).chain(more).collect()
}

/// "near Rawa, 20 km west of Anah": the place whose distance from another is told, for that other one.
pub(crate) fn measured_from(tree: &Tree<'_>, sentence: usize, place: Filler, mentions: &Mentions) -> Filler {
    match measured(tree, sentence, place.mention, mentions) {
        Some(mention) => Filler { mention, ..place },
        None => place,
    }
}

/// The named place right before the comma that the distance from `index` follows.
pub(crate) fn measured(tree: &Tree<'_>, sentence: usize, index: usize, mentions: &Mentions) -> Option<usize> {
    let mention = &mentions.all[index];
    let named =
        |index: &usize| mentions.all[*index].place.is_some() && mentions.all[*index].sort == Sort::Place;
    mention.place.as_ref().filter(|_| mention.sentence == sentence)?;
    let start = tree.sentence.tokens.iter().position(|token| token.span.start >= mention.span.start)? as u32;
    let distance = tree.upos(start) == Upos::Num
        && (start + 1..mention.head.max(start + 3))
            .any(|t| t < tree.len() && Words::Distance.has(tree.lemma(t)));
    let comma = start.checked_sub(1).filter(|&comma| distance && tree.norm(comma) == ",")?;
    let before = comma.checked_sub(1)?;
    (before.saturating_sub(2)..=before).rev().find_map(|token| mentions.at(sentence, token).filter(named))
}

/// "a checkpoint in the town of X": where a place is named, what is told of nameless ones is no place of its own.
pub(crate) fn named_first(mut places: Vec<Filler>, mentions: &Mentions) -> Vec<Filler> {
    let named = |filler: &Filler| {
        let meant = &mentions.all[mentions.resolved(filler.mention)];
        meant.place.is_some() || meant.named || meant.country.is_some()
    };
    if places.iter().any(named) {
        places.retain(named);
    }
    places
}

/// "arrived in the port from the capital": where a movement leads is told, so where it came from is not where it is.
pub(crate) fn without_origins(
    tree: &Tree<'_>,
    sentence: usize,
    mut places: Vec<Filler>,
    mentions: &Mentions,
) -> Vec<Filler> {
    let origin = |filler: &Filler| {
        let told = &mentions.all[filler.mention];
        told.sentence == sentence && tree.case(told.head) == "from"
    };
    if !places.iter().all(origin) {
        places.retain(|filler| !origin(filler));
    }
    places
}

/// "Syria's conflict", "the Sudanese civil war": the country it is called after is where it is.
fn of_country(tree: &Tree<'_>, sentence: usize, at: u32, mentions: &Mentions) -> Option<Filler> {
    if !Words::National.has(tree.lemma(at)) {
        return None;
    }
    let mut states = tree.children(at).iter().copied().filter_map(|child| {
        let before = child < at
            && (tree.deprel(child).is(Deprel::Amod)
                || tree.deprel(child) == Deprel::NmodPoss
                || tree.deprel(child).is(Deprel::Compound));
        let index = mentions.at(sentence, child).filter(|_| before)?;
        let meant = &mentions.all[mentions.resolved(index)];
        (meant.sort == Sort::Both && meant.country.is_some()).then_some(index)
    });
    let first = states.next()?;
    states.next().is_none().then_some(Filler { mention: first, inherited: false })
}

/// Whether a phrase after "between" is somebody who fights or deals, not an end of a stretch of road.
fn is_party(tree: &Tree<'_>, sentence: usize, token: u32, mentions: &Mentions) -> bool {
    mentions.at(sentence, token).is_some_and(|index| {
        let meant = &mentions.all[mentions.resolved(index)];
        matches!(meant.sort, Sort::Actor | Sort::Both | Sort::People) && tree.lemma(token) != "border"
    })
}

/// Whether a filler says nowhere in particular.
pub(crate) fn is_nowhere(mentions: &Mentions, filler: &Filler) -> bool {
    let meant = &mentions.all[mentions.resolved(filler.mention)];
    meant.place.is_none() && !meant.named && Words::Nowhere.has(&meant.lemma)
}

/// Phrases below `at` with a preposition of place; of several the ones with a name.
fn locative(tree: &Tree<'_>, sentence: usize, at: u32, kind: ClaimType, mentions: &Mentions) -> Vec<Filler> {
    let mut found: Vec<Filler> = Vec::new();
    let moves = matches!(kind, ClaimType::Move | ClaimType::Displace | ClaimType::Retreat | ClaimType::Aid);
    for &child in tree.children(at) {
        let deprel = tree.deprel(child);
        if !(deprel.is(Deprel::Obl) || deprel.is(Deprel::Nmod)) || deprel == Deprel::NmodPoss {
            continue;
        }
        let case = tree.case(child);
        let last = case.rsplit(' ').next().unwrap_or("");
        if !(WHERE.contains(&case.as_str()) || WHERE.contains(&last)) {
            continue;
        }
        if WHITHER.contains(&case.as_str()) && !moves {
            continue;
        }
        // "a war between Sudan and Chad": parties, no ground
        if last == "between"
            && tree.coordinated(child).iter().any(|&token| is_party(tree, sentence, token, mentions))
        {
            continue;
        }
        for token in tree.coordinated(child) {
            let Some(index) = mentions.at(sentence, token) else { continue };
            let placed = crate::participants::is_somewhere(mentions, index) && !mentions.all[index].event;
            if placed && !found.iter().any(|f| f.mention == index) {
                found.push(Filler { mention: index, inherited: false });
            }
        }
    }
    found.retain(|f| !is_nowhere(mentions, f));
    if found.is_empty() {
        found = directed(tree, sentence, at, mentions);
    }
    // "a market in Sumy": of several the ones with a name
    let named = |f: &Filler| mentions.all[mentions.resolved(f.mention)].place.is_some();
    if found.iter().any(named) {
        found.retain(named);
    }
    found
}

/// "15 km east of X": by the direction, where no preposition leads to a place.
fn directed(tree: &Tree<'_>, sentence: usize, at: u32, mentions: &Mentions) -> Vec<Filler> {
    let directions =
        tree.children(at).iter().copied().filter(|&child| Direction::parse(tree.norm(child)).is_some());
    let whence =
        directions.flat_map(|child| tree.children(child).iter().copied().filter(move |&c| c > child));
    whence
        .filter(|&token| tree.case(token) == "of")
        .filter_map(|token| mentions.at(sentence, token))
        .filter(|&index| crate::participants::is_somewhere(mentions, index))
        .map(|mention| Filler { mention, inherited: false })
        .collect()
}

/// Locative phrases of `at`, or the place it is called after.
fn below(tree: &Tree<'_>, sentence: usize, at: u32, kind: ClaimType, mentions: &Mentions) -> Vec<Filler> {
    let mut found = locative(tree, sentence, at, kind, mentions);
    // "the Aleppo offensive", "Idlib air strikes"
    if found.is_empty() && !tree.is_verbal(at) {
        for &child in tree.children(at) {
            if child < at
                && matches!(
                    tree.deprel(child),
                    Deprel::Compound | Deprel::Nmod | Deprel::NmodDesc | Deprel::NmodUnmarked
                )
                && let Some(index) = mentions.at(sentence, child)
                && mentions.all[index].sort == Sort::Place
            {
                found.push(Filler { mention: index, inherited: false });
            }
        }
    }
    found
}

/// The gazetteer's answer for every mention that names a place, in the order of `mentions.all`.
pub(crate) fn resolve(
    mentions: &Mentions,
    context: &Context<'_>,
    dateline: Option<&str>,
) -> Vec<Option<Resolution>> {
    let state = |i: usize| {
        let mention = &mentions.all[i];
        let code = mention.country.as_deref().filter(|_| mention.sort == Sort::Both)?;
        context.knowledge.places.country_of(CountryCode::parse(code)?)
    };
    let named: Vec<usize> = (0..mentions.all.len()).filter(|&i| mentions.all[i].place.is_some()).collect();
    let inside: Vec<Vec<&str>> = named
        .iter()
        .map(|&i| {
            mentions.all[i]
                .place
                .as_ref()
                .map_or(Vec::new(), |p| p.inside.iter().map(String::as_str).collect())
        })
        .collect();
    let queries: Vec<PlaceQuery<'_>> = named
        .iter()
        .zip(&inside)
        .filter_map(|(&i, inside)| {
            let place = mentions.all[i].place.as_ref()?;
            Some(PlaceQuery {
                name: &place.bare,
                kind_hint: place.kind_hint.as_deref(),
                inside,
                country_hint: None,
            })
        })
        .collect();
    let countries: Vec<_> = context
        .countries
        .iter()
        .filter_map(|(code, weight)| Some((CountryCode::parse(code)?, *weight)))
        .collect();
    let answers =
        context.knowledge.places.resolve(&queries, &PlaceContext { dateline, countries: &countries });
    let mut resolved = vec![None; mentions.all.len()];
    for (index, answer) in named.into_iter().zip(answers) {
        resolved[index] = Some(answer);
    }
    // "Syrian" of "the Syrian conflict" is Syria, which needs no weighing and speaks for no other name
    for (index, slot) in resolved.iter_mut().enumerate() {
        if let Some(country) = state(index).filter(|_| slot.is_none()) {
            let query = PlaceQuery { name: &country.name, ..PlaceQuery::default() };
            *slot = context.knowledge.places.resolve(&[query], &PlaceContext::default()).pop();
        }
    }
    resolved
}
