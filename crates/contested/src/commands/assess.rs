use anyhow::bail;
use clap::Args;
use contested_assess::learn;
use contested_ledger::{Filter, LearningRun, Ledger};
use contested_model::LearntRow;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::input::date;
use crate::output::{Output, push_line};
use crate::page::{Page, count, day};
use crate::store::{StoreArgs, world};

/// How far each source is believed: learnt from the ledger in dated runs
///
/// A run sees only what had been reported by its day, and every question with `--known-at` uses the newest run of that day or before, so
/// that nothing learnt later leaks back. docs/control.md gives the equations.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested assess --learn
  contested assess --learn --known-at 2017-11-10
  contested assess --json | jq -r 'select(.month == null) | [.name, .stake, .believed] | @tsv'")]
pub(crate) struct AssessArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Learn anew and write the run down; without it the newest run is shown
    #[arg(long)]
    learn: bool,
    /// The day of the run: use only what had been reported by then; default: the last day of which the ledger knows
    #[arg(long, value_name = "DATE", value_parser = date)]
    known_at: Option<Date>,
    /// Print JSON Lines, one object a source, stake and month
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &AssessArgs) -> anyhow::Result<()> {
    let run = if args.learn { learnt(args)? } else { args.store.read()?.learning(args.known_at)? };
    let Some(run) = run else {
        bail!(
            "nothing has been learnt of the sources by then: `contested assess --learn` learns it from the ledger"
        )
    };
    let mut output = Output::new();
    if args.json {
        let mut lines = Vec::new();
        run.rows.iter().try_for_each(|row| push_line(&mut lines, row))?;
        output.bytes(&lines)?;
    } else {
        let mut page = Page::for_output();
        set(&mut page, &run);
        output.bytes(page.into_text().as_bytes())?;
    }
    output.finish()
}

fn learnt(args: &AssessArgs) -> anyhow::Result<Option<LearningRun>> {
    let mut ledger = Ledger::open(&args.store.store)?;
    let Some(last) = ledger.last_known(args.known_at)? else { return Ok(None) };
    let known = args.known_at.unwrap_or(last);
    let kept = ledger.claims(&Filter { known_at: Some(known), ..Filter::default() })?;
    let run = LearningRun { known, claims: kept.len() as u64, rows: learn(&kept, &world(ledger.path())?) };
    ledger.add_learning(&run, Timestamp::now())?;
    Ok(Some(run))
}

fn set(page: &mut Page, run: &LearningRun) {
    page.heading(&format!("Sources as learnt by {}", day(run.known)));
    page.aside(
        "",
        &format!(
            "{}; the chance that what a source says of who holds a place is so.",
            count(run.claims as usize, "claim", "claims")
        ),
    );
    let mut rows: Vec<&LearntRow> = run.rows.iter().filter(|row| row.month.is_none()).collect();
    rows.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then_with(|| (&a.name, a.stake).cmp(&(&b.name, b.stake)))
    });
    for row in rows {
        let kind = row.kind.map_or("", contested_model::SourceKind::as_str);
        page.paragraph(
            "  ",
            &format!(
                "{:>3.0} %  {} ({kind}), {}: from {:.1} claims",
                100.0 * row.believed,
                row.name,
                row.stake.as_str(),
                row.weight
            ),
        );
    }
}
