//! `ledger-load [--claims N] [--dir DIR]`: how fast the ledger takes in and answers with many claims, all indexes kept.
//!
//! Reports of 20 claims each are made up, in the order of ten years: 20,000 places of 40 countries, named after a power law, 400 actors of which
//! three fight for a place, 60 outlets. Making them is not measured; putting them into JSON, finding copies, and every index is. A batch is 256
//! reports, one transaction on the disk, as `contested add` has it. Times are wall-clock and, because machines are shared, of the processor.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use contested_assess::{Basis, Nothing, Question, control, situation};
use contested_ledger::{Area, Entry, Filter, Ledger};
use contested_model::testing::told;
use contested_model::{
    Claim, ClaimType, Extractor, Report, SourceKind, Span, claim_id, claim_key, text_hash,
};
use jiff::civil::Date;

use crate::option;
use crate::syndication::Dice;

const REPORTS_A_BATCH: usize = 256;
const CLAIMS_A_REPORT: usize = 20;
const PLACES: usize = 20_000;
const ACTORS: usize = 400;
const DAYS: usize = 3650;

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let claims: usize = option(arguments, "--claims").map_or(Ok(1_000_000), str::parse)?;
    let folder = PathBuf::from(option(arguments, "--dir").unwrap_or("target"));
    let path = folder.join("ledger-load.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    let mut ledger = Ledger::open(&path)?;
    let mut dice = Dice::new(8);
    let batch = REPORTS_A_BATCH * CLAIMS_A_REPORT;
    let (mut done, mut number) = (0, 0);
    let mut early = Clock::default();
    let mut late = Clock::default();
    let mut all = Clock::default();
    while done < claims {
        let entries: Vec<Entry> = (0..REPORTS_A_BATCH)
            .map(|_| {
                number += 1;
                entry(number, done_by(number, claims), &mut dice)
            })
            .collect();
        let start = Clock::now();
        ledger.add(&entries, "2026-01-01T00:00:00Z".parse()?)?;
        let spent = start.elapsed();
        all.add(&spent, batch);
        // Around the first hundred thousand, and at the end.
        if (50_000..150_000).contains(&done) {
            early.add(&spent, batch);
        }
        if done + 100_000 >= claims {
            late.add(&spent, batch);
        }
        done += batch;
        if done >= 100_000 && done < 100_000 + batch {
            reassessed(&mut ledger, &mut number, claims, &mut dice)?;
        }
    }
    println!("claims               {done}, file {} MB", std::fs::metadata(&path)?.len() >> 20);
    println!("append, all          {all}");
    println!("append, at 10^5      {early}");
    println!(
        "append, at the end   {late}  (x {:.2} of the processor's time a claim)",
        late.each() / early.each()
    );
    reassessed(&mut ledger, &mut number, claims, &mut dice)?;
    drop(ledger);
    questions(&path, &mut dice)?;
    assessments(&path, &mut dice)
}

/// The day on which a report of an archive of so many claims was published.
fn done_by(number: usize, claims: usize) -> Date {
    day((number * CLAIMS_A_REPORT * DAYS / claims.max(1)).min(DAYS))
}

/// One report more, and who holds each place that it names.
fn reassessed(ledger: &mut Ledger, number: &mut usize, claims: usize, dice: &mut Dice) -> anyhow::Result<()> {
    let (mut times, mut spent) = (Vec::new(), Vec::new());
    let mut places = 0;
    for _ in 0..100 {
        *number += 1;
        let entry = entry(*number, done_by(*number, claims), dice);
        let as_of = entry.report.published.context("made with a day")?;
        // A report of a few sentences, as most are.
        let entry = Entry { claims: entry.claims.into_iter().take(6).collect(), ..entry };
        let named: BTreeSet<String> = entry
            .claims
            .iter()
            .flat_map(|claim| claim.places.iter().filter_map(|place| place.id.clone()))
            .collect();
        let start = Clock::now();
        ledger.add(&[entry], "2026-01-01T00:00:00Z".parse()?)?;
        for id in &named {
            let told = ledger.ground(&Area::Places(vec![id.clone()]), as_of, None)?;
            places += control(&told, as_of, &Basis::of(&Nothing)).len();
        }
        let (wall, processor) = start.elapsed();
        times.push(wall);
        spent.push(processor);
    }
    print!("one report of 6 claims more, its places assessed anew ({places} places): ");
    show(&mut times);
    print!("  of the processor: ");
    show(&mut spent);
    Ok(())
}

