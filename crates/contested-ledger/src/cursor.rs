//! Where a page of a list ended, so that the next goes on there, whatever was added meanwhile.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// The place of a claim in the order of lists: day, reported day, row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// Valid time.
    pub day: Date,
    /// Reported time.
    pub known: Date,
    /// Row.
    pub row: i64,
}

/// A text is no cursor that this program gave out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no place in a list: use what the page before gave as its next, unchanged")]
pub struct NoCursor(String);

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.day, self.known, self.row)
    }
}

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let no = || NoCursor(text.chars().take(60).collect());
        let mut parts = text.splitn(3, '.');
        let mut next = || parts.next().ok_or_else(no);
        let (day, known, row) = (next()?, next()?, next()?);
        Ok(Self {
            day: day.parse().map_err(|_| no())?,
            known: known.parse().map_err(|_| no())?,
            row: row.parse().map_err(|_| no())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn a_cursor_is_what_it_was_written_as_and_nothing_else() {
        let text = "2017-11-08.2017-11-09.42";
        assert_eq!(text.parse::<Cursor>().unwrap().to_string(), text);
        for no in ["", "42", "2017-11-08.2017-11-09", "2017-11-08.2017-11-09.x", "a.b.c"] {
            assert!(no.parse::<Cursor>().is_err(), "{no}");
        }
    }
}
