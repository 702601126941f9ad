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
    read_after(tree, sentence, at, None)
}

/// [`read`], with the head of the one who spoke before for verbs that name nobody.
pub(super) fn read_after(tree: &Tree<'_>, sentence: usize, at: u32, spoke: Option<u32>) -> Option<Draft> {
    let (lemma, entry, particle) = sense(tree, at)?;
    // "no casualties were reported": nobody says so
    let last = order::last_speaker(tree, at, entry.strength).filter(|_| !is_agentless(tree, at));
    // "…, adding that": the one who spoke goes on, whatever the tree calls its subject.
    let head = spoke
        .or_else(|| last.map(|(head, _)| head))
        .or_else(|| inverted(tree, at, entry))
        .or_else(|| subject(tree, at, 0))
        .or_else(|| {
            (entry.strength == Strength::Strong && !is_agentless(tree, at))
                .then(|| beside(tree, at))
                .flatten()
        })?;
    let head = before_time(tree, head);
    if !can_speak(tree, head, entry) {
        return None;
    }
    let mut speaker = phrase::speaker(tree, sentence, head);
    if let Some((_, first)) = last.filter(|_| speaker.head == head) {
        (speaker.first, speaker.last) = (first, at - 1);
        while speaker.last > head && matches!(tree.upos(speaker.last), Upos::Punct | Upos::Adv | Upos::Aux) {
            speaker.last -= 1;
        }
    }
    if speaker.head == at {
        return None;
    }
    let opens = order::opens_with_colon(tree, at, (speaker.first, speaker.last.max(head)))
        && entry.strength == Strength::Strong
        && !is_passive(tree, at);
    let told = found(
        tree,
        at,
        lemma,
        entry,
        if speaker.first <= head && head <= speaker.last {
            (speaker.first, speaker.last)
        } else {
            (speaker.first.min(head), speaker.last.max(head))
        },
    );
    if opens && told.is_none() {
        return Some(Draft {
            cue: CueSpan { first: at, last: at },
            lemma: lemma.to_owned(),
            stance: entry.stance,
            addressee: None,
            speaker,
            content: Vec::new(),
            rule: "said.colon.v1",
            answers: false,
            goes_on: false,
            relayed_by_cue: None,
        });
    }
    let (mut words, rule, answers) = told?;
    if matches!(rule, "said.clause.v1" | "said.parataxis.v1") {
        extend(tree, at, &mut words);
    }
    tidy(&mut words);
    // Speaker and cue are told by the report itself.
    if rule != "said.object.v1" {
        let mut own: Vec<u32> = (speaker.first..=speaker.last).chain([at]).collect();
        tidy(&mut own);
        words = without(&words, &own);
    }
    let is_word = |w: &u32| tree.upos(*w) != Upos::Punct;
    let end = words.iter().rposition(is_word).map_or(0, |last| last + 1);
    words.truncate(end);
    words.drain(..words.iter().position(is_word).unwrap_or(0));
    if words.is_empty() {
        return None;
    }
    Some(Draft {
        cue: CueSpan { first: at, last: particle.unwrap_or(at) },
        lemma: particle.map_or_else(|| lemma.to_owned(), |p| format!("{lemma} {}", tree.norm(p))),
        stance: stance(tree, at, entry),
        speaker,
        addressee: addressee(tree, at, entry).map(|a| phrase::speaker(tree, sentence, a)),
        content: words,
        rule,
        answers,
        goes_on: entry.strength == Strength::Strong && !answers,
        relayed_by_cue: None,
    })
}

/// "Investigators last week said": a time before the verb is nobody who speaks; the noun before it is.
fn before_time(tree: &Tree<'_>, head: u32) -> u32 {
    let timely = |t: u32| {
        matches!(tree.lemma(t), "week" | "month" | "year" | "night" | "weekend")
            && t > 1
            && matches!(tree.norm(t - 1), "last" | "this" | "earlier" | "next")
    };
    if !timely(head) {
        return head;
    }
    let before = head - 2;
    if matches!(tree.upos(before), Upos::Noun | Upos::Propn) { before } else { head }
}

