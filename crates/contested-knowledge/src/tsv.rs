//! Reading the reviewable tables of `data/`: tab-separated, `#` comments, one header line, and errors that name file, line and reason.

/// A table that cannot be taken as it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct DataError {
    /// The table, as its path inside the project or as the user named it.
    pub file: String,
    /// 1-based line.
    pub line: u32,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl DataError {
    pub(crate) fn new(file: &str, line: u32, reason: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, reason: reason.into() }
    }
}

/// One row: its line number and its cells, trimmed, as many as the header has.
#[derive(Debug, Clone)]
pub(crate) struct Row<'t, const N: usize> {
    pub(crate) line: u32,
    pub(crate) cells: [&'t str; N],
}

/// The rows of `text`, whose header must be `header`.
pub(crate) fn rows<'t, const N: usize>(
    file: &str,
    text: &'t str,
    header: [&str; N],
) -> Result<Vec<Row<'t, N>>, DataError> {
    let mut out = Vec::new();
    let mut headed = false;
    for (at, line) in text.lines().enumerate() {
        let number = at as u32 + 1;
        let line = line.trim_end_matches('\r');
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let mut cells = [""; N];
        let mut count = 0;
        for (n, cell) in line.split('\t').enumerate() {
            if let Some(slot) = cells.get_mut(n) {
                *slot = cell.trim();
            }
            count = n + 1;
        }
        if count != N {
            return Err(DataError::new(
                file,
                number,
                format!("{count} columns, expected {N} separated by tabs"),
            ));
        }
        if headed {
            out.push(Row { line: number, cells });
        } else if cells == header {
            headed = true;
        } else {
            return Err(DataError::new(file, number, format!("the header must be `{}`", header.join(" "))));
        }
    }
    if headed { Ok(out) } else { Err(DataError::new(file, 1, "no header line")) }
}

/// The values of a list cell, separated by `;`.
pub(crate) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_file_line_and_reason() {
        let wrong = rows("data/x.tsv", "# c\na\tb\n1\t2\n3\n", ["a", "b"]).map(|rows| rows.len());
        assert_eq!(
            wrong.map_err(|e| e.to_string()),
            Err("data/x.tsv:4: 1 columns, expected 2 separated by tabs".to_owned())
        );
        let wrong = rows("data/x.tsv", "a\tc\n", ["a", "b"]).map(|rows| rows.len());
        assert_eq!(
            wrong.map_err(|e| e.to_string()),
            Err("data/x.tsv:1: the header must be `a b`".to_owned())
        );
        assert!(rows("data/x.tsv", "", ["a"]).is_err());
    }
}
