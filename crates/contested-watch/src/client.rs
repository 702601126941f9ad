//! Asking a server, with bounds on everything that it can do to us.

use std::io::Read;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use crate::private::is_public;

/// How we call ourselves in robots.txt and to servers.
pub(crate) const NAME: &str = "contested";

/// What a server may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientLimits {
    /// Most bytes of an answer, as it is sent.
    pub body_bytes: u64,
    /// Longest time for an answer, redirects and all.
    pub time: Duration,
    /// Most redirects that are followed.
    pub redirects: u32,
    /// Least time between two requests to one host.
    pub between: Duration,
}

impl Default for ClientLimits {
    /// 8 MiB, half a minute, 5 redirects, a request a second.
    fn default() -> Self {
        Self {
            body_bytes: 8 << 20,
            time: Duration::from_secs(30),
            redirects: 5,
            between: Duration::from_secs(1),
        }
    }
}

/// Why nothing came.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// Not an address of the web.
    #[error(
        "`{address}` is no address of the web: it must begin with http:// or https://, and hold no password"
    )]
    Address {
        /// The address.
        address: String,
    },
    /// A name that leads inside.
    #[error("{host} leads into a private network ({address}); if that is meant, set `allow_private = true`")]
    Private {
        /// The host's name.
        host: String,
        /// What it resolved to.
        address: String,
    },
    /// More redirects than are followed.
    #[error("more than {most} redirects")]
    Redirects {
        /// The limit.
        most: u32,
    },
    /// A redirect that says not whereto.
    #[error("a redirect that leads nowhere")]
    Nowhere,
    /// Too slow.
    #[error("no whole answer in {seconds} seconds")]
    Slow {
        /// The limit.
        seconds: u64,
    },
    /// Too long.
    #[error("the answer is longer than {limit} bytes")]
    TooLong {
        /// The limit.
        limit: u64,
    },
    /// A status that is no success.
    #[error("the server answered with status {status}")]
    Status {
        /// The status.
        status: u16,
        /// How long the server asks us to wait.
        retry_after: Option<String>,
    },
    /// Not allowed by the server's robots.txt.
    #[error("the server's robots.txt does not allow it")]
    Robots,
    /// All else that goes wrong on a network.
    #[error("cannot be reached: {cause}")]
    Unreachable {
        /// In the words of the library.
        cause: String,
    },
}

/// What makes a server send only what changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// `If-None-Match`.
    pub etag: Option<String>,
    /// `If-Modified-Since`.
    pub modified: Option<String>,
}

/// What a server sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing has changed.
    Unchanged,
    /// The document.
    Came {
        /// Its bytes as they were sent; packed, perhaps.
        body: Vec<u8>,
        /// The encoding of its characters, where the server names it.
        charset: Option<String>,
        /// `ETag`.
        etag: Option<String>,
        /// `Last-Modified`.
        modified: Option<String>,
        /// Where it has moved to for good.
        moved: Option<String>,
    },
}

/// Asks servers.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    limits: ClientLimits,
}

