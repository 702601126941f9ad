//! Name labels to spans: the best sequence in which an inside label follows its own kind only.

use super::NameSpan;
use super::activation::exp;
use super::labels::{NAME_KINDS, NAME_LABELS};

/// Label 0 is outside; kind k begins with 2k + 1 and goes on with 2k + 2.
pub(super) fn decode<'a>(rows: impl Iterator<Item = &'a [f32]>) -> Vec<NameSpan> {
    let rows: Vec<&[f32]> = rows.collect();
    let mut scores = [f32::NEG_INFINITY; NAME_LABELS];
    let mut back: Vec<[u8; NAME_LABELS]> = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        let mut next = [f32::NEG_INFINITY; NAME_LABELS];
        let mut from = [0_u8; NAME_LABELS];
        let top = best(&scores);
        for (label, score) in next.iter_mut().enumerate() {
            let inside = label > 0 && label % 2 == 0;
            let previous = match (i, inside) {
                (0, true) => continue,
                (0, false) => {
                    *score = row[label];
                    continue;
                }
                (_, true) if scores[label] > scores[label - 1] => label,
                (_, true) => label - 1,
                (_, false) => top,
            };
            *score = scores[previous] + row[label];
            from[label] = previous as u8;
        }
        scores = next;
        back.push(from);
    }
    let mut labels = vec![0_usize; rows.len()];
    let mut at = best(&scores);
    for i in (0..rows.len()).rev() {
        labels[i] = at;
        at = back[i][at] as usize;
    }
    let mut out: Vec<NameSpan> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        if label == 0 {
            continue;
        }
        let sure = probability(rows[i], label);
        match out.last_mut() {
            Some(span) if label % 2 == 0 && span.end as usize == i => {
                span.end += 1;
                span.confidence = span.confidence.min(sure);
            }
            _ => out.push(NameSpan {
                start: i as u32,
                end: i as u32 + 1,
                kind: NAME_KINDS[(label - 1) / 2],
                confidence: sure,
            }),
        }
    }
    out
}

fn best(scores: &[f32]) -> usize {
    let mut at = 0;
    for (i, &s) in scores.iter().enumerate() {
        if s > scores[at] {
            at = i;
        }
    }
    at
}

fn probability(row: &[f32], label: usize) -> f32 {
    1.0 / row.iter().map(|&s| exp(s - row[label])).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inside_label_needs_its_beginning() {
        let mut rows = vec![[0.0_f32; NAME_LABELS]; 3];
        rows[0][2] = 9.0; // inside of the first kind: cannot begin a sentence
        rows[0][1] = 8.0;
        rows[1][2] = 5.0;
        rows[2][0] = 3.0;
        let spans = decode(rows.iter().map(<[f32; NAME_LABELS]>::as_slice));
        assert_eq!(spans.len(), 1);
        assert_eq!((spans[0].start, spans[0].end, spans[0].kind), (0, 2, NAME_KINDS[0]));
    }
}
