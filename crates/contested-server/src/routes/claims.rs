use std::sync::Arc;

use axum::extract::State;
use contested_answers::{Explained, beginnings, explained};
use contested_ledger::{Cursor, Filter, InReview, Ledger, Standing, Tellings};
use contested_model::{Claim, ClaimType, Kind};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use crate::app::App;
use crate::asked::{self, Asked, Id};
use crate::error::{Code, Fault};
use crate::geojson::{Features, of_claim};
use crate::paging::{List, bad_cursor};
use crate::pool::blocking;
use crate::query::{ClaimsQuery, MomentQuery, window};
use crate::reply::Caller;

/// A claim as it reads after what people decided, and where it stands with them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClaimOut {
    /// The record.
    #[serde(flatten)]
    #[schema(inline, value_type = crate::openapi::Claim)]
    pub(crate) claim: Claim,
    /// Reported time.
    #[schema(value_type = String, format = Date)]
    pub(crate) known: Date,
    /// `unreviewed`, `accepted`, `corrected` or `rejected`.
    #[schema(value_type = String)]
    pub(crate) standing: &'static str,
}

impl ClaimOut {
    pub(crate) fn of(found: InReview) -> Self {
        Self { known: found.known, standing: standing(found.standing), claim: found.claim }
    }
}

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Machine => "unreviewed",
        other => other.as_str(),
    }
}

/// A claim with how it came about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClaimFull {
    /// As it reads now.
    #[serde(flatten)]
    #[schema(inline)]
    claim: ClaimOut,
    /// Send it with a decision: it is refused where somebody decided meanwhile.
    version: i64,
    /// A newer extractor told it otherwise than when somebody last decided about it.
    changed: bool,
    /// What `contested explain --json` prints; null where the report had to be forgotten.
    #[schema(value_type = Option<Object>)]
    explanation: Option<Explained>,
    /// Other claims of the report that tell the same event.
    same_as_siblings: Vec<ClaimOut>,
}

/// Reads the filter of a query.
pub(crate) fn filter(query: &ClaimsQuery) -> Result<Filter, Fault> {
    let moment = query.moment()?;
    let (from, to) = window(query.from.as_ref(), query.to.as_ref())?;
    let kinds = asked::words("kind", query.kind.as_ref(), |word| {
        [Kind::Event, Kind::Control, Kind::Relation, Kind::Outlook].iter().any(|kind| kind.as_str() == word)
    })?;
    let types = asked::words("type", query.claim_type.as_ref(), |word| word.parse::<ClaimType>().is_ok())?;
    let polarity = asked::one_of("polarity", query.polarity.as_ref(), &["positive", "negative"])?;
    let wanted = asked::one_of(
        "standing",
        query.standing.as_ref(),
        &["unreviewed", "accepted", "corrected", "rejected"],
    )?;
    let order = asked::one_of("order", query.order.as_ref(), &["newest", "oldest"])?;
    Ok(Filter {
        as_of: match (moment.as_of, to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        },
        known_at: moment.known_at,
        since: from,
        place: query.place.clone(),
        actor: query.actor.clone(),
        source: query.source.clone(),
        country: query.country.clone(),
        types,
        kinds,
        polarity: polarity.map(str::to_owned),
        words: query.q.clone(),
        latest: order != Some("oldest"),
        report: query.report.clone(),
        tellings: if wanted == Some("rejected") { Tellings::Rejected } else { Tellings::Counted },
        standing: match wanted {
            Some("unreviewed") => Some(Standing::Machine),
            Some(word) => Standing::parse(word),
            None => None,
        },
        least: asked::share("confidence_min", query.confidence_min.as_ref())?,
        ..Filter::default()
    })
}

/// Where a page of claims begins.
pub(crate) fn after(query: &ClaimsQuery) -> Result<Option<Cursor>, Fault> {
    query.cursor.as_deref().map(|cursor| cursor.trim().parse().map_err(|_| bad_cursor())).transpose()
}

