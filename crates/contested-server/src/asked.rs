//! What a request asks for: its query, read strictly, so that a misspelt parameter is told and not passed over.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Code, Fault, shown};

/// Longest query.
const LONGEST: usize = 8 << 10;
/// Items of a page, unless the request says otherwise; and the most.
pub(crate) const USUAL: u32 = 100;
const MOST: u32 = 1000;

/// The query of a request as the fields of `T`, all of them optional text.
#[derive(Debug)]
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        Ok(Self(read(parts.uri.query().unwrap_or_default())?))
    }
}

/// The last part of a path: an id, decoded.
#[derive(Debug)]
pub(crate) struct Id(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(id)| Self(id))
            .map_err(|_| Fault::new(Code::BadEncoding, "the path is no UTF-8"))
    }
}

/// Reads a query.
pub(crate) fn read<T: DeserializeOwned>(query: &str) -> Result<T, Fault> {
    if query.len() > LONGEST {
        return Err(Fault::new(Code::QueryTooLong, format!("the query has {} bytes", query.len())));
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name)?, decoded(value)?);
        if pairs.iter().any(|(other, _)| *other == name) {
            return Err(Fault::new(Code::RepeatedParameter, format!("`{}` is given twice", shown(&name))));
        }
        pairs.push((name, value));
    }
    // What is left empty is not asked.
    let given = pairs.into_iter().filter(|(_, value)| !value.trim().is_empty());
    let given: serde_json::Map<String, Value> =
        given.map(|(name, value)| (name, Value::String(value))).collect();
    T::deserialize(Value::Object(given))
        .map_err(|e| Fault::new(Code::UnknownParameter, shown(&e.to_string())))
}

fn decoded(text: &str) -> Result<String, Fault> {
    let text = text.replace('+', " ");
    let bytes = percent_encoding::percent_decode_str(&text).decode_utf8();
    bytes
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| Fault::new(Code::BadEncoding, "the query is no UTF-8"))
}

/// A day.
pub(crate) fn day(name: &str, value: Option<&String>) -> Result<Option<Date>, Fault> {
    let Some(text) = value else { return Ok(None) };
    let text = text.trim();
    // Only the one way of writing it: "20171108" and instants are somebody's mistake.
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match text.parse::<Date>() {
        Ok(day) if plain => Ok(Some(day)),
        _ => Err(Fault::new(Code::BadDate, format!("`{name}` is no day: `{}`", shown(text)))),
    }
}

/// How many items.
pub(crate) fn limit(value: Option<&String>) -> Result<u32, Fault> {
    let Some(text) = value else { return Ok(USUAL) };
    match text.trim().parse::<u32>() {
        Ok(limit) if (1..=MOST).contains(&limit) => Ok(limit),
        _ => Err(Fault::new(Code::BadLimit, format!("`limit` is `{}`", shown(text)))),
    }
}

/// Words of a list, each of which `known` accepts.
pub(crate) fn words(
    name: &str,
    value: Option<&String>,
    known: impl Fn(&str) -> bool,
) -> Result<Vec<String>, Fault> {
    let Some(text) = value else { return Ok(Vec::new()) };
    let words: Vec<&str> = text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    match words.iter().find(|word| !known(word)) {
        Some(word) => Err(Fault::new(Code::BadValue, format!("`{name}` cannot be `{}`", shown(word)))),
        None => Ok(words.into_iter().map(str::to_owned).collect()),
    }
}

/// One of a few words.
pub(crate) fn one_of<'a>(
    name: &str,
    value: Option<&'a String>,
    known: &[&str],
) -> Result<Option<&'a str>, Fault> {
    let Some(text) = value else { return Ok(None) };
    if known.contains(&text.trim()) {
        return Ok(Some(text.trim()));
    }
    Err(Fault::new(
        Code::BadValue,
        format!("`{name}` cannot be `{}`; it is one of {}", shown(text), known.join(", ")),
    ))
}

/// A number from 0 to 1.
pub(crate) fn share(name: &str, value: Option<&String>) -> Result<Option<f64>, Fault> {
    let Some(text) = value else { return Ok(None) };
    match text.trim().parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(Some(share)),
        _ => Err(Fault::new(Code::BadValue, format!("`{name}` is no number from 0 to 1: `{}`", shown(text)))),
    }
}

/// West, south, east and north edges in degrees, as GeoJSON orders them.
pub(crate) fn bbox(value: Option<&String>) -> Result<Option<[f64; 4]>, Fault> {
    let Some(text) = value else { return Ok(None) };
    let wrong = || {
        Fault::new(
            Code::BadValue,
            format!("`bbox` is west,south,east,north in degrees, not `{}`", shown(text)),
        )
    };
    let numbers: Vec<f64> =
        text.split(',').map(|n| n.trim().parse().map_err(|_| wrong())).collect::<Result<_, _>>()?;
    let edges: [f64; 4] = numbers.try_into().map_err(|_| wrong())?;
    let [west, south, east, north] = edges;
    let ok = [west, east].iter().all(|lon| lon.abs() <= 180.0)
        && [south, north].iter().all(|lat| lat.abs() <= 90.0)
        && west <= east
        && south <= north;
    if ok { Ok(Some(edges)) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields, default)]
    struct Query {
        place: Option<String>,
        limit: Option<String>,
    }

    #[test]
    fn queries_are_read_strictly() {
        let query: Query = read("place=Albu+Kam%C4%81l&limit=5").unwrap();
        assert_eq!(query.place.as_deref(), Some("Albu Kamāl"));
        assert_eq!(read::<Query>("place=&").unwrap(), Query::default());
        for (query, code) in [
            ("plase=Rawa", Code::UnknownParameter),
            ("place=a&place=b", Code::RepeatedParameter),
            ("place=%ff", Code::BadEncoding),
            (&format!("place={}", "x".repeat(100_000)), Code::QueryTooLong),
        ] {
            assert_eq!(read::<Query>(query).unwrap_err().code, code, "{}", shown(query));
        }
    }

    #[test]
    fn values_out_of_range_are_told() {
        let text = |s: &str| Some(s.to_owned());
        for wrong in ["2017-13-01", "2017-11-8", "20171108", "yesterday", "2017-11-08T00:00"] {
            assert_eq!(day("as_of", text(wrong).as_ref()).unwrap_err().code, Code::BadDate, "{wrong}");
        }
        for wrong in ["0", "-1", "1001", "99999999999999999999", "ten", "1.5"] {
            assert_eq!(limit(text(wrong).as_ref()).unwrap_err().code, Code::BadLimit, "{wrong}");
        }
        for wrong in ["1,2,3", "a,b,c,d", "10,0,-10,1", "0,-91,1,1", "nan,0,1,1"] {
            assert_eq!(bbox(text(wrong).as_ref()).unwrap_err().code, Code::BadValue, "{wrong}");
        }
        assert!(share("confidence_min", text("NaN").as_ref()).is_err());
        assert_eq!(bbox(text("38,33,43,37").as_ref()).unwrap(), Some([38.0, 33.0, 43.0, 37.0]));
    }
}
