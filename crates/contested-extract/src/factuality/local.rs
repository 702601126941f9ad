//! What the words right beside a predicate do to it: negation, modals, hedges, adjectives.

use contested_language::tags::{Deprel, Upos, Xpos};

use super::lexicon::{Effect, Pos, SIGNATURES};
use crate::tree::Tree;

/// The words beside one predicate.
#[derive(Debug, Clone, Default)]
pub(super) struct Local {
    /// The tokens that negate it; two make a positive.
    pub(super) negations: Vec<u32>,
    /// Adverbs and adjectives with an effect on certainty, phase or outlook.
    pub(super) modifiers: Vec<(u32, Effect)>,
    /// A modal and what it does when not negated and when negated.
    pub(super) modal: Option<(u32, Effect, Effect)>,
}

impl Local {
    pub(super) fn negated(&self) -> bool {
        self.negations.len() % 2 == 1
    }
}

/// Reads the words beside `at`; a negative argument that is `except` (the one asked from) does not count.
pub(super) fn read(tree: &Tree<'_>, at: u32, except: Option<u32>) -> Local {
    let mut local = Local::default();
    for &child in tree.children(at) {
        if Some(child) == except {
            continue;
        }
        let norm = tree.norm(child);
        let relation = tree.deprel(child).base();
        match relation {
            Deprel::Advmod
            | Deprel::Aux
            | Deprel::Cc
            | Deprel::CcPreconj
            | Deprel::Dep
            | Deprel::Discourse => {
                if matches!(norm, "not" | "n't" | "never") {
                    // "not only", "not just" deny nothing.
                    if !(child + 1 < tree.len()
                        && matches!(
                            tree.norm(child + 1),
                            "only" | "just" | "merely" | "necessarily" | "immediately"
                        ))
                        || norm == "never"
                    {
                        local.negations.push(child);
                    }
                } else if (norm == "nor" || norm == "neither") && tree.upos(child) != Upos::Det {
                    local.negations.push(child);
                } else if norm == "longer" {
                    if tree.children(child).iter().any(|&c| tree.norm(c) == "no")
                        || (child > 0 && tree.norm(child - 1) == "no")
                    {
                        local.negations.push(child);
                        local.modifiers.push((child, Effect::End));
                    }
                } else if relation == Deprel::Aux {
                    if let Some(row) = SIGNATURES
                        .find(Pos::Aux, tree.lemma(child), &["modal"])
                        .or_else(|| SIGNATURES.find(Pos::Aux, norm, &["modal"]))
                    {
                        local.modal = Some((child, row.positive, row.negative));
                    }
                } else if norm == "no"
                    && relation == Deprel::Advmod
                    && child + 1 < tree.len()
                    && tree.norm(child + 1) != "longer"
                {
                    local.negations.push(child);
                } else if let Some(row) = SIGNATURES.find(Pos::Adv, norm, &["mod"])
                    && row.positive != Effect::Not && is_of_this_clause(tree, child, at) {
                        local.modifiers.push((child, row.positive));
                    }
            }
            Deprel::Det if matches!(norm, "no" | "neither") => local.negations.push(child),
            Deprel::Amod => {
                if let Some(row) = SIGNATURES
                    .find(Pos::Adj, tree.lemma(child), &["mod"])
                    .or_else(|| SIGNATURES.find(Pos::Adj, norm, &["mod"]))
                {
                    local.modifiers.push((child, row.positive));
                }
                // "a reportedly abandoned base" says nothing about the base's attack; only adverbs of the adjective are skipped.
            }
            Deprel::Nsubj | Deprel::Obj | Deprel::Iobj => {
                if let Some(word) = negative_phrase(tree, child) {
                    local.negations.push(word);
                }
            }
            Deprel::Obl
                // "in no way", "at no time", "by no means", "attacked no one".
                if tree.children_by(child, Deprel::Det).any(|d| tree.norm(d) == "no")
                    && matches!(tree.norm(child), "way" | "time" | "means" | "circumstances" | "point")
                => {
                    local.negations.push(child);
                }
            _ => {}
        }
    }
    // "would not take place until Friday": it does, then
    if !local.negations.is_empty()
        && tree.is_verbal(at)
        && tree.children(at).iter().any(|&c| c > at && waits(tree, c))
    {
        local.negations.clear();
    }
    if tree.is_verbal(at) {
        // "did | not immediately": a "not" before the verb whose arc went astray.
        if local.negations.is_empty() {
            local.negations.extend(stray_negation(tree, at));
        }
        // "were yet to reach".
        if at >= 2 && tree.norm(at - 1) == "to" && tree.norm(at - 2) == "yet" {
            local.negations.push(at - 2);
        }
        if local.negations.is_empty()
            && tree.child_by(at, Deprel::Nsubj).is_none()
            && tree.child_by(at, Deprel::Aux).is_none()
        {
            // "no civilians killed", "no strikes" tagged as a verb.
            let mut before = Local::default();
            premodifiers(tree, at, except, &mut before);
            local.negations.append(&mut before.negations);
        }
        if let Some(word) = suspect_agent(tree, at) {
            local.modifiers.push((word, Effect::Probable));
        }
    } else if tree.is_nominal(at) {
        premodifiers(tree, at, except, &mut local);
    }
    // "encouraging rather than directing".
    if at >= 2 && tree.norm(at - 1) != "to" {
        let before = at - if tree.upos(at - 1) == Upos::Adv { 2 } else { 1 };
        if before >= 1
            && ((tree.norm(before) == "than" && tree.norm(before - 1) == "rather")
                || (tree.norm(before) == "of" && tree.norm(before - 1) == "instead"))
        {
            local.negations.push(before);
        }
    }
    local
}

