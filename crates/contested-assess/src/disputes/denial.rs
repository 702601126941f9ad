//! One tells it, another says it is not so.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use contested_model::{Certainty, Claim, ClaimType, Extent, Kind, Polarity, Question, Stance};

use super::index::{Index, Scene, actors, looked_for, names};
use super::{Opposed, another_voice, times_meet};
use crate::names::{is_wide, one_state, same_actor, same_name, share_actor, share_place};
use crate::source::{acting, independent, speaks_for_agent};

/// Acts that a denial in general words ("denied involvement", "denied the attack") can mean.
const VIOLENT: &[ClaimType] = &[
    ClaimType::Attack,
    ClaimType::Airstrike,
    ClaimType::Shelling,
    ClaimType::Bombing,
    ClaimType::Chemical,
    ClaimType::Kill,
    ClaimType::Execute,
    ClaimType::Destroy,
    ClaimType::Abduct,
];

/// Fighting that two sides take part in.
const COMBAT: &[ClaimType] = &[ClaimType::Clash, ClaimType::Siege, ClaimType::Repel];

/// Types that one act may be told under.
const ALIKE: &[&[ClaimType]] = &[
    &[ClaimType::Attack, ClaimType::Clash, ClaimType::Siege, ClaimType::Repel],
    &[ClaimType::Detain, ClaimType::Abduct, ClaimType::Surrender],
    &[ClaimType::Retreat, ClaimType::Surrender, ClaimType::Seize],
    &[ClaimType::Seize, ClaimType::Holds],
    &[ClaimType::Agree, ClaimType::Ceasefire],
    &[ClaimType::Support, ClaimType::Backs],
    &[ClaimType::Accuse, ClaimType::Reject],
];

/// How far a denied accusation may stand from the act it is about, in characters.
const NEARBY: u32 = 400;

/// Every told and denied pair.
pub(super) fn pairs(scene: &Scene<'_>, ground: &Index) -> Vec<Opposed> {
    let mut out = Vec::new();
    let tellings = Index::of(scene, |claim| claim.polarity == Polarity::Positive, names);
    let hurt = LazyCell::new(|| Hurt::of(scene));
    for (n, no) in scene.claims.iter().copied().enumerate().filter(|(_, c)| c.polarity == Polarity::Negative)
    {
        let told = tellings.near(scene, no, &names(no)).into_iter().map(|y| (y, scene.claims[y])).filter(
            |(_, yes)| {
                (same_act(yes, no) || is_what_was_charged(yes, no) || is_charge(yes, no))
                    && takes_issue(yes, no)
                    && independent(yes, no)
            },
        );
        let mut told: Vec<_> = told.collect();
        // who denies the gas attack does not deny the rocket fired in answer to it
        let told_so = told.iter().any(|(_, yes)| yes.claim_type == no.claim_type);
        if told_so && no.claim_type != ClaimType::Attack {
            told.retain(|(_, yes)| yes.claim_type == no.claim_type || is_charge(yes, no));
        }
        // One denial answers one question, however many tellings it meets.
        let Some(&(_, first)) = told.first() else { continue };
        let mut question = question(first, no, || undisputed(scene, ground, &hurt, first, no));
        if told.iter().any(|(_, yes)| is_charge(yes, no)) {
            question = Question::Responsibility;
        }
        out.extend(told.into_iter().map(|(y, _)| Opposed { question, one: y, other: n }));
    }
    out
}

/// Whether the negative claim contradicts somebody rather than tell an outcome: what the report itself says did not happen ("nobody was
/// hurt", "the truce did not hold") disputes only what it passes on as unsure, and what others say of ground.
fn takes_issue(yes: &Claim, no: &Claim) -> bool {
    let ground = matches!(no.claim_type, ClaimType::Seize | ClaimType::Holds | ClaimType::Retreat);
    // "no strikes were reported", "the council was not attacked": news of what did not happen, unless it answers somebody
    let answers = no.attribution.first().is_some_and(|a| matches!(a.stance, Stance::Denies | Stance::Doubts));
    if !answers && yes.attribution.is_empty() && !ground {
        return false;
    }
    another_voice(yes, no) || !yes.attribution.is_empty() && (ground || yes.certainty != Certainty::Certain)
}

