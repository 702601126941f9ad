//! `campaign [--binary FILE] [--verbose]`: the demonstration's reports, added to a throw-away ledger, against their gold: events across
//! reports, disputes with sides, holders by town and day.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use contested_knowledge::Knowledge;
use contested_knowledge::actors::Alliance;
use jiff::civil::Date;
use serde_json::Value;

use crate::option;

const REPORTS: &str = "crates/contested/demo/eastern-syria.jsonl";
const GOLD: &str = "crates/contested/demo/eastern-syria.gold.json";

/// Prints the figures, and with `--verbose` what is wrong.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let binary = Path::new(option(arguments, "--binary").unwrap_or("target/release/contested"));
    let verbose = arguments.iter().any(|argument| argument == "--verbose");
    let gold: Value = serde_json::from_str(&std::fs::read_to_string(GOLD).context(GOLD)?)?;
    let until = gold["until"].as_str().context("the gold has no `until`")?;
    let folder = tempfile::tempdir()?;
    let store = folder.path().join("campaign.db").display().to_string();
    told(binary, &["add", REPORTS, "--store", &store])?;
    let lines = |arguments: &[&str]| -> anyhow::Result<Vec<Value>> {
        let all = [arguments, &["--json", "--store", &store, "--as-of", until]].concat();
        let text = told(binary, &all)?;
        text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
    };
    events(&gold, &lines(&["events", "--copies"])?, verbose);
    disputes(&gold, &lines(&["disputes"])?, &lines(&["claims"])?, verbose);
    let mut places = lines(&["control", "SY"])?;
    places.extend(lines(&["control", "IQ"])?);
    holders(&gold, &places, until.parse()?, verbose)
}

/// What the program prints.
pub(crate) fn told(binary: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let run = Command::new(binary)
        .args(arguments)
        .output()
        .with_context(|| format!("{}: not there; build it, or name it with --binary", binary.display()))?;
    ensure!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    Ok(String::from_utf8(run.stdout)?)
}

fn texts(value: &Value) -> BTreeSet<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// B-cubed over pairs of event and report: each is held against the event of ours that overlaps the gold one most and has the report.
fn events(gold: &Value, found: &[Value], verbose: bool) {
    let ours: Vec<BTreeSet<&str>> = found.iter().map(|event| texts(&event["reports"])).collect();
    let (mut precision, mut recall, mut items) = (0.0, 0.0, 0);
    for event in list(&gold["events"]) {
        let reports = texts(&event["reports"]);
        for report in &reports {
            items += 1;
            let overlap = |cluster: &&BTreeSet<&str>| {
                cluster.intersection(&reports).count() as f64 / cluster.union(&reports).count() as f64
            };
            let best = ours
                .iter()
                .zip(found)
                .filter(|(cluster, event_of_ours)| cluster.contains(report) && near(event, event_of_ours))
                .map(|(cluster, _)| cluster)
                .max_by(|a, b| overlap(a).total_cmp(&overlap(b)));
            let Some(best) = best else {
                if verbose {
                    println!("  no event: {} in {report}", event["event"]);
                }
                continue;
            };
            let shared = best.intersection(&reports).count() as f64;
            precision += shared / best.len() as f64;
            recall += shared / reports.len() as f64;
            if verbose && (shared as usize) < reports.len().max(best.len()) {
                println!("  {} in {report}: gold {reports:?} ours {best:?}", event["event"]);
            }
        }
    }
    let (p, r) = (precision / f64::from(items), recall / f64::from(items));
    println!(
        "events, B-cubed: precision {p:.3} recall {r:.3} F1 {:.3} ({items} tellings)",
        2.0 * p * r / (p + r)
    );
}

/// Whether an event of ours may be the gold one: its days are within two of it.
fn near(gold: &Value, ours: &Value) -> bool {
    let day = |value: &Value| value.as_str().and_then(|day| day.parse::<Date>().ok());
    let (Some(day), Some(first), Some(last)) =
        (day(&gold["date"]), day(&ours["days"][0]), day(&ours["days"][1]))
    else {
        return false;
    };
    let apart = |a: Date, b: Date| a.until(b).map_or(i32::MAX, |span| span.get_days());
    apart(day, first) <= 2 && apart(last, day) <= 2
}

