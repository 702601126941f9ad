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
    /// A compressed file.
    #[error("{format} data, which is not unpacked yet")]
    Compressed {
        /// Name of the format.
        format: &'static str,
    },
    /// Text in two-byte units.
    #[error("UTF-16 text")]
    Utf16,
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
    /// One JSON array instead of one object a line.
    #[error("one JSON array, not one JSON object a line")]
    JsonArray,
    /// One JSON object over several lines.
    #[error("a JSON object spread over several lines, not one object a line")]
    SpreadJson,
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
            Self::Utf16 => "utf-16",
            Self::InvalidUtf8 { .. } => "invalid-utf-8",
            Self::TooLong { .. } => "too-long",
            Self::BrokenJson { .. } => "broken-json",
            Self::NotAnObject { .. } => "not-an-object",
            Self::JsonArray => "json-array",
            Self::SpreadJson => "spread-json",
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
            Self::Binary { .. } => "give plain text or JSON Lines; save documents as UTF-8 text first",
            Self::Compressed { .. } => {
                "unpack it first and pass it on standard input, as in `gzip -dc FILE | contested extract -`"
            }
            Self::Utf16 => "convert it first, as in `iconv -f UTF-16 -t UTF-8 FILE`",
            Self::InvalidUtf8 { .. } => {
                "convert it first, as in `iconv -f WINDOWS-1252 -t UTF-8 FILE`; a file cut off in the middle must be fetched again"
            }
            Self::TooLong { .. } => "split it into one report a record; other records are not affected",
            Self::BrokenJson { .. } => "write one complete JSON object a line",
            Self::NotAnObject { .. } => "write one object a line, as in {\"text\": \"...\"}",
            Self::JsonArray => "turn it into one object a line, as in `jq -c '.[]' FILE`",
            Self::SpreadJson => "put each object on one line, as in `jq -c . FILE`",
            Self::MissingText | Self::EmptyText => "put the report's words under the key `text`",
            Self::WrongType { .. } => "change the value's type",
            Self::BadDate { .. } => "write it as YYYY-MM-DD; the report is read as undated",
            Self::TooMuchElse { .. } => {
                "nothing is lost for extraction; drop large keys to keep the small ones"
            }
        }
    }

    /// Whether a report was lost to it.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::BadDate { .. } | Self::TooMuchElse { .. } => Severity::Warning,
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
