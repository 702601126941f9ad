//! The record of each source: how often what it said of who holds a place was later borne out, by what others tell.

use std::collections::BTreeMap;

use contested_model::{Kept, SourceKind, Stake};
use jiff::civil::Date;
use serde::Serialize;

use crate::basis::Basis;
use crate::control::{Says, days_between, dossiers};

/// Chance from which a claim counts as borne out, and one less it from which it counts as contradicted.
const SETTLED: f64 = 0.8;
/// Days within which others must speak of the same for a claim to be borne out or contradicted.
const HEARD: i32 = 90;
/// Claims with an outcome below which a share says nothing.
const ENOUGH: usize = 10;
/// Days within which others tell of the same capture.
const SAME_NEWS: i32 = 14;

/// How a source's claims of who holds a place ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceRecord {
    /// Key of the root source.
    pub source: String,
    /// Its name.
    pub name: String,
    /// Its kind, where known.
    pub kind: Option<SourceKind>,
    /// Claims that the other sources bear out.
    pub confirmed: usize,
    /// Claims that they contradict.
    pub contradicted: usize,
    /// Claims of which they do not tell enough.
    pub open: usize,
    /// Share confirmed of those with an outcome; none where they are too few to say.
    pub right: Option<Estimate>,
    /// By how much more often it errs in its own side's favour than otherwise, −1 to 1; none where there are too few of either.
    pub bias: Option<f64>,
    /// Captures borne out that it told before every other source.
    pub first: usize,
    /// Days by which it was ahead of the next, on average over its captures borne out; negative where it came after.
    pub lead: Option<f64>,
}

/// A share and the 95 % interval around it (Wilson).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Estimate {
    /// The share.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

#[derive(Debug, Default)]
struct Tally {
    name: String,
    kind: Option<SourceKind>,
    confirmed: usize,
    contradicted: usize,
    open: usize,
    /// Contradicted and settled, of claims in its own favour and of others.
    favour: [(usize, usize); 2],
    first: usize,
    leads: Vec<i32>,
}

/// The records of all sources that said who holds a place, those with the most claims first. No claim bears itself out.
pub fn source_records(kept: &[Kept], basis: &Basis<'_>) -> Vec<SourceRecord> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for dossier in dossiers(kept, basis) {
        let weighed = dossier.weighed(basis, |_| true);
        let Some((chain, _)) = weighed.chain(Date::MIN) else { continue };
        let days = chain.smoothed();
        for observation in weighed.observations.iter().filter(|o| !o.repeated) {
            let Some(chances) = chain.at(observation.day).and_then(|at| days.get(at)) else { continue };
            let own = if observation.echo { chances.to_vec() } else { observation.removed(chances) };
            let Some(right) = observation.right(&own) else { continue };
            let reading = weighed.readings[observation.reading];
            let tally = tallies.entry(reading.root.key.clone()).or_default();
            if tally.name.is_empty() || reading.root.name < tally.name {
                reading.root.name.clone_into(&mut tally.name);
            }
            tally.kind = tally.kind.or(reading.root.kind);
            let favour =
                &mut tally.favour[usize::from(!matches!(reading.stake, Stake::Gain | Stake::Denial))];
            // What nobody else speaks of is neither borne out nor contradicted, however likely it is.
            let heard = |agrees: bool| {
                weighed.observations.iter().any(|other| {
                    other.bears_on(observation) == Some(agrees)
                        && days_between(observation.day, other.day).abs() <= HEARD
                        && weighed.readings[other.reading].root.key != reading.root.key
                })
            };
            if right >= SETTLED && heard(true) {
                tally.confirmed += 1;
                favour.1 += 1;
            } else if right <= 1.0 - SETTLED && heard(false) {
                tally.contradicted += 1;
                *favour = (favour.0 + 1, favour.1 + 1);
            } else {
                tally.open += 1;
                continue;
            }
            if observation.says == Says::Took && right >= SETTLED {
                let next = weighed
                    .observations
                    .iter()
                    .filter(|o| o.holder == observation.holder && matches!(o.says, Says::Took | Says::Holds))
                    .filter(|o| days_between(observation.day, o.day).abs() <= SAME_NEWS)
                    .map(|o| weighed.readings[o.reading])
                    .filter(|other| other.root.key != reading.root.key)
                    .map(|other| days_between(reading.kept.known, other.kept.known))
                    .min();
                if let Some(next) = next {
                    tally.leads.push(next);
                    tally.first += usize::from(next > 0);
                }
            }
        }
    }
    let mut out: Vec<SourceRecord> =
        tallies.into_iter().map(|(source, tally)| record(source, &tally)).collect();
    let settled = |r: &SourceRecord| r.confirmed + r.contradicted;
    out.sort_by(|a, b| {
        settled(b).cmp(&settled(a)).then(b.open.cmp(&a.open)).then_with(|| a.source.cmp(&b.source))
    });
    out
}

fn record(source: String, tally: &Tally) -> SourceRecord {
    let settled = tally.confirmed + tally.contradicted;
    let [own, other] = tally.favour;
    let enough = own.1 >= ENOUGH && other.1 >= ENOUGH;
    let share = |(wrong, all): (usize, usize)| wrong as f64 / all as f64;
    let lead = tally.leads.iter().sum::<i32>();
    SourceRecord {
        source,
        name: tally.name.clone(),
        kind: tally.kind,
        confirmed: tally.confirmed,
        contradicted: tally.contradicted,
        open: tally.open,
        right: (settled >= ENOUGH).then(|| wilson(tally.confirmed, settled)),
        bias: enough.then(|| rounded(share(own) - share(other))),
        first: tally.first,
        lead: (!tally.leads.is_empty()).then(|| rounded(f64::from(lead) / tally.leads.len() as f64)),
    }
}

/// The Wilson score interval: honest for small numbers and for shares near none and all.
fn wilson(right: usize, all: usize) -> Estimate {
    let (n, p, z) = (all as f64, right as f64 / all as f64, 1.96);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let wide = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Estimate { share: rounded(p), low: rounded(middle - wide), high: rounded(middle + wide) }
}

fn rounded(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_claims_leave_a_wide_interval() {
        let (few, many) = (wilson(9, 10), wilson(900, 1000));
        assert!(few.low < 0.6 && few.high > 0.97, "{few:?}");
        assert!(many.low > 0.87 && many.high < 0.92, "{many:?}");
    }
}
