#![no_main]
//! Bytes behind the head of gzip.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    contested_read::testing::read_all([&b"\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03"[..], bytes].concat());
});
