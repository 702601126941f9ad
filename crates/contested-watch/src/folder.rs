//! A folder whose new and changed files are reports.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Most files of a folder, and deepest folders in it.
const MOST: usize = 1_000_000;
const DEEPEST: usize = 32;

/// A file in a folder, with what tells its versions apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderFile {
    /// Where it is.
    pub path: PathBuf,
    /// Size and time of change.
    pub version: String,
    /// Seconds since it was changed; a file that is being written is left for later.
    pub age: u64,
}

/// The files in a folder, in the order of their names; hidden ones and links are left out.
///
/// # Errors
/// When the folder, or one in it, cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<FolderFile>> {
    let mut out = Vec::new();
    gather(folder, 0, &mut out)?;
    out.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(out)
}

fn gather(folder: &Path, depth: usize, out: &mut Vec<FolderFile>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") || out.len() >= MOST {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() && depth < DEEPEST {
            gather(&entry.path(), depth + 1, out)?;
        } else if kind.is_file() {
            let metadata = entry.metadata()?;
            let changed = metadata.modified()?;
            let age = SystemTime::now().duration_since(changed).unwrap_or_default().as_secs();
            let since = changed.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            let version = format!("{} {}.{:09}", metadata.len(), since.as_secs(), since.subsec_nanos());
            out.push(FolderFile { path: entry.path(), version, age });
        }
    }
    Ok(())
}
