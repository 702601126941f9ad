use anyhow::bail;
use clap::{Args, Subcommand};
use contested_assess::{SourceRecord, source_records};
use contested_knowledge::sources::{Source, Sources};
use contested_model::SourceKind;
use jiff::civil::Date;

use crate::output::{Output, push_line};
use crate::page::Page;
use crate::store::{StoreArgs, TimeArgs};

/// Who tells of wars: agencies, state media, monitors, ministries, with their kind and side
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested sources list --kind state-media
  contested sources lookup SOHR
  contested sources lookup https://www.sana.sy/en
  contested sources lookup 'a war monitor'
  contested sources records")]
pub(crate) struct SourcesArgs {
    #[command(subcommand)]
    command: SourcesCommand,
}

#[derive(Debug, Subcommand)]
enum SourcesCommand {
    /// List known sources
    List {
        /// Only of this kind, such as wire, state-media, monitor, ngo
        #[arg(long)]
        kind: Option<String>,
        /// Only seated in this state (ISO 3166-1 alpha-2)
        #[arg(long, value_name = "CC")]
        country: Option<String>,
        /// Print JSON Lines, one object a source
        #[arg(long)]
        json: bool,
    },
    /// How what each source said of who holds a place ended, by what others tell
    Records {
        #[command(flatten)]
        store: StoreArgs,
        /// Use only what had been reported by this day
        #[arg(long, value_name = "DATE", value_parser = crate::input::date)]
        known_at: Option<Date>,
        /// Print JSON Lines, one object a source
        #[arg(long)]
        json: bool,
    },
    /// Find what a name, an address or a noun phrase means
    Lookup {
        /// A name, an address, or words such as "local residents"
        name: String,
        /// Print the source as one JSON object
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(args: &SourcesArgs) -> anyhow::Result<()> {
    let sources = Sources::embedded();
    let mut output = Output::new();
    match &args.command {
        SourcesCommand::List { kind, country, json } => {
            let kind = match kind {
                None => None,
                Some(word) => match SourceKind::parse(word) {
                    None => bail!(
                        "`{word}` is no kind of source; try `wire`, `media`, `state-media`, `monitor` or `ngo`"
                    ),
                    kind => kind,
                },
            };
            let of = |source: &&Source| {
                let there = country.as_deref().is_none_or(|code| {
                    source.country.as_deref().is_some_and(|have| have.eq_ignore_ascii_case(code))
                });
                there && kind.is_none_or(|kind| source.kind == kind)
            };
            let mut lines = Vec::new();
            for source in sources.all().iter().filter(of) {
                if *json {
                    push_line(&mut lines, source)?;
                } else {
                    output.line(row(source))?;
                }
            }
            output.bytes(&lines)?;
        }
        SourcesCommand::Records { store, known_at, json } => {
            let known = store.known(&TimeArgs { as_of: None, known_at: *known_at })?;
            let records = source_records(&known.kept, &known.basis());
            let mut lines = Vec::new();
            let mut page = Page::for_output();
            for record in &records {
                if *json {
                    push_line(&mut lines, record)?;
                } else {
                    set(&mut page, record);
                }
            }
            output.bytes(&lines)?;
            output.bytes(page.into_text().as_bytes())?;
        }
        SourcesCommand::Lookup { name, json } => {
            if let Some(source) = sources.get(name).or_else(|| sources.by_outlet(name)) {
                if *json {
                    output.json(source)?;
                } else {
                    output.line(row(source))?;
                    if !source.names.is_empty() {
                        output.line(format_args!("  also: {}", source.names.join(", ")))?;
                    }
                    if let Some(side) = &source.side {
                        output.line(format_args!("  speaks for: {side}"))?;
                    }
                }
            } else {
                let words: Vec<&str> = name.split_whitespace().collect();
                // The head noun stands last, or before what follows it ("a spokesman for …").
                let composed = (0..words.len()).rev().find_map(|head| sources.compose(&words, head));
                let Some(composed) = composed else {
                    bail!("no source is called `{name}`; `contested sources list` shows all that are known");
                };
                let named = if composed.anonymous { "unnamed" } else { "named by its office" };
                output.line(format_args!("{name}: {}, {named}", composed.kind.as_str()))?;
            }
        }
    }
    output.finish()
}

fn set(page: &mut Page, record: &SourceRecord) {
    let kind = record.kind.map_or_else(String::new, |kind| format!(" ({})", kind.as_str()));
    let right = record.right.map_or_else(
        || "too few to say".to_owned(),
        |r| {
            format!(
                "{:.0} % borne out (95 %: {:.0} to {:.0})",
                100.0 * r.share,
                100.0 * r.low,
                100.0 * r.high
            )
        },
    );
    page.paragraph("", &format!("{}{kind}: {right}", record.name));
    let lead = record.lead.map_or_else(String::new, |days| {
        format!("; {} first, ahead by {days:.1} days on average", record.first)
    });
    let bias = record.bias.map_or_else(String::new, |bias| {
        format!("; errs {:+.0} points more in its side's favour", 100.0 * bias)
    });
    page.aside(
        "    ",
        &format!(
            "{} borne out, {} contradicted, {} open{lead}{bias}",
            record.confirmed, record.contradicted, record.open
        ),
    );
}

fn row(source: &Source) -> String {
    let country = source.country.as_deref().unwrap_or("");
    format!("{:<24} {:<26} {country:<3} {}", source.id, source.kind.as_str(), source.name)
}
