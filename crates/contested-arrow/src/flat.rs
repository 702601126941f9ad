//! Flat tables of answers, typed.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use contested_export::{Cell, Content, Flat, Sort, flat};
use contested_knowledge::Knowledge;
use jiff::civil::Date;

use crate::ArrowError;
use crate::encode::days;
use crate::schema::metadata;

/// The flat table of `content` (docs/formats/csv.md) as a batch; every column may be null.
///
/// # Errors
/// When Arrow refuses.
pub fn flat_batch(content: &Content<'_>, knowledge: &Knowledge) -> Result<RecordBatch, ArrowError> {
    let table = flat(content, knowledge);
    let columns = table.sorts.iter().enumerate().map(|(at, sort)| column(&table, at, *sort)).collect();
    Ok(RecordBatch::try_new(flat_schema(&table, content.subject().as_str()), columns)?)
}

pub(crate) fn flat_schema(table: &Flat, record: &str) -> SchemaRef {
    let field = |(name, sort): (&&str, &Sort)| {
        let data_type = match sort {
            Sort::Text => DataType::Utf8,
            Sort::Day => DataType::Date32,
            Sort::Int => DataType::Int64,
            Sort::Real => DataType::Float64,
            Sort::Bool => DataType::Boolean,
        };
        Field::new(*name, data_type, true)
    };
    let fields: Vec<Field> = table.columns.iter().zip(&table.sorts).map(field).collect();
    Arc::new(Schema::new_with_metadata(fields, metadata(record)))
}

fn column(table: &Flat, at: usize, sort: Sort) -> ArrayRef {
    let cells = table.rows.iter().map(|row| row.get(at).unwrap_or(&Cell::Empty));
    match sort {
        Sort::Text => Arc::new(
            cells.map(|cell| Some(cell.words()).filter(|words| !words.is_empty())).collect::<StringArray>(),
        ),
        Sort::Day => {
            Arc::new(cells.map(|cell| cell.words().parse::<Date>().ok().map(days)).collect::<Date32Array>())
        }
        Sort::Int => {
            let number = |cell: &Cell| if let Cell::Int(number) = cell { Some(*number) } else { None };
            Arc::new(cells.map(number).collect::<Int64Array>())
        }
        Sort::Real => {
            let number = |cell: &Cell| match cell {
                Cell::Real(number) => Some(*number),
                Cell::Int(number) => Some(*number as f64),
                _ => None,
            };
            Arc::new(cells.map(number).collect::<Float64Array>())
        }
        Sort::Bool => {
            let so = |cell: &Cell| if let Cell::Bool(so) = cell { Some(*so) } else { None };
            Arc::new(cells.map(so).collect::<BooleanArray>())
        }
    }
}
