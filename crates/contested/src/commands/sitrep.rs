use clap::Args;
use contested_assess::{Question, situation};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::input::date;
use crate::output::Output;
use crate::page::Page;
use crate::page::situation::{Limits, set};
use crate::store::{Known, StoreArgs, TimeArgs};
use crate::world;

/// Days of "what changed", unless `--since` says otherwise.
const USUAL_DAYS: i64 = 7;

/// The situation in words: who holds what, what is disputed, what changed, with every source
///
/// Contested places come first. Every line says who tells it: the outlet, then after an arrow the root source that it quotes, and the day.
/// AREA is a place's name, or a country's two letters.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested sitrep
  contested sitrep IQ --since 2017-11-01
  contested sitrep --as-of 2017-11-10 --known-at 2017-11-10
  contested sitrep --json | jq '.control[] | {place: .place.name, status, holder}'")]
pub(crate) struct SitrepArgs {
    /// Only what touches this place or country
    area: Option<String>,
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    time: TimeArgs,
    /// Changes from this day on; default: a week before the day asked for
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Date>,
    /// List everything, however long
    #[arg(long)]
    all: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &SitrepArgs) -> anyhow::Result<()> {
    let known = args.store.known(&args.time)?;
    let question = question(&known, args.time.known_at, args.since, args.area.clone());
    let found = situation(&known.kept, &question, &world::Known);
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

/// The question that the arguments ask of what is known.
pub(crate) fn question(
    known: &Known,
    known_at: Option<Date>,
    since: Option<Date>,
    area: Option<String>,
) -> Question {
    let since = since.unwrap_or_else(|| known.as_of.saturating_sub(USUAL_DAYS.days()));
    Question { as_of: known.as_of, known_at, since, area }
}
