//! Who fills a role: which mentions may be agents, targets and places of which claims.

use contested_language::tags::{Deprel, Upos};
use contested_model::{ClaimType, Kind, Polarity};

use crate::attribution::Statement;
use crate::draft::{Draft, Filler};
use crate::lexicon::{Slot, Step};
use crate::mentions::{Mention, Mentions, Sort};
use crate::nouns::{self, Class};
use crate::predicates::Predicate;
use crate::sharing::FIGHTING;
use crate::tolls;
use crate::tree::Tree;
use crate::words::Words;

/// Agents, targets and places that stand among a predicate's own arguments.
pub(crate) struct Filled {
    pub(crate) agents: Vec<Filler>,
    pub(crate) targets: Vec<Filler>,
    pub(crate) places: Vec<Filler>,
}

/// Fills the roles of `predicate` by its sense and its light verb.
pub(crate) fn fill(predicate: &Predicate<'_>, mentions: &Mentions) -> Filled {
    let (site, sense) = (&predicate.site, predicate.sense);
    let kind = sense.claim_type;
    let look = |token: u32| mentions.at(site.sentence, token);
    let own = |tokens: Vec<u32>| -> Vec<Filler> {
        let mut found: Vec<Filler> = Vec::new();
        let tokens = tokens.into_iter().flat_map(|token| {
            owners(site.tree, token).into_iter().filter(|&t| look(t).is_some()).collect::<Vec<_>>()
        });
        for mention in tokens.filter_map(look) {
            if !found.iter().any(|f| f.mention == mention) {
                found.push(Filler { mention, inherited: false });
            }
        }
        found
    };
    // the words of the trigger fill nothing, but a modifier between them may: "under *Syrian* control"
    let modifies = |token: u32| site.tree.head(token) == Some(site.at) && token < site.at;
    let outside =
        |token: u32| token < predicate.first || token > predicate.last || token == site.at || modifies(token);
    let mut agents = own(site.choose(&sense.agents, |token, _| {
        outside(token) && look(token).is_some_and(|m| can_act(mentions, m, kind, site.tree))
    }));
    let mut targets = own(site.choose(&sense.targets, |token, slot| {
        outside(token) && look(token).is_some_and(|m| can_suffer(mentions, m, kind, slot, site.tree))
    }));
    let mut places = own(site.choose(&sense.places, |token, _| {
        outside(token) && look(token).is_some_and(|m| is_somewhere(mentions, m))
    }));
    if kind.kind() == Kind::Control {
        places = control_places(site, places, mentions, &own);
    }
    if let Some((verb, light)) = predicate.light {
        let above = crate::slots::Site::new(site.sentence, site.tree, mentions, site.lexicon, verb);
        let subject = Slot { first: Step::Subj, then: None };
        let tokens = above.tokens(&subject);
        match light.subject {
            Some(crate::lexicon::Role::Agent) if agents.is_empty() => {
                agents = own(tokens
                    .into_iter()
                    .filter(|&t| look(t).is_some_and(|m| can_act(mentions, m, kind, site.tree)))
                    .collect());
            }
            Some(crate::lexicon::Role::Target) => {
                let new = own(tokens
                    .into_iter()
                    .filter(|&t| look(t).is_some_and(|m| can_suffer(mentions, m, kind, &subject, site.tree)))
                    .collect());
                if targets.is_empty() {
                    targets = new;
                }
            }
            Some(crate::lexicon::Role::Place) if places.is_empty() => {
                places = own(tokens
                    .into_iter()
                    .filter(|&t| look(t).is_some_and(|m| is_somewhere(mentions, m)))
                    .collect());
            }
            _ => {}
        }
        // "launched an attack on X": the parser may hang "on X" on the verb
        if targets.is_empty() {
            for step in ["on", "against", "at"] {
                let slot = Slot { first: Step::Prep(step.to_owned()), then: None };
                targets = own(above
                    .tokens(&slot)
                    .into_iter()
                    .filter(|&t| look(t).is_some_and(|m| can_suffer(mentions, m, kind, &slot, site.tree)))
                    .collect());
                if !targets.is_empty() {
                    break;
                }
            }
        }
    }
    // "the port is under attack": the subject of the copula is what is attacked
    if targets.is_empty()
        && kind.kind() == Kind::Event
        && site.tree.child_by(site.at, Deprel::Cop).is_some()
        && site.tree.case(site.at) == "under"
    {
        let slot = Slot { first: Step::Obj, then: None };
        let subjects: Vec<u32> = site.tree.children_by(site.at, Deprel::Nsubj).collect();
        targets = own(subjects
            .iter()
            .copied()
            .filter(|&t| look(t).is_some_and(|m| can_suffer(mentions, m, kind, &slot, site.tree)))
            .collect());
        if places.is_empty() {
            places = own(subjects
                .into_iter()
                .filter(|&t| look(t).is_some_and(|m| is_somewhere(mentions, m)))
                .collect());
        }
    }
    // "expect the group to remain a threat", "pose a danger": who remains it
    if agents.is_empty() && !site.tree.is_verbal(site.at) {
        let verb = site.tree.head(site.at).filter(|&head| {
            matches!(site.tree.lemma(head), "remain" | "become" | "pose" | "represent" | "stay")
                && matches!(site.tree.deprel(site.at), Deprel::Obj | Deprel::Xcomp)
        });
        if let Some(verb) = verb {
            let above = crate::slots::Site::new(site.sentence, site.tree, mentions, site.lexicon, verb);
            let subject = Slot { first: Step::Subj, then: None };
            agents = own(above
                .tokens(&subject)
                .into_iter()
                .filter(|&t| look(t).is_some_and(|m| can_act(mentions, m, kind, site.tree)))
                .collect());
        }
    }
    // "the theatre was hit by an airstrike", "the blast tore through a market": what the event's verb does it to
    if (targets.is_empty() || places.is_empty())
        && !site.tree.is_verbal(site.at)
        && kind.kind() == Kind::Event
    {
        let verb = site.tree.head(site.at).filter(|&head| site.tree.is_verbal(head));
        let subject = verb.is_some_and(|verb| {
            crate::arguments::of(site.tree, verb).at(&Step::Subj).any(|token| token == site.at)
        });
        if let Some(verb) = verb.filter(|_| subject && struck(kind)) {
            let above = crate::slots::Site::new(site.sentence, site.tree, mentions, site.lexicon, verb);
            let object = Slot { first: Step::Obj, then: None };
            let tokens = above.tokens(&object);
            let which = |fits: &dyn Fn(usize) -> bool| {
                own(tokens.iter().copied().filter(|&t| look(t).is_some_and(fits)).collect())
            };
            if targets.is_empty() {
                targets = which(&|m| can_suffer(mentions, m, kind, &object, site.tree));
            }
            // "air strikes hit Idlib": what is hit may be the place itself
            if places.is_empty() {
                places = which(&|m| is_somewhere(mentions, m));
            }
        }
    }
    if kind.kind() == Kind::Event && agents.is_empty() && !site.tree.is_verbal(site.at) {
        agents = own(blamed(site.tree, site.at)
            .into_iter()
            .filter(|&t| look(t).is_some_and(|m| can_act(mentions, m, kind, site.tree)))
            .collect());
    }
    if kind.kind() == Kind::Event && !agents.is_empty() {
        let beside = companions(site, predicate.light.map_or(site.at, |(verb, _)| verb));
        let beside =
            own(beside.into_iter().filter(|&t| look(t).is_some_and(|m| is_force(mentions, m))).collect());
        agents.extend(
            beside.into_iter().filter(|f| agents.iter().all(|a| a.mention != f.mention)).collect::<Vec<_>>(),
        );
    }
    targets.retain(|t| !agents.iter().any(|a| a.mention == t.mention));
    // "killed six people and wounded more than 30": where people are named, a bare number is nobody beside them
    let counted = |f: &Filler| is_count(&mentions.all[f.mention].text);
    if !targets.iter().all(counted) {
        targets.retain(|f| !counted(f));
    }
    if kind.kind() == Kind::Relation {
        let name = |f: &Filler| &mentions.all[mentions.resolved(f.mention)].name;
        // "brigade commander X": the phrase around the name is nobody else
        if agents.len() > 1 {
            agents.retain(|f| mentions.all[f.mention].head != site.at);
        }
        targets.retain(|t| !agents.iter().any(|a| name(a) == name(t)));
    }
    // the sides of a tie that both hold stand on both sides of the claim
    if matches!(kind, ClaimType::Allied | ClaimType::Fights | ClaimType::Opposes)
        && targets.is_empty()
        && agents.len() > 1
    {
        targets = agents.split_off(1);
    }
    Filled { agents, targets, places }
}

