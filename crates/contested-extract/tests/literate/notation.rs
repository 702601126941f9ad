//! One claim in one line.
//!
//! ```text
//! seize -probable extent=part SDF, YPG → Islamic State @ Raqqa, near Mosul [Tuesday=2017-10-17] «commander (asserts) < SANA» {dead 12..}
//! ```
//!
//! | part | meaning |
//! |---|---|
//! | `seize` | the type; `*` is any |
//! | `+certain` | polarity (`+` so, `-` not so) and certainty; without it, neither is looked at |
//! | `key=value` | `phase`, `extent`, `tense`, `about`, `trigger`, `verified`, `dated` (`stated`, `inferred`), `same_as` (`yes`); `none` asks for its absence |
//! | `A, B → C` | agents and targets; `A, B →` agents only; `→ C` targets only; `A ↔ B` the two sides in any order; `->` may stand for `→` |
//! | `@ P, near Q` | places, with the relation if it is given |
//! | `[text=from..to]` | time: the words, the days; `[2017-10-17]` one day, `[2017-06-01..]` open, `[none]` no time |
//! | `«A < B»` | who vouches, and who relayed it; a stance may follow a name in brackets; `«»` is the report's own voice |
//! | `{dead 12}` | a toll; `{injured 3..5}`, `{dead 12.. civilian}`; `{}` asks for none |
//!
//! Parts that are left out are not looked at. Parts that are given are the whole: a role with a name more, or a name less, does not match, and `none`
//! asks for an empty one. A name matches the canonical name, the words of the text, or the id; capitals and a leading article do not matter.

use std::fmt::Write as _;

use contested_model::{Attribution, Casualty, Claim, Participant, Place, Polarity};

/// What one line asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// As it is written.
    pub(crate) text: String,
    /// Whether the claim must be absent.
    pub(crate) absent: bool,
    claim_type: String,
    polarity: Option<(char, String)>,
    keys: Vec<(String, String)>,
    agents: Option<Vec<String>>,
    targets: Option<Vec<String>>,
    either: bool,
    places: Option<Vec<String>>,
    time: Option<String>,
    chain: Option<Vec<String>>,
    tolls: Vec<String>,
}

/// Reads a line.
pub(crate) fn parse(text: &str) -> Result<Line, String> {
    let text = text.trim().replace("->", "→");
    let mut line = Line { text: text.clone(), ..Line::default() };
    let mut rest = text.as_str();
    if let Some(after) = rest.strip_prefix('!') {
        (line.absent, rest) = (true, after.trim_start());
    }
    let head_end = rest.find(['@', '[', '«', '{']).unwrap_or(rest.len());
    let (head, mut parts) = rest.split_at(head_end);
    read_head(head, &mut line)?;
    while let Some(mark) = parts.chars().next() {
        let body = &parts[mark.len_utf8()..];
        let close = match mark {
            '@' => None,
            '[' => Some(']'),
            '«' => Some('»'),
            '{' => Some('}'),
            _ => return Err(format!("`{parts}`: expected one of @ [ « {{")),
        };
        let end = match close {
            Some(close) => body.find(close).ok_or_else(|| format!("`{close}` is missing"))?,
            None => body.find(['[', '«', '{']).unwrap_or(body.len()),
        };
        let inside = body[..end].trim();
        match mark {
            '@' => line.places = Some(names(inside)),
            '[' => line.time = Some(inside.to_owned()),
            '«' => {
                line.chain =
                    Some(inside.split('<').map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect());
            }
            _ => line.tolls.push(inside.to_owned()),
        }
        parts = body[end + close.map_or(0, char::len_utf8)..].trim_start();
    }
    Ok(line)
}

