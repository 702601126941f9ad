//! What counts as a dispute, on claims made by hand.

use contested_assess::disputes_in_report;
use contested_model::testing::{Told, told};
use contested_model::{Claim, ClaimType, Question, SourceKind, Tense};

const DAY: &str = "2017-11-08";

fn wire(claim_type: ClaimType) -> Told {
    told("Wire service", DAY, claim_type)
}

/// Claims stand 100 characters apart, in the order given.
fn report(claims: Vec<Told>) -> Vec<Claim> {
    claims
        .into_iter()
        .enumerate()
        .map(|(at, c)| c.quote(100 * at as u32, &format!("sentence {at} .")).claim())
        .collect()
}

/// Question, about and the sides as positions in the report.
fn found(claims: &[Claim]) -> Vec<(Question, String, Vec<Vec<usize>>)> {
    let at = |id: &String| claims.iter().position(|c| &c.id == id).expect("a claim of the report");
    disputes_in_report(claims)
        .into_iter()
        .map(|d| {
            (
                d.dispute.question,
                d.dispute.about.join(", "),
                d.dispute.sides.iter().map(|s| s.iter().map(at).collect()).collect(),
            )
        })
        .collect()
}

#[test]
fn a_capture_told_and_denied_is_a_dispute_over_control() {
    let claims = report(vec![
        wire(ClaimType::Seize)
            .agent("Army")
            .target("Group")
            .place("Town")
            .by("a commander", SourceKind::BelligerentOfficial),
        wire(ClaimType::Seize).agent("Army").place("Town").by("state television", SourceKind::StateMedia),
        wire(ClaimType::Seize).agent("Army").place("Town").by("a monitor", SourceKind::Monitor).denied(),
        wire(ClaimType::Clash).place("Town").by("a monitor", SourceKind::Monitor).tense(Tense::Ongoing),
    ]);
    assert_eq!(found(&claims), [(Question::Control, "Town".to_owned(), vec![vec![0, 1], vec![2, 3]])]);
}

#[test]
fn two_captures_and_fighting_are_one_dispute() {
    let claims = report(vec![
        wire(ClaimType::Seize)
            .agent("Army")
            .target("Group")
            .place("Town")
            .by("a commander", SourceKind::BelligerentOfficial),
        wire(ClaimType::Clash)
            .agent("Army")
            .target("Group")
            .place("Town")
            .by("a monitor", SourceKind::Monitor)
            .tense(Tense::Ongoing),
        wire(ClaimType::Seize)
            .agent("Group")
            .target("Army")
            .place("Town")
            .by("the group's channel", SourceKind::BelligerentOfficial),
    ]);
    assert_eq!(found(&claims), [(Question::Control, "Town".to_owned(), vec![vec![0], vec![1, 2]])]);
}

#[test]
fn the_same_source_never_disputes_with_itself() {
    let claims = report(vec![
        wire(ClaimType::Seize).agent("Army").place("Town").by("a commander", SourceKind::BelligerentOfficial),
        wire(ClaimType::Clash)
            .place("Town")
            .by("a commander", SourceKind::BelligerentOfficial)
            .tense(Tense::Ongoing),
    ]);
    assert!(found(&claims).is_empty());
}

#[test]
fn captures_on_different_days_are_a_sequence() {
    let claims = report(vec![
        wire(ClaimType::Seize)
            .agent("Army")
            .target("Group")
            .place("Town")
            .by("a commander", SourceKind::BelligerentOfficial)
            .on("2017-11-08"),
        wire(ClaimType::Seize)
            .agent("Group")
            .target("Army")
            .place("Town")
            .by("a monitor", SourceKind::Monitor)
            .on("2017-11-11"),
    ]);
    assert!(found(&claims).is_empty());
}

#[test]
fn crossing_a_border_can_be_told_and_denied() {
    let claims = report(vec![
        wire(ClaimType::Move)
            .agent("Militia")
            .place("Country")
            .by("a commander", SourceKind::BelligerentOfficial),
        wire(ClaimType::Move)
            .agent("Militia")
            .place("Country")
            .by("the militia's spokesman", SourceKind::BelligerentOfficial)
            .denied(),
    ]);
    assert_eq!(
        found(&claims),
        [(Question::Occurrence, "Country, Militia".to_owned(), vec![vec![0], vec![1]])]
    );
}

