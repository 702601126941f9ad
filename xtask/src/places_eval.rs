//! `cargo xtask places-eval [--shared ../shared] [--verbose] [--wof] [--check]`: measures of the gazetteer outside the pipeline. Names are found by a plain scanner
//! (known names, and runs of capitalised words), so the figures are those of look-up and disambiguation, not of reading. With `--check` a figure below its bar is an error.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use contested_knowledge::places::fold::fold;
use contested_knowledge::places::geometry::distance_km;
use contested_knowledge::places::{CountryCode, Gazetteer, PlaceContext, PlaceQuery, Resolution};

/// Within this the right place is said to be found, in km.
const RIGHT_KM: f64 = 25.0;

/// Bars of `--check`: texts of `places-dev.tsv`, share of headlines whose place is found, share of other names that are located.
const LEAST_DEV: usize = 29;
const LEAST_HEADLINES: f64 = 0.80;
const MOST_WRONGLY_LOCATED: f64 = 0.05;

/// `cargo xtask places-eval`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let shared = Path::new(crate::option(arguments, "--shared").unwrap_or("../shared"));
    let verbose = arguments.iter().any(|a| a == "--verbose");
    let places = Gazetteer::embedded();
    let check = arguments.iter().any(|a| a == "--check");
    println!("{} places", places.len());
    let right = dev(places, &shared.join("gold/places-dev.tsv"), verbose)?;
    let share = headlines(places, shared, verbose)?;
    let wrong = crate::places_precision::run(places, &shared.join("gold/train"), verbose)?;
    if check {
        ensure!(right >= LEAST_DEV, "places-dev: {right}, {LEAST_DEV} are asked");
        ensure!(share >= LEAST_HEADLINES, "ucdp-headline-places: {share:.3}, {LEAST_HEADLINES} is asked");
        ensure!(
            wrong <= MOST_WRONGLY_LOCATED,
            "no places located: {wrong:.3}, {MOST_WRONGLY_LOCATED} is allowed"
        );
        return Ok(());
    }
    if arguments.iter().any(|a| a == "--wof") {
        imported(places, shared, verbose)?;
    }
    speed(places);
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| {
        format!(
            "{}: the corpora are not part of the project; give their folder with --shared",
            path.display()
        )
    })
}

/// A name found in a text and what was made of it.
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) resolution: Resolution,
}

