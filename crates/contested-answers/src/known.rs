use std::path::PathBuf;

use contested_assess::{Basis, Learnt, Question};
use contested_ledger::{Area, Filter, Ledger, LedgerError};
use contested_model::Kept;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::world::Informed;

/// Days of "what changed", unless the question says otherwise.
const USUAL_DAYS: i64 = 7;

/// What a ledger holds of what had been reported.
#[derive(Debug, Clone)]
pub struct Known {
    /// All its claims that had been reported by the day asked for.
    pub kept: Vec<Kept>,
    /// The day asked for, or the last that the ledger knows of.
    pub as_of: Date,
    /// Reported time: what had been reported by then; none: all of it.
    pub known_at: Option<Date>,
    /// What had been learnt of the sources by then.
    learnt: Learnt,
    /// Who stands by whom.
    world: Informed,
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    /// The ledger holds only what was reported later.
    #[error("nothing had been reported by {day}: the ledger's reports are all later")]
    NotYet {
        /// The day asked for.
        day: Date,
    },
    /// The ledger holds nothing.
    #[error("the ledger {} is empty: add reports with `contested add`", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Known {
    /// What `ledger` knows of the day `as_of` (or its last) from what had been reported by `known_at`.
    ///
    /// # Errors
    /// When nothing had been reported, or the ledger fails.
    pub fn of(
        ledger: &Ledger,
        as_of: Option<Date>,
        known_at: Option<Date>,
        world: Informed,
    ) -> Result<Self, Unanswered> {
        Self::by(ledger, as_of, known_at, world, |_| ledger.claims(&Filter { known_at, ..Filter::default() }))
    }

    /// Likewise, of what says who holds ground in `area` (a country's two letters, a place's name or id); everywhere where none is named.
    ///
    /// # Errors
    /// As for [`Self::of`].
    pub fn of_ground(
        ledger: &Ledger,
        area: Option<&str>,
        as_of: Option<Date>,
        known_at: Option<Date>,
        world: Informed,
    ) -> Result<Self, Unanswered> {
        let area = area.map_or(Ok(Area::World), |name| ledger.area(name))?;
        Self::by(ledger, as_of, known_at, world, |as_of| ledger.ground(&area, as_of, known_at))
    }

    /// Likewise, of what a situation of `area` with news from `since` on rests on.
    ///
    /// # Errors
    /// As for [`Self::of`].
    pub fn of_area(
        ledger: &Ledger,
        area: Option<&str>,
        since: Option<Date>,
        as_of: Option<Date>,
        known_at: Option<Date>,
        world: Informed,
    ) -> Result<Self, Unanswered> {
        let area = area.map_or(Ok(Area::World), |name| ledger.area(name))?;
        Self::by(ledger, as_of, known_at, world, |as_of| {
            ledger.bearing(&area, as_of, since.unwrap_or(as_of), known_at)
        })
    }

    fn by(
        ledger: &Ledger,
        as_of: Option<Date>,
        known_at: Option<Date>,
        world: Informed,
        read: impl Fn(Date) -> contested_ledger::Result<Vec<Kept>>,
    ) -> Result<Self, Unanswered> {
        let last = ledger.last_known(known_at)?;
        let as_of = as_of.or(last).ok_or_else(|| match known_at {
            Some(day) => Unanswered::NotYet { day },
            None => Unanswered::Empty { path: ledger.path().to_owned() },
        })?;
        let kept = read(as_of)?;
        let rows = ledger.learning(known_at)?.map(|run| run.rows).unwrap_or_default();
        Ok(Self { kept, as_of, known_at, learnt: Learnt::of(&rows), world })
    }

    /// What an assessment rests on besides the claims.
    pub fn basis(&self) -> Basis<'_> {
        Basis { world: &self.world, learnt: &self.learnt }
    }

    /// The question about `area` on that day; what changed counts from `since`, or for a week.
    pub fn question(&self, area: Option<String>, since: Option<Date>) -> Question {
        let week = self.as_of.saturating_sub(USUAL_DAYS.days());
        Question { as_of: self.as_of, known_at: self.known_at, since: since.unwrap_or(week), area }
    }

    /// First day on which anything was reported.
    pub fn first(&self) -> Option<Date> {
        self.kept.iter().map(|kept| kept.known).min()
    }
}
