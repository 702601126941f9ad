//! Claims made by hand for the tests of other crates (feature `testing`); nothing of this reaches a release build.

use jiff::civil::Date;

use crate::{
    About, Attribution, Casualty, Certainty, Claim, ClaimCodes, ClaimType, DiedOrHurt, Evidence, Extent,
    Extractor, Kind, Participant, Phase, Place, PlaceRelation, Polarity, Precision, ReportRef,
    SCHEMA_VERSION, SourceKind, Span, Stance, Tense, TimeBasis, TimeSpan, Trigger, WhoHurt, claim_id,
    claim_key, text_hash,
};

/// A claim in the making.
#[derive(Debug, Clone)]
pub struct Told(Claim);

/// A day from `2017-11-08`.
///
/// # Panics
/// When it is no date.
pub fn day(text: &str) -> Date {
    text.parse().expect("a date of a test")
}

fn participant(name: &str) -> Participant {
    let id = name.to_lowercase().replace(' ', "-");
    Participant { name: name.to_owned(), text: name.to_lowercase(), start: 0, end: 0, actor: Some(id) }
}

/// Starts a claim of `claim_type` told by `outlet` on day `published`; the report is one per outlet and day.
pub fn told(outlet: &str, published: &str, claim_type: ClaimType) -> Told {
    let reported = day(published);
    let id = format!("{}-{published}", outlet.to_lowercase().replace(' ', "-"));
    let quote = format!("{claim_type} .");
    let tense = match claim_type.kind() {
        Kind::Event => Tense::Past,
        Kind::Control | Kind::Relation => Tense::Ongoing,
        Kind::Outlook => Tense::Future,
    };
    Told(Claim {
        record: "claim".to_owned(),
        schema: SCHEMA_VERSION,
        id: String::new(),
        key: String::new(),
        report: ReportRef {
            hash: text_hash(&id),
            id,
            source: Some(outlet.to_owned()),
            source_id: None,
            published: Some(reported),
            title: None,
            url: None,
            dateline: None,
        },
        evidence: Evidence {
            start: 0,
            end: quote.len() as u32,
            quote,
            trigger: Trigger { start: 0, end: 4, text: claim_type.to_string() },
        },
        kind: claim_type.kind(),
        claim_type,
        phase: None,
        extent: None,
        about: None,
        agents: Vec::new(),
        targets: Vec::new(),
        places: Vec::new(),
        time: None,
        tense,
        reported: Some(reported),
        casualties: Vec::new(),
        attribution: Vec::new(),
        polarity: Polarity::Positive,
        certainty: Certainty::Certain,
        verified: None,
        same_as: None,
        confidence: 0.9,
        codes: ClaimCodes::default(),
        extractor: Extractor { version: "test".to_owned(), model: String::new(), knowledge: String::new() },
        why: Vec::new(),
    })
}

impl Told {
    /// Adds an agent.
    #[must_use]
    pub fn agent(mut self, name: &str) -> Self {
        self.0.agents.push(participant(name));
        self
    }

    /// Adds a target.
    #[must_use]
    pub fn target(mut self, name: &str) -> Self {
        self.0.targets.push(participant(name));
        self
    }

    /// Adds a town.
    #[must_use]
    pub fn place(mut self, name: &str) -> Self {
        self.0.places.push(Place {
            name: name.to_owned(),
            text: name.to_lowercase(),
            start: 0,
            end: 0,
            id: Some(format!("test:{}", name.to_lowercase().replace(' ', "-"))),
            lat: None,
            lon: None,
            country: Some("SY".to_owned()),
            kind: Some("town".to_owned()),
            relation: PlaceRelation::At,
            radius_km: None,
            score: 0.9,
            runner_up: None,
        });
        self
    }

    /// Names who vouches.
    #[must_use]
    pub fn by(mut self, name: &str, kind: SourceKind) -> Self {
        self.0.attribution.push(Attribution {
            name: name.to_owned(),
            text: name.to_lowercase(),
            start: 0,
            end: 0,
            actor: None,
            source_id: None,
            role: None,
            affiliation: None,
            anonymous: false,
            kind: Some(kind),
            stance: Stance::Asserts,
            cue: Some("said".to_owned()),
        });
        self
    }

    /// Whom the source speaks for.
    #[must_use]
    pub fn speaking_for(mut self, side: &str) -> Self {
        if let Some(first) = self.0.attribution.first_mut() {
            first.affiliation = Some(side.to_owned());
        }
        self
    }

    /// The source says that it is not so.
    #[must_use]
    pub fn denied(mut self) -> Self {
        self.0.polarity = Polarity::Negative;
        if let Some(first) = self.0.attribution.first_mut() {
            first.stance = Stance::Denies;
        }
        self
    }

    /// Dates it to one day.
    #[must_use]
    pub fn on(self, when: &str) -> Self {
        self.between(when, when)
    }

    /// Dates it to a range of days.
    #[must_use]
    pub fn between(mut self, from: &str, to: &str) -> Self {
        let precision = if from == to { Precision::Day } else { Precision::Range };
        let (from, to) = (Some(day(from)), Some(day(to)));
        self.0.time = Some(TimeSpan {
            text: String::new(),
            start: 0,
            end: 0,
            from,
            to,
            precision,
            basis: TimeBasis::Stated,
        });
        self
    }

    /// Sets the tense.
    #[must_use]
    pub fn tense(mut self, tense: Tense) -> Self {
        self.0.tense = tense;
        self
    }

    /// Sets the phase.
    #[must_use]
    pub fn phase(mut self, phase: Phase) -> Self {
        self.0.phase = Some(phase);
        self
    }

    /// Sets the extent of control.
    #[must_use]
    pub fn extent(mut self, extent: Extent) -> Self {
        self.0.extent = Some(extent);
        self
    }

    /// Sets how surely the source says it.
    #[must_use]
    pub fn certainty(mut self, certainty: Certainty) -> Self {
        self.0.certainty = certainty;
        self
    }

    /// Says what an outlook is of.
    #[must_use]
    pub fn about(mut self, claim_type: ClaimType) -> Self {
        self.0.about = Some(About { kind: claim_type.kind(), claim_type });
        self
    }

    /// Adds a number of dead.
    #[must_use]
    pub fn dead(mut self, min: u64, max: Option<u64>) -> Self {
        self.0.casualties.push(Casualty {
            what: DiedOrHurt::Dead,
            who: WhoHurt::Civilian,
            side: None,
            min: Some(min),
            max,
            text: String::new(),
            start: 0,
            end: 0,
        });
        self
    }

    /// The words of the last toll.
    #[must_use]
    pub fn in_words(mut self, words: &str) -> Self {
        if let Some(toll) = self.0.casualties.last_mut() {
            words.clone_into(&mut toll.text);
        }
        self
    }

    /// Sets the sentence, which is also where in the report the claim stands: `at` characters from its start.
    #[must_use]
    pub fn quote(mut self, at: u32, sentence: &str) -> Self {
        self.0.evidence.start = at;
        self.0.evidence.end = at + sentence.chars().count() as u32;
        sentence.clone_into(&mut self.0.evidence.quote);
        self.0.evidence.trigger.start = at;
        self.0.evidence.trigger.end = at + 4;
        self
    }

    /// The claim, with its id and key.
    #[must_use]
    pub fn claim(mut self) -> Claim {
        let trigger = Span::new(self.0.evidence.trigger.start, self.0.evidence.trigger.end);
        self.0.key = claim_key(&self.0.report.hash, trigger, self.0.kind, 0);
        self.0.id = claim_id(&self.0);
        self.0
    }
}
