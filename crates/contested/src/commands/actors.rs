use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args, Subcommand};
use contested_knowledge::actors::{Actor, ActorContext, ActorKind, Actors, Alliance, Composed};
use jiff::civil::Date;

use crate::imports::{self, Import};
use crate::output::{Output, push_line};
use crate::store::StoreArgs;

/// Who is known: names, what they are part of, whom they lead, back and fight, and since when
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested actors list --country SY --kind armed-group
  contested actors lookup Daesh
  contested actors lookup 'the army' --country SY
  contested actors lookup 'Kurdish militias'
  contested actors sides al-nusra islamic-state --date 2015-01-01
  contested actors import own.tsv               a table like those of data/actors; it takes part from then on
  contested actors list --json | jq -r 'select(.ucdp) | [.ucdp, .name] | @tsv'")]
pub(crate) struct ActorsArgs {
    #[command(subcommand)]
    command: ActorsCommand,
}

#[derive(Debug, Subcommand)]
enum ActorsCommand {
    /// List known actors
    List {
        /// Only of this state (ISO 3166-1 alpha-2)
        #[arg(long, value_name = "CC")]
        country: Option<String>,
        /// Only of this kind, such as armed-group, militia, army, person
        #[arg(long)]
        kind: Option<String>,
        /// Print JSON Lines, one object an actor
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Find who a name or a noun phrase means
    Lookup {
        /// A name, an id, or words such as "Syrian troops"
        name: String,
        /// The state that the report is about (ISO 3166-1 alpha-2), for names that depend on it
        #[arg(long, value_name = "CC")]
        country: Option<String>,
        /// The day of the report
        #[arg(long)]
        date: Option<Date>,
        /// Print the actor as one JSON object
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Check a table of own actors and keep it beside the ledger; it takes part from then on
    ///
    /// The table is tab-separated with the head: id name kind country part_of names ties role codes ucdp from. Lists are separated by `;`; a
    /// `~` marks a spelling that is also a common word. `data/actors` of the source has examples. A table with an error is refused whole.
    Import {
        /// The file
        file: PathBuf,
        /// What to call the import; default: the file's name. An import of the same name is replaced
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Say how two actors stand to one another
    Sides {
        /// Id or name
        first: String,
        /// Id or name
        second: String,
        /// On this day; without it, ever
        #[arg(long)]
        date: Option<Date>,
        #[command(flatten)]
        store: StoreArgs,
    },
}

pub(crate) fn run(args: &ActorsArgs) -> anyhow::Result<()> {
    let mut output = Output::new();
    match &args.command {
        ActorsCommand::Import { file, name, store } => return import(file, name.as_deref(), store),
        ActorsCommand::List { country, kind, json, store } => {
            let actors = imports::actors(&store.store)?;
            let kind = match kind {
                None => None,
                Some(word) => match ActorKind::parse(word) {
                    None => bail!(
                        "`{word}` is no kind of actor; try `armed-group`, `army`, `militia`, `party`, `person` or `state`"
                    ),
                    kind => kind,
                },
            };
            let of = |actor: &&Actor| {
                let there = country.as_deref().is_none_or(|code| {
                    actor.country.as_deref().is_some_and(|have| have.eq_ignore_ascii_case(code))
                });
                there && kind.is_none_or(|kind| actor.kind == kind) && actor.from != "composed"
            };
            let mut lines = Vec::new();
            for actor in actors.all().iter().filter(of) {
                if *json {
                    push_line(&mut lines, actor)?;
                } else {
                    let country = actor.country.as_deref().unwrap_or("");
                    output.line(format_args!(
                        "{:<28} {:<12} {country:<3} {}",
                        actor.id,
                        actor.kind.as_str(),
                        actor.name
                    ))?;
                }
            }
            output.bytes(&lines)?;
        }
        ActorsCommand::Lookup { name, country, date, json, store } => {
            let actors = imports::actors(&store.store)?;
            let countries: Vec<(&str, f32)> = country.iter().map(|code| (code.as_str(), 1.0)).collect();
            let context = ActorContext { countries: &countries, date: *date };
            match find(actors, name, &context) {
                Some(actor) if *json => output.json(actor)?,
                Some(actor) => describe(&mut output, actors, actor)?,
                None => match actors.phrase(name, &context).filter(|composed| composed.is_actor) {
                    Some(composed) => compose(&mut output, &composed, *json)?,
                    None => {
                        bail!("no actor is called `{name}`; `contested actors list` shows all that are known")
                    }
                },
            }
        }
        ActorsCommand::Sides { first, second, date, store } => {
            let actors = imports::actors(&store.store)?;
            let context = ActorContext { countries: &[], date: *date };
            let id = |name: &str| match find(actors, name, &context) {
                Some(actor) => Ok(actor.id.clone()),
                None => {
                    bail!("no actor is called `{name}`; `contested actors list` shows all that are known")
                }
            };
            let (first, second) = (id(first)?, id(second)?);
            let word = match actors.allied(&first, &second, *date) {
                Alliance::Allied => "allied",
                Alliance::Opposed => "opposed",
                Alliance::Neither => "neither allied nor opposed",
                Alliance::Unknown => "unknown",
            };
            output.line(format_args!("{first} and {second}: {word}"))?;
        }
    }
    output.finish()
}

fn find<'a>(actors: &'a Actors, name: &str, context: &ActorContext<'_>) -> Option<&'a Actor> {
    actors.get(name).or_else(|| actors.named_in(name, context))
}

/// Checks the table against the built-in actors and the other imports, and keeps it.
fn import(file: &Path, name: Option<&str>, store: &StoreArgs) -> anyhow::Result<()> {
    let text = imports::text(file)?;
    let stem = name.map(str::to_owned).or_else(|| file.file_stem().map(|s| s.to_string_lossy().into_owned()));
    let replaced = stem.map(|stem| imports::path_of(&store.store, Import::Actors, &stem));
    let mut tables = imports::own_actors_but(&store.store, replaced.as_deref())?;
    let others = Actors::with(&imports::borrowed(&tables))?.all().len();
    tables.push((file.display().to_string(), text));
    let own = Actors::with(&imports::borrowed(&tables))?.all().len() - others;
    let Some((_, text)) = tables.last() else { return Ok(()) };
    let what = format!("{own} actors");
    imports::keep(&store.store, (file, name), (Import::Actors, text.as_bytes()), &what)
}

/// An actor without an entry: what the words of the phrase make of it.
fn compose(output: &mut Output, composed: &Composed, json: bool) -> anyhow::Result<()> {
    let anonymous = composed.anonymous;
    if json {
        return output.json(&serde_json::json!({
            "id": composed.id, "name": composed.name, "kind": composed.kind, "country": composed.country,
            "ethnicity": composed.ethnicity, "role": composed.role, "affiliation": composed.affiliation,
            "anonymous": anonymous, "from": "composed",
        }));
    }
    output.line(format_args!("{} (composed, no entry of its own)", composed.name))?;
    let country = composed.country.as_deref().unwrap_or("no one state");
    output.line(format_args!("  {}, {country}", composed.kind.as_str()))?;
    let parts = [
        ("community", composed.ethnicity.as_ref()),
        ("role", composed.role.as_ref()),
        ("speaks for", composed.affiliation.as_ref()),
    ];
    for (what, value) in parts {
        if let Some(value) = value {
            output.line(format_args!("  {what:<12} {value}"))?;
        }
    }
    Ok(())
}

fn describe(output: &mut Output, actors: &Actors, actor: &Actor) -> anyhow::Result<()> {
    output.line(format_args!("{} ({})", actor.name, actor.id))?;
    let country = actor.country.as_deref().unwrap_or("no one state");
    output.line(format_args!("  {}, {country}", actor.kind.as_str()))?;
    if let Some(role) = &actor.role {
        output.line(format_args!("  {role}"))?;
    }
    if !actor.names.is_empty() {
        output.line(format_args!("  also: {}", actor.names.join(", ")))?;
    }
    for tie in &actor.ties {
        let other = actors.get(&tie.other).map_or(tie.other.as_str(), |other| other.name.as_str());
        let when = if tie.when.since.is_none() && tie.when.until.is_none() {
            String::new()
        } else {
            format!("  {}", tie.when)
        };
        output.line(format_args!("  {:<12} {other}{when}", tie.kind.as_str()))?;
    }
    let codes = [
        actor.cameo.as_ref().map(|code| format!("CAMEO {code}")),
        actor.acled.map(|code| format!("ACLED {code}")),
        actor.ucdp.map(|code| format!("UCDP {code}")),
    ];
    let codes: Vec<String> = codes.into_iter().flatten().collect();
    if !codes.is_empty() {
        output.line(format_args!("  codes: {}", codes.join(", ")))?;
    }
    output.line(format_args!("  from: {}", actor.from))
}
