//! Actors and places of headlines of many wars (`wars.md`): a plain scan, so that what is known is tested and not how text is read.
#![allow(clippy::disallowed_methods, reason = "tests read their cases")]

use std::collections::BTreeSet;

use contested_knowledge::actors::{ActorContext, ActorKind, Actors};
use contested_knowledge::places::{CountryCode, Gazetteer, PlaceContext, PlaceQuery};

struct Case<'a> {
    countries: Vec<(&'a str, f32)>,
    date: Option<jiff::civil::Date>,
    headline: &'a str,
    actors: BTreeSet<&'a str>,
    places: Vec<&'a str>,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    text.lines()
        .filter_map(|line| line.strip_prefix("- "))
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").map(str::trim).collect();
            assert_eq!(cells.len(), 4, "{line}");
            let mut countries: Vec<&str> = cells[0].split(' ').collect();
            let date = countries.pop().and_then(|day| day.parse().ok());
            assert!(date.is_some(), "{line}: a day is wanted");
            let weight = |at: usize| if at == 0 { 1.0 } else { 0.6 };
            Case {
                countries: countries.into_iter().enumerate().map(|(at, code)| (code, weight(at))).collect(),
                date,
                headline: cells[1],
                actors: cells[2].split(' ').filter(|id| *id != "-").collect(),
                places: cells[3].split(", ").filter(|name| *name != "-").collect(),
            }
        })
        .collect()
}

fn words(headline: &str) -> Vec<&str> {
    headline.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect()
}

/// Known names and composed phrases; a country that is named as where it happens is none of them.
fn actors_of<'a>(case: &Case<'_>, actors: &'a Actors) -> BTreeSet<&'a str> {
    let words = words(case.headline);
    let context = ActorContext { countries: &case.countries, date: case.date };
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < words.len() {
        let written = words[at].chars().any(char::is_uppercase);
        let composed = |end: usize| {
            let phrase = words.get(at..=end)?;
            let composed = actors
                .compose(phrase, phrase.len() - 1, &context)
                .filter(|c| c.is_actor && c.role.is_none())?;
            composed.id.and_then(|id| actors.get(&id))
        };
        let named = actors.longest_at_in(&words, at, &context).filter(|_| written);
        let longest = (at..words.len().min(at + 4)).rev().find_map(|end| {
            let inner = (at..=end).all(|w| {
                words[w] != "and" && words[w].chars().all(|c| c.is_alphanumeric() || "-'.’".contains(c))
            });
            composed(end).filter(|_| inner && words[at] != "a").map(|actor| (end + 1 - at, actor))
        });
        let (used, actor) = match (named, longest) {
            (Some(hit), Some((used, actor))) if used > hit.words => (used, Some(actor)),
            (Some(hit), _) => (hit.words, Some(hit.actor)),
            (None, Some((used, actor))) => (used, Some(actor)),
            (None, None) => (1, None),
        };
        if let Some(actor) =
            actor.filter(|a| !matches!(a.kind, ActorKind::Civilians | ActorKind::EthnicGroup))
        {
            found.insert(actor.id.as_str());
        }
        at += used.max(1);
    }
    found
}

#[test]
fn actors_and_places_of_every_war() {
    let (actors, places) = (Actors::embedded(), Gazetteer::embedded());
    let mut wrong = Vec::new();
    let all = cases(include_str!("wars.md"));
    assert!(all.len() >= 60, "{} headlines", all.len());
    for case in &all {
        let found = actors_of(case, actors);
        let missing: Vec<_> = case.actors.iter().filter(|id| !found.contains(*id)).collect();
        let more: Vec<_> = found.iter().filter(|id| !case.actors.contains(*id)).collect();
        if !missing.is_empty() || !more.is_empty() {
            wrong.push(format!("{}: not found {missing:?}, not wanted {more:?}", case.headline));
        }
        let countries: Vec<_> = case
            .countries
            .iter()
            .filter_map(|(code, weight)| Some((CountryCode::parse(code)?, *weight)))
            .collect();
        let queries: Vec<PlaceQuery<'_>> = case
            .places
            .iter()
            .filter_map(|place| place.rsplit_once(' '))
            .map(|(name, _)| PlaceQuery { name, ..PlaceQuery::default() })
            .collect();
        let answers = places.resolve(&queries, &PlaceContext { dateline: None, countries: &countries });
        for (place, answer) in case.places.iter().zip(answers) {
            let code = place.rsplit_once(' ').map_or("", |(_, code)| code);
            let said =
                answer.best.as_ref().map(|best| (best.id.clone(), best.country.map(|c| c.to_string())));
            if said.as_ref().and_then(|(_, country)| country.as_deref()) != Some(code) {
                wrong.push(format!("{}: {place} is {said:?}", case.headline));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
