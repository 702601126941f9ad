//! Codes of CAMEO, PLOVER and ACLED for a claim, from `lexicon/codes.tsv`.

use std::sync::OnceLock;

use contested_model::{
    AcledCode, Certainty, ClaimCodes, ClaimType, Kind, Phase, PloverCode, Polarity, Tense, WhoHurt,
};

use crate::lexicon::{LexiconError, table};

const CODES: (&str, &str) = ("codes.tsv", include_str!("../lexicon/codes.tsv"));
const COLUMNS: &[&str] = &["type", "when", "cameo", "plover", "mode", "contexts", "acled", "sub", "note"];

/// Events of PLOVER and the modes of each (manual 0.8, tables of modes).
const PLOVER: &[(&str, &[&str])] = &[
    ("AGREE", &[]),
    ("CONSULT", &["visit", "third-party", "multilateral", "phone"]),
    ("SUPPORT", &[]),
    ("CONCEDE", &[]),
    ("COOPERATE", &[]),
    ("AID", &[]),
    ("RETREAT", &["withdraw", "release", "disarm", "ceasefire", "access", "resign"]),
    ("REQUEST", &["assist", "change", "yield", "meet"]),
    ("ACCUSE", &["disapprove", "investigate", "allege"]),
    ("REJECT", &["assist", "change", "yield", "meet"]),
    ("THREATEN", &["restrict", "arrest", "relations", "expel", "territory", "violence"]),
    ("PROTEST", &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"]),
    ("SANCTION", &["convict", "expel", "withdraw", "discontinue"]),
    ("MOBILIZE", &["troops", "weapons", "police", "militia"]),
    (
        "COERCE",
        &[
            "seize",
            "restrict",
            "censor",
            "curfew",
            "martial-law",
            "arrest",
            "deport",
            "withhold",
            "misinformation",
            "cyber",
        ],
    ),
    (
        "ASSAULT",
        &[
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "crowd-control",
            "unconventional",
        ],
    ),
];

/// Contexts of PLOVER (manual 0.8).
const CONTEXTS: &[&str] = &[
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
];

/// Event types of ACLED and the sub-types of each (codebook of 2024).
const ACLED: &[(&str, &[&str])] = &[
    ("Battles", &["Armed clash", "Government regains territory", "Non-state actor overtakes territory"]),
    (
        "Explosions/Remote violence",
        &[
            "Chemical weapon",
            "Air/drone strike",
            "Suicide bomb",
            "Shelling/artillery/missile attack",
            "Remote explosive/landmine/IED",
            "Grenade",
        ],
    ),
    ("Protests", &["Peaceful protest", "Protest with intervention", "Excessive force against protesters"]),
    ("Riots", &["Violent demonstration", "Mob violence"]),
    (
        "Strategic developments",
        &[
            "Agreement",
            "Arrests",
            "Change to group/activity",
            "Disrupted weapons use",
            "Headquarters or base established",
            "Looting/property destruction",
            "Non-violent transfer of territory",
            "Other",
        ],
    ),
    ("Violence against civilians", &["Sexual violence", "Attack", "Abduction/forced disappearance"]),
];

/// Class of an agent, as far as codes tell agents apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The forces or offices of the state on whose soil it happens.
    Government,
    /// Anyone else under arms: rebels, militias, foreign forces.
    Other,
}

/// What of a claim decides its codes.
#[derive(Debug, Clone, Copy)]
pub struct Coded<'a> {
    /// Type of the event; for an outlook the type it is about.
    pub claim_type: ClaimType,
    /// Kind of the claim itself.
    pub kind: Kind,
    /// Id of the sense that made it.
    pub sense: &'a str,
    /// Lemmas of the trigger and of the weapon words around it.
    pub words: &'a [&'a str],
    /// Side of the first agent; `None` where nobody is named.
    pub agent: Option<Side>,
    /// Who the first target is, where it is people.
    pub target: Option<WhoHurt>,
    /// Phase of the event.
    pub phase: Option<Phase>,
    /// Polarity of the claim.
    pub polarity: Polarity,
    /// Certainty of the claim.
    pub certainty: Certainty,
    /// Tense of the claim.
    pub tense: Tense,
}

#[derive(Debug)]
enum Test {
    Agent(Option<Side>),
    Target(WhoHurt),
    Phase(Phase),
    Sense(Vec<String>),
    Word(Vec<String>),
    Outlook,
    Denied,
}

