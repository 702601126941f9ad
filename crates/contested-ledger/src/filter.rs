use crate::sql::Value;
use jiff::civil::Date;

use crate::way::Way;
use crate::{Cursor, Standing};

/// Which claims to read; what is left empty does not restrict.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Only what stands at this day of valid time or before.
    pub as_of: Option<Date>,
    /// Only what had been reported by this day.
    pub known_at: Option<Date>,
    /// Only what stands at this day of valid time or after.
    pub since: Option<Date>,
    /// A place: its id, or its name in any case.
    pub place: Option<String>,
    /// An agent or target: id, or name in any case.
    pub actor: Option<String>,
    /// An outlet or anybody in the attribution chain: name in any case.
    pub source: Option<String>,
    /// Types ("seize"); any of them.
    pub types: Vec<String>,
    /// Kinds ("event"); any of them.
    pub kinds: Vec<String>,
    /// "positive" or "negative".
    pub polarity: Option<String>,
    /// Words that must all stand in the quoted sentence.
    pub words: Option<String>,
    /// At most so many, the last of them in the order of [`crate::Ledger::claims`] if `latest` is set, else the first.
    pub limit: Option<u32>,
    /// See `limit`.
    pub latest: bool,
    /// A country (ISO 3166-1 alpha-2): only claims of places in it.
    pub country: Option<String>,
    /// Only claims of places in this part of the world.
    pub around: Option<Around>,
    /// The claim with this id or key.
    pub claim: Option<String>,
    /// Only claims of this report: the id that came with it, or its digest.
    pub report: Option<String>,
    /// Only claims of the types that say who holds ground: captures, retreats, holding, fighting over it, sieges.
    pub ground: bool,
    /// Only claims that stand so with their readers.
    pub standing: Option<Standing>,
    /// Only claims that are at least so sure to be right, 0 to 1.
    pub least: Option<f64>,
    /// Which tellings.
    pub tellings: Tellings,
}

/// Which tellings of the world to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tellings {
    /// Those that count: no copies, no versions that were superseded, nothing that was rejected.
    #[default]
    Counted,
    /// Copies and superseded versions, too: everything that was published, but for what was rejected.
    All,
    /// Only what was rejected.
    Rejected,
}

/// A circle on the earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Around {
    /// Degrees north of its middle.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Radius in kilometres.
    pub km: f64,
}

/// Kilometres in a degree of latitude.
const KM_A_DEGREE: f64 = 111.2;

impl Around {
    /// South, north, west and east edges of a box that holds the circle, in degrees.
    pub(crate) fn edges(&self) -> [f64; 4] {
        let high = self.km / KM_A_DEGREE;
        let wide = high / self.lat.to_radians().cos().max(0.01);
        [self.lat - high, self.lat + high, self.lon - wide, self.lon + wide]
    }

    /// Whether a point lies in it, by the great circle.
    pub fn holds(&self, lat: f64, lon: f64) -> bool {
        let (a, b) = (self.lat.to_radians(), lat.to_radians());
        let (dy, dx) = ((b - a) / 2.0, (lon - self.lon).to_radians() / 2.0);
        let h = dy.sin().powi(2) + a.cos() * b.cos() * dx.sin().powi(2);
        2.0 * 6371.0 * h.sqrt().min(1.0).asin() <= self.km
    }
}

/// The ids that a filter's names stand for.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    pub(crate) places: Vec<String>,
    pub(crate) actors: Vec<String>,
    pub(crate) sources: Vec<String>,
    /// Places in the part of the world asked for.
    pub(crate) around: Vec<String>,
    /// Rows of reports.
    pub(crate) reports: Vec<i64>,
    /// The full-text expression of the words asked for.
    pub(crate) words: Option<String>,
}

