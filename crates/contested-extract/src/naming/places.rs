//! Places: named in a phrase, or meant by a common noun beside a name.

use contested_language::tags::{Deprel, NameKind, Upos};
use contested_model::ClaimType;

use super::words::{is_called_settlement, is_direction, is_proper, of_complement};
use super::{Context, NameOf, Named};
use crate::lexicon::{Lexicon, PosClass};
use crate::mentions::{PlaceWords, Sort};
use crate::nouns::{self, Class};
use crate::tree::Tree;

impl Context<'_> {
    /// A place named in the phrase, or a common noun for one.
    pub(super) fn place(
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
        if let Some(border) = self.of_country(tree, at, start, plain) {
            return Some(border);
        }
        let whole = self.knowledge.places.is_place_name(plain).is_some() && start < at;
        if kind_word
            && whole
            && (is_proper(tree, at)
                || names[at as usize].is_some()
                || self.knowledge.places.is_place_name(plain).is_some_and(|s| s.listed))
        {
            return Some(self.placed(tree, start, last, None, start, at));
        }
        // "the northern occupied West Bank": a known name that ends in the word of place, whatever stands before it
        let tail = (start + 1..at).find(|&low| {
            let name = self.slice(tree.sentence.span_of(low, at));
            is_proper(tree, low) && self.knowledge.places.is_place_name(&name).is_some_and(|s| s.listed)
        });
        if let Some(low) = tail.filter(|_| kind_word && !whole) {
            return Some(self.placed(tree, low, at, None, start, at));
        }
        if kind_word {
            // "Idlib province", "the town of Rawa", "Rawa, a town"
            if let Some((low, high)) = self.place_words_before(tree, at, start, names) {
                return Some(self.placed(tree, low, high, Some(lemma), start, at));
            }
            if let Some(named) = self.named_below(tree, at, plain, names) {
                return Some(named);
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
        Some(self.placed(tree, low, high, None, start, at))
    }

    /// "the Syrian border": of the country.
    fn of_country(&self, tree: &Tree<'_>, at: u32, start: u32, plain: &str) -> Option<Named> {
        let lemma = tree.lemma(at);
        if !matches!(
            lemma,
            "border" | "frontier" | "territory" | "soil" | "coast" | "airspace" | "countryside" | "desert"
        ) {
            return None;
        }
        let (low, country) = (start..at).find_map(|t| {
            let word = tree.norm(t);
            let country = self
                .knowledge
                .places
                .country_of_demonym(word)
                .or_else(|| self.knowledge.places.country(word))?;
            Some((t, country))
        })?;
        let words = PlaceWords {
            first: low,
            last: at,
            name: plain.to_owned(),
            bare: country.name.clone(),
            kind_hint: None,
            inside: Vec::new(),
            direction: Some(lemma.to_owned()),
        };
        Some(Named {
            place: Some(words),
            proper: true,
            country: Some(country.code.to_string()),
            ..Named::bare(Sort::Place, plain.to_owned())
        })
    }

    /// "the town of Rawa", "Rawa, a town", "an area called Rummana": the name that stands below a word for a kind of place.
    fn named_below(&self, tree: &Tree<'_>, at: u32, plain: &str, names: &[NameOf]) -> Option<Named> {
        let lemma = tree.lemma(at);
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
        let inner = below?;
        let (low, high) = crate::mentions::core_range(tree, inner, names);
        let named = self.name(tree, inner, low, high, names)?;
        let mut words = named.place?;
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
        let near = matches!(tree.case(inner).as_str(), "near" | "outside" | "around" | "close to");
        if near {
            words.direction = Some("near".to_owned());
            words.name.clone_from(&words.bare);
        } else if direction {
            words.direction = Some(plain.to_lowercase());
            words.name.clone_from(&words.bare);
        } else {
            words.kind_hint = Some(lemma.to_owned());
        }
        Some(Named { place: Some(words), proper: true, ..Named::bare(Sort::Place, named.name) })
    }

    /// The proper name just before a place noun: "Idlib" of "Idlib province".
    pub(super) fn place_words_before(
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
    pub(super) fn placed(
        &self,
        tree: &Tree<'_>,
        low: u32,
        high: u32,
        kind: Option<&str>,
        start: u32,
        at: u32,
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
        Named {
            country: country.map(|c| c.code.to_string()),
            place: Some(words),
            proper: true,
            ..Named::bare(sort, name)
        }
    }

    /// "Dumba, Borno State, Nigeria": the names that follow and contain it.
    pub(super) fn containers(&self, tree: &Tree<'_>, at: u32) -> Vec<String> {
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

    /// Whether a name that the gazetteer knows stands for the place: nothing else of note is called so, or it stands where places do, as what
    /// is taken and held or after "in" and "near".
    pub(super) fn is_placed(&self, tree: &Tree<'_>, at: u32, plain: &str) -> bool {
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

    /// The country whose capital acts as its government does: "Washington has not said how …", "Ankara denied that …".
    pub(super) fn capital_that_acts(&self, tree: &Tree<'_>, at: u32, plain: &str) -> Option<String> {
        if !acts(tree, at) && !owns_a_policy(tree, at) {
            return None;
        }
        let plain = plain.to_lowercase();
        let is_capital = |name: &str| name.chars().flat_map(char::to_lowercase).eq(plain.chars());
        let country = self.knowledge.places.countries().iter().find(|c| is_capital(&c.capital))?;
        Some(country.code.to_string())
    }
}

/// "Ankara's involvement", "Moscow's strikes": of what has no ground of its own, the government is the owner.
fn owns_a_policy(tree: &Tree<'_>, at: u32) -> bool {
    tree.token(at).possessive
        && tree.head(at).filter(|_| tree.deprel(at) == Deprel::NmodPoss).is_some_and(|owned| {
            let lemma = tree.lemma(owned);
            let grounds = [Class::Settlement, Class::Area, Class::Facility, Class::Human, Class::Time];
            tree.upos(owned) == Upos::Noun
                && !grounds.iter().any(|&class| nouns::is(lemma, class))
                && crate::lexicon::Lexicon::embedded().person(lemma).is_none()
        })
}

/// Whether the word is the subject of a verb that a town could not do.
fn acts(tree: &Tree<'_>, at: u32) -> bool {
    let Some(verb) = tree.head(at).filter(|_| tree.deprel(at) == Deprel::Nsubj && tree.case(at).is_empty())
    else {
        return false;
    };
    tree.is_verbal(verb)
        && !tree.is_passive(verb)
        && tree.children(verb).iter().any(|&c| {
            let asked =
                || tree.children(c).iter().any(|&w| matches!(tree.norm(w), "how" | "why" | "whether"));
            matches!(tree.deprel(c).base(), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp)
                || tree.deprel(c).is(Deprel::Advcl) && asked()
        })
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
        )
}
