//! Tables of learnt weights: one named feature a line, its weight after a tab; `#` starts a comment line.

use std::collections::HashMap;

/// Weights by the names of their features. Looked up, never walked: the order of a hash map decides nothing.
pub(crate) type Weights = HashMap<&'static str, f64>;

/// Reads an embedded table; lines that hold no weight are passed over.
pub(crate) fn read(table: &'static str) -> Weights {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn comments_and_lines_without_a_weight_are_passed_over() {
        let found = read("# about\nname\tweight\ntense=past\t-0.5\nlonely\n");
        assert_eq!(found.len(), 1);
        assert!((found["tense=past"] + 0.5).abs() < f64::EPSILON);
    }
}
