//! A small war: the thresholds that the full one is held to, with room for chance.

use contested_simulation::{Scenario, measure, reports};

const SMALL: Scenario = Scenario { places: 60, days: 240, wrong: 0.3, seed: 7 };

#[test]
fn the_model_beats_votes_and_the_last_report_and_knows_how_sure_it_may_be() {
    let found = measure(&SMALL, 4);
    assert!((found.wrong - 0.3).abs() < 0.01, "{}", found.wrong);
    assert!(found.gain() >= 4.0, "{found:#?}");
    assert!(found.calibration <= 0.06, "{found:#?}");
    assert!(found.worst() <= 0.13, "{found:#?}");
}

#[test]
fn one_seed_is_one_war() {
    let small = Scenario { places: 10, days: 40, ..SMALL };
    assert_eq!(reports(&small), reports(&small));
    assert_ne!(reports(&small), reports(&Scenario { seed: 8, ..small }));
}
