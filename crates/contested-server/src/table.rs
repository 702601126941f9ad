//! Tables for notes.

use contested_export::Flat;

/// `table` as Markdown has tables.
pub(crate) fn markdown(table: &Flat) -> Vec<u8> {
    let line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut out = line(&mut table.columns.iter().map(|column| (*column).to_owned()));
    out.push_str(&line(&mut table.columns.iter().map(|_| "---".to_owned())));
    for row in &table.rows {
        out.push_str(&line(&mut row.iter().map(|cell| marked(&cell.words()))));
    }
    out.into_bytes()
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
    use contested_export::{Cell, Sort};

    use super::*;

    #[test]
    fn cells_are_no_markup() {
        let table = Flat {
            columns: vec!["one", "two"],
            sorts: vec![Sort::Text, Sort::Text],
            rows: vec![vec![Cell::Real(-3.5), Cell::Text("<b>|x".to_owned())]],
            points: vec![None],
        };
        assert_eq!(
            String::from_utf8(markdown(&table)).unwrap(),
            "| one | two |\n| --- | --- |\n| -3.5 | \\<b\\>\\|x |\n"
        );
    }
}
