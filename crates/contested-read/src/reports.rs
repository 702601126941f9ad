use std::fs::File;
use std::io::{self, BufReader, Chain, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contested_model::Report;
use jiff::civil::Date;

use crate::content::{Content, HEAD_BYTES, recognise};
use crate::json_lines::JsonLines;
use crate::plain::read_plain;
use crate::walk::Walk;
use crate::{Diagnostic, Input, Limits, Problem, Severity};

/// What is taken for granted about reports that do not say it themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Defaults {
    /// Outlet of reports that name none.
    pub source: Option<String>,
    /// Day of publication of reports that give none.
    pub published: Option<Date>,
}

/// How a batch went so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Reports that were read.
    pub read: u64,
    /// Records and files that were not.
    pub lost: u64,
    /// Reports of which something was not read.
    pub warnings: u64,
}

/// All reports of some files and folders, in the order named, one at a time.
///
/// # Example
/// ```
/// use contested_read::{Defaults, Input, Limits, Reports};
/// let mut reports = Reports::new(vec![Input::Path("no-such-file".into())], Defaults::default(), Limits::default());
/// assert!(reports.next().unwrap().is_err());
/// assert!(reports.next().is_none());
/// assert_eq!(reports.tally().lost, 1);
/// ```
pub struct Reports {
    walk: Walk,
    defaults: Defaults,
    limits: Limits,
    open: Option<Open>,
    tally: Tally,
    bytes: Arc<AtomicU64>,
}

/// A JSON Lines file being read.
struct Open {
    name: String,
    lines: JsonLines<BufReader<Chain<Cursor<Vec<u8>>, Counted>>>,
}

impl Reports {
    /// Nothing is opened before the first call of `next`.
    pub fn new(inputs: Vec<Input>, defaults: Defaults, limits: Limits) -> Self {
        let bytes = Arc::new(AtomicU64::new(0));
        Self { walk: Walk::new(inputs), defaults, limits, open: None, tally: Tally::default(), bytes }
    }

    /// How the batch went so far.
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    /// Bytes taken from the inputs so far.
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    fn step(&mut self) -> Option<Result<Report, Diagnostic>> {
        loop {
            if let Some(open) = &mut self.open {
                let whole =
                    |problem| Diagnostic { file: open.name.clone(), record: None, line: None, problem };
                match open.lines.next_record() {
                    Ok(Some((record, at, found))) => {
                        let (record, line) = (Some(record), Some(at.number));
                        return Some(found.map_err(|problem| Diagnostic {
                            file: open.name.clone(),
                            record,
                            line,
                            problem,
                        }));
                    }
                    Ok(None) => self.open = None,
                    Err(error) => {
                        let told = whole(Problem::Unreadable(error));
                        self.open = None;
                        return Some(Err(told));
                    }
                }
                continue;
            }
            let input = match self.walk.next_file()? {
                Ok(input) => input,
                Err(diagnostic) => return Some(Err(diagnostic)),
            };
            match self.begin(&input) {
                Ok(Some(report)) => return Some(Ok(report)),
                Ok(None) => {}
                Err(problem) => {
                    return Some(Err(Diagnostic { file: input.name(), record: None, line: None, problem }));
                }
            }
        }
    }

    /// Opens an input: a plain text is read at once, JSON Lines are left open.
    fn begin(&mut self, input: &Input) -> Result<Option<Report>, Problem> {
        let source: Box<dyn Read> = match input {
            Input::Stdin => Box::new(io::stdin()),
            Input::Path(path) => Box::new(File::open(path).map_err(Problem::Unreadable)?),
        };
        let mut source = Counted { source, bytes: Arc::clone(&self.bytes) };
        let mut head = Vec::with_capacity(HEAD_BYTES);
        source.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(Problem::Unreadable)?;
        let (content, skipped) = recognise(&head)?;
        let mut start = Cursor::new(head);
        start.set_position(skipped as u64);
        match content {
            Content::Plain => read_plain(&mut start.chain(source), self.limits, skipped as u64).map(Some),
            Content::JsonLines => {
                let lines = JsonLines::new(
                    BufReader::with_capacity(1 << 16, start.chain(source)),
                    self.limits,
                    skipped as u64,
                );
                self.open = Some(Open { name: input.name(), lines });
                Ok(None)
            }
        }
    }
}

impl Iterator for Reports {
    type Item = Result<Report, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut found = self.step()?;
        match &mut found {
            Ok(report) => {
                self.tally.read += 1;
                if report.source.is_none() {
                    report.source.clone_from(&self.defaults.source);
                }
                report.published = report.published.or(self.defaults.published);
            }
            Err(diagnostic) if diagnostic.severity() == Severity::Error => self.tally.lost += 1,
            Err(_) => self.tally.warnings += 1,
        }
        Some(found)
    }
}

/// A reader that keeps count, for progress bars.
struct Counted {
    source: Box<dyn Read>,
    bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
