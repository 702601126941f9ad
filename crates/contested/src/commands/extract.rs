use clap::Args;

use crate::exit::Ending;
use crate::extraction::{RunOptions, for_each};
use crate::input::InputArgs;
use crate::output::{Output, push_line};

/// Turn reports into claims and disputes, as JSON Lines; no ledger is touched
///
/// Output comes in the order of the input and is the same to the byte on every run, machine and number of threads. Problems with the input
/// go to standard error and never stop the rest.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested extract report.txt --source Reuters --published 2017-11-08
  contested extract reports.jsonl > claims.jsonl
  contested extract archive/ --threads 4 | jq -r 'select(.type == \"seize\") | .evidence.quote'
  gzip -dc reports.jsonl.gz | contested extract -")]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Threads to use; 0 is one a core
    #[arg(long, default_value_t = 0, value_name = "N")]
    threads: usize,
    /// Tell problems as JSON Lines, too (claims always are)
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &ExtractArgs) -> anyhow::Result<()> {
    let mut output = Output::new();
    let options = RunOptions {
        threads: args.threads,
        json: args.json,
        knowledge: crate::imports::knowledge(std::path::Path::new(crate::store::DEFAULT))?,
    };
    let run = for_each(
        &args.input,
        options,
        |_, told| {
            let mut lines = Vec::new();
            told.claims.iter().try_for_each(|claim| push_line(&mut lines, claim))?;
            told.disputes.iter().try_for_each(|dispute| push_line(&mut lines, dispute))?;
            Ok(lines)
        },
        |lines| output.bytes(&lines),
    )?;
    output.finish()?;
    Ending::of(run.tally, run.defects)
}
