use clap::Args;
use contested_assess::{phrase, root};
use contested_ledger::Filter;
use contested_model::{ClaimType, Kept, UnknownType};
use jiff::civil::Date;

use crate::input::date;
use crate::output::{Output, push_line};
use crate::page::{Page, count, day};
use crate::store::{StoreArgs, TimeArgs};

/// Claims of the ledger, in the order of the days they speak of
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested claims --place 'Albu Kamal' --type seize
  contested claims --source 'State agency' --denied
  contested claims --words 'crossed border' --json | jq -r .evidence.quote")]
pub(crate) struct ClaimsArgs {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    time: TimeArgs,
    /// Only what stands on this day or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Date>,
    /// Of this place: name or gazetteer id
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// With this agent or target: name or id
    #[arg(long, value_name = "ACTOR")]
    actor: Option<String>,
    /// Told by this outlet, or vouched for or relayed by this source
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
    /// Of this type (`seize`, `holds`, …); may be repeated
    #[arg(long = "type", value_name = "TYPE", value_parser = claim_type)]
    types: Vec<ClaimType>,
    /// Of this kind; may be repeated
    #[arg(long = "kind", value_name = "KIND", value_parser = ["event", "control", "relation", "outlook"])]
    kinds: Vec<String>,
    /// Only denials
    #[arg(long)]
    denied: bool,
    /// Whose sentence has all these words
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// Print the records as JSON Lines
    #[arg(long)]
    json: bool,
}

fn claim_type(word: &str) -> Result<ClaimType, String> {
    word.parse().map_err(|unknown: UnknownType| unknown.to_string())
}

pub(crate) fn run(args: &ClaimsArgs) -> anyhow::Result<()> {
    let ledger = args.store.read()?;
    let found = ledger.claims(&Filter {
        as_of: args.time.as_of,
        known_at: args.time.known_at,
        since: args.since,
        place: args.place.clone(),
        actor: args.actor.clone(),
        source: args.source.clone(),
        types: args.types.iter().map(ToString::to_string).collect(),
        kinds: args.kinds.clone(),
        polarity: args.denied.then(|| "negative".to_owned()),
        words: args.words.clone(),
        limit: args.limit,
    })?;
    let mut output = Output::new();
    if args.json {
        let mut lines = Vec::new();
        found.iter().try_for_each(|kept| push_line(&mut lines, &kept.claim))?;
        output.bytes(&lines)?;
    } else {
        let mut page = Page::for_output();
        for kept in &found {
            set(&mut page, kept);
        }
        page.aside("", &count(found.len(), "claim", "claims"));
        output.bytes(page.into_text().as_bytes())?;
    }
    output.finish()
}

fn set(page: &mut Page, kept: &Kept) {
    let claim = &kept.claim;
    let source = root(claim);
    let told = if claim.time.is_some() { "" } else { "told " };
    page.paragraph("", &format!("{told}{}  {} [{}]", day(kept.day()), phrase(claim), claim.claim_type));
    let from =
        source.outlet.map_or_else(|| source.name.clone(), |outlet| format!("{outlet} ← {}", source.name));
    page.aside("    ", &format!("{from}, {}: “{}”", day(kept.known), claim.evidence.quote.trim()));
}
