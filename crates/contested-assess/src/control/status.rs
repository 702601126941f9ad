use jiff::civil::Date;
use serde::Serialize;

use super::days_between;

/// Chance from which a place is held.
const HELD: f64 = 0.8;
/// Chance of being contested from which it is.
const CONTESTED: f64 = 1.0 / 3.0;
/// Chance of a second holder from which the place is contested between two.
const SECOND: f64 = 0.25;
/// Chance below which nobody is named once news is stale.
const NAMED: f64 = 0.6;
/// Days without news after which it is stale.
const STALE: i32 = 60;
/// Days without news after which a likely second holder is doubt about what was told, and no contest.
const QUIET: i32 = 14;
/// Days for which sources that contradict one another keep a place contested, whoever is believed.
const DISPUTED: i32 = 7;

/// Who holds a place, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// One holder at 80 % or more.
    Held,
    /// Fought over, or two holders told of by sources that both count, or sources contradicted one another about it within these seven days.
    Contested,
    /// One is likelier than the others, and not by enough.
    Unclear,
    /// Nothing was said, or nothing for too long.
    Unknown,
}

impl Status {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Contested => "contested",
            Self::Unclear => "unclear",
            Self::Unknown => "unknown",
        }
    }
}

/// Status and position of the likeliest holder for the chances of one day; `seen` is the day of the newest observation, `contradicted` the days
/// on which sources came to contradict one another, in order.
pub(super) fn of(
    chances: &[f64],
    seen: Option<Date>,
    contradicted: &[Date],
    day: Date,
) -> (Status, Option<usize>) {
    let holders = chances.len().saturating_sub(2);
    // The likeliest two, the first of equals.
    let likeliest = |not: Option<usize>| {
        let others = (0..holders).filter(|at| Some(*at) != not);
        others.reduce(|best, at| if chances[at].total_cmp(&chances[best]).is_gt() { at } else { best })
    };
    let holder = likeliest(None);
    let second = holder.and_then(|first| likeliest(Some(first)));
    let chance = |at: Option<usize>| at.map_or(0.0, |at| chances[at]);
    let (top, second) = (chance(holder), chance(second));
    let (contested, other) = (chances[holders], chances[holders + 1]);
    let silent = |days: i32| seen.is_none_or(|seen| days_between(seen, day) > days);
    let stale = silent(STALE);
    let newest =
        contradicted.partition_point(|&other| other <= day).checked_sub(1).map(|at| contradicted[at]);
    let disputed = newest.is_some_and(|newest| days_between(newest, day) < DISPUTED);
    if disputed && top + contested >= HELD {
        (Status::Contested, holder)
    } else if top >= HELD {
        (Status::Held, holder)
    } else if stale && top < NAMED || other >= top && other >= contested {
        (Status::Unknown, None)
    } else if contested >= CONTESTED || second >= SECOND && !silent(QUIET) {
        (Status::Contested, holder)
    } else {
        (Status::Unclear, holder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn words_follow_from_thresholds() {
        let (now, fresh, old) = (day("2018-06-01"), Some(day("2018-05-20")), Some(day("2018-01-01")));
        assert_eq!(of(&[0.85, 0.05, 0.05, 0.05], fresh, &[], now), (Status::Held, Some(0)));
        assert_eq!(of(&[0.1, 0.45, 0.4, 0.05], fresh, &[], now), (Status::Contested, Some(1)));
        assert_eq!(of(&[0.55, 0.3, 0.1, 0.05], fresh, &[], now), (Status::Contested, Some(0)));
        assert_eq!(
            of(&[0.55, 0.3, 0.1, 0.05], Some(day("2018-05-10")), &[], now),
            (Status::Unclear, Some(0))
        );
        assert_eq!(of(&[0.7, 0.1, 0.1, 0.1], fresh, &[], now), (Status::Unclear, Some(0)));
        assert_eq!(of(&[0.45, 0.05, 0.1, 0.4], old, &[], now), (Status::Unknown, None));
        assert_eq!(of(&[0.1, 0.9], None, &[], now), (Status::Unknown, None));
    }

    #[test]
    fn contradiction_contests_a_place_for_a_week() {
        let (fresh, told) = (Some(day("2018-05-20")), [day("2018-05-20")]);
        let status = |today| of(&[0.95, 0.02, 0.02, 0.01], fresh, &told, day(today)).0;
        assert_eq!(status("2018-05-19"), Status::Held);
        assert_eq!(status("2018-05-20"), Status::Contested);
        assert_eq!(status("2018-05-26"), Status::Contested);
        assert_eq!(status("2018-05-27"), Status::Held);
    }
}
