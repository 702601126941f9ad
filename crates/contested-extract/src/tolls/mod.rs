//! Tolls: how many people were killed, hurt, driven out, captured or are missing, as a sentence counts them.

mod numbers;
mod order;

use contested_language::Sentence;
use contested_language::tags::{Deprel, NameKind, Upos, Xpos};
use contested_model::{DiedOrHurt, WhoHurt};

use crate::lexicon::{Lexicon, PosClass};
use crate::nouns::{self, Class};
use crate::words::Words;
use numbers::Count;
pub(crate) use numbers::is_number;

/// A toll in the words of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toll {
    /// What befell them.
    pub what: DiedOrHurt,
    /// Who they are.
    pub who: WhoHurt,
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many; `None` when open.
    pub max: Option<u64>,
    /// First token of the count and the people counted.
    pub first: u32,
    /// Last token of them.
    pub last: u32,
    /// Head of the people counted, whose mention tells their side.
    pub people: u32,
    /// The word that says what befell them: "killed", "injuring", "dead", "toll".
    pub predicate: u32,
}

/// Words of the longest number.
const LONGEST: u32 = 6;

/// The tolls of a sentence in order of the words that say what befell people. A plural without a number is no toll.
///
/// The tree is asked first; where it gives no counted people, the words right after or before the verb are, since "at least 12 people"
/// often misleads a parser.
pub fn tolls(sentence: &Sentence, lexicon: &Lexicon) -> Vec<Toll> {
    let mut found: Vec<Toll> = Vec::new();
    for at in 0..sentence.tokens.len() as u32 {
        let Some(what) = befalls(sentence, lexicon, at) else { continue };
        let mut of_word: Vec<Toll> = counted(sentence, lexicon, at)
            .into_iter()
            .filter_map(|people| toll(sentence, lexicon, at, what, people))
            .collect();
        let token = &sentence.tokens[at as usize];
        let after_people = !token.xpos.is_verb()
            && matches!(token.deprel.base(), Deprel::Amod | Deprel::Acl | Deprel::Xcomp)
            && token.head.is_some_and(|head| head < at);
        if token.xpos.is_verb() || token.norm == "injures" || after_people {
            let people = if after_people {
                order::all_before(sentence, at as usize)
            } else {
                order::people(sentence, at)
            };
            let by_order: Vec<Toll> = people
                .into_iter()
                .filter_map(|(count, people)| made(sentence, lexicon, at, what, people, count))
                .collect();
            if by_order.len() > of_word.len() {
                of_word = by_order;
            }
        }
        if of_word.is_empty()
            && let Some(first) = joined_verb(sentence, at)
        {
            // "60 were killed and injured": nobody says how many of each
            let shared: Vec<Toll> =
                found.iter().filter(|toll| toll.predicate == first && toll.what != what).cloned().collect();
            // "was captured and killed": one person suffers both
            let many = |toll: &Toll| toll.max != Some(1);
            found
                .iter_mut()
                .filter(|toll| toll.predicate == first && many(toll))
                .for_each(|toll| (toll.min, toll.max) = (None, None));
            of_word.extend(shared.into_iter().map(|toll| {
                let (min, max) = if many(&toll) { (None, None) } else { (toll.min, toll.max) };
                Toll { what, predicate: at, min, max, ..toll }
            }));
        }
        for mut toll in of_word {
            inherit(sentence, &found, &mut toll);
            let counted_already = found.iter().any(|t| t.what == toll.what && t.people == toll.people);
            let nothing = toll.min == Some(0) && toll.max == Some(0);
            if counted_already || nothing {
                continue;
            }
            // "two rebels and at least five soldiers": fighters all
            if let Some(same) = found.iter_mut().find(|t| {
                t.predicate == at && t.what == what && t.who == toll.who && t.who != WhoHurt::Unknown
            }) {
                same.min = same.min.zip(toll.min).map(|(a, b)| a.saturating_add(b));
                same.max = same.max.zip(toll.max).map(|(a, b)| a.saturating_add(b));
                (same.first, same.last) = (same.first.min(toll.first), same.last.max(toll.last));
                continue;
            }
            found.push(toll);
        }
    }
    found
}

/// The verb to which the verb at `at` is joined word by word: "killed and injured".
fn joined_verb(sentence: &Sentence, at: u32) -> Option<u32> {
    let first = at.checked_sub(2)?;
    let join = matches!(sentence.tokens[at as usize - 1].norm.as_str(), "and" | "or" | "/");
    (join && sentence.tokens[first as usize].xpos.is_verb()).then_some(first)
}

