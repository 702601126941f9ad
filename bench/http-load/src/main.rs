//! Open-loop load: so many requests a second over so many connections that stay open, whether or not answers keep up. Times count from when a
//! request was due, not from when it could be sent, so that a server that stalls pays for all that waited (no coordinated omission).
//!
//! `http-load ADDRESS --connections 200 --rate 200 --seconds 20 [--gzip] PATH...` asks the paths in turn and prints for each how long its answers
//! took and how large they were. It ends with code 1 where an answer was none, or the slowest hundredth took longer than `--p99 MS`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

struct Options {
    address: String,
    connections: u32,
    rate: u32,
    seconds: u32,
    gzip: bool,
    p99: Option<f64>,
    paths: Vec<String>,
}

struct Taken {
    path: usize,
    took: Duration,
    bytes: usize,
    ok: bool,
}

fn main() -> ExitCode {
    let Some(options) = options() else {
        eprintln!("usage: http-load ADDRESS [--connections N] [--rate N] [--seconds N] [--gzip] [--p99 MS] PATH...");
        return ExitCode::from(2);
    };
    let all: Mutex<Vec<Taken>> = Mutex::new(Vec::new());
    let start = Instant::now() + Duration::from_millis(500);
    let total = options.rate * options.seconds;
    std::thread::scope(|scope| {
        for connection in 0..options.connections {
            let (all, options) = (&all, &options);
            scope.spawn(move || {
                let mut stream = None;
                let mut mine = Vec::new();
                // Requests are dealt out to the connections in turn.
                for number in (connection..total).step_by(options.connections as usize) {
                    let due = start + Duration::from_secs_f64(f64::from(number) / f64::from(options.rate));
                    if let Some(wait) = due.checked_duration_since(Instant::now()) {
                        std::thread::sleep(wait);
                    }
                    let path = number as usize % options.paths.len();
                    let answer = ask(&mut stream, options, &options.paths[path]);
                    mine.push(Taken { path, took: due.elapsed(), bytes: answer.unwrap_or(0), ok: answer.is_some() });
                }
                all.lock().unwrap().extend(mine);
            });
        }
    });
    told(&options, &all.into_inner().unwrap())
}

/// Bytes of the answer's body; none where it is no 200.
fn ask(kept: &mut Option<BufReader<TcpStream>>, options: &Options, path: &str) -> Option<usize> {
    for _ in 0..2 {
        if kept.is_none() {
            let stream = TcpStream::connect(&options.address).ok()?;
            stream.set_nodelay(true).ok()?;
            stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
            *kept = Some(BufReader::with_capacity(1 << 16, stream));
        }
        let stream = kept.as_mut()?;
        let coding = if options.gzip { "Accept-Encoding: gzip\r\n" } else { "" };
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{coding}\r\n", options.address);
        if stream.get_mut().write_all(request.as_bytes()).is_ok()
            && let Some((status, bytes)) = answer(stream)
        {
            return (status == 200).then_some(bytes);
        }
        // The server closes what was idle for long: once more on a new one.
        *kept = None;
    }
    None
}

fn answer(stream: &mut BufReader<TcpStream>) -> Option<(u16, usize)> {
    let mut line = String::new();
    stream.read_line(&mut line).ok().filter(|n| *n > 0)?;
    let status = line.split(' ').nth(1)?.parse().ok()?;
    let (mut length, mut chunked) = (0usize, false);
    loop {
        line.clear();
        stream.read_line(&mut line).ok().filter(|n| *n > 0)?;
        if line.trim().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "transfer-encoding" => chunked = value.contains("chunked"),
            _ => {}
        }
    }
    if !chunked {
        return drain(stream, length).map(|()| (status, length));
    }
    let mut all = 0;
    loop {
        line.clear();
        stream.read_line(&mut line).ok()?;
        let size = usize::from_str_radix(line.trim().split(';').next()?, 16).ok()?;
        drain(stream, size + 2)?;
        all += size;
        if size == 0 {
            return Some((status, all));
        }
    }
}

fn drain(stream: &mut BufReader<TcpStream>, bytes: usize) -> Option<()> {
    let read = std::io::copy(&mut stream.take(bytes as u64), &mut std::io::sink()).ok()?;
    (read == bytes as u64).then_some(())
}

fn told(options: &Options, all: &[Taken]) -> ExitCode {
    let mut by_path: BTreeMap<usize, Vec<&Taken>> = BTreeMap::new();
    for one in all {
        by_path.entry(one.path).or_default().push(one);
    }
    println!("{:>7} {:>7} {:>8} {:>8} {:>8} {:>8} {:>9}  path", "asked", "failed", "p50 ms", "p90 ms", "p99 ms", "max ms", "kB each");
    let (mut failed, mut slow) = (0, false);
    for (path, taken) in &by_path {
        let mut times: Vec<f64> = taken.iter().map(|one| one.took.as_secs_f64() * 1e3).collect();
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).ceil() as usize];
        let wrong = taken.iter().filter(|one| !one.ok).count();
        let bytes: usize = taken.iter().map(|one| one.bytes).sum();
        failed += wrong;
        slow |= options.p99.is_some_and(|most| at(0.99) > most);
        println!(
            "{:>7} {wrong:>7} {:>8.1} {:>8.1} {:>8.1} {:>8.1} {:>9.1}  {}",
            times.len(),
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0),
            bytes as f64 / taken.len() as f64 / 1e3,
            options.paths[*path]
        );
    }
    if failed > 0 || slow { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn options() -> Option<Options> {
    let mut arguments = std::env::args().skip(1);
    let mut options = Options {
        address: arguments.next()?,
        connections: 200,
        rate: 200,
        seconds: 20,
        gzip: false,
        p99: None,
        paths: Vec::new(),
    };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--connections" => options.connections = arguments.next()?.parse().ok()?,
            "--rate" => options.rate = arguments.next()?.parse().ok()?,
            "--seconds" => options.seconds = arguments.next()?.parse().ok()?,
            "--p99" => options.p99 = Some(arguments.next()?.parse().ok()?),
            "--gzip" => options.gzip = true,
            _ => options.paths.push(argument),
        }
    }
    let runs = options.connections > 0 && options.rate > 0 && options.seconds > 0 && !options.paths.is_empty();
    runs.then_some(options)
}
