//! What a page says of itself: title, outlet, day, address, author, from metadata and JSON-LD, as `page_marks.tsv` orders them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;

use super::markup::{Piece, attribute, entities, pieces};
use crate::parse_date;

const MARKS: &str = include_str!("../../data/page_marks.tsv");
/// Longest value that is one.
const LONGEST: usize = 2000;
/// Largest JSON-LD that is looked at, in bytes.
const LARGEST_JSON: usize = 1 << 20;

/// What a page says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    pub(crate) title: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) url: Option<String>,
    pub(crate) byline: Option<String>,
}

/// Everything that could be a mark, as found in one pass over a page.
#[derive(Debug, Default)]
struct Raw {
    metas: BTreeMap<String, String>,
    article: Option<Value>,
    title: Option<String>,
    canonical: Option<String>,
    time: Option<Date>,
}

/// The marks of a page.
pub(crate) fn marks(html: &str) -> Marks {
    let raw = raw(html);
    let title = find(&raw, "title", |text| Some(text.to_owned())).or(raw.title.clone());
    let canonical = raw.canonical.clone().filter(|url| url.starts_with("http"));
    Marks {
        title: title.map(|title| words(&title)).filter(|title| !title.is_empty()),
        source: find(&raw, "source", |text| Some(words(text))),
        published: find(&raw, "published", parse_date).or(raw.time),
        url: canonical
            .or_else(|| find(&raw, "url", |text| text.starts_with("http").then(|| text.to_owned()))),
        byline: find(&raw, "byline", |text| (!text.starts_with("http")).then(|| words(text))),
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first value of `role` that `read` makes something of.
fn find<T>(raw: &Raw, role: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let rows = MARKS.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t')).filter(|(of, _)| *of == role).find_map(|(_, rest)| {
        let (place, name) = rest.split_once('\t')?;
        let value = match place {
            "json" => inside(raw.article.as_ref()?, name)?,
            _ => raw.metas.get(&name.to_ascii_lowercase())?,
        };
        read(value.trim()).filter(|_| !value.trim().is_empty() && value.len() <= LONGEST)
    })
}

/// The string at a path of an article's JSON-LD; of several values the first.
fn inside<'v>(article: &'v Value, path: &str) -> Option<&'v str> {
    let mut value = article;
    for key in path.split('.') {
        value = first(value).get(key)?;
    }
    first(value).as_str()
}

fn first(value: &Value) -> &Value {
    value.as_array().and_then(|list| list.first()).unwrap_or(value)
}

fn raw(html: &str) -> Raw {
    let mut raw = Raw::default();
    let mut inside: Option<&str> = None;
    for piece in pieces(html) {
        match piece {
            Piece::Open { name, rest } => {
                inside = None;
                if name.eq_ignore_ascii_case("meta") {
                    let key =
                        ["property", "name", "itemprop"].into_iter().find_map(|key| attribute(rest, key));
                    if let (Some(key), Some(content)) = (key, attribute(rest, "content"))
                        && raw.metas.len() < 500
                    {
                        raw.metas.entry(key.to_ascii_lowercase()).or_insert_with(|| content.into_owned());
                    }
                } else if name.eq_ignore_ascii_case("link") {
                    if raw.canonical.is_none()
                        && attribute(rest, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
                    {
                        raw.canonical = attribute(rest, "href").map(std::borrow::Cow::into_owned);
                    }
                } else if name.eq_ignore_ascii_case("time") {
                    if raw.time.is_none() {
                        raw.time = attribute(rest, "datetime").and_then(|text| parse_date(&text));
                    }
                } else if name.eq_ignore_ascii_case("title") {
                    inside = Some("title");
                } else if name.eq_ignore_ascii_case("script")
                    && attribute(rest, "type")
                        .is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
                {
                    inside = Some("json");
                }
            }
            Piece::Close { .. } => inside = None,
            Piece::Text(text) => match inside {
                Some("title") if raw.title.is_none() => raw.title = Some(entities(text).into_owned()),
                Some("json") if raw.article.is_none() && text.len() <= LARGEST_JSON => {
                    raw.article = serde_json::from_str(text).ok().and_then(|json| article(json, 0));
                }
                _ => {}
            },
        }
    }
    raw
}

/// The article in a JSON-LD value.
fn article(json: Value, depth: usize) -> Option<Value> {
    if depth > 4 {
        return None;
    }
    match json {
        Value::Array(list) => list.into_iter().find_map(|one| article(one, depth + 1)),
        Value::Object(mut object) => {
            let kinds = object.get("@type").map(|kind| match kind {
                Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
                other => other.as_str().unwrap_or_default().to_owned(),
            });
            if kinds
                .is_some_and(|kinds| ["Article", "Posting", "Report"].iter().any(|kind| kinds.contains(kind)))
            {
                return Some(Value::Object(object));
            }
            object.remove("@graph").and_then(|graph| article(graph, depth + 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_and_json_ld_are_read_in_order_of_trust() {
        let html = r#"<html><head><title>Town falls | The Wire</title>
            <meta property="og:site_name" content="The Wire"><meta name="date" content="soon">
            <meta property="article:published_time" content="2017-11-08T10:00:00+02:00">
            <link rel="canonical" href="https://wire.example/town">
            <script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "headline": "Town  falls",
              "author": [{"name": "A. Writer"}]}]}</script></head><body><time datetime="2016-01-01">then</time></body></html>"#;
        assert_eq!(
            marks(html),
            Marks {
                title: Some("Town falls".into()),
                source: Some("The Wire".into()),
                published: Some(jiff::civil::date(2017, 11, 8)),
                url: Some("https://wire.example/town".into()),
                byline: Some("A. Writer".into()),
            }
        );
        let plain = marks("<title>Only &amp; this</title><p>x</p><time datetime='2016-01-01'>");
        assert_eq!(
            (plain.title.as_deref(), plain.published),
            (Some("Only & this"), Some(jiff::civil::date(2016, 1, 1)))
        );
    }
}
