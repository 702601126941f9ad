//! Who holds a place, on claims made by hand.

use contested_assess::{
    Basis, Learnt, Nothing, PlaceControl, Status, control, control_as_known, events, learn, source_records,
};
use contested_model::testing::{Told, day, told};
use contested_model::{ClaimType, Extent, Kept, PlaceRelation, SourceKind, Tense};
use proptest::prelude::*;

fn kept(claims: Vec<Told>) -> Vec<Kept> {
    let places = |(at, told): (usize, Told)| {
        let claim = told.quote(at as u32 * 100, &format!("sentence number {at} .")).claim();
        let known = claim.reported.unwrap_or_default();
        Kept { claim, known }
    };
    claims.into_iter().enumerate().map(places).collect()
}

fn town(claims: Vec<Told>, as_of: &str) -> PlaceControl {
    let mut all = control(&kept(claims), day(as_of), &Basis::of(&Nothing));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn seize(published: &str) -> Told {
    told("Wire service", published, ClaimType::Seize).agent("Army").target("Group").place("Town")
}

fn answer(control: &PlaceControl) -> (Status, Option<&str>) {
    (control.status, control.holder.as_deref())
}

#[test]
fn a_capture_told_by_one_side_alone_is_unclear_and_admitted_by_the_other_it_is_held() {
    let claim = || seize("2017-11-08").by("army command", SourceKind::BelligerentOfficial).on("2017-11-08");
    assert_eq!(answer(&town(vec![claim()], "2017-11-09")), (Status::Unclear, Some("Army")));
    let admission = seize("2017-11-08")
        .by("group statement", SourceKind::BelligerentMedia)
        .speaking_for("Group")
        .on("2017-11-08");
    let held = town(vec![claim(), admission], "2017-11-09");
    assert_eq!(answer(&held), (Status::Held, Some("Army")));
    assert_eq!(held.since, Some(day("2017-11-08")));
}

#[test]
fn a_capture_told_by_a_side_and_denied_by_a_monitor_who_tells_of_fighting_is_contested() {
    let found = town(
        vec![
            seize("2017-11-08").by("a commander", SourceKind::BelligerentOfficial).on("2017-11-08"),
            seize("2017-11-08").by("state television", SourceKind::StateMedia),
            seize("2017-11-08").by("a monitor", SourceKind::Monitor).denied(),
            told("Wire service", "2017-11-08", ClaimType::Clash)
                .place("Town")
                .by("a monitor", SourceKind::Monitor)
                .tense(Tense::Ongoing),
        ],
        "2017-11-08",
    );
    assert_eq!(answer(&found), (Status::Contested, Some("Army")));
    assert_eq!(found.chances[0].answer, "contested");
}

#[test]
fn five_outlets_quoting_one_commander_are_one_observation() {
    let quoting = |outlet: &str| {
        told(outlet, "2017-11-08", ClaimType::Seize)
            .agent("Army")
            .place("Town")
            .by("Army spokesman", SourceKind::BelligerentOfficial)
            .on("2017-11-08")
    };
    let one = town(vec![quoting("A")], "2017-11-09");
    let five = town(["A", "B", "C", "D", "E"].map(quoting).to_vec(), "2017-11-09");
    assert_eq!(one.chances, five.chances);
    assert_eq!(five.evidence.iter().filter(|e| e.repeated).count(), 4);
}

#[test]
fn a_town_taken_lost_and_taken_again_has_a_timeline() {
    let monitor = |claim: Told| claim.by("a monitor", SourceKind::Monitor);
    let wire = |published: &str, agent: &str| {
        told("Wire service", published, ClaimType::Seize).agent(agent).place("Town").on(published)
    };
    let found = town(
        vec![
            wire("2017-11-08", "Army"),
            monitor(wire("2017-11-08", "Army")),
            wire("2017-11-11", "Group"),
            monitor(wire("2017-11-11", "Group")),
            wire("2017-11-19", "Army"),
            monitor(wire("2017-11-19", "Army")),
        ],
        "2017-11-25",
    );
    let held: Vec<(String, String)> = found
        .timeline
        .iter()
        .filter(|stretch| stretch.status == Status::Held)
        .map(|stretch| (stretch.from.to_string(), stretch.holder.clone().unwrap_or_default()))
        .collect();
    let expected = [("2017-11-08", "Army"), ("2017-11-11", "Group"), ("2017-11-19", "Army")];
    assert_eq!(held, expected.map(|(from, holder)| (from.to_owned(), holder.to_owned())));
}

#[test]
fn without_news_what_was_held_becomes_unclear_and_then_unknown() {
    let claims = || {
        vec![
            told("Wire service", "2017-11-08", ClaimType::Holds).agent("Army").place("Town"),
            seize("2017-11-08").on("2017-11-08"),
        ]
    };
    let found = town(claims(), "2021-11-08");
    let stretches: Vec<(Status, String)> =
        found.timeline.iter().map(|s| (s.status, s.from.to_string())).collect();
    assert_eq!(
        stretches,
        [
            (Status::Held, "2017-11-08".to_owned()),
            (Status::Unclear, "2018-05-09".to_owned()),
            (Status::Unknown, "2019-02-27".to_owned())
        ]
    );
    let before = town(claims(), "2017-11-07");
    assert_eq!(before.status, Status::Unknown, "before the first observation nothing is known");
}

#[test]
fn pockets_and_regions_hold_no_town() {
    let pockets = told("Wire service", "2017-11-08", ClaimType::Holds)
        .agent("Group")
        .place("Town")
        .extent(Extent::Pockets);
    assert!(control(&kept(vec![pockets]), day("2017-11-09"), &Basis::of(&Nothing)).is_empty());
    let mut region = seize("2017-11-08").claim();
    region.places[0].kind = Some("province".to_owned());
    assert!(
        control(&[Kept { claim: region, known: day("2017-11-08") }], day("2017-11-09"), &Basis::of(&Nothing))
            .is_empty()
    );
}

#[test]
fn in_an_old_story_a_change_without_a_date_comes_after_the_one_told_before() {
    let take = |who: &str| told("Almanac", "2020-03-01", ClaimType::Seize).agent(who).place("Town");
    let story = |first: &str, then: &str| vec![take(first).on("2013-07-01"), take(then)];
    for (first, then) in [("Army", "Group"), ("Group", "Army")] {
        let found = town(story(first, then), "2013-07-20");
        assert_eq!(found.holder.as_deref(), Some(then));
        let days: Vec<_> = found.evidence.iter().map(|evidence| evidence.day).collect();
        assert_eq!(days, [day("2013-07-01"), day("2013-07-02")]);
    }
}

#[test]
fn who_drives_the_other_out_of_a_town_has_taken_it() {
    let mut claims = kept(vec![seize("2017-11-08").by("a monitor", SourceKind::Monitor).on("2017-11-08")]);
    claims[0].claim.places[0].relation = PlaceRelation::From;
    let found = control(&claims, day("2017-11-08"), &Basis::of(&Nothing));
    assert_eq!(found[0].holder.as_deref(), Some("Army"));
}

fn any_claim() -> impl Strategy<Value = Told> {
    let what = prop::sample::select(vec![
        ClaimType::Seize,
        ClaimType::Holds,
        ClaimType::Retreat,
        ClaimType::Clash,
        ClaimType::Contests,
    ]);
    let who = prop::sample::select(vec!["Army", "Group", "Militia"]);
    let outlet = prop::sample::select(vec!["Wire service", "State agency", "Monitor"]);
    (what, who, outlet, 1..28i8, any::<bool>(), any::<bool>()).prop_map(
        |(what, who, outlet, at, denied, dated)| {
            let published = format!("2017-11-{at:02}");
            let claim = told(outlet, &published, what).agent(who).place("Town");
            let claim = if denied { claim.denied() } else { claim };
            if dated { claim.on(&published) } else { claim }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_claims_is_nothing(claims in prop::collection::vec(any_claim(), 1..12)) {
        let forward = kept(claims);
        let mut backward = forward.clone();
        backward.reverse();
        let as_of = day("2017-11-30");
        prop_assert_eq!(control(&forward, as_of, &Basis::of(&Nothing)), control(&backward, as_of, &Basis::of(&Nothing)));
    }

    #[test]
    fn chances_are_chances(claims in prop::collection::vec(any_claim(), 1..12), at in 1..30i8) {
        for found in control(&kept(claims), day(&format!("2017-11-{at:02}")), &Basis::of(&Nothing)) {
            let sum: f64 = found.chances.iter().map(|c| c.chance).sum();
            prop_assert!(found.chances.is_empty() || (sum - 1.0).abs() < 1e-3, "{sum}");
            prop_assert!(found.timeline.windows(2).all(|w| w[0].to < w[1].from));
        }
    }
}

/// Claims of three towns by sources of several kinds, some denied, some undated.
fn assorted() -> impl Strategy<Value = Vec<Kept>> {
    let one = (0_usize..3, 0_usize..4, 0_usize..2, 1_u32..28, 0_usize..4).prop_map(
        |(town, source, side, date, says)| {
            let published = format!("2017-11-{date:02}");
            let types = [ClaimType::Seize, ClaimType::Holds, ClaimType::Retreat, ClaimType::Clash];
            let kinds = [
                SourceKind::Wire,
                SourceKind::Monitor,
                SourceKind::StateMedia,
                SourceKind::BelligerentOfficial,
            ];
            let claim = told("Wire service", &published, types[says])
                .agent(["Army", "Group"][side])
                .place(["One", "Two", "Three"][town])
                .by(["A", "B", "C", "D"][source], kinds[source]);
            if date % 3 == 0 { claim.on(&published) } else { claim }
        },
    );
    proptest::collection::vec(one, 1..25).prop_map(kept)
}

proptest! {
    #[test]
    fn learning_records_and_events_do_not_depend_on_the_order_of_reports(all in assorted(), seed in any::<u64>()) {
        let mut other = all.clone();
        let len = other.len() as u64;
        for at in (1..other.len()).rev() {
            other.swap(at, ((seed.wrapping_mul(at as u64 + 7) ^ seed) % len.min(at as u64 + 1)) as usize);
        }
        let rows = learn(&all, &Nothing);
        prop_assert_eq!(&rows, &learn(&other, &Nothing));
        let learnt = Learnt::of(&rows);
        let basis = Basis { world: &Nothing, learnt: &learnt };
        prop_assert_eq!(source_records(&all, &basis), source_records(&other, &basis));
        prop_assert_eq!(control(&all, day("2017-11-20"), &basis), control(&other, day("2017-11-20"), &basis));
        prop_assert_eq!(events(&all, &Nothing), events(&other, &Nothing));
    }

    #[test]
    fn what_is_known_on_a_day_is_what_the_claims_of_that_day_give(all in assorted()) {
        let today = day("2017-11-15");
        let basis = Basis::of(&Nothing);
        let known: Vec<Kept> = all.iter().filter(|k| k.known <= today).cloned().collect();
        let then = control_as_known(&all, &[today], &basis);
        for place in control(&known, today, &basis) {
            let (_, days) = then.iter().find(|(name, _)| name.name == place.place.name).expect("the place is there");
            prop_assert_eq!(&days[0].chances, &place.chances);
        }
    }

    #[test]
    fn a_place_depends_on_its_own_claims_only(all in assorted()) {
        let basis = Basis::of(&Nothing);
        let one: Vec<Kept> = all.iter().filter(|k| k.claim.places[0].name == "One").cloned().collect();
        let alone = control(&one, day("2017-11-20"), &basis);
        let among = control(&all, day("2017-11-20"), &basis);
        prop_assert_eq!(alone.first(), among.iter().find(|place| place.place.name == "One"));
    }
}
