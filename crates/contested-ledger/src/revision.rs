//! Which state of the ledger an answer is of.

use crate::{Ledger, LedgerError, Result};

impl Ledger {
    /// What tells one state of the ledger from another: the same word for the same content, another after every addition, decision, learning
    /// run and forgetting. It costs a few look-ups, however large the ledger is.
    ///
    /// # Errors
    /// When the file fails.
    pub fn revision(&self) -> Result<String> {
        let sql = "SELECT coalesce((SELECT max(id) FROM reports), 0) || '.' || coalesce((SELECT max(id) FROM extractions), 0) || '.' ||
                          coalesce((SELECT max(id) FROM claims), 0) || '.' || coalesce((SELECT max(id) FROM decisions), 0) || '.' ||
                          coalesce((SELECT max(id) FROM learning_runs), 0) || '.' || (SELECT count(*) FROM tombstones)";
        self.db
            .prepare_cached(sql)
            .and_then(|mut query| query.query_row([], |row| row.get(0)))
            .map_err(|e| self.fault(e))
    }

    /// Asks several things of one state of the ledger, whatever is written meanwhile.
    ///
    /// # Errors
    /// Those of `ask`, and when the file fails.
    pub fn at_once<T, E: From<LedgerError>>(
        &self,
        ask: impl FnOnce(&Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let state = self.db.reading().map_err(|e| self.fault(e))?;
        let answer = ask(self);
        // Nothing was written: to end it either way is the same.
        drop(state);
        answer
    }
}
