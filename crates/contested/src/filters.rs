//! Which claims a command is about.

use clap::Args;
use contested_ledger::{Around, Filter, Tellings};
use contested_model::{ClaimType, UnknownType};
use jiff::civil::Date;

use crate::input::date;
use crate::store::TimeArgs;

/// Options that choose claims.
#[derive(Debug, Clone, Args)]
pub(crate) struct FilterArgs {
    #[command(flatten)]
    pub(crate) time: TimeArgs,
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
}

impl FilterArgs {
    /// The filter that they ask for.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            as_of: self.time.as_of,
            known_at: self.time.known_at,
            since: self.since,
            place: self.place.clone(),
            actor: self.actor.clone(),
            source: self.source.clone(),
            types: self.types.iter().map(ToString::to_string).collect(),
            kinds: self.kinds.clone(),
            polarity: self.denied.then(|| "negative".to_owned()),
            words: self.words.clone(),
            country: self.country.clone(),
            around: self.near.map(|(lat, lon)| Around { lat, lon, km: self.within }),
            claim: None,
            tellings: match (self.all, self.rejected) {
                (true, _) => Tellings::All,
                (_, true) => Tellings::Rejected,
                _ => Tellings::Counted,
            },
            limit: self.limit,
            latest: self.latest,
            ..Filter::default()
        }
    }
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
