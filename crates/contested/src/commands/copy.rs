use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use contested_ledger::Ledger;
use serde_json::json;

use crate::copying::{Copied, copy};
use crate::output::Output;
use crate::page::count;

/// Copy a ledger into another, from a file to a database or back
///
/// Reports, the claims that each extractor drew from them, what people decided and what was learnt of the sources are added as they were, with their
/// days. At the end both ledgers are read again and compared, record by record. What is there already is passed over, so a copy that broke off is
/// finished by giving the same command again. Reports that had to be forgotten are not copied.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested copy --from contested.db --to postgres://ann@db.example.org/war
  contested copy --from postgres://ann@db.example.org/war --to backup.db")]
pub(crate) struct CopyArgs {
    /// The ledger to copy: a file, or postgres://user@host:port/database (the password in PGPASSWORD)
    #[arg(long, value_name = "PATH")]
    from: PathBuf,
    /// The ledger to copy it into, likewise; it is made if there is none
    #[arg(long, value_name = "PATH")]
    to: PathBuf,
    /// Say what was copied as one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &CopyArgs) -> anyhow::Result<()> {
    if args.from == args.to {
        bail!("a ledger is not copied into itself: name two with `--from` and `--to`");
    }
    let (from, to) = (Ledger::shown(&args.from), Ledger::shown(&args.to));
    let Copied { moved, there, runs, digest, missing, more } = copy(&Ledger::read(&args.from)?, &args.to)?;
    if missing > 0 {
        bail!(
            "{} {} missing in {}, which is a defect of this program",
            count(missing, "record", "records"),
            if missing == 1 { "is" } else { "are" },
            to.display()
        );
    }
    let mut output = Output::new();
    if args.json {
        output.json(&json!({"record": "copied", "from": from, "to": to, "extractions": moved.extractions, "extractions_already_there": there,
                            "decisions": moved.decisions, "decisions_already_there": moved.known, "learning_runs": runs,
                            "digest": format!("l1:{digest}"), "others_there": more}))?;
    } else {
        let what = count(moved.extractions, "extracted report", "extracted reports");
        let decided = count(moved.decisions, "decision", "decisions");
        let known = there + moved.known;
        let passed = if known > 0 { format!("; {known} were there already") } else { String::new() };
        let besides = if more > 0 {
            format!("holds all of it, and {} besides", count(more, "other record", "other records"))
        } else {
            "holds the same".to_owned()
        };
        writeln!(
            output,
            "copied {what} and {decided}{passed}\n{} {besides}: digest l1:{digest}",
            to.display()
        )
        .context("cannot write to standard output")?;
    }
    output.finish()
}
