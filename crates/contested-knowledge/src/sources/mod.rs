//! Sources: who tells of a war. Known ones come from the tables of `data/sources`; the rest get a kind by composition ("a war monitor",
//! "state television", "local residents") through [`Sources::compose`].

mod compose;
mod load;

use std::sync::OnceLock;

use contested_model::SourceKind;

use crate::actors::{Actor, ActorKind};
use crate::names::NameIndex;

pub use compose::SourceComposed;
pub use load::SourceTable;

/// A known source.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Source {
    /// Stable id: `reuters`, `sohr`.
    pub id: String,
    /// What an analyst writes.
    pub name: String,
    /// Other names, the marks of ambiguity taken off.
    pub names: Vec<String>,
    /// What sort of source it is.
    pub kind: SourceKind,
    /// ISO 3166-1 alpha-2, upper case, of its seat.
    pub country: Option<String>,
    /// Id of the actor whose side it speaks for.
    pub side: Option<String>,
    /// Where the row is from.
    pub from: String,
}

/// A known source found in a sequence of words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoundSource<'a> {
    /// Words it covers.
    pub words: usize,
    /// Which it is.
    pub source: &'a Source,
    /// The spelling is also a common word: take it only with capitals or a name tag.
    pub ambiguous: bool,
}

/// All known sources.
#[derive(Debug, Clone)]
pub struct Sources {
    list: Vec<Source>,
    names: NameIndex,
    /// Names and addresses under which reports come in.
    outlets: NameIndex,
    composition: compose::Table,
}

impl Sources {
    /// The sources that ship with the project, read once.
    ///
    /// # Panics
    /// Never: the tables are validated by this crate's tests.
    pub fn embedded() -> &'static Self {
        static SOURCES: OnceLock<Sources> = OnceLock::new();
        SOURCES
            .get_or_init(|| Self::parse(load::EMBEDDED).expect("the embedded tables are validated by tests"))
    }

    /// The embedded tables, for the digest of what is known.
    pub fn embedded_texts() -> impl Iterator<Item = &'static str> {
        let t = load::EMBEDDED;
        t.sources.iter().copied().chain([t.modifiers]).map(|(_, text)| text)
    }

    /// Every source, in the order of the tables.
    pub fn all(&self) -> &[Source] {
        &self.list
    }

    /// The source with this id.
    pub fn get(&self, id: &str) -> Option<&Source> {
        self.list.iter().find(|source| source.id == id)
    }

    /// The source that the words as a whole name, articles aside.
    pub fn named(&self, words: &[&str]) -> Option<&Source> {
        let name = words.join(" ");
        self.names.owners(&name).first().map(|hit| &self.list[hit.owner as usize])
    }

    /// The longest known source name that starts at word `at`.
    pub fn longest_at(&self, words: &[&str], at: usize) -> Option<FoundSource<'_>> {
        let hit = *self.names.longest(words.get(at..)?).first()?;
        Some(FoundSource {
            words: hit.words,
            source: &self.list[hit.owner as usize],
            ambiguous: hit.ambiguous,
        })
    }

    /// The source that a container or an address names as a report's outlet: `reuters`, `sana.sy`, `https://www.bbc.co.uk/news/…`,
    /// `Wikipedia current events`.
    pub fn by_outlet(&self, outlet: &str) -> Option<&Source> {
        let outlet: String = outlet.trim().chars().take(200).collect();
        let whole = self.outlets.owners(&outlet).first().or(self.names.owners(&outlet).first()).copied();
        let hit = whole.or_else(|| self.by_host(&outlet)).or_else(|| self.by_first_words(&outlet))?;
        Some(&self.list[hit.owner as usize])
    }

    fn by_host(&self, outlet: &str) -> Option<crate::names::Hit> {
        let rest = outlet.split_once("://").map_or(outlet, |(_, rest)| rest);
        let mut host = rest.split(['/', '?', '#', ':']).next()?;
        if !host.contains('.') {
            return None;
        }
        loop {
            if let Some(&hit) = self.outlets.owners(host).first() {
                return Some(hit);
            }
            host = host.split_once('.').map(|(_, parent)| parent).filter(|parent| parent.contains('.'))?;
        }
    }

    /// "Reuters / Beirut", "BBC News Middle East": the outlet first, more after it.
    fn by_first_words(&self, outlet: &str) -> Option<crate::names::Hit> {
        let words: Vec<&str> =
            outlet.split_whitespace().take(12).skip_while(|word| word.eq_ignore_ascii_case("the")).collect();
        self.names.longest(&words).first().copied().filter(|hit| !hit.ambiguous)
    }

    /// What an actor is when it speaks: `fights` says whether it is a party to the war that the report is about.
    pub fn kind_of(actor: &Actor, fights: bool) -> SourceKind {
        match actor.kind {
            ActorKind::Army | ActorKind::ArmedGroup | ActorKind::Militia => SourceKind::BelligerentOfficial,
            ActorKind::Coalition if actor.acled.is_some() => SourceKind::BelligerentOfficial,
            ActorKind::InternationalOrganisation => SourceKind::InternationalOrganisation,
            ActorKind::Ngo => SourceKind::Ngo,
            ActorKind::Media => SourceKind::Media,
            ActorKind::Civilians | ActorKind::EthnicGroup => SourceKind::Resident,
            ActorKind::Police => SourceKind::LocalOfficial,
            ActorKind::State
            | ActorKind::Government
            | ActorKind::Ministry
            | ActorKind::Parliament
            | ActorKind::Party
            | ActorKind::Coalition
            | ActorKind::Person => {
                if fights
                    || actor.cameo.as_deref().is_some_and(|code| code.contains("MIL") || code.contains("REB"))
                {
                    SourceKind::BelligerentOfficial
                } else {
                    SourceKind::Official
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
