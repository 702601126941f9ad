//! What is expected, intended, feared or made conditional where no word of the lexicon tells an event below it: "many expect it to
//! remain a threat". The word that looks ahead carries the claim; `about` says of what, where the words below it tell.

mod about;
pub(crate) mod words;

use contested_language::tags::{Deprel, Upos, Xpos};
use contested_language::{Analysis, SentenceRole};
use contested_model::{Certainty, ClaimType, Polarity};

use crate::attribution::{self, Statement};
use crate::draft::{Draft, Filler};
use crate::factuality::{self, Factuality, Outlook};
use crate::lexicon::{Slot, Step};
use crate::mentions::{Mentions, Sort};
use crate::slots::Site;
use crate::tree::Tree;
use crate::{lexicon::Lexicon, locations, participants};

/// What the clause below the predicate of `site` tells ("help *capture* the town"), where it has one.
pub(crate) fn of_complement(site: &Site<'_>) -> Option<contested_model::About> {
    let clause = site.tree.children(site.at).iter().copied().find(|&c| {
        matches!(site.tree.deprel(c).base(), Deprel::Xcomp | Deprel::Ccomp) && site.tree.is_verbal(c)
    })?;
    about::find(&Site::new(site.sentence, site.tree, site.mentions, site.lexicon, clause))
}

/// Outlooks of a sentence that none of `drafts` tells already, in order of the text; at most one a governor.
pub(crate) fn find(
    sentence: usize,
    tree: &Tree<'_>,
    analysis: &Analysis,
    statements: &[Statement],
    mentions: &Mentions,
    drafts: &[Draft],
) -> Vec<Draft> {
    if tree.sentence.role == SentenceRole::Furniture {
        return Vec::new();
    }
    let mut met: Vec<u32> = drafts
        .iter()
        .filter(|draft| draft.sentence == sentence && draft.about.is_some())
        .flat_map(|draft| draft.why.iter().flat_map(|(_, on)| on.iter().copied()))
        .collect();
    let mut found: Vec<Draft> = Vec::new();
    for node in outermost_first(tree) {
        if !tells(tree, node)
            || drafts.iter().any(|d| d.sentence == sentence && d.at == node && d.about.is_some())
        {
            continue;
        }
        let judged = factuality::judge_in(tree, analysis, sentence, node);
        let Some(outlook) = judged.outlook else { continue };
        if judged.question || met.contains(&outlook.governor) || words::is_empty(tree.lemma(node)) {
            continue;
        }
        // what the report itself thinks should be is no news
        let ought = judged.rules.iter().any(|(rule, _)| *rule == factuality::OUGHT);
        if ought && attribution::chain(statements, sentence, node).is_empty() {
            continue;
        }
        met.push(outlook.governor);
        // a plan and the will to carry it out are one outlook
        let above = std::iter::successors(Some(node), |&n| tree.head(n)).take(3);
        if found.iter().any(|d| above.clone().any(|n| n == d.at) || d.at == outlook.governor) {
            continue;
        }
        found.push(draft(sentence, tree, statements, mentions, node, &judged, outlook));
    }
    found.sort_by_key(|draft| (draft.first, draft.at));
    found
}

/// Tokens by their depth in the tree, verbs before nouns, then by their place in the text.
fn outermost_first(tree: &Tree<'_>) -> Vec<u32> {
    let mut order: Vec<u32> = (0..tree.len()).collect();
    order.sort_by_key(|&at| (tree.ancestors(at).count(), !tree.is_verbal(at)));
    order
}

/// Whether something could be expected or planned of `node`: a verb, the predicate of a copula, a noun that hangs on a noun or verb.
fn tells(tree: &Tree<'_>, node: u32) -> bool {
    if tree.is_verbal(node) {
        return !tree.deprel(node).is(Deprel::Amod) && !tree.deprel(node).is(Deprel::Compound);
    }
    if tree.child_by(node, Deprel::Cop).is_some() {
        return true;
    }
    tree.upos(node) == Upos::Noun && (tree.deprel(node).is(Deprel::Nmod) || tree.deprel(node).is(Deprel::Obj))
}