/// Who held a place on a day by what was known on a day; and the situation of a country.
fn assessments(path: &Path, dice: &mut Dice) -> anyhow::Result<()> {
    let ledger = Ledger::read(path)?;
    let mut held = Vec::new();
    for _ in 0..300 {
        let id = format!("synth:{}", place(dice));
        let as_of = day(dice.below(DAYS));
        let start = Instant::now();
        let told = ledger.ground(&Area::Places(vec![id]), as_of, Some(as_of))?;
        control(&told, as_of, &Basis::of(&Nothing));
        held.push(start.elapsed());
    }
    print!("who held a place on a day, as known then: ");
    show(&mut held);
    for country in ["AA", "CB", "FD"] {
        let as_of = day(DAYS);
        let since = day(DAYS - 7);
        let start = Instant::now();
        let told = ledger.bearing(&Area::Country(country.to_owned()), as_of, since, None)?;
        let read = start.elapsed();
        let question = Question { as_of, known_at: None, since, area: Some(country.to_owned()) };
        let found = situation(&told, &question, &Basis::of(&Nothing));
        println!(
            "situation of a country: {} claims, {} places, {:.0} ms, of which {:.0} ms reading",
            told.len(),
            found.control.len(),
            start.elapsed().as_secs_f64() * 1e3,
            read.as_secs_f64() * 1e3
        );
    }
    Ok(())
}

/// As-of questions about places, the more told of the more often asked.
fn questions(path: &Path, dice: &mut Dice) -> anyhow::Result<()> {
    let ledger = Ledger::read(path)?;
    let mut last: Vec<Duration> = Vec::new();
    let mut whole: Vec<Duration> = Vec::new();
    let mut found = 0;
    for n in 0..1000 {
        let place = place(dice);
        let (as_of, known_at) = (day(dice.below(DAYS)), day(dice.below(DAYS)));
        let filter = Filter {
            place: Some(format!("synth:{place}")),
            as_of: Some(as_of),
            known_at: Some(known_at),
            ..Filter::default()
        };
        let start = Instant::now();
        found += ledger.claims(&Filter { limit: Some(50), latest: true, ..filter.clone() })?.len();
        last.push(start.elapsed());
        if n % 10 == 0 {
            let rare =
                Filter { place: Some(format!("synth:{}", PLACES / 2 + dice.below(PLACES / 2))), ..filter };
            let start = Instant::now();
            ledger.claims(&rare)?;
            whole.push(start.elapsed());
        }
    }
    print!("as of a day, as known on a day, the last 50 claims of a place ({found} found): ");
    show(&mut last);
    print!("all claims of one of the places less told of: ");
    show(&mut whole);
    Ok(())
}

fn show(times: &mut [Duration]) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms, most {:.2} ms", at(0.5), at(0.9), at(0.99), at(1.0));
}

/// The rank of a place, told of in proportion to 1/rank.
fn place(dice: &mut Dice) -> usize {
    let top = (PLACES as f64).ln();
    ((dice.share() * top).exp() as usize).min(PLACES) - 1
}

fn day(n: usize) -> Date {
    Date::constant(2015, 1, 1).saturating_add(jiff::Span::new().days(n as i64))
}

