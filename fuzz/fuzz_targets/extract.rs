#![no_main]
//! Any text as a report.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let report = contested_model::Report { text: text.to_owned(), ..Default::default() };
    let extractor = contested_extract::Extractor::new(contested_knowledge::Knowledge::embedded());
    let _ = extractor.extract(&report);
});
