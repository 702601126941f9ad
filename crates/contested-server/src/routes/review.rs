use std::sync::Arc;

use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use contested_answers::beginnings;
use contested_ledger::{Act, Correction, Decided, Ledger};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::Answer;
use crate::app::App;
use crate::error::{Code, Fault, shown};
use crate::guard::Signed;
use crate::pool::blocking;

/// Longest name and reason, in characters.
const LONGEST: usize = 2000;

/// A decision about a claim.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewIn {
    /// `accept`, `reject` or `correct`.
    act: String,
    /// Key (k1:…) or id (c1:…) of the claim.
    claim: String,
    /// With `correct`: which field: type, polarity, certainty, phase, extent, tense, verified, time, agents, targets, places, source, casualties,
    /// actor, place, same-as.
    #[serde(default)]
    field: Option<String>,
    /// With `correct`: what it should be, written as claims have it; a time is `[from, to]`, an actor `{"name", "id"}`.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    value: serde_json::Value,
    /// Name of who decides; who has a token of their own decides under its name.
    by: String,
    /// Reason.
    why: String,
    /// The claim's version as it was read.
    version: i64,
}

/// What became of a decision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewOut {
    /// Its number; null where the claim read so already.
    decision: Option<i64>,
    /// Whether the claim read so already, so that nothing was written.
    already_so: bool,
    /// Key of the claim.
    claim: String,
    /// The claim's version now.
    version: i64,
}

/// Decides about a claim
///
/// Written beside the claim, never over it. It is refused with 409 where somebody decided since the claim's `version` was read.
#[utoipa::path(post, path = "/review", tag = "review", request_body = ReviewIn, responses((status = 200, body = ReviewOut)))]
pub(crate) async fn decide(
    State(app): State<Arc<App>>,
    signed: Option<Extension<Signed>>,
    body: Result<Json<ReviewIn>, JsonRejection>,
) -> Answer {
    let Json(mut review) = body.map_err(|rejection| unread(&rejection))?;
    // Who has a token of their own signs with their own name.
    if let Some(Extension(Signed(name))) = signed {
        review.by = name;
    }
    let pool = Arc::clone(&app.pool);
    let out = blocking(move || decided(pool.path(), &review)).await?;
    app.followed().await;
    let mut response: Response = Json(out).into_response();
    response
        .headers_mut()
        .insert(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    Ok(response)
}

fn unread(rejection: &JsonRejection) -> Fault {
    let code = match rejection.status().as_u16() {
        413 => Code::BodyTooLarge,
        415 => Code::BadMedia,
        _ => Code::BadBody,
    };
    Fault::new(code, shown(&rejection.body_text()))
}

fn decided(store: &std::path::Path, review: &ReviewIn) -> Result<ReviewOut, Fault> {
    for (name, text) in [("by", &review.by), ("why", &review.why)] {
        if text.chars().count() > LONGEST {
            return Err(Fault::new(
                Code::BadDecision,
                format!("`{name}` has more than {LONGEST} characters"),
            ));
        }
    }
    let mut ledger = Ledger::open(store)?;
    let key = key(&ledger, &review.claim)?;
    let act = match review.act.as_str() {
        "accept" => Act::Accept(key.clone()),
        "reject" => Act::Reject(key.clone()),
        "correct" => Act::Correct(key.clone(), correction(review)?),
        other => {
            return Err(Fault::new(
                Code::BadDecision,
                format!("`act` is accept, reject or correct, not `{}`", shown(other)),
            ));
        }
    };
    let decided =
        ledger.decide_on(&act, (&key, review.version), &review.by, &review.why, Timestamp::now())?;
    let decision = match decided {
        Decided::New(number) => Some(number),
        Decided::AlreadySo => None,
    };
    Ok(ReviewOut { decision, already_so: decision.is_none(), version: ledger.version_of(&key)?, claim: key })
}

fn key(ledger: &Ledger, claim: &str) -> Result<String, Fault> {
    let mut keys = Vec::new();
    for start in beginnings(claim).map_err(|message| Fault::new(Code::NotFound, message))? {
        keys.extend(ledger.keys_like(&start)?);
    }
    keys.dedup();
    match keys.as_slice() {
        [key] => Ok(key.clone()),
        [] => Err(Fault::none("claim", claim)),
        _ => Err(Fault::new(Code::NotFound, "more than one claim begins so: write more of the key")),
    }
}

fn correction(review: &ReviewIn) -> Result<Correction, Fault> {
    let field = review.field.as_deref().unwrap_or_default();
    serde_json::from_value(json!({"field": field, "value": review.value})).map_err(|e| {
        Fault::new(Code::BadDecision, format!("`{}` cannot be that: {}", shown(field), shown(&e.to_string())))
    })
}
