//! Literate tests: every Markdown file in `tests/claims/` is a suite of reports and of what must be told by them. The notation is described in
//! `tests/literate/notation.rs` and, with examples, in CONTRIBUTING.md.
//!
//! `CONTESTED_CASE=words cargo test -p contested-extract --test claims` runs the cases whose file or heading holds the words.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests read their cases and tell what they found"
)]

mod literate;

use std::fmt::Write as _;
use std::path::Path;

use contested_extract::Extractor;
use contested_knowledge::Knowledge;
use contested_model::Report;
use literate::document::{Case, cases};
use literate::matching::complaints;
use literate::notation::render;

#[test]
fn every_case_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    assert!(!files.is_empty(), "no cases");
    let only = std::env::var("CONTESTED_CASE").unwrap_or_default();
    let extractor = Extractor::new(Knowledge::embedded());
    let (mut failures, mut count) = (String::new(), 0);
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        for case in cases(&text).unwrap_or_else(|error| panic!("{name}: {error}")) {
            if format!("{name} {}", case.heading).contains(&only) {
                count += 1;
                check(&name, &case, &extractor, &mut failures);
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    eprintln!("{count} cases");
}

/// Appends what is wrong with a case, and what was found instead.
fn check(file: &str, case: &Case, extractor: &Extractor<'_>, failures: &mut String) {
    let report = Report {
        id: Some("case".to_owned()),
        source: case.source.clone(),
        published: case.published,
        title: case.title.clone(),
        text: case.text.clone(),
        ..Report::default()
    };
    let claims = extractor.extract(&report).claims;
    let disputes = contested_assess::disputes_in_report(&claims);
    let wrong = complaints(case, &claims, &disputes);
    if wrong.is_empty() {
        return;
    }
    let _ = writeln!(failures, "{file}:{}: {}", case.line, case.heading);
    for complaint in wrong {
        let _ = writeln!(failures, "  {complaint}");
    }
    let _ = writeln!(failures, "  found:");
    for claim in &claims {
        let _ = writeln!(failures, "    {}", render(claim));
    }
    for dispute in &disputes {
        let _ = writeln!(
            failures,
            "    dispute: {:?} {}",
            dispute.dispute.question,
            dispute.dispute.about.join(", ")
        );
    }
    failures.push('\n');
}
