//! Who fills a role, and where it happened, where the grammar does not settle it: every phrase near a predicate is a candidate beside what
//! the rules found, and a log-linear model over named features chooses.
//!
//! The weights (`lexicon/roles.tsv`) are learnt by `training/roles.py` from annotated reports; features have names that people can read,
//! so that the table can be reviewed. Without weights the rules' choice stands.

mod camps;
mod candidates;
mod features;
mod paths;
mod places;
mod table;

use contested_model::{ClaimType, Kind};

use crate::assemble;
use crate::attribution::Statement;
use crate::draft::{Draft, Filler};
use crate::ground::Ground;
use crate::lexicon::Role;
use crate::mentions::{Mention, Mentions};
use crate::naming::Context;
use crate::tree::Tree;

use self::candidates::Candidate;
use self::features::Features;
use self::places::PlaceFeatures;

pub(crate) use self::camps::Camps;
pub(crate) use self::table::source;

/// What the model sees of one report.
pub(crate) struct Scene<'a> {
    pub(crate) trees: &'a [Tree<'a>],
    pub(crate) mentions: &'a Mentions,
    pub(crate) ground: Ground<'a>,
    pub(crate) statements: &'a [Statement],
    pub(crate) context: &'a Context<'a>,
    /// Title in lower case, and the place of the dateline.
    pub(crate) title: Option<&'a str>,
    pub(crate) dateline: Option<&'a str>,
    /// ISO codes of the countries that each sentence names, with the mention that does.
    pub(crate) countries: Vec<Vec<(String, usize)>>,
    /// Offsets of the line breaks of the text.
    pub(crate) breaks: Vec<u32>,
    /// How its actors stand to one another.
    pub(crate) camps: Camps<'a>,
}

impl Scene<'_> {
    /// The countries that each sentence names by its actors and places.
    pub(crate) fn countries(
        trees: &[Tree<'_>],
        mentions: &Mentions,
        ground: &Ground<'_>,
    ) -> Vec<Vec<(String, usize)>> {
        let mut found = vec![Vec::new(); trees.len()];
        for (index, mention) in mentions.all.iter().enumerate() {
            let located = ground.resolved[index].as_ref().and_then(|r| r.best.as_ref()?.country);
            let code = mention.country.clone().or_else(|| located.map(|code| code.to_string()));
            if let Some(code) = code {
                found[mention.sentence].push((code, index));
            }
        }
        found
    }

    /// Offsets of line breaks, in characters.
    pub(crate) fn breaks(text: &str) -> Vec<u32> {
        text.chars().zip(0u32..).filter(|&(c, _)| c == '\n').map(|(_, at)| at).collect()
    }

    /// Whether the sentence names the country `code` otherwise than by the mention `index`, or other countries only.
    fn agreement(&self, sentence: usize, code: Option<&str>, index: usize) -> &'static str {
        let Some(code) = code else { return "unknown" };
        let mut others = self.countries[sentence].iter().filter(|(_, by)| *by != index).peekable();
        if others.peek().is_none() {
            "alone"
        } else if others.any(|(known, _)| known == code) {
            "agrees"
        } else {
            "differs"
        }
    }

    /// How many line breaks lie between the trigger and a mention.
    fn breaks_between(&self, draft: &Draft, mention: &Mention) -> &'static str {
        let trigger = self.trees[draft.sentence].token(draft.at).span.start;
        let (low, high) = (trigger.min(mention.span.start), trigger.max(mention.span.start));
        let upto = |at: u32| self.breaks.partition_point(|&b| b < at);
        ["0", "1", "2", "3"][(upto(high) - upto(low)).min(3)]
    }
}

/// One candidate as training sees it: who would fill the role, and the names of its features.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Index of the claim among the report's candidates.
    pub claim: usize,
    /// `agents`, `targets`, `places`, or, of types whose two sides both do it, `first-side` and `other-side` (both together).
    pub role: &'static str,
    /// Name and words of each participant or place; empty when the role would stay open.
    pub participants: Vec<(String, String)>,
    /// Names of the features.
    pub features: Vec<String>,
}

/// Types whose two sides both do it.
const SYMMETRIC: &[ClaimType] = &[ClaimType::Clash, ClaimType::Talk, ClaimType::Agree, ClaimType::Ceasefire];