fn read_head(head: &str, line: &mut Line) -> Result<(), String> {
    let mut words = head.split_whitespace().peekable();
    words.next().ok_or("the line is empty")?.clone_into(&mut line.claim_type);
    while let Some(word) = words.peek() {
        if let Some((sign @ ('+' | '-'), certainty)) =
            word.chars().next().map(|sign| (sign, &word[sign.len_utf8()..]))
        {
            line.polarity = Some((sign, certainty.to_owned()));
        } else if let Some((key, value)) = word.split_once('=') {
            if !matches!(
                key,
                "phase" | "extent" | "tense" | "about" | "trigger" | "verified" | "dated" | "same_as"
            ) {
                return Err(format!("unknown key `{key}`"));
            }
            line.keys.push((key.to_owned(), value.to_owned()));
        } else {
            break;
        }
        words.next();
    }
    let roles = words.collect::<Vec<_>>().join(" ");
    if let Some((one, other)) = roles.split_once('↔') {
        line.either = true;
        line.agents = Some(names(one));
        line.targets = Some(names(other));
    } else if let Some((agents, targets)) = roles.split_once('→') {
        line.agents = Some(agents.trim()).filter(|names| !names.is_empty()).map(names);
        line.targets = Some(targets.trim()).filter(|names| !names.is_empty()).map(names);
    } else if !roles.is_empty() {
        line.agents = Some(names(&roles));
    }
    Ok(())
}

fn names(list: &str) -> Vec<String> {
    list.split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty() && name != "none")
        .collect()
}

impl Line {
    /// Whether `claim` is what the line asks for.
    pub(crate) fn matches(&self, claim: &Claim) -> bool {
        let set = |wanted: &Option<Vec<String>>, found: &[Participant]| {
            wanted.as_ref().is_none_or(|wanted| same_set(wanted, found, participant))
        };
        let sides = if self.either {
            let all: Vec<Participant> = claim.agents.iter().chain(&claim.targets).cloned().collect();
            let wanted =
                [self.agents.clone().unwrap_or_default(), self.targets.clone().unwrap_or_default()].concat();
            same_set(&wanted, &all, participant)
        } else {
            set(&self.agents, &claim.agents) && set(&self.targets, &claim.targets)
        };
        (self.claim_type == "*" || self.claim_type == claim.claim_type.as_str())
            && self.polarity.as_ref().is_none_or(|wanted| commitment(wanted, claim))
            && self.keys.iter().all(|(key, value)| key_of(claim, key).as_deref().unwrap_or("none") == value)
            && sides
            && self.places.as_ref().is_none_or(|wanted| same_set(wanted, &claim.places, place))
            && self.time.as_ref().is_none_or(|wanted| time(wanted, claim))
            && self.chain.as_ref().is_none_or(|wanted| {
                wanted.len() == claim.attribution.len()
                    && wanted.iter().zip(&claim.attribution).all(|(w, a)| source(w, a))
            })
            && tolls(&self.tolls, &claim.casualties)
    }
}

/// Each wanted name is one of the found, and nothing is left.
fn same_set<T>(wanted: &[String], found: &[T], same: fn(&str, &T) -> bool) -> bool {
    wanted.len() == found.len() && wanted.iter().all(|name| found.iter().any(|item| same(name, item)))
}

/// Equal but for capitals and a leading article.
fn equal(a: &str, b: &str) -> bool {
    let bare = |name: &str| {
        let name = name.to_lowercase();
        let cut = ["the ", "a ", "an "].into_iter().find_map(|article| name.strip_prefix(article));
        cut.unwrap_or(&name).to_owned()
    };
    bare(a) == bare(b)
}

fn participant(name: &str, found: &Participant) -> bool {
    equal(name, &found.name) || equal(name, &found.text) || found.actor.as_deref() == Some(name)
}

fn place(wanted: &str, found: &Place) -> bool {
    let name = match wanted.split_once(' ') {
        Some((relation, name)) if contested_model::PlaceRelation::parse(relation).is_some() => {
            if relation != found.relation.as_str() {
                return false;
            }
            name
        }
        _ => wanted,
    };
    equal(name, &found.name) || equal(name, &found.text) || found.id.as_deref() == Some(name)
}