/// Names in `text`, resolved together.
pub(crate) fn locate(places: &Gazetteer, text: &str, about: &[(CountryCode, f32)]) -> Vec<Found> {
    let (dateline, body) = dateline(text);
    let words: Vec<&str> = words(body);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut countries: BTreeMap<CountryCode, f32> = about.iter().copied().collect();
    let mut hints: BTreeMap<usize, CountryCode> = BTreeMap::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(country) = places.country_of_demonym(words[at]) {
            let weight = countries.entry(country.code).or_insert(0.0);
            *weight = (*weight + 0.4).min(1.0);
            hints.insert(at, country.code);
        }
        let capital =
            words[at].chars().next().is_some_and(char::is_uppercase) || words[at].starts_with("al-");
        if !capital || places.country_of_demonym(words[at]).is_some() {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while words
            .get(end)
            .is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase) || w.starts_with("al-"))
        {
            end += 1;
        }
        // A known name inside the run, else the run; a lone capital at the beginning of a sentence only when known.
        if let Some((used, _)) = places.longest_at(&words, at).filter(|(_, s)| s.confusable.is_none()) {
            spans.push((at, at + used));
            at += used;
        } else if end - at <= 4 && at > 0 {
            spans.push((at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    let names: Vec<String> = spans.iter().map(|&(a, b)| words[a..b].join(" ")).collect();
    let mut insides: Vec<Vec<&str>> = vec![Vec::new(); spans.len()];
    for i in 0..spans.len() {
        let mut last = spans[i].1;
        for j in i + 1..spans.len() {
            let between = &words[last..spans[j].0];
            if matches!(between, ["," | "in" | "("])
                || matches!(between, [kind, "in"] | ["in", kind] if is_kind(kind))
                || matches!(between, [_, "of"]) && i == 99
            {
                insides[i].push(&names[j]);
                last = spans[j].1;
            } else {
                break;
            }
        }
    }
    let queries: Vec<PlaceQuery<'_>> = spans
        .iter()
        .enumerate()
        .map(|(i, &(a, b))| {
            let after = words.get(b).copied().filter(|w| is_kind(w));
            let of = (a >= 2 && matches!(words[a - 1], "of")).then(|| words[a - 2]).filter(|w| is_kind(w));
            let before = (a >= 1).then(|| words[a - 1]).filter(|w| is_kind(w));
            let hint =
                (a.saturating_sub(4)..a).rev().find_map(|k| hints.get(&k).filter(|_| of.is_some()).copied());
            PlaceQuery {
                name: &names[i],
                kind_hint: of.or(after).or(before),
                inside: &insides[i],
                country_hint: hint,
            }
        })
        .collect();
    let countries: Vec<(CountryCode, f32)> = countries.into_iter().collect();
    let answers = places.resolve(&queries, &PlaceContext { dateline, countries: &countries });
    names.into_iter().zip(answers).map(|(name, resolution)| Found { name, resolution }).collect()
}

fn is_kind(word: &str) -> bool {
    !contested_knowledge::places::PlaceKind::of_hint(word).is_empty()
}

fn dateline(text: &str) -> (Option<&str>, &str) {
    match text.split_once(" - ") {
        Some((head, body)) if head.len() < 40 && head.contains('(') => {
            (head.split('(').next().map(str::trim), body)
        }
        _ => (None, text),
    }
}

fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for piece in text.split(|c: char| c.is_whitespace() || matches!(c, ';' | '–' | '…')) {
        let mut rest = piece;
        while let Some(c) = rest.chars().next().filter(|c| !c.is_alphanumeric()) {
            let (mark, tail) = rest.split_at(c.len_utf8());
            out.push(mark);
            rest = tail;
        }
        let end = rest
            .rfind(char::is_alphanumeric)
            .map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
        let (word, marks) = rest.split_at(end);
        let (word, possessive) = word
            .rfind(['\'', '’'])
            .filter(|&i| matches!(&word[i..], "'s" | "’s"))
            .map_or((word, ""), |i| word.split_at(i));
        for part in [word, possessive] {
            if !part.is_empty() {
                out.push(part);
            }
        }
        for (i, c) in marks.char_indices() {
            out.push(&marks[i..i + c.len_utf8()]);
        }
    }
    out
}

fn right(found: &[Found], name: &str, point: (f64, f64)) -> bool {
    let key = fold(name);
    found
        .iter()
        .filter(|f| fold(&f.name).contains(&key))
        .any(|f| f.resolution.best.as_ref().is_some_and(|p| distance_km((p.lat, p.lon), point) <= RIGHT_KM))
}

fn show(found: &[Found]) -> String {
    found
        .iter()
        .map(|f| match &f.resolution.best {
            Some(p) => format!(
                "{}={} {} ({:.2},{:.2}; {:.2})",
                f.name, p.id, p.name, p.lat, p.lon, f.resolution.score
            ),
            None => format!(
                "{}=? {}",
                f.name,
                f.resolution.runner_up.as_ref().map_or(String::new(), |r| r.0.id.clone())
            ),
        })
        .collect::<Vec<_>>()
        .join("; ")
}

fn dev(places: &Gazetteer, file: &Path, verbose: bool) -> Result<usize> {
    let text = read(file)?;
    let (mut good, mut all) = (0, 0);
    for row in text.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>()).filter(|r| r.len() == 4) {
        let found = locate(places, row[0], &[]);
        let ok = right(&found, row[1], (row[2].parse()?, row[3].parse()?));
        good += usize::from(ok);
        all += 1;
        if !ok && verbose {
            println!("  wrong: {} | {} | {}", row[1], row[0], show(&found));
        }
    }
    println!("places-dev: {good} of {all} within {RIGHT_KM} km");
    Ok(good)
}

