use super::slot::Slot;

/// What a mention is, for conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionKind {
    /// A state, armed group, organisation or named person.
    Actor,
    /// A place or facility.
    Place,
    /// A weapon, vehicle or explosive (`weapons.tsv`).
    Weapon,
    /// Unnamed people (`persons.tsv`): soldiers, civilians, a child.
    People,
    /// People who are no fighters, and a people as such: "residents", "thousands of Syrians".
    Civilian,
    /// A number.
    Number,
    /// Anything else.
    Other,
}

/// How the trigger word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Passive verb.
    Passive,
    /// Active verb.
    Active,
    /// The "-ing" form.
    Ing,
    /// A verb's past participle that modifies a noun.
    Participle,
    /// Plural noun.
    Plural,
    /// Singular noun.
    Singular,
}

/// What a condition asks; six kinds of question, documented in `lexicon/README.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `obj`: the slot is filled.
    Filled(Slot),
    /// `obj=actor|people`: the slot is filled by a mention of one of these kinds.
    Kind(Slot, Vec<MentionKind>),
    /// `any=weapon.air`: the slot is filled by a weapon of one of these classes.
    Weapon(Slot, Vec<super::WeaponClass>),
    /// `mod~car|suicide`: the lemma of the slot's filler, or of a premodifier of it, is one of these.
    Lemma(Slot, Vec<String>),
    /// `head~take|declare`: the lemma of the trigger's syntactic head is one of these.
    Head(Vec<String>),
    /// `form=plural`: how the trigger stands.
    Form(Form),
}

/// A question and whether the answer must be no (`!obj`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is asked.
    pub test: Test,
    /// Whether the answer must be no.
    pub negated: bool,
}

impl MentionKind {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "actor" => Self::Actor,
            "place" => Self::Place,
            "weapon" => Self::Weapon,
            "people" => Self::People,
            "civilian" => Self::Civilian,
            "number" => Self::Number,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

impl Form {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "passive" => Self::Passive,
            "active" => Self::Active,
            "ing" => Self::Ing,
            "participle" => Self::Participle,
            "plural" => Self::Plural,
            "singular" => Self::Singular,
            _ => return None,
        })
    }
}

impl Condition {
    /// Reads one condition; the error says what was expected.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (negated, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let slot = |name: &str| Slot::parse(name).ok_or_else(|| format!("`{name}` is no slot"));
        let test = if let Some((name, words)) = text.split_once('~') {
            let words = words.split('|').map(str::to_owned).collect();
            if name == "head" { Test::Head(words) } else { Test::Lemma(slot(name)?, words) }
        } else if let Some((name, values)) = text.split_once('=') {
            if name == "form" {
                Test::Form(Form::parse(values).ok_or_else(|| format!("`{values}` is no form"))?)
            } else if values.starts_with("weapon.") {
                let class = |value: &str| {
                    let name = value.strip_prefix("weapon.").unwrap_or(value);
                    super::WeaponClass::parse(name).ok_or_else(|| format!("`{value}` is no class of weapons"))
                };
                Test::Weapon(slot(name)?, values.split('|').map(class).collect::<Result<_, _>>()?)
            } else {
                let kind = |value: &str| {
                    MentionKind::parse(value).ok_or_else(|| format!("`{value}` is no kind of mention"))
                };
                Test::Kind(slot(name)?, values.split('|').map(kind).collect::<Result<_, _>>()?)
            }
        } else {
            Test::Filled(slot(text)?)
        };
        Ok(Self { test, negated })
    }
}
