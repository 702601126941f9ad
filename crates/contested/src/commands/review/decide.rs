//! Deciding one thing at a time.

use std::collections::BTreeSet;

use anyhow::bail;
use clap::{Args, ValueEnum};
use contested_ledger::{Act, Correction, Decided, Filter, Ledger, What};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::open;
use crate::input::date;
use crate::output::{Output, push_line};
use crate::page::count;
use crate::review::cells::{FIELDS, correction};
use crate::review::claims_table::current;
use crate::review::names::Names;
use crate::review::names_table::merge as merging;
use crate::store::StoreArgs;

/// Who decides, why, and from when on.
#[derive(Debug, Clone, Args)]
pub(super) struct Signature {
    /// Name of who decides
    #[arg(long, value_name = "NAME")]
    pub(super) by: String,
    /// Reason
    #[arg(long, value_name = "TEXT")]
    pub(super) why: String,
    /// The decision counts from this day on for `--known-at` (YYYY-MM-DD); default: today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) known: Option<Date>,
}

// What it says is said by the two commands that take it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested review accept k1:9a41 k1:77b0 --by 'A. Analyst' --why 'as the sentences say'
  contested review reject c1:5f0e --by 'A. Analyst' --why 'a football match'
  contested review reject c1:5f0e --by 'A. Analyst' --why 'misread' --known 2017-11-08
  contested review reject --report wire-17 --by 'A. Analyst' --why 'taken back by its outlet' --known 2017-11-09")]
pub(super) struct VerdictArgs {
    /// Keys or ids of claims, or their starts
    #[arg(required_unless_present = "report", value_name = "KEY")]
    keys: Vec<String>,
    /// All claims of this report, as when its outlet has taken it back: the id that it came with, its hash (b3:…) or its digest (r1:…)
    #[arg(long, value_name = "REPORT", conflicts_with = "keys")]
    report: Option<String>,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    store: StoreArgs,
    /// Print the decisions as JSON Lines
    #[arg(long)]
    json: bool,
}

/// Correct one field of a claim
///
/// FIELD and VALUE as in the tables of `contested review export`: type, polarity, certainty, phase, extent, tense, time (2017-11-08 or FIRST..LAST),
/// agents and targets (NAME; NAME [id]), places (NAME [id]; near: NAME), source, casualties (dead 12 civilian; injured 3..5), verified (yes, no), same-as
/// (KEY). An empty VALUE empties the field.
#[allow(
    rustdoc::broken_intra_doc_links,
    reason = "NAME [id] is how people type it, and a backslash would be printed"
)]
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested review correct k1:9a41 type retreat --by 'A. Analyst' --why 'they left it'
  contested review correct k1:9a41 agents 'Syrian Army; Hezbollah' --by 'A. Analyst' --why 'both are named'
  contested review correct k1:9a41 places 'near: Albu Kamal [geonames:174448]' --by 'A. Analyst' --why 'outside it'
  contested review correct k1:9a41 time 2017-11-08 --by 'A. Analyst' --why 'the report of the same evening says so'
  contested review correct k1:9a41 casualties 'dead 12 civilian' --by 'A. Analyst' --why 'a slip of the tongue'")]
pub(super) struct CorrectArgs {
    /// Key or id of the claim, or its start
    key: String,
    /// Field
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(FIELDS))]
    field: String,
    /// What it should say
    value: String,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    store: StoreArgs,
    /// Print the decision as JSON Lines
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Thing {
    /// Two names or ids of one actor or source
    Actor,
    /// Two names or ids of one place
    Place,
    /// Two claims about one event; FROM and INTO are keys
    Event,
}

impl Thing {
    const fn what(self) -> What {
        match self {
            Self::Actor => What::Actor,
            Self::Place => What::Place,
            Self::Event => What::Event,
        }
    }
}

/// Say that two actors, places or events are one
///
/// Wherever claims name FROM, they are read as naming INTO: name or id, as claims or the knowledge base have them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested review merge actor 'regime forces' 'Syrian Army' --by 'A. Analyst' --why 'one army'
  contested review merge place 'Bukamal' 'Albu Kamal [geonames:174448]' --by 'A. Analyst' --why 'two spellings'
  contested review merge event k1:77b0 k1:9a41 --by 'A. Analyst' --why 'the same strike'")]
pub(super) struct MergeArgs {
    thing: Thing,
    /// What is another one
    from: String,
    /// What it is
    into: String,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    store: StoreArgs,
    /// Print the decision as JSON Lines
    #[arg(long)]
    json: bool,
}

/// Take actors, places or events apart again
///
/// Without `--into`, FROM is itself again: what `merge` did is undone, and a claim tells an event of its own. With `--into` and `--claims`, FROM is
/// INTO in these claims only: the extractor took two for one.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested review split actor 'regime forces' --by 'A. Analyst' --why 'other forces, after all'
  contested review split event k1:77b0 --by 'A. Analyst' --why 'another strike'
  contested review split place Rawa --into 'Rawa [geonames:90903]' --claims k1:9a41 k1:77b0 --by 'A. Analyst' --why 'the one in Iraq'")]
pub(super) struct SplitArgs {
    thing: Thing,
    /// What is to be itself again, or another one in some claims
    from: String,
    /// What it is in these claims
    #[arg(long, value_name = "NAME", requires = "claims")]
    into: Option<String>,
    /// Keys or ids of these claims
    #[arg(long, value_name = "KEY", num_args = 1.., requires = "into")]
    claims: Vec<String>,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    store: StoreArgs,
    /// Print the decision as JSON Lines
    #[arg(long)]
    json: bool,
}

