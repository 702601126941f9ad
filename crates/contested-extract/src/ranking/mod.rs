//! Who fills a role, and where it happened, where the grammar does not settle it: every phrase near a predicate is a candidate beside what
//! the rules found, and a log-linear model over named features chooses.
//!
//! The weights (`lexicon/roles.tsv`) are learnt by `training/roles.py` from annotated reports; features have names that people can read,
//! so that the table can be reviewed. Without weights the rules' choice stands.

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
    /// `agents`, `targets` or `places`.
    pub role: &'static str,
    /// Name and words of each participant or place; empty when the role would stay open.
    pub participants: Vec<(String, String)>,
    /// Names of the features.
    pub features: Vec<String>,
}

/// Types whose sides the annotators write as one set: the rules' choice stands.
const SYMMETRIC: &[ClaimType] = &[ClaimType::Clash, ClaimType::Talk, ClaimType::Agree, ClaimType::Ceasefire];

/// Roles in the order in which they are filled: each sees what the ones before came to.
const ROLES: [(Role, &str, &str); 3] = [
    (Role::Agent, "agents", "agents.ranked.v1"),
    (Role::Target, "targets", "targets.ranked.v1"),
    (Role::Place, "places", "places.ranked.v1"),
];

/// How much better than a place among a predicate's own arguments another must be.
const OWN_PLACE: f64 = 1.0;

fn is_open(draft: &Draft, role: Role) -> bool {
    draft.content().kind() == Kind::Event && (role == Role::Place || !SYMMETRIC.contains(&draft.content()))
}

/// Gives the parts of the name of every feature of a candidate to a taker.
type Take<'t> = &'t mut dyn FnMut(&[&str]);

/// The candidates for one role of one draft, and their features.
struct Question<'a> {
    drafts: &'a [Draft],
    at: usize,
    role: Role,
    scene: &'a Scene<'a>,
    told: &'a features::Told,
    grounds: &'a places::Told,
}

impl Question<'_> {
    fn candidates(&self) -> Vec<Candidate> {
        match self.role {
            Role::Place => places::candidates(self.drafts, self.at, self.scene, self.grounds),
            role => candidates::of(self.drafts, self.at, role, self.scene, self.told),
        }
    }

    fn each(&self, candidate: &Candidate, all: &[Candidate], take: Take<'_>) {
        let Self { drafts, at, role, scene, told, grounds } = *self;
        match role {
            Role::Place => PlaceFeatures { drafts, at, scene, told: grounds }.each(candidate, all, take),
            role => Features { drafts, at, role, scene, told }.each(candidate, all, take),
        }
    }
}

/// Fills agents, targets and places of every event anew.
pub(crate) fn choose(drafts: &mut [Draft], scene: &Scene<'_>) {
    for role in ROLES {
        choose_role(drafts, scene, role);
    }
}

fn choose_role(drafts: &mut [Draft], scene: &Scene<'_>, (role, _, rule): (Role, &str, &str)) {
    let table = table::weights();
    if table.is_empty() {
        return;
    }
    let (told, grounds) = (features::Told::of(drafts, scene.mentions), places::Told::of(drafts, scene));
    let mut chosen: Vec<(usize, Vec<Filler>)> = Vec::new();
    for at in 0..drafts.len() {
        // what stands among a predicate's own arguments stays; the model errs there as often as the rules
        let own = filled(&drafts[at], role).first().is_some_and(|f| !f.inherited);
        if own && role != Role::Place || !is_open(&drafts[at], role) {
            continue;
        }
        let question = Question { drafts, at, role, scene, told: &told, grounds: &grounds };
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
        if let Some((index, _)) = best.filter(|&(_, score)| score > bar) {
            chosen.push((at, offers[index].fillers.clone()));
        }
    }
    for (at, fillers) in chosen {
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
        draft.why.push((rule.to_owned(), Vec::new()));
    }
}

/// Everything that could be chosen, for training. Each role is asked about when those before it are filled.
pub(crate) fn offers(drafts: &mut [Draft], scene: &Scene<'_>) -> Vec<Offer> {
    let mut all = Vec::new();
    for ask in ROLES {
        let (role, label, _) = ask;
        let (told, grounds) = (features::Told::of(drafts, scene.mentions), places::Told::of(drafts, scene));
        for at in (0..drafts.len()).filter(|&at| is_open(&drafts[at], role)) {
            let question = Question { drafts, at, role, scene, told: &told, grounds: &grounds };
            let offers = question.candidates();
            for candidate in &offers {
                let mut names = Vec::new();
                question.each(candidate, &offers, &mut |parts| names.push(parts.join(" ")));
                let participants = if role == Role::Place {
                    let places = scene.ground.places(&candidate.fillers);
                    places.into_iter().map(|p| (p.name, p.text)).collect()
                } else {
                    let people = assemble::participants(&candidate.fillers, scene.mentions, scene.context);
                    people.into_iter().map(|p| (p.name, p.text)).collect()
                };
                all.push(Offer { claim: at, role: label, participants, features: names });
            }
        }
        choose_role(drafts, scene, ask);
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
