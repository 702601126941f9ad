use jiff::civil::Date;

use crate::Claim;

/// A claim as the ledger keeps it, with the day from which it could be known.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The claim.
    pub claim: Claim,
    /// Reported time: the day its report was published, or, where nobody says when that was, the day it was added to the ledger.
    pub known: Date,
}

impl Kept {
    /// The day in valid time at which the claim stands: the end of its stated time, its start where that is open, and the day it became
    /// known where the report gives no date.
    pub fn day(&self) -> Date {
        let Some(time) = &self.claim.time else { return self.known };
        let day = time.to.or(time.from).unwrap_or(self.known);
        // "this year", told in November: what has begun by the telling is told of up to it
        let begun = time.from.is_none_or(|from| from <= self.known);
        if begun { day.min(self.known) } else { day }
    }
}
