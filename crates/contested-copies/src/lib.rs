//! Which reports are copies of one another, and which addresses are one address: what syndication and revision are told by.
//!
//! Pure functions over texts. A report is known by its *shingles*, runs of four words; a copy is a text most of whose shingles stand in an
//! earlier one. So that a million reports need no comparison of all with all, a report is filed under a sample of its shingles, its *marks*:
//! the same in every text in which they stand, so that a text cut to a third is still found. It is a crate of its own because the ledger needs
//! it while it writes, and neither the vocabulary (which has no rules) nor the assessment (which knows no texts) is the place.

mod address;
mod head;
mod precedence;
mod shingles;

pub use address::address;
pub use head::names_itself;
pub use precedence::Precedence;
pub use shingles::{Shingles, share_of_copy};
