//! Trees that cannot be right, put right before the rules read them: a subject told before the verb that governs its clause, an article
//! before a verb, a main verb whose subject was hung on what stands before the comma.

use contested_language::tags::{Deprel, NameKind, Upos, Xpos};
use contested_language::{Analysis, Sentence};

use crate::attribution;
use crate::nouns::{self, Class};
use crate::words::Words;

/// The analysis with the sentences that cannot be right repaired.
pub(crate) fn repaired(analysis: &Analysis) -> Analysis {
    let mut analysis = analysis.clone();
    for sentence in &mut analysis.sentences {
        articles(sentence);
        nouns_with_objects(sentence);
        lost_verbs(sentence);
        perfect_actives(sentence);
        gerund_subjects(sentence);
        bare_infinitives(sentence);
        participles(sentence);
        swapped_subjects(sentence);
        split_objects(sentence);
        particles(sentence);
        counted_objects(sentence);
        named_leaders(sentence);
        led_by(sentence);
        peoples_of_fighters(sentence);
        fighting_between(sentence);
        swallowed_clauses(sentence);
        shared_subjects(sentence);
        next_subjects(sentence);
        lost_subjects(sentence);
        denials(sentence);
        bare_clauses(sentence);
        callings(sentence);
        examples(sentence);
    }
    analysis
}

/// "The militia control most of the town" read as a noun phrase: what has an object is a verb, and the noun before it its subject.
fn nouns_with_objects(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let noun = token.upos == Upos::Noun && matches!(token.xpos, Xpos::Nn | Xpos::Nns);
        let object = sentence
            .children(at as u32)
            .any(|c| c as usize > at && sentence.tokens[c as usize].deprel == Deprel::Obj);
        let subject = sentence
            .children(at as u32)
            .filter(|&c| {
                let child = &sentence.tokens[c as usize];
                (c as usize) < at
                    && matches!(child.upos, Upos::Propn | Upos::Noun)
                    && matches!(child.deprel.base(), Deprel::Compound | Deprel::Nmod)
                    && child.deprel != Deprel::NmodPoss
            })
            .max();
        if !noun || !object {
            continue;
        }
        let plural = token.xpos == Xpos::Nns;
        let form = token.norm.clone();
        let word = &mut sentence.tokens[at];
        word.upos = Upos::Verb;
        word.xpos = if plural { Xpos::Vbz } else { Xpos::Vbp };
        if let Some(bare) = form.strip_suffix('s').filter(|_| plural) {
            bare.clone_into(&mut word.lemma);
        }
        let Some(subject) = subject else { continue };
        let left: Vec<u32> = sentence.children(at as u32).filter(|&c| c < subject).collect();
        for child in left {
            let deprel = sentence.tokens[child as usize].deprel;
            if matches!(deprel.base(), Deprel::Det | Deprel::Amod | Deprel::Compound | Deprel::Nummod) {
                sentence.tokens[child as usize].head = Some(subject);
            }
        }
        sentence.tokens[subject as usize].deprel = Deprel::Nsubj;
    }
}

/// "a war monitor, …": a word with an article before it and none of a verb's own dependents is a noun.
fn articles(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let verb = token.upos == Upos::Verb && matches!(token.xpos, Xpos::Vb | Xpos::Vbz | Xpos::Vbp);
        let article = sentence.children(at as u32).any(|c| {
            (c as usize) < at
                && sentence.tokens[c as usize].upos == Upos::Det
                && sentence.tokens[c as usize].deprel.is(Deprel::Det)
        });
        if verb && article {
            let plural = token.norm.ends_with('s') && token.xpos == Xpos::Vbz;
            sentence.tokens[at].upos = Upos::Noun;
            sentence.tokens[at].xpos = if plural { Xpos::Nns } else { Xpos::Nn };
        }
    }
}

