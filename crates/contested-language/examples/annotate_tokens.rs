//! Reads CoNLL-U from standard input, writes it back with the model's tags, heads, relations and names (`Name=B-person` in MISC), given tokens
//! kept; says on standard error how many words it annotated in a second. For training/evaluate.py.
#![allow(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool for the command line, with a clock"
)]

use std::io::{Read, Write};
use std::time::Instant;

use contested_language::Model;

fn main() -> std::io::Result<()> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let sentences: Vec<Vec<&str>> = input
        .split("\n\n")
        .map(|block| {
            let rows = block.lines().filter(|l| !l.starts_with('#')).filter_map(|l| {
                let mut fields = l.split('\t');
                let id = fields.next()?;
                id.bytes().all(|b| b.is_ascii_digit()).then(|| fields.next())?
            });
            rows.collect()
        })
        .filter(|s: &Vec<&str>| !s.is_empty())
        .collect();
    let model = Model::embedded();
    let started = Instant::now();
    // As many sentences at a time as a report has.
    let mut found = Vec::with_capacity(sentences.len());
    for part in sentences.chunks(30) {
        let part: Vec<&[&str]> = part.iter().map(Vec::as_slice).collect();
        found.extend(model.annotate(&part));
    }
    let words: usize = sentences.iter().map(Vec::len).sum();
    let seconds = started.elapsed().as_secs_f64();
    eprintln!(
        "{} words in {seconds:.3} s: {:.0} words a second, model {}",
        words,
        words as f64 / seconds,
        model.id()
    );
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (sentence, annotation) in sentences.iter().zip(&found) {
        let mut misc = vec!["_".to_owned(); sentence.len()];
        for name in &annotation.names {
            for at in name.start..name.end {
                misc[at as usize] =
                    format!("Name={}-{}", if at == name.start { 'B' } else { 'I' }, name.kind.as_str());
            }
        }
        for (i, (form, t)) in sentence.iter().zip(&annotation.tokens).enumerate() {
            let head = t.head.map_or(0, |h| h + 1);
            writeln!(
                out,
                "{}\t{form}\t_\t{}\t{}\t_\t{head}\t{}\t_\t{}",
                i + 1,
                t.upos.as_str(),
                t.xpos.as_str(),
                t.deprel.as_str(),
                misc[i]
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}