/// The content: by the order of words where that is plain, else by the tree, else by the order of words all the same.
fn found(tree: &Tree<'_>, at: u32, lemma: &str, entry: &Entry, speaker: (u32, u32)) -> Found {
    // "claimed responsibility for X in a statement": only X is told.
    if claims_credit(tree, at) {
        return object(tree, at, entry);
    }
    // "a claim that Kyiv denied" is answered by what stands before the noun, not by the order of words.
    let answers =
        tree.deprel(at).is(Deprel::Acl) && tree.head(at).is_some_and(|noun| phrase::is_utterance(tree, noun));
    let ordered = (entry.takes(Frame::Clause) && !is_passive(tree, at) && !answers)
        .then(|| order::content(tree, at, speaker, entry.strength))
        .flatten();
    let main = matches!(tree.deprel(at).base(), Deprel::Root | Deprel::Conj | Deprel::Parataxis);
    if let Some((words, rule)) = &ordered {
        let plain = match *rule {
            "said.order.v1" => false,
            "said.clause.v2" => main && entry.strength <= Strength::Medium,
            _ => true,
        };
        if plain {
            return Some((words.clone(), rule, false));
        }
    }
    let by_tree = content(tree, at, lemma, entry).map(|(mut words, rule, answers)| {
        // A semicolon after a clause ends what is said unless it is quoted.
        let ends = |w: &u32| {
            tree.norm(*w) == ";"
                && !tree.token(*w).quoted
                && order::has_finite(tree, &(at + 1..*w).collect::<Vec<_>>())
        };
        if let Some(end) = (at + 1..tree.len()).find(ends) {
            words.retain(|&w| w < end);
        }
        // The parser loses words in the middle of a clause, seldom at its ends.
        let filled =
            matches!(rule, "said.clause.v1" | "said.of.v1" | "said.infinitive.v1" | "said.object.v1");
        if filled { (fill(at, words), rule, answers) } else { (words, rule, answers) }
    });
    by_tree.or_else(|| {
        ordered.filter(|_| entry.strength == Strength::Strong).map(|(words, rule)| (words, rule, false))
    })
}

fn claims_credit(tree: &Tree<'_>, at: u32) -> bool {
    tree.lemma(at) == "claim"
        && tree
            .child_by(at, Deprel::Obj)
            .is_some_and(|object| matches!(tree.lemma(object), "responsibility" | "credit"))
}

/// The words and all between them, on the side of the verb where most of them stand.
fn fill(at: u32, words: Vec<u32>) -> Vec<u32> {
    let right = words.iter().filter(|&&w| w > at).count() * 2 >= words.len();
    let side = |w: &&u32| if right { **w > at } else { **w < at };
    let (Some(first), Some(last)) =
        (words.iter().filter(side).min().copied(), words.iter().filter(side).max().copied())
    else {
        return words;
    };
    (first..=last).collect()
}

