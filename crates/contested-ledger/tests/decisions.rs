//! What people decide: how claims read afterwards, then and now, and after a newer extractor.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use contested_ledger::{
    Act, Correction, Decided, Filter, Ledger, LedgerError, Named, NamedPlace, Standing, Tellings, What,
};
use contested_model::testing::day;
use contested_model::{Claim, ClaimType, Polarity};
use jiff::Timestamp;
use support::{all, by, capture, entry, now};

const WHO: &str = "A. Analyst";

fn later() -> Timestamp {
    "2017-12-20T12:00:00Z".parse().unwrap()
}

/// A ledger with one claim.
fn one() -> (Ledger, Claim) {
    let mut ledger = support::blank();
    let entry = entry("one", Some("2017-11-08"), vec![capture("Town", "2017-11-08")]);
    ledger.add(std::slice::from_ref(&entry), now()).unwrap();
    (ledger, entry.claims[0].clone())
}

fn decide(ledger: &mut Ledger, act: Act) -> Decided {
    ledger.decide(&[act], WHO, "a reason", None, later()).unwrap()[0]
}

fn named(name: &str) -> Named {
    Named { name: name.to_owned(), id: Some(name.to_lowercase()) }
}

fn town(name: &str) -> NamedPlace {
    NamedPlace {
        name: name.to_owned(),
        id: Some(format!("test:{}", name.to_lowercase())),
        lat: Some(34.0),
        lon: Some(40.0),
        country: Some("SY".to_owned()),
        kind: Some("town".to_owned()),
        relation: None,
    }
}

#[test]
fn what_is_rejected_counts_no_more_but_did_count_before() {
    let (mut ledger, claim) = one();
    assert_eq!(decide(&mut ledger, Act::Reject(claim.key.clone())), Decided::New(1));
    assert_eq!(decide(&mut ledger, Act::Reject(claim.key.clone())), Decided::AlreadySo);
    assert_eq!(all(&ledger), []);
    let rejected = ledger.claims(&Filter { tellings: Tellings::Rejected, ..Filter::default() }).unwrap();
    assert_eq!(rejected[0].claim.id, claim.id);
    let before = Filter { known_at: Some(day("2017-12-19")), ..Filter::default() };
    assert_eq!(ledger.claims(&before).unwrap()[0].claim, claim, "on the day before nobody had decided");
    decide(&mut ledger, Act::Accept(claim.key.clone()));
    let found = ledger.in_review(&Filter::default()).unwrap();
    assert_eq!((found[0].standing, found[0].claim.id.as_str()), (Standing::Accepted, claim.id.as_str()));
}

#[test]
fn a_decision_may_count_from_an_earlier_day_and_never_before_it() {
    let (mut ledger, claim) = one();
    ledger.decide(&[Act::Reject(claim.key)], WHO, "misread", Some(day("2017-11-15")), later()).unwrap();
    let count =
        |on: &str| ledger.claims(&Filter { known_at: Some(day(on)), ..Filter::default() }).unwrap().len();
    assert_eq!((count("2017-11-14"), count("2017-11-15"), count("2017-12-31")), (1, 0, 0));
}

#[test]
fn a_corrected_claim_is_found_by_what_it_now_says() {
    let (mut ledger, claim) = one();
    let key = || claim.key.clone();
    decide(&mut ledger, Act::Correct(key(), Correction::Places(vec![town("City")])));
    decide(&mut ledger, Act::Correct(key(), Correction::Polarity(Polarity::Negative)));
    decide(&mut ledger, Act::Correct(key(), Correction::Type(ClaimType::Holds)));
    decide(
        &mut ledger,
        Act::Correct(key(), Correction::Time(Some(day("2017-11-01")), Some(day("2017-11-02")))),
    );
    let at =
        |place: &str| ledger.claims(&Filter { place: Some(place.to_owned()), ..Filter::default() }).unwrap();
    assert_eq!(at("Town").len(), 0);
    let found = at("city");
    let now = &found[0].claim;
    assert_eq!(
        (now.claim_type, now.kind, now.polarity),
        (ClaimType::Holds, ClaimType::Holds.kind(), Polarity::Negative)
    );
    assert_eq!(found[0].day(), day("2017-11-02"));
    assert_eq!((now.confidence.to_bits(), now.key.as_str()), (1.0_f64.to_bits(), claim.key.as_str()));
    assert_eq!(now.id, contested_model::claim_id(now), "an id is a digest of what the claim says");
    assert_eq!(now.why.iter().filter(|why| why.rule == "review.correct.v1").count(), 4);
    // Taken back one by one, the claim is what it was.
    for number in 1..=4 {
        decide(&mut ledger, Act::Withdraw(number));
    }
    assert_eq!(all(&ledger), [claim]);
}