/// Whether the word at `at` says that people were killed, hurt or lost.
pub(crate) fn harms(sentence: &Sentence, at: u32) -> bool {
    befalls(sentence, Lexicon::embedded(), at)
        .is_some_and(|what| !matches!(what, DiedOrHurt::Displaced | DiedOrHurt::Captured))
}

/// What the word at `at` says that people suffered.
fn befalls(sentence: &Sentence, lexicon: &Lexicon, at: u32) -> Option<DiedOrHurt> {
    let token = &sentence.tokens[at as usize];
    let toll = |word: &str, pos: PosClass| {
        lexicon.senses(word, pos).iter().filter(|sense| sense.pattern.len() == 1).find_map(|sense| sense.toll)
    };
    match token.norm.as_str() {
        "dead" | "slain" => return Some(DiedOrHurt::Dead),
        "wounded" | "injured" | "hurt" => return Some(DiedOrHurt::Injured),
        "missing" => return Some(DiedOrHurt::Missing),
        // no noun, whatever the tagger thinks
        "injures" => return Some(DiedOrHurt::Injured),
        "homeless" => return Some(DiedOrHurt::Displaced),
        _ => {}
    }
    match token.upos {
        // who leaves is seldom counted as driven out, and what is left dead is counted by "dead"
        Upos::Verb
            if matches!(
                token.lemma.as_str(),
                "leave" | "escape" | "question" | "hold" | "claim" | "take"
            ) =>
        {
            None
        }
        Upos::Verb => toll(&token.lemma, PosClass::Verb),
        Upos::Noun | Upos::Propn => match token.lemma.as_str() {
            "toll" | "tally" => (at > 0
                && matches!(
                    sentence.tokens[at as usize - 1].lemma.as_str(),
                    "death" | "civilian" | "casualty"
                ))
            .then_some(DiedOrHurt::Dead),
            "life" => sentence.tokens[at as usize]
                .head
                .filter(|&head| {
                    matches!(
                        sentence.tokens[head as usize].lemma.as_str(),
                        "claim" | "take" | "cost" | "lose"
                    )
                })
                .map(|_| DiedOrHurt::Dead),
            "hostage" | "captive" | "prisoner" => sentence.tokens[at as usize]
                .head
                .filter(|&head| {
                    matches!(sentence.tokens[head as usize].lemma.as_str(), "take" | "seize" | "hold")
                })
                .map(|_| DiedOrHurt::Captured),
            "body" | "corpse" | "victim" | "refugee" | "detainee" => None,
            lemma => toll(lemma, PosClass::Noun),
        },
        Upos::Adj => toll(&token.norm, PosClass::Adj),
        _ => None,
    }
}

/// Heads of the people whom the predicate counts, by the tree.
fn counted(sentence: &Sentence, lexicon: &Lexicon, at: u32) -> Vec<u32> {
    let token = &sentence.tokens[at as usize];
    let child = |relation: Deprel| sentence.children_by(at, relation).next();
    let noun = matches!(token.upos, Upos::Noun | Upos::Propn) && !token.xpos.is_verb();
    let mut heads: Vec<u32> = Vec::new();
    if Words::Tally.has(&token.lemma) {
        heads.extend(tally(sentence, at));
    } else if noun {
        // "the killing of 40 fighters", "nine deaths", "16 dead"
        let of: Vec<u32> =
            sentence.children_by(at, Deprel::Nmod).filter(|&c| case(sentence, c) == "of").collect();
        if of.is_empty() {
            heads.push(at);
        }
        heads.extend(of);
    } else if !token.xpos.is_verb() && child(Deprel::Nummod).is_some_and(|c| c < at) {
        // "left 3 dead and 5 wounded"
        heads.push(at);
    } else if token.xpos.is_verb() {
        heads.extend(suffering(sentence, at));
    } else if token.deprel == Deprel::Xcomp {
        // "left nine people dead", "fourteen are reported missing"
        heads.extend(token.head.and_then(|verb| {
            sentence
                .children_by(verb, Deprel::Obj)
                .next()
                .or_else(|| sentence.children_by(verb, Deprel::Nsubj).next())
        }));
    } else if matches!(token.deprel.base(), Deprel::Amod | Deprel::Acl) {
        // "nine people dead"; "the wounded soldiers" counts nobody anew
        heads.extend(token.head.filter(|&head| head < at));
    } else {
        heads.push(child(Deprel::Nsubj).unwrap_or(at));
    }
    let mut all: Vec<u32> = Vec::new();
    for head in heads {
        all.push(head);
        // "280 deaths and 169 injuries": the second number has a word of its own
        let joined = sentence.children_by(head, Deprel::Conj).filter(|&c| {
            !sentence.tokens[c as usize].xpos.is_verb() && befalls(sentence, lexicon, c).is_none()
        });
        all.extend(joined);
    }
    all
}

