//! The figures and errors are the judge's own, on prediction sets from perfect to hopeless. Needs `../shared` beside the checkout and
//! `python3`; says so and passes without them.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read the gold annotations and run the judge"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use contested_eval::{Gold, Predictions, score};
use serde_json::{Value, json};

/// A small generator of numbers, so that the sets are the same on every run.
struct Dice(u64);

impl Dice {
    /// True in `percent` of a hundred throws.
    fn falls(&mut self, percent: u64) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % 100 < percent
    }
}

/// Gold claims as an extractor would write them, each attribute spoilt in `percent` of the cases.
fn spoilt(gold: &Value, percent: u64, dice: &mut Dice) -> Vec<Value> {
    let doc = &gold["doc"];
    let mut out = Vec::new();
    for claim in gold["claims"].as_array().unwrap() {
        if dice.falls(percent) {
            continue;
        }
        let sentence = &gold["sentences"][claim["sentence"].as_u64().unwrap() as usize];
        let mut names = |key: &str| -> Vec<Value> {
            let mut all = Vec::new();
            for name in claim[key].as_array().into_iter().flatten() {
                let accepted = name["accept"].as_array().and_then(|list| list.last());
                let name = if name.is_string() { name } else { &name["name"] };
                if !dice.falls(percent) {
                    all.push(json!({"name": if dice.falls(50) { accepted.unwrap_or(name) } else { name }, "text": null}));
                }
                if dice.falls(percent / 2) {
                    all.push(json!({"name": "the U.S. army of eastern Ghouta", "text": "its forces"}));
                }
            }
            all
        };
        let (agents, targets, places, source) =
            (names("agents"), names("targets"), names("places"), names("source"));
        let mut new = json!({
            "record": "claim", "id": format!("p{}", claim["id"].as_str().unwrap()), "report": {"id": doc},
            "evidence": {"start": sentence["start"], "quote": "q\u{e9}", "trigger": {"start": sentence["start"]}},
            "kind": claim["kind"], "type": claim["type"], "agents": agents, "targets": targets, "places": places,
            "attribution": source, "time": claim["time"], "polarity": "positive", "certainty": claim["certainty"],
            "casualties": claim["casualties"], "extent": claim["extent"], "phase": claim["phase"], "about": claim["about"],
        });
        if !dice.falls(percent) {
            new["polarity"] = claim["polarity"].clone();
        }
        if dice.falls(percent) {
            new["type"] = json!("attack");
        }
        if dice.falls(percent) {
            new["time"] = json!({"from": "2017-11-08", "to": null, "basis": if dice.falls(50) { "stated" } else { "inferred" }});
        }
        if dice.falls(percent) {
            new["evidence"]["trigger"] = Value::Null;
            new["casualties"] = json!([{"what": "dead", "min": 12, "max": null}]);
        }
        if dice.falls(percent / 4) {
            out.push(new.clone());
        }
        out.push(new);
    }
    for dispute in gold["disputes"].as_array().into_iter().flatten() {
        let mut dispute = dispute.clone();
        for side in dispute["sides"].as_array_mut().unwrap() {
            for id in side.as_array_mut().unwrap() {
                *id = json!(format!("p{}", id.as_str().unwrap()));
            }
        }
        if dice.falls(percent) {
            dispute["question"] = json!("control");
        }
        let names: Vec<_> = dispute["about"].as_array().into_iter().flatten().collect();
        dispute["about"] = names
            .iter()
            .map(|name| if name.is_string() { (*name).clone() } else { name["name"].clone() })
            .collect();
        out.push(json!({"record": "dispute", "doc": doc, "dispute": dispute}));
    }
    out
}

fn shared_gold() -> Option<PathBuf> {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold");
    let python =
        Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    (gold.join("score.py").is_file() && python).then_some(gold)
}

#[test]
fn figures_and_errors_are_the_judges() {
    let Some(shared) = shared_gold() else {
        eprintln!("passed over: ../shared/gold/score.py or python3 is not here");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    for (set, percents) in [("dev", &[0, 10, 30, 60, 100][..]), ("train", &[25])] {
        let folder = shared.join(set);
        let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.to_string_lossy().ends_with(".gold.json"));
        files.sort();
        let texts: Vec<_> = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        let gold: Vec<_> = texts.iter().map(|text| Gold::parse(text).unwrap()).collect();
        for percent in percents {
            let mut dice = Dice(*percent);
            let lines: Vec<String> = texts
                .iter()
                .flat_map(|text| spoilt(&serde_json::from_str(text).unwrap(), *percent, &mut dice))
                .map(|claim| claim.to_string())
                .collect();
            let path = dir.path().join("predictions.jsonl");
            fs::write(&path, lines.join("\n")).unwrap();
            let judge = |flags: &[&str]| {
                let run = Command::new("python3")
                    .arg(shared.join("score.py"))
                    .arg(&folder)
                    .arg(&path)
                    .args(flags)
                    .output();
                String::from_utf8(run.unwrap().stdout).unwrap()
            };
            let scored = score(&gold, &Predictions::parse(&lines.join("\n")).unwrap());
            let theirs: Value = serde_json::from_str(&judge(&["--json"])).unwrap();
            assert_eq!(serde_json::to_value(&scored.figures).unwrap(), theirs, "{set}, {percent} % spoilt");
            let mut table = format!("{}\n", scored.figures);
            for error in &scored.errors {
                table.extend(["  ", error, "\n"]);
            }
            assert_eq!(table, judge(&["--errors", "100000"]), "{set}, {percent} % spoilt");
        }
    }
}
