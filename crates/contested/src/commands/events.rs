use clap::Args;
use contested_assess::{Event, events};
use contested_ledger::{Filter, Tellings};
use jiff::civil::Date;

use crate::input::date;
use crate::output::{Output, push_line};
use crate::page::{Page, count, day, source};
use crate::store::{StoreArgs, TimeArgs, world};

/// Events across reports: one line for each, with what its sources say of it
///
/// Claims of one place, day, type and sides are one event; figures and days are given as the range over its sources, and who denies it is named.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested events --since 2017-11-01
  contested events --place 'Albu Kamal'
  contested events --json | jq 'select(.denied_by != []) | {text, days, tolls}'")]
pub(crate) struct EventsArgs {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    time: TimeArgs,
    /// Only what lies on this day or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Date>,
    /// Of this place: name or gazetteer id
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Among the reports name the copies, too
    #[arg(long)]
    copies: bool,
    /// Print JSON Lines, one object an event
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &EventsArgs) -> anyhow::Result<()> {
    let filter = Filter {
        as_of: args.time.as_of,
        known_at: args.time.known_at,
        since: args.since,
        place: args.place.clone(),
        tellings: if args.copies { Tellings::All } else { Tellings::Counted },
        ..Filter::default()
    };
    let world = world(&args.store.store)?;
    let found = events(&args.store.read()?.claims(&filter)?, &world);
    let mut output = Output::new();
    if args.json {
        let mut lines = Vec::new();
        found.iter().try_for_each(|event| push_line(&mut lines, event))?;
        output.bytes(&lines)?;
    } else {
        let mut page = Page::for_output();
        for event in &found {
            set(&mut page, event);
        }
        page.aside("", &count(found.len(), "event", "events"));
        output.bytes(page.into_text().as_bytes())?;
    }
    output.finish()
}

fn set(page: &mut Page, event: &Event) {
    let [first, last] = event.days;
    let days = if first == last { day(first) } else { format!("{} to {}", day(first), day(last)) };
    let told = if event.dated { "" } else { "told " };
    let tolls: Vec<String> = event
        .tolls
        .iter()
        .map(
            |(what, [least, most])| {
                if least == most { format!("{least} {what}") } else { format!("{least} to {most} {what}") }
            },
        )
        .collect();
    let tolls = if tolls.is_empty() { String::new() } else { format!(" ({})", tolls.join(", ")) };
    page.paragraph("", &format!("{told}{days}  {}{tolls}", event.text));
    for (who, tellings) in [("told by", &event.told_by), ("denied by", &event.denied_by)] {
        if !tellings.is_empty() {
            page.aside("    ", &format!("{who} {}", source::all(tellings, 6)));
        }
    }
}
