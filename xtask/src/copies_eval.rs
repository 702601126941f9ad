//! `copies-eval [--shared DIR] [--reports N] [--verbose]`: how many of the copies made by [`syndication`](crate::syndication) from the reports of
//! `data/raw` the ledger finds, and how many of those it finds are copies.
//!
//! All reports and copies are added to a ledger in memory, in an order drawn by lot. A found pair of two different reports of the corpus counts as
//! wrong unless the two share a run of [`REAL`] words: the corpus holds copies of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::Context as _;
use contested_ledger::{Entry, Ledger};
use contested_model::{Extractor, Report};
use jiff::civil::Date;

use crate::option;
use crate::syndication::{Dice, Made, OUTLETS, copy};

/// Words that two reports share in a row only if one was copied from the other, or both from a third: none of the phrases of the trade is so long.
const REAL: usize = 20;
/// Shortest report that is copied, in words.
const SHORTEST: usize = 40;

/// A report or a copy of it.
struct Told {
    base: usize,
    made: Option<Made>,
    report: Report,
}

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let shared = PathBuf::from(option(arguments, "--shared").unwrap_or("../shared"));
    let most: usize = option(arguments, "--reports").map_or(Ok(3000), str::parse)?;
    let verbose = arguments.iter().any(|argument| argument == "--verbose");
    let file = shared.join("data/raw/reports.jsonl.xz");
    let unpacked = Command::new("xz").arg("-dc").arg(&file).output().context("xz is wanted to unpack")?;
    anyhow::ensure!(
        unpacked.status.success() && !unpacked.stdout.is_empty(),
        "{} cannot be read",
        file.display()
    );
    let mut dice = Dice::new(6);
    let bases = bases(&unpacked.stdout, &mut dice)?;
    let mut told = told(&bases, most, &mut dice);
    for at in (1..told.len()).rev() {
        told.swap(at, dice.below(at + 1));
    }
    let start = Instant::now();
    let mut ledger = Ledger::in_memory()?;
    let by = Extractor { version: "0".into(), model: String::new(), knowledge: String::new() };
    for chunk in told.chunks(64) {
        let entries: Vec<Entry> = chunk
            .iter()
            .map(|told| Entry {
                report: told.report.clone(),
                claims: vec![],
                disputes: vec![],
                extractor: by.clone(),
                unread: None,
            })
            .collect();
        ledger.add(&entries, "2020-01-01T00:00:00Z".parse()?)?;
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{} reports and {} copies of {} of them, added in {seconds:.1} s",
        bases.len(),
        told.len() - bases.len(),
        most.min(bases.len())
    );
    score(&told, &ledger.copies()?, verbose);
    Ok(())
}

fn bases(lines: &[u8], dice: &mut Dice) -> anyhow::Result<Vec<Report>> {
    let mut out = Vec::new();
    let mut texts = BTreeSet::new();
    for line in lines.lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let text = record["text"].as_str().unwrap_or_default();
        if text.split_whitespace().count() < SHORTEST || !texts.insert(text.to_owned()) {
            continue;
        }
        let published: Option<Date> = record["published"].as_str().and_then(|day| day.parse().ok());
        out.push(Report {
            id: Some(format!("b{}", out.len())),
            source: record["source"].as_str().map(str::to_owned),
            published: published.or_else(|| {
                Date::new(2000 + (dice.below(20) as i16), 1 + dice.below(12) as i8, 1 + dice.below(28) as i8)
                    .ok()
            }),
            text: text.to_owned(),
            ..Report::default()
        });
    }
    Ok(out)
}

