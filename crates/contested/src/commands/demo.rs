use anyhow::Context as _;
use clap::Args;
use contested_assess::situation;
use contested_knowledge::Knowledge;
use contested_ledger::Ledger;
use jiff::Timestamp;

use crate::adding::add;
use crate::commands::serve::{AddressArgs, serve};
use crate::extraction::RunOptions;
use crate::input::InputArgs;
use crate::page::situation::print;
use crate::store::{SituationArgs, known};

/// Reports written by this project; see `demo/README.md`.
const REPORTS: &str = include_str!("../../demo/eastern-syria.jsonl");

/// Load the bundled reports into a throw-away ledger, print the situation report and exit; with `--serve` open them on the map
///
/// The reports are the project's own words about a publicly documented campaign: eastern Syria, October to December 2017. Outlets are named
/// generically, and they contradict one another as the real ones did.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested demo
  contested demo --as-of 2017-11-12 --known-at 2017-11-12
  contested demo --json | jq '.disputes[].about'
  contested demo --serve                         the campaign on a page: the address is printed
  contested demo --serve --open --bind 127.0.0.1:8000")]
pub(crate) struct DemoArgs {
    #[command(flatten)]
    situation: SituationArgs,
    /// Show the campaign on a page instead, until interrupted
    #[arg(long, conflicts_with_all = ["as_of", "known_at", "since", "all", "format", "json"])]
    serve: bool,
    #[command(flatten)]
    address: AddressArgs,
}

pub(crate) fn run(args: &DemoArgs) -> anyhow::Result<()> {
    let folder =
        tempfile::tempdir().context("cannot make a temporary folder for the demonstration's ledger")?;
    let reports = folder.path().join("eastern-syria.jsonl");
    std::fs::write(&reports, REPORTS).context("cannot write the bundled reports to a temporary folder")?;
    let mut ledger = Ledger::open(&folder.path().join("demo.db"))?;
    add(&mut ledger, &InputArgs::file(reports), RunOptions::default(), Timestamp::now())?;
    if args.serve {
        let store = ledger.path().to_owned();
        drop(ledger);
        return serve(&args.address, store, Knowledge::embedded(), true);
    }
    let time = &args.situation.time;
    let known = known(&ledger, time)?;
    // The whole campaign is the news of a demonstration.
    let question = known.question(None, args.situation.since.or(known.first()));
    print(&situation(&known.kept, &question, &known.basis()), &args.situation)
}
