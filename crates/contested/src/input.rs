//! Reports from the command line: which files, what is assumed of them, and how their problems are told.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use contested_read::{Defaults, Diagnostic, Input, Limits, Mapping, Reports, Severity};
use jiff::civil::Date;
use serde_json::json;

/// Arguments of every command that reads reports.
#[derive(Debug, Clone, Args)]
pub(crate) struct InputArgs {
    /// Files or folders (read recursively, in sorted order); `-` is standard input
    ///
    /// Read are plain text, HTML, JSON Lines and JSON arrays (keys `text`, `id`, `source`, `published`, `title`, `url`), CSV and TSV, RSS and Atom, WARC archives
    /// and saved answers of the ReliefWeb API, all of them packed with gzip or zstd, too. What a file is, is seen from its content.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Outlet of reports that do not name theirs
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Day of publication (YYYY-MM-DD) of reports that do not give theirs; without one, "on Wednesday" stays undated
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<Date>,
    /// Which column of a table, or key of an object, is what of a report: `ROLE=COLUMN[:FORMAT]`, parted by commas
    ///
    /// Roles are text, id, source, published, title and url; a path such as `fields.body` goes into an object; FORMAT is how dates are written, as
    /// in `published=date:%m/%d/%Y`. Roles that are left out are guessed from the names of the columns, and the guess is told.
    #[arg(long, value_name = "MAP")]
    pub(crate) map: Option<Mapping>,
    /// Read reports in every language as if they were English
    #[arg(long)]
    pub(crate) every_language: bool,
}

/// Reads a date argument.
pub(crate) fn date(text: &str) -> Result<Date, String> {
    contested_read::parse_date(text).ok_or_else(|| "write a date as YYYY-MM-DD".to_owned())
}

impl InputArgs {
    /// One file with nothing assumed.
    pub(crate) fn file(path: PathBuf) -> Self {
        Self::files(vec![path])
    }

    /// Files with nothing assumed.
    pub(crate) const fn files(paths: Vec<PathBuf>) -> Self {
        Self { paths, source: None, published: None, map: None, every_language: false }
    }

    /// The reports, nothing opened yet.
    pub(crate) fn reports(&self) -> Reports {
        let inputs = self.paths.iter().map(|path| Input::from(path.as_path())).collect();
        let defaults = Defaults {
            source: self.source.clone(),
            published: self.published,
            mapping: self.map.clone().unwrap_or_default(),
        };
        Reports::new(inputs, defaults, Limits::default())
    }

    /// How many bytes there are to read, where every input is a file or a folder.
    pub(crate) fn bytes(&self) -> Option<u64> {
        self.paths.iter().map(|path| size(path, 0)).sum()
    }
}

/// Bytes of a file, or of all files in a folder.
fn size(path: &Path, depth: usize) -> Option<u64> {
    let metadata = path.metadata().ok()?;
    if metadata.is_file() {
        return Some(metadata.len());
    }
    if !metadata.is_dir() || depth > 64 {
        return None;
    }
    let entries = std::fs::read_dir(path).ok()?.flatten();
    // What cannot be read is told when its turn comes; a bar may be wrong by it.
    Some(
        entries
            .filter(|entry| !entry.path().is_symlink())
            .filter_map(|entry| size(&entry.path(), depth + 1))
            .sum(),
    )
}

/// Prints a diagnostic on standard error, in words or as one JSON object.
pub(crate) fn tell(diagnostic: &Diagnostic, json: bool) {
    let level = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
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
