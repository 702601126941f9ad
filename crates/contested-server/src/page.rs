//! The page: files that were built beforehand and are part of the program.

use axum::body::Bytes;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::error::{Code, Fault};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Bundle;

/// Files whose names carry a digest of their content never change.
const HASHED: &str = "assets/";

/// A file of the page; its first page for every other path, which the page itself reads.
pub(crate) async fn page(method: Method, uri: Uri, headers: axum::http::HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return Fault::new(Code::BadMethod, format!("{method} is not understood here")).into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || path == "api" {
        return Fault::none("path", uri.path()).into_response();
    }
    let (name, file) = match Bundle::get(path) {
        Some(file) => (path, file),
        // What has an extension is a file that is not there, not a place in the page.
        None if path.rsplit('/').next().is_some_and(|last| last.contains('.')) => {
            return Fault::none("file", uri.path()).into_response();
        }
        None => match Bundle::get("index.html") {
            Some(file) => ("index.html", file),
            None => return Fault::none("file", "index.html").into_response(),
        },
    };
    let digest = file.metadata.sha256_hash();
    let digest = u128::from_be_bytes(digest.first_chunk().copied().unwrap_or_default());
    let tag = format!("W/\"{digest:032x}\"");
    let there = headers.get(header::IF_NONE_MATCH).and_then(|has| has.to_str().ok());
    let mut response = if there.is_some_and(|has| has.split(',').any(|one| one.trim() == tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let bytes = match file.data {
            std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
        };
        let mut response = bytes.into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media(name)));
        response
    };
    let kept = if name.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn media(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "geojson" => "application/geo+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pbf" => "application/x-protobuf",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
