//! What waits for review, and what was decided.

use clap::Args;
use contested_ledger::{Act, Correction, Decision, Filter, Standing};
use serde_json::{Value, json};

use crate::output::{Output, push_line};
use crate::page::{Page, count};
use crate::review::claims_table::in_short;
use crate::store::StoreArgs;

/// Claims that nobody has looked at, the least sure first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested review list
  contested review list --place 'Albu Kamal' --limit 50
  contested review list --changed          decided on, but a newer extractor tells it otherwise")]
pub(super) struct ListArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Of this place: name or gazetteer id
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Told by this outlet, or vouched for or relayed by this source
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
    /// Instead, claims that read otherwise than when somebody decided about them
    #[arg(long)]
    changed: bool,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print JSON Lines
    #[arg(long)]
    json: bool,
}

/// All decisions, oldest first, with who, when and why
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested review log
  contested review log --json | jq 'select(.by == \"A. Analyst\")'")]
pub(super) struct LogArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Print JSON Lines
    #[arg(long)]
    json: bool,
}

pub(super) fn list(args: &ListArgs) -> anyhow::Result<()> {
    let ledger = args.store.read()?;
    let filter = Filter { place: args.place.clone(), source: args.source.clone(), ..Filter::default() };
    let mut found = ledger.in_review(&filter)?;
    found.retain(|one| if args.changed { one.changed } else { one.standing == Standing::Machine });
    let all = found.len();
    found.sort_by(|a, b| {
        a.claim.confidence.total_cmp(&b.claim.confidence).then_with(|| a.claim.id.cmp(&b.claim.id))
    });
    found.truncate(args.limit);
    let mut output = Output::new();
    if args.json {
        let mut lines = Vec::new();
        for one in &found {
            push_line(
                &mut lines,
                &json!({"standing": one.standing, "changed": one.changed, "claim": one.claim}),
            )?;
        }
        output.bytes(&lines)?;
    } else {
        let mut page = Page::for_output();
        for one in &found {
            let claim = &one.claim;
            page.paragraph(
                "",
                &format!("{}  {:.2}  {}", short(&claim.key), claim.confidence, in_short(claim)),
            );
            page.aside("    ", &format!("“{}”", claim.evidence.quote.trim()));
        }
        page.aside("", &format!("{} of {}", found.len(), count(all, "claim", "claims")));
        output.bytes(page.into_text().as_bytes())?;
    }
    output.finish()
}

/// As much of a key as tells it apart in any ledger that a person reads.
pub(crate) fn short(key: &str) -> &str {
    key.get(..15).unwrap_or(key)
}

pub(super) fn log(args: &LogArgs) -> anyhow::Result<()> {
    let decisions = args.store.read()?.decisions()?;
    let mut output = Output::new();
    if args.json {
        let mut lines = Vec::new();
        decisions.iter().try_for_each(|one| push_line(&mut lines, &record(one)))?;
        output.bytes(&lines)?;
    } else {
        let mut page = Page::for_output();
        for one in &decisions {
            let back =
                one.withdrawn.map_or_else(String::new, |(number, _)| format!(" (taken back by {number})"));
            page.paragraph(&format!("{:>4}  ", one.id), &format!("{}{back}", in_words(&one.act)));
            page.aside("      ", &format!("{}, {}: {}", one.by, one.at.strftime("%Y-%m-%d %H:%M"), one.why));
        }
        page.aside("", &count(decisions.len(), "decision", "decisions"));
        output.bytes(page.into_text().as_bytes())?;
    }
    output.finish()
}

fn record(one: &Decision) -> Value {
    let (action, what, subject, field, value) = parts(&one.act);
    json!({
        "record": "decision", "number": one.id, "at": one.at.to_string(), "known": one.known, "by": one.by, "why": one.why,
        "action": action, "what": what, "subject": subject, "field": field, "value": value,
        "withdrawn_by": one.withdrawn.map(|(number, _)| number),
    })
}

type Parts = (&'static str, &'static str, String, Option<&'static str>, Value);

fn parts(act: &Act) -> Parts {
    let value = |correction: &Correction| {
        serde_json::to_value(correction)
            .ok()
            .and_then(|mut value| value.get_mut("value").map(Value::take))
            .unwrap_or(Value::Null)
    };
    match act {
        Act::Accept(key) => ("accept", "claim", key.clone(), None, Value::Null),
        Act::Reject(key) => ("reject", "claim", key.clone(), None, Value::Null),
        Act::Correct(key, correction) => {
            ("correct", "claim", key.clone(), Some(correction.field()), value(correction))
        }
        Act::MergeActor { from, into } => ("merge", "actor", from.clone(), None, json!(into)),
        Act::MergePlace { from, into } => ("merge", "place", from.clone(), None, json!(into)),
        Act::MergeEvent(key, into) => ("merge", "event", key.clone(), None, json!(into)),
        Act::Split(what, from) => ("split", what.as_str(), from.clone(), None, Value::Null),
        Act::Withdraw(number) => ("withdraw", "decision", number.to_string(), None, Value::Null),
    }
}

fn in_words(act: &Act) -> String {
    let (action, what, subject, field, value) = parts(act);
    let to = match (&value, value.get("name").and_then(Value::as_str)) {
        (Value::Null, _) => String::new(),
        (_, Some(name)) => format!(" into {name}"),
        (Value::String(text), _) => format!(" to {text}"),
        _ => format!(" to {value}"),
    };
    let field = field.map_or_else(String::new, |field| format!(" {field}"));
    format!("{action} {what} {subject}{field}{to}")
}
