//! Who vouches, and how far, through the real pipeline: sentences of our own, as cased copy and as the degraded copy of it.

use contested_extract::attribution::{answers, chain, statements};
use contested_extract::factuality::judge;
use contested_language::{AnalyseOptions, Analysis, analyse};

/// The sentence and token of the first word that reads `word`.
fn find(analysis: &Analysis, word: &str) -> (usize, u32) {
    analysis
        .sentences
        .iter()
        .enumerate()
        .find_map(|(s, sentence)| {
            sentence.tokens.iter().position(|t| t.norm.eq_ignore_ascii_case(word)).map(|t| (s, t as u32))
        })
        .unwrap_or_else(|| panic!("no word `{word}`"))
}

/// The texts of the speakers that vouch for `word`, innermost first.
fn voices(text: &str, word: &str) -> Vec<String> {
    let analysis = analyse(text, &AnalyseOptions::default());
    let (sentence, token) = find(&analysis, word);
    let all = statements(&analysis);
    chain(&all, sentence, token)
        .into_iter()
        .filter_map(|i| all[i].speaker.as_ref())
        .map(|speaker| {
            let words = &analysis.sentences[speaker.sentence].tokens;
            let told: Vec<&str> = words[speaker.first as usize..=speaker.last as usize]
                .iter()
                .map(|t| t.norm.as_str())
                .collect();
            told.join(" ").to_lowercase()
        })
        .collect()
}

/// Lower case, no quotation marks, no apostrophes: as the model report is written.
fn degraded(text: &str) -> String {
    let plain: String = text.to_lowercase().chars().filter(|c| !matches!(c, '"' | '“' | '”')).collect();
    plain.replace(['\'', '’'], " ").replace(',', " ,").replace(". ", " .\n")
}

#[track_caller]
fn vouched(text: &str, word: &str, by: &[&str]) {
    assert_eq!(voices(text, word), by, "cased: {text}");
    assert_eq!(voices(&degraded(text), word), by, "degraded: {text}");
}

#[track_caller]
fn held(text: &str, word: &str, polarity: &str, certainty: &str, outlook: Option<&str>) {
    for copy in [text.to_owned(), degraded(text)] {
        let analysis = analyse(&copy, &AnalyseOptions::default());
        let (sentence, token) = find(&analysis, word);
        let verdict = judge(&analysis, sentence, token);
        let found =
            (verdict.polarity.as_str(), verdict.certainty.as_str(), verdict.outlook.map(|o| o.kind.as_str()));
        assert_eq!(found, (polarity, certainty, outlook), "{copy}: {:?}", verdict.rules);
    }
}

#[test]
fn the_speaker_stands_before_in_the_middle_and_behind() {
    vouched("The army said that rebels shelled Taftanaz on Monday.", "shelled", &["the army"]);
    vouched("Rebels shelled Taftanaz on Monday, the army said.", "shelled", &["the army"]);
    vouched(
        "Rebels shelled Taftanaz on Monday, said the army, adding that two soldiers died.",
        "shelled",
        &["the army"],
    );
    vouched(
        "Rebels shelled Taftanaz on Monday, said the army, adding that two soldiers died.",
        "died",
        &["the army"],
    );
    vouched("Rebels shelled Taftanaz on Monday, according to residents.", "shelled", &["residents"]);
    vouched("According to residents, rebels shelled Taftanaz on Monday.", "shelled", &["residents"]);
}

#[test]
fn plain_telling_is_the_report_itself() {
    vouched("Rebels shelled Taftanaz on Monday.", "shelled", &[]);
    vouched("It was reported that rebels shelled Taftanaz.", "shelled", &[]);
}

#[test]
fn one_source_told_by_another_is_a_chain() {
    vouched(
        "The state news agency reported that rebels had shelled Taftanaz, citing a military official.",
        "shelled",
        &["a military official", "the state news agency"],
    );
}

#[test]
fn a_quotation_goes_on_under_its_speaker() {
    let text = "\"We will not leave the valley,\" the commander said. \"Our men hold every ridge.\"";
    assert_eq!(voices(text, "leave"), ["the commander"]);
    assert_eq!(voices(text, "hold"), ["the commander"]);
}

#[test]
fn an_answer_is_a_second_voice() {
    let text = "The ministry claimed that its troops had entered Mekelle, a claim that the rebels denied.";
    let analysis = analyse(text, &AnalyseOptions::default());
    let (sentence, token) = find(&analysis, "entered");
    let all = statements(&analysis);
    assert_eq!(
        chain(&all, sentence, token).iter().map(|&i| all[i].cue_lemma.as_str()).collect::<Vec<_>>(),
        ["claim"]
    );
    assert_eq!(
        answers(&all, sentence, token).iter().map(|&i| all[i].cue_lemma.as_str()).collect::<Vec<_>>(),
        ["deny"]
    );
}

#[test]
fn denial_and_negation() {
    held("The militia denied that it had crossed the river.", "crossed", "negative", "certain", None);
    held("The town did not fall, residents said.", "fall", "negative", "certain", None);
    held("The army failed to retake the bridge.", "retake", "negative", "certain", None);
    held("The army managed to retake the bridge.", "retake", "positive", "certain", None);
    held("No civilians were killed in the raid.", "killed", "negative", "certain", None);
    held("It is not true that the town was taken.", "taken", "negative", "certain", None);
}

#[test]
fn hedges_are_probable_and_modals_possible() {
    held("Government troops reportedly entered the village.", "entered", "positive", "probable", None);
    held("The general is believed to have fled.", "fled", "positive", "probable", None);
    held("It was unclear whether the jets had bombed the school.", "bombed", "positive", "possible", None);
    held("The fighting may spread to the coast.", "spread", "positive", "possible", Some("prediction"));
}

#[test]
fn what_is_to_come_is_an_outlook() {
    held(
        "The government has vowed to recapture the city.",
        "recapture",
        "positive",
        "certain",
        Some("intent"),
    );
    held("The rebels will withdraw from the city.", "withdraw", "positive", "certain", Some("intent"));
    held(
        "The army would retaliate if the rebels attacked.",
        "retaliate",
        "positive",
        "certain",
        Some("conditional"),
    );
}

#[test]
fn any_text_is_survived() {
    for text in [
        "",
        "said",
        "said said said",
        ": :",
        "according to",
        "\" \" \"",
        "denied denied that",
        "no no not",
        "if if if ?",
    ] {
        let analysis = analyse(text, &AnalyseOptions::default());
        let all = statements(&analysis);
        for (s, sentence) in analysis.sentences.iter().enumerate() {
            for t in 0..sentence.tokens.len() as u32 {
                let _ = (chain(&all, s, t), judge(&analysis, s, t));
            }
        }
    }
}
