//! `results`: measures the program on annotated reports and holds the figures against `eval/RESULTS.csv`.
//!
//! A row is `measure,value,threshold,model,knowledge`. Measures are named `SET.FIGURE.PART` after the JSON of `contested eval`, as in
//! `own.strict.f1`; the sets are `own` (in the repository) and `dev` and `train` (in `--shared`). The check fails when a figure is below its
//! threshold, and when the table is stale: when a figure, the model or the knowledge is no longer the one written down. `--write` brings
//! values and digests up to date and leaves thresholds alone. Rows of sets that are not at hand are only checked for their digests; rows of
//! other names are other tools' and are left alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::option;

const TABLE: &str = "eval/RESULTS.csv";

/// Figures that are followed for every set.
const FOLLOWED: [&str; 17] = [
    "detection.p",
    "detection.r",
    "detection.f1",
    "strict.f1",
    "per_kind.event.f1",
    "per_kind.control.f1",
    "per_kind.relation.f1",
    "per_kind.outlook.f1",
    "attributes.agents",
    "attributes.targets",
    "attributes.places",
    "attributes.source",
    "classes.negative.f1",
    "classes.hedged.f1",
    "dates.right",
    "tolls.f1",
    "disputes.tp",
];

#[derive(Debug, Clone)]
struct Row {
    value: String,
    threshold: String,
    model: String,
    knowledge: String,
}

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let binary = Path::new(option(arguments, "--binary").unwrap_or("target/release/contested"));
    let shared = PathBuf::from(option(arguments, "--shared").unwrap_or("../shared"));
    let write = arguments.iter().any(|argument| argument == "--write");
    let (model, knowledge) = made_by(binary)?;
    let mut measured = BTreeMap::new();
    for (set, folder) in [
        ("own", PathBuf::from("eval/own")),
        ("dev", shared.join("gold/dev")),
        ("train", shared.join("gold/train")),
    ] {
        if folder.is_dir() {
            measure(binary, set, &folder, &mut measured)?;
        } else {
            println!("{set}: {} is not here, so its rows are not measured", folder.display());
        }
    }
    let committed = read_table()?;
    let mut table = committed.clone();
    let mut complaints = Vec::new();
    for (name, value) in &measured {
        let row = table.entry(name.clone()).or_insert_with(|| Row {
            value: String::new(),
            threshold: String::new(),
            model: String::new(),
            knowledge: String::new(),
        });
        if row
            .threshold
            .parse::<f64>()
            .is_ok_and(|threshold| value.parse::<f64>().is_ok_and(|value| value < threshold))
        {
            complaints.push(format!("{name} is {value}, below its threshold of {}", row.threshold));
        }
        *row = Row {
            value: value.clone(),
            threshold: row.threshold.clone(),
            model: model.clone(),
            knowledge: knowledge.clone(),
        };
    }
    for (name, new) in &table {
        let old = committed.get(name).map_or("nothing", |row| row.value.as_str());
        println!("{name:32} {:>8}  threshold {:>6}  committed {old}", new.value, new.threshold);
    }
    if write {
        write_table(&table)?;
    } else {
        for (name, row) in &committed {
            let ours = ["own.", "dev.", "train."].iter().any(|set| name.starts_with(set));
            if ours && (row.model != model || row.knowledge != knowledge) {
                complaints.push(format!("{name} was measured with another model or other knowledge"));
            } else if measured.get(name).is_some_and(|value| *value != row.value) {
                complaints.push(format!("{name} is {} now, but {} in the table", measured[name], row.value));
            }
        }
        for name in measured.keys().filter(|name| !committed.contains_key(*name)) {
            complaints.push(format!("{name} is not in the table"));
        }
    }
    let hint = "; `cargo xtask results --write` brings values up to date, thresholds are changed by hand";
    ensure!(
        complaints.is_empty(),
        "{TABLE}:\n  {}\n{}",
        complaints.join("\n  "),
        if write { "" } else { &hint[2..] }
    );
    Ok(())
}

/// Digests of model and knowledge, as the program writes them into claims.
fn made_by(binary: &Path) -> anyhow::Result<(String, String)> {
    let output = Command::new(binary).args(["extract", "eval/own/reports.jsonl"]).output();
    let output = output.with_context(|| {
        format!("cannot run {}: build it with --release, or name it with --binary", binary.display())
    })?;
    let text = String::from_utf8(output.stdout)?;
    let claim: Value = serde_json::from_str(text.lines().next().context("eval/own tells no claim")?)?;
    let of = |key: &str| claim["extractor"][key].as_str().unwrap_or_default().to_owned();
    Ok((of("model"), of("knowledge")))
}

fn measure(
    binary: &Path,
    set: &str,
    folder: &Path,
    measured: &mut BTreeMap<String, String>,
) -> anyhow::Result<()> {
    let output = Command::new(binary).arg("eval").arg(folder).arg("--json").output()?;
    ensure!(
        output.status.success(),
        "`contested eval {}` failed: {}",
        folder.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    let figures: Value = serde_json::from_slice(&output.stdout)?;
    for name in FOLLOWED {
        let value = name.split('.').try_fold(&figures, |value, key| value.get(key));
        if let Some(value) = value.filter(|value| value.is_number()) {
            measured.insert(format!("{set}.{name}"), value.to_string());
        }
    }
    Ok(())
}

fn read_table() -> anyhow::Result<BTreeMap<String, Row>> {
    let mut table = BTreeMap::new();
    if !Path::new(TABLE).is_file() {
        return Ok(table);
    }
    for record in csv::Reader::from_path(TABLE)?.records() {
        let record = record?;
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        table.insert(cell(0), Row { value: cell(1), threshold: cell(2), model: cell(3), knowledge: cell(4) });
    }
    Ok(table)
}

fn write_table(table: &BTreeMap<String, Row>) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_path(TABLE)?;
    writer.write_record(["measure", "value", "threshold", "model", "knowledge"])?;
    for (name, Row { value, threshold, model, knowledge }) in table {
        writer.write_record([name, value, threshold, model, knowledge])?;
    }
    Ok(writer.flush()?)
}
