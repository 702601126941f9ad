use std::io::Write;

use serde::Serialize;

use crate::{Content, ExportError, LeftOut, Written};

/// Whole records: claims as `docs/schema` has them, answers as the commands print them with `--json`.
pub(crate) fn write(content: &Content<'_>, out: &mut dyn Write) -> Result<Written, ExportError> {
    let rows = match content {
        Content::Claims(kept) => lines(kept.iter().map(|kept| &kept.claim), out),
        Content::Events(events, _) => lines(events.iter(), out),
        Content::Control(places) => lines(places.iter(), out),
        Content::Disputes(disputes, _) => lines(disputes.iter(), out),
        Content::Actors(actors) => lines(actors.iter(), out),
        Content::Sources(sources) => lines(sources.iter(), out),
    }?;
    Ok(Written { rows, left_out: LeftOut::new() })
}

/// One record a line.
pub(crate) fn lines<T: Serialize>(
    records: impl Iterator<Item = T>,
    out: &mut dyn Write,
) -> Result<usize, ExportError> {
    let mut count = 0;
    for record in records {
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
        count += 1;
    }
    Ok(count)
}
