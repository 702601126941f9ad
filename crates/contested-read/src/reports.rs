use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contested_model::Report;
use jiff::civil::Date;

use crate::content::{Content, HEAD_BYTES, recognise};
use crate::encoding::{Decoder, without_mark};
use crate::feed::Feed;
use crate::html::page;
use crate::json_lines::JsonLines;
use crate::json_values::JsonValues;
use crate::mapping::Mapping;
use crate::plain::read_plain;
use crate::records::{Found, Ready, Records};
use crate::stream::{Stream, read_up_to};
use crate::table::Table;
use crate::unpack::{Members, packing, unpacked};
use crate::walk::Walk;
use crate::warc::{PassedPage, Warc};
use crate::{Diagnostic, Input, Limits, Mark, Problem, Severity};

/// What is taken for granted about reports that do not say it themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Defaults {
    /// Outlet of reports that name none.
    pub source: Option<String>,
    /// Day of publication of reports that give none.
    pub published: Option<Date>,
    /// Which columns of tables and keys of objects are what.
    pub mapping: Mapping,
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
    /// Things that were told and lost nothing.
    pub notes: u64,
    /// Reports that were read and that nobody dated.
    pub undated: u64,
}

/// What comes next of a batch.
#[derive(Debug)]
pub enum Step {
    /// A report.
    Report(Report),
    /// Something to tell.
    Told(Diagnostic),
    /// Nothing yet, though much was read: a moment to show progress and to note how far reading came.
    Pause,
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
    passed: Vec<(String, Vec<PassedPage>)>,
    begin: Begin,
}

/// Says where to go on in a file.
type Begin = Box<dyn FnMut(&Path) -> Option<Mark> + Send>;

/// A file being read.
struct Open {
    name: String,
    path: Option<PathBuf>,
    records: Box<dyn Records + Send>,
}

impl Reports {
    /// Nothing is opened before the first call of `next`.
    pub fn new(inputs: Vec<Input>, defaults: Defaults, limits: Limits) -> Self {
        Self {
            walk: Walk::new(inputs),
            defaults,
            limits,
            open: None,
            tally: Tally::default(),
            bytes: Arc::new(AtomicU64::new(0)),
            passed: Vec::new(),
            begin: Box::new(|_| None),
        }
    }

    /// Where to go on in a file that was read in part before; asked once a file that can be opened in the middle.
    #[must_use]
    pub fn going_on(mut self, begin: impl FnMut(&Path) -> Option<Mark> + Send + 'static) -> Self {
        self.begin = Box::new(begin);
        self
    }

    /// How the batch went so far.
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    /// Bytes taken from the inputs so far.
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The file that is open, and where reading it can go on should this run be cut off now, if it can be opened in the middle.
    pub fn mark(&self) -> Option<(&Path, Mark)> {
        let open = self.open.as_ref()?;
        Some((open.path.as_deref()?, open.records.mark()?))
    }

    /// Pages that were passed over, because they are not English, since this was asked last: archive by archive, each under its name.
    pub fn take_passed(&mut self) -> Vec<(String, Vec<PassedPage>)> {
        std::mem::take(&mut self.passed)
    }

    /// The next report, problem or pause; `None` at the end.
    pub fn step(&mut self) -> Option<Step> {
        let step = self.read_on()?;
        Some(match step {
            Step::Report(mut report) => {
                self.tally.read += 1;
                if report.source.is_none() {
                    report.source.clone_from(&self.defaults.source);
                }
                report.published = report.published.or(self.defaults.published);
                self.tally.undated += u64::from(report.published.is_none());
                Step::Report(report)
            }
            Step::Told(diagnostic) => {
                match diagnostic.severity() {
                    Severity::Error => self.tally.lost += 1,
                    Severity::Warning => self.tally.warnings += 1,
                    Severity::Note => self.tally.notes += 1,
                }
                Step::Told(diagnostic)
            }
            Step::Pause => Step::Pause,
        })
    }

    fn read_on(&mut self) -> Option<Step> {
        loop {
            if let Some(open) = &mut self.open {
                let told = |record, line, problem| {
                    Step::Told(Diagnostic { file: open.name.clone(), record, line, problem })
                };
                let found = open.records.next_record();
                let passed = open.records.take_passed();
                match self.passed.last_mut() {
                    _ if passed.is_empty() => {}
                    Some((archive, pages)) if *archive == open.name => pages.extend(passed),
                    _ => self.passed.push((open.name.clone(), passed)),
                }
                match found {
                    Ok(Some(Found { what: Ok(report), .. })) => return Some(Step::Report(report)),
                    Ok(Some(Found { record, line, what: Err(problem) })) => {
                        return Some(told(record, line, problem));
                    }
                    Ok(None) if open.records.pausing() => return Some(Step::Pause),
                    Ok(None) => self.open = None,
                    Err(error) => {
                        let told = told(None, None, Problem::of(error));
                        self.open = None;
                        return Some(told);
                    }
                }
                continue;
            }
            let mut input = match self.walk.next_file()? {
                Ok(input) => input,
                Err(diagnostic) => return Some(Step::Told(diagnostic)),
            };
            match self.begin(&mut input) {
                Ok(records) => {
                    let path = match &input {
                        Input::Path(path) => Some(path.clone()),
                        Input::Stdin | Input::Bytes { .. } => None,
                    };
                    self.open = Some(Open { name: input.name(), path, records });
                }
                Err(problem) => {
                    let told = Diagnostic { file: input.name(), record: None, line: None, problem };
                    return Some(Step::Told(told));
                }
            }
        }
    }

