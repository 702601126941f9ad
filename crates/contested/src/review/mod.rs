//! Claims as an analyst corrects them: fields as cells of a table, names as the ledger and the knowledge base have them, tables out and in.

pub(crate) mod cells;
pub(crate) mod claims_table;
pub(crate) mod names;
pub(crate) mod names_table;
pub(crate) mod sheet;
