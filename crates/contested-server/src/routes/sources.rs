use std::sync::Arc;

use axum::extract::State;
use contested_assess::SourceRecord;
use contested_knowledge::sources::Sources;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use crate::app::App;
use crate::asked::{Asked, Id};
use crate::error::Fault;
use crate::paging::{List, Page};
use crate::query::{MomentQuery, PageQuery};
use crate::reply::{Caller, current};

/// A source, its record, and whose side it is on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceOut {
    /// What tells one root source from another.
    id: String,
    #[serde(flatten)]
    #[schema(inline)]
    record: SourceRecord,
    /// Id of the actor whose side it speaks for, where known.
    side: Option<String>,
    /// ISO 3166-1 alpha-2 of its seat, where known.
    country: Option<String>,
}

impl SourceOut {
    fn of(record: &SourceRecord) -> Self {
        let sources = Sources::embedded();
        let known = sources.get(&record.source).or_else(|| sources.by_outlet(&record.name));
        let mut record = record.clone();
        record.kind = record.kind.or(known.map(|source| source.kind));
        Self {
            id: record.source.clone(),
            record,
            side: known.and_then(|source| source.side.clone()),
            country: known.and_then(|source| source.country.clone()),
        }
    }
}

/// How what each source said of who holds a place ended, by what others tell
#[utoipa::path(get, path = "/sources", tag = "assessment", params(PageQuery), responses((status = 200, body = List<SourceOut>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<PageQuery>,
) -> Answer {
    let (moment, page) = (query.moment()?, Page::of(query.limit.as_ref(), query.cursor.as_ref())?);
    let (now, tag) = current!(app, caller);
    tag.json(&page.cut(&now.records(moment.known_at).await?, SourceOut::of))
}

/// The record of a source
#[utoipa::path(get, path = "/sources/{id}", tag = "assessment", params(("id" = String, Path, description = "id or name"), MomentQuery),
               responses((status = 200, body = SourceOut)))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Asked(query): Asked<MomentQuery>,
) -> Answer {
    let moment = query.moment()?;
    let (now, tag) = current!(app, caller);
    let all = now.records(moment.known_at).await?;
    let found =
        all.iter().find(|record| record.source == id).or_else(|| all.iter().find(|record| record.name == id));
    let Some(found) = found else { return Err(Fault::none("source", &id)) };
    tag.json(&SourceOut::of(found))
}
