use anyhow::bail;
use clap::{Args, Subcommand};
use contested_knowledge::actors::{Actor, ActorContext, ActorKind, Actors, Alliance};
use jiff::civil::Date;

use crate::output::{Output, push_line};

/// Who is known: names, what they are part of, whom they lead, back and fight, and since when
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested actors list --country SY --kind armed-group
  contested actors lookup Daesh
  contested actors lookup 'the army' --country SY
  contested actors sides al-nusra islamic-state --date 2015-01-01
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
    },
}

pub(crate) fn run(args: &ActorsArgs) -> anyhow::Result<()> {
    let actors = Actors::embedded();
    let mut output = Output::new();
    match &args.command {
        ActorsCommand::List { country, kind, json } => {
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
        ActorsCommand::Lookup { name, country, date, json } => {
            let countries: Vec<(&str, f32)> = country.iter().map(|code| (code.as_str(), 1.0)).collect();
            let context = ActorContext { countries: &countries, date: *date };
            let Some(actor) = find(actors, name, &context) else {
                bail!("no actor is called `{name}`; `contested actors list` shows all that are known");
            };
            if *json {
                output.json(actor)?;
            } else {
                describe(&mut output, actors, actor)?;
            }
        }
        ActorsCommand::Sides { first, second, date } => {
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
