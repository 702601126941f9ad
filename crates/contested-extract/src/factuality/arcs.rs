//! The arcs of the walk: how a predicate hangs on the word above it, and what that lets through.

use contested_language::tags::{Deprel, Xpos};
use contested_model::ClaimType;

use super::lexicon::{Effect, Pos, SIGNATURES};
use super::local;
use super::walk::{Next, Walk};
use crate::attribution::REPORTING;
use crate::words::Words;

/// Verbs that tell of more or less of what is there already.
const GROWING: [&str; 12] = [
    "rise",
    "increase",
    "grow",
    "climb",
    "escalate",
    "intensify",
    "worsen",
    "continue",
    "fall",
    "drop",
    "mount",
    "spread",
];

impl Walk<'_, '_> {
    /// One arc up.
    pub(super) fn step(&mut self, node: u32) -> Next {
        let tree = self.tree;
        let Some(head) = tree.head(node) else { return Next::Stop };
        match tree.deprel(node) {
            Deprel::Conj => self.conjunct(node, head),
            Deprel::Appos | Deprel::Flat | Deprel::FlatForeign | Deprel::Goeswith | Deprel::List => {
                Next::Up(head)
            }
            Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass | Deprel::CsubjOuter => self.clause(node, head),
            Deprel::Xcomp if !matches!(tree.lemma(head), "remain" | "become" | "stay" | "pose") => {
                self.open_clause(node, head)
            }
            Deprel::Advcl | Deprel::AdvclRelcl => self.adverbial(node, head),
            Deprel::Acl => self.adnominal(node, head),
            Deprel::AclRelcl => {
                if let Some(word) = local::negative_phrase(tree, head).filter(|_| !self.hedges_only) {
                    self.negate("negation.head.v1", word);
                }
                self.describes = true;
                Next::Stop
            }
            // "expect it to remain a threat": what it remains stands as the remaining does
            Deprel::Obj | Deprel::Xcomp
                if matches!(tree.lemma(head), "remain" | "become" | "stay" | "pose") =>
            {
                Next::Up(head)
            }
            Deprel::Obj | Deprel::Iobj | Deprel::NsubjPass => {
                self.argument(node, head, &["np:passive", "np"])
            }
            Deprel::Nsubj | Deprel::NsubjOuter => {
                if tree.is_passive(head) {
                    self.argument(node, head, &["np:passive", "np"])
                } else {
                    self.argument(node, head, &["subj"])
                }
            }
            relation if relation.is(Deprel::Obl) => self.oblique(node, head),
            Deprel::Nmod | Deprel::NmodDesc | Deprel::NmodUnmarked => self.of_noun(node, head),
            Deprel::Compound | Deprel::Amod | Deprel::NmodPoss => {
                if let Some(row) = self.signature(Pos::Noun, head, &["compound"]) {
                    return self.under(node, head, row, "compound.v1");
                }
                // "moved to the border instead of the conflict zone": what is said of the ground is not said of the fighting
                if Words::Ground.has(tree.lemma(head)) {
                    return Next::Stop;
                }
                if tree.deprel(node) == Deprel::Compound && !self.hedges_only {
                    // "no ceasefire deal", "a possible rebel attack": the head's own words count.
                    self.beside(head, Some(node), true);
                    return Next::Up(head);
                }
                Next::Stop
            }
            _ => Next::Stop,
        }
    }

