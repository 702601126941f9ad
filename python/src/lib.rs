//! The compiled half of the Python package `contested`: batches in, batches out, and a ledger. What is convenient in Python is written there.
#![cfg(feature = "module")]

mod copying;
mod ledger;
mod placing;
mod reading;
mod sifting;

use std::sync::{Arc, LazyLock};

use arrow_array::{ArrayRef, RecordBatch};
use arrow_pyarrow::PyArrowType;
use arrow_schema::{Field, Schema};
use contested_answers::Informed;
use contested_arrow::{ArrowError, assess, claims_batch, reports_of};
use contested_assess::Basis;
use contested_extract::Extractor;
use contested_knowledge::Knowledge;
use contested_model::{Claim, Report};
use contested_read::{Language, other_language};
use jiff::civil::Date;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use rayon::prelude::*;

/// Recursion over hostile text is bounded by the library; this leaves room for what is left.
const STACK_BYTES: usize = 16 << 20;

/// What is built in.
static WORLD: LazyLock<Informed> = LazyLock::new(|| Informed { actors: Knowledge::embedded().actors });

/// What is wrong with a table is a wrong type or a wrong value to Python.
fn fault(error: &ArrowError) -> PyErr {
    match error {
        ArrowError::MissingColumn(_) | ArrowError::WrongType { .. } => {
            PyTypeError::new_err(error.to_string())
        }
        _ => PyValueError::new_err(error.to_string()),
    }
}

/// A day, or nothing.
fn day(text: Option<&str>) -> PyResult<Option<Date>> {
    text.map(|text| {
        text.parse().map_err(|_| PyValueError::new_err(format!("`{text}` is no day: write it as YYYY-MM-DD")))
    })
    .transpose()
}

/// Columns as a batch.
fn batch(columns: Vec<(&str, ArrayRef)>) -> PyResult<PyArrowType<RecordBatch>> {
    let field = |(name, column): &(&str, ArrayRef)| Field::new(*name, column.data_type().clone(), true);
    let schema = Schema::new(columns.iter().map(field).collect::<Vec<_>>());
    RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|(_, column)| column).collect())
        .map(PyArrowType)
        .map_err(|e| PyValueError::new_err(e.to_string()))
}

/// Threads to work on (0: one a core).
fn pool(threads: usize) -> PyResult<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES).build();
    pool.map_err(|e| PyValueError::new_err(format!("cannot start threads: {e}")))
}

/// What a report told.
struct Told {
    claims: Vec<Claim>,
    /// The language for which it was not read, if it was not.
    unread: Option<Language>,
}

/// What each report told, in order, on `threads` threads (0: one a core); as in the program, reports in other languages tell nothing unless
/// `every_language` is wanted.
fn told(reports: &[Report], threads: usize, every_language: bool) -> PyResult<Vec<Told>> {
    let pool = pool(threads)?;
    let extractor = Extractor::new(Knowledge::embedded());
    let of = |report: &Report| {
        let unread = if every_language { None } else { other_language(&report.text) };
        // A report of no words tells nothing, and the program would not have read it.
        let silent = unread.is_some() || report.text.trim().is_empty();
        Told { claims: if silent { Vec::new() } else { extractor.extract(report).claims }, unread }
    };
    Ok(pool.install(|| reports.par_iter().map(of).collect()))
}

/// A batch of reports into a batch of claims.
#[pyfunction]
#[pyo3(signature = (reports, threads = 0, every_language = false))]
#[allow(clippy::needless_pass_by_value, reason = "Python hands values over")]
fn extract_batch(
    py: Python<'_>,
    reports: PyArrowType<RecordBatch>,
    threads: usize,
    every_language: bool,
) -> PyResult<PyArrowType<RecordBatch>> {
    py.detach(|| {
        let reports = reports_of(&reports.0).map_err(|e| fault(&e))?;
        let told = told(&reports, threads, every_language)?;
        let claims: Vec<Claim> = told.into_iter().flat_map(|told| told.claims).collect();
        claims_batch(&claims).map(PyArrowType).map_err(|e| fault(&e))
    })
}

/// A batch of claims into a batch of who holds which place.
#[pyfunction]
#[pyo3(signature = (claims, as_of = None))]
#[allow(clippy::needless_pass_by_value, reason = "Python hands values over")]
fn assess_batch(
    py: Python<'_>,
    claims: PyArrowType<RecordBatch>,
    as_of: Option<&str>,
) -> PyResult<PyArrowType<RecordBatch>> {
    let as_of = day(as_of)?;
    py.detach(|| {
        assess(&claims.0, as_of, &Basis::of(&*WORLD), Knowledge::embedded())
            .map(PyArrowType)
            .map_err(|e| fault(&e))
    })
}

/// The schema of claims.
#[pyfunction]
fn claims_schema() -> PyArrowType<Schema> {
    PyArrowType(contested_arrow::claims_schema().as_ref().clone())
}

/// The schema of who holds what.
#[pyfunction]
fn control_schema() -> PyArrowType<Schema> {
    PyArrowType(contested_arrow::control_schema().as_ref().clone())
}

/// The module.
#[pymodule]
fn _contested(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(extract_batch, module)?)?;
    module.add_function(wrap_pyfunction!(assess_batch, module)?)?;
    module.add_function(wrap_pyfunction!(claims_schema, module)?)?;
    module.add_function(wrap_pyfunction!(control_schema, module)?)?;
    module.add_function(wrap_pyfunction!(sifting::sift_batch, module)?)?;
    module.add_function(wrap_pyfunction!(copying::marks_batch, module)?)?;
    module.add_function(wrap_pyfunction!(copying::copies_batch, module)?)?;
    module.add_function(wrap_pyfunction!(placing::observed_batch, module)?)?;
    module.add_function(wrap_pyfunction!(placing::homes, module)?)?;
    module.add_class::<reading::Reading>()?;
    module.add_class::<ledger::Ledger>()
}