/// "an attack blamed on the militia", "raids that were attributed to the army": at whose door the event at `at` is laid.
fn blamed(tree: &Tree<'_>, at: u32) -> Vec<u32> {
    let clauses = tree.children_by(at, Deprel::Acl).filter(|&clause| Words::Blaming.has(tree.lemma(clause)));
    clauses
        .flat_map(|clause| tree.children_by(clause, Deprel::Obl))
        .filter(|&who| matches!(tree.case(who).as_str(), "on" | "to"))
        .flat_map(|who| tree.coordinated(who))
        .collect()
}

/// "alongside allied militias", "together with the police": who else does it.
fn companions(site: &crate::slots::Site<'_>, at: u32) -> Vec<u32> {
    ["alongside", "together with", "along with"]
        .into_iter()
        .flat_map(|case| {
            let slot = Slot { first: Step::Prep(case.to_owned()), then: None };
            crate::slots::Site::new(site.sentence, site.tree, site.mentions, site.lexicon, at).tokens(&slot)
        })
        .collect()
}

/// Whether a mention is an actor that could take part.
fn is_force(mentions: &Mentions, index: usize) -> bool {
    matches!(mentions.all[mentions.resolved(index)].sort, Sort::Actor | Sort::Both)
}

/// "killed three children a source in the town said": who tells of an act of force in the same sentence takes no part in it, wherever the
/// parser hung the words.
pub(crate) fn without_speakers(
    (agents, targets): &mut (Vec<Filler>, Vec<Filler>),
    sentence: usize,
    kind: ClaimType,
    chain: &[usize],
    statements: &[Statement],
    mentions: &Mentions,
) {
    if !FIGHTING.contains(&kind) {
        return;
    }
    let heads: Vec<usize> = chain
        .iter()
        .filter_map(|&statement| statements[statement].speaker.as_ref())
        .filter(|speaker| speaker.sentence == sentence)
        .filter_map(|speaker| mentions.at(sentence, speaker.head))
        .collect();
    let others = agents.len() + targets.len() > 1;
    for fillers in [agents, targets] {
        if others {
            fillers.retain(|f| !heads.contains(&f.mention));
        }
    }
}

