//! A server that misbehaves in every way it can: nothing of it takes longer, or more memory, than it may.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "the tests are the server")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use contested_read::Limits;
use contested_watch::{Came, Client, ClientLimits, FeedOptions, Round, State};

const RSS: &str = "<rss version='2.0'><channel><title>The Wire</title><item><title>Town falls</title><guid>1</guid>\
    <pubDate>Wed, 08 Nov 2017 10:00:00 GMT</pubDate><link>LINK</link><description>Rebels took Rawa.</description></item></channel></rss>";

/// Paths that were asked for, with the head of the request.
type Seen = Arc<Mutex<Vec<(String, String)>>>;

fn server() -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let seen = Seen::default();
    let (there, base) = (Arc::clone(&seen), address.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (seen, base) = (Arc::clone(&there), base.clone());
            std::thread::spawn(move || answer(stream, &seen, &base));
        }
    });
    (address, seen)
}

fn answer(mut stream: TcpStream, seen: &Seen, base: &str) -> Option<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).ok()? > 0 {
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1)?.to_owned();
    seen.lock().ok()?.push((path.clone(), head.clone()));
    let mut send = |status: &str, headers: &str, body: &[u8]| {
        let length = body.len();
        write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n")
            .ok()?;
        stream.write_all(body).ok()
    };
    match path.as_str() {
        "/robots.txt" => send("200 OK", "", b"User-agent: *\nDisallow: /secret\n"),
        "/good" if head.contains("If-None-Match: \"v1\"") || head.contains("if-none-match: \"v1\"") => {
            send("304 Not Modified", "", b"")
        }
        "/good" => {
            send("200 OK", "ETag: \"v1\"\r\nLast-Modified: Wed, 08 Nov 2017 10:00:00 GMT\r\n", RSS.as_bytes())
        }
        "/teaser" => send("200 OK", "", RSS.replace("LINK", &format!("{base}/page")).as_bytes()),
        "/page" => {
            let words = "Rebels captured the town of Rawa on Tuesday, a commander said. ".repeat(20);
            send(
                "200 OK",
                "Content-Type: text/html\r\n",
                format!("<html><body><article><p>{words}</p></article></body></html>").as_bytes(),
            )
        }
        "/latin" => send(
            "200 OK",
            "Content-Type: text/xml; charset=iso-8859-1\r\n",
            RSS.replace("took", "caf\u{e9}").chars().map(|c| c as u8).collect::<Vec<_>>().as_slice(),
        ),
        "/hop" => send("301 Moved Permanently", "Location: /good\r\n", b""),
        "/loop" => send("302 Found", "Location: /loop\r\n", b""),
        "/nowhere" => send("302 Found", "", b""),
        "/to-file" => send("302 Found", "Location: file:///etc/passwd\r\n", b""),
        "/busy" => send("429 Too Many Requests", "Retry-After: 7200\r\n", b""),
        "/gone" => send("410 Gone", "", b""),
        "/broken" => send("200 OK", "", &RSS.as_bytes()[..RSS.len() - 40]),
        "/rubbish" => send("200 OK", "", b"{\"nothing\": 1}"),
        "/binary" => send("200 OK", "", b"\x7FELF\0\0\0"),
        "/empty" => send("200 OK", "", b""),
        "/bomb" => send("200 OK", "Content-Encoding: gzip\r\nContent-Type: text/xml\r\n", &flate(80 << 20)),
        "/huge" => {
            write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss>").ok()?;
            let chunk = [b'x'; 8192];
            loop {
                stream.write_all(&chunk).ok()?;
            }
        }
        "/headers" => {
            write!(stream, "HTTP/1.1 200 OK\r\n").ok()?;
            loop {
                stream.write_all(b"X-More: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n").ok()?;
            }
        }
        "/slow" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n").ok()?;
            loop {
                stream.write_all(b"x").ok()?;
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        "/silent" => {
            std::thread::sleep(Duration::from_secs(30));
            Some(())
        }
        "/no-http" => stream.write_all(b"SSH-2.0-OpenSSH\r\n").ok(),
        _ => send("404 Not Found", "", b""),
    }
}

/// One line over and over, packed.
fn flate(size: u64) -> Vec<u8> {
    let mut child = std::process::Command::new("sh")
        .args(["-c", &format!("yes rebels | head -c {size} | gzip -9")])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut out).unwrap();
    child.wait().unwrap();
    out
}

fn round(allow_private: bool) -> Round {
    let limits = ClientLimits {
        body_bytes: 1 << 20,
        time: Duration::from_secs(2),
        redirects: 3,
        between: Duration::from_millis(5),
    };
    Round::new(
        Client::new(limits, allow_private, Some("desk@example.org")),
        Limits { record_bytes: 1 << 20, other_bytes: 1000 },
    )
}

