//! What reports without being a verb of its own clause: "according to X", "citing X", "X's claim that", "reports of", "… : monitor".

use contested_language::SentenceRole;
use contested_language::tags::{Deprel, NameKind, Upos, Xpos};
use contested_model::Stance;

use super::CueSpan;
use super::draft::{Draft, tidy, without};
use super::lexicon::{Frame, REPORTING, Strength};
use super::{phrase, verb};
use crate::tree::Tree;

/// "According to X, …", "…, according to X", "per X".
pub(super) fn preposition(tree: &Tree<'_>, sentence: usize, at: u32) -> Option<Draft> {
    let (words, entry) = REPORTING.prepositions.iter().find(|(words, _)| {
        words
            .iter()
            .enumerate()
            .all(|(i, word)| at + (i as u32) < tree.len() && tree.norm(at + i as u32) == *word)
    })?;
    let last = at + words.len() as u32 - 1;
    // "according to what the reporter saw": all of it says who tells
    let mut told = last;
    let head = if last + 1 < tree.len() && matches!(tree.norm(last + 1), "what" | "whatever") {
        let (seer, seen) = (last + 2..tree.len()).filter(|&verb| tree.is_verbal(verb)).find_map(|verb| {
            tree.children_by(verb, Deprel::Nsubj).find(|&s| s > last + 1 && s < verb).map(|seer| (seer, verb))
        })?;
        told = seen;
        seer
    } else {
        object_of(tree, at, last)?
    };
    if entry.refuses(tree.lemma(head)) || (entry.strength != Strength::Strong && tree.upos(head) == Upos::Num)
    {
        return None;
    }
    let speaker = phrase::speaker(tree, sentence, head);
    let mut own: Vec<u32> = (at..=told).chain(speaker.first..=speaker.last).collect();
    tidy(&mut own);
    let content = without(&clause_around(tree, head, at, &own), &own);
    (!content.is_empty()).then(|| Draft {
        cue: CueSpan { first: at, last },
        lemma: words.join(" "),
        stance: entry.stance,
        speaker,
        addressee: None,
        content,
        rule: "according-to.v1",
        answers: false,
        goes_on: false,
        relayed_by_cue: None,
    })
}

/// The noun that the preposition stands before: by the tree, else the phrase that follows.
fn object_of(tree: &Tree<'_>, at: u32, last: u32) -> Option<u32> {
    if let Some(head) = tree.head(at) {
        if head > last && tree.deprel(at).is(Deprel::Case) && tree.is_nominal(head) {
            return Some(head);
        }
        // "according" as head of an oblique.
        if let Some(inner) = tree.children_by(at, Deprel::Obl).find(|&c| c > last && tree.is_nominal(c)) {
            return Some(inner);
        }
    }
    phrase::after(tree, last).or_else(|| {
        // Nouns tagged as verbs ("according to monitors").
        (last + 1..tree.len().min(last + 4)).find(|&w| {
            !matches!(tree.upos(w), Upos::Det | Upos::Adj | Upos::Num | Upos::Punct | Upos::Adp | Upos::Part)
                || tree.xpos(w) == Xpos::Nns
        })
    })
}

/// The clause that an "according to" phrase covers: the whole sentence when it stands at an end, else the clause it hangs on.
fn clause_around(tree: &Tree<'_>, head: u32, at: u32, own: &[u32]) -> Vec<u32> {
    let end = own.last().copied().unwrap_or(head);
    let rest = (end + 1..tree.len()).filter(|&w| tree.upos(w) != Upos::Punct).count();
    let start = (0..at).filter(|&w| tree.upos(w) != Upos::Punct).count();
    let governor = tree.ancestors(head).find(|&node| {
        !own.contains(&node)
            && (tree.is_verbal(node)
                || tree.child_by(node, Deprel::Nsubj).is_some()
                || tree.child_by(node, Deprel::Cop).is_some())
    });
    if start == 0 || rest == 0 {
        // "A did this, but B did that, according to X": only the last part.
        if let Some(clause) = governor {
            let contrast =
                tree.children_by(clause, Deprel::Cc).any(|c| matches!(tree.norm(c), "but" | "while" | "yet"));
            if contrast && tree.deprel(clause).is(Deprel::Conj) {
                return tree.subtree(clause);
            }
        }
        return (0..tree.len()).collect();
    }
    governor.map_or_else(|| (0..tree.len()).collect(), |clause| tree.subtree(clause))
}

