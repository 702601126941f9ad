//! Who vouches for what a report says: statements (cue, speaker, content), their chains, and what is only the report's own gloss.
//!
//! Everything is read off the dependency tree by the words of `lexicon/reporting.tsv`; where the tree gives no content the order of
//! words does (`order`), and speech that runs over sentences is followed by quotation marks or by "we" (`quotation`). A statement is
//! kept only where somebody is said to speak: "it was reported that" is the report's own voice, hedged, which `factuality` knows.

mod draft;
mod gloss;
mod lexicon;
mod order;
mod other;
mod phrase;
mod quotation;
mod verb;

#[cfg(test)]
mod tests;

use contested_language::{Analysis, SentenceRole};
use contested_model::Stance;

use crate::tree::Tree;
use draft::Draft;
pub use gloss::in_gloss;
pub(crate) use gloss::{in_description, in_modifier, in_passing};
pub(crate) use lexicon::REPORTING;

/// The tokens of a cue, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CueSpan {
    /// First token.
    pub first: u32,
    /// Last token.
    pub last: u32,
}

/// The noun phrase that speaks; who that is, is for the resolver of mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Index of its sentence.
    pub sentence: usize,
    /// Its head word.
    pub head: u32,
    /// First token of the phrase, relative clauses left out.
    pub first: u32,
    /// Last token of the phrase, included.
    pub last: u32,
}

/// Words of one sentence that a statement covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Index of the sentence.
    pub sentence: usize,
    /// Token indices, ascending.
    pub tokens: Vec<u32>,
}

/// Somebody says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Index of the sentence with the cue.
    pub sentence: usize,
    /// The word that says so ("said", "according to", ":").
    pub cue: CueSpan,
    /// Its lemma, with its particle.
    pub cue_lemma: String,
    /// What the speaker does with the content.
    pub stance: Stance,
    /// Who speaks. Always there as the rules stand; the report's own voice makes no statement.
    pub speaker: Option<Speaker>,
    /// Whom it was told ("told Fox News"), where said.
    pub addressee: Option<Speaker>,
    /// The content, one entry a sentence, the sentence of the cue first.
    pub scope: Vec<Scope>,
    /// Index of the statement in whose content this one is told.
    pub relayed_by: Option<usize>,
    /// The content was told by another before and this speaker answers it ("a claim that Y denied"): not in chains, see [`answers`].
    pub answers: bool,
    /// Versioned name of the rule.
    pub rule: &'static str,
}

impl Statement {
    /// Whether the content covers `token` of `sentence`.
    pub fn covers(&self, sentence: usize, token: u32) -> bool {
        self.scope.iter().any(|s| s.sentence == sentence && s.tokens.binary_search(&token).is_ok())
    }

    /// Number of words of the content in `sentence`.
    fn width(&self, sentence: usize) -> usize {
        self.scope.iter().filter(|s| s.sentence == sentence).map(|s| s.tokens.len()).sum()
    }
}

/// What shows something and is itself shown by somebody.
const PICTURES: &[&str] =
    &["footage", "video", "photo", "photograph", "picture", "image", "screenshot", "clip", "recording"];

/// Every statement of a report, in order of the cues.
pub fn statements(analysis: &Analysis) -> Vec<Statement> {
    let mut all = Vec::new();
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        if sentence.role == SentenceRole::Furniture || sentence.tokens.is_empty() {
            continue;
        }
        let tree = Tree::new(sentence);
        let first = all.len();
        let mut drafts = in_sentence(&tree, index);
        drafts.sort_by_key(|d| (d.cue.first, d.cue.last));
        for draft in &drafts {
            all.push(Statement {
                sentence: index,
                cue: draft.cue,
                cue_lemma: draft.lemma.clone(),
                stance: draft.stance,
                speaker: Some(draft.speaker.clone()),
                addressee: draft.addressee.clone(),
                scope: vec![Scope { sentence: index, tokens: draft.content.clone() }],
                relayed_by: None,
                answers: draft.answers,
                rule: draft.rule,
            });
        }
        link(&mut all, first, &drafts);
    }
    quotation::extend(analysis, &mut all);
    all
}

