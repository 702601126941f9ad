//! Which places have to be assessed again: those of claims that are new, or count no more, or count again.

use rusqlite::Connection;

/// The places of all that was ever extracted from a report.
pub(crate) fn by_report(work: &Connection, report: i64) -> rusqlite::Result<()> {
    work.prepare_cached(
        "INSERT OR IGNORE INTO touched SELECT p.place FROM extractions e CROSS JOIN claims c ON c.extraction = e.id
         CROSS JOIN claim_places p ON p.claim = c.id WHERE e.report = ?1 AND p.ground = 1",
    )?
    .execute([report])
    .map(|_| ())
}

/// The places of the other versions of a page.
pub(crate) fn by_address(work: &Connection, address: &str) -> rusqlite::Result<()> {
    let reports: Vec<i64> = work
        .prepare_cached("SELECT id FROM reports WHERE address = ?1")?
        .query_map([address], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    reports.into_iter().try_for_each(|report| by_report(work, report))
}

/// All places: people decided that one is another, or that an actor is.
pub(crate) fn all(work: &Connection) -> rusqlite::Result<()> {
    work.execute_batch("DELETE FROM assessed; DELETE FROM touched; INSERT INTO touched SELECT id FROM named WHERE what = 'place'")
}
