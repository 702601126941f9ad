use std::sync::Arc;

use axum::extract::State;
use contested_assess::{Line, Situation};

use super::Answer;
use crate::app::App;
use crate::asked::{self, Asked};
use crate::error::Fault;
use crate::paging::List;
use crate::query::{MomentQuery, SitrepQuery};
use crate::reply::{Caller, Tag, current};
use crate::snapshot::Snapshot;
use crate::{Format, Settings};

async fn situation(query: &SitrepQuery, now: &Snapshot) -> Result<Arc<Situation>, Fault> {
    let since = asked::day("since", query.since.as_ref())?;
    now.situation(query.moment()?, since, query.area.clone()).await
}

/// The situation as data
#[utoipa::path(get, path = "/sitrep", tag = "assessment", params(SitrepQuery), responses((status = 200, body = Situation)))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<SitrepQuery>,
) -> Answer {
    let (now, tag) = current!(app, caller);
    tag.json(&*situation(&query, &now).await?)
}

/// The situation in words, as Markdown
#[utoipa::path(get, path = "/sitrep.md", tag = "assessment", params(SitrepQuery),
               responses((status = 200, body = String, content_type = "text/markdown")))]
pub(crate) async fn markdown(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<SitrepQuery>,
) -> Answer {
    let (now, tag) = current!(app, caller);
    Ok(set(&app.settings, &tag, &*situation(&query, &now).await?, Format::Markdown))
}

/// The situation in words, as a page of its own
#[utoipa::path(get, path = "/sitrep.html", tag = "assessment", params(SitrepQuery),
               responses((status = 200, body = String, content_type = "text/html")))]
pub(crate) async fn html(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<SitrepQuery>,
) -> Answer {
    let (now, tag) = current!(app, caller);
    Ok(set(&app.settings, &tag, &*situation(&query, &now).await?, Format::Html))
}

fn set(settings: &Settings, tag: &Tag, situation: &Situation, format: Format) -> axum::response::Response {
    let media = match format {
        Format::Markdown => "text/markdown; charset=utf-8",
        Format::Html => "text/html; charset=utf-8",
    };
    tag.bytes(media, (settings.typeset)(situation, format).into_bytes())
}

/// What was expected, intended and feared, and how it ended
#[utoipa::path(get, path = "/outlook", tag = "assessment", params(MomentQuery), responses((status = 200, body = List<Line>)))]
pub(crate) async fn outlook(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<MomentQuery>,
) -> Answer {
    let moment = query.moment()?;
    let (now, tag) = current!(app, caller);
    if now.base(moment.known_at).await?.known().is_err() {
        return tag.json(&List::<Line> { items: Vec::new(), next: None, total: Some(0) });
    }
    let situation = now.history(moment).await?;
    let total = Some(situation.outlook.len());
    tag.json(&List { items: situation.outlook.iter().collect(), next: None, total })
}
