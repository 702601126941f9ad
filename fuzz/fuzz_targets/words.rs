#![no_main]
//! Dates, mappings and languages.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = contested_read::parse_date(text);
    let _ = text.parse::<contested_read::Mapping>();
    let _ = contested_read::other_language(text);
});