/// Claims, the newest first
#[utoipa::path(get, path = "/claims", tag = "ledger", params(ClaimsQuery), responses((status = 200, body = List<ClaimOut>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<ClaimsQuery>,
) -> Answer {
    let (filter, after, most) = (filter(&query)?, after(&query)?, asked::limit(query.limit.as_ref())?);
    app.of_ledger(caller, move |ledger, tag| {
        let (found, next) = ledger.review_page(&filter, after.as_ref(), most)?;
        let items = found.into_iter().map(ClaimOut::of).collect();
        tag.json(&List { items, next: next.map(|next| next.to_string()), total: None })
    })
    .await
}

/// A page of claims as a map shows them; `next` is told in the header `x-next`
#[utoipa::path(get, path = "/claims.geojson", tag = "ledger", params(ClaimsQuery),
               responses((status = 200, body = Features, content_type = "application/geo+json")))]
pub(crate) async fn geojson(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<ClaimsQuery>,
) -> Answer {
    let (filter, after, most) = (filter(&query)?, after(&query)?, asked::limit(query.limit.as_ref())?);
    app.of_ledger(caller, move |ledger, tag| {
        let (found, next) = ledger.review_page(&filter, after.as_ref(), most)?;
        let all: Vec<ClaimOut> = found.into_iter().map(ClaimOut::of).collect();
        tag.map(&Features::of(all.iter().flat_map(of_claim)), next.map(|next| next.to_string()))
    })
    .await
}

/// A claim with how it came about
///
/// The id or the key of a claim, or the beginning of one.
#[utoipa::path(get, path = "/claims/{id}", tag = "ledger", params(("id" = String, Path, description = "id (c1:…) or key (k1:…)"), MomentQuery),
               responses((status = 200, body = ClaimFull)))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Asked(query): Asked<MomentQuery>,
) -> Answer {
    let moment = query.moment()?;
    let starts = beginnings(&id).map_err(|message| Fault::new(Code::NotFound, message))?;
    let called = id.clone();
    let found = app
        .pool
        .ask(move |ledger| {
            let tag = caller.tag(&ledger.revision()?);
            if tag.there {
                return Ok((tag, None));
            }
            let mut told = Vec::new();
            for start in &starts {
                told.extend(ledger.claims_called(start, 2)?);
            }
            if told.len() > 1 {
                return Err(Fault::new(
                    Code::NotFound,
                    "more than one claim begins so: write more of the id",
                ));
            }
            let Some((claim, report)) = told.pop() else { return Err(Fault::none("claim", &called)) };
            let one = |key: &str, tellings| -> Result<Option<InReview>, Fault> {
                let filter = Filter {
                    claim: Some(key.to_owned()),
                    known_at: moment.known_at,
                    tellings,
                    ..Filter::default()
                };
                Ok(ledger.in_review(&filter)?.pop())
            };
            let reads = match one(&claim.key, Tellings::All)? {
                Some(reads) => reads,
                None => one(&claim.key, Tellings::Rejected)?.ok_or_else(|| Fault::none("claim", &called))?,
            };
            let siblings = siblings(ledger, &reads)?;
            let version = ledger.version_of(&claim.key)?;
            Ok((tag, Some((claim, report, reads, siblings, version))))
        })
        .await?;
    let (tag, Some((claim, report, reads, same_as_siblings, version))) = found else {
        return Ok(found.0.unchanged());
    };
    let knowledge = app.knowledge();
    let explanation = if report.text.is_empty() {
        None
    } else {
        Some(blocking(move || Ok(explained(claim, &report, knowledge))).await?)
    };
    let changed = reads.changed;
    tag.json(&ClaimFull { claim: ClaimOut::of(reads), version, changed, explanation, same_as_siblings })
}

/// The other claims of the report that tell the same event.
fn siblings(ledger: &Ledger, of: &InReview) -> Result<Vec<ClaimOut>, Fault> {
    let all = ledger.in_review(&Filter {
        report: Some(of.claim.report.hash.clone()),
        tellings: Tellings::All,
        ..Filter::default()
    })?;
    let first = of.claim.same_as.as_ref().unwrap_or(&of.claim.key);
    let same = |other: &InReview| {
        other.claim.key != of.claim.key
            && (other.claim.key == *first || other.claim.same_as.as_ref() == Some(first))
    };
    Ok(all.into_iter().filter(same).map(ClaimOut::of).collect())
}