/// Whoever suffers what the verb at `at` says.
fn suffering(sentence: &Sentence, at: u32) -> Option<u32> {
    let token = &sentence.tokens[at as usize];
    let by =
        |relation: Deprel| sentence.children(at).find(|&c| sentence.tokens[c as usize].deprel == relation);
    let found = if Words::Suffered.has(&token.lemma) {
        by(Deprel::Nsubj).or_else(|| by(Deprel::NsubjPass)).or_else(|| controlled(sentence, at))
    } else {
        let unhelped = token.xpos == Xpos::Vbn && by(Deprel::Aux).is_none();
        let modified = || token.head.filter(|&head| head < at && token.deprel.is(Deprel::Acl));
        by(Deprel::NsubjPass)
            .or_else(|| by(Deprel::Obj).filter(|&obj| !order::has_own_word(sentence, obj)))
            .or_else(|| headline(sentence, at))
            .or_else(|| unhelped.then(|| by(Deprel::Nsubj).or_else(modified)).flatten())
    };
    let found = found.or_else(|| raised(sentence, at))?;
    // "a commander who was killed"
    let relative = matches!(sentence.tokens[found as usize].norm.as_str(), "who" | "that" | "which" | "whom");
    if relative {
        return token.head.filter(|_| token.deprel == Deprel::AclRelcl);
    }
    Some(found)
}

/// "thousands had begun to flee", "hundreds have had to flee": the subject of the verb above.
fn controlled(sentence: &Sentence, at: u32) -> Option<u32> {
    let mut verb = at;
    for _ in 0..3 {
        let token = &sentence.tokens[verb as usize];
        verb = token.head.filter(|_| token.deprel == Deprel::Xcomp)?;
        if let Some(subject) = sentence.children_by(verb, Deprel::Nsubj).next() {
            return Some(subject);
        }
    }
    None
}

/// "40 civilians killed, 100 injured": what looks like a past tense is a participle.
fn headline(sentence: &Sentence, at: u32) -> Option<u32> {
    let object = sentence.children_by(at, Deprel::Obj).next();
    let other = object.is_some_and(|obj| order::has_own_word(sentence, obj));
    sentence.children_by(at, Deprel::Nsubj).next().filter(|_| other)
}

/// "12 people are reported to have been killed": the subject of the verb above.
fn raised(sentence: &Sentence, at: u32) -> Option<u32> {
    let token = &sentence.tokens[at as usize];
    let verb = token.head.filter(|_| token.deprel.is(Deprel::Xcomp))?;
    let passive = sentence.children(at).any(|c| sentence.tokens[c as usize].deprel == Deprel::AuxPass);
    let told = sentence.tokens[verb as usize].xpos == Xpos::Vbn;
    sentence.children_by(verb, Deprel::Nsubj).next().filter(|_| passive && told)
}

/// The number of "the death toll rose to 40", "a toll of 40".
fn tally(sentence: &Sentence, at: u32) -> Option<u32> {
    let is_number = |c: &u32| {
        sentence.tokens[*c as usize].upos == Upos::Num
            || sentence.children_by(*c, Deprel::Nummod).next().is_some()
    };
    if let Some(of) = sentence.children_by(at, Deprel::Nmod).find(is_number) {
        return Some(of);
    }
    let verb = sentence.tokens[at as usize].head?;
    sentence
        .children(verb)
        .filter(|&c| {
            c > at
                && matches!(
                    sentence.tokens[c as usize].deprel.base(),
                    Deprel::Obl | Deprel::Obj | Deprel::Xcomp | Deprel::Nmod
                )
        })
        .filter(|&c| matches!(case(sentence, c), "to" | "at" | "" | "past" | "by"))
        .find(is_number)
}

