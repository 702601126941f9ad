//! The way from a report to its claims, stage by stage.

use contested_knowledge::Knowledge;
use contested_knowledge::actors::Alliance;
use contested_language::Analysis;
use contested_language::tags::Deprel;
use contested_model::{
    About, CharIndex, Claim, ClaimType, Dateline, Extractor as Made, Kind, Phase, Polarity, Report, Tense,
    text_hash,
};

use crate::assemble::{self, Shared};
use crate::attribution::{self, Statement};
use crate::coreference::Towns;
use crate::draft::Draft;
use crate::explain::{Explanation, explain};
use crate::factuality::{self, Factuality};
use crate::ground::Ground;
use crate::lexicon::Lexicon;
use crate::mentions::{self, Mentions};
use crate::naming::Context;
use crate::predicates::{self, Predicate};
use crate::ranking::{self, Offer, Scene};
use crate::speakers::Speakers;
use crate::time::Clock;
use crate::tree::Tree;
use crate::{
    answers, confidence, coreference, counting, dating, extent, locations, outlooks, participants,
    relational, salience, scenes, sharing, topic,
};

/// Claims below this chance of being right are not told.
const LEAST_CONFIDENCE: f64 = 0.36;

/// Turns reports into claims. Cheap to make; holds references only.
#[derive(Clone, Copy)]
pub struct Extractor<'k> {
    knowledge: &'k Knowledge,
    lexicon: &'static Lexicon,
}

/// What a report came to.
#[derive(Debug, Clone, Default)]
pub struct Extraction {
    /// Claims in order of the text.
    pub claims: Vec<Claim>,
    /// What a reader should know of how the report was read.
    pub diagnostics: Vec<Diagnostic>,
}

/// Something noteworthy about the reading of one report; never a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What it is, in lower case.
    pub message: String,
}

/// A report's candidate claims with what the models see of them.
struct Reading {
    extraction: Extraction,
    /// Features of the confidence model and the prior, by claim.
    features: Vec<(Vec<String>, f64)>,
    offers: Vec<Offer>,
    explanation: Option<Explanation>,
}

/// What a report is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim<'k> {
    /// Its claims.
    Claims,
    /// Everybody who could fill the roles of its claims.
    Offers,
    /// How the claim with this key came about.
    Explanation(&'k str),
}

