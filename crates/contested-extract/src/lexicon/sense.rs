use std::cmp::Ordering;

use contested_model::{ClaimType, DiedOrHurt, Extent, Phase, Polarity};

use super::condition::{Condition, Test};
use super::pattern::Pattern;
use super::slot::SlotList;
use super::table::{LexiconError, Row};

/// Columns of the files of senses.
pub(crate) const COLUMNS: &[&str] = &[
    "id", "pos", "words", "type", "agents", "targets", "places", "polarity", "phase", "extent", "when",
    "toll", "prior", "note",
];

/// What the trigger must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PosClass {
    /// A verb in any form that heads a clause.
    Verb,
    /// A noun, name or gerund used as a noun.
    Noun,
    /// An adjective, or a participle that modifies a noun; looked up by form, not by lemma.
    Adj,
}

/// One meaning of a word: the claim it makes and where its participants stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Sense {
    /// Stable name with a version: `seize.capture.v1`.
    pub id: String,
    /// What the trigger must be.
    pub pos: PosClass,
    /// The word or words.
    pub pattern: Pattern,
    /// Type of the claim.
    pub claim_type: ClaimType,
    /// Where agents stand.
    pub agents: SlotList,
    /// Where targets stand.
    pub targets: SlotList,
    /// Where places stand, besides the locative obliques that every event has.
    pub places: SlotList,
    /// Negative where the word itself denies ("free of").
    pub polarity: Polarity,
    /// Phase, where the word itself tells it.
    pub phase: Option<Phase>,
    /// Extent, where the word itself tells it.
    pub extent: Option<Extent>,
    /// All must hold.
    pub when: Vec<Condition>,
    /// What befalls the people the word is about, where it carries a toll.
    pub toll: Option<DiedOrHurt>,
    /// Share of the word's occurrences in war news that are such a claim, 0 to 1.
    pub prior: f64,
}

impl Sense {
    /// Whether the sense holds because `lemma` stands in one of its slots ("took *hostages*").
    pub(crate) fn rests_on(&self, lemma: &str) -> bool {
        self.when.iter().any(|condition| {
            !condition.negated
                && matches!(&condition.test, Test::Lemma(_, lemmas) if lemmas.iter().any(|l| l == lemma))
        })
    }

    /// The senses of a row: one for each of its alternative words.
    pub(crate) fn from_row(row: &Row<'_>) -> Result<Vec<Self>, LexiconError> {
        let id = row.required("id", "a versioned name such as `seize.capture.v1`", versioned)?;
        let pos = row.required("pos", "verb, noun or adj", |text| match text {
            "verb" => Some(PosClass::Verb),
            "noun" => Some(PosClass::Noun),
            "adj" => Some(PosClass::Adj),
            _ => None,
        })?;
        let slots = |column| {
            row.parsed(column, "a list of slots such as `from>obj+on`", SlotList::parse)
                .map(Option::unwrap_or_default)
        };
        let mut when = Vec::new();
        for condition in row.text("when")?.split(' ').filter(|text| !text.is_empty()) {
            when.push(Condition::parse(condition).map_err(|reason| row.error("when", reason))?);
        }
        let sense = Self {
            id,
            pos,
            pattern: Pattern::default(),
            claim_type: row.required("type", "a claim type", |text| text.parse::<ClaimType>().ok())?,
            agents: slots("agents")?,
            targets: slots("targets")?,
            places: slots("places")?,
            polarity: row
                .parsed("polarity", "`negative` or `.`", |text| {
                    Polarity::parse(text).filter(|&p| p == Polarity::Negative)
                })?
                .unwrap_or(Polarity::Positive),
            phase: row.parsed("phase", "a phase", Phase::parse)?,
            extent: row.parsed("extent", "an extent", Extent::parse)?,
            when,
            toll: row.parsed("toll", "dead, injured, missing, displaced or captured", DiedOrHurt::parse)?,
            prior: row.required("prior", "a number from 0 to 1", |text| {
                text.parse().ok().filter(|prior| (0.0..=1.0).contains(prior))
            })?,
        };
        row.text("note")?;
        Ok(row.patterns("words")?.into_iter().map(|pattern| Self { pattern, ..sense.clone() }).collect())
    }

    /// The order in which senses of one word are tried.
    pub(crate) fn order(a: &Self, b: &Self) -> Ordering {
        let longer = b.pattern.len().cmp(&a.pattern.len());
        longer
            .then(b.when.len().cmp(&a.when.len()))
            .then(b.prior.total_cmp(&a.prior))
            .then_with(|| a.id.cmp(&b.id))
            .then_with(|| a.pattern.cmp(&b.pattern))
    }
}

/// Accepts `type.word.v1`: lower case, at least three parts, a version at the end.
fn versioned(id: &str) -> Option<String> {
    let parts: Vec<&str> = id.split('.').collect();
    let (version, rest) = parts.split_last()?;
    let numbered = version
        .strip_prefix('v')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    let plain = |part: &&str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    (numbered && rest.len() >= 2 && rest.iter().all(plain)).then(|| id.to_owned())
}
