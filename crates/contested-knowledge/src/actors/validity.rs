//! Spans of time for which a tie holds.

use jiff::civil::Date;

/// From when to when something held; open where an end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Validity {
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

impl Validity {
    /// Reads `2015-09-30..2024-12-08`, `2014..`, `..2024-12`, or a single day, month or year; `None` when it is malformed.
    pub fn parse(text: &str) -> Option<Self> {
        let (since, until) = text.split_once("..").unwrap_or((text, text));
        let since = if since.is_empty() { None } else { Some(bounds(since)?.0) };
        let until = if until.is_empty() { None } else { Some(bounds(until)?.1) };
        match (since, until) {
            (None, None) => None,
            (Some(a), Some(b)) if a > b => None,
            (since, until) => Some(Self { since, until }),
        }
    }

    /// Whether `date` lies inside; without a date, always.
    pub fn holds(&self, date: Option<Date>) -> bool {
        date.is_none_or(|date| {
            self.since.is_none_or(|since| since <= date) && self.until.is_none_or(|until| date <= until)
        })
    }
}

/// First and last day of a date given to the year, month or day.
fn bounds(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.split('-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok().map(|date| (date, date)),
        (Some(month), None) => Date::new(year, month, 1).ok().map(|date| (date, date.last_of_month())),
        _ => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
    }
}

impl std::fmt::Display for Validity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(since) = self.since {
            write!(f, "{since}")?;
        }
        f.write_str("..")?;
        self.until.map_or(Ok(()), |until| write!(f, "{until}"))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn spans() {
        let span = |text| Validity::parse(text);
        assert_eq!(
            span("2014"),
            Some(Validity { since: Some(date(2014, 1, 1)), until: Some(date(2014, 12, 31)) })
        );
        assert_eq!(span("2016-02.."), Some(Validity { since: Some(date(2016, 2, 1)), until: None }));
        assert_eq!(span("..2016-02"), Some(Validity { since: None, until: Some(date(2016, 2, 29)) }));
        for wrong in ["", "..", "201", "2014-13", "2014-02-30", "2015..2014", "2014-01-01-01", "x"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
        assert!(Validity::default().holds(None));
    }
}
