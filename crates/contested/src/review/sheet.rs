//! Tables as spreadsheets write them: with a byte-order mark or without, with commas, semicolons or tabs between cells.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};

/// Rows of named cells, with the line of the file on which each begins.
pub(crate) struct Sheet {
    pub(crate) rows: Vec<SheetRow>,
}

/// A row.
pub(crate) struct SheetRow {
    /// Line of the file, from 1.
    pub(crate) line: u64,
    cells: BTreeMap<String, String>,
}

impl SheetRow {
    /// The cell under `column`, as it was before it was guarded; `None` where the table has no such column.
    pub(crate) fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(|cell| unguarded(cell).trim())
    }

    /// The cell under `column` unless it is empty.
    pub(crate) fn filled(&self, column: &str) -> Option<&str> {
        self.cell(column).filter(|cell| !cell.is_empty())
    }
}

/// Reads the table in `path`, `-` being standard input. All of `required` must be in its head.
pub(crate) fn read(path: &Path, required: &[&str]) -> anyhow::Result<Sheet> {
    let shown = path.display();
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
            .context("cannot read standard input")?;
        bytes
    } else {
        std::fs::read(path).with_context(|| format!("cannot read {shown}"))?
    };
    let text = String::from_utf8(bytes)
        .ok()
        .with_context(|| format!("{shown} is not UTF-8: save the table as CSV in UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let head = text.lines().next().unwrap_or_default();
    let between = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|&b| head.bytes().filter(|&have| have == b).count())
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(between).flexible(true).from_reader(text.as_bytes());
    let head: Vec<String> = reader
        .headers()
        .with_context(|| format!("{shown} has no head"))?
        .iter()
        .map(|h| h.trim().to_lowercase())
        .collect();
    if let Some(missing) = required.iter().find(|column| !head.iter().any(|have| have == *column)) {
        bail!("{shown} has no column `{missing}`: make a table with `contested review export` and edit that");
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.with_context(|| format!("{shown} cannot be read as a table"))?;
        let line = record.position().map_or(0, |position| line_of(text, position.byte() as usize));
        let cells = head.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        rows.push(SheetRow { line, cells });
    }
    Ok(Sheet { rows })
}

/// The line on which a record begins, from 1. The reader's own count is one short after a line that ends in CR LF.
fn line_of(text: &str, byte: usize) -> u64 {
    let before = text.as_bytes().get(..byte).unwrap_or_default();
    let rest = text.as_bytes().get(byte..).unwrap_or_default();
    let line_ends = before
        .iter()
        .chain(rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')))
        .filter(|&&b| b == b'\n')
        .count();
    line_ends as u64 + 1
}

/// Rows as CSV. A cell that a spreadsheet would take for a formula is guarded by an apostrophe.
pub(crate) fn write(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell)))?;
    }
    writer.into_inner().map_err(|e| anyhow::anyhow!("{e}"))
}

fn is_risky(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn guarded(cell: &str) -> String {
    if is_risky(cell) { format!("'{cell}") } else { cell.to_owned() }
}

fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_risky(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_survives_the_habits_of_spreadsheets() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.csv");
        let ours = write(
            &["key", "quote"],
            [vec!["k1:a".to_owned(), "=HYPERLINK(\"x\"), he said;\nand left".to_owned()]].into_iter(),
        )
        .unwrap();
        assert!(String::from_utf8(ours.clone()).unwrap().contains("'=HYPERLINK"));
        std::fs::write(&path, &ours).unwrap();
        let sheet = read(&path, &["key"]).unwrap();
        assert_eq!(sheet.rows[0].cell("quote"), Some("=HYPERLINK(\"x\"), he said;\nand left"));
        std::fs::write(&path, "\u{feff}Key;Decision\r\nk1:a;accept\r\n").unwrap();
        let sheet = read(&path, &["key", "decision"]).unwrap();
        assert_eq!((sheet.rows[0].cell("decision"), sheet.rows[0].line), (Some("accept"), 2));
        let error = read(&path, &["claim"]).err().unwrap().to_string();
        assert!(error.contains("no column `claim`"), "{error}");
    }
}
