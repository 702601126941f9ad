//! A ledger of layout 1 is brought up to date with all that is in it.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the tests make a file of an older layout"
)]

mod support;

use contested_ledger::{Act, Filter, Ledger};
use rusqlite::{Connection, params};
use support::{all, capture, entry, now};

const LAYOUT_1: &str = include_str!("../migrations/1-ledger.sql");
const STORY: &str = "The army's vanguard crossed the river at dawn on Tuesday and took two villages on its far bank, a commander said by telephone.";

/// A file as the first version of the program wrote it: two reports with a claim each, one the copy of the other.
fn old(path: &std::path::Path) -> Vec<contested_model::Claim> {
    let db = Connection::open(path).unwrap();
    db.execute_batch(LAYOUT_1).unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
    let claims = ["One", "Two"].map(|place| {
        let mut claim = entry(STORY, Some("2017-11-08"), vec![capture(place, "2017-11-08")]).claims.remove(0);
        (claim.places[0].lat, claim.places[0].lon) = (Some(34.4), Some(40.9));
        claim
    });
    for (n, claim) in claims.iter().enumerate() {
        let id = n as i64 + 1;
        db.execute(
            "INSERT INTO reports (id, digest, hash, source, published, url, text, other, added_at, known)
             VALUES (?1, ?2, 'b3:x', ?3, ?4, ?5, ?6, '{}', '2017-12-01T00:00:00Z', ?4)",
            params![
                id,
                format!("r1:{n}"),
                format!("Outlet {n}"),
                format!("2017-11-0{}", n + 8),
                format!("https://example.org/{n}"),
                STORY
            ],
        )
        .unwrap();
        db.execute("INSERT INTO extractions VALUES (?1, ?1, '1', 'm', 'k', '2017-12-01T00:00:00Z')", [id])
            .unwrap();
        db.execute(
            "INSERT INTO claims (id, claim, key, extraction, kind, type, polarity, certainty, day, known, root, quote, json)
             VALUES (?1, ?2, ?3, ?1, 'event', 'seize', 'positive', 'certain', '2017-11-08', '2017-11-08', 'a commander', ?4, ?5)",
            params![id, claim.id, claim.key, claim.evidence.quote, serde_json::to_string(claim).unwrap()],
        )
        .unwrap();
        let place = &claim.places[0];
        db.execute(
            "INSERT INTO claim_places VALUES (?1, ?2, ?3, 34.4, 40.9, 'SY', 'at')",
            params![id, place.id, place.name],
        )
        .unwrap();
        db.execute("INSERT INTO claim_actors VALUES (?1, 'agent', 'army', 'Army')", [id]).unwrap();
    }
    claims.to_vec()
}

#[test]
fn nothing_is_lost_and_what_is_new_works_on_what_is_old() {
    let folder = tempfile::tempdir().unwrap();
    for reads_first in [true, false] {
        let path = folder.path().join(format!("{reads_first}.db"));
        let claims = old(&path);
        if reads_first {
            assert_eq!(all(&Ledger::read(&path).unwrap()), claims[..1], "a reader brings it up to date, too");
        }
        let mut ledger = Ledger::open(&path).unwrap();
        assert_eq!(all(&ledger), claims[..1], "the second report is a copy of the first");
        let at = |ledger: &Ledger, filter: Filter| ledger.claims(&filter).unwrap().len();
        assert_eq!(at(&ledger, Filter { place: Some("one".to_owned()), ..Filter::default() }), 1);
        assert_eq!(at(&ledger, Filter { actor: Some("ARMY".to_owned()), ..Filter::default() }), 1);
        assert_eq!(at(&ledger, Filter { words: Some("captured one".to_owned()), ..Filter::default() }), 1);
        let around = contested_ledger::Around { lat: 34.45, lon: 40.92, km: 10.0 };
        assert_eq!(at(&ledger, Filter { around: Some(around), ..Filter::default() }), 1);
        assert_eq!(ledger.reports_called("http://example.org/1").unwrap(), ["r1:1"]);
        ledger.decide(&[Act::Reject(claims[0].key.clone())], "A. Analyst", "a reason", None, now()).unwrap();
        assert_eq!(all(&ledger), []);
        let db = Connection::open(&path).unwrap();
        assert!(db.execute("DELETE FROM claims", []).unwrap_err().to_string().contains("append-only"));
        assert_eq!(db.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).unwrap(), "ok");
        assert_eq!(
            db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get::<_, i64>(0))
                .unwrap(),
            0
        );
    }
}
