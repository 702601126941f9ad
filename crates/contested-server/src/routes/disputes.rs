use std::sync::Arc;

use axum::extract::State;
use contested_assess::Disputed;
use contested_knowledge::Knowledge;
use contested_model::{Digest128, Kept, Question};
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use super::events::{alike, names_actor, names_place};
use crate::app::App;
use crate::asked::{self, Asked, Id};
use crate::error::Fault;
use crate::paging::{List, Page};
use crate::places::PlaceOut;
use crate::query::{DisputesQuery, MomentQuery};
use crate::reply::{Caller, current};
use crate::snapshot::{Base, Moment, Snapshot};

/// A dispute with an id, and the places that it is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DisputeOut {
    /// Stays the same while later reports take a side, too.
    pub(crate) id: String,
    /// `open` or `closed`.
    #[schema(value_type = String)]
    pub(crate) status: &'static str,
    #[serde(flatten)]
    #[schema(inline)]
    pub(crate) dispute: Disputed,
    /// Places that its claims name, the commonest first.
    pub(crate) places: Vec<PlaceOut>,
}

fn members<'b>(dispute: &Disputed, base: &'b Base) -> Vec<&'b Kept> {
    dispute.sides.iter().flat_map(|side| &side.claims).filter_map(|id| base.claim(id)).collect()
}

/// The id of a dispute: by its question and by the claims that opened it, the first of each side.
pub(crate) fn dispute_id(dispute: &Disputed, base: &Base) -> String {
    let first = |claims: &[String]| {
        let told = claims.iter().filter_map(|id| base.claim(id));
        told.map(|k| (k.known, k.claim.key.as_str())).min().map_or("", |(_, key)| key)
    };
    let mut keys: Vec<&str> = dispute.sides.iter().map(|side| first(&side.claims)).collect();
    keys.sort_unstable();
    format!("d1:{}", Digest128::of(format!("{} {}", word(dispute.question), keys.join(" ")).as_bytes()))
}

pub(crate) const fn word(question: Question) -> &'static str {
    match question {
        Question::Control => "control",
        Question::Occurrence => "occurrence",
        Question::Responsibility => "responsibility",
        Question::Casualties => "casualties",
        Question::Motive => "motive",
    }
}

impl DisputeOut {
    pub(crate) fn of(dispute: &Disputed, base: &Base, knowledge: &Knowledge) -> Self {
        let mut places: Vec<(usize, PlaceOut)> = Vec::new();
        for place in members(dispute, base).iter().flat_map(|k| &k.claim.places) {
            let country = place.country.clone();
            let out =
                PlaceOut::named(place.id.as_deref(), &place.name, place.lat, place.lon, country, knowledge);
            match places.iter_mut().find(|(_, other)| other.id == out.id) {
                Some((count, _)) => *count += 1,
                None => places.push((1, out)),
            }
        }
        places.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
        Self {
            id: dispute_id(dispute, base),
            status: if dispute.closed.is_some() { "closed" } else { "open" },
            dispute: dispute.clone(),
            places: places.into_iter().map(|(_, place)| place).collect(),
        }
    }
}

/// Every dispute of a moment.
async fn all(now: &Snapshot, moment: Moment) -> Result<(Arc<Base>, Arc<contested_assess::Situation>), Fault> {
    Ok((now.base(moment.known_at).await?, now.history(moment).await?))
}

/// What sources contradict one another about
#[utoipa::path(get, path = "/disputes", tag = "assessment", params(DisputesQuery), responses((status = 200, body = List<DisputeOut>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<DisputesQuery>,
) -> Answer {
    let (moment, page) = (query.moment()?, Page::of(query.limit.as_ref(), query.cursor.as_ref())?);
    let asked = Wanted::of(&query)?;
    let (now, tag) = current!(app, caller);
    if now.base(moment.known_at).await?.known().is_err() {
        return tag.json(&List::<DisputeOut> { items: Vec::new(), next: None, total: Some(0) });
    }
    let (base, situation) = all(&now, moment).await?;
    let wanted: Vec<&Disputed> =
        situation.disputes.iter().filter(|dispute| asked.picks(dispute, &base)).collect();
    tag.json(&page.cut(&wanted, |dispute| DisputeOut::of(dispute, &base, app.knowledge())))
}

/// What a query picks.
pub(crate) struct Wanted<'q> {
    question: Option<&'q str>,
    open: Option<bool>,
    place: Option<&'q str>,
    actor: Option<&'q str>,
}

impl<'q> Wanted<'q> {
    pub(crate) fn of(query: &'q DisputesQuery) -> Result<Self, Fault> {
        let questions = ["control", "occurrence", "responsibility", "casualties", "motive"];
        Ok(Self {
            question: asked::one_of("question", query.question.as_ref(), &questions)?,
            open: asked::one_of("status", query.status.as_ref(), &["open", "closed"])?
                .map(|word| word == "open"),
            place: query.place.as_deref(),
            actor: query.actor.as_deref(),
        })
    }

    pub(crate) fn picks(&self, dispute: &Disputed, base: &Base) -> bool {
        let named = |wanted: Option<&str>, names: &dyn Fn(&Kept, &str) -> bool| {
            wanted.is_none_or(|wanted| {
                dispute.about.iter().any(|about| alike(about, wanted))
                    || members(dispute, base).iter().any(|k| names(k, wanted))
            })
        };
        self.question.is_none_or(|question| word(dispute.question) == question)
            && self.open.is_none_or(|open| dispute.closed.is_none() == open)
            && named(self.place, &names_place)
            && named(self.actor, &names_actor)
    }
}

/// A dispute
#[utoipa::path(get, path = "/disputes/{id}", tag = "assessment", params(("id" = String, Path, description = "d1:…"), MomentQuery),
               responses((status = 200, body = DisputeOut)))]
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Asked(query): Asked<MomentQuery>,
) -> Answer {
    let moment = query.moment()?;
    let (now, tag) = current!(app, caller);
    let (base, situation) = all(&now, moment).await?;
    let found = situation.disputes.iter().find(|dispute| dispute_id(dispute, &base) == id);
    let Some(found) = found else { return Err(Fault::none("dispute", &id)) };
    tag.json(&DisputeOut::of(found, &base, app.knowledge()))
}
