use super::pattern::Pattern;

/// A row that is not as the format demands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("lexicon file {file}, line {line}, column `{column}`: {reason}")]
pub struct LexiconError {
    /// Name of the file, below `lexicon/`.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Name of the column.
    pub column: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// One row with its place, so that errors can name it.
pub(crate) struct Row<'t> {
    file: &'t str,
    pub(crate) line: usize,
    columns: &'t [&'static str],
    cells: Vec<&'t str>,
}

/// Rows of a tab-separated file whose first row names the columns; empty lines and lines that begin with `#` are skipped.
pub(crate) fn rows<'t>(
    file: &'t str,
    text: &'t str,
    columns: &'t [&'static str],
) -> Result<Vec<Row<'t>>, LexiconError> {
    let fail = |line: usize, column: &str, reason: String| LexiconError {
        file: file.to_owned(),
        line,
        column: column.to_owned(),
        reason,
    };
    let mut found = Vec::new();
    let mut headed = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if cells.len() != columns.len() {
            let reason = format!("{} cells, expected {}: {}", cells.len(), columns.len(), columns.join(", "));
            return Err(fail(at + 1, "row", reason));
        }
        if headed {
            found.push(Row { file, line: at + 1, columns, cells });
        } else if cells == columns {
            headed = true;
        } else {
            return Err(fail(
                at + 1,
                "row",
                format!("the first row must name the columns: {}", columns.join(", ")),
            ));
        }
    }
    Ok(found)
}

impl<'t> Row<'t> {
    /// The cell of `column`; empty where the file has "." (nothing to say).
    pub(crate) fn text(&self, column: &str) -> Result<&'t str, LexiconError> {
        let at = self.columns.iter().position(|&name| name == column);
        let cell = at
            .and_then(|at| self.cells.get(at))
            .ok_or_else(|| self.error(column, "there is no such column"))?;
        if cell.is_empty() {
            return Err(self.error(column, "the cell is empty: write `.` for nothing"));
        }
        Ok(if *cell == "." { "" } else { cell })
    }

    /// The cell of `column` read by `parse`; `None` where it says nothing.
    pub(crate) fn parsed<T>(
        &self,
        column: &str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, LexiconError> {
        let cell = self.text(column)?;
        if cell.is_empty() {
            return Ok(None);
        }
        parse(cell).map(Some).ok_or_else(|| self.error(column, format!("`{cell}` is not {expected}")))
    }

    /// The cell of `column` read by `parse`, which must say something.
    pub(crate) fn required<T>(
        &self,
        column: &str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, LexiconError> {
        self.parsed(column, expected, parse)?
            .ok_or_else(|| self.error(column, format!("expected {expected}")))
    }

    /// The patterns of `column`, alternatives separated by `|`.
    pub(crate) fn patterns(&self, column: &str) -> Result<Vec<Pattern>, LexiconError> {
        self.text(column)?
            .split('|')
            .map(|words| Pattern::parse(words).map_err(|reason| self.error(column, reason)))
            .collect()
    }

    /// An error at `column` of this row.
    pub(crate) fn error(&self, column: &str, reason: impl Into<String>) -> LexiconError {
        LexiconError {
            file: self.file.to_owned(),
            line: self.line,
            column: column.to_owned(),
            reason: reason.into(),
        }
    }
}
