//! Reports out of a table.

use std::sync::{Arc, LazyLock};

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, Date32Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use contested_model::Report;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::ArrowError;
use crate::decode::{day, text};
use crate::encode::days;

/// The reports of a batch: the column `text` is required; `id`, `source`, `published` (a day, a moment, or a text `YYYY-MM-DD…`), `title` and `url` are read where
/// they are there; further ones are passed over. A row without text is a report of no words.
///
/// # Errors
/// When `text` is missing and when one of these columns has a type that cannot be read.
pub fn reports_of(batch: &RecordBatch) -> Result<Vec<Report>, ArrowError> {
    let column = |name: &str| match batch.column_by_name(name) {
        Some(column) if is_text(column.data_type()) => Ok(Some(column)),
        Some(column) if matches!(column.data_type(), DataType::Null) => Ok(None),
        Some(column) => Err(ArrowError::WrongType {
            column: name.to_owned(),
            found: column.data_type().to_string(),
            wanted: "text",
        }),
        None => Ok(None),
    };
    if batch.column_by_name("text").is_none() {
        return Err(ArrowError::MissingColumn("text".to_owned()));
    }
    let (texts, ids, sources) = (column("text")?, column("id")?, column("source")?);
    let (titles, urls) = (column("title")?, column("url")?);
    let published = batch.column_by_name("published");
    let mut out = Vec::with_capacity(batch.num_rows());
    for row in 0..batch.num_rows() {
        let of = |column| words(column, row);
        let some = |column| of(column).filter(|text| !text.trim().is_empty()).map(str::to_owned);
        out.push(Report {
            id: some(ids),
            source: some(sources),
            published: match published {
                Some(column) => date(column.as_ref(), row)?,
                None => None,
            },
            title: some(titles),
            url: some(urls),
            text: of(texts).unwrap_or_default().to_owned(),
            other: serde_json::Map::new(),
        });
    }
    Ok(out)
}

/// The schema of a table of reports as [`reports_batch`] writes it: `text`, `id`, `source`, `published` (`date32`), `title`, `url`.
pub fn reports_schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let field = |name: &str| match name {
            "published" => Field::new(name, DataType::Date32, true),
            name => Field::new(name, DataType::Utf8, name != "text"),
        };
        Arc::new(Schema::new(["text", "id", "source", "published", "title", "url"].map(field).to_vec()))
    });
    Arc::clone(&SCHEMA)
}

/// Reports as a batch of [`reports_schema`], which [`reports_of`] reads; further keys of a report are left out.
///
/// # Errors
/// When Arrow refuses, as for a table of more than 2 GiB of text: give fewer at a time.
pub fn reports_batch(reports: &[Report]) -> Result<RecordBatch, ArrowError> {
    if i32::try_from(reports.iter().map(|report| report.text.len()).sum::<usize>()).is_err() {
        return Err(ArrowError::Row {
            row: reports.len(),
            detail: "more than 2 GiB of text in one batch".to_owned(),
        });
    }
    let some = |of: fn(&Report) -> Option<&str>| -> ArrayRef {
        Arc::new(reports.iter().map(of).collect::<StringArray>())
    };
    let columns: Vec<ArrayRef> = vec![
        some(|report| Some(&report.text)),
        some(|report| report.id.as_deref()),
        some(|report| report.source.as_deref()),
        Arc::new(reports.iter().map(|report| report.published.map(days)).collect::<Date32Array>()),
        some(|report| report.title.as_deref()),
        some(|report| report.url.as_deref()),
    ];
    Ok(RecordBatch::try_new(reports_schema(), columns)?)
}

/// The text of a cell of a column that may not be there.
fn words(column: Option<&Arc<dyn Array>>, row: usize) -> Option<&str> {
    column.and_then(|column| text(column.as_ref(), row))
}

const fn is_text(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// A day of publication; of a moment its day in UTC.
fn date(array: &dyn Array, row: usize) -> Result<Option<Date>, ArrowError> {
    if array.is_null(row) {
        return Ok(None);
    }
    let moment = |at: Result<Timestamp, jiff::Error>| at.ok().map(|at| at.to_zoned(TimeZone::UTC).date());
    Ok(match array.data_type() {
        DataType::Null => None,
        data_type if is_text(data_type) => {
            text(array, row).and_then(|text| text.get(..10)).and_then(|text| text.parse().ok())
        }
        DataType::Date32 => day(array.as_primitive::<Date32Type>().value(row)),
        DataType::Date64 => {
            moment(Timestamp::from_millisecond(array.as_primitive::<Date64Type>().value(row)))
        }
        DataType::Timestamp(TimeUnit::Second, _) => {
            moment(Timestamp::from_second(array.as_primitive::<TimestampSecondType>().value(row)))
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            moment(Timestamp::from_millisecond(array.as_primitive::<TimestampMillisecondType>().value(row)))
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            moment(Timestamp::from_microsecond(array.as_primitive::<TimestampMicrosecondType>().value(row)))
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => moment(Timestamp::from_nanosecond(
            array.as_primitive::<TimestampNanosecondType>().value(row).into(),
        )),
        found => {
            return Err(ArrowError::WrongType {
                column: "published".to_owned(),
                found: found.to_string(),
                wanted: "a day, a moment or a text",
            });
        }
    })
}
