//! Twelve sources of four kinds and two sides.

use contested_assess::{Outlet, Tie, World};
use contested_model::SourceKind;
use jiff::civil::Date;

use crate::truth::Side;

/// A source and how it errs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Source {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its kind.
    pub kind: SourceKind,
    /// The side it is known to be on.
    pub side: Option<Side>,
    /// The side whose successes it tells and whose losses it hides, in the first half and in the second.
    pub(crate) leans: [Option<Side>; 2],
    /// How far it leans, 0 to 1.
    pub(crate) bias: f64,
    /// Its plain error, 0 to 1, before the scenario scales it.
    pub(crate) error: f64,
    /// How much it tells.
    pub(crate) covers: f64,
    /// How readily it takes over rumours.
    pub(crate) gullible: f64,
}

const fn neutral(
    id: &'static str,
    name: &'static str,
    kind: SourceKind,
    error: f64,
    covers: f64,
    gullible: f64,
) -> Source {
    Source { id, name, kind, side: None, leans: [None, None], bias: 0.0, error, covers, gullible }
}

const fn partisan(
    id: &'static str,
    name: &'static str,
    kind: SourceKind,
    side: Side,
    bias: f64,
    covers: f64,
) -> Source {
    Source {
        id,
        name,
        kind,
        side: Some(side),
        leans: [Some(side), Some(side)],
        bias,
        error: 0.1,
        covers,
        gullible: 0.1,
    }
}

/// The sources.
pub const SOURCES: [Source; 12] = [
    neutral("wire-1", "Wire One", SourceKind::Wire, 0.12, 1.0, 0.5),
    neutral("wire-2", "Wire Two", SourceKind::Wire, 0.18, 0.8, 0.7),
    neutral("wire-3", "Wire Three", SourceKind::Wire, 0.3, 0.5, 0.8),
    neutral("monitor-1", "Monitor One", SourceKind::Monitor, 0.1, 0.9, 0.3),
    neutral("monitor-2", "Monitor Two", SourceKind::Monitor, 0.28, 0.6, 0.5),
    // Thought neutral; from the middle of the time it is not.
    Source {
        leans: [None, Some(Side::Red)],
        bias: 0.8,
        ..neutral("monitor-3", "Monitor Three", SourceKind::Monitor, 0.14, 0.7, 0.4)
    },
    partisan("red-agency", "Red Agency", SourceKind::StateMedia, Side::Red, 0.6, 1.0),
    partisan("red-television", "Red Television", SourceKind::StateMedia, Side::Red, 0.8, 0.8),
    partisan("blue-agency", "Blue Agency", SourceKind::StateMedia, Side::Blue, 0.5, 0.9),
    partisan("red-bulletin", "Red Bulletin", SourceKind::BelligerentMedia, Side::Red, 0.9, 0.8),
    partisan("blue-bulletin", "Blue Bulletin", SourceKind::BelligerentMedia, Side::Blue, 0.85, 0.9),
    partisan("blue-channel", "Blue Channel", SourceKind::BelligerentMedia, Side::Blue, 0.7, 0.6),
];

/// What an analyst would know of the sources and sides: kinds and allegiances, no figures.
#[derive(Debug, Clone, Copy, Default)]
pub struct SourceWorld;

impl World for SourceWorld {
    fn tie(&self, a: &str, b: &str, _: Date) -> Tie {
        if a == b { Tie::Together } else { Tie::Against }
    }

    fn outlet(&self, id: Option<&str>, _: &str) -> Outlet {
        let found = SOURCES.iter().find(|source| Some(source.id) == id);
        found.map_or_else(Outlet::default, |source| Outlet {
            kind: Some(source.kind),
            side: source.side.map(|side| side.id().to_owned()),
        })
    }
}
