//! One JSON object as a report, whichever container it came in.

use std::borrow::Cow;
use std::fmt;

use contested_model::Report;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::mapping::{Mapping, Role, day};
use crate::{Limits, Problem, Severity, reliefweb};

/// Reads objects of one file; guesses are made once.
#[derive(Debug)]
pub(crate) struct Objects {
    limits: Limits,
    given: Mapping,
    guessed: Option<Mapping>,
}

impl Objects {
    pub(crate) const fn new(limits: Limits, given: Mapping) -> Self {
        Self { limits, given, guessed: None }
    }

    /// The bytes of an object as a report; what can be done without, and what was guessed, goes to `warnings`. `offset` is where in the file they
    /// begin.
    pub(crate) fn read(
        &mut self,
        bytes: &[u8],
        offset: u64,
        warnings: &mut Vec<Problem>,
    ) -> Result<Report, Problem> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| Problem::InvalidUtf8 { at: offset + error.valid_up_to() as u64 })?;
        let fields: Fields<'_> = match serde_json::from_str(text) {
            Ok(fields) => fields,
            Err(error) => {
                return Err(match json_type(text.trim_start()) {
                    Some(found)
                        if found != "an object" && serde_json::from_str::<&RawValue>(text).is_ok() =>
                    {
                        Problem::NotAnObject { found }
                    }
                    _ => broken(&error),
                });
            }
        };
        if let Some(answer) = fields.get("fields").filter(|_| fields.get("text").is_none())
            && self.given.columns.is_empty()
            && json_type(answer) == Some("an object")
        {
            return reliefweb::report(&serde_json::from_str(text).map_err(|error| broken(&error))?, warnings);
        }
        let mapping = self.mapping(&fields, warnings);
        let report = read_fields(&fields, &mapping, self.limits, warnings)?;
        debug_assert!(
            warnings.iter().all(|problem| problem.severity() != Severity::Error),
            "a report was read"
        );
        Ok(report)
    }

    /// The mapping given; where an object has no `text`, names that archives use stand for it, and that is told once.
    fn mapping(&mut self, fields: &Fields<'_>, warnings: &mut Vec<Problem>) -> Mapping {
        if self.given.of(Role::Text).is_some() || fields.get("text").is_some() {
            return self.given.clone();
        }
        // A name says nothing of a value that is an object or a list: `report` may hold a report's words or all that is known of it.
        let plain = |raw: &str| !raw.starts_with(['{', '[']);
        let names: Vec<&str> =
            fields.0.iter().filter(|(_, raw)| plain(raw.get())).map(|(key, _)| key.as_ref()).collect();
        let guess = self.given.with_guesses(&names);
        if guess.of(Role::Text).is_none() {
            return self.given.clone();
        }
        if self.guessed.as_ref() != Some(&guess) {
            if self.guessed.is_none() {
                warnings.push(Problem::Guessed { mapping: guess.to_string() });
            }
            self.guessed = Some(guess.clone());
        }
        guess
    }
}