/// "to help take the town": a bare infinitive right after "help" is its complement.
fn bare_infinitives(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let help = at as u32 - 1;
        let token = &sentence.tokens[at];
        let bare = token.xpos == Xpos::Vb
            && sentence.tokens[help as usize].lemma == "help"
            && token.head != Some(help);
        if bare && !sentence.ancestors(help).any(|up| up == at as u32) {
            sentence.tokens[at].head = Some(help);
            sentence.tokens[at].deprel = Deprel::Xcomp;
        }
    }
}

/// "the army, …, and backed by Iran": a participle coordinated with a noun describes it.
fn participles(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(head) = token.head.filter(|_| token.xpos == Xpos::Vbn && token.deprel == Deprel::Conj)
        else {
            continue;
        };
        let by = sentence.children(at as u32).any(|c| {
            sentence.children(c).any(|m| sentence.tokens[m as usize].norm == "by")
                && sentence.tokens[c as usize].deprel.is(Deprel::Obl)
        });
        if by && matches!(sentence.tokens[head as usize].upos, Upos::Noun | Upos::Propn) {
            sentence.tokens[at].deprel = Deprel::Acl;
        }
    }
}

/// "television declared the town is liberated" read as "declared the town" and "television … is liberated": the subject of a clause does
/// not stand before the verb that governs it, and an object right before the clause is its subject.
fn swapped_subjects(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() as u32 {
        let token = &sentence.tokens[at as usize];
        let Some(verb) = token.head.filter(|&verb| verb < at && token.deprel == Deprel::Ccomp) else {
            continue;
        };
        let subject =
            sentence.children(at).find(|&c| sentence.tokens[c as usize].deprel.is(Deprel::Nsubj) && c < verb);
        let object = sentence.children_by(verb, Deprel::Obj).find(|&c| c > verb && c < at);
        let own = sentence.children_by(verb, Deprel::Nsubj).next().is_some();
        if let (Some(subject), Some(object), false) = (subject, object, own) {
            let passive = sentence.tokens[subject as usize].deprel;
            sentence.tokens[subject as usize].head = Some(verb);
            sentence.tokens[subject as usize].deprel = Deprel::Nsubj;
            sentence.tokens[object as usize].head = Some(at);
            sentence.tokens[object as usize].deprel = passive;
        }
    }
}

/// "claimed 160 civilians, mostly women, were killed" read as "claimed 160 civilians" and "women were killed": an object that a finite
/// clause follows without "and" or comma is that clause's subject, and what stands between describes it.
fn split_objects(sentence: &mut Sentence) {
    for verb in 0..sentence.tokens.len() as u32 {
        let Some(object) = sentence.children_by(verb, Deprel::Obj).find(|&c| c > verb) else { continue };
        let clause = sentence.children(verb).find(|&c| {
            let token = &sentence.tokens[c as usize];
            let hung = matches!(
                token.deprel.base(),
                Deprel::Conj | Deprel::Ccomp | Deprel::Parataxis | Deprel::Advcl
            );
            let linked = sentence.children(c).any(|m| {
                sentence.tokens[m as usize].deprel.is(Deprel::Cc)
                    || sentence.tokens[m as usize].deprel.is(Deprel::Mark)
            });
            c > object && hung && !linked && sentence.children_by(c, Deprel::AuxPass).next().is_some()
        });
        let Some(clause) = clause else { continue };
        let between =
            |at: u32| matches!(sentence.tokens[at as usize].upos, Upos::Punct | Upos::Verb | Upos::Sconj);
        let auxiliary = sentence.children_by(clause, Deprel::AuxPass).next().unwrap_or(clause);
        if (object + 1..auxiliary).any(between) {
            continue;
        }
        let subject = sentence.children_by(clause, Deprel::Nsubj).find(|&s| s > object && s < clause);
        if let Some(subject) = subject {
            sentence.tokens[subject as usize].head = Some(object);
            sentence.tokens[subject as usize].deprel = Deprel::Appos;
        }
        sentence.tokens[object as usize].head = Some(clause);
        sentence.tokens[object as usize].deprel = Deprel::NsubjPass;
        sentence.tokens[clause as usize].deprel = Deprel::Ccomp;
    }
}

