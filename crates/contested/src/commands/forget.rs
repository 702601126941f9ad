use anyhow::bail;
use clap::Args;
use contested_ledger::{Forgotten, Ledger};
use jiff::Timestamp;
use serde_json::json;

use crate::output::{Output, push_line};
use crate::page::count;
use crate::store::StoreArgs;

/// Forget a report that the law wants gone: its text, its quotes and every index over them; a tombstone stays
///
/// The one exception to "nothing is ever deleted". Text, title, address, claims and what people wrote about them are taken out and the file is
/// written anew, so that no words stay in it or in its log. That the report was there, its outlet, its days and its digests stay, with who had it
/// forgotten, when and why; adding it again is refused. Copies by other outlets are reports of their own: name them, too.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested forget report-17 --by 'A. Editor' --why 'court order 12/2018'
  contested forget https://example.org/news/rawa --by 'A. Editor' --why 'at the wish of a witness'
  contested forget b3:9a41… --by 'A. Editor' --why 'court order 12/2018'      every report of this very text")]
pub(crate) struct ForgetArgs {
    /// The report: the id that it came with, its address, the hash of its text (b3:…) or its digest (r1:…)
    report: String,
    /// Name of who has it forgotten
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Reason
    #[arg(long, value_name = "TEXT")]
    why: String,
    #[command(flatten)]
    store: StoreArgs,
    /// Print JSON Lines, one object a report
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &ForgetArgs) -> anyhow::Result<()> {
    args.store.read()?;
    let mut ledger = Ledger::open(&args.store.store)?;
    let digests = ledger.reports_called(&args.report)?;
    if digests.is_empty() {
        bail!(
            "no report is called `{}`: give the id that it came with, its address, its hash (b3:…) or its digest (r1:…)",
            args.report
        );
    }
    let mut output = Output::new();
    let mut lines = Vec::new();
    for digest in digests {
        let Forgotten { report, claims, before } =
            ledger.forget(&digest, &args.by, &args.why, Timestamp::now())?;
        if args.json {
            push_line(
                &mut lines,
                &json!({"record": "forgotten", "report": report, "claims": claims, "before": before}),
            )?;
        } else if before {
            output.line(format_args!("{report} had been forgotten before; the file was written anew"))?;
        } else {
            output
                .line(format_args!("forgot {report} with {}", count(claims as usize, "claim", "claims")))?;
        }
    }
    output.bytes(&lines)?;
    output.finish()
}
