//! Everything that can be wrong with a request, in one table: code, status, what to do about it.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use contested_answers::Unanswered;
use contested_ledger::{DecisionFault, LedgerError};
use serde::Serialize;
use utoipa::ToSchema;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $status:literal, $hint:literal;)+) => {
        /// What is wrong, as programs tell it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Code { $($(#[$doc])* $name,)+ }

        impl Code {
            /// All of them, for the document and for tests.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The word in the answer.
            pub(crate) const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// The status.
            pub(crate) const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }

            /// What to do about it.
            pub(crate) const fn hint(self) -> &'static str {
                match self { $(Self::$name => $hint,)+ }
            }
        }
    };
}

codes! {
    BadDate = "bad_date", 400, "write a day as YYYY-MM-DD, such as 2017-11-08";
    BadLimit = "bad_limit", 400, "write a whole number from 1 to 1000";
    BadCursor = "bad_cursor", 400, "take the cursor from `next` of the page before, with the same parameters";
    BadValue = "bad_value", 400, "the OpenAPI document at /api/v1/openapi.json lists what each parameter may be";
    UnknownParameter = "unknown_parameter", 400, "the OpenAPI document at /api/v1/openapi.json lists the parameters of each path";
    RepeatedParameter = "repeated_parameter", 400, "give each parameter once; several values stand in one, with commas between";
    BadEncoding = "bad_encoding", 400, "write the query as percent-encoded UTF-8";
    BadBody = "bad_body", 400, "send one JSON object as the OpenAPI document describes it";
    BadSearch = "bad_search", 400, "write plain words";
    BadDecision = "bad_decision", 400, "name who decides and why, and a field with a value it can have";
    NoToken = "no_token", 401, "send the token as `Authorization: Bearer TOKEN`";
    BadHost = "bad_host", 403, "call the server by the address that it printed, not by another name";
    NoRight = "no_right", 403, "ask whoever keeps the file of people for another role";
    BadOrigin = "bad_origin", 403, "decisions are taken from the server's own page or from programs, not from other sites";
    NotFound = "not_found", 404, "the OpenAPI document at /api/v1/openapi.json lists the paths; lists give the ids";
    NothingKnown = "nothing_known", 404, "add reports with `contested add`, or ask for a later `known_at`";
    BadMethod = "bad_method", 405, "read with GET; decisions are sent with POST to /api/v1/review";
    Conflict = "conflict", 409, "somebody decided meanwhile: read the claim again, and send its new `version`";
    Forgotten = "forgotten", 410, "the report had to be forgotten; nothing but its tombstone is kept";
    TooLarge = "too_large", 413, "narrow the filters, or take the lists page by page";
    BodyTooLarge = "body_too_large", 413, "send at most 1 MB";
    QueryTooLong = "query_too_long", 414, "write at most 8 KB of query";
    BadMedia = "bad_media", 415, "send JSON, with `Content-Type: application/json`";
    TooMany = "too_many", 429, "wait a second and ask again";
    Internal = "internal", 500, "this is a defect of the server: its messages on standard error say more";
    LedgerLocked = "ledger_locked", 503, "another program is writing: ask again in a few seconds";
    LedgerFault = "ledger_fault", 503, "look at the ledger's file: the message says what is wrong with it";
    Slow = "slow", 503, "the answer is still being computed: ask again in a few seconds";
}

/// An answer that is none.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) message: String,
    /// What stays of a report, where one had to be forgotten.
    pub(crate) tombstone: Option<serde_json::Value>,
}

impl Fault {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), tombstone: None }
    }

    /// Nothing has this id.
    pub(crate) fn none(what: &str, id: &str) -> Self {
        Self::new(Code::NotFound, format!("no {what} is called `{}`", shown(id)))
    }
}

/// What a user wrote, short enough to be told back.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 80;
    let clean: String = text.chars().filter(|c| !c.is_control()).take(MOST + 1).collect();
    if clean.chars().count() > MOST { clean.chars().take(MOST).chain(['…']).collect() } else { clean }
}

/// The body of every answer that is none.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    /// What is wrong.
    pub(crate) error: ErrorTold,
}

/// What is wrong with a request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorTold {
    /// One word for programs.
    #[schema(example = "bad_date")]
    pub(crate) code: String,
    /// For people.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) hint: String,
    /// With `forgotten`: what stays of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub(crate) tombstone: Option<serde_json::Value>,
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let told = ErrorTold {
            code: self.code.word().to_owned(),
            message: self.message,
            hint: self.code.hint().to_owned(),
            tombstone: self.tombstone,
        };
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(ErrorBody { error: told })).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
        let word = match self.code {
            Code::NoToken => Some((header::WWW_AUTHENTICATE, "Bearer")),
            Code::TooMany | Code::Slow | Code::LedgerLocked => Some((header::RETRY_AFTER, "1")),
            Code::BadMethod => Some((header::ALLOW, "GET, HEAD, POST")),
            _ => None,
        };
        if let Some((name, value)) = word {
            headers.insert(name, header::HeaderValue::from_static(value));
        }
        response
    }
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        let code = match &error {
            LedgerError::Search { .. } => Code::BadSearch,
            LedgerError::Locked { .. } => Code::LedgerLocked,
            LedgerError::Decision(DecisionFault::NoClaim { .. }) => Code::NotFound,
            LedgerError::Decision(DecisionFault::Stale { .. }) => Code::Conflict,
            LedgerError::Decision(_) => Code::BadDecision,
            LedgerError::Record { .. } | LedgerError::Sqlite { .. } => Code::Internal,
            _ => Code::LedgerFault,
        };
        Self::new(code, error.to_string())
    }
}

impl From<Unanswered> for Fault {
    fn from(error: Unanswered) -> Self {
        match error {
            Unanswered::Ledger(error) => error.into(),
            other => Self::new(Code::NothingKnown, other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_word_of_its_own_a_status_and_a_hint() {
        let words: std::collections::BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
        assert_eq!(words.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(
                StatusCode::from_u16(code.status()).is_ok_and(|s| s.is_client_error() || s.is_server_error())
            );
            assert!(!code.hint().is_empty() && !code.hint().ends_with('.'), "{}", code.word());
        }
    }

    #[test]
    fn what_is_told_back_is_short_and_has_no_control_characters() {
        assert_eq!(shown("a\u{1b}[31mb"), "a[31mb");
        assert_eq!(shown(&"x".repeat(500)).chars().count(), 81);
    }
}
