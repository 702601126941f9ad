mod decide;
mod show;
mod table;

use clap::{Args, Subcommand};

pub(crate) use show::short;

use crate::store::StoreArgs;

/// Correct what the extractor told: accept, reject, correct, merge, split, by name and with a reason
///
/// Decisions are written beside the claims, never over them; they take effect in `claims`, `disputes`, `control` and `sitrep`, hold for what newer
/// versions of the program extract from the same words, and can be taken back with `withdraw`. A question about the past (`--known-at`) uses
/// the decisions that counted then; `--known` makes one count from an earlier day.
///
/// KEY is the key (k1:…) or id (c1:…) of a claim, or the start of one that is the only one.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested review list --limit 10                                  the least sure claims that nobody has looked at
  contested review accept k1:9a41 --by 'A. Analyst' --why 'as the sentence says'
  contested review correct k1:9a41 places 'Albu Kamal' --by 'A. Analyst' --why 'the town, not the district'
  contested review merge actor 'regime forces' 'Syrian Army' --by 'A. Analyst' --why 'one army'
  contested review export > claims.csv                              edit it in a spreadsheet, then
  contested review import claims.csv --by 'A. Analyst' --why 'weekly review'")]
pub(crate) struct ReviewArgs {
    #[command(subcommand)]
    command: ReviewCommand,
}

#[derive(Debug, Subcommand)]
enum ReviewCommand {
    List(show::ListArgs),
    Log(show::LogArgs),
    /// Say that claims are right
    Accept(decide::VerdictArgs),
    /// Say that claims are wrong, or taken back: they count no more
    Reject(decide::VerdictArgs),
    Correct(decide::CorrectArgs),
    Merge(decide::MergeArgs),
    Split(decide::SplitArgs),
    Withdraw(decide::WithdrawArgs),
    Export(table::ExportArgs),
    Import(table::ImportArgs),
}

pub(crate) fn run(args: &ReviewArgs) -> anyhow::Result<()> {
    match &args.command {
        ReviewCommand::List(args) => show::list(args),
        ReviewCommand::Log(args) => show::log(args),
        ReviewCommand::Accept(args) => decide::verdict(args, contested_ledger::Act::Accept),
        ReviewCommand::Reject(args) => decide::verdict(args, contested_ledger::Act::Reject),
        ReviewCommand::Correct(args) => decide::correct(args),
        ReviewCommand::Merge(args) => decide::merge(args),
        ReviewCommand::Split(args) => decide::split(args),
        ReviewCommand::Withdraw(args) => decide::withdraw(args),
        ReviewCommand::Export(args) => table::export(args),
        ReviewCommand::Import(args) => table::import(args),
    }
}

/// The ledger for deciding: one that is there, for a decision needs a claim.
fn open(store: &StoreArgs) -> anyhow::Result<contested_ledger::Ledger> {
    store.read()?;
    Ok(contested_ledger::Ledger::open(&store.store)?)
}
