//! Claims that cannot hold together. A pair opposes when one denies what the other tells, or both answer one question differently, and
//! neither rests on the other's source; opposed pairs that hang together are one dispute, its sides are the two colours of that graph.

mod casualties;
mod control;
mod denial;
mod hostility;
pub(crate) mod index;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use contested_model::{Claim, Dispute, DisputeBody, Participant, Polarity, Question, Tense, dispute_id};
use jiff::civil::Date;

use crate::names::{same_actor, same_place};
use index::{Index, Scene, looked_for, standing};

/// Two claims (positions in the slice) that cannot both be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Opposed {
    question: Question,
    one: usize,
    other: usize,
}

/// The disputes inside one report: two claims that cannot both be so, or one told and denied. The claims must be of one report; the
/// answer does not depend on their order but for that of the sides, which follow the text.
pub fn disputes_in_report(claims: &[Claim]) -> Vec<Dispute> {
    let Some(first) = claims.first() else { return Vec::new() };
    let doc = first.report.id.clone();
    let claims: Vec<&Claim> = claims.iter().collect();
    let scene = Scene::of(&claims);
    groups(&scene)
        .into_iter()
        .map(|group| {
            let body = DisputeBody {
                question: group.question,
                about: about(&scene, &group),
                sides: group
                    .sides
                    .iter()
                    .map(|side| side.iter().map(|&at| claims[at].id.clone()).collect())
                    .collect(),
            };
            Dispute {
                record: "dispute".to_owned(),
                id: dispute_id(&doc, &body),
                doc: doc.clone(),
                dispute: body,
            }
        })
        .collect()
}

/// A dispute as positions in a slice of claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) question: Question,
    pub(crate) sides: Vec<Vec<usize>>,
}

/// All disputes among `claims`, of one report or of many, in the order of their first claim.
pub(crate) fn groups(scene: &Scene<'_>) -> Vec<Group> {
    let ground = Index::of(scene, |claim| !claim.places.is_empty(), |claim| standing(&claim.places));
    let mut pairs = denial::pairs(scene, &ground);
    pairs.extend(control::pairs(scene, &ground));
    pairs.sort_unstable();
    pairs.dedup();
    // One pair answers one question: a told and denied capture is about control, not also about occurrence.
    let mut seen = BTreeSet::new();
    pairs.retain(|p| seen.insert((p.one.min(p.other), p.one.max(p.other))));
    let mut out = coloured(scene, &ground, &pairs);
    out.extend(casualties::groups(scene));
    out.sort_by_key(|group| (group.sides.iter().flatten().min().copied(), group.question));
    out
}

/// Splits the graph of opposed pairs into connected parts of one question and colours each part with two sides.
fn coloured(scene: &Scene<'_>, ground: &Index, pairs: &[Opposed]) -> Vec<Group> {
    let claims = scene.claims;
    let mut next: BTreeMap<(Question, usize), Vec<usize>> = BTreeMap::new();
    for pair in pairs {
        next.entry((pair.question, pair.one)).or_default().push(pair.other);
        next.entry((pair.question, pair.other)).or_default().push(pair.one);
    }
    let mut placed: BTreeSet<(Question, usize)> = BTreeSet::new();
    let mut out = Vec::new();
    for &(question, start) in next.keys() {
        if placed.contains(&(question, start)) {
            continue;
        }
        let mut sides = vec![Vec::new(), Vec::new()];
        let mut seen = BTreeSet::from([start]);
        let mut queue = VecDeque::from([(start, 0)]);
        while let Some((at, side)) = queue.pop_front() {
            // Fighting contradicts a capture by either army; that does not put both captures on one side. The second one stands with what the
            // first is contradicted by.
            let rival =
                |side: &[usize]| side.iter().any(|&member| control::rivals(claims[member], claims[at]));
            let Some(side) = [side, 1 - side].into_iter().find(|&side| !rival(&sides[side])) else {
                continue;
            };
            placed.insert((question, at));
            sides[side].push(at);
            let neighbours = next.get(&(question, at)).into_iter().flatten();
            queue.extend(neighbours.filter(|&&to| seen.insert(to)).map(|&to| (to, 1 - side)));
        }
        if sides.iter().any(Vec::is_empty) {
            continue;
        }
        let mut group = Group { question, sides };
        join_agreeing(scene, ground, &mut group);
        out.push(group);
    }
    out
}

