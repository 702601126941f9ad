#![no_main]
//! Bytes behind the beginning of an answer of an API.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    contested_read::testing::read_all([&b"{\"data\": [{\"fields\": {"[..], bytes].concat());
});
