//! The judge of sentence boundaries: a linear one, in whole numbers.

use super::gap::{FEATURES, Gaps};

/// Rooms for weights, in groups of `TOGETHER`.
const ROOMS: usize = 1 << 16;
/// Rooms in which a feature may stand.
const TOGETHER: usize = 4;

/// What `training/splitter.py` wrote: for every room the tag of the feature in it, 16 bits, low byte first, and behind all tags the
/// weights, 8 bits each. A feature's upper 16 bits are its room, up to the place in the group, its lower its tag; no room has tag 0.
static TABLE: &[u8; 3 * ROOMS] = include_bytes!("../../data/splitter.bin");

/// For every piece, whether a sentence ends behind it.
pub(super) fn ends(gaps: &Gaps) -> Vec<bool> {
    let (tags, weights) = TABLE.split_at(2 * ROOMS);
    gaps.walk(|_, features| sum(tags, weights, features) > 0)
}

fn sum(tags: &[u8], weights: &[u8], features: &[u32; FEATURES]) -> i32 {
    let mut sum = 0;
    for &feature in features {
        let group = (feature >> 16) as usize & !(TOGETHER - 1);
        let tag = (feature as u16).max(1);
        for room in group..group + TOGETHER {
            if u16::from_le_bytes([tags[2 * room], tags[2 * room + 1]]) == tag {
                sum += i32::from(weights[room].cast_signed());
            }
        }
    }
    sum
}
