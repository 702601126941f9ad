//! A small war has less to learn from than the full one of `cargo xtask simulate`, so its thresholds are wider.

use contested_simulation::{Scenario, measure, reports};

const SMALL: Scenario = Scenario { places: 60, days: 240, wrong: 0.3, seed: 7 };

#[test]
fn the_model_beats_votes_and_the_last_report_and_knows_how_sure_it_may_be() {
    let found = measure(&SMALL, 4);
    assert!((found.wrong - 0.3).abs() < 0.01, "{}", found.wrong);
    assert!(found.gain() >= 2.0, "{found:#?}");
    assert!(found.calibration <= 0.05, "{found:#?}");
    assert!(found.worst() <= 0.15, "{found:#?}");
}

#[test]
fn one_seed_is_one_war() {
    let small = Scenario { places: 10, days: 40, ..SMALL };
    assert_eq!(reports(&small), reports(&small));
    assert_ne!(reports(&small), reports(&Scenario { seed: 8, ..small }));
}
