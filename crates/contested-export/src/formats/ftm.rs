//! FollowTheMoney entities: what is told to have happened as events, ties as links, who takes part as organisations and persons, reports as
//! articles. An entity stands before what refers to it, and once.

use std::collections::BTreeSet;
use std::io::Write;

use contested_assess::{phrase, root};
use contested_knowledge::Knowledge;
use contested_knowledge::actors::ActorKind;
use contested_model::{Claim, Digest128, Kept, Kind, Participant, Polarity, SourceKind};
use serde_json::{Map, Value, json};

use crate::incident::{Incident, incidents};
use crate::{Content, ExportError, LeftOut, Written};

pub(crate) fn write(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let mut entities = Entities { out, knowledge, written: BTreeSet::new(), rows: 0 };
    let mut left_out = LeftOut::new();
    match *content {
        Content::Actors(actors) => {
            for actor in actors {
                let who = Participant {
                    name: actor.name.clone(),
                    text: String::new(),
                    start: 0,
                    end: 0,
                    actor: Some(actor.id.clone()),
                };
                entities.actor(&who)?;
            }
        }
        Content::Sources(sources) => {
            for source in sources {
                let id = format!("contested-source-{}", slug(&source.id));
                let schema = if matches!(
                    source.kind,
                    Some(SourceKind::Anonymous | SourceKind::Resident | SourceKind::Analyst) | None
                ) {
                    "LegalEntity"
                } else {
                    "Organization"
                };
                let kind = source.kind.map(SourceKind::as_str);
                entities.put(
                    &id,
                    schema,
                    &[
                        ("name", Some(source.name.as_str())),
                        ("country", country(source.country.as_deref()).as_deref()),
                        ("legalForm", kind),
                    ],
                )?;
            }
        }
        _ => {
            let (incidents, left) = incidents(content)?;
            left_out = left;
            for incident in &incidents {
                entities.event(incident)?;
            }
            if let Content::Claims(kept) = *content {
                for k in kept.iter().filter(|k| is_tie(&k.claim)) {
                    let made = entities.tie(k)?;
                    if made && let Some(left) = left_out.get_mut("ties between actors") {
                        *left -= 1;
                    }
                }
                left_out.retain(|_, left| *left > 0);
            }
        }
    }
    Ok(Written { rows: entities.rows, left_out })
}

fn is_tie(claim: &Claim) -> bool {
    claim.kind == Kind::Relation && claim.polarity == Polarity::Positive
}

/// Entities on their way out.
struct Entities<'w> {
    out: &'w mut dyn Write,
    knowledge: &'w Knowledge,
    written: BTreeSet<String>,
    rows: usize,
}

/// Letters and digits of an id; a digest where it has others, so that two ids never become one.
fn slug(id: &str) -> String {
    if id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return id.to_owned();
    }
    Digest128::of(id.as_bytes()).to_string()
}

fn country(iso2: Option<&str>) -> Option<String> {
    iso2.map(str::to_lowercase)
}

