//! Who backs, leads, fights and belongs to whom, as claims tell it.

use std::collections::{BTreeMap, BTreeSet};

use contested_assess::root;
use contested_knowledge::actors::Actors;
use contested_model::{Kept, Kind, Participant, Polarity, Tense};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Claims by id that an edge names; there may be more.
const MOST_CLAIMS: usize = 50;

/// Actors and their ties.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Graph {
    /// Actors that stand in any tie, by id.
    pub(crate) nodes: Vec<Node>,
    /// Ties, in the order of their ends and types.
    pub(crate) edges: Vec<Edge>,
}

/// An actor.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Node {
    /// Its id; `name:` and the lower-cased name where the knowledge base has none.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// What sort of body it is, where known.
    #[schema(value_type = Option<String>)]
    pub(crate) kind: Option<&'static str>,
    /// ISO 3166-1 alpha-2, where known.
    pub(crate) country: Option<String>,
    /// Claims of ties that name it.
    pub(crate) claims: usize,
}

/// A tie, as told or as denied.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Edge {
    /// Id of who backs, leads, is part of; of either where the tie goes both ways.
    pub(crate) from: String,
    /// Id of the other.
    pub(crate) to: String,
    /// `backs`, `allied`, `part-of`, `leads`, `fights` or `opposes`.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    pub(crate) tie: &'static str,
    /// `positive`, or `negative` where it is denied.
    #[schema(value_type = String)]
    pub(crate) polarity: &'static str,
    /// Ids of claims that tell it, the newest first; fifty at most.
    pub(crate) claims: Vec<String>,
    /// How many claims tell it.
    pub(crate) told: usize,
    /// How many root sources.
    pub(crate) sources: usize,
    /// First day for which it is told.
    #[schema(value_type = String, format = Date)]
    pub(crate) first: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub(crate) last: Date,
}

/// What stands by `as_of`.
pub(crate) fn graph(kept: &[Kept], as_of: Option<Date>, actors: &Actors) -> Graph {
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    let mut ties: BTreeMap<(String, String, &str, Polarity), Vec<&Kept>> = BTreeMap::new();
    let told = kept.iter().filter(|k| {
        k.claim.kind == Kind::Relation
            && k.claim.tense != Tense::Historic
            && as_of.is_none_or(|day| k.day() <= day)
    });
    for k in told {
        for from in &k.claim.agents {
            for to in &k.claim.targets {
                let (a, b) = (node(&mut nodes, from, actors), node(&mut nodes, to, actors));
                // What goes both ways has one edge.
                let both = matches!(k.claim.claim_type.as_str(), "allied" | "fights");
                let (a, b) = if both && b < a { (b, a) } else { (a, b) };
                ties.entry((a, b, k.claim.claim_type.as_str(), k.claim.polarity)).or_default().push(k);
            }
        }
    }
    let edges = ties.into_iter().filter_map(|((from, to, tie, polarity), mut members)| {
        members.sort_by(|a, b| (b.known, &b.claim.id).cmp(&(a.known, &a.claim.id)));
        let sources: BTreeSet<String> = members.iter().map(|k| root(&k.claim).key).collect();
        Some(Edge {
            from,
            to,
            tie,
            polarity: polarity.as_str(),
            claims: members.iter().take(MOST_CLAIMS).map(|k| k.claim.id.clone()).collect(),
            told: members.len(),
            sources: sources.len(),
            first: members.iter().map(|k| k.day()).min()?,
            last: members.iter().map(|k| k.day()).max()?,
        })
    });
    let edges = edges.collect();
    Graph { nodes: nodes.into_values().collect(), edges }
}

/// The id of an actor, which is counted among the nodes.
fn node(nodes: &mut BTreeMap<String, Node>, actor: &Participant, actors: &Actors) -> String {
    let id = actor.actor.clone().unwrap_or_else(|| format!("name:{}", actor.name.to_lowercase()));
    let node = nodes.entry(id.clone()).or_insert_with(|| described(&id, &actor.name, actors));
    node.claims += 1;
    id
}

/// An actor as the knowledge base has it, or as claims call it.
pub(crate) fn described(id: &str, name: &str, actors: &Actors) -> Node {
    let known = actors.get(id);
    Node {
        id: id.to_owned(),
        name: known.map_or(name, |actor| &actor.name).to_owned(),
        kind: known.map(|actor| actor.kind.as_str()),
        country: known.and_then(|actor| actor.country.clone()),
        claims: 0,
    }
}
