//! What is denied without being told again: "denied responsibility", "a claim that officials denied", "despite denials by the ministry".

use contested_language::tags::{Deprel, Upos};
use contested_model::{ClaimType, Kind, Stance};

use super::words::{Class, is};
use super::{actor, again, antecedent, opposite, same, speak, tells};
use crate::arguments;
use crate::attribution::Statement;
use crate::draft::Draft;
use crate::lexicon::Step;
use crate::mentions::{Mentions, Sort};
use crate::sharing::FIGHTING;
use crate::tree::Tree;

/// "…, a claim that Y denied": everything that was claimed, by Y, negated. The words of an accusation are not denied where what they
/// accuse somebody of was found.
pub(super) fn answered(drafts: &[Draft], statements: &[Statement], answer: usize) -> Vec<Draft> {
    let statement = &statements[answer];
    let told: Vec<&Draft> = drafts
        .iter()
        .filter(|d| {
            statement.covers(d.sentence, d.at) && matches!(d.claim_type.kind(), Kind::Event | Kind::Control)
        })
        .collect();
    let speech = |d: &Draft| {
        matches!(
            d.claim_type,
            ClaimType::Accuse
                | ClaimType::Reject
                | ClaimType::Declare
                | ClaimType::Demand
                | ClaimType::Threaten
        )
    };
    let content = told.iter().any(|d| !speech(d));
    let vouched = told.iter().any(|d| !speech(d) && !d.chain.is_empty());
    told.into_iter()
        .filter(|d| !content || !speech(d))
        .filter(|d| !vouched || !d.chain.is_empty())
        .map(|told| {
            let mut denied = told.clone();
            denied.polarity = opposite(told.polarity);
            denied.chain = vec![answer];
            denied.why.push((statement.rule.to_owned(), vec![]));
            denied
        })
        .collect()
}

/// "Y denied it", "Y denied responsibility", "Y denied that its men were behind it".
pub(super) fn verb(
    drafts: &[Draft],
    statements: &mut Vec<Statement>,
    sentence: usize,
    tree: &Tree<'_>,
    at: u32,
    mentions: &Mentions,
) -> Option<Draft> {
    let arguments = arguments::of(tree, at);
    let objects: Vec<u32> = arguments.at(&Step::Obj).collect();
    let told = objects.first().is_some_and(|&token| is(tree.lemma(token), Class::Told));
    let clause = tree.child_by(at, Deprel::Ccomp).or_else(|| tree.child_by(at, Deprel::Xcomp));
    let points = match clause {
        None => objects
            .iter()
            .all(|&token| is(tree.lemma(token), Class::Pointing) || is(tree.lemma(token), Class::Told)),
        Some(clause) => takes_up(tree, clause),
    };
    let own = statements
        .iter()
        .find(|s| s.sentence == sentence && !s.answers && s.cue.first <= at && at <= s.cue.last)
        .and_then(|s| s.speaker.as_ref())
        .and_then(|speaker| actor(mentions, speaker.sentence, speaker.head));
    let denier =
        own.or_else(|| arguments.at(&Step::Subj).find_map(|token| actor(mentions, sentence, token)))?;
    let spoken = statements.iter().any(|s| {
        s.sentence == sentence && !s.answers && s.cue.first <= at && at <= s.cue.last && tells(drafts, s)
    });
    let answer = statements.iter().any(|s| s.sentence == sentence && s.answers && s.cue.first == at);
    if !points || spoken || answer {
        return None;
    }
    let doer = clause.and_then(|clause| {
        arguments::of(tree, clause).at(&Step::Subj).find_map(|token| actor(mentions, sentence, token))
    });
    let hand = clause.is_some() || objects.iter().any(|&token| is(tree.lemma(token), Class::Hand));
    deny(drafts, statements, sentence, tree, at, mentions, &Denial { denier, doer, told, hand })
}

