//! Whether a predicted claim can stand for a gold claim, and in what the two agree.

use serde_json::Value;

use crate::gold::{Gold, GoldClaim, truthy};
use crate::names::{Names, same_set};
use crate::predictions::Predicted;
use crate::vocabulary::{SYMMETRIC, same_type};

/// The attributes in the order of the judge's errors.
pub(crate) const ATTRIBUTES: [&str; 8] =
    ["type", "type-exact", "agents", "targets", "places", "source", "polarity", "certainty"];

/// Agreement by attribute, in the order of [`ATTRIBUTES`].
pub(crate) type Agreement = [bool; 8];

/// Place of `type-exact`, which strictness does not ask for.
pub(crate) const TYPE_EXACT: usize = 1;

/// Whether every attribute that strictness asks for agrees.
pub(crate) fn is_strict(agreement: Agreement) -> bool {
    agreement.iter().enumerate().all(|(at, agrees)| *agrees || at == TYPE_EXACT)
}

/// Whether the two may be matched at all.
pub(crate) fn can_match(gold: &GoldClaim, claim: &Predicted, doc: &Gold) -> bool {
    let (from, to) = doc.sentences[gold.sentence];
    if gold.kind != claim.kind || !(from <= claim.start && claim.start < to) {
        return false;
    }
    let any = |a: &[Names], b: &[Names]| a.iter().any(|x| b.iter().any(|y| x.same(y)));
    match gold.kind.as_str() {
        "event" => same_type(Some(&gold.claim_type), claim.claim_type.as_deref()),
        "control" => gold.places.is_empty() || any(&gold.places, &claim.places),
        "relation" => {
            (any(&gold.agents, &claim.agents) && any(&gold.targets, &claim.targets))
                || (any(&gold.agents, &claim.targets) && any(&gold.targets, &claim.agents))
        }
        _ => true,
    }
}

/// In which attributes the two agree.
pub(crate) fn agreement(gold: &GoldClaim, claim: &Predicted, doc: &Gold) -> Agreement {
    let exact = claim.claim_type.as_deref() == Some(gold.claim_type.as_str());
    let typed = if gold.kind == "event" {
        same_type(Some(&gold.claim_type), claim.claim_type.as_deref())
    } else {
        exact
    };
    let sides = SYMMETRIC.contains(&gold.claim_type.as_str());
    let role = |own: &[Names], theirs: &[Names]| {
        if sides {
            set(
                gold.agents.iter().chain(&gold.targets),
                claim.agents.iter().chain(&claim.targets),
                &doc.known_actors,
            )
        } else {
            set(own.iter(), theirs.iter(), &doc.known_actors)
        }
    };
    let word = |value: &Value, key: &str, default: &str, wanted: &Value| {
        let of = |value: &Value| value.get(key).filter(|word| truthy(Some(word))).cloned();
        of(value).unwrap_or_else(|| default.into()) == of(wanted).unwrap_or_else(|| default.into())
    };
    [
        typed,
        exact,
        role(&gold.agents, &claim.agents),
        role(&gold.targets, &claim.targets),
        set(gold.places.iter(), claim.places.iter(), &doc.known_places),
        match (gold.source.is_empty(), claim.source.first()) {
            (true, first) => first.is_none(),
            (false, first) => first.is_some_and(|first| gold.source.iter().any(|name| name.same(first))),
        },
        word(&claim.raw, "polarity", "positive", &gold.raw),
        word(&claim.raw, "certainty", "certain", &gold.raw),
    ]
}

/// Where gold leaves a role open, what is added must at least be somebody or somewhere of this report.
fn set<'n>(
    gold: impl Iterator<Item = &'n Names>,
    claim: impl Iterator<Item = &'n Names>,
    known: &[Names],
) -> bool {
    let (gold, claim): (Vec<_>, Vec<_>) = (gold.collect(), claim.collect());
    if gold.is_empty() {
        claim.iter().all(|name| known.iter().any(|one| one.same(name)))
    } else {
        same_set(&gold, &claim)
    }
}

/// Whether the predicted time begins with what gold says of `from` and `to`.
pub(crate) fn same_time(gold: &Value, claim: Option<&Value>) -> bool {
    let Some(claim) = claim.filter(|time| truthy(Some(time))) else { return false };
    ["from", "to"].iter().all(|key| {
        let wanted = gold.get(key).and_then(Value::as_str).unwrap_or("");
        let found: String = claim
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or("")
            .chars()
            .take(wanted.chars().count())
            .collect();
        wanted == found
    })
}

/// Whether the predicted claim has a date of its own.
pub(crate) fn states_date(claim: &Value) -> bool {
    claim.get("time").filter(|time| truthy(Some(time))).is_some_and(|time| {
        time.get("basis").and_then(Value::as_str) != Some("inferred")
            && (truthy(time.get("from")) || truthy(time.get("to")))
    })
}
