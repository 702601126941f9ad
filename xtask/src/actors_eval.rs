//! `cargo xtask actors-eval [--shared ../shared] [--verbose] [--check]`: of the actors found in the headlines of coded events, how many are of a side of
//! the coded dyad, or allied with it or part of it on that day.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use contested_knowledge::actors::{Actor, ActorContext, ActorKind, Actors, Alliance};
use jiff::civil::Date;

/// What the events are about.
const ABOUT: [(&str, f32); 2] = [("SY", 1.0), ("IQ", 0.1)];

/// `cargo xtask actors-eval`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let shared = Path::new(crate::option(arguments, "--shared").unwrap_or("../shared"));
    let verbose = arguments.iter().any(|a| a == "--verbose");
    let actors = Actors::embedded();
    let file = shared.join("data/truth/ucdp-syria-2016-2019.csv.xz");
    let unpacked =
        std::process::Command::new("xz").arg("-dc").arg(&file).output().context("xz is wanted to unpack")?;
    let mut reader = csv::Reader::from_reader(unpacked.stdout.as_slice());
    let head = reader.headers()?.clone();
    let column =
        |name: &str| head.iter().position(|h| h == name).with_context(|| format!("no column {name}"));
    let (a, b, headline, day) =
        (column("side_a")?, column("side_b")?, column("source_headline")?, column("date_start")?);
    let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    // One headline may stand for events of several dyads: then each of them is told in it.
    let mut coded: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &records {
        for piece in row[headline].split(';') {
            let sides = [&row[a], &row[b]].into_iter().flat_map(|side| side.split(", "));
            coded.entry(piece.trim()).or_default().extend(sides);
        }
    }
    let (mut headlines, mut with_actor, mut found, mut right, mut told) = (0u32, 0u32, 0u32, 0u32, 0u32);
    // Headlines under which one event is told in one sentence: nobody else's event can have named their actors.
    let (mut single, mut single_found, mut single_right) = (0u32, 0u32, 0u32);
    let mut wrong: BTreeMap<(String, String), (u32, String)> = BTreeMap::new();
    let mut elsewhere: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut unknown: BTreeMap<String, u32> = BTreeMap::new();
    for row in &records {
        let date: Option<Date> = row[day].get(..10).and_then(|day| day.parse().ok());
        let context = ActorContext { countries: &ABOUT, date };
        let sides: Vec<&Actor> = [&row[a], &row[b]]
            .into_iter()
            .flat_map(|side| side.split(", "))
            .filter(|name| *name != "Civilians")
            .filter_map(|name| {
                let known = side(actors, name, &context);
                if known.is_none() {
                    *unknown.entry(name.to_owned()).or_default() += 1;
                }
                known
            })
            .collect();
        if sides.is_empty() || row[headline].trim().is_empty() {
            continue;
        }
        headlines += 1;
        let mut named: Vec<(&Actor, String)> = Vec::new();
        for piece in row[headline].split(';') {
            let words: Vec<&str> = piece.split_whitespace().collect();
            let here = in_headline(actors, &words, &context);
            named.extend(here);
        }
        let mut seen = BTreeSet::new();
        named.retain(|(actor, _)| seen.insert(actor.id.clone()));
        with_actor += u32::from(!named.is_empty());
        let others: Vec<&Actor> = row[headline]
            .split(';')
            .filter_map(|piece| coded.get(piece.trim()))
            .flatten()
            .filter_map(|name| side(actors, name, &context))
            .collect();
        let one = is_single(&row[headline], &coded);
        single += u32::from(one && !named.is_empty());
        for (actor, text) in named {
            found += 1;
            let of = |sides: &[&Actor]| {
                sides.iter().any(|side| {
                    actor.id == side.id
                        || actors.is_part_of(&actor.id, &side.id, date)
                        || actors.is_part_of(&side.id, &actor.id, date)
                        || actors.allied(&actor.id, &side.id, date) == Alliance::Allied
                })
            };
            right += u32::from(of(&sides));
            single_found += u32::from(one);
            single_right += u32::from(one && of(&sides));
            told += u32::from(of(&others));
            if !of(&sides) {
                *elsewhere.entry((actor.id.clone(), format!("{} - {}", &row[a], &row[b]))).or_default() += 1;
            }
            if !of(&others) {
                let entry = wrong
                    .entry((format!("{} {text}", actor.id), format!("{} - {}", &row[a], &row[b])))
                    .or_insert_with(|| (0, format!("[{text}] {}", &row[headline])));
                entry.0 += 1;
            }
        }
    }
    println!(
        "ucdp dyads: of {found} actors {right} of a side of the event or its ally = {:.3}, {told} of a side of some event told under the headline = {:.3}; on {with_actor} of {headlines} headlines = {:.3}",
        f64::from(right) / f64::from(found.max(1)),
        f64::from(told) / f64::from(found.max(1)),
        f64::from(with_actor) / f64::from(headlines.max(1))
    );
    println!(
        "ucdp dyads, headlines of one sentence under which one dyad is coded: {single_right} of {single_found} = {:.3}, on {single} headlines",
        f64::from(single_right) / f64::from(single_found.max(1))
    );
    if arguments.iter().any(|a| a == "--check") {
        ensure!(told * 10 >= found * 9, "{told} of {found} actors: nine in ten are asked");
        ensure!(
            with_actor * 2 >= headlines,
            "actors on {with_actor} of {headlines} headlines: half are asked"
        );
    }
    if verbose {
        let mut wrong: Vec<_> = wrong.into_iter().collect();
        wrong.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for ((id, sides), (count, example)) in wrong.into_iter().take(60) {
            println!("  {count} {id} of {sides}: {example:.140}");
        }
        let mut elsewhere: Vec<_> = elsewhere.into_iter().collect();
        elsewhere.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        println!("  named beside another dyad than their own:");
        for ((id, sides), count) in elsewhere.into_iter().take(40) {
            println!("  {count} {id} of {sides}");
        }
        println!("  sides without an actor: {unknown:?}");
    }
    Ok(())
}

