//! Who vouches for a claim. Independence is counted by root source: the first of the attribution chain, or the outlet speaking for itself.

use contested_model::{Attribution, Claim, Participant, SourceKind};
use serde::Serialize;

use crate::names::{Words, is_named, same_name};

/// The root source of a claim and the outlet that told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Root {
    /// What tells one root source from another: an id where the knowledge base has one, else the lower-cased name.
    pub key: String,
    /// Its name, as people read it.
    pub name: String,
    /// The outlet of the report, where another one vouches.
    pub outlet: Option<String>,
    /// Its kind, where known.
    pub kind: Option<SourceKind>,
    /// Whether the report itself vouches.
    pub own_voice: bool,
}

/// The root source of `claim`.
pub fn root(claim: &Claim) -> Root {
    let outlet = claim.report.source.clone().unwrap_or_else(|| "the report".to_owned());
    let Some(first) = claim.attribution.first() else {
        return Root {
            // Quoted by another outlet it is the same source.
            key: claim.report.source_id.clone().unwrap_or_else(|| outlet.to_lowercase()),
            name: outlet,
            outlet: None,
            kind: None,
            own_voice: true,
        };
    };
    Root {
        key: attribution_key(first, claim),
        name: attribution_name(first),
        outlet: Some(outlet),
        kind: first.kind.or(first.anonymous.then_some(SourceKind::Anonymous)),
        own_voice: false,
    }
}

fn attribution_key(first: &Attribution, claim: &Claim) -> String {
    if let Some(id) = first.source_id.as_ref().or(first.actor.as_ref()) {
        // Two spokesmen of one ministry are one source: they repeat one line.
        return id.clone();
    }
    let name = first.name.trim().to_lowercase();
    match &first.affiliation {
        Some(affiliation) => format!("{}/{name}", affiliation.to_lowercase()),
        // "officials" of one report need not be those of another.
        None if first.anonymous => {
            format!("{name}@{}", claim.report.source_id.as_deref().unwrap_or(&claim.report.id))
        }
        None => name,
    }
}

fn attribution_name(first: &Attribution) -> String {
    match (&first.role, &first.affiliation) {
        (role, Some(affiliation))
            if !same_name(&first.name, affiliation) && !first.name.contains(affiliation.as_str()) =>
        {
            match role {
                Some(role) if !first.name.contains(role.as_str()) => {
                    format!("{}, {role} of {affiliation}", first.name)
                }
                _ => format!("{} ({affiliation})", first.name),
            }
        }
        _ => first.name.clone(),
    }
}

/// The sentence of a claim and who vouches in it, as copies of it share them: words only, in lower case.
pub(crate) fn sentence(claim: &Claim) -> String {
    let words = Words::of(&claim.evidence.quote);
    let words: Vec<&str> = words.iter().collect();
    let who = claim.attribution.first().map_or("", |first| &first.name).to_lowercase();
    format!("{who}: {}", words.join(" "))
}

/// Whether two claims rest on different root sources.
pub(crate) fn independent(a: &Claim, b: &Claim) -> bool {
    match (a.attribution.first(), b.attribution.first()) {
        (None, None) => a.report.source != b.report.source,
        (Some(x), Some(y)) => {
            let same_id = match (
                x.source_id.as_ref().or(x.actor.as_ref()),
                y.source_id.as_ref().or(y.actor.as_ref()),
            ) {
                (Some(x), Some(y)) => x == y,
                _ => false,
            };
            !same_id && !same_name(&x.name, &y.name)
        }
        _ => true,
    }
}

/// The agents of `claim`; bare "fighters" and "troops" in the mouth of a spokesman are those of the body that he speaks for.
pub(crate) fn acting(claim: &Claim) -> Vec<Participant> {
    let side = claim.attribution.first().and_then(|first| {
        let name = first.affiliation.clone().or_else(|| first.actor.as_ref().map(|_| first.name.clone()))?;
        Some((name, first.actor.clone()))
    });
    let own = |agent: &Participant| match &side {
        Some((name, actor)) if agent.actor.is_none() && !is_named(&agent.name) => {
            Participant { name: name.clone(), actor: actor.clone(), ..agent.clone() }
        }
        _ => agent.clone(),
    };
    claim.agents.iter().map(own).collect()
}

/// Whether the source that vouches for `claim` is one of its agents or speaks for one: a denial of one's own act.
pub(crate) fn speaks_for_agent(claim: &Claim) -> bool {
    let Some(first) = claim.attribution.first() else { return false };
    acting(claim).iter().any(|agent| {
        first.actor.is_some() && first.actor == agent.actor
            || same_name(&first.name, &agent.name)
            || first.affiliation.as_ref().is_some_and(|side| same_name(side, &agent.name))
    })
}
