//! Which reports are copies of which, for those who compare millions: marks to bring likely ones together by, and the judgement of a pair.

use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_pyarrow::PyArrowType;
use contested_arrow::reports_of;
use contested_copies::{Precedence, Shingles, share_of_copy};
use contested_model::Report;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::{batch, fault};

/// Of each report of a batch its marks (sampled runs of four words): reports that share none are no copies of one another. One list a row.
#[pyfunction]
#[allow(clippy::needless_pass_by_value, reason = "Python hands values over")]
pub(crate) fn marks_batch(
    py: Python<'_>,
    reports: PyArrowType<RecordBatch>,
) -> PyResult<PyArrowType<RecordBatch>> {
    py.detach(|| {
        let mut lists = ListBuilder::new(Int64Builder::new());
        for report in reports_of(&reports.0).map_err(|e| fault(&e))? {
            for mark in Shingles::of(&report.text).marks() {
                lists.values().append_value(*mark as i64);
            }
            lists.append(true);
        }
        batch(vec![("marks", Arc::new(lists.finish()) as ArrayRef)])
    })
}

/// Of each pair of reports (a struct `a` and a struct `b`, each a report with its `id`) which is the copy of the other, and the share of it that stands there;
/// nulls where neither is.
#[pyfunction]
#[allow(clippy::needless_pass_by_value, reason = "Python hands values over")]
pub(crate) fn copies_batch(
    py: Python<'_>,
    pairs: PyArrowType<RecordBatch>,
) -> PyResult<PyArrowType<RecordBatch>> {
    py.detach(|| {
        let (some, others) = (side(&pairs.0, "a")?, side(&pairs.0, "b")?);
        let (mut copies, mut originals) = (StringBuilder::new(), StringBuilder::new());
        let mut shares = Float64Builder::new();
        for (a, b) in some.iter().zip(&others) {
            let (first, second) = (Known::of(a), Known::of(b));
            let (later, earlier) =
                if first.precedence > second.precedence { (first, second) } else { (second, first) };
            let share = share_of_copy(&later.shingles, &earlier.shingles);
            copies.append_option(share.and(later.report.id.as_deref()));
            originals.append_option(share.and(earlier.report.id.as_deref()));
            shares.append_option(share);
        }
        batch(vec![
            ("report", Arc::new(copies.finish())),
            ("original", Arc::new(originals.finish())),
            ("share", Arc::new(shares.finish())),
        ])
    })
}

/// A report as what it is compared by.
struct Known<'a> {
    report: &'a Report,
    shingles: Shingles,
    precedence: Precedence,
}

impl<'a> Known<'a> {
    fn of(report: &'a Report) -> Self {
        let shingles = Shingles::of(&report.text);
        // What nobody dated may be the original of nothing that somebody did.
        let known = report.published.map_or_else(|| "9999".to_owned(), |day| day.to_string());
        let id = report.id.as_deref().unwrap_or_default();
        let precedence = Precedence::of(&known, report.source.as_deref(), &report.text, shingles.len(), id);
        Self { report, shingles, precedence }
    }
}

/// The reports in the struct column `name`.
fn side(pairs: &RecordBatch, name: &str) -> PyResult<Vec<Report>> {
    let column = pairs
        .column_by_name(name)
        .and_then(|column| column.as_struct_opt())
        .ok_or_else(|| PyValueError::new_err(format!("pairs have no column `{name}` of reports")))?;
    reports_of(&RecordBatch::from(column.clone())).map_err(|e| fault(&e))
}
