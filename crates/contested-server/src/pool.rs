//! Connections to the ledger that only read, each used by one request at a time on a thread that may wait.

use std::path::PathBuf;
use std::sync::Mutex;

use contested_ledger::Ledger;
use tokio::sync::Semaphore;

use crate::error::{Code, Fault};

/// Requests that read the ledger at the same time.
const READERS: usize = 4;
/// Requests that wait for one of them before others are turned away.
const WAITING: usize = 512;

/// The connections.
#[derive(Debug)]
pub(crate) struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Ledger>>,
    readers: Semaphore,
    waiting: Semaphore,
}

impl Pool {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Mutex::new(Vec::new()),
            readers: Semaphore::new(READERS),
            waiting: Semaphore::new(WAITING),
        }
    }

    /// Where the ledger lies.
    pub(crate) fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Asks the ledger something, all of it of one state.
    pub(crate) async fn ask<T, F>(self: &std::sync::Arc<Self>, ask: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Ledger) -> Result<T, Fault> + Send + 'static,
    {
        let turned_away = |_| Fault::new(Code::TooMany, "too many requests are waiting for the ledger");
        let _waiting = self.waiting.try_acquire().map_err(turned_away)?;
        let _reader =
            self.readers.acquire().await.map_err(|_| Fault::new(Code::Internal, "the server is ending"))?;
        let pool = std::sync::Arc::clone(self);
        // A request that is given up leaves its question behind: it ends by itself.
        blocking(move || pool.ask_here(ask)).await
    }

    /// Likewise, on this thread.
    pub(crate) fn ask_here<T>(&self, ask: impl FnOnce(&Ledger) -> Result<T, Fault>) -> Result<T, Fault> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let ledger = match idle {
            Some(ledger) => ledger,
            None => Ledger::read(&self.path)?,
        };
        let answer = ledger.at_once(ask);
        // A connection on which something failed may be to a file that was replaced: it is not used again.
        if answer.as_ref().err().is_none_or(|fault| fault.code.status() < 500)
            && let Ok(mut idle) = self.idle.lock()
            && idle.len() < READERS
        {
            idle.push(ledger);
        }
        answer
    }
}

/// Runs work that takes long, or waits, on a thread of its own. A panic there is a defect that costs this answer only.
pub(crate) async fn blocking<T, F>(work: F) -> Result<T, Fault>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Fault> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(_) => Err(Fault::new(Code::Internal, "the answer could not be computed")),
    }
}