/// Adds to each side the claims that say the same as one of its members, though they were opposed by nobody in particular.
fn join_agreeing(scene: &Scene<'_>, ground: &Index, group: &mut Group) {
    let claims = scene.claims;
    let near = |at: usize| ground.near(scene, claims[at], &looked_for(&claims[at].places));
    let mut taken: BTreeSet<usize> = group.sides.iter().flatten().copied().collect();
    for side in &mut group.sides {
        // In their order; whoever has joined may be agreed with by those that come after.
        let mut open: BTreeSet<usize> = side.iter().flat_map(|&member| near(member)).collect();
        while let Some(at) = open.pop_first() {
            if !taken.contains(&at) && side.iter().any(|&member| same_proposition(claims[member], claims[at]))
            {
                taken.insert(at);
                side.push(at);
                open.extend(near(at).into_iter().filter(|&other| other > at));
            }
        }
        side.sort_unstable();
    }
    group.sides.sort();
}

pub(crate) fn same_proposition(a: &Claim, b: &Claim) -> bool {
    a.claim_type == b.claim_type
        && a.polarity == b.polarity
        && times_meet(a, b)
        && a.agents.len().min(b.agents.len()) > 0
        && a.agents.iter().any(|x| b.agents.iter().any(|y| same_actor(x, y)))
        && a.places.len().min(b.places.len()) > 0
        && a.places.iter().any(|x| b.places.iter().any(|y| same_place(x, y)))
}

/// Days by which undated tellings of one thing in different reports may lie apart.
const NEWS: i64 = 2;

/// Whether two claims may speak of one time. Inside a report they may unless both are dated and the dates lie apart; what different reports
/// tell without a date stands at their publication.
pub(crate) fn times_meet(a: &Claim, b: &Claim) -> bool {
    if a.report.hash == b.report.hash {
        let (Some(first), Some(second)) = (&a.time, &b.time) else { return true };
        return !ends_before((first.from, first.to), (second.from, second.to))
            && !ends_before((second.from, second.to), (first.from, first.to));
    }
    let (first, second) = (days(a), days(b));
    !ends_before(first, second) && !ends_before(second, first)
}

/// First and last day of a claim: its stated time, or a few days around its publication.
fn days(c: &Claim) -> (Option<Date>, Option<Date>) {
    let slack = jiff::Span::new().days(NEWS);
    match (&c.time, c.reported) {
        // "Had held it since January": until something else was told.
        (Some(time), _) if time.to.is_none() && c.tense != Tense::Ongoing => {
            (time.from, time.from.or(c.reported))
        }
        (Some(time), _) => (time.from.or(time.to), time.to.or(c.reported)),
        (None, Some(day)) => (Some(day.saturating_sub(slack)), Some(day.saturating_add(slack))),
        (None, None) => (None, None),
    }
}

fn ends_before(a: (Option<Date>, Option<Date>), b: (Option<Date>, Option<Date>)) -> bool {
    matches!((a.1, b.0), (Some(end), Some(start)) if end < start)
}

/// Whether `b` speaks for somebody else than `a` does: it names a source, or is told by another outlet.
pub(crate) fn another_voice(a: &Claim, b: &Claim) -> bool {
    !b.attribution.is_empty() || a.report.hash != b.report.hash
}

/// The actor's name as the report writes it, where it writes a name of several words; else the canonical one.
fn as_told(actor: &Participant) -> &str {
    if actor.actor.is_some() && actor.text.split_whitespace().count() > 1 { &actor.text } else { &actor.name }
}

