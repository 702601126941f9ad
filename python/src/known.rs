//! The knowledge base as the assessment asks for it: what is built in.

use contested_assess::{Outlet, Tie, World};
use contested_knowledge::Knowledge;
use contested_knowledge::actors::Alliance;
use contested_knowledge::sources::Sources;
use jiff::civil::Date;

/// What is built in.
pub(crate) struct Known;

impl World for Known {
    fn tie(&self, a: &str, b: &str, day: Date) -> Tie {
        if a == b {
            return Tie::Together;
        }
        match Knowledge::embedded().actors.allied(a, b, Some(day)) {
            Alliance::Allied => Tie::Together,
            Alliance::Opposed => Tie::Against,
            Alliance::Neither | Alliance::Unknown => Tie::None,
        }
    }

    fn outlet(&self, id: Option<&str>, name: &str) -> Outlet {
        let sources = Sources::embedded();
        match id.and_then(|id| sources.get(id)).or_else(|| sources.by_outlet(name)) {
            Some(source) => Outlet { kind: Some(source.kind), side: source.side.clone() },
            None => Outlet::default(),
        }
    }
}
