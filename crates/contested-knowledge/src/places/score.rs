//! What speaks for a candidate. Every weight of the disambiguation stands here; they are in units of about one doubling of the odds, set
//! on the training reports and on place lists, and kept few and round.

use super::candidates::{Candidate, Fit};
use super::kind::PlaceKind;

/// What a candidate has for and against it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Score {
    /// Size and kind of the place, fit of the name: what is there without a report.
    pub(super) prior: f32,
    /// What the report says for it.
    pub(super) evidence: f32,
}

impl Score {
    pub(super) fn total(self) -> f32 {
        self.prior + self.evidence
    }
}

/// A country or containing place is named beside the name.
pub(super) const INSIDE: f32 = 4.0;
/// The candidate is near a containing place of another layer, or of unknown extent.
pub(super) const INSIDE_NEAR: f32 = 2.5;
/// A containing place is named and the candidate is not in it.
pub(super) const OUTSIDE: f32 = -2.5;
/// A nationality stands beside the name.
pub(super) const HINTED_COUNTRY: f32 = 4.0;
/// The report is about the candidate's country.
pub(super) const COUNTRY: f32 = 3.0;
/// The report is about other countries.
pub(super) const ELSEWHERE: f32 = -1.5;
/// The dateline is close.
pub(super) const DATELINE: f32 = 1.2;
/// Other places of the report are close.
pub(super) const CLUSTER: f32 = 1.6;
/// The same name was decided elsewhere in the report.
pub(super) const SAME_NAME: f32 = 1.5;
/// The kind is the one that stands beside the name.
pub(super) const KIND: f32 = 1.2;
/// The kind is another.
pub(super) const OTHER_KIND: f32 = -1.8;

/// The candidate lies in a country that has been fought over.
pub(super) const WAR: f32 = 1.0;

/// Places of a name as it is asked for, which a mere likeness has against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exact {
    /// None.
    No,
    /// There are some.
    Yes,
    /// There are some, and so little is left of the name without its vowels that many are like it: "Medyn", "Mayadin".
    AndShort,
}

/// Prior of `candidate`.
pub(super) fn prior(candidate: &Candidate, exact: Exact, war: bool) -> f32 {
    let record = &candidate.record;
    let people = (record.population as f32 + 1.0).log2_coarse();
    let by_kind = match record.kind {
        PlaceKind::Country => 7.0,
        PlaceKind::Continent => 5.0,
        // A division shares its name with its seat; the seat is the better reading where nothing says otherwise.
        PlaceKind::Province => 2.2,
        PlaceKind::District => 0.9,
        kind if kind.is_settlement() => match record.population {
            0 => match kind {
                PlaceKind::City => 2.6,
                PlaceKind::Town => 1.9,
                PlaceKind::Village => 1.1,
                _ => 0.9,
            },
            _ => 0.175 * people,
        },
        // Hand-written and imported features.
        _ => 2.4,
    };
    let listed = if candidate.at.layer == 0 && record.kind != PlaceKind::Country { 0.8 } else { 0.0 };
    let capital = if record.capital { 1.0 } else { 0.0 };
    let fit = match candidate.fit {
        Fit::Own => 0.5,
        Fit::Alternate => 0.0,
        Fit::Skeleton => match exact {
            Exact::No => -1.2,
            Exact::Yes => -2.5,
            Exact::AndShort => -5.0,
        },
    };
    by_kind + listed + capital + fit + if war { WAR } else { 0.0 }
}

/// How the candidate's kind goes with the words beside the name.
pub(super) fn kind(candidate: PlaceKind, allowed: &[PlaceKind]) -> f32 {
    match allowed.iter().position(|&k| k == candidate) {
        _ if allowed.is_empty() => 0.0,
        Some(0) => KIND + 0.5,
        Some(_) => KIND,
        None => OTHER_KIND,
    }
}

/// 1 at no distance, 1/2 at `scale`, falling with the square. Rational, so that every machine gives the same bits.
pub(super) fn near(km: f64, scale: f64) -> f32 {
    (1.0 / (1.0 + (km / scale) * (km / scale))) as f32
}

/// What the margin over the next reading makes of a score between 0 and 1.
pub(super) fn confidence(margin: f32, evidence: f32, fit: Fit) -> f32 {
    let margin = margin.max(0.0);
    let evidence = evidence.max(0.0);
    let sure = 0.4 + 0.35 * margin / (margin + 1.0) + 0.25 * evidence / (evidence + 1.0);
    let sure = if fit == Fit::Skeleton { sure - 0.15 } else { sure };
    (sure.clamp(0.05, 0.99) * 100.0).round() / 100.0
}

trait Log2Coarse {
    fn log2_coarse(self) -> f32;
}

impl Log2Coarse for f32 {
    /// Logarithm to base 2 from the bits: exact at powers of two, straight between them, the same on every machine.
    fn log2_coarse(self) -> f32 {
        let bits = self.to_bits();
        let exponent = ((bits >> 23) & 0xff) as f32 - 127.0;
        exponent + (bits & 0x7f_ffff) as f32 / 8_388_608.0
    }
}