#[test]
fn decisions_hold_for_what_a_newer_extractor_tells_and_changes_are_pointed_out() {
    let (mut ledger, claim) = one();
    decide(&mut ledger, Act::Correct(claim.key.clone(), Correction::Places(vec![town("City")])));
    decide(&mut ledger, Act::Accept(claim.key.clone()));
    let mut newer = entry("one", Some("2017-11-08"), vec![capture("Town", "2017-11-08")]);
    newer.extractor = by("2");
    ledger.add(&[newer], later()).unwrap();
    let found = ledger.in_review(&Filter::default()).unwrap();
    assert_eq!((found.len(), found[0].claim.places[0].name.as_str(), found[0].changed), (1, "City", false));
    let mut other =
        entry("one", Some("2017-11-08"), vec![capture("Town", "2017-11-08").agent("Second army")]);
    other.extractor = by("3");
    assert_eq!(other.claims[0].key, claim.key, "the same words, the same key");
    ledger.add(&[other], later()).unwrap();
    let found = ledger.in_review(&Filter::default()).unwrap();
    assert_eq!(
        (found[0].claim.places[0].name.as_str(), found[0].claim.agents.len(), found[0].changed),
        ("City", 2, true)
    );
}

#[test]
fn merges_rename_everywhere_follow_chains_and_are_undone() {
    let (mut ledger, claim) = one();
    decide(&mut ledger, Act::MergeActor { from: "army".to_owned(), into: named("Guard") });
    let agents = |ledger: &Ledger| -> Vec<String> {
        all(ledger).iter().map(|claim| claim.agents[0].name.clone()).collect()
    };
    assert_eq!(agents(&ledger), ["Guard"]);
    let by_name = |name: &str| Filter { actor: Some(name.to_owned()), ..Filter::default() };
    for name in ["Army", "guard"] {
        assert_eq!(ledger.claims(&by_name(name)).unwrap().len(), 1, "{name}");
    }
    let early = Filter { known_at: Some(day("2017-12-01")), ..by_name("Army") };
    assert_eq!(ledger.claims(&early).unwrap()[0].claim, claim);
    let back = ledger.decide(
        &[Act::MergeActor { from: "group".to_owned(), into: named("Group") }],
        WHO,
        "x",
        None,
        later(),
    );
    assert!(matches!(back, Err(LedgerError::Decision(_))), "into itself: {back:?}");
    decide(&mut ledger, Act::Split(What::Actor, "army".to_owned()));
    assert_eq!(all(&ledger), [claim]);
    let none = ledger.decide(&[Act::Split(What::Actor, "army".to_owned())], WHO, "x", None, later());
    assert_eq!(none.unwrap_err().to_string(), "the actor `army` is not merged into another");
}

#[test]
fn events_are_merged_and_split_by_key() {
    let mut ledger = support::blank();
    let entries = [
        entry("one", Some("2017-11-08"), vec![capture("Town", "2017-11-08")]),
        entry("two", Some("2017-11-09"), vec![capture("Town", "2017-11-09")]),
    ];
    ledger.add(&entries, now()).unwrap();
    let (one, two) = (entries[0].claims[0].key.clone(), entries[1].claims[0].key.clone());
    decide(&mut ledger, Act::MergeEvent(two.clone(), one.clone()));
    assert_eq!(all(&ledger)[1].same_as, Some(one));
    decide(&mut ledger, Act::Split(What::Event, two));
    assert_eq!(all(&ledger)[1].same_as, None);
}

#[test]
fn decisions_that_cannot_be_are_refused_and_nothing_is_written() {
    let (mut ledger, claim) = one();
    let say = |ledger: &mut Ledger, acts: &[Act], by: &str, why: &str| {
        ledger.decide(acts, by, why, None, later()).unwrap_err().to_string()
    };
    let accept = Act::Accept(claim.key.clone());
    assert!(say(&mut ledger, std::slice::from_ref(&accept), " ", "x").contains("give `--by`"));
    let nobody = Act::MergeActor { from: "nobody".to_owned(), into: named("Army") };
    assert_eq!(
        say(&mut ledger, &[accept, nobody], WHO, "x"),
        "no claim names the actor `nobody`: write it as the claims do, by id or name"
    );
    assert!(
        say(&mut ledger, &[Act::Accept("k1:0".to_owned())], WHO, "x").contains("no claim has the key k1:0")
    );
    assert!(say(&mut ledger, &[Act::Withdraw(7)], WHO, "x").contains("no decision 7"));
    assert_eq!(ledger.decisions().unwrap(), [], "all or none");
}

mod any_decisions {
    use proptest::prelude::*;

    use super::*;

