//! Who may ask: the host a request names, the token it carries, and the headers under which every answer goes out.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use contested_ledger::Role;

use crate::app::App;
use crate::error::{Code, Fault, shown};

/// Headers of every answer. Workers from blobs are what MapLibre draws with; images from data addresses are its sprites.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
         connect-src 'self'; worker-src 'self' blob:; child-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "geolocation=(), camera=(), microphone=(), payment=(), usb=()"),
];

/// Lets through what may ask, and sets the headers of what is answered.
pub(crate) async fn guard(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let caller = host(&app, request.headers(), request.uri().host())
        .and_then(|()| caller(&app, &request))
        .and_then(|caller| origin(&request).map(|()| caller));
    let mut response: Response<Body> = match caller {
        Ok(caller) => {
            if let Some(name) = caller {
                request.extensions_mut().insert(Signed(name));
            }
            next.run(request).await
        }
        Err(fault) => fault.into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.append(header::VARY, HeaderValue::from_static("authorization"));
    response
}

/// On loopback only the names of loopback are answered: another name would be a foreign page's, pointed here.
fn host(app: &App, headers: &HeaderMap, of_uri: Option<&str>) -> Result<(), Fault> {
    if !app.settings.bind.ip().is_loopback() {
        return Ok(());
    }
    let named = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let all_local = [named, of_uri].into_iter().flatten().all(is_loopback);
    if named.is_some() && all_local {
        return Ok(());
    }
    Err(Fault::new(Code::BadHost, format!("`{}` is not this server", shown(named.unwrap_or("")))))
}

/// Whether a host, with or without its port, is this machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The name of who asks, where a token told it.
#[derive(Debug, Clone)]
pub(crate) struct Signed(pub(crate) String);

/// Who asks, if it is somebody with a token of their own. The interface wants a token, where there is one; the page itself does not, for it has to ask for it.
fn caller(app: &App, request: &Request) -> Result<Option<String>, Fault> {
    if !app.settings.wants_token() || !request.uri().path().starts_with("/api/") {
        return Ok(None);
    }
    let given = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    let given = given.unwrap_or_default();
    // Digests are compared in constant time.
    let is_right = |token: &String| blake3::hash(given.as_bytes()) == blake3::hash(token.as_bytes());
    if app.settings.token.as_ref().is_some_and(is_right) {
        return Ok(None);
    }
    let Some(person) = app.settings.people.iter().find(|person| person.has(given)) else {
        return Err(Fault::new(Code::NoToken, "the token is missing or wrong"));
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && person.role == Role::Reader {
        return Err(Fault::new(Code::NoRight, format!("{} may read, not decide", shown(&person.name))));
    }
    Ok(Some(person.name.clone()))
}

/// A page of another site must not decide in the name of who looks at it.
fn origin(request: &Request) -> Result<(), Fault> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(());
    }
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    let foreign = match text(header::ORIGIN) {
        Some(origin) => origin.split_once("://").is_none_or(|(_, at)| !at.eq_ignore_ascii_case(host)),
        None => text(HeaderName::from_static("sec-fetch-site"))
            .is_some_and(|site| site != "same-origin" && site != "none"),
    };
    if foreign { Err(Fault::new(Code::BadOrigin, "the request comes from another site")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn names_of_this_machine_are_known_with_and_without_port() {
        for here in ["localhost", "LOCALHOST:7878", "127.0.0.1:7878", "127.0.0.1", "[::1]:7878", "[::1]"] {
            assert!(is_loopback(here), "{here}");
        }
        for foreign in [
            "example.org",
            "localhost.example.org:7878",
            "192.0.2.1:7878",
            "",
            "127.0.0.1.example.org",
            "[::2]:1",
        ] {
            assert!(!is_loopback(foreign), "{foreign}");
        }
    }
}