/// "handed over the airport" read as handing beyond it: what the verb and its particle are done to is the object.
fn particles(sentence: &mut Sentence) {
    for particle in 1..sentence.tokens.len() as u32 {
        let verb = particle - 1;
        let token = &sentence.tokens[particle as usize];
        let Some(noun) = token.head.filter(|_| token.deprel == Deprel::Case) else { continue };
        let hung = &sentence.tokens[noun as usize];
        let pair = format!("{}-{}", sentence.tokens[verb as usize].lemma, token.norm);
        let other = sentence.children_by(verb, Deprel::Obj).next().is_some();
        if hung.head != Some(verb) || !hung.deprel.is(Deprel::Obl) || other || !Words::Particled.has(&pair) {
            continue;
        }
        sentence.tokens[particle as usize].head = Some(verb);
        sentence.tokens[particle as usize].deprel = Deprel::CompoundPrt;
        sentence.tokens[noun as usize].deprel = Deprel::Obj;
    }
}

/// "lost as many as 50 men" read as losing beyond them: a number told so does not make its noun oblique.
fn counted_objects(sentence: &mut Sentence) {
    for as_ in 2..sentence.tokens.len() as u32 {
        let norm = |at: u32| sentence.tokens[at as usize].norm.as_str();
        let phrase = matches!(norm(as_ - 1), "many" | "much" | "few" | "little");
        if norm(as_) != "as" || !phrase || norm(as_ - 2) != "as" {
            continue;
        }
        let Some(noun) = sentence.tokens[as_ as usize].head.filter(|&noun| noun > as_) else { continue };
        let hung = &sentence.tokens[noun as usize];
        let Some(verb) = hung.head.filter(|&verb| verb < as_ && hung.deprel.is(Deprel::Obl)) else {
            continue;
        };
        let object = sentence.children_by(verb, Deprel::Obj).next().is_some();
        let passive = sentence.children_by(verb, Deprel::AuxPass).next().is_some();
        if object || passive || sentence.tokens[verb as usize].upos != Upos::Verb {
            continue;
        }
        sentence.tokens[noun as usize].deprel = Deprel::Obj;
        sentence.tokens[as_ as usize].deprel = Deprel::Fixed;
    }
}

/// "The leader of the Liberation Army, Jaal Marroo, said": the person between commas is the leader, not the army.
fn named_leaders(sentence: &mut Sentence) {
    for name in 0..sentence.tokens.len() as u32 {
        let token = &sentence.tokens[name as usize];
        let person =
            sentence.names.iter().any(|n| n.kind == NameKind::Person && (n.start..n.end).contains(&name));
        let Some(body) = token.head.filter(|&body| token.deprel == Deprel::Appos && body < name) else {
            continue;
        };
        let hung = &sentence.tokens[body as usize];
        let Some(leader) = hung.head.filter(|_| hung.deprel.is(Deprel::Nmod)) else { continue };
        let office = nouns::is(&sentence.tokens[leader as usize].lemma, Class::Human);
        let after = sentence.subtree(name).into_iter().max().map_or(name, |last| last) + 1;
        let closed =
            sentence.tokens.get(after as usize).is_none_or(|next| matches!(next.norm.as_str(), "," | "."));
        if person && office && closed {
            sentence.tokens[name as usize].head = Some(leader);
        }
    }
}

/// "saw fighting between the army and the rebels": what is between two sides is a noun.
fn fighting_between(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let between = sentence.tokens.get(at + 1).is_some_and(|next| next.norm == "between");
        let token = &sentence.tokens[at];
        if token.norm != "fighting" || token.deprel != Deprel::Xcomp || !between {
            continue;
        }
        let phrases: Vec<u32> = sentence.children_by(at as u32, Deprel::Obl).collect();
        for phrase in phrases {
            sentence.tokens[phrase as usize].deprel = Deprel::Nmod;
        }
        let word = &mut sentence.tokens[at];
        (word.upos, word.xpos, word.deprel) = (Upos::Noun, Xpos::Nn, Deprel::Obj);
        "fighting".clone_into(&mut word.lemma);
    }
}

