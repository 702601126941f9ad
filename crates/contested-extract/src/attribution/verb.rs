//! Verbs of saying and believing: who is their subject, and which words are their content, read off the tree.

use contested_language::tags::{Deprel, Upos, Xpos};
use contested_model::Stance;

use super::draft::{Draft, tidy, without};
use super::lexicon::{Entry, Frame, REPORTING, Strength};
use super::phrase;
use super::{CueSpan, order};
use crate::tree::Tree;

/// Reads the verb at `at`, if it is one of the lexicon.
pub(super) fn read(tree: &Tree<'_>, sentence: usize, at: u32) -> Option<Draft> {
    let (lemma, entry, particle) = sense(tree, at)?;
    let head = subject(tree, at, 0).or_else(|| {
        (entry.strength == Strength::Strong && !is_agentless(tree, at)).then(|| beside(tree, at)).flatten()
    })?;
    if !can_speak(tree, head, entry) {
        return None;
    }
    let speaker = phrase::speaker(tree, sentence, head);
    if speaker.head == at {
        return None;
    }
    let mut found = content(tree, at, lemma, entry);
    if found.is_none()
        && entry.takes(Frame::Clause)
        && matches!(entry.strength, Strength::Strong | Strength::Medium)
    {
        found = order::content(
            tree,
            at,
            (speaker.first.min(head), speaker.last.max(head)),
            entry.strength == Strength::Strong,
        );
    }
    let (mut words, rule, answers) = found?;
    if rule == "said.clause.v1" || rule == "said.parataxis.v1" {
        extend(tree, at, &mut words);
    }
    // Speaker and cue are told by the report itself.
    let own: Vec<u32> = (speaker.first..=speaker.last).chain([at]).collect();
    tidy(&mut words);
    words = if words.contains(&speaker.head) && rule != "said.object.v1" {
        without(&words, &sorted(own))
    } else {
        words
    };
    if words.is_empty() {
        return None;
    }
    Some(Draft {
        cue: CueSpan { first: at, last: particle.unwrap_or(at) },
        lemma: particle.map_or_else(|| lemma.to_owned(), |p| format!("{} {}", tree.lemma(at), tree.norm(p))),
        stance: stance(tree, at, entry),
        speaker,
        addressee: addressee(tree, at, entry).map(|a| phrase::speaker(tree, sentence, a)),
        content: words,
        rule,
        answers,
        relayed_by_cue: None,
    })
}

fn sorted(mut words: Vec<u32>) -> Vec<u32> {
    words.sort_unstable();
    words
}

/// The sense of the verb at `at`, with its particle where the sense has one ("point out").
pub(super) fn sense<'t>(tree: &Tree<'t>, at: u32) -> Option<(&'t str, &'static Entry, Option<u32>)> {
    let looks = tree.is_verbal(at)
        || (tree.upos(at) == Upos::Noun
            && tree.child_by(at, Deprel::Nsubj).is_some()
            && tree.child_by(at, Deprel::Ccomp).is_some());
    if !looks || tree.deprel(at).is(Deprel::Amod) || tree.deprel(at).is(Deprel::Case) {
        return None;
    }
    let lemma = tree.lemma(at);
    let particle = tree.children_by(at, Deprel::Compound).find(|&c| tree.deprel(c) == Deprel::CompoundPrt);
    if let Some(particle) = particle {
        let joined = format!("{lemma} {}", tree.norm(particle));
        return REPORTING
            .verbs
            .get_key_value(joined.as_str())
            .map(|(_, entry)| (lemma, entry, Some(particle)));
    }
    // The particle may have been parsed as anything.
    if tree.token(at).span.end > 0 && at + 1 < tree.len() && tree.norm(at + 1) == "out" {
        let joined = format!("{lemma} out");
        if let Some((_, entry)) = REPORTING.verbs.get_key_value(joined.as_str()) {
            return Some((lemma, entry, Some(at + 1)));
        }
    }
    REPORTING.verbs.get(lemma).map(|entry| (lemma, entry, None))
}

