use std::io::Write;

use arrow_schema::SchemaRef;
use contested_export::Content;
use contested_knowledge::Knowledge;
use contested_model::Claim;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::encode::claims_batch;
use crate::flat::flat_batch;
use crate::{ArrowError, claims_schema};

/// Claims a batch on their way into a file: enough to be fast, few enough for memory.
const BATCH: usize = 4096;

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
            let claims: Vec<Claim> = kept.iter().map(|kept| kept.claim.clone()).collect();
            let mut writer = writer(&mut bytes, claims_schema())?;
            for part in claims.chunks(BATCH) {
                writer.write(&claims_batch(part)?).map_err(|e| fault(&e))?;
            }
            writer.close().map_err(|e| fault(&e))?;
            claims.len()
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

fn writer(bytes: &mut Vec<u8>, schema: SchemaRef) -> Result<ArrowWriter<&mut Vec<u8>>, ArrowError> {
    let level = ZstdLevel::try_new(3).map_err(|e| fault(&e))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by(format!("contested {}", env!("CARGO_PKG_VERSION")))
        .build();
    ArrowWriter::try_new(bytes, schema, Some(properties)).map_err(|e| fault(&e))
}

fn fault(error: &parquet::errors::ParquetError) -> ArrowError {
    ArrowError::Parquet(error.to_string())
}