/// The lower share of the two ways of asking.
fn headlines(places: &Gazetteer, shared: &Path, verbose: bool) -> Result<f64> {
    let mut lower = 1.0_f64;
    let truth = read(&shared.join("data/truth/ucdp-headline-places.tsv"))?;
    let file = shared.join("data/truth/ucdp-syria-2016-2019.csv.xz");
    let unpacked =
        std::process::Command::new("xz").arg("-dc").arg(&file).output().context("xz is wanted to unpack")?;
    let mut events: BTreeMap<u64, String> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(unpacked.stdout.as_slice());
    for row in reader.records() {
        let row = row?;
        let id: f64 = row[0].parse()?;
        events.insert(id as u64, row[9].to_owned());
    }
    for (label, about) in
        [("headline alone", None), ("knowing that it is of Syria", CountryCode::parse("SY"))]
    {
        let about: Vec<_> = about.map(|code| (code, 0.7)).into_iter().collect();
        let (mut good, mut all) = (0, 0);
        let mut wrong: BTreeMap<&str, (usize, String)> = BTreeMap::new();
        for row in truth.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>()).filter(|r| r.len() == 4) {
            let Some(headline) = events.get(&row[0].parse()?) else { continue };
            let found = locate(places, headline, &about);
            all += 1;
            if right(&found, row[1], (row[2].parse()?, row[3].parse()?)) {
                good += 1;
            } else {
                let entry = wrong
                    .entry(row[1])
                    .or_insert_with(|| (0, format!("{},{} {headline} | {}", row[2], row[3], show(&found))));
                entry.0 += 1;
            }
        }
        let share = f64::from(good) / f64::from(all.max(1));
        lower = lower.min(share);
        println!("ucdp-headline-places, {label}: {good} of {all} = {share:.3}");
        if verbose {
            let mut wrong: Vec<_> = wrong.into_iter().collect();
            wrong.sort_by_key(|(_, (n, _))| std::cmp::Reverse(*n));
            for (name, (n, example)) in wrong.into_iter().take(60) {
                println!("  {n} {name}: {example:.400}");
            }
        }
    }
    Ok(lower)
}

