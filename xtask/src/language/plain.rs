//! The path without vector instructions against the one that this processor has, on sentences of treebanks.

use std::path::Path;

use contested_language::Model;

use super::corpora::{treebank, unpacked};

/// Sentences that are compared.
const SENTENCES: usize = 5_000;
/// Sentences handed over at once.
const AT_ONCE: usize = 100;

/// The share of sentences that come out the same to the last bit.
pub(super) fn same(banks: &Path) -> anyhow::Result<f64> {
    let mut sentences = Vec::new();
    for file in ["ewt-dev", "gum-open-dev", "ewt-test", "gum-open-test", "pud-test"] {
        sentences.extend(treebank(&unpacked(&banks.join(format!("{file}.conllu.xz")))?));
    }
    sentences.truncate(SENTENCES);
    let mut same = 0;
    for chunk in sentences.chunks(AT_ONCE) {
        let words: Vec<Vec<&str>> =
            chunk.iter().map(|sentence| sentence.forms.iter().map(String::as_str).collect()).collect();
        let words: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
        let (fast, plain) = (Model::embedded().annotate(&words), Model::embedded().annotate_plainly(&words));
        same += fast.iter().zip(&plain).filter(|(fast, plain)| fast == plain).count();
    }
    Ok(same as f64 / sentences.len().max(1) as f64)
}
