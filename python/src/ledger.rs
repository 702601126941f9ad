//! A ledger for Python: every call opens nothing new, releases the interpreter and answers in Arrow or JSON.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use arrow_array::RecordBatch;
use arrow_pyarrow::PyArrowType;
use contested_answers::{Known, Unanswered};
use contested_arrow::{claims_batch, reports_of};
use contested_assess::{control, disputes_in_report, situation};
use contested_extract::Extractor;
use contested_knowledge::Knowledge;
use contested_ledger::{Added, Entry, Filter, Tellings};
use contested_model::Claim;
use jiff::Timestamp;
use jiff::civil::Date;
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;

use crate::{Told, WORLD, day, fault, told};

/// Reports a transaction.
const BATCH: usize = 64;

/// A ledger in a file.
#[pyclass(frozen, module = "contested._contested")]
pub(crate) struct Ledger {
    inner: Mutex<contested_ledger::Ledger>,
}

fn failed(error: &contested_ledger::LedgerError) -> PyErr {
    PyOSError::new_err(error.to_string())
}

fn unanswered(error: Unanswered) -> PyErr {
    match error {
        Unanswered::Ledger(error) => failed(&error),
        // The remedy is the package's own.
        Unanswered::Empty { .. } => PyValueError::new_err("the ledger is empty: add reports"),
        error @ Unanswered::NotYet { .. } => PyValueError::new_err(error.to_string()),
    }
}

fn json(value: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|e| PyValueError::new_err(e.to_string()))
}

impl Ledger {
    fn lock(&self) -> MutexGuard<'_, contested_ledger::Ledger> {
        // What another thread left half-way was one transaction, which is there as a whole or not at all.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the ledger knows on a day.
    fn known(&self, as_of: Option<Date>, known_at: Option<Date>) -> PyResult<Known> {
        Known::of(&self.lock(), as_of, known_at, *WORLD).map_err(unanswered)
    }
}

#[pymethods]
impl Ledger {
    #[new]
    #[allow(clippy::needless_pass_by_value, reason = "Python hands values over")]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let inner = py.detach(|| contested_ledger::Ledger::open(&path)).map_err(|e| failed(&e))?;
        Ok(Self { inner: Mutex::new(inner) })
    }

    #[pyo3(signature = (reports, threads = 0, every_language = false))]
    #[allow(clippy::needless_pass_by_value, reason = "Python hands values over")]
    #[allow(clippy::disallowed_methods, reason = "a ledger notes when something was added")]
    fn add_batch(
        &self,
        py: Python<'_>,
        reports: PyArrowType<RecordBatch>,
        threads: usize,
        every_language: bool,
    ) -> PyResult<[usize; 5]> {
        py.detach(|| {
            let mut reports = reports_of(&reports.0).map_err(|e| fault(&e))?;
            reports.retain(|report| !report.text.trim().is_empty());
            let made = Extractor::new(Knowledge::embedded()).made();
            let mut counts = [0; 5];
            for part in reports.chunks(BATCH) {
                let entries: Vec<Entry> = part
                    .iter()
                    .zip(told(part, threads, every_language)?)
                    .map(|(report, Told { claims, unread })| Entry {
                        report: report.clone(),
                        disputes: disputes_in_report(&claims),
                        claims,
                        extractor: made.clone(),
                        unread: unread.map(|language| language.code.to_owned()),
                    })
                    .collect();
                let added = self.lock().add(&entries, Timestamp::now()).map_err(|e| failed(&e))?;
                for (entry, added) in entries.iter().zip(added) {
                    match added {
                        Added::New | Added::Again => {
                            counts[0] += 1;
                            counts[1] += entry.claims.len();
                            counts[4] += usize::from(entry.unread.is_some());
                        }
                        Added::Known => counts[2] += 1,
                        Added::Forgotten => counts[3] += 1,
                    }
                }
            }
            Ok(counts)
        })
    }

    #[pyo3(signature = (*, as_of = None, known_at = None, since = None, place = None, actor = None, source = None, types = Vec::new(), kinds = Vec::new(),
                        denied = false, words = None, country = None, all = false, limit = None))]
    #[allow(clippy::too_many_arguments, reason = "one for each option of the command")]
    fn claims_batch(
        &self,
        py: Python<'_>,
        as_of: Option<&str>,
        known_at: Option<&str>,
        since: Option<&str>,
        place: Option<String>,
        actor: Option<String>,
        source: Option<String>,
        types: Vec<String>,
        kinds: Vec<String>,
        denied: bool,
        words: Option<String>,
        country: Option<String>,
        all: bool,
        limit: Option<u32>,
    ) -> PyResult<PyArrowType<RecordBatch>> {
        let filter = Filter {
            as_of: day(as_of)?,
            known_at: day(known_at)?,
            since: day(since)?,
            place,
            actor,
            source,
            types,
            kinds,
            polarity: denied.then(|| "negative".to_owned()),
            words,
            country,
            tellings: if all { Tellings::All } else { Tellings::Counted },
            limit,
            ..Filter::default()
        };
        py.detach(|| {
            let kept = self.lock().claims(&filter).map_err(|e| failed(&e))?;
            let claims: Vec<Claim> = kept.into_iter().map(|kept| kept.claim).collect();
            claims_batch(&claims).map(PyArrowType).map_err(|e| fault(&e))
        })
    }

    #[pyo3(signature = (as_of = None, known_at = None))]
    fn control_json(&self, py: Python<'_>, as_of: Option<&str>, known_at: Option<&str>) -> PyResult<String> {
        let (as_of, known_at) = (day(as_of)?, day(known_at)?);
        py.detach(|| {
            let known = self.known(as_of, known_at)?;
            json(&control(&known.kept, known.as_of, &known.basis()))
        })
    }

    #[pyo3(signature = (area = None, as_of = None, known_at = None, since = None))]
    fn situation_json(
        &self,
        py: Python<'_>,
        area: Option<String>,
        as_of: Option<&str>,
        known_at: Option<&str>,
        since: Option<&str>,
    ) -> PyResult<String> {
        let (as_of, known_at, since) = (day(as_of)?, day(known_at)?, day(since)?);
        py.detach(|| {
            let bearing = Known::of_area(&self.lock(), area.as_deref(), since, as_of, known_at, *WORLD);
            let known = bearing.map_err(unanswered)?;
            json(&situation(&known.kept, &known.question(area, since), &known.basis()))
        })
    }

    /// All disputes, as `contested disputes` lists them.
    #[pyo3(signature = (area = None, as_of = None, known_at = None))]
    fn disputes_json(
        &self,
        py: Python<'_>,
        area: Option<String>,
        as_of: Option<&str>,
        known_at: Option<&str>,
    ) -> PyResult<String> {
        let (as_of, known_at) = (day(as_of)?, day(known_at)?);
        py.detach(|| {
            let known = self.known(as_of, known_at)?;
            let question = known.question(area, known.first());
            json(&situation(&known.kept, &question, &known.basis()).disputes)
        })
    }
}
