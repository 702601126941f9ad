//! Who the speakers of a report are: from the noun phrase of a statement to a member of an attribution chain.

use contested_model::{Attribution, SourceKind};

use crate::attribution::{Speaker, Statement};
use crate::mentions::{Mentions, Sort};
use crate::naming::Context;
use crate::tree::Tree;

/// Words after the start of a speaker's phrase among which a name may stand beside it.
const BESIDE: u32 = 14;

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
    let index = phrase(statement, speaker, mentions)?;
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

/// The phrase that speaks: the head's, or a name beside a nameless one before the cue ("a war monitor, the Observatory, said"), which
/// apposition may have lost.
fn phrase(statement: &Statement, speaker: &Speaker, mentions: &Mentions) -> Option<usize> {
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
