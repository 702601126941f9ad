//! Rows of text for spreadsheets and for notes.

/// Rows under named columns.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// As a spreadsheet reads it: commas, quotation marks where needed, a line feed after each row.
    pub(crate) fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let _ = writer.write_record(self.columns);
        for row in &self.rows {
            let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
        }
        writer.into_inner().unwrap_or_default()
    }

    /// As a table in Markdown.
    pub(crate) fn markdown(&self) -> Vec<u8> {
        let line = |cells: &mut dyn Iterator<Item = String>| {
            let cells: Vec<String> = cells.collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let mut out = line(&mut self.columns.iter().map(|column| (*column).to_owned()));
        out.push_str(&line(&mut self.columns.iter().map(|_| "---".to_owned())));
        for row in &self.rows {
            out.push_str(&line(&mut row.iter().map(|cell| marked(cell))));
        }
        out.into_bytes()
    }
}

/// A cell that no spreadsheet takes for a formula: one that begins like one, and is no number, gets an apostrophe.
fn harmless(cell: &str) -> String {
    let starts = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let clean: String = cell.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    if starts && cell.parse::<f64>().is_err() { format!("'{clean}") } else { clean }
}

/// A cell of one line in which nothing is markup.
fn marked(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_neither_formulas_nor_markup() {
        let rows =
            vec![vec!["=1+1".to_owned(), "a,\"b\"".to_owned()], vec!["-3.5".to_owned(), "<b>|x".to_owned()]];
        let table = Table { columns: &["one", "two"], rows };
        assert_eq!(String::from_utf8(table.csv()).unwrap(), "one,two\n'=1+1,\"a,\"\"b\"\"\"\n-3.5,<b>|x\n");
        assert_eq!(
            String::from_utf8(table.markdown()).unwrap(),
            "| one | two |\n| --- | --- |\n| =1+1 | a,\"b\" |\n| -3.5 | \\<b\\>\\|x |\n"
        );
    }
}
