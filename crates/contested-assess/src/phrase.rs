//! Claims in plain words, from templates that an editor can review (`data/phrases.tsv`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use contested_model::{Claim, ClaimType, Extent, Kind, Polarity};

struct Row {
    told: &'static str,
    denied: &'static str,
    plain: &'static str,
    /// The same where nobody says who did it.
    open: Option<&'static str>,
    open_denied: Option<&'static str>,
}

static TABLE: LazyLock<BTreeMap<&'static str, Row>> = LazyLock::new(|| {
    include_str!("../data/phrases.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (name, told, denied, plain) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
            let (open, open_denied) = (cells.next(), cells.next());
            Some((name, Row { told, denied, plain, open, open_denied }))
        })
        .collect()
});

/// The claim in words, without its source: "Syrian Army took Albu Kamal from Islamic State".
pub fn phrase(claim: &Claim) -> String {
    if claim.kind == Kind::Outlook {
        return outlook(claim);
    }
    let Some(row) = TABLE.get(claim.claim_type.as_str()) else { return claim.claim_type.to_string() };
    let denied = claim.polarity == Polarity::Negative;
    let open = if denied { row.open_denied } else { row.open }.filter(|_| claim.agents.is_empty());
    let words = filled(open.unwrap_or(if denied { row.denied } else { row.told }), claim);
    if claim.kind == Kind::Control && claim.extent == Some(Extent::Presence) {
        return words + ", a presence only";
    }
    words
}

/// The part of a place that a claim of control speaks of.
const fn part(claim: &Claim) -> &'static str {
    match (claim.kind, claim.extent) {
        (Kind::Control, Some(Extent::Whole)) => "all of ",
        (Kind::Control, Some(Extent::Most)) => "most of ",
        (Kind::Control, Some(Extent::Part)) => "part of ",
        (Kind::Control, Some(Extent::Pockets)) => "pockets in ",
        (Kind::Control, Some(Extent::Outskirts)) => "the outskirts of ",
        _ => "",
    }
}

/// "Syrian government to take Raqqa from SDF": an outlook by what it would be if it came true.
fn outlook(claim: &Claim) -> String {
    let Some(row) = claim.about.and_then(|about| TABLE.get(about.claim_type.as_str())) else {
        let template = TABLE.get(claim.claim_type.as_str()).map_or("", |row| row.told);
        return filled(template, claim);
    };
    let not = if claim.polarity == Polarity::Negative { "not " } else { "" };
    let verb = filled(row.plain, claim);
    match names(claim.agents.iter().map(|a| a.name.as_str())) {
        Some(agents) => format!("{agents} {not}to {verb}"),
        None => format!("{not}to {verb}"),
    }
}

/// What a type of claim is, in words: "fighting", "take ground".
pub fn type_in_words(claim_type: ClaimType) -> &'static str {
    match claim_type {
        ClaimType::Prediction => "expected",
        ClaimType::Intent => "intended",
        ClaimType::Conditional => "on a condition",
        other => other.as_str(),
    }
}

fn names<'n>(names: impl Iterator<Item = &'n str>) -> Option<String> {
    let mut distinct: Vec<&str> = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    match distinct.as_slice() {
        [] => None,
        [one] => Some((*one).to_owned()),
        [first @ .., last] if first.len() < 4 => Some(format!("{} and {last}", first.join(", "))),
        many => Some(format!("{} and {} others", many[..3].join(", "), many.len() - 3)),
    }
}

fn filled(template: &str, claim: &Claim) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['[', '{']) {
        out.push_str(&rest[..at]);
        let bracket = rest[at..].starts_with('[');
        let close = if bracket { ']' } else { '}' };
        let Some(length) = rest[at..].find(close) else { break };
        let inside = &rest[at + 1..at + length];
        if bracket {
            if let Some(words) = optional(inside, claim) {
                out.push_str(&words);
            }
        } else {
            let (slot, default) = inside.split_once(':').unwrap_or((inside, ""));
            out.push_str(&slot_words(slot, claim).unwrap_or_else(|| default.to_owned()));
        }
        rest = &rest[at + length + 1..];
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// A bracket's words, or nothing when its slot is empty.
fn optional(inside: &str, claim: &Claim) -> Option<String> {
    let start = inside.find('{')?;
    let end = start + inside[start..].find('}')?;
    let words = slot_words(&inside[start + 1..end], claim)?;
    Some(format!("{}{words}{}", &inside[..start], &inside[end + 1..]))
}

/// Whether ground in a wide area was taken, left or held, rather than the area.
fn is_area(claim: &Claim) -> bool {
    matches!(claim.claim_type, ClaimType::Seize | ClaimType::Retreat | ClaimType::Holds)
        && !matches!(claim.extent, Some(Extent::Whole | Extent::Most))
        && claim.places.iter().all(|place| {
            matches!(
                place.kind.as_deref(),
                Some("country" | "province" | "district" | "region" | "desert" | "continent")
            )
        })
}

fn slot_words(slot: &str, claim: &Claim) -> Option<String> {
    match slot {
        "a" => names(claim.agents.iter().map(|a| a.name.as_str())),
        "t" => names(claim.targets.iter().map(|t| t.name.as_str())),
        "p" => names(claim.places.iter().map(|p| p.name.as_str())).map(|name| match part(claim) {
            "" if is_area(claim) => format!("ground in {name}"),
            part => format!("{part}{name}"),
        }),
        "b" => Some(match names(claim.agents.iter().chain(&claim.targets).map(|a| a.name.as_str())) {
            Some(both) if claim.agents.len() + claim.targets.len() > 1 => format!(" between {both}"),
            Some(one) => format!(" by {one}"),
            None => String::new(),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use contested_model::testing::told;

    use super::*;

    #[test]
    fn every_type_has_words() {
        for claim_type in ClaimType::ALL {
            assert!(TABLE.contains_key(claim_type.as_str()), "{claim_type}");
        }
    }

    #[test]
    fn claims_read_as_sentences() {
        let wire = |t| told("Wire service", "2017-11-08", t);
        let cases = [
            (wire(ClaimType::Seize).agent("Army").place("Town").target("Group"), "Army took Town from Group"),
            (wire(ClaimType::Seize).agent("Army").place("Town").denied(), "Army did not take Town"),
            (wire(ClaimType::Seize).place("Town").target("Group"), "Town was taken from Group"),
            (
                wire(ClaimType::Kill).target("civilians").place("Town").denied(),
                "no killing of civilians at Town",
            ),
            (wire(ClaimType::Clash).place("Town"), "fighting at Town"),
            (
                wire(ClaimType::Clash).agent("Army").agent("Group").place("Town"),
                "fighting between Army and Group at Town",
            ),
            (
                wire(ClaimType::Holds).agent("Group").place("Town").extent(Extent::Pockets),
                "pockets in Town held by Group",
            ),
            (
                wire(ClaimType::Intent).agent("Army").place("Town").about(ClaimType::Seize),
                "Army to take Town",
            ),
            (wire(ClaimType::Backs).agent("State").target("Army"), "Army backed by State"),
        ];
        for (claim, words) in cases {
            assert_eq!(phrase(&claim.claim()), words);
        }
    }
}