/// "Syrian insurgent attacks": the insurgents are Syrian, whatever the attacks are.
fn peoples_of_fighters(sentence: &mut Sentence) {
    for fighter in 1..sentence.tokens.len() as u32 {
        let people = fighter - 1;
        let (one, before) = (&sentence.tokens[fighter as usize], &sentence.tokens[people as usize]);
        let both = one.head.is_some() && one.head == before.head && one.head > Some(fighter);
        let compound = matches!(one.deprel.base(), Deprel::Compound | Deprel::Amod);
        let norp =
            sentence.names.iter().any(|n| n.kind == NameKind::Norp && n.start == people && n.end == fighter);
        if both && compound && norp && before.deprel.is(Deprel::Amod) && Words::OneOfMany.has(&one.norm) {
            sentence.tokens[people as usize].head = Some(fighter);
        }
    }
}

/// "tension between the army, led by a general, and the militia": what is led stands before the comma, not further up.
fn led_by(sentence: &mut Sentence) {
    for participle in 2..sentence.tokens.len() as u32 {
        let token = &sentence.tokens[participle as usize];
        let noun = participle - 2;
        let Some(above) = token.head.filter(|&above| token.deprel == Deprel::Acl && above < noun) else {
            continue;
        };
        let agent =
            sentence.children(participle).any(|c| sentence.tokens[c as usize].deprel == Deprel::OblAgent);
        let comma = sentence.tokens[noun as usize + 1].norm == ",";
        let nominal = matches!(sentence.tokens[noun as usize].upos, Upos::Noun | Upos::Propn);
        let below = sentence.tokens[noun as usize].deprel.is(Deprel::Nmod)
            && sentence.tokens[noun as usize].head == Some(above);
        if agent && comma && nominal && below {
            sentence.tokens[participle as usize].head = Some(noun);
        }
    }
}

/// "The army shelled positions in the hills, a resident said" read as what positions said: of two subjects before a verb of speech, the one
/// that holds a noun and a participle is a clause.
fn swallowed_clauses(sentence: &mut Sentence) {
    for speech in 0..sentence.tokens.len() as u32 {
        let subjects: Vec<u32> =
            sentence.children_by(speech, Deprel::Nsubj).filter(|&c| c < speech).collect();
        let [object, speaker] = subjects.as_slice() else { continue };
        let (object, speaker) = (*object, *speaker);
        let speaks =
            attribution::REPORTING.verbs.contains_key(sentence.tokens[speech as usize].lemma.as_str());
        let comma = (object..speaker).any(|t| sentence.tokens[t as usize].norm == ",");
        let participle = sentence.children_by(object, Deprel::Amod).find(|&p| {
            let token = &sentence.tokens[p as usize];
            p < object && token.upos == Upos::Verb && matches!(token.xpos, Xpos::Vbn | Xpos::Vbd)
        });
        let Some(verb) = participle.filter(|_| speaks && comma) else { continue };
        let subject = verb.checked_sub(1).filter(|&noun| {
            let token = &sentence.tokens[noun as usize];
            token.head == Some(object) && matches!(token.upos, Upos::Noun | Upos::Propn)
        });
        let Some(subject) = subject else { continue };
        let before: Vec<u32> = sentence.children(object).filter(|&c| c < subject).collect();
        for child in before {
            sentence.tokens[child as usize].head = Some(subject);
        }
        let mut hang = |at: u32, head: u32, deprel: Deprel| {
            sentence.tokens[at as usize].head = Some(head);
            sentence.tokens[at as usize].deprel = deprel;
        };
        hang(subject, verb, Deprel::Nsubj);
        hang(object, verb, Deprel::Obj);
        hang(verb, speech, Deprel::Ccomp);
        sentence.tokens[verb as usize].xpos = Xpos::Vbd;
    }
}

