//! Tables of words by class: one class a line, its words after a tab, separated by spaces; `#` starts a comment line.

use std::collections::HashMap;

/// Words by class. Looked up, never walked: the order of a hash map decides nothing.
#[derive(Debug, Default)]
pub(crate) struct Classes(HashMap<&'static str, Vec<&'static str>>);

impl Classes {
    /// Reads an embedded table; lines that hold no class are passed over, lines of one class add up.
    pub(crate) fn read(table: &'static str) -> Self {
        let mut classes = Self::default();
        let rows =
            table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        for (class, words) in rows {
            classes.0.entry(class).or_default().extend(words.split(' ').filter(|word| !word.is_empty()));
        }
        classes
    }

    /// Whether `word` stands in `class`.
    pub(crate) fn has(&self, class: &str, word: &str) -> bool {
        self.0.get(class).is_some_and(|words| words.contains(&word))
    }

    /// Whether the table has such a class at all.
    #[cfg(test)]
    pub(crate) fn knows(&self, class: &str) -> bool {
        self.0.contains_key(class)
    }
}

#[cfg(test)]
mod tests {
    use super::Classes;

    #[test]
    fn comments_are_passed_over_and_lines_of_one_class_add_up() {
        let classes = Classes::read("# about\nuntrue\tfalse baseless\nuntrue\tfake\nlonely\n");
        assert!(classes.has("untrue", "baseless") && classes.has("untrue", "fake"));
        assert!(!classes.has("untrue", "true") && !classes.knows("lonely"));
    }
}