impl<'k> Extractor<'k> {
    /// An extractor over `knowledge`.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        Self { knowledge, lexicon: Lexicon::embedded() }
    }

    /// The claims of `report`.
    pub fn extract(&self, report: &Report) -> Extraction {
        let analysis =
            contested_language::analyse(&report.text, &contested_language::AnalyseOptions::default());
        self.extract_from(report, &analysis)
    }

    /// The claims of `report`, whose text has been analysed already.
    pub fn extract_from(&self, report: &Report, analysis: &Analysis) -> Extraction {
        let (mut extraction, _) = self.candidates(report, analysis);
        extraction.claims.retain(|claim| claim.confidence >= LEAST_CONFIDENCE);
        assemble::link_tellings(&mut extraction.claims);
        extraction
    }

    /// Every candidate claim whatever its confidence, with the features of the confidence model and the prior: what
    /// `training/confidence.py` learns from.
    pub fn candidates(&self, report: &Report, analysis: &Analysis) -> (Extraction, Vec<(Vec<String>, f64)>) {
        let read = self.read(report, analysis, Aim::Claims);
        (read.extraction, read.features)
    }

    /// Every candidate claim as the rules fill it, and everybody who could fill its roles: what `training/roles.py` learns from.
    pub fn offers(&self, report: &Report, analysis: &Analysis) -> (Extraction, Vec<Offer>) {
        let read = self.read(report, analysis, Aim::Offers);
        (read.extraction, read.offers)
    }

    /// How the claim with this `key` came about; `None` where `report` makes no such claim, be its confidence what it may.
    pub fn explain(&self, report: &Report, analysis: &Analysis, key: &str) -> Option<Explanation> {
        self.read(report, analysis, Aim::Explanation(key)).explanation
    }

    /// Gives the names of `analysis` the kinds that actor base and gazetteer know them by, and adds known names that the tagger missed.
    pub fn name(&self, report: &Report, analysis: &mut Analysis) {
        let index = CharIndex::new(&report.text);
        let repaired = crate::repairs::repaired(analysis);
        let trees: Vec<Tree<'_>> = repaired.sentences.iter().map(Tree::new).collect();
        let dateline = analysis.dateline.as_ref().and_then(|found| found.place);
        let dateline = dateline.map(|span| index.slice(&report.text, span).trim().to_owned());
        let context = self.context(report, &index, &repaired, dateline.as_deref());
        let mentions = mentions::find(&trees, &context);
        for (sentence, names) in
            analysis.sentences.iter_mut().zip(crate::names::typed(&trees, &mentions, &context))
        {
            sentence.names = names;
        }
    }

    /// What resolving names needs of one report.
    fn context<'a>(
        &self,
        report: &'a Report,
        index: &'a CharIndex,
        analysis: &Analysis,
        dateline: Option<&str>,
    ) -> Context<'a>
    where
        'k: 'a,
    {
        let countries = salience::countries(analysis, self.knowledge, report.title.as_deref(), dateline);
        Context {
            knowledge: self.knowledge,
            text: &report.text,
            index,
            theatre: salience::theatre(&countries, self.knowledge),
            countries,
            date: report.published,
            cased: report.text.chars().filter(|c| c.is_uppercase()).nth(2).is_some(),
        }
    }

    fn read(&self, report: &Report, analysis: &Analysis, aim: Aim<'_>) -> Reading {
        let parsed = analysis;
        let analysis = &crate::repairs::repaired(analysis);
        let index = CharIndex::new(&report.text);
        let trees: Vec<Tree<'_>> = analysis.sentences.iter().map(Tree::new).collect();
        let dateline = analysis.dateline.as_ref().map(|found| {
            let text = |span: Option<contested_model::Span>| {
                span.map(|s| index.slice(&report.text, s).trim().to_owned())
            };
            (text(found.place), text(found.agency))
        });
        let dateline_place = dateline.as_ref().and_then(|(place, _)| place.clone());
        let context = self.context(report, &index, analysis, dateline_place.as_deref());
        let mut statements = attribution::statements(analysis);
        let mut mentions = mentions::find(&trees, &context);
        coreference::link_appositions(&mut mentions, &trees);
        coreference::link_descriptions(&mut mentions, &trees);
        // names are looked up before it is settled what stands for them: "the town" is no province
        let places = locations::resolve(&mentions, &context, dateline_place.as_deref());
        let (topic, called) = topic::find(&mentions, &trees, &places, report.title.as_deref())
            .map_or((None, None), |(topic, called)| (Some(topic), called));
        if let Some(topic) = topic {
            topic::link_spellings(&mut mentions, topic);
        }
        let towns = Towns { places: &places, topic, called };
        coreference::resolve(&mut mentions, &trees, &statements, self.knowledge.actors, &towns);
        crate::speakers::link(&mut mentions, &trees, &statements);
        let expressions = relational::read(&trees, &mut mentions);
        let standings = relational::standings(&trees, &mentions, &expressions, &places, &context);
        let mut clock = Clock::new(report.published);
        clock.skim(&analysis.sentences);
        let mut heading = None;
        if let Some((found, words)) = analysis.dateline.as_ref().and_then(|found| Some((found, found.date?)))
        {
            let day = clock.dateline(index.slice(&report.text, words));
            let alone = found.place.is_none() && found.agency.is_none();
            heading = day
                .filter(|_| alone)
                .map(|day| dating::heading(day, words, index.slice(&report.text, words)));
        }
        let mut drafts = Vec::new();
        for (sentence, tree) in trees.iter().enumerate() {
            let times = clock.read(tree.sentence);
            let first = drafts.len();
            for predicate in predicates::find(sentence, tree, &mentions, self.lexicon) {
                let mut draft = draft(&predicate, analysis, &statements, &mentions);
                relational::in_one_breath(&mut draft.places, sentence, &expressions);
                dating::stated(&mut draft, tree, &times, &context);
                drafts.push(draft);
            }
            dating::unclaimed(&mut drafts[first..], tree, &times, &context);
            counting::attach(&mut drafts, first, sentence, tree, self.lexicon, &mentions, &context);
            for mut outlook in
                outlooks::find(sentence, tree, analysis, &statements, &mentions, &drafts[first..])
            {
                dating::stated(&mut outlook, tree, &times, &context);
                drafts.push(outlook);
            }
        }
        participants::all_of_them(&mut drafts, &trees, &mentions);
        sharing::behind_deeds(&mut drafts, &trees, &mentions);
        sharing::within_clause(&mut drafts, &trees);
        sharing::who_left(&mut drafts, &trees);
        if let Some(topic) = topic {
            topic::lend(&mut drafts, topic, &trees, &mentions);
        }
        answers::add(&mut drafts, &mut statements, &trees, &mentions);
        let allied =
            |a: &str, b: &str| self.knowledge.actors.allied(a, b, report.published) == Alliance::Allied;
        sharing::from_context(&mut drafts, &mentions, &allied);
        scenes::refine(&mut drafts, &trees, &mentions, &context);
        extent::fill(&mut drafts, &trees, &mentions, &places);
        dating::of_cause(&mut drafts, &trees);
        dating::of_clause(&mut drafts, &trees);
        dating::of_scene(&mut drafts, heading.as_ref(), &|draft| {
            draft.places.first().map(|place| mentions.resolved(place.mention))
        });
        drafts.retain(|draft| {
            is_claim(draft)
                && !tells_no_harm(draft, &statements)
                && !denies_in_passing(draft, &trees[draft.sentence])
        });
        let title = report.title.as_ref().map(|title| title.to_lowercase());
        let ground = Ground {
            trees: &trees,
            mentions: &mentions,
            resolved: &places,
            standings: &standings,
            context: &context,
        };
        let scene = Scene {
            trees: &trees,
            mentions: &mentions,
            ground,
            statements: &statements,
            context: &context,
            title: title.as_deref(),
            dateline: dateline_place.as_deref(),
            countries: Scene::countries(&trees, &mentions, &ground),
            breaks: Scene::breaks(&report.text),
            camps: ranking::Camps::of(&mentions, &context),
        };
        let mut offers = Vec::new();
        if aim == Aim::Offers {
            offers = ranking::offers(&mut drafts, &scene);
        } else {
            ranking::choose(&mut drafts, &scene);
            participants::without_vouchers_side(&mut drafts, &statements, &mentions);
        }
        let features: Vec<(Vec<String>, f64)> = (0..drafts.len())
            .map(|at| {
                (confidence::features(&drafts[at], &drafts, at, &trees, &mentions), drafts[at].confidence)
            })
            .collect();
        for (draft, (names, prior)) in drafts.iter_mut().zip(&features) {
            draft.confidence = confidence::chance(names, *prior);
        }
        confidence::raise_answered(&mut drafts, &mentions);
        let speakers = Speakers::new(&statements, &mentions, &trees, &context);
        let hash = text_hash(&report.text);
        let source = report
            .source
            .as_deref()
            .and_then(|name| self.knowledge.sources.by_outlet(name))
            .map(|s| s.id.clone());
        let found = dateline.map(|(place, agency)| Dateline { place, agency, date: None });
        let shared = Shared {
            report,
            reference: assemble::reference(report, &hash, source, found),
            extractor: self.made(),
            trees: &trees,
            mentions: &mentions,
            ground,
            context: &context,
            speakers: &speakers,
        };
        let mut claims: Vec<Claim> = Vec::with_capacity(drafts.len());
        for draft in &drafts {
            let span = trees[draft.sentence].sentence.span_of(draft.first, draft.last);
            let ordinal = claims
                .iter()
                .filter(|c| {
                    c.kind == draft.claim_type.kind()
                        && c.evidence.trigger.start == span.start
                        && c.evidence.trigger.end == span.end
                })
                .count();
            claims.push(shared.claim(draft, ordinal as u32));
        }
        let explanation = claims
            .iter()
            .position(|claim| aim == Aim::Explanation(&claim.key))
            .map(|at| explain(&drafts[at], &trees[drafts[at].sentence], parsed, &mentions, &features[at]));
        Reading { extraction: Extraction { claims, diagnostics: Vec::new() }, features, offers, explanation }
    }

    /// What its claims name as their maker.
    pub fn made(&self) -> Made {
        Made {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: contested_language::Model::embedded().id().to_owned(),
            knowledge: knowledge_id(self.knowledge),
        }
    }
}