/// "citing X", "quoting X", "X was quoted as saying": whom they quote vouches, the one that quotes relays.
pub(super) fn citation(tree: &Tree<'_>, sentence: usize, at: u32) -> Option<Draft> {
    if !matches!(tree.lemma(at), "cite" | "quote") || !tree.is_verbal(at) || tree.is_passive(at) {
        return None;
    }
    let object = tree.child_by(at, Deprel::Obj).or_else(|| phrase::after(tree, at))?;
    // "citing security concerns" names a reason, not a source.
    let source = matches!(tree.upos(object), Upos::Propn | Upos::Pron)
        || phrase::is_utterance(tree, object)
        || REPORTING.headline.contains(tree.lemma(object))
        || ["er", "or", "ist", "ian", "man", "men", "ant"]
            .iter()
            .any(|end| tree.lemma(object).ends_with(end));
    if !tree.is_nominal(object) || !source || REPORTING.inanimate.contains(tree.lemma(object)) {
        return None;
    }
    let speaker = phrase::speaker(tree, sentence, object);
    // "quoted X as saying that": the clause of "saying" is read as a statement of its own; only the link is missing.
    let as_saying =
        tree.children(at).iter().copied().find(|&c| {
            tree.children(c).iter().any(|&m| tree.norm(m) == "as") && verb::sense(tree, c).is_some()
        });
    if as_saying.is_some() {
        return None;
    }
    let up = tree.head(at);
    let mine = tree.subtree(at);
    let (content, relayed) = match up {
        Some(up) if verb::sense(tree, up).is_some() && !tree.deprel(at).is(Deprel::Acl) => {
            (verb::read(tree, sentence, up).map(|d| without(&d.content, &mine)), Some(up))
        }
        Some(up) => (Some(without(&tree.subtree(clause_head(tree, up)), &mine)), None),
        None => (tree.child_by(at, Deprel::Ccomp).map(|c| tree.subtree(c)), None),
    };
    let content = content.filter(|c| !c.is_empty())?;
    Some(Draft {
        cue: CueSpan { first: at, last: at },
        lemma: tree.lemma(at).to_owned(),
        stance: Stance::Asserts,
        speaker,
        addressee: None,
        content,
        rule: "citing.v1",
        answers: false,
        goes_on: false,
        relayed_by_cue: relayed,
    })
}

fn clause_head(tree: &Tree<'_>, from: u32) -> u32 {
    std::iter::once(from).chain(tree.ancestors(from)).find(|&n| tree.is_verbal(n)).unwrap_or(from)
}

/// "X's claim that P", "reports that P", "a claim by X that P", "reports of clashes".
pub(super) fn noun(tree: &Tree<'_>, sentence: usize, at: u32) -> Option<Draft> {
    if tree.upos(at) != Upos::Noun {
        return None;
    }
    let lemma = tree.lemma(at);
    let entry = REPORTING.nouns.get(lemma)?;
    let owner = phrase::owner(tree, at).or_else(|| light_subject(tree, at));
    // Without an owner only reports and rumours stand for somebody.
    let head = match owner {
        Some(owner) => owner,
        None if entry.takes(Frame::About) => at,
        None => return None,
    };
    if tree.upos(head) == Upos::Pron && matches!(tree.norm(head), "my" | "our" | "your") {
        return None;
    }
    let mut content = Vec::new();
    for &child in tree.children(at) {
        let relation = tree.deprel(child);
        let finite = matches!(relation.base(), Deprel::Acl | Deprel::Ccomp | Deprel::Advcl)
            && relation != Deprel::AclRelcl
            && child > at
            && (tree.children_by(child, Deprel::Mark).any(|m| tree.norm(m) == "that")
                || (tree.child_by(child, Deprel::Nsubj).is_some() && tree.xpos(child) != Xpos::Vbg));
        let of =
            relation.is(Deprel::Nmod) && child != head && entry.takes(Frame::Of) && tree.case(child) == "of";
        // The parser takes "that" for a relative pronoun where it is not: a clause with another subject is content.
        let mistaken = relation == Deprel::AclRelcl
            && tree
                .children(child)
                .iter()
                .any(|&c| tree.norm(c) == "that" && tree.deprel(c).is(Deprel::Mark));
        if finite || of || mistaken {
            content.extend(tree.subtree(child));
        }
    }
    // "claims by X that P": P may hang on X.
    if content.is_empty() {
        for clause in tree.children_by(head, Deprel::Acl) {
            if head > at && tree.children_by(clause, Deprel::Mark).any(|m| tree.norm(m) == "that") {
                content.extend(tree.subtree(clause));
            }
        }
    }
    tidy(&mut content);
    let speaker = if head == at {
        let (first, last) = phrase::extent(tree, at);
        super::Speaker {
            sentence,
            head: at,
            first,
            last: last.min(content.first().map_or(last, |&c| c.saturating_sub(1).max(at))),
        }
    } else {
        let (first, last) = phrase::extent(tree, head);
        super::Speaker { sentence, head, first, last }
    };
    (!content.is_empty()).then(|| Draft {
        cue: CueSpan { first: at, last: at },
        lemma: lemma.to_owned(),
        stance: entry.stance,
        speaker,
        addressee: None,
        content,
        rule: "claim-noun.v1",
        answers: false,
        goes_on: false,
        relayed_by_cue: None,
    })
}