/// "X blamed Y for the attack. Y denied responsibility": the accusation itself stands against the denial by the accused.
fn is_charge(yes: &Claim, no: &Claim) -> bool {
    let denied = no.attribution.first().is_some_and(|first| first.stance == Stance::Denies);
    let accused =
        yes.targets.iter().any(|x| no.agents.iter().any(|y| same_actor(x, y) || one_state(&x.name, &y.name)));
    yes.claim_type == ClaimType::Accuse
        && VIOLENT.contains(&no.claim_type)
        && denied
        && accused
        && speaks_for_agent(no)
        && yes.report.hash == no.report.hash
        && yes.evidence.start <= no.evidence.start
        && no.evidence.start - yes.evidence.start < 2 * NEARBY
}

/// "X accused Y of the attack, which Y denied": what is denied is the act that X vouches for, though the words deny the accusation.
fn is_what_was_charged(yes: &Claim, no: &Claim) -> bool {
    let denier = no.attribution.first().filter(|first| first.stance == Stance::Denies);
    let charged = |name: &str, actor: Option<&String>| {
        yes.agents
            .iter()
            .any(|agent| actor.is_some() && agent.actor.as_ref() == actor || same_name(name, &agent.name))
    };
    no.claim_type == ClaimType::Accuse
        && yes.kind == Kind::Event
        && VIOLENT.contains(&yes.claim_type)
        && !yes.attribution.is_empty()
        && yes.report.hash == no.report.hash
        && yes.evidence.start.abs_diff(no.evidence.start) < NEARBY
        && denier.is_some_and(|denier| {
            charged(&denier.name, denier.actor.as_ref())
                || denier.affiliation.as_deref().is_some_and(|side| charged(side, None))
        })
}

/// Whether `no` denies what `yes` tells: the same act by the same actor, as far as both say.
fn same_act(yes: &Claim, no: &Claim) -> bool {
    // The cheap question first: most pairs end here.
    if !types_meet(yes.claim_type, no.claim_type, true) || yes.kind == Kind::Outlook || !times_meet(yes, no) {
        return false;
    }
    let self_denial = speaks_for_agent(no);
    let denied = no.attribution.first().is_some_and(|a| matches!(a.stance, Stance::Denies | Stance::Doubts));
    let own = self_denial && denied;
    let agents = meeting(&acting(yes), &acting(no), |a, b| {
        share_actor(a, b) || a.iter().any(|x| b.iter().any(|y| one_state(&x.name, &y.name)))
    })
    // who denies his own act does not answer what is told of others
    .but_for_lent(!own && (is_lent(yes, "agents.") || is_lent(no, "agents.")));
    let targets = meeting(&yes.targets, &no.targets, share_actor)
        .but_for_lent(is_lent(yes, "targets.") || is_lent(no, "targets."));
    let places = match meeting(&yes.places, &no.places, share_place) {
        // "In Syria" tells nothing apart and ties nothing together.
        Meeting::Same
            if yes.kind == Kind::Event && no.kind == Kind::Event && yes.places.iter().all(is_wide) =>
        {
            Meeting::Open
        }
        Meeting::Apart if no.kind == Kind::Event && denied => {
            Meeting::Apart.but_for_lent(is_lent(yes, "places.") || is_lent(no, "places."))
        }
        meeting => meeting,
    };
    let (same, open, apart) = (Meeting::Same, Meeting::Open, Meeting::Apart);
    let wide = share_place(&yes.places, &no.places) && places == open;
    if agents == apart {
        // "The opposition blamed the air force; the government denied responsibility": the denier names itself in its own words.
        return self_denial
            && !yes.attribution.is_empty()
            && yes.claim_type == no.claim_type
            && (places == same || wide && denied && yes.report.hash == no.report.hash)
            && targets != apart;
    }
    if !types_meet(yes.claim_type, no.claim_type, self_denial || agents == same && places == same) {
        return false;
    }
    match no.claim_type {
        ClaimType::Seize | ClaimType::Retreat | ClaimType::Holds | ClaimType::Contests
            if no.kind == Kind::Control || places != open =>
        {
            places == same && (agents == same || targets == same || no.agents.is_empty())
        }
        _ if no.kind == Kind::Relation || yes.kind == Kind::Relation => agents == same && targets == same,
        // "No deaths" denies deaths, of those people, and never the attack.
        ClaimType::Kill | ClaimType::Execute | ClaimType::Destroy => {
            denied
                && targets != apart
                && places != apart
                && (targets == same || no.targets.is_empty() && agents == same)
        }
        // "Encircled", "not surrounded": of one town both cannot be
        ClaimType::Siege if yes.claim_type == ClaimType::Siege => places == same,
        kind if VIOLENT.contains(&kind) || COMBAT.contains(&kind) => {
            let tied = [agents, targets, places].iter().filter(|meeting| **meeting == same).count();
            places != apart && (targets != apart || places == same) && tied >= if denied { 1 } else { 2 }
        }
        // "Crossed the border", "entered the country": a movement told and denied in one report is one movement, wherever it is said to lead.
        ClaimType::Move
            if yes.claim_type == ClaimType::Move && denied && yes.report.hash == no.report.hash =>
        {
            agents == same || agents == open && yes.agents.is_empty() && self_denial && same_verb(yes, no)
        }
        ClaimType::Move | ClaimType::Surrender | ClaimType::Detain => {
            agents == same && places != apart && (targets != apart || places == same)
        }
        // What is negotiated, pledged or ruled has many rounds: only the very same parties and matter meet.
        _ => {
            denied
                && !yes.attribution.is_empty()
                && agents == same
                && places != apart
                && (targets == same || targets == open && (places == same || yes.claim_type == no.claim_type))
        }
    }
}

