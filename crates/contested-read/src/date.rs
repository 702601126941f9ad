use contested_model::month_number;
use jiff::civil::Date;

/// Reads a date of publication: `2017-11-08`, the same with a time of day after it (the day is taken as written, never moved to another
/// time zone), `20171108`, an e-mail date (`Wed, 08 Nov 2017 10:00:00 +0000`), `8 November 2017`, `November 8, 2017`.
///
/// Forms that two readers could take for two days (`8/11/2017`) are refused.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 64 || !text.is_ascii() {
        return None;
    }
    iso(text).or_else(|| in_words(text))
}

fn iso(text: &str) -> Option<Date> {
    let (day, rest) = match text.as_bytes() {
        [_, _, _, _, b'-', ..] => text.split_at_checked(10)?,
        [first, ..] if first.is_ascii_digit() => text.split_at_checked(8)?,
        _ => return None,
    };
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
        return None;
    }
    day.parse().ok()
}

/// Day, month by name and year, in either order, with a weekday before and a time of day after.
fn in_words(text: &str) -> Option<Date> {
    let (mut day, mut month, mut year) = (None, None, None);
    for word in text.split([' ', ',', '.']).filter(|word| !word.is_empty()) {
        let number: Option<i16> =
            word.parse().ok().filter(|_| word.bytes().all(|byte| byte.is_ascii_digit()));
        match number {
            Some(value) if day.is_none() && word.len() <= 2 => day = i8::try_from(value).ok(),
            Some(value) if word.len() == 4 => {
                year = Some(value);
                break;
            }
            Some(_) => return None,
            None if month.is_none() => month = month_number(word),
            None => return None,
        }
    }
    Date::new(year?, month?, day?).ok()
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn dates_that_can_mean_one_day_only_are_read() {
        let day = |text| parse_date(text).map(|date| date.to_string());
        let expected = Some("2017-11-08".to_owned());
        for text in [
            "2017-11-08",
            " 2017-11-08 ",
            "2017-11-08T23:30:00-05:00",
            "2017-11-08 10:00",
            "20171108",
            "Wed, 08 Nov 2017 10:00:00 +0000",
            "8 November 2017",
            "November 8, 2017",
            "Nov. 8, 2017",
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
        for text in [
            "8/11/2017",
            "2017-13-01",
            "2017-02-30",
            "yesterday",
            "",
            "2017",
            "November 2017",
            "2017-11-08x",
            "é",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
