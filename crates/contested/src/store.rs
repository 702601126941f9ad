//! The ledger from the command line: where it is, and which day of which kind a question is about.

use std::path::{Path, PathBuf};

use clap::Args;
use contested_answers::{Informed, Known};
use contested_ledger::Ledger;
use jiff::civil::Date;

use crate::input::date;
use crate::page::Format;

/// The ledger's file when none is named; imported gazetteers lie beside it.
pub(crate) const DEFAULT: &str = "contested.db";

/// Where the ledger is.
#[derive(Debug, Clone, Args)]
pub(crate) struct StoreArgs {
    /// The ledger's file, or a database: postgres://user@host:port/database (the password in PGPASSWORD)
    #[arg(long, value_name = "PATH", default_value = DEFAULT)]
    pub(crate) store: PathBuf,
}

/// Which day a question is about, in both times.
#[derive(Debug, Clone, Args)]
pub(crate) struct TimeArgs {
    /// The state of the world on this day (YYYY-MM-DD); default: the last day of which the ledger knows
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<Date>,
    /// Use only what had been reported by this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) known_at: Option<Date>,
}

/// What a command of the assessment prints, and for which days: the options of every situation.
#[derive(Debug, Clone, Args)]
pub(crate) struct SituationArgs {
    #[command(flatten)]
    pub(crate) time: TimeArgs,
    /// Changes from this day on; default: a week before the day asked for
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<Date>,
    /// List everything, however long
    #[arg(long)]
    pub(crate) all: bool,
    /// Set it as plain text, Markdown, or a web page that needs nothing else
    #[arg(long = "as", value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Print one JSON object
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

impl StoreArgs {
    /// The ledger for reading.
    pub(crate) fn read(&self) -> anyhow::Result<Ledger> {
        Ok(Ledger::read(&self.store)?)
    }

    /// The ledger and its claims as known at the day asked for.
    pub(crate) fn known(&self, time: &TimeArgs) -> anyhow::Result<Known> {
        known(&self.read()?, time)
    }

    /// What says who holds ground in `area`; everywhere where none is named.
    pub(crate) fn ground(&self, time: &TimeArgs, area: Option<&str>) -> anyhow::Result<Known> {
        let ledger = self.read()?;
        Ok(Known::of_ground(&ledger, area, time.as_of, time.known_at, world(ledger.path())?)?)
    }

    /// What a situation of `area` rests on, with news from `since` on.
    pub(crate) fn bearing(
        &self,
        time: &TimeArgs,
        area: Option<&str>,
        since: Option<Date>,
    ) -> anyhow::Result<Known> {
        let ledger = self.read()?;
        Ok(Known::of_area(&ledger, area, since, time.as_of, time.known_at, world(ledger.path())?)?)
    }
}

/// Who stands by whom, for the ledger at `store`: the user's own actors lie beside it.
pub(crate) fn world(store: &Path) -> anyhow::Result<Informed> {
    Ok(Informed { actors: crate::imports::actors(store)? })
}

/// What `ledger` knows at the day asked for.
pub(crate) fn known(ledger: &Ledger, time: &TimeArgs) -> anyhow::Result<Known> {
    Ok(Known::of(ledger, time.as_of, time.known_at, world(ledger.path())?)?)
}
