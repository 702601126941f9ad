//! What the paths answer, over a real server and a real ledger.
#![allow(clippy::disallowed_methods, reason = "tests reach clock and network")]
#![allow(clippy::unwrap_used, reason = "what goes wrong is the test's failure")]

mod support;

use contested_ledger::Ledger;
use serde_json::{Value, json};
use support::{House, campaign, entry, now};

fn house() -> House {
    House::of(&campaign())
}

#[test]
fn the_ledger_is_described() {
    let meta = house().ask("/meta");
    assert_eq!(meta["ledger"], json!({"reports": 3, "claims": 4, "copies": 0, "forgotten": 0}));
    assert_eq!(meta["days"], json!({"first": "2017-11-08", "last": "2017-11-10"}));
    assert_eq!((&meta["demo"], &meta["token_required"]), (&json!(false), &json!(false)));
    assert!(
        meta["types"].as_array().unwrap().iter().any(|t| *t == json!({"name": "seize", "kind": "event"}))
    );
}

#[test]
fn claims_are_found_by_what_they_say() {
    let house = house();
    let count = |query: &str| house.ask(&format!("/claims?{query}"))["items"].as_array().unwrap().len();
    for (query, found) in [
        ("", 4),
        ("kind=event", 2),
        ("kind=event,relation", 3),
        ("type=seize&polarity=negative", 1),
        ("actor=Falcons", 3),
        ("place=town", 2),
        ("place=test%3Atown", 2),
        ("source=monitor", 1),
        ("source=a+commander", 1),
        ("report=two", 1),
        ("q=captured+town", 1),
        ("q=%22%28+OR", 0),
        ("from=2017-11-10", 2),
        ("to=2017-11-09", 2),
        ("known_at=2017-11-08", 1),
        ("as_of=2017-11-08", 2),
        ("confidence_min=0.95", 0),
        ("standing=unreviewed", 4),
        ("standing=accepted", 0),
        ("country=sy", 3),
    ] {
        assert_eq!(count(query), found, "{query}");
    }
    let first = &house.ask("/claims?order=oldest&limit=1")["items"][0];
    assert_eq!((&first["known"], &first["standing"]), (&json!("2017-11-08"), &json!("unreviewed")));
    assert_eq!((&first["record"], &first["type"]), (&json!("claim"), &json!("seize")));
}

