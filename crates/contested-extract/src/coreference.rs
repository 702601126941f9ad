//! What pronouns and definite descriptions stand for ("it", "the group", "the town", "the commander"): the nearest fitting phrase,
//! subjects before others. Fit is by number, by human or not, and by what the description may be said of.

use contested_knowledge::actors::{ActorKind, Actors};

use contested_knowledge::places::Resolution;
use contested_language::tags::Deprel;

use crate::attribution::{self, Statement};
use crate::mentions::{Mention, Mentions, Sort};
use crate::naming;
use crate::nouns::{self, Class};
use crate::topic;
use crate::tree::Tree;
use crate::words::Words;

/// How far back a referent may stand, in sentences.
const REACH: usize = 4;

/// The same for places: a report stays with its town.
const FAR: usize = 10;

/// How much nearer the town that a report is about is than it stands: as if it were the subject of the sentence before.
const OF_TOPIC: i32 = 6;

/// People in the largest place that anybody calls a village.
const VILLAGE: u32 = 100_000;

/// What is known of the places of a report when descriptions are read.
pub(crate) struct Towns<'a> {
    /// The gazetteer's answer for each mention.
    pub(crate) places: &'a [Option<Resolution>],
    /// The town or site that the report is about.
    pub(crate) topic: Option<usize>,
    /// The noun for a site that its first sentence calls it by; none for a town.
    pub(crate) called: Option<String>,
}

/// What a phrase asks of its referent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// One person.
    Person,
    /// One group, state or thing that acts.
    Group,
    /// Several, or a group.
    Several,
    /// Whoever speaks.
    Speaker,
    /// A settlement.
    Town,
    /// Any place, a town perhaps.
    Place,
    /// Any place but a town.
    Area,
    /// Another phrase with the same head.
    Same,
}

