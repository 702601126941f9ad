//! Names that are no places and are located all the same, in the annotated reports: what the annotators name as agent, target or source and
//! nowhere as a place. Asked twice: of the gazetteer alone, and of the whole reading (the places of the claims).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use contested_extract::Extractor;
use contested_knowledge::places::fold::fold;
use contested_knowledge::places::{CountryCode, Gazetteer, PlaceContext, PlaceQuery};
use contested_model::Report;
use serde_json::Value;

/// Prints both shares and returns the first.
pub(crate) fn run(places: &Gazetteer, gold: &Path, verbose: bool) -> Result<f64> {
    let (mut asked, mut located, mut told, mut wrong) = (0u32, 0u32, 0u32, 0u32);
    let mut examples: BTreeSet<String> = BTreeSet::new();
    let extractor = Extractor::new(contested_knowledge::Knowledge::embedded());
    let mut files: Vec<_> = fs::read_dir(gold)
        .with_context(|| format!("{}: the corpora are not part of the project", gold.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".gold.json"))
        .collect();
    files.sort();
    for file in files {
        let annotated: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
        let path = file.to_string_lossy().replace(".gold.json", ".txt");
        let text = fs::read_to_string(&path)?;
        let others = no_places(places, &annotated, &text);
        let about = about(places, &text);
        for name in &others {
            asked += 1;
            let answer = &places.resolve(
                &[PlaceQuery { name, ..PlaceQuery::default() }],
                &PlaceContext { dateline: None, countries: &about },
            )[0];
            if let Some(best) = &answer.best {
                located += 1;
                examples.insert(format!("asked: {name} = {} {}", best.id, best.name));
            }
        }
        let keys: BTreeMap<String, &String> = others.iter().map(|name| (fold(name), name)).collect();
        let report = Report { text, ..Report::default() };
        let mut seen = BTreeSet::new();
        for place in extractor.extract(&report).claims.iter().flat_map(|claim| &claim.places) {
            if place.id.is_none() || !seen.insert((place.start, place.end)) {
                continue;
            }
            told += 1;
            if keys.contains_key(&fold(&place.text)) {
                wrong += 1;
                examples.insert(format!("read: {} = {:?}", place.text, place.id));
            }
        }
    }
    println!(
        "no places, asked of the gazetteer: {located} of {asked} located = {:.3}",
        f64::from(located) / f64::from(asked.max(1))
    );
    println!(
        "no places, among the places that reading finds: {wrong} of {told} = {:.3}; of all names that are no places {:.3}",
        f64::from(wrong) / f64::from(told.max(1)),
        f64::from(wrong) / f64::from(asked.max(1))
    );
    if verbose {
        for line in &examples {
            println!("  {line}");
        }
    }
    Ok(f64::from(located) / f64::from(asked.max(1)))
}

/// Countries that the text names by name or nationality, the most named with salience 1.
fn about(places: &Gazetteer, text: &str) -> Vec<(CountryCode, f32)> {
    let mut counts: BTreeMap<CountryCode, u32> = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if let Some(country) = places.country_of_demonym(word).or_else(|| places.country(word)) {
            *counts.entry(country.code).or_default() += 1;
        }
    }
    let most = counts.values().copied().max().unwrap_or(1) as f32;
    counts.into_iter().map(|(code, count)| (code, count as f32 / most)).collect()
}

/// Capitalised names that the text has, that annotators give a part to, and that no annotator calls a place. Countries and capitals, which
/// stand for their governments, are left out.
fn no_places(places: &Gazetteer, annotated: &Value, text: &str) -> BTreeSet<String> {
    let names = |roles: &[&str]| -> BTreeSet<String> {
        let claims = annotated["claims"].as_array().into_iter().flatten();
        claims
            .flat_map(|claim| roles.iter().filter_map(|role| claim[*role].as_array()).flatten())
            .flat_map(|named| {
                let accepted = named["accept"].as_array().into_iter().flatten().filter_map(Value::as_str);
                named["name"].as_str().into_iter().chain(named.as_str()).chain(accepted)
            })
            .map(str::to_owned)
            .collect()
    };
    let located: BTreeSet<String> = names(&["places"]).iter().map(|name| fold(name)).collect();
    let stands_for_a_state = |name: &str| {
        places.country(name).is_some()
            || places.countries().iter().any(|country| fold(&country.capital) == fold(name))
            || places.country_of_demonym(name).is_some()
    };
    names(&["agents", "targets", "source"])
        .into_iter()
        .filter(|name| name.chars().next().is_some_and(char::is_uppercase) && text.contains(name.as_str()))
        .filter(|name| !located.contains(&fold(name)) && !stands_for_a_state(name))
        .collect()
}
