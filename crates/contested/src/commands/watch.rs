use std::cell::RefCell;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use contested_ledger::{Ledger, Watched};
use contested_model::Report;
use contested_read::{Limits, Severity, Tally};
use contested_watch::{Came, Client, ClientLimits, FeedOptions, Feeds, FolderOptions, Round, State, files};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::adding::{Adder, Outcome, add, entry};
use crate::commands::add::in_words;
use crate::exit::Ending;
use crate::extraction::{RunOptions, in_chunks};
use crate::input::{InputArgs, tell};
use crate::output::Output;
use crate::store::StoreArgs;

/// Reports that are extracted at a time.
const CHUNK: usize = 64;
/// How often folders are looked into.
const LOOK: Duration = Duration::from_secs(5);
/// Seconds that a file must have lain unchanged: it may still be being written.
const SETTLED: u64 = 2;
/// How long a server's rules are believed.
const RULES: Duration = Duration::from_hours(24);

/// Follow RSS and Atom feeds and folders, and add what is new to the ledger
///
/// FEEDS.toml names what is followed: `[[feed]]` with `url` and perhaps `source`, `every` and `follow_links`; `[[folder]]` with `path` and perhaps
/// `source`; before them `every`, `contact` and `allow_private`. This is the only command that speaks to a network, and only to these addresses.
/// Servers are asked only for what changed, no oftener than they and their robots.txt allow; one that fails is left alone for longer and longer.
/// What is known of each is kept in the ledger, so that a run that was stopped goes on where it was. Addresses inside the own network are refused
/// unless `allow_private = true`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested watch feeds.toml
  contested watch feeds.toml --once --json
  contested watch feeds.toml --dry-run
  printf '[[feed]]\\nurl = \"https://example.org/rss\"\\nevery = \"30m\"\\n[[folder]]\\npath = \"inbox\"\\n' > feeds.toml")]
pub(crate) struct WatchArgs {
    /// The file that names feeds and folders
    #[arg(value_name = "FEEDS.toml")]
    feeds: PathBuf,
    #[command(flatten)]
    store: StoreArgs,
    /// Ask everything that is due once, and end
    #[arg(long)]
    once: bool,
    /// Ask everything once, due or not, and say what would be added; nothing is kept
    #[arg(long)]
    dry_run: bool,
    /// Threads to use; 0 is one a core
    #[arg(long, default_value_t = 0, value_name = "N")]
    threads: usize,
    /// Print one JSON object for each feed or file that was asked, and problems as JSON Lines
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &WatchArgs) -> anyhow::Result<()> {
    let feeds = Feeds::read(&args.feeds)?;
    let mut ledger = if !args.dry_run {
        Ledger::open(&args.store.store)?
    } else if Ledger::may_be(&args.store.store) {
        args.store.read()?
    } else {
        Ledger::in_memory()?
    };
    let options = RunOptions {
        threads: args.threads,
        json: args.json,
        knowledge: crate::imports::knowledge(&args.store.store)?,
        every_language: false,
    };
    let client = || Client::new(ClientLimits::default(), feeds.allow_private, feeds.contact.as_deref());
    let mut watch =
        Watch { args, options, round: Round::new(client(), limits()), tally: Tally::default(), defects: 0 };
    let mut began = Instant::now();
    loop {
        if began.elapsed() > RULES {
            watch.round = Round::new(client(), limits());
            began = Instant::now();
        }
        let mut next = Timestamp::MAX;
        for feed in &feeds.feeds {
            next = next.min(watch.feed(&mut ledger, feed)?);
        }
        for folder in &feeds.folders {
            watch.folder(&mut ledger, folder)?;
        }
        if args.once || args.dry_run {
            return Ending::of(watch.tally, watch.defects);
        }
        let until = Duration::try_from(next.duration_since(Timestamp::now())).unwrap_or_default();
        let pause =
            if feeds.folders.is_empty() { until.min(Duration::from_hours(1)) } else { until.min(LOOK) };
        std::thread::sleep(pause.max(Duration::from_millis(200)));
    }
}

/// A feed's items are pages' length, not archives'.
fn limits() -> Limits {
    Limits { record_bytes: 4 << 20, ..Limits::default() }
}

/// A run of the command.
struct Watch<'a> {
    args: &'a WatchArgs,
    options: RunOptions,
    round: Round,
    tally: Tally,
    defects: u64,
}

