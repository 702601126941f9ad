//! The conventions of words, sentences, datelines, roles and quotations, one by one.

use contested_language::{AnalyseOptions, Analysis, SentenceRole, analyse};

fn read(text: &str) -> Analysis {
    analyse(text, &AnalyseOptions { datelines: true, model: false })
}

/// Words parted by "|", sentences by " ‖ ".
fn cut(text: &str) -> String {
    let sentences = read(text).sentences;
    let words = |s: &contested_language::Sentence| {
        s.tokens.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join("|")
    };
    sentences.iter().map(words).collect::<Vec<_>>().join(" ‖ ")
}

fn sentences(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let slice =
        |s: &contested_language::Sentence| chars[s.span.start as usize..s.span.end as usize].iter().collect();
    read(text).sentences.iter().map(slice).collect()
}

#[test]
fn words_are_cut_as_ud_english_cuts_them() {
    for (text, wanted) in [
        ("They don't, can't and won’t.", "They|do|n't|,|ca|n't|and|wo|n’t|."),
        ("It cannot be Syria's.", "It|can|not|be|Syria|'s|."),
        ("U.S.-backed forces near al-Qaim", "U.S.|-|backed|forces|near|al|-|Qaim"),
        ("anti-tank ex-rebel e-mail T-72 re-election", "anti-tank|ex-rebel|e-mail|T|-|72|re-election"),
        (
            "at 5pm 10km cost $1,200, 35% of the 20th in the 1980s",
            "at|5|pm|10|km|cost|$|1,200|,|35|%|of|the|20th|in|the|1980s",
        ),
        ("from 2011–2016 and/or 9/11", "from|2011|–|2016|and|/|or|9/11"),
        ("the villagers' homes", "the|villagers|'|homes"),
        ("Gen. John W. Okoro of Okoro Co. said no.", "Gen.|John|W.|Okoro|of|Okoro|Co.|said|no|."),
        (
            "Write to a.b@example.org, or see https://example.org/a-b.",
            "Write|to|a.b@example.org|,|or|see|https://example.org/a-b|.",
        ),
        ("\"Yes,\" he said... (‘no’)", "\"|Yes|,|\"|he|said|...|(|‘|no|’|)"),
        ("Shi'ite, O'Connor's, d'état", "Shi'ite|,|O'Connor|'s|,|d'état"),
        ("dont", "do|nt"),
    ] {
        assert_eq!(cut(text), wanted);
    }
}

#[test]
fn stripped_copy_is_put_together_again() {
    for (text, wanted) in [
        ("syria s army don t move", "syria 's army do n't move"),
        ("shi ite men in sana a", "shi'ite men in sana'a"),
        ("u.s . forces under gen . smith", "u.s. forces under gen. smith"),
        ("1 , 200 men at 10 : 30", "1,200 men at 10:30"),
        ("in 2015 , 12 men", "in 2015 , 12 men"),
        ("they ll say it s over and we re not", "they 'll say it 's over and we 're not"),
        ("in the 1990 s", "in the 1990s"),
    ] {
        let analysis = read(text);
        let norms: Vec<&str> = analysis.sentences[0].tokens.iter().map(|t| t.norm.as_str()).collect();
        assert_eq!(norms.join(" "), wanted);
    }
}

#[test]
fn sentences_end_where_they_end() {
    for (text, wanted) in [
        ("The army left at 5 a.m. Monday. It returned.", 2),
        ("Forces of the U.S. Army arrived. No. 5 brigade left.", 2),
        ("He fled to the U.S. The army followed.", 2),
        ("Rebels left the U.N. compound on Jan. 6.", 1),
        ("It cost 3.5 million. Who paid? Nobody!", 3),
        ("Troops arrived.Meanwhile the town burned.", 2),
        ("\"We won.\" He left. \"We lost,\" she said.", 3),
        ("“Is it over?” he asked. “No!” she said.", 2),
        ("the town fell . the army left . u.s . forces came .", 3),
        ("The town fell.[4] The army left.", 2),
        ("Talks... went on. They ended...", 2),
        ("Islamic State loses Rawa\n\nThe town fell on Friday.", 2),
        ("- first item\n- second item\n- third item", 3),
        ("Lt. Col. A. B. Okoro, Jr., spoke.", 1),
        ("According to P. W. Okoro it fell.", 1),
    ] {
        let found = sentences(text);
        assert_eq!(found.len(), wanted, "{found:?}");
    }
}

