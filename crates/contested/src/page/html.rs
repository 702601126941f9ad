//! A page as one web page that needs nothing else: no script, no font, no address.

use std::fmt::Write as _;

use console::Style;

use super::{Block, depth};

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
.d1 { margin-left: 0; } .d2 { margin-left: 1.5rem; } .d3 { margin-left: 3rem; }
.strong { font-weight: 600; margin-top: .9rem; } .aside { opacity: .75; font-size: .92rem; }
@media print { body { max-width: none; } }
</style>
";

/// The page.
pub(super) fn page(blocks: &[Block]) -> String {
    let title = blocks.iter().find_map(|block| match block {
        Block::Heading(text) => Some(text.as_str()),
        Block::Paragraph { .. } => None,
    });
    let mut out =
        format!("{HEAD}<title>{}</title>\n</head>\n<body>\n<main>\n", escaped(title.unwrap_or("contested")));
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Heading(text) => {
                let level = if at == 0 { "h1" } else { "h2" };
                let _ = writeln!(out, "<{level}>{}</{level}>", escaped(text));
            }
            Block::Paragraph { lead, text, style } => {
                let deep = depth(lead).min(3);
                let how = class(style).map_or_else(String::new, |class| format!(" {class}"));
                let sign = escaped(lead.trim());
                let sign = if sign.is_empty() { sign } else { format!("{sign} ") };
                let _ = writeln!(out, "<p class=\"d{deep}{how}\">{sign}{}</p>", escaped(text));
            }
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn class(style: &Style) -> Option<&'static str> {
    if *style == Style::new() {
        None
    } else if *style == Style::new().dim() {
        Some("aside")
    } else {
        Some("strong")
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::page::{Format, Page};

    #[test]
    fn a_report_cannot_put_markup_on_the_page() {
        let mut page = Page::new(80, false);
        page.heading("Situation");
        page.strong("  ✕ ", "<script>alert(1)</script> & \"more\"");
        let html = page.into_format(Format::Html);
        assert!(
            html.contains(
                "<p class=\"d1 strong\">✕ &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;</p>"
            ),
            "{html}"
        );
        assert!(!html.contains("<script"));
    }
}
