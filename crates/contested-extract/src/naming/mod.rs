//! What a noun phrase stands for, by the knowledge base first, by the name tagger next, by the head noun last.

mod actors;
mod places;
mod words;

use contested_knowledge::Knowledge;
use contested_language::tags::{Deprel, NameKind, Upos, Xpos};
use contested_model::{CharIndex, Span};

use crate::mentions::{PlaceWords, Sort};
use crate::nouns::{self, Class};
use crate::tree::Tree;

pub(crate) use self::words::{PEOPLES, is_direction, of_complement};
use self::words::{
    from_complement, is_determiner, is_relative, is_weekday, loyal_to, people_of, stands_for_many,
};

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
    /// Name of the body that a person speaks or acts for.
    pub(crate) body: Option<String>,
}

impl Named {
    /// A phrase of which only the sort and the words are known.
    fn bare(sort: Sort, name: String) -> Self {
        Self { sort, name, actor: None, country: None, place: None, proper: false, human: false, body: None }
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

type NameOf = Option<(u32, u32, NameKind)>;
impl Context<'_> {
    pub(crate) fn slice(&self, span: Span) -> String {
        self.index.slice(self.text, span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn is_demonym(&self, word: &str) -> bool {
        self.knowledge.places.country_of_demonym(word).is_some()
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
        let mut named = self.as_it_stands(tree, at, first, last, names)?;
        // "12 Palestinians": so many people, not their state
        let counted = tree.child_by(at, Deprel::Nummod).is_some_and(|number| number < at);
        if counted && is_plural_name(tree, at) {
            named = as_people(named, tree, at);
        }
        // "rebel shelling", "the insurgent-held town": one word for all of them
        if named.actor.is_none() && stands_for_many(tree, at) && named.name.ends_with(tree.lemma(at)) {
            named.name.push('s');
        }
        Some(named)
    }

    fn as_it_stands(
        &self,
        tree: &Tree<'_>,
        at: u32,
        first: u32,
        last: u32,
        names: &[NameOf],
    ) -> Option<Named> {
        let lemma = tree.lemma(at);
        let each_other = tree.norm(at) == "other" && at > 0 && tree.norm(at - 1) == "each"
            || tree.norm(at) == "another" && at > 0 && tree.norm(at - 1) == "one";
        if tree.upos(at) == Upos::Pron || is_relative(tree, at) || each_other {
            return Some(Self::pronoun(tree, at));
        }
        if matches!(names[at as usize], Some((_, _, NameKind::Date)))
            || is_weekday(tree.norm(at))
            || nouns::is(lemma, Class::Time) && names[at as usize].is_none()
        {
            return Some(Named::bare(Sort::Time, self.slice(tree.sentence.span_of(first, last))));
        }
        // "Kurdish-led"
        if at + 1 < tree.len()
            && first == last
            && tree.norm(at + 1) == "-"
            && let Some(people) = people_of(tree.norm(at))
        {
            return Some(Named { proper: true, ..Named::bare(Sort::Actor, people.to_owned()) });
        }
        // "fighter jets" fight nobody's war of their own
        if lemma == "fighter" && at + 1 < tree.len() && nouns::is(tree.lemma(at + 1), Class::Arm) {
            return Some(Named::bare(Sort::Weapon, self.slice(tree.sentence.span_of(at, at + 1))));
        }
        // "more than 600,000 Rohingya": how many they are is no part of what they are called
        let counted =
            |t: u32| t < at && matches!(names[t as usize], Some((_, high, NameKind::Number)) if high < at);
        let start = (first..=at).find(|&t| !is_determiner(tree, t) && !counted(t)).unwrap_or(at);
        let plain = self.slice(tree.sentence.span_of(start, last));
        if (nouns::is(lemma, Class::Partitive) || tree.upos(at) == Upos::Num)
            && let Some(whole) = of_complement(tree, at)
        {
            let (low, high) = crate::mentions::core_range(tree, whole, names);
            let named = self.name(tree, whole, low, high, names)?;
            return Some(if is_plural_name(tree, whole) { as_people(named, tree, whole) } else { named });
        }
        // "three members of Hamas", "units of the army", "fighters from the front" are the body they are of
        if (lemma == "member" || nouns::is(lemma, Class::Fighter))
            && let Some(body) = of_complement(tree, at).or_else(|| from_complement(tree, at))
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
        // "coalition jets", "army helicopters": whoever they fly for
        if nouns::is(lemma, Class::Arm)
            && let Some(side) = tree.children_by(at, Deprel::Compound).filter(|&c| c < at).last()
        {
            let (low, high) = crate::mentions::core_range(tree, side, names);
            if let Some(named) = self.name(tree, side, low, high, names).filter(|n| n.sort == Sort::Actor) {
                return Some(named);
            }
        }
        Some(Self::common(tree, at, plain, names))
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

fn is_plural_name(tree: &Tree<'_>, at: u32) -> bool {
    matches!(tree.xpos(at), Xpos::Nnps | Xpos::Nns) && tree.token(at).text.starts_with(char::is_uppercase)
}

/// The people of a state where a name for them was taken for the state.
fn as_people(named: Named, tree: &Tree<'_>, at: u32) -> Named {
    if named.sort != Sort::Both {
        return named;
    }
    let people = Named::bare(Sort::People, tree.token(at).text.clone());
    Named { country: named.country, proper: true, human: true, ..people }
}
