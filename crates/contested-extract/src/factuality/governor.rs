//! Words above a predicate: their signatures for the way it hangs on them, and the frames by which those are looked up.

use contested_language::tags::{Deprel, Upos, Xpos};

use super::lexicon::{Effect, Pos, Row, SIGNATURES};
use super::local;
use super::walk::{Next, Walk};
use crate::attribution::REPORTING;

impl Walk<'_, '_> {
    /// Applies a governor's signature, then the words beside the governor, and goes on from it unless it is a word of saying.
    pub(super) fn under(&mut self, node: u32, head: u32, row: Row, rule: &'static str) -> Next {
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
        // what is presupposed stands whatever becomes of the clause: "to escape the shelling", "vowed to avenge the raid"
        if row.positive == Effect::Fact
            && row.negative == Effect::Fact
            && matches!(row.frame, "np" | "np:passive")
        {
            return Next::Stop;
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
    pub(super) fn refused(&self, head: u32) -> bool {
        let tree = self.tree;
        tree.deprel(head).is(Deprel::Xcomp)
            && self.is_saying(head)
            && tree.head(head).is_some_and(|up| {
                matches!(tree.lemma(up), "decline" | "refuse" | "unable" | "unwilling" | "fail")
            })
    }

    pub(super) fn is_saying(&self, head: u32) -> bool {
        let tree = self.tree;
        if tree.is_verbal(head) {
            REPORTING.verbs.contains_key(tree.lemma(head))
        } else {
            tree.upos(head) == Upos::Noun && REPORTING.nouns.contains_key(tree.lemma(head))
        }
    }

    /// A clause under a word of saying that has no signature of its own, or under anything unknown.
    pub(super) fn under_saying(&mut self, node: u32, head: u32) -> Next {
        self.met.push(head);
        if !self.hedges_only && self.is_saying(head) && local::read(self.tree, head, Some(node)).negated() {
            self.apply(Effect::Unstated, head, "not-said.v1");
        }
        Next::Stop
    }

    pub(super) fn predicate_signature(&self, head: u32, frames: &[&str]) -> Option<Row> {
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

    pub(super) fn signature(&self, pos: Pos, head: u32, frames: &[&str]) -> Option<Row> {
        SIGNATURES
            .find(pos, self.tree.lemma(head), frames)
            .or_else(|| SIGNATURES.find(pos, self.tree.norm(head), frames))
    }

    /// How a clause hangs on its governor, as frames of the lexicon, the best first.
    pub(super) fn clause_frames(&self, node: u32, head: u32) -> Vec<&'static str> {
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
    pub(super) fn marks(&self, node: u32) -> String {
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
    pub(super) fn is_wh(&self, node: u32) -> bool {
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
    pub(super) fn is_passive(&self, head: u32) -> bool {
        let tree = self.tree;
        let aux = |lemma: &str| tree.children_by(head, Deprel::Aux).any(|a| tree.lemma(a) == lemma);
        tree.is_passive(head) && (aux("be") || !aux("have"))
    }

    /// Whether nothing but the object stands between a verb and the participle on it.
    pub(super) const fn is_near(node: u32, head: u32) -> bool {
        node > head && node - head <= 2
    }

    /// Subject of a verb, owner of a noun.
    pub(super) fn subject(&self, head: u32) -> Option<u32> {
        let tree = self.tree;
        let mut node = head;
        for _ in 0..6 {
            let own = tree.children_by(node, Deprel::Nsubj).next();
            if own.is_some() {
                return own;
            }
            if !tree.is_verbal(node)
                && let Some(owner) = tree.children(node).iter().copied().find(|&c| {
                    tree.deprel(c) == Deprel::NmodPoss
                        || (tree.deprel(c).is(Deprel::Nmod) && tree.case(c) == "by")
                })
            {
                return Some(owner);
            }
            match tree.deprel(node).base() {
                Deprel::Conj | Deprel::Xcomp | Deprel::Advcl | Deprel::Obj | Deprel::Obl => {
                    node = tree.head(node)?;
                }
                Deprel::Acl => return tree.head(node),
                _ => return None,
            }
        }
        None
    }
}