fn case(sentence: &Sentence, at: u32) -> &str {
    sentence
        .children_by(at, Deprel::Case)
        .next()
        .map_or("", |case| sentence.tokens[case as usize].norm.as_str())
}

/// The toll that `people` make, where their number is told.
fn toll(
    sentence: &Sentence,
    lexicon: &Lexicon,
    predicate: u32,
    what: DiedOrHurt,
    people: u32,
) -> Option<Toll> {
    made(sentence, lexicon, predicate, what, people, number_of(sentence, people)?)
}

/// The toll of `count` people, unless what is counted is no people.
fn made(
    sentence: &Sentence,
    lexicon: &Lexicon,
    predicate: u32,
    what: DiedOrHurt,
    people: u32,
    count: Count,
) -> Option<Toll> {
    let token = &sentence.tokens[people as usize];
    let person = who(sentence, lexicon, people);
    let is_number = token.upos == Upos::Num || count.last as u32 >= people;
    let itself = people == predicate || Words::Lives.has(&token.norm);
    let somebody = person.is_some() || (names_people(sentence, people) && what != DiedOrHurt::Captured);
    let thing = lexicon.weapon(&token.lemma).is_some()
        || person.is_none()
            && [Class::Facility, Class::Settlement, Class::Area]
                .iter()
                .any(|&class| nouns::is(&token.lemma, class))
            && !nouns::is(&token.lemma, Class::Fighter);
    let harmed = matches!(what, DiedOrHurt::Dead | DiedOrHurt::Injured) && !thing;
    let counted = count.first as u32 != people || count.max != Some(1);
    // towns and tanks are captured too; who is killed or hurt is somebody
    if !(somebody
        || itself
        || (harmed && counted)
        || (is_number && (harmed || what != DiedOrHurt::Captured || token.upos == Upos::Num)))
    {
        return None;
    }
    let first = (count.first as u32).min(people);
    let last = people.max(count.last as u32);
    Some(Toll {
        what,
        who: person.unwrap_or(WhoHurt::Unknown),
        min: count.min,
        max: count.max,
        first,
        last,
        people,
        predicate,
    })
}

/// The number of the people whose head is `people`.
fn number_of(sentence: &Sentence, people: u32) -> Option<Count> {
    let token = &sentence.tokens[people as usize];
    let itself = numbers::count(sentence, people as usize);
    if itself.is_some() && token.upos != Upos::Det {
        // the whole number may begin before its head: "two hundred", "1.5 million"
        let start = first_of_number(sentence, people);
        return numbers::count(sentence, start as usize).or(itself);
    }
    for child in sentence.children(people) {
        let dependent = &sentence.tokens[child as usize];
        let counts = matches!(
            dependent.deprel.base(),
            Deprel::Nummod | Deprel::Det | Deprel::Compound | Deprel::Amod | Deprel::Nmod
        );
        if child > people || !counts {
            continue;
        }
        if matches!(dependent.norm.as_str(), "a" | "an") && numbers::count(sentence, child as usize).is_none()
        {
            continue;
        }
        // "the 22 people": not years, ages or ordinals
        let start = first_of_number(sentence, child);
        if let Some(count) =
            numbers::count(sentence, start as usize).filter(|count| (count.last as u32) < people)
        {
            return Some(count);
        }
    }
    // "dozens of people", "hundreds of thousands of Syrians" where the parser makes "people" the head's modifier
    if token.upos == Upos::Noun
        && let Some(of) =
            token.head.filter(|_| token.deprel.is(Deprel::Nmod) && case(sentence, people) == "of")
        && let Some(count) = numbers::count(sentence, of as usize)
    {
        return Some(count);
    }
    single(sentence, people)
}

/// First token of the number in which `at` stands.
fn first_of_number(sentence: &Sentence, at: u32) -> u32 {
    let words = ["a", "half", "of", "-", "and", "to", "or", "several"];
    let mut first = at;
    for start in (at.saturating_sub(LONGEST)..at).rev() {
        let token = &sentence.tokens[start as usize];
        let part = token.upos == Upos::Num
            || words.contains(&token.norm.as_str())
            || numbers::count(sentence, start as usize).is_some();
        if !part {
            break;
        }
        // a number of its own before it is not part of this one
        if numbers::count(sentence, start as usize).is_some_and(|count| count.last as u32 >= at) {
            first = start;
        }
    }
    first
}