/// A draft of the claim that `predicate` makes.
fn draft(
    predicate: &Predicate<'_>,
    analysis: &Analysis,
    statements: &[Statement],
    mentions: &Mentions,
) -> Draft {
    let (site, sense) = (&predicate.site, predicate.sense);
    let filled = participants::fill(predicate, mentions);
    let judged = factuality::judge(analysis, site.sentence, judged_token(predicate));
    let kind = sense.claim_type.kind();
    let mut places = filled.places;
    places.retain(|place| kind == Kind::Control || !locations::is_nowhere(mentions, place));
    if kind == Kind::Event || (kind == Kind::Control && places.is_empty()) {
        let none = places.is_empty();
        for place in locations::near(site.tree, site.sentence, site.at, sense.claim_type, mentions) {
            if !places.iter().any(|p| p.mention == place.mention) && (none || !place.inherited) {
                places.push(place);
            }
        }
    }
    if kind == Kind::Event && places.is_empty() {
        places.extend(locations::in_sentence(site.tree, site.sentence, site.at, mentions));
    }
    let places: Vec<_> = places
        .into_iter()
        .flat_map(|place| locations::spelt_out(site.tree, site.sentence, place, mentions))
        .map(|place| locations::measured_from(site.tree, site.sentence, place, mentions))
        .collect();
    let places = if kind == Kind::Event { locations::named_first(places, mentions) } else { places };
    let places = if sense.claim_type == ClaimType::Move {
        locations::without_origins(site.tree, site.sentence, places, mentions)
    } else {
        places
    };
    let gloss = kind == Kind::Relation && attribution::in_gloss(analysis, site.sentence, site.at)
        || (kind == Kind::Control || sense.claim_type == ClaimType::Siege)
            && attribution::in_modifier(analysis, site.sentence, site.at)
        || sense.claim_type == ClaimType::Accuse
            && attribution::in_description(analysis, site.sentence, site.at)
        || (kind == Kind::Relation
            || ["holds.position-noun", "holds.control."].iter().any(|id| sense.id.starts_with(id)))
            && attribution::in_passing(analysis, site.sentence, site.at);
    let chain = if gloss { Vec::new() } else { attribution::chain(statements, site.sentence, site.at) };
    let mut filled = (filled.agents, filled.targets);
    participants::without_speakers(
        &mut filled,
        site.sentence,
        sense.claim_type,
        &chain,
        statements,
        mentions,
    );
    let (agents, targets) = filled;
    let (claim_type, mut about) = told_as(sense.claim_type, &judged);
    // "will help the militia capture the town": the capture is what is looked ahead to
    if about.is_some() && sense.id.starts_with("support.help") {
        about = outlooks::of_complement(site).or(about);
    }
    let demanded = claim_type == ClaimType::Demand && sense.claim_type != ClaimType::Demand;
    // whoever is to do it is who the demand goes to
    let (agents, targets) = if demanded {
        (participants::voucher(&chain, statements, mentions), agents)
    } else {
        (agents, targets)
    };
    let mut why = vec![(sense.id.clone(), (predicate.first..=predicate.last).collect())];
    if places.first().is_some_and(|place| place.inherited) {
        why.push(("places.of-sentence.v1".to_owned(), Vec::new()));
    }
    why.extend(judged.rules.iter().map(|&(rule, token)| (rule.to_owned(), vec![token])));
    why.extend(chain.iter().filter(|&&s| statements[s].sentence == site.sentence).map(|&s| {
        (statements[s].rule.to_owned(), (statements[s].cue.first..=statements[s].cue.last).collect())
    }));
    Draft {
        sentence: site.sentence,
        at: site.at,
        first: predicate.first,
        last: predicate.last,
        claim_type,
        about,
        agents,
        targets,
        places,
        phase: sense.phase.or_else(|| light_phase(predicate)).or(judged.phase),
        extent: sense.extent,
        polarity: multiply(
            multiply(sense.polarity, judged.polarity),
            predicate.light.map_or(Polarity::Positive, |(_, l)| l.polarity),
        ),
        certainty: judged.certainty,
        tense: tense_of(predicate, kind, judged.tense),
        verified: judged.verified,
        time: None,
        casualties: Vec::new(),
        chain,
        why,
        sense: sense.id.clone(),
        confidence: sense.prior,
    }
}

