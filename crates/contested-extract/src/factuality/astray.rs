//! Clauses that the parser hung elsewhere, judged by the order of words.

use contested_language::SentenceRole;
use contested_language::tags::{Deprel, Upos, Xpos};
use contested_model::{ClaimType, Polarity};

use super::lexicon::{Effect, Pos, SIGNATURES};
use super::local;
use super::walk::Walk;
use crate::attribution::denial_of;
use crate::tree::Tree;

impl Walk<'_, '_> {
    /// A word that itself says how it stands ("is likely", "it is possible that") when it is the predicate asked about.
    pub(super) fn own(&mut self, token: u32) {
        let tree = self.tree;
        if tree.upos(token) == Upos::Adj
            && let Some(row) = SIGNATURES.find(Pos::Adj, tree.lemma(token), &["to", "that"])
            && matches!(row.positive, Effect::Probable | Effect::Possible)
        {
            self.apply(row.positive, token, "own-word.v1");
        }
        self.never_happened(token);
    }

    /// "an attack that never took place": what a clause after the noun says of its coming about.
    fn never_happened(&mut self, token: u32) {
        let tree = self.tree;
        let clause = tree.children(token).iter().copied().find(|&c| {
            tree.deprel(c) == Deprel::AclRelcl
                && tree.children_by(c, Deprel::Nsubj).any(|s| matches!(tree.norm(s), "that" | "which"))
        });
        let Some(clause) = clause.filter(|_| tree.is_nominal(token)) else { return };
        let comes_about = self
            .predicate_signature(clause, &["subj"])
            .is_some_and(|row| row.positive == Effect::Fact && row.negative == Effect::Not)
            || tree.lemma(clause) == "take"
                && tree.child_by(clause, Deprel::Obj).is_some_and(|object| tree.norm(object) == "place");
        if comes_about && local::read(tree, clause, None).negated() {
            self.negate("never-happened.v1", clause);
        }
    }

    /// "Withdraw at once": an order tells no fact. A bare form that opens its clause, without subject or auxiliary.
    pub(super) fn imperative(&mut self, token: u32) {
        let tree = self.tree;
        let main = matches!(tree.deprel(token), Deprel::Root | Deprel::Parataxis | Deprel::Conj);
        let bare = tree.xpos(token) == Xpos::Vb
            && tree.is_verbal(token)
            && ![Deprel::Nsubj, Deprel::Aux, Deprel::Mark, Deprel::Expl]
                .iter()
                .any(|&r| tree.child_by(token, r).is_some());
        let above = tree.head(token).is_none_or(|h| {
            tree.deprel(token) != Deprel::Conj
                || (tree.deprel(h) == Deprel::Root
                    && tree.xpos(h) == Xpos::Vb
                    && tree.child_by(h, Deprel::Aux).is_none())
        });
        if main && bare && above && tree.sentence.role == SentenceRole::Body {
            self.outlook(ClaimType::Intent, token, None, "imperative.v1");
        }
    }

    /// Whatever else stands in the content of a denial is denied with it ("denied any involvement in the attack").
    pub(super) fn denied(&mut self, token: u32) {
        let Some(cue) = denial_of(self.tree, token) else { return };
        if !self.verdict.rules.iter().any(|&(_, word)| word == cue)
            && self.verdict.polarity == Polarity::Positive
        {
            self.negate("denial.scope.v1", cue);
        }
    }

    /// Governors that the tree lost: a word before the predicate whose clause, by the order of words, it stands in.
    pub(super) fn astray(&mut self, token: u32) {
        let tree = self.tree;
        for v in (0..token).rev() {
            if matches!(
                tree.norm(v),
                ";" | "but" | "while" | "although" | "though" | "after" | "when" | "who" | "which"
            ) {
                return;
            }
            if self.met.contains(&v) {
                if self.is_saying(v) || tree.is_verbal(v) {
                    return;
                }
                continue;
            }
            // "denied it and | warned", "was taken and | there was fighting": a new finite clause.
            if tree.norm(v) == "and"
                && v + 1 < tree.len()
                && matches!(tree.xpos(v + 1), Xpos::Vbd | Xpos::Vbz | Xpos::Ex)
            {
                return;
            }
            let Some(frames) = order_frames(tree, v, token) else { continue };
            let Some(row) = self.predicate_signature(v, &frames) else { continue };
            let local = local::read(tree, v, None);
            let negated = local.negated() || self.refused(v);
            let effect = if negated { row.negative } else { row.positive };
            match effect {
                Effect::Not
                | Effect::NotProbable
                | Effect::Probable
                | Effect::Possible
                | Effect::NotPossible
                | Effect::Unstated => {
                    self.apply(effect, v, "order.clause.v1");
                    return;
                }
                _ if self.is_saying(v) => return,
                _ => {}
            }
        }
    }
}

/// The frames in which a clause after `v` would hang on it, by the words that follow; `None` where none plainly begins.
fn order_frames(tree: &Tree<'_>, v: u32, token: u32) -> Option<Vec<&'static str>> {
    let predicate = tree.is_verbal(v) || tree.upos(v) == Upos::Adj;
    if !predicate {
        return None;
    }
    let passive = tree.is_passive(v);
    // "it is reported": only the impersonal passive takes a clause.
    if passive && !(v.saturating_sub(5)..v).any(|w| tree.norm(w) == "it") {
        return None;
    }
    for w in v + 1..(v + 4).min(token) {
        match tree.norm(w) {
            "that" => return Some(if passive { vec!["that:passive", "that"] } else { vec!["that"] }),
            "whether" | "if" => return Some(vec!["whether"]),
            "who" | "what" | "how" | "which" | "why" if tree.upos(v) == Upos::Adj || w == v + 1 => {
                return Some(vec!["wh"]);
            }
            "," | "." => return None,
            _ => {}
        }
    }
    // A finite clause without "that".
    let finite =
        (v + 2..=token).any(|w| matches!(tree.xpos(w), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md));
    let subject = v + 1 < tree.len()
        && matches!(
            tree.upos(v + 1),
            Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj
        );
    let plain = matches!(tree.xpos(v), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) || (passive && tree.is_verbal(v));
    (finite && subject && plain && tree.is_verbal(v))
        .then(|| if passive { vec!["that:passive"] } else { vec!["that"] })
}
