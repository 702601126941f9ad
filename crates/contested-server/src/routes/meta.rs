use std::sync::Arc;

use axum::extract::State;
use contested_model::{ClaimType, Kind};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use crate::app::App;
use crate::asked::Asked;
use crate::query::MomentQuery;
use crate::reply::{Caller, current};

/// What the server is and what its ledger holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Meta {
    /// Version of the program.
    version: &'static str,
    /// The state of the ledger that the assessed answers are of.
    revision: String,
    /// How much the ledger holds.
    ledger: MetaLedger,
    /// First and last day on which anything was reported; null while the ledger is empty.
    days: Option<MetaDays>,
    /// Kinds of claims.
    #[schema(value_type = Vec<String>)]
    kinds: Vec<&'static str>,
    /// Types of claims, with the kind of each.
    types: Vec<MetaType>,
    /// Digest of the language model.
    model: String,
    /// Digest of what is known of the world.
    knowledge: String,
    /// Whether this is the demonstration.
    demo: bool,
    /// Whether the interface wants a token.
    token_required: bool,
}

/// How much a ledger holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MetaLedger {
    /// Reports.
    reports: u64,
    /// Claims that count.
    claims: u64,
    /// Reports that are copies of others.
    copies: u64,
    /// Reports that had to be forgotten.
    forgotten: u64,
}

/// First and last day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MetaDays {
    #[schema(value_type = String, format = Date)]
    first: Date,
    #[schema(value_type = String, format = Date)]
    last: Date,
}

/// A type of claim.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MetaType {
    /// `seize`, `holds`, …
    #[schema(value_type = String)]
    name: &'static str,
    /// `event`, `control`, `relation` or `outlook`.
    #[schema(value_type = String)]
    kind: &'static str,
}

/// What the server is and what its ledger holds
#[utoipa::path(get, path = "/meta", tag = "ledger", params(MomentQuery), responses((status = 200, body = Meta)))]
pub(crate) async fn meta(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<MomentQuery>,
) -> Answer {
    query.moment()?;
    let (now, tag) = current!(app, caller);
    let totals = now.totals().await?;
    let counts = totals.counts;
    tag.json(&Meta {
        version: env!("CARGO_PKG_VERSION"),
        revision: now.revision.clone(),
        ledger: MetaLedger {
            reports: counts.reports,
            claims: counts.claims,
            copies: counts.copies,
            forgotten: counts.forgotten,
        },
        days: totals.days.map(|[first, last]| MetaDays { first, last }),
        kinds: [Kind::Event, Kind::Control, Kind::Relation, Kind::Outlook].map(Kind::as_str).to_vec(),
        types: ClaimType::ALL
            .iter()
            .map(|t| MetaType { name: t.as_str(), kind: t.kind().as_str() })
            .collect(),
        model: app.made.model.clone(),
        knowledge: app.made.knowledge.clone(),
        demo: app.settings.demo,
        token_required: app.settings.wants_token(),
    })
}
