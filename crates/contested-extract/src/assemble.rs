//! From drafts to claims: names, offsets, coordinates, codes, digests.

use contested_knowledge::places::geometry::distance_km;
use contested_knowledge::places::{PlaceKind, Resolution};
use contested_model::{
    Attribution, Claim, Dateline, Evidence, Extractor, Kind, Participant, Place, PlaceRelation, Report,
    ReportRef, RunnerUp, SCHEMA_VERSION, Span, Trigger, WhoHurt, Why, claim_id, claim_key,
};

use contested_knowledge::actors::ActorKind;

use crate::codes::{self, Coded, Side};
use crate::draft::{Draft, Filler};
use crate::lexicon::Lexicon;
use crate::mentions::{Mention, Mentions, Sort};
use crate::naming::Context;
use crate::relational::Standing;
use crate::speakers::Speakers;
use crate::tree::Tree;

/// Everything about a report that its claims share.
pub(crate) struct Shared<'a> {
    pub(crate) report: &'a Report,
    pub(crate) reference: ReportRef,
    pub(crate) extractor: Extractor,
    pub(crate) trees: &'a [Tree<'a>],
    pub(crate) mentions: &'a Mentions,
    pub(crate) places: &'a [Option<Resolution>],
    pub(crate) standings: &'a [Option<Standing>],
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
            places: self.places(&draft.places),
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

    fn places(&self, fillers: &[Filler]) -> Vec<Place> {
        let mut found: Vec<Place> = Vec::new();
        for filler in fillers {
            let told = &self.mentions.all[filler.mention];
            let index = self.mentions.resolved(filler.mention);
            let meant = &self.mentions.all[index];
            let place =
                self.place(told, meant, self.places[index].as_ref(), self.standings[filler.mention].as_ref());
            if !found.iter().any(|p| p.name == place.name) {
                found.push(place);
            }
        }
        // "Maungdaw, Rakhine State, Myanmar", "near X in eastern Syria": the finest of what contains one another
        let kept: Vec<bool> = (0..found.len())
            .map(|wide| {
                self.is_added(&found[wide])
                    || !(0..found.len()).any(|fine| fine != wide && contains(&found[wide], &found[fine]))
            })
            .collect();
        let mut kept = kept.into_iter();
        found.retain(|_| kept.next().unwrap_or(true));
        found
    }

    /// "Gaza City and the Gaza Strip": told for its own sake.
    fn is_added(&self, place: &Place) -> bool {
        let before = Span::new(place.start.saturating_sub(8), place.start);
        self.raw(before).split_whitespace().any(|word| word == "and")
    }

    fn place(
        &self,
        told: &Mention,
        meant: &Mention,
        resolution: Option<&Resolution>,
        standing: Option<&Standing>,
    ) -> Place {
        let span = standing.and_then(|s| s.span).unwrap_or_else(|| {
            meant
                .place
                .as_ref()
                .filter(|_| told.head == meant.head && told.sentence == meant.sentence)
                .map_or(told.span, |words| {
                    self.trees[meant.sentence].sentence.span_of(words.first, words.last)
                })
        });
        let name = meant.place.as_ref().map_or_else(|| meant.name.clone(), |words| words.name.clone());
        // copy without capitals gives names without; a reader writes them with
        let name = if self.context.cased || meant.place.is_none() { name } else { capitalised(&name) };
        let mut place = Place {
            name,
            text: self.raw(span),
            start: span.start,
            end: span.end,
            id: None,
            lat: None,
            lon: None,
            country: None,
            kind: None,
            relation: standing.map_or_else(|| self.relation(told), |s| s.relation),
            radius_km: None,
            score: 0.0,
            runner_up: None,
        };
        let Some(resolution) = resolution else { return place };
        place.score = hundredths(resolution.score);
        place.runner_up = resolution.runner_up.as_ref().map(|(located, score)| RunnerUp {
            id: located.id.clone(),
            name: located.name.clone(),
            score: hundredths(*score),
        });
        let Some(best) = resolution.best.as_ref().filter(|_| !resolution.undecided) else { return place };
        place.id = Some(best.id.clone());
        let reach = (best.radius_km * 10.0).round() / 10.0;
        let (lat, lon, radius) = standing.and_then(|s| s.area).unwrap_or((best.lat, best.lon, reach));
        place.lat = Some(lat);
        place.lon = Some(lon);
        place.country = best.country.as_ref().map(ToString::to_string);
        place.kind = Some(best.kind.as_str().to_owned());
        place.radius_km = (radius > 0.0).then_some(radius);
        place
    }

    /// How the phrase stands to the place it names by its preposition alone.
    fn relation(&self, told: &Mention) -> PlaceRelation {
        match self.trees[told.sentence].case(told.head).as_str() {
            "near" | "around" | "outside" | "close to" | "outside of" => PlaceRelation::Near,
            "from" => PlaceRelation::From,
            "to" | "into" | "toward" | "towards" => PlaceRelation::Towards,
            "between" => PlaceRelation::Between,
            _ => PlaceRelation::At,
        }
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
                self.places[self.mentions.resolved(place.mention)].as_ref()?.best.as_ref()?.country
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

/// Whether `wide` is a country or a wide region told only to say where the finer place lies.
fn contains(wide: &Place, fine: &Place) -> bool {
    let kind = |place: &Place| place.kind.as_deref().and_then(PlaceKind::parse);
    let (Some(outer), Some(inner)) = (kind(wide), kind(fine)) else { return false };
    let told = matches!(wide.relation, PlaceRelation::At | PlaceRelation::Side | PlaceRelation::Within);
    let other = fine.country.is_some() && wide.country != fine.country;
    if !told || other || matches!(inner, PlaceKind::Country | PlaceKind::Continent) {
        return false;
    }
    let (Some(lat), Some(lon), Some(radius)) = (wide.lat, wide.lon, wide.radius_km) else { return false };
    let (Some(there), Some(east)) = (fine.lat, fine.lon) else { return false };
    match outer {
        PlaceKind::Country if fine.country.is_some() => true,
        PlaceKind::Country => distance_km((lat, lon), (there, east)) <= radius * 1.3,
        PlaceKind::Region => {
            inner != PlaceKind::Region && distance_km((lat, lon), (there, east)) <= radius * 1.3
        }
        _ => false,
    }
}

/// A score to the hundredth, without the noise of the narrower type.
fn hundredths(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
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

/// "albu kamal" as a reader writes it; directions and particles stay small.
fn capitalised(name: &str) -> String {
    let words: Vec<String> = name
        .split(' ')
        .map(|word| {
            let small = word.ends_with("ern")
                || matches!(word, "of" | "the" | "and" | "central" | "border" | "area" | "s" | "-");
            let mut letters = word.chars();
            match letters.next() {
                Some(first) if !small => first.to_uppercase().chain(letters).collect(),
                _ => word.to_owned(),
            }
        })
        .collect();
    words.join(" ")
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