/// "lawmakers who are worried that P", "the general was confident that P".
pub(super) fn adjective(tree: &Tree<'_>, sentence: usize, at: u32) -> Option<Draft> {
    if !matches!(tree.upos(at), Upos::Adj | Upos::Verb) || tree.deprel(at).is(Deprel::Amod) {
        return None;
    }
    let entry = REPORTING.adjectives.get(tree.norm(at))?;
    let is = tree.child_by(at, Deprel::Cop).or_else(|| tree.child_by(at, Deprel::AuxPass))?;
    if !matches!(tree.lemma(is), "be" | "remain" | "become" | "feel" | "seem") {
        return None;
    }
    let subject = verb::subject_of_state(tree, at)?;
    if !verb::can_speak(tree, subject, entry) {
        return None;
    }
    let content: Vec<u32> = tree
        .children(at)
        .iter()
        .copied()
        .filter(|&c| c > at && matches!(tree.deprel(c).base(), Deprel::Ccomp | Deprel::Advcl | Deprel::Acl))
        .find(|&c| {
            tree.child_by(c, Deprel::Nsubj).is_some()
                && tree.children_by(c, Deprel::Mark).all(|m| tree.norm(m) == "that")
                && tree.subtree(c).first().is_some_and(|&first| first <= at + 2)
        })
        .map(|clause| tree.subtree(clause))?;
    Some(Draft {
        cue: CueSpan { first: at, last: at },
        lemma: tree.norm(at).to_owned(),
        stance: entry.stance,
        speaker: phrase::speaker(tree, sentence, subject),
        addressee: None,
        content,
        rule: "worried-that.v1",
        answers: false,
        goes_on: false,
        relayed_by_cue: None,
    })
}

/// "X made the claim that", "X issued a denial", "X expressed fears that".
fn light_subject(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let up = tree.head(at).filter(|_| tree.deprel(at).is(Deprel::Obj))?;
    let light = matches!(
        tree.lemma(up),
        "make" | "issue" | "express" | "voice" | "give" | "publish" | "have" | "repeat" | "raise"
    );
    (light && tree.lemma(up) != "raise").then(|| verb::subject(tree, up, 0)).flatten()
}

/// "Rebels take town: monitor" and, in headlines, "UN: thousands flee".
pub(super) fn headline(tree: &Tree<'_>, sentence: usize) -> Option<Draft> {
    let count = tree.len();
    let colon = (0..count).rev().find(|&t| tree.norm(t) == ":")?;
    let is_source = |from: u32, to: u32| {
        (from..to)
            .any(|t| REPORTING.headline.contains(tree.lemma(t)) || REPORTING.headline.contains(tree.norm(t)))
            || tree.sentence.names.iter().any(|n| {
                from <= n.start
                    && n.end <= to
                    && matches!(n.kind, NameKind::Person | NameKind::Organisation | NameKind::ArmedGroup)
            })
    };
    let finite = |from: u32, to: u32| (from..to).any(|t| tree.is_verbal(t) || tree.upos(t) == Upos::Aux);
    let end = (colon + 1..count).rev().find(|&t| tree.upos(t) != Upos::Punct).map_or(count, |t| t + 1);
    // headlines leave verbs out ("army behind attack: rights group")
    let known = |from: u32, to: u32| {
        (from..to.min(from + 3)).any(|t| tree.is_nominal(t) && REPORTING.headline.contains(tree.lemma(t)))
    };
    let (speaker, content) = if colon >= 4
        && end - colon - 1 <= 7
        && end > colon + 1
        && !finite(colon + 1, end)
        && is_source(colon + 1, end)
        && (finite(0, colon) || known(colon + 1, end))
    {
        let known = (colon + 1..end).rev().find(|&t| {
            REPORTING.headline.contains(tree.lemma(t)) || REPORTING.headline.contains(tree.norm(t))
        });
        let head = known.unwrap_or(end - 1);
        (
            super::Speaker {
                sentence,
                head,
                first: colon + 1,
                last: if known.is_some() { head } else { end - 1 },
            },
            (0..colon).collect::<Vec<_>>(),
        )
    } else if tree.sentence.role == SentenceRole::Headline
        && colon <= 8
        && colon > 0
        && count - colon > 4
        && !finite(0, colon)
        && is_source(0, colon)
    {
        let name = tree.sentence.names.iter().filter(|n| n.end == colon).map(|n| n.start).next();
        (
            super::Speaker { sentence, head: colon - 1, first: name.unwrap_or(0), last: colon - 1 },
            (colon + 1..count).collect(),
        )
    } else {
        return None;
    };
    Some(Draft {
        cue: CueSpan { first: colon, last: colon },
        lemma: ":".to_owned(),
        stance: Stance::Asserts,
        speaker,
        addressee: None,
        content,
        rule: "headline.colon.v1",
        answers: false,
        goes_on: false,
        relayed_by_cue: None,
    })
}
