//! CoNLL-U: written from an analysis, and read for the words it holds.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use contested_language::tags::Deprel;
use contested_language::{Sentence, Token};
use unicode_normalization::UnicodeNormalization;

/// A sentence of a CoNLL-U file: its words, and the lines that are kept when it is written again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Given {
    /// The words.
    pub(crate) words: Vec<String>,
    comments: Vec<String>,
    /// Lines of words written together, with the number of words before them.
    ranges: Vec<(usize, String)>,
    misc: Vec<String>,
}

/// Reads the sentences of CoNLL-U text; `path` is named in messages.
pub(crate) fn read(path: &Path, text: &str) -> anyhow::Result<Vec<Given>> {
    let mut sentences = Vec::new();
    let mut given = Given::default();
    for (number, line) in text.lines().enumerate() {
        let at = || format!("{}, line {}", path.display(), number + 1);
        if line.trim().is_empty() {
            if !given.words.is_empty() {
                sentences.push(std::mem::take(&mut given));
            }
            continue;
        }
        if line.starts_with('#') {
            given.comments.push(line.to_owned());
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, .., misc] = columns.as_slice() else {
            bail!("{}: a word has ten columns parted by tabs; is this CoNLL-U?", at())
        };
        if columns.len() != 10 {
            bail!("{}: a word has ten columns parted by tabs, here are {}", at(), columns.len());
        }
        if id.contains('-') {
            given.ranges.push((given.words.len(), line.to_owned()));
        } else if !id.contains('.') {
            let number: usize =
                id.parse().with_context(|| format!("{}: \"{id}\" is no word's number", at()))?;
            if number != given.words.len() + 1 {
                bail!("{}: word {number} follows word {}; number words from 1", at(), given.words.len());
            }
            given.words.push((*form).to_owned());
            given.misc.push((*misc).to_owned());
        }
    }
    if !given.words.is_empty() {
        sentences.push(given);
    }
    Ok(sentences)
}

/// Writes an analysed sentence whose words were given, with the comments, ranges and last column it came with.
pub(crate) fn push_given(out: &mut String, given: &Given, sentence: &Sentence) {
    for comment in &given.comments {
        out.push_str(comment);
        out.push('\n');
    }
    for (at, token) in sentence.tokens.iter().enumerate() {
        for (_, range) in given.ranges.iter().filter(|(before, _)| *before == at) {
            out.push_str(range);
            out.push('\n');
        }
        let misc = given.misc.get(at).map_or("_", String::as_str);
        push_word(out, at, &token.text, token, misc);
    }
    out.push('\n');
}

/// Writes a sentence found in running text; `next` is where the next one begins, if on the same line of text.
///
/// Words that stripped copy parts ("do n t", "gen .") are written without the space inside, letters and their accents as one character,
/// and `# text` agrees with what is written.
pub(crate) fn push_found(out: &mut String, id: &str, sentence: &Sentence) {
    let tokens = &sentence.tokens;
    let forms: Vec<String> = tokens
        .iter()
        .map(|token| token.text.split_whitespace().flat_map(UnicodeNormalization::nfc).collect())
        .collect();
    let touches = |k: usize| tokens.get(k + 1).is_some_and(|next| next.span.start == tokens[k].span.end);
    let _ = writeln!(out, "# sent_id = {id}");
    out.push_str("# text = ");
    for (k, form) in forms.iter().enumerate() {
        out.push_str(form);
        if !touches(k) && k + 1 < forms.len() {
            out.push(' ');
        }
    }
    out.push('\n');
    // Words in one: "did|n't", "Syria|'s", "can|not".
    let mut inside_until = 0;
    for (k, (token, form)) in tokens.iter().zip(&forms).enumerate() {
        if k >= inside_until
            && touches(k)
            && is_clitic(&tokens[k + 1])
            && form.chars().all(char::is_alphanumeric)
        {
            inside_until = k + 2;
            let space = if touches(k + 1) { "SpaceAfter=No" } else { "_" };
            let _ =
                writeln!(out, "{}-{}\t{form}{}\t_\t_\t_\t_\t_\t_\t_\t{space}", k + 1, k + 2, forms[k + 1]);
        }
        let mut misc = format!("End={}", token.span.end);
        if let Some(name) = sentence.names.iter().find(|name| (name.start..name.end).contains(&(k as u32))) {
            let side = if name.start == k as u32 { 'B' } else { 'I' };
            let _ = write!(misc, "|Name={side}-{}", name.kind.as_str());
        }
        if token.quoted {
            misc.push_str("|Quoted=Yes");
        }
        if touches(k) && k >= inside_until {
            misc.push_str("|SpaceAfter=No");
        }
        let _ = write!(misc, "|Start={}", token.span.start);
        push_word(out, k, form, token, &misc);
    }
    out.push('\n');
}

/// Makes identifiers of CoNLL-U out of reports' ids: without white space and slashes, and none twice.
#[derive(Debug, Default)]
pub(crate) struct Identifiers {
    given: BTreeMap<String, u32>,
}

impl Identifiers {
    /// The identifier for the next report, whose id is `id`.
    pub(crate) fn of(&mut self, id: &str) -> String {
        let id: String = id.chars().map(|c| if c.is_whitespace() || c == '/' { '_' } else { c }).collect();
        let times = self.given.entry(id.clone()).or_insert(0);
        *times += 1;
        if *times == 1 { id } else { format!("{id}.{times}") }
    }
}

fn is_clitic(token: &Token) -> bool {
    token.norm == "n't" || token.norm == "not" || token.norm.starts_with('\'') && token.norm.len() > 1
}

fn push_word(out: &mut String, at: usize, form: &str, token: &Token, misc: &str) {
    let column =
        |text: &str| if text.is_empty() { "_".to_owned() } else { text.split_whitespace().collect() };
    let lemma: String = token.lemma.nfc().collect();
    let head = token.head.map_or(0, |head| head + 1);
    let deprel = match (token.head, token.deprel) {
        (None, _) => "root",
        (Some(_), Deprel::Root) => "dep",
        (Some(_), deprel) => deprel.as_str(),
    };
    let _ = writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{deprel}\t_\t{misc}",
        at + 1,
        column(form),
        column(&lemma),
        token.upos.as_str(),
        token.xpos.as_str(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use contested_language::{AnalyseOptions, analyse};

    #[test]
    fn words_of_one_are_told_and_the_text_agrees() {
        let analysis = analyse("The army didn't enter Rawa.", &AnalyseOptions::default());
        let mut out = String::new();
        push_found(&mut out, "x-1", &analysis.sentences[0]);
        assert!(out.starts_with("# sent_id = x-1\n# text = The army didn't enter Rawa.\n"), "{out}");
        assert!(out.contains("\n3-4\tdidn't\t_\t"), "{out}");
        assert_eq!(out.lines().filter(|l| l.contains("\t0\troot\t")).count(), 1, "{out}");
        let read = read(Path::new("x"), &out).expect("what we write");
        assert_eq!(read[0].words, ["The", "army", "did", "n't", "enter", "Rawa", "."]);
    }

    #[test]
    fn messages_name_the_line() {
        let error = read(Path::new("a.conllu"), "# x\n1 The\n").expect_err("no tabs").to_string();
        assert!(error.starts_with("a.conllu, line 2"), "{error}");
    }
}
