//! Deciding in a spreadsheet.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueEnum};
use contested_ledger::{Act, Decided, Filter, Standing, What};
use contested_read::Tally;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::decide::{Signature, in_words};
use super::open;
use crate::exit::Ending;
use crate::input::date;
use crate::output::Output;
use crate::review::names::Names;
use crate::review::{claims_table, names_table, sheet};
use crate::store::StoreArgs;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    /// Claims, one a row: edit fields, write accept or reject under `decision`
    Claims,
    /// Actors and sources, one a row: write under `merge into` what one is
    Actors,
    /// Places, likewise
    Places,
}

/// Write a table to be edited in a spreadsheet, as CSV
///
/// Lists are separated by semicolons, ids stand in brackets, days as FIRST..LAST. A cell that a spreadsheet might take for a formula begins with an
/// apostrophe, which is dropped when the table comes back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested review export > claims.csv
  contested review export --place 'Albu Kamal' --unreviewed > claims.csv
  contested review export actors > actors.csv")]
pub(super) struct ExportArgs {
    #[arg(default_value = "claims")]
    table: Table,
    #[command(flatten)]
    store: StoreArgs,
    /// Claims of this place: name or gazetteer id
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Claims told by this outlet, or vouched for or relayed by this source
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
    /// Claims that stand on this day or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Date>,
    /// Claims that nobody has decided about
    #[arg(long)]
    unreviewed: bool,
}

/// Read an edited table back: what was changed in it becomes decisions
///
/// Every row is done for itself: one that is not understood, or whose claim was changed by somebody else since the table was made, is told with its line,
/// and the others are done (exit code 3). Reading the same table twice decides nothing twice.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested review import claims.csv --by 'A. Analyst' --why 'weekly review'
  contested review import actors.csv --table actors --by 'A. Analyst' --why 'names of one war'
  contested review import claims.csv --dry-run --by 'A. Analyst' --why 'a look first'")]
pub(super) struct ImportArgs {
    /// The table; `-` is standard input
    file: PathBuf,
    /// What the rows are
    #[arg(long, default_value = "claims")]
    table: Table,
    /// The reason of rows that give none under `why`
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    store: StoreArgs,
    /// Say what would be decided, and decide nothing
    #[arg(long)]
    dry_run: bool,
    /// Say what was decided as one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn export(args: &ExportArgs) -> anyhow::Result<()> {
    let ledger = args.store.read()?;
    let bytes = match args.table {
        Table::Claims => {
            let filter = Filter {
                place: args.place.clone(),
                source: args.source.clone(),
                since: args.since,
                ..Filter::default()
            };
            let mut claims = ledger.in_review(&filter)?;
            claims.retain(|one| !args.unreviewed || one.standing == Standing::Machine);
            claims_table::export(&claims)?
        }
        table => {
            if args.place.is_some() || args.source.is_some() || args.since.is_some() || args.unreviewed {
                bail!(
                    "`--place`, `--source`, `--since` and `--unreviewed` choose claims: leave them out, or export claims"
                );
            }
            names_table::export(&ledger, what(table))?
        }
    };
    let mut output = Output::new();
    output.bytes(&bytes)?;
    output.finish()
}

const fn what(table: Table) -> What {
    if matches!(table, Table::Places) { What::Place } else { What::Actor }
}

pub(super) fn import(args: &ImportArgs) -> anyhow::Result<()> {
    let mut ledger = open(&args.store)?;
    let knowledge = crate::imports::knowledge(&args.store.store)?;
    let required: &[&str] = if args.table == Table::Claims { &["key"] } else { &["id", "merge into"] };
    let sheet = sheet::read(&args.file, required)?;
    let Signature { by, why, known } = &args.signature;
    let now = Timestamp::now();
    let mut tally = Tally::default();
    let mut decided: Vec<Decided> = Vec::new();
    for row in &sheet.rows {
        let names = Names { ledger: &ledger, knowledge };
        let asked = match args.table {
            Table::Claims => claims_table::acts(row, &names),
            table => names_table::acts(row, what(table), &names),
        };
        let done = asked.and_then(|(acts, own)| {
            let why = own.as_deref().unwrap_or(why);
            if args.dry_run {
                Ok(acts.iter().map(|_| Decided::New(0)).collect())
            } else {
                Ok(decide(&mut ledger, &acts, by, why, *known, now)?)
            }
        });
        match done {
            Ok(done) => {
                tally.read += 1;
                decided.extend(done);
            }
            Err(error) => {
                tally.lost += 1;
                tell(args, row.line, &error);
            }
        }
    }
    let mut output = Output::new();
    let new = decided.iter().filter(|one| matches!(one, Decided::New(_))).count();
    if args.json {
        output.json(&json!({"record": "imported", "rows": sheet.rows.len(), "decisions": new, "refused": tally.lost, "dry_run": args.dry_run}))?;
    } else if args.dry_run {
        output.line(format_args!(
            "{} would be written down; nothing was",
            crate::page::count(new, "decision", "decisions")
        ))?;
    } else {
        output.line(in_words(&decided))?;
    }
    output.finish()?;
    Ending::of(tally, 0)
}

fn decide(
    ledger: &mut contested_ledger::Ledger,
    acts: &[Act],
    by: &str,
    why: &str,
    known: Option<Date>,
    now: Timestamp,
) -> anyhow::Result<Vec<Decided>> {
    if acts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(ledger.decide(acts, by, why, known, now)?)
}

/// A row that could not be done, on standard error.
fn tell(args: &ImportArgs, line: u64, error: &anyhow::Error) {
    let file = args.file.display();
    let text = if args.json {
        json!({"record": "diagnostic", "level": "error", "code": "row", "file": file.to_string(), "line": line, "problem": format!("{error:#}")}).to_string()
    } else {
        format!("error: {file}, line {line}: {error:#}")
    };
    // Nothing can be done when standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
}
