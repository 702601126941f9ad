//! `analyse --conllu` keeps the rules by which UD's validator judges a file at level 2.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test may fail, and its support writes files"
)]

mod support;

use std::collections::BTreeSet;

use support::contested_with;

/// Reports as they come and as they should not: datelines, stripped copy, strange spaces, marks that CoNLL-U uses itself, odd ids.
const REPORTS: &[(&str, &str)] = &[
    (
        "plain",
        "NORTHPORT (Example News) - The army didn't enter Tel Amar, it said.\n\n\"We cannot,\" the commander's aide added. U.S.-backed units wouldn't either.",
    ),
    (
        "stripped copy",
        "the army of the u.s .-backed front didn t take syria s town . it killed 1 , 200 ( source : gen . x )",
    ),
    ("a/b\tc", "He said:\u{2028}\"No.\"\n\u{200b}Zero\u{a0}width, 1\u{a0}200 men.\tTab here. so\u{ad}ft"),
    ("marks", "_ __ \\ | = a|b=c # d\n- one\n- two\n• three http://example.org/a|b, x@example.org"),
    ("letters", "🚀🚀 مرحبا بالعالم. 北京 Cafe\u{301} \u{301}alone. O'Neill's 'tis the '90s rock 'n' roll."),
    ("marks", "The same id again. Wow!!! ... (Reporting by A. Okoro)"),
];

const TAGS: &str = " ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X ";

#[test]
fn what_is_written_is_conllu() {
    let mut input = String::new();
    for (id, text) in REPORTS {
        input.push_str(&serde_json::json!({"id": id, "text": text}).to_string());
        input.push('\n');
    }
    let run = contested_with(&["analyse", "--conllu", "-"], input.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let mut letters = String::new();
    let mut documents = 0;
    let mut ids = BTreeSet::new();
    for block in run.stdout.split_terminator("\n\n") {
        documents += block.lines().filter(|line| line.starts_with("# newdoc id = ")).count();
        let id = block.lines().find(|line| line.starts_with("# sent_id = "));
        assert!(ids.insert(id), "{id:?} twice");
        letters.push_str(&check(block));
    }
    assert_eq!(documents, REPORTS.len());
    // Every word of every text is there, datelines too.
    for word in ["NORTHPORT", "(ExampleNews)", "didn't", "cannot", "1,200", "a|b=c", "Café", "'n'roll."] {
        assert!(letters.contains(word), "{word} in {letters}");
    }
}

/// One sentence; gives its words without the space between.
fn check(block: &str) -> String {
    let comment = |key: &str| block.lines().find_map(|line| line.strip_prefix(key));
    let id = comment("# sent_id = ").unwrap_or_else(|| panic!("no sent_id: {block}"));
    assert!(!id.is_empty() && !id.contains([' ', '\t', '/']), "{id}");
    let text = comment("# text = ").unwrap_or_else(|| panic!("no text: {block}"));
    assert_eq!(text, text.trim(), "{block}");
    let (mut rebuilt, mut count, mut roots, mut covered) = (String::new(), 0, 0, 0);
    let mut heads = vec![0_usize];
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 10, "{line}");
        assert!(columns.iter().all(|column| !column.is_empty() && *column == column.trim()), "{line}");
        let spaced = if columns[9].split('|').any(|item| item == "SpaceAfter=No") { "" } else { " " };
        if let Some((first, last)) = columns[0].split_once('-') {
            assert_eq!((first.parse(), last.parse()), (Ok(count + 1), Ok(count + 2)), "{line}");
            assert!(columns[2..9].iter().all(|column| *column == "_"), "{line}");
            rebuilt.push_str(columns[1]);
            rebuilt.push_str(spaced);
            covered = count + 2;
            continue;
        }
        count += 1;
        assert_eq!(columns[0].parse(), Ok(count), "{line}");
        assert!(TAGS.contains(&format!(" {} ", columns[3])), "{line}");
        let head: usize = columns[6].parse().unwrap();
        assert!(head != count && (head == 0) == (columns[7] == "root"), "{line}");
        roots += usize::from(head == 0);
        heads.push(head);
        let keys: Vec<&str> = columns[9].split('|').filter_map(|item| item.split('=').next()).collect();
        assert_eq!(keys.len(), keys.iter().collect::<BTreeSet<_>>().len(), "{line}");
        if count > covered {
            rebuilt.push_str(columns[1]);
            rebuilt.push_str(spaced);
        }
    }
    assert_eq!(rebuilt.trim_end(), text, "{block}");
    assert_eq!(roots, 1, "{block}");
    for start in 1..heads.len() {
        let (mut at, mut steps) = (start, 0);
        while at != 0 {
            assert!(heads[at] <= count && steps <= count, "cycle in {block}");
            at = heads[at];
            steps += 1;
        }
    }
    rebuilt.split_whitespace().collect()
}
