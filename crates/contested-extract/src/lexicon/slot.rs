/// One grammatical step from a word to a dependent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Logical subject: active `nsubj`, the agent of a passive, the noun that a participle or relative clause hangs on.
    Subj,
    /// Logical object: `obj`, or the subject of a passive.
    Obj,
    /// Agent after "by", of a passive or of a noun.
    By,
    /// Indirect object.
    Iobj,
    /// Possessor: "Israel's strike", "its strike".
    Poss,
    /// Premodifier: noun, adjective or name before a noun ("IS attack", "Israeli air strike"), and the left part of "Iran-backed".
    Mod,
    /// The noun that an adjective or participle modifies ("rebel-held town" → town), or the subject of an adjective after a copula.
    Noun,
    /// Subject of the complement clause (`xcomp`, `ccomp`).
    Comp,
    /// The predicate's other side after a copula: from "commander" of "X is the commander of Y" to X; and an apposition's other half.
    Being,
    /// What the noun that an adjective modifies is coordinated with: from "allied" of "the army and allied militias" to the army.
    Peer,
    /// Any dependent whatever, for conditions.
    Any,
    /// Dependent with this preposition as its case ("on", "against", "out of").
    Prep(String),
}

/// A slot: a step, and perhaps a second one from what the first leads to (`obj.poss` is the possessor of the object).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// From the trigger.
    pub first: Step,
    /// From there on.
    pub then: Option<Step>,
}

/// Alternatives in order of preference; of the first alternative with any slot filled, all slots are taken together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SlotList(pub Vec<Vec<Slot>>);

/// Prepositions that slots may name.
const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "alongside",
    "among",
    "around",
    "as",
    "at",
    "behind",
    "beside",
    "between",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out_of",
    "outside",
    "over",
    "past",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "upon",
    "via",
    "with",
    "within",
];

impl Step {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "subj" => Self::Subj,
            "obj" => Self::Obj,
            "by" => Self::By,
            "iobj" => Self::Iobj,
            "poss" => Self::Poss,
            "mod" => Self::Mod,
            "noun" => Self::Noun,
            "comp" => Self::Comp,
            "being" => Self::Being,
            "peer" => Self::Peer,
            "any" => Self::Any,
            preposition if PREPOSITIONS.contains(&preposition) => Self::Prep(preposition.replace('_', " ")),
            _ => return None,
        })
    }
}

impl Slot {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (first, then) = match text.split_once('.') {
            Some((first, then)) => (first, Some(Step::parse(then)?)),
            None => (text, None),
        };
        Some(Self { first: Step::parse(first)?, then })
    }
}

impl SlotList {
    /// Reads `from>obj+on>obj.poss`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        text.split('>')
            .map(|alternative| alternative.split('+').map(Slot::parse).collect())
            .collect::<Option<_>>()
            .map(Self)
    }

    /// Whether the list names no slot.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
