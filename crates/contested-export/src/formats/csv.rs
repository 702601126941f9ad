use std::io::Write;

use contested_knowledge::Knowledge;

use crate::rows::Rows;
use crate::{Content, ExportError, LeftOut, Written, flat};

pub(crate) fn write(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let table = flat(content, knowledge);
    let written = Written { rows: table.rows.len(), left_out: LeftOut::new() };
    let mut rows = Rows::commas(out);
    rows.head(table.columns)?;
    table.rows.into_iter().try_for_each(|row| rows.row(row))?;
    rows.finish()?;
    Ok(written)
}
