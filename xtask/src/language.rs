//! `language [--write] [--shared DIR]`: trees, tags, names and sentence boundaries on public test files, held against `eval/LANGUAGE.csv`.
//!
//! A row is `measure,value,threshold,model`; measures are `SET.COPY.FIGURE`. The check fails when a figure is below its threshold, when it is
//! no longer the one written down, and, where the corpora are not at hand, when the model is another than the one measured. Test files are
//! for kept trials: develop on the development files with `training/evaluate.py --dev`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use contested_language::tags::NameKind;
use contested_language::{AnalyseOptions, Analysis, Model, analyse, analyse_sentences};

use crate::option;

const TABLE: &str = "eval/LANGUAGE.csv";

/// Figures by measure.
type Figures = BTreeMap<String, f64>;

/// A sentence of a treebank.
#[derive(Debug, Default)]
struct Parsed {
    name: String,
    text: String,
    opens_document: bool,
    opens_paragraph: bool,
    forms: Vec<String>,
    tags: Vec<String>,
    heads: Vec<usize>,
    relations: Vec<String>,
}

/// A sentence with names: words, and `(first, past the last, kind)`.
#[derive(Debug, Default)]
struct Named {
    forms: Vec<String>,
    names: BTreeSet<(usize, usize, &'static str)>,
}

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
    let figures = measure(&shared)?;
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

fn measure(shared: &Path) -> anyhow::Result<Figures> {
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
            "ewt" => boundaries(&mut figures, "ewt.raw", &sentences, false),
            "pud-news" => boundaries(&mut figures, "pud-news.one-line", &sentences, true),
            _ => {}
        }
    }
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

/// The words as they are, and as `gold/degrade.py conllu` makes them.
fn copies<'s>(
    sentences: impl Iterator<Item = &'s Vec<String>> + Clone,
) -> [(&'static str, Vec<Vec<String>>); 2] {
    let degraded = sentences.clone().map(|forms| forms.iter().map(|form| degrade(form)).collect()).collect();
    [("cased", sentences.cloned().collect()), ("degraded", degraded)]
}

fn degrade(form: &str) -> String {
    let lower: String =
        form.to_lowercase().chars().map(|c| if "‘’ʼ`´".contains(c) { '\'' } else { c }).collect();
    let quotes = lower.chars().all(|c| "“”\"«»'".contains(c));
    if quotes { "_q_".to_owned() } else { lower.replace('\'', "") }
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

/// Sentences of running text, as the CoNLL 2018 scorer compares them: by their letters, spaces left out. In one line, or in paragraphs.
fn boundaries(figures: &mut Figures, set: &str, gold: &[Parsed], one_line: bool) {
    let (mut right, mut told, mut wanted) = (0, 0, 0);
    let mut first = 0;
    while first < gold.len() {
        let next = gold[first + 1..].iter().position(|s| s.opens_document && !one_line);
        let document = &gold[first..next.map_or(gold.len(), |more| first + 1 + more)];
        first += document.len();
        let mut text = String::new();
        let mut spans = BTreeSet::new();
        let mut letters = 0;
        for sentence in document {
            if !text.is_empty() {
                text.push_str(if sentence.opens_paragraph && !one_line { "\n\n" } else { " " });
            }
            text.push_str(&sentence.text);
            let begun = letters;
            letters += sentence.text.chars().filter(|c| !c.is_whitespace()).count();
            spans.insert((begun, letters));
        }
        let mut before = Vec::with_capacity(text.len());
        let mut count = 0;
        for c in text.chars() {
            before.push(count);
            count += usize::from(!c.is_whitespace());
        }
        before.push(count);
        let options = AnalyseOptions { datelines: false, model: false };
        let found: BTreeSet<_> = analyse(&text, &options)
            .sentences
            .iter()
            .map(|s| (before[s.span.start as usize], before[s.span.end as usize]))
            .collect();
        right += found.intersection(&spans).count();
        told += found.len();
        wanted += spans.len();
    }
    figures.insert(format!("{set}.sentences-f1"), f1(right, told, wanted));
}

fn f1(right: usize, told: usize, wanted: usize) -> f64 {
    2.0 * right as f64 / (told + wanted).max(1) as f64
}

fn treebank(text: &str) -> Vec<Parsed> {
    let mut sentences = Vec::new();
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let mut sentence = Parsed::default();
        for line in block.lines() {
            if let Some(text) = line.strip_prefix("# text = ") {
                text.clone_into(&mut sentence.text);
            } else if let Some(name) = line.strip_prefix("# sent_id = ") {
                name.clone_into(&mut sentence.name);
            } else if line.starts_with("# newdoc") {
                (sentence.opens_document, sentence.opens_paragraph) = (true, true);
            } else if line.starts_with("# newpar") {
                sentence.opens_paragraph = true;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            let is_word = |cells: &[&str]| cells.len() == 10 && cells[0].bytes().all(|b| b.is_ascii_digit());
            if is_word(&cells) {
                sentence.forms.push(cells[1].replace(' ', ""));
                sentence.tags.push(cells[3].to_owned());
                sentence.heads.push(cells[6].parse().unwrap_or(usize::MAX));
                sentence.relations.push(cells[7].to_owned());
            }
        }
        if !sentence.forms.is_empty() {
            sentences.push(sentence);
        }
    }
    sentences
}

/// Sentences of words and BIO or IO marks, a word a line, the mark behind the last `parting`.
fn named(text: &str, parting: char, kind: impl Fn(&str) -> Option<&'static str>) -> Vec<Named> {
    let mut sentences = Vec::new();
    for block in text.split("\n\n") {
        let mut sentence = Named::default();
        let mut open: Option<(usize, &str)> = None;
        let rows = block.lines().filter_map(|line| line.trim_end().rsplit_once(parting));
        for (form, mark) in rows.filter(|(form, _)| *form != "-DOCSTART-") {
            let at = sentence.forms.len();
            sentence.forms.push(form.replace(' ', ""));
            let (place, tag) = mark.split_once('-').unwrap_or(("", ""));
            if open.is_some_and(|(_, before)| before == tag && place != "B") {
                continue;
            }
            close(&mut sentence, open.take(), at, &kind);
            open = (!tag.is_empty()).then_some((at, tag));
        }
        let end = sentence.forms.len();
        close(&mut sentence, open, end, &kind);
        if end > 0 {
            sentences.push(sentence);
        }
    }
    sentences
}

fn close(
    sentence: &mut Named,
    open: Option<(usize, &str)>,
    end: usize,
    kind: &impl Fn(&str) -> Option<&'static str>,
) {
    if let Some((start, kind)) = open.and_then(|(start, tag)| Some((start, kind(tag)?))) {
        sentence.names.insert((start, end, kind));
    }
}

fn unpacked(file: &Path) -> anyhow::Result<String> {
    told(Command::new("xz").arg("-dc").arg(file), file)
}

fn archived(file: &Path, member: &str) -> anyhow::Result<String> {
    told(Command::new("tar").args(["-xJO", "--wildcards", member, "-f"]).arg(file), file)
}

fn told(command: &mut Command, file: &Path) -> anyhow::Result<String> {
    let output = command.output().context("xz and tar are wanted to unpack corpora")?;
    ensure!(
        output.status.success(),
        "cannot unpack {}: {}",
        file.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
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
