//! Reports from the command line: which files, what is assumed of them, and how their problems are told.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use contested_read::{Defaults, Diagnostic, Input, Limits, Reports, Severity};
use jiff::civil::Date;
use serde_json::json;

/// Arguments of every command that reads reports.
#[derive(Debug, Clone, Args)]
pub(crate) struct InputArgs {
    /// Files or folders (read recursively, in sorted order); `-` is standard input
    ///
    /// Plain text is one report a file; JSON Lines are one report a line with the keys `text` (required), `id`, `source`, `published`,
    /// `title` and `url`. Which of the two a file is, is seen from its content.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Outlet of reports that do not name theirs
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Day of publication (YYYY-MM-DD) of reports that do not give theirs; without one, "on Wednesday" stays undated
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<Date>,
}

/// Reads a date argument.
pub(crate) fn date(text: &str) -> Result<Date, String> {
    contested_read::parse_date(text).ok_or_else(|| "write a date as YYYY-MM-DD".to_owned())
}

impl InputArgs {
    /// One file with nothing assumed.
    pub(crate) fn file(path: PathBuf) -> Self {
        Self { paths: vec![path], source: None, published: None }
    }

    /// The reports, nothing opened yet.
    pub(crate) fn reports(&self) -> Reports {
        let inputs = self.paths.iter().map(|path| Input::from(path.as_path())).collect();
        let defaults = Defaults { source: self.source.clone(), published: self.published };
        Reports::new(inputs, defaults, Limits::default())
    }

    /// How many bytes there are to read, where every input is a plain file.
    pub(crate) fn bytes(&self) -> Option<u64> {
        let size =
            |path: &Path| path.metadata().ok().filter(std::fs::Metadata::is_file).map(|found| found.len());
        self.paths.iter().map(|path| size(path)).sum()
    }
}

/// Prints a diagnostic on standard error, in words or as one JSON object.
pub(crate) fn tell(diagnostic: &Diagnostic, json: bool) {
    let level = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let problem = &diagnostic.problem;
    let text = if json {
        let Diagnostic { file, record, line, .. } = diagnostic;
        json!({"record": "diagnostic", "level": level, "code": problem.code(), "file": file, "line": line, "ordinal": record,
               "problem": problem.to_string(), "remedy": problem.remedy()})
        .to_string()
    } else {
        format!("{level}: {diagnostic}\n  hint: {}", problem.remedy())
    };
    // Nothing can be done when standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
}
