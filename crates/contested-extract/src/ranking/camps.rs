//! What the actor base knows of a candidate: what it is, and on whose side.

use std::cell::RefCell;
use std::collections::BTreeMap;

use contested_knowledge::actors::Alliance;

use crate::mentions::Mentions;
use crate::naming::Context;

/// How the actors of a report stand to one another; each pair is looked up once.
pub(crate) struct Camps<'a> {
    context: &'a Context<'a>,
    /// By mention, which of `ids` it is.
    actors: Vec<Option<usize>>,
    ids: Vec<String>,
    known: RefCell<BTreeMap<(usize, usize), Alliance>>,
}

impl<'a> Camps<'a> {
    /// The actors among `mentions`; a state's people and forces stand for the state where nothing finer is known.
    pub(crate) fn of(mentions: &Mentions, context: &'a Context<'a>) -> Self {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut ids = Vec::new();
        let actors = mentions
            .all
            .iter()
            .map(|mention| {
                let id = mention.actor.as_deref().or(mention.country.as_deref())?.to_lowercase();
                Some(*numbers.entry(id.clone()).or_insert_with(|| {
                    ids.push(id);
                    ids.len() - 1
                }))
            })
            .collect();
        Self { context, actors, ids, known: RefCell::default() }
    }

    /// How the actors of two mentions, as resolved, stand to one another on the day of the report.
    pub(super) fn between(&self, a: usize, b: usize) -> &'static str {
        let (Some(a), Some(b)) = (self.actors[a], self.actors[b]) else { return "unknown" };
        if a == b {
            return "same";
        }
        let pair = (a.min(b), a.max(b));
        let found = *self.known.borrow_mut().entry(pair).or_insert_with(|| {
            self.context.knowledge.actors.allied(&self.ids[pair.0], &self.ids[pair.1], self.context.date)
        });
        match found {
            Alliance::Allied => "allied",
            Alliance::Opposed => "opposed",
            Alliance::Neither => "neither",
            Alliance::Unknown => "unknown",
        }
    }

    /// What the actor of a mention is: `army`, `armed-group` …
    pub(super) fn what(&self, mention: usize) -> &'static str {
        let actor = self.actors[mention].and_then(|n| self.context.knowledge.actors.get(&self.ids[n]));
        actor.map_or("unknown", |actor| actor.kind.as_str())
    }
}
