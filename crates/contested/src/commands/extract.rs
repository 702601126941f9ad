use std::collections::BTreeMap;
use std::io::Write as _;

use clap::Args;
use serde_json::json;

use crate::commands::add::unread_in_words;
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
  contested extract articles.csv --map 'text=article_content,published=date:%m/%d/%Y'
  xz -dc reports.jsonl.xz | contested extract -")]
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
        every_language: args.input.every_language,
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
    tell_unread(&run.unread, args.json);
    Ending::of(run.tally, run.defects)
}

/// Says on standard error what was not read for its language.
fn tell_unread(unread: &BTreeMap<&'static str, u64>, json: bool) {
    let words = unread_in_words(unread);
    if words.is_empty() {
        return;
    }
    let text = if json {
        json!({"record": "diagnostic", "level": "note", "code": "not-read-language", "languages": unread})
            .to_string()
    } else {
        let hint = "read them all the same with --every-language";
        format!("note: {}\n  hint: {hint}", words.trim_start_matches("; "))
    };
    // Nothing can be done when standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
}