/// Place, act, actor: three names at most that say what the dispute is about.
pub(crate) fn about(scene: &Scene<'_>, group: &Group) -> Vec<String> {
    let members: Vec<&Claim> = group.sides.iter().flatten().map(|&at| scene.claims[at]).collect();
    let most = |names: Vec<&str>| -> Option<String> {
        let mut count: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            let entry = count.entry(name).or_insert((0, at));
            entry.0 += 1;
        }
        count
            .into_iter()
            .max_by_key(|&(_, (n, at))| (n, std::cmp::Reverse(at)))
            .map(|(name, _)| name.to_owned())
    };
    let proper = |p: &&contested_model::Place| p.id.is_some() || p.name.starts_with(char::is_uppercase);
    let named: Vec<&str> =
        members.iter().filter_map(|c| c.places.first()).filter(proper).map(|p| p.name.as_str()).collect();
    let any = || members.iter().filter_map(|c| c.places.first()).map(|p| p.name.as_str()).collect();
    let place = most(if named.is_empty() { any() } else { named });
    if group.question == Question::Control && place.is_some() {
        return place.into_iter().collect();
    }
    let act = act(scene, &members, group.question);
    // a report's own dispute is about whom the report names: its spelling, where that is a name and not a pronoun
    let agents: Vec<&Participant> = members.iter().filter_map(|c| c.agents.first()).collect();
    let key = |agent: &Participant| agent.actor.clone().unwrap_or_else(|| agent.name.clone());
    let keys: Vec<String> = agents.iter().map(|agent| key(agent)).collect();
    let agent = most(keys.iter().map(String::as_str).collect()).and_then(|meant| {
        let mut told =
            agents.iter().filter(|agent| key(agent) == meant).map(|agent| (as_told(agent), &agent.name));
        let first = told.next()?;
        let spelt = std::iter::once(first).chain(told).find(|(told, name)| told != name).unwrap_or(first);
        Some(spelt.0.to_owned())
    });
    let targets = |wanted: &dyn Fn(&Participant) -> bool| -> Vec<&str> {
        let first = members.iter().filter_map(|c| c.targets.first()).filter(|&a| wanted(a));
        first.map(|a| a.name.as_str()).collect()
    };
    let called = |a: &Participant| a.actor.is_some() || a.name.starts_with(char::is_uppercase);
    let target = most(targets(&called)).or_else(|| most(targets(&|_| true)));
    let act = act.filter(|_| matches!(group.question, Question::Responsibility | Question::Casualties));
    // where there is more to say, a country says the least
    let wide = |name: &String| {
        members.iter().flat_map(|c| &c.places).any(|p| p.name == *name && crate::names::is_wide(p))
    };
    let place = place.filter(|name| act.is_none() || target.is_none() || !wide(name));
    let mut names: Vec<String> = Vec::new();
    for name in [place, act, agent, target].into_iter().flatten() {
        if !names.contains(&name) && names.len() < 3 {
            names.push(name);
        }
    }
    names
}

/// What happened, as the report names it: of the names in several words ("gas attack") the one told most often, so that whoever denies it
/// in general words does not decide what it is called; in the count of victims a single word will do.
fn act(scene: &Scene<'_>, members: &[&Claim], question: Question) -> Option<String> {
    let told = |c: &&Claim| {
        c.claim_type != contested_model::ClaimType::Accuse
            && c.claim_type != contested_model::ClaimType::Kill
            && members.iter().any(|m| m.claim_type == c.claim_type && m.report.hash == c.report.hash)
    };
    let singular = |text: &str| text.strip_suffix('s').unwrap_or(text).to_lowercase();
    // what those who tell it call it, else what the report calls such an act
    let named = |c: &Claim| c.polarity == Polarity::Positive && c.evidence.trigger.text.contains(' ');
    let mut telling: Vec<&Claim> = members.iter().copied().filter(|c| told(c) && named(c)).collect();
    if telling.is_empty() || question == Question::Casualties {
        let at: BTreeSet<usize> = members.iter().flat_map(|m| scene.report_of(m)).copied().collect();
        telling = at.into_iter().map(|at| scene.claims[at]).filter(told).collect();
    }
    let mut names: BTreeMap<String, (usize, usize, &str)> = BTreeMap::new();
    for claim in telling {
        let text = claim.evidence.trigger.text.as_str();
        if !text.contains(' ') && question != Question::Casualties {
            continue;
        }
        let entry = names.entry(singular(text)).or_insert((0, usize::MAX, text));
        entry.0 += 1;
        entry.1 = entry.1.min(claim.evidence.start as usize);
        // the shorter spelling of two is the singular
        if text.len() < entry.2.len() {
            entry.2 = text;
        }
    }
    names
        .into_values()
        .max_by_key(|&(count, first, _)| (count, std::cmp::Reverse(first)))
        .map(|(_, _, text)| text.to_owned())
}
