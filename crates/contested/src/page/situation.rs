//! The situation report, set for people.

use contested_assess::{Disputed, Line, Situation, Status, type_in_words};
use contested_model::Question;

use super::source::{all, attributed, quoted};
use super::{Page, control, count, day};

/// Most lines of each part; `--all` lifts them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Events, ties, expectations.
    pub(crate) lines: usize,
    /// Places and disputes.
    pub(crate) places: usize,
    /// Sources by name on a line.
    pub(crate) sources: usize,
}

impl Limits {
    /// What fits a few screens.
    pub(crate) const BRIEF: Self = Self { lines: 10, places: 25, sources: 4 };
    /// Everything.
    pub(crate) const ALL: Self = Self { lines: usize::MAX, places: usize::MAX, sources: usize::MAX };
}

/// Sets `situation` on `page`.
pub(crate) fn set(page: &mut Page, situation: &Situation, limits: Limits) {
    head(page, situation);
    holders(page, situation, limits);
    disputes(page, situation, limits);
    page.heading(&format!("What changed since {}", day(situation.since)));
    lines(page, &situation.changes, limits, true);
    if !situation.ground.is_empty() {
        page.heading("Ground held in part, and regions");
        lines(page, &situation.ground, limits, false);
    }
    page.heading("Who backs, leads and fights whom");
    lines(page, &situation.ties, limits, false);
    page.heading("What is expected and intended");
    outlook(page, &situation.outlook, limits);
    page.heading("What could not be placed or dated");
    loose(page, situation, limits);
}

fn head(page: &mut Page, situation: &Situation) {
    let area = situation.area.as_ref().map_or_else(String::new, |area| format!(" in {area}"));
    page.heading(&format!("Situation{area} on {}", day(situation.as_of)));
    let reports: usize = situation.outlets.iter().map(|o| o.reports).sum();
    let outlets: Vec<String> =
        situation.outlets.iter().take(8).map(|o| format!("{} {}", o.name, o.reports)).collect();
    let known = situation
        .known_at
        .map_or_else(String::new, |at| format!(", using only what had been reported by {}", day(at)));
    page.paragraph(
        "",
        &format!(
            "{} from {} ({}){known}.",
            count(situation.claims, "claim", "claims"),
            count(reports, "report", "reports"),
            outlets.join(", ")
        ),
    );
    page.aside("", "Nothing here is stated as fact: every line says who tells it (outlet ← root source, day of the report).");
}

fn holders(page: &mut Page, situation: &Situation, limits: Limits) {
    page.heading("Who holds what");
    if situation.control.is_empty() {
        page.aside("  ", "No claim says who holds a town.");
    }
    for place in situation.control.iter().take(limits.places) {
        let most = match place.status {
            Status::Contested => 4,
            Status::Held | Status::Unclear => 2,
            Status::Unknown => 1,
        };
        control::brief(page, place, most);
    }
    more(page, situation.control.len(), limits.places);
}

/// The disputes alone.
pub(crate) fn disputes(page: &mut Page, situation: &Situation, limits: Limits) {
    page.heading("Disputes");
    if situation.disputes.is_empty() {
        page.aside("  ", "No two sources contradict each other.");
    }
    for dispute in situation.disputes.iter().take(limits.places) {
        page.strong("  ✕ ", &title(dispute));
        for side in &dispute.sides {
            page.paragraph("    – ", &side.says.iter().take(3).cloned().collect::<Vec<_>>().join("; "));
            for telling in side.told_by.iter().take(limits.sources) {
                page.paragraph("        ", &attributed(telling));
                page.aside("          ", &quoted(telling));
            }
            more(page, side.told_by.len(), limits.sources);
        }
    }
    more(page, situation.disputes.len(), limits.places);
}

fn title(dispute: &Disputed) -> String {
    let question = match dispute.question {
        Question::Control => "Who holds",
        Question::Occurrence => "Did it happen:",
        Question::Responsibility => "Who did it:",
        Question::Casualties => "How many were hurt:",
        Question::Motive => "Why:",
    };
    let open = format!("open since {}", day(dispute.opened));
    format!(
        "{question} {} ({open}; {})",
        dispute.about.join(", "),
        count(dispute.reports, "report", "reports")
    )
}

fn lines(page: &mut Page, lines: &[Line], limits: Limits, quote: bool) {
    if lines.is_empty() {
        page.aside("  ", "Nothing was told.");
    }
    for line in lines.iter().take(limits.lines) {
        let when = if line.dated { day(line.day) } else { format!("told {}", day(line.day)) };
        let denied = if line.denied_by.is_empty() { "" } else { " · DENIED" };
        page.paragraph("  • ", &format!("{} ({when}){denied}", line.text));
        page.aside("      ", &all(&line.told_by, limits.sources));
        if !line.denied_by.is_empty() {
            page.paragraph("      denied by ", &all(&line.denied_by, limits.sources));
        }
        if let (true, Some(first)) = (quote, line.told_by.first()) {
            page.aside("      ", &quoted(first));
        }
    }
    more(page, lines.len(), limits.lines);
}

fn outlook(page: &mut Page, lines: &[Line], limits: Limits) {
    if lines.is_empty() {
        page.aside("  ", "Nothing was told.");
    }
    for line in lines.iter().take(limits.lines) {
        page.paragraph("  • ", &format!("{}: {}", type_in_words(line.claim_type), line.text));
        page.aside("      ", &all(&line.told_by, limits.sources));
        if let Some(first) = line.told_by.first() {
            page.aside("      ", &quoted(first));
        }
    }
    more(page, lines.len(), limits.lines);
}

fn loose(page: &mut Page, situation: &Situation, limits: Limits) {
    if situation.unplaced.is_empty() && situation.undated.is_empty() {
        page.aside("  ", "Everything has a place and a day.");
    }
    for (what, lines) in [("no place on the map", &situation.unplaced), ("no day given", &situation.undated)]
    {
        // Half as many: these are for completeness.
        let most = if limits.lines == usize::MAX { usize::MAX } else { limits.lines / 2 };
        for line in lines.iter().take(most) {
            page.paragraph("  • ", &format!("{what}: {}", line.text));
            page.aside("      ", &all(&line.told_by, limits.sources));
        }
        more(page, lines.len(), most);
    }
}

fn more(page: &mut Page, all: usize, shown: usize) {
    if all > shown {
        page.aside("  ", &format!("… and {} more (`--all` lists them)", all - shown));
    }
}