/// "…, said the commander": the speaker after the verb, whatever the tree says.
fn inverted(tree: &Tree<'_>, at: u32, entry: &Entry) -> Option<u32> {
    // "\"…,\" noted one source": less sure words after a quotation only.
    let quotes = at > 1 && matches!(tree.norm(at - 1), "," | "\"" | "''" | "”") && {
        let before = (0..at).rev().find(|&w| tree.upos(w) != Upos::Punct);
        before.is_some_and(|w| tree.token(w).quoted)
    };
    if !(entry.strength == Strength::Strong || entry.strength == Strength::Medium && quotes)
        || !entry.takes(Frame::Clause)
        || at == 0
        || !(order::is_plain(tree, at) || tree.xpos(at) == Xpos::Vbn)
    {
        return None;
    }
    // "he told me": what follows is who was told.
    if order::TOLD.contains(&tree.lemma(at))
        || matches!(tree.norm((at + 1).min(tree.len() - 1)), "me" | "him" | "them" | "us" | "her")
    {
        return None;
    }
    let pause = matches!(tree.norm(at - 1), "," | "\"" | "''" | "”" | "’" | "'" | "—" | "-");
    let subject = surface_subject(tree, at);
    if !pause && let Some(head) = unmarked(tree, at) {
        return Some(head);
    }
    if subject.is_some_and(|s| s + 1 == at) || (!pause && subject.is_some_and(|s| s < at)) {
        return None;
    }
    let left: Vec<u32> = (0..at).collect();
    let verb =
        pause && left.len() >= 5 && left.iter().any(|&w| tree.is_verbal(w) || tree.upos(w) == Upos::Aux);
    if !verb && !order::has_finite(tree, &left) && !tree.token(at.saturating_sub(2)).quoted {
        return None;
    }
    let head = phrase::after(tree, at)?;
    let (_, last) = phrase::extent(tree, head);
    let last = last.max(head);
    let next = last + 1;
    let clause = next < tree.len()
        && (tree.upos(next) == Upos::Aux
            || matches!(tree.xpos(next), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md));
    (!clause
        && !phrase::DAYS.contains(&tree.norm(head))
        && (pause || (entry.takes(Frame::Clause) && subject.is_some())))
    .then_some(head)
}

/// "rockets hit the town said Rami Abdel Rahman, head of the monitor": copy without commas; a name, and no finite verb after it.
fn unmarked(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let head = phrase::after(tree, at)?;
    let finite = |w: u32| matches!(tree.xpos(w), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let left: Vec<u32> = (0..at).collect();
    let told = at >= 5
        && tree.norm(at) == "said"
        && matches!(tree.upos(at - 1), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adv | Upos::Num)
        && order::has_finite(tree, &left);
    let name = tree.upos(head) == Upos::Propn && tree.xpos(at + 1) == Xpos::Nnp;
    let over = !(at + 1..tree.len()).any(|w| finite(w) || tree.upos(w) == Upos::Aux);
    let who = left.iter().any(|&w| matches!(tree.norm(w), "who" | "which" | "that"));
    (told && name && over && !who).then_some(head)
}

/// The sense of the verb at `at`, with its particle where the sense has one ("point out").
pub(super) fn sense<'t>(tree: &Tree<'t>, at: u32) -> Option<(&'t str, &'static Entry, Option<u32>)> {
    let finite = tree.child_by(at, Deprel::Nsubj).is_some() && tree.child_by(at, Deprel::Ccomp).is_some();
    let form = REPORTING.forms.get(tree.norm(at)).copied();
    // "said" and the like are verbs whatever their tag; "report", "claim", "state" must look it.
    let sure = form.is_some_and(|f| REPORTING.verbs[f].strength == Strength::Strong)
        && !tree.norm(at).ends_with('s');
    let that = at + 1 < tree.len() && tree.norm(at + 1) == "that" && form.is_some();
    let looks = tree.is_verbal(at)
        || (tree.upos(at) == Upos::Noun && (finite || that))
        || (sure
            && matches!(tree.upos(at), Upos::Noun | Upos::Propn | Upos::X)
            && tree.child_by(at, Deprel::Det).is_none());
    if !looks || tree.deprel(at).is(Deprel::Amod) || tree.deprel(at).is(Deprel::Case) {
        return None;
    }
    let lemma = if REPORTING.verbs.contains_key(tree.lemma(at)) {
        tree.lemma(at)
    } else {
        form.unwrap_or(tree.lemma(at))
    };
    let particle = tree.children_by(at, Deprel::Compound).find(|&c| tree.deprel(c) == Deprel::CompoundPrt);
    if let Some(particle) = particle {
        let joined = format!("{lemma} {}", tree.norm(particle));
        return REPORTING
            .verbs
            .get_key_value(joined.as_str())
            .map(|(_, entry)| (lemma, entry, Some(particle)));
    }
    // The particle may have been parsed as anything.
    if at + 1 < tree.len()
        && matches!(tree.norm(at + 1), "out" | "up" | "off" | "over" | "down" | "back" | "away")
    {
        let joined = format!("{lemma} {}", tree.norm(at + 1));
        return REPORTING.verbs.get_key_value(joined.as_str()).map(|(_, entry)| (lemma, entry, Some(at + 1)));
    }
    REPORTING.verbs.get(lemma).map(|entry| (lemma, entry, None))
}

