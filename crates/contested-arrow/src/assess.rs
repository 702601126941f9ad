use std::sync::LazyLock;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use contested_assess::{Basis, control};
use contested_export::{Content, flat};
use contested_knowledge::Knowledge;
use contested_model::Kept;
use jiff::civil::Date;

use crate::ArrowError;
use crate::decode::claims_of;
use crate::flat::{flat_batch, flat_schema};

/// Who holds each place that a batch of claims ([`crate::claims_schema`]) speaks of, one row a place in the order of names: for a batch of one place's claims one
/// row, or none where they do not say. The answer is that of `as_of`, or of the last day on which one of the claims became known. A report that
/// nobody dated counts as known on that day.
///
/// # Errors
/// Those of [`claims_of`].
pub fn assess(
    claims: &RecordBatch,
    as_of: Option<Date>,
    basis: &Basis<'_>,
    knowledge: &Knowledge,
) -> Result<RecordBatch, ArrowError> {
    let claims = claims_of(claims)?;
    let last = claims.iter().filter_map(|claim| claim.reported).max();
    let as_of = as_of.or(last).unwrap_or_default();
    let kept: Vec<Kept> =
        claims.into_iter().map(|claim| Kept { known: claim.reported.unwrap_or(as_of), claim }).collect();
    flat_batch(&Content::Control(&control(&kept, as_of, basis)), knowledge)
}

/// The schema of what [`assess`] gives.
pub fn control_schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> =
        LazyLock::new(|| flat_schema(&flat(&Content::Control(&[]), Knowledge::embedded()), "control"));
    SchemaRef::clone(&SCHEMA)
}
