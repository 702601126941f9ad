//! What the assessment has to know of the world beyond the claims: who stands with whom, and what sort of source an outlet is. The binary
//! answers from the knowledge base; tests answer from a list.

use contested_model::SourceKind;
use jiff::civil::Date;

/// How two actors stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// On one side: the same, part of one another, allies.
    Together,
    /// On opposed sides.
    Against,
    /// Nothing is known, or nothing ties them.
    None,
}

/// An outlet as a source of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlet {
    /// Its kind.
    pub kind: Option<SourceKind>,
    /// Id of the actor whose side it is on.
    pub side: Option<String>,
}

/// Knowledge of the world.
pub trait World {
    /// How the actors with the ids `a` and `b` stood to one another on `day`.
    fn tie(&self, a: &str, b: &str, day: Date) -> Tie;
    /// What is known of an outlet, by id or name.
    fn outlet(&self, id: Option<&str>, name: &str) -> Outlet;
}

/// Knows nothing: names alone decide.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl World for Nothing {
    fn tie(&self, a: &str, b: &str, _: Date) -> Tie {
        if a == b { Tie::Together } else { Tie::None }
    }

    fn outlet(&self, _: Option<&str>, _: &str) -> Outlet {
        Outlet::default()
    }
}
