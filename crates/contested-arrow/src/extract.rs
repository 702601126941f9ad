use arrow_array::RecordBatch;
use contested_extract::Extractor;

use crate::ArrowError;
use crate::encode::claims_batch;
use crate::reports::reports_of;

/// The claims of a batch of reports ([`reports_of`]), in the order of the rows and of the texts, as a batch of [`crate::claims_schema`]: exactly what the program
/// prints for these reports.
///
/// # Errors
/// Those of [`reports_of`] and [`claims_batch`].
pub fn extract(reports: &RecordBatch, extractor: &Extractor<'_>) -> Result<RecordBatch, ArrowError> {
    let claims: Vec<_> =
        reports_of(reports)?.iter().flat_map(|report| extractor.extract(report).claims).collect();
    claims_batch(&claims)
}
