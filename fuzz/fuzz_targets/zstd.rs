#![no_main]
//! Bytes behind the head of zstd.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    contested_read::testing::read_all([&b"\x28\xB5\x2F\xFD"[..], bytes].concat());
});