/// "territory held by X" tells of now, whatever the form of "held": a hold described by a participle or a noun lasts.
fn tense_of(predicate: &Predicate<'_>, kind: Kind, judged: Tense) -> Tense {
    let (tree, at) = (predicate.site.tree, predicate.site.at);
    let described = !tree.is_verbal(at)
        || tree.xpos(at) == contested_language::tags::Xpos::Vbn
            && matches!(
                tree.deprel(at).base(),
                contested_language::tags::Deprel::Acl | contested_language::tags::Deprel::Amod
            );
    // "has had control", "kept control": so it is still
    let now = tree
        .children_by(at, contested_language::tags::Deprel::Aux)
        .any(|aux| matches!(tree.norm(aux), "has" | "have"));
    let kept = now || matches!(tree.lemma(at), "retain" | "maintain" | "keep" | "preserve");
    if kind == Kind::Control && judged == Tense::Past && (described || kept) {
        Tense::Ongoing
    } else {
        judged
    }
}

/// The phase that the light verb tells; "launched a strike" is a blow, "launched an offensive" the beginning of something that lasts.
fn light_phase(predicate: &Predicate<'_>) -> Option<Phase> {
    let (verb, light) = predicate.light?;
    let blow = matches!(
        predicate.sense.claim_type,
        ClaimType::Airstrike
            | ClaimType::Shelling
            | ClaimType::Bombing
            | ClaimType::Chemical
            | ClaimType::Kill
    );
    let begins =
        matches!(predicate.site.tree.lemma(verb), "start" | "begin" | "commence" | "resume" | "renew");
    light.phase.filter(|phase| *phase != Phase::Start || !blow || begins)
}

