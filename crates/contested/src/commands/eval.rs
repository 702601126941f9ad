use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use contested_eval::{Gold, Predictions, score};

use crate::exit::Ending;
use crate::extraction::{Run, RunOptions, for_each};
use crate::input::InputArgs;
use crate::output::Output;

/// Score claims against annotated reports
///
/// GOLD_DIR holds `*.gold.json` (annotations) and, unless predictions are given, `reports.jsonl` (the texts to extract from). Prints
/// precision, recall and F1 of claims found, the share of right attributes, and F1 of claims right in everything.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested eval eval/own
  contested eval eval/own --errors 20
  contested eval gold/ --predictions claims.jsonl --json | jq .strict.f1")]
pub(crate) struct EvalArgs {
    /// Folder of annotated reports
    gold_dir: PathBuf,
    /// Score these claims (JSON Lines) instead of extracting
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Print figures as JSON
    #[arg(long)]
    json: bool,
    /// List so many errors after the figures
    #[arg(long, default_value_t = 0, value_name = "N")]
    errors: usize,
    /// Score these reports only
    #[arg(long, value_name = "ID", num_args = 1..)]
    doc: Vec<String>,
    /// Threads to use; 0 is one a core
    #[arg(long, default_value_t = 0, value_name = "N")]
    threads: usize,
}

pub(crate) fn run(args: &EvalArgs) -> anyhow::Result<()> {
    let mut gold = read_gold(&args.gold_dir)?;
    if !args.doc.is_empty() {
        gold.retain(|doc| args.doc.iter().any(|id| id == doc.doc()));
        ensure!(!gold.is_empty(), "none of the reports named with `--doc` is in {}", args.gold_dir.display());
    }
    let (predictions, run) = match &args.predictions {
        Some(path) => (read_predictions(path)?, Run::default()),
        None => extract(args)?,
    };
    let scored = score(&gold, &predictions);
    let mut output = Output::new();
    if args.json {
        output.json(&scored.figures)?;
    } else {
        output.line(&scored.figures)?;
    }
    for error in scored.errors.iter().take(args.errors) {
        output.line(format_args!("  {error}"))?;
    }
    output.finish()?;
    Ending::of(run.tally, run.defects)
}

fn read_gold(folder: &Path) -> anyhow::Result<Vec<Gold>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.as_os_str().as_encoded_bytes().ends_with(b".gold.json"));
    paths.sort();
    ensure!(
        !paths.is_empty(),
        "{} holds no `*.gold.json`: name a folder of annotated reports",
        folder.display()
    );
    let read = |path: PathBuf| {
        let json = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Gold::parse(&json).with_context(|| path.display().to_string())
    };
    paths.into_iter().map(read).collect()
}

fn read_predictions(path: &Path) -> anyhow::Result<Predictions> {
    let lines = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Predictions::parse(&lines).with_context(|| path.display().to_string())
}

fn extract(args: &EvalArgs) -> anyhow::Result<(Predictions, Run)> {
    let reports = args.gold_dir.join("reports.jsonl");
    if !reports.is_file() {
        bail!(
            "{} is missing: put the reports' texts there, or name claims with `--predictions`",
            reports.display()
        );
    }
    let mut predictions = Predictions::default();
    let run = for_each(
        &InputArgs::file(reports),
        RunOptions { threads: args.threads, json: args.json, ..RunOptions::default() },
        |_, told| {
            let claims = told.claims.iter().map(serde_json::to_value);
            let disputes = told.disputes.iter().map(serde_json::to_value);
            Ok(claims.chain(disputes).collect::<Result<Vec<_>, _>>()?)
        },
        |records| {
            for record in records {
                predictions.push(record);
            }
            Ok(())
        },
    )?;
    Ok((predictions, run))
}
