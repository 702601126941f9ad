use std::sync::Arc;

use axum::extract::State;

use super::Answer;
use crate::app::App;
use crate::asked::Asked;
use crate::graph::Graph;
use crate::query::MomentQuery;
use crate::reply::{Caller, current};

/// Who backs, leads, fights and belongs to whom
#[utoipa::path(get, path = "/actors/graph", tag = "assessment", params(MomentQuery), responses((status = 200, body = Graph)))]
pub(crate) async fn graph(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<MomentQuery>,
) -> Answer {
    let moment = query.moment()?;
    let (now, tag) = current!(app, caller);
    tag.json(&*now.graph(moment).await?)
}
