//! A real server on loopback over a real ledger, and a client that sends what it is told to, byte by byte.
#![allow(dead_code, reason = "each test binary uses its own part of this")]
#![allow(clippy::disallowed_methods, reason = "tests reach files, clock and network")]
#![allow(clippy::unwrap_used, reason = "what goes wrong here is the test's failure")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

use contested_ledger::{Entry, Ledger};
use contested_model::testing::{Told, day, told};
use contested_model::{ClaimType, Extractor, Report, SourceKind, Span, claim_id, claim_key, text_hash};
use contested_server::{Person, Running, Settings, start};
use serde_json::Value;
use tempfile::TempDir;

/// A server, its ledger, and the folder that goes with them.
pub(crate) struct House {
    pub(crate) address: SocketAddr,
    pub(crate) store: PathBuf,
    pub(crate) running: Option<Running>,
    _folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Came {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Came {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|e| panic!("{e} in {}: {}", self.status, String::from_utf8_lossy(&self.body)))
    }

    pub(crate) fn code(&self) -> String {
        let json = self.json();
        for key in ["message", "hint"] {
            assert!(json["error"][key].as_str().is_some_and(|text| !text.is_empty()), "{json}");
        }
        json["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// A report of an outlet with these claims, whose text is `text`.
pub(crate) fn entry(id: &str, outlet: &str, published: &str, text: &str, claims: Vec<Told>) -> Entry {
    let report = Report {
        id: Some(id.to_owned()),
        source: Some(outlet.to_owned()),
        published: Some(day(published)),
        title: Some(format!("Report {id}")),
        text: text.to_owned(),
        ..Report::default()
    };
    let claims = claims
        .into_iter()
        .map(|told| {
            let mut claim = told.claim();
            claim.report.hash = text_hash(text);
            id.clone_into(&mut claim.report.id);
            let trigger = Span::new(claim.evidence.trigger.start, claim.evidence.trigger.end);
            claim.key = claim_key(&claim.report.hash, trigger, claim.kind, 0);
            claim.id = claim_id(&claim);
            claim
        })
        .collect();
    let extractor = Extractor { version: "1".into(), model: "m".into(), knowledge: "k".into() };
    Entry { report, claims, disputes: Vec::new(), extractor, unread: None }
}

/// Three reports: a capture, its denial, and ties.
pub(crate) fn campaign() -> Vec<Entry> {
    let wire = |t| told("Wire service", "2017-11-08", t);
    vec![
        entry(
            "one",
            "Wire service",
            "2017-11-08",
            "The Falcons captured Town from the Reds, a commander said. It had been besieged.",
            vec![
                wire(ClaimType::Seize)
                    .agent("Falcons")
                    .target("Reds")
                    .place("Town")
                    .on("2017-11-08")
                    .by("a commander", SourceKind::BelligerentOfficial)
                    .quote(0, "The Falcons captured Town from the Reds, a commander said."),
            ],
        ),
        entry(
            "two",
            "Monitor",
            "2017-11-09",
            "A monitor said that it was not true that Town had fallen. Fighting went on there.",
            vec![
                told("Monitor", "2017-11-09", ClaimType::Seize)
                    .agent("Falcons")
                    .place("Town")
                    .on("2017-11-08")
                    .by("a monitor", SourceKind::Monitor)
                    .denied()
                    .quote(0, "A monitor said that it was not true that Town had fallen."),
            ],
        ),
        entry(
            "three",
            "Wire service",
            "2017-11-10",
            "Northland backs the army. The front holds City.",
            vec![
                told("Wire service", "2017-11-10", ClaimType::Backs)
                    .agent("Northland")
                    .target("Falcons")
                    .quote(0, "Northland backs the army."),
                told("Wire service", "2017-11-10", ClaimType::Holds)
                    .agent("Front")
                    .place("City")
                    .quote(26, "The front holds City."),
            ],
        ),
    ]
}

/// The time at which everything here is added.
pub(crate) fn now() -> jiff::Timestamp {
    "2017-12-01T12:00:00Z".parse().unwrap()
}

impl House {
    pub(crate) fn of(entries: &[Entry]) -> Self {
        Self::with(entries, None)
    }

    pub(crate) fn with(entries: &[Entry], token: Option<&str>) -> Self {
        Self::of_people(entries, token, Vec::new())
    }

    pub(crate) fn of_people(entries: &[Entry], token: Option<&str>, people: Vec<Person>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("ledger.db");
        Ledger::open(&store).unwrap().add(entries, now()).unwrap();
        let settings = Settings {
            store: store.clone(),
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            token: token.map(str::to_owned),
            people,
            knowledge: contested_knowledge::Knowledge::embedded(),
            demo: false,
            typeset: |situation, _| format!("# {} <script>", situation.as_of),
        };
        let running = start(settings).unwrap();
        Self { address: running.address(), store, running: Some(running), _folder: folder }
    }

    /// Sends bytes and reads until the server closes.
    pub(crate) fn raw(&self, request: &[u8]) -> Came {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        // A server that has seen enough may close before all is sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        came(&bytes)
    }

    /// A request with a body.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Came {
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            let _ = write!(head, "Host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        if !body.is_empty() {
            let _ = write!(head, "Content-Length: {}\r\n", body.len());
        }
        head.push_str("\r\n");
        self.raw(&[head.as_bytes(), body].concat())
    }

    pub(crate) fn get(&self, path: &str) -> Came {
        self.send("GET", path, &[], b"")
    }

    /// What a path of the interface answers, which must be 200 and JSON.
    pub(crate) fn ask(&self, path: &str) -> Value {
        let came = self.get(&format!("/api/v1{path}"));
        assert_eq!(came.status, 200, "{path}: {}", String::from_utf8_lossy(&came.body));
        came.json()
    }

    pub(crate) fn review(&self, body: &Value) -> Came {
        let json = ("Content-Type", "application/json");
        self.send("POST", "/api/v1/review", &[json], body.to_string().as_bytes())
    }
}

fn came(bytes: &[u8]) -> Came {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|word| word.parse().ok());
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let mut body = bytes.get(end + 4..).unwrap_or_default().to_vec();
    if headers.get("transfer-encoding").is_some_and(|how| how == "chunked") {
        body = joined(&body);
    }
    Came { status: status.unwrap_or(0), headers, body }
}

fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(end) = chunks.windows(2).position(|two| two == b"\r\n") {
        let size = String::from_utf8_lossy(&chunks[..end]);
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16).unwrap_or(0);
        let data = &chunks[(end + 2).min(chunks.len())..];
        if size == 0 {
            break;
        }
        out.extend_from_slice(&data[..size.min(data.len())]);
        chunks = data.get(size + 2..).unwrap_or_default();
    }
    out
}
