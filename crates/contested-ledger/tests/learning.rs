//! Learning runs stay as they were, and no day sees a later one.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use contested_ledger::LearningRun;
use contested_model::testing::day;
use contested_model::{LearntRow, SourceKind, Stake};

fn run(known: &str, believed: f64) -> LearningRun {
    let row = |month: Option<&str>| LearntRow {
        source: "wire".to_owned(),
        name: "Wire".to_owned(),
        kind: Some(SourceKind::Wire),
        stake: Stake::Gain,
        month: month.map(day),
        believed,
        weight: 3.5,
    };
    LearningRun { known: day(known), claims: 12, rows: vec![row(None), row(Some("2017-11-01"))] }
}

#[test]
fn a_day_sees_the_newest_run_before_it_and_never_a_later_one() {
    let mut ledger = support::blank();
    let now = "2018-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(ledger.learning(None).unwrap(), None);
    let (early, late) = (run("2017-11-10", 0.7), run("2017-12-10", 0.8));
    assert!(ledger.add_learning(&late, now).unwrap());
    assert!(ledger.add_learning(&early, now).unwrap());
    assert!(!ledger.add_learning(&early, now).unwrap(), "the same again is not written");
    assert_eq!(ledger.learning(Some(day("2017-11-09"))).unwrap(), None);
    assert_eq!(ledger.learning(Some(day("2017-11-30"))).unwrap(), Some(early));
    assert_eq!(ledger.learning(None).unwrap(), Some(late));
}
