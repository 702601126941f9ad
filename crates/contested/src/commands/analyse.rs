mod layers;

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use contested_extract::Extractor;
use contested_knowledge::Knowledge;
use contested_language::{AnalyseOptions, Analysis, Sentence, SentenceRole, analyse, analyse_sentences};
use contested_model::Span;
use serde_json::{Value, json};

use crate::conllu;
use crate::exit::Ending;
use crate::input::{InputArgs, tell};
use crate::output::Output;

/// Sentences of a treebank that are analysed at a time.
const SENTENCES_AT_ONCE: usize = 1024;

/// Show how a text is read: words, tags, tree and names
///
/// Offsets count characters of the text. In CoNLL-U, the last column also tells a word's place in the text, the name it is part of, and
/// whether it stands in quotation marks.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested analyse report.txt
  contested analyse report.txt --json | jq '.sentences[].names'
  contested analyse report.txt --conllu > report.conllu
  contested analyse --tokens treebank.conllu > parsed.conllu
  contested analyse report.txt --attributions | jq -r '.attributions[] | [.speaker.text, .lemma, .content[0].text] | @tsv'
  contested analyse report.txt --factuality | jq -c '.predicates[] | select(.polarity == \"negative\") | .text'
  contested analyse --tokens treebank.conllu --factuality > predicates.tsv")]
pub(crate) struct AnalyseArgs {
    /// Files or folders, as `contested extract` reads them; `-` is standard input
    #[arg(required_unless_present = "tokens", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print one JSON object a report
    #[arg(long, conflicts_with = "conllu")]
    json: bool,
    /// Print CoNLL-U
    #[arg(long)]
    conllu: bool,
    /// Take words and sentences from this CoNLL-U file (`-` is standard input) and print it with our lemmas, tags and trees
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "json"])]
    tokens: Option<PathBuf>,
    /// Print who says what: one JSON object a report
    #[arg(long, conflicts_with_all = ["json", "conllu", "tokens"])]
    attributions: bool,
    /// Print how far every predicate holds: one JSON object a report; with --tokens a line a predicate (sentence, word, polarity,
    /// certainty, outlook, parted by tabs, counted from 1)
    #[arg(long, conflicts_with_all = ["json", "conllu", "attributions"])]
    factuality: bool,
}

pub(crate) fn run(args: &AnalyseArgs) -> anyhow::Result<()> {
    if let Some(path) = &args.tokens {
        return given_words(path, args.factuality);
    }
    let input = InputArgs::files(args.paths.clone());
    let mut output = Output::new();
    let mut reports = input.reports();
    let mut number = 0;
    let mut identifiers = conllu::Identifiers::default();
    for report in reports.by_ref() {
        let report = match report {
            Ok(report) => report,
            Err(diagnostic) => {
                tell(&diagnostic, args.json);
                continue;
            }
        };
        number += 1;
        let id = report.id.clone().unwrap_or_else(|| number.to_string());
        let mut analysis = analyse(&report.text, &AnalyseOptions::default());
        if !args.attributions && !args.factuality {
            Extractor::new(Knowledge::embedded()).name(&report, &mut analysis);
        }
        if args.attributions {
            output.line(layers::attributions(&id, &report.text, &analysis))?;
        } else if args.factuality {
            output.line(layers::predicates(&id, &analysis))?;
        } else if args.json {
            output.line(json_of(&id, &analysis))?;
        } else if args.conllu {
            output.bytes(conllu_of(&identifiers.of(&id), &report.text, &analysis).as_bytes())?;
        } else {
            output.bytes(table_of(&report.text, &analysis).as_bytes())?;
        }
    }
    output.finish()?;
    Ending::of(reports.tally(), 0)
}

fn given_words(path: &std::path::Path, factuality: bool) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let whole = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = whole.split(|byte| *byte == b'\n').count();
        anyhow::anyhow!("{}, line {line}: this is not UTF-8; save the file as UTF-8", path.display())
    })?;
    let given = conllu::read(path, &text)?;
    let mut output = Output::new();
    let mut first = 1;
    for chunk in given.chunks(SENTENCES_AT_ONCE) {
        let words: Vec<Vec<String>> = chunk.iter().map(|sentence| sentence.words.clone()).collect();
        let analysis = analyse_sentences(&words);
        if factuality {
            output.bytes(layers::predicate_lines(first, &analysis).as_bytes())?;
            first += chunk.len();
            continue;
        }
        let mut lines = String::new();
        for (given, sentence) in chunk.iter().zip(&analysis.sentences) {
            conllu::push_given(&mut lines, given, sentence);
        }
        output.bytes(lines.as_bytes())?;
    }
    output.finish()
}

