//! Names on the model report: each mention of those below is found, with its kind.

use std::path::Path;

use contested_extract::Extractor;
use contested_knowledge::Knowledge;
use contested_language::{AnalyseOptions, analyse};
use contested_model::Report;

/// What is named, and what kind of thing it is.
const NAMES: [(&str, &str); 15] = [
    ("islamic state", "armed-group"),
    ("daesh", "armed-group"),
    ("albu kamal", "place"),
    ("hezbollah", "armed-group"),
    ("raqqa", "place"),
    ("mosul", "place"),
    ("sdf", "armed-group"),
    ("pmf", "armed-group"),
    ("rawa", "place"),
    ("rummana", "place"),
    ("al-qaim", "place"),
    ("euphrates", "place"),
    ("bouthaina shaaban", "person"),
    ("ahmed al-asadi", "person"),
    ("syrian observatory for human rights", "organisation"),
];

/// The share of mentions that are found with the right kind; others are told.
pub(super) fn found(shared: &Path) -> anyhow::Result<f64> {
    let text = std::fs::read_to_string(shared.join("data/seed/report.txt"))?;
    let report = Report { text, ..Report::default() };
    let mut analysis = analyse(&report.text, &AnalyseOptions::default());
    Extractor::new(Knowledge::embedded()).name(&report, &mut analysis);
    let mut names = Vec::new();
    for sentence in &analysis.sentences {
        for name in &sentence.names {
            names.push((sentence.span_of(name.start, name.end - 1), name.kind.as_str()));
        }
    }
    let letters: Vec<char> = report.text.chars().collect();
    let (mut right, mut all) = (0_u32, 0_u32);
    for (wanted, kind) in NAMES {
        let wanted: Vec<char> = wanted.chars().collect();
        for (start, words) in letters.windows(wanted.len()).enumerate() {
            let end = start + words.len();
            let inside =
                |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
            if words != wanted || inside(start.checked_sub(1)) || inside(Some(end)) {
                continue;
            }
            all += 1;
            let holds =
                names.iter().find(|(span, _)| span.start as usize <= start && end <= span.end as usize);
            if holds.is_some_and(|(_, told)| *told == kind) {
                right += 1;
            } else {
                let wanted: String = wanted.iter().collect();
                println!(
                    "the model report, character {start}: {wanted} is {kind}, told {:?}",
                    holds.map(|h| h.1)
                );
            }
        }
    }
    Ok(f64::from(right) / f64::from(all.max(1)))
}
