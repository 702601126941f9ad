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
        ("us - led coalition warplanes", "warplanes", "U.S.-led coalition [us-led-coalition]"),
        ("syrian government forces", "forces", "Syrian government forces [sy-army]"),
        ("syrian national army fighters", "fighters", "Syrian National Army [sna-syria]"),
        ("forces loyal to president assad", "forces", "Syrian government forces [sy-army]"),
        ("the doghmush clan", "clan", "doghmush clan [-]"),
        ("troops in iraq", "troops", "Syrian troops [sy-army]"),
        ("soldiers from the lebanese army", "soldiers", "Lebanese Armed Forces [lb-army]"),
        ("kurds", "kurds", "Kurds [-]"),
        ("the lebanese", "lebanese", "Lebanese [-]"),
    ] {
        assert_eq!(of(text, head).as_deref(), Some(want), "{text}");
    }
    assert_eq!(of("the hospital", "hospital"), None);
}

#[test]
fn sides_at_a_date() {
    use jiff::civil::date;
    let actors = Actors::embedded();
    let at = |a: &str, b: &str, year| actors.allied(a, b, Some(date(year, 6, 1)));
    assert_eq!(at("sy-army", "hezbollah", 2016), Alliance::Allied);
    assert_eq!(at("sy-army", "islamic-state", 2016), Alliance::Opposed);
    assert_eq!(at("fsa", "ru", 2016), Alliance::Opposed);
    assert_eq!(at("ypg", "sdf", 2017), Alliance::Allied);
    assert_eq!(at("ypg", "tr-army", 2018), Alliance::Opposed);
    assert_eq!(at("al-nusra", "al-qaeda", 2015), Alliance::Allied);
    assert_eq!(at("al-nusra", "islamic-state", 2015), Alliance::Opposed);
    assert_eq!(at("rsf", "sd-army", 2020), Alliance::Allied);
    assert_eq!(at("rsf", "sd-army", 2024), Alliance::Opposed);
    assert_eq!(at("vladimir-putin", "ru-army", 2022), Alliance::Allied);
    assert_eq!(at("dpr", "ua-army", 2015), Alliance::Opposed);
    assert_eq!(at("m23", "rw", 2025), Alliance::Allied);
    assert_eq!(at("kataib-hezbollah", "us-army", 2020), Alliance::Opposed);
    assert_eq!(actors.allied("sy-army", "nobody-known", None), Alliance::Unknown);
    assert!(actors.is_part_of("nukhba", "hamas", None));
    assert!(!actors.is_part_of("hamas", "nukhba", None));
}

#[test]
fn shared_names_are_decided_by_country_and_date() {
    let actors = Actors::embedded();
    let who = |name: &str, country: &str, year: i16| {
        let countries = [(country, 1.0_f32)];
        let date = jiff::civil::Date::new(year, 1, 1).ok();
        actors.named_in(name, &ActorContext { countries: &countries, date }).map(|actor| actor.id.as_str())
    };
    assert_eq!(who("Assad", "SY", 1990), Some("hafez-al-assad"));
    assert_eq!(who("Assad", "SY", 2015), Some("bashar-al-assad"));
    assert_eq!(who("the coalition", "YE", 2016), Some("saudi-led-coalition"));
    assert_eq!(who("the coalition", "IQ", 2016), Some("us-led-coalition"));
    assert_eq!(who("Southern Front", "UA", 2022), None);
    assert_eq!(who("Tahrir al-Sham", "SY", 2018), Some("hts"));
}

/// Export writes these codes: a part that no table has would be a code that nobody can read.
#[test]
fn codes_are_of_the_schemes() {
    let parts: Vec<&str> = crate::tsv::rows(
        "codes.tsv",
        include_str!("../../../../data/actors/codes.tsv"),
        ["part", "sort", "meaning"],
    )
    .map(|rows| rows.into_iter().map(|row| row.cells[0]).collect())
    .unwrap_or_default();
    assert!(parts.len() > 60 && parts.iter().all(|part| part.len() == 3));
    let ucdp: Vec<&str> = crate::tsv::rows(
        "ucdp.tsv",
        include_str!("../../../../data/actors/ucdp.tsv"),
        ["id", "name", "location"],
    )
    .map(|rows| rows.into_iter().map(|row| row.cells[0]).collect())
    .unwrap_or_default();
    let actors = Actors::embedded();
    let states: Vec<&str> = actors.nations.iter().map(|nation| nation.alpha3.as_str()).collect();
    let mut borne: HashMap<u32, &str> = HashMap::new();
    for actor in actors.all() {
        if let Some(code) = &actor.cameo {
            let pieces: Vec<&str> =
                (0..code.len()).step_by(3).filter_map(|at| code.get(at..at + 3)).collect();
            assert_eq!(pieces.len() * 3, code.len(), "{}: {code}", actor.id);
            let known =
                |(at, piece): (usize, &&str)| parts.contains(piece) || at == 0 && states.contains(piece);
            assert!(
                pieces.iter().enumerate().all(known),
                "{}: {code} has a part that codes.tsv lacks",
                actor.id
            );
        }
        assert!(actor.acled.is_none_or(|code| (1..=8).contains(&code)), "{}: {:?}", actor.id, actor.acled);
        if let Some(id) = actor.ucdp {
            assert!(ucdp.contains(&id.to_string().as_str()), "{}: UCDP {id} is not in ucdp.tsv", actor.id);
            assert_eq!(borne.insert(id, &actor.id), None, "{}: UCDP {id} is borne twice", actor.id);
        }
    }
}