impl Filter {
    /// `WHERE` conditions over the tables of `way`, and their values in order; a claim that comes `after` is meant.
    pub(crate) fn conditions(&self, ids: &Ids, way: &Way, after: Option<&Cursor>) -> (String, Vec<Value>) {
        let from = way.from();
        let mut all = vec![from.condition.to_owned()];
        let mut values = way.values();
        let mut add = |condition: &str, given: Vec<Value>| {
            all.push(condition.to_owned());
            values.extend(given);
        };
        let text = |s: &str| Value::Text(s.to_owned());
        let day = |d: Date| Value::Text(d.to_string());
        // The index that is walked has the days, too: what they exclude is not even looked up.
        let table = from.walked;
        if let Some(after) = after {
            let than = if self.latest { "<" } else { ">" };
            add(
                &format!("({table}.day, {table}.known, {}) {than} (?, ?, ?)", from.row),
                vec![day(after.day), day(after.known), Value::Integer(after.row)],
            );
        }
        if let Some(to) = self.as_of {
            add(&format!("{table}.day <= ?"), vec![day(to)]);
        }
        if let Some(to) = self.known_at {
            add(&format!("{table}.known <= ?"), vec![day(to)]);
        }
        if let Some(from) = self.since {
            add(&format!("{table}.day >= ?"), vec![day(from)]);
        }
        let one_of = |ids: &[String]| {
            (vec!["?"; ids.len()].join(", "), ids.iter().map(|id| text(id)).collect::<Vec<_>>())
        };
        let named = |marks: &str, roles: &str| {
            format!(
                "EXISTS (SELECT 1 FROM claim_actors x WHERE x.claim = c.id AND x.actor IN ({marks}) AND x.role IN ({roles}))"
            )
        };
        if self.actor.is_some() && !matches!(way, Way::Actor(_, "agent" | "target")) {
            let (marks, values) = one_of(&ids.actors);
            add(&named(&marks, "'agent', 'target'"), values);
        }
        if let Some(source) = &self.source
            && !matches!(way, Way::Actor(_, "source") | Way::Outlet(_))
        {
            let (marks, mut values) = one_of(&ids.sources);
            values.insert(0, text(source));
            add(&format!("(c.outlet = ? COLLATE NOCASE OR {})", named(&marks, "'source'")), values);
        }
        if self.place.is_some() && !matches!(way, Way::Place(..)) {
            let (marks, values) = one_of(&ids.places);
            add(
                &format!(
                    "EXISTS (SELECT 1 FROM claim_places x WHERE x.claim = c.id AND x.place IN ({marks}))"
                ),
                values,
            );
        }
        if let Some(country) = &self.country
            && !matches!(way, Way::Country(..))
        {
            add(
                "EXISTS (SELECT 1 FROM claim_places x WHERE x.claim = c.id AND x.country = ?)",
                vec![text(&country.to_uppercase())],
            );
        }
        if self.ground && !matches!(way, Way::Place(..) | Way::Country(..)) {
            add("c.type IN ('seize', 'retreat', 'holds', 'contests', 'clash', 'siege')", Vec::new());
        }
        if let Some(standing) = self.standing {
            add("c.standing = ?", vec![text(standing.as_str())]);
        }
        if let Some(least) = self.least {
            add("c.json ->> '$.confidence' >= ?", vec![Value::Real(least)]);
        }
        for (column, words) in [("c.type", &self.types), ("c.kind", &self.kinds)] {
            let walked = column == "c.type" && matches!(way, Way::Type(_));
            if !words.is_empty() && !walked {
                let marks = vec!["?"; words.len()].join(", ");
                add(&format!("{column} IN ({marks})"), words.iter().map(|w| text(w)).collect());
            }
        }
        if let Some(polarity) = &self.polarity {
            add("c.polarity = ?", vec![text(polarity)]);
        }
        if let Some(words) = &ids.words
            && !matches!(way, Way::Words(_))
        {
            add("c.id IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)", vec![text(words)]);
        }
        (all.join(" AND "), values)
    }
}
