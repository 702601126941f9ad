//! How two words of a tree stand to each other, in words.

use contested_language::tags::Deprel;

use crate::tree::Tree;

/// Steps of the tree between predicate and candidate that a path may have.
const STEPS: usize = 6;

/// The way through the tree from `from` up and down to `to`: "^conj.nsubj", "obl(by)".
pub(super) fn path(tree: &Tree<'_>, from: u32, to: u32) -> String {
    if from == to {
        return "self".to_owned();
    }
    let up: Vec<u32> = std::iter::once(from).chain(tree.ancestors(from)).take(STEPS + 1).collect();
    let down: Vec<u32> = std::iter::once(to).chain(tree.ancestors(to)).take(STEPS + 1).collect();
    let Some((rise, fall)) = up
        .iter()
        .enumerate()
        .find_map(|(rise, node)| down.iter().position(|other| other == node).map(|fall| (rise, fall)))
        .filter(|(rise, fall)| rise + fall <= STEPS)
    else {
        return "long".to_owned();
    };
    let mut text = String::new();
    for &node in &up[..rise] {
        text.push('^');
        text.push_str(tree.deprel(node).base().as_str());
    }
    for &node in down[..fall].iter().rev() {
        text.push('.');
        text.push_str(&tail(tree, node));
    }
    text
}

/// The relation of a word to its head, with its preposition.
pub(super) fn tail(tree: &Tree<'_>, at: u32) -> String {
    let deprel = tree.deprel(at);
    let mut text =
        if matches!(deprel, Deprel::NsubjPass | Deprel::NmodPoss | Deprel::AclRelcl | Deprel::OblAgent) {
            deprel.as_str().to_owned()
        } else {
            deprel.base().as_str().to_owned()
        };
    if deprel.is(Deprel::Obl) || deprel.is(Deprel::Nmod) {
        let case = tree.case(at);
        if !case.is_empty() {
            text.push('(');
            text.push_str(&case);
            text.push(')');
        }
    }
    text
}
