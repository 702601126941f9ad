//! Claims as a table to be edited, and the edited table as decisions.

use anyhow::{Context as _, bail};
use contested_ledger::{Act, Filter, InReview, Ledger, Standing, Tellings};
use contested_model::Claim;

use super::cells::{FIELDS, cell, correction};
use super::names::Names;
use super::sheet::{SheetRow, write};

/// Columns before the fields: which claim, and what an analyst reads to judge it.
const BEFORE: &[&str] = &["key", "claim", "standing", "outlet", "published", "quote"];
/// Columns after them: what to decide, and why.
const AFTER: &[&str] = &["decision", "why"];

/// Claims as CSV.
pub(crate) fn export(claims: &[InReview]) -> anyhow::Result<Vec<u8>> {
    let head: Vec<&str> = BEFORE.iter().chain(FIELDS).chain(AFTER).copied().collect();
    let rows = claims.iter().map(|found| {
        let claim = &found.claim;
        let published = claim.report.published.map_or_else(String::new, |day| day.to_string());
        let mut row = vec![
            claim.key.clone(),
            claim.id.clone(),
            found.standing.as_str().to_owned(),
            claim.report.source.clone().unwrap_or_default(),
            published,
            claim.evidence.quote.clone(),
        ];
        row.extend(FIELDS.iter().map(|field| cell(claim, field)));
        row.extend([String::new(), String::new()]);
        row
    });
    write(&head, rows)
}

/// What a row of an edited table asks for, with its reason if it has one. Nothing where it asks for nothing, or the ledger reads so already.
pub(crate) fn acts(row: &SheetRow, names: &Names<'_>) -> anyhow::Result<(Vec<Act>, Option<String>)> {
    let key = names.key(row.filled("key").context("the row has no key")?)?;
    let now = current(names.ledger, &key)?;
    let (claim, standing) = (&now.claim, now.standing);
    let why = row.filled("why").map(str::to_owned);
    let edited: Vec<(&str, &str)> = FIELDS
        .iter()
        .filter_map(|field| row.cell(field).map(|text| (*field, text)))
        .filter(|(field, text)| cell(claim, field).trim() != *text)
        .collect();
    let verdict = match row.cell("decision").unwrap_or_default().to_lowercase().as_str() {
        "" | "correct" | "corrected" => None,
        "accept" | "accepted" => Some(Act::Accept(key.clone())),
        "reject" | "rejected" => Some(Act::Reject(key.clone())),
        other => bail!("`{other}` is no decision: write accept, reject or nothing"),
    };
    let decided = matches!(
        (&verdict, standing),
        (Some(Act::Accept(_)), Standing::Accepted) | (Some(Act::Reject(_)), Standing::Rejected)
    );
    let verdict = verdict.filter(|_| !decided);
    if edited.is_empty() && verdict.is_none() {
        return Ok((Vec::new(), why));
    }
    if let Some(exported) = row.filled("claim")
        && exported != claim.id
    {
        let first = edited.first().map_or_else(String::new, |(field, text)| {
            format!(" (its {field} is now `{}`, the row has `{text}`)", cell(claim, field))
        });
        bail!(
            "conflict: claim {key} was changed since this table was made{first}: export it again and decide on what it reads now"
        );
    }
    let mut acts = Vec::new();
    for (field, text) in edited {
        let correction =
            correction(claim, field, text, names).with_context(|| format!("column `{field}`"))?;
        acts.push(Act::Correct(key.clone(), correction));
    }
    acts.extend(verdict);
    Ok((acts, why))
}

/// The claim of this key as it reads now, whether or not it counts.
pub(crate) fn current(ledger: &Ledger, key: &str) -> anyhow::Result<InReview> {
    for tellings in [Tellings::All, Tellings::Rejected] {
        let filter = Filter { claim: Some(key.to_owned()), tellings, ..Filter::default() };
        if let Some(found) = ledger.in_review(&filter)?.into_iter().next() {
            return Ok(found);
        }
    }
    bail!("the claim {key} is none of today's: a newer extractor does not tell it")
}

/// "seize, Syrian Army → Islamic State @ Albu Kamal", for lists.
pub(crate) fn in_short(claim: &Claim) -> String {
    let part = |field: &str, before: &str| {
        let text = cell(claim, field);
        if text.is_empty() { text } else { format!("{before}{text}") }
    };
    format!(
        "{}{}{}{}",
        claim.claim_type,
        part("agents", " by "),
        part("targets", " → "),
        part("places", " @ ")
    )
}
