//! Asking one feed after another: who is due, how it is asked, and when it is asked again.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use contested_model::Report;
use contested_read::{Defaults, Diagnostic, Input, Limits, Reports, Step};
use jiff::Timestamp;
use ureq::http::Uri;

use crate::client::{Answer, Client, Conditions, Fault, NAME};
use crate::feeds::FeedOptions;
use crate::robots::{LARGEST, Robots};

/// Longest time that a failing feed is left alone.
const LONGEST: Duration = Duration::from_hours(24);
/// How long a feed is left alone that is gone for good.
const GONE: Duration = Duration::from_hours(30 * 24);
/// Most pages that are fetched for the items of one answer.
const MOST_PAGES: usize = 50;
/// Words of an item that need no page behind it.
const WHOLE: usize = 150;

/// What is known of a feed between two rounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What the server gave as `ETag`.
    pub etag: Option<String>,
    /// What the server gave as `Last-Modified`.
    pub modified: Option<String>,
    /// When it was asked last.
    pub asked_at: Timestamp,
    /// Not to be asked before.
    pub next_at: Timestamp,
    /// How often in a row it failed.
    pub failures: u32,
    /// What went wrong last.
    pub told: Option<String>,
}

/// What came of asking a feed.
#[derive(Debug)]
pub struct Came {
    /// Reports, in the order of the feed.
    pub reports: Vec<Report>,
    /// What is wrong with the feed or its items.
    pub told: Vec<Diagnostic>,
    /// Why nothing came.
    pub fault: Option<Fault>,
    /// Where the feed has moved to for good.
    pub moved: Option<String>,
    /// Whether the server said that nothing has changed.
    pub unchanged: bool,
    /// What is known of the feed now.
    pub state: State,
}

/// Asks feeds, one after another, no host too often.
#[derive(Debug)]
pub struct Round {
    client: Client,
    /// Rules of hosts, with when they were fetched.
    robots: BTreeMap<String, Result<Robots, String>>,
    last: BTreeMap<String, Instant>,
    limits: Limits,
}

impl Round {
    /// A round that asks with `client`.
    pub const fn new(client: Client, limits: Limits) -> Self {
        Self { client, robots: BTreeMap::new(), last: BTreeMap::new(), limits }
    }

    /// Asks a feed. `state` is what was known of it.
    pub fn ask(&mut self, feed: &FeedOptions, state: Option<&State>, now: Timestamp) -> Came {
        let conditions = state.map_or_else(Conditions::default, |state| Conditions {
            etag: state.etag.clone(),
            modified: state.modified.clone(),
        });
        let mut came = Came {
            reports: Vec::new(),
            told: Vec::new(),
            fault: None,
            moved: None,
            unchanged: false,
            state: State {
                etag: conditions.etag.clone(),
                modified: conditions.modified.clone(),
                asked_at: now,
                next_at: after(now, feed.every),
                failures: 0,
                told: None,
            },
        };
        match self.allowed(&feed.url).and_then(|()| self.get(&feed.url, &conditions)) {
            Ok(Answer::Unchanged) => came.unchanged = true,
            Ok(Answer::Came { body, charset, etag, modified, moved }) => {
                came.moved = moved;
                self.items(feed, body, charset, &mut came);
                let whole = came.told.iter().all(|told| told.record.is_some());
                // A feed that broke off is asked for again as a whole.
                (came.state.etag, came.state.modified) = if whole { (etag, modified) } else { (None, None) };
                if feed.follow_links {
                    self.follow(&mut came);
                }
            }
            Err(fault) => {
                let failures = state.map_or(0, |state| state.failures).saturating_add(1);
                came.state.failures = failures;
                came.state.told = Some(fault.to_string());
                came.state.next_at = after(now, backoff(&fault, feed.every, failures, now));
                came.fault = Some(fault);
            }
        }
        came
    }

    /// Asks, when the host has had its rest.
    fn get(&mut self, address: &str, conditions: &Conditions) -> Result<Answer, Fault> {
        let host = host(address);
        let delay = match self.robots.get(&host) {
            Some(Ok(robots)) => robots.delay.unwrap_or_default(),
            _ => Duration::ZERO,
        };
        let between = self.client.limits().between.max(delay);
        if let Some(last) = self.last.get(&host) {
            std::thread::sleep(between.saturating_sub(last.elapsed()));
        }
        let answer = self.client.get(address, conditions);
        self.last.insert(host, Instant::now());
        answer
    }

