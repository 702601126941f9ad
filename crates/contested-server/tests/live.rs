//! Additions as they come, and how the server ends.
#![allow(clippy::disallowed_methods, reason = "tests reach clock and network")]
#![allow(clippy::unwrap_used, reason = "what goes wrong is the test's failure")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use contested_ledger::Ledger;
use contested_model::ClaimType;
use contested_model::testing::told;
use serde_json::Value;
use support::{House, campaign, entry, now};

fn stream(house: &House) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(house.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(b"GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    BufReader::new(stream)
}

fn next(stream: &mut BufReader<TcpStream>) -> Value {
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream has ended");
        if let Some(data) = line.strip_prefix("data: ") {
            return serde_json::from_str(data).unwrap();
        }
    }
}

#[test]
fn additions_are_told_when_the_assessment_has_followed() {
    let house = House::of(&campaign());
    let mut stream = stream(&house);
    let first = next(&mut stream);
    assert_eq!((&first["reports"], &first["claims"]), (&3.into(), &4.into()));
    let told = told("Wire", "2017-11-11", ClaimType::Seize).agent("Falcons").place("Village");
    let more = entry(
        "four",
        "Wire",
        "2017-11-11",
        "The army took Village on Saturday morning, it was said.",
        vec![told],
    );
    Ledger::open(&house.store).unwrap().add(&[more], now()).unwrap();
    let then = next(&mut stream);
    assert_eq!((&then["reports"], &then["claims"]), (&4.into(), &5.into()));
    assert_ne!(then["revision"], first["revision"]);
    // What follows is there by the time it is told.
    assert_eq!(house.ask("/control")["total"], 3);
    assert_eq!(house.ask("/meta")["revision"], then["revision"]);
}

#[test]
fn the_server_ends_soon_though_streams_are_open() {
    let mut house = House::of(&campaign());
    let mut streams: Vec<_> = (0..5).map(|_| stream(&house)).collect();
    for stream in &mut streams {
        next(stream);
    }
    let started = Instant::now();
    house.running.take().unwrap().stop();
    assert!(started.elapsed() < Duration::from_secs(6), "{:?}", started.elapsed());
    assert!(TcpStream::connect(house.address).is_err(), "it still listens");
}
