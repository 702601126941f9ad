#![no_main]
//! Bytes behind the beginning of a feed.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    contested_read::testing::read_all([&b"<rss version=\"2.0\"><channel><item>"[..], bytes].concat());
});