#[derive(Debug)]
struct Row {
    claim_type: ClaimType,
    when: Vec<Test>,
    codes: ClaimCodes,
}

/// The codes of a claim; PLOVER's auxiliary modes come from polarity, certainty, kind and tense.
///
/// States (control and relations) have no code in any scheme, and are coded as nothing.
pub fn codes(claim: &Coded<'_>) -> ClaimCodes {
    let found = rows()
        .iter()
        .find(|row| row.claim_type == claim.claim_type && row.when.iter().all(|test| test.holds(claim)));
    let mut codes = found.map(|row| row.codes.clone()).unwrap_or_default();
    if let Some(plover) = &mut codes.plover {
        plover.aux = auxiliary(claim).iter().map(|&name| name.to_owned()).collect();
    }
    codes
}

/// Digest of the table, for the claim's `extractor.knowledge`.
pub fn digest() -> contested_model::Digest128 {
    contested_model::Digest128::of(CODES.1.as_bytes())
}

fn auxiliary(claim: &Coded<'_>) -> Vec<&'static str> {
    let mut found = Vec::new();
    if claim.polarity == Polarity::Negative {
        found.push("negation");
    }
    if claim.kind == Kind::Outlook || claim.tense == Tense::Future {
        found.push("future");
    }
    if matches!(claim.certainty, Certainty::Possible | Certainty::Unstated) {
        found.push("hypothetical");
    }
    if claim.tense == Tense::Historic {
        found.push("historical");
    }
    found
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| read().expect("the table of codes is read by a test"))
}

fn read() -> Result<Vec<Row>, LexiconError> {
    table::rows(CODES.0, CODES.1, COLUMNS)?.iter().map(read_row).collect()
}

fn read_row(row: &table::Row<'_>) -> Result<Row, LexiconError> {
    let mut when = Vec::new();
    for test in row.text("when")?.split(' ').filter(|test| !test.is_empty()) {
        when.push(Test::parse(test).ok_or_else(|| row.error("when", format!("`{test}` is no condition")))?);
    }
    let text = |column: &str| row.text(column).map(|cell| (!cell.is_empty()).then(|| cell.to_owned()));
    let cameo = row.parsed("cameo", "a CAMEO code of two to four digits", |code| {
        ((2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit())).then(|| code.to_owned())
    })?;
    let contexts: Vec<String> =
        row.text("contexts")?.split(' ').filter(|c| !c.is_empty()).map(str::to_owned).collect();
    if let Some(unknown) = contexts.iter().find(|context| !CONTEXTS.contains(&context.as_str())) {
        return Err(row.error("contexts", format!("`{unknown}` is no context of PLOVER")));
    }
    let plover = text("plover")?.map(|event| PloverCode { event, mode: None, contexts, aux: Vec::new() });
    let mode = text("mode")?;
    let plover = match plover {
        Some(code) => {
            let modes = PLOVER.iter().find(|(event, _)| *event == code.event).map(|(_, modes)| *modes);
            let modes =
                modes.ok_or_else(|| row.error("plover", format!("PLOVER has no event `{}`", code.event)))?;
            if let Some(mode) = mode.as_deref().filter(|mode| !modes.contains(mode)) {
                return Err(row.error("mode", format!("`{}` has no mode `{mode}`", code.event)));
            }
            Some(PloverCode { mode, ..code })
        }
        None => None,
    };
    let acled = match (text("acled")?, text("sub")?) {
        (Some(event_type), Some(sub_event_type)) => {
            let known = ACLED
                .iter()
                .any(|(event, subs)| *event == event_type && subs.contains(&sub_event_type.as_str()));
            if !known {
                return Err(row.error("sub", format!("ACLED has no `{event_type}` / `{sub_event_type}`")));
            }
            Some(AcledCode { event_type, sub_event_type })
        }
        (None, None) => None,
        _ => return Err(row.error("sub", "ACLED's type and sub-type go together")),
    };
    let claim_type = row.required("type", "a claim type", |name| name.parse().ok())?;
    Ok(Row { claim_type, when, codes: ClaimCodes { cameo, plover, acled } })
}