/// "Iraqi forces entered Rawa, a commander said": of two subjects before a verb, the one before the clause that has none is the clause's.
fn shared_subjects(sentence: &mut Sentence) {
    for verb in 0..sentence.tokens.len() as u32 {
        let subjects: Vec<u32> = sentence.children_by(verb, Deprel::Nsubj).filter(|&c| c < verb).collect();
        let [first, second] = subjects.as_slice() else { continue };
        let (first, second) = (*first, *second);
        let clause = sentence.children(verb).find(|&c| {
            let token = &sentence.tokens[c as usize];
            let hung = matches!(
                token.deprel.base(),
                Deprel::Ccomp | Deprel::Parataxis | Deprel::Advcl | Deprel::Dep
            );
            let own = sentence.children_by(c, Deprel::Nsubj).next().is_some();
            first < c && c < second && hung && !own && token.upos == Upos::Verb
        });
        if let Some(clause) = clause {
            let auxiliary =
                sentence.children(clause).any(|c| sentence.tokens[c as usize].deprel.is(Deprel::Aux));
            sentence.tokens[first as usize].head = Some(clause);
            sentence.tokens[first as usize].deprel = Deprel::Nsubj;
            if sentence.tokens[clause as usize].xpos == Xpos::Vbn && !auxiliary {
                sentence.tokens[clause as usize].xpos = Xpos::Vbd;
            }
        }
    }
}

/// "are said to have been killed and 20 others injured": a passive's subject that stands between it and the participle joined to it is
/// the second one's.
fn next_subjects(sentence: &mut Sentence) {
    for subject in 1..sentence.tokens.len() as u32 {
        let token = &sentence.tokens[subject as usize];
        let Some(verb) = token.head.filter(|&verb| verb < subject && token.deprel == Deprel::NsubjPass)
        else {
            continue;
        };
        let has_subject =
            |at: u32| sentence.children(at).any(|c| sentence.tokens[c as usize].deprel.is(Deprel::Nsubj));
        let next = sentence.children_by(verb, Deprel::Conj).find(|&next| {
            next > subject && sentence.tokens[next as usize].xpos == Xpos::Vbn && !has_subject(next)
        });
        if let Some(next) = next {
            sentence.tokens[subject as usize].head = Some(next);
        }
    }
}

/// "denied there was any evidence and warned the council": who denies goes on to speak; what is denied does not warn.
fn denials(sentence: &mut Sentence) {
    for verb in 0..sentence.tokens.len() as u32 {
        let token = &sentence.tokens[verb as usize];
        let speaks = attribution::REPORTING.verbs.contains_key(token.lemma.as_str())
            || matches!(
                token.lemma.as_str(),
                "accuse" | "condemn" | "demand" | "threaten" | "urge" | "blame"
            );
        if token.xpos != Xpos::Vbd || token.deprel != Deprel::Conj || !speaks {
            continue;
        }
        let own = sentence.children_by(verb, Deprel::Nsubj).any(|c| c + 4 > verb);
        let outer = token
            .head
            .and_then(|clause| sentence.tokens.get(clause as usize))
            .filter(|clause| clause.deprel.is(Deprel::Ccomp))
            .and_then(|clause| clause.head)
            .filter(|&outer| {
                let outer = &sentence.tokens[outer as usize];
                outer.xpos == Xpos::Vbd
                    && attribution::REPORTING
                        .verbs
                        .get(outer.lemma.as_str())
                        .is_some_and(|entry| entry.stance == contested_model::Stance::Denies)
            });
        if let Some(outer) = outer.filter(|_| !own) {
            sentence.tokens[verb as usize].head = Some(outer);
        }
    }
}