/// Types that are seldom done to anybody: whom they are done to is never guessed.
const UNTARGETED: &[ClaimType] =
    &[ClaimType::Move, ClaimType::Retreat, ClaimType::Declare, ClaimType::Vote, ClaimType::Govern];

/// One thing that is asked about a draft.
struct Ask {
    /// What the names of its features begin with.
    letter: &'static str,
    role: Role,
    label: &'static str,
    rule: &'static str,
    /// Asked of types whose two sides both do it, or of all others; `None` of both.
    symmetric: Option<bool>,
}

/// What is asked, in order: each sees what the ones before came to.
const ASKS: [Ask; 5] = [
    Ask { letter: "A", role: Role::Agent, label: "agents", rule: "agents.ranked.v1", symmetric: Some(false) },
    Ask {
        letter: "T",
        role: Role::Target,
        label: "targets",
        rule: "targets.ranked.v1",
        symmetric: Some(false),
    },
    Ask {
        letter: "C",
        role: Role::Agent,
        label: "first-side",
        rule: "agents.ranked.v1",
        symmetric: Some(true),
    },
    Ask {
        letter: "O",
        role: Role::Target,
        label: "other-side",
        rule: "targets.ranked.v1",
        symmetric: Some(true),
    },
    Ask { letter: "P", role: Role::Place, label: "places", rule: "places.ranked.v1", symmetric: None },
];

impl Ask {
    fn is_open(&self, draft: &Draft) -> bool {
        let content = draft.content();
        let sides = SYMMETRIC.contains(&content);
        // where both sides stand among the arguments nobody is missing
        let told = self.symmetric == Some(true) && self.role == Role::Target && draft.agents.len() > 1;
        let idle = self.role == Role::Target && UNTARGETED.contains(&content);
        let nobody = self.role != Role::Place && names_nobody(draft);
        // what is denied happened, or did not, where it was told
        let answer = self.role == Role::Place && draft.sense.starts_with("denial.");
        content.kind() == Kind::Event
            && !answer
            && !idle
            && !nobody
            && self.symmetric.is_none_or(|asked| asked == sides)
            && !told
    }
}

/// How much better than a place among a predicate's own arguments another must be.
const OWN_PLACE: f64 = 1.0;

/// Gives the parts of the name of every feature of a candidate to a taker.
type Take<'t> = &'t mut dyn FnMut(&[&str]);

/// The candidates for one role of one draft, and their features.
struct Question<'a> {
    drafts: &'a [Draft],
    at: usize,
    ask: &'a Ask,
    scene: &'a Scene<'a>,
    told: &'a features::Told,
    grounds: &'a places::Told,
}

impl Question<'_> {
    fn candidates(&self) -> Vec<Candidate> {
        let Self { drafts, at, ask, scene, told, grounds } = *self;
        match ask.role {
            Role::Place => places::candidates(drafts, at, scene, grounds),
            role => candidates::of(drafts, at, role, scene, told, ask.symmetric == Some(true)),
        }
    }

    fn each(&self, candidate: &Candidate, all: &[Candidate], take: Take<'_>) {
        let Self { drafts, at, ask, scene, told, grounds } = *self;
        match ask.role {
            Role::Place => PlaceFeatures { drafts, at, scene, told: grounds }.each(candidate, all, take),
            role => {
                Features { drafts, at, role, letter: ask.letter, scene, told }.each(candidate, all, take);
            }
        }
    }
}

/// Fills agents, targets and places of every event anew.
pub(crate) fn choose(drafts: &mut [Draft], scene: &Scene<'_>) {
    for ask in &ASKS {
        answer(drafts, scene, ask);
    }
}

fn answer(drafts: &mut [Draft], scene: &Scene<'_>, ask: &Ask) {
    if table::weights().is_empty() {
        return;
    }
    leave_idle(drafts, ask);
    let (told, grounds) = (features::Told::of(drafts, scene.mentions), places::Told::of(drafts, scene));
    for at in 0..drafts.len() {
        answer_one(drafts, at, scene, ask, &told, &grounds);
    }
}

/// "The town changed hands": from whom and to whom is not told, and never guessed.
fn names_nobody(draft: &Draft) -> bool {
    draft.sense.starts_with("seize.change-hands.")
}