/// Whether the verb is a participle that carries on another's speech ("adding", "saying").
pub(super) fn goes_on(tree: &Tree<'_>, at: u32) -> bool {
    // "cited bloggers reporting that": they report
    if tree.head(at).is_some_and(|up| matches!(tree.lemma(up), "cite" | "quote")) && tree.norm(at) != "adding"
    {
        return false;
    }
    tree.norm(at).ends_with("ing")
        && surface_subject(tree, at).is_none()
        && tree.child_by(at, Deprel::Aux).is_none()
        && at > 0
        && !tree.children_by(at, Deprel::Case).chain(tree.children_by(at, Deprel::Mark)).any(|m| m < at)
        && sense(tree, at).is_some_and(|(_, entry, _)| entry.strength <= Strength::Medium)
        && tree.deprel(at) != Deprel::Xcomp
}

/// "… but also said that", "and warned that": a second saying of the one who spoke, which names nobody.
pub(super) fn speaks_again(tree: &Tree<'_>, at: u32) -> bool {
    let mut before = at;
    while before > 0
        && matches!(tree.norm(before - 1), "also" | "later" | "then" | "has" | "have" | "had" | "again")
    {
        before -= 1;
    }
    before > 0
        && matches!(tree.norm(before - 1), "but" | "and")
        && order::is_plain(tree, at)
        && surface_subject(tree, at).is_none_or(|s| s + 1 < before.min(at) && tree.head(s) != Some(at))
        && !is_passive(tree, at)
        && sense(tree, at).is_some_and(|(_, entry, _)| entry.strength == Strength::Strong)
}

/// Whether nobody is said to speak ("it was reported that").
pub(super) fn is_agentless(tree: &Tree<'_>, at: u32) -> bool {
    is_passive(tree, at) && agent(tree, at).is_none()
}

fn agent(tree: &Tree<'_>, at: u32) -> Option<u32> {
    tree.children_by(at, Deprel::Obl).find(|&c| {
        tree.deprel(c) == Deprel::OblAgent || (tree.case(c) == "by" && !phrase::DAYS.contains(&tree.norm(c)))
    })
}

/// The subject as it stands on the page, passive or not: the nearest before the verb, else one after it.
fn surface_subject(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let all = || tree.children_by(at, Deprel::Nsubj).filter(|&c| tree.deprel(c) != Deprel::NsubjOuter);
    // "the media have reported": the parser may hang the subject on the auxiliary.
    // "it added that": a pronoun that the parser takes for an empty one
    let empty = || {
        tree.child_by(at, Deprel::Expl).filter(|&c| c < at && tree.norm(c) == "it" && !tree.is_passive(at))
    };
    let on_aux = || tree.children_by(at, Deprel::Aux).find_map(|aux| tree.child_by(aux, Deprel::Nsubj));
    all().filter(|&c| c < at).last().or_else(|| all().next()).or_else(on_aux).or_else(empty)
}

/// Whether the verb is passive; "has not spelled out" is not, whatever the parser calls its subject.
fn is_passive(tree: &Tree<'_>, at: u32) -> bool {
    let perfect = tree.children_by(at, Deprel::Aux).any(|a| tree.lemma(a) == "have")
        && !tree.children_by(at, Deprel::Aux).any(|a| tree.lemma(a) == "be");
    tree.is_passive(at) && !perfect
}