/// "until Friday", "until it was dark".
fn waits(tree: &Tree<'_>, at: u32) -> bool {
    match tree.deprel(at).base() {
        Deprel::Obl => tree.case(at) == "until",
        Deprel::Advcl => tree.children_by(at, Deprel::Mark).any(|m| tree.norm(m) == "until"),
        _ => false,
    }
}

/// Whether no other clause begins between an adverb and the word it was hung on ("strikes … after officials reportedly saw").
fn is_of_this_clause(tree: &Tree<'_>, adverb: u32, at: u32) -> bool {
    let mut between = adverb.min(at) + 1..adverb.max(at);
    if adverb > at {
        !between.any(|w| {
            matches!(tree.norm(w), "after" | "who" | "that" | "which" | "when" | "as" | "before" | "while")
        })
    } else {
        !between.any(|w| tree.is_verbal(w) || matches!(tree.norm(w), "who" | "which"))
    }
}

/// The word that makes a noun phrase negative: "no", "neither", "none", "nobody", "nothing".
pub(super) fn negative_phrase(tree: &Tree<'_>, head: u32) -> Option<u32> {
    if matches!(tree.norm(head), "nobody" | "none" | "nothing" | "neither" | "no-one" | "noone") {
        return Some(head);
    }
    tree.children(head).iter().copied().find(|&c| {
        matches!(tree.norm(c), "no" | "neither")
            && matches!(tree.deprel(c).base(), Deprel::Det | Deprel::Advmod | Deprel::Compound)
    })
}

/// "not" or "n't" between an auxiliary and the verb, hung by the parser on something else that is no clause of its own.
fn stray_negation(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let before = at.checked_sub(1)?;
    let is_not = |t: u32| matches!(tree.norm(t), "not" | "n't");
    let not = if is_not(before) {
        before
    } else {
        before.checked_sub(1).filter(|&b| is_not(b) && tree.upos(before) == Upos::Adv)?
    };
    let aux = not.checked_sub(1)?;
    let head = tree.head(not)?;
    (tree.upos(aux) == Upos::Aux && head != at && tree.head(aux) == Some(at)).then_some(not)
}

/// Whether the clause of `at` is perfect ("may have attacked").
pub(super) fn is_perfect(tree: &Tree<'_>, at: u32) -> bool {
    tree.children_by(at, Deprel::Aux).any(|a| tree.lemma(a) == "have")
}

/// Whether it is progressive ("may be fighting").
pub(super) fn is_progressive(tree: &Tree<'_>, at: u32) -> bool {
    tree.xpos(at) == Xpos::Vbg && tree.children_by(at, Deprel::Aux).any(|a| tree.lemma(a) == "be")
}

/// Whether a condition hangs on the clause ("if", "unless", "in the event of").
pub(super) fn has_condition(tree: &Tree<'_>, at: u32) -> Option<u32> {
    tree.children(at).iter().copied().find(|&c| {
        let clause = tree.deprel(c).is(Deprel::Advcl)
            && tree.children_by(c, Deprel::Mark).any(|m| matches!(tree.norm(m), "if" | "unless"));
        let phrase = tree.deprel(c).is(Deprel::Obl)
            && matches!(tree.norm(c), "case" | "event")
            && tree.children_by(c, Deprel::Case).any(|m| tree.norm(m) == "in");
        clause || phrase
    })
}

/// "suspected", "presumed" on who does it: then that they did is only supposed.
fn suspect_agent(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let passive = tree.is_passive(at);
    let participle = tree.deprel(at).is(Deprel::Acl) && !passive;
    let agent = tree
        .children(at)
        .iter()
        .copied()
        .find(|&c| {
            (!passive && tree.deprel(c) == Deprel::Nsubj)
                || tree.deprel(c) == Deprel::OblAgent
                || (passive && tree.deprel(c).is(Deprel::Obl) && tree.case(c) == "by")
        })
        .or_else(|| participle.then(|| tree.head(at)).flatten())?;
    let first = tree.subtree(agent).first().copied().unwrap_or(agent).max(agent.saturating_sub(5));
    (first..agent).find(|&w| {
        SIGNATURES.find(Pos::Adj, tree.norm(w), &["mod"]).is_some_and(|r| r.positive == Effect::Probable)
    })
}

/// "no", "possible", "suspected" before a noun, whatever the parser hung them on.
fn premodifiers(tree: &Tree<'_>, at: u32, except: Option<u32>, local: &mut Local) {
    let mut word = at;
    while word > 0 && at - word < 6 {
        word -= 1;
        let norm = tree.norm(word);
        if Some(word) == except {
            break;
        }
        if norm == "no" {
            if !local.negations.contains(&word) && (word + 1 >= tree.len() || tree.norm(word + 1) != "longer")
            {
                local.negations.push(word);
            }
            break;
        }
        if let Some(row) = SIGNATURES.find(Pos::Adj, norm, &["mod"]) {
            // "reported clashes" of one who did report them
            let told = tree.is_verbal(word) && tree.child_by(word, Deprel::Nsubj).is_some();
            if tree.upos(word) != Upos::Adv && !told && !local.modifiers.iter().any(|&(m, _)| m == word) {
                local.modifiers.push((word, row.positive));
            }
            continue;
        }
        let inside = matches!(tree.upos(word), Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
            || matches!(tree.norm(word), "-" | "'s")
            || (tree.xpos(word).is_verb()
                && matches!(tree.deprel(word).base(), Deprel::Amod | Deprel::Compound));
        if !inside {
            break;
        }
    }
}
