use std::sync::Arc;

use axum::extract::State;
use contested_knowledge::sources::Sources;
use contested_ledger::{Cursor, Filter, KeptReport, ReportFilter, Tellings};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::Answer;
use super::claims::ClaimOut;
use crate::app::App;
use crate::asked::{self, Asked, Id};
use crate::error::{Code, Fault};
use crate::paging::{List, bad_cursor};
use crate::query::{MomentQuery, ReportsQuery, window};
use crate::reply::Caller;

/// A report without its text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportOut {
    /// The id that came with it; its hash where none did.
    id: String,
    /// Of the text: `b3:…`.
    hash: String,
    /// Of the text and of all that its container said of it: `r1:…`.
    digest: String,
    /// Outlet.
    source: Option<String>,
    /// What sort of source the outlet is, where known.
    #[schema(value_type = Option<String>)]
    source_kind: Option<&'static str>,
    /// Day of publication.
    #[schema(value_type = Option<String>, format = Date)]
    published: Option<Date>,
    /// Reported time: the day of publication, or of adding.
    #[schema(value_type = String, format = Date)]
    known: Date,
    /// Headline.
    title: Option<String>,
    /// Where it was found.
    url: Option<String>,
    /// Claims of its newest extraction.
    claims: u64,
    /// Digest of the report that it is a copy of.
    copy_of: Option<String>,
    /// Whether it is a telling of its own: no copy, and the newest version of its page.
    counts: bool,
    /// Whether it had to be forgotten.
    forgotten: bool,
}

impl ReportOut {
    pub(crate) fn of(kept: &KeptReport) -> Self {
        let report = &kept.report;
        let source = report.source.as_deref().and_then(|name| Sources::embedded().by_outlet(name));
        Self {
            id: report.id.clone().unwrap_or_else(|| kept.hash.clone()),
            hash: kept.hash.clone(),
            digest: kept.digest.clone(),
            source: report.source.clone(),
            source_kind: source.map(|source| source.kind.as_str()),
            published: report.published,
            known: kept.known,
            title: report.title.clone(),
            url: report.url.clone(),
            claims: kept.claims,
            copy_of: kept.copy_of.clone(),
            counts: kept.counts,
            forgotten: kept.forgotten,
        }
    }
}

/// A report with its text and its claims.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportFull {
    #[serde(flatten)]
    #[schema(inline)]
    report: ReportOut,
    /// The text exactly as it was given; offsets of claims count its Unicode characters.
    text: String,
    /// How many characters it has.
    characters: usize,
    /// How its claims are told in it.
    #[serde(rename = "claim_records")]
    records: Vec<ClaimOut>,
}

/// Reports, the newest first
#[utoipa::path(get, path = "/reports", tag = "ledger", params(ReportsQuery), responses((status = 200, body = List<ReportOut>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<ReportsQuery>,
) -> Answer {
    let moment = query.moment()?;
    let (from, to) = window(query.from.as_ref(), query.to.as_ref())?;
    let filter = ReportFilter {
        source: query.source.clone(),
        since: from,
        known_at: [moment.known_at, to].into_iter().flatten().min(),
        words: query.q.clone(),
        oldest_first: false,
    };
    let most = asked::limit(query.limit.as_ref())?;
    let after =
        query.cursor.as_deref().map(|cursor| cursor.trim().parse::<Cursor>().map_err(|_| bad_cursor()));
    let after = after.transpose()?;
    app.of_ledger(caller, move |ledger, tag| {
        let mut found = ledger.reports_page(&filter, after.as_ref(), most.saturating_add(1))?;
        let more = found.len() > most as usize;
        found.truncate(most as usize);
        let next = found.last().filter(|_| more).map(|last| last.at.to_string());
        tag.json(&List { items: found.iter().map(ReportOut::of).collect(), next, total: None })
    })
    .await
}

/// A report with its text and its claims
///
/// Where it had to be forgotten the answer is 410 with its tombstone.
#[utoipa::path(get, path = "/reports/{id}", tag = "ledger",
               params(("id" = String, Path, description = "its hash (b3:…), its digest (r1:…), or the id that came with it"), MomentQuery),
               responses((status = 200, body = ReportFull)))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Asked(query): Asked<MomentQuery>,
) -> Answer {
    let moment = query.moment()?;
    app.of_ledger(caller, move |ledger, tag| {
        let Some(kept) = ledger.report(&id)? else { return Err(Fault::none("report", &id)) };
        if let Some(stone) = ledger.tombstone(&kept.digest)? {
            let mut fault = Fault::new(Code::Forgotten, "the report had to be forgotten");
            fault.tombstone =
                Some(json!({"report": kept.digest, "at": stone.at, "by": stone.by, "why": stone.why}));
            return Err(fault);
        }
        let filter = |tellings| Filter {
            report: Some(kept.digest.clone()),
            known_at: moment.known_at,
            tellings,
            ..Filter::default()
        };
        let mut claims = ledger.in_review(&filter(Tellings::All))?;
        claims.extend(ledger.in_review(&filter(Tellings::Rejected))?);
        claims.sort_by(|a, b| {
            let at = |found: &contested_ledger::InReview| found.claim.evidence.trigger.start;
            at(a).cmp(&at(b)).then_with(|| a.claim.key.cmp(&b.claim.key))
        });
        tag.json(&ReportFull {
            report: ReportOut::of(&kept),
            characters: kept.report.text.chars().count(),
            text: kept.report.text,
            records: claims.into_iter().map(ClaimOut::of).collect(),
        })
    })
    .await
}