/// The token whose clause decides whether it is so: the light verb's where there is one.
fn judged_token(predicate: &Predicate<'_>) -> u32 {
    predicate.light.map_or(predicate.site.at, |(verb, _)| verb)
}

fn told_as(claim_type: ClaimType, judged: &Factuality) -> (ClaimType, Option<About>) {
    match &judged.outlook {
        // "X should leave": said by the one who vouches for it
        Some(_)
            if judged.rules.iter().any(|(rule, _)| *rule == factuality::OUGHT)
                && claim_type.kind() == Kind::Event =>
        {
            (ClaimType::Demand, None)
        }
        Some(outlook) if claim_type.kind() != Kind::Relation => {
            (outlook.kind, Some(About { kind: claim_type.kind(), claim_type }))
        }
        _ => (claim_type, None),
    }
}

fn multiply(a: Polarity, b: Polarity) -> Polarity {
    if a == b { Polarity::Positive } else { Polarity::Negative }
}

/// What is left when nobody and nothing is named is no claim.
fn is_claim(draft: &Draft) -> bool {
    let content = draft.content();
    // what only the word that looks ahead tells needs nobody and nowhere more
    let ahead = draft.claim_type.kind() == Kind::Outlook && draft.sense.starts_with("outlook.");
    match content.kind() {
        _ if ahead => {
            draft.about.is_some()
                || !(draft.agents.is_empty() && draft.targets.is_empty() && draft.places.is_empty())
        }
        Kind::Relation => !draft.agents.is_empty() && !draft.targets.is_empty(),
        Kind::Control => !draft.places.is_empty() && !draft.agents.is_empty(),
        // a count of victims says something by itself
        _ => {
            !(draft.casualties.is_empty()
                && draft.agents.is_empty()
                && draft.targets.is_empty()
                && draft.places.is_empty())
        }
    }
}

/// "without coordinating with it", "denied the alleged raids", "turned out not to be a hostage": the words go by, nobody denies a tie, a charge
/// or an abduction.
fn denies_in_passing(draft: &Draft, tree: &Tree<'_>) -> bool {
    let rule = |name: &str| draft.why.iter().any(|(rule, _)| rule == name);
    draft.polarity == Polarity::Negative
        && match draft.content() {
            ClaimType::Accuse => tree.deprel(draft.at).is(Deprel::Amod),
            ClaimType::Abduct => tree.child_by(draft.at, Deprel::Cop).is_some(),
            content => content.kind() == Kind::Relation && rule("marker.v1"),
        }
}

/// "no casualties were reported": that nobody was harmed is no event of its own, unless somebody vouches for it.
fn tells_no_harm(draft: &Draft, statements: &[Statement]) -> bool {
    let harm = ["kill.death-noun", "kill.body-noun", "attack.injury-noun", "destroy.destruction-noun"];
    let nobody = |&first: &usize| {
        let statement = &statements[first];
        // "there are no reports of casualties"
        statement
            .speaker
            .as_ref()
            .is_some_and(|who| who.sentence == statement.sentence && who.head == statement.cue.first)
    };
    draft.polarity == Polarity::Negative
        && draft.certainty == contested_model::Certainty::Certain
        && harm.iter().any(|sense| draft.sense.starts_with(sense))
        && draft.casualties.is_empty()
        && draft.chain.first().is_none_or(nobody)
}

/// `b3:` and the digest of everything that decides how text is read: the knowledge base and the rules' tables.
fn knowledge_id(knowledge: &Knowledge) -> String {
    let tables = [
        knowledge.id(),
        &Lexicon::embedded().digest().to_string(),
        &crate::codes::digest().to_string(),
        crate::nouns::source(),
        crate::naming::PEOPLES,
        crate::extent::source(),
        crate::answers::words::source(),
        crate::outlooks::words::source(),
        crate::words::source(),
        crate::confidence::source(),
        crate::ranking::source(),
        include_str!("../lexicon/reporting.tsv"),
        include_str!("../lexicon/factuality.tsv"),
    ];
    format!("b3:{}", contested_model::Digest128::of(tables.join("\n").as_bytes()))
}
