//! From final states to tags, arcs, labels and names.

use super::activation::{exp, leaky, quantise};
use super::encoder::{Batch, Scratch, room};
use super::kernel::{Elementwise, dot, elementwise, multiply};
use super::labels::{DEPRELS, NAME_LABELS, POSSESSIVES, UPOSES, XPOSES};
use super::weights::Weights;
use super::{SentenceAnnotation, TokenAnnotation, names, tree};

/// Outputs of the taggers, padded to the kernel's sixteen.
pub(super) const LINEAR: usize =
    (UPOSES.len() + XPOSES.len() + NAME_LABELS + POSSESSIVES).next_multiple_of(16);
/// Outputs of the labeller, padded likewise.
pub(super) const DEPRELS_PADDED: usize = DEPRELS.len().next_multiple_of(16);

/// Reads the annotations of every sentence of the batch off the final states.
pub(super) fn annotate(
    weights: &Weights,
    batch: &Batch,
    states: &[i16],
    scratch: &mut Scratch,
) -> Vec<SentenceAnnotation> {
    let map = &weights.states;
    let width = map.outputs;
    let rows = batch.rows();
    let Scratch { inputs, values, .. } = scratch;
    let sums = room(inputs, rows * width);
    multiply(map, states, sums);
    let values = room(values, rows * width);
    for (out, sum) in values.chunks_exact_mut(width).zip(sums.chunks_exact(width)) {
        elementwise(Scaled { sum, scale: map.scale, bias: map.bias, out });
    }
    let (arc, rel) = (weights.arc, weights.rel_root.len());
    let (arc_dep, arc_head, rel_dep, rel_head) =
        (LINEAR, LINEAR + arc, LINEAR + 2 * arc, LINEAR + 2 * arc + rel);

    let mut dep = vec![0_i16; rows * arc];
    let mut head = vec![0_i16; rows * arc];
    for (row, (d, h)) in
        values.chunks_exact(width).zip(dep.chunks_exact_mut(arc).zip(head.chunks_exact_mut(arc)))
    {
        elementwise(Activated { row: &row[arc_dep..arc_dep + arc], scale: weights.dep_scale, out: d });
        elementwise(Activated { row: &row[arc_head..arc_head + arc], scale: weights.head_scale, out: h });
    }
    let between = &weights.arc_between;
    let sums = room(inputs, rows * arc);
    multiply(between, &dep, sums);
    for (d, sum) in dep.chunks_exact_mut(arc).zip(sums.chunks_exact(arc)) {
        elementwise(Requantised {
            sum,
            scale: between.scale,
            bias: between.bias,
            factor: weights.between_scale,
            out: d,
        });
    }

    let unit = 1.0 / (weights.between_scale * weights.head_scale);
    let mut scores = Vec::new();
    let mut heads: Vec<Option<u32>> = Vec::with_capacity(rows);
    let mut confidences = Vec::with_capacity(rows);
    let mut hidden = vec![0_i16; rows * rel];
    for (start, forms) in batch.sentences() {
        let n = forms.len();
        scores.clear();
        scores.resize(n * (n + 1), 0_i32);
        for i in 0..n {
            let d = &dep[(start + i) * arc..][..arc];
            let line = &mut scores[i * (n + 1)..][..=n];
            elementwise(Arcs { dep: d, root: weights.arc_root, heads: &head[start * arc..], line });
        }
        let found = tree::decode(&scores, n);
        for (i, &h) in found.iter().enumerate() {
            let line = &scores[i * (n + 1)..][..=n];
            confidences.push(share(line, h as usize, i + 1, unit));
            let at = start + i;
            let from = if h == 0 {
                weights.rel_root
            } else {
                &values[(start + h as usize - 1) * width + rel_head..][..rel]
            };
            let own = &values[at * width + rel_dep..][..rel];
            let out = &mut hidden[at * rel..][..rel];
            elementwise(Joined { own, from, scale: weights.rel_scale, out });
            heads.push(h.checked_sub(1));
        }
    }
    let map = &weights.rel_out;
    let sums = room(inputs, rows * map.outputs);
    multiply(map, &hidden, sums);

    let mut line = vec![0_f32; map.outputs];
    batch
        .sentences()
        .map(|(start, forms)| {
            let tokens = (start..start + forms.len())
                .map(|at| {
                    let row = &values[at * width..][..LINEAR];
                    let (uposes, rest) = row.split_at(UPOSES.len());
                    let (xposes, rest) = rest.split_at(XPOSES.len());
                    let possessive = best(&rest[NAME_LABELS..NAME_LABELS + POSSESSIVES]);
                    elementwise(Scaled {
                        sum: &sums[at * map.outputs..][..map.outputs],
                        scale: map.scale,
                        bias: map.bias,
                        out: &mut line,
                    });
                    TokenAnnotation {
                        upos: UPOSES[best(uposes)],
                        xpos: XPOSES[best(xposes)],
                        head: heads[at],
                        // A root is labelled as one and nothing else is.
                        deprel: match heads[at] {
                            None => crate::tags::Deprel::Root,
                            Some(_) => DEPRELS[best_but(&line[..DEPRELS.len()], super::labels::ROOT)],
                        },
                        possessive: possessive > 0,
                        arc_confidence: confidences[at],
                    }
                })
                .collect();
            let labels = values[start * width..(start + forms.len()) * width]
                .chunks_exact(width)
                .map(|row| &row[UPOSES.len() + XPOSES.len()..][..NAME_LABELS]);
            SentenceAnnotation { tokens, names: names::decode(labels) }
        })
        .collect()
}

