#![no_main]
//! Bytes behind the beginning of a page.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    contested_read::testing::read_all([&b"<!DOCTYPE html><html>"[..], bytes].concat());
});
