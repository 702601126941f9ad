use std::fmt;

/// What is wrong with an input, in words for people.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The operating system refused.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// A folder without a single file in it.
    #[error("the folder holds no files")]
    EmptyFolder,
    /// Neither a file nor a folder.
    #[error("neither a file nor a folder")]
    NotAFile,
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// Bytes, but only white space.
    #[error("the file holds only white space")]
    Blank,
    /// Not text.
    #[error("binary data, not text (byte {at} is {found})")]
    Binary {
        /// Offset of the byte that gave it away.
        at: u64,
        /// What was found there.
        found: &'static str,
    },
    /// A file packed in a way that is not unpacked here.
    #[error("{format} data, which is not unpacked here")]
    Compressed {
        /// Name of the format.
        format: &'static str,
    },
    /// A packed file that is broken or cut off.
    #[error("broken {format} data: {cause}")]
    BrokenPacking {
        /// Name of the format.
        format: &'static str,
        /// The unpacker's words.
        cause: String,
    },
    /// A packed file that unpacks to out of all proportion.
    #[error("unpacks to more than {times} times its size")]
    Bomb {
        /// How many times its size are allowed.
        times: u64,
    },
    /// Bytes that are not UTF-8 and were read as another encoding.
    #[error("not valid UTF-8 (byte {at}): read as {encoding}")]
    OtherEncoding {
        /// Offset of the first byte that is not UTF-8.
        at: u64,
        /// The encoding that the bytes look most like.
        encoding: &'static str,
    },
    /// Text that was decoded wrongly before it came here.
    #[error("the text was decoded wrongly before it came here: `{found}` and its like {count} {}", if *count == 1 { "time" } else { "times" })]
    Mojibake {
        /// The mark that is most common.
        found: &'static str,
        /// How many such marks there are in the first report that has any.
        count: u64,
    },
    /// Columns or keys whose meaning was guessed from their names.
    #[error("columns are guessed: {mapping}")]
    Guessed {
        /// The guess, as `--map` takes it.
        mapping: String,
    },
    /// A text that holds several reports.
    #[error("read as {reports} reports, parted by lines between them")]
    Parted {
        /// How many.
        reports: u64,
    },
    /// A table none of whose columns is known to hold text.
    #[error("a table with the columns {columns}, none of them known to hold text")]
    NoTextColumn {
        /// Their names.
        columns: String,
    },
    /// A row with more or fewer cells than the head of its table.
    #[error("{found} cells in a row of a table with {wanted} columns")]
    RaggedRow {
        /// Cells of the row.
        found: u64,
        /// Columns of the table.
        wanted: u64,
    },
    /// A cell that grows over [`crate::Limits::record_bytes`].
    #[error("over {limit} bytes long; perhaps a quotation mark is never closed")]
    OpenQuote {
        /// The limit.
        limit: u64,
    },
    /// A record without the column that was said to hold its text.
    #[error("no `{column}`, which was said to hold the text")]
    MissingColumn {
        /// Its name.
        column: String,
    },
    /// XML that is no feed.
    #[error("XML, but no RSS and no Atom")]
    OtherXml,
    /// XML that breaks off.
    #[error("broken XML at byte {at}: {cause}")]
    BrokenXml {
        /// Offset of the error.
        at: u64,
        /// The parser's words.
        cause: String,
    },
    /// A WARC file that breaks off, or holds what is no record.
    #[error("no WARC record at byte {at}: {cause}")]
    BrokenWarc {
        /// Offset of the error.
        at: u64,
        /// What is wrong.
        cause: &'static str,
    },
    /// What this program wrote of reports, which is no report.
    #[error("{what}, not reports")]
    OwnRecords {
        /// What it is.
        what: &'static str,
    },
    /// A page without an article.
    #[error("no words of an article on the page")]
    NoArticle,
    /// Bytes that are not UTF-8.
    #[error("not valid UTF-8 at byte {at} of the file")]
    InvalidUtf8 {
        /// Offset of the first bad byte, from the start of the file.
        at: u64,
    },
    /// A record longer than [`crate::Limits::record_bytes`].
    #[error("{bytes} bytes long; the limit is {limit} bytes")]
    TooLong {
        /// Its length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A line that is no JSON.
    #[error("broken JSON at column {column}: {cause}")]
    BrokenJson {
        /// Column of the error, from 1, in bytes.
        column: usize,
        /// The parser's words.
        cause: String,
    },
    /// JSON, but no object.
    #[error("the JSON value is {found}, not an object")]
    NotAnObject {
        /// What it is.
        found: &'static str,
    },
    /// No text.
    #[error("no `text`")]
    MissingText,
    /// A text of nothing.
    #[error("`text` is empty")]
    EmptyText,
    /// A value of the wrong JSON type.
    #[error("`{key}` is {found}, not {wanted}")]
    WrongType {
        /// The key.
        key: &'static str,
        /// What stands there.
        found: &'static str,
        /// What should.
        wanted: &'static str,
    },
    /// A date that cannot be understood.
    #[error("`published` is not a date: `{value}`")]
    BadDate {
        /// As it stands in the record, cut to 80 characters.
        value: String,
    },
    /// More further keys than are kept.
    #[error("keys that are not a report's own take {bytes} bytes; at most {limit} bytes are kept")]
    TooMuchElse {
        /// Their size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
}

impl Problem {
    /// The problem of a stream: its own, where a reader gave it one.
    pub(crate) fn of(error: std::io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(problem) => problem,
            Err(error) => Self::Unreadable(error),
        }
    }

    /// A stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::EmptyFolder => "empty-folder",
            Self::NotAFile => "not-a-file",
            Self::Empty => "empty",
            Self::Blank => "blank",
            Self::Binary { .. } => "binary",
            Self::Compressed { .. } => "compressed",
            Self::BrokenPacking { .. } => "broken-packing",
            Self::Bomb { .. } => "bomb",
            Self::OtherEncoding { .. } => "other-encoding",
            Self::Mojibake { .. } => "mojibake",
            Self::Guessed { .. } => "guessed",
            Self::Parted { .. } => "parted",
            Self::NoTextColumn { .. } => "no-text-column",
            Self::RaggedRow { .. } => "ragged-row",
            Self::OpenQuote { .. } => "open-quote",
            Self::MissingColumn { .. } => "missing-column",
            Self::OtherXml => "other-xml",
            Self::BrokenXml { .. } => "broken-xml",
            Self::BrokenWarc { .. } => "broken-warc",
            Self::OwnRecords { .. } => "own-records",
            Self::NoArticle => "no-article",
            Self::InvalidUtf8 { .. } => "invalid-utf-8",
            Self::TooLong { .. } => "too-long",
            Self::BrokenJson { .. } => "broken-json",
            Self::NotAnObject { .. } => "not-an-object",
            Self::MissingText => "missing-text",
            Self::EmptyText => "empty-text",
            Self::WrongType { .. } => "wrong-type",
            Self::BadDate { .. } => "bad-date",
            Self::TooMuchElse { .. } => "too-much-else",
        }
    }

    /// What the user can do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "check the path and your permission to read it",
            Self::EmptyFolder => "name a folder that holds reports; hidden files are passed over",
            Self::NotAFile => "name a file, a folder, or `-` for standard input",
            Self::Empty | Self::Blank => "leave the file out, or fetch it again",
            Self::Binary { .. } => {
                "give text, HTML, JSON, a table, a feed or a WARC archive; save documents as text first"
            }
            Self::Compressed { .. } => {
                "unpack it first and pass it on standard input, as in `xz -dc FILE | contested extract -`; gzip and zstd are unpacked here"
            }
            Self::BrokenPacking { .. } => {
                "fetch the file again; what came before is read where records are apart"
            }
            Self::Bomb { .. } => {
                "unpack it first and look at it; if it is what it should be, name the unpacked file"
            }
            Self::OtherEncoding { .. } => {
                "look at a report with letters such as é; if they are wrong, convert the file first, as in `iconv -f ENCODING -t UTF-8 FILE`"
            }
            Self::Mojibake { .. } => {
                "fetch the text again from where it is whole; it is read as it stands, and names with such letters will not be found"
            }
            Self::Guessed { .. } => {
                "if that is wrong, say which column is what: --map text=COLUMN,published=COLUMN:%d/%m/%Y"
            }
            Self::Parted { .. } => "if it is one report, take the lines out that part it",
            Self::NoTextColumn { .. } => "say which column is the text: --map text=COLUMN",
            Self::RaggedRow { .. } => "put cells that hold the delimiter in quotation marks",
            Self::OpenQuote { .. } => {
                "double the quotation marks inside cells; reading goes on at a later line"
            }
            Self::MissingColumn { .. } => "check the name after --map text=; it is compared letter by letter",
            Self::OtherXml => "take the words out of it first, or name the feed itself",
            Self::BrokenXml { .. } => "fetch the feed again; the items before are read",
            Self::BrokenWarc { .. } => {
                "fetch the archive again; reading goes on with the next record that is whole"
            }
            Self::OwnRecords { .. } => {
                "take a ledger in with `contested import FILE`; of claims and disputes add the reports that they are from, as `contested export reports --as jsonl` writes them"
            }
            Self::NoArticle => "save the page from a browser, where scripts have put its words in",
            Self::InvalidUtf8 { .. } => {
                "convert it first, as in `iconv -f WINDOWS-1252 -t UTF-8 FILE`; a file cut off in the middle must be fetched again"
            }
            Self::TooLong { .. } => "split it into one report a record; other records are not affected",
            Self::BrokenJson { .. } => "write one complete JSON object a line",
            Self::NotAnObject { .. } => "write one object a line, as in {\"text\": \"...\"}",
            Self::MissingText | Self::EmptyText => "put the report's words under the key `text`",
            Self::WrongType { .. } => "change the value's type",
            Self::BadDate { .. } => {
                "write it as YYYY-MM-DD, or say how it is written: --map published=COLUMN:%d/%m/%Y; the report is read as undated"
            }
            Self::TooMuchElse { .. } => {
                "nothing is lost for extraction; drop large keys to keep the small ones"
            }
        }
    }

    /// Whether a report was lost to it.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::BadDate { .. }
            | Self::TooMuchElse { .. }
            | Self::OtherEncoding { .. }
            | Self::Mojibake { .. } => Severity::Warning,
            Self::Guessed { .. } | Self::Parted { .. } => Severity::Note,
            // The text is the one key that a report cannot do without.
            Self::WrongType { key, .. } if !matches!(key.as_bytes(), b"text") => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// Whether a report was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// A record, or a whole file, was not read.
    Error,
    /// The report was read, something of it was not.
    Warning,
    /// Nothing was lost; how it was read is told.
    Note,
}

/// A [`Problem`] and where it is.
#[derive(Debug, thiserror::Error)]
pub struct Diagnostic {
    /// The file as the user named it, or the path found in a folder, or `standard input`.
    pub file: String,
    /// Ordinal of the record in the file, from 1; `None` when the whole file is meant.
    pub record: Option<u64>,
    /// Line of the file, from 1.
    pub line: Option<u64>,
    /// What is wrong.
    pub problem: Problem,
}

impl Diagnostic {
    /// Whether a report was lost.
    pub const fn severity(&self) -> Severity {
        self.problem.severity()
    }
}

/// One line: place, problem. The remedy is apart ([`Problem::remedy`]).
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(record) = self.record {
            write!(f, ", record {record}")?;
        }
        write!(f, ": {}", self.problem)
    }
}
