//! Normal, lower-cased, tokenised and apostrophe-stripped copy of a sentence give the same words.

use contested_language::{AnalyseOptions, Analysis, analyse};
use proptest::prelude::*;

const WORDS_ONLY: AnalyseOptions = AnalyseOptions { datelines: true, model: false };

fn words(text: &str) -> Analysis {
    analyse(text, &WORDS_ONLY)
}

/// Norms of all words, but for quotation marks, which some copies lose.
fn norms(text: &str) -> Vec<String> {
    let analysis = words(text);
    let tokens = analysis.sentences.into_iter().flat_map(|sentence| sentence.tokens);
    tokens.map(|token| token.norm).filter(|norm| norm != "\"" && norm != "'").collect()
}

/// How archives of news degrade text: lower case, apostrophes and quotation marks to spaces, marks apart.
fn stripped(text: &str) -> String {
    let mut out = String::new();
    let chars: Vec<char> = text.to_lowercase().chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '\'' | '‘' | '’' | 'ʼ' | '`' | '´' | '“' | '”' | '"' | '«' | '»' => out.push(' '),
            ',' | ';' | ':' | '(' | ')' | '?' | '!' | '[' | ']' | '…' | '—' | '–' => {
                out.extend([' ', c, ' ']);
            }
            // Marks that turned into spaces count as spaces for the period before them.
            '.' if chars
                .get(at + 1)
                .is_none_or(|&next| next.is_whitespace() || "'’\"”»,;:()?![]…—–".contains(next)) =>
            {
                out.push_str(" .");
            }
            _ => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tokenised(text: &str) -> String {
    let analysis = words(text);
    let tokens = analysis.sentences.iter().flat_map(|sentence| &sentence.tokens);
    tokens.map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn subject() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "The U.S.-backed alliance",
        "Syria's army",
        "Iran-backed Shi'ite militias",
        "Gen. John W. Okoro",
        "Lt. Col. Samir al-Khatib",
        "Da'esh",
        "The city’s governor",
        "Two Su-24 jets",
        "Anti-tank units",
        "Hundreds of pro-government fighters",
        "U.S. forces",
        "The U.N. envoy",
        "An F-16",
        "O'Connor’s brigade",
        "Forces (loyal to the council)",
        "No. 5 brigade",
    ])
}

fn verb() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "didn't enter",
        "captured",
        "won’t leave",
        "can't hold",
        "cannot reach",
        "hasn't denied taking",
        "said it's leaving",
        "said they’ve lost",
        "shelled",
        "retook – and then lost –",
        "\"liberated\"",
        "‘cleansed’",
        "took over",
        "isn't near",
    ])
}

fn object() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "al-Qaim",
        "Deir al-Zor",
        "1,200 square km of land",
        "the Abu Kamal-Qaim road",
        "12,500 people's homes",
        "three towns",
        "a base 35km east of Rawa",
        "Sana'a",
        "the mid-1990s barracks",
        "Mar'ib's outskirts",
        "20–30 villages",
        "hill 1,070",
        "Mosul, Iraq’s second city,",
    ])
}

fn when() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "at 10:30 on Friday",
        "on Sept. 11, 2016",
        "at 5 a.m. on Monday",
        "in the 1990's",
        "on 9/11",
        "overnight",
        "last week",
        "between 3 and 4 p.m. on Jan. 6",
    ])
}

fn sentence() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec![".", "!", "?", "...", ".\"", " (see map)."]);
    (subject(), verb(), object(), when(), end).prop_map(|(subject, verb, object, when, end)| {
        let open = if end == ".\"" { "\"" } else { "" };
        format!("{open}{subject} {verb} {object} {when}{end}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn copies_align_word_for_word(sentence in sentence()) {
        let normal = norms(&sentence);
        prop_assert_eq!(&normal, &norms(&sentence.to_lowercase()), "lower case of {}", sentence);
        prop_assert_eq!(&normal, &norms(&tokenised(&sentence)), "tokenised: {}", tokenised(&sentence));
        prop_assert_eq!(&normal, &norms(&stripped(&sentence)), "stripped: {}", stripped(&sentence));
    }

    #[test]
    fn a_sentence_a_line_stays_so_in_every_copy(sentences in prop::collection::vec(sentence(), 1..6)) {
        let normal = sentences.join("\n");
        let lines: Vec<String> = sentences.iter().map(|s| stripped(s)).collect();
        for text in [normal.clone(), normal.to_lowercase(), lines.join("\n")] {
            prop_assert_eq!(words(&text).sentences.len(), sentences.len(), "{}", text);
        }
    }

    #[test]
    fn any_text_gives_words_in_order_that_slice_back(text in any_text()) {
        let analysis = words(&text);
        let chars: Vec<char> = text.chars().collect();
        let mut at = 0;
        for sentence in &analysis.sentences {
            prop_assert!(!sentence.tokens.is_empty());
            for token in &sentence.tokens {
                let (start, end) = (token.span.start as usize, token.span.end as usize);
                prop_assert!(at <= start && start < end && end <= chars.len());
                prop_assert_eq!(chars[start..end].iter().collect::<String>(), token.text.as_str());
                prop_assert!(!token.norm.is_empty());
                at = end;
            }
            prop_assert_eq!(sentence.span.start, sentence.tokens[0].span.start);
            prop_assert_eq!(sentence.span.end, sentence.tokens[sentence.tokens.len() - 1].span.end);
        }
    }

    #[test]
    fn nothing_but_white_space_and_datelines_is_left_out(text in any_text()) {
        let analysis = analyse(&text, &AnalyseOptions { datelines: false, model: false });
        let mut covered = vec![false; text.chars().count()];
        for token in analysis.sentences.iter().flat_map(|s| &s.tokens) {
            covered[token.span.start as usize..token.span.end as usize].fill(true);
        }
        for (c, covered) in text.chars().zip(covered) {
            prop_assert!(covered || !(c.is_alphanumeric() || c.is_ascii_punctuation()), "{:?} lost", c);
        }
    }
}

/// Anything, with what texts are made of more often than chance would have it.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => sentence(),
        4 => "[a-zA-Z0-9.,:;'\"()\\[\\]!?$%&/@#*+=_-]{1,12}",
        2 => "\\PC{0,8}",
        1 => any::<String>(),
        2 => prop::sample::select(vec![" ", "\n", "\r\n", "\n\n", "\t", "\u{a0}", "\u{200b}", "s", "t", "don", "u.s .", "BEIRUT (Reuters) -", "Dec. 19 2016", "…", "“", "”", "'"]).prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.join(" "))
}

#[test]
fn time_is_linear_in_the_length_of_a_line() {
    // Lines that tempt every look-ahead; quadratic work would take hours.
    let mixed = "U.S. forces don t hold 1 , 200 men ( \"x' ) . a@ http:// 1-2-3 ?) ".repeat(170_000);
    assert!(!words(&mixed).sentences.is_empty());
    for unit in [
        "a", "a.", "1-", "1,000 , ", "?)", ". ", "' ", "\"", "don t ", "- ", "U.S. ", "(", "x'", "http://",
        "a@", "shi ite ",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        assert!(!words(&text).sentences.is_empty(), "{unit:?}");
    }
}
