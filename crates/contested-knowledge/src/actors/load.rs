//! Reading and validating the tables of `data/actors`.

use std::collections::HashMap;

use super::{Actor, ActorKind, Actors, Nation, Rule, Tie, TieKind, Validity};
use super::{compose, sides};
use crate::names::{self, NameIndex};
use crate::tsv::{self, DataError};

/// The texts of all tables, with the paths that errors name.
#[derive(Debug, Clone, Copy)]
pub struct ActorTable<'t> {
    /// Actors, one table a war.
    pub actors: &'t [(&'t str, &'t str)],
    /// States and their demonyms.
    pub nations: (&'t str, &'t str),
    /// Rules for shared names.
    pub ambiguous: (&'t str, &'t str),
    /// Institutions that every state has.
    pub institutions: (&'t str, &'t str),
    /// Head nouns of composed actors.
    pub heads: (&'t str, &'t str),
    /// Modifiers that composed names keep.
    pub modifiers: (&'t str, &'t str),
    /// Whom general words mean in a country's reports.
    pub generic: (&'t str, &'t str),
}

macro_rules! table {
    ($name:literal) => {
        (
            concat!("data/actors/", $name, ".tsv"),
            include_str!(concat!("../../../../data/actors/", $name, ".tsv")),
        )
    };
}

/// The tables that ship.
pub(super) const EMBEDDED: &ActorTable<'static> = &ActorTable {
    actors: &[
        table!("world"),
        table!("jihad"),
        table!("syria"),
        table!("iraq"),
        table!("iran"),
        table!("levant"),
        table!("turkey"),
        table!("yemen"),
        table!("libya"),
        table!("ukraine"),
        table!("afghanistan"),
        table!("sudan"),
        table!("horn"),
        table!("sahel"),
        table!("greatlakes"),
        table!("latinamerica"),
        table!("europe"),
        table!("asia"),
    ],
    nations: ("data/places/countries.tsv", include_str!("../../data/places/countries.tsv")),
    ambiguous: table!("ambiguous"),
    institutions: table!("institutions"),
    heads: table!("heads"),
    modifiers: table!("modifiers"),
    generic: table!("generic"),
};

const ACTOR: [&str; 11] =
    ["id", "name", "kind", "country", "part_of", "names", "ties", "role", "codes", "ucdp", "from"];
const NATION: [&str; 15] = [
    "code",
    "name",
    "names",
    "place_names",
    "adjectives",
    "people",
    "communities",
    "attributive",
    "alpha3",
    "capital",
    "lat",
    "lon",
    "population",
    "radius_km",
    "war",
];
const AMBIGUOUS: [&str; 4] = ["name", "actor", "country", "when"];
const INSTITUTION: [&str; 5] = ["suffix", "name", "kind", "cameo", "acled"];

impl Actors {
    /// The built-in actors and those of own tables, (path, text) each, in the format of `data/actors`.
    ///
    /// # Errors
    /// As [`Actors::parse`]; an own actor may refer to built-in ones, but not bear an id or a name that one of them has.
    pub fn with(own: &[(&str, &str)]) -> Result<Self, DataError> {
        let all: Vec<(&str, &str)> = EMBEDDED.actors.iter().chain(own).copied().collect();
        Self::parse(&ActorTable { actors: &all, ..*EMBEDDED })
    }

    /// Reads and validates `tables`.
    ///
    /// # Errors
    /// The first row that is malformed, bears an id or a name twice, or refers to an actor that does not exist.
    pub fn parse(tables: &ActorTable<'_>) -> Result<Self, DataError> {
        let mut build = Build::default();
        let nations = build.nations(tables.nations)?;
        for &(file, text) in tables.actors {
            build.actors(file, text)?;
        }
        build.institutions(tables.institutions, &nations)?;
        build.references()?;
        build.names.finish();
        let rules = build.rules(tables.ambiguous)?;
        build.shared_names(&rules)?;
        let mut demonyms = NameIndex::default();
        for row in tsv::rows(tables.nations.0, tables.nations.1, NATION)? {
            let Some(at) = nations.iter().position(|nation| nation.iso2 == row.cells[0]) else { continue };
            for name in [4, 5, 7].into_iter().flat_map(|column| bars(row.cells[column])) {
                demonyms.add(name, at as u32);
            }
        }
        demonyms.finish();
        let mut composition = compose::Tables::parse(tables.heads, tables.modifiers)?;
        composition.generic(tables.generic, |id| build.by_id.contains_key(id))?;
        let Build { list, by_id, names, .. } = build;
        let tied_to = sides::tied_to(&list);
        Ok(Self { list, by_id, names, rules, nations, demonyms, composition, tied_to })
    }
}

/// The values of a list cell of the countries, separated by `|`.
fn bars(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|item| !item.is_empty())
}

/// Where a row stands, for errors found after reading.
type Origin<'t> = (&'t str, u32);

#[derive(Default)]
struct Build<'t> {
    list: Vec<Actor>,
    origins: Vec<Origin<'t>>,
    by_id: HashMap<String, u32>,
    names: NameIndex,
}

