//! Datelines: "BEIRUT (Reuters) -", "ALEPPO, Syria, Dec 19 (SANA) —", "December 19 2016".

use std::collections::HashMap;
use std::sync::LazyLock;

use contested_model::Span;

use crate::analysis::FoundDateline;
use crate::tokenise::{Kind, Piece, Scanned};
use crate::words::{self, Classes};

/// A dateline stands within so many words of its line's start.
const WITHIN: usize = 24;
/// The places of a dateline have so many words at most.
const PLACE_WORDS: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Agency,
    City,
    Lead,
    Tail,
}

/// First word to the names that begin with it.
static NAMES: LazyLock<HashMap<&'static str, Vec<(Part, &'static str)>>> = LazyLock::new(|| {
    let mut names: HashMap<&'static str, Vec<(Part, &'static str)>> = HashMap::new();
    for line in include_str!("../data/datelines.tsv").lines() {
        let Some((class, list)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else { continue };
        let part = match class {
            "agency" => Part::Agency,
            "city" => Part::City,
            "lead" => Part::Lead,
            _ => Part::Tail,
        };
        for name in list.split(',') {
            let first = name.split([' ', '-', '/', '\'']).next().unwrap_or(name);
            names.entry(first).or_default().push((part, name));
        }
    }
    names
});

/// Pieces `from..to` belong to a dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Skip {
    /// First piece.
    pub(crate) from: usize,
    /// One past the last piece.
    pub(crate) to: usize,
}

/// The report's dateline and every stretch of pieces that is one, in order.
pub(crate) fn find(text: &str, scanned: &Scanned) -> (Option<FoundDateline>, Vec<Skip>) {
    let mut report: Option<FoundDateline> = None;
    let mut skips = Vec::new();
    for (number, line) in scanned.lines.iter().enumerate() {
        let from = line.first as usize;
        let end = scanned.lines.get(number + 1).map_or(scanned.pieces.len(), |next| next.first as usize);
        let finder = Finder { text, pieces: &scanned.pieces[from..end.min(from + 4 * WITHIN)] };
        let Some(found) = finder.line(number == 0) else { continue };
        if found.from + found.length >= end - from
            && number == 0
            && found.agency.is_none()
            && found.place.is_none()
            && end == scanned.pieces.len()
        {
            continue;
        }
        skips.push(Skip { from: from + found.from, to: from + found.from + found.length });
        let span = |(a, b): (usize, usize)| Span::new(finder.pieces[a].char, finder.pieces[b - 1].char_end);
        let dateline = FoundDateline {
            span: span((found.from, found.from + found.length)),
            place: found.place.map(span),
            agency: found.agency.map(span),
            date: found.date.map(span),
        };
        match &mut report {
            None => report = Some(dateline),
            // A page's date, then the agency's dateline on a line of its own.
            Some(first) if first.place.is_none() && dateline.place.is_some() && number <= 4 => {
                first.place = dateline.place;
                first.agency = first.agency.or(dateline.agency);
                first.date = dateline.date.or(first.date);
            }
            Some(_) => {}
        }
    }
    (report, skips)
}

#[derive(Debug, Clone, Copy, Default)]
struct Found {
    from: usize,
    length: usize,
    place: Option<(usize, usize)>,
    agency: Option<(usize, usize)>,
    date: Option<(usize, usize)>,
}

struct Finder<'a> {
    text: &'a str,
    pieces: &'a [Piece],
}