    fn act() -> impl Strategy<Value = (usize, u8)> {
        (0usize..3, 0u8..7)
    }

    fn made(keys: &[String], (which, what): (usize, u8)) -> Act {
        let key = keys[which].clone();
        match what {
            0 => Act::Accept(key),
            1 => Act::Reject(key),
            2 => Act::Correct(key, Correction::Polarity(Polarity::Negative)),
            3 => Act::Correct(key, Correction::Agents(vec![named("Guard")])),
            4 => Act::MergeActor { from: "army".to_owned(), into: named("Guard") },
            5 => Act::MergePlace { from: format!("test:town{which}"), into: town("City") },
            _ => Act::MergeEvent(key, keys[(which + 1) % 3].clone()),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        /// What was known on a day never depends on what was decided or added after it; and everything taken back, the ledger reads as before.
        #[test]
        fn known_at_never_sees_the_future_and_taking_back_is_the_identity(acts in prop::collection::vec(act(), 1..10)) {
            let mut ledger = support::blank();
            let entries: Vec<_> = (0..3)
                .map(|n| entry(&format!("report {n}"), Some("2017-11-08"), vec![capture(&format!("Town{n}"), "2017-11-08")]))
                .collect();
            ledger.add(&entries, now()).unwrap();
            let keys: Vec<String> = entries.iter().map(|entry| entry.claims[0].key.clone()).collect();
            let read = |ledger: &Ledger, on: jiff::civil::Date| {
                ledger.claims(&Filter { known_at: Some(on), ..Filter::default() }).unwrap()
            };
            let mut on = day("2017-12-01");
            let mut seen = vec![(on, read(&ledger, on))];
            for one in acts {
                on = on.tomorrow().unwrap();
                let at: Timestamp = format!("{on}T10:00:00Z").parse().unwrap();
                let _ = ledger.decide(&[made(&keys, one)], WHO, "a reason", None, at);
                seen.push((on, read(&ledger, on)));
            }
            let late = entry("late", Some("2018-03-01"), vec![capture("Town0", "2018-03-01")]);
            ledger.add(&[late], "2018-03-01T10:00:00Z".parse().unwrap()).unwrap();
            for (on, then) in &seen {
                prop_assert_eq!(&read(&ledger, *on), then, "as of {}", on);
            }
            let numbers: Vec<i64> = ledger.decisions().unwrap().iter().map(|decision| decision.id).collect();
            on = on.tomorrow().unwrap();
            let at: Timestamp = format!("{on}T10:00:00Z").parse().unwrap();
            let back: Vec<Act> = numbers.into_iter().map(Act::Withdraw).collect();
            if !back.is_empty() {
                ledger.decide(&back, WHO, "all of it", None, at).unwrap();
            }
            prop_assert_eq!(&read(&ledger, on), &seen[0].1);
            for (on, then) in &seen {
                prop_assert_eq!(&read(&ledger, *on), then, "as of {}, after all was taken back", on);
            }
        }

        /// Whatever was merged, in any order and chain, is itself again when it is split.
        #[test]
        fn merge_then_split_is_the_identity(acts in prop::collection::vec((0usize..3, 4u8..7), 1..8)) {
            let mut ledger = support::blank();
            let entries: Vec<_> = (0..3)
                .map(|n| entry(&format!("report {n}"), Some("2017-11-08"), vec![capture(&format!("Town{n}"), "2017-11-08")]))
                .collect();
            ledger.add(&entries, now()).unwrap();
            let keys: Vec<String> = entries.iter().map(|entry| entry.claims[0].key.clone()).collect();
            // That somebody looked at a claim stays in its `why`.
            let told = |ledger: &Ledger| -> Vec<Claim> {
                all(ledger).into_iter().map(|claim| Claim { why: Vec::new(), ..claim }).collect()
            };
            let before = told(&ledger);
            let mut merged = Vec::new();
            for one in acts {
                let act = made(&keys, one);
                let split = match &act {
                    Act::MergeActor { from, .. } => Act::Split(What::Actor, from.clone()),
                    Act::MergePlace { from, .. } => Act::Split(What::Place, from.clone()),
                    Act::MergeEvent(from, _) => Act::Split(What::Event, from.clone()),
                    other => other.clone(),
                };
                // What is merged already, or would go round in a ring, is refused.
                if ledger.decide(&[act], WHO, "a reason", None, later()).is_ok() {
                    merged.push(split);
                }
            }
            prop_assert!(!merged.is_empty());
            for split in merged.into_iter().rev() {
                // A second merge into the same is one.
                let _ = ledger.decide(&[split], WHO, "a reason", None, later());
            }
            prop_assert_eq!(told(&ledger), before);
        }
    }
}
