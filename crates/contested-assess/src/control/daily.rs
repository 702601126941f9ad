//! The chances of a place's answers over all its days.

use contested_model::Kept;
use jiff::civil::Date;
use serde::Serialize;

use super::{Chance, Dossier, PlaceName, dossier, named, within};
use crate::basis::Basis;

/// Days on which the chances of a place were the same, to the hundredth.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChanceStretch {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Chances of all answers on the first of them, likeliest first.
    pub chances: Vec<Chance>,
}

/// The chances of every day until `as_of`, as known now, of the first place that `wanted` picks: what its timeline follows from.
pub fn chances_over_time(
    kept: &[Kept],
    as_of: Date,
    basis: &Basis<'_>,
    wanted: impl Fn(&PlaceName) -> bool,
) -> Vec<ChanceStretch> {
    dossier(kept, basis, wanted).map_or_else(Vec::new, |found| found.daily(as_of, basis))
}

impl Dossier<'_> {
    fn daily(&self, as_of: Date, basis: &Basis<'_>) -> Vec<ChanceStretch> {
        let weighed = self.weighed(basis, |reading| within(reading.day, as_of));
        let Some((chain, _)) = weighed.chain(as_of) else { return Vec::new() };
        let before = weighed.run_in();
        let mut out: Vec<ChanceStretch> = Vec::new();
        for (at, chances) in chain.looking_back(before).iter().enumerate() {
            let day = chain.day(at).saturating_sub(jiff::Span::new().days(before as i64));
            if day > as_of {
                break;
            }
            let chances = named(chances, &weighed.holders);
            match out.last_mut() {
                Some(stretch) if alike(&stretch.chances, &chances) => stretch.to = day,
                _ => out.push(ChanceStretch { from: day, to: day, chances }),
            }
        }
        out
    }
}

fn alike(a: &[Chance], b: &[Chance]) -> bool {
    let hundredth = |chance: &Chance| (chance.chance * 100.0).round() as i64;
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.answer == b.answer && hundredth(a) == hundredth(b))
}
