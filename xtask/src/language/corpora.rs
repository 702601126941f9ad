//! Treebanks and files of names as they lie in the archives, and the copies of them that are measured.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};

/// A sentence of a treebank.
#[derive(Debug, Default, Clone)]
pub(super) struct Parsed {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) opens_document: bool,
    pub(super) opens_paragraph: bool,
    pub(super) forms: Vec<String>,
    pub(super) lemmas: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) heads: Vec<usize>,
    pub(super) relations: Vec<String>,
    /// Words written together: the first, one past the last, and how they are written.
    pub(super) joined: Vec<(usize, usize, String)>,
}

/// A sentence with names: words, and `(first, past the last, kind)`.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) forms: Vec<String>,
    pub(super) names: BTreeSet<(usize, usize, &'static str)>,
}

/// The words as they are, and as `gold/degrade.py conllu` makes them.
pub(super) fn copies<'s>(
    sentences: impl Iterator<Item = &'s Vec<String>> + Clone,
) -> [(&'static str, Vec<Vec<String>>); 2] {
    let degraded = sentences.clone().map(|forms| forms.iter().map(|form| degrade(form)).collect()).collect();
    [("cased", sentences.cloned().collect()), ("degraded", degraded)]
}

pub(super) fn degrade(form: &str) -> String {
    let lower: String =
        form.to_lowercase().chars().map(|c| if "‘’ʼ`´".contains(c) { '\'' } else { c }).collect();
    let quotes = lower.chars().all(|c| "“”\"«»'".contains(c));
    if quotes { "_q_".to_owned() } else { lower.replace('\'', "") }
}

/// A sentence's text as `gold/degrade.py text` makes it.
pub(super) fn degrade_text(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut apart = String::with_capacity(lower.len() + 16);
    let mut rest = lower.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '‘' | '’' | 'ʼ' | '`' | '´' | '\'' | '“' | '”' | '"' | '«' | '»' => apart.push(' '),
            ',' | ';' | ':' | '(' | ')' | '?' | '!' | '[' | ']' | '…' | '—' | '–' => {
                apart.extend([' ', c, ' ']);
            }
            '.' if rest
                .peek()
                .is_none_or(|next| next.is_whitespace() || "‘’ʼ`´'“”\"«»,;:()?![]…—–".contains(*next)) =>
            {
                apart.push_str(" .");
            }
            c => apart.push(c),
        }
    }
    apart.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn treebank(text: &str) -> Vec<Parsed> {
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
            if cells.len() == 10
                && let Some((first, last)) = cells[0].split_once('-')
                && let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>())
            {
                sentence.joined.push((first.saturating_sub(1), last, cells[1].replace(' ', "")));
            }
            if is_word(&cells) {
                sentence.forms.push(cells[1].replace(' ', ""));
                sentence.lemmas.push(cells[2].to_owned());
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
pub(super) fn named(text: &str, parting: char, kind: impl Fn(&str) -> Option<&'static str>) -> Vec<Named> {
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

pub(super) fn unpacked(file: &Path) -> anyhow::Result<String> {
    told(Command::new("xz").arg("-dc").arg(file), file)
}

pub(super) fn archived(file: &Path, member: &str) -> anyhow::Result<String> {
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
