//! What the words found on the walk do to the verdict.

use contested_language::tags::{Deprel, Upos, Xpos};
use contested_model::{Certainty, ClaimType, Phase, Polarity};

use super::Outlook;
use super::lexicon::Effect;
use super::local::{self, Local};
use super::walk::Walk;
use crate::attribution::REPORTING;

impl Walk<'_, '_> {
    /// Applies the words beside `at`; without `all` only the hedges.
    pub(super) fn beside(&mut self, at: u32, except: Option<u32>, all: bool) {
        let local = local::read(self.tree, at, except);
        if all {
            self.words(at, &local, true);
        } else {
            self.hedges(&local);
        }
    }

    pub(super) fn words(&mut self, at: u32, local: &Local, negation: bool) {
        if let Some((word, positive, negative)) = local.modal {
            let effect = if local.negated() && negation { negative } else { positive };
            match effect {
                // "could not reach": not so, and surely.
                Effect::Not => {}
                other => self.modal(at, word, other),
            }
        }
        if negation {
            for &word in &local.negations {
                self.negate("negation.v1", word);
            }
        }
        for &(word, effect) in &local.modifiers {
            self.apply(effect, word, "modifier.v1");
        }
    }

    pub(super) fn hedges(&mut self, local: &Local) {
        for &(word, effect) in &local.modifiers {
            if effect == Effect::Probable && self.tree.deprel(word).is(Deprel::Advmod) {
                self.apply(effect, word, "hedge.clause.v1");
            }
        }
    }

    pub(super) fn modal(&mut self, at: u32, word: u32, effect: Effect) {
        let tree = self.tree;
        let perfect = local::is_perfect(tree, at);
        let condition = local::has_condition(tree, at);
        match effect {
            Effect::Possible | Effect::NotPossible => {
                self.weaken(Certainty::Possible, "modal.possible.v1", word);
                if !perfect && !local::is_progressive(tree, at) && self.verdict.outlook.is_none() {
                    let kind =
                        if condition.is_some() { ClaimType::Conditional } else { ClaimType::Prediction };
                    self.outlook(kind, word, self.subject(at), "modal.outlook.v1");
                }
            }
            Effect::Future | Effect::NotFuture | Effect::Would | Effect::NotWould => {
                let would = matches!(effect, Effect::Would | Effect::NotWould);
                // "who'd crossed" is "had".
                if would && tree.norm(word) == "'d" && matches!(tree.xpos(at), Xpos::Vbn | Xpos::Vbd) {
                    return;
                }
                if would && perfect {
                    self.weaken(Certainty::Possible, "modal.counterfactual.v1", word);
                    return;
                }
                let kind = if condition.is_some() {
                    ClaimType::Conditional
                } else if self.is_willed(at) {
                    ClaimType::Intent
                } else {
                    ClaimType::Prediction
                };
                self.outlook(kind, word, self.subject(at), "modal.future.v1");
            }
            Effect::Must | Effect::NotMust if perfect => {
                self.weaken(Certainty::Probable, "modal.must.v1", word);
            }
            // What must or should be is not said to be.
            Effect::Must | Effect::NotMust => {
                self.outlook(ClaimType::Intent, word, self.subject(at), super::OUGHT);
            }
            _ => {}
        }
    }

    /// Whether the future of this clause is its subject's own will: an active verb whose subject can will.
    pub(super) fn is_willed(&self, at: u32) -> bool {
        let tree = self.tree;
        if !tree.is_verbal(at) || tree.is_passive(at) {
            return false;
        }
        self.subject(at).is_some_and(|s| {
            matches!(tree.upos(s), Upos::Propn)
                || (tree.upos(s) == Upos::Pron
                    && tree.norm(s) != "this"
                    && tree.norm(s) != "there"
                    && tree.norm(s) != "that")
                || REPORTING.headline.contains(tree.lemma(s))
                || crate::outlooks::words::is_willing(tree.lemma(s))
        })
    }

    pub(super) fn apply(&mut self, effect: Effect, word: u32, rule: &'static str) {
        match effect {
            Effect::Fact | Effect::Nothing => {}
            Effect::Not => self.negate(rule, word),
            Effect::Probable => self.weaken(Certainty::Probable, rule, word),
            Effect::NotProbable => {
                self.negate(rule, word);
                self.weaken(Certainty::Probable, rule, word);
            }
            Effect::Possible => self.weaken(Certainty::Possible, rule, word),
            Effect::NotPossible => {
                self.negate(rule, word);
                self.weaken(Certainty::Possible, rule, word);
            }
            Effect::Unstated => self.weaken(Certainty::Unstated, rule, word),
            Effect::Intent => self.outlook(ClaimType::Intent, word, self.subject(word), rule),
            Effect::Prediction => self.outlook(ClaimType::Prediction, word, self.subject(word), rule),
            Effect::MayIntend => {
                self.weaken(Certainty::Possible, rule, word);
                self.outlook(ClaimType::Intent, word, self.subject(word), rule);
            }
            Effect::MayHappen => {
                self.weaken(Certainty::Possible, rule, word);
                self.outlook(ClaimType::Prediction, word, self.subject(word), rule);
            }
            Effect::LikelyHappens | Effect::NotLikelyHappens => {
                if effect == Effect::NotLikelyHappens {
                    self.negate(rule, word);
                }
                self.weaken(Certainty::Probable, rule, word);
                // "is likely to have fled" tells of what is past, "is likely to be hiding" of now
                let tree = self.tree;
                let done = tree.children(word).iter().any(|&c| {
                    tree.deprel(c).is(Deprel::Xcomp)
                        && (local::is_perfect(tree, c) || local::is_progressive(tree, c))
                });
                if !done {
                    self.outlook(ClaimType::Prediction, word, self.subject(word), rule);
                }
            }
            Effect::Conditional => self.outlook(ClaimType::Conditional, word, None, rule),
            Effect::NotIntent => {
                self.negate(rule, word);
                self.outlook(ClaimType::Intent, word, self.subject(word), rule);
            }
            Effect::NotPrediction => {
                self.negate(rule, word);
                self.outlook(ClaimType::Prediction, word, self.subject(word), rule);
            }
            Effect::Attempt => {
                self.verdict.attempt = true;
                self.phase(Phase::Attempt, rule, word);
            }
            Effect::Start => self.phase(Phase::Start, rule, word),
            Effect::Ongoing => self.phase(Phase::Ongoing, rule, word),
            Effect::End => self.phase(Phase::End, rule, word),
            Effect::Future
            | Effect::NotFuture
            | Effect::Would
            | Effect::NotWould
            | Effect::Must
            | Effect::NotMust => {
                self.modal(word, word, effect);
            }
        }
    }

    pub(super) fn negate(&mut self, rule: &'static str, word: u32) {
        self.verdict.polarity = match self.verdict.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
        self.verdict.rules.push((rule, word));
    }

    pub(super) fn weaken(&mut self, to: Certainty, rule: &'static str, word: u32) {
        self.verdict.certainty = self.verdict.certainty.max(to);
        self.verdict.rules.push((rule, word));
    }

    pub(super) fn phase(&mut self, phase: Phase, rule: &'static str, word: u32) {
        self.verdict.phase.get_or_insert(phase);
        self.verdict.rules.push((rule, word));
    }

    pub(super) fn outlook(
        &mut self,
        kind: ClaimType,
        governor: u32,
        holder: Option<u32>,
        rule: &'static str,
    ) {
        self.verdict.outlook.get_or_insert(Outlook { kind, governor, holder });
        self.verdict.rules.push((rule, governor));
    }
}
