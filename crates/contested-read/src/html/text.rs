//! The words of HTML: paragraphs parted by an empty line, white space as one space, nothing of scripts and styles.

use super::markup::{Piece, entities, pieces};

/// Elements that begin a paragraph.
const BLOCKS: [&str; 31] = [
    "p",
    "div",
    "article",
    "section",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "figure",
    "figcaption",
    "form",
    "pre",
    "address",
    "hr",
    "body",
    "html",
    "fieldset",
    "details",
    "summary",
];
/// Elements that begin a line.
const LINES: [&str; 7] = ["br", "li", "tr", "dt", "dd", "option", "caption"];
/// Elements whose words are not for readers.
const SILENT: [&str; 8] = ["script", "style", "template", "title", "textarea", "iframe", "noembed", "xmp"];

/// The words of a page or a fragment.
pub(crate) fn text_of(html: &str) -> String {
    let mut out = Writer::default();
    let mut silent = false;
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) if !silent => out.words(&entities(text)),
            Piece::Text(_) => {}
            Piece::Open { name, .. } => {
                silent = is(name, &SILENT);
                out.element(name);
            }
            Piece::Close { name } => {
                silent = false;
                out.element(name);
            }
        }
    }
    out.text
}

/// The words in the paragraphs of a page, `letters` bytes of them or somewhat more.
pub(crate) fn paragraphs_of(html: &str, letters: usize) -> String {
    let mut out = Writer::default();
    let mut inside = false;
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) if inside => out.words(&entities(text)),
            Piece::Open { name, .. } if is(name, &BLOCKS) => {
                inside = name.eq_ignore_ascii_case("p");
                out.element(name);
            }
            Piece::Open { name, .. } if is(name, &SILENT) => inside = false,
            Piece::Close { name } if is(name, &BLOCKS) => inside = false,
            _ => {}
        }
        if out.text.len() >= letters {
            break;
        }
    }
    out.text
}

fn is(name: &str, list: &[&str]) -> bool {
    list.iter().any(|one| name.eq_ignore_ascii_case(one))
}

/// What stands before the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

#[derive(Debug, Default)]
struct Writer {
    text: String,
    gap: Gap,
}

impl Writer {
    fn element(&mut self, name: &str) {
        let gap = if is(name, &BLOCKS) {
            Gap::Paragraph
        } else if is(name, &LINES) {
            Gap::Line
        } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
            Gap::Space
        } else {
            return;
        };
        self.gap = self.gap.max(gap);
    }

    fn words(&mut self, text: &str) {
        for part in text.split_inclusive(char::is_whitespace) {
            let word = part.trim_end();
            if !word.is_empty() {
                if !self.text.is_empty() {
                    self.text.push_str(match self.gap {
                        Gap::None => "",
                        Gap::Space => " ",
                        Gap::Line => "\n",
                        Gap::Paragraph => "\n\n",
                    });
                }
                self.text.push_str(word);
                self.gap = Gap::None;
            }
            if word.len() < part.len() {
                self.gap = self.gap.max(Gap::Space);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn paragraphs_lines_and_words_are_kept() {
        let html = "<h1>Town\n  falls</h1><p>Rebels <b>took</b> Rawa&nbsp;on <i>Tuesday</i>.<br>A commander said so.</p>\
                    <script>x < y</script><ul><li>one<li>two</ul><td>3</td><td>4</td>";
        assert_eq!(
            text_of(html),
            "Town falls\n\nRebels took Rawa on Tuesday.\nA commander said so.\n\none\ntwo\n\n3 4"
        );
    }

    #[test]
    fn nesting_costs_nothing() {
        let deep = format!("{}word{}", "<div><b>".repeat(200_000), "</b></div>".repeat(200_000));
        assert_eq!(text_of(&deep), "word");
    }
}