impl Finder<'_> {
    fn lower(&self, k: usize) -> String {
        self.pieces
            .get(k)
            .filter(|p| p.byte_end - p.byte <= 24)
            .map(|p| p.text(self.text).to_lowercase())
            .unwrap_or_default()
    }

    fn classes(&self, k: usize) -> Classes {
        words::of(&self.lower(k))
    }

    fn kind(&self, k: usize) -> Option<Kind> {
        self.pieces.get(k).map(|p| p.kind)
    }

    fn is_capital(&self, k: usize) -> bool {
        self.pieces.get(k).is_some_and(|p| p.text(self.text).starts_with(char::is_uppercase))
    }

    fn is_small(&self, k: usize) -> bool {
        self.pieces.get(k).is_some_and(|p| p.text(self.text).starts_with(char::is_lowercase))
    }

    fn all_capitals(&self, k: usize) -> bool {
        self.pieces.get(k).is_some_and(|p| {
            let word = p.text(self.text);
            word.chars().count() > 2 && word.chars().all(char::is_uppercase)
        })
    }

    /// Number of pieces of the listed name of class `part` that begins at piece `k`.
    fn name(&self, part: Part, k: usize) -> Option<usize> {
        let list = NAMES.get(self.lower(k).as_str())?;
        let lengths = list.iter().filter(|(class, _)| *class == part).filter_map(|(_, name)| {
            // Names are compared without the spaces between pieces, which copies set differently.
            let mut left: &str = name;
            let mut at = k;
            while !left.is_empty() {
                let word = self.lower(at);
                if word.is_empty() || at > k && self.pieces[at].line != self.pieces[k].line {
                    return None;
                }
                left = left.strip_prefix(word.as_str())?;
                left = left.strip_prefix(' ').unwrap_or(left);
                at += 1;
            }
            Some(at - k)
        });
        lengths.max()
    }

    fn line(&self, first_line: bool) -> Option<Found> {
        if first_line && let Some(mut found) = self.page_date(0) {
            // A dateline proper may follow at once.
            if let Some(proper) = self.proper(found.length).or_else(|| self.bare_city(found.length)) {
                found.place = proper.place;
                found.agency = proper.agency;
                found.date = proper.date.or(found.date);
                found.length = proper.from + proper.length;
            }
            return Some(found);
        }
        if let Some(found) = self.proper(0) {
            return Some(found);
        }
        if first_line { self.run_on_byline() } else { None }
    }

    /// Number of pieces of a day at `k` ("Dec 19", "19 December 2016", "Wed 05 Apr 2017", "04-06-2016") and whether it has a year.
    fn date(&self, k: usize) -> Option<(usize, bool)> {
        let month = |k: usize| self.classes(k).any(Classes::FULL_MONTH.or(Classes::MONTH));
        let number = |k: usize, longest: usize| {
            let word = self.lower(k);
            let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
            let ordinal = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
            (ordinal
                && !digits.is_empty()
                && digits.len() <= longest
                && digits.bytes().all(|b| b.is_ascii_digit()))
            .then_some(digits.len())
        };
        let year = |k: usize| {
            let word = self.lower(k);
            word.len() == 4
                && (word.starts_with("19") || word.starts_with("20"))
                && word.bytes().all(|b| b.is_ascii_digit())
        };
        let stop = |k: usize| usize::from(self.kind(k) == Some(Kind::Period));
        let comma = |k: usize| usize::from(self.kind(k) == Some(Kind::Comma));
        let mut at = k;
        if self.classes(at).any(Classes::FULL_WEEKDAY.or(Classes::WEEKDAY)) {
            at += 1;
            at += stop(at);
            at += comma(at);
        }
        if month(at) {
            at += 1;
            at += stop(at);
            // "Apr 232017": day and year run together.
            let glued = self.lower(at);
            if (5..=6).contains(&glued.len())
                && glued.bytes().all(|b| b.is_ascii_digit())
                && glued[glued.len() - 4..].starts_with("20")
            {
                return Some((at + 1 - k, true));
            }
            number(at, 2)?;
            at += 1;
            let mark = comma(at);
            return Some(if year(at + mark) { (at + mark + 1 - k, true) } else { (at - k, false) });
        }
        if number(at, 2).is_some() && month(at + 1) {
            at += 2;
            at += stop(at);
            let mark = comma(at);
            return Some(if year(at + mark) { (at + mark + 1 - k, true) } else { (at - k, false) });
        }
        // All in digits, in one piece or parted at hyphens and periods.
        let piece = self.lower(at);
        let parts: Vec<&str> = piece.split(['.', '/', '-']).collect();
        if let [a, b, c] = parts.as_slice() {
            let digits =
                [a, b, c].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
            if digits && (c.len() == 4 && a.len() <= 2 || a.len() == 4 && c.len() <= 2) && b.len() <= 2 {
                return Some((at + 1 - k, true));
            }
        }
        None
    }

    /// "Published July 5 2016", "Wed 05 Apr 2017 at 0914", "December 19 2016", with what pages put behind it.
    fn page_date(&self, k: usize) -> Option<Found> {
        let mut at = k;
        let lead = self.name(Part::Lead, at);
        if let Some(length) = lead {
            at += length;
            at += usize::from(self.kind(at) == Some(Kind::Colon));
        }
        let (length, year) = self.date(at)?;
        if !year {
            return None;
        }
        let date = (at, at + length);
        at += length;
        // The hour: "at 0914", "18:14", "1404 GMT".
        let hour = |k: usize| {
            let word = self.lower(k);
            word.len() >= 4 && word.len() <= 5 && word.bytes().all(|b| b.is_ascii_digit() || b == b':')
        };
        let preposition = usize::from(self.lower(at) == "at" || self.kind(at) == Some(Kind::Comma));
        if hour(at + preposition)
            && !(preposition == 0 && self.lower(at).len() == 5 && !self.lower(at).contains(':'))
        {
            at += preposition + 1;
            at += usize::from(matches!(self.lower(at).as_str(), "gmt" | "utc" | "local" | "edt" | "est"));
        }
        // "(updated 1404 07.04.2017)"
        if self.kind(at) == Some(Kind::Open) && self.name(Part::Tail, at + 1).is_some() {
            let close = (at..at + 8).find(|&k| self.kind(k) == Some(Kind::Close))?;
            at = close + 1;
        }
        while let Some(length) = self.name(Part::Tail, at) {
            at += length;
            at += usize::from(self.kind(at) == Some(Kind::Colon));
        }
        if self.kind(at) == Some(Kind::Dash) {
            at += 1;
        }
        // "22 September 2012, a group …" and "19 December 2016 was …" are sentences.
        if lead.is_none() && (self.kind(at) == Some(Kind::Comma) || self.is_small(at) && self.is_capital(k)) {
            return None;
        }
        Some(Found { from: k, length: at - k, date: Some(date), ..Found::default() })
    }

    /// A dateline proper at piece `k`.
    fn proper(&self, k: usize) -> Option<Found> {
        let mut found = Found { from: k, ..Found::default() };
        let mut at = k;
        let mut place: Option<(usize, usize)> = None;
        let mut bracketed = false;
        let mut loud = true;
        let mut shouted = false;
        let mut closed = false;
        while at < k + WITHIN {
            match self.kind(at)? {
                Kind::Open if !bracketed => {
                    let close = (at + 1..at + 7).find(|&k| self.kind(k) == Some(Kind::Close))?;
                    let listed = self.name(Part::Agency, at + 1);
                    if listed.is_none() && !(self.is_capital(at + 1) && loud && shouted && place.is_some()) {
                        return None;
                    }
                    if close == at + 1 {
                        return None;
                    }
                    found.agency = Some((at + 1, close));
                    bracketed = true;
                    at = close + 1;
                    continue;
                }
                Kind::Dash if self.pieces[at].spaced || found.agency.is_some() => {
                    closed = true;
                    at += 1;
                    break;
                }
                // "deir al-zor": a hyphen within a name.
                Kind::Dash if place.is_some() => {}
                Kind::Colon if self.pieces[at].text(self.text) == ":" => {
                    let city = place.is_some_and(|(from, to)| self.name(Part::City, from) == Some(to - from));
                    if !city || found.agency.is_some() {
                        return None;
                    }
                    closed = true;
                    at += 1;
                    break;
                }
                Kind::Comma | Kind::Symbol | Kind::Apostrophe => {}
                Kind::Period if at > k => {}
                Kind::Word | Kind::Number | Kind::Clitic if bracketed => break,
                Kind::Word | Kind::Number | Kind::Clitic | Kind::Parted => {
                    if let Some((length, _)) = self.date(at) {
                        found.date = Some((at, at + length));
                        at += length;
                        continue;
                    }
                    // "Damascus, SANA –"
                    let parted = at > k && self.kind(at - 1) == Some(Kind::Comma);
                    if parted && let Some(length) = self.name(Part::Agency, at) {
                        found.agency = Some((at, at + length));
                        at += length;
                        continue;
                    }
                    if found.date.is_some()
                        && found.agency.is_none()
                        && place.is_some()
                        && self.name(Part::Agency, at).is_none()
                        && !self.is_capital(at)
                    {
                        return None;
                    }
                    let first_part = place
                        .is_none_or(|(_, to)| to == at || self.kind(to) == Some(Kind::Dash) && to + 1 == at);
                    if first_part {
                        place = Some((place.map_or(at, |(from, _)| from), at + 1));
                        let word = self.pieces[at].text(self.text);
                        loud &=
                            word.chars().all(|c| !c.is_lowercase()) || word.chars().count() <= 2 && at > k;
                        shouted |= self.all_capitals(at);
                    }
                    // Beyond the first place: its country.
                    if at - k > PLACE_WORDS {
                        return None;
                    }
                }
                _ => return None,
            }
            at += 1;
        }
        // Words in capitals, of which one is longer than an abbreviation.
        let loud = loud && shouted;
        let place_listed = place.is_some_and(|(from, to)| self.name(Part::City, from) == Some(to - from));
        let enough = if closed {
            found.agency.is_some() || place.is_some() && (loud || place_listed || found.date.is_some())
        } else {
            // No dash: only with the agency in brackets, right after a place or at the very start.
            bracketed && (place.is_some() && (loud || place_listed))
        };
        if !enough {
            return None;
        }
        // A sentence with a dash in it: words in small letters in properly cased copy.
        let small = (k..at).filter(|&k| self.kind(k) == Some(Kind::Word) && self.is_small(k)).count();
        let capital = (k..at).filter(|&k| self.is_capital(k)).count();
        let outside_agency =
            found.agency.map_or(0, |(from, to)| (from..to).filter(|&k| self.is_small(k)).count());
        if capital > 0 && small > outside_agency + capital / 2 {
            return None;
        }
        if at >= self.pieces.len() {
            return None;
        }
        found.place = place;
        found.length = at - k;
        Some(found)
    }

    /// "Apr 232017 BEIRUT Syrian air strikes …": a listed city in capitals, or before a word with a capital, behind a page's date.
    fn bare_city(&self, k: usize) -> Option<Found> {
        let length = self.name(Part::City, k)?;
        (self.all_capitals(k) && self.is_capital(k + length) && !self.all_capitals(k + length))
            .then(|| Found { from: k, length, place: Some((k, k + length)), ..Found::default() })
    }

    /// A headline that runs into the text over the page's agency and date: "… Monitor AFP Saturday 10 Sep 2016 Air strikes …".
    fn run_on_byline(&self) -> Option<Found> {
        for k in 3..(WITHIN + 12).min(self.pieces.len()) {
            if matches!(self.kind(k), Some(Kind::Period | Kind::Terminal)) {
                return None;
            }
            let agency =
                self.name(Part::Agency, k).filter(|_| !self.is_small(k) || self.date(k + 1).is_some());
            let start = k + agency.unwrap_or(0);
            let Some((length, true)) = self.date(start) else { continue };
            let weekday = self.classes(start).any(Classes::FULL_WEEKDAY.or(Classes::WEEKDAY));
            let before = self.lower(k - 1);
            let prepositional = matches!(
                before.as_str(),
                "on" | "of"
                    | "in"
                    | "since"
                    | "from"
                    | "until"
                    | "before"
                    | "after"
                    | "by"
                    | "to"
                    | ","
                    | "and"
                    | "("
            );
            if prepositional
                || agency.is_none() && !weekday
                || self.is_small(start + length) && self.is_capital(0)
            {
                continue;
            }
            if self.kind(start + length).is_none_or(|kind| kind == Kind::Comma) {
                continue;
            }
            return Some(Found {
                from: k,
                length: start + length - k,
                agency: agency.map(|length| (k, k + length)),
                date: Some((start, start + length)),
                place: None,
            });
        }
        None
    }
}
