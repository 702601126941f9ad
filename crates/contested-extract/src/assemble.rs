//! From drafts to claims: names, offsets, coordinates, codes, digests.

use contested_model::{
    Attribution, Claim, Dateline, Evidence, Extractor, Kind, Participant, Report, ReportRef, SCHEMA_VERSION,
    Span, Trigger, WhoHurt, Why, claim_id, claim_key,
};

use contested_knowledge::actors::ActorKind;

use crate::codes::{self, Coded, Side};
use crate::draft::{Draft, Filler};
use crate::ground::Ground;
use crate::lexicon::Lexicon;
use crate::mentions::{Mention, Mentions, Sort};
use crate::naming::Context;
use crate::speakers::Speakers;
use crate::tree::Tree;

/// Everything about a report that its claims share.
pub(crate) struct Shared<'a> {
    pub(crate) report: &'a Report,
    pub(crate) reference: ReportRef,
    pub(crate) extractor: Extractor,
    pub(crate) trees: &'a [Tree<'a>],
    pub(crate) mentions: &'a Mentions,
    pub(crate) ground: Ground<'a>,
    pub(crate) context: &'a Context<'a>,
    pub(crate) speakers: &'a Speakers,
}

/// The report as its claims name it.
pub(crate) fn reference(
    report: &Report,
    hash: &str,
    source_id: Option<String>,
    dateline: Option<Dateline>,
) -> ReportRef {
    ReportRef {
        id: report.id.clone().unwrap_or_else(|| hash.to_owned()),
        hash: hash.to_owned(),
        source: report.source.clone(),
        source_id,
        published: report.published,
        title: report.title.clone().filter(|title| !title.is_empty()),
        url: report.url.clone(),
        dateline,
    }
}

impl Shared<'_> {
    /// The claim that `draft` comes to. `ordinal` counts claims of the same trigger and kind.
    pub(crate) fn claim(&self, draft: &Draft, ordinal: u32) -> Claim {
        let tree = &self.trees[draft.sentence];
        let sentence = tree.sentence.span;
        let trigger = tree.sentence.span_of(draft.first, draft.last);
        let kind = draft.claim_type.kind();
        let mut claim = Claim {
            record: "claim".to_owned(),
            schema: SCHEMA_VERSION,
            id: String::new(),
            key: claim_key(&self.reference.hash, trigger, kind, ordinal),
            report: self.reference.clone(),
            evidence: Evidence {
                start: sentence.start,
                end: sentence.end,
                quote: self.raw(sentence),
                trigger: Trigger { start: trigger.start, end: trigger.end, text: self.raw(trigger) },
            },
            kind,
            claim_type: draft.claim_type,
            phase: draft.phase,
            extent: draft.extent,
            about: draft.about,
            agents: participants(&draft.agents, self.mentions, self.context),
            targets: participants(&draft.targets, self.mentions, self.context),
            places: self.ground.places(&draft.places),
            time: draft.time.clone(),
            tense: draft.tense,
            reported: self.report.published,
            casualties: draft.casualties.clone(),
            attribution: self.attribution(draft),
            polarity: draft.polarity,
            certainty: draft.certainty,
            verified: draft.verified,
            same_as: None,
            confidence: (draft.confidence * 100.0).round() / 100.0,
            codes: self.codes(draft),
            extractor: self.extractor.clone(),
            why: draft
                .why
                .iter()
                .map(|(rule, on)| Why {
                    rule: rule.clone(),
                    on: on
                        .iter()
                        .map(|&t| {
                            let span = tree.token(t).span;
                            (span.start, span.end)
                        })
                        .collect(),
                })
                .collect(),
        };
        claim.id = claim_id(&claim);
        claim
    }

    fn raw(&self, span: Span) -> String {
        self.context.index.slice(self.context.text, span).to_owned()
    }

    fn codes(&self, draft: &Draft) -> contested_model::ClaimCodes {
        let tree = &self.trees[draft.sentence];
        let words: Vec<&str> = (draft.first..=draft.last)
            .chain(tree.children(draft.at).iter().copied())
            .map(|token| tree.lemma(token))
            .collect();
        codes::codes(&Coded {
            claim_type: draft.content(),
            kind: draft.claim_type.kind(),
            sense: &draft.sense,
            words: &words,
            agent: draft.agents.first().map(|agent| self.side(draft, agent.mention)),
            target: draft.targets.first().and_then(|target| self.hurt(target.mention)),
            phase: draft.phase,
            polarity: draft.polarity,
            certainty: draft.certainty,
            tense: draft.tense,
        })
    }

    /// Whether an agent is of the state on whose soil it happens.
    fn side(&self, draft: &Draft, mention: usize) -> Side {
        let agent = &self.mentions.all[self.mentions.resolved(mention)];
        let known = agent.actor.as_deref().and_then(|id| self.context.knowledge.actors.get(id));
        let official = known.map_or(agent.sort == Sort::Both, |actor| {
            matches!(
                actor.kind,
                ActorKind::State
                    | ActorKind::Government
                    | ActorKind::Army
                    | ActorKind::Ministry
                    | ActorKind::Police
            )
        });
        let soil = draft
            .places
            .iter()
            .filter_map(|place| {
                self.ground.resolved[self.mentions.resolved(place.mention)].as_ref()?.best.as_ref()?.country
            })
            .map(|code| code.to_string())
            .next()
            .or_else(|| self.context.countries.first().map(|(code, _)| code.clone()));
        let country = agent.country.clone().or_else(|| known.and_then(|actor| actor.country.clone()));
        if official && country.is_some() && country == soil { Side::Government } else { Side::Other }
    }

    fn hurt(&self, mention: usize) -> Option<WhoHurt> {
        let mention = &self.mentions.all[self.mentions.resolved(mention)];
        let tree = &self.trees[mention.sentence];
        Lexicon::embedded().person(tree.lemma(mention.head)).or(match mention.sort {
            Sort::People => Some(WhoHurt::Civilian),
            Sort::Actor if !mention.human => Some(WhoHurt::Combatant),
            _ => None,
        })
    }

    fn attribution(&self, draft: &Draft) -> Vec<Attribution> {
        draft.chain.iter().filter_map(|&statement| self.speakers.of(statement).cloned()).collect()
    }
}

