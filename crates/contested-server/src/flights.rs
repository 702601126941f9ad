//! Answers that cost: each is computed once, however many ask for it at the same time, and the last few are kept.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use crate::error::{Code, Fault};

type Landed<V> = Option<Result<Arc<V>, Fault>>;

struct Flight<V> {
    landed: watch::Receiver<Landed<V>>,
    used: u64,
}

struct Inside<K, V> {
    flights: BTreeMap<K, Flight<V>>,
    clock: u64,
}

/// Answers by question.
pub(crate) struct Flights<K, V> {
    inside: Arc<Mutex<Inside<K, V>>>,
    most: usize,
}

impl<K, V> Flights<K, V>
where
    K: Ord + Clone + Send + 'static,
    V: Send + Sync + 'static,
{
    /// Keeps the `most` answers that were used last.
    pub(crate) fn keeping(most: usize) -> Self {
        Self { inside: Arc::new(Mutex::new(Inside { flights: BTreeMap::new(), clock: 0 })), most }
    }

    /// The answer to `key`, which `compute` gives if nobody has asked before. It is computed to its end even when whoever asked has gone.
    pub(crate) async fn get<F>(&self, key: K, compute: impl FnOnce() -> F) -> Result<Arc<V>, Fault>
    where
        F: Future<Output = Result<V, Fault>> + Send + 'static,
    {
        let gone = || Fault::new(Code::Internal, "the answer could not be computed");
        let mut landed = self.flight(key, compute).ok_or_else(gone)?;
        let answer = landed.wait_for(Option::is_some).await.map_err(|_| gone())?;
        answer.clone().unwrap_or_else(|| Err(gone()))
    }

    fn flight<F>(&self, key: K, compute: impl FnOnce() -> F) -> Option<watch::Receiver<Landed<V>>>
    where
        F: Future<Output = Result<V, Fault>> + Send + 'static,
    {
        let mut inside = self.inside.lock().ok()?;
        inside.clock += 1;
        let now = inside.clock;
        if let Some(flight) = inside.flights.get_mut(&key) {
            flight.used = now;
            return Some(flight.landed.clone());
        }
        while inside.flights.len() >= self.most {
            let oldest =
                inside.flights.iter().min_by_key(|(_, flight)| flight.used).map(|(key, _)| key.clone());
            oldest.and_then(|key| inside.flights.remove(&key));
        }
        let (tell, landed) = watch::channel(None);
        inside.flights.insert(key.clone(), Flight { landed: landed.clone(), used: now });
        let (work, all) = (compute(), Arc::clone(&self.inside));
        tokio::spawn(async move {
            let answer = work.await.map(Arc::new);
            // What failed is tried again by the next who asks.
            if answer.is_err()
                && let Ok(mut inside) = all.lock()
            {
                inside.flights.remove(&key);
            }
            let _ = tell.send(Some(answer));
        });
        Some(landed)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn what_many_ask_is_computed_once_and_failures_are_not_kept() {
        let flights: Flights<u8, usize> = Flights::keeping(2);
        let count = Arc::new(AtomicUsize::new(0));
        let ask = |key: u8, fails: bool| {
            let count = Arc::clone(&count);
            flights.get(key, move || async move {
                tokio::task::yield_now().await;
                let n = count.fetch_add(1, Ordering::SeqCst);
                if fails { Err(Fault::new(Code::Internal, "no")) } else { Ok(n) }
            })
        };
        let (a, b, c) = tokio::join!(ask(1, false), ask(1, false), ask(1, false));
        assert_eq!((*a.unwrap(), *b.unwrap(), *c.unwrap()), (0, 0, 0));
        assert!(ask(2, true).await.is_err());
        assert_eq!(*ask(2, false).await.unwrap(), 2);
        // The third key sends the one that was used longest ago away.
        ask(3, false).await.unwrap();
        assert_eq!(*ask(1, false).await.unwrap(), 4);
    }
}