/// "after an advance through Syria, the army and its allies encircled the town": a main verb without a subject takes the noun phrase
/// that stands between the last comma and it.
fn lost_subjects(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let finite = matches!(token.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) && token.upos == Upos::Verb;
        let main = token.deprel == Deprel::Root;
        let start = (0..at).rev().find(|&t| sentence.tokens[t].norm == ",").map_or(0, |comma| comma + 1);
        let own = sentence.children(at as u32).any(|c| {
            let deprel = sentence.tokens[c as usize].deprel;
            let within = start <= c as usize && (c as usize) < at;
            !within && (deprel.is(Deprel::Nsubj) || deprel.is(Deprel::Csubj) || deprel == Deprel::Expl)
        });
        if !finite || !main || own || at == 0 {
            continue;
        }
        let Some(heads) = noun_phrase(sentence, start, at) else { continue };
        for (number, &(low, head)) in heads.iter().enumerate() {
            for other in low..head {
                if sentence.tokens[other].upos == Upos::Cconj {
                    sentence.tokens[other].head = Some(head as u32);
                    sentence.tokens[other].deprel = Deprel::Cc;
                } else if sentence.tokens[other]
                    .head
                    .is_none_or(|h| (h as usize) < low || (h as usize) > head)
                {
                    sentence.tokens[other].head = Some(head as u32);
                    sentence.tokens[other].deprel =
                        if sentence.tokens[other].upos == Upos::Det { Deprel::Det } else { Deprel::Amod };
                }
            }
            let (to, deprel) = if number == 0 { (at, Deprel::Nsubj) } else { (heads[0].1, Deprel::Conj) };
            sentence.tokens[head].head = Some(to as u32);
            sentence.tokens[head].deprel = deprel;
        }
    }
}

/// First token and head of each noun of the phrase `start..end` coordinated by "and"; nothing when it is no plain noun phrase.
fn noun_phrase(sentence: &Sentence, start: usize, end: usize) -> Option<Vec<(usize, usize)>> {
    let mut heads = Vec::new();
    let mut low = start;
    for at in start..end {
        let token = &sentence.tokens[at];
        let noun = matches!(token.upos, Upos::Noun | Upos::Propn);
        let describes = matches!(token.upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Cconj | Upos::Part)
            || matches!(token.xpos, Xpos::Vbn | Xpos::Vbd | Xpos::Vbg | Xpos::Hyph) && at > start
            || token.xpos == Xpos::PrpPoss;
        if !noun && !describes {
            return None;
        }
        let last = at + 1 == end || sentence.tokens[at + 1].upos == Upos::Cconj;
        if noun && last {
            heads.push((low, at));
            low = at + 1;
        }
    }
    (!heads.is_empty() && heads.last().is_some_and(|&(_, head)| head + 1 == end)).then_some(heads)
}

/// "territory held by X, including Y": what "including" introduces is of the noun that the clause describes.
fn examples(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        if sentence.tokens[at].deprel != Deprel::Conj {
            continue;
        }
        let including = sentence
            .children_by(at as u32, Deprel::Case)
            .any(|c| sentence.tokens[c as usize].norm == "including");
        let described = sentence.ancestors(at as u32).find_map(|up| {
            let clause = sentence.tokens[up as usize].deprel.is(Deprel::Acl);
            clause.then_some(sentence.tokens[up as usize].head).flatten()
        });
        if let Some(noun) = described.filter(|&noun| including && (noun as usize) < at) {
            sentence.tokens[at].head = Some(noun);
            sentence.tokens[at].deprel = Deprel::Nmod;
        }
    }
}

/// What a clause of manner or result says of the whole scene, not of the people named last: "attacked soldiers using rockets", "struck
/// the fighters killing five".
const OF_THE_SCENE: &[&str] = &[
    "use", "kill", "wound", "injure", "destroy", "damage", "leave", "force", "cause", "say", "add",
    "trigger", "spark", "bring", "claim", "accord", "include", "follow", "concern", "regard", "prompt",
    "lead", "cite", "quote", "raise", "mark", "make", "end", "start", "begin",
];

/// Verbs whose "as …" says what somebody is called.
const CALLING: &[&str] =
    &["describe", "brand", "label", "denounce", "regard", "portray", "identify", "view", "see", "condemn"];

