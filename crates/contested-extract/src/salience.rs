//! Which countries a report speaks of, so that "the army" and ambiguous places are read in its context.

use std::collections::BTreeMap;

use contested_knowledge::Knowledge;
use contested_knowledge::actors::ActorKind;
use contested_language::Analysis;
use contested_language::tags::Upos;

/// A country named only once among many counts little; below this share it is left out.
const FLOOR: f32 = 0.03;

/// ISO codes with their share of all country words of the report, most frequent first.
pub(crate) fn countries(
    analysis: &Analysis,
    knowledge: &Knowledge,
    title: Option<&str>,
    dateline: Option<&str>,
) -> Vec<(String, f32)> {
    let mut counts: BTreeMap<String, f32> = BTreeMap::new();
    let mut total = 0.0;
    let mut count = |word: &str, weight: f32| {
        let country = knowledge.places.country_of_demonym(word).or_else(|| knowledge.places.country(word));
        if let Some(country) = country {
            *counts.entry(country.code.to_string()).or_default() += weight;
            total += weight;
        }
    };
    for sentence in &analysis.sentences {
        for (at, token) in sentence.tokens.iter().enumerate() {
            // "us" and "it" are words before they are countries
            if !matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj) {
                continue;
            }
            count(&token.norm, 1.0);
            if let Some(next) = sentence.tokens.get(at + 1) {
                let pair = format!("{} {}", token.norm, next.norm);
                if knowledge.places.country(&token.norm).is_none() {
                    count(&pair, 1.0);
                }
            }
        }
    }
    for word in title.unwrap_or("").split_whitespace() {
        count(&word.to_lowercase(), 2.0);
    }
    if let Some(place) = dateline {
        count(&place.to_lowercase(), 1.0);
    }
    let mut ranked: Vec<(String, f32)> = counts
        .into_iter()
        .map(|(code, n)| (code, n / f32::max(total, 1.0)))
        .filter(|(_, share)| *share >= FLOOR)
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranked
}

/// `countries` with those first in which armed groups outside a state's forces fight; a report of a war abroad names its onlookers
/// oftener than the country it is fought in.
pub(crate) fn theatre(countries: &[(String, f32)], knowledge: &Knowledge) -> Vec<(String, f32)> {
    let fought_in = |code: &str| {
        knowledge
            .actors
            .all()
            .iter()
            .any(|actor| actor.kind == ActorKind::ArmedGroup && actor.country.as_deref() == Some(code))
    };
    let (mut first, rest): (Vec<_>, Vec<_>) =
        countries.iter().cloned().partition(|(code, _)| fought_in(code));
    first.extend(rest);
    first
}
