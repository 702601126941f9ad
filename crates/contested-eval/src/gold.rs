//! Annotated reports, as the annotation guidelines write them.

use serde::Deserialize;
use serde_json::Value;

use crate::names::Names;

/// One annotated report.
#[derive(Debug)]
pub struct Gold {
    pub(crate) doc: String,
    pub(crate) sentences: Vec<(i64, i64)>,
    pub(crate) claims: Vec<GoldClaim>,
    pub(crate) disputes: Vec<GoldDispute>,
    /// Every actor and every place that the annotators name anywhere in the report.
    pub(crate) known_actors: Vec<Names>,
    pub(crate) known_places: Vec<Names>,
}

/// Why a gold file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// Not the JSON that the guidelines describe.
    #[error("not an annotated report: {0}")]
    Json(#[from] serde_json::Error),
    /// A claim points at a sentence that is not there.
    #[error("claim `{claim}` stands in sentence {sentence}, but the report has {sentences}")]
    Sentence {
        /// The claim's id.
        claim: String,
        /// The sentence it names, from 0.
        sentence: usize,
        /// How many there are.
        sentences: usize,
    },
}

#[derive(Debug)]
pub(crate) struct GoldClaim {
    pub(crate) raw: Value,
    pub(crate) id: String,
    pub(crate) sentence: usize,
    pub(crate) kind: String,
    pub(crate) claim_type: String,
    pub(crate) agents: Vec<Names>,
    pub(crate) targets: Vec<Names>,
    pub(crate) places: Vec<Names>,
    pub(crate) source: Vec<Names>,
    pub(crate) optional: bool,
}

#[derive(Debug)]
pub(crate) struct GoldDispute {
    pub(crate) question: String,
    pub(crate) about: Vec<Names>,
    pub(crate) sides: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct File {
    doc: String,
    sentences: Vec<Bounds>,
    claims: Vec<Value>,
    #[serde(default)]
    disputes: Vec<Value>,
}

#[derive(Deserialize)]
struct Bounds {
    start: i64,
    end: i64,
}

#[derive(Deserialize)]
struct Required {
    sentence: usize,
    kind: String,
    #[serde(rename = "type")]
    claim_type: String,
}

impl Gold {
    /// Reads the text of a `*.gold.json` file.
    ///
    /// # Errors
    /// When it is not JSON of that shape, or a claim names a sentence that does not exist.
    pub fn parse(json: &str) -> Result<Self, GoldError> {
        let file: File = serde_json::from_str(json)?;
        let mut claims = Vec::with_capacity(file.claims.len());
        for raw in file.claims {
            let claim = GoldClaim::new(raw)?;
            if claim.sentence >= file.sentences.len() {
                let sentences = file.sentences.len();
                return Err(GoldError::Sentence { claim: claim.id, sentence: claim.sentence, sentences });
            }
            claims.push(claim);
        }
        Ok(Self {
            known_actors: claims
                .iter()
                .flat_map(|claim| [&claim.agents, &claim.targets, &claim.source])
                .flatten()
                .cloned()
                .collect(),
            known_places: claims.iter().flat_map(|claim| &claim.places).cloned().collect(),
            disputes: file.disputes.iter().map(GoldDispute::new).collect(),
            sentences: file.sentences.iter().map(|bounds| (bounds.start, bounds.end)).collect(),
            doc: file.doc,
            claims,
        })
    }

    /// The report's id.
    pub fn doc(&self) -> &str {
        &self.doc
    }
}

impl GoldClaim {
    fn new(raw: Value) -> Result<Self, serde_json::Error> {
        let Required { sentence, kind, claim_type } = Required::deserialize(&raw)?;
        let names = |key: &str| items(&raw, key).map(Names::gold).collect();
        Ok(Self {
            id: text_of(raw.get("id")),
            sentence,
            kind,
            claim_type,
            agents: names("agents"),
            targets: names("targets"),
            places: names("places"),
            source: names("source"),
            optional: truthy(raw.get("optional")),
            raw,
        })
    }
}

impl GoldDispute {
    fn new(raw: &Value) -> Self {
        Self {
            question: text_of(raw.get("question")),
            about: items(raw, "about").map(Names::gold).collect(),
            sides: sides(raw),
        }
    }
}

/// The members of the list under `key`; none where it is missing or null.
pub(crate) fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// The sides of a dispute as lists of ids.
pub(crate) fn sides(dispute: &Value) -> Vec<Vec<String>> {
    items(dispute, "sides")
        .map(|side| side.as_array().into_iter().flatten().map(|id| text_of(Some(id))).collect())
        .collect()
}

/// A value as the judge's `str()` writes it.
pub(crate) fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        None | Some(Value::Null) => "None".to_owned(),
        Some(other) => other.to_string(),
    }
}

/// Whether Python takes the value for true.
pub(crate) fn truthy(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::Bool(true)) => true,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::Object(map)) => !map.is_empty(),
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
    }
}
