//! The situation report, set for people.

use contested_assess::{Disputed, Line, SettledBy, Situation, Status, type_in_words};

use super::source::{all, attributed, quoted};
use super::{Page, control, count, day};
use crate::output::Output;
use crate::store::SituationArgs;

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

/// Prints `situation` as the arguments want it.
pub(crate) fn print(situation: &Situation, args: &SituationArgs) -> anyhow::Result<()> {
    let mut output = Output::new();
    if args.json {
        output.json(situation)?;
    } else {
        let mut page = Page::for_format(args.format);
        set(&mut page, situation, if args.all { Limits::ALL } else { Limits::BRIEF });
        output.bytes(page.into_format(args.format).as_bytes())?;
    }
    output.finish()
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
    if situation.claims == 0 {
        page.heading(&format!("Situation on {}", day(situation.as_of)));
        page.paragraph("", "No claim had been reported by then.");
        return;
    }
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
    let open = match &dispute.resolution {
        None => format!("open since {}", day(dispute.opened)),
        Some(settled) => {
            let by = match settled.by {
                SettledBy::Admission => "by an admission",
                SettledBy::Agreement => "by agreement",
            };
            format!("{} to {}, settled {by}", day(dispute.opened), day(settled.on))
        }
    };
    format!("{} ({open}; {})", dispute.headline, count(dispute.reports, "report", "reports"))
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
        let ended = match &line.ended {
            None => String::new(),
            Some(ended) if ended.came_true => format!(" · HAPPENED {}", day(ended.on)),
            Some(ended) => format!(" · DID NOT by {}", day(ended.on)),
        };
        page.paragraph("  • ", &format!("{}: {}{ended}", type_in_words(line.claim_type), line.text));
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

#[cfg(test)]
mod tests {
    use contested_assess::{Basis, Nothing, Question as Asked, situation};
    use contested_model::testing::{Told, day as date, told};
    use contested_model::{ClaimType, Extent, Kept, SourceKind, Tense};

    use super::*;

    fn kept(claims: Vec<(Told, &str)>) -> Vec<Kept> {
        let place = |(at, (told, sentence)): (usize, (Told, &str))| {
            let claim = told.quote(at as u32 * 100, sentence).claim();
            let known = claim.reported.unwrap_or_default();
            Kept { claim, known }
        };
        claims.into_iter().enumerate().map(place).collect()
    }

    /// The model report's situation, in our own words.
    fn day_of_the_capture() -> Vec<Kept> {
        let wire = |t| told("Wire service", "2017-11-08", t);
        let commander =
            |c: Told| c.by("a commander", SourceKind::BelligerentOfficial).speaking_for("Alliance");
        let monitor = |c: Told| c.by("a monitor", SourceKind::Monitor);
        kept(vec![
            (
                commander(
                    wire(ClaimType::Seize).agent("Army").target("Group").place("Town").on("2017-11-08"),
                ),
                "the army took the group's last town , a commander said .",
            ),
            (
                wire(ClaimType::Seize)
                    .agent("Army")
                    .place("Town")
                    .by("state television", SourceKind::StateMedia),
                "state television said the town was freed .",
            ),
            (
                monitor(wire(ClaimType::Seize).agent("Army").place("Town").denied()),
                "a monitor said it was not true that the town had fallen .",
            ),
            (
                monitor(wire(ClaimType::Clash).place("Town").tense(Tense::Ongoing)),
                "fighting went on in the town , the monitor said .",
            ),
            (
                commander(wire(ClaimType::Move).agent("Militia").place("Country")),
                "the militia crossed into the country , the commander said .",
            ),
            (
                wire(ClaimType::Move)
                    .agent("Militia")
                    .place("Country")
                    .by("Militia spokesman", SourceKind::BelligerentOfficial)
                    .speaking_for("Militia")
                    .denied(),
                "the militia denied that it had crossed .",
            ),
            (
                wire(ClaimType::Holds)
                    .agent("Group")
                    .place("Village")
                    .extent(Extent::Pockets)
                    .by("officials", SourceKind::Official),
                "officials said that the group was still in the village .",
            ),
            (wire(ClaimType::Holds).agent("Front").place("City"), "the front holds the city ."),
            (
                wire(ClaimType::Backs).agent("Northland").target("Army"),
                "the army , backed by northland , advanced .",
            ),
            (
                wire(ClaimType::Intent).agent("Army").place("City").about(ClaimType::Seize),
                "the army has sworn to retake the city .",
            ),
        ])
    }

    #[test]
    fn the_day_of_a_disputed_capture_reads_as_it_was_told() {
        let asked =
            Asked { as_of: date("2017-11-08"), known_at: None, since: date("2017-11-01"), area: None };
        let mut page = Page::new(100, false);
        set(&mut page, &situation(&day_of_the_capture(), &asked, &Basis::of(&Nothing)), Limits::BRIEF);
        insta::assert_snapshot!(page.into_text(), @r#"
SITUATION ON 8 NOV 2017
10 claims from 1 report (Wire service 1).
Nothing here is stated as fact: every line says who tells it (outlet ← root source, day of the
report).

WHO HOLDS WHAT
  ◐ Town: contested since 8 Nov 2017 (contested 66 %, Army 23 %)
      taken by Army: Wire service ← a commander (Alliance), 8 Nov 2017; Wire service ← state
      television, 8 Nov 2017
      fought over: Wire service ← a monitor, 8 Nov 2017
      not held by Army: Wire service ← a monitor, 8 Nov 2017
  ● City: held by Front since 31 Oct 2017 (92 %)
      held by Front: Wire service, 8 Nov 2017

DISPUTES
  ✕ Who holds Town (open since 8 Nov 2017; 1 report)
    – Army took Town from Group; Army took Town
        Wire service ← a commander (Alliance) (belligerent official), 8 Nov 2017
          “the army took the group's last town , a commander said .”
        Wire service ← state television (state media), 8 Nov 2017
          “state television said the town was freed .”
    – Army did not take Town; fighting at Town
        Wire service ← a monitor (monitor), 8 Nov 2017
          “a monitor said it was not true that the town had fallen .”
  ✕ Did it happen: Militia moved into or towards Country (open since 8 Nov 2017; 1 report)
    – Militia moved into or towards Country
        Wire service ← a commander (Alliance) (belligerent official), 8 Nov 2017
          “the militia crossed into the country , the commander said .”
    – Militia did not move into Country
        Wire service ← Militia spokesman (belligerent official), 8 Nov 2017
          “the militia denied that it had crossed .”

WHAT CHANGED SINCE 1 NOV 2017
  • Army took Town from Group (8 Nov 2017) · DENIED
      Wire service ← a commander (Alliance) (belligerent official), 8 Nov 2017; Wire service ← state
      television (state media), 8 Nov 2017
      denied by Wire service ← a monitor (monitor), 8 Nov 2017
      “the army took the group's last town , a commander said .”
  • fighting at Town (told 8 Nov 2017)
      Wire service ← a monitor (monitor), 8 Nov 2017
      “fighting went on in the town , the monitor said .”
  • Militia moved into or towards Country (told 8 Nov 2017) · DENIED
      Wire service ← a commander (Alliance) (belligerent official), 8 Nov 2017
      denied by Wire service ← Militia spokesman (belligerent official), 8 Nov 2017
      “the militia crossed into the country , the commander said .”

GROUND HELD IN PART, AND REGIONS
  • pockets in Village held by Group (told 8 Nov 2017)
      Wire service ← officials (official), 8 Nov 2017

WHO BACKS, LEADS AND FIGHTS WHOM
  • Army backed by Northland (told 8 Nov 2017)
      Wire service (news agency), 8 Nov 2017

WHAT IS EXPECTED AND INTENDED
  • intended: Army to take City
      Wire service (news agency), 8 Nov 2017
      “the army has sworn to retake the city .”

WHAT COULD NOT BE PLACED OR DATED
  • no day given: Army took Town
      Wire service ← state television (state media), 8 Nov 2017
  • no day given: Militia moved into or towards Country
      Wire service ← a commander (Alliance) (belligerent official), 8 Nov 2017
"#);
    }

    #[test]
    fn an_empty_ledger_says_so_in_every_part() {
        let asked =
            Asked { as_of: date("2017-11-08"), known_at: None, since: date("2017-11-01"), area: None };
        let mut page = Page::new(100, false);
        set(&mut page, &situation(&[], &asked, &Basis::of(&Nothing)), Limits::BRIEF);
        insta::assert_snapshot!(page.into_text(), @r#"
SITUATION ON 8 NOV 2017
No claim had been reported by then.

WHO HOLDS WHAT
  No claim says who holds a town.

DISPUTES
  No two sources contradict each other.

WHAT CHANGED SINCE 1 NOV 2017
  Nothing was told.

WHO BACKS, LEADS AND FIGHTS WHOM
  Nothing was told.

WHAT IS EXPECTED AND INTENDED
  Nothing was told.

WHAT COULD NOT BE PLACED OR DATED
  Everything has a place and a day.
"#);
    }
}
