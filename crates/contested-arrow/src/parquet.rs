use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;

use arrow_schema::SchemaRef;
use contested_export::Content;
use contested_knowledge::Knowledge;
use contested_model::{Claim, Kept};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::decode::claims_of;
use crate::encode::claims_batch;
use crate::flat::flat_batch;
use crate::{ArrowError, claims_schema};

/// Claims a batch on their way into a file: enough to be fast, few enough for memory.
const BATCH: usize = 4096;

/// Rows that share statistics.
const ROW_GROUP: usize = 16_384;

/// Writes `content` as a Parquet file, compressed with zstd: claims whole, other subjects as their flat tables. Says how many rows there are. The same
/// content gives the same bytes.
///
/// # Errors
/// When Arrow refuses or `out` fails.
pub fn write_parquet(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<usize, ArrowError> {
    // ArrowWriter wants a Write that can be sent to a thread; a buffer of the file can, and a file of answers is small.
    let mut bytes = Vec::new();
    let rows = match content {
        Content::Claims(kept) => {
            let kept: Vec<&Kept> = kept.iter().collect();
            write_claims(&kept, &mut bytes)?;
            kept.len()
        }
        other => {
            let batch = flat_batch(other, knowledge)?;
            let mut writer = writer(&mut bytes, batch.schema())?;
            writer.write(&batch).map_err(|e| fault(&e))?;
            writer.close().map_err(|e| fault(&e))?;
            batch.num_rows()
        }
    };
    out.write_all(&bytes).map_err(|e| ArrowError::Parquet(e.to_string()))?;
    Ok(rows)
}

/// Writes claims as one Parquet file a month of the days that they speak of, sorted by place: `put` gets each month (`2017-11`) and the bytes of its file. Says how
/// many rows there are.
///
/// # Errors
/// When Arrow refuses, and those of `put`.
pub fn write_by_month<E: From<ArrowError>>(
    kept: &[Kept],
    mut put: impl FnMut(&str, &[u8]) -> Result<(), E>,
) -> Result<usize, E> {
    let mut months: BTreeMap<String, Vec<&Kept>> = BTreeMap::new();
    for one in kept {
        let day = one.day();
        months.entry(format!("{:04}-{:02}", day.year(), day.month())).or_default().push(one);
    }
    for (month, mut claims) in months {
        // Where a claim is of no place, last; claims of a place in the order of their days.
        claims.sort_by_cached_key(|one| {
            let place = one.claim.places.first();
            let place = place.map(|place| place.id.clone().unwrap_or_else(|| place.name.clone()));
            (place.is_none(), place, one.day(), one.claim.id.clone())
        });
        let mut bytes = Vec::new();
        write_claims(&claims, &mut bytes)?;
        put(&month, &bytes)?;
    }
    Ok(kept.len())
}

/// Calls `visit` with the claims of a Parquet file, some thousand at a time, in the order of the file.
///
/// # Errors
/// When the file is no Parquet file of claims, and those of `visit`.
pub fn read_claims<E: From<ArrowError>>(
    file: File,
    mut visit: impl FnMut(Vec<Claim>) -> Result<(), E>,
) -> Result<(), E> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| fault(&e))?;
    let batches = builder.with_batch_size(BATCH).build().map_err(|e| fault(&e))?;
    for batch in batches {
        visit(claims_of(&batch.map_err(ArrowError::from)?)?)?;
    }
    Ok(())
}

fn write_claims(kept: &[&Kept], bytes: &mut Vec<u8>) -> Result<(), ArrowError> {
    let mut writer = writer(bytes, claims_schema())?;
    for part in kept.chunks(BATCH) {
        let claims: Vec<Claim> = part.iter().map(|kept| kept.claim.clone()).collect();
        writer.write(&claims_batch(&claims)?).map_err(|e| fault(&e))?;
    }
    writer.close().map_err(|e| fault(&e))?;
    Ok(())
}

fn writer(bytes: &mut Vec<u8>, schema: SchemaRef) -> Result<ArrowWriter<&mut Vec<u8>>, ArrowError> {
    let level = ZstdLevel::try_new(3).map_err(|e| fault(&e))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        // So few that statistics let readers pass over what they do not ask for.
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_created_by(format!("contested {}", env!("CARGO_PKG_VERSION")))
        .build();
    ArrowWriter::try_new(bytes, schema, Some(properties)).map_err(|e| fault(&e))
}

fn fault(error: &parquet::errors::ParquetError) -> ArrowError {
    ArrowError::Parquet(error.to_string())
}