/// Participants by name, each once.
pub(crate) fn participants(
    fillers: &[Filler],
    mentions: &Mentions,
    context: &Context<'_>,
) -> Vec<Participant> {
    let mut found: Vec<Participant> = Vec::new();
    for filler in fillers {
        let told = &mentions.all[filler.mention];
        let meant = &mentions.all[mentions.resolved(filler.mention)];
        let (name, actor) = spoken_for(told, meant, context).unwrap_or_else(|| actor_name(meant, context));
        if found.iter().any(|p| p.name == name) {
            continue;
        }
        found.push(Participant {
            name,
            text: context.index.slice(context.text, told.span).to_owned(),
            start: told.span.start,
            end: told.span.end,
            actor,
        });
    }
    found
}

/// Whom "we" and "its forces" name: the side that the speaker speaks for, the state whose ministry tells of its forces.
fn spoken_for(told: &Mention, meant: &Mention, context: &Context<'_>) -> Option<(String, Option<String>)> {
    let actors = &context.knowledge.actors;
    let known = meant.actor.as_deref().and_then(|id| actors.get(id));
    let words = told.text.to_lowercase();
    let body = if matches!(words.as_str(), "we" | "our" | "us" | "ours") && meant.human {
        let own = known.and_then(|person| person.parent.as_deref()).and_then(|id| actors.get(id));
        match (own, &meant.body) {
            (Some(body), _) => body,
            (None, Some(name)) => match actors.named(name) {
                Some(body) => body,
                None => return Some((name.clone(), None)),
            },
            (None, None) => return None,
        }
    } else if words.starts_with("its ") || words.starts_with("their ") {
        known.filter(|body| body.kind == ActorKind::Ministry)?
    } else {
        return None;
    };
    let official = matches!(
        body.kind,
        ActorKind::Government
            | ActorKind::Ministry
            | ActorKind::Army
            | ActorKind::Parliament
            | ActorKind::State
    );
    let state = body.country.as_deref().filter(|_| official).and_then(|code| context.state(code));
    let body = state.unwrap_or(body);
    Some((body.name.clone(), Some(body.id.clone())))
}

/// A capital or country that acts is its state.
fn actor_name(mention: &Mention, context: &Context<'_>) -> (String, Option<String>) {
    if mention.actor.is_none()
        && matches!(mention.sort, Sort::Both | Sort::Place)
        && let Some(state) = mention.country.as_deref().and_then(|code| context.state(code))
    {
        return (state.name.clone(), Some(state.id.clone()));
    }
    (mention.name.clone(), mention.actor.clone())
}

/// Sets `same_as` to the first claim of the report that tells the same event.
pub(crate) fn link_tellings(claims: &mut [Claim]) {
    for at in 1..claims.len() {
        if claims[at].kind != Kind::Event {
            continue;
        }
        let first = (0..at).find(|&before| is_same_event(&claims[before], &claims[at]));
        if let Some(first) = first {
            let key = claims[first].same_as.clone().unwrap_or_else(|| claims[first].key.clone());
            claims[at].same_as = Some(key);
            claims[at].id = claim_id(&claims[at]);
        }
    }
}

fn is_same_event(a: &Claim, b: &Claim) -> bool {
    let names = |people: &[Participant]| people.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
    let places = |c: &Claim| {
        c.places.iter().map(|p| p.id.clone().unwrap_or_else(|| p.name.clone())).collect::<Vec<_>>()
    };
    let meet = |a: &[String], b: &[String]| a.iter().any(|x| b.contains(x));
    let agree = |a: &[String], b: &[String]| a.is_empty() || b.is_empty() || meet(a, b);
    let dates = match (&a.time, &b.time) {
        (Some(a), Some(b)) => a.from == b.from && a.to == b.to,
        _ => true,
    };
    a.kind == Kind::Event
        && a.claim_type == b.claim_type
        && dates
        && !a.places.is_empty()
        && meet(&places(a), &places(b))
        && agree(&names(&a.agents), &names(&b.agents))
        && agree(&names(&a.targets), &names(&b.targets))
}
