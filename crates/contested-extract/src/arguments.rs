//! The logical arguments of a predicate: who stands in which slot, seen through passives, coordination, control, relative clauses and
//! participles, so that the lexicon can speak of subjects and objects only.

use contested_language::tags::{Deprel, Upos, Xpos};

use crate::lexicon::Step;
use crate::nouns::{self, Class};
use crate::tree::Tree;
use crate::words::Words;

/// One argument.
#[derive(Debug, Clone)]
pub(crate) struct Argument {
    pub(crate) position: Step,
    /// Head of the noun phrase.
    pub(crate) token: u32,
    /// Reached through another predicate (control, coordination), not a child of this one.
    pub(crate) shared: bool,
}

/// Arguments of one predicate, in order of the text within each position.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arguments {
    pub(crate) all: Vec<Argument>,
}

impl Arguments {
    /// Tokens in `position`.
    pub(crate) fn at<'s>(&'s self, position: &'s Step) -> impl Iterator<Item = u32> + 's {
        self.all.iter().filter(move |a| a.position == *position).map(|a| a.token)
    }

    fn add(&mut self, position: Step, token: u32, shared: bool) {
        if !self.all.iter().any(|a| a.token == token && a.position == position) {
            self.all.push(Argument { position, token, shared });
        }
    }

    fn has(&self, position: &Step) -> bool {
        self.all.iter().any(|a| a.position == *position)
    }
}

/// Arguments of the predicate at `at`, whatever part of speech it is.
pub(crate) fn of(tree: &Tree<'_>, at: u32) -> Arguments {
    let mut found = Arguments::default();
    if tree.is_verbal(at) {
        verbal(tree, at, &mut found, 0);
    } else {
        nominal(tree, at, &mut found);
    }
    found
}

fn verbal(tree: &Tree<'_>, at: u32, found: &mut Arguments, depth: u8) {
    let passive = tree.is_passive(at);
    for &child in tree.children(at) {
        match tree.deprel(child) {
            Deprel::NsubjPass => found.add(Step::Obj, child, false),
            Deprel::Nsubj | Deprel::NsubjOuter => {
                found.add(if passive { Step::Obj } else { Step::Subj }, child, false);
            }
            Deprel::Obj => found.add(Step::Obj, child, false),
            Deprel::Iobj => found.add(Step::Iobj, child, false),
            Deprel::OblAgent => {
                found.add(Step::Subj, child, false);
                found.add(Step::By, child, false);
            }
            deprel if deprel.is(Deprel::Obl) || deprel.is(Deprel::Nmod) => {
                let case = tree.case(child);
                if case == "by" {
                    found.add(Step::By, child, false);
                    if passive && !is_measure(tree, child) {
                        found.add(Step::Subj, child, false);
                    }
                } else if !case.is_empty() {
                    found.add(Step::Prep(case), child, false);
                }
            }
            Deprel::Xcomp | Deprel::Ccomp => found.add(Step::Comp, child, false),
            _ => {}
        }
    }
    if let Some(noun) = misread_object(tree, at) {
        found.add(Step::Obj, noun, false);
        let subject = tree
            .ancestors(noun)
            .find(|&up| up < at && tree.is_nominal(up) && tree.deprel(up).is(Deprel::Nsubj));
        let across = || {
            (0..at).rev().find(|&t| {
                tree.is_nominal(t)
                    && tree.deprel(t).is(Deprel::Nsubj)
                    && tree.head(t).is_some_and(|head| head > at)
            })
        };
        if let Some(subject) = subject.or_else(across) {
            found.add(Step::Subj, subject, true);
        }
        return;
    }
    if tree.deprel(at) == Deprel::Amod
        && let Some(noun) = tree.head(at)
    {
        found.add(Step::Noun, noun, false);
        let logical = if tree.xpos(at) == Xpos::Vbg { Step::Subj } else { Step::Obj };
        if !found.has(&logical) {
            found.add(logical, noun, false);
        }
        left_modifiers(tree, at, found);
        if let Some(compound) = hyphenated(tree, at) {
            found.add(Step::Mod, compound, false);
        }
    }
    if depth < 4 {
        shared_subject(tree, at, passive, found, depth);
    }
}

/// "captured Islamic State's last stronghold" read as an adjective: none stands before a possessor or an article, so the noun is the
/// object of a verb.
fn misread_object(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let noun = tree
        .head(at)
        .filter(|&noun| noun > at && tree.deprel(at) == Deprel::Amod && tree.xpos(at) != Xpos::Vbg)?;
    let between = |child: u32| child > at && child < noun;
    let barred = tree.children(noun).iter().any(|&child| {
        between(child) && (tree.deprel(child) == Deprel::NmodPoss || tree.deprel(child).is(Deprel::Det))
    });
    barred.then_some(noun)
}

