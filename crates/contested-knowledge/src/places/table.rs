//! Reading the tab-separated tables of `data/places`: `#` lines are comments, the first other line names the columns.

use std::rc::Rc;

use super::GazetteerError;

/// A line of a table.
pub(super) struct Row<'a> {
    file: &'a str,
    line: usize,
    columns: Rc<Vec<&'a str>>,
    cells: Vec<&'a str>,
}

/// The rows of `text`, each knowing where it stands.
pub(super) fn rows<'a>(file: &'a str, text: &'a str) -> Result<Vec<Row<'a>>, GazetteerError> {
    let mut columns: Option<Rc<Vec<&'a str>>> = None;
    let mut out = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        match &columns {
            None => columns = Some(Rc::new(cells)),
            Some(columns) if columns.len() != cells.len() => {
                return Err(GazetteerError::Row {
                    file: file.to_owned(),
                    line: i + 1,
                    reason: format!("{} cells where the head has {}", cells.len(), columns.len()),
                });
            }
            Some(columns) => out.push(Row { file, line: i + 1, columns: Rc::clone(columns), cells }),
        }
    }
    Ok(out)
}

impl<'a> Row<'a> {
    /// The cell under `column`; empty when it is.
    pub(super) fn cell(&self, column: &str) -> Result<&'a str, GazetteerError> {
        self.columns
            .iter()
            .position(|&c| c == column)
            .and_then(|at| self.cells.get(at).copied())
            .ok_or_else(|| self.error(column, "the table has no such column"))
    }

    /// The cell, which must not be empty.
    pub(super) fn text(&self, column: &str) -> Result<&'a str, GazetteerError> {
        let cell = self.cell(column)?;
        if cell.is_empty() { Err(self.error(column, "it is empty")) } else { Ok(cell) }
    }

    /// The cell cut at `|`.
    pub(super) fn list(&self, column: &str) -> Result<Vec<String>, GazetteerError> {
        Ok(self
            .cell(column)?
            .split('|')
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect())
    }

    /// The cell as a finite number.
    pub(super) fn number(&self, column: &str) -> Result<f64, GazetteerError> {
        let cell = self.text(column)?;
        cell.parse()
            .ok()
            .filter(|n: &f64| n.is_finite())
            .ok_or_else(|| self.error(column, &format!("{cell} is no number")))
    }

    /// An error in this row.
    pub(super) fn error(&self, column: &str, reason: &str) -> GazetteerError {
        GazetteerError::Row {
            file: self.file.to_owned(),
            line: self.line,
            reason: format!("{column}: {reason}"),
        }
    }
}