    /// "denied it had crossed and was attacking", "will seize or destroy", "did not seize or hold".
    pub(super) fn conjunct(&mut self, node: u32, head: u32) -> Next {
        let tree = self.tree;
        let own_subject =
            tree.child_by(node, Deprel::Nsubj).is_some() || tree.child_by(node, Deprel::Expl).is_some();
        let own_aux =
            tree.child_by(node, Deprel::Aux).is_some() || tree.child_by(node, Deprel::Cop).is_some();
        let cc = tree.child_by(node, Deprel::Cc).map_or("", |c| tree.norm(c));
        let nominal = tree.is_nominal(node) && !tree.is_verbal(node);
        // "failed to observe the truce and continued to shell": a finite verb is no conjunct of an infinitive.
        let finite = matches!(tree.xpos(node), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) && tree.is_verbal(node);
        if finite && tree.xpos(head) == Xpos::Vb && tree.deprel(head).is(Deprel::Xcomp) {
            let above =
                tree.ancestors(head).find(|&n| matches!(tree.xpos(n), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp));
            if let Some(above) = above {
                return Next::Up(above);
            }
        }
        if cc == "but" && tree.is_verbal(node) {
            // What is denied before "but" is not denied after it.
            let denied = matches!(self.governor_effect(head), Some(Effect::Not));
            if denied {
                return Next::Stop;
            }
        }
        let there = tree.child_by(node, Deprel::Expl).is_some()
            || (head + 1..node).any(|between| tree.xpos(between) == Xpos::Ex);
        if there && !tree.children_by(node, Deprel::Mark).any(|m| tree.norm(m) == "that") {
            // "it was not true that A was taken and there was still fighting": without a "that" of its own the clause is told anew
            return Next::Stop;
        }
        if !self.hedges_only {
            let local = local::read(tree, head, Some(node));
            if nominal {
                if (cc == "or" || cc == "nor" || local.negations.iter().all(|&n| n < node))
                    && let Some(word) = local
                        .negations
                        .first()
                        .copied()
                        .filter(|&w| tree.deprel(w).is(Deprel::Det) && w < head)
                {
                    self.negate("negation.shared.v1", word);
                }
                for (word, effect) in local.modifiers {
                    if word < head
                        && tree.deprel(word).is(Deprel::Amod)
                        && tree.child_by(node, Deprel::Amod).is_none()
                        && tree.child_by(node, Deprel::Det).is_none()
                    {
                        self.apply(effect, word, "modifier.shared.v1");
                    }
                }
            } else if !own_subject && !own_aux {
                let same_form = tree.xpos(node) == tree.xpos(head);
                if let Some((word, positive, _)) =
                    local.modal.filter(|_| tree.xpos(node) == Xpos::Vb || same_form)
                {
                    self.modal(head, word, positive);
                }
                if local.negated()
                    && (matches!(cc, "or" | "nor") || (same_form && cc != "but" && cc != "and"))
                {
                    self.negate("negation.shared.v1", local.negations[0]);
                }
                for (word, effect) in local.modifiers {
                    if word < head && matches!(effect, Effect::Probable | Effect::Possible) {
                        self.apply(effect, word, "modifier.shared.v1");
                    }
                }
            }
        }
        Next::Up(head)
    }

    /// What the governor of a clause does to it, without applying it.
    pub(super) fn governor_effect(&self, node: u32) -> Option<Effect> {
        let tree = self.tree;
        let head = tree.head(node).filter(|_| {
            matches!(tree.deprel(node).base(), Deprel::Ccomp | Deprel::Csubj | Deprel::Xcomp | Deprel::Advcl)
        })?;
        let row = self.predicate_signature(head, &self.clause_frames(node, head))?;
        Some(if local::read(tree, head, Some(node)).negated() { row.negative } else { row.positive })
    }

    pub(super) fn clause(&mut self, node: u32, head: u32) -> Next {
        if let Some(noun) = self.without_evidence(head).filter(|_| !self.hedges_only) {
            self.negate("no-evidence.v1", noun);
            return Next::Stop;
        }
        let frames = self.clause_frames(node, head);
        match self.predicate_signature(head, &frames) {
            Some(row) => self.under(node, head, row, "clause.v1"),
            None => self.under_saying(node, head),
        }
    }

    pub(super) fn open_clause(&mut self, node: u32, head: u32) -> Next {
        let tree = self.tree;
        let marks = self.marks(node);
        // "has yet to reach".
        if marks == "to"
            && tree.children_by(head, Deprel::Advmod).any(|a| tree.norm(a) == "yet")
            && matches!(tree.lemma(head), "have" | "be")
        {
            self.negate("yet-to.v1", head);
            return Next::Up(head);
        }
        // "is going to".
        if tree.lemma(head) == "go" && tree.xpos(head) == Xpos::Vbg && marks == "to" {
            self.modal(head, head, Effect::Future);
            return Next::Up(head);
        }
        let frames = self.clause_frames(node, head);
        if let Some(row) = self.predicate_signature(head, &frames) {
            return self.under(node, head, row, "infinitive.v1");
        }
        if REPORTING.verbs.contains_key(tree.lemma(head)) && tree.is_verbal(head) {
            return self.under_saying(node, head);
        }
        // Raising and control verbs without an entry leave it as it is.
        if !self.hedges_only {
            self.beside(head, Some(node), true);
        }
        Next::Up(head)
    }

