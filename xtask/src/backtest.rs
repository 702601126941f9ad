//! `backtest [--binary FILE] [--shared DIR] [--verbose]`: what is told of Syrian towns in the dated prose of a table, read as reports,
//! against the column that says who held them at the end. docs/backtest.md tells the kinds of misses.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use contested_knowledge::Knowledge;
use contested_knowledge::actors::Alliance;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::campaign::{fold, told};
use crate::option;

/// The day of the table.
const END: Date = date(2023, 10, 9);
/// Words without which prose says nothing of a holder.
const HOLDING: [&str; 16] = [
    "control",
    "captur",
    "seiz",
    "retak",
    "retook",
    "recaptur",
    " took ",
    " taken",
    "overran",
    "held by",
    "withdr",
    "liberat",
    " fell",
    "regain",
    "stronghold",
    "conquer",
];
/// Towns whose prose has such a word but names no holder of the town, as a person who read it marked: parts of it, halves, a plan.
const NO_HOLDER: [&str; 5] = ["Damascus", "Daraa", "Hama", "Tadamon", "al-Waer"];
/// Sides, each by actors that stand for it; who fights for whom the knowledge base says.
const SIDES: [(&str, &[&str]); 4] = [
    ("government", &["sy-army", "sy-government"]),
    ("opposition", &["syrian-rebels", "fsa", "hts", "al-nusra", "sna-syria", "ahrar-al-sham"]),
    ("kurdish", &["sdf", "ypg"]),
    ("islamic-state", &["islamic-state"]),
];

/// A row of the table.
struct Town {
    name: String,
    governorate: String,
    held_by: String,
    prose: String,
}

/// Prints the figures, and with `--verbose` every miss.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let binary = Path::new(option(arguments, "--binary").unwrap_or("target/release/contested"));
    let shared = PathBuf::from(option(arguments, "--shared").unwrap_or("../shared"));
    let verbose = arguments.iter().any(|argument| argument == "--verbose");
    let towns = towns(&unpacked(&shared.join("data/truth/syria-control-of-cities.md.xz"))?);
    let folder = tempfile::tempdir()?;
    let (reports, store) = (folder.path().join("towns.jsonl"), folder.path().join("towns.db"));
    let mut lines = String::new();
    for (number, town) in towns.iter().enumerate() {
        // The table says which town of which governorate a row is about; its prose does not say it again.
        let kind = if town.name.ends_with("Border Crossing") { "border crossing" } else { "town" };
        let text =
            format!("{} is a {kind} in {} province in Syria. {}", town.name, town.governorate, town.prose);
        lines += &json!({"id": number.to_string(), "source": "Encyclopedia", "published": END, "text": text})
            .to_string();
        lines.push('\n');
    }
    std::fs::write(&reports, lines)?;
    let (reports, store) = (reports.display().to_string(), store.display().to_string());
    told(binary, &["add", &reports, "--store", &store])?;
    let claims = parsed(&told(binary, &["claims", "--json", "--store", &store])?)?;
    let (mut listed, mut named, mut right, mut last_right, mut silent) = (0, 0, 0, 0, 0);
    let mut right_of_listed = 0;
    for (number, town) in towns.iter().enumerate() {
        let prose = town.prose.to_lowercase();
        if !HOLDING.iter().any(|word| prose.contains(word)) {
            continue;
        }
        listed += 1;
        let own: Vec<&Value> =
            claims.iter().filter(|claim| claim["report"]["id"] == number.to_string().as_str()).collect();
        let truth = truth(&town.held_by);
        let place = place_of(&own, &town.name);
        // A town that nothing is told of is an error to the program.
        let asked = ["control", &place, "--json", "--store", &store, "--as-of", &END.to_string()];
        let places = told(binary, &asked).map_or(Ok(Vec::new()), |lines| parsed(&lines))?;
        let model = model(&places, &place);
        let last = last_named(&own);
        let is_right = |side: Option<&str>| side.is_some_and(|side| truth.contains(&side));
        right_of_listed += usize::from(is_right(model));
        if NO_HOLDER.contains(&town.name.as_str()) {
            continue;
        }
        named += 1;
        right += usize::from(is_right(model));
        last_right += usize::from(is_right(last));
        silent += usize::from(model.is_none());
        if verbose && !is_right(model) {
            println!(
                "{}: held by {truth:?}, model {model:?}, last named {last:?}\n  {}",
                town.name, town.prose
            );
        }
    }
    println!(
        "{} towns, {listed} in whose prose there is a word of holding or taking: the model is right of {right_of_listed}, {:.3}",
        towns.len(),
        share(right_of_listed, listed)
    );
    println!("{named} whose prose names a holder of the town; the model answers for {}", named - silent);
    println!(
        "right: model {right} of {named}, {:.3}; last holder named {last_right}, {:.3}",
        share(right, named),
        share(last_right, named)
    );
    println!("of those it answers for: {:.3}", share(right, named - silent));
    Ok(())
}

fn share(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}