/// All bases, and one to three copies of `most` of them.
fn told(bases: &[Report], most: usize, dice: &mut Dice) -> Vec<Told> {
    let mut out: Vec<Told> = bases
        .iter()
        .enumerate()
        .map(|(base, report)| Told { base, made: None, report: report.clone() })
        .collect();
    let mut order: Vec<usize> = (0..bases.len()).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, dice.below(at + 1));
    }
    for &base in order.iter().take(most) {
        for n in 0..=dice.below(3) {
            let other = &bases[dice.below(bases.len())].text;
            let (text, made) = copy(&bases[base].text, other, dice);
            let day = bases[base].published.unwrap_or(Date::ZERO);
            out.push(Told {
                base,
                made: Some(made),
                report: Report {
                    id: Some(format!("b{base}c{n}")),
                    source: Some(OUTLETS[dice.below(OUTLETS.len())].to_owned()),
                    published: Some(day.saturating_add(jiff::Span::new().days(dice.below(4) as i64))),
                    text,
                    ..Report::default()
                },
            });
        }
    }
    out
}

fn score(told: &[Told], links: &[contested_ledger::CopyOf], verbose: bool) {
    let at: BTreeMap<&str, usize> =
        told.iter().enumerate().filter_map(|(n, told)| Some((told.report.id.as_deref()?, n))).collect();
    let find = |id: &Option<String>| id.as_deref().and_then(|id| at.get(id).copied());
    let pairs: Vec<(usize, usize)> =
        links.iter().filter_map(|link| find(&link.report).zip(find(&link.original))).collect();
    let (mut right, mut real, mut wrong) = (0, 0, 0);
    for &(one, other) in &pairs {
        if told[one].base == told[other].base {
            right += 1;
        } else if share_a_run(&told[one].report.text, &told[other].report.text) {
            real += 1;
        } else {
            wrong += 1;
            if verbose {
                let head = |at: usize| {
                    told[at].report.text.split_whitespace().take(60).collect::<Vec<_>>().join(" ")
                };
                println!("WRONG\n  {}\n  {}", head(one), head(other));
            }
        }
    }
    // Groups: whoever hangs together by links.
    let mut group: Vec<usize> = (0..told.len()).collect();
    fn end(group: &mut [usize], mut at: usize) -> usize {
        while group[at] != at {
            group[at] = group[group[at]];
            at = group[at];
        }
        at
    }
    for &(one, other) in &pairs {
        let (one, other) = (end(&mut group, one), end(&mut group, other));
        group[one] = other;
    }
    let base_at: BTreeMap<usize, usize> = told
        .iter()
        .enumerate()
        .filter(|(_, told)| told.made.is_none())
        .map(|(at, told)| (told.base, at))
        .collect();
    let (mut found, mut copies) = (0, 0);
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, one) in told.iter().enumerate() {
        let Some(made) = one.made else { continue };
        copies += 1;
        let hit = end(&mut group, at) == end(&mut group, base_at[&one.base]);
        found += usize::from(hit);
        let of = [
            ("cut to under half", made.kept < 0.5),
            ("5 % of words edited or more", made.edited >= 0.05),
            ("with background", made.added > 0),
            ("stripped", made.stripped),
        ];
        for (name, is) in of {
            if is {
                let count = kinds.entry(name).or_default();
                count.0 += usize::from(hit);
                count.1 += 1;
            }
        }
        if !hit && verbose {
            println!(
                "MISSED {made:?} {} of {} words",
                one.report.text.split_whitespace().count(),
                told[base_at[&one.base]].report.text.split_whitespace().count()
            );
        }
    }
    let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
    println!(
        "precision {:.4}  ({right} right, {wrong} wrong; {real} pairs more are copies that the corpus itself holds)",
        share(right, right + wrong)
    );
    println!("recall    {:.4}  ({found} of {copies} copies)", share(found, copies));
    for (name, (found, all)) in kinds {
        println!("  {name}: {:.4} of {all}", share(found, all));
    }
}

/// Whether two texts share a run of [`REAL`] words.
fn share_a_run(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let runs: BTreeSet<&[String]> = one.windows(REAL).collect();
    other.windows(REAL).any(|run| runs.contains(run))
}
