//! Text for people: lines that fit the terminal, words that carry the meaning with colour only beside them.

pub(crate) mod control;
pub(crate) mod explanation;
mod html;
mod markdown;
pub(crate) mod situation;
pub(crate) mod source;

use console::Style;
use jiff::civil::Date;

/// Widest column of text that is still good to read.
const WIDEST: usize = 100;
/// Where the output is no terminal.
const USUAL: usize = 92;

/// How a page for people is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// Plain text, coloured in a terminal
    #[default]
    Text,
    /// Markdown
    Md,
    /// A web page that needs nothing else
    Html,
}

/// What stands on a page.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph: what stands before its first line, and its text.
    Paragraph { lead: String, text: String, style: Style },
}

/// A page in the making.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    width: usize,
    colour: bool,
    blocks: Vec<Block>,
}

impl Page {
    /// A page for standard output: as wide as the terminal, coloured only there.
    pub(crate) fn for_output() -> Self {
        let terminal = console::Term::stdout();
        let width = match terminal.size_checked() {
            Some((_, columns)) if terminal.is_term() => usize::from(columns).clamp(40, WIDEST),
            _ => USUAL,
        };
        Self::new(width, terminal.is_term() && console::colors_enabled())
    }

    /// A page for a format; only text knows of a terminal.
    pub(crate) fn for_format(format: Format) -> Self {
        if format == Format::Text { Self::for_output() } else { Self::new(USUAL, false) }
    }

    /// A page of a width.
    pub(crate) const fn new(width: usize, colour: bool) -> Self {
        Self { width, colour, blocks: Vec::new() }
    }

    /// The page in a format.
    pub(crate) fn into_format(self, format: Format) -> String {
        match format {
            Format::Text => self.into_text(),
            Format::Md => markdown::page(&self.blocks),
            Format::Html => html::page(&self.blocks),
        }
    }

    /// The page as lines of text.
    pub(crate) fn into_text(self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            match block {
                Block::Heading(text) => {
                    if !out.is_empty() {
                        out.push('\n');
                    }
                    out.push_str(&self.paint(&text.to_uppercase(), &Style::new().bold()));
                    out.push('\n');
                }
                Block::Paragraph { lead, text, style } => self.wrap(&mut out, lead, text, style),
            }
        }
        out
    }

    /// A heading, with an empty line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(visible(text)));
    }

    /// A paragraph: `lead` before its first line, as many spaces before the others.
    pub(crate) fn paragraph(&mut self, lead: &str, text: &str) {
        self.paragraph_styled(lead, text, &Style::new());
    }

    /// The same in grey, for what is secondary.
    pub(crate) fn aside(&mut self, lead: &str, text: &str) {
        self.paragraph_styled(lead, text, &Style::new().dim());
    }

    /// The same in bold.
    pub(crate) fn strong(&mut self, lead: &str, text: &str) {
        self.paragraph_styled(lead, text, &Style::new().bold());
    }

    pub(crate) fn paragraph_styled(&mut self, lead: &str, text: &str, style: &Style) {
        let (lead, text) = (lead.to_owned(), visible(text));
        self.blocks.push(Block::Paragraph { lead, text, style: style.clone() });
    }

    fn wrap(&self, out: &mut String, lead: &str, text: &str, style: &Style) {
        let indent = " ".repeat(console::measure_text_width(lead));
        let options = textwrap::Options::new(self.width)
            .initial_indent(lead)
            .subsequent_indent(&indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            out.push_str(&self.paint(line.trim_end(), style));
            out.push('\n');
        }
    }

    fn paint(&self, text: &str, style: &Style) -> String {
        if self.colour {
            style.clone().force_styling(true).apply_to(text).to_string()
        } else {
            text.to_owned()
        }
    }
}

/// How deep a paragraph stands, by the width of the space before it; 0 is the page's own text.
fn depth(lead: &str) -> usize {
    lead.chars().take_while(|c| *c == ' ').count().div_ceil(4)
}

/// Text from a report as a terminal may see it: control characters, which could move its cursor or recolour it, and line breaks become spaces.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// "8 Nov 2017".
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// "1 report", "2 reports".
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_wrap_under_their_lead_and_control_characters_are_gone() {
        let mut page = Page::new(24, false);
        page.paragraph("  - ", "the army took the town on \u{1b}[31mWednesday");
        assert_eq!(page.into_text(), "  - the army took the\n    town on\n    [31mWednesday\n");
    }
}
