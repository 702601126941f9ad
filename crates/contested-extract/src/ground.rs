//! From mentions of places to places as claims tell them: name, words, coordinates, how what happened stands to them.

use contested_knowledge::places::geometry::distance_km;
use contested_knowledge::places::{PlaceKind, Resolution};
use contested_model::{Place, PlaceRelation, RunnerUp, Span};

use crate::draft::Filler;
use crate::mentions::{Mention, Mentions};
use crate::naming::Context;
use crate::nouns::{self, Class};
use crate::relational::Standing;
use crate::tree::Tree;

/// What is known of the places of a report.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub(crate) trees: &'a [Tree<'a>],
    pub(crate) mentions: &'a Mentions,
    /// The gazetteer's answer for each mention.
    pub(crate) resolved: &'a [Option<Resolution>],
    /// How each mention stands to the place it is told by.
    pub(crate) standings: &'a [Option<Standing>],
    pub(crate) context: &'a Context<'a>,
}

/// Characters that a word for a kind of area may have ("municipality").
const LONGEST_KIND: u32 = 14;

impl Ground<'_> {
    /// The places that `fillers` name, the finest of what contains one another.
    pub(crate) fn places(&self, fillers: &[Filler]) -> Vec<Place> {
        let mut found: Vec<Place> = Vec::new();
        for filler in fillers {
            let told = &self.mentions.all[filler.mention];
            let index = self.mentions.resolved(filler.mention);
            let meant = &self.mentions.all[index];
            let place = self.place(
                told,
                meant,
                self.resolved[index].as_ref(),
                self.standings[filler.mention].as_ref(),
            );
            if !found.iter().any(|p| p.name == place.name) {
                found.push(place);
            }
        }
        // "Maungdaw, Rakhine State, Myanmar", "near X in eastern Syria": the finest of what contains one another
        let kept: Vec<bool> = (0..found.len())
            .map(|wide| {
                self.is_added(&found[wide])
                    || !self.spells_out(&found[wide], &found)
                        && !(0..found.len()).any(|fine| fine != wide && contains(&found[wide], &found[fine]))
            })
            .collect();
        let mut kept = kept.into_iter();
        found.retain(|_| kept.next().unwrap_or(true));
        found
    }

    /// "Dovhenke, Izium Raion, Kharkiv Oblast": what stands after a comma and is called a province says where the place before it lies.
    fn spells_out(&self, wide: &Place, all: &[Place]) -> bool {
        let is_area = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            nouns::is(&word, Class::Area)
        };
        let slice = |start: u32, end: u32| self.context.index.slice(self.context.text, Span::new(start, end));
        let behind = slice(wide.end, wide.end + LONGEST_KIND);
        let called = wide.text.split_whitespace().last().is_some_and(is_area)
            || behind.split_whitespace().next().is_some_and(is_area);
        called
            && all.iter().any(|fine| {
                fine.end < wide.start && wide.start - fine.end <= 2 * LONGEST_KIND && {
                    let between = slice(fine.end, wide.start);
                    between.contains(',')
                        && between.split([' ', ',']).filter(|word| !word.is_empty()).all(is_area)
                }
            })
    }

    /// "Gaza City and the Gaza Strip": told for its own sake.
    fn is_added(&self, place: &Place) -> bool {
        let before = Span::new(place.start.saturating_sub(8), place.start);
        self.context.index.slice(self.context.text, before).split_whitespace().any(|word| word == "and")
    }

    fn place(
        &self,
        told: &Mention,
        meant: &Mention,
        resolution: Option<&Resolution>,
        standing: Option<&Standing>,
    ) -> Place {
        let span = standing.and_then(|s| s.span).unwrap_or_else(|| {
            meant
                .place
                .as_ref()
                .filter(|_| told.head == meant.head && told.sentence == meant.sentence)
                .map_or(told.span, |words| {
                    self.trees[meant.sentence].sentence.span_of(words.first, words.last)
                })
        });
        let name = meant.place.as_ref().map_or_else(|| meant.name.clone(), |words| words.name.clone());
        // copy without capitals gives names without; a reader writes them with
        let name = if self.context.cased || meant.place.is_none() { name } else { capitalised(&name) };
        let mut place = Place {
            name,
            text: self.context.index.slice(self.context.text, span).to_owned(),
            start: span.start,
            end: span.end,
            id: None,
            lat: None,
            lon: None,
            country: None,
            kind: None,
            relation: standing.map_or_else(|| self.relation(told), |s| s.relation),
            radius_km: None,
            score: 0.0,
            runner_up: None,
        };
        let Some(resolution) = resolution else { return place };
        place.score = hundredths(resolution.score);
        place.runner_up = resolution.runner_up.as_ref().map(|(located, score)| RunnerUp {
            id: located.id.clone(),
            name: located.name.clone(),
            score: hundredths(*score),
        });
        let Some(best) = resolution.best.as_ref().filter(|_| !resolution.undecided) else { return place };
        place.id = Some(best.id.clone());
        let reach = (best.radius_km * 10.0).round() / 10.0;
        let (lat, lon, radius) = standing.and_then(|s| s.area).unwrap_or((best.lat, best.lon, reach));
        place.lat = Some(lat);
        place.lon = Some(lon);
        place.country = best.country.as_ref().map(ToString::to_string);
        place.kind = Some(best.kind.as_str().to_owned());
        place.radius_km = (radius > 0.0).then_some(radius);
        place
    }

    /// How the phrase stands to the place it names by its preposition alone.
    fn relation(&self, told: &Mention) -> PlaceRelation {
        match self.trees[told.sentence].case(told.head).as_str() {
            "near" | "around" | "outside" | "close to" | "outside of" => PlaceRelation::Near,
            "from" => PlaceRelation::From,
            "to" | "into" | "toward" | "towards" => PlaceRelation::Towards,
            "between" => PlaceRelation::Between,
            _ => PlaceRelation::At,
        }
    }
}

