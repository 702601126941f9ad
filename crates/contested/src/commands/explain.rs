use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use contested_answers::{beginnings, explained};
use contested_extract::Extractor;
use contested_model::{Claim, Report};

use crate::input::{InputArgs, date, tell};
use crate::output::Output;
use crate::page::Page;
use crate::page::explanation::set;
use crate::store::{DEFAULT, StoreArgs};
use jiff::civil::Date;

/// Show how a claim came about: its sentence and tree, the rules and the words they stood on, and how each name was resolved
///
/// The claim is looked for in the ledger, or, with --in, among the claims of a report's file. Its report is read again for the tree and the
/// confidence; where this program would not make the claim any more, what the claim itself tells is shown.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested explain c1:5f0e3a
  contested explain k1:9a41 --store syria.db
  contested explain c1:5f0e3a --in report.txt --source Reuters --published 2017-11-08
  contested explain 5f0e3a --json | jq '.explanation.weights[:5]'")]
pub(crate) struct ExplainArgs {
    /// Id (`c1:…`) or key (`k1:…`) of the claim, or its beginning
    #[arg(value_name = "CLAIM_ID")]
    claim: String,
    #[command(flatten)]
    store: StoreArgs,
    /// Look among the claims of this file of reports, not in the ledger
    #[arg(long = "in", value_name = "PATH", conflicts_with = "store")]
    file: Option<PathBuf>,
    /// Outlet of reports that do not name theirs, as it was given to `extract`
    #[arg(long, value_name = "NAME", requires = "file")]
    source: Option<String>,
    /// Day of publication of reports that do not give theirs, as it was given to `extract`
    #[arg(long, value_name = "DATE", value_parser = date, requires = "file")]
    published: Option<Date>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Claims that one beginning may fit before we stop counting.
const MOST: u32 = 4;

pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<()> {
    let starts = beginnings(&args.claim).map_err(anyhow::Error::msg)?;
    let place = args.file.as_deref().unwrap_or(&args.store.store);
    let (mut found, knowledge) = if let Some(path) = &args.file {
        let knowledge = crate::imports::knowledge(Path::new(DEFAULT))?;
        let input = InputArgs {
            source: args.source.clone(),
            published: args.published,
            ..InputArgs::file(path.clone())
        };
        (in_file(&input, &Extractor::new(knowledge), &starts, args.json)?, knowledge)
    } else {
        let ledger = args.store.read()?;
        let mut found = Vec::new();
        for start in &starts {
            found.extend(ledger.claims_called(start, MOST)?);
        }
        (found, crate::imports::knowledge(&args.store.store)?)
    };
    if found.len() > 1 {
        let ids: Vec<&str> = found.iter().map(|(claim, _)| claim.id.as_str()).collect();
        bail!("more than one claim begins with `{}`: {}; write more of the id", args.claim, ids.join(", "));
    }
    let Some((claim, report)) = found.pop() else {
        let hint = if args.file.is_some() {
            "`contested extract` prints the ids; name outlet and day with --source and --published as there"
        } else {
            "`contested claims --json` prints the ids"
        };
        bail!(
            "no claim begins with `{}` in {}; {hint}",
            args.claim,
            contested_ledger::Ledger::shown(place).display()
        );
    };
    let found = explained(claim, &report, knowledge);
    let mut output = Output::new();
    if args.json {
        output.json(&found)?;
    } else {
        let mut page = Page::for_output();
        set(&mut page, &found);
        output.bytes(page.into_text().as_bytes())?;
    }
    output.finish()
}

/// The claims of a file's reports that begin so.
fn in_file(
    input: &InputArgs,
    extractor: &Extractor<'_>,
    starts: &[String],
    json: bool,
) -> anyhow::Result<Vec<(Claim, Report)>> {
    let mut found = Vec::new();
    let mut reports = input.reports();
    for report in reports.by_ref() {
        let report = match report {
            Ok(report) => report,
            Err(diagnostic) => {
                tell(&diagnostic, json);
                continue;
            }
        };
        for claim in extractor.extract(&report).claims {
            let called = |start: &String| claim.id.starts_with(start) || claim.key.starts_with(start);
            if starts.iter().any(called) && found.len() < MOST as usize {
                found.push((claim, report.clone()));
            }
        }
    }
    if reports.tally().read == 0 {
        return Err(crate::exit::Ending::NothingRead.into());
    }
    Ok(found)
}
