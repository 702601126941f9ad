use std::io::Read;

use contested_model::Report;

use crate::content::binary;
use crate::{Limits, Problem};

/// Reads a whole stream as the text of one report. `skipped` bytes of byte-order mark went before.
pub(crate) fn read_plain(reader: &mut impl Read, limits: Limits, skipped: u64) -> Result<Report, Problem> {
    let mut bytes = Vec::new();
    reader.by_ref().take(limits.record_bytes + 1).read_to_end(&mut bytes).map_err(Problem::Unreadable)?;
    if bytes.len() as u64 > limits.record_bytes {
        // The rest is counted in a small buffer, so that the message can say how long the text is.
        let rest = std::io::copy(reader, &mut std::io::sink()).map_err(Problem::Unreadable)?;
        return Err(Problem::TooLong { bytes: bytes.len() as u64 + rest, limit: limits.record_bytes });
    }
    binary(&bytes, skipped)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Problem::InvalidUtf8 { at: skipped + error.utf8_error().valid_up_to() as u64 })?;
    if text.trim().is_empty() {
        return Err(Problem::Blank);
    }
    Ok(Report { text, ..Report::default() })
}
