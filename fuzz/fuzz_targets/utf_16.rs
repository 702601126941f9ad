#![no_main]
//! Bytes behind the mark of UTF-16.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    contested_read::testing::read_all([&b"\xFF\xFE"[..], bytes].concat());
});
