//! What a noun phrase stands for, by the knowledge base first, by the name tagger next, by the head noun last.

use contested_knowledge::Knowledge;
use contested_knowledge::actors::{Actor, ActorContext, ActorKind, Composed};
use contested_language::tags::{Deprel, NameKind, Upos};
use contested_model::{CharIndex, ClaimType, Span};

use crate::lexicon::{Lexicon, PosClass};

use crate::mentions::{PlaceWords, Sort};
use crate::nouns::{self, Class};
use crate::tree::Tree;

/// What is known about a phrase.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) sort: Sort,
    pub(crate) name: String,
    pub(crate) actor: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) place: Option<PlaceWords>,
    /// A proper name is in it.
    pub(crate) proper: bool,
    pub(crate) human: bool,
}

impl Named {
    /// A phrase of which only the sort and the words are known.
    fn bare(sort: Sort, name: String) -> Self {
        Self { sort, name, actor: None, country: None, place: None, proper: false, human: false }
    }
}

/// What resolving names needs of one report.
pub(crate) struct Context<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) text: &'a str,
    pub(crate) index: &'a CharIndex,
    /// ISO codes of the countries the report speaks of, most salient first.
    pub(crate) countries: Vec<(String, f32)>,
    /// The same, those first in which armed groups fight: "the rebels", "the army" are theirs.
    pub(crate) theatre: Vec<(String, f32)>,
    pub(crate) date: Option<jiff::civil::Date>,
    /// The text has capitals.
    pub(crate) cased: bool,
}

/// Words that a known name may run past the phrase it begins in.
const NAME_TAIL: u32 = 6;

type NameOf = Option<(u32, u32, NameKind)>;