/// Villages of four countries, misspelt by `gold/misspell.py 1`, after importing the Who's On First extract: right within 10 km, given the
/// district (or the province where it has none).
fn imported(places: &Gazetteer, shared: &Path, verbose: bool) -> Result<()> {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    let file = shared.join("data/geo/wof-places.tsv.xz");
    let unpacked = Command::new("xz").arg("-dc").arg(&file).output().context("xz is wanted to unpack")?;
    let text = String::from_utf8(unpacked.stdout)?;
    let begun = Instant::now();
    let import = contested_knowledge::places::import::compile("wof-places.tsv", &text)?;
    println!(
        "import: {} places, {:.0} MB, {:.1} s",
        import.places,
        import.bytes.len() as f64 / 1e6,
        begun.elapsed().as_secs_f64()
    );
    let begun = Instant::now();
    let all = places.with(vec![contested_knowledge::places::Compiled::from_vec(import.bytes)?]);
    println!("opened in {} ms", begun.elapsed().as_millis());
    headlines(&all, shared, false)?;
    let rows: Vec<Vec<&str>> = text.lines().map(|l| l.split('\t').collect()).collect();
    let names: BTreeMap<&str, &str> =
        rows.iter().filter(|r| matches!(r[1], "region" | "county")).map(|r| (r[0], r[2])).collect();
    let wanted = |r: &&Vec<&str>| {
        r[1] == "locality"
            && matches!(r[7], "SY" | "IQ" | "UA" | "SD")
            && !(r[8].is_empty() && r[9].is_empty())
            && r[2].is_ascii()
            && r[2].len() > 2
    };
    let villages: Vec<&Vec<&str>> = rows.iter().filter(wanted).collect();
    let sample: Vec<&Vec<&str>> =
        villages.iter().step_by((villages.len() / 1000).max(1)).take(1000).copied().collect();
    let mut misspell = Command::new("python3")
        .arg(shared.join("gold/misspell.py"))
        .arg("1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("python3 is wanted for misspell.py")?;
    let list: String = sample.iter().flat_map(|r| [r[2], "\n"]).collect();
    misspell.stdin.take().context("misspell.py takes no input")?.write_all(list.as_bytes())?;
    let misspelt = String::from_utf8(misspell.wait_with_output()?.stdout)?;
    let mut good = 0;
    for (row, line) in sample.iter().zip(misspelt.lines()) {
        let wrong = line.split('\t').nth(1).unwrap_or(line);
        let code = CountryCode::parse(row[7]).context("a row without country")?;
        let country = places.country_of(code).map_or("", |c| c.name.as_str());
        let mut inside: Vec<&str> =
            [row[9], row[8]].iter().filter_map(|id| names.get(id).copied()).take(1).collect();
        inside.push(country);
        let query =
            PlaceQuery { name: wrong, kind_hint: Some("village"), inside: &inside, country_hint: None };
        let answer = &all.resolve(&[query], &PlaceContext::default())[0];
        let point = (row[4].parse()?, row[5].parse()?);
        let ok = answer.best.as_ref().is_some_and(|p| distance_km((p.lat, p.lon), point) <= 10.0);
        good += usize::from(ok);
        if !ok && verbose {
            let said = answer.best.as_ref().or(answer.runner_up.as_ref().map(|r| &r.0));
            let said = said.map_or("nothing".to_owned(), |p| format!("{} {} {:?}", p.id, p.name, p.admin1));
            println!(
                "  {wrong} for {} {} in {inside:?}: {said}{}",
                row[0],
                row[2],
                if answer.undecided { " ?" } else { "" }
            );
        }
    }
    println!("who's on first, misspelt, district given: {good} of {}", sample.len());
    Ok(())
}

/// Exact look-ups a second of processor time: names that exist, that do not, and misspelt ones, which have no entry of their own either.
fn speed(places: &Gazetteer) {
    let sets: [(&str, [&str; 10]); 3] = [
        (
            "known",
            [
                "Aleppo",
                "al-Boukamal",
                "Deir Ezzor",
                "Kyiv",
                "Bakhmut",
                "Khan Sheikhoun",
                "Goma",
                "Tal Afar",
                "Springfield",
                "Mocimboa da Praia",
            ],
        ),
        (
            "unknown",
            [
                "Xyzzy",
                "Nowhere",
                "Second Battalion",
                "Mohammed Ali",
                "Tuesday",
                "General Staff",
                "Oil Ministry",
                "Red Crescent",
                "Qwertz",
                "Observatory",
            ],
        ),
        (
            "misspelt",
            [
                "Aleppoo",
                "al-Bukhamal",
                "Deir Ezzohr",
                "Kyyiv",
                "Bachmut",
                "Khan Shaikhoon",
                "Gomma",
                "Tel Affar",
                "Sprinfield",
                "Mosimboa da Praia",
            ],
        ),
    ];
    let mut key = String::new();
    for (label, names) in sets {
        let begun = processor_time();
        let (mut asked, mut found) = (0u32, 0usize);
        while processor_time() - begun < 0.5 {
            for _ in 0..200 {
                for name in names {
                    found += usize::from(places.bearers(name, &mut key) > 0);
                    asked += 1;
                }
            }
        }
        let rate = f64::from(asked) / (processor_time() - begun) / 1e6;
        println!("look-up, {label}: {rate:.2} M names a CPU-second ({found} of {asked} found)");
    }
}

/// Seconds that this process has had a processor, where the system tells; a busy machine would make the clock's say less.
fn processor_time() -> f64 {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed().as_secs_f64(), |ns| ns as f64 / 1e9)
}
