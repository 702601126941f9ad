//! Records into columns.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, NullArray, RecordBatch, RecordBatchOptions, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, Fields, SchemaRef};
use contested_model::Claim;
use jiff::civil::Date;
use serde_json::Value;

use crate::ArrowError;
use crate::schema::claims_schema;

/// Claims as a batch of [`claims_schema`].
///
/// # Errors
/// When Arrow refuses, as for a table of more than 2 GiB of text in one column: give fewer at a time.
pub fn claims_batch(claims: &[Claim]) -> Result<RecordBatch, ArrowError> {
    let records = claims
        .iter()
        .enumerate()
        .map(|(row, claim)| {
            serde_json::to_value(claim).map_err(|e| ArrowError::Row { row, detail: e.to_string() })
        })
        .collect::<Result<Vec<Value>, _>>()?;
    let rows: Vec<Option<&Value>> = records.iter().map(Some).collect();
    batch(claims_schema(), &rows)
}

/// JSON records as a batch of `schema`; keys that it does not have are left out.
pub(crate) fn batch(schema: SchemaRef, rows: &[Option<&Value>]) -> Result<RecordBatch, ArrowError> {
    let columns = schema.fields().iter().map(|field| column(field, rows)).collect::<Result<Vec<_>, _>>()?;
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    Ok(RecordBatch::try_new_with_options(schema, columns, &options)?)
}

fn column(field: &Field, rows: &[Option<&Value>]) -> Result<ArrayRef, ArrowError> {
    // Under a part that is null, a column that may not be null holds something: readers count its nulls without looking at the part.
    let filler = if field.is_nullable() { Value::Null } else { nothing(field.data_type()) };
    let cells: Vec<Option<&Value>> = rows
        .iter()
        .map(|row| row.map_or(Some(&filler), |row| row.get(field.name())).filter(|cell| !cell.is_null()))
        .collect();
    array(field.data_type(), &cells)
}

/// What stands in a column that may not be null where there is nothing to say.
fn nothing(data_type: &DataType) -> Value {
    match data_type {
        DataType::Utf8 => "".into(),
        DataType::Int64 => 0.into(),
        DataType::Float64 => 0.0.into(),
        DataType::Boolean => false.into(),
        DataType::Date32 => "1970-01-01".into(),
        DataType::List(_) => Value::Array(Vec::new()),
        DataType::Struct(fields) => fields
            .iter()
            .filter(|field| !field.is_nullable())
            .map(|field| (field.name().clone(), nothing(field.data_type())))
            .collect(),
        _ => Value::Null,
    }
}

fn array(data_type: &DataType, cells: &[Option<&Value>]) -> Result<ArrayRef, ArrowError> {
    Ok(match data_type {
        DataType::Utf8 => {
            let bytes = cells.iter().flatten().filter_map(|cell| cell.as_str()).map(str::len).sum();
            if i32::try_from(bytes).is_err() {
                return Err(too_much("more than 2 GiB of text in one column"));
            }
            let mut builder = StringBuilder::with_capacity(cells.len(), bytes);
            for cell in cells {
                builder.append_option(cell.and_then(Value::as_str));
            }
            Arc::new(builder.finish())
        }
        DataType::Int64 => {
            let number = |cell: &Value| cell.as_i64().or_else(|| cell.as_u64().map(|_| i64::MAX));
            let mut builder = Int64Builder::with_capacity(cells.len());
            for cell in cells {
                builder.append_option(cell.and_then(number));
            }
            Arc::new(builder.finish())
        }
        DataType::Float64 => {
            let mut builder = Float64Builder::with_capacity(cells.len());
            for cell in cells {
                builder.append_option(cell.and_then(Value::as_f64));
            }
            Arc::new(builder.finish())
        }
        DataType::Boolean => {
            let mut builder = BooleanBuilder::with_capacity(cells.len());
            for cell in cells {
                builder.append_option(cell.and_then(Value::as_bool));
            }
            Arc::new(builder.finish())
        }
        DataType::Date32 => {
            let day = |cell: &Value| cell.as_str().and_then(|text| text.parse::<Date>().ok()).map(days);
            let mut builder = Date32Builder::with_capacity(cells.len());
            for cell in cells {
                builder.append_option(cell.and_then(day));
            }
            Arc::new(builder.finish())
        }
        DataType::Struct(fields) => structs(fields, cells)?,
        DataType::List(item) => {
            let lists: Vec<Option<&Vec<Value>>> =
                cells.iter().map(|cell| cell.and_then(Value::as_array)).collect();
            let items: Vec<Option<&Value>> = lists
                .iter()
                .flatten()
                .flat_map(|list| list.iter())
                .map(|item| Some(item).filter(|item| !item.is_null()))
                .collect();
            let lengths = lists.iter().map(|list| list.map_or(0, Vec::len));
            let offsets = OffsetBuffer::try_from_lengths(lengths).map_err(|e| too_much(&e.to_string()))?;
            Arc::new(ListArray::try_new(
                Arc::clone(item),
                offsets,
                array(item.data_type(), &items)?,
                nulls(&lists),
            )?)
        }
        _ => Arc::new(NullArray::new(cells.len())),
    })
}

fn structs(fields: &Fields, cells: &[Option<&Value>]) -> Result<ArrayRef, ArrowError> {
    let columns = fields.iter().map(|field| column(field, cells)).collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(StructArray::try_new_with_length(fields.clone(), columns, nulls(cells), cells.len())?))
}

fn nulls<T>(cells: &[Option<T>]) -> Option<NullBuffer> {
    cells.iter().any(Option::is_none).then(|| cells.iter().map(Option::is_some).collect())
}

/// Days since 1970-01-01.
pub(crate) fn days(day: Date) -> i32 {
    Date::constant(1970, 1, 1).until(day).map_or(0, |span| span.get_days())
}

fn too_much(detail: &str) -> ArrowError {
    ArrowError::Arrow(arrow_schema::ArrowError::ComputeError(format!(
        "{detail}: give fewer records at a time"
    )))
}
