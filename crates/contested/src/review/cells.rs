//! Fields of a claim as words, and words as corrections. What a cell shows is also what it takes.

use anyhow::{Context as _, bail};
use contested_ledger::{Correction, Named, NamedPlace};
use contested_model::{
    Casualty, Certainty, Claim, ClaimType, DiedOrHurt, Extent, Phase, PlaceRelation, Polarity, Tense,
    UnknownType, WhoHurt,
};
use jiff::civil::Date;

use super::names::Names;

/// The fields that can be corrected, in the order of a table.
pub(crate) const FIELDS: &[&str] = &[
    "type",
    "polarity",
    "certainty",
    "phase",
    "extent",
    "tense",
    "time",
    "agents",
    "targets",
    "places",
    "source",
    "casualties",
    "verified",
    "same-as",
];

/// What a field of `claim` says, in words.
pub(crate) fn cell(claim: &Claim, field: &str) -> String {
    let who = |all: &[contested_model::Participant]| {
        joined(all.iter().map(|one| with_id(&one.name, one.actor.as_deref())))
    };
    match field {
        "type" => claim.claim_type.to_string(),
        "polarity" => claim.polarity.as_str().to_owned(),
        "certainty" => claim.certainty.as_str().to_owned(),
        "phase" => claim.phase.map_or_else(String::new, |phase| phase.as_str().to_owned()),
        "extent" => claim.extent.map_or_else(String::new, |extent| extent.as_str().to_owned()),
        "tense" => claim.tense.as_str().to_owned(),
        "time" => claim.time.as_ref().map_or_else(String::new, |time| days(time.from, time.to)),
        "agents" => who(&claim.agents),
        "targets" => who(&claim.targets),
        "places" => joined(claim.places.iter().map(|place| {
            let name = with_id(&place.name, place.id.as_deref());
            if place.relation == PlaceRelation::At {
                name
            } else {
                format!("{}: {name}", place.relation.as_str())
            }
        })),
        "source" => claim
            .attribution
            .first()
            .map_or_else(String::new, |first| with_id(&first.name, first.actor.as_deref())),
        "casualties" => joined(claim.casualties.iter().map(toll)),
        "verified" => claim.verified.map_or("", |verified| if verified { "yes" } else { "no" }).to_owned(),
        "same-as" => claim.same_as.clone().unwrap_or_default(),
        _ => String::new(),
    }
}

/// What `text` in the cell of `field` means for `claim`.
pub(crate) fn correction(
    claim: &Claim,
    field: &str,
    text: &str,
    names: &Names<'_>,
) -> anyhow::Result<Correction> {
    let text = text.trim();
    Ok(match field {
        "type" => {
            Correction::Type(text.parse::<ClaimType>().map_err(|e: UnknownType| anyhow::anyhow!("{e}"))?)
        }
        "polarity" => {
            Correction::Polarity(Polarity::parse(text).with_context(|| of(text, "positive, negative"))?)
        }
        "certainty" => Correction::Certainty(
            Certainty::parse(text).with_context(|| of(text, "certain, probable, possible, unstated"))?,
        ),
        "phase" => Correction::Phase(maybe(text, Phase::parse, "start, ongoing, end, attempt")?),
        "extent" => {
            Correction::Extent(maybe(text, Extent::parse, "whole, most, part, pockets, outskirts, presence")?)
        }
        "tense" => Correction::Tense(
            Tense::parse(text).with_context(|| of(text, "past, ongoing, future, historic"))?,
        ),
        "time" => {
            let (from, to) = dates(text)?;
            Correction::Time(from, to)
        }
        "agents" => Correction::Agents(actors(text, names)?),
        "targets" => Correction::Targets(actors(text, names)?),
        "places" => Correction::Places(
            parts(text).map(|part| place(claim, part, names)).collect::<anyhow::Result<_>>()?,
        ),
        "source" => Correction::Source(if text.is_empty() { None } else { Some(names.actor(text)?) }),
        "casualties" => Correction::Casualties(parts(text).map(tolled).collect::<anyhow::Result<_>>()?),
        "verified" => Correction::Verified(match text {
            "" => None,
            "yes" | "true" => Some(true),
            "no" | "false" => Some(false),
            other => bail!("{}", of(other, "yes, no, or nothing")),
        }),
        "same-as" => Correction::SameAs(if text.is_empty() { None } else { Some(names.key(text)?) }),
        other => bail!("`{other}` is no field that can be corrected; fields are {}", FIELDS.join(", ")),
    })
}

fn of(text: &str, words: &str) -> String {
    format!("`{text}` is none of {words}")
}

