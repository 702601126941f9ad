use clap::Args;
use contested_assess::{phrase, root};
use contested_ledger::{Around, Filter, Tellings};
use contested_model::{ClaimType, Kept, UnknownType};
use jiff::civil::Date;

use super::review::short;
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
  contested claims --near 34.45,40.92 --within 15km --since 2017-11-01
  contested claims --all                       copies and superseded versions, too
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
    /// Of places in this country (ISO 3166-1 alpha-2)
    #[arg(long, value_name = "CC")]
    country: Option<String>,
    /// Of places around this point: degrees north and east, as in `34.45,40.92`
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    near: Option<(f64, f64)>,
    /// How far from it, as in `15km`
    #[arg(long, value_name = "KM", value_parser = kilometres, requires = "near", default_value = "10km")]
    within: f64,
    /// Those of copies and of superseded versions of reports, too, which do not count as tellings of their own
    #[arg(long)]
    all: bool,
    /// Only those that somebody rejected
    #[arg(long, conflicts_with = "all")]
    rejected: bool,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// With `--limit`: the last ones rather than the first
    #[arg(long, requires = "limit")]
    latest: bool,
    /// Print the records as JSON Lines
    #[arg(long)]
    json: bool,
}

fn claim_type(word: &str) -> Result<ClaimType, String> {
    word.parse().map_err(|unknown: UnknownType| unknown.to_string())
}

/// "34.45,40.92".
fn point(text: &str) -> Result<(f64, f64), String> {
    let wrong = || "write degrees north and east, as in 34.45,40.92".to_owned();
    let (lat, lon) = text.split_once(',').ok_or_else(wrong)?;
    let (lat, lon): (f64, f64) =
        (lat.trim().parse().map_err(|_| wrong())?, lon.trim().parse().map_err(|_| wrong())?);
    if lat.abs() <= 90.0 && lon.abs() <= 180.0 { Ok((lat, lon)) } else { Err(wrong()) }
}

/// "15km", or a bare number.
fn kilometres(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix("km").unwrap_or(text).trim().parse::<f64>();
    number
        .ok()
        .filter(|km| (0.0..=20_000.0).contains(km))
        .ok_or_else(|| "write kilometres, as in 15km".to_owned())
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
        country: args.country.clone(),
        around: args.near.map(|(lat, lon)| Around { lat, lon, km: args.within }),
        claim: None,
        tellings: match (args.all, args.rejected) {
            (true, _) => Tellings::All,
            (_, true) => Tellings::Rejected,
            _ => Tellings::Counted,
        },
        limit: args.limit,
        latest: args.latest,
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
    let (known, quote) = (day(kept.known), claim.evidence.quote.trim());
    page.aside("    ", &format!("{from}, {known}: “{quote}” {}", short(&claim.key)));
}