/// Who speaks: the subject, the agent of a passive, or what the clause inherits from the one it hangs on.
pub(super) fn subject(tree: &Tree<'_>, at: u32, depth: u32) -> Option<u32> {
    if depth > 6 {
        return None;
    }
    if is_passive(tree, at) && tree.deprel(at) != Deprel::Xcomp {
        return agent(tree, at);
    }
    if let Some(own) = surface_subject(tree, at).filter(|&own| !is_cut_off(tree, own, at)) {
        if matches!(tree.norm(own), "who" | "which" | "that") && tree.deprel(at).is(Deprel::Acl) {
            let noun = tree.head(at)?;
            // "critics of the decision, who argued": who argues is a person, whatever noun stands nearest
            let person = (tree.norm(own) == "who" && REPORTING.inanimate.contains(tree.lemma(noun))
                || tree.norm(own) == "who"
                    && tree.deprel(noun).is(Deprel::Nmod)
                    && !names_people(tree, noun))
            .then(|| tree.head(noun).filter(|&up| names_people(tree, up)))
            .flatten();
            return person.or(Some(noun));
        }
        return Some(own);
    }
    let up = tree.head(at)?;
    let marked_as = tree.children(at).iter().any(|&c| {
        matches!(tree.norm(c), "as") && matches!(tree.deprel(c).base(), Deprel::Mark | Deprel::Case)
    });
    match tree.deprel(at).base() {
        _ if marked_as && matches!(tree.lemma(up), "quote" | "cite" | "report") => {
            if is_passive(tree, up) {
                surface_subject(tree, up)
            } else {
                tree.child_by(up, Deprel::Obj).or_else(|| tree.child_by(up, Deprel::Iobj))
            }
        }
        // "cited bloggers reporting that"
        _ if tree.xpos(at) == Xpos::Vbg
            && matches!(tree.lemma(up), "quote" | "cite")
            && tree.child_by(up, Deprel::Obj).is_some_and(|object| object < at) =>
        {
            tree.child_by(up, Deprel::Obj)
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
        // "groups held the town, announcing elections": no participle of the noun before the comma.
        Deprel::Acl
            if tree.xpos(at) == Xpos::Vbg
                && tree
                    .subtree(at)
                    .first()
                    .is_some_and(|&f| f > 0 && (tree.norm(f) == "," || tree.norm(f - 1) == ",")) =>
        {
            tree.ancestors(at).find(|&n| tree.is_verbal(n)).and_then(|n| surface_subject(tree, n))
        }
        // "a group called X", "vessels said to have left": the noun says nothing.
        Deprel::Acl if tree.xpos(at) == Xpos::Vbn && tree.child_by(at, Deprel::Aux).is_none() => {
            agent(tree, at)
        }
        Deprel::Acl => Some(up),
        _ => None,
    }
}

/// Whether the noun is one for people.
fn names_people(tree: &Tree<'_>, noun: u32) -> bool {
    tree.upos(noun) == Upos::Propn
        || REPORTING.headline.contains(tree.lemma(noun))
        || crate::nouns::is(tree.lemma(noun), crate::nouns::Class::Human)
}

/// Whether "and" or "but" parts the words before the verb from it: "condemned the attack on the union, and denied …".
fn is_cut_off(tree: &Tree<'_>, subject: u32, at: u32) -> bool {
    subject < at
        && tree.deprel(at).is(Deprel::Conj)
        && tree.subtree(subject).last().is_some_and(|&end| {
            (end + 1..at).any(|w| matches!(tree.norm(w), "and" | "but") && tree.head(w) == Some(at))
        })
}

/// Of whom a predicate adjective is said; of a relative clause the noun that it describes.
pub(super) fn subject_of_state(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let own = surface_subject(tree, at)?;
    if matches!(tree.norm(own), "who" | "which" | "that") && tree.deprel(at).is(Deprel::Acl) {
        return tree.head(at);
    }
    Some(own)
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
            && (tree.deprel(head).is(Deprel::Nsubj) || tree.deprel(head) == Deprel::Expl)
            && entry.strength == Strength::Strong)
    {
        return false;
    }
    match entry.strength {
        Strength::Utterance => phrase::is_utterance(tree, head),
        Strength::Witness => REPORTING.headline.contains(lemma) || tree.upos(head) == Upos::Propn,
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
            // "adding the attacks bore the marks of …": the clause's subject read as the verb's object
            let subject = tree.child_by(at, Deprel::Obj).filter(|&object| {
                at < object
                    && !order::TOLD.contains(&lemma)
                    && surface_subject(tree, clause).is_none()
                    && tree
                        .subtree(object)
                        .last()
                        .is_some_and(|&last| Some(&(last + 1)) == tree.subtree(clause).first())
            });
            words.extend(subject.into_iter().flat_map(|object| tree.subtree(object)));
        }
        if !words.is_empty() {
            return Some((words, "said.clause.v1", false));
        }
        let object = tree.child_by(at, Deprel::Obj).is_some() && entry.takes(Frame::Object);
        for clause in tree.children_by(at, Deprel::Parataxis).filter(|_| !object) {
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
    if entry.takes(Frame::Infinitive)
        && let Some(clause) =
            tree.child_by(at, Deprel::Xcomp).filter(|&c| is_nonfinite(tree, c)).or_else(|| {
                // "reports having intercepted": the parser may call it an adverbial clause
                tree.children_by(at, Deprel::Advcl).find(|&c| {
                    c == at + 2 && tree.norm(at + 1) == "having" && surface_subject(tree, c).is_none()
                })
            })
    {
        // "which they claimed to have captured": the participle may be lost to the clause above
        if tree.upos(clause) == Upos::Aux {
            return Some(((clause..order::boundary(tree, clause)).collect(), "said.infinitive.v1", false));
        }
        // "claims to have ringed the town, while the army said": the other's words are not the first one's
        let end = if clause > at { order::boundary(tree, at + 1) } else { tree.len() };
        let words = tree.subtree(clause).into_iter().filter(|&w| w < end).collect();
        return Some((words, "said.infinitive.v1", false));
    }
    if entry.takes(Frame::ObjectInfinitive)
        && let (Some(object), Some(clause)) =
            (tree.child_by(at, Deprel::Obj), tree.child_by(at, Deprel::Xcomp))
    {
        words.extend(tree.subtree(object));
        words.extend(tree.subtree(clause));
        return Some((words, "said.object-infinitive.v1", false));
    }
    for (frame, cases, rule) in [
        (Frame::Of, ["of", "about"].as_slice(), "said.of.v1"),
        (Frame::As, ["as"].as_slice(), "said.as-phrase.v1"),
        (Frame::For, ["for"].as_slice(), "blamed.for.v1"),
        (Frame::Cause, ["to", "on"].as_slice(), "attributed.to.v1"),
        (Frame::About, ["on", "about"].as_slice(), "said.about.v1"),
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
        // "the attack which the ministry blames on rebels"
        if frame == Frame::Cause
            && !words.is_empty()
            && tree.deprel(at) == Deprel::AclRelcl
            && let Some(noun) = tree.head(at)
        {
            words.extend(without(&tree.subtree(noun), &tree.subtree(at)));
        }
        // "attributed the blast to a mine": what it was is told with what caused it.
        if frame == Frame::Cause && !words.is_empty() {
            words.extend(tree.child_by(at, Deprel::Obj).into_iter().flat_map(|object| tree.subtree(object)));
        }
        // "accused X of doing": the parser may hang the phrase on X, or anywhere.
        if words.is_empty() && frame == Frame::Of && lemma == "accuse" {
            let of = (at + 1..tree.len().min(at + 14))
                .find(|&w| tree.norm(w) == "of" && w + 1 < tree.len() && tree.xpos(w + 1) == Xpos::Vbg);
            if let Some(of) = of {
                words.extend(of..order::boundary(tree, of));
            }
        }
        if !words.is_empty() {
            return Some((words, rule, false));
        }
    }
    object(tree, at, entry)
}

/// Whether a complement is an infinitive or a gerund, not a finite clause whose subject the parser lost.
fn is_nonfinite(tree: &Tree<'_>, clause: u32) -> bool {
    tree.children_by(clause, Deprel::Mark).any(|m| tree.norm(m) == "to")
        || tree.xpos(clause) == Xpos::Vbg && tree.child_by(clause, Deprel::Aux).is_none()
        || tree.children_by(clause, Deprel::Aux).any(|a| tree.norm(a) == "having")
        || tree.norm(clause) == "have"
        // however "having" is hung
        || (clause.saturating_sub(2)..clause).any(|w| tree.norm(w) == "having")
}

/// Last word of the finite clause that follows the object of `at` without "and" or comma, when the parser made its subject the object.
fn split_clause(tree: &Tree<'_>, at: u32, object: u32) -> Option<u32> {
    let end = *tree.subtree(object).last()?;
    tree.children(at)
        .iter()
        .copied()
        .filter(|&c| {
            c > end
                && matches!(
                    tree.deprel(c).base(),
                    Deprel::Conj | Deprel::Ccomp | Deprel::Parataxis | Deprel::Advcl
                )
        })
        .find(|&c| {
            let words = tree.subtree(c);
            let bare = tree.child_by(c, Deprel::Cc).is_none() && tree.child_by(c, Deprel::Mark).is_none();
            let finite = tree.child_by(c, Deprel::AuxPass).is_some()
                || tree.child_by(c, Deprel::Cop).is_some()
                || tree.child_by(c, Deprel::Aux).is_some();
            bare && finite && words.first() == Some(&(end + 1))
        })
        .and_then(|c| tree.subtree(c).last().copied())
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
            && (is_passive(tree, at) || surface_subject(tree, at).is_some_and(|s| !pronoun(s)));
        if gap && phrase::is_utterance(tree, noun) {
            let words = (0..noun).collect();
            return Some((words, "denied.relative.v1", true));
        }
        if gap && any && entry.stance == Stance::Denies {
            let mine = tree.subtree(at);
            return Some((without(&tree.subtree(noun), &mine), "denied.relative-object.v1", false));
        }
    }
    // "noted failed attacks": a participle before a noun read as a clause
    let participle = || {
        tree.child_by(at, Deprel::Xcomp).filter(|&c| {
            any && c == at + 1 && tree.xpos(c) == Xpos::Vbn && tree.child_by(c, Deprel::Mark).is_none()
        })
    };
    let target = direct
        .or_else(participle)
        .or_else(|| if is_passive(tree, at) { surface_subject(tree, at) } else { None })?;
    if matches!(tree.lemma(target), "responsibility" | "credit") && tree.lemma(at) == "claim" {
        let what = tree
            .children(target)
            .iter()
            .chain(tree.children(at))
            .copied()
            .find(|&c| c > target && tree.case(c) == "for")?;
        // what a clause after it tells is the report's own ("a bombing in the square, where shops burnt")
        let mut clauses: Vec<u32> = tree
            .subtree(what)
            .into_iter()
            .filter(|&c| tree.deprel(c) == Deprel::AclRelcl)
            .flat_map(|c| tree.subtree(c))
            .collect();
        tidy(&mut clauses);
        return Some((without(&tree.subtree(what), &clauses), "claimed-responsibility.v1", false));
    }
    if pronoun(target) || entry.refuses(tree.lemma(target)) {
        return None;
    }
    // "claimed 160 civilians were killed": the clause's subject read as the verb's object
    if entry.takes(Frame::Clause)
        && let Some(clause) = split_clause(tree, at, target)
    {
        return Some(((tree.subtree(target)[0]..=clause).collect(), "said.split-clause.v1", false));
    }
    let reporting = phrase::is_utterance(tree, target);
    if !any && !reporting {
        return None;
    }
    let mut words = tree.subtree(target);
    // "announces control of the town following the retreat of the rebels"
    if entry.strength == Strength::Strong && words.last().is_some_and(|&last| last > at) {
        for &child in tree.children(at) {
            let after = tree.children(child).iter().any(|&c| tree.norm(c) == "following")
                && tree.deprel(child).base() != Deprel::Obj;
            if child > target && after {
                words.extend(tree.subtree(child));
            }
        }
        tidy(&mut words);
    }
    Some((words, "said.object.v1", false))
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