impl<'t> Build<'t> {
    fn push(&mut self, actor: Actor, names: &[&str], origin: Origin<'t>) -> Result<(), DataError> {
        let at = self.list.len() as u32;
        let (file, line) = origin;
        if !is_id(&actor.id) {
            let reason = format!("`{}` is no id: lower-case letters, digits and hyphens", actor.id);
            return Err(DataError::new(file, line, reason));
        }
        if self.by_id.insert(actor.id.clone(), at).is_some() {
            return Err(DataError::new(file, line, format!("the id `{}` is taken", actor.id)));
        }
        for name in names {
            if !self.names.add(name, at) {
                return Err(DataError::new(file, line, format!("`{name}` holds no letter")));
            }
        }
        self.list.push(actor);
        self.origins.push(origin);
        Ok(())
    }

    fn nations(&mut self, (file, text): (&'t str, &'t str)) -> Result<Vec<Nation>, DataError> {
        let mut nations = Vec::new();
        for row in tsv::rows(file, text, NATION)? {
            let [iso2, name, names, _, adjectives, _, _, _, alpha3, ..] = row.cells;
            // Hong Kong, Greenland: places that are no states
            if alpha3.is_empty() {
                continue;
            }
            if !is_country(iso2) || alpha3.len() != 3 {
                return Err(DataError::new(
                    file,
                    row.line,
                    format!("`{iso2}`, `{alpha3}`: expected codes such as SY and SYR"),
                ));
            }
            let all: Vec<&str> = std::iter::once(name).chain(bars(names)).collect();
            let actor = Actor {
                id: iso2.to_lowercase(),
                name: name.to_owned(),
                names: plain(&all[1..]),
                kind: ActorKind::State,
                country: Some(iso2.to_owned()),
                parent: None,
                ties: Vec::new(),
                role: None,
                cameo: Some(alpha3.to_owned()),
                acled: None,
                ucdp: None,
                from: "iso-3166".to_owned(),
            };
            self.push(actor, &all, (file, row.line))?;
            let adjective = bars(adjectives).next().unwrap_or(name).to_owned();
            nations.push(Nation {
                iso2: iso2.to_owned(),
                name: name.to_owned(),
                adjective,
                alpha3: alpha3.to_owned(),
            });
        }
        Ok(nations)
    }

    fn actors(&mut self, file: &'t str, text: &'t str) -> Result<(), DataError> {
        for row in tsv::rows(file, text, ACTOR)? {
            let [id, name, kind, country, part_of, names, ties, role, codes, ucdp, from] = row.cells;
            let wrong = |reason: String| DataError::new(file, row.line, reason);
            if name.is_empty() || from.is_empty() {
                return Err(wrong("`name` and `from` must be given".to_owned()));
            }
            let kind =
                ActorKind::parse(kind).ok_or_else(|| wrong(format!("`{kind}` is no kind of actor")))?;
            if !country.is_empty() && !is_country(country) {
                return Err(wrong(format!("`{country}` is no ISO 3166-1 alpha-2 code in capitals")));
            }
            let mut all_ties = Vec::new();
            let mut parent = None;
            for part in tsv::list(part_of) {
                let tie =
                    tie(TieKind::PartOf, part).ok_or_else(|| wrong(format!("`{part}` is no membership")))?;
                parent.get_or_insert_with(|| tie.other.clone());
                all_ties.push(tie);
            }
            for cell in tsv::list(ties) {
                let read = cell.split_once(':').and_then(|(kind, rest)| tie(TieKind::parse(kind)?, rest));
                all_ties.push(
                    read.ok_or_else(|| wrong(format!("`{cell}` is no tie such as `ally:ru@2015-09-30..`")))?,
                );
            }
            let (cameo, acled) = read_codes(codes)
                .ok_or_else(|| wrong(format!("`{codes}` are no codes such as `cameo=SYRMIL acled=1`")))?;
            let ucdp = match ucdp {
                "" => None,
                ucdp => Some(ucdp.parse().map_err(|_| wrong(format!("`{ucdp}` is no UCDP id")))?),
            };
            let all: Vec<&str> = std::iter::once(name).chain(tsv::list(names)).collect();
            let actor = Actor {
                id: id.to_owned(),
                name: name.trim_start_matches('~').to_owned(),
                names: plain(&all[1..]),
                kind,
                country: (!country.is_empty()).then(|| country.to_owned()),
                parent,
                ties: all_ties,
                role: (!role.is_empty()).then(|| role.to_owned()),
                cameo,
                acled,
                ucdp,
                from: from.to_owned(),
            };
            self.push(actor, &all, (file, row.line))?;
        }
        Ok(())
    }

