//! What one predicate lends another: a strike that killed shares its victims with the killing, a capture its opponents with the next one,
//! a sentence its place with the events that name none.

use contested_language::tags::Deprel;
use contested_model::{ClaimType, Kind};

use crate::draft::{Draft, Filler};
use crate::lexicon::{Lexicon, Role};
use crate::mentions::{Mentions, Sort};
use crate::nouns::{self, Class};
use crate::tree::Tree;

/// How many sentences back a participant may be taken from.
const REACH: usize = 3;

/// Types in which one side acts upon another by force.
pub(crate) const FIGHTING: &[ClaimType] = &[
    ClaimType::Seize,
    ClaimType::Retreat,
    ClaimType::Attack,
    ClaimType::Clash,
    ClaimType::Repel,
    ClaimType::Siege,
    ClaimType::Airstrike,
    ClaimType::Shelling,
    ClaimType::Bombing,
    ClaimType::Kill,
    ClaimType::Chemical,
    ClaimType::Destroy,
];

/// Types that cause others' deaths.
const CAUSES: &[ClaimType] = &[
    ClaimType::Attack,
    ClaimType::Clash,
    ClaimType::Airstrike,
    ClaimType::Shelling,
    ClaimType::Bombing,
    ClaimType::Chemical,
    ClaimType::Siege,
];

const EFFECTS: &[ClaimType] = &[ClaimType::Kill, ClaimType::Destroy, ClaimType::Displace];

