//! Who acts and suffers in claims, and who tells them.

use std::collections::{BTreeMap, BTreeSet};

use contested_assess::{Basis, Estimate, root, source_records};
use contested_knowledge::Knowledge;
use contested_model::{Claim, Kept, SourceKind};
use jiff::civil::Date;
use serde::Serialize;

/// An actor as the claims at hand know it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActorRow {
    /// Id in the knowledge base, or `name:` and the lower-cased name.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Sort of body, where it is known.
    pub kind: Option<&'static str>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Other names in the knowledge base.
    pub other_names: Vec<String>,
    /// What it is part of, by id.
    pub part_of: Option<String>,
    /// CAMEO actor code.
    pub cameo: Option<String>,
    /// ACLED interaction code.
    pub acled: Option<u8>,
    /// UCDP actor id.
    pub ucdp: Option<u32>,
    /// Claims in which it acts.
    pub as_agent: usize,
    /// Claims in which it is acted upon.
    pub as_target: usize,
    /// Claims for which it vouches.
    pub as_source: usize,
    /// First day of which a claim with it speaks.
    pub first_day: Date,
    /// Last such day.
    pub last_day: Date,
}

/// A root source or outlet as the claims at hand know it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceRow {
    /// What tells it from others: an id of the knowledge base, or the lower-cased name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What sort of source it is, where known.
    pub kind: Option<SourceKind>,
    /// ISO 3166-1 alpha-2 of its seat, where known.
    pub country: Option<String>,
    /// Whose side it speaks for, by id of the actor, where known.
    pub side: Option<String>,
    /// Claims for which it vouches.
    pub claims: usize,
    /// Those of them that say that something is not so.
    pub denials: usize,
    /// Reports in which it is heard.
    pub reports: usize,
    /// Outlets that carry it, itself aside.
    pub outlets: Vec<String>,
    /// First day on which it was heard.
    pub first_known: Date,
    /// Last such day.
    pub last_known: Date,
    /// Claims of who holds a place that others bear out.
    pub confirmed: usize,
    /// Those that others contradict.
    pub contradicted: usize,
    /// Share confirmed; none where there are too few to say.
    pub right: Option<Estimate>,
}

/// The actors of `kept`, those with the most claims first.
pub fn actors_in(kept: &[Kept], knowledge: &Knowledge) -> Vec<ActorRow> {
    let mut rows: BTreeMap<String, ActorRow> = BTreeMap::new();
    for k in kept {
        let mut seen: BTreeSet<(String, usize)> = BTreeSet::new();
        let roles = parts(&k.claim);
        for (role, name, actor) in roles {
            let id = actor.map_or_else(|| format!("name:{}", name.to_lowercase()), str::to_owned);
            if !seen.insert((id.clone(), role)) {
                continue;
            }
            let day = k.day();
            let row = rows.entry(id).or_insert_with_key(|id| actor_row(id, name, day, knowledge));
            (row.first_day, row.last_day) = (row.first_day.min(day), row.last_day.max(day));
            *[&mut row.as_agent, &mut row.as_target, &mut row.as_source][role] += 1;
        }
    }
    let mut rows: Vec<ActorRow> = rows.into_values().collect();
    let claims = |row: &ActorRow| row.as_agent + row.as_target + row.as_source;
    rows.sort_by(|a, b| claims(b).cmp(&claims(a)).then_with(|| a.id.cmp(&b.id)));
    rows
}

/// Agents (0), targets (1) and who vouches (2), with the actor's id. A source is an actor only where it is known as one.
fn parts(claim: &Claim) -> impl Iterator<Item = (usize, &str, Option<&str>)> {
    let all = [&claim.agents, &claim.targets].into_iter().enumerate();
    let taking_part = all
        .flat_map(|(role, who)| who.iter().map(move |one| (role, one.name.as_str(), one.actor.as_deref())));
    let source = claim.attribution.first().filter(|first| first.actor.is_some());
    taking_part.chain(source.map(|first| (2, first.name.as_str(), first.actor.as_deref())))
}

fn actor_row(id: &str, name: &str, day: Date, knowledge: &Knowledge) -> ActorRow {
    let known = knowledge.actors.get(id);
    ActorRow {
        id: id.to_owned(),
        name: known.map_or(name, |actor| &actor.name).to_owned(),
        kind: known.map(|actor| actor.kind.as_str()),
        country: known.and_then(|actor| actor.country.clone()),
        other_names: known.map(|actor| actor.names.clone()).unwrap_or_default(),
        part_of: known.and_then(|actor| actor.parent.clone()),
        cameo: known.and_then(|actor| actor.cameo.clone()),
        acled: known.and_then(|actor| actor.acled),
        ucdp: known.and_then(|actor| actor.ucdp),
        as_agent: 0,
        as_target: 0,
        as_source: 0,
        first_day: day,
        last_day: day,
    }
}

/// The root sources of `kept`, those with the most claims first.
pub fn sources_in(kept: &[Kept], basis: &Basis<'_>, knowledge: &Knowledge) -> Vec<SourceRow> {
    let mut rows: BTreeMap<String, (SourceRow, BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for k in kept {
        let claim = &k.claim;
        let who = root(claim);
        let (row, reports, outlets) = rows.entry(who.key.clone()).or_insert_with(|| {
            let id = claim
                .attribution
                .first()
                .map_or(claim.report.source_id.as_deref(), |first| first.source_id.as_deref());
            let source = id
                .and_then(|id| knowledge.sources.get(id))
                .or_else(|| who.own_voice.then(|| knowledge.sources.by_outlet(&who.name)).flatten());
            let row = SourceRow {
                id: who.key.clone(),
                name: source.map_or_else(|| who.name.clone(), |source| source.name.clone()),
                kind: source.map(|source| source.kind).or(who.kind),
                country: source.and_then(|source| source.country.clone()),
                side: source.and_then(|source| source.side.clone()),
                claims: 0,
                denials: 0,
                reports: 0,
                outlets: Vec::new(),
                first_known: k.known,
                last_known: k.known,
                confirmed: 0,
                contradicted: 0,
                right: None,
            };
            (row, BTreeSet::new(), BTreeSet::new())
        });
        row.claims += 1;
        row.denials += usize::from(claim.polarity == contested_model::Polarity::Negative);
        (row.first_known, row.last_known) = (row.first_known.min(k.known), row.last_known.max(k.known));
        reports.insert(claim.report.hash.as_str());
        if !who.own_voice {
            outlets.extend(claim.report.source.as_deref());
        }
    }
    let records: BTreeMap<String, _> =
        source_records(kept, basis).into_iter().map(|record| (record.source.clone(), record)).collect();
    let mut rows: Vec<SourceRow> = rows
        .into_values()
        .map(|(mut row, reports, outlets)| {
            row.reports = reports.len();
            row.outlets = outlets.into_iter().map(str::to_owned).collect();
            if let Some(record) = records.get(&row.id) {
                row.kind = row.kind.or(record.kind);
                (row.confirmed, row.contradicted, row.right) =
                    (record.confirmed, record.contradicted, record.right);
            }
            row
        })
        .collect();
    rows.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.id.cmp(&b.id)));
    rows
}
