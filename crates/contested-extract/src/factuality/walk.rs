//! The walk from a predicate to the word that vouches for it.

use contested_language::tags::Deprel;
use contested_model::{Certainty, Phase, Polarity, Tense};

use super::{Factuality, local, tense};
use crate::tree::Tree;

/// Plain fact.
pub(super) fn plain() -> Factuality {
    Factuality {
        polarity: Polarity::Positive,
        certainty: Certainty::Certain,
        tense: Tense::Past,
        outlook: None,
        phase: None,
        attempt: false,
        verified: None,
        question: false,
        rules: Vec::new(),
    }
}

pub(super) fn judge(tree: &Tree<'_>, token: u32) -> Factuality {
    let mut walk = Walk { tree, verdict: plain(), met: Vec::new(), describes: false, hedges_only: false };
    walk.verdict.tense = tense::of(tree, token);
    walk.beside(token, None, true);
    walk.own(token);
    walk.imperative(token);
    walk.up(token);
    if !walk.describes && (!walk.hedges_only || walk.verdict.rules.is_empty()) {
        walk.astray(token);
    }
    walk.denied(token);
    walk.ask(token);
    if walk.verdict.outlook.is_some() {
        // "to prevent attacks": what is to be prevented is feared, not denied
        let rules = &walk.verdict.rules;
        let averted =
            rules.iter().any(|(rule, _)| matches!(*rule, "purpose.v1" | "complement.v1" | "argument.v1"));
        if averted && !rules.iter().any(|(rule, _)| rule.starts_with("negation.")) {
            walk.verdict.polarity = Polarity::Positive;
        }
        walk.verdict.tense = Tense::Future;
    } else {
        walk.lasts(token);
    }
    walk.verdict
}

/// A predicate's way up its tree and the verdict so far.
pub(super) struct Walk<'t, 's> {
    pub(super) tree: &'t Tree<'s>,
    pub(super) verdict: Factuality,
    /// Governors whose signatures were read on the way.
    pub(super) met: Vec<u32>,
    /// The walk ended at a relative clause, participle or apposition: its noun is only described.
    pub(super) describes: bool,
    /// Only hedges of the whole clause ("reportedly") still reach the predicate; negation, modals and signatures do not.
    pub(super) hedges_only: bool,
}

/// Whether the walk goes on.
pub(super) enum Next {
    Up(u32),
    Stop,
}

impl Walk<'_, '_> {
    fn up(&mut self, from: u32) {
        let mut node = from;
        for _ in 0..self.tree.len() {
            match self.step(node) {
                Next::Up(head) => node = head,
                Next::Stop => return,
            }
        }
    }

    /// "is massing troops", "the town is under attack": what is told as going on.
    fn lasts(&mut self, token: u32) {
        let tree = self.tree;
        let under = tree.child_by(token, Deprel::Cop).is_some() && tree.case(token) == "under";
        if (under || local::is_progressive(tree, token))
            && self.verdict.phase.is_none()
            && self.verdict.polarity == Polarity::Positive
        {
            self.phase(Phase::Ongoing, "phase.progressive.v1", token);
        }
    }

    /// A direct question leaves open what it asks.
    fn ask(&mut self, token: u32) {
        let tree = self.tree;
        let asked = (0..tree.len()).rev().take(3).any(|t| tree.norm(t) == "?");
        let main = std::iter::once(token).chain(tree.ancestors(token)).find(|&n| {
            matches!(
                tree.deprel(n).base(),
                Deprel::Root | Deprel::Ccomp | Deprel::AclRelcl | Deprel::Advcl | Deprel::Parataxis
            )
        });
        if asked && main.is_some_and(|m| matches!(tree.deprel(m).base(), Deprel::Root | Deprel::Parataxis)) {
            self.verdict.question = true;
            self.weaken(Certainty::Possible, "question.v1", token);
        }
    }
}
