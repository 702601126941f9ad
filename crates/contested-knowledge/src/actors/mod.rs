//! Actors: who acts and suffers in wars, under which names, part of what, led by whom, on whose side at what date. Known actors come from
//! the tables of `data/actors`; the rest are composed from noun phrases ("Syrian troops", "the defence ministry") by [`Actors::compose`].

mod compose;
mod kind;
mod load;
mod sides;
mod validity;

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Serialize;

use crate::names::NameIndex;

pub use crate::tsv::DataError;
pub use compose::Composed;
pub use kind::ActorKind;
pub use load::ActorTable;
pub use sides::Alliance;
pub use validity::Validity;

/// A known actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Stable id: `islamic-state`, `sy-army`; states are their ISO 3166-1 alpha-2 code in lower case (`sy`).
    pub id: String,
    /// What an analyst writes.
    pub name: String,
    /// Other names: acronyms, transliterations, names given by others. The marks of ambiguity are taken off.
    pub names: Vec<String>,
    /// Sort of body.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-2, upper case, of the state it belongs to or fights in.
    pub country: Option<String>,
    /// What it is part of now or was last; dated memberships are in `ties`.
    pub parent: Option<String>,
    /// Dated ties to other actors.
    pub ties: Vec<Tie>,
    /// Office or rank, for persons.
    pub role: Option<String>,
    /// CAMEO actor code (`SYRMIL`).
    pub cameo: Option<String>,
    /// ACLED interaction code, 1 to 8.
    pub acled: Option<u8>,
    /// UCDP actor id.
    pub ucdp: Option<u32>,
    /// Where the row is from; `composed` for the institutions of a state that no row describes.
    pub from: String,
}

/// What ties an actor to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "&'static str")]
pub enum TieKind {
    /// Part of the other.
    PartOf,
    /// Allied.
    Ally,
    /// The other backs this one.
    Backer,
    /// This one backs the other.
    Backs,
    /// At war.
    Enemy,
    /// This one became the other.
    Successor,
    /// The other became this one.
    Predecessor,
    /// This person leads the other.
    Leads,
    /// The other leads this one.
    Leader,
    /// The other is a member of this one.
    Member,
}

impl TieKind {
    /// The word that tables write.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PartOf => "part",
            Self::Ally => "ally",
            Self::Backer => "backer",
            Self::Backs => "backer-of",
            Self::Enemy => "enemy",
            Self::Successor => "successor",
            Self::Predecessor => "successor-of",
            Self::Leads => "leads",
            Self::Leader => "leader",
            Self::Member => "member",
        }
    }

    /// The tie that tables write as `word`.
    pub fn parse(word: &str) -> Option<Self> {
        use TieKind as T;
        [
            T::PartOf,
            T::Ally,
            T::Backer,
            T::Backs,
            T::Enemy,
            T::Successor,
            T::Predecessor,
            T::Leads,
            T::Leader,
            T::Member,
        ]
        .into_iter()
        .find(|tie| tie.as_str() == word)
    }
}

impl From<TieKind> for &'static str {
    fn from(kind: TieKind) -> Self {
        kind.as_str()
    }
}

/// A tie to another actor while it held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// What ties them.
    pub kind: TieKind,
    /// Id of the other.
    pub other: String,
    /// When.
    #[serde(flatten)]
    pub when: Validity,
}

/// What is known of the report when a name or a noun phrase is resolved.
#[derive(Debug, Clone, Copy, Default)]
pub struct ActorContext<'a> {
    /// ISO 3166-1 alpha-2 and salience (0 to 1) of the countries that the report is about, most salient first.
    pub countries: &'a [(&'a str, f32)],
    /// Day of publication.
    pub date: Option<Date>,
}

/// A known name found in a sequence of words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found<'a> {
    /// Words it covers.
    pub words: usize,
    /// Whom it names.
    pub actor: &'a Actor,
    /// The spelling is also an English word or somebody else's name ("IS", "US"): take it only with capitals or a name tag.
    pub ambiguous: bool,
}

/// Rules for names that several actors bear.
#[derive(Debug, Clone)]
struct Rule {
    owner: u32,
    country: Option<String>,
    when: Option<Validity>,
}

/// A state and what its people and things are called.
#[derive(Debug, Clone)]
pub(crate) struct Nation {
    pub(crate) iso2: String,
    pub(crate) name: String,
    /// First is the one to write.
    pub(crate) adjective: String,
    /// CAMEO code.
    pub(crate) alpha3: String,
}

/// Words after which a noun phrase says more of its head.
const PREPOSITIONS: [&str; 8] = ["of", "from", "in", "for", "at", "with", "by", "to"];

/// All known actors.
#[derive(Debug, Clone)]
pub struct Actors {
    list: Vec<Actor>,
    by_id: HashMap<String, u32>,
    names: NameIndex,
    rules: HashMap<String, Vec<Rule>>,
    nations: Vec<Nation>,
    /// Adjectives and peoples to nations.
    demonyms: NameIndex,
    composition: compose::Tables,
    /// For every id: who has a tie to it that says on whose side they are, and which of their ties it is.
    tied_to: HashMap<String, Vec<(u32, u32)>>,
}

