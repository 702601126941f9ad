#![no_main]
//! Any bytes as a file, recognised by content.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    contested_read::testing::read_all(bytes.to_vec());
});
