use std::collections::BTreeMap;

use contested_model::{Phase, Polarity, WhoHurt};

use super::pattern::Pattern;
use super::table::{self, LexiconError, Row};

pub(crate) const LIGHT_COLUMNS: &[&str] = &["words", "subj", "obj", "phase", "polarity", "note"];
pub(crate) const BLOCK_COLUMNS: &[&str] = &["words", "as", "note"];
const WEAPON_COLUMNS: &[&str] = &["words", "class"];
const PERSON_COLUMNS: &[&str] = &["words", "who"];

/// The part that a participant plays in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Does it.
    Agent,
    /// Suffers it.
    Target,
    /// It happens there.
    Place,
}

/// A verb that says nothing itself but lends its subject to an event noun below it: "carried out an attack", "came under fire".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LightVerb {
    /// The word or words.
    pub pattern: Pattern,
    /// What the verb's logical subject is to the event.
    pub subject: Option<Role>,
    /// Where the event noun stands: the object, the subject, or after a preposition (`under` of "came under attack").
    pub event: super::Slot,
    /// Phase that the verb adds.
    pub phase: Option<Phase>,
    /// Negative where the verb says that it did not happen.
    pub polarity: Polarity,
}

/// What a weapon makes of an attack without a finer type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WeaponClass {
    /// From aircraft, helicopters, drones: `airstrike`.
    Air,
    /// Artillery, rockets, mortars, missiles from the ground: `shelling`.
    Ground,
    /// Placed or carried explosives: `bombing`.
    Bomb,
    /// Chemical agents: `chemical`.
    Chemical,
    /// Rifles, pistols, machine guns.
    Gun,
    /// Knives, cars, stones.
    Hand,
    /// Tanks, ships and other carriers that tell nothing by themselves.
    Vehicle,
}

impl LightVerb {
    pub(crate) fn from_row(row: &Row<'_>) -> Result<Vec<Self>, LexiconError> {
        let subject = row.parsed("subj", "agent, target or place", Role::parse)?;
        let event = row.required("obj", "the slot of the event noun", super::Slot::parse)?;
        let phase = row.parsed("phase", "a phase", Phase::parse)?;
        let polarity =
            row.parsed("polarity", "`negative` or `.`", Polarity::parse)?.unwrap_or(Polarity::Positive);
        let verb = |pattern| Self { pattern, subject, event: event.clone(), phase, polarity };
        Ok(row.patterns("words")?.into_iter().map(verb).collect())
    }
}

impl Role {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "agent" => Self::Agent,
            "target" => Self::Target,
            "place" => Self::Place,
            _ => return None,
        })
    }
}

impl WeaponClass {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "air" => Self::Air,
            "ground" => Self::Ground,
            "bomb" => Self::Bomb,
            "chemical" => Self::Chemical,
            "gun" => Self::Gun,
            "hand" => Self::Hand,
            "vehicle" => Self::Vehicle,
            _ => return None,
        })
    }
}

/// Reads `weapons.tsv`.
pub(crate) fn weapons(file: &str, text: &str) -> Result<BTreeMap<String, WeaponClass>, LexiconError> {
    classes(file, text, WEAPON_COLUMNS, "class", "a class of weapons", WeaponClass::parse)
}

/// Reads `persons.tsv`.
pub(crate) fn persons(file: &str, text: &str) -> Result<BTreeMap<String, WhoHurt>, LexiconError> {
    classes(file, text, PERSON_COLUMNS, "who", "civilian, combatant or unknown", WhoHurt::parse)
}

fn classes<T: Copy>(
    file: &str,
    text: &str,
    columns: &[&'static str],
    column: &str,
    expected: &str,
    parse: fn(&str) -> Option<T>,
) -> Result<BTreeMap<String, T>, LexiconError> {
    let mut found = BTreeMap::new();
    for row in table::rows(file, text, columns)? {
        let class = row.required(column, expected, parse)?;
        for word in row.text("words")?.split('|').map(str::trim) {
            if found.insert(word.to_owned(), class).is_some() {
                return Err(row.error("words", format!("`{word}` has a class already")));
            }
        }
    }
    Ok(found)
}
