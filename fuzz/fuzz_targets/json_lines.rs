#![no_main]
//! Bytes behind the beginning of JSON Lines.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    contested_read::testing::read_all([&b"{\"text\": \""[..], bytes].concat());
});