    /// Whether the server's robots.txt allows an address.
    fn allowed(&mut self, address: &str) -> Result<(), Fault> {
        let uri: Uri = address.parse().map_err(|_| Fault::Address { address: address.to_owned() })?;
        let host = host(address);
        if !self.robots.contains_key(&host) {
            let robots = match self.get(&format!("{host}/robots.txt"), &Conditions::default()) {
                Ok(Answer::Came { mut body, .. }) => {
                    body.truncate(LARGEST as usize);
                    Ok(Robots::of(&String::from_utf8_lossy(&body), NAME))
                }
                // What is not there forbids nothing.
                Ok(Answer::Unchanged) | Err(Fault::Status { status: 400..=428 | 430..=499, .. }) => {
                    Ok(Robots::default())
                }
                // As RFC 9309 says, a server that cannot tell its rules is not asked for more; where it cannot be reached at all, the feed cannot either.
                Err(fault) => return Err(fault),
            };
            self.robots.insert(host.clone(), robots);
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        match self.robots.get(&host) {
            Some(Ok(robots)) if !robots.allows(path) => Err(Fault::Robots),
            _ => Ok(()),
        }
    }

    /// The items of an answer.
    fn items(&self, feed: &FeedOptions, body: Vec<u8>, charset: Option<String>, came: &mut Came) {
        let defaults = Defaults { source: feed.source.clone(), ..Defaults::default() };
        let input = Input::Bytes { name: feed.url.clone(), bytes: body, charset };
        let mut reports = Reports::new(vec![input], defaults, self.limits);
        while let Some(step) = reports.step() {
            match step {
                Step::Report(mut report) => {
                    // A name that the file gives counts more than what the feed calls itself.
                    if feed.source.is_some() {
                        report.source.clone_from(&feed.source);
                    }
                    came.reports.push(report);
                }
                Step::Told(told) => came.told.push(told),
                Step::Pause => {}
            }
        }
    }

    /// Puts the articles behind items that are teasers in their place.
    fn follow(&mut self, came: &mut Came) {
        let mut pages = 0;
        for at in 0..came.reports.len() {
            let Some(address) = came.reports[at].url.clone() else { continue };
            if came.reports[at].text.split_whitespace().nth(WHOLE).is_some() || pages >= MOST_PAGES {
                continue;
            }
            pages += 1;
            let answer = self.allowed(&address).and_then(|()| self.get(&address, &Conditions::default()));
            // A page that cannot be had leaves the teaser.
            let Ok(Answer::Came { body, charset, .. }) = answer else { continue };
            let input = Input::Bytes { name: address, bytes: body, charset };
            let page = Reports::new(vec![input], Defaults::default(), self.limits).find_map(Result::ok);
            let report = &mut came.reports[at];
            if let Some(page) = page.filter(|page| page.text.len() > report.text.len()) {
                report.text = page.text;
                report.published = report.published.or(page.published);
                report.title = report.title.take().or(page.title);
            }
        }
    }
}

/// How long a feed is left alone after it failed `failures` times in a row.
pub fn backoff(fault: &Fault, every: Duration, failures: u32, now: Timestamp) -> Duration {
    match fault {
        Fault::Status { status: 410, .. } => GONE,
        Fault::Status { retry_after: Some(text), .. } => {
            retry_after(text, now).clamp(every.min(LONGEST), LONGEST)
        }
        _ => every.saturating_mul(2u32.saturating_pow(failures.min(10))).min(LONGEST.max(every)),
    }
}

/// What `Retry-After` says: seconds, or a date.
fn retry_after(text: &str, now: Timestamp) -> Duration {
    if let Ok(seconds) = text.trim().parse::<u64>() {
        return Duration::from_secs(seconds.min(LONGEST.as_secs()));
    }
    let date = jiff::fmt::rfc2822::parse(text.trim()).map(|date| date.timestamp());
    date.ok().and_then(|date| Duration::try_from(date.duration_since(now)).ok()).unwrap_or_default()
}

fn after(now: Timestamp, time: Duration) -> Timestamp {
    now.checked_add(time).unwrap_or(Timestamp::MAX)
}

/// Scheme, host and port of an address.
fn host(address: &str) -> String {
    let uri: Option<Uri> = address.parse().ok();
    uri.and_then(|uri| Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?)))
        .unwrap_or_else(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failing_feeds_are_left_alone_for_longer_and_longer() {
        let now: Timestamp = "2017-11-08T10:00:00Z".parse().unwrap();
        let every = Duration::from_mins(15);
        let wait = |fault: &Fault, failures| backoff(fault, every, failures, now).as_secs();
        let slow = Fault::Slow { seconds: 30 };
        assert_eq!([1, 2, 3, 60].map(|failures| wait(&slow, failures)), [1800, 3600, 7200, 86_400]);
        let busy = |text: &str| Fault::Status { status: 503, retry_after: Some(text.to_owned()) };
        assert_eq!(wait(&busy("7200"), 1), 7200);
        assert_eq!(wait(&busy("99999999999"), 1), 86_400);
        assert_eq!(wait(&busy("Wed, 08 Nov 2017 11:00:00 GMT"), 1), 3600);
        assert_eq!(wait(&busy("soon"), 1), 900);
        assert_eq!(wait(&Fault::Status { status: 410, retry_after: None }, 1), 30 * 86_400);
    }
}
