use crate::{Claim, DisputeBody, Kind, Span};

/// A 128-bit digest as 32 lower-case hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest128([u8; 16]);

impl Digest128 {
    /// Digest of `bytes`: the first half of their BLAKE3 hash.
    pub fn of(bytes: &[u8]) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
        Self(half)
    }
}

impl std::fmt::Display for Digest128 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// `b3:` and the digest of a report's text.
pub fn text_hash(text: &str) -> String {
    format!("b3:{}", Digest128::of(text.as_bytes()))
}

/// `k1:` and the digest of what stays the same when the extractor changes: report, trigger, kind and ordinal among claims of that trigger and kind.
pub fn claim_key(report_hash: &str, trigger: Span, kind: Kind, ordinal: u32) -> String {
    let what = format!("{report_hash}\n{}\n{}\n{}\n{ordinal}", trigger.start, trigger.end, kind.as_str());
    format!("k1:{}", Digest128::of(what.as_bytes()))
}

/// `c1:` and the digest of the whole claim but `id`, `extractor`, `confidence` and `why`.
///
/// The digest is taken over the claim's JSON with those fields emptied, so it covers exactly what a reader sees.
///
/// # Panics
/// Never: a claim has no map with keys that are not strings and no number that JSON cannot hold.
pub fn claim_id(claim: &Claim) -> String {
    let bare = claim.without_provenance();
    let json = serde_json::to_vec(&bare).expect("claims always serialise");
    format!("c1:{}", Digest128::of(&json))
}

/// `d1:` and the digest of the report's id and the dispute's body.
///
/// # Panics
/// Never: the body is strings only.
pub fn dispute_id(doc: &str, body: &DisputeBody) -> String {
    let json = serde_json::to_vec(&(doc, body)).expect("disputes always serialise");
    format!("d1:{}", Digest128::of(&json))
}