fn read_fields(
    fields: &Fields<'_>,
    mapping: &Mapping,
    limits: Limits,
    warnings: &mut Vec<Problem>,
) -> Result<Report, Problem> {
    let mut report = Report::default();
    let mut taken = Vec::new();
    let place = |role: &Role| {
        let key = mapping.of(*role).map_or(role.name(), |mapped| mapped.column.as_str());
        fields.0.iter().position(|(name, _)| name == key)
    };
    // In the order of the keys: so are their problems told.
    let mut roles = Role::ALL;
    roles.sort_by_key(place);
    for role in roles {
        let mapped = mapping.of(role);
        let key = mapped.map_or(role.name(), |mapped| mapped.column.as_str());
        // The last of several values counts, as in most readers of JSON.
        let raw = match fields.0.iter().rfind(|(name, _)| name == key) {
            Some((name, raw)) => {
                taken.push(name.as_ref());
                Some(Cow::Borrowed(raw.get()))
            }
            None => fields.inside(key).map(Cow::Owned),
        };
        let Some(raw) = raw else { continue };
        let raw = raw.as_ref();
        match role {
            Role::Text => report.text = text(raw)?,
            Role::Id => report.id = optional("id", raw, true, warnings)?,
            Role::Source => report.source = optional("source", raw, false, warnings)?,
            Role::Title => report.title = optional("title", raw, false, warnings)?,
            Role::Url => report.url = optional("url", raw, false, warnings)?,
            Role::Published => {
                if let Some(value) = optional("published", raw, true, warnings)? {
                    report.published = day(&value, mapped.and_then(|mapped| mapped.format.as_deref()));
                    if report.published.is_none() {
                        warnings.push(Problem::BadDate { value: value.chars().take(80).collect() });
                    }
                }
            }
        }
    }
    if report.text.is_empty() {
        return Err(match mapping.of(Role::Text) {
            Some(mapped) => Problem::MissingColumn { column: mapped.column.clone() },
            None => Problem::MissingText,
        });
    }
    if report.text.trim().is_empty() {
        return Err(Problem::EmptyText);
    }
    // A key that a mapping passed over is kept with the others.
    let others = || fields.0.iter().filter(|(key, _)| !taken.contains(&key.as_ref()));
    let bytes = others().map(|(key, raw)| (key.len() + raw.get().len()) as u64).sum();
    if bytes > limits.other_bytes {
        warnings.push(Problem::TooMuchElse { bytes, limit: limits.other_bytes });
    } else {
        for (key, raw) in others() {
            let value = serde_json::from_str(raw.get()).map_err(|error| broken(&error))?;
            report.other.insert(key.clone().into_owned(), value);
        }
    }
    Ok(report)
}

fn text(raw: &str) -> Result<String, Problem> {
    match json_type(raw) {
        Some("a string") => {
            let text: String = serde_json::from_str(raw).map_err(|error| broken(&error))?;
            if text.trim().is_empty() { Err(Problem::EmptyText) } else { Ok(text) }
        }
        Some("null") => Ok(String::new()),
        found => {
            Err(Problem::WrongType { key: "text", found: found.unwrap_or("nothing"), wanted: "a string" })
        }
    }
}

/// A string, or a number where those are usual, or nothing; anything else is told and passed over.
fn optional(
    key: &'static str,
    raw: &str,
    number: bool,
    warnings: &mut Vec<Problem>,
) -> Result<Option<String>, Problem> {
    match json_type(raw) {
        Some("null") => Ok(None),
        Some("a string") => {
            let value: String = serde_json::from_str(raw).map_err(|error| broken(&error))?;
            Ok(Some(value).filter(|value| !value.trim().is_empty()))
        }
        Some("a number") if number => Ok(Some(raw.to_owned())),
        found => {
            warnings.push(Problem::WrongType { key, found: found.unwrap_or("nothing"), wanted: "a string" });
            Ok(None)
        }
    }
}

pub(crate) fn broken(error: &serde_json::Error) -> Problem {
    // The parser's message ends in its own "at line 1 column 7", which would contradict the line of the file.
    let cause = error.to_string();
    let cause = cause.split(" at line ").next().unwrap_or_default().to_owned();
    Problem::BrokenJson { column: error.column(), cause }
}

/// What kind of JSON value begins here.
fn json_type(raw: &str) -> Option<&'static str> {
    Some(match raw.as_bytes().first()? {
        b'"' => "a string",
        b'{' => "an object",
        b'[' => "an array",
        b'n' => "null",
        b't' | b'f' => "true or false",
        b'-' | b'0'..=b'9' => "a number",
        _ => return None,
    })
}

/// The keys of an object with their values unread, so that a hostile value costs no more memory than its bytes.
struct Fields<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl Fields<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().rfind(|(name, _)| name == key).map(|(_, raw)| raw.get())
    }

    /// The value at a path such as `fields.body`, as JSON.
    fn inside(&self, path: &str) -> Option<String> {
        let (first, rest) = path.split_once('.')?;
        let outer: Value = serde_json::from_str(self.get(first)?).ok()?;
        let value = rest.split('.').try_fold(&outer, |value, step| match step.parse::<usize>() {
            Ok(at) if value.is_array() => value.get(at),
            _ => value.get(step),
        });
        value.map(Value::to_string)
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut fields = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    fields.push((key, map.next_value()?));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// A key, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);