fn source(wanted: &str, found: &Attribution) -> bool {
    let (name, stance) = match wanted.split_once('(') {
        Some((name, stance)) => (name.trim(), Some(stance.trim_end_matches(')').trim())),
        None => (wanted, None),
    };
    let id = |id: &Option<String>| id.as_deref() == Some(name);
    let role = found.role.as_deref().is_some_and(|role| equal(name, role));
    stance.is_none_or(|stance| stance == found.stance.as_str())
        && (equal(name, &found.name)
            || equal(name, &found.text)
            || role
            || id(&found.actor)
            || id(&found.source_id))
}

fn commitment((sign, certainty): &(char, String), claim: &Claim) -> bool {
    let polarity = if *sign == '+' { Polarity::Positive } else { Polarity::Negative };
    polarity == claim.polarity && (certainty.is_empty() || certainty == claim.certainty.as_str())
}

fn key_of(claim: &Claim, key: &str) -> Option<String> {
    match key {
        "phase" => claim.phase.map(|phase| phase.as_str().to_owned()),
        "extent" => claim.extent.map(|extent| extent.as_str().to_owned()),
        "tense" => Some(claim.tense.as_str().to_owned()),
        "about" => claim.about.map(|about| about.claim_type.as_str().to_owned()),
        "trigger" => Some(claim.evidence.trigger.text.replace(' ', "_")),
        "dated" => claim.time.as_ref().map(|time| time.basis.as_str().to_owned()),
        "same_as" => claim.same_as.as_ref().map(|_| "yes".to_owned()),
        _ => claim.verified.map(|verified| verified.to_string()),
    }
}

fn time(wanted: &str, claim: &Claim) -> bool {
    let Some(found) = &claim.time else { return wanted == "none" };
    let (words, days) = wanted.split_once('=').map_or((None, wanted), |(words, days)| (Some(words), days));
    let (from, to) = days.split_once("..").unwrap_or((days, days));
    let day = |date: &Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    words.is_none_or(|words| equal(words, &found.text)) && from == day(&found.from) && to == day(&found.to)
}

fn tolls(wanted: &[String], found: &[Casualty]) -> bool {
    match wanted {
        [] => true,
        [nothing] if nothing.is_empty() => found.is_empty(),
        _ => {
            wanted.len() == found.len()
                && wanted.iter().all(|toll| found.iter().any(|one| shown(one).starts_with(toll.as_str())))
        }
    }
}

/// A toll in the notation.
fn shown(toll: &Casualty) -> String {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (min, max) = (number(toll.min), number(toll.max));
    let count = if min == max { min } else { format!("{min}..{max}") };
    format!("{} {count} {}", toll.what.as_str(), toll.who.as_str())
}

/// A claim in the notation, everything told.
pub(crate) fn render(claim: &Claim) -> String {
    let sign = if claim.polarity == Polarity::Positive { '+' } else { '-' };
    let mut out = format!("{} {sign}{}", claim.claim_type, claim.certainty.as_str());
    for key in ["phase", "extent", "tense", "about", "trigger", "verified", "dated", "same_as"] {
        if let Some(value) = key_of(claim, key) {
            let _ = write!(out, " {key}={value}");
        }
    }
    let list = |names: Vec<String>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let of = |found: &[Participant]| list(found.iter().map(|one| one.name.clone()).collect());
    let _ = write!(out, " {} → {}", of(&claim.agents), of(&claim.targets));
    let places =
        claim.places.iter().map(|place| format!("{} {}", place.relation.as_str(), place.name)).collect();
    let _ = write!(out, " @ {}", list(places));
    match &claim.time {
        None => out.push_str(" [none]"),
        Some(time) => {
            let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
            let (from, to) = (day(time.from), day(time.to));
            let days = if from == to { from } else { format!("{from}..{to}") };
            let _ = write!(out, " [{}={days}]", time.text);
        }
    }
    let chain = claim.attribution.iter().map(|one| format!("{} ({})", one.name, one.stance.as_str()));
    let _ = write!(out, " «{}»", chain.collect::<Vec<_>>().join(" < "));
    for toll in &claim.casualties {
        let _ = write!(out, " {{{}}}", shown(toll));
    }
    out
}
