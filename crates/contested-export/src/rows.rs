//! Rows of cells as text that spreadsheets and scripts can open without harm.
//!
//! Names, titles and quotes come from outside. A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula and would run it, so
//! such a text gets an apostrophe in front; a text that already begins with an apostrophe before one of these gets another one, so that whoever
//! takes one off again (`docs/formats/README.md`) has the text back. Numbers stay numbers. Line ends, tabs and control characters become spaces:
//! one record is one line everywhere.

use std::borrow::Cow;
use std::io::Write;

use crate::{Cell, ExportError};

/// A table on its way out.
pub(crate) struct Rows<'w> {
    writer: csv::Writer<&'w mut dyn Write>,
    tabs: bool,
    missing: &'static str,
}

impl<'w> Rows<'w> {
    /// Comma-separated, quoted where needed.
    pub(crate) fn commas(out: &'w mut dyn Write) -> Self {
        Self { writer: csv::Writer::from_writer(out), tabs: false, missing: "" }
    }

    /// Tab-separated and never quoted, as GDELT and POLECAT write; `missing` stands for nothing.
    pub(crate) fn tabs(out: &'w mut dyn Write, missing: &'static str) -> Self {
        let writer =
            csv::WriterBuilder::new().delimiter(b'\t').quote_style(csv::QuoteStyle::Never).from_writer(out);
        Self { writer, tabs: true, missing }
    }

    /// The names of the columns, or any other row of fixed words.
    pub(crate) fn head<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> Result<(), ExportError> {
        Ok(self.writer.write_record(names)?)
    }

    /// A row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), ExportError> {
        for cell in cells {
            let text = match &cell {
                Cell::Empty => Cow::Borrowed(self.missing),
                Cell::Text(text) => self.safe(text),
                other => Cow::Owned(other.words()),
            };
            self.writer.write_field(text.as_bytes())?;
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// Hands everything over.
    pub(crate) fn finish(mut self) -> Result<(), ExportError> {
        Ok(self.writer.flush()?)
    }

    fn safe<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let line = one_line(text);
        let line = if self.tabs && line.contains('"') {
            // Readers of these formats differ in what a quotation mark means; none of them needs one.
            Cow::Owned(line.replace('"', "'"))
        } else {
            line
        };
        if is_formula(&line) { Cow::Owned(format!("'{line}")) } else { line }
    }
}

/// Without line ends, tabs and other control characters.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split(char::is_control).filter(|part| !part.is_empty()) {
        if !out.is_empty() && !out.ends_with(' ') && !part.starts_with(' ') {
            out.push(' ');
        }
        out.push_str(part);
    }
    Cow::Owned(out)
}

/// Whether a spreadsheet would take `text` for a formula, or would have taken it before an apostrophe was put in front.
fn is_formula(text: &str) -> bool {
    let mut letters = text.chars();
    let triggers = |letter| matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    match letters.next() {
        Some('\'') => letters.next().is_some_and(|next| triggers(next) || next == '\''),
        Some(first) => triggers(first),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(tabs: bool, cells: Vec<Cell>) -> String {
        let mut out: Vec<u8> = Vec::new();
        let mut rows = if tabs { Rows::tabs(&mut out, "None") } else { Rows::commas(&mut out) };
        rows.row(cells).unwrap();
        rows.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn formulas_are_text_and_numbers_are_numbers() {
        let cells = ["=1+1", "+49", "-cmd", "@SUM(A1)", "'=x", "''a", "'Ayn Issa", "a=b"].map(Cell::from);
        assert_eq!(written(false, cells.to_vec()), "'=1+1,'+49,'-cmd,'@SUM(A1),''=x,'''a,'Ayn Issa,a=b\n");
        assert_eq!(written(false, vec![Cell::Real(-12.5), Cell::Int(-3)]), "-12.5,-3\n");
    }

    #[test]
    fn an_apostrophe_taken_off_gives_the_text_back() {
        for text in ["=1", "'=1", "''=1", "'", "''", "-", "plain", "'Ayn", "＝1"] {
            let cell = written(false, vec![Cell::from(text)]).trim_end().to_owned();
            let back = match cell.strip_prefix('\'') {
                Some(rest) if rest.starts_with(['=', '+', '-', '@', '\'', '＝', '＋', '－', '＠']) => {
                    rest
                }
                _ => &cell,
            };
            assert_eq!(back, text);
        }
    }

    #[test]
    fn a_record_is_a_line_whatever_is_in_it() {
        let cells = || ["a\tb\r\nc", "say \"no\"", "x\u{0}y", ""].map(Cell::from).to_vec();
        assert_eq!(written(true, cells()), "a b c\tsay 'no'\tx y\tNone\n");
        assert_eq!(written(false, cells()), "a b c,\"say \"\"no\"\"\",x y,\n");
    }
}
