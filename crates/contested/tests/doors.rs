//! Files of every kind through the program: read by content, told, kept; nothing twice, nothing misread.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests write the files they read")]

mod support;

use std::io::Write as _;

use support::{contested, contested_with, file};

const CSV: &str = "article_content,source,date\n\"Rebels captured the town of Rawa on Tuesday, a commander said.\",Wire,2/13/2017\n\
    \"L'armée a repris la ville mercredi après trois jours de combats, selon un porte-parole du ministère de la défense.\",Agence,2/14/2017\n";
const PAGE: &str = "<html><head><title>Town falls</title><meta property='og:site_name' content='The Wire'></head>\
    <body><p>Rebels captured the town of Rawa on Tuesday, a commander said.</p></body></html>";
const FEED: &str = "<rss version='2.0'><channel><title>Feed</title><item><guid>1</guid><pubDate>Wed, 08 Nov 2017 10:00:00 GMT</pubDate>\
    <description>&lt;p&gt;The army shelled Mosul on Monday, a monitor said.&lt;/p&gt;</description></item></channel></rss>";

#[test]
fn every_kind_is_read_by_content_and_added_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("l.db").display().to_string();
    let inputs = dir.path().join("in");
    std::fs::create_dir(&inputs).unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(inputs.join(name), bytes).unwrap();
    put("a", CSV.as_bytes());
    put("b", PAGE.as_bytes());
    put("c", FEED.as_bytes());
    put("d", b"[{\"text\": \"Rebels took Raqqa on Monday.\", \"published\": \"2017-11-08\"}]");
    let add = || contested(&["add", &inputs.display().to_string(), "--store", &store]);
    let first = add();
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert!(first.stdout.starts_with("added 5 reports: "), "{}", first.stdout);
    assert!(
        first.stdout.trim_end().ends_with(
            "1 of the new reports has no date; 1 report was not read, for it is not English (French 1)"
        ),
        "{}",
        first.stdout
    );
    assert!(
        first
            .stderr
            .contains("columns are guessed: text=article_content,source=source,published=date:%m/%d/%Y")
    );
    assert_eq!(add().stdout, "nothing added; 5 reports were already in the ledger\n");
    let db = rusqlite::Connection::open(&store).unwrap();
    let unread: (String, String) = db
        .query_row("SELECT outlet, detail FROM v_unread", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(unread, ("Agence".to_owned(), "fra".to_owned()));
    let all = contested(&["add", "--reextract", "--store", &store]);
    assert!(all.stdout.starts_with("nothing added"), "{}", all.stdout);
}

#[test]
fn mappings_are_heeded_and_mistakes_told() {
    let dir = tempfile::tempdir().unwrap();
    let table = file(&dir, "t", "a;b\nRebels took Rawa on Monday.;8/11/2017\n");
    let run = contested(&["extract", &table, "--map", "text=a,published=b:%d/%m/%Y"]);
    assert!(run.stdout.contains("\"published\":\"2017-11-08\""), "{} {}", run.stdout, run.stderr);
    assert_eq!(contested(&["extract", &table, "--map", "words=a"]).code, Some(2));
    let run = contested_with(&["extract", "-"], b"x,y,z\n1,2,3\n4,5,6\n7,8,9\n");
    assert!(run.code == Some(4) && run.stderr.contains("--map text=COLUMN"), "{}", run.stderr);
}

#[test]
fn a_folder_is_followed_and_nothing_is_added_twice() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("inbox")).unwrap();
    std::fs::write(dir.path().join("inbox/a.html"), PAGE).unwrap();
    let feeds = file(&dir, "feeds.toml", "[[folder]]\npath = \"inbox\"\nsource = \"Desk\"\n");
    let store = dir.path().join("l.db").display().to_string();
    let dry = contested(&["watch", &feeds, "--dry-run", "--store", &store]);
    assert!(dry.stdout.contains("a.html: would add 1 of 1"), "{} {}", dry.stdout, dry.stderr);
    assert!(!std::path::Path::new(&store).exists());
    let once = || contested(&["watch", &feeds, "--once", "--store", &store]);
    assert!(once().stdout.contains("a.html: added 1 report"));
    assert_eq!(once().stdout, "");
    let mut more = std::fs::OpenOptions::new().append(true).open(dir.path().join("inbox/a.html")).unwrap();
    more.write_all(b"<p>The army denied that it had lost the town.</p>").unwrap();
    assert!(once().stdout.contains("a.html: added 1 report"), "a file that changed is read again");
}

#[test]
fn addresses_inside_the_network_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let feeds = file(&dir, "feeds.toml", "[[feed]]\nurl = \"http://127.0.0.1:9/rss\"\n");
    let store = dir.path().join("l.db").display().to_string();
    let run = contested(&["watch", &feeds, "--once", "--store", &store]);
    assert_eq!(run.code, Some(4), "{}", run.stderr);
    assert!(run.stderr.contains("leads into a private network (127.0.0.1)"), "{}", run.stderr);
    // It is left alone now.
    assert_eq!(contested(&["watch", &feeds, "--once", "--store", &store]).code, Some(0));
}
