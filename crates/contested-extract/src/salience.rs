//! Which countries a report speaks of, so that "the army" and ambiguous places are read in its context.

use std::collections::BTreeMap;

use contested_knowledge::Knowledge;
use contested_knowledge::actors::ActorKind;
use contested_knowledge::places::Country;
use contested_language::Analysis;
use contested_language::tags::Upos;

/// A country named only once among many counts little; below this share it is left out.
const FLOOR: f32 = 0.03;

/// What a dateline in a country's capital counts beside one mention of it.
const CAPITAL: f32 = 0.5;

/// Most words of a country's name: "Democratic Republic of the Congo".
const LONGEST_NAME: usize = 5;

/// Words of an actor's name from which on no country in it is spoken of.
const LONG: usize = 4;

/// What a country counts that is named for its border.
const AT_THE_EDGE: f32 = 0.25;

/// What a country counts in which something is said to be.
const WHERE_IT_IS: f32 = 2.0;

/// ISO codes with their share of all country words of the report, most frequent first.
pub(crate) fn countries(
    analysis: &Analysis,
    knowledge: &Knowledge,
    title: Option<&str>,
    dateline: Option<&str>,
) -> Vec<(String, f32)> {
    let mut counts: BTreeMap<String, f32> = BTreeMap::new();
    let mut total = 0.0;
    let mut count = |name: &str, weight: f32| {
        let country = knowledge.places.country_of_demonym(name).or_else(|| knowledge.places.country(name));
        if let Some(country) = country {
            *counts.entry(country.code.to_string()).or_default() += weight;
            total += weight;
        }
        country.is_some()
    };
    for sentence in &analysis.sentences {
        let words: Vec<&str> = sentence.tokens.iter().map(|token| token.norm.as_str()).collect();
        let mut at = 0;
        while let Some(token) = sentence.tokens.get(at) {
            // "Islamic State of Iraq and the Levant" says nothing of Iraq
            if let Some(name) = knowledge.actors.longest_at(&words, at).filter(|name| name.words >= LONG) {
                at += name.words;
                continue;
            }
            // "us" and "it" are words before they are countries
            if !matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj) {
                at += 1;
                continue;
            }
            // the longest first: "South Sudan" is not Sudan
            let longest = (1..=LONGEST_NAME).rev().find(|&used| {
                let name = words.get(at..at + used).map(|name| name.join(" "));
                name.is_some_and(|name| {
                    let demonym = knowledge.places.country_of_demonym(&name).is_some();
                    count(&name, weight(&words, at, used, demonym))
                })
            });
            at += longest.unwrap_or(1);
        }
    }
    let title = title.unwrap_or("").to_lowercase();
    let words: Vec<&str> = title.split_whitespace().collect();
    let mut at = 0;
    while at < words.len() {
        let most = LONGEST_NAME.min(words.len() - at);
        let longest = (1..=most).rev().find(|&used| count(&words[at..at + used].join(" "), 2.0));
        at += longest.unwrap_or(1);
    }
    if let Some(place) = dateline
        && !count(&place.to_lowercase(), 1.0)
    {
        // Written in a capital: of that country, unless the text speaks of another one as often.
        let capital = |country: &&Country| country.capital.eq_ignore_ascii_case(place);
        if let Some(country) = knowledge.places.countries().iter().find(capital) {
            count(&country.name, CAPITAL);
        }
    }
    let mut ranked: Vec<(String, f32)> = counts
        .into_iter()
        .map(|(code, n)| (code, n / f32::max(total, 1.0)))
        .filter(|(_, share)| *share >= FLOOR)
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranked
}

/// What a country counts that is named by `used` words from `at` on.
fn weight(words: &[&str], at: usize, used: usize, demonym: bool) -> f32 {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| words[at]);
    let is_edge = |word: &str| matches!(word, "border" | "borders" | "frontier");
    // "the Turkish border", "the border with Turkey": where the country ends that is spoken of
    if words.get(at + used).is_some_and(|word| is_edge(word)) || before(1) == "with" && is_edge(before(2)) {
        AT_THE_EDGE
    // "in Syria", "in northern Syria": where it happens; "Turkish" may be anybody who takes part
    } else if !demonym && (before(1) == "in" || before(2) == "in" && !matches!(before(1), "with" | "and")) {
        WHERE_IT_IS
    } else {
        1.0
    }
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