fn maybe<T>(text: &str, parse: impl Fn(&str) -> Option<T>, words: &str) -> anyhow::Result<Option<T>> {
    if text.is_empty() {
        Ok(None)
    } else {
        parse(text).map(Some).with_context(|| of(text, &format!("{words}, or nothing")))
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// "Syrian Army [sy-army]".
pub(crate) fn with_id(name: &str, id: Option<&str>) -> String {
    id.map_or_else(|| name.to_owned(), |id| format!("{name} [{id}]"))
}

/// Always with dots, so that no spreadsheet takes it for a date and writes it its own way.
fn days(from: Option<Date>, to: Option<Date>) -> String {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    if from.is_none() && to.is_none() { String::new() } else { format!("{}..{}", day(from), day(to)) }
}

fn dates(text: &str) -> anyhow::Result<(Option<Date>, Option<Date>)> {
    if text.is_empty() {
        return Ok((None, None));
    }
    let day = |text: &str| -> anyhow::Result<Option<Date>> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        text.parse()
            .map(Some)
            .ok()
            .with_context(|| format!("`{text}` is no day: write YYYY-MM-DD, or YYYY-MM-DD..YYYY-MM-DD"))
    };
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let (from, to) = (day(from)?, day(to)?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        bail!("`{text}` ends before it begins");
    }
    Ok((from, to))
}

fn actors(text: &str, names: &Names<'_>) -> anyhow::Result<Vec<Named>> {
    parts(text).map(|part| names.actor(part)).collect()
}

fn place(claim: &Claim, text: &str, names: &Names<'_>) -> anyhow::Result<NamedPlace> {
    let relation =
        text.split_once(": ").and_then(|(word, rest)| Some((PlaceRelation::parse(word.trim())?, rest)));
    let (relation, name) = relation.map_or((None, text), |(relation, rest)| (Some(relation), rest));
    let country = claim.places.iter().find_map(|place| place.country.as_deref());
    let place = names.place(name, country)?;
    Ok(NamedPlace { relation: Some(relation.unwrap_or(PlaceRelation::At)), ..place })
}

/// "dead 12 civilian", "injured 3..5", "displaced 1000..".
fn toll(toll: &Casualty) -> String {
    let number = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
    let range = if toll.min == toll.max && toll.min.is_some() {
        number(toll.min)
    } else {
        format!("{}..{}", number(toll.min), number(toll.max))
    };
    let who = if toll.who == WhoHurt::Unknown { String::new() } else { format!(" {}", toll.who.as_str()) };
    let side = toll.side.as_ref().map_or_else(String::new, |side| format!(" of {side}"));
    format!("{} {range}{who}{side}", toll.what.as_str())
}

fn tolled(text: &str) -> anyhow::Result<Casualty> {
    let shape = || {
        format!(
            "`{text}` is no toll: write `dead 12`, `injured 3..5 civilian`, `captured 20.. combatant of NAME`"
        )
    };
    let (words, side) =
        text.split_once(" of ").map_or((text, None), |(words, side)| (words, Some(side.trim().to_owned())));
    let mut words = words.split_whitespace();
    let what = words.next().and_then(DiedOrHurt::parse).with_context(shape)?;
    let range = words.next().with_context(shape)?;
    let number = |text: &str| -> anyhow::Result<Option<u64>> {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).ok().with_context(shape) }
    };
    let (min, max) = match range.split_once("..") {
        Some((min, max)) => (number(min)?, number(max)?),
        None => (number(range)?, number(range)?),
    };
    let who = match words.next() {
        None => WhoHurt::Unknown,
        Some(word) => WhoHurt::parse(word).with_context(shape)?,
    };
    if words.next().is_some() || min.zip(max).is_some_and(|(min, max)| min > max) {
        bail!("{}", shape());
    }
    Ok(Casualty { what, who, side, min, max, text: String::new(), start: 0, end: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolls_and_days_are_read_as_they_are_shown() {
        for text in
            ["dead 12", "injured 3..5 civilian", "captured 20.. combatant of Islamic State", "missing ..4"]
        {
            assert_eq!(toll(&tolled(text).unwrap()), text);
        }
        for text in ["dead", "dead many", "dead 5..3", "slain 3", "dead 3 women"] {
            assert!(tolled(text).unwrap_err().to_string().contains("is no toll"), "{text}");
        }
        for text in ["2017-11-08..2017-11-09", "2017-11-08..", "..2017-11-08", ""] {
            let (from, to) = dates(text).unwrap();
            assert_eq!(days(from, to), text);
        }
        assert_eq!(dates("2017-11-08").unwrap(), dates("2017-11-08..2017-11-08").unwrap());
        assert!(dates("8/11/2017").is_err() && dates("2017-11-09..2017-11-08").is_err());
    }
}
