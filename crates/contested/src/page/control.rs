//! Who holds a place, set for people.

use console::Style;
use contested_assess::{AreaControl, Evidence, PlaceControl, Says, Status};

use super::{Page, count, day};
use crate::route::Beside;

/// A sign for each status; the word always stands beside it.
pub(crate) const fn sign(status: Status) -> &'static str {
    match status {
        Status::Held => "●",
        Status::Contested => "◐",
        Status::Unclear => "○",
        Status::Unknown => "?",
    }
}

fn style(status: Status) -> Style {
    match status {
        Status::Held => Style::new().green(),
        Status::Contested => Style::new().red().bold(),
        Status::Unclear => Style::new().yellow(),
        Status::Unknown => Style::new().dim(),
    }
}

/// One place in a few lines: the answer, and who says what.
pub(crate) fn brief(page: &mut Page, place: &PlaceControl, most: usize) {
    let head = format!("{}: {}", place.place.name, answer(place));
    page.paragraph_styled(&format!("  {} ", sign(place.status)), &head, &style(place.status));
    for (words, evidence) in by_content(place).into_iter().take(most) {
        page.aside("      ", &format!("{words}: {}", sources(&evidence, 4)));
    }
}

/// A place in one line.
pub(crate) fn row(page: &mut Page, place: &PlaceControl) {
    let head = format!("{}: {}", place.place.name, answer(place));
    page.paragraph_styled(&format!("  {} ", sign(place.status)), &head, &style(place.status));
}

/// An area by its places.
pub(crate) fn area(page: &mut Page, area: &AreaControl) {
    page.heading(&format!("{} on {}", area.area, day(area.as_of)));
    for share in &area.holders {
        let places = count(share.held, "place", "places");
        page.paragraph("  ", &format!("{}: holds {places}; {:.1} expected", share.holder, share.expected));
    }
    page.aside(
        "  ",
        &format!(
            "{} contested, {} unclear, {} unknown, of {} that are told of; what no claim speaks of is not counted",
            area.contested,
            area.unclear,
            area.unknown,
            count(area.places, "place", "places")
        ),
    );
    page.heading("Places");
}

/// Places by a route, in the order of travel.
pub(crate) fn brief_by_route(page: &mut Page, near: &[(Beside, &PlaceControl)], within: f64) {
    page.heading("Along the route");
    for (beside, place) in near {
        page.strong("  ", &format!("km {:.0}, {:.1} km off", beside.along, beside.off));
        brief(page, place, 3);
    }
    let told = format!(
        "{} within {within} km of the route {} told of; of the stretches between nothing is said here, and nothing said is no safety",
        count(near.len(), "place", "places"),
        if near.len() == 1 { "is" } else { "are" }
    );
    page.aside("  ", &told);
}

/// A place in full: chances, timeline, every observation.
pub(crate) fn full(page: &mut Page, place: &PlaceControl) {
    let country = place.place.country.as_ref().map_or_else(String::new, |c| format!(" ({c})"));
    page.heading(&format!("{}{country} on {}", place.place.name, day(place.as_of)));
    page.paragraph_styled(&format!("  {} ", sign(place.status)), &answer(place), &style(place.status));
    let chances: Vec<String> =
        place.chances.iter().map(|c| format!("{} {}", c.answer, percent(c.chance))).collect();
    if !chances.is_empty() {
        page.paragraph("    ", &chances.join(" · "));
    }
    page.heading("Over time");
    for stretch in &place.timeline {
        let holder = stretch.holder.as_ref().map_or_else(String::new, |h| format!(" · {h}"));
        let days = if stretch.from == stretch.to {
            day(stretch.from)
        } else {
            format!("{} to {}", day(stretch.from), day(stretch.to))
        };
        page.paragraph(
            &format!("  {} ", sign(stretch.status)),
            &format!("{days}: {}{holder}", stretch.status.as_str()),
        );
    }
    page.heading("What it rests on");
    for e in &place.evidence {
        let again = match (e.repeated, e.echo) {
            (true, _) => " (said before; counts once)",
            (_, true) => " (its side speaks with one voice; counts once)",
            _ => "",
        };
        page.paragraph(
            "  ",
            &format!(
                "{}  {}: {}, believed {}{again}",
                day(e.day),
                in_words(e.says, e.holder.as_deref()),
                source(e),
                percent(e.believed)
            ),
        );
    }
}

/// "contested since 8 Nov 2017 (Syrian Army 41 %, contested 52 %)".
fn answer(place: &PlaceControl) -> String {
    let since = place.since.map_or_else(String::new, |since| format!(" since {}", day(since)));
    let likeliest: Vec<String> = place
        .chances
        .iter()
        .take(2)
        .filter(|c| c.chance >= 0.05)
        .map(|c| format!("{} {}", c.answer, percent(c.chance)))
        .collect();
    match (place.status, &place.holder) {
        (Status::Held, Some(holder)) => {
            format!("held by {holder}{since} ({})", percent(place.chances.first().map_or(0.0, |c| c.chance)))
        }
        (Status::Unclear, Some(holder)) => {
            format!("unclear, perhaps {holder}{since} ({})", likeliest.join(", "))
        }
        (Status::Contested, _) => format!("contested{since} ({})", likeliest.join(", ")),
        _ => match place.last_observed {
            Some(last) => format!("unknown; last told of on {}", day(last)),
            None => "unknown; nothing had been told of it by then".to_owned(),
        },
    }
}

fn percent(chance: f64) -> String {
    format!("{:.0} %", chance * 100.0)
}

fn in_words(says: Says, holder: Option<&str>) -> String {
    let holder = holder.unwrap_or("somebody");
    match says {
        Says::Took => format!("taken by {holder}"),
        Says::Holds => format!("held by {holder}"),
        Says::HoldsNot => format!("not held by {holder}"),
        Says::Left => format!("left or lost by {holder}"),
        Says::Fought => "fought over".to_owned(),
    }
}

/// Evidence by what it says, newest first.
fn by_content(place: &PlaceControl) -> Vec<(String, Vec<&Evidence>)> {
    let mut out: Vec<(String, Vec<&Evidence>)> = Vec::new();
    let until = place.evidence.iter().filter(|e| e.day <= place.as_of && !e.repeated);
    for e in until.rev() {
        let words = in_words(e.says, e.holder.as_deref());
        match out.iter_mut().find(|(other, _)| *other == words) {
            Some((_, members)) => members.push(e),
            None => out.push((words, vec![e])),
        }
    }
    out
}

fn sources(evidence: &[&Evidence], most: usize) -> String {
    let mut named: Vec<String> = evidence.iter().take(most).map(|e| source(e)).collect();
    if evidence.len() > most {
        named.push(count(evidence.len() - most, "more", "more"));
    }
    named.join("; ")
}

fn source(e: &Evidence) -> String {
    match &e.outlet {
        Some(outlet) => format!("{outlet} ← {}, {}", e.source, day(e.known)),
        None => format!("{}, {}", e.source, day(e.known)),
    }
}
