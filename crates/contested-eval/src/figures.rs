//! The figures and how they are printed.

use std::fmt;

use serde::{Serialize, Serializer};

/// Precision, recall and F1 with the counts behind them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Triple {
    /// Share of predictions that are right, to three digits.
    pub p: f64,
    /// Share of gold that was found.
    pub r: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// Right predictions.
    pub tp: u64,
    /// Predictions.
    pub pred: u64,
    /// Gold.
    pub gold: u64,
}

impl Triple {
    pub(crate) fn of(tp: u64, pred: u64, gold: u64) -> Self {
        let share = |of: u64| if of == 0 { 0.0 } else { tp as f64 / of as f64 };
        let (p, r) = (share(pred), share(gold));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        Self { p: rounded(p), r: rounded(r), f1: rounded(f1), tp, pred, gold }
    }
}

/// To three digits, ties to even, as the judge rounds.
pub(crate) fn rounded(value: f64) -> f64 {
    format!("{value:.3}").parse().unwrap_or(value)
}

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Right ones.
    pub right: u64,
    /// All.
    pub of: u64,
}

impl Share {
    pub(crate) fn add(&mut self, right: bool) {
        self.of += 1;
        self.right += u64::from(right);
    }

    /// The share to three digits; `None` of nothing.
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| rounded(self.right as f64 / self.of as f64))
    }
}

/// Share of matched claims by agreeing attribute, sorted by name; empty when nothing matched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes(pub Vec<(&'static str, Share)>);

impl Serialize for Attributes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, share)| (name, share.value())))
    }
}

/// Shares that are printed with what they are of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details(pub Vec<(&'static str, Share)>);

impl Serialize for Details {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, share)| (name, (share.value(), share.of))))
    }
}

/// Triples by name, in a fixed order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Triples(pub Vec<(&'static str, Triple)>);

impl Serialize for Triples {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, triple)| (name, triple)))
    }
}

/// How dates were read.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Dates {
    /// Share of right dates where gold has one.
    pub right: Option<f64>,
    /// How many have one.
    pub of: u64,
    /// Share of invented dates where gold has none.
    pub invented: Option<f64>,
    /// How many have none.
    pub undated: u64,
}

/// Everything that is measured, in the judge's order and under its names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Annotated reports.
    pub documents: usize,
    /// Claims found.
    pub detection: Triple,
    /// The same by kind.
    pub per_kind: Triples,
    /// Agreement of matched claims.
    pub attributes: Attributes,
    /// Negative, hedged and attributed claims.
    pub classes: Triples,
    /// Dates.
    pub dates: Dates,
    /// Casualty figures.
    pub tolls: Triple,
    /// Extent, phase and about.
    pub details: Details,
    /// Claims right in every attribute.
    pub strict: Triple,
    /// Disputes.
    pub disputes: Triple,
}

/// The table for people, line by line as the judge prints it.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "documents {}", self.documents)?;
        let rows = std::iter::once(("all claims", self.detection))
            .chain(self.per_kind.0.iter().copied())
            .chain(std::iter::once(("strict", self.strict)))
            .chain(self.classes.0.iter().copied())
            .chain([("tolls", self.tolls), ("disputes", self.disputes)]);
        for (name, Triple { p, r, f1, tp, pred, gold }) in rows {
            writeln!(
                f,
                "{name:12} P {p:.3}  R {r:.3}  F1 {f1:.3}   ({tp} of {gold} gold, {pred} predicted)"
            )?;
        }
        let shown = |share: &Share| share.value().unwrap_or(0.0);
        let attributes: Vec<String> =
            self.attributes.0.iter().map(|(name, share)| format!("{name} {:.3}", shown(share))).collect();
        writeln!(f, "attributes  {}", attributes.join("  "))?;
        if !self.details.0.is_empty() {
            let details: Vec<String> = self
                .details
                .0
                .iter()
                .map(|(name, share)| format!("{name} {:?} of {}", shown(share), share.of))
                .collect();
            writeln!(f, "details     {}", details.join("  "))?;
        }
        let Dates { right, of, invented, undated } = self.dates;
        let or_none =
            |value: Option<f64>| value.map_or_else(|| "None".to_owned(), |value| format!("{value:?}"));
        write!(
            f,
            "dates       right {} of {of}, invented {} of {undated} undated",
            or_none(right),
            or_none(invented)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn rounding_is_the_judges() {
        let pairs = [
            (0.0625, 0.062),
            (0.1875, 0.188),
            (0.3125, 0.312),
            (0.5625, 0.562),
            (0.0005, 0.001),
            (2.0 / 3.0, 0.667),
        ];
        for (value, expected) in pairs {
            assert!((rounded(value) - expected).abs() < 1e-12, "{value}");
        }
    }
}