fn parsed(lines: &str) -> anyhow::Result<Vec<Value>> {
    lines.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn unpacked(path: &Path) -> anyhow::Result<String> {
    let run = Command::new("xz").arg("-dc").arg(path).output().context("xz is needed to unpack the table")?;
    let mut text = String::new();
    run.stdout.as_slice().read_to_string(&mut text)?;
    anyhow::ensure!(!text.is_empty(), "{}: not there, or empty", path.display());
    Ok(text)
}

fn towns(table: &str) -> Vec<Town> {
    let mut out = Vec::new();
    let mut governorate = String::new();
    for line in table.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.trim_end_matches(" Governorate").clone_into(&mut governorate);
        }
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, district, held_by, ref prose @ ..] = cells[..] else { continue };
        // In one province the prose runs on into another column.
        let prose = prose.join(" ").trim().to_owned();
        if !district.contains("District") && !district.contains("Rif")
            || matches!(name, "Name")
            || name.starts_with("Outside")
            || prose.is_empty()
            || prose.starts_with("See ")
        {
            continue;
        }
        let name = name.rsplit(" – ").next().unwrap_or(name).split(" (").next().unwrap_or(name);
        out.push(Town {
            name: name.to_owned(),
            governorate: governorate.clone(),
            held_by: held_by.to_owned(),
            prose,
        });
    }
    out
}

/// The sides whose flags stand in the column. Those who fight the government from the north-west are one side here: rebels, those whom
/// Turkey backs, and Hayat Tahrir al-Sham.
fn truth(held_by: &str) -> Vec<&'static str> {
    let flag = |words: &[&str]| words.iter().any(|word| held_by.contains(word));
    let mut out = Vec::new();
    if flag(&["Flag of Syria.svg", "United Arab Republic", "United_Arab_Republic"]) {
        out.push("government");
    }
    if flag(&["1932", "Hayat Tahrir", "Turkey"]) {
        out.push("opposition");
    }
    if flag(&["Rojava", "Syrian Democratic"]) {
        out.push("kurdish");
    }
    out
}

fn side(actor: Option<&str>, name: &str) -> Option<&'static str> {
    let actors = &Knowledge::embedded().actors;
    let by_id = actor.and_then(|actor| {
        let same = |id: &&&str| {
            **id == actor
                || actors.is_part_of(actor, id, None)
                || matches!(actors.allied(actor, id, Some(date(2014, 6, 1))), Alliance::Allied)
        };
        SIDES
            .iter()
            .find(|(_, ids)| ids.contains(&actor))
            .or_else(|| SIDES.iter().find(|(_, ids)| ids.iter().any(|id| same(&id))))
    });
    let name = name.to_lowercase();
    let words = |words: &[&str]| words.iter().any(|word| name.contains(word));
    by_id.map(|(side, _)| *side).or_else(|| {
        if words(&["rebel", "opposition", "fsa", "free syrian", "nusra", "tahrir"]) {
            Some("opposition")
        } else if words(&["kurd", "ypg"]) {
            Some("kurdish")
        } else if words(&["islamic state", "isil", "isis"]) {
            Some("islamic-state")
        } else if words(&["army", "government", "regime", "syrian"]) {
            Some("government")
        } else {
            None
        }
    })
}

/// What the row's claims call its town: the id of the place that they name as the table does ("Bab al-Hawa" for "Bab al-Hawa Border Crossing", too), most
/// often of all; where there is none, its name.
fn place_of(own: &[&Value], name: &str) -> String {
    let wanted = fold(name);
    let likeness = |called: &Value| {
        let called = called.as_str().map(fold).unwrap_or_default();
        let alike =
            if name.ends_with("Border Crossing") { wanted.starts_with(&called) } else { wanted == called };
        if alike { called.len() } else { 0 }
    };
    let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for place in own.iter().flat_map(|claim| claim["places"].as_array().into_iter().flatten()) {
        let alike = likeness(&place["text"]).max(likeness(&place["name"]));
        let called = place["id"].as_str().or_else(|| place["name"].as_str()).unwrap_or_default();
        if alike > 0 && !called.is_empty() {
            *counts.entry((alike, called)).or_default() += 1;
        }
    }
    let best = counts.into_iter().max_by_key(|&((alike, _), count)| (alike, count));
    best.map_or_else(|| name.to_owned(), |((_, called), _)| called.to_owned())
}

/// The likeliest holder of a place at the end, however faded.
fn model(places: &[Value], place: &str) -> Option<&'static str> {
    let found = places.iter().find(|found| found["place"]["id"] == place).or_else(|| {
        places.iter().find(|found| found["place"]["name"].as_str().map(fold) == Some(fold(place)))
    })?;
    let chance = found["chances"]
        .as_array()?
        .iter()
        .find(|chance| chance["answer"] != "contested" && chance["answer"] != "other")?;
    side(chance["actor"].as_str(), chance["answer"].as_str().unwrap_or_default())
}

/// The agent of the last capture or holding that the prose tells.
fn last_named(own: &[&Value]) -> Option<&'static str> {
    let takes = |claim: &&&Value| {
        matches!(claim["type"].as_str(), Some("seize" | "holds"))
            && claim["polarity"] == "positive"
            && claim["agents"][0].is_object()
    };
    let last = own.iter().filter(takes).max_by_key(|claim| claim["evidence"]["trigger"]["start"].as_u64())?;
    side(last["agents"][0]["actor"].as_str(), last["agents"][0]["name"].as_str().unwrap_or_default())
}
