//! Who the speakers of a report are: from the noun phrase of a statement to a member of an attribution chain.

use contested_language::tags::Upos;
use contested_model::{Attribution, SourceKind, Span};

use crate::attribution::{Speaker, Statement};
use crate::mentions::{Mentions, Sort};
use crate::naming::Context;
use crate::tree::Tree;

/// Words after the start of a speaker's phrase among which a name may stand beside it.
const BESIDE: u32 = 14;

/// Sentences within which a pronoun that speaks takes up the speaker before.
const REACH: usize = 3;

/// "It said", "he added", "the statement said": who speaks by a pronoun, or through an utterance of nobody in particular, is the one who
/// spoke last, if that can be. Fighters and towns told of in between are not.
pub(crate) fn link(mentions: &mut Mentions, trees: &[Tree<'_>], statements: &[Statement]) {
    let mut order: Vec<&Statement> = statements.iter().filter(|s| !s.answers).collect();
    order.sort_by_key(|s| (s.sentence, s.cue.first));
    for (at, statement) in order.iter().enumerate() {
        let Some(speaker) = &statement.speaker else { continue };
        let Some(index) = mentions.at(speaker.sentence, speaker.head) else { continue };
        let tree = &trees[speaker.sentence];
        let Some(wanted) = Wanted::of(tree, speaker.head, mentions, index) else { continue };
        let mut before = order[..at].iter().rev().take_while(|s| statement.sentence - s.sentence <= REACH);
        let told = |s: &&&Statement| {
            let other = s.speaker.as_ref()?;
            let there = mentions.at(other.sentence, other.head)?;
            let meant = mentions.resolved(there);
            if matches!(trees[other.sentence].norm(other.head), "we" | "i" | "us" | "our") {
                return None;
            }
            (there != index && wanted.fits(mentions, meant, index)).then_some(meant)
        };
        let meant = mentions.resolved(index);
        // who it was taken for has spoken before: nothing to mend
        let spoke = before.clone().filter_map(|s| told(&s)).any(|there| there == meant);
        if let Some(last) = before.find_map(|s| told(&s)).filter(|_| !spoke) {
            mentions.all[index].refers_to = Some(last);
        }
    }
}

/// What a pronoun that speaks asks of the one who spoke before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person,
    Body,
    Several,
    /// Whoever made the statement.
    Anybody,
}

impl Wanted {
    fn of(tree: &Tree<'_>, head: u32, mentions: &Mentions, index: usize) -> Option<Self> {
        match tree.norm(head) {
            "he" | "she" => Some(Self::Person),
            "it" => Some(Self::Body),
            "they" => Some(Self::Several),
            _ => {
                let mention = &mentions.all[index];
                let definite = tree.children(head).iter().any(|&c| matches!(tree.norm(c), "the" | "this"));
                let statement = matches!(
                    tree.lemma(head),
                    "statement"
                        | "communique"
                        | "communiqué"
                        | "announcement"
                        | "message"
                        | "tweet"
                        | "letter"
                );
                (definite && statement && !mention.named && mention.refers_to.is_none())
                    .then_some(Self::Anybody)
            }
        }
    }

    fn fits(self, mentions: &Mentions, meant: usize, index: usize) -> bool {
        let there = &mentions.all[meant];
        let speaks = matches!(there.sort, Sort::Actor | Sort::Both | Sort::People | Sort::Thing);
        meant != index
            && speaks
            && match self {
                Self::Person => there.human && !there.plural,
                Self::Body => !there.human && !there.plural,
                Self::Several => there.plural || !there.human,
                Self::Anybody => there.sort != Sort::Thing,
            }
    }
}

/// The speaker of every statement, as a member of a chain.
pub(crate) struct Speakers {
    of: Vec<Option<Attribution>>,
}