/// "Alliance forces took the city, a spokesman for the front said": who vouches for a capture did not lose the place, unless the words say so.
pub(crate) fn without_vouchers_side(drafts: &mut [Draft], statements: &[Statement], mentions: &Mentions) {
    let captures =
        |draft: &&mut Draft| draft.claim_type == ClaimType::Seize && draft.polarity == Polarity::Positive;
    for draft in drafts.iter_mut().filter(captures) {
        let speaker = draft.chain.first().and_then(|&first| statements[first].speaker.as_ref());
        let speaker = speaker.and_then(|speaker| mentions.at(speaker.sentence, speaker.head));
        let Some(speaker) = speaker.map(|index| &mentions.all[mentions.resolved(index)]) else { continue };
        let own = speaker.body.as_ref().unwrap_or(&speaker.name);
        draft.targets.retain(|f| !f.inherited || mentions.all[mentions.resolved(f.mention)].name != *own);
    }
}

/// "their joint patrols" after "Russian and Turkish forces": a pronoun of several stands for all that are coordinated there.
pub(crate) fn all_of_them(drafts: &mut [Draft], trees: &[Tree<'_>], mentions: &Mentions) {
    let side = |index: usize| matches!(mentions.all[index].sort, Sort::Actor | Sort::Both | Sort::People);
    let several = |filler: &Filler| -> Vec<Filler> {
        let told = &mentions.all[filler.mention];
        let meant = mentions.resolved(filler.mention);
        let there = &mentions.all[meant];
        if told.sort != Sort::Pronoun || !told.plural || meant == filler.mention {
            return vec![*filler];
        }
        let tree = &trees[there.sentence];
        let owned = owners(tree, there.head);
        let tokens = if owned.len() > 1 { owned } else { tree.coordinated(there.head) };
        let all: Vec<usize> = tokens.iter().filter_map(|&t| mentions.at(there.sentence, t)).collect();
        if all.len() < 2
            || all.len() < tokens.len()
            || !all.iter().all(|&index| side(mentions.resolved(index)))
        {
            return vec![*filler];
        }
        all.into_iter().map(|mention| Filler { mention, ..*filler }).collect()
    };
    for draft in drafts {
        for fillers in [&mut draft.agents, &mut draft.targets] {
            *fillers = fillers.iter().flat_map(several).collect();
        }
    }
}

/// Where a state holds: "X is under rebel control", "territory held by Y, including Z".
fn control_places(
    site: &crate::slots::Site<'_>,
    found: Vec<Filler>,
    mentions: &Mentions,
    own: &dyn Fn(Vec<u32>) -> Vec<Filler>,
) -> Vec<Filler> {
    let somewhere =
        |token: &u32| mentions.at(site.sentence, *token).is_some_and(|m| is_somewhere(mentions, m));
    let named = |f: &Filler| mentions.all[mentions.resolved(f.mention)].place.is_some();
    let mut places = found;
    if places.is_empty() && !site.tree.is_verbal(site.at) {
        let being = Slot { first: Step::Being, then: None };
        let mut tokens = site.tokens(&being);
        if let Some(verb) = site.tree.head(site.at).filter(|&head| {
            site.tree.is_verbal(head) && matches!(site.tree.case(site.at).as_str(), "under" | "in")
        }) {
            let subject = Slot { first: Step::Subj, then: None };
            tokens.extend(
                crate::slots::Site::new(site.sentence, site.tree, mentions, site.lexicon, verb)
                    .tokens(&subject),
            );
        }
        let it = tokens.iter().copied().find(|&token| site.tree.norm(token) == "it");
        // "it was still under their control": of a state spoken of as somebody, the town is meant
        let town = |token: &u32| {
            Some(*token) != it
                || mentions
                    .at(site.sentence, *token)
                    .is_some_and(|m| mentions.all[mentions.resolved(m)].sort == Sort::Place)
        };
        places = own(tokens.into_iter().filter(somewhere).filter(town).collect());
        if places.is_empty()
            && let Some(place) = it
                .and_then(|token| mentions.at(site.sentence, token))
                .and_then(|pronoun| last_place(mentions, pronoun))
        {
            places.push(Filler { mention: place, inherited: true });
        }
    }
    // "villages near X are under their control in an area called Y", "areas controlled by X in the north of Y"
    if !site.tree.is_verbal(site.at) || !places.iter().any(named) {
        let within = Slot { first: Step::Prep("in".to_owned()), then: None };
        // "held by the front in the north of X": the parser may hang the place on the holder
        let by = Slot { first: Step::By, then: None };
        let beside = site.tokens(&by).into_iter().flat_map(|holder| {
            let tree = site.tree;
            tree.children_by(holder, Deprel::Nmod).filter(move |&c| tree.case(c) == "in").collect::<Vec<_>>()
        });
        for place in own(site.tokens(&within).into_iter().chain(beside).filter(somewhere).collect()) {
            if named(&place) && !places.iter().any(|p| p.mention == place.mention) {
                places.push(place);
            }
        }
    }
    if !places.iter().any(named) {
        let examples: Vec<u32> = (0..site.tree.len())
            .filter(|&token| {
                matches!(site.tree.case(token).as_str(), "including" | "such as" | "like")
                    && site.tree.head(token).is_some_and(|head| {
                        head == site.at || places.iter().any(|p| mentions.all[p.mention].head == head)
                    })
            })
            .flat_map(|token| site.tree.coordinated(token))
            // "capital Raqqa and oil fields": the parser may make the first a modifier of the last
            .flat_map(|token| {
                site.tree.children_by(token, Deprel::Compound).chain([token]).collect::<Vec<_>>()
            })
            .filter(somewhere)
            .collect();
        let examples: Vec<Filler> = own(examples).into_iter().filter(named).collect();
        if !examples.is_empty() {
            places = examples;
        }
    }
    places
}

/// "it was still under their control": the place spoken of last.
fn last_place(mentions: &Mentions, before: usize) -> Option<usize> {
    let here = mentions.all[before].sentence;
    (0..before).rev().take_while(|&index| here - mentions.all[index].sentence <= 2).find(|&index| {
        let mention = &mentions.all[mentions.resolved(index)];
        mention.sort == Sort::Place && mention.place.is_some()
    })
}

/// "Russian and Turkish forces" are two owners' forces: the modifiers stand for them.
fn owners(tree: &Tree<'_>, token: u32) -> Vec<u32> {
    if nouns::is(tree.lemma(token), Class::Fighter)
        || nouns::is(tree.lemma(token), Class::Arm)
        || nouns::is(tree.lemma(token), Class::Position)
    {
        for &child in tree.children(token) {
            let modifier = child < token
                && matches!(tree.deprel(child), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss);
            if modifier
                && tree
                    .children_by(child, Deprel::Conj)
                    .any(|c| c < token && starts_upper(tree, child) == starts_upper(tree, c))
                && naming_like(tree, child)
            {
                return std::iter::once(child)
                    .chain(tree.children_by(child, Deprel::Conj).filter(|&c| c < token))
                    .collect();
            }
        }
    }
    vec![token]
}

fn starts_upper(tree: &Tree<'_>, token: u32) -> bool {
    tree.token(token).text.chars().next().is_some_and(char::is_uppercase)
}

/// A name or an adjective of nationality, not "armed and dangerous".
fn naming_like(tree: &Tree<'_>, token: u32) -> bool {
    starts_upper(tree, token) || tree.upos(token) == Upos::Propn
}

/// Whether a mention may do something.
pub(crate) fn can_act(mentions: &Mentions, index: usize, kind: ClaimType, _tree: &Tree<'_>) -> bool {
    let mention = &mentions.all[mentions.resolved(index)];
    if is_count(&mention.text) {
        return false;
    }
    match mention.sort {
        Sort::Actor | Sort::Both => true,
        Sort::People => !(kind.kind() == Kind::Event && struck(kind) && is_victim(mention)),
        // "Damascus said", "Ankara backs": a capital for its government
        Sort::Place => {
            mention.place.as_ref().is_some_and(|p| p.direction.is_none())
                && is_capital_like(mention)
                && kind.kind() != Kind::Control
        }
        Sort::Pronoun | Sort::Weapon | Sort::Time => false,
        Sort::Thing => {
            mention.named && mention.name.starts_with(char::is_alphabetic)
                || kind == ClaimType::Move && !mention.event
        }
    }
}

/// A bare number or quantity: how many, never who.
pub(crate) fn is_count(text: &str) -> bool {
    const QUANTITIES: &[&str] = &["several", "many", "some", "more", "both", "most", "all"];
    let text = text.to_lowercase();
    QUANTITIES.contains(&text.as_str()) || is_number(&text)
}

/// A number with whatever says how exact it is: "14", "at least 16", "more than 90 %".
fn is_number(text: &str) -> bool {
    const HEDGES: &[&str] = &[
        "at least ",
        "more than ",
        "fewer than ",
        "less than ",
        "up to ",
        "as many as ",
        "about ",
        "around ",
        "some ",
        "nearly ",
        "almost ",
        "over ",
        "only ",
        "another ",
        "roughly ",
        "approximately ",
    ];
    let bare = HEDGES.iter().find_map(|hedge| text.strip_prefix(hedge)).unwrap_or(text);
    let bare = bare.trim_end_matches([' ', '%']);
    !bare.is_empty() && tolls::is_number(bare)
}

/// Types whose victims a report may give as a number alone: "killing 14".
fn counts_people(kind: ClaimType) -> bool {
    matches!(
        kind,
        ClaimType::Kill
            | ClaimType::Execute
            | ClaimType::Detain
            | ClaimType::Abduct
            | ClaimType::Release
            | ClaimType::Displace
            | ClaimType::Airstrike
            | ClaimType::Shelling
            | ClaimType::Bombing
            | ClaimType::Attack
    )
}

/// "blew himself up": nobody else suffers it.
fn is_reflexive(text: &str) -> bool {
    matches!(text, "himself" | "herself" | "itself" | "themselves")
}

/// People to whom things happen: "three children", "residents", "others".
fn is_victim(mention: &Mention) -> bool {
    let lexicon = crate::lexicon::Lexicon::embedded();
    matches!(
        lexicon.person(&mention.lemma),
        Some(contested_model::WhoHurt::Civilian | contested_model::WhoHurt::Unknown)
    )
}

fn is_capital_like(mention: &Mention) -> bool {
    mention.country.is_some()
}

/// Whether a mention may suffer something in `slot`.
fn can_suffer(mentions: &Mentions, index: usize, kind: ClaimType, slot: &Slot, _tree: &Tree<'_>) -> bool {
    let mention = &mentions.all[mentions.resolved(index)];
    let told = &mentions.all[index];
    // "and several others": whoever was named beside them
    if told.event || told.text.ends_with("others") || told.text == "other" || is_reflexive(&told.text) {
        return false;
    }
    if is_count(&told.text) {
        return counts_people(kind) && is_number(&told.text.to_lowercase()) && !told.text.contains('%');
    }
    let territorial = matches!(kind, ClaimType::Seize | ClaimType::Retreat) || kind.kind() == Kind::Control;
    // both sides of a fight or a talk act
    if matches!(kind, ClaimType::Clash | ClaimType::Talk | ClaimType::Agree | ClaimType::Ceasefire) {
        return matches!(mention.sort, Sort::Actor | Sort::Both)
            || mention.sort == Sort::People && kind != ClaimType::Clash;
    }
    match mention.sort {
        Sort::Actor => true,
        Sort::People => !territorial,
        Sort::Both => !territorial || slot.first != Step::Obj,
        Sort::Place => {
            // a church, a hospital, an airport may be struck; a named town is where, not whom
            let lemma = mention.lemma.as_str();
            let facility = nouns::is(lemma, Class::Facility) && !mention.proper_head;
            !territorial
                && kind.kind() == Kind::Event
                && (facility
                    || mention.place.is_none()
                        && !nouns::is(lemma, Class::Area)
                        && !nouns::is(lemma, Class::Settlement))
        }
        Sort::Weapon => matches!(kind, ClaimType::Repel | ClaimType::Destroy),
        Sort::Thing => {
            let told_of = matches!(kind, ClaimType::Accuse | ClaimType::Reject | ClaimType::Sanction);
            let idea = nouns::is(mention.lemma.as_str(), Class::Abstract) && !mention.named;
            !territorial && kind.kind() == Kind::Event && struck(kind) && (told_of || !idea)
        }
        Sort::Pronoun | Sort::Time => false,
    }
}

/// Types whose target may be a thing.
fn struck(kind: ClaimType) -> bool {
    matches!(
        kind,
        ClaimType::Attack
            | ClaimType::Airstrike
            | ClaimType::Shelling
            | ClaimType::Bombing
            | ClaimType::Destroy
            | ClaimType::Repel
            | ClaimType::Kill
            | ClaimType::Siege
            | ClaimType::Chemical
            | ClaimType::Accuse
            | ClaimType::Reject
            | ClaimType::Sanction
            | ClaimType::Abduct
            | ClaimType::Detain
            | ClaimType::Release
    )
}

/// Whether a mention is a place, named or not.
pub(crate) fn is_somewhere(mentions: &Mentions, index: usize) -> bool {
    let mention = &mentions.all[mentions.resolved(index)];
    match mention.sort {
        Sort::Place => true,
        Sort::Both => mention.place.is_some(),
        _ => false,
    }
}

/// Who vouches in the first place for what `chain` tells, as a participant: "the envoy said the army must leave" is the envoy's demand.
pub(crate) fn voucher(chain: &[usize], statements: &[Statement], mentions: &Mentions) -> Vec<Filler> {
    let speaker = chain.first().and_then(|&first| statements[first].speaker.as_ref());
    speaker
        .and_then(|speaker| mentions.at(speaker.sentence, speaker.head))
        .map(|mention| Filler { mention, inherited: false })
        .into_iter()
        .collect()
}