/// One person: "a soldier", "another guerrilla", "him", a person's name.
fn single(sentence: &Sentence, people: u32) -> Option<Count> {
    let token = &sentence.tokens[people as usize];
    let one = Count { min: Some(1), max: Some(1), first: people as usize, last: people as usize };
    let article = sentence
        .children_by(people, Deprel::Det)
        .find(|&c| matches!(sentence.tokens[c as usize].norm.as_str(), "a" | "an" | "another"));
    // "a massacre" is no count of one
    let many = Words::Many.has(&token.lemma);
    if let Some(article) = article.filter(|_| !many && matches!(token.xpos, Xpos::Nn | Xpos::Nnp)) {
        return Some(Count { first: article as usize, ..one });
    }
    let person = |at: u32| {
        sentence.names.iter().any(|name| name.kind == NameKind::Person && name.start <= at && at < name.end)
    };
    // "senior leader Ali Hassan": a title in the singular beside a name
    let titled = token.xpos == Xpos::Nn
        && sentence.children(people).any(|c| {
            let token = &sentence.tokens[c as usize];
            c == people + 1 && (token.deprel.is(Deprel::Appos) || token.deprel.is(Deprel::Flat)) && person(c)
        });
    let named = person(people) || titled;
    (named || matches!(token.norm.as_str(), "him" | "himself" | "herself" | "he" | "she")).then_some(one)
}

fn names_people(sentence: &Sentence, people: u32) -> bool {
    let token = &sentence.tokens[people as usize];
    let name = sentence.names.iter().find(|name| name.start <= people && people < name.end);
    match name {
        Some(name) => matches!(name.kind, NameKind::Person | NameKind::Norp),
        None => matches!(
            token.norm.as_str(),
            "him"
                | "himself"
                | "herself"
                | "he"
                | "she"
                | "others"
                | "other"
                | "more"
                | "lives"
                | "members"
                | "member"
                | "personnel"
        ),
    }
}

/// Who the people are, by their noun and what stands before it.
fn who(sentence: &Sentence, lexicon: &Lexicon, people: u32) -> Option<WhoHurt> {
    let token = &sentence.tokens[people as usize];
    let mut found = lexicon.person(&token.lemma).or_else(|| lexicon.person(&token.norm));
    if found == Some(WhoHurt::Unknown) || found.is_none() {
        for child in sentence.children(people).filter(|&c| c != people) {
            let modifier = &sentence.tokens[child as usize];
            let before = child < people
                && matches!(modifier.deprel.base(), Deprel::Compound | Deprel::Amod | Deprel::Nmod);
            let about = modifier.deprel.is(Deprel::Appos)
                || modifier.deprel.is(Deprel::Flat)
                || modifier.deprel == Deprel::NmodDesc;
            let of = modifier.deprel.is(Deprel::Nmod) && case(sentence, child) == "of";
            if !before && !about && !of {
                continue;
            }
            let armed = sentence
                .names
                .iter()
                .any(|name| name.kind == NameKind::ArmedGroup && name.start <= child && child < name.end);
            let kind = match modifier.lemma.as_str() {
                "army" | "military" | "service" | "security" | "police" | "rebel" | "militant"
                | "jihadist" | "enemy" => Some(WhoHurt::Combatant),
                "civilian" | "aid" | "school" | "medical" => Some(WhoHurt::Civilian),
                lemma => lexicon.person(lemma).filter(|&kind| kind != WhoHurt::Unknown),
            };
            if let Some(kind) = kind.or(armed.then_some(WhoHurt::Combatant)) {
                found = Some(kind);
                break;
            }
        }
    }
    found
}

/// "ten guerrillas were killed and six wounded": a bare number counts the same sort of people; "five others" of civilians are civilians.
fn inherit(sentence: &Sentence, earlier: &[Toll], toll: &mut Toll) {
    let token = &sentence.tokens[toll.people as usize];
    let vague = matches!(token.norm.as_str(), "more" | "dozens" | "scores" | "hundreds" | "thousands");
    let bare = token.upos == Upos::Num || vague;
    let others = matches!(token.norm.as_str(), "others" | "other");
    let Some(last) = earlier.last().filter(|_| toll.who == WhoHurt::Unknown) else { return };
    if bare || (others && last.who == WhoHurt::Civilian) {
        toll.who = last.who;
    }
}

#[cfg(test)]
mod tests;
