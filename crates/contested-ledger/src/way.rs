//! Ways into the ledger's claims: the index that is walked, in the order of days, so that a walk may end early.

use crate::sql::Value;

use crate::Filter;
use crate::filter::Ids;

/// A way into the claims. Several ways together find all that may pass a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// Those at the place with this id, by whether they say who holds ground.
    Place(String, bool),
    /// Those in this country, likewise.
    Country(String, bool),
    /// Those that name this actor in this role.
    Actor(String, &'static str),
    /// Those that this outlet published.
    Outlet(String),
    /// Those of this type.
    Type(String),
    /// Those of the report in this row.
    Report(i64),
    /// Those whose id is this.
    Id(String),
    /// Those whose key is this.
    Key(String),
    /// Those whose sentence matches this full-text expression.
    Words(String),
    /// All.
    Claims,
}

/// Where rows of claims come from on a way.
pub(crate) struct From {
    /// Tables with `claims c` among them.
    pub(crate) tables: &'static str,
    /// The condition that the way itself is.
    pub(crate) condition: &'static str,
    /// Alias of the table that is walked: it has `day` and `known`.
    pub(crate) walked: &'static str,
    /// Its column with the row of the claim.
    pub(crate) row: &'static str,
}

impl Way {
    /// The ways that find all claims that may pass `filter`, the narrowest that it allows.
    pub(crate) fn of(filter: &Filter, ids: &Ids) -> Vec<Self> {
        let ground: &[bool] = if filter.ground { &[true] } else { &[false, true] };
        let by_place = |id: &String| -> Vec<Self> {
            ground.iter().map(|&ground| Self::Place(id.clone(), ground)).collect()
        };
        if let Some(claim) = &filter.claim {
            vec![Self::Id(claim.clone()), Self::Key(claim.clone())]
        } else if filter.report.is_some() {
            ids.reports.iter().map(|&row| Self::Report(row)).collect()
        } else if filter.place.is_some() {
            ids.places.iter().flat_map(by_place).collect()
        } else if filter.around.is_some() {
            ids.around.iter().flat_map(by_place).collect()
        } else if filter.actor.is_some() {
            let roles = |id: &String| ["agent", "target"].map(|role| Self::Actor(id.clone(), role));
            ids.actors.iter().flat_map(roles).collect()
        } else if let Some(source) = &filter.source {
            let quoted = ids.sources.iter().map(|id| Self::Actor(id.clone(), "source"));
            quoted.chain([Self::Outlet(source.clone())]).collect()
        } else if let Some(words) = &ids.words {
            vec![Self::Words(words.clone())]
        } else if let Some(country) = &filter.country {
            ground.iter().map(|&ground| Self::Country(country.to_uppercase(), ground)).collect()
        } else if !filter.types.is_empty() {
            filter.types.iter().cloned().map(Self::Type).collect()
        } else {
            vec![Self::Claims]
        }
    }

    pub(crate) const fn from(&self) -> From {
        let (tables, condition, walked, row) = match self {
            Self::Place(..) => (
                "claim_places p INDEXED BY claim_places_place CROSS JOIN claims c ON c.id = p.claim",
                "p.place = ? AND p.ground = ?",
                "p",
                "p.claim",
            ),
            Self::Country(..) => (
                "claim_places p INDEXED BY claim_places_country CROSS JOIN claims c ON c.id = p.claim",
                "p.country = ? AND p.ground = ?",
                "p",
                "p.claim",
            ),
            Self::Actor(..) => (
                "claim_actors a INDEXED BY claim_actors_actor CROSS JOIN claims c ON c.id = a.claim",
                "a.actor = ? AND a.role = ?",
                "a",
                "a.claim",
            ),
            Self::Outlet(_) => {
                ("claims c INDEXED BY claims_outlet", "c.outlet = ? COLLATE NOCASE", "c", "c.id")
            }
            Self::Type(_) => ("claims c INDEXED BY claims_type", "c.type = ?", "c", "c.id"),
            Self::Report(_) => (
                "extractions e0 CROSS JOIN claims c INDEXED BY claims_extraction ON c.extraction = e0.id",
                "e0.report = ?",
                "c",
                "c.id",
            ),
            Self::Id(_) => {
                ("claims c", "substr(c.claim, 4, 8) = substr(?, 4, 8) AND c.claim = ?", "c", "c.id")
            }
            Self::Key(_) => ("claims c", "substr(c.key, 4, 8) = substr(?, 4, 8) AND c.key = ?", "c", "c.id"),
            Self::Words(_) => {
                ("claim_words w CROSS JOIN claims c ON c.id = w.rowid", "w.claim_words MATCH ?", "c", "c.id")
            }
            Self::Claims => ("claims c INDEXED BY claims_day", "1 = 1", "c", "c.id"),
        };
        From { tables, condition, walked, row }
    }

    /// The values of its condition.
    pub(crate) fn values(&self) -> Vec<Value> {
        let text = |s: &str| Value::Text(s.to_owned());
        match self {
            Self::Place(id, ground) | Self::Country(id, ground) => {
                vec![text(id), Value::Integer(i64::from(*ground))]
            }
            Self::Actor(id, role) => vec![text(id), text(role)],
            Self::Outlet(one) | Self::Type(one) | Self::Words(one) => vec![text(one)],
            Self::Id(one) | Self::Key(one) => vec![text(one), text(one)],
            Self::Report(row) => vec![Value::Integer(*row)],
            Self::Claims => Vec::new(),
        }
    }
}