/// "by 30 percent", "by Tuesday", "by air" name no agent.
fn is_measure(tree: &Tree<'_>, at: u32) -> bool {
    tree.upos(at) == Upos::Num || Words::Measure.has(tree.lemma(at))
}

/// What the predicate's subject is when it has none of its own.
fn shared_subject(tree: &Tree<'_>, at: u32, passive: bool, found: &mut Arguments, depth: u8) {
    let logical = if passive { Step::Obj } else { Step::Subj };
    let Some(head) = tree.head(at) else { return };
    let deprel = tree.deprel(at);
    if deprel == Deprel::AclRelcl {
        relative(tree, at, head, passive, found);
        return;
    }
    if found.has(&logical) {
        return;
    }
    if deprel.is(Deprel::Acl) {
        found.add(Step::Noun, head, false);
        match tree.xpos(at) {
            Xpos::Vbn | Xpos::Vbd if tree.goes_somewhere(at) => found.add(Step::Subj, head, true),
            Xpos::Vbn | Xpos::Vbd => found.add(Step::Obj, head, true),
            Xpos::Vbg => found.add(Step::Subj, head, true),
            _ => {
                // "ordered troops to attack": the parser may hang the infinitive on the troops
                let controlled = tree.deprel(head).is(Deprel::Obj)
                    && tree.head(head).is_some_and(|verb| Words::ObjectControl.has(tree.lemma(verb)))
                    && (nouns::is(tree.lemma(head), Class::Fighter)
                        || nouns::is(tree.lemma(head), Class::Human)
                        || tree.upos(head) == Upos::Propn);
                if controlled {
                    found.add(Step::Subj, head, true);
                } else
                // "the order to attack": whoever gave or has it
                if let Some(owner) = tree.child_by(head, Deprel::NmodPoss) {
                    found.add(Step::Subj, owner, true);
                } else if let Some(verb) = tree.head(head) {
                    inherit(tree, verb, &logical, found, depth);
                }
            }
        }
        return;
    }
    if deprel == Deprel::Conj
        || deprel.is(Deprel::Xcomp)
        || deprel.is(Deprel::Advcl)
        || deprel.is(Deprel::Parataxis)
    {
        if deprel.is(Deprel::Parataxis) && tree.xpos(at) != Xpos::Vbg && tree.xpos(at) != Xpos::Vbn {
            return;
        }
        if deprel.is(Deprel::Xcomp)
            && Words::ObjectControl.has(tree.lemma(head))
            && let Some(object) =
                tree.child_by(head, Deprel::Obj).or_else(|| tree.child_by(head, Deprel::NsubjPass))
        {
            found.add(logical, object, true);
            return;
        }
        inherit(tree, head, &logical, found, depth);
    }
    // a gerund after a preposition or as a subject: "accused of killing", "by attacking"
    if !found.has(&logical)
        && matches!(deprel.base(), Deprel::Obl | Deprel::Nmod | Deprel::Ccomp)
        && tree.xpos(at) == Xpos::Vbg
    {
        inherit(tree, head, &logical, found, depth);
    }
}

/// Takes the surface subject of the predicate at `from`.
fn inherit(tree: &Tree<'_>, from: u32, into: &Step, found: &mut Arguments, depth: u8) {
    if tree.is_verbal(from) || tree.children_by(from, Deprel::Nsubj).next().is_some() {
        let subjects: Vec<u32> = tree.children_by(from, Deprel::Nsubj).collect();
        if !subjects.is_empty() {
            for subject in subjects {
                found.add(into.clone(), subject, true);
            }
            return;
        }
        let mut above = Arguments::default();
        verbal(tree, from, &mut above, depth + 1);
        let surface = if tree.is_passive(from) { Step::Obj } else { Step::Subj };
        let tokens: Vec<u32> = above.at(&surface).collect();
        for token in tokens {
            found.add(into.clone(), token, true);
        }
    } else if tree.is_nominal(from)
        && let Some(owner) = tree.child_by(from, Deprel::NmodPoss)
    {
        found.add(into.clone(), owner, true);
    }
}

