//! What comes from outside and means no good: typed answers, nothing that panics, hangs or stays.
#![allow(clippy::disallowed_methods, reason = "tests reach clock and network")]
#![allow(clippy::unwrap_used, reason = "what goes wrong is the test's failure")]

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use contested_ledger::{Ledger, Role};
use contested_model::ClaimType;
use contested_model::testing::told;
use contested_server::Person;
use serde_json::json;
use support::{House, campaign, entry};

#[test]
fn bad_questions_get_typed_answers() {
    let house = House::of(&campaign());
    let long = format!("/claims?q={}", "x".repeat(100_000));
    let cursor = format!("/claims?cursor=c.{}", "9".repeat(5_000));
    for (path, status, code) in [
        ("/claims?as_of=2017-02-30", 400, "bad_date"),
        ("/claims?as_of=yesterday", 400, "bad_date"),
        ("/control?known_at=99999-01-01", 400, "bad_date"),
        ("/claims?limit=-5", 400, "bad_limit"),
        ("/claims?limit=0", 400, "bad_limit"),
        ("/control?limit=100000000000000000000", 400, "bad_limit"),
        ("/claims?cursor=c.2017-11-08", 400, "bad_cursor"),
        ("/control?cursor=o.99999999999999999999999999", 400, "bad_cursor"),
        ("/reports?cursor=c.2017-11-08.2017-11-08.5", 400, "bad_cursor"),
        (&cursor, 400, "bad_cursor"),
        ("/claims?kind=rumour", 400, "bad_value"),
        ("/claims?type=seize%3BDROP+TABLE+claims", 400, "bad_value"),
        ("/claims?polarity=maybe", 400, "bad_value"),
        ("/claims?confidence_min=NaN", 400, "bad_value"),
        ("/control?bbox=1,2,3", 400, "bad_value"),
        ("/claims?plase=Rawa", 400, "unknown_parameter"),
        ("/claims?q=a&q=b", 400, "repeated_parameter"),
        ("/claims?q=%ff%fe", 400, "bad_encoding"),
        ("/search?q=a&limit=1000", 400, "bad_limit"),
        ("/nothing", 404, "not_found"),
        ("/claims/..%2f..%2fetc%2fpasswd", 404, "not_found"),
        ("/claims/%ff", 400, "bad_encoding"),
        ("/reports/%00", 404, "not_found"),
        ("/control/%2e%2e", 404, "not_found"),
    ] {
        let came = house.get(&format!("/api/v1{path}"));
        assert_eq!((came.status, came.code().as_str()), (status, code), "{path}");
    }
    let came = house.get(&format!("/api/v1{long}"));
    assert!(matches!(came.status, 414 | 431), "{}", came.status);
    assert_eq!(house.send("DELETE", "/api/v1/claims", &[], b"").code(), "bad_method");
    assert_eq!(house.send("POST", "/", &[], b"x").code(), "bad_method");
    // It is all there as before.
    assert_eq!(house.ask("/claims")["items"].as_array().unwrap().len(), 4);
}

#[test]
fn no_path_leads_out_of_the_bundle() {
    let house = House::of(&campaign());
    for path in [
        "/../../Cargo.toml",
        "/..%2f..%2fCargo.toml",
        "/assets/../../../etc/passwd",
        "//etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/C:\\Windows\\win.ini",
    ] {
        let came = house.get(path);
        let body = String::from_utf8_lossy(&came.body).into_owned();
        assert!(!body.contains("root:") && !body.contains("[workspace]"), "{path}: {body}");
    }
    let page = house.get("/place/test:town");
    assert_eq!((page.status, page.headers["content-type"].as_str()), (200, "text/html; charset=utf-8"));
    assert_eq!(house.get("/favicon-that-is-not.ico").status, 404);
}

