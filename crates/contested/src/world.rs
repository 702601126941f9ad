//! The knowledge base as the assessment asks for it.

use contested_assess::{Outlet, Tie, World};
use contested_knowledge::Knowledge;
use contested_knowledge::actors::Alliance;
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

    fn outlet(&self, _id: Option<&str>, _name: &str) -> Outlet {
        Outlet::default()
    }
}
