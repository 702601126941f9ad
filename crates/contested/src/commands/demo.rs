use anyhow::Context as _;
use clap::Args;
use contested_assess::situation;
use contested_ledger::Ledger;
use jiff::Timestamp;
use jiff::civil::Date;

use super::sitrep::question;
use crate::adding::add;
use crate::extraction::RunOptions;
use crate::input::InputArgs;
use crate::output::Output;
use crate::page::Page;
use crate::page::situation::{Limits, set};
use crate::store::{TimeArgs, known};
use crate::world;

/// Reports written by this project; see `demo/README.md`.
const REPORTS: &str = include_str!("../../demo/eastern-syria.jsonl");

/// Load the bundled reports into a throw-away ledger, print the situation report and exit
///
/// The reports are the project's own words about a publicly documented campaign: eastern Syria, October to December 2017. Outlets are named
/// generically, and they contradict one another as the real ones did.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested demo
  contested demo --as-of 2017-11-12 --known-at 2017-11-12
  contested demo --json | jq '.disputes[].about'")]
pub(crate) struct DemoArgs {
    #[command(flatten)]
    time: TimeArgs,
    /// Changes from this day on; default: the first report
    #[arg(long, value_name = "DATE", value_parser = crate::input::date)]
    since: Option<Date>,
    /// List everything, however long
    #[arg(long)]
    all: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &DemoArgs) -> anyhow::Result<()> {
    let folder =
        tempfile::tempdir().context("cannot make a temporary folder for the demonstration's ledger")?;
    let reports = folder.path().join("eastern-syria.jsonl");
    std::fs::write(&reports, REPORTS).context("cannot write the bundled reports to a temporary folder")?;
    let mut ledger = Ledger::open(&folder.path().join("demo.db"))?;
    add(&mut ledger, &InputArgs::file(reports), RunOptions::default(), Timestamp::now())?;
    let known = known(&ledger, &args.time)?;
    // The whole campaign is the news of a demonstration.
    let since = args.since.or_else(|| known.kept.iter().map(|kept| kept.known).min());
    let found = situation(&known.kept, &question(&known, args.time.known_at, since, None), &world::Known);
    let mut output = Output::new();
    if args.json {
        output.json(&found)?;
    } else {
        let mut page = Page::for_output();
        set(&mut page, &found, if args.all { Limits::ALL } else { Limits::BRIEF });
        output.bytes(page.into_text().as_bytes())?;
    }
    output.finish()
}
