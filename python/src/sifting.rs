//! Batches of reports in which anything may be wrong with any row: it is set aside with its reason, and the others are read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_pyarrow::PyArrowType;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use contested_arrow::{claims_batch, reports_of};
use contested_extract::Extractor;
use contested_knowledge::Knowledge;
use contested_model::{Claim, Report};
use contested_read::{Limits, other_language};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rayon::prelude::*;

use crate::{fault, pool};

/// Why nothing was read from a report: a code, and what there is to say of it.
type Reason = (&'static str, String);

/// What is the matter with the text of a report, if it should not be read.
fn amiss(report: &Report, every_language: bool) -> Option<Reason> {
    let most = Limits::default().record_bytes;
    if report.text.trim().is_empty() {
        return Some(("no-text", "the report has no text".to_owned()));
    }
    if report.text.len() as u64 > most {
        let bytes = report.text.len();
        return Some(("too-long", format!("{bytes} bytes of text; up to {most} are read")));
    }
    let language = if every_language { None } else { other_language(&report.text) }?;
    Some(("language", language.name.to_owned()))
}

fn sift(report: &Report, extractor: &Extractor<'_>, every_language: bool) -> Result<Vec<Claim>, Reason> {
    if let Some(reason) = amiss(report, every_language) {
        return Err(reason);
    }
    catch_unwind(AssertUnwindSafe(|| extractor.extract(report).claims))
        .map_err(|_| ("failed", "the extractor failed on it: a defect of ours".to_owned()))
}

/// Rows that were set aside: the row's number in the batch, the report's id, a code and its detail.
fn set_aside(rows: &[(usize, &Report, Reason)]) -> Result<RecordBatch, ArrowError> {
    let field = |name: &str, data_type, nullable| Field::new(name, data_type, nullable);
    let schema = Schema::new(vec![
        field("row", DataType::Int64, false),
        field("report", DataType::Utf8, true),
        field("code", DataType::Utf8, false),
        field("detail", DataType::Utf8, false),
    ]);
    let columns: Vec<ArrayRef> = vec![
        Arc::new(rows.iter().map(|(row, ..)| Some(*row as i64)).collect::<Int64Array>()),
        Arc::new(rows.iter().map(|(_, report, _)| report.id.as_deref()).collect::<StringArray>()),
        Arc::new(rows.iter().map(|(.., (code, _))| Some(*code)).collect::<StringArray>()),
        Arc::new(rows.iter().map(|(.., (_, detail))| Some(detail.as_str())).collect::<StringArray>()),
    ];
    RecordBatch::try_new(Arc::new(schema), columns)
}

/// The claims of a batch of reports, and a batch of the rows that were not read, with their reasons.
#[pyfunction]
#[pyo3(signature = (reports, threads = 0, every_language = false))]
#[allow(clippy::needless_pass_by_value, reason = "Python hands values over")]
pub(crate) fn sift_batch(
    py: Python<'_>,
    reports: PyArrowType<RecordBatch>,
    threads: usize,
    every_language: bool,
) -> PyResult<(PyArrowType<RecordBatch>, PyArrowType<RecordBatch>)> {
    py.detach(|| {
        let reports = reports_of(&reports.0).map_err(|e| fault(&e))?;
        let extractor = Extractor::new(Knowledge::embedded());
        let one = |report: &Report| sift(report, &extractor, every_language);
        let sifted: Vec<_> = pool(threads)?.install(|| reports.par_iter().map(one).collect());
        let (mut claims, mut aside) = (Vec::new(), Vec::new());
        for ((row, report), sifted) in reports.iter().enumerate().zip(sifted) {
            match sifted {
                Ok(told) => claims.extend(told),
                Err(reason) => aside.push((row, report, reason)),
            }
        }
        let claims = claims_batch(&claims).map_err(|e| fault(&e))?;
        let aside = set_aside(&aside).map_err(|e| PyValueError::new_err(e.to_string()))?;
        Ok((PyArrowType(claims), PyArrowType(aside)))
    })
}
