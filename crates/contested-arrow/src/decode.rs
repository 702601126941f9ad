//! Columns into records.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use contested_model::Claim;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::ArrowError;
use crate::schema::claims_schema;

/// The claims of a batch of [`claims_schema`]. Columns are found by name; further ones are passed over. Large text and text views are read, too, as other
/// programs write them.
///
/// # Errors
/// When a column is missing or has another type, and when a row is no claim.
pub fn claims_of(batch: &RecordBatch) -> Result<Vec<Claim>, ArrowError> {
    let schema = claims_schema();
    let mut records: Vec<Map<String, Value>> = vec![Map::new(); batch.num_rows()];
    for field in schema.fields() {
        let column = batch
            .column_by_name(field.name())
            .ok_or_else(|| ArrowError::MissingColumn(field.name().clone()))?;
        for (row, record) in records.iter_mut().enumerate() {
            record.insert(field.name().clone(), cell(column.as_ref(), row, field.name())?);
        }
    }
    let claim = |(row, record)| {
        serde_json::from_value(Value::Object(record))
            .map_err(|e| ArrowError::Row { row, detail: format!("no claim: {e}") })
    };
    records.into_iter().enumerate().map(claim).collect()
}

/// A cell as JSON.
fn cell(array: &dyn Array, row: usize, name: &str) -> Result<Value, ArrowError> {
    if array.is_null(row) {
        return Ok(Value::Null);
    }
    Ok(match array.data_type() {
        DataType::Null => Value::Null,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            text(array, row).map_or(Value::Null, Value::from)
        }
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into(),
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Date32 => day(array.as_primitive::<Date32Type>().value(row))
            .map_or(Value::Null, |day| day.to_string().into()),
        DataType::Struct(_) => {
            let parts = array.as_struct();
            let mut out = Map::new();
            for (field, column) in parts.fields().iter().zip(parts.columns()) {
                out.insert(field.name().clone(), cell(column.as_ref(), row, field.name())?);
            }
            out.into()
        }
        DataType::List(_) => list(array.as_list::<i32>().value(row).as_ref(), name)?,
        DataType::LargeList(_) => list(array.as_list::<i64>().value(row).as_ref(), name)?,
        found => {
            return Err(ArrowError::WrongType {
                column: name.to_owned(),
                found: found.to_string(),
                wanted: "as in the schema of claims",
            });
        }
    })
}

fn list(items: &dyn Array, name: &str) -> Result<Value, ArrowError> {
    (0..items.len()).map(|at| cell(items, at, name)).collect::<Result<Vec<_>, _>>().map(Value::Array)
}

/// The text of a cell, in any of Arrow's encodings.
pub(crate) fn text(array: &dyn Array, row: usize) -> Option<&str> {
    match array.data_type() {
        _ if array.is_null(row) => None,
        DataType::Utf8 => Some(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Some(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Some(array.as_string_view().value(row)),
        _ => None,
    }
}

/// The day so many days after 1970-01-01.
pub(crate) fn day(days: i32) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(days.days()).ok()
}
