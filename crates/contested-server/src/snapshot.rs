//! What follows from the ledger as it stands at one revision: computed when it is first asked for, and kept until a newer revision takes its place.

use std::collections::HashMap;
use std::sync::Arc;

use contested_answers::{Informed, Known, Unanswered};
use contested_assess::{
    Event, PlaceControl, Question, Situation, SourceRecord, control, events, situation, source_records,
};
use contested_ledger::{Counts, NamedRow, Spot, What};
use contested_model::Kept;
use jiff::civil::Date;
use tokio::sync::Semaphore;

use crate::error::{Code, Fault};
use crate::flights::Flights;
use crate::graph::{Graph, graph};
use crate::pool::{Pool, blocking};

/// Days of reported time whose claims are in memory at the same time: each may be the whole ledger.
const BASES: usize = 3;
/// Answers of each kind that are kept.
const ANSWERS: usize = 24;

/// The days that a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Moment {
    /// Valid time; none: the last day of which the ledger knows.
    pub(crate) as_of: Option<Date>,
    /// Reported time; none: all that is known.
    pub(crate) known_at: Option<Date>,
}

/// All claims that had been reported by some day.
#[derive(Debug)]
pub(crate) struct Base {
    /// None where nothing had been.
    known: Option<Known>,
    by_id: HashMap<String, usize>,
}

impl Base {
    fn of(known: Option<Known>) -> Self {
        let kept = known.as_ref().map_or(&[][..], |known| &known.kept);
        let by_id = kept.iter().enumerate().map(|(at, kept)| (kept.claim.id.clone(), at)).collect();
        Self { known, by_id }
    }

    /// What is known.
    ///
    /// # Errors
    /// When nothing is.
    pub(crate) fn known(&self) -> Result<&Known, Fault> {
        self.known.as_ref().ok_or_else(|| Fault::new(Code::NothingKnown, "nothing had been reported by then"))
    }

    /// The claims.
    pub(crate) fn kept(&self) -> &[Kept] {
        self.known.as_ref().map_or(&[], |known| &known.kept)
    }

    /// The claim with this id.
    pub(crate) fn claim(&self, id: &str) -> Option<&Kept> {
        self.by_id.get(id).and_then(|&at| self.kept().get(at))
    }

    /// The day asked for, or the last.
    pub(crate) fn day(&self, asked: Option<Date>) -> Option<Date> {
        self.known.as_ref().map(|known| asked.unwrap_or(known.as_of))
    }
}

/// How much a ledger holds, and of which days.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Totals {
    pub(crate) counts: Counts,
    pub(crate) days: Option<[Date; 2]>,
}

/// Who and what claims name.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) actors: Vec<NamedRow>,
    pub(crate) places: Vec<NamedRow>,
    spots: Vec<Spot>,
}

impl Names {
    /// Where a place lies, if it could be located.
    pub(crate) fn spot(&self, id: &str) -> Option<&Spot> {
        let at = self.spots.binary_search_by(|spot| spot.place.as_str().cmp(id)).ok()?;
        self.spots.get(at)
    }
}

/// A question to the situation: days, first day of news (none: the first of all), area.
type Situated = (Moment, Option<Date>, Option<String>);

/// The answers of one revision.
pub(crate) struct Snapshot {
    /// Of what it is.
    pub(crate) revision: String,
    pool: Arc<Pool>,
    heavy: Arc<Semaphore>,
    world: Informed,
    totals: Flights<(), Totals>,
    bases: Flights<Option<Date>, Base>,
    names: Flights<(), Names>,
    control: Flights<Moment, Vec<PlaceControl>>,
    events: Flights<Option<Date>, Vec<Event>>,
    situations: Flights<Situated, Situation>,
    records: Flights<Option<Date>, Vec<SourceRecord>>,
    graphs: Flights<Moment, Graph>,
}

impl Snapshot {
    /// Nothing of it is computed yet. `heavy` limits how much is computed at the same time.
    pub(crate) fn new(revision: String, pool: Arc<Pool>, heavy: Arc<Semaphore>, world: Informed) -> Self {
        Self {
            revision,
            pool,
            heavy,
            world,
            totals: Flights::keeping(1),
            bases: Flights::keeping(BASES),
            names: Flights::keeping(1),
            control: Flights::keeping(ANSWERS),
            events: Flights::keeping(BASES),
            situations: Flights::keeping(ANSWERS),
            records: Flights::keeping(BASES),
            graphs: Flights::keeping(ANSWERS),
        }
    }

    /// Computes what is asked for first: the answers to questions that give no days.
    pub(crate) async fn warm(&self) -> Result<(), Fault> {
        let now = Moment::default();
        self.totals().await?;
        self.names().await?;
        if self.base(None).await?.known.is_none() {
            return Ok(());
        }
        self.control(now).await?;
        self.events(None).await?;
        self.history(now).await?;
        self.records(None).await?;
        self.graph(now).await?;
        Ok(())
    }

