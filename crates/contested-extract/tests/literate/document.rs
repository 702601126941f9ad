//! Markdown to cases. A case is a fenced `report` block and the blocks that follow it; the nearest heading is its name.
//!
//! ```text
//! ## A commander vouches
//! Any prose.
//!
//! ```report published: 2017-10-18, source: Wire
//! Rebels took Rawa on Tuesday, a commander said.
//! ```
//! ```claims
//! seize +certain rebels @ Rawa [Tuesday=2017-10-17] «commander»
//! ```
//! ```
//!
//! Blocks: `claims` (each line must be found; `!` lines must not; a line `only` forbids every other claim), `misses` (each line is right but not
//! found yet; the test fails when one is, so that it can be moved up), `disputes` (`control Rawa`: question and one name).

use jiff::civil::Date;

use super::notation::{Line, parse};

/// A report and what is expected of it.
#[derive(Debug, Default)]
pub(crate) struct Case {
    /// Nearest heading.
    pub(crate) heading: String,
    /// Line of the report block in its file.
    pub(crate) line: usize,
    /// Outlet.
    pub(crate) source: Option<String>,
    /// Day of publication.
    pub(crate) published: Option<Date>,
    /// Headline.
    pub(crate) title: Option<String>,
    /// The report.
    pub(crate) text: String,
    /// What must, and must not, be found.
    pub(crate) claims: Vec<Line>,
    /// Whether nothing else may be found.
    pub(crate) only: bool,
    /// What should be found and is not yet.
    pub(crate) misses: Vec<Line>,
    /// Question and name.
    pub(crate) disputes: Vec<(String, String)>,
}

/// All cases of a file.
pub(crate) fn cases(markdown: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut heading = String::new();
    let mut lines = markdown.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if line.starts_with('#') {
            line.trim_start_matches('#').trim().clone_into(&mut heading);
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let block: Vec<(usize, &str)> =
            lines.by_ref().take_while(|(_, line)| !line.starts_with("```")).collect();
        let (word, rest) = info.split_once(' ').unwrap_or((info, ""));
        if word == "report" {
            let text: Vec<&str> = block.iter().map(|(_, line)| *line).collect();
            let mut case =
                Case { heading: heading.clone(), line: at + 1, text: text.join("\n"), ..Case::default() };
            info_keys(&mut case, rest).map_err(|error| format!("line {}: {error}", at + 1))?;
            cases.push(case);
            continue;
        }
        if !matches!(word, "claims" | "misses" | "disputes") {
            continue;
        }
        let case = cases.last_mut().ok_or_else(|| format!("line {}: no report before", at + 1))?;
        for (at, line) in block.into_iter().filter(|(_, line)| !line.trim().is_empty()) {
            let here = |error: String| format!("line {}: {error}", at + 1);
            match word {
                "disputes" => {
                    let (question, about) = line.split_once(' ').ok_or_else(|| here("no name".to_owned()))?;
                    case.disputes.push((question.to_owned(), about.trim().to_owned()));
                }
                "claims" if line.trim() == "only" => case.only = true,
                "claims" => case.claims.push(parse(line).map_err(here)?),
                _ => case.misses.push(parse(line).map_err(here)?),
            }
        }
    }
    Ok(cases)
}

/// `published: 2017-10-18, source: Wire`.
fn info_keys(case: &mut Case, info: &str) -> Result<(), String> {
    for pair in info.split(", ").map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(':').ok_or_else(|| format!("`{pair}` is no `key: value`"))?;
        let value = value.trim().to_owned();
        match key {
            "published" => case.published = Some(value.parse().map_err(|error| format!("{value}: {error}"))?),
            "source" => case.source = Some(value),
            "title" => case.title = Some(value),
            _ => return Err(format!("unknown key `{key}`")),
        }
    }
    Ok(())
}
