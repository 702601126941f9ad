use super::*;

fn ids(queries: &[PlaceQuery<'_>], context: &PlaceContext<'_>) -> Vec<String> {
    let answers = Gazetteer::embedded().resolve(queries, context);
    answers
        .into_iter()
        .map(|a| {
            a.best.map_or_else(
                || "?".to_owned(),
                |p| format!("{}/{}", p.name, p.country.map_or(String::new(), |c| c.to_string())),
            )
        })
        .collect()
}

fn named(name: &str) -> PlaceQuery<'_> {
    PlaceQuery { name, ..PlaceQuery::default() }
}

#[test]
fn namesakes_follow_the_report() {
    let at = |dateline| PlaceContext { dateline, ..PlaceContext::default() };
    assert_eq!(ids(&[named("Rawa"), named("Syria"), named("al-Qaim")], &at(None))[0], "Rawah/IQ");
    let lebanese = PlaceQuery { country_hint: CountryCode::parse("LB"), ..named("Tripoli") };
    assert!(ids(&[lebanese], &at(None))[0].ends_with("/LB"));
    assert!(ids(&[named("Tripoli"), named("Libya")], &at(None))[0].ends_with("/LY"));
    assert!(ids(&[named("Tripoli"), named("Lebanon")], &at(None))[0].ends_with("/LB"));
}

#[test]
fn a_short_likeness_in_the_country_of_those_who_act_yields_to_the_name_itself() {
    let [russia, syria] = ["RU", "SY"].map(|code| CountryCode::parse(code).expect("a code"));
    let countries = [(russia, 1.0), (syria, 0.4)];
    let found = |most| {
        let context = PlaceContext { countries: &countries[..most], ..PlaceContext::default() };
        ids(&[named("Mayadin")], &context)
    };
    assert_eq!(found(1), ["?"], "not Medyn");
    assert_eq!(found(2), ["Mayadin/SY"]);
}

#[test]
fn nothing_to_go_by_is_undecided() {
    let answers =
        Gazetteer::embedded().resolve(&[named("San Antonio"), named("Xqzzy")], &PlaceContext::default());
    assert!(answers[0].best.is_none() || answers[0].best.as_ref().is_some_and(|p| p.population > 500_000));
    assert_eq!(answers[1], Resolution::default());
}

#[test]
fn likeness_yields_to_where_the_report_plays() {
    let about = |code: &str| CountryCode::parse(code).map(|code| (code, 1.0)).into_iter().collect::<Vec<_>>();
    let ids_in = |name: &str, code: &str| {
        ids(&[named(name)], &PlaceContext { dateline: None, countries: &about(code) }).remove(0)
    };
    // A village of the report's country, not one of like letters in another war.
    assert_eq!(ids_in("Catupa", "MZ"), "Catupa/MZ");
    assert_eq!(ids_in("Thomassin", "HT"), "Thomassin/HT");
    let elsewhere = ids_in("Thomassin", "UA");
    assert!(elsewhere == "?" || elsewhere.ends_with("/HT"), "{elsewhere}");
    // Countries are not told in loose spellings.
    assert_eq!(ids_in("Zuwara", "LY"), "Zuwarah/LY");
    assert_ne!(ids_in("Kani", "MM"), "Kenya/KE");
    // A harbour city and the middle of its district are one.
    assert_eq!(ids_in("Buenaventura", "CO"), "Buenaventura/CO");
}

#[test]
fn hostile_names_are_no_places() {
    let long = "al-".repeat(10_000);
    let names = [long.as_str(), "\u{0}\u{1}\u{7f}", "حلب", "\u{202e}oppelA", "", "-", "'", "al-al-al-al"];
    let queries: Vec<_> = names.iter().map(|n| named(n)).collect();
    assert_eq!(ids(&queries, &PlaceContext { dateline: Some(&long), countries: &[] }).len(), names.len());
    for at in 0..names.len() {
        let _ = Gazetteer::embedded().longest_at(&names, at);
    }
    let _ = super::super::relation::parse(&names);
}

proptest::proptest! {
    #[test]
    fn any_words_go(words in proptest::collection::vec(".{0,12}", 0..12)) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for at in 0..words.len() {
            if let Some((used, _)) = Gazetteer::embedded().longest_at(&words, at) {
                proptest::prop_assert!(used > 0 && at + used <= words.len());
            }
        }
        for place in super::super::relation::parse(&words) {
            proptest::prop_assert!(place.anchor.end <= words.len() && !place.anchor.is_empty());
        }
    }
}