impl Context<'_> {
    pub(crate) fn slice(&self, span: Span) -> String {
        self.index.slice(self.text, span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn is_demonym(&self, word: &str) -> bool {
        self.knowledge.places.country_of_demonym(word).is_some()
    }

    /// An actor made of a noun phrase, read in the report's context.
    pub(crate) fn compose(&self, words: &[&str], head: usize) -> Option<Composed> {
        let countries: Vec<(&str, f32)> =
            self.theatre.iter().map(|(code, weight)| (code.as_str(), *weight)).collect();
        self.knowledge.actors.compose(words, head, &ActorContext { countries: &countries, date: self.date })
    }

    /// Whether the report is about a country that the actor belongs to: its officials then speak for a side.
    pub(crate) fn is_party(&self, actor: &Actor) -> bool {
        actor.kind.is_armed()
            || actor
                .country
                .as_ref()
                .is_some_and(|code| self.countries.iter().take(2).any(|(known, _)| known == code))
    }

    /// The state with this ISO code, as an actor.
    pub(crate) fn state(&self, code: &str) -> Option<&Actor> {
        self.knowledge.actors.get(&code.to_lowercase()).filter(|actor| actor.kind == ActorKind::State)
    }

    /// What the phrase of tokens `first..=last` headed by `at` stands for; nothing for words that are no phrase at all.
    pub(crate) fn name(
        &self,
        tree: &Tree<'_>,
        at: u32,
        first: u32,
        last: u32,
        names: &[NameOf],
    ) -> Option<Named> {
        let lemma = tree.lemma(at);
        if tree.upos(at) == Upos::Pron || is_relative(tree, at) {
            return Some(Self::pronoun(tree, at));
        }
        if matches!(names[at as usize], Some((_, _, NameKind::Date)))
            || is_weekday(tree.norm(at))
            || nouns::is(lemma, Class::Time) && names[at as usize].is_none()
        {
            return Some(Named::bare(Sort::Time, self.slice(tree.sentence.span_of(first, last))));
        }
        let start = (first..=at).find(|&t| !is_determiner(tree, t)).unwrap_or(at);
        let plain = self.slice(tree.sentence.span_of(start, last));
        if (nouns::is(lemma, Class::Partitive) || tree.upos(at) == Upos::Num)
            && let Some(whole) = of_complement(tree, at)
        {
            let (low, high) = crate::mentions::core_range(tree, whole, names);
            return self.name(tree, whole, low, high, names);
        }
        // "three members of Hamas", "units of the army" are the body they are of
        if (lemma == "member" || nouns::is(lemma, Class::Fighter))
            && let Some(body) = of_complement(tree, at)
        {
            let (low, high) = crate::mentions::core_range(tree, body, names);
            if let Some(named) =
                self.name(tree, body, low, high, names).filter(|n| n.sort == Sort::Actor && n.actor.is_some())
            {
                return Some(named);
            }
        }
        // "forces loyal to X", "fighters belonging to X" are X's
        if nouns::is(lemma, Class::Fighter)
            && let Some(lord) = loyal_to(tree, at)
        {
            let (low, high) = crate::mentions::core_range(tree, lord, names);
            if let Some(named) =
                self.name(tree, lord, low, high, names).filter(|n| matches!(n.sort, Sort::Actor | Sort::Both))
            {
                return Some(named);
            }
        }
        if let Some(known) = self.known_actor(tree, at, start, last, &plain, names) {
            return Some(known);
        }
        if let Some(place) = self.place(tree, at, start, last, &plain, names) {
            return Some(match self.capital_that_acts(tree, at, &plain) {
                Some(country) => Named { sort: Sort::Both, country: Some(country), ..place },
                None => place,
            });
        }
        Some(Self::common(tree, at, plain, names))
    }

    /// The country whose capital acts as its government does: "Washington has not said how …", "Ankara denied that …".
    fn capital_that_acts(&self, tree: &Tree<'_>, at: u32, plain: &str) -> Option<String> {
        let verb = tree.head(at).filter(|_| tree.deprel(at) == Deprel::Nsubj && tree.case(at).is_empty())?;
        let acts = tree.is_verbal(verb)
            && !tree.is_passive(verb)
            && tree
                .children(verb)
                .iter()
                .any(|&c| matches!(tree.deprel(c).base(), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp))
            && !matches!(
                tree.lemma(verb),
                "see"
                    | "witness"
                    | "suffer"
                    | "experience"
                    | "host"
                    | "fall"
                    | "face"
                    | "lie"
                    | "have"
                    | "remain"
                    | "become"
            );
        let plain = plain.to_lowercase();
        let country =
            self.knowledge.places.countries().iter().find(|c| acts && c.capital.to_lowercase() == plain)?;
        Some(country.code.to_string())
    }

    fn pronoun(tree: &Tree<'_>, at: u32) -> Named {
        let word = tree.norm(at);
        let human = matches!(
            word,
            "he" | "she"
                | "him"
                | "her"
                | "his"
                | "hers"
                | "who"
                | "whom"
                | "i"
                | "me"
                | "my"
                | "we"
                | "us"
                | "our"
        );
        Named { human, ..Named::bare(Sort::Pronoun, word.to_owned()) }
    }

    /// An actor of the knowledge base named in the phrase, or composed of its words.
    fn known_actor(
        &self,
        tree: &Tree<'_>,
        at: u32,
        start: u32,
        last: u32,
        plain: &str,
        names: &[NameOf],
    ) -> Option<Named> {
        // a known name may run on past the phrase: "Observatory for Human Rights"
        // … but "Iran" of "Iran-backed militias" is Iran alone
        let compound = at + 2 < tree.len() && tree.norm(at + 1) == "-" && tree.upos(at + 2) == Upos::Verb;
        let (last, tail) = if compound { (at, 0) } else { (last, NAME_TAIL) };
        let beyond = words(tree, start, (last + tail).min(tree.len() - 1));
        let beyond: Vec<&str> = beyond.iter().map(String::as_str).collect();
        let words = &beyond[..=(last - start) as usize];
        let head = (at - start) as usize;
        // "Russian" before a noun, "the Russians"
        if words.len() == 1
            && let Some(state) = self
                .knowledge
                .places
                .country_of_demonym(words[0])
                .and_then(|country| self.state(country.code.as_str()))
        {
            return Some(Self::of_actor(state));
        }
        let lemma = tree.lemma(at);
        let mut best: Option<(usize, usize, &Actor)> = None;
        let mut from = 0;
        while from < words.len() {
            let Some((count, actor, sure)) = self.longest_actor(tree, &beyond, from, start, names) else {
                from += 1;
                continue;
            };
            if sure && best.is_none_or(|(low, high, _)| from + count > high && (from <= head || low > head)) {
                best = Some((from, from + count, actor));
            }
            from += count.max(1);
        }
        // "Syria's army" and "syria s army" compose like "Syria army"
        let bare: Vec<&str> = words.iter().copied().filter(|word| *word != "'s").collect();
        if let Some(source) = (0..=head).find_map(|from| {
            let found = self.knowledge.sources.longest_at(&beyond, from)?;
            let spelt = found.words > 1
                || tree.token(at).text.len() > 2 && tree.token(at).text.chars().all(char::is_uppercase);
            (from + found.words > head && spelt && !found.ambiguous).then_some(found.source)
        }) && best.is_none_or(|(low, high, _)| head < low || high <= head)
        {
            return Some(Named {
                proper: true,
                country: source.country.clone(),
                ..Named::bare(Sort::Actor, source.name.clone())
            });
        }
        let composed = self.compose(&bare, head - words[..head].iter().filter(|word| **word == "'s").count());
        if let Some((low, high, actor)) = best {
            let covers = low <= head && head < high;
            // "central Syria attack": where, not who
            let directed = low > 0 && is_direction(words[low - 1]) && actor.kind == ActorKind::State;
            if covers && directed {
                return None;
            }
            if covers {
                let mut named = Self::of_actor(actor);
                if named.sort == Sort::Both && !self.is_demonym(words[head]) {
                    let (first, last) = (start + low as u32, start + high as u32 - 1);
                    let bare = self.slice(tree.sentence.span_of(first, last));
                    named.place = Some(PlaceWords {
                        first,
                        last,
                        name: named.name.clone(),
                        bare,
                        kind_hint: None,
                        inside: Vec::new(),
                        direction: None,
                    });
                }
                return Some(named);
            }
            let person = composed.as_ref().is_some_and(|c| c.role.is_some());
            let state = actor.kind == ActorKind::State && composed.as_ref().is_some_and(|c| c.is_actor);
            if high <= head
                && !person
                && !state
                && (nouns::is(lemma, Class::Fighter)
                    || nouns::is(lemma, Class::Arm)
                    || nouns::is(lemma, Class::Position))
            {
                return Some(Self::of_actor(actor));
            }
        }
        if let Some(composed) = composed.filter(|c| c.is_actor) {
            let sort = match composed.kind {
                ActorKind::State => Sort::Both,
                ActorKind::Civilians => Sort::People,
                _ => Sort::Actor,
            };
            return Some(Named {
                actor: composed.id,
                country: composed.country,
                human: composed.role.is_some(),
                proper: best.is_some(),
                ..Named::bare(sort, composed.name)
            });
        }
        // a town that the tagger takes for a person or group: only where the gazetteer has the very name and nothing else is called so
        if self.is_placed(tree, at, plain) {
            return None;
        }
        match names[at as usize] {
            Some((_, _, NameKind::Person)) => {
                Some(Named { proper: true, human: true, ..Named::bare(Sort::Actor, plain.to_owned()) })
            }
            _ => None,
        }
    }

    pub(crate) fn of_actor(actor: &Actor) -> Named {
        let sort = if actor.kind == ActorKind::State { Sort::Both } else { Sort::Actor };
        Named {
            actor: Some(actor.id.clone()),
            country: actor.country.clone(),
            proper: true,
            human: actor.kind == ActorKind::Person,
            ..Named::bare(sort, actor.name.clone())
        }
    }

    /// Whether a name that the gazetteer knows stands for the place: nothing else of note is called so, or it stands where places do, as what
    /// is taken and held or after "in" and "near".
    fn is_placed(&self, tree: &Tree<'_>, at: u32, plain: &str) -> bool {
        if is_called_settlement(tree, at) {
            return true;
        }
        let Some(strength) = self.knowledge.places.is_place_name(plain).filter(|_| is_proper(tree, at))
        else {
            return false;
        };
        let taken = || {
            let verb =
                tree.head(at).filter(|_| matches!(tree.deprel(at), Deprel::Obj | Deprel::NsubjPass))?;
            let sense = Lexicon::embedded().senses(tree.lemma(verb), PosClass::Verb).first()?;
            Some(matches!(
                sense.claim_type,
                ClaimType::Seize
                    | ClaimType::Siege
                    | ClaimType::Move
                    | ClaimType::Holds
                    | ClaimType::Contests
            ))
        };
        let within =
            || matches!(tree.case(at).as_str(), "in" | "near" | "around" | "outside" | "inside" | "at");
        strength.is_strong() || taken().unwrap_or(false) || within()
    }

    /// A longest actor name at `from`, and whether it may be trusted: acronyms and words that are also English need capitals or a name tag.
    fn longest_actor(
        &self,
        tree: &Tree<'_>,
        words: &[&str],
        from: usize,
        start: u32,
        names: &[NameOf],
    ) -> Option<(usize, &Actor, bool)> {
        let countries: Vec<(&str, f32)> =
            self.countries.iter().map(|(code, weight)| (code.as_str(), *weight)).collect();
        let found = self.knowledge.actors.longest_at_in(
            words,
            from,
            &ActorContext { countries: &countries, date: self.date },
        )?;
        let at = start + from as u32;
        // "car bombs" are no Central African Republic: in cased copy an acronym has capitals
        let lower = tree.token(at).text.chars().all(char::is_lowercase);
        if self.cased && lower && found.words == 1 && tree.norm(at).len() <= 4 && names[at as usize].is_none()
        {
            return Some((found.words, found.actor, false));
        }
        let sure = !found.ambiguous
            || names[at as usize].is_some()
            || tree.token(at).text.chars().all(|c| !c.is_lowercase())
            || tree.upos(at) == Upos::Propn;
        Some((found.words, found.actor, sure))
    }

    /// A place named in the phrase, or a common noun for one.
    fn place(
        &self,
        tree: &Tree<'_>,
        at: u32,
        start: u32,
        last: u32,
        plain: &str,
        names: &[NameOf],
    ) -> Option<Named> {
        let lemma = tree.lemma(at);
        let common = tree.upos(at) != Upos::Propn
            && (nouns::is(lemma, Class::Settlement) || nouns::is(lemma, Class::Area));
        let kind_word = nouns::is(lemma, Class::Settlement) || nouns::is(lemma, Class::Area);
        // "the Syrian border": of the country
        if matches!(
            lemma,
            "border" | "frontier" | "territory" | "soil" | "coast" | "airspace" | "countryside" | "desert"
        ) && let Some((low, country)) = (start..at).find_map(|t| {
            let word = tree.norm(t);
            let country = self
                .knowledge
                .places
                .country_of_demonym(word)
                .or_else(|| self.knowledge.places.country(word))?;
            Some((t, country))
        }) {
            let words = PlaceWords {
                first: low,
                last: at,
                name: plain.to_owned(),
                bare: country.name.clone(),
                kind_hint: None,
                inside: Vec::new(),
                direction: Some(lemma.to_owned()),
            };
            return Some(Named {
                place: Some(words),
                proper: true,
                country: Some(country.code.to_string()),
                ..Named::bare(Sort::Place, plain.to_owned())
            });
        }
        let whole = self.knowledge.places.is_place_name(plain).is_some() && start < at;
        if kind_word
            && whole
            && (is_proper(tree, at)
                || names[at as usize].is_some()
                || self.knowledge.places.is_place_name(plain).is_some_and(|s| s.listed))
        {
            return Some(self.placed(tree, start, last, None, start, at, plain));
        }
        if kind_word {
            // "Idlib province", "the town of Rawa", "Rawa, a town"
            if let Some((low, high)) = self.place_words_before(tree, at, start, names) {
                return Some(self.placed(tree, low, high, Some(lemma), start, at, plain));
            }
            let below = of_complement(tree, at)
                .or_else(|| {
                    tree.children_by(at, Deprel::Appos)
                        .chain(tree.children_by(at, Deprel::Flat))
                        .find(|&c| c > at && is_proper(tree, c))
                })
                .or_else(|| {
                    tree.children_by(at, Deprel::Nmod).find(|&c| {
                        c > at
                            && matches!(
                                tree.case(c).as_str(),
                                "in" | "near"
                                    | "outside"
                                    | "around"
                                    | "at"
                                    | "on"
                                    | "close to"
                                    | "inside"
                                    | "west of"
                                    | "east of"
                                    | "north of"
                                    | "south of"
                            )
                    })
                });
            // "an area called Rummana"
            let called = || {
                let verb = tree
                    .children_by(at, Deprel::Acl)
                    .find(|&c| c > at && matches!(tree.lemma(c), "call" | "name" | "know"))?;
                tree.children(verb).iter().copied().find(|&c| c > verb && is_proper(tree, c))
            };
            let below = below.or_else(called);
            if let Some(inner) = below {
                let (low, high) = crate::mentions::core_range(tree, inner, names);
                let named = self.name(tree, inner, low, high, names)?;
                if let Some(mut words) = named.place {
                    let direction = matches!(
                        lemma,
                        "north"
                            | "south"
                            | "east"
                            | "west"
                            | "northeast"
                            | "northwest"
                            | "southeast"
                            | "southwest"
                            | "centre"
                            | "center"
                            | "outskirt"
                            | "countryside"
                            | "suburb"
                            | "edge"
                            | "part"
                            | "border"
                            | "frontier"
                            | "bank"
                    );
                    let near =
                        matches!(tree.case(inner).as_str(), "near" | "outside" | "around" | "close to");
                    if near {
                        words.direction = Some("near".to_owned());
                        words.name.clone_from(&words.bare);
                    } else if direction {
                        words.direction = Some(plain.to_lowercase());
                        words.name.clone_from(&words.bare);
                    } else {
                        words.kind_hint = Some(lemma.to_owned());
                    }
                    return Some(Named {
                        place: Some(words),
                        proper: true,
                        ..Named::bare(Sort::Place, named.name)
                    });
                }
            }
            if common {
                return Some(Named { place: None, ..Named::bare(Sort::Place, plain.to_owned()) });
            }
        }
        let tagged = matches!(names[at as usize], Some((_, _, NameKind::Place | NameKind::Facility)));
        let other = matches!(
            names[at as usize],
            Some((_, _, NameKind::Person | NameKind::Organisation | NameKind::ArmedGroup | NameKind::Weapon))
        );
        let proper = is_proper(tree, at);
        let strong = self.is_placed(tree, at, plain);
        if !(tagged || (proper && !other) || strong) {
            return None;
        }
        let (low, high) = match names[at as usize] {
            Some((low, high, NameKind::Place | NameKind::Facility)) => (low.max(start), high.min(last)),
            _ => (start, last),
        };
        // "Tal Abyad Saturday"
        let high = (low..=high).rev().find(|&t| !nouns::is(tree.lemma(t), Class::Time)).unwrap_or(high);
        let bare = self.slice(tree.sentence.span_of(low, high));
        let strength = self.knowledge.places.is_place_name(&bare);
        let known = strength.is_some();
        let directed = low < high && is_direction(tree.norm(low));
        if !tagged && !known && !directed && !is_called_settlement(tree, at) {
            return None;
        }
        Some(self.placed(tree, low, high, None, start, at, plain))
    }

    /// The proper name just before a place noun: "Idlib" of "Idlib province".
    fn place_words_before(
        &self,
        tree: &Tree<'_>,
        at: u32,
        start: u32,
        names: &[NameOf],
    ) -> Option<(u32, u32)> {
        let high = at.checked_sub(1).filter(|&t| t >= start)?;
        if !is_proper(tree, high) && !matches!(names[high as usize], Some((_, _, NameKind::Place))) {
            return None;
        }
        let mut low = high;
        while low > start
            && (is_proper(tree, low - 1) || matches!(tree.norm(low - 1), "-" | "of" | "al" | "el"))
        {
            low -= 1;
        }
        let name = self.slice(tree.sentence.span_of(low, high));
        let tagged = matches!(names[high as usize], Some((_, _, NameKind::Place)));
        (tagged || self.knowledge.places.is_place_name(&name).is_some()).then_some((low, high))
    }

    #[allow(clippy::too_many_arguments, reason = "all of it is one phrase")]
    fn placed(
        &self,
        tree: &Tree<'_>,
        low: u32,
        high: u32,
        kind: Option<&str>,
        start: u32,
        at: u32,
        plain: &str,
    ) -> Named {
        let mut first = low;
        let mut direction = None;
        if is_direction(tree.norm(low)) && low < high {
            direction = Some(tree.norm(low).to_owned());
            first = low + 1;
        } else if low > start && is_direction(tree.norm(low - 1)) {
            direction = Some(tree.norm(low - 1).to_owned());
        }
        let mut bare = self.slice(tree.sentence.span_of(first, high));
        // "North Kivu", "Eastern Ghouta" are names, not parts of a Kivu or a Ghouta; "northern Syria" is both
        if direction.is_some() && first > 0 {
            let whole = self.slice(tree.sentence.span_of(first - 1, high));
            if self.knowledge.places.is_place_name(&whole).is_some() {
                if self.knowledge.places.country(&bare).is_none() {
                    first -= 1;
                }
                bare = whole;
                direction = None;
            }
        }
        let name = match &direction {
            Some(direction) => format!("{direction} {bare}"),
            None => bare.clone(),
        };
        let country = self.knowledge.places.country(&bare);
        let sort =
            if country.is_some() && direction.is_none() && kind.is_none() { Sort::Both } else { Sort::Place };
        let inside = self.containers(tree, at);
        let words = PlaceWords {
            first,
            last: high,
            name: name.clone(),
            bare,
            kind_hint: kind.map(str::to_owned),
            inside,
            direction,
        };
        let _ = plain;
        Named {
            country: country.map(|c| c.code.to_string()),
            place: Some(words),
            proper: true,
            ..Named::bare(sort, name)
        }
    }

    /// "Dumba, Borno State, Nigeria": the names that follow and contain it.
    fn containers(&self, tree: &Tree<'_>, at: u32) -> Vec<String> {
        let mut found = Vec::new();
        for &child in tree.children(at) {
            let follows = child > at
                && (matches!(
                    tree.deprel(child),
                    Deprel::Appos | Deprel::NmodUnmarked | Deprel::NmodNpmod | Deprel::List | Deprel::Flat
                ) || tree.deprel(child).is(Deprel::Nmod)
                    && matches!(tree.case(child).as_str(), "in" | "of" | ""));
            if follows && is_proper(tree, child) {
                let mut low = child;
                while low > at + 1 && tree.head(low - 1) == Some(child) && is_proper(tree, low - 1) {
                    low -= 1;
                }
                found.push(self.slice(tree.sentence.span_of(low, child)));
                found.extend(self.containers(tree, child));
            }
        }
        found.truncate(4);
        found
    }

    fn common(tree: &Tree<'_>, at: u32, plain: String, names: &[NameOf]) -> Named {
        let lemma = tree.lemma(at);
        let tagged = names[at as usize].map(|(_, _, kind)| kind);
        let sort = match tagged {
            Some(NameKind::Organisation | NameKind::ArmedGroup | NameKind::Norp) => Sort::Actor,
            Some(NameKind::Weapon) => Sort::Weapon,
            _ if nouns::is(lemma, Class::Fighter) => Sort::Actor,
            _ if nouns::is(lemma, Class::Human) => Sort::People,
            _ if nouns::is(lemma, Class::Weapon) => Sort::Weapon,
            _ => Sort::Thing,
        };
        Named { proper: tagged.is_some(), human: nouns::is(lemma, Class::Human), ..Named::bare(sort, plain) }
    }
}

fn words(tree: &Tree<'_>, first: u32, last: u32) -> Vec<String> {
    (first..=last).map(|at| tree.norm(at).to_owned()).collect()
}

fn is_relative(tree: &Tree<'_>, at: u32) -> bool {
    matches!(tree.norm(at), "which" | "who" | "whom" | "that") && tree.upos(at) != Upos::Noun
}

fn is_determiner(tree: &Tree<'_>, at: u32) -> bool {
    matches!(tree.upos(at), Upos::Det | Upos::Punct | Upos::Cconj) || matches!(tree.norm(at), "the" | "and")
}

fn is_direction(word: &str) -> bool {
    word.ends_with("ern")
        && matches!(
            word,
            "northern"
                | "southern"
                | "eastern"
                | "western"
                | "northeastern"
                | "northwestern"
                | "southeastern"
                | "southwestern"
        )
        || matches!(
            word,
            "central"
                | "north"
                | "south"
                | "east"
                | "west"
                | "northeast"
                | "northwest"
                | "southeast"
                | "southwest"
                | "upper"
                | "lower"
        )
}

/// Nouns that make the names after "of", and those before them, names of places.
const SETTLEMENTS: &[&str] = &[
    "town",
    "towns",
    "city",
    "cities",
    "village",
    "villages",
    "hamlet",
    "hamlets",
    "suburb",
    "suburbs",
    "neighborhood",
    "neighborhoods",
    "neighbourhood",
    "neighbourhoods",
    "district",
    "districts",
    "province",
    "provinces",
    "governorate",
    "governorates",
    "checkpoint",
    "checkpoints",
];

/// "the villages of A and B", "A, B and C neighbourhoods": what is called a settlement is one, whatever else the name may be.
fn is_called_settlement(tree: &Tree<'_>, at: u32) -> bool {
    if !is_proper(tree, at) {
        return false;
    }
    let mut first = at;
    for _ in 0..12 {
        match tree.head(first).filter(|_| tree.deprel(first).is(Deprel::Conj)) {
            Some(head) => first = head,
            None => break,
        }
    }
    let of = tree.case(first) == "of"
        && tree.head(first).is_some_and(|head| head < first && SETTLEMENTS.contains(&tree.norm(head)));
    let all = tree.coordinated(first);
    let many = || {
        let last = all.last().copied().filter(|_| all.len() > 1)?;
        let end = tree.children_by(last, Deprel::Flat).last().unwrap_or(last);
        let next = (end + 1 < tree.len()).then(|| tree.norm(end + 1))?;
        Some(next.ends_with('s') && SETTLEMENTS.contains(&next))
    };
    of || many().unwrap_or(false)
}

/// A proper noun by its tag, or a word written like one.
pub(crate) fn is_proper(tree: &Tree<'_>, at: u32) -> bool {
    tree.upos(at) == Upos::Propn
        || (tree.token(at).text.chars().next().is_some_and(char::is_uppercase)
            && tree.upos(at) == Upos::Noun
            && at > 0)
}

/// A day of the week, with the s of a possessor whose apostrophe is gone: never who, whatever the name tagger says.
fn is_weekday(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// Who the fighters at `at` are loyal, or belong, to.
fn loyal_to(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let word = tree
        .children(at)
        .iter()
        .copied()
        .find(|&c| c > at && matches!(tree.norm(c), "loyal" | "belonging" | "answering" | "faithful"))?;
    tree.children(word).iter().copied().find(|&c| {
        (tree.deprel(c).is(Deprel::Obl) || tree.deprel(c).is(Deprel::Nmod)) && tree.case(c) == "to"
    })
}

/// The head of "of …" after a noun.
pub(crate) fn of_complement(tree: &Tree<'_>, at: u32) -> Option<u32> {
    tree.children_by(at, Deprel::Nmod).find(|&child| child > at && tree.case(child) == "of")
}
