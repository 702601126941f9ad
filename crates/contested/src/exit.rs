//! How the program ends: exit codes, and the last words on standard error.

use std::io::{self, Write};
use std::process::ExitCode;

use contested_read::Tally;

/// The table of exit codes, shown by `--help`.
pub(crate) const TABLE: &str = "\
Exit codes:
  0  all that was named was read and done
  1  the command failed; the message says why
  2  the command line is not understood
  3  some records could not be read; everything else was done
  4  nothing could be read";

/// Ways of ending that have an exit code of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Ending {
    /// A defect of ours on some reports; the others are done.
    #[error("{reports} {} made the extractor fail, which is a defect of this program; the others are done", noun(*reports, "report", "reports"))]
    Defect {
        /// How many.
        reports: u64,
    },
    /// Some records are missing from the result.
    #[error("{lost} {} could not be read; {read} {} done", noun(*lost, "record or file", "records or files"), noun(*read, "other is", "others are"))]
    SomeLost {
        /// Records and files that were lost.
        lost: u64,
        /// Reports that were not.
        read: u64,
    },
    /// There is no result.
    #[error("nothing could be read")]
    NothingRead,
}

fn noun(count: u64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

impl Ending {
    /// The end of a command that read reports: in order, if all went well.
    pub(crate) fn of(tally: Tally, defects: u64) -> anyhow::Result<()> {
        match tally {
            _ if defects > 0 => Err(Self::Defect { reports: defects }.into()),
            Tally { lost: 0, .. } => Ok(()),
            Tally { read: 0, .. } => Err(Self::NothingRead.into()),
            Tally { lost, read, .. } => Err(Self::SomeLost { lost, read }.into()),
        }
    }

    const fn code(self) -> u8 {
        match self {
            Self::Defect { .. } => 1,
            Self::SomeLost { .. } => 3,
            Self::NothingRead => 4,
        }
    }
}

/// Tells on standard error what went wrong, and gives the exit code. A reader that closes our output early (`| head`) is no error.
pub(crate) fn code_of(result: &anyhow::Result<()>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    if error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|e| e.kind() == io::ErrorKind::BrokenPipe)
    {
        return ExitCode::SUCCESS;
    }
    // Nothing can be done when standard error is closed.
    let _ = writeln!(io::stderr(), "error: {error:#}");
    ExitCode::from(error.downcast_ref::<Ending>().map_or(1, |ending| ending.code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tally_decides_the_ending() {
        let of = |read, lost, defects| {
            let end = Ending::of(Tally { read, lost, warnings: 1, ..Tally::default() }, defects);
            end.map_err(|error| error.downcast::<Ending>().unwrap().code())
        };
        assert_eq!(of(2, 0, 0), Ok(()));
        assert_eq!(of(2, 1, 0), Err(3));
        assert_eq!(of(0, 1, 0), Err(4));
        assert_eq!(of(2, 0, 1), Err(1));
    }
}