/// "contradicting denials by the president", "despite its denials".
pub(super) fn noun(
    drafts: &[Draft],
    statements: &mut Vec<Statement>,
    sentence: usize,
    tree: &Tree<'_>,
    at: u32,
    mentions: &Mentions,
) -> Option<Draft> {
    if !is(tree.lemma(at), Class::Denial) || tree.upos(at) != Upos::Noun {
        return None;
    }
    let content = statements.iter().any(|s| s.sentence == sentence && s.cue.first == at && tells(drafts, s));
    let of =
        tree.children_by(at, Deprel::Nmod).any(|c| tree.case(c) == "of" && !is(tree.lemma(c), Class::Hand));
    let clause = tree.children_by(at, Deprel::Acl).next().is_some();
    if content || of || clause {
        return None;
    }
    let denier = tree
        .children(at)
        .iter()
        .copied()
        .filter(|&c| tree.deprel(c) == Deprel::NmodPoss || matches!(tree.case(c).as_str(), "by" | "from"))
        .find_map(|token| actor(mentions, sentence, token))?;
    let denial = Denial { denier, doer: None, told: false, hand: true };
    deny(drafts, statements, sentence, tree, at, mentions, &denial)
}

/// Who denies what.
struct Denial {
    denier: usize,
    /// Who is said not to have done it, where that is another.
    doer: Option<usize>,
    /// What somebody said is denied.
    told: bool,
    /// The hand in it is denied, not the act.
    hand: bool,
}

fn deny(
    drafts: &[Draft],
    statements: &mut Vec<Statement>,
    sentence: usize,
    tree: &Tree<'_>,
    at: u32,
    mentions: &Mentions,
    denial: &Denial,
) -> Option<Draft> {
    let &Denial { denier, doer, told, hand } = denial;
    let one = |mention: usize| same(mentions, mention, denier) || one_state(mentions, mention, denier);
    let accused =
        |draft: &Draft| draft.claim_type == ClaimType::Accuse && draft.targets.iter().any(|f| one(f.mention));
    let done = |draft: &Draft| draft.agents.iter().any(|f| one(f.mention));
    let said = |draft: &Draft| told && !draft.chain.is_empty() && draft.sentence + 1 >= sentence;
    let violent = |draft: &Draft| FIGHTING.contains(&draft.claim_type);
    let agent = doer.or(Some(denier));
    // the act before what came of it
    let act =
        |draft: &Draft| violent(draft) && !matches!(draft.claim_type, ClaimType::Kill | ClaimType::Destroy);
    let found = antecedent(drafts, sentence, at, |draft| accused(draft) || done(draft) || said(draft))
        .or_else(|| hand.then(|| antecedent(drafts, sentence, at, act)).flatten())
        .or_else(|| hand.then(|| antecedent(drafts, sentence, at, violent)).flatten())?;
    let (content, agent) = if found.claim_type == ClaimType::Accuse {
        let content = antecedent(drafts, sentence, at, act);
        (content.or_else(|| antecedent(drafts, sentence, at, violent))?, agent)
    } else {
        (found, (hand || done(found)).then_some(agent).flatten())
    };
    let polarity = opposite(content.polarity);
    let content = content.clone();
    let statement =
        speak(statements, sentence, at, tree, mentions, denier, Stance::Denies, "denial.pointing.v2");
    Some(again(&content, sentence, at, agent, statement, polarity, "denial.pointing.v2"))
}

/// Whether a clause names no act of its own: "did it", "was behind the attack", "had any part in it".
fn takes_up(tree: &Tree<'_>, clause: u32) -> bool {
    let verb = is(tree.lemma(clause), Class::Doing) || tree.child_by(clause, Deprel::Cop).is_some();
    let points = |t: u32| matches!(tree.norm(t), "it" | "this" | "that" | "so");
    let behind = is(tree.lemma(clause), Class::Culprit);
    behind
        || verb
            && tree.children(clause).iter().any(|&c| {
                matches!(tree.deprel(c).base(), Deprel::Obj | Deprel::Obl)
                    && (points(c) || is(tree.lemma(c), Class::Hand))
            })
        || tree.child_by(clause, Deprel::Cop).is_some()
            && tree.child_by(clause, Deprel::Case).is_some_and(|c| tree.norm(c) == "behind")
}

/// Whether both act for one state: its government and its army answer for each other.
fn one_state(mentions: &Mentions, a: usize, b: usize) -> bool {
    let (a, b) = (&mentions.all[mentions.resolved(a)], &mentions.all[mentions.resolved(b)]);
    let official = |m: &crate::mentions::Mention| {
        m.sort == Sort::Both || m.actor.is_some() && is(&m.lemma, Class::Official)
    };
    a.country.is_some() && a.country == b.country && official(a) && official(b)
}