/// Whether nobody is said to speak ("it was reported that").
pub(super) fn is_agentless(tree: &Tree<'_>, at: u32) -> bool {
    tree.is_passive(at) && agent(tree, at).is_none()
}

fn agent(tree: &Tree<'_>, at: u32) -> Option<u32> {
    tree.children_by(at, Deprel::Obl).find(|&c| {
        tree.deprel(c) == Deprel::OblAgent || (tree.case(c) == "by" && !phrase::DAYS.contains(&tree.norm(c)))
    })
}

/// The subject as it stands on the page, passive or not.
fn surface_subject(tree: &Tree<'_>, at: u32) -> Option<u32> {
    tree.children_by(at, Deprel::Nsubj).find(|&c| tree.deprel(c) != Deprel::NsubjOuter)
}

/// Who speaks: the subject, the agent of a passive, or what the clause inherits from the one it hangs on.
pub(super) fn subject(tree: &Tree<'_>, at: u32, depth: u32) -> Option<u32> {
    if depth > 6 {
        return None;
    }
    if tree.is_passive(at) && tree.deprel(at) != Deprel::Xcomp {
        return agent(tree, at);
    }
    if let Some(own) = surface_subject(tree, at) {
        if matches!(tree.norm(own), "who" | "which" | "that") && tree.deprel(at).is(Deprel::Acl) {
            return tree.head(at);
        }
        return Some(own);
    }
    let up = tree.head(at)?;
    let marked_as = tree.children(at).iter().any(|&c| {
        matches!(tree.norm(c), "as") && matches!(tree.deprel(c).base(), Deprel::Mark | Deprel::Case)
    });
    match tree.deprel(at).base() {
        _ if marked_as && matches!(tree.lemma(up), "quote" | "cite" | "report") => {
            if tree.is_passive(up) {
                surface_subject(tree, up)
            } else {
                tree.child_by(up, Deprel::Obj)
            }
        }
        Deprel::Conj | Deprel::Advcl | Deprel::Parataxis
            if tree.is_verbal(up) || tree.upos(up) == Upos::Aux =>
        {
            surface_subject(tree, up).or_else(|| subject(tree, up, depth + 1))
        }
        Deprel::Conj | Deprel::Advcl => surface_subject(tree, up),
        Deprel::Xcomp => tree
            .child_by(up, Deprel::Obj)
            .or_else(|| surface_subject(tree, up))
            .or_else(|| subject(tree, up, depth + 1)),
        Deprel::Acl => Some(up),
        _ => None,
    }
}

/// A noun phrase right before or right after the verb, where the tree gives no subject.
fn beside(tree: &Tree<'_>, at: u32) -> Option<u32> {
    if !matches!(tree.xpos(at), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) {
        return None;
    }
    phrase::before(tree, at).or_else(|| phrase::after(tree, at))
}

/// Whether the phrase headed by `head` can be the speaker of a verb of this kind.
pub(super) fn can_speak(tree: &Tree<'_>, head: u32, entry: &Entry) -> bool {
    let lemma = tree.lemma(head);
    if tree.upos(head) == Upos::Pron
        && matches!(
            tree.norm(head),
            "i" | "we" | "you" | "one" | "what" | "this" | "that" | "there" | "which" | "it"
        )
        && !(tree.norm(head) == "it"
            && tree.deprel(head).is(Deprel::Nsubj)
            && entry.strength == Strength::Strong)
    {
        return false;
    }
    match entry.strength {
        Strength::Utterance => phrase::is_utterance(tree, head),
        // "Data from a shipping monitor show": an owner speaks through what else only suggests.
        _ => !REPORTING.inanimate.contains(lemma) || phrase::owner(tree, head).is_some(),
    }
}

