/// The rows of one of this crate's own tables: comments and the head passed over, cells trimmed, as many as there are columns. A row of another
/// length is left out, which the tests of the tables notice.
pub(crate) fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.skip(1).filter_map(|line| {
        let cells: Vec<&'static str> = line.split('\t').map(str::trim).collect();
        cells.try_into().ok()
    })
}

/// Lines of a table that are rows.
#[cfg(test)]
pub(crate) fn count(text: &str) -> usize {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).count() - 1
}
