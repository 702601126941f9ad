//! Accusations and denials that name their content by pointing at it: "blamed X for it", "an allegation that the group denied". What was
//! told before is told again by the one who answers, with the accused as agent.

mod denial;
mod dismissal;
pub(crate) mod words;

use contested_model::{Certainty, ClaimType, Kind, Polarity, Stance};

use words::{Class, is};

use crate::arguments;
use crate::attribution::{CueSpan, Speaker, Statement};
use crate::draft::{Draft, Filler};
use crate::lexicon::Step;
use crate::mentions::{Mentions, Sort};
use crate::sharing::FIGHTING;
use crate::tree::Tree;

/// How many sentences back the thing denied may have been told.
const REACH: usize = 4;

/// Adds the claims that accusations and denials tell by pointing. New statements are appended for their speakers.
pub(crate) fn add(
    drafts: &mut Vec<Draft>,
    statements: &mut Vec<Statement>,
    trees: &[Tree<'_>],
    mentions: &Mentions,
) {
    // Who is accused first: a denial may answer what the accusation says.
    each(trees, drafts, |sentence, tree, at, drafts| {
        is(tree.lemma(at), Class::Accusing)
            .then(|| accusation(drafts, statements, sentence, tree, at, mentions))
            .flatten()
    });
    let answered: Vec<Draft> = (0..statements.len())
        .filter(|&at| statements[at].answers && statements[at].stance == Stance::Denies)
        .flat_map(|answer| denial::answered(drafts, statements, answer))
        .collect();
    drafts.extend(answered);
    each(trees, drafts, |sentence, tree, at, drafts| {
        if is(tree.lemma(at), Class::Denying) && tree.is_verbal(at) {
            return denial::verb(drafts, statements, sentence, tree, at, mentions);
        }
        denial::noun(drafts, statements, sentence, tree, at, mentions)
            .or_else(|| dismissal::find(drafts, statements, sentence, tree, at, mentions))
    });
    drafts.sort_by_key(|draft| (draft.sentence, draft.first, draft.last));
}

/// Adds what `find` makes of every word of the report, sentence by sentence.
fn each(
    trees: &[Tree<'_>],
    drafts: &mut Vec<Draft>,
    mut find: impl FnMut(usize, &Tree<'_>, u32, &[Draft]) -> Option<Draft>,
) {
    let mut added = Vec::new();
    for (sentence, tree) in trees.iter().enumerate() {
        for at in 0..tree.len() {
            added.extend(find(sentence, tree, at, drafts));
        }
    }
    drafts.extend(added);
    drafts.sort_by_key(|draft| (draft.sentence, draft.first, draft.last));
}

const fn opposite(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
    }
}

/// "France accused Hezbollah of being responsible": the event spoken of, done by the accused, as the accuser says.
fn accusation(
    drafts: &[Draft],
    statements: &mut Vec<Statement>,
    sentence: usize,
    tree: &Tree<'_>,
    at: u32,
    mentions: &Mentions,
) -> Option<Draft> {
    if !tree.is_verbal(at) {
        return None;
    }
    let arguments = arguments::of(tree, at);
    let accuser = arguments.at(&Step::Subj).find_map(|token| actor(mentions, sentence, token))?;
    let accused = arguments.at(&Step::Obj).find_map(|token| actor(mentions, sentence, token))?;
    let said_here = drafts.iter().any(|d| {
        d.sentence == sentence
            && d.at > at
            && d.claim_type.kind() == Kind::Event
            && d.agents.iter().any(|f| same(mentions, f.mention, accused))
    });
    if said_here {
        return None;
    }
    let told = antecedent(drafts, sentence, at, |d| {
        FIGHTING.contains(&d.claim_type) && d.polarity == Polarity::Positive
    })?;
    let statement =
        speak(statements, sentence, at, tree, mentions, accuser, Stance::Asserts, "accusation.pointing.v1");
    Some(again(told, sentence, at, Some(accused), statement, Polarity::Positive, "accusation.pointing.v1"))
}

/// Whether a statement's content holds a claim of its own.
fn tells(drafts: &[Draft], statement: &Statement) -> bool {
    drafts.iter().any(|d| d.sentence == statement.sentence && statement.covers(d.sentence, d.at))
}

fn actor(mentions: &Mentions, sentence: usize, token: u32) -> Option<usize> {
    let index = mentions.at(sentence, token)?;
    let meant = mentions.resolved(index);
    matches!(mentions.all[meant].sort, Sort::Actor | Sort::Both).then_some(index)
}

fn same(mentions: &Mentions, a: usize, b: usize) -> bool {
    let (a, b) = (&mentions.all[mentions.resolved(a)], &mentions.all[mentions.resolved(b)]);
    a.name == b.name || (a.actor.is_some() && a.actor == b.actor)
}

/// The last draft told before `at` that `fits`, in this sentence or the ones before.
fn antecedent(drafts: &[Draft], sentence: usize, at: u32, fits: impl Fn(&Draft) -> bool) -> Option<&Draft> {
    drafts
        .iter()
        .filter(|d| {
            d.sentence < sentence && sentence - d.sentence <= REACH || d.sentence == sentence && d.at < at
        })
        .filter(|d| {
            matches!(d.claim_type.kind(), Kind::Event | Kind::Control)
                && d.claim_type != ClaimType::Declare
                && d.about.is_none()
        })
        .filter(|d| fits(d))
        .last()
}

#[allow(clippy::too_many_arguments, reason = "the parts of one statement")]
fn speak(
    statements: &mut Vec<Statement>,
    sentence: usize,
    at: u32,
    tree: &Tree<'_>,
    mentions: &Mentions,
    who: usize,
    stance: Stance,
    rule: &'static str,
) -> usize {
    let mention = &mentions.all[who];
    statements.push(Statement {
        sentence,
        cue: CueSpan { first: at, last: at },
        cue_lemma: tree.lemma(at).to_owned(),
        stance,
        speaker: Some(Speaker {
            sentence: mention.sentence,
            head: mention.head,
            first: mention.first,
            last: mention.last,
        }),
        addressee: None,
        scope: Vec::new(),
        relayed_by: None,
        answers: false,
        rule,
    });
    statements.len() - 1
}

fn again(
    told: &Draft,
    sentence: usize,
    at: u32,
    agent: Option<usize>,
    statement: usize,
    polarity: Polarity,
    rule: &str,
) -> Draft {
    Draft {
        sentence,
        at,
        first: at,
        last: at,
        agents: agent
            .map_or_else(|| told.agents.clone(), |mention| vec![Filler { mention, inherited: false }]),
        polarity,
        certainty: Certainty::Certain,
        phase: None,
        casualties: Vec::new(),
        chain: vec![statement],
        why: vec![(rule.to_owned(), vec![at])],
        sense: rule.to_owned(),
        confidence: 0.7,
        ..told.clone()
    }
}
