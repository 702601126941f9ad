//! A page as Markdown.

use std::fmt::Write as _;

use super::{Block, depth};

/// The page.
pub(super) fn page(blocks: &[Block]) -> String {
    let mut out = String::new();
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Heading(text) => {
                let level = if at == 0 { "#" } else { "##" };
                if at > 0 {
                    out.push('\n');
                }
                let _ = writeln!(out, "{level} {}\n", escaped(text));
            }
            Block::Paragraph { lead, text, .. } => {
                let (deep, sign) = (depth(lead), escaped(lead.trim_matches([' ', '•', '–'])));
                let sign = if sign.is_empty() { sign } else { format!("{sign} ") };
                if deep == 0 {
                    let _ = writeln!(out, "{sign}{}\n", escaped(text));
                } else {
                    let _ = writeln!(out, "{}- {sign}{}", "  ".repeat(deep - 1), escaped(text));
                }
            }
        }
    }
    out
}

/// Text as Markdown shows it unchanged.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::page::{Format, Page};

    #[test]
    fn depth_makes_lists_and_nothing_in_a_report_is_markup() {
        let mut page = Page::new(80, false);
        page.heading("Situation");
        page.paragraph("", "Two claims.");
        page.heading("Disputes");
        page.strong("  ✕ ", "Who holds *Town*");
        page.paragraph("    – ", "Army took <Town>");
        page.paragraph("        ", "Wire, 8 Nov 2017");
        assert_eq!(
            page.into_format(Format::Md),
            "# Situation\n\nTwo claims.\n\n\n## Disputes\n\n- ✕ Who holds \\*Town\\*\n- Army took \\<Town\\>\n  - Wire, 8 Nov 2017\n"
        );
    }
}
