//! `claim-features`: candidate claims of annotated reports with the features of the confidence model, for `training/confidence.py`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use anyhow::Context;
use contested_extract::Extractor;
use contested_knowledge::Knowledge;
use contested_language::AnalyseOptions;
use contested_model::Report;

/// Writes one JSON object a candidate of `gold`/reports.jsonl to standard output: the claim, its features and its prior; with `roles` the
/// claim as the rules fill it, and who could fill its roles, for `training/roles.py`.
pub(crate) fn run(gold: &Path, roles: bool) -> anyhow::Result<()> {
    let path = gold.join("reports.jsonl");
    let file = std::fs::File::open(&path).with_context(|| format!("{}: not there", path.display()))?;
    let extractor = Extractor::new(Knowledge::embedded());
    let mut out = std::io::stdout().lock();
    for line in BufReader::new(file).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |key: &str| record[key].as_str().map(str::to_owned);
        let report = Report {
            id: text("id"),
            source: text("source"),
            published: text("published").and_then(|date| date.parse().ok()),
            title: text("title"),
            url: None,
            text: text("text").unwrap_or_default(),
            other: serde_json::Map::new(),
        };
        let analysis = contested_language::analyse(&report.text, &AnalyseOptions::default());
        if roles {
            let (extraction, offers) = extractor.offers(&report, &analysis);
            let mut of: Vec<Vec<serde_json::Value>> = vec![Vec::new(); extraction.claims.len()];
            for offer in offers {
                of[offer.claim].push(serde_json::json!({
                    "role": offer.role,
                    "participants": offer.participants,
                    "features": offer.features,
                }));
            }
            for (claim, offers) in extraction.claims.iter().zip(of) {
                writeln!(out, "{}", serde_json::json!({"claim": claim, "offers": offers}))?;
            }
            continue;
        }
        let (extraction, features) = extractor.candidates(&report, &analysis);
        for (claim, (features, prior)) in extraction.claims.iter().zip(features) {
            let row = serde_json::json!({"claim": claim, "features": features, "prior": prior});
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}