fn entry(number: usize, published: Date, dice: &mut Dice) -> Entry {
    let outlet = format!("Outlet {}", dice.below(60));
    let sentences: Vec<String> = (0..CLAIMS_A_REPORT).map(|_| sentence(dice)).collect();
    let text = sentences.join(" ");
    let hash = text_hash(&text);
    let mut at = 0;
    let claims = sentences
        .iter()
        .map(|sentence| {
            let claim = claim(number, &outlet, published, &hash, at, sentence, dice);
            at += sentence.chars().count() as u32 + 1;
            claim
        })
        .collect();
    let report = Report {
        id: Some(format!("synthetic-{number}")),
        source: Some(outlet),
        published: Some(published),
        url: Some(format!("https://example.org/{number}")),
        text,
        ..Report::default()
    };
    let extractor = Extractor {
        version: "0.1.0".into(),
        model: "b3:0123456789abcdef".into(),
        knowledge: "b3:0123456789abcdef".into(),
    };
    Entry { report, claims, disputes: Vec::new(), extractor, unread: None }
}

/// Twenty words of a vocabulary of five thousand.
fn sentence(dice: &mut Dice) -> String {
    let words: Vec<String> = (0..20).map(|_| format!("w{:x}", (dice.share() * 8.5).exp() as u32)).collect();
    words.join(" ") + " ."
}

fn claim(
    number: usize,
    outlet: &str,
    published: Date,
    hash: &str,
    at: u32,
    sentence: &str,
    dice: &mut Dice,
) -> Claim {
    let types = [
        ClaimType::Seize,
        ClaimType::Retreat,
        ClaimType::Holds,
        ClaimType::Clash,
        ClaimType::Airstrike,
        ClaimType::Kill,
    ];
    let rank = place(dice);
    let actor = |dice: &mut Dice| format!("Actor {}", (rank * 7 + dice.below(3)) % ACTORS);
    let mut out = told(outlet, &published.to_string(), types[dice.below(types.len())])
        .agent(&actor(dice))
        .target(&actor(dice))
        .place(&format!("Place {rank}"))
        .by(&format!("source {}", dice.below(2000)), SourceKind::LocalOfficial)
        .quote(at, sentence);
    if dice.chance(0.4) {
        out = out.on(&published.saturating_sub(jiff::Span::new().days(dice.below(5) as i64)).to_string());
    }
    let mut out = out.claim();
    out.report.id = format!("synthetic-{number}");
    hash.clone_into(&mut out.report.hash);
    out.places[0].id = Some(format!("synth:{rank}"));
    (out.places[0].lat, out.places[0].lon) =
        (Some(-60.0 + (rank % 120) as f64), Some((rank % 357) as f64 - 178.0));
    out.places[0].country =
        Some(format!("{}{}", (b'A' + (rank % 8) as u8) as char, (b'A' + (rank % 5) as u8) as char));
    let trigger = Span::new(out.evidence.trigger.start, out.evidence.trigger.end);
    out.key = claim_key(hash, trigger, out.kind, 0);
    out.id = claim_id(&out);
    out
}

/// Time on the wall and of this thread's processor, and what was done in it.
#[derive(Debug, Clone, Copy, Default)]
struct Clock {
    wall: Duration,
    processor: Duration,
    done: usize,
}

/// A moment on both clocks.
struct Moment(Instant, Duration);

impl Clock {
    fn now() -> Moment {
        Moment(Instant::now(), processor())
    }

    fn add(&mut self, spent: &(Duration, Duration), done: usize) {
        self.wall += spent.0;
        self.processor += spent.1;
        self.done += done;
    }

    /// Seconds of the processor a claim.
    fn each(&self) -> f64 {
        self.processor.as_secs_f64() / self.done.max(1) as f64
    }
}

impl Moment {
    fn elapsed(&self) -> (Duration, Duration) {
        (self.0.elapsed(), processor().saturating_sub(self.1))
    }
}

impl std::fmt::Display for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rate = |time: Duration| self.done as f64 / time.as_secs_f64().max(1e-9);
        write!(
            f,
            "{:.0} claims a second on the wall, {:.0} of the processor",
            rate(self.wall),
            rate(self.processor)
        )
    }
}

/// What this thread has had of the processor, where the system says so.
fn processor() -> Duration {
    let text =
        std::fs::read_to_string("/proc/thread-self/schedstat").context("no schedstat").unwrap_or_default();
    text.split_whitespace()
        .next()
        .and_then(|nanos| nanos.parse().ok())
        .map_or(Duration::ZERO, Duration::from_nanos)
}