/// "a war monitor, the Syrian Observatory for Human Rights": a nameless phrase stands for the name in apposition to it.
pub(crate) fn link_appositions(mentions: &mut Mentions, trees: &[Tree<'_>]) {
    for index in 0..mentions.all.len() {
        let mention = &mentions.all[index];
        let tree = &trees[mention.sentence];
        let sentence = mention.sentence;
        let name = |token: u32| {
            mentions.at(sentence, token).filter(|&other| {
                let there = &mentions.all[other];
                other != index && there.named && matches!(there.sort, Sort::Actor | Sort::Both | Sort::Place)
            })
        };
        if mention.named && mention.actor.is_some() || matches!(mention.sort, Sort::Pronoun | Sort::Time) {
            continue;
        }
        let below = tree.children_by(mention.head, Deprel::Appos).find_map(name);
        let above = tree
            .deprel(mention.head)
            .is(Deprel::Appos)
            .then(|| tree.head(mention.head))
            .flatten()
            .and_then(name);
        // two subjects of one verb, "the last stronghold of X, Y, is free": the second is the name of the first
        let twin = || {
            let verb = tree.head(mention.head)?;
            let subject = tree.deprel(mention.head).is(Deprel::Nsubj);
            tree.children_by(verb, Deprel::Nsubj).filter(|&c| subject && c > mention.head).find_map(name)
        };
        let Some(other) = below.or(above).or_else(twin) else { continue };
        let there = &mentions.all[other];
        let place = |m: &Mention| m.sort == Sort::Place;
        // "Ali Hassan, a member of the front": a person who is named is not the body that describes him
        let described = mention.named && mention.proper_head && !there.proper_head;
        let fits = place(mention) == place(there) && (!mention.named || there.actor.is_some()) && !described;
        if fits && mentions.resolved(other) != index {
            mentions.all[index].refers_to = Some(other);
        }
    }
}

/// "X's last stronghold" and "the last stronghold of X, Albu Kamal": of two nameless phrases with the same head and modifiers, the one
/// without a name stands for what the other is called.
pub(crate) fn link_descriptions(mentions: &mut Mentions, trees: &[Tree<'_>]) {
    let modifiers = |mention: &Mention| -> Vec<&str> {
        let tree = &trees[mention.sentence];
        tree.children_by(mention.head, Deprel::Amod)
            .filter(|&c| c < mention.head)
            .map(|c| tree.lemma(c))
            .collect()
    };
    for index in 0..mentions.all.len() {
        let mention = &mentions.all[index];
        if mention.refers_to.is_some() || mention.proper_head || mention.sort != Sort::Place {
            continue;
        }
        let own = modifiers(mention);
        if own.is_empty() {
            continue;
        }
        let same = (0..mentions.all.len()).find(|&other| {
            let there = &mentions.all[other];
            other != index
                && there.refers_to.is_some()
                && there.lemma == mention.lemma
                && there.sentence.abs_diff(mention.sentence) <= REACH
                && mentions.all[mentions.resolved(other)].place.is_some()
                && modifiers(there).iter().any(|m| Words::Unique.has(m) && own.contains(m))
        });
        if let Some(other) = same {
            mentions.all[index].refers_to = Some(mentions.resolved(other));
        }
    }
}

/// Sets `refers_to` of every phrase that stands for an earlier one.
pub(crate) fn resolve(
    mentions: &mut Mentions,
    trees: &[Tree<'_>],
    statements: &[Statement],
    actors: &Actors,
    towns: &Towns<'_>,
) {
    for index in 0..mentions.all.len() {
        if mentions.all[index].refers_to.is_some() {
            continue;
        }
        // "its forces", "their fighters": the owner's, who may be a pronoun resolved just before
        if let Some(owner) = owner(mentions, index, trees) {
            mentions.all[index].refers_to = Some(owner);
            continue;
        }
        let told_by = |topic: &usize| {
            let mention = &mentions.all[index];
            *topic < index
                && (is_part_of_city(mention, trees) || is_called_so(mention, trees, towns.called.as_deref()))
        };
        if let Some(topic) = towns.topic.filter(told_by) {
            // "this suburb of the capital" is no name of the capital
            let mention = &mut mentions.all[index];
            mention.place = None;
            mention.named = false;
            mention.refers_to = Some(topic);
            continue;
        }
        let Some(wanted) = wanted(&mentions.all[index], trees) else { continue };
        let referent = match wanted {
            Wanted::Speaker => speaker(mentions, index, statements),
            _ => nearest(mentions, trees, actors, index, wanted, towns),
        };
        mentions.all[index].refers_to = referent;
    }
}

/// Whose fighters a phrase with nothing but a possessive pronoun names.
fn owner(mentions: &Mentions, index: usize, trees: &[Tree<'_>]) -> Option<usize> {
    let mention = &mentions.all[index];
    let tree = &trees[mention.sentence];
    // "some of the group's members"
    let noun = if nouns::is(tree.lemma(mention.head), Class::Partitive) {
        naming::of_complement(tree, mention.head).unwrap_or(mention.head)
    } else {
        mention.head
    };
    let lemma = tree.lemma(noun);
    let body =
        nouns::is(lemma, Class::Fighter) && !matches!(lemma, "ally" | "supporter" | "loyalist" | "vanguard");
    if mention.named || !mention.plural || !body {
        return None;
    }
    let pronoun = tree.child_by(noun, Deprel::NmodPoss)?;
    // "the group's fighters" are the group's, "the town's fighters" the town's
    let group = || {
        mentions
            .at(mention.sentence, pronoun)
            .is_some_and(|index| mentions.all[index].refers_to.is_some() && !mentions.all[index].named)
    };
    if !matches!(tree.norm(pronoun), "its" | "their") && !group() {
        return None;
    }
    let pronoun = mentions.at(mention.sentence, pronoun)?;
    let owner = mentions.resolved(pronoun);
    let meant = &mentions.all[owner];
    (owner != pronoun && owner != index && matches!(meant.sort, Sort::Actor | Sort::Both)).then_some(owner)
}

/// "this suburb of Damascus", "this quarter of Homs": told by the city that it lies in.
fn is_part_of_city(mention: &Mention, trees: &[Tree<'_>]) -> bool {
    let tree = &trees[mention.sentence];
    let this = points(tree, mention.head);
    let of = mention.place.as_ref().is_some_and(|words| words.first > mention.head);
    this && of && !mention.proper_head && Words::PartOfCity.has(tree.lemma(mention.head))
}

fn wanted(mention: &Mention, trees: &[Tree<'_>]) -> Option<Wanted> {
    let tree = &trees[mention.sentence];
    if mention.sort == Sort::Pronoun {
        return match tree.norm(mention.head) {
            "he" | "she" | "him" | "his" | "her" | "hers" | "himself" | "herself" => Some(Wanted::Person),
            "it" if is_ground(tree, mention.head) => Some(Wanted::Town),
            "it" | "its" | "itself" => Some(Wanted::Group),
            "they" | "them" | "their" | "theirs" | "themselves" => Some(Wanted::Several),
            "we" | "us" | "our" | "ours" | "i" | "me" | "my" => Some(Wanted::Speaker),
            _ => None,
        };
    }
    // "militant control": the fighters spoken of
    let modifier = matches!(tree.deprel(mention.head), Deprel::Amod | Deprel::Compound);
    if modifier
        && mention.actor.is_none()
        && !mention.named
        && matches!(tree.lemma(mention.head), "militant" | "jihadist" | "insurgent" | "extremist")
    {
        return Some(Wanted::Several);
    }
    if mention.named || !is_definite(tree, mention) || has_complement(tree, mention.head) {
        return None;
    }
    let lemma = tree.lemma(mention.head);
    match lemma {
        "group" | "organization" | "organisation" | "movement" | "militia" | "alliance" | "faction"
        | "coalition" | "caliphate" | "force" => Some(Wanted::Group),
        "militant" | "jihadist" | "insurgent" | "extremist" | "fighter" | "terrorist" | "rebel"
        | "gunman"
            if mention.actor.is_none() || lemma != "rebel" =>
        {
            Some(Wanted::Several)
        }
        "area" | "place" | "locality" => Some(Wanted::Place),
        "enclave" | "province" | "region" | "district" | "camp" => Some(Wanted::Area),
        _ if nouns::is(lemma, Class::Settlement)
            && (points(tree, mention.head)
                || !matches!(lemma, "capital" | "stronghold" | "bastion" | "pocket")) =>
        {
            Some(Wanted::Town)
        }
        _ if nouns::is(lemma, Class::Human) => Some(Wanted::Same),
        _ => None,
    }
}

/// Whether only ground can be what is said of the pronoun: "it was still under government control", "it fell to the rebels".
fn is_ground(tree: &Tree<'_>, pronoun: u32) -> bool {
    let Some(said) = tree.head(pronoun).filter(|_| tree.deprel(pronoun).is(Deprel::Nsubj)) else {
        return false;
    };
    let is_under = |noun: u32| {
        tree.case(noun) == "under"
            && matches!(tree.lemma(noun), "control" | "siege" | "occupation" | "rule" | "bombardment")
    };
    let reported = tree.deprel(pronoun) == Deprel::NsubjPass
        && tree.children(said).iter().any(|&child| {
            matches!(tree.deprel(child).base(), Deprel::Xcomp | Deprel::Obl) && is_under(child)
        });
    let under = tree.child_by(said, Deprel::Cop).is_some() && is_under(said) || reported;
    let fell = tree.lemma(said) == "fall"
        && tree
            .children_by(said, Deprel::Obl)
            .any(|c| matches!(tree.case(c).as_str(), "to" | "into" | "under"));
    under || fell
}

/// Whether the noun is pointed at: "this stronghold".
fn points(tree: &Tree<'_>, noun: u32) -> bool {
    tree.children_by(noun, Deprel::Det).any(|det| tree.norm(det) == "this")
}

/// Whether the phrase tells the place that the report is about by the very noun that its first sentence gives to it: "X is a border crossing" and
/// then "the border crossing between Y and Z".
fn is_called_so(mention: &Mention, trees: &[Tree<'_>], called: Option<&str>) -> bool {
    let tree = &trees[mention.sentence];
    let definite =
        tree.children_by(mention.head, Deprel::Det).any(|det| matches!(tree.norm(det), "the" | "this"));
    let of_another = tree.children(mention.head).iter().any(|&child| {
        child > mention.head && tree.deprel(child).is(Deprel::Nmod) && tree.case(child) != "between"
    });
    mention.sentence > 0
        && definite
        && !of_another
        && !mention.plural
        && !mention.proper_head
        && called == Some(tree.lemma(mention.head))
}

fn is_definite(tree: &Tree<'_>, mention: &Mention) -> bool {
    let mut children = tree.children(mention.head).iter();
    let definite = children.any(|&c| {
        tree.deprel(c).is(Deprel::Det) && matches!(tree.norm(c), "the" | "this" | "that" | "these" | "those")
    });
    // a description with modifiers of its own says something new, unless it points: "this mostly Christian town"
    let this = points(tree, mention.head);
    let bare = this
        || !tree.children(mention.head).iter().any(|&c| {
            matches!(tree.deprel(c).base(), Deprel::Amod | Deprel::Compound | Deprel::Acl | Deprel::Nummod)
                && c < mention.head
        });
    definite && bare
}

fn has_complement(tree: &Tree<'_>, head: u32) -> bool {
    let this = points(tree, head);
    tree.children(head).iter().any(|&c| {
        c > head
            && !this
            && !matches!(tree.norm(c), "itself" | "themselves")
            && (tree.deprel(c).is(Deprel::Nmod)
                || tree.deprel(c).is(Deprel::Appos)
                || tree.deprel(c) == Deprel::AclRelcl)
    })
}

fn speaker(mentions: &Mentions, index: usize, statements: &[Statement]) -> Option<usize> {
    let mention = &mentions.all[index];
    let chain = attribution::chain(statements, mention.sentence, mention.head);
    let speaker = chain.first().and_then(|&first| statements[first].speaker.as_ref())?;
    mentions.at(speaker.sentence, speaker.head)
}

fn nearest(
    mentions: &Mentions,
    trees: &[Tree<'_>],
    actors: &Actors,
    index: usize,
    wanted: Wanted,
    towns: &Towns<'_>,
) -> Option<usize> {
    let here = &mentions.all[index];
    let irregular = here.sort != Sort::Pronoun && Words::Irregular.has(&here.lemma);
    let mut best: Option<(i32, usize)> = None;
    for candidate in (0..index).rev() {
        let there = &mentions.all[candidate];
        let back = here.sentence - there.sentence;
        let reach = if matches!(wanted, Wanted::Town | Wanted::Place | Wanted::Area) { FAR } else { REACH };
        if back > reach {
            break;
        }
        // its own modifiers and what it modifies are not what it stands for
        if back == 0 && (there.last >= here.first && there.first <= here.last) {
            continue;
        }
        if irregular && is_of_state(&mentions.all[mentions.resolved(candidate)], actors) {
            continue;
        }
        let Some(fit) = fit(mentions, trees, here, candidate, wanted) else { continue };
        let meant = mentions.resolved(candidate);
        let known = towns.places[meant].as_ref();
        if wanted == Wanted::Town && !topic::is_town(&mentions.all[meant], known) {
            continue;
        }
        // "the village" is no city that was named before
        let size = known.and_then(|known| known.best.as_ref()).map_or(0, |best| best.population);
        if matches!(here.lemma.as_str(), "village" | "hamlet") && size > VILLAGE {
            continue;
        }
        let tree = &trees[there.sentence];
        let role = match tree.deprel(there.head).base() {
            Deprel::Nsubj => 6,
            Deprel::Obj => 3,
            Deprel::Obl => 2,
            _ => 1,
        };
        let role = if is_clause_mate(tree, here, there, back) { -6 } else { role };
        // "encouraging the groups rather than directing them": object after object
        let object = |m: &Mention| trees[m.sentence].deprel(m.head) == Deprel::Obj;
        let role = role + if back == 0 && object(here) && object(there) && role > 0 { 4 } else { 0 };
        let role = role + if wanted == Wanted::Town { standing(mentions, tree, there) } else { 0 };
        let score = fit + role - 5 * back as i32 - ((index - candidate) as i32) / 6;
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    if let Some(topic) = towns.topic.filter(|&topic| {
        topic < index && towns.called.is_none() && matches!(wanted, Wanted::Town | Wanted::Place)
    }) && best.is_none_or(|(top, _)| top <= OF_TOPIC)
    {
        return Some(topic);
    }
    best.map(|(_, candidate)| mentions.resolved(candidate))
}

/// Whether a phrase names a state, one of its bodies, or states together.
fn is_of_state(mention: &Mention, actors: &Actors) -> bool {
    match mention.actor.as_deref().and_then(|id| actors.get(id)) {
        None => mention.sort == Sort::Both || Words::OfState.has(&mention.lemma),
        Some(actor) => match actor.kind {
            ActorKind::State
            | ActorKind::Government
            | ActorKind::Army
            | ActorKind::Police
            | ActorKind::Ministry
            | ActorKind::InternationalOrganisation => true,
            // of armed groups, or of states
            ActorKind::Coalition => !actor.cameo.as_deref().is_some_and(|code| {
                ["REB", "SEP", "OPP", "INS", "UAF"].iter().any(|role| code.contains(role))
            }),
            _ => false,
        },
    }
}

/// How likely "the town" is this place: the one that the report keeps naming, and not one that only gives a direction ("towards X").
fn standing(mentions: &Mentions, tree: &Tree<'_>, there: &Mention) -> i32 {
    let named = mentions.all.iter().filter(|m| m.sort == Sort::Place && m.name == there.name).count() as i32;
    let direction = tree.deprel(there.head).is(Deprel::Nmod)
        && tree.head(there.head).is_some_and(|up| tree.lemma(up) == "direction");
    (named - 1).min(3) - if direction { 4 } else { 0 }
}

/// "X attacked it": a pronoun object is not its own subject.
fn is_clause_mate(tree: &Tree<'_>, here: &Mention, there: &Mention, back: usize) -> bool {
    if back > 0 || tree.token(here.head).possessive || tree.deprel(here.head) == Deprel::NmodPoss {
        return false;
    }
    let Some(verb) = tree.head(here.head) else { return false };
    // "X attacked Y and took the town from them": the subject of the verb before is this verb's, too
    let shared = tree.deprel(verb) == Deprel::Conj
        && !tree.deprel(here.head).is(Deprel::Nsubj)
        && tree.child_by(verb, Deprel::Nsubj).is_none()
        && tree.deprel(there.head).is(Deprel::Nsubj)
        && tree.head(there.head) == tree.head(verb);
    shared || tree.head(there.head) == Some(verb)
}

fn fit(
    mentions: &Mentions,
    trees: &[Tree<'_>],
    here: &Mention,
    candidate: usize,
    wanted: Wanted,
) -> Option<i32> {
    let there = &mentions.all[mentions.resolved(candidate)];
    let direct = &mentions.all[candidate];
    let modifier = matches!(
        trees[direct.sentence].deprel(direct.head),
        Deprel::Compound | Deprel::Amod | Deprel::Flat | Deprel::NmodDesc
    );
    match wanted {
        Wanted::Person => {
            let person = there.human && matches!(there.sort, Sort::Actor | Sort::People) && !there.plural;
            person.then_some(if there.named { 6 } else { 3 } - if modifier { 3 } else { 0 })
        }
        Wanted::Group => match there.sort {
            Sort::Actor if !there.human && !modifier => Some(if there.plural { 2 } else { 5 }),
            Sort::Actor if !there.human => Some(1),
            Sort::Both if here.sort == Sort::Pronoun && !modifier => Some(3),
            Sort::Thing | Sort::Place | Sort::Weapon
                if here.sort == Sort::Pronoun && !modifier && !there.plural =>
            {
                Some(0)
            }
            _ => None,
        },
        Wanted::Several => match there.sort {
            Sort::Actor if there.plural && !modifier => Some(6),
            Sort::Actor if !there.human && !modifier => Some(4),
            Sort::People if there.plural && here.sort == Sort::Pronoun && !modifier => Some(5),
            Sort::Actor if !there.human => Some(1),
            Sort::Both if here.sort == Sort::Pronoun && !modifier => Some(0),
            _ => None,
        },
        Wanted::Town | Wanted::Place | Wanted::Area => {
            (there.sort == Sort::Place && there.place.is_some()).then_some(5)
        }
        Wanted::Same => {
            let same = trees[here.sentence].lemma(here.head) == trees[there.sentence].lemma(there.head)
                && there.sentence < here.sentence;
            same.then_some(8)
        }
        Wanted::Speaker => None,
    }
}
