//! Fall-backs by the order of words, where the tree hangs no content on a verb of saying.

use contested_language::tags::{Deprel, Upos, Xpos};

use super::phrase::DAYS;
use crate::tree::Tree;

/// Whether one of the words is a finite verb.
fn has_finite(tree: &Tree<'_>, words: &[u32]) -> bool {
    words.iter().any(|&w| {
        matches!(tree.xpos(w), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
            || (tree.upos(w) == Upos::Verb && tree.deprel(w) == Deprel::Root)
    })
}

/// The words between which the verb of saying at `at` and its speaker's phrase stand: what is left of them, or right, or both.
///
/// "…, NP said (on Tuesday)." takes what stands before; "NP said (that) …" what follows; "A, NP said, B" both sides.
pub(super) fn content(
    tree: &Tree<'_>,
    at: u32,
    speaker: (u32, u32),
    strong: bool,
) -> Option<(Vec<u32>, &'static str, bool)> {
    let (first, last) = speaker;
    let start = first.min(at);
    // What belongs to the saying: auxiliaries before, "on Tuesday", "in a statement", "to reporters" after.
    let mut end = at.max(last);
    if last < at && first > at {
        return None;
    }
    while end + 1 < tree.len() {
        let next = end + 1;
        let adjunct = tree.head(next).is_some()
            && (DAYS.contains(&tree.norm(next))
                || tree
                    .ancestors(next)
                    .chain([next])
                    .any(|n| tree.head(n) == Some(at) && n > at && is_adjunct(tree, n)));
        let opener = matches!(tree.norm(next), "on" | "in" | "to" | "late" | "earlier" | "at")
            && tree.head(next).is_some_and(|h| {
                h > next && (tree.head(h) == Some(at) && is_adjunct(tree, h) || DAYS.contains(&tree.norm(h)))
            });
        if !(adjunct || opener) {
            break;
        }
        end = next;
    }
    let word = |w: &u32| tree.upos(*w) != Upos::Punct;
    let left: Vec<u32> = (0..start).collect();
    let right: Vec<u32> = (end + 1..tree.len()).collect();
    let (said_left, said_right) = (has_finite(tree, &left), has_finite(tree, &right));
    let comma_left = start > 0 && matches!(tree.norm(start - 1), "," | "\"" | "''" | "”" | "-" | "’");
    let right_words = right.iter().filter(|w| word(w)).count();
    let inverted = first > at;
    let that = right.first().is_some_and(|&w| matches!(tree.norm(w), "that" | ":"));
    if that || (!inverted && said_right && !(said_left && comma_left)) {
        return Some((right, "said.order.v1", false));
    }
    if said_left && (right_words == 0 || comma_left || inverted) {
        if !strong && !comma_left {
            return None;
        }
        // "A, NP said, B": B belongs to the content unless it is a sentence of its own.
        let joined = right.first().is_some_and(|&w| tree.norm(w) == ",") && !said_right;
        let mut all = left;
        if joined {
            all.extend(right);
        }
        return Some((all, "said.final.v1", false));
    }
    None
}

fn is_adjunct(tree: &Tree<'_>, node: u32) -> bool {
    matches!(
        tree.deprel(node).base(),
        Deprel::Obl | Deprel::Obj | Deprel::Iobj | Deprel::Advmod | Deprel::Nmod
    )
}
