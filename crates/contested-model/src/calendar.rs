//! Names of the months.

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number, from 1, of the month called `word`: its English name, or the first three letters of it, or "sept", in any case and with a
/// full stop perhaps.
pub fn month_number(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let short = word.len() == 3 || word == "sept";
    let at = MONTHS.iter().position(|&month| month == word || (short && month.starts_with(&word)))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::month_number;

    #[test]
    fn names_and_their_beginnings_count_from_january() {
        assert_eq!(
            ["January", "Sept.", "dec", "may"].map(month_number),
            [Some(1), Some(9), Some(12), Some(5)]
        );
        assert_eq!(["", "ma", "marching", "jun\u{e9}", "septem"].map(month_number), [None; 5]);
    }
}
