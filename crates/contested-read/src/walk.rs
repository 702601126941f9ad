use std::path::{Path, PathBuf};

use crate::{Diagnostic, Problem};

/// What a command line names: a path, or standard input as `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// `-`.
    Stdin,
    /// A file, or a folder to be read recursively.
    Path(PathBuf),
    /// What was fetched already.
    Bytes {
        /// The name that diagnostics use.
        name: String,
        /// The file.
        bytes: Vec<u8>,
        /// The encoding of its characters, where whoever sent it names it.
        charset: Option<String>,
    },
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::Path(path.to_owned()) }
    }
}

impl Input {
    /// The name that diagnostics use.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::Path(path) => path.display().to_string(),
            Self::Bytes { name, .. } => name.clone(),
        }
    }
}

/// Files under the inputs, folders in sorted order, links to folders not followed.
#[derive(Debug)]
pub(crate) struct Walk {
    /// What is left, last first; the flag says that the user named it.
    left: Vec<(Input, bool)>,
}

impl Walk {
    pub(crate) fn new(inputs: Vec<Input>) -> Self {
        Self { left: inputs.into_iter().rev().map(|input| (input, true)).collect() }
    }

    /// The next file, or what is wrong with a folder.
    pub(crate) fn next_file(&mut self) -> Option<Result<Input, Diagnostic>> {
        while let Some((input, named)) = self.left.pop() {
            let Input::Path(path) = &input else { return Some(Ok(input)) };
            let told = |problem| Diagnostic { file: input.name(), record: None, line: None, problem };
            let metadata = if named { path.metadata() } else { path.symlink_metadata() };
            match metadata {
                Err(error) => return Some(Err(told(Problem::Unreadable(error)))),
                Ok(found) if found.is_dir() => match entries(path) {
                    Err(error) => return Some(Err(told(Problem::Unreadable(error)))),
                    Ok(found) if found.is_empty() && named => return Some(Err(told(Problem::EmptyFolder))),
                    Ok(found) => {
                        self.left.extend(found.into_iter().rev().map(|path| (Input::Path(path), false)));
                    }
                },
                // A folder may hold links to files; links to folders could run in circles.
                Ok(found) if found.is_symlink() && path.is_dir() => {}
                // Pipes and terminals are read when the user names them, never when they merely lie about.
                Ok(found) if named || found.is_file() || path.is_file() => return Some(Ok(input)),
                Ok(_) => return Some(Err(told(Problem::NotAFile))),
            }
        }
        None
    }
}

/// What lies in a folder, hidden entries left out, sorted by name.
fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
