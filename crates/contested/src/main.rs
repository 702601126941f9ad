//! The `contested` command line: arguments, files, threads and printing. No rule about language or war lives here.
#![allow(clippy::disallowed_methods, reason = "the binary is where files, threads and the clock belong")]

use std::process::ExitCode;

use clap::Parser;

mod adding;
mod cli;
mod commands;
mod conllu;
mod copying;
mod exit;
mod extraction;
mod filters;
mod going_on;
mod imports;
mod input;
mod moving;
mod output;
mod page;
mod progress;
mod review;
mod route;
mod slices;
mod store;

fn main() -> ExitCode {
    exit::code_of(&cli::Cli::parse().command.run())
}
