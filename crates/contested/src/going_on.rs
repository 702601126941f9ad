//! Going on where a run was cut off: how far a large file was read is noted in the ledger, batch by batch.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use contested_ledger::{Ledger, Passed, PlaceReached};
use contested_model::{Digest128, Extractor};
use contested_read::{Mark, Reports};

use crate::extraction::Reached;
use crate::input::InputArgs;

/// Bytes of a file after which it is noted how far it was read; smaller files are read again, and what is known of them passed over.
const EVERY: u64 = 16 << 20;
/// Bytes at the beginning of a file that tell it from another one of its name and size.
const BEGINNING: u64 = 1 << 16;

/// The notes of a run.
pub(crate) struct Notes {
    there: Vec<PlaceReached>,
    /// Who reads and how: with another extractor or mapping a file is read from its beginning.
    reader: String,
    /// The file that was noted last, and how far.
    last: Option<(String, u64)>,
    /// Files of which notes were made.
    noted: Vec<String>,
}

impl Notes {
    /// What the ledger has noted.
    pub(crate) fn of(ledger: &Ledger, input: &InputArgs, made: &Extractor) -> anyhow::Result<Self> {
        let reader = format!(
            "{} {} {} {:?} {:?} {:?} {}",
            made.version,
            made.model,
            made.knowledge,
            input.source,
            input.published,
            input.map,
            input.every_language
        );
        Ok(Self { there: ledger.places_reached()?, reader, last: None, noted: Vec::new() })
    }

    /// Reports that go on where the files of the notes were left.
    pub(crate) fn going_on(&mut self, reports: Reports) -> Reports {
        if self.there.is_empty() {
            return reports;
        }
        self.noted.extend(self.there.iter().map(|place| place.file.clone()));
        let (there, reader) = (self.there.clone(), self.reader.clone());
        reports.going_on(move |path| {
            let file = name(path);
            let place = there.iter().find(|place| place.file == file)?;
            let content = content(path, &reader).ok()?;
            (content == place.content).then_some(Mark {
                offset: place.offset,
                records: place.records,
                lines: place.lines,
            })
        })
    }

    /// Notes how far reading came, and keeps where pages lie that were passed over.
    pub(crate) fn reached(&mut self, ledger: &mut Ledger, reached: Reached) -> anyhow::Result<()> {
        for (archive, pages) in reached.passed {
            let pages = pages.into_iter();
            let pages: Vec<Passed> = pages
                .map(|page| Passed { offset: page.offset, url: page.url, language: page.language.code })
                .collect();
            ledger.pass_over(&name(Path::new(&archive)), &pages)?;
        }
        let Some((path, mark)) = reached.mark else { return Ok(()) };
        let file = name(&path);
        let last = self.last.as_ref().filter(|(last, _)| *last == file).map_or(0, |(_, offset)| *offset);
        if mark.offset < last + EVERY {
            return Ok(());
        }
        let content = content(&path, &self.reader).with_context(|| format!("cannot read {file}"))?;
        let Mark { offset, records, lines } = mark;
        ledger.note_place(&PlaceReached { file: file.clone(), content, offset, records, lines })?;
        if !self.noted.contains(&file) {
            self.noted.push(file.clone());
        }
        self.last = Some((file, offset));
        Ok(())
    }

    /// All was read: the files of this run need no notes any more.
    pub(crate) fn end(&self, ledger: &mut Ledger) -> anyhow::Result<()> {
        // Files that this run did not touch keep theirs; those that it went on in are through.
        for file in &self.noted {
            if self.there.iter().all(|place| place.file != *file)
                || self.last.as_ref().is_some_and(|(last, _)| last == file)
            {
                ledger.end_place(file)?;
            }
        }
        Ok(())
    }
}

fn name(path: &Path) -> String {
    path.canonicalize().unwrap_or_else(|_| path.to_owned()).display().to_string()
}

fn content(path: &Path, reader: &str) -> std::io::Result<String> {
    let file = std::fs::File::open(path)?;
    let size = file.metadata()?.len();
    let mut beginning = Vec::new();
    file.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(Digest128::of(&[&beginning[..], format!("{size} {reader}").as_bytes()].concat()).to_string())
}
