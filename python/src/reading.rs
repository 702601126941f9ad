//! Files of any kind that the program reads, as batches of reports.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use arrow_array::RecordBatch;
use arrow_pyarrow::PyArrowType;
use contested_arrow::{reports_batch, reports_schema};
use contested_read::{Defaults, Diagnostic, Input, Limits, Reports, Severity, Step};
use pyo3::prelude::*;

use crate::{day, fault};

/// Most bytes of text in a batch, so that memory does not depend on how long reports are.
const BATCH_BYTES: usize = 8 << 20;

/// Something that was told while reading: file, ordinal of the record, whether the record was lost, the problem in words.
type Told = (String, Option<u64>, bool, String);

/// The reports of a file or folder, batch by batch.
#[pyclass(frozen, module = "contested._contested")]
pub(crate) struct Reading {
    inner: Mutex<Reports>,
}

fn told(diagnostic: &Diagnostic) -> Told {
    let lost = diagnostic.severity() == Severity::Error;
    (diagnostic.file.clone(), diagnostic.record, lost, diagnostic.problem.to_string())
}

#[pymethods]
impl Reading {
    #[new]
    #[pyo3(signature = (path, source = None, published = None))]
    fn open(path: PathBuf, source: Option<String>, published: Option<&str>) -> PyResult<Self> {
        let defaults = Defaults { source, published: day(published)?, ..Defaults::default() };
        let reports = Reports::new(vec![Input::Path(path)], defaults, Limits::default());
        Ok(Self { inner: Mutex::new(reports) })
    }

    /// The next batch of up to `rows` reports, what was told meanwhile, and how many pages of archives were passed over for their language; none at
    /// the end.
    fn next_batch(
        &self,
        py: Python<'_>,
        rows: usize,
    ) -> PyResult<Option<(PyArrowType<RecordBatch>, Vec<Told>, usize)>> {
        py.detach(|| {
            let mut reports = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            let (mut batch, mut aside, mut bytes, mut ended) = (Vec::new(), Vec::new(), 0, false);
            while batch.len() < rows.max(1) && bytes < BATCH_BYTES {
                match reports.step() {
                    None => {
                        ended = true;
                        break;
                    }
                    Some(Step::Pause) => break,
                    Some(Step::Told(diagnostic)) => aside.push(told(&diagnostic)),
                    Some(Step::Report(report)) => {
                        bytes += report.text.len();
                        batch.push(report);
                    }
                }
            }
            let passed = reports.take_passed().iter().map(|(_, pages)| pages.len()).sum();
            if ended && batch.is_empty() && aside.is_empty() && passed == 0 {
                return Ok(None);
            }
            let batch = if batch.is_empty() {
                RecordBatch::new_empty(reports_schema())
            } else {
                reports_batch(&batch).map_err(|e| fault(&e))?
            };
            Ok(Some((PyArrowType(batch), aside, passed)))
        })
    }
}
