use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand};

use crate::commands::{
    actors, add, analyse, assess, claims, control, copy, demo, disputes, eval, events, explain, export,
    extract, forget, gazetteer, import, review, serve, sitrep, sources, team, watch,
};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// A war monitor: reports in, a ledger of who claims what out
///
/// Data goes to standard output, messages for people to standard error. Colours are left out when `NO_COLOR` is set or the output is no
/// terminal.
#[derive(Debug, Parser)]
#[command(name = "contested", version, styles = STYLES, after_help = crate::exit::TABLE, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One command, one file in `commands/`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(demo::DemoArgs),
    Serve(serve::ServeArgs),
    Add(add::AddArgs),
    Watch(watch::WatchArgs),
    Sitrep(sitrep::SitrepArgs),
    Control(control::ControlArgs),
    Assess(assess::AssessArgs),
    Events(events::EventsArgs),
    Disputes(disputes::DisputesArgs),
    Claims(claims::ClaimsArgs),
    Explain(explain::ExplainArgs),
    Review(review::ReviewArgs),
    Forget(forget::ForgetArgs),
    Actors(actors::ActorsArgs),
    Sources(sources::SourcesArgs),
    Gazetteer(gazetteer::GazetteerArgs),
    Analyse(analyse::AnalyseArgs),
    Export(export::ExportArgs),
    Import(import::ImportArgs),
    Copy(copy::CopyArgs),
    Team(team::TeamArgs),
    Extract(extract::ExtractArgs),
    Eval(eval::EvalArgs),
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Demo(args) => demo::run(&args),
            Self::Serve(args) => serve::run(&args),
            Self::Add(args) => add::run(&args),
            Self::Watch(args) => watch::run(&args),
            Self::Sitrep(args) => sitrep::run(&args),
            Self::Control(args) => control::run(&args),
            Self::Assess(args) => assess::run(&args),
            Self::Events(args) => events::run(&args),
            Self::Disputes(args) => disputes::run(&args),
            Self::Claims(args) => claims::run(&args),
            Self::Explain(args) => explain::run(&args),
            Self::Review(args) => review::run(&args),
            Self::Forget(args) => forget::run(&args),
            Self::Actors(args) => actors::run(&args),
            Self::Sources(args) => sources::run(&args),
            Self::Gazetteer(args) => gazetteer::run(&args),
            Self::Analyse(args) => analyse::run(&args),
            Self::Export(args) => export::run(&args),
            Self::Import(args) => import::run(&args),
            Self::Copy(args) => copy::run(&args),
            Self::Team(args) => team::run(&args),
            Self::Extract(args) => extract::run(&args),
            Self::Eval(args) => eval::run(&args),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_well_formed_and_every_command_has_examples() {
        let mut command = super::Cli::command();
        command.build();
        command.clone().debug_assert();
        for sub in command.get_subcommands() {
            let help = sub.clone().render_long_help().to_string();
            assert!(help.contains("Examples:"), "`{}` has no examples", sub.get_name());
        }
        let review = command.find_subcommand("review").unwrap();
        for sub in review.get_subcommands() {
            let help = sub.clone().render_long_help().to_string();
            assert!(help.contains("Examples:"), "`review {}` has no examples", sub.get_name());
        }
    }
}