    pub(crate) async fn totals(&self) -> Result<Arc<Totals>, Fault> {
        let pool = Arc::clone(&self.pool);
        let ask = move || async move {
            pool.ask(|ledger| Ok(Totals { counts: ledger.counts(None)?, days: ledger.days()? })).await
        };
        self.totals.get((), ask).await
    }

    pub(crate) async fn base(&self, known_at: Option<Date>) -> Result<Arc<Base>, Fault> {
        let (pool, world) = (Arc::clone(&self.pool), self.world);
        let ask = move || async move {
            pool.ask(move |ledger| match Known::of(ledger, None, known_at, world) {
                Ok(known) => Ok(Base::of(Some(known))),
                Err(Unanswered::Empty { .. } | Unanswered::NotYet { .. }) => Ok(Base::of(None)),
                Err(error) => Err(error.into()),
            })
            .await
        };
        self.bases.get(known_at, ask).await
    }

    pub(crate) async fn names(&self) -> Result<Arc<Names>, Fault> {
        let pool = Arc::clone(&self.pool);
        let ask = move || async move {
            pool.ask(|ledger| {
                Ok(Names {
                    actors: ledger.named(What::Actor)?,
                    places: ledger.named(What::Place)?,
                    spots: ledger.spots()?,
                })
            })
            .await
        };
        self.names.get((), ask).await
    }

    /// Who holds each place.
    pub(crate) async fn control(&self, moment: Moment) -> Result<Arc<Vec<PlaceControl>>, Fault> {
        let (base, moment) = self.at(moment).await?;
        let Some(day) = moment.as_of else { return Ok(Arc::default()) };
        self.control
            .get(moment, || {
                self.computed(move || {
                    Ok(base
                        .known
                        .as_ref()
                        .map_or_else(Vec::new, |known| control(&known.kept, day, &known.basis())))
                })
            })
            .await
    }

    /// All events.
    pub(crate) async fn events(&self, known_at: Option<Date>) -> Result<Arc<Vec<Event>>, Fault> {
        let (base, world) = (self.base(known_at).await?, self.world);
        self.events.get(known_at, || self.computed(move || Ok(events(base.kept(), &world)))).await
    }

    /// The situation with all that ever happened as its news.
    pub(crate) async fn history(&self, moment: Moment) -> Result<Arc<Situation>, Fault> {
        let base = self.base(moment.known_at).await?;
        let first = base.known()?.first();
        self.situation(moment, first, None).await
    }

    /// The situation with news from `since` on, or of a week.
    pub(crate) async fn situation(
        &self,
        moment: Moment,
        since: Option<Date>,
        area: Option<String>,
    ) -> Result<Arc<Situation>, Fault> {
        let (base, moment) = self.at(moment).await?;
        base.known()?;
        self.situations
            .get((moment, since, area.clone()), || {
                self.computed(move || {
                    let known = base.known()?;
                    let usual = known.question(area, since);
                    let asked = match moment.as_of {
                        Some(day) if since.is_none() => {
                            let week =
                                known.as_of.until(day).ok().and_then(|gap| usual.since.checked_add(gap).ok());
                            Question { as_of: day, since: week.unwrap_or(usual.since), ..usual }
                        }
                        Some(day) => Question { as_of: day, ..usual },
                        None => usual,
                    };
                    Ok(situation(&known.kept, &asked, &known.basis()))
                })
            })
            .await
    }

    /// The records of the sources.
    pub(crate) async fn records(&self, known_at: Option<Date>) -> Result<Arc<Vec<SourceRecord>>, Fault> {
        let base = self.base(known_at).await?;
        self.records
            .get(known_at, || {
                self.computed(move || {
                    Ok(base
                        .known
                        .as_ref()
                        .map_or_else(Vec::new, |known| source_records(&known.kept, &known.basis())))
                })
            })
            .await
    }

    /// Who backs, leads and fights whom.
    pub(crate) async fn graph(&self, moment: Moment) -> Result<Arc<Graph>, Fault> {
        let ((base, moment), world) = (self.at(moment).await?, self.world);
        self.graphs
            .get(moment, || self.computed(move || Ok(graph(base.kept(), moment.as_of, world.actors))))
            .await
    }

    /// The claims that a moment knows, and the moment with its day, so that a day that is not given and the last day are one question.
    async fn at(&self, moment: Moment) -> Result<(Arc<Base>, Moment), Fault> {
        let base = self.base(moment.known_at).await?;
        let as_of = base.day(moment.as_of);
        Ok((base, Moment { as_of, ..moment }))
    }

    /// Work that costs, one after another.
    fn computed<V, F>(&self, work: F) -> impl Future<Output = Result<V, Fault>> + Send + use<V, F>
    where
        V: Send + 'static,
        F: FnOnce() -> Result<V, Fault> + Send + 'static,
    {
        let heavy = Arc::clone(&self.heavy);
        async move {
            let ended = |_| Fault::new(Code::Internal, "the server is ending");
            let _turn = heavy.acquire_owned().await.map_err(ended)?;
            blocking(work).await
        }
    }
}
