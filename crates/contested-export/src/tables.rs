//! Small tables of other schemes: quad classes, scales and disorder types.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::tsv::rows;

const QUAD: &str = include_str!("../data/quad.tsv");
const PLOVER: &str = include_str!("../data/plover.tsv");
const ACLED: &str = include_str!("../data/acled.tsv");

/// Quad class (1 to 4) of a CAMEO code, by its root.
pub(crate) fn quad_class(cameo: &str) -> Option<i64> {
    static TABLE: LazyLock<BTreeMap<&str, i64>> = LazyLock::new(|| {
        rows::<2>(QUAD).filter_map(|[root, quad]| Some((root, quad.parse().ok()?))).collect()
    });
    TABLE.get(cameo.get(..2)?).copied()
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
        assert_eq!(rows::<4>(PLOVER).count(), crate::tsv::count(PLOVER));
        assert_eq!(rows::<3>(ACLED).count(), crate::tsv::count(ACLED));
    }

    #[test]
    fn codes_are_found_by_their_roots_and_modes() {
        assert_eq!(quad_class("0874"), Some(2));
        assert_eq!(quad_class("192"), Some(4));
        assert_eq!(quad_class("9"), None);
        assert_eq!(plover("RETREAT", Some("withdraw")), Some(("MATERIAL COOPERATION", 8.0)));
        assert_eq!(plover("ASSAULT", Some("no such mode")), Some(("MATERIAL CONFLICT", -9.0)));
        assert_eq!(disorder("Riots", "Mob violence"), Some("Political violence"));
        assert_eq!(disorder("Riots", "Violent demonstration"), Some("Demonstrations"));
    }
}
