use clap::Args;
use contested_ledger::Ledger;
use jiff::Timestamp;
use serde_json::json;

use crate::adding::{Outcome, add};
use crate::exit::Ending;
use crate::extraction::RunOptions;
use crate::input::InputArgs;
use crate::output::Output;
use crate::page::count;
use crate::store::StoreArgs;

/// Read reports, extract their claims and add them to the ledger
///
/// The ledger is made if there is none. A report that is in it already changes nothing. Every batch is one transaction: after a crash or a
/// power cut, adding the same files again adds what is missing and nothing twice.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested add report.txt --source Reuters --published 2017-11-08
  contested add reports.jsonl --store syria.db
  contested add archive/ --threads 4 --json")]
pub(crate) struct AddArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    store: StoreArgs,
    /// Threads to use; 0 is one a core
    #[arg(long, default_value_t = 0, value_name = "N")]
    threads: usize,
    /// Say what was added as one JSON object, and problems as JSON Lines
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &AddArgs) -> anyhow::Result<()> {
    let mut ledger = Ledger::open(&args.store.store)?;
    let options = RunOptions {
        threads: args.threads,
        json: args.json,
        knowledge: crate::imports::knowledge(&args.store.store)?,
    };
    let (outcome, run) = add(&mut ledger, &args.input, options, Timestamp::now())?;
    let mut output = Output::new();
    let Outcome { new, again, known, claims, disputes } = outcome;
    if args.json {
        output.json(&json!({"record": "added", "store": args.store.store, "reports": new, "extracted_again": again, "already_there": known,
                            "claims": claims, "disputes": disputes}))?;
    } else {
        output.line(in_words(&outcome))?;
    }
    output.finish()?;
    Ending::of(run.tally, run.defects)
}

/// "added 3 reports: 41 claims, 2 disputes; 1 report was already in the ledger".
pub(crate) fn in_words(outcome: &Outcome) -> String {
    let n = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    if outcome.new > 0 {
        parts.push(format!("added {}", count(n(outcome.new), "report", "reports")));
    }
    if outcome.again > 0 {
        parts.push(format!("extracted {} again", count(n(outcome.again), "report", "reports")));
    }
    let text = if parts.is_empty() {
        "nothing added".to_owned()
    } else {
        format!(
            "{}: {}, {}",
            parts.join(", "),
            count(n(outcome.claims), "claim", "claims"),
            count(n(outcome.disputes), "dispute", "disputes")
        )
    };
    match outcome.known {
        0 => text,
        1 => text + "; 1 report was already in the ledger",
        many => format!("{text}; {many} reports were already in the ledger"),
    }
}
