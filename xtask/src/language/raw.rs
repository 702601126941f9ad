//! Running text read from scratch and scored by the scheme of the CoNLL 2018 shared task: words of both sides are matched by the letters that they
//! cover (inside of words written together, by their longest common sequence), and a tag, lemma, head or label counts where its word is matched.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::ensure;
use contested_language::{AnalyseOptions, Analysis, analyse};

use super::corpora::{Parsed, degrade, degrade_text};
use super::{Figures, f1};

/// A document: its text, and what is to be found in it.
pub(super) struct Document {
    pub(super) text: String,
    pub(super) sentences: Vec<Parsed>,
}

/// How documents are written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Documents apart, paragraphs parted by an empty line, sentences by a space.
    Paragraphs,
    /// All in one line.
    OneLine,
}

/// The documents of a treebank.
pub(super) fn documents(sentences: &[Parsed], layout: Layout) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for sentence in sentences {
        if documents.is_empty() || sentence.opens_document && layout == Layout::Paragraphs {
            documents.push(Document { text: String::new(), sentences: Vec::new() });
        }
        let Some(document) = documents.last_mut() else { continue };
        if !document.text.is_empty() {
            let paragraph = sentence.opens_paragraph && layout == Layout::Paragraphs;
            document.text.push_str(if paragraph { "\n\n" } else { " " });
        }
        document.text.push_str(&sentence.text);
        document.sentences.push(sentence.clone());
    }
    documents
}

/// The sentences as `gold/degrade.py` makes them; words that vanish from the text (quotation marks) vanish from the tree.
pub(super) fn degraded(sentences: &[Parsed]) -> Vec<Parsed> {
    let copies = sentences.iter().map(|sentence| {
        let forms: Vec<String> = sentence.forms.iter().map(|form| bare(form)).collect();
        // Where the words went: 0 is above the root, as in heads.
        let mut kept = vec![0];
        for form in &forms {
            kept.push(kept.last().copied().unwrap_or(0) + usize::from(!form.is_empty()));
        }
        let head = |at: usize| {
            let mut head = sentence.heads[at];
            for _ in 0..forms.len() {
                if head == 0 || !forms[head - 1].is_empty() {
                    break;
                }
                head = sentence.heads[head - 1];
            }
            kept[head]
        };
        let mut copy = Parsed { text: degrade_text(&sentence.text), forms: Vec::new(), ..sentence.clone() };
        for cells in [&mut copy.lemmas, &mut copy.tags, &mut copy.relations] {
            let mut at = 0..;
            cells.retain(|_| at.next().is_some_and(|at: usize| !forms[at].is_empty()));
        }
        copy.heads = (0..forms.len()).filter(|&at| !forms[at].is_empty()).map(head).collect();
        copy.joined = sentence
            .joined
            .iter()
            .map(|(first, end, form)| (kept[*first], kept[*end], bare(form)))
            .filter(|(first, end, _)| end > first)
            .collect();
        copy.forms = forms.into_iter().filter(|form| !form.is_empty()).collect();
        copy
    });
    copies.filter(|copy| !copy.forms.is_empty()).collect()
}

fn bare(form: &str) -> String {
    let form = degrade(form);
    if form == "_q_" { String::new() } else { form.replace(['“', '”', '"', '«', '»'], "") }
}

/// A word of either side.
#[derive(Debug)]
struct Word<'a> {
    /// Letters of the document that it covers.
    letters: Range<usize>,
    /// Part of a word written together with others.
    joined: bool,
    form: String,
    tag: &'a str,
    lemma: Cow<'a, str>,
    /// Index among the document's words.
    head: Option<usize>,
    relation: &'a str,
}

/// One reading of a document.
#[derive(Debug, Default)]
struct Side<'a> {
    words: Vec<Word<'a>>,
    sentences: BTreeSet<(usize, usize)>,
}

/// Right, told and wanted.
#[derive(Debug, Default, Clone, Copy)]
struct Count(usize, usize, usize);

/// Scores the analysis of `documents`.
pub(super) fn score(figures: &mut Figures, set: &str, documents: &[Document]) -> anyhow::Result<()> {
    const FIGURES: [&str; 6] = ["sentences-f1", "words-f1", "upos-f1", "lemmas-f1", "uas-f1", "las-f1"];
    let mut counts = [Count::default(); FIGURES.len()];
    for document in documents {
        let wanted = wanted(document)?;
        let analysis = analyse(&document.text, &AnalyseOptions { datelines: false, model: true });
        let told = told(&document.text, &analysis);
        let pairs = matched(&wanted.words, &told.words);
        // The wanted word of each told one.
        let mut twin = vec![None; told.words.len()];
        for &(gold, ours) in &pairs {
            twin[ours] = Some(gold);
        }
        let attached = |gold: &Word<'_>, ours: &Word<'_>| match (gold.head, ours.head) {
            (None, None) => true,
            (Some(gold), Some(ours)) => twin[ours] == Some(gold),
            _ => false,
        };
        let base = |relation: &'_ str| relation.split(':').next().unwrap_or_default().to_owned();
        let right = |test: &dyn Fn(&Word<'_>, &Word<'_>) -> bool| {
            pairs.iter().filter(|&&(gold, ours)| test(&wanted.words[gold], &told.words[ours])).count()
        };
        let found = [
            wanted.sentences.intersection(&told.sentences).count(),
            pairs.len(),
            right(&|gold, ours| gold.tag == ours.tag),
            right(&|gold, ours| gold.lemma == "_" || gold.lemma == ours.lemma),
            right(&attached),
            right(&|gold, ours| attached(gold, ours) && base(gold.relation) == base(ours.relation)),
        ];
        for (at, (count, found)) in counts.iter_mut().zip(found).enumerate() {
            let of = |side: &Side<'_>| if at == 0 { side.sentences.len() } else { side.words.len() };
            *count = Count(count.0 + found, count.1 + of(&told), count.2 + of(&wanted));
        }
    }
    for (figure, Count(right, told, wanted)) in FIGURES.into_iter().zip(counts) {
        figures.insert(format!("{set}.{figure}"), f1(right, told, wanted));
    }
    Ok(())
}