/// Take decisions back; they stay in the log
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested review withdraw 12 --by 'A. Analyst' --why 'read the report again'")]
pub(super) struct WithdrawArgs {
    /// Numbers of decisions, as `contested review log` has them
    #[arg(required = true, value_name = "NUMBER")]
    numbers: Vec<i64>,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    store: StoreArgs,
    /// Print the decisions as JSON Lines
    #[arg(long)]
    json: bool,
}

pub(super) fn verdict(args: &VerdictArgs, act: impl Fn(String) -> Act) -> anyhow::Result<()> {
    let mut ledger = open(&args.store)?;
    let keys = names(&ledger, &args.store)?;
    let mut acts = args.keys.iter().map(|key| keys.key(key).map(&act)).collect::<anyhow::Result<Vec<_>>>()?;
    if let Some(report) = &args.report {
        let filter = Filter { report: Some(report.clone()), ..Filter::default() };
        let told: BTreeSet<String> = ledger.claims(&filter)?.into_iter().map(|kept| kept.claim.key).collect();
        if told.is_empty() {
            bail!(
                "no claim that counts is told in a report called `{report}`: give the id that it came with, its hash (b3:…) or its digest (r1:…)"
            );
        }
        acts.extend(told.into_iter().map(&act));
    }
    record(&mut ledger, &acts, &args.signature, args.json)
}

pub(super) fn correct(args: &CorrectArgs) -> anyhow::Result<()> {
    let mut ledger = open(&args.store)?;
    let look = names(&ledger, &args.store)?;
    let key = look.key(&args.key)?;
    let now = current(&ledger, &key)?;
    let correction = correction(&now.claim, &args.field, &args.value, &look)?;
    record(&mut ledger, &[Act::Correct(key, correction)], &args.signature, args.json)
}

pub(super) fn merge(args: &MergeArgs) -> anyhow::Result<()> {
    let mut ledger = open(&args.store)?;
    let look = names(&ledger, &args.store)?;
    let act = match args.thing {
        Thing::Event => Act::MergeEvent(look.key(&args.from)?, look.key(&args.into)?),
        thing => merging(thing.what(), &look.id(thing.what(), &args.from)?, &args.into, &look)?,
    };
    record(&mut ledger, &[act], &args.signature, args.json)
}

pub(super) fn split(args: &SplitArgs) -> anyhow::Result<()> {
    let mut ledger = open(&args.store)?;
    let look = names(&ledger, &args.store)?;
    let acts = match (args.thing, &args.into) {
        (Thing::Event, Some(_)) => {
            bail!("an event is split claim by claim: `contested review split event KEY`")
        }
        (Thing::Event, None) => vec![Act::Split(What::Event, look.key(&args.from)?)],
        (thing, None) => vec![Act::Split(thing.what(), look.id(thing.what(), &args.from)?)],
        (thing, Some(into)) => {
            let from = look.id(thing.what(), &args.from)?;
            let one = |key: &String| -> anyhow::Result<Act> {
                let to = match merging(thing.what(), &from, into, &look)? {
                    Act::MergeActor { into, .. } => Correction::Actor { from: from.clone(), to: into },
                    Act::MergePlace { into, .. } => Correction::Place { from: from.clone(), to: into },
                    _ => bail!("`{into}` is neither actor nor place"),
                };
                Ok(Act::Correct(look.key(key)?, to))
            };
            args.claims.iter().map(one).collect::<anyhow::Result<_>>()?
        }
    };
    record(&mut ledger, &acts, &args.signature, args.json)
}

pub(super) fn withdraw(args: &WithdrawArgs) -> anyhow::Result<()> {
    let mut ledger = open(&args.store)?;
    let acts: Vec<Act> = args.numbers.iter().copied().map(Act::Withdraw).collect();
    record(&mut ledger, &acts, &args.signature, args.json)
}

fn names<'l>(ledger: &'l Ledger, store: &StoreArgs) -> anyhow::Result<Names<'l>> {
    Ok(Names { ledger, knowledge: crate::imports::knowledge(&store.store)? })
}

fn record(ledger: &mut Ledger, acts: &[Act], signature: &Signature, json: bool) -> anyhow::Result<()> {
    let Signature { by, why, known } = signature;
    let decided = ledger.decide(acts, by, why, *known, Timestamp::now())?;
    let mut output = Output::new();
    if json {
        let mut lines = Vec::new();
        for one in decided {
            let number = if let Decided::New(number) = one { Some(number) } else { None };
            push_line(
                &mut lines,
                &json!({"record": "decided", "decision": number, "already_so": number.is_none()}),
            )?;
        }
        output.bytes(&lines)?;
    } else {
        output.line(in_words(&decided))?;
    }
    output.finish()
}

/// "2 decisions written down (numbers 4 to 5); 1 was already so".
pub(super) fn in_words(decided: &[Decided]) -> String {
    let numbers: Vec<i64> =
        decided.iter().filter_map(|one| if let Decided::New(n) = one { Some(*n) } else { None }).collect();
    let already = decided.len() - numbers.len();
    let text = match numbers[..] {
        [] => "nothing decided".to_owned(),
        [one] => format!("1 decision written down (number {one})"),
        [first, .., last] => format!(
            "{} written down (numbers {first} to {last})",
            count(numbers.len(), "decision", "decisions")
        ),
    };
    match already {
        0 => text,
        1 => text + "; 1 was already so",
        many => format!("{text}; {many} were already so"),
    }
}
