use clap::Args;
use contested_assess::{phrase, root};
use contested_model::Kept;

use super::review::short;
use crate::filters::FilterArgs;
use crate::output::{Output, push_line};
use crate::page::{Page, count, day};
use crate::store::StoreArgs;

/// Claims of the ledger, in the order of the days they speak of
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested claims --place 'Albu Kamal' --type seize
  contested claims --source 'State agency' --denied
  contested claims --near 34.45,40.92 --within 15km --since 2017-11-01
  contested claims --all                       copies and superseded versions, too
  contested claims --words 'crossed border' --json | jq -r .evidence.quote")]
pub(crate) struct ClaimsArgs {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    filter: FilterArgs,
    /// Print the records as JSON Lines
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &ClaimsArgs) -> anyhow::Result<()> {
    let ledger = args.store.read()?;
    let found = ledger.claims(&args.filter.filter())?;
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
    let (known, quote) = (day(kept.known), claim.evidence.quote.trim());
    page.aside("    ", &format!("{from}, {known}: “{quote}” {}", short(&claim.key)));
}