fn wanted(document: &Document) -> anyhow::Result<Side<'_>> {
    let mut side = Side::default();
    let mut at = 0;
    for sentence in &document.sentences {
        let (first, begun) = (side.words.len(), at);
        let mut until = 0;
        let mut whole = 0..0;
        for (word, form) in sentence.forms.iter().enumerate() {
            if let Some((_, end, form)) = sentence.joined.iter().find(|(first, ..)| *first == word) {
                until = *end;
                whole = at..at + form.chars().count();
                at = whole.end;
            }
            let joined = word < until;
            if !joined {
                whole = at..at + form.chars().count();
                at = whole.end;
            }
            side.words.push(Word {
                letters: whole.clone(),
                joined,
                form: form.to_lowercase(),
                tag: &sentence.tags[word],
                lemma: Cow::Borrowed(&sentence.lemmas[word]),
                head: sentence.heads[word].checked_sub(1).map(|head| first + head),
                relation: &sentence.relations[word],
            });
        }
        side.sentences.insert((begun, at));
        let letters = sentence.text.chars().filter(|c| !c.is_whitespace()).count();
        ensure!(at - begun == letters, "the words of sentence {} are not its text", sentence.name);
    }
    Ok(side)
}

fn told<'a>(text: &str, analysis: &'a Analysis) -> Side<'a> {
    let mut before = Vec::with_capacity(text.len());
    let mut count = 0;
    for c in text.chars() {
        before.push(count);
        count += usize::from(!c.is_whitespace());
    }
    before.push(count);
    let mut side = Side::default();
    for sentence in &analysis.sentences {
        side.sentences.insert((before[sentence.span.start as usize], before[sentence.span.end as usize]));
        let first = side.words.len();
        side.words.extend(sentence.tokens.iter().map(|token| Word {
            letters: before[token.span.start as usize]..before[token.span.end as usize],
            joined: false,
            form: token.text.split_whitespace().collect::<String>().to_lowercase(),
            tag: token.upos.as_str(),
            lemma: token.written_lemma(),
            head: token.head.map(|head| first + head as usize),
            relation: token.deprel.as_str(),
        }));
    }
    side
}

/// Pairs of words that are the same one.
fn matched(gold: &[Word<'_>], ours: &[Word<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut g, mut o) = (0, 0);
    while g < gold.len() && o < ours.len() {
        if gold[g].joined {
            let within = gold[g].letters.clone();
            let ends = |words: &[Word<'_>], from: usize| {
                from + words[from..].iter().take_while(|word| word.letters.end <= within.end).count()
            };
            while o < ours.len() && ours[o].letters.start < within.start {
                o += 1;
            }
            let (past_g, past_o) = (ends(gold, g), ends(ours, o));
            let forms = |words: &[Word<'_>]| words.iter().map(|word| word.form.clone()).collect::<Vec<_>>();
            let common = common(&forms(&gold[g..past_g]), &forms(&ours[o..past_o]));
            pairs.extend(common.into_iter().map(|(a, b)| (g + a, o + b)));
            (g, o) = (past_g, past_o);
        } else if gold[g].letters == ours[o].letters {
            pairs.push((g, o));
            (g, o) = (g + 1, o + 1);
        } else if gold[g].letters.start <= ours[o].letters.start {
            g += 1;
        } else {
            o += 1;
        }
    }
    pairs
}

/// The longest common sequence, as pairs of places.
fn common(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = if a[i] == b[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i][j] == longest[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The documents as JSON Lines for `contested analyse --conllu`, and as CoNLL-U for a public scorer to hold its output against.
pub(super) fn written(documents: &[Document]) -> (String, String) {
    use std::fmt::Write as _;
    let (mut texts, mut trees) = (String::new(), String::new());
    for (number, document) in documents.iter().enumerate() {
        let id = format!("d{}", number + 1);
        let _ = writeln!(texts, "{}", serde_json::json!({"id": id, "text": document.text}));
        let _ = writeln!(trees, "# newdoc id = {id}");
        for sentence in &document.sentences {
            let _ = writeln!(trees, "# sent_id = {}\n# text = {}", sentence.name, sentence.text);
            for (at, form) in sentence.forms.iter().enumerate() {
                if let Some((first, end, form)) = sentence.joined.iter().find(|(first, ..)| *first == at) {
                    let _ = writeln!(trees, "{}-{end}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_", first + 1);
                }
                let _ = writeln!(
                    trees,
                    "{}\t{form}\t{}\t{}\t_\t_\t{}\t{}\t_\t_",
                    at + 1,
                    sentence.lemmas[at],
                    sentence.tags[at],
                    sentence.heads[at],
                    sentence.relations[at],
                );
            }
            trees.push('\n');
        }
    }
    (texts, trees)
}