impl Client {
    /// `contact` is told to servers, so that they can complain. Addresses inside the network are refused unless `allow_private`.
    pub fn new(limits: ClientLimits, allow_private: bool, contact: Option<&str>) -> Self {
        let about = contact.map_or_else(String::new, |contact| format!(" (+{contact})"));
        let config = Config::builder()
            .user_agent(format!("{NAME}/{}{about}", env!("CARGO_PKG_VERSION")))
            .accept("application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1")
            // Unpacking is bounded where reports are read.
            .accept_encoding("gzip")
            .http_status_as_error(false)
            // Each hop is looked at here.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would resolve names out of our sight.
            .proxy(None)
            .max_response_header_size(64 << 10)
            .timeout_global(Some(limits.time))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Checked { allow_private });
        Self { agent, limits }
    }

    /// The limits.
    pub const fn limits(&self) -> ClientLimits {
        self.limits
    }

    /// Asks for a document.
    ///
    /// # Errors
    /// All of [`Fault`] but those of robots.txt.
    pub fn get(&self, address: &str, conditions: &Conditions) -> Result<Answer, Fault> {
        let start = Instant::now();
        let mut here = checked(address)?;
        let mut moved = None;
        let mut all_for_good = true;
        for _ in 0..=self.limits.redirects {
            let left = self.limits.time.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(self.slow());
            }
            let mut request = self.agent.get(&here).config().timeout_global(Some(left)).build();
            if let Some(etag) = &conditions.etag {
                request = request.header("If-None-Match", etag);
            }
            if let Some(modified) = &conditions.modified {
                request = request.header("If-Modified-Since", modified);
            }
            let mut response = request.call().map_err(|error| self.fault(&error, &here))?;
            let header = |name: &str| {
                let value = response.headers().get(name)?.to_str().ok()?;
                (value.len() <= 2000).then(|| value.to_owned())
            };
            let status = response.status().as_u16();
            match status {
                304 => return Ok(Answer::Unchanged),
                301 | 302 | 303 | 307 | 308 => {
                    let next = header("location").ok_or(Fault::Nowhere)?;
                    here = checked(&joined(&here, &next).ok_or(Fault::Nowhere)?)?;
                    all_for_good &= matches!(status, 301 | 308);
                    moved = all_for_good.then(|| here.clone());
                    continue;
                }
                200 => {}
                status => return Err(Fault::Status { status, retry_after: header("retry-after") }),
            }
            let charset = header("content-type").and_then(|kind| {
                let (_, charset) = kind.split_once("charset=")?;
                Some(charset.split(';').next()?.trim().trim_matches('"').to_owned())
            });
            let (etag, modified) = (header("etag"), header("last-modified"));
            let mut body = Vec::new();
            let limit = self.limits.body_bytes;
            // Our own limit comes first, so that it can be told from a broken connection.
            let reader = response.body_mut().with_config().limit(u64::MAX).reader();
            reader.take(limit + 1).read_to_end(&mut body).map_err(|error| self.io_fault(&error, &here))?;
            if body.len() as u64 > limit {
                return Err(Fault::TooLong { limit });
            }
            return Ok(Answer::Came { body, charset, etag, modified, moved });
        }
        Err(Fault::Redirects { most: self.limits.redirects })
    }

    fn slow(&self) -> Fault {
        Fault::Slow { seconds: self.limits.time.as_secs().max(1) }
    }

    fn fault(&self, error: &ureq::Error, address: &str) -> Fault {
        match error {
            ureq::Error::Timeout(_) => self.slow(),
            ureq::Error::Io(error) => self.io_fault(error, address),
            ureq::Error::HostNotFound => Fault::Unreachable { cause: "nobody knows the host".to_owned() },
            other => Fault::Unreachable { cause: other.to_string() },
        }
    }

    fn io_fault(&self, error: &std::io::Error, address: &str) -> Fault {
        if let Some(inside) = error.get_ref().and_then(|inner| inner.downcast_ref::<Inside>()) {
            let host = address.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_owned));
            return Fault::Private {
                host: host.unwrap_or_else(|| address.to_owned()),
                address: inside.0.ip().to_string(),
            };
        }
        match error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
            Some(inner) => self.fault(inner, address),
            None if error.kind() == std::io::ErrorKind::TimedOut => self.slow(),
            None => Fault::Unreachable { cause: error.to_string() },
        }
    }
}

/// An address that may be asked, as it stands.
fn checked(address: &str) -> Result<String, Fault> {
    let fault = || Fault::Address { address: address.chars().take(200).collect() };
    let uri: Uri = address.parse().map_err(|_| fault())?;
    let web = matches!(uri.scheme_str(), Some("http" | "https"));
    let plain = uri
        .authority()
        .is_some_and(|authority| !authority.as_str().contains('@') && !authority.host().is_empty());
    if web && plain { Ok(address.to_owned()) } else { Err(fault()) }
}

/// Where `next`, as a redirect gives it, leads from `here`.
pub(crate) fn joined(here: &str, next: &str) -> Option<String> {
    let next = next.trim().split('#').next()?;
    if next.contains("://") {
        return Some(next.to_owned());
    }
    let uri: Uri = here.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?.as_str());
    if let Some(rest) = next.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    if next.starts_with('/') {
        return Some(format!("{scheme}://{authority}{next}"));
    }
    let folder = uri.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(format!("{scheme}://{authority}{folder}/{next}"))
}

/// A resolver that gives no address inside the network. The connection is made to what it gives, so that no second answer of a name server can
/// lead elsewhere.
#[derive(Debug)]
struct Checked {
    allow_private: bool,
}

/// An address inside.
#[derive(Debug, thiserror::Error)]
#[error("{0} is inside a private network")]
struct Inside(SocketAddr);

impl Resolver for Checked {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        if !self.allow_private
            && let Some(inside) = found.iter().find(|address| !is_public(address.ip()))
        {
            return Err(ureq::Error::Io(std::io::Error::other(Inside(*inside))));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_are_joined_and_addresses_checked() {
        for (next, to) in [
            ("https://b.example/x#y", "https://b.example/x"),
            ("//b.example/x", "http://b.example/x"),
            ("/x?y", "http://a.example:80/x?y"),
            ("x", "http://a.example:80/feeds/x"),
        ] {
            assert_eq!(joined("http://a.example:80/feeds/all?q=1", next).unwrap(), to);
        }
        for bad in [
            "file:///etc/passwd",
            "ftp://a.example/",
            "http://user:secret@a.example/",
            "feeds.xml",
            "http://",
            "gopher:x",
        ] {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }
}