impl Speakers {
    pub(crate) fn new(
        statements: &[Statement],
        mentions: &Mentions,
        trees: &[Tree<'_>],
        context: &Context<'_>,
    ) -> Self {
        Self { of: statements.iter().map(|statement| speaker(statement, mentions, trees, context)).collect() }
    }

    pub(crate) fn of(&self, statement: usize) -> Option<&Attribution> {
        self.of.get(statement)?.as_ref()
    }
}

fn speaker(
    statement: &Statement,
    mentions: &Mentions,
    trees: &[Tree<'_>],
    context: &Context<'_>,
) -> Option<Attribution> {
    let speaker = statement.speaker.as_ref()?;
    let tree = &trees[speaker.sentence];
    let told = tree.sentence.span_of(speaker.first, speaker.last);
    let Some(index) = phrase(statement, speaker, tree, mentions) else {
        let cue = trees[statement.sentence].sentence.span_of(statement.cue.first, statement.cue.last);
        return nameless(statement, tree, speaker, (told, cue), context);
    };
    let meant = &mentions.all[mentions.resolved(index)];
    if matches!(meant.sort, Sort::Pronoun | Sort::Time | Sort::Weapon) {
        return None;
    }
    let words: Vec<&str> = (speaker.first..=speaker.last).map(|t| tree.norm(t)).collect();
    let head = (speaker.head - speaker.first) as usize;
    let known =
        context.knowledge.sources.named(&words).or_else(|| context.knowledge.sources.by_outlet(&meant.name));
    let described = context.knowledge.sources.compose(&words, head);
    let actor = context.compose(&words, head);
    let fights = actor
        .as_ref()
        .and_then(|a| a.id.as_deref())
        .or(meant.actor.as_deref())
        .and_then(|id| context.knowledge.actors.get(id));
    let state = meant
        .country
        .as_deref()
        .filter(|_| meant.actor.is_none() && matches!(meant.sort, Sort::Both | Sort::Place))
        .and_then(|code| context.state(code));
    let name = state.map_or_else(|| meant.name.clone(), |state| state.name.clone());
    Some(Attribution {
        name,
        text: context.index.slice(context.text, told).to_owned(),
        start: told.start,
        end: told.end,
        actor: meant.actor.clone().or_else(|| state.map(|state| state.id.clone())),
        source_id: known.map(|source| source.id.clone()),
        role: actor
            .as_ref()
            .and_then(|a| a.role.clone())
            .or_else(|| described.as_ref().and_then(|d| d.role.clone())),
        affiliation: actor.as_ref().and_then(|a| a.affiliation.clone()),
        anonymous: known.is_none() && !meant.named && described.as_ref().is_none_or(|d| d.anonymous),
        kind: known
            .map(|source| source.kind)
            .or_else(|| {
                fights.map(|actor| {
                    contested_knowledge::sources::Sources::kind_of(actor, context.is_party(actor))
                })
            })
            .or_else(|| described.as_ref().map(|d| d.kind))
            .or_else(|| default_kind(meant.sort, meant.named)),
        stance: statement.stance,
        cue: Some(
            context
                .index
                .slice(
                    context.text,
                    trees[statement.sentence].sentence.span_of(statement.cue.first, statement.cue.last),
                )
                .to_owned(),
        ),
    })
}

/// A speaker whose phrase was read as no mention: kept as it is written.
fn nameless(
    statement: &Statement,
    tree: &Tree<'_>,
    speaker: &Speaker,
    (told, cue): (Span, Span),
    context: &Context<'_>,
) -> Option<Attribution> {
    if !matches!(tree.upos(speaker.head), Upos::Noun | Upos::Propn) {
        return None;
    }
    let text = context.index.slice(context.text, told).to_owned();
    let first = (speaker.first..=speaker.head).find(|&t| tree.upos(t) != Upos::Det).unwrap_or(speaker.head);
    let name = context.index.slice(context.text, tree.sentence.span_of(first, speaker.last)).to_owned();
    let words: Vec<&str> = (speaker.first..=speaker.last).map(|t| tree.norm(t)).collect();
    let known = context.knowledge.sources.named(&words);
    Some(Attribution {
        name: known.map_or(name, |source| source.name.clone()),
        text,
        start: told.start,
        end: told.end,
        actor: None,
        source_id: known.map(|source| source.id.clone()),
        role: None,
        affiliation: None,
        anonymous: known.is_none() && tree.upos(speaker.head) == Upos::Noun,
        kind: known.map(|source| source.kind),
        stance: statement.stance,
        cue: Some(context.index.slice(context.text, cue).to_owned()),
    })
}

/// The phrase that speaks: the head's, or a name beside a nameless one before the cue ("a war monitor, the Observatory, said"), which
/// apposition may have lost.
fn phrase(statement: &Statement, speaker: &Speaker, tree: &Tree<'_>, mentions: &Mentions) -> Option<usize> {
    let own = mentions.at(speaker.sentence, speaker.head);
    let nameless = own.is_none_or(|index| {
        let meant = &mentions.all[mentions.resolved(index)];
        !meant.named && meant.sort != Sort::Pronoun
    });
    let end = if statement.sentence == speaker.sentence && statement.cue.first > speaker.last {
        statement.cue.first
    } else {
        speaker.last + 1
    };
    // "the army condemned the attack on the union, and denied": after a verb nobody is beside the speaker any more
    let end = (speaker.last + 1..end).find(|&t| tree.is_verbal(t)).unwrap_or(end);
    let beside = (speaker.first..end.min(speaker.first + BESIDE))
        .filter_map(|token| mentions.at(speaker.sentence, token))
        .find(|&index| {
            let there = &mentions.all[index];
            let body = there.sort == Sort::Actor && there.named && there.place.is_none();
            body && (there.head > speaker.last || own.is_none())
        });
    if nameless { beside.or(own) } else { own }
}

fn default_kind(sort: Sort, named: bool) -> Option<SourceKind> {
    match sort {
        Sort::People if !named => Some(SourceKind::Resident),
        _ => None,
    }
}