/// Takes back what was lent to types that are seldom done to anybody.
fn leave_idle(drafts: &mut [Draft], ask: &Ask) {
    if ask.role != Role::Place {
        for draft in drafts.iter_mut().filter(|draft| names_nobody(draft)) {
            draft.agents.clear();
            draft.targets.clear();
        }
    }
    if ask.role == Role::Target {
        for draft in drafts.iter_mut().filter(|draft| UNTARGETED.contains(&draft.content())) {
            draft.targets.retain(|f| !f.inherited);
        }
    }
}

/// Fills one role of one draft; drafts before it are filled already.
fn answer_one(
    drafts: &mut [Draft],
    at: usize,
    scene: &Scene<'_>,
    ask: &Ask,
    told: &features::Told,
    grounds: &places::Told,
) {
    let (role, table) = (ask.role, table::weights());
    // what stands among a predicate's own arguments stays; the model errs there as often as the rules
    let own = filled(&drafts[at], role).first().is_some_and(|f| !f.inherited);
    if own && role != Role::Place || !ask.is_open(&drafts[at]) {
        return;
    }
    let question = Question { drafts, at, ask, scene, told, grounds };
    let offers = question.candidates();
    let mut scores = offers.iter().map(|candidate| {
        let mut sum = 0.0;
        question.each(candidate, &offers, &mut |parts| sum += table.weight(parts));
        sum
    });
    let bar = scores.next().unwrap_or(0.0) + if own { OWN_PLACE } else { 0.0 };
    let best = scores
        .enumerate()
        .map(|(index, score)| (index + 1, score))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    let Some((index, _)) = best.filter(|&(_, score)| score > bar) else { return };
    let fillers = offers[index].fillers.clone();
    let draft = &mut drafts[at];
    let other = match role {
        Role::Agent => Some(&mut draft.targets),
        Role::Target => Some(&mut draft.agents),
        Role::Place => None,
    };
    if let Some(other) = other {
        other.retain(|f| !fillers.iter().any(|g| g.mention == f.mention));
    }
    match role {
        Role::Agent => draft.agents = fillers,
        Role::Target => draft.targets = fillers,
        Role::Place => draft.places = fillers,
    }
    draft.why.push((ask.rule.to_owned(), Vec::new()));
}

/// Everything that could be chosen, for training. Each role is asked about when those before it are filled.
pub(crate) fn offers(drafts: &mut [Draft], scene: &Scene<'_>) -> Vec<Offer> {
    let mut all = Vec::new();
    for ask in &ASKS {
        let role = ask.role;
        leave_idle(drafts, ask);
        let (told, grounds) = (features::Told::of(drafts, scene.mentions), places::Told::of(drafts, scene));
        for at in 0..drafts.len() {
            if !ask.is_open(&drafts[at]) {
                continue;
            }
            let question = Question { drafts, at, ask, scene, told: &told, grounds: &grounds };
            let offers = question.candidates();
            for candidate in &offers {
                let mut names = Vec::new();
                question.each(candidate, &offers, &mut |parts| names.push(parts.join(" ")));
                // the other side is judged together with the first
                let first = drafts[at].agents.iter().filter(|_| ask.label == "other-side");
                let fillers: Vec<Filler> = first.chain(&candidate.fillers).copied().collect();
                let participants = if role == Role::Place {
                    let places = scene.ground.places(&fillers);
                    places.into_iter().map(|p| (p.name, p.text)).collect()
                } else {
                    let people = assemble::participants(&fillers, scene.mentions, scene.context);
                    people.into_iter().map(|p| (p.name, p.text)).collect()
                };
                all.push(Offer { claim: at, role: ask.label, participants, features: names });
            }
            answer_one(drafts, at, scene, ask, &told, &grounds);
        }
    }
    all
}

/// The fillers of `role`.
fn filled(draft: &Draft, role: Role) -> &[Filler] {
    match role {
        Role::Agent => &draft.agents,
        Role::Target => &draft.targets,
        Role::Place => &draft.places,
    }
}

/// The name that stands for a candidate in counts.
fn name_of<'m>(candidate: &Candidate, mentions: &'m Mentions) -> Option<&'m str> {
    candidate.fillers.first().map(|f| mentions.all[mentions.resolved(f.mention)].name.as_str())
}