fn draft(
    sentence: usize,
    tree: &Tree<'_>,
    statements: &[Statement],
    mentions: &Mentions,
    node: u32,
    judged: &Factuality,
    outlook: Outlook,
) -> Draft {
    let kind = outlook.kind;
    let site = Site::new(sentence, tree, mentions, Lexicon::embedded(), node);
    let slot = |first: Step| site.tokens(&Slot { first, then: None });
    let acts = |token: u32| {
        mentions.at(sentence, token).filter(|&m| participants::can_act(mentions, m, ClaimType::Support, tree))
    };
    let fillers = |tokens: Vec<u32>| -> Vec<Filler> {
        let mut all: Vec<Filler> = Vec::new();
        for mention in tokens.into_iter().filter_map(acts) {
            if !all.iter().any(|f| f.mention == mention) {
                all.push(Filler { mention, inherited: false });
            }
        }
        all
    };
    let subject = slot(Step::Subj);
    let holder: Vec<u32> = outlook.holder.map(|token| tree.coordinated(token)).unwrap_or_default();
    // who intends is who acts; who expects only speaks, and "expects the group to" has its subject as an object
    let raised: Vec<u32> = [outlook.governor]
        .into_iter()
        .filter(|&governor| tree.is_verbal(governor) && tree.head(node) == Some(governor))
        .filter_map(|governor| tree.child_by(governor, Deprel::Obj).filter(|&object| object != node))
        .flat_map(|object| tree.coordinated(object))
        .collect();
    let order = if kind == ClaimType::Intent { [holder, subject] } else { [raised, subject] };
    let agents = order.into_iter().map(&fillers).find(|all| !all.is_empty()).unwrap_or_default();
    let mut targets = fillers(slot(Step::Obj));
    if targets.is_empty() {
        targets = fillers(
            ["against", "on", "with"]
                .into_iter()
                .flat_map(|case| slot(Step::Prep(case.to_owned())))
                .collect(),
        );
    }
    targets.retain(|t| !agents.iter().any(|a| a.mention == t.mention));
    let places: Vec<Filler> = locations::near(tree, sentence, node, ClaimType::Support, mentions)
        .into_iter()
        .filter(|place| {
            let mention = &mentions.all[mentions.resolved(place.mention)];
            matches!(mention.sort, Sort::Place | Sort::Both)
                && !agents.iter().chain(&targets).any(|f| f.mention == place.mention)
        })
        .collect();
    let governor = outlook.governor;
    let modal = tree.upos(governor) == Upos::Aux || tree.xpos(governor) == Xpos::Md;
    let (first, last) = if modal && governor < node && node - governor <= 4 {
        (governor, node)
    } else {
        (governor, governor)
    };
    let sense = format!("outlook.{}.{}.v1", kind, if modal { "modal" } else { tree.upos(governor).as_str() })
        .to_lowercase();
    let chain = attribution::chain(statements, sentence, node);
    let mut why = vec![(sense.clone(), (first..=last).collect())];
    why.extend(judged.rules.iter().map(|&(rule, token)| (rule.to_owned(), vec![token])));
    // "X said Y must leave": X demands it of Y
    let ought = judged.rules.iter().any(|(rule, _)| *rule == factuality::OUGHT);
    let (claim_type, about) = if ought { (ClaimType::Demand, None) } else { (kind, about::find(&site)) };
    let (agents, targets) =
        if ought { (participants::voucher(&chain, statements, mentions), agents) } else { (agents, targets) };
    Draft {
        sentence,
        at: node,
        first,
        last,
        claim_type,
        about,
        agents,
        targets,
        places,
        phase: None,
        extent: None,
        polarity: if judged.certainty == Certainty::Unstated || ought {
            Polarity::Positive
        } else {
            judged.polarity
        },
        certainty: judged.certainty,
        tense: judged.tense,
        verified: judged.verified,
        time: None,
        casualties: Vec::new(),
        chain,
        why,
        sense,
        confidence: 0.45,
    }
}
