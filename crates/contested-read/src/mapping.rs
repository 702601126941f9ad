//! Which column of a table, or key of an object, is what of a report: as the user says, or as `columns.tsv` guesses.

use std::str::FromStr;

use jiff::civil::Date;

use crate::parse_date;

/// What is known of the names of columns.
const COLUMNS: &str = include_str!("../data/columns.tsv");

/// What a column can be of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Text,
    Id,
    Source,
    Published,
    Title,
    Url,
}

impl Role {
    pub(crate) const ALL: [Self; 6] =
        [Self::Text, Self::Id, Self::Source, Self::Published, Self::Title, Self::Url];

    /// The key of a report.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Id => "id",
            Self::Source => "source",
            Self::Published => "published",
            Self::Title => "title",
            Self::Url => "url",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A column that the user or a guess gives a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mapped {
    pub(crate) role: Role,
    pub(crate) column: String,
    /// How its dates are written; none for those that mean one day only.
    pub(crate) format: Option<String>,
}

/// Which columns are what, as in `text=article_content,published=date:%m/%d/%Y,source=source`.
///
/// # Example
/// ```
/// let map: contested_read::Mapping = "text=article_content,published=date:%m/%d/%Y".parse().unwrap();
/// assert_eq!(map.to_string(), "text=article_content,published=date:%m/%d/%Y");
/// assert!("text".parse::<contested_read::Mapping>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    pub(crate) columns: Vec<Mapped>,
}

impl FromStr for Mapping {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut columns: Vec<Mapped> = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let Some((role, column)) = part.split_once('=') else {
                return Err(format!("`{part}` is no pair: write ROLE=COLUMN, as in `text=article_content`"));
            };
            let Some(role) = Role::named(role.trim()) else {
                return Err(format!(
                    "`{role}` is nothing of a report: write text, id, source, published, title or url"
                ));
            };
            let (column, format) = match column.split_once(":%") {
                Some((column, format)) => (column, Some(format!("%{format}"))),
                None => (column, None),
            };
            if column.trim().is_empty() {
                return Err(format!("`{part}` names no column"));
            }
            if format.is_some() && role != Role::Published {
                return Err(format!("`{part}`: only `published` has a format"));
            }
            if columns.iter().any(|other| other.role == role) {
                return Err(format!("`{}` is mapped twice", role.name()));
            }
            columns.push(Mapped { role, column: column.trim().to_owned(), format });
        }
        Ok(Self { columns })
    }
}

impl std::fmt::Display for Mapping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, Mapped { role, column, format }) in self.columns.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(f, "{comma}{}={column}", role.name())?;
            if let Some(format) = format {
                write!(f, ":{format}")?;
            }
        }
        Ok(())
    }
}

impl Mapping {
    pub(crate) fn of(&self, role: Role) -> Option<&Mapped> {
        self.columns.iter().find(|mapped| mapped.role == role)
    }

    /// This mapping, and for the roles that it leaves open the names that `columns.tsv` knows among `names`. No column gets two roles.
    pub(crate) fn with_guesses(&self, names: &[&str]) -> Self {
        let mut columns = self.columns.clone();
        for role in Role::ALL {
            if self.of(role).is_some() {
                continue;
            }
            let taken: Vec<String> = columns.iter().map(|mapped| mapped.column.clone()).collect();
            let known = COLUMNS.lines().filter_map(|line| line.split_once('\t'));
            let mut known = known.filter(|(of, _)| *of == role.name()).map(|(_, name)| name);
            let found = known
                .find_map(|name| names.iter().find(|it| bare(it) == name && !taken.iter().any(|t| t == *it)));
            if let Some(found) = found {
                columns.push(Mapped { role, column: (*found).to_owned(), format: None });
            }
        }
        columns.sort_by_key(|mapped| mapped.role);
        Self { columns }
    }
}

/// A name without what spellings differ in.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The day that `value` names, written in `format` or, without one, so that it can mean one day only.
pub(crate) fn day(value: &str, format: Option<&str>) -> Option<Date> {
    let Some(format) = format else { return parse_date(value) };
    let value = value.trim();
    if value.len() > 64 {
        return None;
    }
    if let Ok(day) = jiff::fmt::strtime::parse(format, value).and_then(|parsed| parsed.to_date()) {
        return Some(day);
    }
    // A time of day behind the date is nothing that a format must tell.
    let end = value.find([' ', 'T'])?;
    jiff::fmt::strtime::parse(format, &value[..end]).and_then(|parsed| parsed.to_date()).ok()
}

/// The order of day and month in numbers that all of `values` can be read in and that one of them proves.
pub(crate) fn proven_format<'v>(values: impl Iterator<Item = &'v str>) -> Option<&'static str> {
    const FORMATS: [&str; 6] = ["%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%m-%d-%Y", "%d-%m-%Y", "%Y/%m/%d"];
    let values: Vec<&str> = values.filter(|value| !value.trim().is_empty()).take(1000).collect();
    if values.is_empty() || values.iter().any(|value| parse_date(value).is_some()) {
        return None;
    }
    let fits = |format: &&str| values.iter().all(|value| day(value, Some(format)).is_some());
    let mut fitting = FORMATS.into_iter().filter(fits);
    // Where two fit, no value proves either.
    fitting.next().filter(|_| fitting.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_mapping_is_told() {
        for (text, words) in [
            ("text", "is no pair"),
            ("body=x", "nothing of a report"),
            ("text=", "names no column"),
            ("text=a,text=b", "mapped twice"),
            ("text=a:%d", "only `published`"),
        ] {
            let error = text.parse::<Mapping>().unwrap_err();
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn names_that_archives_use_are_guessed() {
        let guess = |names: &[&str]| Mapping::default().with_guesses(names).to_string();
        assert_eq!(
            guess(&["unit_id", "article_title", "article_content", "source", "date", "labels"]),
            "text=article_content,id=unit_id,source=source,published=date,title=article_title"
        );
        assert_eq!(guess(&["Body", "Pub Date"]), "text=Body,published=Pub Date");
        assert_eq!(guess(&["a", "b"]), "");
        let given: Mapping = "text=b".parse().unwrap();
        assert_eq!(given.with_guesses(&["text", "b", "title"]).to_string(), "text=b,title=title");
    }

    #[test]
    fn an_order_of_day_and_month_must_be_proven() {
        assert_eq!(proven_format(["8/11/2017", "2/13/2017"].into_iter()), Some("%m/%d/%Y"));
        assert_eq!(proven_format(["8/11/2017", "13/2/2017"].into_iter()), Some("%d/%m/%Y"));
        assert_eq!(proven_format(["8/11/2017", "2/3/2017"].into_iter()), None);
        assert_eq!(proven_format(["2017-11-08"].into_iter()), None);
        assert_eq!(day("8/11/2017 10:00", Some("%m/%d/%Y")), Some(jiff::civil::date(2017, 8, 11)));
    }
}
