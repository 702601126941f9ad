//! Names a second: places by exact name, whole names weighed in a report's context, actors and sources at a word.
#![allow(missing_docs, reason = "criterion_group makes a public function")]

use std::hint::black_box;

use contested_knowledge::actors::Actors;
use contested_knowledge::places::{CountryCode, Gazetteer, PlaceContext, PlaceQuery};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const NAMES: [&str; 12] = [
    "Aleppo",
    "al-Boukamal",
    "Deir Ezzor",
    "Kyiv",
    "Xyzzy",
    "Khan Sheikhoun",
    "Goma",
    "Tal Afar",
    "Springfield",
    "Nowhere",
    "Mocimboa da Praia",
    "Lashio",
];

/// Names that no place has, among them what a scanner of news asks about.
const UNKNOWN: [&str; 12] = [
    "Xyzzy",
    "Second Battalion",
    "Mohammed Ali",
    "General Staff",
    "Oil Ministry",
    "Red Crescent",
    "Qwertz",
    "Observatory",
    "Prime Minister",
    "Rapid Response",
    "Joint Command",
    "State Agency",
];
/// Names as they are misspelt.
const MISSPELT: [&str; 12] = [
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
    "Lashyo",
    "Palmirra",
];

fn lookup(c: &mut Criterion) {
    let places = Gazetteer::embedded();
    let actors = Actors::embedded();
    let mut group = c.benchmark_group("names");
    group.throughput(Throughput::Elements(NAMES.len() as u64));
    for (label, names) in
        [("places by name", NAMES), ("no places by name", UNKNOWN), ("misspelt places by name", MISSPELT)]
    {
        group.bench_function(label, |b| {
            let mut key = String::new();
            b.iter(|| names.iter().map(|name| places.bearers(black_box(name), &mut key)).sum::<usize>());
        });
    }
    let countries: Vec<(CountryCode, f32)> =
        CountryCode::parse("SY").map(|code| (code, 0.8)).into_iter().collect();
    let queries = NAMES.map(|name| PlaceQuery { name, ..PlaceQuery::default() });
    group.bench_function("places of a report", |b| {
        let context = PlaceContext { dateline: Some("Beirut"), countries: &countries };
        b.iter(|| places.resolve(black_box(&queries), &context).len());
    });
    let words = "The Syrian Democratic Forces and Jabhat al-Nusra clashed with U.S. troops near".split(' ');
    let words: Vec<&str> = words.collect();
    group.bench_function("actors at a word", |b| {
        b.iter(|| (0..NAMES.len()).filter(|&at| actors.longest_at(black_box(&words), at).is_some()).count());
    });
    group.finish();
}

criterion_group!(benches, lookup);
criterion_main!(benches);
