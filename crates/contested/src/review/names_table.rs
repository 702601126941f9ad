//! Actors or places as a table in which they can be merged.

use anyhow::Context as _;
use contested_ledger::{Act, Ledger, What};

use super::names::Names;
use super::sheet::{SheetRow, write};

/// Columns of the table.
pub(crate) const HEAD: &[&str] = &["id", "name", "claims", "merge into", "why"];

/// All actors or places that claims name, as CSV, the most named first.
pub(crate) fn export(ledger: &Ledger, what: What) -> anyhow::Result<Vec<u8>> {
    let rows = ledger.named(what)?;
    write(
        HEAD,
        rows.into_iter().map(|row| {
            vec![row.id, row.name, row.claims.to_string(), row.into.unwrap_or_default(), String::new()]
        }),
    )
}

/// What a row of an edited table asks for. Emptying "merge into" takes a merge back.
pub(crate) fn acts(
    row: &SheetRow,
    what: What,
    names: &Names<'_>,
) -> anyhow::Result<(Vec<Act>, Option<String>)> {
    let id = row.filled("id").context("the row has no id")?.to_owned();
    let why = row.filled("why").map(str::to_owned);
    let is = names.ledger.merged_into(what, &id)?;
    let act = match (row.filled("merge into"), is) {
        (None, None) => None,
        (Some(into), Some(is)) if into == is => None,
        (None, Some(_)) => Some(Act::Split(what, id)),
        (Some(into), _) => Some(merge(what, &id, into, names)?),
    };
    Ok((act.into_iter().collect(), why))
}

/// The decision that the actor or place known as `from` is what `into` means.
pub(crate) fn merge(what: What, from: &str, into: &str, names: &Names<'_>) -> anyhow::Result<Act> {
    Ok(if what == What::Place {
        Act::MergePlace { from: from.to_owned(), into: names.place(into, None)? }
    } else {
        Act::MergeActor { from: from.to_owned(), into: names.actor_or_id(into)? }
    })
}
