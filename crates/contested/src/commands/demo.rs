use anyhow::Context as _;
use clap::Args;
use contested_assess::situation;
use contested_ledger::Ledger;
use jiff::Timestamp;

use crate::adding::add;
use crate::extraction::RunOptions;
use crate::input::InputArgs;
use crate::page::situation::print;
use crate::store::{SituationArgs, known};

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
    situation: SituationArgs,
}

pub(crate) fn run(args: &DemoArgs) -> anyhow::Result<()> {
    let folder =
        tempfile::tempdir().context("cannot make a temporary folder for the demonstration's ledger")?;
    let reports = folder.path().join("eastern-syria.jsonl");
    std::fs::write(&reports, REPORTS).context("cannot write the bundled reports to a temporary folder")?;
    let mut ledger = Ledger::open(&folder.path().join("demo.db"))?;
    add(&mut ledger, &InputArgs::file(reports), RunOptions::default(), Timestamp::now())?;
    let known = known(&ledger, &args.situation.time)?;
    // The whole campaign is the news of a demonstration.
    let first = known.kept.iter().map(|kept| kept.known).min();
    let question = known.question(&args.situation, None, first);
    print(&situation(&known.kept, &question, &known.basis()), &args.situation)
}