fn in_sentence(tree: &Tree<'_>, index: usize) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for at in 0..tree.len() {
        drafts.extend(other::preposition(tree, index, at));
        if let Some(found) = other::citation(tree, index, at) {
            drafts.push(found);
        } else {
            // "…, said the commander, adding that …": the one who spoke goes on.
            let before = drafts.iter().rev().find(|d| d.cue.last < at && d.goes_on);
            let before = before
                .filter(|_| verb::goes_on(tree, at) || verb::speaks_again(tree, at))
                .map(|d| d.speaker.clone());
            if let Some(mut found) = verb::read_after(tree, index, at, before.as_ref().map(|s| s.head)) {
                if let Some(speaker) = before {
                    found.speaker = speaker;
                }
                drafts.push(found);
            }
        }
        drafts.extend(other::noun(tree, index, at));
        drafts.extend(other::adjective(tree, index, at));
    }
    // "the agency said, citing an official": the parser may hang the citing on what is said.
    for at in 0..drafts.len() {
        if drafts[at].rule != "citing.v1" || drafts[at].relayed_by_cue.is_some() {
            continue;
        }
        let cue = drafts[at].cue.first;
        let told = drafts
            .iter()
            .rev()
            .find(|d| d.goes_on && d.cue.last < cue)
            .map(|d| (d.cue.first, d.content.clone()));
        if let Some((by, mut content)) = told {
            content.retain(|&word| word < cue);
            if !content.is_empty() {
                drafts[at].relayed_by_cue = Some(by);
                drafts[at].content = content;
            }
        }
    }
    // Pictures that somebody shows or tells of are told by him; so is what is only reported by nobody and denied.
    let told: Vec<(u32, Vec<u32>, Stance)> =
        drafts.iter().map(|d| (d.cue.first, d.content.clone(), d.stance)).collect();
    drafts.retain(|draft| {
        let outer = |wanted: &dyn Fn(Stance) -> bool| {
            told.iter().any(|(cue, content, stance)| {
                *cue != draft.cue.first && wanted(*stance) && content.contains(&draft.cue.first)
            })
        };
        let picture = PICTURES.contains(&tree.lemma(draft.speaker.head));
        let nobody = draft.rule == "claim-noun.v1" && draft.speaker.head == draft.cue.first;
        !(picture && outer(&|_| true) || nobody && outer(&|stance| stance == Stance::Denies))
    });
    if drafts.is_empty() {
        drafts.extend(other::headline(tree, index));
    }
    for draft in &mut drafts {
        draft::tidy(&mut draft.content);
    }
    drafts
}

/// Finds for each statement of a sentence the narrowest other one in whose content its cue stands.
fn link(all: &mut [Statement], first: usize, drafts: &[Draft]) {
    for i in first..all.len() {
        let cue = all[i].cue.first;
        let known = drafts[i - first].relayed_by_cue;
        let outer = (first..all.len())
            .filter(|&j| {
                j != i
                    && !all[j].answers
                    && (known == Some(all[j].cue.first) || all[j].covers(all[j].sentence, cue))
            })
            // Two that cover each other's cue are one speech told twice.
            .filter(|&j| known.is_some() || !all[i].covers(all[i].sentence, all[j].cue.first))
            .min_by_key(|&j| (known != Some(all[j].cue.first), all[j].scope[0].tokens.len()));
        all[i].relayed_by = outer;
    }
}

/// The statements that vouch for `token` of `sentence`: the innermost, who vouches, first, then those who relayed it.
///
/// A speaker who comes twice ("X said …, adding that …") is kept once, where it is innermost.
pub fn chain(statements: &[Statement], sentence: usize, token: u32) -> Vec<usize> {
    let mut found: Vec<usize> = (0..statements.len())
        .filter(|&i| !statements[i].answers && statements[i].covers(sentence, token))
        .collect();
    // The innermost is the one that is told inside the most others; of two apart, the one that says less.
    found.sort_by_key(|&i| (std::cmp::Reverse(depth(statements, i)), statements[i].width(sentence), i));
    let mut kept: Vec<usize> = Vec::new();
    let mut add = |i: usize| {
        let same = |k: &usize| match (&statements[*k].speaker, &statements[i].speaker) {
            (Some(a), Some(b)) => a.sentence == b.sentence && a.head == b.head,
            _ => false,
        };
        if !kept.contains(&i) && !kept.iter().any(same) {
            kept.push(i);
        }
    };
    for &i in &found {
        add(i);
        let mut up = statements[i].relayed_by;
        let mut steps = 0;
        while let Some(outer) = up.filter(|_| steps < 8) {
            // A narrower statement between the two comes by itself.
            if !found.contains(&outer) {
                add(outer);
            }
            up = statements[outer].relayed_by;
            steps += 1;
        }
    }
    kept
}

/// Statements that answer what `token` of `sentence` says ("…, a claim that Y denied"): each is a second claim with its own speaker.
pub fn answers(statements: &[Statement], sentence: usize, token: u32) -> Vec<usize> {
    (0..statements.len())
        .filter(|&i| statements[i].answers && statements[i].covers(sentence, token))
        .collect()
}

/// The verb of denial before `token` in whose content it stands, if any ("denied involvement in the | attack").
///
/// What is only the time or manner of the denial ("denied it after the attack") is not denied with it.
pub(crate) fn denial_of(tree: &Tree<'_>, token: u32) -> Option<u32> {
    let cue = (0..token).rev().find(|&v| {
        REPORTING
            .forms
            .get(tree.norm(v))
            .copied()
            .or(Some(tree.lemma(v)))
            .and_then(|l| REPORTING.verbs.get(l))
            .is_some_and(|e| e.stance == Stance::Denies)
    })?;
    let draft = verb::read(tree, 0, cue)?;
    if draft.stance != Stance::Denies || draft.answers || draft.content.binary_search(&token).is_err() {
        return None;
    }
    let apart = (cue + 1..token).any(|w| {
        matches!(
            tree.norm(w),
            "after" | "when" | "while" | "despite" | "as" | "who" | "which" | "but" | "before" | ";"
        )
    });
    (!apart).then_some(cue)
}

fn depth(statements: &[Statement], at: usize) -> usize {
    let mut steps = 0;
    let mut up = statements[at].relayed_by;
    while let Some(outer) = up.filter(|_| steps < 8) {
        steps += 1;
        up = statements[outer].relayed_by;
    }
    steps
}
