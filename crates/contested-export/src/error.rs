use crate::{Format, Subject};

/// Why an export did not come about.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The format has no room for what was asked for.
    #[error("{format} has no {subject}; it takes {offered}")]
    NotOffered {
        /// The format.
        format: Format,
        /// What was asked for.
        subject: Subject,
        /// What it takes, in words.
        offered: String,
    },
    /// The bytes could not be written.
    #[error("cannot write the export: {0}")]
    Io(#[from] std::io::Error),
    /// A record that cannot be written as JSON or as a row; a defect of this program.
    #[error("a record cannot be written: {0}")]
    Record(String),
}

impl From<serde_json::Error> for ExportError {
    fn from(error: serde_json::Error) -> Self {
        match error.io_error_kind() {
            Some(kind) => Self::Io(kind.into()),
            None => Self::Record(error.to_string()),
        }
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Io(error),
            other => Self::Record(format!("{other:?}")),
        }
    }
}
