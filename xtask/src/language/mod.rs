//! `language [--write] [--raw DIR] [--shared DIR]`: trees, tags, names and sentence boundaries on public test files, held against
//! `eval/LANGUAGE.csv`. `--raw` leaves the running text of EWT there with its trees, for a public scorer to judge `contested analyse --conllu` by.
//!
//! A row is `measure,value,threshold,model`; measures are `SET.COPY.FIGURE`. The check fails when a figure is below its threshold, when it is
//! no longer the one written down, and, where the corpora are not at hand, when the model is another than the one measured. Test files are
//! for kept trials: develop on the development files with `training/evaluate.py --dev`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::ensure;
use contested_language::tags::NameKind;
use contested_language::{Analysis, Model, analyse_sentences};

use self::corpora::{Named, Parsed, archived, copies, named, treebank, unpacked};
use self::raw::{Layout, degraded, documents};
use crate::option;

mod corpora;
mod plain;
mod raw;
mod seed;

const TABLE: &str = "eval/LANGUAGE.csv";

/// Figures by measure.
type Figures = BTreeMap<String, f64>;

/// `cargo xtask language`.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let shared = PathBuf::from(option(arguments, "--shared").unwrap_or("../shared"));
    let model = Model::embedded().id();
    let committed = read_table()?;
    if !shared.join("data/treebank").is_dir() {
        println!(
            "NOT MEASURED: no treebanks under {}; only the model's name is held against {TABLE}",
            shared.display()
        );
        let stale = committed.iter().find(|(_, row)| row.2 != model);
        ensure!(
            stale.is_none(),
            "{TABLE} was measured with other weights than {model}: `cargo xtask language --write` where the treebanks are"
        );
        return Ok(());
    }
    let figures = measure(&shared, option(arguments, "--raw").map(Path::new))?;
    let mut complaints = Vec::new();
    let mut table = committed.clone();
    for (name, value) in &figures {
        let value = format!("{value:.4}");
        let row = table.entry(name.clone()).or_default();
        println!("{name:28} {value}  threshold {:>6}  committed {}", row.1, row.0);
        if row.1.parse::<f64>().is_ok_and(|least| value.parse::<f64>().is_ok_and(|value| value < least)) {
            complaints.push(format!("{name} is {value}, below its threshold of {}", row.1));
        }
        if row.0 != value || row.2 != model {
            complaints.push(format!("{name} is {value} now, but {} in the table", row.0));
        }
        *row = (value, row.1.clone(), model.to_owned());
    }
    if arguments.iter().any(|argument| argument == "--write") {
        complaints.retain(|complaint| complaint.contains("threshold"));
        write_table(&table)?;
    }
    ensure!(
        complaints.is_empty(),
        "{TABLE}:\n  {}\n`cargo xtask language --write` brings values up to date, thresholds are changed by hand",
        complaints.join("\n  ")
    );
    Ok(())
}

