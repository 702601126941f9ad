//! CoNLL-U: written from an analysis, and read for the words it holds.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::bail;
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
            bail!(
                "{}: a word has ten columns parted by tabs, here is no tab; is this CoNLL-U? `contested analyse FILE` reads plain text",
                at()
            )
        };
        if columns.len() != 10 {
            bail!(
                "{}: a word has ten columns parted by tabs, here are {}; write _ for what is not known",
                at(),
                columns.len()
            );
        }
        if form.trim().is_empty() {
            bail!(
                "{}: the second column, the word itself, is empty; write the word, or _ for an unknown one",
                at()
            );
        }
        if let Some((first, last)) = id.split_once('-') {
            if !matches!((first.parse::<usize>(), last.parse::<usize>()), (Ok(first), Ok(last)) if first < last)
            {
                bail!("{}: \"{id}\" is no range of words; write the first and last number, as 3-4", at());
            }
            given.ranges.push((given.words.len(), line.to_owned()));
        } else if !id.contains('.') {
            let Ok(number) = id.parse::<usize>() else {
                bail!("{}: \"{id}\" is no word's number; number the words of a sentence from 1", at())
            };
            if number != given.words.len() + 1 {
                bail!(
                    "{}: word {number} follows word {}; number words from 1, with an empty line between sentences",
                    at(),
                    given.words.len()
                );
            }
            given.words.push((*form).to_owned());
            given.misc.push((*misc).to_owned());
        }
    }
    if !given.words.is_empty() {
        sentences.push(given);
    }
    if sentences.is_empty() {
        bail!("{}: there are no words in it; is this CoNLL-U?", path.display());
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
        push_word(out, at, &given.words[at], token, misc);
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
        push_word(out, k, if form.is_empty() { "_" } else { form }, token, &misc);
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
    let lemma: String =
        token.written_lemma().split_whitespace().flat_map(UnicodeNormalization::nfc).collect();
    let lemma = if lemma.is_empty() { "_" } else { &lemma };
    let head = token.head.map_or(0, |head| head + 1);
    let deprel = match (token.head, token.deprel) {
        (None, _) => "root",
        (Some(_), Deprel::Root) => "dep",
        (Some(_), deprel) => deprel.as_str(),
    };
    let _ = writeln!(
        out,
        "{}\t{form}\t{lemma}\t{}\t{}\t_\t{head}\t{deprel}\t_\t{misc}",
        at + 1,
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
        let rest = "\t_\t_\t_\t_\t_\t_\t_\t_\n";
        for (text, line, remedy) in [
            ("# x\n1 The\n".to_owned(), ", line 2: ", "is this CoNLL-U?"),
            ("1\tThe\t_\n".to_owned(), ", line 1: ", "write _"),
            (format!("1\tThe{rest}3\tdog{rest}"), ", line 2: ", "number words from 1"),
            (format!("\n# y\nx\tThe{rest}"), ", line 3: ", "from 1"),
            (format!("1\t{rest}"), ", line 1: ", "write the word"),
            (format!("1-x\tdont{rest}"), ", line 1: ", "3-4"),
            ("# only a comment\n".to_owned(), "", "no words"),
        ] {
            let error = read(Path::new("a.conllu"), &text).expect_err(&text).to_string();
            assert!(error.starts_with(&format!("a.conllu{line}")) && error.contains(remedy), "{error}");
        }
    }
}