/// "called the troops helping the rebels invaders": a bare participle right after people or fighters that end the object is theirs, not
/// the verb's.
fn bare_clauses(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(verb) = token.head.filter(|&verb| (verb as usize) + 1 < at) else { continue };
        let hung =
            matches!(token.deprel.base(), Deprel::Advcl | Deprel::Xcomp | Deprel::Ccomp | Deprel::Conj);
        if token.xpos != Xpos::Vbg
            || !hung
            || OF_THE_SCENE.contains(&token.lemma.as_str())
            || !matches!(sentence.tokens[verb as usize].upos, Upos::Verb)
            || sentence
                .children(at as u32)
                .any(|c| (c as usize) < at || sentence.tokens[c as usize].deprel.is(Deprel::Mark))
        {
            continue;
        }
        let last = at as u32 - 1;
        let noun = std::iter::once(last)
            .chain(sentence.ancestors(last))
            .take_while(|&up| up > verb)
            .find(|&up| sentence.tokens[up as usize].head == Some(verb));
        let Some(noun) = noun else { continue };
        let people = |at: u32| {
            let lemma = sentence.tokens[at as usize].lemma.as_str();
            nouns::is(lemma, Class::Fighter) || nouns::is(lemma, Class::Human)
        };
        let object =
            matches!(sentence.tokens[noun as usize].deprel.base(), Deprel::Obj | Deprel::Obl | Deprel::Iobj);
        if !object || !people(last) {
            continue;
        }
        sentence.tokens[at].head = Some(last);
        sentence.tokens[at].deprel = Deprel::Acl;
    }
}

/// "described the troops aiding the rebels as invaders": what somebody is called belongs to the verb that calls, not to the clause
/// between.
fn callings(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() as u32 {
        let token = &sentence.tokens[at as usize];
        let as_word =
            sentence.children_by(at, Deprel::Case).any(|m| sentence.tokens[m as usize].norm == "as");
        let Some(clause) = token.head.filter(|_| token.deprel.is(Deprel::Obl) && as_word) else { continue };
        let described = sentence.tokens[clause as usize].deprel == Deprel::Acl
            && sentence.tokens[clause as usize].xpos == Xpos::Vbg;
        let noun = sentence.tokens[clause as usize].head.filter(|_| described);
        let verb = noun.and_then(|noun| {
            let object = sentence.tokens[noun as usize].deprel.is(Deprel::Obj);
            sentence.tokens[noun as usize].head.filter(|_| object)
        });
        if let Some(verb) =
            verb.filter(|&verb| CALLING.contains(&sentence.tokens[verb as usize].lemma.as_str()))
        {
            sentence.tokens[at as usize].head = Some(verb);
        }
    }
}

/// "rebels entered the town, killing two" read as "the entered town's rebels": a past form after the noun that is the sentence's root, with an
/// object of its own and nobody after "by", is the main verb.
fn lost_verbs(sentence: &mut Sentence) {
    let Some(noun) =
        (0..sentence.tokens.len() as u32).find(|&at| sentence.tokens[at as usize].deprel == Deprel::Root)
    else {
        return;
    };
    let is_noun = matches!(sentence.tokens[noun as usize].upos, Upos::Noun | Upos::Propn);
    if !is_noun || sentence.children_by(noun, Deprel::Cop).next().is_some() {
        return;
    }
    let verb = sentence.children(noun).find(|&c| {
        let token = &sentence.tokens[c as usize];
        let by = sentence
            .children(c)
            .any(|o| sentence.children(o).any(|m| sentence.tokens[m as usize].norm == "by"));
        c > noun
            && matches!(token.xpos, Xpos::Vbn | Xpos::Vbd)
            && token.upos == Upos::Verb
            && matches!(token.deprel, Deprel::Amod | Deprel::Acl)
            && !by
            && sentence.children_by(c, Deprel::Obj).any(|o| o > c)
    });
    let Some(verb) = verb else { return };
    let after: Vec<u32> = sentence.children(noun).filter(|&c| c > verb).collect();
    for child in after {
        sentence.tokens[child as usize].head = Some(verb);
    }
    sentence.tokens[verb as usize].head = None;
    sentence.tokens[verb as usize].deprel = Deprel::Root;
    sentence.tokens[verb as usize].xpos = Xpos::Vbd;
    sentence.tokens[noun as usize].head = Some(verb);
    sentence.tokens[noun as usize].deprel = Deprel::Nsubj;
}

