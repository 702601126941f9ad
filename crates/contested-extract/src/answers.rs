//! Accusations and denials that name their content by pointing at it: "blamed X for it", "an allegation that the group denied". What was
//! told before is told again by the one who answers, with the accused as agent.

use contested_model::{Certainty, ClaimType, Kind, Polarity, Stance};

use crate::arguments;
use crate::attribution::{self, CueSpan, Speaker, Statement};
use crate::draft::{Draft, Filler};
use crate::lexicon::Step;
use crate::mentions::{Mentions, Sort};
use crate::sharing::FIGHTING;
use crate::tree::Tree;

/// How many sentences back the thing denied may have been told.
const REACH: usize = 4;

/// Verbs that answer something already said.
const DENYING: &[&str] = &["deny", "reject", "refute", "dismiss", "dispute", "disavow", "disclaim", "rebuff"];

/// Words for what somebody has said: to deny them is to deny what was said, whoever it is about.
const TOLD: &[&str] = &[
    "claim",
    "allegation",
    "accusation",
    "report",
    "statement",
    "account",
    "version",
    "suggestion",
    "charge",
    "announcement",
    "declaration",
    "which",
];

/// Objects by which a denial points at what was said; a denial of anything else says itself what it denies.
const POINTING: &[&str] = &["it", "this", "that", "responsibility", "involvement", "role", "any", "blame"];

/// Adds the claims that accusations and denials tell by pointing. New statements are appended for their speakers.
pub(crate) fn add(
    drafts: &mut Vec<Draft>,
    statements: &mut Vec<Statement>,
    trees: &[Tree<'_>],
    mentions: &Mentions,
) {
    let mut added: Vec<Draft> = Vec::new();
    for draft in drafts.iter() {
        for answer in attribution::answers(statements, draft.sentence, draft.at) {
            if statements[answer].stance == Stance::Denies && draft.claim_type.kind() == Kind::Event {
                let mut denied = draft.clone();
                denied.polarity = opposite(draft.polarity);
                denied.chain = vec![answer];
                denied.why.push((statements[answer].rule.to_owned(), vec![]));
                added.push(denied);
            }
        }
    }
    for (sentence, tree) in trees.iter().enumerate() {
        for at in 0..tree.len() {
            if !tree.is_verbal(at) {
                continue;
            }
            if DENYING.contains(&tree.lemma(at)) {
                added.extend(denial(drafts, statements, sentence, tree, at, mentions));
            } else if matches!(tree.lemma(at), "accuse" | "blame") {
                added.extend(accusation(drafts, statements, sentence, tree, at, mentions));
            }
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

fn denial(
    drafts: &[Draft],
    statements: &mut Vec<Statement>,
    sentence: usize,
    tree: &Tree<'_>,
    at: u32,
    mentions: &Mentions,
) -> Option<Draft> {
    let arguments = arguments::of(tree, at);
    let mut objects = arguments.at(&Step::Obj).peekable();
    let told = objects.peek().is_some_and(|&token| TOLD.contains(&tree.lemma(token)));
    let points = objects
        .all(|token| POINTING.contains(&tree.lemma(token)) || TOLD.contains(&tree.lemma(token)))
        && arguments.at(&Step::Comp).next().is_none();
    let denier = arguments.at(&Step::Subj).find_map(|token| actor(mentions, sentence, token))?;
    if !points
        || statements
            .iter()
            .any(|s| s.sentence == sentence && s.cue.first <= at && at <= s.cue.last && tells(drafts, s))
    {
        return None;
    }
    let accused = |draft: &Draft| {
        draft.claim_type == ClaimType::Accuse
            && draft.targets.iter().any(|f| same(mentions, f.mention, denier))
    };
    let done = |draft: &Draft| draft.agents.iter().any(|f| same(mentions, f.mention, denier));
    let said = |draft: &Draft| told && !draft.chain.is_empty() && draft.sentence + 1 >= sentence;
    let found = antecedent(drafts, sentence, at, |draft| accused(draft) || done(draft) || said(draft))?;
    let (content, agent) = if found.claim_type == ClaimType::Accuse {
        (antecedent(drafts, sentence, at, |d| FIGHTING.contains(&d.claim_type))?, Some(denier))
    } else {
        (found, done(found).then_some(denier))
    };
    let statement =
        speak(statements, sentence, at, tree, mentions, denier, Stance::Denies, "denial.pointing.v1");
    Some(again(content, sentence, at, agent, statement, opposite(content.polarity), "denial.pointing.v1"))
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
    drafts.iter().any(|draft| statement.covers(draft.sentence, draft.at))
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
