use clap::Args;
use contested_assess::situation;

use crate::page::situation::print;
use crate::store::{SituationArgs, StoreArgs};

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
  contested sitrep SY --as html > situation.html
  contested sitrep --json | jq '.control[] | {place: .place.name, status, holder}'")]
pub(crate) struct SitrepArgs {
    /// Only what touches this place or country
    area: Option<String>,
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    situation: SituationArgs,
}

pub(crate) fn run(args: &SitrepArgs) -> anyhow::Result<()> {
    let SituationArgs { time, since, .. } = &args.situation;
    let known = args.store.bearing(time, args.area.as_deref(), *since)?;
    let question = known.question(args.area.clone(), args.situation.since);
    print(&situation(&known.kept, &question, &known.basis()), &args.situation)
}
