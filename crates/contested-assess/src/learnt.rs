//! What a learning run found of the sources, as the model asks for it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use contested_model::{LearntRow, SourceKind, Stake};
use jiff::civil::Date;

use crate::reliability::prior;

/// Months after which what was found around a month says no more of the source than all its days do.
const LASTS: i32 = 6;

/// Chances of being right, by source, stake and month.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Learnt {
    found: BTreeMap<String, [Record; 4]>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Record {
    overall: Option<f64>,
    /// By months since year 0.
    months: BTreeMap<i32, f64>,
}

static NOTHING: LazyLock<Learnt> = LazyLock::new(Learnt::default);

impl Learnt {
    /// Nothing was learnt.
    pub fn nothing() -> &'static Self {
        &NOTHING
    }

    /// From the rows of one run.
    pub fn of(rows: &[LearntRow]) -> Self {
        let mut found: BTreeMap<String, [Record; 4]> = BTreeMap::new();
        for row in rows {
            let record = &mut found.entry(row.source.clone()).or_default()[position(row.stake)];
            match row.month {
                Some(day) => {
                    record.months.insert(month(day), row.believed);
                }
                None => record.overall = Some(row.believed),
            }
        }
        Self { found }
    }

    /// Chance that what the source says on `day` with this at stake is so.
    pub(crate) fn believed(&self, source: &str, kind: Option<SourceKind>, stake: Stake, day: Date) -> f64 {
        let Some(record) = self.found.get(source).map(|records| &records[position(stake)]) else {
            return prior(kind, stake);
        };
        let now = month(day);
        let before = record.months.range(..=now).next_back();
        let nearest = before.or_else(|| record.months.range(now..).next());
        match nearest {
            Some((at, &believed)) if (at - now).abs() <= LASTS => believed,
            _ => record.overall.unwrap_or_else(|| prior(kind, stake)),
        }
    }
}

const fn position(stake: Stake) -> usize {
    match stake {
        Stake::Neutral => 0,
        Stake::Gain => 1,
        Stake::Loss => 2,
        Stake::Denial => 3,
    }
}

/// Months since year 0.
pub(crate) fn month(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// First day of a month given by months since year 0.
pub(crate) fn first_day(month: i32) -> Option<Date> {
    Date::new((month.div_euclid(12)) as i16, (month.rem_euclid(12) + 1) as i8, 1).ok()
}