    /// The institutions of every state that no table describes, without names of their own: noun phrases compose them.
    fn institutions(
        &mut self,
        (file, text): (&'t str, &'t str),
        nations: &[Nation],
    ) -> Result<(), DataError> {
        for row in tsv::rows(file, text, INSTITUTION)? {
            let [suffix, name, kind, cameo, acled] = row.cells;
            let wrong = |reason: String| DataError::new(file, row.line, reason);
            let kind =
                ActorKind::parse(kind).ok_or_else(|| wrong(format!("`{kind}` is no kind of actor")))?;
            let acled = match acled {
                "" => None,
                acled => Some(
                    acled.parse().map_err(|_| wrong(format!("`{acled}` is no ACLED interaction code")))?,
                ),
            };
            for nation in nations {
                let state = nation.iso2.to_lowercase();
                let id = format!("{state}-{suffix}");
                if self.by_id.contains_key(&id) {
                    continue;
                }
                let government = format!("{state}-government");
                let parent = if self.by_id.contains_key(&government) { government } else { state };
                let tie = Tie { kind: TieKind::PartOf, other: parent.clone(), when: Validity::default() };
                let actor = Actor {
                    id,
                    name: format!("{} {name}", nation.adjective),
                    names: Vec::new(),
                    kind,
                    country: Some(nation.iso2.clone()),
                    parent: Some(parent),
                    ties: vec![tie],
                    role: None,
                    cameo: Some(format!("{}{cameo}", nation.alpha3)),
                    acled,
                    ucdp: None,
                    from: "composed".to_owned(),
                };
                self.push(actor, &[], (file, row.line))?;
            }
        }
        Ok(())
    }

    fn references(&self) -> Result<(), DataError> {
        for (actor, &(file, line)) in self.list.iter().zip(&self.origins) {
            for tie in &actor.ties {
                if !self.by_id.contains_key(&tie.other) {
                    let reason = format!("`{}` refers to `{}`, which no table has", actor.id, tie.other);
                    return Err(DataError::new(file, line, reason));
                }
                if tie.other == actor.id {
                    return Err(DataError::new(file, line, format!("`{}` is tied to itself", actor.id)));
                }
            }
        }
        Ok(())
    }

    fn rules(&self, (file, text): (&str, &str)) -> Result<HashMap<String, Vec<Rule>>, DataError> {
        let mut rules: HashMap<String, Vec<Rule>> = HashMap::new();
        for row in tsv::rows(file, text, AMBIGUOUS)? {
            let [name, actor, country, when] = row.cells;
            let wrong = |reason: String| DataError::new(file, row.line, reason);
            let owner =
                *self.by_id.get(actor).ok_or_else(|| wrong(format!("no table has the actor `{actor}`")))?;
            if !self.names.owners(name).iter().any(|hit| hit.owner == owner) {
                return Err(wrong(format!("`{name}` is no name of `{actor}`")));
            }
            if !country.is_empty() && !is_country(country) {
                return Err(wrong(format!("`{country}` is no ISO 3166-1 alpha-2 code in capitals")));
            }
            let when = match when {
                "" => None,
                when => Some(
                    Validity::parse(when).ok_or_else(|| wrong(format!("`{when}` is no span of dates")))?,
                ),
            };
            let rule = Rule { owner, country: (!country.is_empty()).then(|| country.to_owned()), when };
            rules.entry(names::key(name)).or_default().push(rule);
        }
        Ok(rules)
    }

    /// Every actor that shares a name needs a rule for it.
    fn shared_names(&self, rules: &HashMap<String, Vec<Rule>>) -> Result<(), DataError> {
        for (key, first, second) in self.names.shared() {
            for (owner, other) in [(second, first), (first, second)] {
                let ruled = rules.get(key).is_some_and(|rules| rules.iter().any(|rule| rule.owner == owner));
                if !ruled {
                    // The row that came later is the one to mend.
                    let (later, earlier) = (owner.max(other), owner.min(other));
                    let (file, line) = self.origins[later as usize];
                    let (one, two) = (&self.list[later as usize].id, &self.list[earlier as usize].id);
                    let reason = format!(
                        "`{key}` names both `{one}` and `{two}`: leave it out of one of them, or add rules to ambiguous.tsv"
                    );
                    return Err(DataError::new(file, line, reason));
                }
            }
        }
        Ok(())
    }
}

fn plain(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.trim_start_matches('~').to_owned()).collect()
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())
}

/// `id` or `id@span`.
fn tie(kind: TieKind, text: &str) -> Option<Tie> {
    let (other, when) = match text.split_once('@') {
        Some((other, when)) => (other, Validity::parse(when)?),
        None => (text, Validity::default()),
    };
    is_id(other).then(|| Tie { kind, other: other.to_owned(), when })
}

/// `cameo=SYRMIL acled=1`, either of which may be missing.
fn read_codes(cell: &str) -> Option<(Option<String>, Option<u8>)> {
    let (mut cameo, mut acled) = (None, None);
    for pair in cell.split_whitespace() {
        match pair.split_once('=')? {
            ("cameo", code) if code.len() % 3 == 0 && code.bytes().all(|b| b.is_ascii_uppercase()) => {
                cameo = Some(code.to_owned());
            }
            ("acled", code) => acled = Some(code.parse().ok().filter(|code| (1..=8).contains(code))?),
            _ => return None,
        }
    }
    Some((cameo, acled))
}
