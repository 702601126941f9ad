//! One file a command: its arguments and what it does.

pub(crate) mod eval;
pub(crate) mod extract;