    pub(super) fn adverbial(&mut self, node: u32, head: u32) -> Next {
        let tree = self.tree;
        let marks = self.marks(node);
        let after = node > head;
        if after {
            // "has not spelled out how …": the question word may hang on the verb above.
            let asks = (head + 1..(head + 4).min(node))
                .find(|&w| matches!(tree.norm(w), "how" | "who" | "what" | "why" | "whether"));
            if let Some(word) = asks {
                let frame = if tree.norm(word) == "whether" { "whether" } else { "wh" };
                if let Some(row) = self.predicate_signature(head, &[frame]) {
                    return self.under(node, head, row, "clause.v1");
                }
            }
        }
        if after || marks == "to" {
            let mut frames: Vec<&str> = Vec::new();
            match marks.as_str() {
                "to" => frames.extend(if self.is_passive(head) {
                    ["to:passive", "to"].as_slice()
                } else {
                    ["to"].as_slice()
                }),
                "from" | "of" | "in" | "about" | "against" | "for" | "at" | "on" | "into" | "as" => frames
                    .push(match marks.as_str() {
                        "from" => "from",
                        "of" => "of",
                        "in" => "in",
                        "about" => "about",
                        "against" => "against",
                        "for" => "for",
                        "at" => "at",
                        "into" => "in",
                        "as" => "as",
                        _ => "on",
                    }),
                "" if tree.xpos(node) == Xpos::Vbg => frames.push("ing"),
                _ => {}
            }
            if (!marks.is_empty() || Self::is_near(node, head))
                && let Some(row) = self.predicate_signature(head, &frames)
            {
                return self.under(node, head, row, "complement.v1");
            }
        }
        if let Some(row) = SIGNATURES.find(Pos::Mark, &marks, &["clause"]) {
            if !self.hedges_only {
                self.apply(row.positive, node, "marker.v1");
            }
            return Next::Stop;
        }
        if marks == "to" || marks == "in order to" || marks == "so as to" {
            if self.hedges_only {
                return Next::Stop;
            }
            if tree.children(head).iter().any(|&c| tree.norm(c) == "too" && tree.deprel(c).is(Deprel::Advmod))
            {
                self.negate("too-to.v1", head);
                return Next::Up(head);
            }
            self.outlook(ClaimType::Intent, head, self.subject(head), "purpose.v1");
            return Next::Stop;
        }
        let participle =
            matches!(tree.xpos(node), Xpos::Vbg | Xpos::Vbn) && tree.child_by(node, Deprel::Nsubj).is_none();
        if participle && (marks.is_empty() || matches!(marks.as_str(), "by" | "while" | "with" | "thereby")) {
            // "will deploy, securing the border": not yet so either.
            let modal = local::read(tree, head, Some(node)).modal.filter(|_| !self.hedges_only);
            if let Some((word, positive, _)) = modal
                && tree.xpos(node) == Xpos::Vbg
            {
                self.modal(head, word, positive);
            }
            self.hedges_only = true;
            self.beside(head, Some(node), false);
            return Next::Up(head);
        }
        Next::Stop
    }

    pub(super) fn adnominal(&mut self, node: u32, head: u32) -> Next {
        let tree = self.tree;
        let marks = self.marks(node);
        let frame = match marks.as_str() {
            "to" => "to",
            "that" => "that",
            "of" => "of",
            "for" => "for",
            "at" => "at",
            "from" => "from",
            "in" => "in",
            "whether" => "whether",
            _ if tree.child_by(node, Deprel::Nsubj).is_some() => "that",
            _ => "",
        };
        if !frame.is_empty()
            && let Some(row) = self.predicate_signature(head, &[frame])
        {
            return self.under(node, head, row, "noun-complement.v1");
        }
        // "allowing the militants to control": the parser may hang the infinitive on the object.
        if marks == "to"
            && tree.deprel(head).is(Deprel::Obj)
            && let Some(verb) = tree.head(head)
        {
            let frames: &[&str] = if self.is_passive(verb) { &["to:passive", "to"] } else { &["to"] };
            if let Some(row) = self.predicate_signature(verb, frames) {
                return self.under(node, verb, row, "infinitive.v1");
            }
        }
        if marks == "to" && tree.xpos(node) == Xpos::Vb {
            let ordinal = tree.children(head).iter().any(|&c| {
                matches!(tree.norm(c), "first" | "last" | "only" | "latest" | "second" | "third" | "next")
            });
            if !ordinal && !self.hedges_only {
                self.outlook(ClaimType::Intent, head, self.subject(head), "purpose.v1");
            }
            return Next::Stop;
        }
        self.describes = true;
        if let Some(word) = local::negative_phrase(tree, head).filter(|_| !self.hedges_only) {
            self.negate("negation.head.v1", word);
        }
        Next::Stop
    }

