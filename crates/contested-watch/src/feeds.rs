//! The file that says what is followed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

/// Most often that a feed is asked.
const MOST_OFTEN: Duration = Duration::from_mins(1);
/// Most feeds and folders of a file.
const MOST: usize = 10_000;

/// What is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeds {
    /// Whether addresses inside the network may be asked.
    pub allow_private: bool,
    /// What is told to servers, so that they can complain: an address of mail or the web.
    pub contact: Option<String>,
    /// Feeds.
    pub feeds: Vec<FeedOptions>,
    /// Folders.
    pub folders: Vec<FolderOptions>,
}

/// A feed that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedOptions {
    /// Its address.
    pub url: String,
    /// Outlet of its items; without one, the feed's own title.
    pub source: Option<String>,
    /// How often it is asked.
    pub every: Duration,
    /// Whether the pages that items point to are fetched for their article.
    pub follow_links: bool,
}

/// A folder that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderOptions {
    /// Where it is.
    pub path: PathBuf,
    /// Outlet of reports that name none.
    pub source: Option<String>,
}

/// What is wrong with the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FeedsError {
    /// The file cannot be read.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is not as it should be.
    #[error("{path}: {cause}")]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong, and how to put it right.
        cause: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    every: Option<String>,
    #[serde(default)]
    allow_private: bool,
    contact: Option<String>,
    #[serde(default, rename = "feed")]
    feeds: Vec<RawFeed>,
    #[serde(default, rename = "folder")]
    folders: Vec<RawFolder>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFeed {
    url: String,
    source: Option<String>,
    every: Option<String>,
    #[serde(default)]
    follow_links: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFolder {
    path: PathBuf,
    source: Option<String>,
}

impl Feeds {
    /// Reads the file at `path`; folders are named from where it lies.
    ///
    /// # Errors
    /// When it cannot be read or is not as it should be.
    pub fn read(path: &Path) -> Result<Self, FeedsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|cause| FeedsError::Unreadable { path: path.to_owned(), cause })?;
        Self::of(&text, path.parent().unwrap_or(Path::new("")))
            .map_err(|cause| FeedsError::Broken { path: path.to_owned(), cause })
    }

    /// What `text` says; folders are named from `folder`.
    fn of(text: &str, folder: &Path) -> Result<Self, String> {
        let raw: Raw = toml::from_str(text).map_err(|error| error.to_string())?;
        if raw.feeds.len() + raw.folders.len() > MOST {
            return Err(format!("more than {MOST} feeds: share them out between several files"));
        }
        if raw.feeds.is_empty() && raw.folders.is_empty() {
            return Err("nothing to follow: add a [[feed]] with its `url`, or a [[folder]] with its `path`"
                .to_owned());
        }
        let usual = raw.every.as_deref().map_or(Ok(Duration::from_mins(15)), every)?;
        let feeds = raw.feeds.into_iter().map(|feed| {
            if !(feed.url.starts_with("http://") || feed.url.starts_with("https://")) {
                return Err(format!(
                    "`{}` is no address of the web: it must begin with http:// or https://",
                    feed.url
                ));
            }
            let every = feed.every.as_deref().map_or(Ok(usual), every)?;
            Ok(FeedOptions { url: feed.url, source: feed.source, every, follow_links: feed.follow_links })
        });
        let feeds = feeds.collect::<Result<Vec<_>, String>>()?;
        for (at, feed) in feeds.iter().enumerate() {
            if feeds[..at].iter().any(|other| other.url == feed.url) {
                return Err(format!("`{}` is there twice", feed.url));
            }
        }
        let folders =
            raw.folders.into_iter().map(|it| FolderOptions { path: folder.join(it.path), source: it.source });
        Ok(Self { allow_private: raw.allow_private, contact: raw.contact, feeds, folders: folders.collect() })
    }
}

/// A time such as `15m`, `1h` or `90s`, no shorter than a minute.
fn every(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no time: write it as `15m`, `1h` or `1d`, at least `1m`");
    let (number, unit) =
        text.trim().split_at(text.trim().find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let seconds = match unit.trim() {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    let time = Duration::from_secs(number.checked_mul(seconds).ok_or_else(wrong)?);
    if (MOST_OFTEN..=Duration::from_hours(30 * 24)).contains(&time) { Ok(time) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_is_followed() {
        let text = "every = '30m'\ncontact = 'desk@example.org'\n[[feed]]\nurl = 'https://wire.example/rss'\nsource = 'Wire'\n\
                    [[feed]]\nurl = 'https://m.example/atom'\nevery = '1h'\nfollow_links = true\n[[folder]]\npath = 'inbox'\n";
        let feeds = Feeds::of(text, Path::new("/desk")).unwrap();
        assert_eq!(feeds.feeds[0].every, Duration::from_mins(30));
        assert_eq!((feeds.feeds[1].every, feeds.feeds[1].follow_links), (Duration::from_hours(1), true));
        assert_eq!(feeds.folders[0].path, Path::new("/desk/inbox"));
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, words) in [
            ("", "nothing to follow"),
            ("[[feed]]\nurl = 'ftp://x'", "no address of the web"),
            ("[[feed]]\nurl = 'http://x'\nevery = '1s'", "at least `1m`"),
            ("[[feed]]\nurl = 'http://x'\nevery = 'often'", "is no time"),
            ("[[feed]]\nurl = 'http://x'\n[[feed]]\nurl = 'http://x'", "twice"),
            ("[[feed]]\nurls = 'http://x'", "unknown field"),
            ("[[feed", "TOML"),
        ] {
            let error = Feeds::of(text, Path::new("")).unwrap_err();
            assert!(error.contains(words), "{error}");
        }
    }
}