type Found = Option<(Vec<u32>, &'static str, bool)>;

/// The content's words by the first frame that fits.
fn content(tree: &Tree<'_>, at: u32, lemma: &str, entry: &Entry) -> Found {
    let mut words = Vec::new();
    if entry.takes(Frame::Clause) {
        for clause in tree.children_by(at, Deprel::Ccomp) {
            words.extend(tree.subtree(clause));
        }
        if !words.is_empty() {
            return Some((words, "said.clause.v1", false));
        }
        for clause in tree.children_by(at, Deprel::Parataxis) {
            if tree.token(clause).head == Some(at)
                && sense(tree, clause).is_none_or(|_| clause > at)
                && tree.subtree(clause).len() > 2
            {
                words.extend(tree.subtree(clause));
            }
        }
        if !words.is_empty() && entry.strength <= Strength::Medium {
            return Some((words, "said.parataxis.v1", false));
        }
        if let Some(up) = tree.head(at) {
            let as_clause = tree.deprel(at).is(Deprel::Advcl)
                && tree.children_by(at, Deprel::Mark).any(|m| tree.norm(m) == "as");
            if (tree.deprel(at) == Deprel::Parataxis || as_clause)
                && entry.strength != Strength::Utterance
                && tree.child_by(at, Deprel::Obj).is_none()
                && (tree.is_verbal(up)
                    || tree.child_by(up, Deprel::Nsubj).is_some()
                    || tree.deprel(up) == Deprel::Root)
            {
                let mine = tree.subtree(at);
                return Some((
                    without(&tree.subtree(up), &mine),
                    if as_clause { "said.as.v1" } else { "said.medial.v1" },
                    false,
                ));
            }
        }
    }
    if entry.takes(Frame::Infinitive) {
        if let Some(clause) = tree.child_by(at, Deprel::Xcomp) {
            return Some((tree.subtree(clause), "said.infinitive.v1", false));
        }
    }
    if entry.takes(Frame::ObjectInfinitive) {
        if let (Some(object), Some(clause)) =
            (tree.child_by(at, Deprel::Obj), tree.child_by(at, Deprel::Xcomp))
        {
            words.extend(tree.subtree(object));
            words.extend(tree.subtree(clause));
            return Some((words, "said.object-infinitive.v1", false));
        }
    }
    for (frame, cases, rule) in [
        (Frame::Of, ["of", "about"].as_slice(), "said.of.v1"),
        (Frame::As, ["as"].as_slice(), "said.as-phrase.v1"),
        (Frame::For, ["for"].as_slice(), "blamed.for.v1"),
    ] {
        if !entry.takes(frame) {
            continue;
        }
        for &child in tree.children(at) {
            let fits = matches!(
                tree.deprel(child).base(),
                Deprel::Obl | Deprel::Advcl | Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl
            );
            let marked = tree.children(child).iter().any(|&c| {
                cases.contains(&tree.norm(c)) && matches!(tree.deprel(c).base(), Deprel::Case | Deprel::Mark)
            });
            if fits && marked {
                words.extend(tree.subtree(child));
            }
        }
        // "accused X of doing": the parser may hang the phrase on X.
        if words.is_empty() && frame == Frame::Of && lemma == "accuse" {
            if let Some(object) = tree.child_by(at, Deprel::Obj) {
                for &child in tree.children(object) {
                    if child > object && tree.children(child).iter().any(|&c| tree.norm(c) == "of") {
                        words.extend(tree.subtree(child));
                    }
                }
            }
        }
        if !words.is_empty() {
            return Some((words, rule, false));
        }
    }
    object(tree, at, entry)
}

/// "confirmed the deaths", "a claim that Y denied", "rejected the accusations".
fn object(tree: &Tree<'_>, at: u32, entry: &Entry) -> Found {
    let any = entry.takes(Frame::Object);
    if !any && !entry.takes(Frame::ReportingObject) {
        return None;
    }
    let relative = tree.deprel(at).is(Deprel::Acl).then(|| tree.head(at)).flatten();
    let direct = tree.child_by(at, Deprel::Obj);
    let pronoun = |t: u32| matches!(tree.norm(t), "that" | "which" | "it" | "this" | "them");
    // "…, a claim that Ukrainian officials denied": the answer to what stands before.
    if let Some(noun) = relative {
        let gap = direct.is_none_or(pronoun)
            && (tree.is_passive(at) || surface_subject(tree, at).is_some_and(|s| !pronoun(s)));
        if gap && phrase::is_utterance(tree, noun) {
            let words = (0..noun).collect();
            return Some((words, "denied.relative.v1", true));
        }
        if gap && any && entry.stance == Stance::Denies {
            let mine = tree.subtree(at);
            return Some((without(&tree.subtree(noun), &mine), "denied.relative-object.v1", false));
        }
    }
    let target = direct.or_else(|| if tree.is_passive(at) { surface_subject(tree, at) } else { None })?;
    if pronoun(target) || entry.except.contains(&tree.lemma(target)) {
        return None;
    }
    let reporting = phrase::is_utterance(tree, target);
    if !any && !reporting {
        return None;
    }
    Some((tree.subtree(target), "said.object.v1", false))
}

/// Conjuncts and participles that the parser hung on the verb of saying but that belong to what is said.
fn extend(tree: &Tree<'_>, at: u32, words: &mut Vec<u32>) {
    let left = words.iter().all(|&w| w < at);
    for &child in tree.children(at) {
        if child < at || words.contains(&child) {
            continue;
        }
        let own_subject =
            surface_subject(tree, child).is_some() || tree.child_by(child, Deprel::Expl).is_some();
        let says = sense(tree, child).is_some_and(|(_, entry, _)| entry.strength <= Strength::Medium);
        let joined = tree.deprel(child).is(Deprel::Conj)
            && own_subject
            && !says
            && !left
            && tree
                .subtree(child)
                .first()
                .is_some_and(|&f| f > 0 && tree.norm(f - 1) != "," && tree.norm(f) != ",")
            && !tree
                .children_by(child, Deprel::Cc)
                .any(|c| matches!(tree.norm(c), "but" | "while" | "though" | "yet"));
        let trailing = left
            && !says
            && tree.deprel(child).is(Deprel::Advcl)
            && tree.xpos(child) == Xpos::Vbg
            && !own_subject;
        if joined || trailing {
            words.extend(tree.subtree(child));
        }
    }
}

/// What the speaker does with the content, negation and refusal taken in.
fn stance(tree: &Tree<'_>, at: u32, entry: &Entry) -> Stance {
    let negated = |v: u32| {
        tree.children(v).iter().any(|&c| {
            matches!(tree.norm(c), "not" | "n't" | "never" | "nor") && tree.deprel(c).is(Deprel::Advmod)
        })
    };
    let refused = tree.deprel(at).is(Deprel::Xcomp)
        && tree.head(at).is_some_and(|up| {
            matches!(tree.lemma(up), "decline" | "refuse" | "unable" | "unwilling" | "fail") || negated(up)
        });
    if refused || negated(at) {
        return match entry.stance {
            Stance::Denies | Stance::Doubts => Stance::Asserts,
            _ if entry.strength == Strength::Mental => Stance::Doubts,
            _ => Stance::Declines,
        };
    }
    entry.stance
}

/// Whom it was told: "told Fox News", "confirmed to Reuters".
fn addressee(tree: &Tree<'_>, at: u32, entry: &Entry) -> Option<u32> {
    let told = entry.takes(Frame::To).then(|| {
        tree.children(at).iter().copied().find(|&c| {
            c > at && matches!(tree.deprel(c).base(), Deprel::Obj | Deprel::Iobj) && tree.is_nominal(c)
        })
    });
    told.flatten()
        .or_else(|| tree.children_by(at, Deprel::Obl).find(|&c| tree.case(c) == "to" && tree.is_nominal(c)))
}
