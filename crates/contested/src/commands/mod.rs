//! One file a command: its arguments and what it does.

pub(crate) mod actors;
pub(crate) mod add;
pub(crate) mod analyse;
pub(crate) mod assess;
pub(crate) mod claims;
pub(crate) mod control;
pub(crate) mod copy;
pub(crate) mod demo;
pub(crate) mod disputes;
pub(crate) mod eval;
pub(crate) mod events;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod forget;
pub(crate) mod gazetteer;
pub(crate) mod import;
pub(crate) mod review;
pub(crate) mod serve;
pub(crate) mod sitrep;
pub(crate) mod sources;
pub(crate) mod team;
pub(crate) mod watch;