/// Whether `wide` is a country or a wide region told only to say where the finer place lies.
fn contains(wide: &Place, fine: &Place) -> bool {
    let kind = |place: &Place| place.kind.as_deref().and_then(PlaceKind::parse);
    let (Some(outer), Some(inner)) = (kind(wide), kind(fine)) else { return false };
    let told = matches!(wide.relation, PlaceRelation::At | PlaceRelation::Side | PlaceRelation::Within);
    let other = fine.country.is_some() && wide.country != fine.country;
    if !told || other || matches!(inner, PlaceKind::Country | PlaceKind::Continent) {
        return false;
    }
    let (Some(lat), Some(lon), Some(radius)) = (wide.lat, wide.lon, wide.radius_km) else { return false };
    let (Some(there), Some(east)) = (fine.lat, fine.lon) else { return false };
    match outer {
        PlaceKind::Country if fine.country.is_some() => true,
        PlaceKind::Country => distance_km((lat, lon), (there, east)) <= radius * 1.3,
        PlaceKind::Region => {
            inner != PlaceKind::Region && distance_km((lat, lon), (there, east)) <= radius * 1.3
        }
        _ => false,
    }
}

/// A score to the hundredth, without the noise of the narrower type.
fn hundredths(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}

/// "albu kamal" as a reader writes it; directions and particles stay small.
fn capitalised(name: &str) -> String {
    let words: Vec<String> = name
        .split(' ')
        .map(|word| {
            let small = word.ends_with("ern")
                || matches!(word, "of" | "the" | "and" | "central" | "border" | "area" | "s" | "-");
            let mut letters = word.chars();
            match letters.next() {
                Some(first) if !small => first.to_uppercase().chain(letters).collect(),
                _ => word.to_owned(),
            }
        })
        .collect();
    words.join(" ")
}
