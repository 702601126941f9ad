//! One file a subject: what each path answers.

pub(crate) mod actors;
pub(crate) mod claims;
pub(crate) mod control;
pub(crate) mod disputes;
pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod live;
pub(crate) mod meta;
pub(crate) mod named;
pub(crate) mod reports;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod sitrep;
pub(crate) mod sources;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};

use crate::app::App;
use crate::error::{Code, Fault};
use crate::reply::Caller;

/// What a path answers.
pub(crate) type Answer = Result<Response, Fault>;

/// The document that describes all of this
async fn openapi(caller: Caller) -> Answer {
    let tag = caller.tag("");
    if tag.there {
        Ok(tag.unchanged())
    } else {
        Ok(tag.bytes("application/json", crate::openapi::openapi().into_bytes()))
    }
}

/// All paths of the interface.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/meta", get(meta::meta))
        .route("/claims", get(claims::list))
        .route("/claims.geojson", get(claims::geojson))
        .route("/claims/{id}", get(claims::one))
        .route("/events", get(events::list))
        .route("/events.geojson", get(events::geojson))
        .route("/events/{id}", get(events::one))
        .route("/control", get(control::list))
        .route("/control.geojson", get(control::geojson))
        .route("/control/changes", get(control::changes))
        .route("/control/{place}", get(control::one))
        .route("/disputes", get(disputes::list))
        .route("/disputes/{id}", get(disputes::one))
        .route("/sources", get(sources::list))
        .route("/sources/{id}", get(sources::one))
        .route("/actors", get(named::actors))
        .route("/actors/graph", get(actors::graph))
        .route("/places", get(named::places))
        .route("/reports", get(reports::list))
        .route("/reports/{id}", get(reports::one))
        .route("/sitrep", get(sitrep::json))
        .route("/sitrep.md", get(sitrep::markdown))
        .route("/sitrep.html", get(sitrep::html))
        .route("/outlook", get(sitrep::outlook))
        .route("/search", get(search::search))
        .route("/export", get(export::export))
        .route("/live", get(live::live))
        .route("/openapi.json", get(openapi))
        .route("/review", post(review::decide))
        .fallback(|uri: axum::http::Uri| async move { Fault::none("path", uri.path()) })
        .method_not_allowed_fallback(|method: axum::http::Method| async move {
            Fault::new(Code::BadMethod, format!("{method} is not understood here"))
        })
}
