//! Predicted claims and disputes, read leniently: other programs are scored, too.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::gold::{items, sides, text_of, truthy};
use crate::names::Names;
use crate::vocabulary::KINDS;

/// What an extractor said of each report.
#[derive(Debug, Default)]
pub struct Predictions {
    by_doc: BTreeMap<String, Vec<Predicted>>,
    disputes: BTreeMap<String, Vec<PredictedDispute>>,
}

/// A line that is no record.
#[derive(Debug, thiserror::Error)]
#[error("prediction in line {line} is not JSON: {cause}")]
pub struct PredictionError {
    /// From 1.
    pub line: usize,
    /// The parser's words.
    pub cause: serde_json::Error,
}

#[derive(Debug)]
pub(crate) struct Predicted {
    pub(crate) raw: Value,
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) claim_type: Option<String>,
    /// Where the trigger or, without one, the evidence starts.
    pub(crate) start: i64,
    pub(crate) agents: Vec<Names>,
    pub(crate) targets: Vec<Names>,
    pub(crate) places: Vec<Names>,
    pub(crate) source: Vec<Names>,
}

#[derive(Debug)]
pub(crate) struct PredictedDispute {
    pub(crate) question: Option<String>,
    pub(crate) about: Vec<Names>,
    pub(crate) sides: Vec<Vec<String>>,
}

impl Predictions {
    /// Reads JSON Lines.
    ///
    /// # Errors
    /// At the first line that is not JSON.
    pub fn parse(lines: &str) -> Result<Self, PredictionError> {
        let mut all = Self::default();
        for (at, line) in lines.lines().enumerate() {
            if !line.trim().is_empty() {
                let raw =
                    serde_json::from_str(line).map_err(|cause| PredictionError { line: at + 1, cause })?;
                all.push(raw);
            }
        }
        Ok(all)
    }

    /// Takes one record; what is neither claim nor dispute is passed over.
    pub fn push(&mut self, raw: Value) {
        let id = raw.get("report").and_then(|report| report.get("id")).filter(|id| truthy(Some(id)));
        let doc = text_of(id.or_else(|| raw.get("doc")));
        if raw.get("dispute").is_some() || raw.get("record").and_then(Value::as_str) == Some("dispute") {
            let dispute = PredictedDispute::new(raw.get("dispute").unwrap_or(&raw));
            self.disputes.entry(doc).or_default().push(dispute);
        } else if raw.get("kind").and_then(Value::as_str).is_some_and(|kind| KINDS.contains(&kind)) {
            self.by_doc.entry(doc).or_default().push(Predicted::new(raw));
        }
    }

    pub(crate) fn claims(&self, doc: &str) -> &[Predicted] {
        self.by_doc.get(doc).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn disputes(&self, doc: &str) -> &[PredictedDispute] {
        self.disputes.get(doc).map_or(&[], Vec::as_slice)
    }
}

impl Predicted {
    fn new(raw: Value) -> Self {
        let names = |key: &str| items(&raw, key).map(Names::predicted).collect();
        let word = |key: &str| raw.get(key).and_then(Value::as_str).map(str::to_owned);
        let evidence = raw.get("evidence");
        let trigger =
            evidence.and_then(|evidence| evidence.get("trigger")).filter(|trigger| truthy(Some(trigger)));
        let start = trigger.and_then(|trigger| trigger.get("start")).or_else(|| evidence?.get("start"));
        Self {
            id: text_of(raw.get("id")),
            kind: word("kind").unwrap_or_default(),
            claim_type: word("type"),
            start: start.and_then(Value::as_i64).unwrap_or(-1),
            agents: names("agents"),
            targets: names("targets"),
            places: names("places"),
            source: names("attribution"),
            raw,
        }
    }
}

impl PredictedDispute {
    fn new(raw: &Value) -> Self {
        Self {
            question: raw.get("question").and_then(Value::as_str).map(str::to_owned),
            about: items(raw, "about").map(Names::predicted).collect(),
            sides: sides(raw),
        }
    }
}