#[test]
fn tables_with_errors_are_refused() {
    let header = "id\tname\tkind\tcountry\tpart_of\tnames\tties\trole\tcodes\tucdp\tfrom\n";
    let refused = |rows: &str| {
        let text = format!("{header}{rows}");
        let list = [("own.tsv", text.as_str())];
        let tables = ActorTable {
            actors: &list,
            ambiguous: ("a.tsv", "name\tactor\tcountry\twhen\n"),
            ..*load::EMBEDDED
        };
        Actors::parse(&tables).err().map(|error| error.to_string()).unwrap_or_default()
    };
    let errors: Vec<String> = [
        "a\tAlpha\tstate\n",
        "a b\tAlpha\tparty\t\t\t\t\t\t\t\tme\n",
        "a1\tAlpha\tarmada\t\t\t\t\t\t\t\tme\n",
        "a1\tAlpha\tparty\t\t\t\tally:nobody\t\t\t\tme\n",
        "a1\tAlpha\tparty\t\t\t\tally:ru@2015-13..\t\t\t\tme\n",
        "a1\tAlpha\tparty\tsyria\t\t\t\t\t\t\tme\n",
        "a1\tAlpha\tparty\t\t\t\t\t\tcameo=x\t\tme\n",
        "a1\tAlpha\tparty\t\t\t\t\t\t\tmany\tme\n",
        "a1\tAlpha\tparty\t\t\t\t\t\t\t\t\n",
        "a1\tAlpha\tparty\t\t\t\t\t\t\t\tme\na1\tBeta\tparty\t\t\t\t\t\t\t\tme\n",
        "a1\tAlpha\tparty\t\t\t\t\t\t\t\tme\na2\tBeta\tparty\t\t\tal-Alpha\t\t\t\t\tme\n",
    ]
    .into_iter()
    .map(refused)
    .collect();
    insta::assert_snapshot!(errors.join("\n"), @r"
    own.tsv:2: 3 columns, expected 11 separated by tabs
    own.tsv:2: `a b` is no id: lower-case letters, digits and hyphens
    own.tsv:2: `armada` is no kind of actor
    own.tsv:2: `a1` refers to `nobody`, which no table has
    own.tsv:2: `ally:ru@2015-13..` is no tie such as `ally:ru@2015-09-30..`
    own.tsv:2: `syria` is no ISO 3166-1 alpha-2 code in capitals
    own.tsv:2: `cameo=x` are no codes such as `cameo=SYRMIL acled=1`
    own.tsv:2: `many` is no UCDP id
    own.tsv:2: `name` and `from` must be given
    own.tsv:3: the id `a1` is taken
    own.tsv:3: `alpha` names both `a2` and `a1`: leave it out of one of them, or add rules to ambiguous.tsv
    ");
}

#[test]
fn general_words_mean_whom_they_mean_there_and_then() {
    let actors = Actors::embedded();
    let meant = |phrase: &str, country: &str, day: &str| {
        let countries = [(country, 1.0)];
        let context = ActorContext { countries: &countries, date: day.parse().ok() };
        actors.phrase(phrase, &context).and_then(|composed| composed.id)
    };
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(meant("the insurgents", "AF", "2015-06-01"), id("taliban"));
    assert_eq!(meant("the insurgents", "AF", "2023-06-01"), None);
    assert_eq!(meant("the insurgents", "SY", "2015-06-01"), None);
    assert_eq!(meant("the insurgents", "AF", "no day"), None);
    assert_eq!(meant("the rebels", "YE", "2018-06-01"), id("houthis"));
    assert_eq!(meant("South Sudanese rebels", "SD", "2014-02-01"), id("splm-io"));
    assert_eq!(meant("the junta", "MM", "2023-02-01"), id("mm-government"));
    assert_eq!(meant("peacekeepers", "LB", "2024-10-01"), id("unifil"));
    assert_eq!(meant("the army", "PS", "2023-11-01"), id("il-army"));
    // what more is said of them decides first
    assert_ne!(meant("Chechen separatists", "UA", "2015-06-01"), id("russian-separatists"));
    assert_eq!(meant("local insurgents", "AF", "2015-06-01"), None);
}

#[test]
fn general_words_are_checked() {
    let error = |row: &str| {
        let text = format!("words\tcountry\twhen\tactor\tfrom\n{row}\n");
        let table = load::ActorTable { generic: ("generic.tsv", text.as_str()), ..*load::EMBEDDED };
        Actors::parse(&table).map(|_| ()).map_err(|error| error.to_string()).expect_err("a wrong row")
    };
    assert_eq!(error("rebels\tYE\t2014..\tnobody\thand"), "generic.tsv:2: there is no actor `nobody`");
    assert!(error("rebels\tQQ\t2014..\thouthis\thand").contains("generic.tsv:2: `QQ` is no code"));
    assert!(error("rebels\tYE\tsoon\thouthis\thand").contains("`soon`: expected dates"));
    assert!(error("xyzzy\tYE\t2014..\thouthis\thand").contains("`xyzzy` is no head noun"));
    assert!(error("rebels\tYE\t2014..\thouthis\t").contains("say where the row is from"));
}