/// "said shelling killed five", "fighting between X and Y was heavy": a gerund without an object right before a clause that has no
/// subject is its subject, a noun.
fn gerund_subjects(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() as u32 {
        let token = &sentence.tokens[at as usize];
        let adrift = matches!(
            token.deprel.base(),
            Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Csubj | Deprel::Obj | Deprel::Dep
        );
        let started = at == 0 || sentence.tokens[at as usize - 1].upos == Upos::Verb;
        let object = sentence.children_by(at, Deprel::Obj).next().is_some();
        if token.xpos != Xpos::Vbg || !adrift || !started || object {
            continue;
        }
        let last =
            sentence.children(at).filter(|&c| c > at).map(|c| subtree_end(sentence, c)).max().unwrap_or(at);
        let Some(next) = sentence.tokens.get(last as usize + 1).map(|_| last + 1) else { continue };
        // the next word, or what it is the auxiliary or copula of
        let clause = if sentence.tokens[next as usize].upos == Upos::Aux {
            sentence.tokens[next as usize].head.filter(|&head| head > next)
        } else {
            Some(next)
        };
        let Some(clause) = clause.filter(|&clause| clause != at) else { continue };
        let finite = sentence.tokens[next as usize].upos == Upos::Aux
            || sentence.tokens[clause as usize].upos == Upos::Verb
                && matches!(
                    sentence.tokens[clause as usize].xpos,
                    Xpos::Vbd | Xpos::Vbn | Xpos::Vbz | Xpos::Vbp
                );
        let own = sentence.children(clause).any(|c| {
            let deprel = sentence.tokens[c as usize].deprel;
            c != at && (deprel.is(Deprel::Nsubj) || deprel.is(Deprel::Csubj))
        });
        if !finite || own || sentence.ancestors(clause).any(|up| up == at) {
            continue;
        }
        let below: Vec<u32> = sentence.children_by(at, Deprel::Obl).collect();
        for child in below {
            sentence.tokens[child as usize].deprel = Deprel::Nmod;
        }
        let passive = sentence.children_by(clause, Deprel::AuxPass).next().is_some();
        let token = &mut sentence.tokens[at as usize];
        token.head = Some(clause);
        token.deprel = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
        token.upos = Upos::Noun;
        token.xpos = Xpos::Nn;
        token.lemma = token.norm.clone();
    }
}

/// Last token at or below `at`.
fn subtree_end(sentence: &Sentence, at: u32) -> u32 {
    (0..sentence.tokens.len() as u32)
        .rev()
        .find(|&t| t == at || sentence.ancestors(t).any(|up| up == at))
        .unwrap_or(at)
}

/// "has not said": a perfect without "been" is no passive, nor is "the bomb killed ten people", which has an object.
fn perfect_actives(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() as u32 {
        if sentence.tokens[at as usize].deprel != Deprel::NsubjPass {
            continue;
        }
        let Some(verb) = sentence.tokens[at as usize].head else { continue };
        let perfect = sentence.children(verb).any(|c| {
            let token = &sentence.tokens[c as usize];
            token.deprel.is(Deprel::Aux) && token.deprel != Deprel::AuxPass && token.lemma == "have"
        });
        // "had \"liberated\" the town": quotation marks part the verb from its auxiliary
        let quoted = verb >= 2
            && matches!(sentence.tokens[verb as usize - 1].norm.as_str(), "\"" | "'" | "“" | "‘")
            && sentence.tokens[verb as usize - 2].lemma == "have";
        if quoted {
            sentence.tokens[verb as usize - 2].head = Some(verb);
            sentence.tokens[verb as usize - 2].deprel = Deprel::Aux;
        }
        let perfect = perfect || quoted;
        let passive = sentence.children(verb).any(|c| {
            sentence.tokens[c as usize].deprel == Deprel::AuxPass
                || sentence.tokens[c as usize].norm == "been"
        });
        let object = at < verb
            && sentence.children(verb).any(|c| c > verb && sentence.tokens[c as usize].deprel == Deprel::Obj);
        if (perfect || object) && !passive {
            sentence.tokens[at as usize].deprel = Deprel::Nsubj;
        }
    }
}
