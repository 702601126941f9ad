//! What the user knows besides: a folder `contested-gazetteer` beside the ledger, with one compiled file for each imported gazetteer, and one
//! table for each import of actors. They take part in every command that uses that ledger.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use contested_knowledge::Knowledge;
use contested_knowledge::actors::Actors;
use contested_knowledge::places::Compiled;
use contested_ledger::Ledger;

use crate::output::Output;

/// What an import holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Import {
    /// A compiled gazetteer.
    Places,
    /// A table of actors as it was given.
    Actors,
}

impl Import {
    const fn extension(self) -> &'static str {
        match self {
            Self::Places => "cgaz",
            Self::Actors => "actors.tsv",
        }
    }
}

/// The folder of the imports that belong to the ledger at `store`.
pub(crate) fn folder(store: &Path) -> PathBuf {
    // A database has no folder: what belongs to it is where the program runs.
    let beside = if Ledger::is_file(store) { store.parent() } else { None };
    beside.unwrap_or(Path::new("")).join("contested-gazetteer")
}

/// The built-in knowledge with the imports beside `store`. Called once a run: what it loads stays in memory to the end.
///
/// # Errors
/// When an import cannot be read or is damaged; the message names the file.
pub(crate) fn knowledge(store: &Path) -> anyhow::Result<&'static Knowledge> {
    let places = files(store, Import::Places)?;
    let own = own_actors(store)?;
    if places.is_empty() && own.is_empty() {
        return Ok(Knowledge::embedded());
    }
    let places = places
        .iter()
        .map(|path| {
            let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            Compiled::from_vec(bytes).with_context(|| path.display().to_string())
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let mut knowledge = Knowledge::embedded().clone();
    if !places.is_empty() {
        knowledge = knowledge.with_places(places);
    }
    if !own.is_empty() {
        knowledge = knowledge.with_actors(&borrowed(&own))?;
    }
    Ok(Box::leak(Box::new(knowledge)))
}

/// The built-in actors and those imported beside `store`.
///
/// # Errors
/// When an import cannot be read, or no longer fits the built-in tables; the message names the file.
pub(crate) fn actors(store: &Path) -> anyhow::Result<&'static Actors> {
    let own = own_actors(store)?;
    if own.is_empty() {
        return Ok(Actors::embedded());
    }
    Ok(Box::leak(Box::new(Actors::with(&borrowed(&own))?)))
}

/// Keeps `content` as the import `name` (default: as `file` is called) and says so with `what` it holds.
///
/// # Errors
/// When the name is unfit or the file cannot be written.
pub(crate) fn keep(
    store: &Path,
    (file, name): (&Path, Option<&str>),
    (kind, content): (Import, &[u8]),
    what: &str,
) -> anyhow::Result<()> {
    let stem = name.map(str::to_owned).or_else(|| file.file_stem().map(|s| s.to_string_lossy().into_owned()));
    let stem = stem
        .filter(|s| !s.is_empty() && s.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')));
    let Some(stem) = stem else { anyhow::bail!("give the import a --name of letters, digits, `-` and `_`") };
    let folder = folder(store);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = path_of(store, kind, &stem);
    // Written beside and renamed, so that a broken run leaves no half file that the next one would trip over.
    let partial = path.with_extension("partial");
    fs::write(&partial, content).with_context(|| format!("cannot write {}", partial.display()))?;
    fs::rename(&partial, &path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut output = Output::new();
    output.line(format!("{}: {what}", path.display()))?;
    output.finish()
}

/// The text of a file that is to be imported.
pub(crate) fn text(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).map_err(|error| {
        let no_text = error.kind() == std::io::ErrorKind::InvalidData;
        let remedy = if no_text { ": a text file in UTF-8 is wanted; unpack archives first" } else { "" };
        anyhow::Error::new(error).context(format!("cannot read {}{remedy}", file.display()))
    })
}

/// Own tables of actors beside `store`, (path, text) each, leaving out the import `but`.
pub(crate) fn own_actors_but(store: &Path, but: Option<&Path>) -> anyhow::Result<Vec<(String, String)>> {
    let files = files(store, Import::Actors)?;
    files
        .iter()
        .filter(|path| but != Some(path))
        .map(|path| Ok((path.display().to_string(), text(path)?)))
        .collect()
}

/// Where the import `stem` lies.
pub(crate) fn path_of(store: &Path, kind: Import, stem: &str) -> PathBuf {
    let stem = stem.strip_suffix(".actors").filter(|_| kind == Import::Actors).unwrap_or(stem);
    folder(store).join(format!("{stem}.{}", kind.extension()))
}

/// Tables as [`Actors::with`] takes them.
pub(crate) fn borrowed(tables: &[(String, String)]) -> Vec<(&str, &str)> {
    tables.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

fn own_actors(store: &Path) -> anyhow::Result<Vec<(String, String)>> {
    own_actors_but(store, None)
}

/// The imports of a kind, in one order on every machine.
fn files(store: &Path, kind: Import) -> anyhow::Result<Vec<PathBuf>> {
    let folder = folder(store);
    let Ok(entries) = fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()
        .with_context(|| format!("cannot list {}", folder.display()))?;
    let ending = format!(".{}", kind.extension());
    files.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(&ending)));
    // The order of a folder differs between machines; answers must not.
    files.sort();
    Ok(files)
}