/// Sums to real numbers.
struct Scaled<'a> {
    sum: &'a [i32],
    scale: &'a [f32],
    bias: &'a [f32],
    out: &'a mut [f32],
}

impl Elementwise for Scaled<'_> {
    #[inline(always)]
    fn run(self) {
        for (((x, &s), &f), &b) in self.out.iter_mut().zip(self.sum).zip(self.scale).zip(self.bias) {
            *x = s as f32 * f + b;
        }
    }
}

/// Sums to quantised numbers.
struct Requantised<'a> {
    sum: &'a [i32],
    scale: &'a [f32],
    bias: &'a [f32],
    factor: f32,
    out: &'a mut [i16],
}

impl Elementwise for Requantised<'_> {
    #[inline(always)]
    fn run(self) {
        for (((x, &s), &f), &b) in self.out.iter_mut().zip(self.sum).zip(self.scale).zip(self.bias) {
            *x = quantise(s as f32 * f + b, self.factor);
        }
    }
}

/// Leaky units.
struct Activated<'a> {
    row: &'a [f32],
    scale: f32,
    out: &'a mut [i16],
}

impl Elementwise for Activated<'_> {
    #[inline(always)]
    fn run(self) {
        for (x, &v) in self.out.iter_mut().zip(self.row) {
            *x = quantise(leaky(v), self.scale);
        }
    }
}

/// Scores of all heads for one word.
struct Arcs<'a> {
    dep: &'a [i16],
    root: &'a [i16],
    heads: &'a [i16],
    line: &'a mut [i32],
}

impl Elementwise for Arcs<'_> {
    #[inline(always)]
    fn run(self) {
        self.line[0] = dot(self.dep, self.root);
        for (x, h) in self.line[1..].iter_mut().zip(self.heads.chunks_exact(self.dep.len())) {
            *x = dot(self.dep, h);
        }
    }
}

/// A word and its head, for the label between them.
struct Joined<'a> {
    own: &'a [f32],
    from: &'a [f32],
    scale: f32,
    out: &'a mut [i16],
}

impl Elementwise for Joined<'_> {
    #[inline(always)]
    fn run(self) {
        for ((x, &a), &b) in self.out.iter_mut().zip(self.own).zip(self.from) {
            *x = quantise(leaky(a + b), self.scale);
        }
    }
}

fn best(scores: &[f32]) -> usize {
    best_but(scores, usize::MAX)
}

/// The first of the highest scores, leaving out one index.
fn best_but(scores: &[f32], not: usize) -> usize {
    let mut at = usize::from(not == 0);
    for (i, &s) in scores.iter().enumerate() {
        if s > scores[at] && i != not {
            at = i;
        }
    }
    at
}

/// The probability of `chosen` among all heads but the word itself.
fn share(line: &[i32], chosen: usize, own: usize, unit: f32) -> f32 {
    let top = line[chosen];
    let mut total = 0.0;
    for (j, &s) in line.iter().enumerate() {
        if j != own {
            total += exp((i64::from(s) - i64::from(top)) as f32 * unit);
        }
    }
    1.0 / total
}
