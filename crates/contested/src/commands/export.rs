use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use contested_answers::Known;
use contested_assess::{Disputed, PlaceControl, control, events, situation};
use contested_export::{Content, Format, Subject, Written, actors_in, sources_in, write};
use contested_knowledge::Knowledge;
use contested_ledger::{Around, Filter};
use contested_model::Kept;

use crate::filters::FilterArgs;
use crate::moving::{Moved, write_ledger, write_reports};
use crate::output::Output;
use crate::page::count;
use crate::store::{StoreArgs, known, world};

/// Write what the ledger says in the formats that others work with
///
/// WHAT is `claims`, `events`, `control`, `disputes`, `actors`, `sources`, `reports` or `ledger`. FORMAT is `csv`, `jsonl`, `geojson`, `kml`, `hxl`, `acled`, `ucdp`, `gdelt` (with
/// `gdelt-mentions`), `plover`, `polecat`, `ftm` or `parquet` (with a build that has Arrow). Formats of event coders have room for what is said to have happened only: denials, plans and states are
/// left out and counted on standard error. docs/formats tells what each field holds and what is lost.
///
/// `reports` (the texts, for `contested add`) and `ledger` (everything, decisions too, for `contested import`) are written whole, `--as jsonl`.
///
/// The options choose claims. `events`, `actors` and `sources` are made of the chosen claims; of `control` and `disputes` the options choose those places
/// and disputes that the chosen claims speak of, and what is said of them rests on all that was known.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested export claims --as csv --out claims.csv
  contested export events --as geojson --country SY --since 2017-11-01 > events.geojson
  contested export control --as kml --as-of 2017-11-12 --known-at 2017-11-12 --out control.kml
  contested export claims --as acled --type airstrike --type shelling
  contested export claims --as parquet --by month --out archive
  contested export claims --as jsonl | jq -r .evidence.quote
  contested export ledger --as jsonl --out desk.jsonl")]
pub(crate) struct ExportArgs {
    /// What to write
    #[arg(value_name = "WHAT", value_parser = words(&what_words(), What::parse))]
    what: What,
    /// The format
    #[arg(long = "as", value_name = "FORMAT", value_parser = words(&format_words(), As::parse))]
    format: As,
    /// Write to this file; without it, to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write claims as one Parquet file a month of the days they speak of, sorted by place, into the folder --out, which must be new or empty
    #[arg(long, value_name = "PART", value_parser = ["month"], requires = "out")]
    by: Option<String>,
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    filter: FilterArgs,
}

/// What is written: an answer of the ledger, or the ledger itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Subject(Subject),
    /// The reports, as `contested add` reads them.
    Reports,
    /// Everything, as `contested import` reads it.
    Ledger,
}

impl What {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "reports" => Some(Self::Reports),
            "ledger" => Some(Self::Ledger),
            _ => Subject::parse(word).map(Self::Subject),
        }
    }
}

/// A format: of text, or Parquet, which needs Arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum As {
    Text(Format),
    Parquet,
}

impl As {
    fn parse(word: &str) -> Option<Self> {
        if word == "parquet" { Some(Self::Parquet) } else { Format::parse(word).map(Self::Text) }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Text(format) => format.as_str(),
            Self::Parquet => "parquet",
        }
    }
}

fn what_words() -> Vec<&'static str> {
    Subject::ALL.iter().map(|one| one.as_str()).chain(["reports", "ledger"]).collect()
}

fn format_words() -> Vec<&'static str> {
    Format::ALL.iter().map(|one| one.as_str()).chain(["parquet"]).collect()
}

/// A parser that takes one of `words` and lists them in the help.
fn words<T: Clone + Send + Sync + 'static>(
    words: &[&'static str],
    parse: fn(&str) -> Option<T>,
) -> impl clap::builder::TypedValueParser<Value = T> {
    use clap::builder::TypedValueParser as _;
    clap::builder::PossibleValuesParser::new(words).try_map(move |text| parse(&text).ok_or("no such word"))
}

pub(crate) fn run(args: &ExportArgs) -> anyhow::Result<()> {
    match args.what {
        What::Subject(subject) => of_subject(args, subject),
        What::Reports | What::Ledger => whole(args),
    }
}

