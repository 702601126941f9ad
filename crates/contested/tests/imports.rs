//! Own actors and places beside the ledger: they take part at once, and a table with an error is refused with file, line and reason.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests write the files they read")]

mod support;

use support::{contested, file};

const HEAD: &str = "id\tname\tkind\tcountry\tpart_of\tnames\tties\trole\tcodes\tucdp\tfrom\n";

#[test]
fn own_actors_take_part_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("contested.db").display().to_string();
    let row = "hill-guard\tHill Guard\tmilitia\tSY\t\tHaras al-Tal;~HG\tenemy:islamic-state@2017..;backer:ru\t\tacled=4\t\tus\n";
    let table = file(&dir, "own.tsv", format!("# a war of ours\n{HEAD}{row}"));
    assert_eq!(contested(&["actors", "lookup", "Haras al-Tal", "--store", &store]).code, Some(1));
    let run = contested(&["actors", "import", &table, "--store", &store]);
    assert!(run.stdout.ends_with("own.actors.tsv: 1 actors\n"), "{}{}", run.stdout, run.stderr);
    let found = contested(&["actors", "lookup", "haras al tal", "--store", &store]);
    assert!(found.stdout.starts_with("Hill Guard (hill-guard)\n"), "{}", found.stdout);
    let sides =
        contested(&["actors", "sides", "hill-guard", "Daesh", "--date", "2018-01-01", "--store", &store]);
    assert_eq!(sides.stdout, "hill-guard and islamic-state: opposed\n");
    // The same import again replaces itself.
    assert_eq!(contested(&["actors", "import", &table, "--store", &store]).code, Some(0));
    let report = file(&dir, "r.txt", "Hill Guard fighters captured Rawa on Tuesday, a commander said.");
    let added = contested(&["add", &report, "--published", "2018-01-03", "--store", &store]);
    assert_eq!(added.code, Some(0), "{}", added.stderr);
    let claims = contested(&["claims", "--json", "--store", &store]).stdout;
    assert!(claims.contains("\"actor\":\"hill-guard\""), "{claims}");
}

#[test]
fn tables_with_errors_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("contested.db").display().to_string();
    let actors = [
        ("a\tAlpha\tarmada\t\t\t\t\t\t\t\tus\n", "`armada` is no kind of actor"),
        ("islamic-state\tAlpha\tmilitia\t\t\t\t\t\t\t\tus\n", "the id `islamic-state` is taken"),
        ("a\tDaesh\tmilitia\t\t\t\t\t\t\t\tus\n", "`daesh` names both `a` and `islamic-state`"),
        ("a\tAlpha\tmilitia\t\t\t\tally:nobody-known\t\t\t\tus\n", "which no table has"),
        ("a\tAlpha\tmilitia\t\t\t\tally:ru@2017-13..\t\t\t\tus\n", "is no tie such as"),
        ("a\tAlpha\tmilitia\n", "3 columns, expected 11"),
    ];
    for (row, reason) in actors {
        let table = file(&dir, "own.tsv", format!("{HEAD}{row}"));
        let run = contested(&["actors", "import", &table, "--store", &store]);
        assert_eq!(run.code, Some(1), "{row}");
        assert!(run.stderr.contains("own.tsv:2: ") && run.stderr.contains(reason), "{}", run.stderr);
    }
    let places = file(&dir, "own.csv", "name,lat,lon\nHamra,95,41\n");
    let run = contested(&["gazetteer", "import", &places, "--store", &store]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("own.csv") && run.stderr.contains('2'), "{}", run.stderr);
    assert!(!dir.path().join("contested-gazetteer").exists(), "nothing is kept of a refused table");
}

#[test]
fn noun_phrases_need_no_entry() {
    for (phrase, said) in [
        ("Kurdish militias", "Kurdish militias (composed, no entry of its own)"),
        ("the government of Jordan", "Jordanian government (jo-government)"),
        ("ministry of defence of Ukraine", "(ua-defence-ministry)"),
        ("US officials", "speaks for   United States"),
    ] {
        let run = contested(&["actors", "lookup", phrase]);
        assert!(run.stdout.contains(said), "{phrase}: {}{}", run.stdout, run.stderr);
    }
    let nobody = contested(&["actors", "lookup", "the yellow hospital curtain"]);
    assert_eq!(nobody.code, Some(1));
}
