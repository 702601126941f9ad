//! How a claim came about, for people.

use std::fmt::Write as _;

use console::Style;
use contested_answers::{Explained, RuleWords};
use contested_assess::phrase;
use contested_extract::{Explanation, Resolved};
use contested_model::{Claim, Polarity, TimeBasis};

use super::{Page, count, day};

/// Features of the confidence model that are shown.
const WEIGHTIEST: usize = 12;

/// Levels of the tree that are set apart; what lies deeper stands under the last.
const DEEPEST: usize = 24;

/// Sets the whole explanation.
pub(crate) fn set(page: &mut Page, explained: &Explained) {
    let (claim, found, current) = (&explained.claim, explained.explanation.as_ref(), explained.current);
    head(page, claim);
    if !current {
        page.aside(
            "",
            "The ledger has this claim from another version of the program, its model or its knowledge.",
        );
    }
    page.heading("Who, where, when, according to whom");
    participants(page, claim, found);
    date(page, claim);
    sources(page, claim);
    tolls(page, claim);
    page.heading("Rules");
    let width = explained.why.iter().map(|why| why.rule.chars().count()).max().unwrap_or(0);
    for RuleWords { rule, words } in &explained.why {
        let on = if words.is_empty() { "(the claims around it)".to_owned() } else { joined(words) };
        page.paragraph(&format!("  {rule:width$}  "), &on);
    }
    if let Some(found) = found {
        page.heading("Tree");
        tree(page, found);
        confidence(page, claim, found);
    } else {
        page.heading("Confidence");
        let gone = "this program would not make the claim any more, so its tree is not shown";
        page.paragraph("  ", &format!("{:.2}; {gone}", claim.confidence));
    }
}

fn head(page: &mut Page, claim: &Claim) {
    let report = &claim.report;
    let outlet = report.source.as_deref().unwrap_or("no outlet named");
    let published = report.published.map_or_else(|| "undated".to_owned(), day);
    page.aside("", &format!("{} ({}) of report {}, {outlet}, {published}", claim.id, claim.key, report.id));
    page.strong("", &phrase(claim));
    let mut kind = format!("{} {}", claim.kind.as_str(), claim.claim_type);
    for (name, value) in [
        ("phase", claim.phase.map(contested_model::Phase::as_str)),
        ("extent", claim.extent.map(contested_model::Extent::as_str)),
    ] {
        if let Some(value) = value {
            let _ = write!(kind, ", {name} {value}");
        }
    }
    let polarity = if claim.polarity == Polarity::Negative { "negative" } else { "positive" };
    page.paragraph(
        "",
        &format!("{kind}; {polarity}, {}; told as {}", claim.certainty.as_str(), claim.tense.as_str()),
    );
    page.paragraph("    ", &marked(claim));
}

