#![no_main]
//! What a server says in robots.txt.
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: (&str, &str)| {
    let _ = contested_watch::Robots::of(text.0, "contested").allows(text.1);
});