impl Watch<'_> {
    /// Asks a feed if it is due, and says when it is due next.
    fn feed(&mut self, ledger: &mut Ledger, feed: &FeedOptions) -> anyhow::Result<Timestamp> {
        let now = Timestamp::now();
        let known = ledger.watched(&feed.url)?.map(|it| State {
            etag: it.etag,
            modified: it.modified,
            asked_at: it.asked_at,
            next_at: it.next_at,
            failures: it.failures,
            told: it.told,
        });
        if let Some(known) = known.as_ref().filter(|known| known.next_at > now && !self.args.dry_run) {
            return Ok(known.next_at);
        }
        // A dry run shows what a feed holds, changed or not.
        let Came { reports, told, fault, moved, unchanged, state } =
            self.round.ask(feed, known.as_ref().filter(|_| !self.args.dry_run), now);
        for told in &told {
            tell(told, self.args.json);
            self.tally.lost += u64::from(told.severity() == Severity::Error);
        }
        if let Some(fault) = &fault {
            self.tally.lost += 1;
            self.say(
                &feed.url,
                &fault.to_string(),
                &format!("it is asked again after {}", minute(state.next_at)),
            );
        } else {
            self.tally.read += 1;
        }
        if let Some(moved) = &moved {
            self.say(&feed.url, &format!("has moved to {moved} for good"), "change the address in the file");
        }
        let outcome = self.add(ledger, reports)?;
        let status = match (&fault, unchanged) {
            (Some(_), _) => "failed",
            (None, true) => "unchanged",
            (None, false) => "came",
        };
        self.print(&feed.url, status, &outcome, Some(state.next_at))?;
        let State { etag, modified, asked_at, next_at, failures, told } = state;
        if !self.args.dry_run {
            // Only now: what came is in the ledger.
            ledger.note_watched(&Watched {
                what: feed.url.clone(),
                etag,
                modified,
                asked_at,
                next_at,
                failures,
                told,
            })?;
        }
        Ok(next_at)
    }

    /// Adds what is new in a folder.
    fn folder(&mut self, ledger: &mut Ledger, folder: &FolderOptions) -> anyhow::Result<()> {
        let found = match files(&folder.path) {
            Ok(found) => found,
            Err(error) => {
                self.tally.lost += 1;
                let told = format!("cannot be read: {error}");
                self.say(
                    &folder.path.display().to_string(),
                    &told,
                    "check the path and your permission to read it",
                );
                return Ok(());
            }
        };
        for file in found {
            let now = Timestamp::now();
            let what = file.path.display().to_string();
            let known = ledger.watched(&what)?;
            let settled = self.args.once || self.args.dry_run || file.age >= SETTLED;
            if !settled || known.is_some_and(|known| known.etag.as_deref() == Some(&file.version)) {
                continue;
            }
            let input = InputArgs { source: folder.source.clone(), ..InputArgs::file(file.path) };
            let outcome = if self.args.dry_run {
                let mut reports = Vec::new();
                for found in input.reports() {
                    match found {
                        Ok(report) => reports.push(report),
                        Err(told) => tell(&told, self.args.json),
                    }
                }
                self.add(ledger, reports)?
            } else {
                let (outcome, run) = add(ledger, &input, self.options, now)?;
                self.tally.read += run.tally.read;
                self.tally.lost += run.tally.lost;
                self.defects += run.defects;
                outcome
            };
            self.print(&what, "came", &outcome, None)?;
            if !self.args.dry_run {
                let etag = Some(file.version);
                let (modified, told, failures) = (None, None, 0);
                ledger.note_watched(&Watched {
                    what,
                    etag,
                    modified,
                    asked_at: now,
                    next_at: now,
                    failures,
                    told,
                })?;
            }
        }
        Ok(())
    }

    /// Extracts and adds reports; of those that are there, nothing.
    fn add(&mut self, ledger: &mut Ledger, reports: Vec<Report>) -> anyhow::Result<Outcome> {
        let made = contested_extract::Extractor::new(self.options.knowledge).made();
        let mut known = 0;
        let mut new = Vec::new();
        for report in reports {
            if ledger.holds(&report, &made)? { known += 1 } else { new.push(report) }
        }
        if self.args.dry_run {
            let undated = new.iter().filter(|report| report.published.is_none()).count() as u64;
            return Ok(Outcome { new: new.len() as u64, known, undated, ..Outcome::default() });
        }
        let adder = RefCell::new(Adder::new(ledger, Timestamp::now()));
        let mut new = new.into_iter();
        self.defects += in_chunks(
            self.options,
            || {
                let chunk: Vec<Report> = new.by_ref().take(CHUNK).collect();
                Ok((!chunk.is_empty()).then_some(chunk))
            },
            |report, told| Ok(entry(report, told, &made)),
            |entry| adder.borrow_mut().push(entry),
        )?;
        let mut adder = adder.into_inner();
        adder.commit()?;
        adder.outcome.known += known;
        Ok(adder.outcome)
    }

    fn print(
        &self,
        what: &str,
        status: &str,
        outcome: &Outcome,
        next: Option<Timestamp>,
    ) -> anyhow::Result<()> {
        let mut output = Output::new();
        if self.args.json {
            output.line(json!({"record": "watched", "what": what, "status": status, "reports": outcome.new, "already_there": outcome.known,
                               "claims": outcome.claims, "disputes": outcome.disputes, "undated": outcome.undated, "dry_run": self.args.dry_run,
                               "next": next.map(|next| next.to_string())}))?;
        } else if status == "came" {
            let words = match (self.args.dry_run, outcome.new) {
                (true, new) => format!("would add {new} of {}", new + outcome.known),
                (false, _) => in_words(outcome),
            };
            output.line(format!("{what}: {words}"))?;
        } else if status == "unchanged" {
            output.line(format!("{what}: nothing new"))?;
        }
        output.finish()
    }

    /// Tells on standard error what is wrong with a feed or a folder.
    fn say(&self, what: &str, problem: &str, remedy: &str) {
        let text = if self.args.json {
            let told: Value = json!({"record": "diagnostic", "level": "warning", "code": "watch", "file": what, "problem": problem, "remedy": remedy});
            told.to_string()
        } else {
            format!("warning: {what}: {problem}\n  hint: {remedy}")
        };
        // Nothing can be done when standard error is closed.
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}

/// A time to the minute, in UTC.
fn minute(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
