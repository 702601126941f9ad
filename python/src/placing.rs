//! Claims by the places of which they say who holds them, for those who assess one place at a time.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_pyarrow::PyArrowType;
use contested_arrow::claims_of;
use contested_assess::{Homes, observed};
use contested_model::Place;
use pyo3::prelude::*;

use crate::{batch, fault};

/// Of each claim of a batch the places of which it says who holds them: the claim's row, the place's id if it has one, its name.
#[pyfunction]
#[allow(clippy::needless_pass_by_value, reason = "Python hands values over")]
pub(crate) fn observed_batch(
    py: Python<'_>,
    claims: PyArrowType<RecordBatch>,
) -> PyResult<PyArrowType<RecordBatch>> {
    py.detach(|| {
        let claims = claims_of(&claims.0).map_err(|e| fault(&e))?;
        let places: Vec<(i64, &Place)> = claims
            .iter()
            .enumerate()
            .flat_map(|(row, claim)| observed(claim).map(move |place| (row as i64, place)))
            .collect();
        batch(vec![
            ("row", Arc::new(places.iter().map(|(row, _)| Some(*row)).collect::<Int64Array>()) as ArrayRef),
            ("id", Arc::new(places.iter().map(|(_, p)| p.id.as_deref()).collect::<StringArray>())),
            ("name", Arc::new(places.iter().map(|(_, p)| Some(p.name.as_str())).collect::<StringArray>())),
        ])
    })
}

/// What each of `places` (ids and names; all places there are) is kept under, so that one place is one thing: see [`Homes`].
#[pyfunction]
#[allow(clippy::needless_pass_by_value, reason = "Python hands values over")]
pub(crate) fn homes(py: Python<'_>, places: Vec<(Option<String>, String)>) -> Vec<String> {
    py.detach(|| {
        let homes = Homes::of(places.iter().map(|(id, name)| (id.as_deref(), name.as_str())));
        places.iter().map(|(id, name)| homes.home(id.as_deref(), name)).collect()
    })
}