impl Test {
    fn parse(text: &str) -> Option<Self> {
        let list = |values: &str| values.split('|').map(str::to_owned).collect();
        if let Some(words) = text.strip_prefix("word~") {
            return Some(Self::Word(list(words)));
        }
        let (name, value) = text.split_once('=')?;
        Some(match (name, value) {
            ("agent", "government") => Self::Agent(Some(Side::Government)),
            ("agent", "other") => Self::Agent(Some(Side::Other)),
            ("agent", "any") => Self::Agent(None),
            ("target", who) => Self::Target(WhoHurt::parse(who)?),
            ("phase", phase) => Self::Phase(Phase::parse(phase)?),
            ("kind", "outlook") => Self::Outlook,
            ("polarity", "negative") => Self::Denied,
            ("sense", prefixes) => Self::Sense(list(prefixes)),
            _ => return None,
        })
    }

    fn holds(&self, claim: &Coded<'_>) -> bool {
        match self {
            Self::Outlook => claim.kind == Kind::Outlook,
            Self::Denied => claim.polarity == Polarity::Negative,
            Self::Agent(None) => claim.agent.is_some(),
            Self::Agent(side) => claim.agent == *side,
            Self::Target(who) => claim.target == Some(*who),
            Self::Phase(phase) => claim.phase == Some(*phase),
            Self::Sense(prefixes) => prefixes.iter().any(|prefix| claim.sense.starts_with(prefix.as_str())),
            Self::Word(words) => claim.words.iter().any(|word| words.iter().any(|wanted| wanted == word)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(claim_type: ClaimType) -> Coded<'static> {
        Coded {
            claim_type,
            kind: claim_type.kind(),
            sense: "",
            words: &[],
            agent: None,
            target: None,
            phase: None,
            polarity: Polarity::Positive,
            certainty: Certainty::Certain,
            tense: Tense::Past,
        }
    }

    #[test]
    fn the_table_is_valid_and_no_row_is_hidden() {
        let rows = read().unwrap_or_else(|error| panic!("{error}"));
        for claim_type in ClaimType::ALL.iter().copied().filter(|t| t.kind() == Kind::Event) {
            let of_type: Vec<&Row> = rows.iter().filter(|row| row.claim_type == claim_type).collect();
            let general = of_type.iter().position(|row| row.when.is_empty());
            assert_eq!(
                general.map(|at| at + 1),
                Some(of_type.len()),
                "{claim_type}: the general row comes last"
            );
        }
    }

    #[test]
    fn every_sense_named_in_the_table_exists() {
        let senses: Vec<&str> =
            crate::lexicon::Lexicon::embedded().all_senses().map(|sense| sense.id.as_str()).collect();
        for row in rows() {
            for prefix in row
                .when
                .iter()
                .filter_map(|test| if let Test::Sense(list) = test { Some(list) } else { None })
                .flatten()
            {
                assert!(
                    senses.iter().any(|id| id.starts_with(prefix.as_str())),
                    "no sense begins with `{prefix}`"
                );
            }
        }
    }

    #[test]
    fn a_capture_is_coded_by_who_captures() {
        let government = codes(&Coded { agent: Some(Side::Government), ..plain(ClaimType::Seize) });
        let rebels = codes(&Coded { agent: Some(Side::Other), ..plain(ClaimType::Seize) });
        assert_eq!(
            government.acled.map(|code| code.sub_event_type).as_deref(),
            Some("Government regains territory")
        );
        assert_eq!(
            rebels.acled.map(|code| code.sub_event_type).as_deref(),
            Some("Non-state actor overtakes territory")
        );
        assert_eq!(government.cameo.as_deref(), Some("192"));
    }

    #[test]
    fn auxiliary_modes_say_what_is_not_plain_fact() {
        let denied = Coded {
            polarity: Polarity::Negative,
            certainty: Certainty::Possible,
            ..plain(ClaimType::Chemical)
        };
        assert_eq!(
            codes(&denied).plover.map(|code| code.aux),
            Some(vec!["negation".to_owned(), "hypothetical".to_owned()])
        );
        let planned = Coded { kind: Kind::Outlook, ..plain(ClaimType::Attack) };
        assert_eq!(codes(&planned).plover.map(|code| code.aux), Some(vec!["future".to_owned()]));
    }

    #[test]
    fn states_have_no_code() {
        assert_eq!(codes(&plain(ClaimType::Holds)), ClaimCodes::default());
        assert_eq!(codes(&plain(ClaimType::Backs)), ClaimCodes::default());
    }
}
