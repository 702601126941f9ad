//! What lies in what: the divisions of the places that an export names, looked up once.

use std::collections::{BTreeMap, BTreeSet};

use contested_knowledge::Knowledge;

use crate::Content;

/// Divisions that a place lies in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Divisions {
    /// First level.
    pub(crate) admin1: Option<String>,
    /// Second level.
    pub(crate) admin2: Option<String>,
}

/// The divisions of places, by id.
#[derive(Debug, Default)]
pub(crate) struct Atlas(BTreeMap<String, Divisions>);

impl Atlas {
    /// Of the places that `content` names.
    pub(crate) fn of(content: &Content<'_>, knowledge: &Knowledge) -> Self {
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        match content {
            Content::Claims(kept) | Content::Events(_, kept) | Content::Disputes(_, kept) => {
                ids.extend(kept.iter().flat_map(|k| &k.claim.places).filter_map(|place| place.id.as_deref()));
            }
            Content::Control(places) => {
                ids.extend(places.iter().filter_map(|found| found.place.id.as_deref()));
            }
            Content::Actors(_) | Content::Sources(_) => {}
        }
        let records = knowledge.places.get_all(&ids);
        let divisions = |record: contested_knowledge::places::PlaceRecord| {
            let mut within = record.within;
            let admin1 = within.pop();
            Divisions { admin1, admin2: within.pop() }
        };
        Self(records.into_iter().map(|(id, record)| (id, divisions(record))).collect())
    }

    /// Of the place with `id`.
    pub(crate) fn divisions(&self, id: Option<&str>) -> Divisions {
        id.and_then(|id| self.0.get(id)).cloned().unwrap_or_default()
    }
}
