use std::fmt::Write as _;
use std::io::Write;

use contested_knowledge::Knowledge;

use crate::{Cell, Content, ExportError, Flat, Subject, Written, flat};

/// One placemark a row of the flat table that is on the map, with its columns as extended data and its days as a time span.
pub(crate) fn write(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let table = flat(content, knowledge);
    let names = Names::of(content.subject());
    let mut written = Written::default();
    let subject = content.subject();
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>{subject}</name>\n"
    )?;
    for (row, point) in table.rows.iter().zip(&table.points) {
        let Some((lat, lon)) = point else {
            *written.left_out.entry("not on the map").or_default() += 1;
            continue;
        };
        out.write_all(placemark(&table, row, *lat, *lon, &names).as_bytes())?;
        written.rows += 1;
    }
    out.write_all(b"</Document>\n</kml>\n")?;
    Ok(written)
}

/// Which columns are a placemark's name, description and days.
struct Names {
    name: &'static [&'static str],
    description: &'static str,
    days: [&'static str; 2],
}

impl Names {
    const fn of(subject: Subject) -> Self {
        match subject {
            Subject::Control => Self {
                name: &["place", "status", "holder"],
                description: "sources",
                days: ["since", "as_of"],
            },
            Subject::Disputes => {
                Self { name: &["question", "about"], description: "says", days: ["opened", "closed"] }
            }
            Subject::Events => {
                Self { name: &["text"], description: "told_by", days: ["first_day", "last_day"] }
            }
            _ => Self { name: &["text"], description: "quote", days: ["first_day", "last_day"] },
        }
    }
}

fn placemark(table: &Flat, row: &[Cell], lat: f64, lon: f64, names: &Names) -> String {
    let cell = |wanted: &str| {
        let at = table.columns.iter().position(|&column| column == wanted);
        at.and_then(|at| row.get(at)).map(Cell::words).unwrap_or_default()
    };
    let title: Vec<String> =
        names.name.iter().map(|name| cell(name)).filter(|words| !words.is_empty()).collect();
    let mut out = String::from("<Placemark>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(out, "<name>{}</name>", xml(&title.join(", ")));
    let _ = writeln!(out, "<description>{}</description>", xml(&cell(names.description)));
    let [begin, end] = names.days.map(cell);
    if !begin.is_empty() || !end.is_empty() {
        let tag = |name: &str, day: &str| {
            if day.is_empty() { String::new() } else { format!("<{name}>{day}</{name}>") }
        };
        let _ = writeln!(out, "<TimeSpan>{}{}</TimeSpan>", tag("begin", &begin), tag("end", &end));
    }
    out.push_str("<ExtendedData>\n");
    for (name, value) in table.columns.iter().zip(row).filter(|(_, value)| **value != Cell::Empty) {
        let _ = writeln!(out, "<Data name=\"{name}\"><value>{}</value></Data>", xml(&value.words()));
    }
    let _ =
        writeln!(out, "</ExtendedData>\n<Point><coordinates>{lon},{lat}</coordinates></Point>\n</Placemark>");
    out
}

/// Text inside an element: marked characters escaped, and those that XML 1.0 has no room for left out.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn nothing_breaks_out_of_an_element() {
        assert_eq!(xml("a < b & \"c\"</value>\u{0}\u{b}"), "a &lt; b &amp; &quot;c&quot;&lt;/value&gt;");
    }
}
