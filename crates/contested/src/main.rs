//! The `contested` command line: arguments, files, threads and printing. No rule about language or war lives here.
#![allow(clippy::disallowed_methods, reason = "the binary is where files, threads and the clock belong")]

use std::process::ExitCode;

use clap::Parser;

mod cli;
mod commands;
mod exit;
mod extraction;
mod input;
mod output;
mod progress;

fn main() -> ExitCode {
    exit::code_of(&cli::Cli::parse().command.run())
}
