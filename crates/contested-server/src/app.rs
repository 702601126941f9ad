//! What all requests share: the ledger, what follows from it, and who is told when it changes.

use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use axum::response::Response;
use contested_answers::Informed;
use contested_knowledge::Knowledge;
use contested_ledger::Ledger;
use contested_model::Extractor;
use serde::Serialize;
use tokio::sync::{Notify, Semaphore, watch};
use utoipa::ToSchema;

use crate::Settings;
use crate::error::{Code, Fault};
use crate::pool::Pool;
use crate::reply::{Caller, Tag};
use crate::snapshot::Snapshot;

/// How often the ledger is looked at for additions.
const LOOK: Duration = Duration::from_millis(500);
/// What was costly to compute rests for so many times as long before it is computed anew.
const REST: u32 = 3;
/// Longest rest.
const LONGEST_REST: Duration = Duration::from_mins(1);
/// Assessments that are computed at the same time.
const HEAVY: usize = 2;
/// How long who decided waits until the assessment follows.
const FOLLOWS: Duration = Duration::from_secs(2);

/// What is told when the ledger has changed and what follows from it is ready.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ToSchema)]
pub(crate) struct LedgerTold {
    /// The state of the ledger that answers are of from now on.
    pub(crate) revision: String,
    /// Reports in it.
    pub(crate) reports: u64,
    /// Claims of the current extractions.
    pub(crate) claims: u64,
}

/// What all requests share.
pub(crate) struct App {
    pub(crate) pool: Arc<Pool>,
    pub(crate) settings: Settings,
    /// What claims of this program's extractor name.
    pub(crate) made: Extractor,
    current: RwLock<Arc<Snapshot>>,
    heavy: Arc<Semaphore>,
    told: watch::Sender<LedgerTold>,
    look: Notify,
    /// Streams of additions that are open.
    pub(crate) streams: Arc<Semaphore>,
    /// Set when the server ends.
    pub(crate) ending: watch::Sender<bool>,
}

impl App {
    /// Looks at the ledger for the first time.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn new(settings: Settings, streams: usize) -> Result<Self, contested_ledger::LedgerError> {
        let ledger = Ledger::read(&settings.store)?;
        let revision = ledger.revision()?;
        let pool = Arc::new(Pool::new(settings.store.clone()));
        let heavy = Arc::new(Semaphore::new(HEAVY));
        let world = Informed { actors: settings.knowledge.actors };
        let first = Snapshot::new(revision, Arc::clone(&pool), Arc::clone(&heavy), world);
        Ok(Self {
            pool,
            made: contested_answers::made_by(settings.knowledge),
            settings,
            current: RwLock::new(Arc::new(first)),
            heavy,
            told: watch::Sender::new(LedgerTold::default()),
            look: Notify::new(),
            streams: Arc::new(Semaphore::new(streams)),
            ending: watch::Sender::new(false),
        })
    }

    /// What is known of the world.
    pub(crate) fn knowledge(&self) -> &'static Knowledge {
        self.settings.knowledge
    }

    /// What follows from the ledger, as of the newest revision for which that is ready.
    pub(crate) fn snapshot(&self) -> Result<Arc<Snapshot>, Fault> {
        let broken = |_| Fault::new(Code::Internal, "the server's state is broken");
        Ok(Arc::clone(&*self.current.read().map_err(broken)?))
    }

    /// What `answer` makes of the ledger as it stands, unless the caller has that already.
    pub(crate) async fn of_ledger<F>(&self, caller: Caller, answer: F) -> Result<Response, Fault>
    where
        F: FnOnce(&Ledger, &Tag) -> Result<Response, Fault> + Send + 'static,
    {
        let ask = move |ledger: &Ledger| {
            let tag = caller.tag(&ledger.revision()?);
            if tag.there { Ok(tag.unchanged()) } else { answer(ledger, &tag) }
        };
        self.pool.ask(ask).await
    }

    /// Who wants to be told.
    pub(crate) fn listen(&self) -> watch::Receiver<LedgerTold> {
        self.told.subscribe()
    }

    /// Follows the ledger until the server ends: what follows from a new revision is computed first, then takes its place, and then is told.
    pub(crate) async fn follow(self: Arc<Self>) {
        let mut ending = self.ending.subscribe();
        let mut warm = false;
        loop {
            let started = Instant::now();
            let changed = self.advance(warm).await.unwrap_or(false);
            warm = true;
            let rest = if changed { (started.elapsed() * REST).min(LONGEST_REST) } else { Duration::ZERO };
            tokio::select! {
                () = tokio::time::sleep(LOOK + rest) => {}
                () = self.look.notified() => {}
                _ = ending.wait_for(|ends| *ends) => return,
            }
        }
    }

    /// Takes a newer revision up, if there is one.
    async fn advance(&self, warm: bool) -> Result<bool, Fault> {
        let revision = self.pool.ask(|ledger| Ok(ledger.revision()?)).await?;
        let current = self.snapshot()?;
        let next = if revision == current.revision {
            if warm {
                return Ok(false);
            }
            current
        } else {
            Arc::new({
                let world = Informed { actors: self.knowledge().actors };
                Snapshot::new(revision, Arc::clone(&self.pool), Arc::clone(&self.heavy), world)
            })
        };
        next.warm().await?;
        let totals = next.totals().await?;
        let told = LedgerTold {
            revision: next.revision.clone(),
            reports: totals.counts.reports,
            claims: totals.counts.claims,
        };
        if let Ok(mut current) = self.current.write() {
            *current = next;
        }
        self.told.send_replace(told);
        Ok(true)
    }

    /// Waits, not for long, until what follows from a change that this server made is ready.
    pub(crate) async fn followed(&self) {
        let Ok(revision) = self.pool.ask(|ledger| Ok(ledger.revision()?)).await else { return };
        let mut told = self.told.subscribe();
        self.look.notify_one();
        let ready = told.wait_for(|told| told.revision == revision);
        let _ = tokio::time::timeout(FOLLOWS, ready).await;
    }
}