#[test]
fn pages_of_claims_and_reports_follow_one_another_without_gaps() {
    let entries: Vec<_> = (0..25)
        .map(|n| {
            // Several on one day: the cursor must tell them apart.
            let day = format!("2017-11-{:02}", 1 + n / 4);
            let text = format!(
                "Report number {n} tells of a capture of Town{n} in words of its own, {}.",
                "x".repeat(n)
            );
            let told = contested_model::testing::told("Wire", &day, contested_model::ClaimType::Seize)
                .agent("Falcons")
                .place(&format!("Town{n}"));
            entry(&format!("r{n}"), "Wire", &day, &text, vec![told])
        })
        .collect();
    let house = House::of(&entries);
    for (path, key) in [
        ("/claims?order=oldest&", "key"),
        ("/claims?", "key"),
        ("/reports?", "id"),
        ("/control?", "since"),
        ("/events?", "id"),
    ] {
        let mut seen: Vec<String> = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = house.ask(&format!("{path}limit=4{cursor}"));
            let items = page["items"].as_array().unwrap();
            assert!(!items.is_empty() && items.len() <= 4, "{path}");
            seen.extend(items.iter().map(|item| item[key].to_string() + &item["place"]["id"].to_string()));
            let Some(next) = page["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((all, seen.len()), (25, 25), "{path}");
    }
}

#[test]
fn a_claim_comes_with_its_version_and_how_it_came_about() {
    let house = house();
    let item = house.ask("/claims?type=seize&polarity=positive")["items"][0].clone();
    let key = item["key"].as_str().unwrap();
    let claim = house.ask(&format!("/claims/{key}"));
    assert_eq!((&claim["version"], &claim["standing"]), (&json!(0), &json!("unreviewed")));
    assert_eq!(claim["explanation"]["record"], "explanation");
    assert_eq!(house.ask(&format!("/claims/{}", item["id"].as_str().unwrap()))["key"], item["key"]);
    assert_eq!(house.get("/api/v1/claims/k1:00000000").code(), "not_found");
    assert_eq!(house.get("/api/v1/claims/rawa").code(), "not_found");
}

#[test]
fn control_is_told_for_any_day_as_known_on_any_day() {
    let house = house();
    let town = |query: &str| {
        let list = house.ask(&format!("/control?place=Town{query}"));
        assert_eq!(list["total"], 1, "{list}");
        list["items"][0].clone()
    };
    assert_eq!(town("&as_of=2017-11-08&known_at=2017-11-08")["holder"], "Falcons");
    assert_eq!(town("")["place"]["id"], "test:town");
    let full = house.ask("/control/test:town");
    let evidence = full["evidence"].as_array().unwrap();
    assert_eq!(evidence.len(), 2);
    assert_eq!(evidence[0]["report"], "one");
    assert!(evidence[0]["quote"].as_str().unwrap().starts_with("The Falcons captured"));
    let sum: f64 =
        full["daily"][0]["chances"].as_array().unwrap().iter().map(|c| c["chance"].as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 0.01, "{sum}");
    assert_eq!(full["daily"][0]["from"], full["timeline"][0]["from"]);
    assert_eq!(house.get("/api/v1/control/nowhere").code(), "not_found");
    let changes = house.ask("/control/changes?from=2017-11-09&to=2017-11-10");
    for place in changes["items"].as_array().unwrap() {
        assert!(place["segments"][0]["from"].as_str().unwrap() >= "2017-11-09", "{place}");
    }
}

#[test]
fn disputes_events_sources_and_ties_are_told() {
    let house = house();
    let disputes = house.ask("/disputes?question=control&status=open&place=Town&actor=Falcons");
    assert_eq!(disputes["total"], 1);
    let id = disputes["items"][0]["id"].as_str().unwrap();
    assert_eq!(house.ask(&format!("/disputes/{id}"))["sides"].as_array().unwrap().len(), 2);
    assert_eq!(house.ask("/disputes?status=closed")["total"], 0);
    let events = house.ask("/events?type=seize&place=Town");
    assert_eq!(events["total"], 1, "{events:#}");
    let event = &events["items"][0];
    assert_eq!(event["denied_by"][0]["source"], "a monitor");
    let by_claim = house.ask(&format!("/events/{}", event["claims"][0].as_str().unwrap()));
    assert_eq!(by_claim["id"], event["id"]);
    assert!(house.ask("/sources")["items"].as_array().unwrap().iter().any(|s| s["name"] == "a monitor"));
    let graph = house.ask("/actors/graph");
    assert_eq!(graph["edges"][0]["type"], "backs");
    assert_eq!(graph["edges"][0]["from"], "northland");
    assert_eq!(house.ask("/actors/graph?as_of=2017-11-09")["edges"], json!([]));
    assert!(house.ask("/actors?q=falcons")["items"].as_array().unwrap().iter().any(|a| a["claims"] == 3));
    assert_eq!(house.ask("/places?q=tow")["items"][0]["id"], "test:town");
    assert_eq!(house.ask("/sitrep")["claims"], 4);
    assert_eq!(house.ask("/outlook")["items"], json!([]));
}

#[test]
fn reports_come_with_text_and_claims_and_words_are_found_by_their_place() {
    let house = house();
    let list = house.ask("/reports?source=wire+service");
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let hash = house.ask("/reports?q=fallen")["items"][0]["hash"].as_str().unwrap().to_owned();
    let report = house.ask(&format!("/reports/{hash}"));
    assert_eq!((&report["id"], &report["claims"]), (&json!("two"), &json!(1)));
    assert!(report["text"].as_str().unwrap().starts_with("A monitor said"));
    assert_eq!(report["claim_records"][0]["polarity"], "negative");
    let found = house.ask("/search?q=town");
    assert_eq!(found["places"][0]["item"]["name"], "Town");
    assert_eq!(found["places"][0]["ranges"], json!([[0, 4]]));
    let range = &found["claims"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["item"]["polarity"] == "positive")
        .unwrap()["ranges"];
    assert_eq!(*range, json!([[21, 25]]));
    assert_eq!(house.ask("/search?q=%2A")["claims"], json!([]));
}

#[test]
fn what_is_shown_can_be_taken_away() {
    let house = house();
    for (query, media, first) in [
        ("what=claims&as=csv&type=seize", "text/csv; charset=utf-8; header=present", "id,key,text,"),
        ("what=control&as=geojson", "application/geo+json", "{\"type\":\"FeatureCollection\""),
        ("what=events&as=md", "text/markdown; charset=utf-8", "| id | text |"),
        ("what=disputes&as=jsonl", "application/x-ndjson", "{\"question\":"),
        ("what=events&as=acled", "text/csv; charset=utf-8; header=present", "event_id_cnty,"),
    ] {
        let came = house.get(&format!("/api/v1/export?{query}"));
        let body = String::from_utf8_lossy(&came.body).into_owned();
        assert_eq!((came.status, came.headers["content-type"].as_str()), (200, media), "{query}: {body}");
        assert!(body.starts_with(first), "{query}: {body}");
        assert!(came.headers["content-disposition"].starts_with("attachment"));
    }
    assert_eq!(house.get("/api/v1/export").code(), "bad_value");
    assert_eq!(house.get("/api/v1/export?what=control&as=acled").code(), "bad_value");
    let features = house.get("/api/v1/claims.geojson?place=Town");
    assert_eq!(features.json()["features"].as_array().unwrap().len(), 2);
}

#[test]
fn the_same_answer_is_not_sent_twice_and_additions_change_it() {
    let house = house();
    for path in ["/claims", "/control", "/disputes", "/meta", "/openapi.json", "/reports"] {
        let path = format!("/api/v1{path}");
        let first = house.get(&path);
        let tag = first.headers["etag"].clone();
        let again = house.send("GET", &path, &[("If-None-Match", &tag)], b"");
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.headers["etag"], tag);
    }
    let before = house.get("/api/v1/claims").headers["etag"].clone();
    let told = contested_model::testing::told("Wire", "2017-11-11", contested_model::ClaimType::Seize)
        .agent("Falcons")
        .place("Village");
    let more = entry(
        "four",
        "Wire",
        "2017-11-11",
        "The army took Village on Saturday morning, it was said.",
        vec![told],
    );
    Ledger::open(&house.store).unwrap().add(&[more], now()).unwrap();
    let after = house.send("GET", "/api/v1/claims", &[("If-None-Match", &before)], b"");
    assert_eq!(after.status, 200);
    assert_eq!(after.json()["items"].as_array().unwrap().len(), 5);
    // What is assessed follows on its own.
    let mut places = 0;
    for _ in 0..100 {
        places = house.ask("/control")["total"].as_u64().unwrap();
        if places == 3 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(places, 3);
}

#[test]
fn answers_are_compressed_for_who_understands_it() {
    let house = house();
    for how in ["gzip", "br"] {
        let came = house.send("GET", "/api/v1/openapi.json", &[("Accept-Encoding", how)], b"");
        assert_eq!(came.headers.get("content-encoding").map(String::as_str), Some(how));
        assert!(came.body.len() < house.get("/api/v1/openapi.json").body.len() / 3);
    }
}

#[test]
fn decisions_are_written_and_a_stale_one_is_refused() {
    let house = house();
    let key =
        house.ask("/claims?type=seize&polarity=positive")["items"][0]["key"].as_str().unwrap().to_owned();
    let body = |act: &str, version: i64, extra: Value| {
        let mut body =
            json!({"act": act, "claim": key, "by": "A. Analyst", "why": "as read", "version": version});
        body.as_object_mut().unwrap().extend(extra.as_object().cloned().unwrap_or_default());
        body
    };
    let accepted = house.review(&body("accept", 0, json!({})));
    assert_eq!(accepted.status, 200, "{accepted:?}");
    let version = accepted.json()["version"].as_i64().unwrap();
    assert!(version > 0);
    assert_eq!(house.ask(&format!("/claims/{key}"))["standing"], "accepted");
    let stale = house.review(&body("reject", 0, json!({})));
    assert_eq!((stale.status, stale.code().as_str()), (409, "conflict"));
    let again = house.review(&body("accept", version, json!({})));
    assert_eq!(again.json()["already_so"], true);
    let corrected = house.review(&body("correct", version, json!({"field": "type", "value": "attack"})));
    assert_eq!(corrected.status, 200, "{corrected:?}");
    let claim = house.ask(&format!("/claims/{key}"));
    assert_eq!((&claim["type"], &claim["standing"]), (&json!("attack"), &json!("corrected")));
    // The assessment has followed by the time of the answer.
    assert_eq!(house.ask("/events?type=seize")["items"][0]["told_by"], json!([]).clone());
    for (wrong, status, code) in [
        (body("burn", version, json!({})), 400, "bad_decision"),
        (body("correct", version, json!({"field": "type", "value": "flying"})), 400, "bad_decision"),
        (body("accept", 0, json!({"by": " "})), 400, "bad_decision"),
        (body("accept", 0, json!({"claim": "k1:0000000000"})), 404, "not_found"),
        (json!({"act": "accept"}), 400, "bad_body"),
        (body("accept", 0, json!({"surplus": 1})), 400, "bad_body"),
    ] {
        let came = house.review(&wrong);
        assert_eq!((came.status, came.code().as_str()), (status, code), "{wrong}");
    }
}

#[test]
fn of_two_corrections_at_once_one_is_shown_as_a_conflict() {
    let house = house();
    let key =
        house.ask("/claims?type=seize&polarity=positive")["items"][0]["key"].as_str().unwrap().to_owned();
    let both = std::sync::Barrier::new(2);
    let correct = |by: &str, value: &str| {
        let body = json!({"act": "correct", "claim": key, "field": "type", "value": value, "by": by, "why": "as read", "version": 0});
        both.wait();
        house.review(&body)
    };
    let answers = std::thread::scope(|scope| {
        let one = scope.spawn(|| ("attack", correct("Ann", "attack")));
        let other = scope.spawn(|| ("clash", correct("Bob", "clash")));
        [one.join().unwrap(), other.join().unwrap()]
    });
    let (taken, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|(_, came)| came.status == 200);
    let ([(value, taken)], [(_, refused)]) = (&taken[..], &refused[..]) else { panic!("{answers:?}") };
    assert_eq!((refused.status, refused.code().as_str()), (409, "conflict"));
    // Nothing is lost: it reads as the first said, and who came second sees the version to decide on.
    let claim = house.ask(&format!("/claims/{key}"));
    assert_eq!((&claim["type"], &claim["version"]), (&json!(value), &taken.json()["version"]));
    assert_eq!(Ledger::read(&house.store).unwrap().decisions().unwrap().len(), 1);
}

#[test]
fn what_had_to_be_forgotten_leaves_its_tombstone() {
    let house = house();
    let mut ledger = Ledger::open(&house.store).unwrap();
    let digest = ledger.reports_called("two").unwrap()[0].clone();
    ledger.forget(&digest, "An Editor", "court order", now()).unwrap();
    let came = house.get("/api/v1/reports/two");
    assert_eq!((came.status, came.code().as_str()), (410, "forgotten"));
    assert_eq!(came.json()["error"]["tombstone"]["by"], "An Editor");
    assert!(!String::from_utf8_lossy(&came.body).contains("monitor"));
}

#[test]
fn an_empty_ledger_is_no_error() {
    let house = House::of(&[]);
    assert_eq!(house.ask("/meta")["days"], Value::Null);
    for path in [
        "/claims",
        "/events",
        "/control",
        "/control/changes",
        "/disputes",
        "/sources",
        "/actors",
        "/places",
        "/reports",
        "/outlook",
    ] {
        assert_eq!(house.ask(path)["items"], json!([]), "{path}");
    }
    assert_eq!(house.get("/api/v1/sitrep").code(), "nothing_known");
    assert_eq!(house.ask("/actors/graph")["nodes"], json!([]));
}
