//! The walk from a predicate to the word that vouches for it.

use contested_language::tags::{Deprel, Upos, Xpos};
use contested_model::{Certainty, ClaimType, Phase, Polarity, Tense};

use super::lexicon::{Effect, Pos, Row, SIGNATURES};
use super::local::{self, Local};
use super::{Factuality, Outlook, tense};
use crate::attribution::{REPORTING, denial_of};
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
    walk.up(token);
    if !walk.describes && (!walk.hedges_only || walk.verdict.rules.is_empty()) {
        walk.astray(token);
    }
    walk.denied(token);
    walk.ask(token);
    if walk.verdict.outlook.is_some() {
        walk.verdict.tense = Tense::Future;
    }
    walk.verdict
}

struct Walk<'t, 's> {
    tree: &'t Tree<'s>,
    verdict: Factuality,
    /// Governors whose signatures were read on the way.
    met: Vec<u32>,
    /// The walk ended at a relative clause, participle or apposition: its noun is only described.
    describes: bool,
    /// Only hedges of the whole clause ("reportedly") still reach the predicate; negation, modals and signatures do not.
    hedges_only: bool,
}

/// Whether the walk goes on.
enum Next {
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

    /// One arc up.
    fn step(&mut self, node: u32) -> Next {
        let tree = self.tree;
        let Some(head) = tree.head(node) else { return Next::Stop };
        match tree.deprel(node) {
            Deprel::Conj => self.conjunct(node, head),
            Deprel::Appos | Deprel::Flat | Deprel::FlatForeign | Deprel::Goeswith | Deprel::List => {
                Next::Up(head)
            }
            Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass | Deprel::CsubjOuter => self.clause(node, head),
            Deprel::Xcomp => self.open_clause(node, head),
            Deprel::Advcl | Deprel::AdvclRelcl => self.adverbial(node, head),
            Deprel::Acl => self.adnominal(node, head),
            Deprel::AclRelcl => {
                if let Some(word) = local::negative_phrase(tree, head).filter(|_| !self.hedges_only) {
                    self.negate("negation.head.v1", word);
                }
                self.describes = true;
                Next::Stop
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

    /// A word that itself says how it stands ("is likely", "it is possible that") when it is the predicate asked about.
    fn own(&mut self, token: u32) {
        let tree = self.tree;
        if tree.upos(token) == Upos::Adj {
            if let Some(row) = SIGNATURES.find(Pos::Adj, tree.lemma(token), &["to", "that"]) {
                if matches!(row.positive, Effect::Probable | Effect::Possible) {
                    self.apply(row.positive, token, "own-word.v1");
                }
            }
        }
    }

    /// Whatever else stands in the content of a denial is denied with it ("denied any involvement in the attack").
    fn denied(&mut self, token: u32) {
        let Some(cue) = denial_of(self.tree, token) else { return };
        if !self.verdict.rules.iter().any(|&(_, word)| word == cue)
            && self.verdict.polarity == Polarity::Positive
        {
            self.negate("denial.scope.v1", cue);
        }
    }

    /// Governors that the tree lost: a word before the predicate whose clause, by the order of words, it stands in.
    fn astray(&mut self, token: u32) {
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
            // "denied it and | warned": a new finite verb.
            if tree.norm(v) == "and"
                && v + 1 < tree.len()
                && matches!(tree.xpos(v + 1), Xpos::Vbd | Xpos::Vbz)
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

    // --- arcs -----------------------------------------------------------------------------------------------------------------------

    /// "denied it had crossed and was attacking", "will seize or destroy", "did not seize or hold".
    fn conjunct(&mut self, node: u32, head: u32) -> Next {
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
        if own_subject
            && tree.child_by(node, Deprel::Expl).is_some()
            && !tree.children_by(node, Deprel::Mark).any(|m| tree.norm(m) == "that")
        {
            // "it was not true that A was taken and there was still fighting".
            let denied = matches!(self.governor_effect(head), Some(Effect::Not | Effect::NotProbable));
            if denied {
                return Next::Stop;
            }
        }
        if !self.hedges_only {
            let local = local::read(tree, head, Some(node));
            if nominal {
                if cc == "or" || cc == "nor" || local.negations.iter().all(|&n| n < node) {
                    if let Some(word) = local
                        .negations
                        .first()
                        .copied()
                        .filter(|&w| tree.deprel(w).is(Deprel::Det) && w < head)
                    {
                        self.negate("negation.shared.v1", word);
                    }
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
    fn governor_effect(&self, node: u32) -> Option<Effect> {
        let tree = self.tree;
        let head = tree.head(node).filter(|_| {
            matches!(tree.deprel(node).base(), Deprel::Ccomp | Deprel::Csubj | Deprel::Xcomp | Deprel::Advcl)
        })?;
        let row = self.predicate_signature(head, &self.clause_frames(node, head))?;
        Some(if local::read(tree, head, Some(node)).negated() { row.negative } else { row.positive })
    }

    fn clause(&mut self, node: u32, head: u32) -> Next {
        let frames = self.clause_frames(node, head);
        match self.predicate_signature(head, &frames) {
            Some(row) => self.under(node, head, row, "clause.v1"),
            None => self.under_saying(node, head),
        }
    }

    fn open_clause(&mut self, node: u32, head: u32) -> Next {
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

    fn adverbial(&mut self, node: u32, head: u32) -> Next {
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
            if marks != "" || self.is_near(node, head) {
                if let Some(row) = self.predicate_signature(head, &frames) {
                    return self.under(node, head, row, "complement.v1");
                }
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
            self.hedges_only = true;
            self.beside(head, Some(node), false);
            return Next::Up(head);
        }
        Next::Stop
    }

    fn adnominal(&mut self, node: u32, head: u32) -> Next {
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
        if !frame.is_empty() {
            if let Some(row) = self.predicate_signature(head, &[frame]) {
                return self.under(node, head, row, "noun-complement.v1");
            }
        }
        // "allowing the militants to control": the parser may hang the infinitive on the object.
        if marks == "to" && tree.deprel(head).is(Deprel::Obj) {
            if let Some(verb) = tree.head(head) {
                let frames: &[&str] = if self.is_passive(verb) { &["to:passive", "to"] } else { &["to"] };
                if let Some(row) = self.predicate_signature(verb, frames) {
                    return self.under(node, verb, row, "infinitive.v1");
                }
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
    fn argument(&mut self, node: u32, head: u32, frames: &[&str]) -> Next {
        let frames: Vec<&str> = if self.is_passive(head) {
            frames.to_vec()
        } else {
            frames.iter().copied().filter(|f| !f.ends_with(":passive")).collect()
        };
        match self.predicate_signature(head, &frames) {
            Some(row) => self.under(node, head, row, "argument.v1"),
            None => {
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
    }

    fn oblique(&mut self, node: u32, head: u32) -> Next {
        let tree = self.tree;
        let case = tree.case(node);
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
        {
            if let Some(row) = self.predicate_signature(head, &[case.as_str()]) {
                return self.under(node, head, row, "oblique.v1");
            }
        }
        self.hedged(node, head)
    }

    fn of_noun(&mut self, node: u32, head: u32) -> Next {
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
    fn hedged(&mut self, node: u32, head: u32) -> Next {
        self.hedges_only = true;
        self.beside(head, Some(node), false);
        if self.tree.is_verbal(head) || self.tree.child_by(head, Deprel::Cop).is_some() {
            Next::Up(head)
        } else {
            Next::Stop
        }
    }

    // --- governors ------------------------------------------------------------------------------------------------------------------

    /// Applies a governor's signature, then the words beside the governor, and goes on from it unless it is a word of saying.
    fn under(&mut self, node: u32, head: u32, row: Row, rule: &'static str) -> Next {
        self.met.push(head);
        let local = local::read(self.tree, head, Some(node));
        let negated = local.negated() || self.refused(head);
        let effect = if negated { row.negative } else { row.positive };
        if self.hedges_only {
            if matches!(effect, Effect::Probable | Effect::Possible) {
                self.apply(effect, head, rule);
            }
        } else {
            self.apply(effect, head, rule);
        }
        let saying = self.is_saying(head);
        if saying && !matches!(row.frame, "np" | "np:passive" | "to") {
            return Next::Stop;
        }
        if self.hedges_only {
            self.hedges(&local);
        } else if matches!(
            effect,
            Effect::Fact
                | Effect::Not
                | Effect::Start
                | Effect::Ongoing
                | Effect::End
                | Effect::Attempt
                | Effect::Probable
                | Effect::Possible
        ) {
            self.words(head, &local, false);
        } else {
            self.hedges(&local);
            if effect != Effect::Nothing {
                // Above a plan or a fear only hedges still bear on what is planned.
                self.hedges_only = true;
            }
        }
        Next::Up(head)
    }

    /// "declined to say", "refused to confirm", "could not confirm".
    fn refused(&self, head: u32) -> bool {
        let tree = self.tree;
        tree.deprel(head).is(Deprel::Xcomp)
            && self.is_saying(head)
            && tree.head(head).is_some_and(|up| {
                matches!(tree.lemma(up), "decline" | "refuse" | "unable" | "unwilling" | "fail")
            })
    }

    fn is_saying(&self, head: u32) -> bool {
        let tree = self.tree;
        if tree.is_verbal(head) {
            REPORTING.verbs.contains_key(tree.lemma(head))
        } else {
            tree.upos(head) == Upos::Noun && REPORTING.nouns.contains_key(tree.lemma(head))
        }
    }

    /// A clause under a word of saying that has no signature of its own, or under anything unknown.
    fn under_saying(&mut self, node: u32, head: u32) -> Next {
        self.met.push(head);
        if !self.hedges_only && self.is_saying(head) && local::read(self.tree, head, Some(node)).negated() {
            self.apply(Effect::Unstated, head, "not-said.v1");
        }
        Next::Stop
    }

    fn predicate_signature(&self, head: u32, frames: &[&str]) -> Option<Row> {
        let tree = self.tree;
        if let Some(particle) =
            tree.children(head).iter().copied().find(|&c| tree.deprel(c) == Deprel::CompoundPrt)
        {
            let joined = format!("{} {}", tree.lemma(head), tree.norm(particle));
            // "end up" is not "end".
            return SIGNATURES.find(Pos::Verb, &joined, frames);
        }
        if tree.is_verbal(head)
            && head + 1 < tree.len()
            && matches!(tree.norm(head + 1), "off" | "out" | "up" | "down" | "on")
        {
            let joined = format!("{} {}", tree.lemma(head), tree.norm(head + 1));
            if let Some(row) = SIGNATURES.find(Pos::Verb, &joined, frames) {
                return Some(row);
            }
        }
        let tables: &[Pos] = match tree.upos(head) {
            Upos::Verb | Upos::Aux => &[Pos::Verb, Pos::Adj],
            Upos::Noun | Upos::Propn | Upos::Pron => &[Pos::Noun, Pos::Verb],
            Upos::Adj => &[Pos::Adj, Pos::Verb],
            Upos::Adv => &[Pos::Adj, Pos::Adv],
            _ => &[Pos::Noun],
        };
        tables.iter().find_map(|&pos| self.signature(pos, head, frames))
    }

    fn signature(&self, pos: Pos, head: u32, frames: &[&str]) -> Option<Row> {
        SIGNATURES
            .find(pos, self.tree.lemma(head), frames)
            .or_else(|| SIGNATURES.find(pos, self.tree.norm(head), frames))
    }

    /// How a clause hangs on its governor, as frames of the lexicon, the best first.
    fn clause_frames(&self, node: u32, head: u32) -> Vec<&'static str> {
        let tree = self.tree;
        let passive = self.is_passive(head);
        let marks = self.marks(node);
        let base: &'static str = match marks.as_str() {
            "to" | "for to" => "to",
            "whether" | "if" => "whether",
            "from" => "from",
            "of" => "of",
            "in" | "into" => "in",
            "about" => "about",
            "against" => "against",
            "for" => "for",
            "at" => "at",
            "on" => "on",
            "as" => "as",
            _ if self.is_wh(node) => "wh",
            _ if tree.xpos(node) == Xpos::Vbg
                && tree.child_by(node, Deprel::Aux).is_none()
                && tree.deprel(node).is(Deprel::Xcomp) =>
            {
                "ing"
            }
            _ if tree.xpos(node) == Xpos::Vbg && tree.child_by(node, Deprel::Nsubj).is_none() => "ing",
            _ if matches!(tree.xpos(node), Xpos::Vb | Xpos::Vbn) && tree.deprel(node).is(Deprel::Xcomp) => {
                "bare"
            }
            _ => "that",
        };
        match (base, passive) {
            ("to", true) => vec!["to:passive", "to"],
            ("that", true) => vec!["that:passive", "that"],
            ("that", false) => vec!["that"],
            ("as", true) => vec!["as:passive", "as"],
            ("bare", _) => vec!["bare", "to"],
            ("ing", _) => vec!["ing"],
            (frame, _) => vec![frame],
        }
    }

    /// Markers of a clause, in order, joined by spaces.
    fn marks(&self, node: u32) -> String {
        let tree = self.tree;
        let mut words = String::new();
        for &child in tree.children(node) {
            if !matches!(tree.deprel(child).base(), Deprel::Mark | Deprel::Case) || child > node {
                continue;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(tree.norm(child));
            for part in tree.children_by(child, Deprel::Fixed) {
                words.push(' ');
                words.push_str(tree.norm(part));
            }
        }
        words
    }

    /// Whether the clause is a question of who, what, how …
    fn is_wh(&self, node: u32) -> bool {
        let tree = self.tree;
        let wh = |t: u32| {
            matches!(
                tree.norm(t),
                "who" | "whom" | "what" | "which" | "how" | "why" | "where" | "when" | "whose"
            )
        };
        let first = tree.subtree(node).first().copied().unwrap_or(node);
        wh(first)
            || tree.children(node).iter().any(|&c| c < node && wh(c) && !tree.deprel(c).is(Deprel::Mark))
    }

    /// Passive; a perfect without "be" is not, whatever the parser calls its subject.
    fn is_passive(&self, head: u32) -> bool {
        let tree = self.tree;
        let aux = |lemma: &str| tree.children_by(head, Deprel::Aux).any(|a| tree.lemma(a) == lemma);
        tree.is_passive(head) && !(aux("have") && !aux("be"))
    }

    /// Whether nothing but the object stands between a verb and the participle on it.
    fn is_near(&self, node: u32, head: u32) -> bool {
        node > head && node - head <= 2
    }

    /// Subject of a verb, owner of a noun.
    fn subject(&self, head: u32) -> Option<u32> {
        let tree = self.tree;
        let mut node = head;
        for _ in 0..6 {
            let own = tree.children_by(node, Deprel::Nsubj).next();
            if own.is_some() {
                return own;
            }
            if !tree.is_verbal(node) {
                if let Some(owner) = tree.children(node).iter().copied().find(|&c| {
                    tree.deprel(c) == Deprel::NmodPoss
                        || (tree.deprel(c).is(Deprel::Nmod) && tree.case(c) == "by")
                }) {
                    return Some(owner);
                }
            }
            match tree.deprel(node).base() {
                Deprel::Conj | Deprel::Xcomp | Deprel::Advcl | Deprel::Obj | Deprel::Obl => {
                    node = tree.head(node)?
                }
                Deprel::Acl => return tree.head(node),
                _ => return None,
            }
        }
        None
    }

    // --- words beside ---------------------------------------------------------------------------------------------------------------

    /// Applies the words beside `at`; without `all` only the hedges.
    fn beside(&mut self, at: u32, except: Option<u32>, all: bool) {
        let local = local::read(self.tree, at, except);
        if all {
            self.words(at, &local, true);
        } else {
            self.hedges(&local);
        }
    }

    fn words(&mut self, at: u32, local: &Local, negation: bool) {
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

    fn hedges(&mut self, local: &Local) {
        for &(word, effect) in &local.modifiers {
            if effect == Effect::Probable && self.tree.deprel(word).is(Deprel::Advmod) {
                self.apply(effect, word, "hedge.clause.v1");
            }
        }
    }

    fn modal(&mut self, at: u32, word: u32, effect: Effect) {
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
                self.weaken(Certainty::Probable, "modal.must.v1", word)
            }
            _ => {}
        }
    }

    /// Whether the future of this clause is its subject's own will: an active verb whose subject can will.
    fn is_willed(&self, at: u32) -> bool {
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
                || PEOPLE.contains(&tree.lemma(s))
        })
    }

    // --- effects --------------------------------------------------------------------------------------------------------------------

    fn apply(&mut self, effect: Effect, word: u32, rule: &'static str) {
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

    fn negate(&mut self, rule: &'static str, word: u32) {
        self.verdict.polarity = match self.verdict.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
        self.verdict.rules.push((rule, word));
    }

    fn weaken(&mut self, to: Certainty, rule: &'static str, word: u32) {
        self.verdict.certainty = self.verdict.certainty.max(to);
        self.verdict.rules.push((rule, word));
    }

    fn phase(&mut self, phase: Phase, rule: &'static str, word: u32) {
        self.verdict.phase.get_or_insert(phase);
        self.verdict.rules.push((rule, word));
    }

    fn outlook(&mut self, kind: ClaimType, governor: u32, holder: Option<u32>, rule: &'static str) {
        self.verdict.outlook.get_or_insert(Outlook { kind, governor, holder });
        self.verdict.rules.push((rule, governor));
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

/// Nouns for those who can will something, beside the sources of `reporting.tsv`.
const PEOPLE: [&str; 18] = [
    "force",
    "troop",
    "soldier",
    "fighter",
    "country",
    "side",
    "party",
    "leader",
    "member",
    "state",
    "nation",
    "administration",
    "parliament",
    "council",
    "alliance",
    "organisation",
    "organization",
    "movement",
];

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
