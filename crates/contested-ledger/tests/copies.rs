//! Copies count once, versions of a page replace one another, and nothing of that depends on the order of adding.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use contested_ledger::{Entry, Filter, Ledger, Tellings};
use contested_model::testing::day;
use support::{capture, entry, now};

const STORY: &str = "BEIRUT (Wire service) - The army's vanguard crossed the river at dawn on Tuesday and took two villages on its far bank, a \
    commander said. Shells fell on the market of the nearer village until noon; fourteen people were hurt, the hospital's director said by telephone. \
    Residents had left for the hills the night before, carrying what they could.";

/// A report of `outlet` with one claim.
fn told(outlet: &str, published: &str, text: &str, place: &str) -> Entry {
    let mut out = entry(text, Some(published), vec![capture(place, published)]);
    out.report.source = Some(outlet.to_owned());
    out
}

fn at_page(url: &str, entry: Entry) -> Entry {
    Entry { report: contested_model::Report { url: Some(url.to_owned()), ..entry.report }, ..entry }
}

fn ledger(entries: &[Entry]) -> Ledger {
    let mut ledger = support::blank();
    for entry in entries {
        ledger.add(std::slice::from_ref(entry), now()).unwrap();
    }
    ledger
}

fn places(ledger: &Ledger, filter: &Filter) -> Vec<String> {
    ledger.claims(filter).unwrap().iter().map(|kept| kept.claim.places[0].name.clone()).collect()
}

#[test]
fn a_copy_counts_once_and_the_first_is_the_original_in_any_order_of_adding() {
    let copy = STORY
        .to_lowercase()
        .replace("beirut (wire service) - ", "damascus: ")
        .replace("carrying what they could", "");
    let entries = [
        told("Daily", "2017-11-08", &copy, "Copy"),
        told("Wire service", "2017-11-07", STORY, "Original"),
        told("Weekly", "2017-11-10", &STORY.replace("at dawn", "early"), "Third"),
        told(
            "Other",
            "2017-11-08",
            "The ministers met in the capital and quarrelled about bread, fuel and the wages of teachers; nobody spoke.",
            "Capital",
        ),
    ];
    for order in [[0, 1, 2, 3], [2, 1, 3, 0], [1, 0, 2, 3], [3, 2, 0, 1], [0, 2, 1, 3]] {
        let ledger = ledger(&order.map(|at| entries[at].clone()));
        assert_eq!(places(&ledger, &Filter::default()), ["Original", "Capital"], "added as {order:?}");
        assert_eq!(places(&ledger, &Filter { tellings: Tellings::All, ..Filter::default() }).len(), 4);
        assert_eq!(ledger.counts(None).unwrap().copies, 2);
        let before = Filter { known_at: Some(day("2017-11-08")), ..Filter::default() };
        assert_eq!(places(&ledger, &before), ["Original", "Capital"]);
    }
}

#[test]
fn of_one_day_the_report_whose_head_names_its_own_outlet_is_the_original() {
    let copy =
        format!("{STORY} (Additional words of an editor who had nothing to say but said it all the same.)");
    let entries =
        [told("Daily", "2017-11-08", &copy, "Copy"), told("Wire service", "2017-11-08", STORY, "Original")];
    for order in [[0, 1], [1, 0]] {
        assert_eq!(places(&ledger(&order.map(|at| entries[at].clone())), &Filter::default()), ["Original"]);
    }
}

#[test]
fn many_copies_are_noted_once_each() {
    let mut ledger = support::blank();
    // The latest first: the hardest order, for every report is the new original.
    for n in (1..=28).rev() {
        let published = format!("2017-11-{n:02}");
        let copy = format!("{STORY} Edition {n}.");
        ledger
            .add(&[told(&format!("Daily {n}"), &published, &copy, &format!("Edition {n}"))], now())
            .unwrap();
    }
    assert_eq!(places(&ledger, &Filter::default()), ["Edition 1"]);
    assert_eq!(ledger.counts(None).unwrap().copies, 27);
}

#[test]
fn another_text_at_the_same_address_supersedes_the_earlier_one() {
    let first = at_page("https://example.org/news/1", told("Daily", "2017-11-07", STORY, "First"));
    let fixed = STORY.replace("two villages", "three villages");
    let second =
        at_page("http://www.example.org/news/1/?utm_source=x", told("Daily", "2017-11-09", &fixed, "Second"));
    let again = at_page("https://example.org/news/1", told("Daily", "2017-11-10", &fixed, "Again"));
    let elsewhere = told("Weekly", "2017-11-08", STORY, "Copy");
    let entries = [first, second, again, elsewhere];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
        let ledger = ledger(&order.map(|at| entries[at].clone()));
        assert_eq!(places(&ledger, &Filter::default()), ["Second"], "added as {order:?}");
        let on = |on: &str| places(&ledger, &Filter { known_at: Some(day(on)), ..Filter::default() });
        assert_eq!(
            (on("2017-11-07"), on("2017-11-08"), on("2017-11-09")),
            (vec!["First".into()], vec!["First".into()], vec!["Second".into()])
        );
        assert_eq!(
            places(&ledger, &Filter { tellings: Tellings::All, ..Filter::default() }).len(),
            4,
            "all are kept"
        );
    }
}

#[test]
fn a_text_that_is_changed_back_is_the_newest_version() {
    let page = |published: &str, text: &str, place: &str| {
        at_page("https://example.org/news/1", told("Daily", published, text, place))
    };
    let other = STORY.replace("two villages", "three villages");
    let ledger = ledger(&[
        page("2017-11-07", STORY, "One"),
        page("2017-11-08", &other, "Two"),
        page("2017-11-09", STORY, "Three"),
    ]);
    assert_eq!(places(&ledger, &Filter::default()), ["Three"]);
}

#[test]
fn front_pages_are_no_addresses_of_reports() {
    let one = at_page("https://example.org/", told("Daily", "2017-11-07", STORY, "One"));
    let two = at_page(
        "https://example.org/",
        told(
            "Daily",
            "2017-11-08",
            "A wholly different report of another day, of other men and other towns.",
            "Two",
        ),
    );
    assert_eq!(places(&ledger(&[one, two]), &Filter::default()), ["One", "Two"]);
}
