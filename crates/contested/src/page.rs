//! Text for people: lines that fit the terminal, words that carry the meaning with colour only beside them.

pub(crate) mod control;
pub(crate) mod situation;
pub(crate) mod source;

use console::Style;
use jiff::civil::Date;

/// Widest column of text that is still good to read.
const WIDEST: usize = 100;
/// Where the output is no terminal.
const USUAL: usize = 92;

/// How a page is set.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    width: usize,
    colour: bool,
    text: String,
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

    /// A page of a width.
    pub(crate) const fn new(width: usize, colour: bool) -> Self {
        Self { width, colour, text: String::new() }
    }

    /// The text so far.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// A heading, with an empty line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        let painted = self.paint(&text.to_uppercase(), &Style::new().bold());
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&painted);
        self.text.push('\n');
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
        let indent = " ".repeat(console::measure_text_width(lead));
        let options = textwrap::Options::new(self.width)
            .initial_indent(lead)
            .subsequent_indent(&indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(&visible(text), options) {
            let line = self.paint(line.trim_end(), style);
            self.text.push_str(&line);
            self.text.push('\n');
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