#[test]
fn wrapped_lines_are_one_paragraph() {
    let text = "The column of the northern brigade reached the river on Friday\nand took the bridge after a day of fighting, its commander, a\nformer teacher, said. Nobody was hurt. The brigade then crossed\nthe river and went on.";
    let found = read(text);
    assert_eq!(found.sentences.len(), 3);
    assert!(found.sentences.iter().all(|s| s.paragraph == 0));
}

#[test]
fn datelines_are_taken_off() {
    for (text, place, agency, date) in [
        ("BEIRUT (Reuters) - The army left.", Some("BEIRUT"), Some("Reuters"), None),
        ("beirut ( reuters ) - the army left .", Some("beirut"), Some("reuters"), None),
        ("ALEPPO, Syria, Dec 19 (SANA) — The army left.", Some("ALEPPO"), Some("SANA"), Some("Dec 19")),
        ("Damascus, SANA – The army left.", Some("Damascus"), Some("SANA"), None),
        ("(Reuters) - The army left.", None, Some("Reuters"), None),
        ("DEIR AL-ZOR, Syria (AP) — The army left.", Some("DEIR AL-ZOR"), Some("AP"), None),
        ("December 19 2016 Rebels left the town.", None, None, Some("December 19 2016")),
        ("Wed 05 Apr 2017 Rebels left the town.", None, None, Some("Wed 05 Apr 2017")),
        ("Published July 5 2016 A town fell.", None, None, Some("July 5 2016")),
        ("Last updated at Nov 022017 BEIRUT Syrian rebels left.", Some("BEIRUT"), None, Some("Nov 022017")),
    ] {
        let analysis = read(text);
        let found = analysis.dateline.as_ref().unwrap_or_else(|| panic!("{text}"));
        let chars: Vec<char> = text.chars().collect();
        let slice = |span: Option<contested_model::Span>| {
            span.map(|span| chars[span.start as usize..span.end as usize].iter().collect::<String>())
        };
        assert_eq!(slice(found.place).as_deref(), place, "{text}");
        assert_eq!(slice(found.agency).as_deref(), agency, "{text}");
        assert_eq!(slice(found.date).as_deref(), date, "{text}");
        assert!(analysis.sentences[0].span.start >= found.span.end, "{text}");
        assert_eq!(analysis.sentences.len(), 1, "{text}");
    }
}

#[test]
fn sentences_that_look_like_datelines_are_not() {
    for text in [
        "Syria - a country at war - has no such law.",
        "An F - 16 crashed.",
        "22 September 2012, a group attacked the post.",
        "On 14 April, rebels left.",
        "The town (population 5,000) fell - again.",
    ] {
        assert_eq!(read(text).dateline, None, "{text}");
    }
}

#[test]
fn furniture_and_headlines_are_told_apart() {
    let text = "Army takes Rawa\n\nThe army took Rawa on Friday.\n(Reporting by A. Okoro; Editing by B. Smith)\nOur Standards: The principles.\nRead more";
    let roles: Vec<SentenceRole> = read(text).sentences.iter().map(|s| s.role).collect();
    assert_eq!(roles[..2], [SentenceRole::Headline, SentenceRole::Body]);
    assert!(roles[2..].iter().all(|&role| role == SentenceRole::Furniture), "{roles:?}");
}

#[test]
fn quotations_run_over_sentences() {
    let text = "He said: \"We left. We lost.\" They stayed. “It is ‘over’, all of it,” she said.";
    let quoted: Vec<String> = read(text)
        .sentences
        .iter()
        .flat_map(|s| &s.tokens)
        .filter(|t| t.quoted)
        .map(|t| t.text.clone())
        .collect();
    assert_eq!(quoted.join(" "), "We left . We lost . It is ‘ over ’ , all of it ,");
}

#[test]
fn empty_and_strange_texts_are_read() {
    for text in ["", " \n\n ", "\u{200b}", ".", "\"", "—", "\u{0}\u{1}", "🚀🚀", "مرحبا بالعالم."]
    {
        let _ = read(text);
    }
}
