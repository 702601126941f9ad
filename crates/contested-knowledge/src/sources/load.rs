//! Reading and validating the tables of `data/sources`.

use contested_model::SourceKind;

use super::{Source, Sources, compose};
use crate::actors::Actors;
use crate::names::NameIndex;
use crate::tsv::{self, DataError};

/// The texts of all tables, with the paths that errors name.
#[derive(Debug, Clone, Copy)]
pub struct SourceTable<'t> {
    /// Sources.
    pub sources: &'t [(&'t str, &'t str)],
    /// Head nouns of unknown sources.
    pub heads: (&'t str, &'t str),
    /// Modifiers that decide the kind of an unknown source.
    pub modifiers: (&'t str, &'t str),
}

macro_rules! table {
    ($name:literal) => {
        (
            concat!("data/sources/", $name, ".tsv"),
            include_str!(concat!("../../../../data/sources/", $name, ".tsv")),
        )
    };
}

/// The tables that ship.
pub(super) const EMBEDDED: &SourceTable<'static> = &SourceTable {
    sources: &[table!("wires"), table!("statemedia"), table!("monitors")],
    heads: ("data/actors/heads.tsv", include_str!("../../../../data/actors/heads.tsv")),
    modifiers: table!("modifiers"),
};

const SOURCE: [&str; 8] = ["id", "name", "kind", "country", "side", "names", "outlets", "from"];

impl Sources {
    /// Reads and validates `tables`.
    ///
    /// # Errors
    /// The first row that is malformed or bears an id or a name twice.
    pub fn parse(tables: &SourceTable<'_>) -> Result<Self, DataError> {
        let mut list: Vec<Source> = Vec::new();
        let mut origins: Vec<(&str, u32)> = Vec::new();
        let (mut names, mut outlets) = (NameIndex::default(), NameIndex::default());
        for &(file, text) in tables.sources {
            for row in tsv::rows(file, text, SOURCE)? {
                let [id, name, kind, country, side, more, addresses, from] = row.cells;
                let wrong = |reason: String| DataError::new(file, row.line, reason);
                if id.is_empty() || name.is_empty() || from.is_empty() {
                    return Err(wrong("`id`, `name` and `from` must be given".to_owned()));
                }
                if list.iter().any(|source| source.id == id) {
                    return Err(wrong(format!("the id `{id}` is taken")));
                }
                let kind =
                    SourceKind::parse(kind).ok_or_else(|| wrong(format!("`{kind}` is no kind of source")))?;
                let code = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
                if !(code || country.is_empty()) {
                    return Err(wrong(format!("`{country}` is no ISO 3166-1 alpha-2 code in capitals")));
                }
                let owner = list.len() as u32;
                for spelling in std::iter::once(name).chain(tsv::list(more)) {
                    if !names.add(spelling, owner) {
                        return Err(wrong(format!("`{spelling}` holds no letter")));
                    }
                }
                for address in std::iter::once(id).chain(tsv::list(addresses)) {
                    outlets.add(address, owner);
                }
                let filled = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
                origins.push((file, row.line));
                list.push(Source {
                    id: id.to_owned(),
                    name: name.trim_start_matches('~').to_owned(),
                    names: tsv::list(more).map(|name| name.trim_start_matches('~').to_owned()).collect(),
                    kind,
                    country: filled(country),
                    side: filled(side),
                    from: from.to_owned(),
                });
            }
        }
        names.finish();
        outlets.finish();
        if let Some((key, first, second)) = names.shared().chain(outlets.shared()).next() {
            let (file, line) = origins[second as usize];
            let (one, two) = (&list[second as usize].id, &list[first as usize].id);
            return Err(DataError::new(file, line, format!("`{key}` names both `{one}` and `{two}`")));
        }
        let composition = compose::Table::parse(tables.heads, tables.modifiers)?;
        Ok(Self { list, names, outlets, composition })
    }

    /// Sources whose `side` no actor is, as `(id, side)`.
    pub fn unknown_sides<'a>(&'a self, actors: &Actors) -> Vec<(&'a str, &'a str)> {
        let sides = self.list.iter().filter_map(|source| Some((source.id.as_str(), source.side.as_deref()?)));
        sides.filter(|(_, side)| actors.get(side).is_none()).collect()
    }
}
