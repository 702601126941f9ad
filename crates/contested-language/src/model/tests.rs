use super::*;

#[derive(serde::Deserialize)]
struct Row {
    tokens: Vec<String>,
    upos: Vec<String>,
    heads: Vec<u32>,
    deprels: Vec<String>,
    first_state: Vec<f32>,
    last_state: Vec<f32>,
}

/// Stored activations of the network as trained, in floating point.
#[test]
fn agrees_with_the_network_as_trained() {
    let rows: Vec<Row> =
        serde_json::from_str(include_str!("../../data/parity.json")).expect("the fixture is JSON");
    let words: Vec<Vec<&str>> = rows.iter().map(|r| r.tokens.iter().map(String::as_str).collect()).collect();
    let sentences: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
    let (found, states) = Model::embedded().annotate_with_states(&sentences);
    let (mut same, mut all) = (0, 0);
    for ((row, annotation), states) in rows.iter().zip(&found).zip(&states) {
        let last = states.values.len() - row.last_state.len();
        for (want, got) in row
            .first_state
            .iter()
            .zip(&states.values)
            .chain(row.last_state.iter().zip(&states.values[last..]))
        {
            assert!((want - got).abs() < 0.06, "{:?}: {want} {got}", row.tokens);
        }
        for (i, token) in annotation.tokens.iter().enumerate() {
            all += 3;
            same += usize::from(token.upos.as_str() == row.upos[i]);
            same += usize::from(token.head.map_or(0, |h| h + 1) == row.heads[i]);
            same += usize::from(token.deprel.as_str() == row.deprels[i]);
        }
    }
    // Quantising may tip a doubtful word; it must not change the picture.
    assert!(same * 100 >= all * 96, "{same} of {all} labels agree");
}

/// Sentences out of a seeded mixture of words as they come in reports, clean and damaged.
fn generated(count: usize, longest: usize) -> Vec<Vec<String>> {
    const WORDS: &[&str] = &[
        "the", "The", "rebels", "army", "syria", "Syria", "s", "'s", ",", ".", "\"", "_q_", "seized", "said",
        "on", "Tuesday", "12", "2017", "al", "-", "Qasr", "a", "town", "killed", "KILLED", "was", "by",
        "near", "of", "it", "denied", "that", "n't", "Mi-8", "état", "U.S.", "u.s.", "(", ")", "forces",
        "drone", "zzqx",
    ];
    let mut state = 7_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    (0..count)
        .map(|_| (0..=next() % longest).map(|_| WORDS[next() % WORDS.len()].to_owned()).collect())
        .collect()
}

fn borrowed(sentences: &[Vec<String>]) -> Vec<Vec<&str>> {
    sentences.iter().map(|s| s.iter().map(String::as_str).collect()).collect()
}

#[test]
fn plain_and_vector_paths_agree_bit_for_bit() {
    // Mostly short ones: the plain path is slow, and it is the number of different batches that counts.
    let sentences = [generated(4_900, 9), generated(100, 60)].concat();
    for part in borrowed(&sentences).chunks(100) {
        let part: Vec<&[&str]> = part.iter().map(Vec::as_slice).collect();
        assert_eq!(Model::embedded().annotate(&part), Model::embedded().annotate_plainly(&part));
    }
}

/// `TEXTS=FILE cargo test … -- --ignored` with a report a line.
#[test]
#[ignore = "needs texts: TEXTS=FILE, one a line"]
#[allow(clippy::disallowed_methods, reason = "reads the texts it is told to")]
fn plain_and_vector_paths_agree_on_texts() {
    let path = std::env::var("TEXTS").expect("TEXTS names a file");
    let texts = std::fs::read_to_string(path).expect("a readable file");
    for text in texts.lines() {
        let analysis =
            crate::analyse(text, &crate::AnalyseOptions { model: false, ..crate::AnalyseOptions::default() });
        let words: Vec<Vec<&str>> = analysis
            .sentences
            .iter()
            .map(|sentence| sentence.tokens.iter().map(|token| token.text.as_str()).collect())
            .collect();
        let words: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
        assert_eq!(Model::embedded().annotate(&words), Model::embedded().annotate_plainly(&words));
    }
}

#[test]
fn a_sentence_does_not_depend_on_its_neighbours() {
    let sentences = generated(60, 30);
    let words = borrowed(&sentences);
    let all: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
    let together = Model::embedded().annotate(&all);
    for (sentence, annotation) in all.iter().zip(&together) {
        assert_eq!(&Model::embedded().annotate(&[sentence])[0], annotation);
    }
}

#[test]
fn every_sentence_has_one_root_and_no_cycle() {
    let long: Vec<&str> = std::iter::repeat_n(["the", "army", "said", ","], 170).flatten().collect();
    let sentences: [&[&str]; 3] = [&[], &["?"], &long];
    let found = Model::embedded().annotate(&sentences);
    assert_eq!(found[0], SentenceAnnotation::default());
    for (sentence, annotation) in sentences.iter().zip(&found).skip(1) {
        assert_eq!(annotation.tokens.len(), sentence.len());
        assert_eq!(annotation.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
        for start in 0..annotation.tokens.len() {
            let (mut at, mut steps) = (start as u32, 0);
            while let Some(head) = annotation.tokens[at as usize].head {
                at = head;
                steps += 1;
                assert!(steps <= annotation.tokens.len(), "cycle");
            }
        }
    }
}

#[test]
fn the_name_of_the_weights_is_a_hash() {
    let id = Model::embedded().id();
    assert!(
        id.len() == 19 && id.starts_with("b3:") && id[3..].chars().all(|c| c.is_ascii_hexdigit()),
        "{id}"
    );
}