#[test]
fn who_did_an_attack_that_nobody_doubts_is_responsibility() {
    let claims = report(vec![
        wire(ClaimType::Attack).target("Convoy").place("Road"),
        wire(ClaimType::Attack)
            .agent("Militia")
            .target("Convoy")
            .place("Road")
            .by("the ministry", SourceKind::Official),
        wire(ClaimType::Attack)
            .agent("Militia")
            .target("Convoy")
            .place("Road")
            .by("Militia", SourceKind::BelligerentOfficial)
            .denied(),
    ]);
    assert_eq!(
        found(&claims),
        [(Question::Responsibility, "Road, Militia, Convoy".to_owned(), vec![vec![0, 1], vec![2]])]
    );
}

#[test]
fn no_deaths_deny_deaths_and_never_the_attack() {
    let claims = report(vec![
        wire(ClaimType::Shelling).agent("Militia").target("Barracks").place("Town"),
        wire(ClaimType::Kill)
            .agent("Militia")
            .target("Soldiers")
            .place("Town")
            .by("the army", SourceKind::BelligerentOfficial)
            .denied(),
    ]);
    assert!(found(&claims).is_empty());
}

#[test]
fn tolls_dispute_only_when_no_number_satisfies_both() {
    let toll = |who: &str, min, max| {
        wire(ClaimType::Kill).agent("Army").place("Town").by(who, SourceKind::LocalOfficial).dead(min, max)
    };
    let apart = report(vec![
        toll("the mayor", 9, Some(9)),
        toll("the governor", 11, Some(11)),
        toll("a hospital", 24, None),
    ]);
    assert_eq!(
        found(&apart),
        [(Question::Casualties, "Town, Army".to_owned(), vec![vec![0], vec![1], vec![2]])]
    );
    let meeting = report(vec![toll("the mayor", 9, None), toll("the governor", 11, Some(11))]);
    assert!(found(&meeting).is_empty());
    let dozens = |count| {
        report(vec![toll("residents", 24, None).in_words("dozens"), toll("the mayor", count, Some(count))])
    };
    assert!(found(&dozens(20)).is_empty(), "dozens is no count");
    assert_eq!(found(&dozens(9)).len(), 1);
}

#[test]
fn the_outlook_is_no_fact_to_deny() {
    let claims = report(vec![
        wire(ClaimType::Intent)
            .agent("Army")
            .place("Town")
            .about(ClaimType::Seize)
            .by("a commander", SourceKind::BelligerentOfficial),
        wire(ClaimType::Seize).agent("Army").place("Town").by("a monitor", SourceKind::Monitor).denied(),
    ]);
    assert!(found(&claims).is_empty());
}

#[test]
fn a_denied_accusation_disputes_the_act_and_not_the_accusing() {
    let claims = report(vec![
        wire(ClaimType::Attack)
            .agent("Militia")
            .target("Convoy")
            .place("Road")
            .by("the ministry", SourceKind::Official),
        wire(ClaimType::Accuse)
            .agent("Ministry")
            .target("Militia")
            .by("Militia", SourceKind::BelligerentOfficial)
            .denied(),
    ]);
    assert_eq!(found(&claims)[0].0, Question::Responsibility);
    assert_eq!(found(&claims)[0].2, [[0], [1]]);
}

#[test]
fn a_shared_country_ties_no_two_events_together() {
    let mut claims = report(vec![
        wire(ClaimType::Attack).target("Convoy").place("Country").by("the ministry", SourceKind::Official),
        wire(ClaimType::Attack)
            .target("Convoy")
            .place("Country")
            .by("the army", SourceKind::BelligerentOfficial)
            .denied(),
    ]);
    for claim in &mut claims {
        claim.places[0].kind = Some("country".to_owned());
        claim.targets.clear();
    }
    assert!(found(&claims).is_empty());
}