    /// Opens an input. What is one report, or small, is read at once.
    fn begin(&mut self, input: &mut Input) -> Result<Box<dyn Records + Send>, Problem> {
        let taken = Arc::new(AtomicU64::new(0));
        let counted = |source| Counted { source, all: Arc::clone(&self.bytes), taken: Arc::clone(&taken) };
        let mut charset = None;
        let mut file = match input {
            Input::Bytes { bytes, charset: named, .. } => {
                charset = named.take();
                Stream::new(Box::new(counted(Box::new(io::Cursor::new(std::mem::take(bytes))))))
            }
            Input::Stdin => Stream::new(Box::new(counted(Box::new(io::stdin())))),
            Input::Path(path) => {
                let file = File::open(path).map_err(Problem::Unreadable)?;
                Stream::new(Box::new(counted(Box::new(file))))
            }
        };
        let members = Members::default();
        let packed = packing(file.peek(6).map_err(Problem::of)?)?;
        if let Some(packed) = packed {
            file = unpacked(file, packed, Arc::clone(&taken), &members);
            if packing(file.peek(6).map_err(Problem::of)?)?.is_some() {
                return Err(Problem::Compressed { format: "twice packed" });
            }
        }
        let mut stream = without_mark(file).map_err(Problem::of)?;
        let skipped = stream.position();
        let content = recognise(stream.peek(HEAD_BYTES).map_err(Problem::of)?, &self.defaults.mapping)?;
        let can_go_on =
            content == Content::Warc || content == Content::JsonLines && packed.is_none() && skipped == 0;
        let mut begin = Mark { offset: skipped, ..Mark::default() };
        if let Input::Path(path) = input
            && can_go_on
            && let Some(mark) = (self.begin)(path)
        {
            let mut file = File::open(path).map_err(Problem::Unreadable)?;
            file.seek(SeekFrom::Start(mark.offset)).map_err(Problem::Unreadable)?;
            taken.store(mark.offset, Ordering::Relaxed);
            self.bytes.fetch_add(mark.offset, Ordering::Relaxed);
            let mut file = Stream::new(Box::new(counted(Box::new(file))));
            file.begins_at(mark.offset);
            if let Some(packed) = packed {
                file = unpacked(file, packed, Arc::clone(&taken), &members);
            }
            stream = file;
            begin = mark;
        }
        let limits = self.limits;
        Ok(match content {
            Content::Plain => Box::new(Ready::new(read_plain(&mut stream, limits)?)),
            Content::Html => Box::new(Ready::new(read_page(&mut stream, limits, charset)?)),
            Content::JsonLines => {
                Box::new(JsonLines::new(stream, limits, self.defaults.mapping.clone(), begin))
            }
            Content::Json(place) => {
                Box::new(JsonValues::new(stream, limits, self.defaults.mapping.clone(), place))
            }
            Content::Table(layout) => Box::new(Table::new(stream, layout, limits)),
            Content::Feed => Box::new(Feed::new(stream, limits, charset.as_deref()).map_err(Problem::of)?),
            Content::Warc => Box::new(Warc::new(stream, members, packed.is_some(), begin)),
        })
    }
}

/// A page as one report.
fn read_page(stream: &mut Stream, limits: Limits, charset: Option<String>) -> Result<Vec<Found>, Problem> {
    let limit = limits.record_bytes;
    let bytes = read_up_to(stream, limit).map_err(Problem::of)?;
    let bytes = bytes.ok_or(Problem::TooLong { bytes: limit + 1, limit })?;
    crate::content::binary(&bytes, 0)?;
    let (text, told) =
        Decoder::named(charset.or_else(|| page::charset(&bytes)).as_deref()).decode(bytes, 0)?;
    let report = page::report(&text)?;
    let mut found: Vec<Found> = told.into_iter().map(Found::of_file).collect();
    found.push(Found { record: None, line: None, what: Ok(report) });
    Ok(found)
}

impl Iterator for Reports {
    type Item = Result<Report, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.step()? {
                Step::Report(report) => return Some(Ok(report)),
                Step::Told(diagnostic) => return Some(Err(diagnostic)),
                Step::Pause => {}
            }
        }
    }
}

/// A reader that keeps count: of this file, and of all for progress bars.
struct Counted {
    source: Box<dyn Read + Send>,
    all: Arc<AtomicU64>,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.all.fetch_add(count as u64, Ordering::Relaxed);
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