/// In "the town that X captured", the noun stands where the relative pronoun does, or where the gap is.
fn relative(tree: &Tree<'_>, at: u32, noun: u32, passive: bool, found: &mut Arguments) {
    found.add(Step::Noun, noun, false);
    let is_relativiser = |token: u32| {
        matches!(tree.norm(token), "that" | "which" | "who" | "whom" | "whose")
            && tree.xpos(token) != Xpos::In
    };
    let mut placed = false;
    let mut changed = Vec::new();
    for (index, argument) in found.all.iter().enumerate() {
        if argument.token != noun && is_relativiser(argument.token) {
            changed.push(index);
            placed = true;
        }
    }
    for index in changed {
        found.all[index].token = noun;
        found.all[index].shared = true;
    }
    if placed {
        return;
    }
    if tree.children(at).iter().any(|&c| tree.norm(c) == "where") {
        found.add(Step::Prep("in".to_owned()), noun, true);
        return;
    }
    let subject = if passive { Step::Obj } else { Step::Subj };
    if !found.has(&subject) {
        found.add(subject, noun, true);
    } else if !found.has(&Step::Obj) {
        found.add(Step::Obj, noun, true);
    }
}

fn nominal(tree: &Tree<'_>, at: u32, found: &mut Arguments) {
    left_modifiers(tree, at, found);
    // "Islamic State's former capital Raqqa": the possessor hangs on the name
    if matches!(tree.deprel(at), Deprel::Compound | Deprel::NmodDesc | Deprel::Amod)
        && let Some(name) = tree.head(at).filter(|&head| head > at)
        && let Some(owner) = tree.child_by(name, Deprel::NmodPoss).filter(|&owner| owner < at)
    {
        found.add(Step::Poss, owner, true);
    }
    for &child in tree.children(at) {
        match tree.deprel(child) {
            Deprel::NmodPoss => found.add(Step::Poss, child, false),
            Deprel::Nsubj | Deprel::NsubjOuter => found.add(Step::Subj, child, false),
            deprel if deprel.is(Deprel::Nmod) || deprel.is(Deprel::Obl) => {
                let case = tree.case(child);
                match case.as_str() {
                    "" => {}
                    "by" => found.add(Step::By, child, false),
                    _ => {
                        // "the abduction of pupils by gunmen": the parser may hang the doers on the victims
                        let doers = tree.children_by(child, Deprel::Nmod).filter(|&c| tree.case(c) == "by");
                        for doer in doers.filter(|_| case == "of") {
                            found.add(Step::By, doer, true);
                        }
                        found.add(Step::Prep(case), child, false);
                    }
                }
            }
            // "an attack carried out by X", "strikes launched by X on Y"
            deprel if deprel.is(Deprel::Acl) && tree.is_verbal(child) => {
                for &below in tree.children(child) {
                    if tree.deprel(below).is(Deprel::Obl) {
                        match tree.case(below).as_str() {
                            "by" if deprel != Deprel::AclRelcl || tree.is_passive(child) => {
                                found.add(Step::By, below, true);
                            }
                            "" | "by" => {}
                            case => found.add(Step::Prep(case.to_owned()), below, true),
                        }
                    }
                }
            }
            _ => {}
        }
    }
    if matches!(tree.deprel(at), Deprel::Amod | Deprel::Acl | Deprel::Compound)
        && let Some(noun) = tree.head(at)
    {
        found.add(Step::Noun, noun, false);
    }
    // "has ties to X", "fought with the backing of X": whose they are is the subject of the verb
    if !found.has(&Step::Subj)
        && let Some(verb) = tree.head(at).filter(|&head| tree.is_verbal(head))
    {
        let had = tree.deprel(at).is(Deprel::Obj)
            && matches!(
                tree.lemma(verb),
                "have"
                    | "maintain"
                    | "enjoy"
                    | "keep"
                    | "retain"
                    | "forge"
                    | "announce"
                    | "claim"
                    | "declare"
                    | "assert"
            );
        let with = tree.deprel(at).is(Deprel::Obl) && tree.case(at) == "with";
        if had || with {
            let above = of(tree, verb);
            let step = if tree.is_passive(verb) { Step::Obj } else { Step::Subj };
            for subject in above.at(&step) {
                found.add(Step::Subj, subject, true);
            }
        }
    }
    if let Some(compound) = hyphenated(tree, at) {
        found.add(Step::Mod, compound, false);
    }
}

fn left_modifiers(tree: &Tree<'_>, at: u32, found: &mut Arguments) {
    for &child in tree.children(at) {
        if child < at
            && matches!(
                tree.deprel(child).base(),
                Deprel::Compound
                    | Deprel::Amod
                    | Deprel::Nmod
                    | Deprel::Nummod
                    | Deprel::Obl
                    | Deprel::Advmod
            )
            && tree.deprel(child) != Deprel::NmodPoss
            && tree.case(child).is_empty()
        {
            found.add(Step::Mod, child, false);
        }
    }
}

/// The word before the hyphen of "Iran-backed", wherever the parser hung it.
fn hyphenated(tree: &Tree<'_>, at: u32) -> Option<u32> {
    if at >= 2 && tree.norm(at - 1) == "-" {
        return Some(at - 2);
    }
    None
}