#[test]
fn every_answer_carries_the_headers_that_keep_a_browser_safe() {
    let house = House::of(&campaign());
    for path in ["/", "/api/v1/meta", "/api/v1/nothing", "/nothing.js", "/api/v1/live?x=1"] {
        let came = if path.starts_with("/api/v1/live") {
            house.send("POST", path, &[], b"x")
        } else {
            house.get(path)
        };
        let policy = &came.headers["content-security-policy"];
        assert!(
            policy.starts_with("default-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("http"), "{policy}");
        assert_eq!(came.headers["x-content-type-options"], "nosniff", "{path}");
        assert!(!came.headers.contains_key("access-control-allow-origin"), "{path}");
    }
}

#[test]
fn a_foreign_name_for_this_machine_is_not_answered() {
    let house = House::of(&campaign());
    for host in ["example.org", "127.0.0.1.example.org", "192.0.2.7:7878", ""] {
        let came = house.send("GET", "/api/v1/meta", &[("Host", host)], b"");
        assert!(matches!(came.status, 400 | 403), "{host}: {}", came.status);
        assert!(!String::from_utf8_lossy(&came.body).contains("reports"));
    }
    assert_eq!(house.send("GET", "/api/v1/meta", &[("Host", "localhost:1")], b"").status, 200);
    assert_eq!(house.raw(b"GET /api/v1/meta HTTP/1.0\r\n\r\n").status, 403);
}

#[test]
fn another_site_cannot_decide() {
    let house = House::of(&campaign());
    let key = house.ask("/claims")["items"][0]["key"].as_str().unwrap().to_owned();
    let body = json!({"act": "reject", "claim": key, "by": "x", "why": "y", "version": 0}).to_string();
    let json = ("Content-Type", "application/json");
    let post = |headers: &[(&str, &str)]| house.send("POST", "/api/v1/review", headers, body.as_bytes());
    assert_eq!(post(&[json, ("Origin", "https://example.org")]).code(), "bad_origin");
    assert_eq!(post(&[json, ("Origin", "null")]).code(), "bad_origin");
    assert_eq!(post(&[json, ("Sec-Fetch-Site", "cross-site")]).code(), "bad_origin");
    assert_eq!(post(&[("Content-Type", "text/plain")]).code(), "bad_media");
    assert_eq!(house.ask("/claims?standing=rejected")["items"], json!([]));
    let own = format!("http://{}", house.address);
    assert_eq!(post(&[json, ("Origin", &own)]).status, 200);
}

#[test]
fn the_token_is_wanted_for_the_interface_and_not_for_the_page() {
    let house = House::with(&campaign(), Some("a-token-of-some-length"));
    for (given, status) in [
        ("", 401),
        ("Bearer", 401),
        ("Bearer wrong", 401),
        ("Basic a-token-of-some-length", 401),
        ("Bearer a-token-of-some-length", 200),
        ("bearer a-token-of-some-length", 200),
    ] {
        let came = house.send("GET", "/api/v1/meta", &[("Authorization", given)], b"");
        assert_eq!(came.status, status, "{given}");
    }
    let came = house.get("/api/v1/claims");
    assert_eq!((came.code().as_str(), came.headers["www-authenticate"].as_str()), ("no_token", "Bearer"));
    assert_eq!(house.get("/").status, 200);
}

#[test]
fn each_decides_under_the_name_of_their_own_token_and_a_reader_does_not() {
    let person = |name, role, token| Person::new(name, role, token).unwrap();
    let people = vec![
        person("Ann", Role::Analyst, "the-token-that-ann-has"),
        person("Bob", Role::Reader, "the-token-that-bob-has"),
    ];
    let house = House::of_people(&campaign(), None, people);
    let asked = |method: &str, path: &str, token: &str, body: &str| {
        let token = format!("Bearer {token}");
        let headers = [("Content-Type", "application/json"), ("Authorization", token.as_str())];
        house.send(method, &format!("/api/v1{path}"), &headers, body.as_bytes())
    };
    assert_eq!(house.get("/api/v1/claims").code(), "no_token");
    let listed = asked("GET", "/claims", "the-token-that-bob-has", "");
    let key = listed.json()["items"][0]["key"].as_str().unwrap().to_owned();
    let body = json!({"act": "accept", "claim": key, "by": "Bob", "why": "y", "version": 0}).to_string();
    assert_eq!(asked("POST", "/review", "the-token-that-bob-has", &body).code(), "no_right");
    assert_eq!(asked("POST", "/review", "the-token-that-ann-has", &body).status, 200);
    let decisions = Ledger::read(&house.store).unwrap().decisions().unwrap();
    assert_eq!(decisions.iter().map(|decision| decision.by.as_str()).collect::<Vec<_>>(), ["Ann"]);
}

#[test]
fn bodies_have_a_size() {
    let house = House::of(&campaign());
    let json = ("Content-Type", "application/json");
    let large = format!("{{\"act\": \"{}\"}}", "x".repeat(2 << 20));
    let came = house.send("POST", "/api/v1/review", &[json], large.as_bytes());
    assert!(came.status == 413 || came.status == 0, "{}", came.status);
    let said = house.send(
        "POST",
        "/api/v1/review",
        &[json, ("Expect", "100-continue"), ("Content-Length", "99999999999")],
        b"",
    );
    assert_eq!(said.status, 413);
    for body in [&b"{"[..], b"[]", b"\xff\xff", b"null", b"{\"act\": 5}", &b"[".repeat(100_000)] {
        let came = house.send("POST", "/api/v1/review", &[json], body);
        assert!(
            matches!(came.status, 400 | 413 | 422),
            "{}: {}",
            came.status,
            String::from_utf8_lossy(&came.body)
        );
        assert_eq!(came.code(), "bad_body");
    }
}

#[test]
fn who_sends_slowly_is_sent_away_and_holds_up_nobody() {
    let house = House::of(&campaign());
    let slow: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = TcpStream::connect(house.address).unwrap();
            stream.write_all(b"GET /api/v1/meta HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").unwrap();
            stream
        })
        .collect();
    let started = Instant::now();
    assert_eq!(house.get("/api/v1/meta").status, 200);
    assert!(started.elapsed() < Duration::from_secs(8));
    for mut stream in slow {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut rest = Vec::new();
        // Closed, with or without a word.
        let _ = stream.read_to_end(&mut rest);
        assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&rest));
    }
    assert!(started.elapsed() < Duration::from_secs(25), "{:?}", started.elapsed());
}

