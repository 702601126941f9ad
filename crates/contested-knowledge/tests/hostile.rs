//! Whatever a report holds, looking it up neither panics nor takes long.

use contested_knowledge::actors::{ActorContext, Actors};
use contested_knowledge::places::{Gazetteer, PlaceContext, PlaceQuery, import, relation};
use contested_knowledge::sources::Sources;
use proptest::prelude::*;

fn look_up(text: &str) {
    let words: Vec<&str> = text.split(' ').collect();
    let (places, actors, sources) = (Gazetteer::embedded(), Actors::embedded(), Sources::embedded());
    places.is_place_name(text);
    places.country(text);
    places.country_of_demonym(text);
    let inside = [text];
    let query = PlaceQuery { name: text, kind_hint: Some(text), inside: &inside, country_hint: None };
    let context = PlaceContext { dateline: Some(text), countries: &[] };
    assert_eq!(places.resolve(&[query], &context).len(), 1);
    actors.named(text);
    let countries = [(text, f32::NAN)];
    let context = ActorContext { countries: &countries, date: None };
    for at in 0..words.len().min(12) {
        let found = actors.longest_at(&words, at).map_or(0, |found| found.words);
        let source = sources.longest_at(&words, at).map_or(0, |found| found.words);
        let place = places.longest_at(&words, at).map_or(0, |found| found.0);
        assert!(at + found.max(source).max(place) <= words.len());
        actors.compose(&words, at, &context);
    }
    for found in relation::parse(&words) {
        assert!(found.words.end <= words.len() && found.anchor.end <= words.len());
    }
    actors.compose(&words, usize::MAX, &context);
    assert!(places.longest_at(&words, words.len()).is_none());
}

#[test]
fn long_controlling_and_right_to_left_names() {
    let deep = "al-".repeat(3_500);
    let long = "Aleppo ".repeat(2_000);
    for text in [
        "",
        " ",
        "\u{0}\u{7}\u{1b}[2J",
        "\u{202e}oppelA\u{202c}",
        "حلب دير الزور",
        "קריית שמונה",
        "e\u{301}\u{301}\u{301}\u{301}",
        "👩‍👩‍👧‍👦 camp",
        "15 km east of",
        "between and",
        "north - - - of Aleppo",
        "99999999999999999999 km from Homs",
        &"A".repeat(10_000),
        &"ä".repeat(10_000),
        &deep,
        &long,
    ] {
        look_up(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text(text in "\\PC{0,60}") {
        look_up(&text);
    }

    #[test]
    fn words_of_the_trade(words in prop::collection::vec(prop::sample::select(vec![
        "15", "km", "(", ")", "east", "north", "-", "of", "the", "from", "near", "between", "and", "border", "with",
        "Aleppo", "al", "'s", "s", "Iraq", "Syrian", "army", "forces", "U", "S", "backed", "led", "ministry", ",", "town",
        "Islamic", "State", "rebels", "in", "loyal", "to",
    ]), 0..14)) {
        look_up(&words.join(" "));
    }

    #[test]
    fn any_import(text in "(name,lat,lon\n)?(\\PC{0,30}[,\t\n]){0,40}") {
        // Refused or taken, never a panic.
        let _ = import::compile("own.csv", &text);
    }
}