/// Whether a headline is one sentence and all events coded under it are of one dyad.
fn is_single(headline: &str, coded: &BTreeMap<&str, BTreeSet<&str>>) -> bool {
    let mut pieces = headline.split(';').filter(|piece| !piece.trim().is_empty());
    let (first, more) = (pieces.next(), pieces.next());
    let joined = [" and ", " in conjunction with ", "…", " while "];
    more.is_none()
        && first.is_some_and(|piece| {
            coded.get(piece.trim()).is_some_and(|sides| sides.len() <= 2)
                && !joined.iter().any(|word| piece.contains(word))
        })
}

fn side<'a>(actors: &'a Actors, name: &str, context: &ActorContext<'_>) -> Option<&'a Actor> {
    actors.named_in(name, context)
}

/// Actors named by a known name or composed of a noun phrase. Sources and civilians are no sides; a country told as a place ("in Syria",
/// "Syria's Idlib", "Syria Daily") is none either.
fn in_headline<'a>(
    actors: &'a Actors,
    words: &[&str],
    context: &ActorContext<'_>,
) -> Vec<(&'a Actor, String)> {
    let mut found: Vec<(&Actor, String)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (actor, used) = named(actors, words, at, context)
            .map_or_else(|| (composed(actors, words, at, context), 1), |(actor, used)| (Some(actor), used));
        let unnamed = |actor: &Actor| {
            matches!(
                actor.kind,
                ActorKind::Civilians | ActorKind::Media | ActorKind::Ngo | ActorKind::EthnicGroup
            )
        };
        if let Some(actor) = actor.filter(|actor| !unnamed(actor) && !is_place(words, at, used, actor))
            && !found.iter().any(|(other, _)| other.id == actor.id)
        {
            let words = words[at.saturating_sub(1)..(at + used).min(words.len())].join(" ");
            found.push((actor, words));
        }
        at += used.max(1);
    }
    found
}

fn named<'a>(
    actors: &'a Actors,
    words: &[&str],
    at: usize,
    context: &ActorContext<'_>,
) -> Option<(&'a Actor, usize)> {
    let hit = actors.longest_at_in(words, at, context)?;
    let letters = || words[at].chars().filter(|c| c.is_alphabetic());
    let written = letters().any(char::is_uppercase) && (!hit.ambiguous || letters().all(char::is_uppercase));
    // "the Syrian regime forces": a longer phrase begins here
    let longer =
        composed(actors, words, at + hit.words, context).is_some() && hit.actor.kind == ActorKind::Government;
    (written && !longer).then_some((hit.actor, hit.words))
}

/// The actor of the phrase that ends at `at`; nothing when the next word goes on with it ("regime forces").
fn composed<'a>(
    actors: &'a Actors,
    words: &[&str],
    at: usize,
    context: &ActorContext<'_>,
) -> Option<&'a Actor> {
    let of = |at: usize| {
        let phrase = words.get(at.saturating_sub(3)..=at)?;
        let id = actors.compose(phrase, phrase.len() - 1, context).filter(|c| c.is_actor)?.id?;
        actors.get(&id)
    };
    let plain = |word: &str| word.chars().all(|c| c.is_alphabetic() || c == '-');
    if words.get(at).is_some_and(|word| plain(word)) && of(at + 1).is_some() {
        return None;
    }
    of(at)
}

fn is_place(words: &[&str], at: usize, used: usize, actor: &Actor) -> bool {
    let last = words[at + used - 1];
    let before = at.checked_sub(1).map_or(String::new(), |before| words[before].to_lowercase());
    let after = words.get(at + used).map_or("", |word| *word);
    let listed = before.ends_with(',') || before.ends_with("ern") || PLACES_BEFORE.contains(&before.as_str());
    let owner = last.ends_with("'s") || last.ends_with("’s") || last.ends_with(':');
    actor.kind == ActorKind::State && (listed || owner || PLACES_AFTER.contains(&after))
}

/// After these a country is where, not who.
const PLACES_BEFORE: [&str; 17] = [
    "in",
    "into",
    "from",
    "to",
    "of",
    "over",
    "inside",
    "across",
    "near",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "governorate",
    "&",
];
/// Before these as well.
const PLACES_AFTER: [&str; 7] = ["Daily", "Live", "Today", "Map", "war", "conflict", "border"];