fn feed(address: &str, path: &str) -> FeedOptions {
    FeedOptions {
        url: format!("{address}{path}"),
        source: None,
        every: Duration::from_mins(15),
        follow_links: path == "/teaser",
    }
}

fn ask(round: &mut Round, feed: &FeedOptions, state: Option<&State>) -> Came {
    let start = Instant::now();
    let came = round.ask(feed, state, "2017-11-08T10:00:00Z".parse().unwrap());
    assert!(start.elapsed() < Duration::from_secs(5), "{} took {:?}", feed.url, start.elapsed());
    came
}

#[test]
fn feeds_are_read_and_asked_only_for_what_changed() {
    let (address, seen) = server();
    let mut round = round(true);
    let good = feed(&address, "/good");
    let first = ask(&mut round, &good, None);
    assert_eq!((first.reports.len(), first.reports[0].source.as_deref()), (1, Some("The Wire")));
    assert_eq!(first.state.etag.as_deref(), Some("\"v1\""));
    assert_eq!(first.state.next_at.to_string(), "2017-11-08T10:15:00Z");
    let second = ask(&mut round, &good, Some(&first.state));
    assert!(second.unchanged && second.reports.is_empty() && second.state.etag == first.state.etag);
    let asked = seen.lock().unwrap().clone();
    assert!(
        asked[0].0 == "/robots.txt" && asked.iter().filter(|(path, _)| path == "/robots.txt").count() == 1
    );
    let about = format!("contested/{} (+desk@example.org)", env!("CARGO_PKG_VERSION"));
    assert!(asked[1].1.contains(&about), "{}", asked[1].1);
    let hop = ask(&mut round, &feed(&address, "/hop"), None);
    assert_eq!((hop.reports.len(), hop.moved), (1, Some(format!("{address}/good"))));
    let teaser = ask(&mut round, &feed(&address, "/teaser"), None);
    assert!(
        teaser.reports[0].text.starts_with("Rebels captured the town")
            && teaser.reports[0].published.is_some()
    );
    assert_eq!(ask(&mut round, &feed(&address, "/latin"), None).reports[0].text, "Rebels caf\u{e9} Rawa.");
}

#[test]
fn whatever_a_server_does_ends_in_time_and_is_told() {
    let (address, _) = server();
    let mut round = round(true);
    for (path, words) in [
        ("/secret/feed", "robots.txt does not allow it"),
        ("/missing", "status 404"),
        ("/loop", "more than 3 redirects"),
        ("/nowhere", "leads nowhere"),
        ("/to-file", "no address of the web"),
        ("/busy", "status 429"),
        ("/gone", "status 410"),
        ("/huge", "longer than 1048576 bytes"),
        ("/slow", "no whole answer in 2 seconds"),
        ("/silent", "no whole answer in 2 seconds"),
        ("/headers", "cannot be reached"),
        ("/no-http", "cannot be reached"),
    ] {
        let came = ask(&mut round, &feed(&address, path), None);
        let told = came.fault.unwrap_or_else(|| panic!("{path} came: {:?}", came.reports)).to_string();
        assert!(told.contains(words), "{path}: {told}");
        assert_eq!(came.state.failures, 1);
        assert!(came.state.next_at > came.state.asked_at);
    }
    for (path, code, reports) in [
        ("/broken", "broken-xml", 0),
        ("/rubbish", "missing-text", 0),
        ("/binary", "binary", 0),
        ("/empty", "empty", 0),
        ("/bomb", "bomb", 0),
    ] {
        let came = ask(&mut round, &feed(&address, path), None);
        assert!(came.fault.is_none(), "{path}");
        let codes: Vec<&str> = came.told.iter().map(|told| told.problem.code()).collect();
        assert!(codes.contains(&code), "{path}: {codes:?}");
        assert_eq!(came.reports.len(), reports, "{path}");
    }
    let busy = ask(&mut round, &feed(&address, "/busy"), None);
    assert_eq!(busy.state.next_at.to_string(), "2017-11-08T12:00:00Z");
}

#[test]
fn addresses_inside_are_refused_wherever_they_come_from() {
    let (address, seen) = server();
    let port = address.rsplit(':').next().unwrap();
    let mut round = round(false);
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "169.254.169.254",
        "10.0.0.1",
        "2130706433",
        "127.1",
    ] {
        let came = ask(&mut round, &feed(&format!("http://{host}:{port}"), "/good"), None);
        let told = came.fault.unwrap().to_string();
        assert!(told.contains("private network") || told.contains("cannot be reached"), "{host}: {told}");
    }
    assert!(seen.lock().unwrap().is_empty(), "nothing inside was asked");
}
