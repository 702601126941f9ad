//! What a reader of one file gives, record by record.

use std::io;

use contested_model::Report;

use crate::Problem;
use crate::warc::PassedPage;

/// A report, or something to tell; where in the file.
#[derive(Debug)]
pub(crate) struct Found {
    /// Ordinal of the record, from 1; `None` when the whole file is meant.
    pub(crate) record: Option<u64>,
    /// Line of the file, from 1, where lines mean something.
    pub(crate) line: Option<u64>,
    pub(crate) what: Result<Report, Problem>,
}

impl Found {
    /// Something to tell of the whole file.
    pub(crate) const fn of_file(problem: Problem) -> Self {
        Self { record: None, line: None, what: Err(problem) }
    }
}

/// Where in a file reading can go on: every record before was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Offset in the file as it lies on the disk.
    pub offset: u64,
    /// Records before it.
    pub records: u64,
    /// Lines before it, where lines mean something.
    pub lines: u64,
}

/// A reader of one file.
pub(crate) trait Records {
    /// The next report or problem; `None` at the end, and where [`Records::pausing`] says so.
    ///
    /// # Errors
    /// The stream's own; nothing can be read after it.
    fn next_record(&mut self) -> io::Result<Option<Found>>;

    /// Where reading can go on after the record given last, if the file can be opened in the middle.
    fn mark(&self) -> Option<Mark> {
        None
    }

    /// Whether the `None` given last was no end: there is more, and nothing to give yet.
    fn pausing(&mut self) -> bool {
        false
    }

    /// Pages that were passed over since this was asked last.
    fn take_passed(&mut self) -> Vec<PassedPage> {
        Vec::new()
    }
}

/// The records of a file that was read as a whole.
pub(crate) struct Ready(std::vec::IntoIter<Found>);

impl Ready {
    pub(crate) fn new(found: Vec<Found>) -> Self {
        Self(found.into_iter())
    }
}

impl Records for Ready {
    fn next_record(&mut self) -> io::Result<Option<Found>> {
        Ok(self.0.next())
    }
}
