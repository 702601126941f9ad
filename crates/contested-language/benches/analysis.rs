//! Words a second: words and sentences alone, and the whole analysis, on text written for it.
#![allow(missing_docs, reason = "criterion_group makes a public function")]

use std::hint::black_box;

use contested_language::{AnalyseOptions, analyse};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const REPORT: &str = "\
NORTHPORT (Example News) - Government troops backed by the militia of Gen. Okoro entered the river town of Tel Amar on Friday, two
residents and an officer said, after a week in which shelling killed at least 1,200 people and drove thousands from the valley's villages.

\"We have not left the town, and we won't,\" a spokesman for the Northern Front told reporters by telephone. He denied that the group's
fighters had fled to the U.S.-patrolled zone east of the river.

The observatory, a monitor based abroad, said the front still held three districts. It said that warplanes struck the hospital road at
5 a.m., and that the convoy of the al-Qasr brigade, which the government calls terrorists, may have been hit.

State television showed soldiers raising the flag over the old post office; the pictures could not be verified. Talks between the two
sides, which began in September under a U.N. envoy, were expected to resume next week.
";

fn whole(c: &mut Criterion) {
    let text = REPORT.repeat(20);
    let words = analyse(&text, &AnalyseOptions { datelines: true, model: false });
    let words: usize = words.sentences.iter().map(|sentence| sentence.tokens.len()).sum();
    let mut group = c.benchmark_group("analysis");
    group.throughput(Throughput::Elements(words as u64));
    group.sample_size(20);
    for (name, model) in [("words and sentences", false), ("whole", true)] {
        let options = AnalyseOptions { datelines: true, model };
        group.bench_function(name, |b| b.iter(|| analyse(black_box(&text), &options)));
    }
    group.finish();
}

criterion_group!(benches, whole);
criterion_main!(benches);
