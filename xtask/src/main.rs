//! Developer tasks (`cargo xtask TASK`). Never part of what ships.
//!
//! - `gazetteer --from DIR [--out FILE]` compiles the embedded gazetteer, see [`gazetteer`].
//! - `places-eval [--shared DIR] [--verbose]` measures it, see [`places_eval`].
//! - `actors-eval [--shared DIR] [--verbose]` measures the actors, see [`actors_eval`].
//! - `claim-features GOLD_DIR` prints candidate claims with the features of the confidence model, see [`features`].
//! - `role-features GOLD_DIR` prints candidate claims with everybody who could fill their roles, see [`features`].
//! - `backtest [--shared DIR] [--verbose]` measures it on the prose of a table, see [`backtest`].
//! - `campaign [--verbose]` measures the assessment against the demonstration's gold, see [`campaign`].
//! - `simulate [--seed N]` measures the assessment against a war whose truth is known, see [`simulate`].
//! - `copies-eval [--shared DIR] [--reports N] [--verbose]` measures how copies of reports are found, see [`copies_eval`].
//! - `ledger-load [--claims N] [--dir DIR]` measures the ledger with many claims, see [`ledger_load`].
//! - `mutate [--seconds N] [--each N]` breaks files of every kind and reads them, see [`mutate`].
//! - `make-warc --out FILE [--bytes N] [--gzip] [--english N]` makes a web archive to measure reading by, see [`make_warc`].
//! - `results [--write] [--binary FILE] [--shared DIR]` holds the figures against `eval/RESULTS.csv`, see [`results`].
//! - `language [--write] [--raw DIR] [--shared DIR]` holds trees, names and sentences against `eval/LANGUAGE.csv`, see [`language`].
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a developer's command line: it reads files and prints"
)]

mod actors_eval;
mod backtest;
mod campaign;
mod copies_eval;
mod features;
mod gazetteer;
mod language;
mod ledger_load;
mod make_warc;
mod mutate;
mod places_eval;
mod places_precision;
mod results;
mod simulate;
mod syndication;

const TASKS: &str = "tasks: gazetteer --from DIR [--out FILE], places-eval [--shared DIR], actors-eval [--shared DIR], results [--write], language [--write], claim-features GOLD_DIR, role-features GOLD_DIR, simulate [--seed N], campaign [--verbose], backtest [--shared DIR], copies-eval [--shared DIR], ledger-load [--claims N], mutate [--seconds N] [--each N], make-warc --out FILE [--bytes N] [--gzip]";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((task, rest)) = arguments.split_first() else { anyhow::bail!("no task named; {TASKS}") };
    match task.as_str() {
        "actors-eval" => actors_eval::run(rest),
        "places-eval" => places_eval::run(rest),
        "claim-features" | "role-features" => {
            let Some(gold) = rest.first() else {
                anyhow::bail!("{task} needs the folder of annotated reports")
            };
            features::run(std::path::Path::new(gold), task == "role-features")
        }
        "copies-eval" => copies_eval::run(rest),
        "ledger-load" => ledger_load::run(rest),
        "make-warc" => make_warc::run(rest),
        "mutate" => mutate::run(rest),
        "gazetteer" => gazetteer::run(rest),
        "backtest" => backtest::run(rest),
        "campaign" => campaign::run(rest),
        "simulate" => simulate::run(rest),
        "results" => results::run(rest),
        "language" => language::run(rest),
        other => anyhow::bail!("no task {other}; {TASKS}"),
    }
}

/// The value after `--name`.
fn option<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1)).map(String::as_str)
}