const fn role(role: SentenceRole) -> &'static str {
    match role {
        SentenceRole::Body => "body",
        SentenceRole::Headline => "headline",
        SentenceRole::Furniture => "furniture",
    }
}

fn conllu_of(id: &str, text: &str, analysis: &Analysis) -> String {
    let mut out = format!("# newdoc id = {id}\n");
    let mut paragraph = None;
    for (number, sentence) in with_dateline(text, analysis).iter().enumerate() {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            out.push_str("# newpar\n");
        }
        conllu::push_found(&mut out, &format!("{id}-{}", number + 1), sentence);
    }
    out
}

/// The sentences with the dateline's words in their place as sentences of their own, so that CoNLL-U holds every word of the text.
fn with_dateline(text: &str, analysis: &Analysis) -> Vec<Sentence> {
    let mut sentences = analysis.sentences.clone();
    let Some(found) = &analysis.dateline else { return sentences };
    let dateline = contested_model::CharIndex::new(text).slice(text, found.span);
    let words = analyse(dateline, &AnalyseOptions { datelines: false, ..AnalyseOptions::default() });
    let at = sentences.partition_point(|sentence| sentence.span.start < found.span.start);
    let paragraph = sentences.get(at).or(sentences.last()).map_or(0, |sentence| sentence.paragraph);
    let moved = |span: Span| Span::new(span.start + found.span.start, span.end + found.span.start);
    let taken = words.sentences.into_iter().map(|mut sentence| {
        sentence.span = moved(sentence.span);
        sentence.paragraph = paragraph;
        for token in &mut sentence.tokens {
            token.span = moved(token.span);
        }
        sentence
    });
    sentences.splice(at..at, taken);
    sentences
}

fn json_of(id: &str, analysis: &Analysis) -> Value {
    let dateline = analysis.dateline.as_ref().map(
        |found| json!({"span": found.span, "place": found.place, "agency": found.agency, "date": found.date}),
    );
    let sentences: Vec<Value> = analysis.sentences.iter().map(json_of_sentence).collect();
    json!({"id": id, "dateline": dateline, "sentences": sentences})
}

fn json_of_sentence(sentence: &Sentence) -> Value {
    let tokens = sentence.tokens.iter().map(|token| {
        json!({
            "start": token.span.start, "end": token.span.end, "text": token.text, "norm": token.norm, "lemma": token.lemma,
            "upos": token.upos.as_str(), "xpos": token.xpos.as_str(), "head": token.head, "deprel": token.deprel.as_str(),
            "arc_confidence": token.arc_confidence, "possessive": token.possessive, "quoted": token.quoted,
        })
    });
    let names = sentence.names.iter().map(|name| {
        let words = sentence.tokens.get(name.start as usize..name.end as usize).unwrap_or_default();
        let text: Vec<&str> = words.iter().map(|token| token.text.as_str()).collect();
        json!({"start": name.start, "end": name.end, "kind": name.kind.as_str(), "confidence": name.confidence, "words": text})
    });
    json!({
        "start": sentence.span.start, "end": sentence.span.end, "paragraph": sentence.paragraph, "role": role(sentence.role),
        "tokens": tokens.collect::<Vec<_>>(), "names": names.collect::<Vec<_>>(),
    })
}

fn table_of(text: &str, analysis: &Analysis) -> String {
    let mut out = String::new();
    let index = contested_model::CharIndex::new(text);
    if let Some(found) = &analysis.dateline {
        let _ = writeln!(out, "dateline: {}\n", index.slice(text, found.span));
    }
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let quote = index.slice(text, sentence.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "{} [{}] {quote}", number + 1, role(sentence.role));
        for (k, token) in sentence.tokens.iter().enumerate() {
            let head = token.head.map_or(0, |head| head + 1);
            let name = sentence.names.iter().find(|name| (name.start..name.end).contains(&(k as u32)));
            let name = name.map_or_else(String::new, |name| {
                format!("{}{}", if name.start == k as u32 { "" } else { "… " }, name.kind.as_str())
            });
            let line = format!(
                "  {:>3}  {:<20} {:<16} {:<6} {:<6} {head:>3}  {:<14} {name}",
                k + 1,
                token.text,
                token.lemma,
                token.upos.as_str(),
                token.xpos.as_str(),
                token.deprel.as_str(),
            );
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out.push('\n');
    }
    out
}