#[test]
fn noise_instead_of_requests_is_survived() {
    let house = House::of(&campaign());
    for noise in [
        &b"\x16\x03\x01\x02\x00\x01\x00"[..],
        b"\r\n\r\n\r\n",
        b"GET\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        &[0xff; 4096],
    ] {
        house.raw(noise);
    }
    let headers = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "A: b\r\n".repeat(5000));
    assert!(matches!(house.raw(headers.as_bytes()).status, 431 | 400 | 0));
    assert_eq!(house.get("/api/v1/meta").status, 200);
}

#[test]
fn hostile_reports_are_data() {
    let name = "<img src=x onerror=alert(1)>\u{202e}\u{0}".to_owned() + &"n".repeat(100_000);
    let text = format!("</script><script>alert(1)</script> {name} took it. =cmd|' /C calc'!A0");
    let claim = told("Evil <b>outlet</b>", "2017-11-08", ClaimType::Seize)
        .agent(&name)
        .place("=HYPERLINK(\"http://example.org\")")
        .quote(0, "=cmd|' /C calc'!A0 | **bold** [x](javascript:alert(1))");
    let house =
        House::of(&[entry("../../etc/passwd", "Evil <b>outlet</b>", "2017-11-08", &text, vec![claim])]);
    for path in [
        "/claims",
        "/control",
        "/events",
        "/actors",
        "/places",
        "/reports",
        "/sources",
        "/sitrep",
        "/search?q=script",
        "/actors/graph",
    ] {
        let came = house.get(&format!("/api/v1{path}"));
        assert_eq!((came.status, came.headers["content-type"].as_str()), (200, "application/json"), "{path}");
        came.json();
    }
    assert_eq!(house.ask("/reports/..%2F..%2Fetc%2Fpasswd")["text"], json!(text));
    let csv = house.get("/api/v1/export?what=claims&as=csv");
    let csv = String::from_utf8_lossy(&csv.body).into_owned();
    assert!(
        csv.contains("'=cmd|")
            && csv.contains("'=HYPERLINK")
            && !csv.contains(",=")
            && !csv.contains('\u{0}'),
        "{}",
        &csv[csv.len() - 200..]
    );
    let notes = house.get("/api/v1/export?what=claims&as=md");
    assert!(String::from_utf8_lossy(&notes.body).contains("\\[x\\](javascript"));
}