    /// A noun as object or subject.
    pub(super) fn argument(&mut self, node: u32, head: u32, frames: &[&str]) -> Next {
        let frames: Vec<&str> = if self.is_passive(head) {
            frames.to_vec()
        } else {
            frames.iter().copied().filter(|f| !f.ends_with(":passive")).collect()
        };
        if self.only_grows(head, &frames) || self.is_put_off(node, head) {
            return Next::Stop;
        }
        if let Some(row) = self.predicate_signature(head, &frames) {
            self.under(node, head, row, "argument.v1")
        } else {
            // "the attack appears to have been …": what seems of the subject.
            let seems = self.predicate_signature(
                head,
                if self.is_passive(head) { &["to:passive", "to"] } else { &["to"] },
            );
            let raised = self.tree.child_by(head, Deprel::Xcomp).is_some();
            if let Some(row) = seems.filter(|r| raised && r.positive == Effect::Probable) {
                self.hedges_only = true;
                return self.under(node, head, row, "raised.v1");
            }
            self.hedged(node, head)
        }
    }

    /// "the toll is likely to rise", "attacks will probably increase": what may come is more of it; it is there.
    fn only_grows(&self, head: u32, frames: &[&str]) -> bool {
        let tree = self.tree;
        let more = |t: u32| GROWING.contains(&tree.lemma(t)) && tree.is_verbal(t);
        frames == ["subj"] && (more(head) || tree.child_by(head, Deprel::Xcomp).is_some_and(more))
    }

    /// "rejected a proposal": the proposal was made.
    fn is_put_off(&self, node: u32, head: u32) -> bool {
        let tree = self.tree;
        matches!(
            tree.lemma(head),
            "reject" | "dismiss" | "rebuff" | "spurn" | "refuse" | "decline" | "ignore"
        ) && matches!(
            tree.lemma(node),
            "proposal"
                | "offer"
                | "demand"
                | "call"
                | "request"
                | "plan"
                | "ultimatum"
                | "appeal"
                | "accusation"
                | "allegation"
        )
    }

    /// "no evidence showing that", "no sign suggesting that": the noun, where the verb at `verb` only tells what it would be evidence of.
    fn without_evidence(&self, verb: u32) -> Option<u32> {
        let tree = self.tree;
        let noun = tree.head(verb).filter(|_| tree.deprel(verb).is(Deprel::Acl))?;
        let shows = Words::Showing.has(tree.lemma(verb));
        let evidence = Words::Evidence.has(tree.lemma(noun));
        (shows && evidence && local::read(tree, noun, Some(verb)).negated()).then_some(noun)
    }

    pub(super) fn oblique(&mut self, node: u32, head: u32) -> Next {
        let tree = self.tree;
        let case = tree.case(node);
        // "others not involved in the clashes": only they are described
        if tree.lemma(head).starts_with("involve") && tree.deprel(head).is(Deprel::Acl) {
            return Next::Stop;
        }
        // "called off his strike": the parser may take the particle for a preposition
        if tree.is_verbal(head) && matches!(case.as_str(), "off" | "out" | "up" | "down") {
            let joined = format!("{} {case}", tree.lemma(head));
            if let Some(row) = SIGNATURES.find(Pos::Verb, &joined, &["np"]) {
                return self.under(node, head, row, "argument.v1");
            }
        }
        if let Some(row) = SIGNATURES.find(Pos::Case, &case, &["np"]) {
            if !self.hedges_only {
                self.apply(row.positive, node, "case.v1");
            }
            return self.hedged(node, head);
        }
        if matches!(
            case.as_str(),
            "of" | "about" | "against" | "for" | "from" | "in" | "on" | "to" | "at" | "with"
        ) && node > head
            && let Some(row) = self.predicate_signature(head, &[case.as_str()])
        {
            return self.under(node, head, row, "oblique.v1");
        }
        self.hedged(node, head)
    }

    pub(super) fn of_noun(&mut self, node: u32, head: u32) -> Next {
        let tree = self.tree;
        let case = tree.case(node);
        if let Some(row) = SIGNATURES.find(Pos::Case, &case, &["np"]) {
            if !self.hedges_only {
                self.apply(row.positive, node, "case.v1");
            }
            return Next::Stop;
        }
        if let Some(row) = self.predicate_signature(head, &[case.as_str()]) {
            return self.under(node, head, row, "of-noun.v1");
        }
        Next::Stop
    }

    /// An argument of a verb that says nothing about it: only "reportedly" and its like reach it.
    pub(super) fn hedged(&mut self, node: u32, head: u32) -> Next {
        self.hedges_only = true;
        self.beside(head, Some(node), false);
        if self.tree.is_verbal(head) || self.tree.child_by(head, Deprel::Cop).is_some() {
            Next::Up(head)
        } else {
            Next::Stop
        }
    }
}