fn of_subject(args: &ExportArgs, subject: Subject) -> anyhow::Result<()> {
    match args.format {
        As::Text(format) => format.offers(subject)?,
        As::Parquet if cfg!(feature = "arrow") => {}
        As::Parquet => bail!(
            "this build has no Parquet: build it with `cargo build --release --features arrow`, or export `--as csv` or `--as jsonl`"
        ),
    }
    if args.by.is_some() && (subject != Subject::Claims || args.format != As::Parquet) {
        bail!("only `claims --as parquet` is written by month");
    }
    let knowledge = crate::imports::knowledge(&args.store.store)?;
    let ledger = args.store.read()?;
    let filter = args.filter.filter();
    let chosen = ledger.claims(&filter)?;
    let print = |content: &Content<'_>| deliver(args, content, knowledge);
    match subject {
        Subject::Claims if args.by.is_some() => by_month(args, &chosen),
        Subject::Claims => print(&Content::Claims(&chosen)),
        Subject::Events => {
            let world = world(&args.store.store)?;
            print(&Content::Events(&events(&chosen, &world), &chosen))
        }
        Subject::Actors => print(&Content::Actors(&actors_in(&chosen, knowledge))),
        Subject::Sources => {
            let known = known(&ledger, &args.filter.time)?;
            print(&Content::Sources(&sources_in(&chosen, &known.basis(), knowledge)))
        }
        Subject::Control => {
            let known = known(&ledger, &args.filter.time)?;
            let all = control(&known.kept, known.as_of, &known.basis());
            print(&Content::Control(&places_of(all, &chosen, &filter)))
        }
        Subject::Disputes => {
            let known = known(&ledger, &args.filter.time)?;
            print(&Content::Disputes(&disputes_of(&known, &chosen), &known.kept))
        }
    }
}

/// The reports or the ledger, which are not chosen from.
fn whole(args: &ExportArgs) -> anyhow::Result<()> {
    let what = if args.what == What::Reports { "reports" } else { "ledger" };
    if args.format != As::Text(Format::Jsonl) {
        bail!("{what} is written `--as jsonl` only, not as {}", args.format.as_str());
    }
    if args.filter.filter() != Filter::default() {
        bail!("{what} is written whole: leave out the options that choose claims");
    }
    let ledger = args.store.read()?;
    let fill = |out: &mut dyn Write| {
        if args.what == What::Reports {
            return Ok(count(write_reports(&ledger, out)?, "report", "reports"));
        }
        let Moved { extractions, decisions, .. } = write_ledger(&ledger, out)?;
        Ok(format!(
            "{} and {}",
            count(extractions, "extracted report", "extracted reports"),
            count(decisions, "decision", "decisions")
        ))
    };
    if let Some(path) = &args.out {
        let wrote = to_file(path, fill)?;
        say(&format!("wrote {wrote} to {}", path.display()));
        return Ok(());
    }
    let mut output = Output::new();
    fill(&mut output)?;
    output.finish()
}

/// Those of `all` that a chosen claim rests on and, where a part of the world was asked for, that lie there.
fn places_of(all: Vec<PlaceControl>, chosen: &[Kept], filter: &Filter) -> Vec<PlaceControl> {
    let ids: BTreeSet<&str> = chosen.iter().map(|kept| kept.claim.id.as_str()).collect();
    let there = |found: &PlaceControl| {
        let place = &found.place;
        let country = filter
            .country
            .as_deref()
            .is_none_or(|code| place.country.as_deref().is_some_and(|have| have.eq_ignore_ascii_case(code)));
        let near = |around: Around| place.lat.zip(place.lon).is_some_and(|(lat, lon)| around.holds(lat, lon));
        let named =
            |wanted: &str| place.id.as_deref() == Some(wanted) || place.name.eq_ignore_ascii_case(wanted);
        country && filter.around.is_none_or(near) && filter.place.as_deref().is_none_or(named)
    };
    let told = |found: &PlaceControl| found.evidence.iter().any(|one| ids.contains(one.claim.as_str()));
    all.into_iter().filter(|found| told(found) && there(found)).collect()
}

/// The disputes that one of the chosen claims takes part in.
fn disputes_of(known: &Known, chosen: &[Kept]) -> Vec<Disputed> {
    let ids: BTreeSet<&str> = chosen.iter().map(|kept| kept.claim.id.as_str()).collect();
    let question = known.question(None, known.first());
    let mut found = situation(&known.kept, &question, &known.basis()).disputes;
    found.retain(|dispute| {
        dispute.sides.iter().flat_map(|side| &side.claims).any(|claim| ids.contains(claim.as_str()))
    });
    found
}

