//! The notation of the literate tests, on claims made by hand.

mod literate;

use contested_model::testing::told;
use contested_model::{ClaimType, SourceKind};
use literate::document::cases;
use literate::matching::complaints;
use literate::notation::{parse, render};

#[test]
fn a_line_matches_what_it_says_and_ignores_the_rest() {
    let claim = told("Wire", "2017-10-18", ClaimType::Seize)
        .agent("SDF")
        .target("Islamic State")
        .place("Raqqa")
        .by("commander", SourceKind::BelligerentOfficial)
        .on("2017-10-17")
        .claim();
    for line in [
        "seize",
        "* +",
        "seize +certain tense=past SDF → Islamic State @ Raqqa [2017-10-17] «commander»",
        "seize SDF",
        "seize -> islamic state",
        "seize Islamic State ↔ sdf",
        "seize phase=none @ at Raqqa «commander (asserts)» {}",
    ] {
        assert!(parse(line).unwrap().matches(&claim), "{line}");
    }
    for line in [
        "attack",
        "seize -",
        "seize +probable",
        "seize none",
        "seize SDF, YPG",
        "seize @ near Raqqa",
        "seize @ Raqqa, Mosul",
        "seize [none]",
        "seize [2017-10-17..]",
        "seize «»",
        "seize «commander (denies)»",
        "seize «commander < SANA»",
        "seize {dead 12}",
        "seize phase=start",
    ] {
        assert!(!parse(line).unwrap().matches(&claim), "{line}");
    }
}

#[test]
fn what_is_rendered_can_be_read_and_matches() {
    let claim = told("Wire", "2017-10-18", ClaimType::Seize).agent("SDF").place("Raqqa").denied().claim();
    assert!(parse(&render(&claim)).unwrap().matches(&claim), "{}", render(&claim));
}

#[test]
fn cases_are_cut_from_markdown_and_complain() {
    let markdown = "# All\n## One\n```report published: 2017-10-18, source: Wire\nA.\nB.\n```\n```claims\nseize\n! attack\nonly\n```\n```misses\nattack\n```\n";
    let case = cases(markdown).unwrap().remove(0);
    assert_eq!((case.heading.as_str(), case.line, case.text.as_str()), ("One", 3, "A.\nB."));
    let (seize, attack) = (ClaimType::Seize, ClaimType::Attack);
    let claims = |types: &[ClaimType]| {
        types.iter().map(|one| told("Wire", "2017-10-18", *one).claim()).collect::<Vec<_>>()
    };
    assert_eq!(complaints(&case, &claims(&[seize]), &[]), Vec::<String>::new());
    assert_eq!(complaints(&case, &claims(&[]), &[]), ["not found: seize"]);
    assert_eq!(
        complaints(&case, &claims(&[seize, attack]), &[]),
        [
            "must not be found: attack",
            "1 claims more than the 1 listed",
            "a known miss is found now; move it up to `claims`: attack",
        ]
    );
    assert!(cases("```report day: x\n```\n").is_err());
}
