use super::*;

fn context<'a>(countries: &'a [(&'a str, f32)]) -> ActorContext<'a> {
    ActorContext { countries, date: None }
}

#[test]
fn embedded_tables_are_valid() {
    let actors = Actors::parse(load::EMBEDDED);
    assert!(actors.is_ok(), "{}", actors.err().map(|e| e.to_string()).unwrap_or_default());
}

#[test]
fn names_in_text() {
    let actors = Actors::embedded();
    let at = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        actors.longest_at(&words, 0).map(|found| (found.actor.id.as_str(), found.words, found.ambiguous))
    };
    assert_eq!(at("islamic state 's last stronghold"), Some(("islamic-state", 2, false)));
    assert_eq!(at("Da'esh fighters"), Some(("islamic-state", 1, false)));
    assert_eq!(at("jabhat al - nusra"), Some(("al-nusra", 4, false)));
    assert_eq!(at("is to blame"), Some(("islamic-state", 1, true)));
    assert_eq!(at("u s forces"), Some(("us-army", 3, false)));
    assert_eq!(at("assad 's forces"), Some(("sy-army", 3, false)));
    assert_eq!(at("people s protection units"), Some(("ypg", 4, false)));
    assert_eq!(at("the town"), None);
}

#[test]
fn noun_phrases() {
    let actors = Actors::embedded();
    let countries = [("SY", 0.9_f32), ("LB", 0.1)];
    let of = |text: &str, head: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        let head = words.iter().position(|word| *word == head)?;
        let composed = actors.compose(&words, head, &context(&countries))?;
        Some(format!("{} [{}]", composed.name, composed.id.as_deref().unwrap_or("-")))
    };
    for (text, head, want) in [
        ("syrian troops", "troops", "Syrian troops [sy-army]"),
        ("the army", "army", "Syrian army [sy-army]"),
        ("syria s army", "army", "Syrian army [sy-army]"),
        ("government forces", "forces", "Syrian government forces [sy-army]"),
        ("the regime", "regime", "Syrian regime [sy-government]"),
        ("the Turkish military", "military", "Turkish military [tr-army]"),
        ("kurdish militias", "militias", "Kurdish militias [-]"),
        ("iran-backed militias", "militias", "Iran-backed militias [iran-backed-militias]"),
        ("us - backed rebels", "rebels", "US-backed rebels [-]"),
        ("rebels", "rebels", "Syrian rebels [syrian-rebels]"),
        ("israeli warplanes", "warplanes", "Israel [il]"),
        ("regime warplanes", "warplanes", "Syrian government [sy-government]"),
        ("taliban fighters", "fighters", "Taliban [taliban]"),
        ("hezbollah militants", "militants", "Hezbollah [hezbollah]"),
        ("members of the islamic state", "members", "Islamic State [islamic-state]"),
        ("iraqi military officials", "officials", "Iraqi military officials [-]"),
        ("us officials", "officials", "US officials [-]"),
        ("several residents", "residents", "residents [-]"),
        ("the russian defence ministry", "ministry", "Russian defence ministry [ru-defence-ministry]"),
        ("assad 's troops", "troops", "Syrian government forces [sy-army]"),
        ("a commander in the alliance", "commander", "commander [-]"),
        ("rebel positions", "positions", "Syrian rebels [syrian-rebels]"),
    ] {
        assert_eq!(of(text, head).as_deref(), Some(want), "{text}");
    }
    assert_eq!(of("the hospital", "hospital"), None);
}
