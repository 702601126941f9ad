use std::fs::File;
use std::io::{BufReader, Write as _};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use crate::moving::{Moved, read_ledger};
use crate::output::Output;
use crate::page::count;
use crate::slices::{Taken, parquet_files, take_in};
use crate::store::StoreArgs;

/// Take in a ledger that somebody exported with `export ledger --as jsonl`, or claims in Parquet
///
/// Reports, the claims that each extractor drew from them and what people decided are added as they were, with their days. What the ledger has already
/// stays as it is. A file that breaks off is told with its line; what stood before it is taken in, and importing the whole file again adds the rest.
///
/// Claims in Parquet (`export claims --as parquet`; a file, or a folder of them) come without the words of their reports: they answer every question but what
/// else a report says, and `add --reextract` passes them over. What is there already is not taken in twice. This needs a build with Arrow.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested import desk.jsonl
  contested import desk.jsonl --store joint.db
  contested import archive/month=2017-11/claims.parquet --store november.db
  contested export ledger --as jsonl --store desk.db | contested import - --store copy.db")]
pub(crate) struct ImportArgs {
    /// The file, or a folder of Parquet files; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    store: StoreArgs,
    /// Say what was taken in as one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &ImportArgs) -> anyhow::Result<()> {
    if let Some(files) = parquet_files(&args.file)? {
        return slices(args, &files);
    }
    let name = args.file.display().to_string();
    let moved = if name == "-" {
        read_ledger(&args.store.store, "standard input", std::io::stdin().lock())
    } else {
        let file = File::open(&args.file).with_context(|| format!("{name} cannot be read"))?;
        read_ledger(&args.store.store, &name, BufReader::new(file))
    }?;
    let Moved { extractions, decisions, known } = moved;
    let mut output = Output::new();
    if args.json {
        output.json(&json!({"record": "imported", "store": contested_ledger::Ledger::shown(&args.store.store), "extractions": extractions, "decisions": decisions,
                            "decisions_already_there": known}))?;
    } else {
        let what = format!("took in {}", count(extractions, "extracted report", "extracted reports"));
        let decided = count(decisions, "decision", "decisions");
        let there = if known > 0 { format!("; {known} were there already") } else { String::new() };
        writeln!(output, "{what} and {decided}{there}").context("cannot write to standard output")?;
    }
    output.finish()
}

/// Claims without the words of their reports.
fn slices(args: &ImportArgs, files: &[PathBuf]) -> anyhow::Result<()> {
    let Taken { claims, reports, read } = take_in(&args.store.store, files)?;
    let mut output = Output::new();
    if args.json {
        output.json(&json!({"record": "imported", "store": args.store.store, "files": files.len(), "claims": claims, "claims_read": read, "reports": reports}))?;
    } else {
        let what = format!("took in {} of {read}", count(claims as usize, "claim", "claims"));
        let of = count(reports as usize, "new report", "new reports");
        writeln!(output, "{what}, from {of}, without their words")
            .context("cannot write to standard output")?;
    }
    output.finish()
}
