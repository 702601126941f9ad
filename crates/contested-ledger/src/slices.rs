//! Claims that came without the words of their reports, as a slice of an archive does: the report is known by the digest of its words, which every
//! claim carries, so it is the same report wherever else it is told of.

use contested_model::{Claim, Report, text_hash};

/// Key, among a report's further ones, of the digest of words that did not come along.
const WORDS_OF: &str = "words_of";

/// The report of `claim`, without its words.
#[must_use]
pub fn report_of(claim: &Claim) -> Report {
    let of = &claim.report;
    let mut other = serde_json::Map::new();
    other.insert(WORDS_OF.to_owned(), of.hash.as_str().into());
    Report {
        // A report that came without an id is called by its digest.
        id: Some(of.id.clone()).filter(|id| *id != of.hash),
        source: of.source.clone(),
        published: of.published,
        title: of.title.clone(),
        url: of.url.clone(),
        text: String::new(),
        other,
    }
}

/// The digest of words that did not come along with `report`; none where they did.
pub(crate) fn words_of(report: &Report) -> Option<&str> {
    report.other.get(WORDS_OF).and_then(serde_json::Value::as_str).filter(|_| report.text.is_empty())
}

/// The digest of a report's words, whether they are there or not.
pub(crate) fn hash_of(report: &Report) -> String {
    words_of(report).map_or_else(|| text_hash(&report.text), str::to_owned)
}
