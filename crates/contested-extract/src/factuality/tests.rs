use contested_model::{Certainty, ClaimType, Phase, Polarity, Tense};

use super::*;
use crate::testing::analysis;

/// Judges the word `form` of a hand-made sentence.
fn of(lines: &str, form: &str) -> Factuality {
    let a = analysis(&[lines]);
    let at = a.sentences[0].tokens.iter().position(|t| t.text == form).unwrap();
    judge(&a, 0, at as u32)
}

fn short(f: &Factuality) -> (&'static str, &'static str) {
    (f.polarity.as_str(), f.certainty.as_str())
}

#[test]
fn plain_fact() {
    let f = of(
        "rebels rebel NOUN NNS 2 nsubj\n seized seize VERB VBD 0 root\n Dara Dara PROPN NNP 2 obj",
        "seized",
    );
    assert_eq!((short(&f), f.tense, f.outlook), (("positive", "certain"), Tense::Past, None));
}

#[test]
fn denial_covers_both_conjuncts() {
    let lines = "militia militia NOUN NN 2 nsubj\n denied deny VERB VBD 0 root\n it it PRON PRP 5 nsubj\n had have AUX VBD 5 aux\n crossed cross VERB VBN 2 ccomp\n and and CCONJ CC 8 cc\n was be AUX VBD 8 aux\n attacking attack VERB VBG 5 conj";
    assert_eq!(short(&of(lines, "crossed")), ("negative", "certain"));
    assert_eq!(short(&of(lines, "attacking")), ("negative", "certain"));
}

#[test]
fn not_true_spares_what_there_still_is() {
    let lines = "it it PRON PRP 4 expl\n was be AUX VBD 4 cop\n not not PART RB 4 advmod\n true true ADJ JJ 0 root\n that that SCONJ IN 8 mark\n town town NOUN NN 8 nsubj:pass\n was be AUX VBD 8 aux:pass\n taken take VERB VBN 4 csubj\n and and CCONJ CC 11 cc\n there there PRON EX 11 expl\n was be VERB VBD 8 conj\n still still ADV RB 11 advmod\n fighting fighting NOUN NN 11 nsubj";
    assert_eq!(short(&of(lines, "taken")), ("negative", "certain"));
    let fighting = of(lines, "fighting");
    assert_eq!((short(&fighting), fighting.phase), (("positive", "certain"), Some(Phase::Ongoing)));
}

#[test]
fn implicatives_multiply() {
    let failed = "army army NOUN NN 2 nsubj\n failed fail VERB VBD 0 root\n to to PART TO 4 mark\n retake retake VERB VB 2 xcomp\n Dara Dara PROPN NNP 4 obj";
    assert_eq!(of(failed, "retake").polarity, Polarity::Negative);
    let not_failed = "army army NOUN NN 4 nsubj\n did do AUX VBD 4 aux\n not not PART RB 4 advmod\n fail fail VERB VB 0 root\n to to PART TO 6 mark\n retake retake VERB VB 4 xcomp";
    assert_eq!(of(not_failed, "retake").polarity, Polarity::Positive);
    let prevented = "guards guard NOUN NNS 2 nsubj\n prevented prevent VERB VBD 0 root\n rebels rebel NOUN NNS 2 obj\n from from SCONJ IN 5 mark\n entering enter VERB VBG 2 advcl";
    assert_eq!(of(prevented, "entering").polarity, Polarity::Negative);
}

#[test]
fn vow_is_an_intent_with_its_holder() {
    let f = of(
        "government government NOUN NN 3 nsubj\n has have AUX VBZ 3 aux\n sworn swear VERB VBN 0 root\n to to PART TO 5 mark\n recapture recapture VERB VB 3 xcomp\n it it PRON PRP 5 obj",
        "recapture",
    );
    let outlook = f.outlook.unwrap();
    assert_eq!((outlook.kind, outlook.governor, outlook.holder), (ClaimType::Intent, 2, Some(0)));
    assert_eq!(f.tense, Tense::Future);
}

