//! A page as a report: its article, found by dom_smoothie (Readability), or all its words where there is no telling.

use std::panic::{AssertUnwindSafe, catch_unwind};

use contested_model::Report;

use super::marks::marks;
use super::markup::{Piece, attribute, pieces};
use super::text::text_of;
use crate::Problem;

/// Largest page of which a tree is made, in bytes; trees take some thirty times the memory.
const LARGEST: usize = 4 << 20;
/// Deepest nesting of which a tree is made.
const DEEPEST: usize = 400;
/// Most tags of which a tree is made.
const MOST_TAGS: usize = 60_000;
/// Most elements of character formatting that may be open: a tree opens them anew in every paragraph.
const MOST_OPEN: usize = 40;

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// The report on a page.
///
/// # Errors
/// When there are no words on it.
pub(crate) fn report(html: &str) -> Result<Report, Problem> {
    let text = article(html).unwrap_or_else(|| text_of(html));
    if text.trim().is_empty() {
        return Err(Problem::NoArticle);
    }
    let marks = marks(html);
    let mut report = Report {
        source: marks.source.or_else(|| marks.url.as_deref().and_then(host)),
        published: marks.published,
        title: marks.title,
        url: marks.url,
        text,
        ..Report::default()
    };
    if let Some(byline) = marks.byline {
        report.other.insert("byline".to_owned(), byline.into());
    }
    Ok(report)
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.split(':').next()?.trim_start_matches("www.");
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// The encoding that a page names near its start.
pub(crate) fn charset(page: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&page[..page.len().min(4096)]);
    pieces(&head).find_map(|piece| {
        let Piece::Open { name, rest } = piece else { return None };
        if !name.eq_ignore_ascii_case("meta") {
            return None;
        }
        let named = attribute(rest, "charset").map(std::borrow::Cow::into_owned);
        named.or_else(|| {
            let content = attribute(rest, "content")?.to_ascii_lowercase();
            content.split_once("charset=").map(|(_, name)| name.trim().to_owned())
        })
    })
}

/// The words of the article that the page is about.
fn article(html: &str) -> Option<String> {
    if !is_tame(html) {
        return None;
    }
    // A defect in a library costs the article's borders, not the report.
    let found = catch_unwind(AssertUnwindSafe(|| {
        let config = dom_smoothie::Config {
            max_elements_to_parse: MOST_TAGS,
            disable_json_ld: true,
            ..dom_smoothie::Config::default()
        };
        let mut page = dom_smoothie::Readability::new(html, None, Some(config)).ok()?;
        page.parse().ok().map(|article| text_of(&article.content))
    }));
    found.ok().flatten().filter(|text| text.split_whitespace().nth(4).is_some())
}

/// Whether a tree can be made of a page without harm.
fn is_tame(html: &str) -> bool {
    if html.len() > LARGEST {
        return false;
    }
    let (mut tags, mut open, mut formatting) = (0, 0usize, 0usize);
    for piece in pieces(html) {
        match piece {
            Piece::Open { name, rest } => {
                tags += 1;
                if !VOID.iter().any(|void| name.eq_ignore_ascii_case(void)) && !rest.ends_with('/') {
                    open += 1;
                }
                formatting += usize::from(is_formatting(name));
            }
            Piece::Close { name } => {
                open = open.saturating_sub(1);
                formatting = formatting.saturating_sub(usize::from(is_formatting(name)));
            }
            Piece::Text(_) => {}
        }
        if tags > MOST_TAGS || open > DEEPEST || formatting > MOST_OPEN {
            return false;
        }
    }
    true
}

fn is_formatting(name: &str) -> bool {
    FORMATTING.iter().any(|one| name.eq_ignore_ascii_case(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> String {
        format!(
            "<html><head><title>Town falls - The Wire</title><link rel=canonical href='https://www.wire.example/a'></head><body>\
             <nav><a href=/>Home</a> <a href=/world>World</a> <a href=/sport>Sport</a></nav>{body}\
             <div class=sidebar><ul><li><a href=/1>Most read: elections</a><li><a href=/2>Weather</a></ul></div>\
             <footer>Copyright The Wire. Terms of use.</footer></body></html>"
        )
    }

    #[test]
    fn the_article_is_found_and_the_rest_of_the_page_is_not() {
        let words = "Rebels captured the town of Rawa on Tuesday, a commander said, after three days of fighting along the river. ".repeat(3);
        let body = format!(
            "<div class=article><h1>Town falls</h1><p>{words}</p><p>The army denied that the town was lost.</p><p>{words}</p></div>"
        );
        let report = report(&page(&body)).unwrap();
        assert!(report.text.contains("The army denied that the town was lost."), "{}", report.text);
        assert!(!report.text.contains("Most read") && !report.text.contains("Copyright"), "{}", report.text);
        assert_eq!(report.source.as_deref(), Some("wire.example"));
        assert_eq!(report.title.as_deref(), Some("Town falls - The Wire"));
    }

    #[test]
    fn hostile_pages_give_their_words() {
        let deep = format!("{}Rebels took the town.{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(report(&deep).unwrap().text, "Rebels took the town.");
        let formatting = format!("{}Rebels took the town.", "<p><b><i><a>".repeat(20_000));
        assert_eq!(report(&formatting).unwrap().text, "Rebels took the town.");
        assert_eq!(report("<html><script>x</script></html>").unwrap_err().code(), "no-article");
    }
}
