use super::*;
use crate::testing;

fn read(lines: &str) -> String {
    let sentence = testing::sentence(lines);
    let show = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
    let line = |t: Toll| {
        let words = testing::words(&sentence, &(t.first..=t.last).collect::<Vec<_>>());
        format!("{} {} {}..{} ({words})", t.what.as_str(), t.who.as_str(), show(t.min), show(t.max))
    };
    tolls(&sentence, Lexicon::embedded()).into_iter().map(line).collect::<Vec<_>>().join(" | ")
}

#[test]
fn killed_and_wounded() {
    let text = "At at ADP IN 2 case
        least least ADJ JJS 3 nmod
        12 12 NUM CD 4 nummod
        civilians civilian NOUN NNS 6 nsubj:pass
        were be AUX VBD 6 aux:pass
        killed kill VERB VBN 0 root
        and and CCONJ CC 10 cc
        dozens dozen NOUN NNS 10 nsubj:pass
        were be AUX VBD 10 aux:pass
        wounded wound VERB VBN 6 conj";
    insta::assert_snapshot!(read(text), @"dead civilian 12.. (At least 12 civilians) | injured civilian 24.. (dozens)");
}

#[test]
fn a_bare_number_counts_the_same_people() {
    let text = "The the DET DT 2 det
        blast blast NOUN NN 3 nsubj
        killed kill VERB VBD 0 root
        ten ten NUM CD 5 nummod
        soldiers soldier NOUN NNS 3 obj
        and and CCONJ CC 7 cc
        injured injure VERB VBD 3 conj
        six six NUM CD 7 obj";
    insta::assert_snapshot!(read(text), @"dead combatant 10..10 (ten soldiers) | injured combatant 6..6 (six)");
}

#[test]
fn joined_people_are_counted_apart_and_plurals_not_at_all() {
    let text = "Shells shell NOUN NNS 2 nsubj
        killed kill VERB VBD 0 root
        two two NUM CD 4 nummod
        soldiers soldier NOUN NNS 2 obj
        and and CCONJ CC 7 cc
        a a DET DT 7 det
        child child NOUN NN 4 conj
        wounding wound VERB VBG 2 advcl
        bystanders bystander NOUN NNS 8 obj";
    insta::assert_snapshot!(read(text), @"dead combatant 2..2 (two soldiers) | dead civilian 1..1 (a child)");
}

#[test]
fn a_death_toll() {
    let text = "The the DET DT 3 det
        death death NOUN NN 3 compound
        toll toll NOUN NN 4 nsubj
        rose rise VERB VBD 0 root
        to to ADP IN 6 case
        40 40 NUM CD 4 obl";
    insta::assert_snapshot!(read(text), @"dead unknown 40..40 (40)");
}

#[test]
fn left_dead() {
    let text = "Strikes strike NOUN NNS 2 nsubj
        left leave VERB VBD 0 root
        between between ADP IN 4 case
        10 10 NUM CD 7 nummod
        and and CCONJ CC 6 cc
        15 15 NUM CD 4 conj
        people people NOUN NNS 2 obj
        dead dead ADJ JJ 2 xcomp";
    insta::assert_snapshot!(read(text), @"dead unknown 10..15 (between 10 and 15 people)");
}

#[test]
fn an_age_is_no_toll() {
    let text = "Gunmen gunman NOUN NNS 2 nsubj
        killed kill VERB VBD 0 root
        the the DET DT 5 det
        45-year-old 45-year-old ADJ JJ 5 amod
        farmer farmer NOUN NN 2 obj";
    assert_eq!(read(text), "");
}

#[test]
fn hostages_taken() {
    let text = "Gunmen gunman NOUN NNS 2 nsubj
        took take VERB VBD 0 root
        up up ADP RP 2 compound:prt
        to to ADP IN 6 case
        150 150 NUM CD 6 nummod
        hostages hostage NOUN NNS 2 obl";
    insta::assert_snapshot!(read(text), @"captured unknown ..150 (up to 150 hostages)");
}
