//! Imported gazetteers: a folder `contested-gazetteer` beside the ledger, one compiled file an import. They take part in every command
//! that uses that ledger.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use contested_knowledge::Knowledge;
use contested_knowledge::places::Compiled;

/// Extension of a compiled import.
const EXTENSION: &str = "cgaz";

/// The folder of the imports that belong to the ledger at `store`.
pub(crate) fn folder(store: &Path) -> PathBuf {
    store.parent().unwrap_or(Path::new("")).join("contested-gazetteer")
}

/// The file that an import called `name` has.
pub(crate) fn file(store: &Path, name: &str) -> PathBuf {
    folder(store).join(name).with_extension(EXTENSION)
}

/// The built-in knowledge with the imports beside `store`. Called once a run: what it loads stays in memory to the end.
///
/// # Errors
/// When an import cannot be read or is damaged; the message names the file.
pub(crate) fn knowledge(store: &Path) -> anyhow::Result<&'static Knowledge> {
    let folder = folder(store);
    let Ok(entries) = fs::read_dir(&folder) else { return Ok(Knowledge::embedded()) };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()
        .with_context(|| format!("cannot list {}", folder.display()))?;
    files.retain(|path| path.extension().is_some_and(|e| e == EXTENSION));
    // The order of a folder differs between machines; answers must not.
    files.sort();
    if files.is_empty() {
        return Ok(Knowledge::embedded());
    }
    let imports = files
        .iter()
        .map(|path| {
            let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            Compiled::from_vec(bytes).with_context(|| path.display().to_string())
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Box::leak(Box::new(Knowledge::embedded().with_places(imports))))
}
