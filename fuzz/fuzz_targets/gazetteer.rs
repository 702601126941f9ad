#![no_main]
//! A compiled gazetteer that is damaged.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = contested_knowledge::places::Compiled::from_vec(bytes.to_vec());
});