fn measure(shared: &Path, kept: Option<&Path>) -> anyhow::Result<Figures> {
    let mut figures = Figures::new();
    let banks = shared.join("data/treebank");
    for (set, file) in [("ewt", "ewt-test"), ("gum-open", "gum-open-test"), ("pud-news", "pud-test")] {
        let mut sentences = treebank(&unpacked(&banks.join(format!("{file}.conllu.xz")))?);
        if set == "pud-news" {
            sentences.retain(|sentence| sentence.name.starts_with('n'));
        }
        for (copy, forms) in copies(sentences.iter().map(|sentence| &sentence.forms)) {
            trees(&mut figures, &format!("{set}.{copy}"), &sentences, &analyse_sentences(&forms));
        }
        match set {
            "ewt" => {
                for (copy, sentences) in [("raw", sentences.clone()), ("raw-degraded", degraded(&sentences))]
                {
                    let documents = documents(&sentences, Layout::Paragraphs);
                    raw::score(&mut figures, &format!("ewt.{copy}"), &documents)?;
                    if let Some(folder) = kept {
                        let (texts, trees) = raw::written(&documents);
                        std::fs::create_dir_all(folder)?;
                        std::fs::write(folder.join(format!("ewt-{copy}.jsonl")), texts)?;
                        std::fs::write(folder.join(format!("ewt-{copy}.conllu")), trees)?;
                    }
                }
            }
            "pud-news" => {
                raw::score(&mut figures, "pud-news.one-line", &documents(&sentences, Layout::OneLine))?;
            }
            _ => {}
        }
    }
    figures.insert("seed.names".to_owned(), seed::found(shared)?);
    figures.insert("plain-path.same".to_owned(), plain::same(&banks)?);
    let wikigold = archived(&shared.join("data/ner/wikigold.tar.xz"), "*wikigold.conll.txt")?;
    let mut wikigold = named(&wikigold, ' ', |tag| match tag {
        "PER" => Some("person"),
        "ORG" => Some("organisation"),
        "LOC" => Some("place"),
        _ => None,
    });
    // The first four fifths are trained on.
    let last_fifth = wikigold.split_off(wikigold.len() * 4 / 5);
    let crossner = archived(&shared.join("data/ner/crossner-politics.tar.xz"), "*/test.txt")?;
    let crossner = named(&crossner, '\t', |tag| match tag {
        "politician" | "person" => Some("person"),
        "politicalparty" | "organisation" => Some("organisation"),
        "country" | "location" => Some("place"),
        _ => None,
    });
    for (set, sentences) in [("wikigold", last_fifth), ("crossner", crossner)] {
        for (copy, forms) in copies(sentences.iter().map(|sentence| &sentence.forms)) {
            names(&mut figures, &format!("{set}.{copy}"), &sentences, &analyse_sentences(&forms));
        }
    }
    Ok(figures)
}

fn trees(figures: &mut Figures, set: &str, gold: &[Parsed], analysis: &Analysis) {
    let (mut words, mut tags, mut heads, mut labels) = (0_u32, 0_u32, 0_u32, 0_u32);
    for (wanted, found) in gold.iter().zip(&analysis.sentences) {
        for (at, token) in found.tokens.iter().enumerate() {
            words += 1;
            tags += u32::from(token.upos.as_str() == wanted.tags[at]);
            if token.head.map_or(0, |head| head as usize + 1) == wanted.heads[at] {
                heads += 1;
                labels += u32::from(token.deprel.as_str() == wanted.relations[at]);
            }
        }
    }
    for (figure, right) in [("upos", tags), ("uas", heads), ("las", labels)] {
        figures.insert(format!("{set}.{figure}"), f64::from(right) / f64::from(words.max(1)));
    }
}

fn names(figures: &mut Figures, set: &str, gold: &[Named], analysis: &Analysis) {
    let (mut right, mut told, mut wanted) = (0, 0, 0);
    for (gold, found) in gold.iter().zip(&analysis.sentences) {
        let mine: BTreeSet<_> = found
            .names
            .iter()
            .filter_map(|name| Some((name.start as usize, name.end as usize, scored(name.kind)?)))
            .collect();
        right += mine.intersection(&gold.names).count();
        told += mine.len();
        wanted += gold.names.len();
    }
    figures.insert(format!("{set}.names-f1"), f1(right, told, wanted));
}

fn scored(kind: NameKind) -> Option<&'static str> {
    match kind.as_str() {
        "person" => Some("person"),
        "organisation" | "armed-group" => Some("organisation"),
        "place" | "facility" => Some("place"),
        _ => None,
    }
}

fn f1(right: usize, told: usize, wanted: usize) -> f64 {
    2.0 * right as f64 / (told + wanted).max(1) as f64
}

/// Value, threshold and model by measure.
fn read_table() -> anyhow::Result<BTreeMap<String, (String, String, String)>> {
    let mut table = BTreeMap::new();
    if Path::new(TABLE).is_file() {
        for record in csv::Reader::from_path(TABLE)?.records() {
            let record = record?;
            let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
            table.insert(cell(0), (cell(1), cell(2), cell(3)));
        }
    }
    Ok(table)
}

fn write_table(table: &BTreeMap<String, (String, String, String)>) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_path(TABLE)?;
    writer.write_record(["measure", "value", "threshold", "model"])?;
    for (name, (value, threshold, model)) in table {
        writer.write_record([name, value, threshold, model])?;
    }
    Ok(writer.flush()?)
}
