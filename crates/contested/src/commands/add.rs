use std::collections::BTreeMap;

use clap::Args;
use contested_ledger::Ledger;
use jiff::Timestamp;
use serde_json::json;

use crate::adding::{Outcome, add, reextract};
use crate::exit::Ending;
use crate::extraction::{Run, RunOptions};
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
  contested add CC-NEWS-20171108101010-00042.warc.gz page.html feed.xml reliefweb.json.gz
  contested add articles.csv --map 'text=article_content,published=date:%m/%d/%Y,source=source'
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
    if args.reextract && !Ledger::may_be(&args.store.store) {
        // Nothing to extract again: say so instead of making an empty ledger.
        args.store.read()?;
    }
    let mut ledger = Ledger::open(&args.store.store)?;
    let options = RunOptions {
        threads: args.threads,
        json: args.json,
        knowledge: crate::imports::knowledge(&args.store.store)?,
        every_language: args.input.every_language,
    };
    let now = Timestamp::now();
    let (outcome, run) = if args.reextract {
        let (outcome, defects) = reextract(&mut ledger, options, now)?;
        (outcome, Run { defects, ..Run::default() })
    } else {
        add(&mut ledger, &args.input, options, now)?
    };
    let mut output = Output::new();
    let Outcome { new, again, known, claims, disputes, forgotten, undated } = outcome;
    if args.json {
        output.json(&json!({"record": "added", "store": Ledger::shown(&args.store.store), "reports": new, "extracted_again": again, "already_there": known,
                            "forgotten": forgotten, "claims": claims, "disputes": disputes, "undated": undated,
                            "not_read": run.unread}))?;
    } else {
        output.line(format!("{}{}", in_words(&outcome), unread_in_words(&run.unread)))?;
    }
    output.finish()?;
    Ending::of(run.tally, run.defects)
}

/// "; 3 reports were not read, for they are not English (Arabic 2, French 1)".
pub(crate) fn unread_in_words(unread: &BTreeMap<&'static str, u64>) -> String {
    let all: u64 = unread.values().sum();
    let mut languages: Vec<(u64, &str)> = unread.iter().map(|(name, count)| (*count, *name)).collect();
    languages.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let languages: Vec<String> = languages.iter().map(|(count, name)| format!("{name} {count}")).collect();
    match all {
        0 => String::new(),
        1 => format!("; 1 report was not read, for it is not English ({})", languages.join(", ")),
        many => {
            format!("; {many} reports were not read, for they are not English ({})", languages.join(", "))
        }
    }
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
    let text = match outcome.undated {
        0 => text,
        1 => text + "; 1 of the new reports has no date",
        many => format!("{text}; {many} of the new reports have no date"),
    };
    match outcome.forgotten {
        0 => text,
        many => format!(
            "{text}; {} had to be forgotten before, and stayed out",
            count(n(many), "report", "reports")
        ),
    }
}
