//! For training/splitter.py. Reads texts from standard input, one JSON object a line: `{"text": …}`, and writes for each the sentences
//! found, as a JSON array of [start, end) in characters. With `--gaps`, each object may also tell at which characters sentences
//! begin (`"starts": […]`; the rules' word is taken without), and out comes, as 32-bit integers in little-endian order, for every gap:
//! 1 where a sentence ends or 0, and its features.
#![allow(clippy::disallowed_methods, reason = "a tool for the command line")]

use std::io::{BufRead, Write};

use contested_language::{AnalyseOptions, analyse, sentence_gaps};

#[derive(serde::Deserialize)]
struct Text {
    text: String,
    #[serde(default)]
    starts: Option<Vec<u32>>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gaps = std::env::args().any(|argument| argument == "--gaps");
    let options = AnalyseOptions { datelines: true, model: false };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let Text { text, starts } = serde_json::from_str(&line?)?;
        if gaps {
            for gap in sentence_gaps(&text, starts.as_deref()) {
                let label = u32::from(gap.ends);
                for number in std::iter::once(label).chain(gap.features) {
                    out.write_all(&number.to_le_bytes())?;
                }
            }
            continue;
        }
        let analysis = analyse(&text, &options);
        let mut spans: Vec<(u32, u32)> =
            analysis.dateline.iter().map(|d| (d.span.start, d.span.end)).collect();
        spans.extend(analysis.sentences.iter().map(|s| (s.span.start, s.span.end)));
        writeln!(out, "{}", serde_json::to_string(&spans)?)?;
    }
    out.flush()?;
    Ok(())
}