/// A gold dispute is found when one of ours has its question, touches its place, and has a report of each of its sides on sides of its own.
fn disputes(gold: &Value, found: &[Value], claims: &[Value], verbose: bool) {
    let report_of = |id: &str| {
        claims.iter().find(|claim| claim["id"] == id).and_then(|claim| claim["report"]["id"].as_str())
    };
    let places_of = |id: &str| -> Vec<String> {
        let claim = claims.iter().find(|claim| claim["id"] == id);
        claim
            .into_iter()
            .flat_map(|claim| list(&claim["places"]))
            .filter_map(|place| place["name"].as_str())
            .map(fold)
            .collect()
    };
    let mut taken = BTreeSet::new();
    let mut matched = 0;
    for dispute in list(&gold["disputes"]) {
        let (yes, no) = (texts(&dispute["for"]), texts(&dispute["against"]));
        let place = fold(dispute["place"].as_str().unwrap_or_default());
        let hit = found.iter().position(|ours| {
            let sides: Vec<BTreeSet<&str>> = list(&ours["sides"])
                .map(|side| texts(&side["claims"]).into_iter().filter_map(report_of).collect())
                .collect();
            let question = ours["question"] == dispute["matter"]
                || dispute["matter"] == "relation"
                // Who did it and whether it was done are one matter to the gold; and so are deaths denied and counted.
                || dispute["matter"] == "occurrence" && ours["question"] == "responsibility"
                || dispute["matter"] == "casualties" && ours["question"] == "occurrence";
            let there = list(&ours["sides"])
                .flat_map(|side| texts(&side["claims"]))
                .any(|id| places_of(id).contains(&place));
            let touches = |wanted: &BTreeSet<&str>, side: &BTreeSet<&str>| !wanted.is_disjoint(side);
            let opposed = sides.iter().enumerate().any(|(a, one)| {
                sides.iter().enumerate().any(|(b, other)| a != b && touches(&yes, one) && touches(&no, other))
            });
            question && there && opposed
        });
        match hit {
            Some(at) => {
                matched += 1;
                taken.insert(at);
            }
            None if verbose => println!("  not found: {} {}", dispute["matter"], dispute["about"]),
            None => {}
        }
    }
    if verbose {
        for (at, ours) in found.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            let sides: Vec<BTreeSet<&str>> = list(&ours["sides"])
                .map(|side| texts(&side["claims"]).into_iter().filter_map(report_of).collect())
                .collect();
            println!("  {at} not in the gold: {} {} {sides:?}", ours["question"], ours["about"]);
        }
    }
    let all = list(&gold["disputes"]).count();
    let (p, r) = (taken.len() as f64 / found.len().max(1) as f64, f64::from(matched) / all as f64);
    println!(
        "disputes with sides: precision {p:.3} ({} of {}) recall {r:.3} ({matched} of {all}) F1 {:.3}",
        taken.len(),
        found.len(),
        2.0 * p * r / (p + r)
    );
}

fn holders(gold: &Value, places: &[Value], until: Date, verbose: bool) -> anyhow::Result<()> {
    let (mut right, mut all) = (0, 0);
    for place in list(&gold["holders"]) {
        let name = fold(place["place"].as_str().unwrap_or_default());
        let ours =
            places.iter().find(|ours| ours["place"]["name"].as_str().map(fold).as_ref() == Some(&name));
        let mut wrong = Vec::new();
        for span in list(&place["spans"]) {
            let wanted = span["holder"].as_str().unwrap_or_default();
            let first_told: Date = "2017-09-05".parse()?;
            let day = |key: &str| span[key].as_str().map(str::parse::<Date>).transpose();
            let (from, last) =
                (day("from")?.unwrap_or(first_told), day("until")?.unwrap_or(until).min(until));
            for today in from.series(jiff::Span::new().days(1)).take_while(|today| *today <= last) {
                let stretch = ours.into_iter().flat_map(|ours| list(&ours["timeline"])).find(|stretch| {
                    let day = |key: &str| stretch[key].as_str().and_then(|day| day.parse::<Date>().ok());
                    day("from") <= Some(today) && Some(today) <= day("to")
                });
                let actor = stretch.and_then(|stretch| stretch["actor"].as_str());
                let named = stretch.and_then(|stretch| stretch["holder"].as_str()).map(fold);
                all += 1;
                if actor.is_some_and(|actor| one_side(actor, wanted, today)) || named == Some(fold(wanted)) {
                    right += 1;
                } else {
                    wrong.push((today, stretch.map(|s| s["holder"].to_string())));
                }
            }
        }
        if verbose && !wrong.is_empty() {
            println!(
                "  {}: {} days wrong, first {:?}, last {:?}",
                place["place"],
                wrong.len(),
                wrong.first(),
                wrong.last()
            );
        }
    }
    println!("holder by town and day: {right} of {all}, {:.3}", f64::from(right) / f64::from(all));
    Ok(())
}

fn one_side(a: &str, b: &str, day: Date) -> bool {
    let actors = &Knowledge::embedded().actors;
    a == b
        || actors.is_part_of(a, b, Some(day))
        || actors.is_part_of(b, a, Some(day))
        || matches!(actors.allied(a, b, Some(day)), Alliance::Allied)
}

/// Letters and digits only, in lower case: "al-Qaim" is "Al Qaim".
pub(crate) fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
