//! Small tables of other schemes: quad classes, scales and disorder types.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::tsv::rows;

const QUAD: &str = include_str!("../data/quad.tsv");
const GOLDSTEIN: &str = include_str!("../data/goldstein.tsv");
const PLOVER: &str = include_str!("../data/plover.tsv");
const ACLED: &str = include_str!("../data/acled.tsv");

/// Quad class (1 to 4) of a CAMEO code, by its root.
pub(crate) fn quad_class(cameo: &str) -> Option<i64> {
    static TABLE: LazyLock<BTreeMap<&str, i64>> = LazyLock::new(|| {
        rows::<2>(QUAD).filter_map(|[root, quad]| Some((root, quad.parse().ok()?))).collect()
    });
    TABLE.get(cameo.get(..2)?).copied()
}

/// Goldstein's scale of a CAMEO code: that of the longest code in the table that it begins with.
pub(crate) fn goldstein(cameo: &str) -> Option<f64> {
    static TABLE: LazyLock<BTreeMap<&str, f64>> = LazyLock::new(|| {
        rows::<2>(GOLDSTEIN).filter_map(|[code, scale]| Some((code, scale.parse().ok()?))).collect()
    });
    (2..=cameo.len()).rev().find_map(|length| TABLE.get(cameo.get(..length)?)).copied()
}

/// Quad class and scale of a PLOVER event and mode.
pub(crate) fn plover(event: &str, mode: Option<&str>) -> Option<(&'static str, f64)> {
    type Table = BTreeMap<(&'static str, &'static str), (&'static str, f64)>;
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        rows::<4>(PLOVER)
            .filter_map(|[event, mode, quad, scale]| Some(((event, mode), (quad, scale.parse().ok()?))))
            .collect()
    });
    mode.and_then(|mode| TABLE.get(&(event, mode))).or_else(|| TABLE.get(&(event, "."))).copied()
}

/// Disorder type of an ACLED event type and sub-event type.
pub(crate) fn disorder(event_type: &str, sub_event_type: &str) -> Option<&'static str> {
    let of = |sub: &str| rows::<3>(ACLED).find(|row| row[0] == event_type && row[1] == sub).map(|row| row[2]);
    of(sub_event_type).or_else(|| of("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(rows::<2>(QUAD).count(), crate::tsv::count(QUAD));
        assert_eq!(rows::<2>(GOLDSTEIN).count(), crate::tsv::count(GOLDSTEIN));
        assert_eq!(rows::<4>(PLOVER).count(), crate::tsv::count(PLOVER));
        assert_eq!(rows::<3>(ACLED).count(), crate::tsv::count(ACLED));
    }

    #[test]
    fn codes_are_found_by_their_roots_and_modes() {
        assert_eq!(quad_class("0874"), Some(2));
        assert_eq!(quad_class("192"), Some(4));
        assert_eq!(quad_class("9"), None);
        for (code, scale) in
            [("0874", 10.0), ("0872", 9.0), ("1822", -9.0), ("1823", -10.0), ("2042", -10.0), ("036", 4.0)]
        {
            assert_eq!(goldstein(code), Some(scale), "{code}");
        }
        for root in 1..=20 {
            assert!(goldstein(&format!("{root:02}")).is_some(), "{root}");
        }
        assert_eq!((goldstein("21"), goldstein("1"), goldstein("é")), (None, None, None));
        assert_eq!(plover("RETREAT", Some("withdraw")), Some(("MATERIAL COOPERATION", 8.0)));
        assert_eq!(plover("ASSAULT", Some("no such mode")), Some(("MATERIAL CONFLICT", -9.0)));
        assert_eq!(disorder("Riots", "Mob violence"), Some("Political violence"));
        assert_eq!(disorder("Riots", "Violent demonstration"), Some("Demonstrations"));
    }
}
