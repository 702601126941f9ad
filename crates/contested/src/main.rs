//! The `contested` command line: arguments, files, threads and printing. No rule about language or war lives here.

fn main() {}
