#![no_main]
//! Bytes behind the head of a table.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    contested_read::testing::read_all([&b"id,text,source,published\n"[..], bytes].concat());
});
