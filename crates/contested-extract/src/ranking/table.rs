//! The learnt weights, by a digest of the names of their features, so that no name need be written out to be looked up.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

const WEIGHTS: &str = include_str!("../../lexicon/roles.tsv");

/// The table as it stands, for the knowledge digest.
pub(crate) const fn source() -> &'static str {
    WEIGHTS
}

/// Weights by the digests of their features. Looked up, never walked.
#[derive(Debug, Default)]
pub(super) struct Table(HashMap<u64, f64, BuildHasherDefault<AsIs>>);

impl Table {
    fn read(text: &'static str) -> Self {
        let rows = crate::weights::read(text);
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        Self(lines.filter_map(|(name, _)| Some((digest(&[name]), *rows.get(name)?))).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Weight of the feature whose name is `parts` with spaces between; 0 where none was learnt.
    pub(super) fn weight(&self, parts: &[&str]) -> f64 {
        self.0.get(&digest(parts)).copied().unwrap_or(0.0)
    }
}

pub(super) fn weights() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::read(WEIGHTS))
}

/// FNV-1a over the parts with a space between.
fn digest(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            mix(b' ');
        }
        part.bytes().for_each(&mut mix);
    }
    hash
}

/// Takes a digest as the hash that it is.
#[derive(Debug, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_found_by_its_parts() {
        let table = Table::read("# about\nA acts mostly\t0.19\nT sort people\t-1.5\n");
        assert!((table.weight(&["A", "acts", "mostly"]) - 0.19).abs() < 1e-9);
        assert!((table.weight(&["T", "sort people"]) + 1.5).abs() < 1e-9);
        assert!(table.weight(&["A", "actsmostly"]).abs() < 1e-9);
    }

    #[test]
    fn no_two_features_of_the_table_have_one_digest() {
        let rows = crate::weights::read(WEIGHTS);
        assert_eq!(weights().0.len(), rows.len());
    }
}