/// The sentence with the trigger in brackets.
fn marked(claim: &Claim) -> String {
    let (start, trigger) = (claim.evidence.start, &claim.evidence.trigger);
    let mut out = String::from("“");
    for (at, letter) in (start..).zip(claim.evidence.quote.chars()) {
        if at == trigger.start {
            out.push('[');
        }
        if at == trigger.end {
            out.push(']');
        }
        out.push(letter);
    }
    if trigger.end >= claim.evidence.end {
        out.push(']');
    }
    format!("{}”", out.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn participants(page: &mut Page, claim: &Claim, found: Option<&Explanation>) {
    let trail = |role: &str, name: &str, text: &str| -> String {
        let resolved = found.and_then(|found| {
            found
                .resolved
                .iter()
                .find(|one| one.role == role && (one.name == name || one.trail[0].text == text))
        });
        resolved.map_or_else(|| format!("“{text}”"), told)
    };
    for (role, all) in [("agent", &claim.agents), ("target", &claim.targets)] {
        for one in all {
            let id = one
                .actor
                .as_ref()
                .map_or_else(|| "not in the actor base".to_owned(), |id| format!("`{id}` of the actor base"));
            page.paragraph(
                &format!("  {role:<7} "),
                &format!("{}: {}; {id}", one.name, trail(role, &one.name, &one.text)),
            );
        }
    }
    for place in &claim.places {
        let at = match (&place.id, place.lat.zip(place.lon)) {
            (Some(id), Some((lat, lon))) => format!(
                "{} {id}{} at {lat:.2}, {lon:.2}, score {:.2}",
                place.kind.as_deref().unwrap_or("place"),
                place.country.as_ref().map_or_else(String::new, |country| format!(" in {country}")),
                place.score
            ),
            _ => "not found in the gazetteer, or not told apart".to_owned(),
        };
        let next = place.runner_up.as_ref().map_or_else(String::new, |other| {
            format!("; next best {} ({}, {:.2})", other.name, other.id, other.score)
        });
        let relation = place.relation.as_str();
        let trail = trail("place", &place.name, &place.text);
        page.paragraph("  place   ", &format!("{relation} {}: {trail}; {at}{next}", place.name));
    }
    if claim.agents.is_empty() && claim.targets.is_empty() && claim.places.is_empty() {
        page.paragraph("  ", "nobody and nowhere is named");
    }
}

/// “it” in sentence 4, for “the group” in sentence 2.
fn told(one: &Resolved) -> String {
    let stops: Vec<String> = one
        .trail
        .iter()
        .map(|stop| format!("“{}” in sentence {}", clean(&stop.text), stop.sentence + 1))
        .collect();
    let lent = if one.lent { "lent by " } else { "" };
    format!("{lent}{}", stops.join(", for "))
}

fn date(page: &mut Page, claim: &Claim) {
    let Some(time) = &claim.time else {
        return page.paragraph("  date    ", "none is told");
    };
    let of = |date: Option<jiff::civil::Date>| date.map_or_else(|| "…".to_owned(), day);
    let days =
        if time.from == time.to { of(time.from) } else { format!("{} to {}", of(time.from), of(time.to)) };
    let basis = match time.basis {
        TimeBasis::Stated => "stated",
        TimeBasis::Inferred => "inferred from what is told around it",
    };
    let published =
        claim.report.published.map_or_else(String::new, |date| format!(", published {}", day(date)));
    page.paragraph("  date    ", &format!("{days}: “{}”, {basis}{published}", clean(&time.text)));
}

fn sources(page: &mut Page, claim: &Claim) {
    if claim.attribution.is_empty() {
        page.paragraph("  source  ", "the report itself");
    }
    for (at, source) in claim.attribution.iter().enumerate() {
        let lead = if at == 0 { "  source  " } else { "  relayed " };
        let cue = source.cue.as_ref().map_or_else(String::new, |cue| format!(" (“{}”)", clean(cue)));
        let mut line = format!("{}: {}{cue}", source.name, source.stance.as_str());
        for (name, value) in [("role", &source.role), ("of", &source.affiliation)] {
            if let Some(value) = value {
                let _ = write!(line, ", {name} {value}");
            }
        }
        if let Some(kind) = source.kind {
            let _ = write!(line, ", {}", kind.as_str());
        }
        if source.anonymous {
            line.push_str(", unnamed");
        }
        page.paragraph(lead, &line);
    }
}

fn tolls(page: &mut Page, claim: &Claim) {
    for toll in &claim.casualties {
        let number = |number: Option<u64>| number.map_or_else(|| "…".to_owned(), |number| number.to_string());
        let many = if toll.min == toll.max {
            number(toll.min)
        } else {
            format!("{} to {}", number(toll.min), number(toll.max))
        };
        page.paragraph(
            "  toll    ",
            &format!("{} {many}, {}: “{}”", toll.what.as_str(), toll.who.as_str(), clean(&toll.text)),
        );
    }
}

/// The tree, drawn from the root down, words in the order of the text.
fn tree(page: &mut Page, found: &Explanation) {
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); found.words.len()];
    let mut pending: Vec<(u32, usize)> = Vec::new();
    for (at, word) in (0..).zip(&found.words) {
        match word.head.and_then(|head| children.get_mut(head as usize)) {
            Some(list) => list.push(at),
            None => pending.push((at, 0)),
        }
    }
    pending.reverse();
    // the parser makes trees; were it otherwise, nothing is drawn twice
    let mut left = found.words.len();
    while let Some((at, depth)) = pending.pop() {
        if left == 0 {
            break;
        }
        left -= 1;
        let word = &found.words[at as usize];
        let trigger = found.trigger.0 <= at && at <= found.trigger.1;
        let text = if trigger { format!("[{}]", word.text) } else { word.text.clone() };
        let note = if word.repaired { "  (repaired)" } else { "" };
        let label = format!("{text}  {} {}{note}", word.upos, word.deprel);
        let style = if trigger { Style::new().bold() } else { Style::new() };
        page.paragraph_styled(&format!("  {}", "· ".repeat(depth.min(DEEPEST))), &label, &style);
        pending.extend(children[at as usize].iter().rev().map(|&child| (child, depth + 1)));
    }
}

fn confidence(page: &mut Page, claim: &Claim, found: &Explanation) {
    page.heading("Confidence");
    let raised = if claim.confidence - found.chance > 0.01 {
        format!("; raised from {:.2} by a claim that answers it", found.chance)
    } else {
        String::new()
    };
    page.paragraph("  ", &format!("{:.2}{raised}", claim.confidence));
    for weight in found.weights.iter().take(WEIGHTIEST) {
        page.paragraph(&format!("  {:>+6.2}  ", weight.weight), &weight.feature);
    }
    let rest = found.weights.len().saturating_sub(WEIGHTIEST);
    if rest > 0 {
        let sum: f64 = found.weights.iter().skip(WEIGHTIEST).map(|weight| weight.weight).sum();
        page.aside(&format!("  {sum:>+6.2}  "), &count(rest, "more feature", "more features"));
    }
}

fn joined(words: &[String]) -> String {
    words.iter().map(|word| clean(word)).collect::<Vec<_>>().join(" ")
}

fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