impl Entities<'_> {
    fn put(
        &mut self,
        id: &str,
        schema: &str,
        properties: &[(&str, Option<&str>)],
    ) -> Result<(), ExportError> {
        let mut values: Map<String, Value> = Map::new();
        for (name, value) in properties {
            let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else { continue };
            match values.entry(*name).or_insert_with(|| json!([])) {
                // A property is a set.
                Value::Array(list) if list.iter().any(|other| other == value) => {}
                Value::Array(list) => list.push(value.into()),
                other => *other = json!([value]),
            }
        }
        self.record(id, schema, &values)
    }

    fn record(&mut self, id: &str, schema: &str, properties: &Map<String, Value>) -> Result<(), ExportError> {
        if !self.written.insert(id.to_owned()) {
            return Ok(());
        }
        serde_json::to_writer(
            &mut *self.out,
            &json!({"id": id, "schema": schema, "properties": properties}),
        )?;
        self.out.write_all(b"\n")?;
        self.rows += 1;
        Ok(())
    }

    /// An actor, known or only named; its id.
    fn actor(&mut self, who: &Participant) -> Result<String, ExportError> {
        let known = who.actor.as_deref().and_then(|id| self.knowledge.actors.get(id));
        let Some(actor) = known else {
            let id = format!("contested-name-{}", Digest128::of(who.name.to_lowercase().as_bytes()));
            self.put(&id, "LegalEntity", &[("name", Some(&who.name))])?;
            return Ok(id);
        };
        let id = format!("contested-actor-{}", slug(&actor.id));
        let schema = match actor.kind {
            ActorKind::Person => "Person",
            ActorKind::State
            | ActorKind::Government
            | ActorKind::Army
            | ActorKind::Ministry
            | ActorKind::Parliament
            | ActorKind::Police
            | ActorKind::InternationalOrganisation => "PublicBody",
            ActorKind::Civilians | ActorKind::EthnicGroup => "LegalEntity",
            _ => "Organization",
        };
        let country = country(actor.country.as_deref());
        let mut properties = vec![("name", Some(actor.name.as_str())), ("country", country.as_deref())];
        properties.extend(actor.names.iter().map(|name| ("alias", Some(name.as_str()))));
        if actor.kind == ActorKind::Person {
            properties.push(("position", actor.role.as_deref()));
        }
        self.put(&id, schema, &properties)?;
        Ok(id)
    }

    /// The report that a claim was told in; its id.
    fn report(&mut self, k: &Kept) -> Result<String, ExportError> {
        let report = &k.claim.report;
        let id = format!("contested-report-{}", slug(report.hash.trim_start_matches("b3:")));
        let day = report.published.map(|day| day.to_string());
        let title = report.title.as_deref().unwrap_or(&report.id);
        let properties = [
            ("title", Some(title)),
            ("publisher", report.source.as_deref()),
            ("publishedAt", day.as_deref()),
            ("sourceUrl", report.url.as_deref()),
        ];
        self.put(&id, "Article", &properties)?;
        Ok(id)
    }

    fn event(&mut self, incident: &Incident<'_>) -> Result<(), ExportError> {
        let (first, second) = incident.sides();
        let mut involved = Vec::new();
        for who in first.iter().chain(second) {
            involved.push(self.actor(who)?);
        }
        let mut proofs = Vec::new();
        for k in &incident.told {
            proofs.push(self.report(k)?);
        }
        proofs.dedup();
        let [from, to] = incident.days.map(|day| day.to_string());
        let (name, notes) = (phrase(incident.lead), incident.notes(5));
        let country = country(incident.country());
        let mut properties = vec![
            ("name", Some(name.as_str())),
            ("summary", Some(notes.as_str())),
            ("country", country.as_deref()),
            ("recordId", Some(incident.id.as_str())),
        ];
        if incident.days[0] == incident.days[1] {
            properties.push(("date", Some(&from)));
        } else {
            properties.extend([("startDate", Some(from.as_str())), ("endDate", Some(to.as_str()))]);
        }
        properties.extend(incident.lead.places.iter().map(|place| ("location", Some(place.name.as_str()))));
        properties
            .extend(incident.told.iter().map(|k| ("description", Some(k.claim.evidence.quote.as_str()))));
        properties.extend(incident.outlets().into_iter().map(|name| ("publisher", Some(name))));
        properties.extend(incident.told.iter().map(|k| ("sourceUrl", k.claim.report.url.as_deref())));
        properties.extend(involved.iter().map(|id| ("involved", Some(id.as_str()))));
        properties.extend(proofs.iter().map(|id| ("proof", Some(id.as_str()))));
        let id = format!("contested-event-{}", slug(incident.id.split_once(':').map_or("", |(_, hex)| hex)));
        self.put(&id, "Event", &properties)
    }

    /// A tie between two actors; says whether there were two.
    fn tie(&mut self, k: &Kept) -> Result<bool, ExportError> {
        let claim = &k.claim;
        // Of two that are allied or at war both are agents.
        let pair = match (claim.agents.as_slice(), claim.targets.as_slice()) {
            ([agent, ..], [target, ..]) => (agent, target),
            ([first, second, ..], []) => (first, second),
            _ => return Ok(false),
        };
        let (subject, object) = (self.actor(pair.0)?, self.actor(pair.1)?);
        let proof = self.report(k)?;
        let source = root(claim).name;
        let day = k.known.to_string();
        let note = format!("{source}: {}", phrase(claim));
        let properties = [
            ("subject", Some(subject.as_str())),
            ("object", Some(object.as_str())),
            ("role", Some(claim.claim_type.as_str())),
            ("date", Some(&day)),
            ("summary", Some(&note)),
            ("description", Some(&claim.evidence.quote)),
            ("publisher", claim.report.source.as_deref()),
            ("sourceUrl", claim.report.url.as_deref()),
            ("proof", Some(&proof)),
            ("recordId", Some(&claim.id)),
        ];
        let id = format!("contested-tie-{}", slug(claim.id.split_once(':').map_or("", |(_, hex)| hex)));
        self.put(&id, "UnknownLink", &properties)?;
        Ok(true)
    }
}
