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
        self.claim.time.as_ref().and_then(|time| time.to.or(time.from)).unwrap_or(self.known)
    }
}
