//! Word vectors and the two bidirectional LSTM layers, over batches of sentences sorted from the longest to the shortest.

use super::activation::{LIMIT, quantise, sigmoid, tanh};
use super::features;
use super::kernel::{elementwise, multiply};
use super::weights::{Cell, FROZEN, INPUT, SHAPE, TRAINED, Weights};

/// A batch of sentences and where their words lie in the row-wise buffers.
pub(super) struct Batch<'s> {
    sentences: Vec<&'s [&'s str]>,
    /// First row of each sentence.
    starts: Vec<usize>,
    rows: usize,
}

impl<'s> Batch<'s> {
    /// `sentences` must be ordered from the longest to the shortest.
    pub(super) fn new(sentences: Vec<&'s [&'s str]>) -> Self {
        let mut rows = 0;
        let starts = sentences
            .iter()
            .map(|s| {
                let at = rows;
                rows += s.len();
                at
            })
            .collect();
        Self { sentences, starts, rows }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn sentences(&self) -> impl Iterator<Item = (usize, &'s [&'s str])> + '_ {
        self.starts.iter().copied().zip(self.sentences.iter().copied())
    }
}

/// The quantised final states (±4095 for ±1), one row of 2·hidden a word.
pub(super) fn encode(weights: &Weights, batch: &Batch) -> Vec<i16> {
    let mut x = embed(weights, batch);
    let width = 2 * weights.hidden;
    for directions in &weights.cells {
        let mut out = vec![0_i16; batch.rows * width];
        for (direction, cell) in directions.iter().enumerate() {
            run(cell, batch, &x, &mut out, weights.hidden, direction == 1);
        }
        x = out;
    }
    x
}

fn embed(weights: &Weights, batch: &Batch) -> Vec<i16> {
    let mut out = vec![0_i16; batch.rows * INPUT];
    let mut canonical = String::new();
    for (start, forms) in batch.sentences() {
        let base = features::case_class(forms) * features::SHAPES;
        for (form, row) in forms.iter().zip(out[start * INPUT..].chunks_exact_mut(INPUT)) {
            features::canonical(form, &mut canonical);
            let word = weights.row(&canonical);
            let affixes = features::affixes(&canonical, weights.buckets);
            let shape = base + features::shape(form);
            elementwise(|| word_vector(weights, word, &affixes, shape, row));
        }
    }
    out
}

#[inline(always)]
fn word_vector(
    weights: &Weights,
    word: usize,
    affixes: &[usize; features::AFFIXES],
    shape: usize,
    row: &mut [i16],
) {
    let scale = weights.input_scale;
    let frozen = &weights.frozen[word * FROZEN..][..FROZEN];
    for ((x, &v), &s) in row.iter_mut().zip(frozen).zip(weights.frozen_scale) {
        *x = quantise(f32::from(v) * s, scale);
    }
    let mut sum = [0_i16; TRAINED];
    for &bucket in affixes {
        for (x, &v) in sum.iter_mut().zip(&weights.affix[bucket * TRAINED..][..TRAINED]) {
            *x += i16::from(v);
        }
    }
    // Row 0 of the trained vectors is the unknown word's; words beyond the trained ones share it.
    let known = if (word + 1) * TRAINED <= weights.trained.len() { word } else { 0 };
    let trained = &weights.trained[known * TRAINED..][..TRAINED];
    for (i, x) in row[FROZEN..FROZEN + TRAINED].iter_mut().enumerate() {
        *x = quantise(
            f32::from(trained[i]) * weights.trained_scale[i] + f32::from(sum[i]) * weights.affix_scale[i],
            scale,
        );
    }
    for (x, &v) in row[FROZEN + TRAINED..].iter_mut().zip(&weights.shape[shape * SHAPE..][..SHAPE]) {
        *x = quantise(v, scale);
    }
}

/// One direction of one layer: writes its half of each row of `out`.
fn run(cell: &Cell, batch: &Batch, x: &[i16], out: &mut [i16], hidden: usize, backward: bool) {
    let gates = 4 * hidden;
    let mut inputs = vec![0_i32; batch.rows * gates];
    multiply(&cell.input, x, &mut inputs);
    let count = batch.sentences.len();
    let mut states = vec![0_i16; count * hidden];
    let mut memory = vec![0_f32; count * hidden];
    let mut sums = vec![0_i32; count * gates];
    let longest = batch.sentences.first().map_or(0, |s| s.len());
    let half = usize::from(backward) * hidden;
    let mut active = count;
    for step in 0..longest {
        while batch.sentences[active - 1].len() <= step {
            active -= 1;
        }
        if step > 0 {
            multiply(&cell.state, &states[..active * hidden], &mut sums[..active * gates]);
        }
        for k in 0..active {
            let at = if backward { batch.sentences[k].len() - 1 - step } else { step };
            let row = batch.starts[k] + at;
            let state = &mut states[k * hidden..][..hidden];
            let memory = &mut memory[k * hidden..][..hidden];
            let from_input = &inputs[row * gates..][..gates];
            let from_state = &sums[k * gates..][..gates];
            elementwise(|| gate(cell, from_input, from_state, memory, state));
            out[row * 2 * hidden + half..][..hidden].copy_from_slice(state);
        }
    }
}

#[inline(always)]
fn gate(cell: &Cell, from_input: &[i32], from_state: &[i32], memory: &mut [f32], state: &mut [i16]) {
    let n = memory.len();
    let parts = |at: usize| {
        (
            &from_input[at * n..][..n],
            &from_state[at * n..][..n],
            &cell.input.scale[at * n..][..n],
            &cell.state.scale[at * n..][..n],
            &cell.input.bias[at * n..][..n],
        )
    };
    let (i, f, g, o) = (parts(0), parts(1), parts(2), parts(3));
    let state = &mut state[..n];
    for k in 0..n {
        let value = |p: &(&[i32], &[i32], &[f32], &[f32], &[f32])| {
            p.0[k] as f32 * p.2[k] + p.1[k] as f32 * p.3[k] + p.4[k]
        };
        let m = sigmoid(value(&f)) * memory[k] + sigmoid(value(&i)) * tanh(value(&g));
        memory[k] = m;
        state[k] = quantise(sigmoid(value(&o)) * tanh(m), LIMIT);
    }
}
