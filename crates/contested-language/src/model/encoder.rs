//! Word vectors and the two bidirectional LSTM layers, over batches of sentences sorted from the longest to the shortest.

use std::collections::BTreeMap;

use super::activation::{LIMIT, quantise, sigmoid, tanh};
use super::features;
use super::kernel::{Elementwise, elementwise, multiply};
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

/// Buffers kept from batch to batch.
#[derive(Default)]
pub(super) struct Scratch {
    /// Sums of the large products.
    pub(super) inputs: Vec<i32>,
    /// The same as real numbers.
    pub(super) values: Vec<f32>,
    sums: Vec<i32>,
    states: Vec<i16>,
    memory: Vec<f32>,
}

/// The first `count` places of a buffer, whatever they hold.
pub(super) fn room<T: Copy + Default>(buffer: &mut Vec<T>, count: usize) -> &mut [T] {
    if buffer.len() < count {
        buffer.resize(count, T::default());
    }
    &mut buffer[..count]
}

/// The quantised final states (±4095 for ±1), one row of 2·hidden a word.
pub(super) fn encode(weights: &Weights, batch: &Batch, scratch: &mut Scratch) -> Vec<i16> {
    // Words that look the same have the same vector, and the first layer multiplies it once.
    let (mut x, mut index) = embed(weights, batch);
    let width = 2 * weights.hidden;
    for directions in &weights.cells {
        let mut out = vec![0_i16; batch.rows * width];
        for (direction, cell) in directions.iter().enumerate() {
            run(cell, batch, (&x, &index), &mut out, scratch, direction == 1);
        }
        x = out;
        index = (0..batch.rows).collect();
    }
    x
}

/// The distinct word vectors of the batch, and which of them each word has.
fn embed(weights: &Weights, batch: &Batch) -> (Vec<i16>, Vec<usize>) {
    let mut distinct: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let mut out = Vec::new();
    let mut index = Vec::with_capacity(batch.rows);
    let mut canonical = String::new();
    for (_, forms) in batch.sentences() {
        let case = features::case_class(forms);
        for &form in forms {
            let next = out.len() / INPUT;
            let at = *distinct.entry((case, form)).or_insert(next);
            index.push(at);
            if at < next {
                continue;
            }
            out.resize(out.len() + INPUT, 0);
            features::canonical(form, &mut canonical);
            let word = weights.row(&canonical);
            let affixes = features::affixes(&canonical, weights.buckets);
            let shape = case * features::SHAPES + features::shape(form);
            elementwise(WordVector { weights, word, affixes, shape, row: &mut out[next * INPUT..] });
        }
    }
    (out, index)
}

struct WordVector<'a> {
    weights: &'a Weights<'a>,
    word: usize,
    affixes: [usize; features::AFFIXES],
    shape: usize,
    row: &'a mut [i16],
}

impl Elementwise for WordVector<'_> {
    #[inline(always)]
    fn run(self) {
        let Self { weights, word, affixes, shape, row } = self;
        let scale = weights.input_scale;
        let frozen = &weights.frozen[word * FROZEN..][..FROZEN];
        for ((x, &v), &s) in row.iter_mut().zip(frozen).zip(weights.frozen_scale) {
            *x = quantise(f32::from(v) * s, scale);
        }
        let mut sum = [0_i16; TRAINED];
        for bucket in affixes {
            for (x, &v) in sum.iter_mut().zip(&weights.affix[bucket * TRAINED..][..TRAINED]) {
                *x += i16::from(v);
            }
        }
        // Row 0 of the trained vectors is the unknown word's; words beyond the trained ones share it.
        let known = if (word + 1) * TRAINED <= weights.trained.len() { word } else { 0 };
        let trained = &weights.trained[known * TRAINED..][..TRAINED];
        let (trained_scale, affix_scale) =
            (&weights.trained_scale[..TRAINED], &weights.affix_scale[..TRAINED]);
        for (i, x) in row[FROZEN..FROZEN + TRAINED].iter_mut().enumerate() {
            *x = quantise(
                f32::from(trained[i]) * trained_scale[i] + f32::from(sum[i]) * affix_scale[i],
                scale,
            );
        }
        for (x, &v) in row[FROZEN + TRAINED..].iter_mut().zip(&weights.shape[shape * SHAPE..][..SHAPE]) {
            *x = quantise(v, scale);
        }
    }
}

/// One direction of one layer: writes its half of each row of `out`. `x` holds the inputs and which of them each word has.
fn run(
    cell: &Cell,
    batch: &Batch,
    x: (&[i16], &[usize]),
    out: &mut [i16],
    scratch: &mut Scratch,
    backward: bool,
) {
    let gates = cell.input.outputs;
    let hidden = gates / 4;
    let inputs = room(&mut scratch.inputs, x.0.len() / cell.input.inputs * gates);
    multiply(&cell.input, x.0, inputs);
    let count = batch.sentences.len();
    let states = room(&mut scratch.states, count * hidden);
    let memory = room(&mut scratch.memory, count * hidden);
    memory.fill(0.0);
    let sums = room(&mut scratch.sums, count * gates);
    sums.fill(0);
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
            let from_input = &inputs[x.1[row] * gates..][..gates];
            let from_state = &sums[k * gates..][..gates];
            elementwise(Gates { cell, from_input, from_state, memory, state });
            out[row * 2 * hidden + half..][..hidden].copy_from_slice(state);
        }
    }
}

/// One word's step of the cell.
struct Gates<'a> {
    cell: &'a Cell<'a>,
    from_input: &'a [i32],
    from_state: &'a [i32],
    memory: &'a mut [f32],
    state: &'a mut [i16],
}

/// What goes into one gate.
struct Part<'a> {
    input: &'a [i32],
    state: &'a [i32],
    input_scale: &'a [f32],
    state_scale: &'a [f32],
    bias: &'a [f32],
}

impl Part<'_> {
    #[inline(always)]
    fn value(&self, k: usize) -> f32 {
        self.input[k] as f32 * self.input_scale[k] + self.state[k] as f32 * self.state_scale[k] + self.bias[k]
    }
}

impl Elementwise for Gates<'_> {
    #[inline(always)]
    #[allow(clippy::many_single_char_names, reason = "the letters of the cell's equations")]
    fn run(self) {
        let Self { cell, from_input, from_state, memory, state } = self;
        let n = memory.len();
        let part = |at: usize| Part {
            input: &from_input[at * n..][..n],
            state: &from_state[at * n..][..n],
            input_scale: &cell.input.scale[at * n..][..n],
            state_scale: &cell.state.scale[at * n..][..n],
            bias: &cell.input.bias[at * n..][..n],
        };
        let (input, forget, candidate, output) = (part(0), part(1), part(2), part(3));
        let state = &mut state[..n];
        for k in 0..n {
            // memory · σ(forget) + σ(input) · tanh(candidate), over one denominator.
            let ((f, fd), (i, id), (c, cd)) =
                (sigmoid(forget.value(k)), sigmoid(input.value(k)), tanh(candidate.value(k)));
            let both = id * cd;
            let m = (memory[k] * f * both + i * c * fd) / (fd * both);
            memory[k] = m;
            let ((o, od), (t, td)) = (sigmoid(output.value(k)), tanh(m));
            state[k] = quantise((o * t) / (od * td), LIMIT);
        }
    }
}
