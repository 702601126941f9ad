//! How a claim came about: the words and the tree that the rules read, the mentions that its participants were resolved through, and what
//! the confidence model saw. For people; nothing is computed from it.

use contested_language::Analysis;
use contested_model::Span;
use serde::Serialize;

use crate::confidence;
use crate::draft::{Draft, Filler};
use crate::mentions::Mentions;
use crate::tree::Tree;

/// How a claim came about, beyond what the claim itself says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The sentence that holds the trigger, counted from 0.
    pub sentence: usize,
    /// Its words with the tree that the rules read.
    pub words: Vec<Word>,
    /// First and last word of the trigger, positions in `words`.
    pub trigger: (u32, u32),
    /// Participants and places, agents first, in the order of the claim.
    pub resolved: Vec<Resolved>,
    /// Chance that the claim is right by the model, from 0 to 1; the claim's confidence is higher where another claim vouches for it.
    pub chance: f64,
    /// What the model went by, heaviest first: name of the feature, and log odds that it adds.
    pub weights: Vec<Weight>,
}

/// A word of the sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Word {
    /// Its characters in the report's text.
    pub span: Span,
    /// As it is written.
    pub text: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: &'static str,
    /// Position of the word it depends on, `None` for the root.
    pub head: Option<u32>,
    /// How it depends on it.
    pub deprel: &'static str,
    /// Whether the parser had hung or tagged it otherwise, and it was put right.
    pub repaired: bool,
}

/// What a participant or place of the claim was resolved through.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resolved {
    /// `agent`, `target` or `place`.
    pub role: &'static str,
    /// The mention told here, then what it stands for, to the last.
    pub trail: Vec<Stop>,
    /// The name that the claim gives it.
    pub name: String,
    /// Id in the actor base, if it is there.
    pub actor: Option<String>,
    /// Whether another predicate or sentence lent it.
    pub lent: bool,
}

/// A mention in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stop {
    /// Its words.
    pub text: String,
    /// Its sentence, counted from 0.
    pub sentence: usize,
    /// Its characters in the report's text.
    pub span: Span,
}

/// A feature of the confidence model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weight {
    /// Name.
    pub feature: String,
    /// Log odds that it adds.
    pub weight: f64,
}

/// Explains the claim that `draft` comes to. `parsed` is the analysis before repairs.
pub(crate) fn explain(
    draft: &Draft,
    tree: &Tree<'_>,
    parsed: &Analysis,
    mentions: &Mentions,
    (features, prior): &(Vec<String>, f64),
) -> Explanation {
    let before = parsed.sentences.get(draft.sentence);
    let words = tree
        .sentence
        .tokens
        .iter()
        .enumerate()
        .map(|(at, token)| Word {
            span: token.span,
            text: token.text.clone(),
            lemma: token.lemma.clone(),
            upos: token.upos.as_str(),
            head: token.head,
            deprel: token.deprel.as_str(),
            repaired: before.and_then(|sentence| sentence.tokens.get(at)).is_some_and(|other| {
                (other.head, other.deprel, other.upos) != (token.head, token.deprel, token.upos)
            }),
        })
        .collect();
    let of = |role, fillers: &[Filler]| -> Vec<Resolved> {
        fillers.iter().map(|filler| resolved(role, *filler, mentions)).collect()
    };
    let resolved =
        [of("agent", &draft.agents), of("target", &draft.targets), of("place", &draft.places)].concat();
    let weights = confidence::weighed(features, *prior)
        .into_iter()
        .map(|(feature, weight)| Weight { feature, weight })
        .collect();
    Explanation {
        sentence: draft.sentence,
        words,
        trigger: (draft.first, draft.last),
        resolved,
        chance: confidence::chance(features, *prior),
        weights,
    }
}

fn resolved(role: &'static str, filler: Filler, mentions: &Mentions) -> Resolved {
    let last = mentions.resolved(filler.mention);
    let mut trail = Vec::new();
    let mut at = filler.mention;
    loop {
        let mention = &mentions.all[at];
        trail.push(Stop { text: mention.text.clone(), sentence: mention.sentence, span: mention.span });
        match mention.refers_to {
            Some(next) if at != last && next != at => at = next,
            _ => break,
        }
    }
    let meant = &mentions.all[last];
    let name = match (role, &meant.place) {
        ("place", Some(words)) => words.name.clone(),
        _ => meant.name.clone(),
    };
    Resolved { role, trail, name, actor: meant.actor.clone(), lent: filler.inherited }
}
