use std::cmp::Reverse;

use crate::names_itself;

/// Which of two reports that tell the same came first: by day; then whose head names its own outlet, for copies name their agency; then the
/// longer; then by digest, so that the order of reading is nothing. The lesser is the original.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Precedence {
    known: String,
    elsewhere: bool,
    runs: Reverse<usize>,
    digest: String,
}

impl Precedence {
    /// That of a report: the day it became known (`YYYY-MM-DD`; a text that sorts), its outlet, its text, how many [`crate::Shingles`] that has, and
    /// what it is told apart by from all others.
    pub fn of(known: &str, outlet: Option<&str>, text: &str, runs: usize, digest: &str) -> Self {
        let own = outlet.is_some_and(|outlet| names_itself(outlet, text));
        Self { known: known.to_owned(), elsewhere: !own, runs: Reverse(runs), digest: digest.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::Precedence;

    #[test]
    fn the_earlier_then_the_agency_then_the_longer_comes_first() {
        let text = "BEIRUT (Wire) - The army crossed the river.";
        let of = |known, outlet, runs, digest| Precedence::of(known, outlet, text, runs, digest);
        assert!(of("2017-11-08", None, 3, "b") < of("2017-11-09", Some("Wire"), 9, "a"));
        assert!(of("2017-11-08", Some("Wire"), 3, "b") < of("2017-11-08", Some("Daily"), 9, "a"));
        assert!(of("2017-11-08", Some("Daily"), 9, "b") < of("2017-11-08", None, 3, "a"));
        assert!(of("2017-11-08", None, 3, "a") < of("2017-11-08", None, 3, "b"));
    }
}
