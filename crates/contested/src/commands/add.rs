use clap::Args;
use contested_ledger::Ledger;
use contested_read::Tally;
use jiff::Timestamp;
use serde_json::json;

use crate::adding::{Outcome, add, reextract};
use crate::exit::Ending;
use crate::extraction::RunOptions;
use crate::input::InputArgs;
use crate::output::Output;
use crate::page::count;
use crate::store::StoreArgs;

/// Read reports, extract their claims and add them to the ledger
///
/// The ledger is made if there is none. A report that is in it already changes nothing. Every batch is one transaction: after a crash or a
/// power cut, adding the same files again adds what is missing and nothing twice. Copies of earlier reports are kept and do not count as
/// second tellings; another text at the address of an earlier report is a new version of it.
///
/// With `--reextract` the reports of the ledger are read again by this version of the program, with the imports of today. Old claims stay; what
/// people decided holds for the new ones, too. A run that was cut off goes on where it was.
#[derive(Debug, Args)]
#[command(mut_arg("paths", |paths| paths.required(false).required_unless_present("reextract")), after_help = "\
Examples:
  contested add report.txt --source Reuters --published 2017-11-08
  contested add reports.jsonl --store syria.db
  contested add archive/ --threads 4 --json
  contested add --reextract --store syria.db")]
pub(crate) struct AddArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    store: StoreArgs,
    /// Extract the ledger's own reports again, all that have no claims of this version of the program
    #[arg(long, conflicts_with = "paths")]
    reextract: bool,
    /// Threads to use; 0 is one a core
    #[arg(long, default_value_t = 0, value_name = "N")]
    threads: usize,
    /// Say what was added as one JSON object, and problems as JSON Lines
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &AddArgs) -> anyhow::Result<()> {
    if args.reextract && !args.store.store.exists() {
        // Nothing to extract again: say so instead of making an empty ledger.
        args.store.read()?;
    }
    let mut ledger = Ledger::open(&args.store.store)?;
    let options = RunOptions {
        threads: args.threads,
        json: args.json,
        knowledge: crate::imports::knowledge(&args.store.store)?,
    };
    let now = Timestamp::now();
    let (outcome, tally, defects) = if args.reextract {
        let (outcome, defects) = reextract(&mut ledger, options, now)?;
        (outcome, Tally::default(), defects)
    } else {
        let (outcome, run) = add(&mut ledger, &args.input, options, now)?;
        (outcome, run.tally, run.defects)
    };
    let mut output = Output::new();
    let Outcome { new, again, known, claims, disputes, forgotten } = outcome;
    if args.json {
        output.json(&json!({"record": "added", "store": args.store.store, "reports": new, "extracted_again": again, "already_there": known,
                            "forgotten": forgotten, "claims": claims, "disputes": disputes}))?;
    } else {
        output.line(in_words(&outcome))?;
    }
    output.finish()?;
    Ending::of(tally, defects)
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
    let text = match outcome.known {
        0 => text,
        1 => text + "; 1 report was already in the ledger",
        many => format!("{text}; {many} reports were already in the ledger"),
    };
    match outcome.forgotten {
        0 => text,
        many => format!(
            "{text}; {} had to be forgotten before, and stayed out",
            count(n(many), "report", "reports")
        ),
    }
}