/// Lets a cause and its effect in one clause share what either lacks: agents, victims, places.
pub(crate) fn within_clause(drafts: &mut [Draft], trees: &[Tree<'_>]) {
    for effect in 0..drafts.len() {
        if !EFFECTS.contains(&drafts[effect].content()) {
            continue;
        }
        let tree = &trees[drafts[effect].sentence];
        let cause = (0..drafts.len())
            .filter(|&c| {
                drafts[c].sentence == drafts[effect].sentence && CAUSES.contains(&drafts[c].content())
            })
            .filter_map(|c| link(tree, drafts[c].at, drafts[effect].at).map(|far| (far, c)))
            .min();
        let Some((_, cause)) = cause else { continue };
        let agents = shared(&drafts[cause].agents, &drafts[effect].agents);
        // who suffers from a clash is neither of its sides
        let sides = cause_has_sides(&drafts[cause]);
        let targets =
            if sides { Vec::new() } else { shared(&drafts[effect].targets, &drafts[cause].targets) };
        let places = shared(&drafts[cause].places, &drafts[effect].places);
        for at in [cause, effect] {
            lend(&mut drafts[at], Role::Agent, &agents, Lender::Clause);
            lend(&mut drafts[at], Role::Target, &targets, Lender::Clause);
            lend(&mut drafts[at], Role::Place, &places, Lender::Clause);
        }
    }
}

/// Whether both sides of a clash are told.
fn cause_has_sides(draft: &Draft) -> bool {
    draft.content() == ClaimType::Clash && draft.agents.len() + draft.targets.len() > 1
}

/// "the town was under the group's control, but then withdrew": whoever held it did.
pub(crate) fn who_left(drafts: &mut [Draft], trees: &[Tree<'_>]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        let tree = &trees[draft.sentence];
        let joined = tree.head(draft.at).filter(|_| tree.deprel(draft.at).is(Deprel::Conj));
        if draft.claim_type != ClaimType::Retreat || !draft.agents.is_empty() {
            continue;
        }
        let holder = drafts.iter().find(|other| {
            other.sentence == draft.sentence
                && Some(other.at) == joined
                && other.claim_type == ClaimType::Holds
                && other.about.is_none()
        });
        let Some(agents) = holder.map(|holder| holder.agents.clone()) else { continue };
        lend(&mut drafts[at], Role::Agent, &agents, Lender::Clause);
    }
}

/// "repelled an attack by the militia", "the group's raids killed ten": where a deed stands for whoever did it, they are meant. A deed that
/// names nobody leaves the role open.
pub(crate) fn behind_deeds(drafts: &mut [Draft], trees: &[Tree<'_>], mentions: &Mentions) {
    for at in 0..drafts.len() {
        let kind = drafts[at].content();
        if !FIGHTING.contains(&kind) {
            continue;
        }
        for role in [Role::Agent, Role::Target] {
            let fillers = if role == Role::Agent { &drafts[at].agents } else { &drafts[at].targets };
            let deed = |f: &Filler| {
                let told = &mentions.all[f.mention];
                // bombers and warplanes do it themselves
                let lexicon = Lexicon::embedded();
                if lexicon.person(&told.lemma).is_some()
                    || lexicon.weapon(&told.lemma).is_some()
                    || nouns::is(&told.lemma, Class::Arm)
                {
                    return None;
                }
                (0..drafts.len()).find(|&other| {
                    other != at
                        && drafts[other].sentence == told.sentence
                        && drafts[other].at == told.head
                        && CAUSES.contains(&drafts[other].content())
                        && trees[told.sentence].is_nominal(told.head)
                })
            };
            // who suffers a deed other than one that is beaten back is no doer
            let doers = role == Role::Agent || kind == ClaimType::Repel;
            let mut meant: Vec<Filler> = Vec::new();
            for filler in fillers {
                match deed(filler) {
                    None => meant.push(*filler),
                    Some(other) => {
                        let own: Vec<Filler> =
                            drafts[other].agents.iter().filter(|f| doers && !f.inherited).copied().collect();
                        // "Israeli raids": its name says whose it is
                        let named = own.is_empty() && role == Role::Agent;
                        meant.extend(own.into_iter().chain(named.then_some(*filler)));
                    }
                }
            }
            if role == Role::Agent {
                drafts[at].agents = meant;
            } else {
                drafts[at].targets = meant;
            }
        }
    }
}

/// Steps between two predicates when they are one scene: subject, oblique, relative or participle, conjunct of each other.
fn link(tree: &Tree<'_>, a: u32, b: u32) -> Option<u32> {
    let up = |from: u32, to: u32| -> Option<u32> {
        let mut node = from;
        for far in 1..=4 {
            let deprel = tree.deprel(node).base();
            if matches!(deprel, Deprel::Ccomp | Deprel::Parataxis | Deprel::Root) {
                return None;
            }
            node = tree.head(node)?;
            if node == to {
                return Some(far);
            }
        }
        None
    };
    up(a, b).or_else(|| up(b, a)).or_else(|| {
        // siblings under one verb: "hit the town, killing five", "left 12 dead in the shelling of X"
        (tree.head(a).is_some() && tree.head(a) == tree.head(b)).then_some(3)
    })
}

fn shared(own: &[Filler], other: &[Filler]) -> Vec<Filler> {
    let from = if own.is_empty() { other } else { own };
    from.iter().map(|f| Filler { inherited: true, ..*f }).collect()
}

/// Where a participant or place was lent from; named in `why`.
#[derive(Debug, Clone, Copy)]
enum Lender {
    /// Cause and effect in one clause.
    Clause,
    /// The side that the other one was last told to fight.
    Opponent,
    /// Another event of force nearby.
    Scene,
    /// What most of the report's fighting shares.
    Report,
}

/// Fills a role that is open with what another predicate has, and says so in `why`.
fn lend(draft: &mut Draft, role: Role, from: &[Filler], lender: Lender) {
    let to = match role {
        Role::Agent => &mut draft.agents,
        Role::Target => &mut draft.targets,
        Role::Place => &mut draft.places,
    };
    if from.is_empty() || !to.is_empty() {
        return;
    }
    to.extend(from.iter().map(|f| Filler { inherited: true, ..*f }));
    let role = match role {
        Role::Agent => "agents",
        Role::Target => "targets",
        Role::Place => "places",
    };
    let lender = match lender {
        Lender::Clause => "clause",
        Lender::Opponent => "opponent",
        Lender::Scene => "scene",
        Lender::Report => "report",
    };
    draft.why.push((format!("{role}.of-{lender}.v1"), Vec::new()));
}

/// Fills what is still open from the sentences before: the opponent of a side that is named, the place of the scene.
///
/// `allied` tells whether two actors stand on one side; nobody is lent as the opponent of an ally.
pub(crate) fn from_context(drafts: &mut [Draft], mentions: &Mentions, allied: &dyn Fn(&str, &str) -> bool) {
    let together: Vec<(String, String)> = drafts
        .iter()
        .filter(|d| d.claim_type != ClaimType::Clash && d.claim_type.kind() == Kind::Event)
        .flat_map(|d| {
            let names: Vec<&str> =
                d.agents.iter().map(|f| mentions.all[mentions.resolved(f.mention)].name.as_str()).collect();
            names
                .iter()
                .flat_map(|a| names.iter().map(|b| ((*a).to_owned(), (*b).to_owned())))
                .collect::<Vec<_>>()
        })
        .collect();
    let friends = |a: &[Filler], b: &[Filler]| {
        a.iter().any(|x| {
            b.iter().any(|y| {
                let (x, y) = (
                    &mentions.all[mentions.resolved(x.mention)],
                    &mentions.all[mentions.resolved(y.mention)],
                );
                let known = x.actor.as_deref().zip(y.actor.as_deref()).is_some_and(|(x, y)| allied(x, y));
                known || together.iter().any(|(one, other)| *one == x.name && *other == y.name)
            })
        })
    };
    // pairs of opponents seen so far, latest last, as resolved mentions
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for draft in drafts.iter_mut().filter(|draft| FIGHTING.contains(&draft.content())) {
        let (agent, target) = (sole(&draft.agents, mentions), sole(&draft.targets, mentions));
        match (agent, target) {
            (Some(agent), Some(target))
                if is_side(mentions, agent)
                    && is_side(mentions, target)
                    && !friends(&draft.agents, &draft.targets) =>
            {
                pairs.push((agent, target));
            }
            (Some(agent), None) if draft.targets.is_empty() && is_side(mentions, agent) => {
                if let Some(opponent) = opponent(&pairs, agent, mentions, draft.sentence)
                    .filter(|&other| !friends(&draft.agents, &[Filler { mention: other, inherited: true }]))
                {
                    let opponent = [Filler { mention: opponent, inherited: true }];
                    lend(draft, Role::Target, &opponent, Lender::Opponent);
                }
            }
            (None, Some(target)) if draft.agents.is_empty() && is_side(mentions, target) => {
                if let Some(opponent) = opponent(&pairs, target, mentions, draft.sentence)
                    .filter(|&other| !friends(&draft.targets, &[Filler { mention: other, inherited: true }]))
                {
                    let opponent = [Filler { mention: opponent, inherited: true }];
                    lend(draft, Role::Agent, &opponent, Lender::Opponent);
                }
            }
            _ => {}
        }
    }
    for at in 0..drafts.len() {
        if !FIGHTING.contains(&drafts[at].content()) {
            continue;
        }
        if drafts[at].agents.is_empty() {
            let targets = drafts[at].targets.clone();
            let lender = scene(drafts, at, mentions, |d| {
                !d.agents.is_empty() && !meet(&d.agents, &targets, mentions) && !friends(&d.agents, &targets)
            });
            if let Some(lender) = lender {
                let agents = drafts[lender].agents.clone();
                lend(&mut drafts[at], Role::Agent, &agents, Lender::Scene);
            }
        }
        if drafts[at].targets.is_empty() {
            let agents = drafts[at].agents.clone();
            let territorial =
                matches!(drafts[at].content(), ClaimType::Seize | ClaimType::Retreat | ClaimType::Clash);
            let lender = scene(drafts, at, mentions, |d| {
                !d.targets.is_empty()
                    && !meet(&d.targets, &agents, mentions)
                    && !friends(&d.targets, &agents)
                    && (!territorial
                        || d.targets.iter().all(|t| is_side(mentions, mentions.resolved(t.mention))))
            });
            if let Some(lender) = lender {
                let targets = drafts[lender].targets.clone();
                lend(&mut drafts[at], Role::Target, &targets, Lender::Scene);
            }
        }
    }
    for at in 0..drafts.len() {
        if drafts[at].places.is_empty() && matches!(drafts[at].content().kind(), Kind::Event) {
            let named = |d: &Draft| {
                d.places.iter().any(|p| mentions.all[mentions.resolved(p.mention)].place.is_some())
            };
            let lender = scene(drafts, at, mentions, named).or_else(|| {
                let here = drafts[at].sentence;
                (0..at).rev().find(|&other| here - drafts[other].sentence <= 2 && named(&drafts[other]))
            });
            if let Some(lender) = lender {
                let places = drafts[lender].places.clone();
                lend(&mut drafts[at], Role::Place, &places, Lender::Scene);
            }
        }
    }
    from_report(drafts, mentions);
}

/// What most of a report's fighting shares, the rest of it has too: one attacker, one scene.
fn from_report(drafts: &mut [Draft], mentions: &Mentions) {
    let fighting: Vec<usize> =
        (0..drafts.len()).filter(|&at| FIGHTING.contains(&drafts[at].content())).collect();
    let agents = dominant(fighting.iter().map(|&at| drafts[at].agents.as_slice()), mentions);
    let places = dominant(fighting.iter().map(|&at| drafts[at].places.as_slice()), mentions);
    for at in fighting {
        let draft = &mut drafts[at];
        if let Some(agent) =
            agents.filter(|agent| draft.agents.is_empty() && !meet(&[*agent], &draft.targets, mentions))
        {
            lend(draft, Role::Agent, &[agent], Lender::Report);
        }
        if let Some(place) = places.filter(|_| draft.places.is_empty()) {
            lend(draft, Role::Place, &[place], Lender::Report);
        }
    }
}

/// The filler that three in five of all filled lists begin with, from at least two.
fn dominant<'d>(lists: impl Iterator<Item = &'d [Filler]>, mentions: &Mentions) -> Option<Filler> {
    let firsts: Vec<Filler> =
        lists.filter_map(|list| list.first().copied()).filter(|f| !f.inherited).collect();
    let share = |f: &Filler| {
        firsts
            .iter()
            .filter(|g| same_side(mentions, mentions.resolved(f.mention), mentions.resolved(g.mention)))
            .count()
    };
    let best = firsts.iter().max_by_key(|f| (share(f), std::cmp::Reverse(f.mention)))?;
    let count = share(best);
    (count >= 2 && 5 * count >= 3 * firsts.len()).then_some(Filler { inherited: true, ..*best })
}

/// The nearest draft of force, in this sentence first, then before, then after, that `fits`.
fn scene(drafts: &[Draft], at: usize, mentions: &Mentions, fits: impl Fn(&Draft) -> bool) -> Option<usize> {
    let here = drafts[at].sentence;
    let own: Vec<Filler> = drafts[at].agents.iter().chain(&drafts[at].targets).copied().collect();
    let alone = own.iter().all(|f| !mentions.all[mentions.resolved(f.mention)].named);
    // another sentence is of the same scene when it shares a side, or when this one names nobody
    let of_scene = |other: &Draft| {
        other.sentence == here
            || alone
            || meet(&own, &other.agents, mentions)
            || meet(&own, &other.targets, mentions)
    };
    let usable = |&other: &usize| {
        other != at
            && FIGHTING.contains(&drafts[other].content())
            && of_scene(&drafts[other])
            && fits(&drafts[other])
    };
    (0..drafts.len())
        .filter(|&other| drafts[other].sentence == here)
        .filter(usable)
        .min_by_key(|&other| drafts[other].at.abs_diff(drafts[at].at))
        .or_else(|| (0..at).rev().filter(|&other| here - drafts[other].sentence <= REACH).find(usable))
        .or_else(|| {
            (at + 1..drafts.len())
                .filter(|&other| drafts[other].sentence.saturating_sub(here) <= 1)
                .find(usable)
        })
}

fn meet(a: &[Filler], b: &[Filler], mentions: &Mentions) -> bool {
    a.iter().any(|x| {
        b.iter().any(|y| same_side(mentions, mentions.resolved(x.mention), mentions.resolved(y.mention)))
    })
}

fn sole(fillers: &[Filler], mentions: &Mentions) -> Option<usize> {
    fillers.first().map(|f| mentions.resolved(f.mention))
}

fn is_side(mentions: &Mentions, index: usize) -> bool {
    matches!(mentions.all[index].sort, Sort::Actor | Sort::Both)
}

fn same_side(mentions: &Mentions, a: usize, b: usize) -> bool {
    let (a, b) = (&mentions.all[a], &mentions.all[b]);
    a.name == b.name || (a.actor.is_some() && a.actor == b.actor)
}

fn opponent(pairs: &[(usize, usize)], of: usize, mentions: &Mentions, sentence: usize) -> Option<usize> {
    pairs.iter().rev().find_map(|&(one, other)| {
        let near = sentence.saturating_sub(mentions.all[one].sentence.max(mentions.all[other].sentence))
            <= 2 * REACH;
        if !near {
            None
        } else if same_side(mentions, one, of) {
            Some(other)
        } else if same_side(mentions, other, of) {
            Some(one)
        } else {
            None
        }
    })
}
