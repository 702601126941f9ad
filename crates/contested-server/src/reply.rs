//! Answers that say of which state of the ledger they are, so that nothing is sent twice.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::{Code, Fault};

/// What an answer depends on besides the ledger: path, query, and what the caller has already.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    asked: String,
    has: Option<HeaderValue>,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let asked = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
        Ok(Self { asked, has: parts.headers.get(header::IF_NONE_MATCH).cloned() })
    }
}

impl Caller {
    /// The tag of the answer at this revision of the ledger, by this version of the program.
    pub(crate) fn tag(&self, revision: &str) -> Tag {
        let mut hasher = blake3::Hasher::new();
        for part in [env!("CARGO_PKG_VERSION"), revision, &self.asked] {
            hasher.update(part.as_bytes());
            hasher.update(&[0]);
        }
        // Weak: the same answer may be sent compressed.
        let word = format!("W/\"{}\"", &hasher.finalize().to_hex()[..24]);
        let has = self.has.as_ref().and_then(|has| has.to_str().ok()).unwrap_or_default();
        let there = has.split(',').any(|tag| tag.trim() == word || tag.trim() == "*");
        Tag { word, there }
    }
}

/// The newest state of what follows from the ledger, and the tag of the answer; answers at once where the caller has that already.
macro_rules! current {
    ($app:expr, $caller:expr) => {{
        let now = $app.snapshot()?;
        let tag = $caller.tag(&now.revision);
        if tag.there {
            return Ok(tag.unchanged());
        }
        (now, tag)
    }};
}
pub(crate) use current;

/// The tag of an answer, and whether the caller has that answer.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    word: String,
    /// Whether the caller has it: then nothing need be computed.
    pub(crate) there: bool,
}

impl Tag {
    /// The answer is what the caller has.
    pub(crate) fn unchanged(&self) -> Response {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        self.mark(response.headers_mut());
        response
    }

    /// JSON under this tag.
    pub(crate) fn json(&self, value: &impl Serialize) -> Result<Response, Fault> {
        let bytes = serde_json::to_vec(value)
            .map_err(|e| Fault::new(Code::Internal, format!("cannot be written: {e}")))?;
        Ok(self.bytes("application/json", bytes))
    }

    /// GeoJSON under this tag, with where the next page begins in a header: the format has no room for it.
    pub(crate) fn map(&self, features: &impl Serialize, next: Option<String>) -> Result<Response, Fault> {
        let mut response = self.json(features)?;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/geo+json"));
        if let Some(next) = next.and_then(|next| HeaderValue::from_str(&next).ok()) {
            headers.insert("x-next", next);
        }
        Ok(response)
    }

    /// Other content under this tag.
    pub(crate) fn bytes(&self, media: &'static str, bytes: Vec<u8>) -> Response {
        let mut response = bytes.into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        self.mark(response.headers_mut());
        response
    }

    fn mark(&self, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::from_str(&self.word) {
            headers.insert(header::ETAG, value);
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
}
