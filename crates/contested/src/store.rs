//! The ledger from the command line: where it is, and which day of which kind a question is about.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use contested_assess::{Basis, Learnt, Question};
use contested_ledger::{Filter, Ledger};
use contested_model::Kept;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::input::date;
use crate::page::Format;
use crate::world;

/// The ledger's file when none is named; imported gazetteers lie beside it.
pub(crate) const DEFAULT: &str = "contested.db";

/// Days of "what changed", unless `--since` says otherwise.
const USUAL_DAYS: i64 = 7;

/// Where the ledger is.
#[derive(Debug, Clone, Args)]
pub(crate) struct StoreArgs {
    /// The ledger's file
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

/// What a ledger holds of what had been reported.
pub(crate) struct Known {
    /// All its claims that had been reported by the day asked for.
    pub(crate) kept: Vec<Kept>,
    /// The day asked for, or the last that the ledger knows of.
    pub(crate) as_of: Date,
    /// What had been learnt of the sources by then.
    learnt: Learnt,
    /// Who stands by whom, own actors included.
    world: world::Known,
}

impl Known {
    /// What an assessment rests on besides the claims.
    pub(crate) fn basis(&self) -> Basis<'_> {
        Basis { world: &self.world, learnt: &self.learnt }
    }

    /// The question that the arguments ask; `usual` is the first day of news where they give none.
    pub(crate) fn question(
        &self,
        args: &SituationArgs,
        area: Option<String>,
        usual: Option<Date>,
    ) -> Question {
        let week = self.as_of.saturating_sub(USUAL_DAYS.days());
        Question {
            as_of: self.as_of,
            known_at: args.time.known_at,
            since: args.since.or(usual).unwrap_or(week),
            area,
        }
    }
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
}

/// What `ledger` knows at the day asked for.
pub(crate) fn known(ledger: &Ledger, time: &TimeArgs) -> anyhow::Result<Known> {
    let kept = ledger.claims(&Filter { known_at: time.known_at, ..Filter::default() })?;
    let last = ledger.last_known(time.known_at)?;
    let as_of = time.as_of.or(last).with_context(|| match time.known_at {
        Some(day) => format!("nothing had been reported by {day}: the ledger's reports are all later"),
        None => format!("the ledger {} is empty: add reports with `contested add`", ledger.path().display()),
    })?;
    let rows = ledger.learning(time.known_at)?.map(|run| run.rows).unwrap_or_default();
    let world = world::Known::beside(ledger.path())?;
    Ok(Known { kept, as_of, learnt: Learnt::of(&rows), world })
}
