use std::io::Write;

use contested_model::{Kept, Participant};

use super::compact;
use crate::incident::incidents;
use crate::naming::number;
use crate::rows::Rows;
use crate::{Cell, Content, ExportError, Written};

/// The columns of the table of mentions, in order; the file has no head.
pub const COLUMNS: [&str; 16] = [
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
];

/// One row a telling.
pub(crate) fn write(content: &Content<'_>, out: &mut dyn Write) -> Result<Written, ExportError> {
    let (incidents, left_out) = incidents(content)?;
    let mut written = Written { rows: 0, left_out };
    let mut rows = Rows::tabs(out, "");
    for incident in &incidents {
        if incident.lead.codes.cameo.is_none() {
            *written.left_out.entry("types that CAMEO does not code").or_default() += 1;
            continue;
        }
        let Some(first) = incident.told.iter().map(|k| k.known).min() else { continue };
        for k in &incident.told {
            let mut cells: Vec<Cell> =
                vec![number(&incident.id).into(), format!("{}000000", compact(first)).into()];
            cells.extend(mention(k));
            rows.row(cells)?;
            written.rows += 1;
        }
    }
    rows.finish()?;
    Ok(written)
}

fn mention(k: &Kept) -> [Cell; 14] {
    let (claim, report) = (&k.claim, &k.claim.report);
    // An empty span is a participant that somebody added by hand.
    let start = |who: &[Participant]| {
        who.first().filter(|one| one.end > one.start).map_or(-1, |one| i64::from(one.start))
    };
    [
        format!("{}000000", compact(k.known)).into(),
        (if report.url.is_some() { 1_i64 } else { 2 }).into(),
        report.source.as_deref().into(),
        report.url.as_deref().unwrap_or(&report.id).into(),
        Cell::Empty,
        start(&claim.agents).into(),
        start(&claim.targets).into(),
        i64::from(claim.evidence.trigger.start).into(),
        1_i64.into(),
        ((claim.confidence * 100.0).round() as i64).into(),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        (&claim.id).into(),
    ]
}
