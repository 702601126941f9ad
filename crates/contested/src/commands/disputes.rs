use clap::Args;
use contested_assess::{Disputed, situation};
use contested_model::Question;

use crate::output::{Output, push_line};
use crate::page::Page;
use crate::page::situation::{Limits, disputes};
use crate::store::{StoreArgs, TimeArgs};

/// What sources contradict one another about, with both sides and their words
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested disputes
  contested disputes --question control --known-at 2017-11-10
  contested disputes --json | jq -r '.question + \": \" + (.about | join(\", \"))'")]
pub(crate) struct DisputesArgs {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    time: TimeArgs,
    /// Only this question
    #[arg(long, value_parser = ["control", "occurrence", "responsibility", "casualties", "motive"])]
    question: Option<String>,
    /// Only what touches this place or country
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    /// Print JSON Lines, one object a dispute
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &DisputesArgs) -> anyhow::Result<()> {
    let known = args.store.known(&args.time)?;
    let asked = known.question(args.area.clone(), Some(known.first().unwrap_or(known.as_of)));
    let mut found = situation(&known.kept, &asked, &known.basis());
    found.disputes.retain(|dispute| args.question.as_deref().is_none_or(|word| word == name(dispute)));
    let mut output = Output::new();
    if args.json {
        let mut lines = Vec::new();
        found.disputes.iter().try_for_each(|dispute| push_line(&mut lines, dispute))?;
        output.bytes(&lines)?;
    } else {
        let mut page = Page::for_output();
        disputes(&mut page, &found, Limits::ALL);
        output.bytes(page.into_text().as_bytes())?;
    }
    output.finish()
}

const fn name(dispute: &Disputed) -> &'static str {
    match dispute.question {
        Question::Control => "control",
        Question::Occurrence => "occurrence",
        Question::Responsibility => "responsibility",
        Question::Casualties => "casualties",
        Question::Motive => "motive",
    }
}
