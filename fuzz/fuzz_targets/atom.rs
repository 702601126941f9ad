#![no_main]
//! Bytes behind the beginning of a feed.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    contested_read::testing::read_all([&b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>"[..], bytes].concat());
});
