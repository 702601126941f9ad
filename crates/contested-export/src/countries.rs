//! Codes that other schemes have for countries (`data/countries.tsv`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::tsv::rows;

const TEXT: &str = include_str!("../data/countries.tsv");

/// A country in other schemes; an empty text where a scheme has none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Codes {
    /// ISO 3166-1 alpha-3.
    pub(crate) iso3: &'static str,
    /// ISO 3166-1 numeric, without leading zeros.
    pub(crate) numeric: &'static str,
    /// FIPS 10-4.
    pub(crate) fips: &'static str,
    /// Gleditsch and Ward.
    pub(crate) gw: &'static str,
    /// Correlates of War.
    pub(crate) cow: &'static str,
    /// Region of ACLED.
    pub(crate) acled: &'static str,
    /// Region of UCDP.
    pub(crate) ucdp: &'static str,
}

/// No country.
const NONE: Codes = Codes { iso3: "", numeric: "", fips: "", gw: "", cow: "", acled: "", ucdp: "" };

static TABLE: LazyLock<BTreeMap<&'static str, Codes>> = LazyLock::new(|| {
    rows::<8>(TEXT)
        .map(|[code, iso3, numeric, fips, gw, cow, acled, ucdp]| {
            (code, Codes { iso3, numeric, fips, gw, cow, acled, ucdp })
        })
        .collect()
});

/// The codes of the country with this ISO 3166-1 alpha-2 code; all empty where there is none.
pub(crate) fn codes(iso2: Option<&str>) -> Codes {
    iso2.and_then(|code| TABLE.get(code)).copied().unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contested_knowledge::Knowledge;

    #[test]
    fn every_country_of_the_knowledge_base_has_a_row() {
        assert_eq!(TABLE.len(), crate::tsv::count(TEXT));
        for country in Knowledge::embedded().places.countries() {
            assert!(TABLE.contains_key(country.code.as_str()), "{}", country.name);
        }
        assert_eq!(codes(Some("SY")).gw, "652");
        assert_eq!(codes(Some("YE")).cow, "679");
        assert_eq!(codes(None).iso3, "");
    }
}