/// Writes `content` to where it should go, and tells what the format has no room for.
fn deliver(args: &ExportArgs, content: &Content<'_>, knowledge: &Knowledge) -> anyhow::Result<()> {
    let fill = |out: &mut dyn Write| match args.format {
        As::Text(format) => Ok(write(content, format, knowledge, out)?),
        As::Parquet => parquet(content, knowledge, out),
    };
    let written = if let Some(path) = &args.out {
        to_file(path, fill)?
    } else {
        let mut output = Output::new();
        let written = fill(&mut output)?;
        output.finish()?;
        written
    };
    tell(&written, args, content.subject());
    Ok(())
}

#[cfg(feature = "arrow")]
fn parquet(content: &Content<'_>, knowledge: &Knowledge, out: &mut dyn Write) -> anyhow::Result<Written> {
    Ok(Written { rows: contested_arrow::write_parquet(content, knowledge, out)?, ..Written::default() })
}

/// A folder of Parquet files, as archives are kept: `month=2017-11/claims.parquet`.
#[cfg(feature = "arrow")]
fn by_month(args: &ExportArgs, chosen: &[Kept]) -> anyhow::Result<()> {
    let Some(folder) = &args.out else { bail!("name the folder with --out") };
    let cannot = || format!("cannot write into {}", folder.display());
    std::fs::create_dir_all(folder).with_context(cannot)?;
    // A month that has no claim any more would stay as it was, and be counted with the others.
    if folder.read_dir().with_context(cannot)?.next().is_some() {
        bail!("{} is not empty: name a new folder", folder.display());
    }
    let mut months = 0;
    let rows = contested_arrow::write_by_month(chosen, |month, bytes| {
        months += 1;
        let folder = folder.join(format!("month={month}"));
        std::fs::create_dir_all(&folder).with_context(cannot)?;
        to_file(&folder.join("claims.parquet"), |out| out.write_all(bytes).with_context(cannot))
    })?;
    say(&format!(
        "wrote {} of {} to {}",
        count(rows, "record", "records"),
        count(months, "month", "months"),
        folder.display()
    ));
    Ok(())
}

#[cfg(not(feature = "arrow"))]
fn by_month(_: &ExportArgs, _: &[Kept]) -> anyhow::Result<()> {
    bail!("this build has no Parquet")
}

#[cfg(not(feature = "arrow"))]
fn parquet(_: &Content<'_>, _: &Knowledge, _: &mut dyn Write) -> anyhow::Result<Written> {
    bail!("this build has no Parquet")
}

/// Writes a file beside `path` and puts it in its place when it is whole, so that nobody finds half of one.
fn to_file<T>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> anyhow::Result<T>) -> anyhow::Result<T> {
    if path.is_dir() {
        bail!("{} is a folder: name a file", path.display());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot = || {
        format!(
            "cannot write {}: check that the folder is there and that you may write to it",
            path.display()
        )
    };
    let file = tempfile::NamedTempFile::new_in(folder).with_context(cannot)?;
    let mut out = BufWriter::new(file);
    let value = fill(&mut out)?;
    let file = out.into_inner().map_err(std::io::IntoInnerError::into_error).with_context(cannot)?;
    readable(file.as_file())?;
    file.persist(path).with_context(cannot)?;
    Ok(value)
}

/// A temporary file is for its owner only; an export is as any other file.
#[cfg(unix)]
fn readable(file: &File) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(file.set_permissions(std::fs::Permissions::from_mode(0o644))?)
}

#[cfg(not(unix))]
fn readable(_: &File) -> anyhow::Result<()> {
    Ok(())
}

fn tell(written: &Written, args: &ExportArgs, subject: Subject) {
    let left: usize = written.left_out.values().sum();
    let mut words = Vec::new();
    if let Some(path) = &args.out {
        words.push(format!("wrote {} to {}", count(written.rows, "record", "records"), path.display()));
    }
    if left > 0 {
        let reasons: Vec<String> =
            written.left_out.iter().map(|(reason, number)| format!("{number} {reason}")).collect();
        words.push(format!(
            "{} has no room for {left} of the {subject}: {}",
            args.format.as_str(),
            reasons.join(", ")
        ));
    }
    if !words.is_empty() {
        say(&words.join("; "));
    }
}

fn say(words: &str) {
    // Nothing can be done when standard error is closed.
    let _ = writeln!(std::io::stderr(), "{words}");
}
