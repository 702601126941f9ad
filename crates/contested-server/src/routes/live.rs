use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::{Receiver, channel};

use super::Answer;
use crate::app::App;
use crate::error::{Code, Fault};

/// How often an open stream without news says that it is there.
const QUIET: Duration = Duration::from_secs(15);

/// Additions as they come
///
/// Server-sent events named `ledger`, each with revision, reports and claims: the state as it is at once, and then after each addition, when
/// what follows from it is ready to be asked for.
#[utoipa::path(get, path = "/live", tag = "ledger", responses((status = 200, body = crate::app::LedgerTold, content_type = "text/event-stream")))]
pub(crate) async fn live(State(app): State<Arc<App>>) -> Answer {
    let turned_away = |_| Fault::new(Code::TooMany, "too many streams are open");
    let place = Arc::clone(&app.streams).try_acquire_owned().map_err(turned_away)?;
    let (mut told, mut ending) = (app.listen(), app.ending.subscribe());
    let (send, events) = channel(1);
    told.mark_changed();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                changed = told.changed() => if changed.is_err() { return },
                _ = ending.wait_for(|ends| *ends) => return,
                () = send.closed() => return,
            }
            let now = told.borrow_and_update().clone();
            if now.revision.is_empty() {
                continue;
            }
            let event = Event::default().event("ledger").id(now.revision.clone()).json_data(&now);
            if let Ok(event) = event
                && send.send(Ok(event)).await.is_err()
            {
                return;
            }
        }
    });
    let stream = Additions { events, _place: place };
    let mut response: Response =
        Sse::new(stream).keep_alive(KeepAlive::new().interval(QUIET)).into_response();
    // What buffers answers on the way must not hold these back.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    Ok(response)
}

/// An open stream, which gives its place back when it ends.
struct Additions {
    events: Receiver<Result<Event, Infallible>>,
    _place: OwnedSemaphorePermit,
}

impl futures_core::Stream for Additions {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.events.poll_recv(context)
    }
}
