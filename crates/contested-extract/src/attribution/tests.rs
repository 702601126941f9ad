use super::*;
use crate::testing::{analysis, words};

fn told(a: &contested_language::Analysis) -> Vec<String> {
    statements(a)
        .iter()
        .map(|s| {
            let speaker = s.speaker.as_ref().unwrap();
            let span: Vec<u32> = (speaker.first..=speaker.last).collect();
            let content: Vec<String> =
                s.scope.iter().map(|c| words(&a.sentences[c.sentence], &c.tokens)).collect();
            format!(
                "{} [{}] {}: {}",
                words(&a.sentences[speaker.sentence], &span),
                s.cue_lemma,
                s.stance.as_str(),
                content.join(" | ")
            )
        })
        .collect()
}

#[test]
fn clause_after_the_verb() {
    let a = analysis(&[
        "the the DET DT 2 det\n army army NOUN NN 3 nsubj\n said say VERB VBD 0 root\n rebels rebel NOUN NNS 5 nsubj\n fled flee VERB VBD 3 ccomp\n . . PUNCT . 3 punct",
    ]);
    assert_eq!(told(&a), ["the army [say] asserts: rebels fled"]);
}

#[test]
fn medial_and_adding() {
    let a = analysis(&[
        "rebels rebel NOUN NNS 2 nsubj\n left leave VERB VBD 5 ccomp\n Dara Dara PROPN NNP 2 obj\n , , PUNCT , 5 punct\n said say VERB VBD 0 root\n the the DET DT 7 det\n general general NOUN NN 5 nsubj\n , , PUNCT , 9 punct\n adding add VERB VBG 5 advcl\n that that SCONJ IN 12 mark\n dozens dozen NOUN NNS 12 nsubj\n died die VERB VBD 9 ccomp\n . . PUNCT . 5 punct",
    ]);
    assert_eq!(
        told(&a),
        ["the general [say] asserts: rebels left Dara", "the general [add] asserts: that dozens died"]
    );
}

#[test]
fn final_position_without_a_tree_for_it() {
    // The parser made the saying a relative clause.
    let a = analysis(&[
        "rebels rebel NOUN NNS 2 nsubj\n left leave VERB VBD 0 root\n Dara Dara PROPN NNP 2 obj\n , , PUNCT , 6 punct\n activists activist NOUN NNS 6 nsubj\n said say VERB VBD 3 acl:relcl\n on on ADP IN 8 case\n Monday Monday PROPN NNP 6 obl\n . . PUNCT . 2 punct",
    ]);
    assert_eq!(told(&a), ["activists [say] asserts: rebels left Dara"]);
}

#[test]
fn according_to() {
    let a = analysis(&[
        "rebels rebel NOUN NNS 2 nsubj\n left leave VERB VBD 0 root\n , , PUNCT , 6 punct\n according accord VERB VBG 6 case\n to to ADP IN 4 fixed\n monitors monitor NOUN NNS 2 obl\n . . PUNCT . 2 punct",
    ]);
    assert_eq!(told(&a), ["monitors [according to] asserts: rebels left , ."]);
}

#[test]
fn denial_of_another_claim() {
    let a = analysis(&[
        "Moscow Moscow PROPN NNP 2 nsubj\n said say VERB VBD 0 root\n troops troop NOUN NNS 4 nsubj\n fled flee VERB VBD 2 ccomp\n , , PUNCT , 7 punct\n a a DET DT 7 det\n claim claim NOUN NN 4 parataxis\n Kyiv Kyiv PROPN NNP 9 nsubj\n denied deny VERB VBD 7 acl:relcl\n . . PUNCT . 2 punct",
    ]);
    let all = statements(&a);
    assert_eq!(chain(&all, 0, 3).iter().map(|&i| all[i].cue_lemma.as_str()).collect::<Vec<_>>(), ["say"]);
    assert_eq!(answers(&all, 0, 3).iter().map(|&i| all[i].cue_lemma.as_str()).collect::<Vec<_>>(), ["deny"]);
}

#[test]
fn chains_put_who_vouches_first() {
    let a = analysis(&[
        "radio radio NOUN NN 2 nsubj\n said say VERB VBD 0 root\n a a DET DT 4 det\n general general NOUN NN 5 nsubj\n claimed claim VERB VBD 2 ccomp\n rebels rebel NOUN NNS 7 nsubj\n fled flee VERB VBD 5 ccomp\n . . PUNCT . 2 punct",
    ]);
    let all = statements(&a);
    let chain = chain(&all, 0, 6);
    assert_eq!(chain.iter().map(|&i| all[i].cue_lemma.as_str()).collect::<Vec<_>>(), ["claim", "say"]);
    assert_eq!(all[chain[0]].relayed_by, Some(chain[1]));
}

#[test]
fn citing_makes_a_chain() {
    let a = analysis(&[
        "radio radio NOUN NN 2 nsubj\n reported report VERB VBD 0 root\n rebels rebel NOUN NNS 4 nsubj\n fled flee VERB VBD 2 ccomp\n , , PUNCT , 6 punct\n citing cite VERB VBG 2 advcl\n an an DET DT 8 det\n official official NOUN NN 6 obj\n . . PUNCT . 2 punct",
    ]);
    let all = statements(&a);
    assert_eq!(
        chain(&all, 0, 3).iter().map(|&i| all[i].cue_lemma.as_str()).collect::<Vec<_>>(),
        ["cite", "report"]
    );
}

#[test]
fn unmarked_speech_has_the_next_speaker() {
    let a = analysis(&[
        "our our PRON PRP$ 2 nmod:poss\n goal goal NOUN NN 4 nsubj\n is be AUX VBZ 4 cop\n peace peace NOUN NN 0 root\n . . PUNCT . 4 punct",
        "we we PRON PRP 2 nsubj\n wait wait VERB VBP 6 ccomp\n , , PUNCT , 6 punct\n the the DET DT 5 det\n spokesman spokesman NOUN NN 6 nsubj\n said say VERB VBD 0 root\n . . PUNCT . 6 punct",
    ]);
    assert_eq!(told(&a), ["the spokesman [say] asserts: we wait | our goal is peace ."]);
}

#[test]
fn nobody_reports_in_an_agentless_passive() {
    let a = analysis(&[
        "it it PRON PRP 3 nsubj:pass\n was be AUX VBD 3 aux:pass\n reported report VERB VBN 0 root\n that that SCONJ IN 6 mark\n rebels rebel NOUN NNS 6 nsubj\n fled flee VERB VBD 3 ccomp\n . . PUNCT . 3 punct",
    ]);
    assert!(told(&a).is_empty());
}

#[test]
fn evidence_is_no_source() {
    let a = analysis(&[
        "evidence evidence NOUN NN 2 nsubj\n suggests suggest VERB VBZ 0 root\n rebels rebel NOUN NNS 4 nsubj\n fled flee VERB VBD 2 ccomp\n . . PUNCT . 2 punct",
    ]);
    assert!(told(&a).is_empty());
}