/// Whether one act may be told under both types; `close` when something else ties the two tellings.
fn types_meet(yes: ClaimType, no: ClaimType, close: bool) -> bool {
    if yes == no {
        return true;
    }
    let deaths = |t| matches!(t, ClaimType::Kill | ClaimType::Execute | ClaimType::Destroy);
    if deaths(no) {
        return deaths(yes) && yes != ClaimType::Destroy && no != ClaimType::Destroy;
    }
    let both = |set: &[ClaimType]| set.contains(&yes) && set.contains(&no);
    close && both(VIOLENT) || ALIKE.iter().any(|set| both(set))
}

/// Whether both are told with one word: "crossed into", "had crossed".
fn same_verb(a: &Claim, b: &Claim) -> bool {
    let first = |c: &Claim| c.evidence.trigger.text.split_whitespace().next().map(str::to_lowercase);
    first(a).is_some() && first(a) == first(b)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meeting {
    Same,
    Apart,
    Open,
}

impl Meeting {
    /// What only the scene lends a claim does not set it apart from another.
    fn but_for_lent(self, lent: bool) -> Self {
        if lent && self == Self::Apart { Self::Open } else { self }
    }
}

/// Whether a role of the claim is filled from the scene around it and not by its own sentence.
fn is_lent(claim: &Claim, role: &str) -> bool {
    claim.why.iter().any(|why| {
        why.rule
            .strip_prefix(role)
            .is_some_and(|from| !from.starts_with("of-clause") && !from.starts_with("of-sentence"))
    })
}

fn meeting<T>(a: &[T], b: &[T], share: impl Fn(&[T], &[T]) -> bool) -> Meeting {
    if a.is_empty() || b.is_empty() {
        Meeting::Open
    } else if share(a, b) {
        Meeting::Same
    } else {
        Meeting::Apart
    }
}

fn question(yes: &Claim, no: &Claim, undisputed: impl Fn() -> bool) -> Question {
    if no.claim_type == ClaimType::Accuse && VIOLENT.contains(&yes.claim_type)
        || yes.claim_type == ClaimType::Accuse && VIOLENT.contains(&no.claim_type)
    {
        return Question::Responsibility;
    }
    // Whether its fighters withdrew, as others report, is not yet who holds the town.
    if yes.claim_type == ClaimType::Retreat
        && no.claim_type == ClaimType::Retreat
        && yes.report.hash != no.report.hash
    {
        return Question::Occurrence;
    }
    let presence = |c: &Claim| c.kind == Kind::Control && c.extent == Some(Extent::Presence);
    match no.claim_type {
        ClaimType::Seize | ClaimType::Retreat | ClaimType::Holds | ClaimType::Contests
            if !presence(no) && !no.places.is_empty() =>
        {
            Question::Control
        }
        ClaimType::Accuse | ClaimType::Reject => Question::Motive,
        kind if VIOLENT.contains(&kind) && undisputed() => Question::Responsibility,
        _ => Question::Occurrence,
    }
}

/// Whether `c` stands by one of the two that oppose: what is told far off in one place is another event of one war.
fn near(c: &Claim, yes: &Claim, no: &Claim) -> bool {
    c.report.hash != yes.report.hash
        || c.evidence.start.abs_diff(yes.evidence.start) < 3 * NEARBY
        || c.evidence.start.abs_diff(no.evidence.start) < 3 * NEARBY
}

/// What is told of violence by whom it befell, and what is told of it without a place, by type.
struct Hurt {
    by_target: Index,
    placeless: BTreeMap<ClaimType, Vec<usize>>,
}

impl Hurt {
    fn of(scene: &Scene<'_>) -> Self {
        let violent = |c: &Claim| c.polarity == Polarity::Positive && VIOLENT.contains(&c.claim_type);
        let mut placeless: BTreeMap<ClaimType, Vec<usize>> = BTreeMap::new();
        for (at, claim) in scene.claims.iter().enumerate().filter(|(_, c)| violent(c) && c.places.is_empty())
        {
            placeless.entry(claim.claim_type).or_default().push(at);
        }
        Self { by_target: Index::of(scene, violent, |claim| actors(claim.targets.iter())), placeless }
    }
}

/// Whether that it happened is itself not at issue: the report tells it in its own voice, or somebody tells it of others or of nobody.
fn undisputed(scene: &Scene<'_>, ground: &Index, hurt: &Hurt, yes: &Claim, no: &Claim) -> bool {
    let tells = |c: &Claim| {
        let one_event = c.same_as.as_ref() == Some(&yes.key)
            || share_place(&c.places, &yes.places) && near(c, yes, no)
            || share_actor(&c.targets, &yes.targets)
                && c.evidence.start.abs_diff(yes.evidence.start) < 3 * NEARBY
            || c.claim_type == yes.claim_type && c.places.is_empty() && yes.places.is_empty();
        c.polarity == Polarity::Positive
            && VIOLENT.contains(&c.claim_type)
            && types_meet(c.claim_type, yes.claim_type, false)
            && one_event
            && (c.attribution.is_empty() && !by_others(c, no)
                || !c.attribution.is_empty() && c.key != yes.key && !share_actor(&c.agents, &no.agents))
    };
    let placeless = if yes.places.is_empty() { hurt.placeless.get(&yes.claim_type) } else { None };
    let told = |at: usize| tells(scene.claims[at]);
    // "Denied that civilians had been killed" names nobody who did not do it.
    let nobody = no.agents.is_empty() || no.claim_type == ClaimType::Kill && is_lent(no, "agents.");
    !nobody
        && (scene.keyed(&yes.key).iter().chain(scene.report_of(yes)).any(|&at| told(at))
            || placeless.into_iter().flatten().any(|&at| told(at))
            || ground.anywhere(&looked_for(&yes.places)).into_iter().any(told)
            || hurt.by_target.anywhere(&actors(yes.targets.iter())).into_iter().any(told))
}

/// Whether the claim itself says that others than the denier's side did it: another act of the same war.
fn by_others(c: &Claim, no: &Claim) -> bool {
    let one = |x: &contested_model::Participant| {
        no.agents.iter().any(|y| same_actor(x, y) || one_state(&x.name, &y.name))
    };
    !c.agents.is_empty() && !is_lent(c, "agents.") && !c.agents.iter().any(one)
}