#[test]
fn hedges() {
    let reportedly = "army army NOUN NN 3 nsubj\n reportedly reportedly ADV RB 3 advmod\n entered enter VERB VBD 0 root\n town town NOUN NN 3 obj\n amid amid ADP IN 6 case\n clashes clash NOUN NNS 3 obl";
    assert_eq!(of(reportedly, "entered").certainty, Certainty::Probable);
    assert_eq!(of(reportedly, "clashes").certainty, Certainty::Probable);
    let may_have = "shell shell NOUN NN 4 nsubj\n may may AUX MD 4 aux\n have have AUX VB 4 aux\n hit hit VERB VBN 0 root\n it it PRON PRP 4 obj";
    let f = of(may_have, "hit");
    assert_eq!((f.certainty, f.outlook), (Certainty::Possible, None));
    let may = "war war NOUN NN 3 nsubj\n may may AUX MD 3 aux\n resume resume VERB VB 0 root";
    let f = of(may, "resume");
    assert_eq!((f.certainty, f.outlook.map(|o| o.kind)), (Certainty::Possible, Some(ClaimType::Prediction)));
    let not_believed = "raid raid NOUN NN 4 nsubj:pass\n is be AUX VBZ 4 aux:pass\n not not PART RB 4 advmod\n believed believe VERB VBN 0 root\n to to PART TO 7 mark\n have have AUX VB 7 aux\n killed kill VERB VBN 4 xcomp\n anyone anyone PRON NN 7 obj";
    assert_eq!(short(&of(not_believed, "killed")), ("negative", "probable"));
}

#[test]
fn nobody_and_no() {
    assert_eq!(of("no no DET DT 2 det\n civilians civilian NOUN NNS 4 nsubj:pass\n were be AUX VBD 4 aux:pass\n killed kill VERB VBN 0 root", "killed").polarity, Polarity::Negative);
    assert_eq!(of("no no DET DT 2 det\n casualties casualty NOUN NNS 4 nsubj:pass\n were be AUX VBD 4 aux:pass\n reported report VERB VBN 0 root", "casualties").polarity, Polarity::Negative);
    assert_eq!(of("there there PRON EX 2 expl\n was be VERB VBD 0 root\n no no DET DT 4 det\n evidence evidence NOUN NN 2 nsubj\n of of ADP IN 6 case\n attacks attack NOUN NNS 4 nmod", "attacks").polarity, Polarity::Negative);
}

#[test]
fn conditions() {
    let lines = "army army NOUN NN 3 nsubj\n would would AUX MD 3 aux\n respond respond VERB VB 0 root\n if if SCONJ IN 6 mark\n rebels rebel NOUN NNS 6 nsubj\n attacked attack VERB VBD 3 advcl";
    assert_eq!(of(lines, "respond").outlook.map(|o| o.kind), Some(ClaimType::Conditional));
    assert_eq!(of(lines, "attacked").outlook.map(|o| o.kind), Some(ClaimType::Conditional));
}

#[test]
fn not_spelled_out_is_unstated() {
    let lines = "Washington Washington PROPN NNP 4 nsubj\n has have AUX VBZ 4 aux\n not not PART RB 4 advmod\n spelled spell VERB VBN 0 root\n out out ADP RP 4 compound:prt\n how how ADV WRB 9 advmod\n support support NOUN NN 9 nsubj\n would would AUX MD 9 aux\n evolve evolve VERB VB 4 ccomp";
    assert_eq!(of(lines, "evolve").certainty, Certainty::Unstated);
}

#[test]
fn phases_and_attempts() {
    assert_eq!(
        of(
            "army army NOUN NN 2 nsubj\n began begin VERB VBD 0 root\n shelling shell VERB VBG 2 xcomp",
            "shelling"
        )
        .phase,
        Some(Phase::Start)
    );
    assert_eq!(
        of("army army NOUN NN 2 nsubj\n lifted lift VERB VBD 0 root\n siege siege NOUN NN 2 obj", "siege")
            .phase,
        Some(Phase::End)
    );
    assert!(of("army army NOUN NN 2 nsubj\n tried try VERB VBD 0 root\n to to PART TO 4 mark\n enter enter VERB VB 2 xcomp", "enter").attempt);
}

#[test]
fn the_next_sentence_may_say_that_it_is_not_verified() {
    let a = analysis(&[
        "rebels rebel NOUN NNS 2 nsubj\n fled flee VERB VBD 0 root",
        "the the DET DT 2 det\n report report NOUN NN 6 nsubj:pass\n could could AUX MD 6 aux\n not not PART RB 6 advmod\n be be AUX VB 6 aux:pass\n verified verify VERB VBN 0 root",
    ]);
    assert_eq!(judge(&a, 0, 1).verified, Some(false));
}