impl Actors {
    /// The actors that ship with the project, read once.
    ///
    /// # Panics
    /// Never: the tables are validated by this crate's tests.
    pub fn embedded() -> &'static Self {
        static ACTORS: OnceLock<Actors> = OnceLock::new();
        ACTORS
            .get_or_init(|| Self::parse(load::EMBEDDED).expect("the embedded tables are validated by tests"))
    }

    /// The embedded tables, for the digest of what is known.
    pub fn embedded_texts() -> impl Iterator<Item = &'static str> {
        let t = load::EMBEDDED;
        let others = [t.nations, t.ambiguous, t.institutions, t.heads, t.modifiers, t.generic];
        t.actors.iter().copied().chain(others).map(|(_, text)| text)
    }

    /// Every actor: those of the tables in their order, then the institutions of states that have no row.
    pub fn all(&self) -> &[Actor] {
        &self.list
    }

    /// The actor with this id.
    pub fn get(&self, id: &str) -> Option<&Actor> {
        self.by_id.get(id).map(|&at| &self.list[at as usize])
    }

    /// The actor that `name` as a whole names, known or composed, without a report's context.
    pub fn named(&self, name: &str) -> Option<&Actor> {
        self.named_in(name, &ActorContext::default())
    }

    /// [`Actors::named`] within a report; names that several actors bear are decided by its countries and date.
    pub fn named_in(&self, name: &str, context: &ActorContext<'_>) -> Option<&Actor> {
        let hits = self.names.owners(name);
        if let Some(owner) = self.decide(hits.iter().map(|hit| hit.owner), name, context) {
            return Some(&self.list[owner as usize]);
        }
        let composed = self.phrase(name, context)?;
        composed.id.as_deref().and_then(|id| self.get(id))
    }

    /// The actor that a noun phrase as a whole composes to: "Syrian troops", "the government of Jordan", "US officials". Its head stands
    /// before the first preposition, or at the end.
    pub fn phrase(&self, phrase: &str, context: &ActorContext<'_>) -> Option<Composed> {
        let words: Vec<&str> = phrase.split_whitespace().collect();
        let last = words.len().checked_sub(1)?;
        let preposition = |word: &&str| PREPOSITIONS.iter().any(|other| word.eq_ignore_ascii_case(other));
        // "ministry of defence of Ukraine": its own "of" belongs to the head, which is found from its first word.
        let before = words.iter().position(preposition).and_then(|at| at.checked_sub(1));
        before
            .and_then(|head| self.compose(&words, head, context))
            .or_else(|| self.compose(&words, last, context))
    }

    /// The longest known name that starts at word `at`.
    pub fn longest_at(&self, words: &[&str], at: usize) -> Option<Found<'_>> {
        self.longest_at_in(words, at, &ActorContext::default())
    }

    /// [`Actors::longest_at`] within a report.
    pub fn longest_at_in(&self, words: &[&str], at: usize, context: &ActorContext<'_>) -> Option<Found<'_>> {
        let hits = self.names.longest(words.get(at..)?);
        let first = hits.first()?;
        let name = words[at..at + first.words].join(" ");
        let owner = self.decide(hits.iter().map(|hit| hit.owner), &name, context)?;
        let ambiguous = hits.iter().any(|hit| hit.owner == owner && hit.ambiguous);
        Some(Found { words: first.words, actor: &self.list[owner as usize], ambiguous })
    }

    /// The owner of a name by the rules of `ambiguous.tsv`; of several without a fitting rule, none.
    fn decide(
        &self,
        owners: impl Iterator<Item = u32>,
        name: &str,
        context: &ActorContext<'_>,
    ) -> Option<u32> {
        let owners: Vec<u32> = owners.collect();
        if owners.len() < 2 && !owners.first().is_some_and(|&owner| self.is_contextual(owner, name)) {
            return owners.first().copied();
        }
        let rules = self.rules.get(&crate::names::key(name))?;
        let fits = |rule: &&Rule| {
            let by_date = rule.when.is_none_or(|when| context.date.is_some() && when.holds(context.date));
            let place = rule.country.as_deref();
            owners.contains(&rule.owner)
                && by_date
                && place.is_none_or(|want| {
                    context.countries.iter().any(|(have, _)| have.eq_ignore_ascii_case(want))
                })
        };
        // Where several rules name countries of the report, the more salient country decides.
        let salience = |rule: &Rule| {
            rule.country.as_deref().map_or(usize::MAX, |want| {
                context
                    .countries
                    .iter()
                    .position(|(have, _)| have.eq_ignore_ascii_case(want))
                    .unwrap_or(usize::MAX)
            })
        };
        rules.iter().filter(fits).min_by_key(|rule| salience(rule)).map(|rule| rule.owner)
    }

    /// Whether a rule makes the name depend on context even though one actor only bears it.
    fn is_contextual(&self, owner: u32, name: &str) -> bool {
        self.rules
            .get(&crate::names::key(name))
            .is_some_and(|rules| rules.iter().any(|rule| rule.owner == owner))
    }
}

#[cfg(test)]
mod tests;
