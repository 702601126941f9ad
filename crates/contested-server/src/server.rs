use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::header;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use contested_assess::Situation;
use contested_knowledge::Knowledge;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::app::App;
use crate::error::{Code, Fault};
use crate::guard::guard;
use crate::people::Person;
use crate::{page, routes, serve};

/// Largest body of a request.
const LARGEST: usize = 1 << 20;
/// Longest time that an answer takes.
const PATIENCE: Duration = Duration::from_secs(30);
/// Streams of additions that may be open at the same time.
const STREAMS: usize = 128;

/// Threads that read requests and write answers.
const WORKERS: usize = 2;
/// Threads that ask the ledger and compute.
const BLOCKING: usize = 16;

/// How a situation is set for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// A web page that needs nothing else.
    Html,
}

/// What is served, where, and to whom.
#[derive(Clone)]
pub struct Settings {
    /// The ledger's file.
    pub store: PathBuf,
    /// Address and port; port 0 takes any that is free.
    pub bind: SocketAddr,
    /// What callers must know; needed for any address but loopback.
    pub token: Option<String>,
    /// Those who have tokens of their own, which are needed then, too.
    pub people: Vec<Person>,
    /// What is known of the world.
    pub knowledge: &'static Knowledge,
    /// Whether the ledger is the demonstration's.
    pub demo: bool,
    /// Sets a situation for people: typesetting is the binary's.
    pub typeset: fn(&Situation, Format) -> String,
}

impl Settings {
    /// Whether callers must send a token.
    pub(crate) fn wants_token(&self) -> bool {
        self.token.is_some() || !self.people.is_empty()
    }
}

/// Why the server does not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Anybody could read, and decide.
    #[error(
        "{bind} can be reached from other machines: give `--token`, `--token-file` or `--people`, so that only who knows it is answered, or bind to 127.0.0.1"
    )]
    NoToken {
        /// The address.
        bind: SocketAddr,
    },
    /// Too short to keep anybody out.
    #[error(
        "the token is too short: make one of at least {least} characters, such as `openssl rand -hex 24` prints"
    )]
    WeakToken {
        /// Fewest characters.
        least: usize,
    },
    /// The address is taken or not ours.
    #[error("cannot listen on {bind}: {source}; choose another with `--bind`")]
    Bind {
        /// The address.
        bind: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// No threads.
    #[error("cannot start threads: {0}")]
    Threads(std::io::Error),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] contested_ledger::LedgerError),
}

/// Fewest characters of a token.
pub(crate) const SHORTEST_TOKEN: usize = 16;

/// A server that answers.
pub struct Running {
    address: SocketAddr,
    app: Arc<App>,
    runtime: Runtime,
    served: JoinHandle<()>,
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets answers under way come to their end, for a few seconds, and ends.
    pub fn stop(self) {
        self.app.ending.send_replace(true);
        let Self { runtime, served, .. } = self;
        // Fails where a task panicked: it has ended, too.
        let _ = runtime.block_on(served);
        // What is still being computed is not waited for.
        runtime.shutdown_timeout(Duration::from_millis(200));
    }
}

/// Starts to serve.
///
/// # Errors
/// When the settings are not safe, the address is taken, or the ledger cannot be read.
pub fn start(settings: Settings) -> Result<Running, ServeError> {
    let bind = settings.bind;
    if !bind.ip().is_loopback() && !settings.wants_token() {
        return Err(ServeError::NoToken { bind });
    }
    if settings.token.as_ref().is_some_and(|token| token.len() < SHORTEST_TOKEN) {
        return Err(ServeError::WeakToken { least: SHORTEST_TOKEN });
    }
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .worker_threads(WORKERS)
        .max_blocking_threads(BLOCKING)
        .build()
        .map_err(ServeError::Threads)?;
    let app = Arc::new(App::new(settings, STREAMS)?);
    let fault = |source| ServeError::Bind { bind, source };
    let listener = runtime.block_on(TcpListener::bind(bind)).map_err(fault)?;
    let address = listener.local_addr().map_err(fault)?;
    runtime.spawn(Arc::clone(&app).follow());
    let served = runtime.spawn(serve::serve(listener, router(Arc::clone(&app)), app.ending.subscribe()));
    Ok(Running { address, app, runtime, served })
}

/// Serves until the process is told to end (interrupt or termination). `ready` is told the address once connections are taken.
///
/// # Errors
/// Those of [`start`].
pub fn run(settings: Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let running = start(settings)?;
    ready(running.address());
    running.runtime.block_on(told_to_end());
    running.stop();
    Ok(())
}

/// Waits until the process is told to end.
async fn told_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// All that is answered.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .nest("/api/v1", routes::routes())
        .fallback(page::page)
        .layer(from_fn(in_time))
        .layer(CatchPanicLayer::custom(|_| {
            Fault::new(Code::Internal, "the answer could not be computed").into_response()
        }))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn_with_state(Arc::clone(&app), guard))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// An answer that takes too long is given up; what it needs goes on being computed, and is there for the next who asks. A body that says that it is
/// too large is not waited for.
async fn in_time(request: Request, next: Next) -> Response {
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if said.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > LARGEST as u64) {
        return Fault::new(Code::BodyTooLarge, "the body is too large").into_response();
    }
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Fault::new(Code::Slow, "the answer is still being computed").into_response(),
    }
}
