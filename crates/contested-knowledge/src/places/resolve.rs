//! Which of the places of one name a report means: all names of a report are decided together.

use std::collections::BTreeMap;

use super::candidates::{Asked, Candidate, Fit};
use super::country::CountryCode;
use super::fold::fold;
use super::gazetteer::{Gazetteer, Located};
use super::geometry::distance_km;
use super::kind::PlaceKind;
use super::score::{self, Exact, Score};
use super::skeleton::skeleton;

/// A name in a report with what stands beside it.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlaceQuery<'a> {
    /// The name, with or without words of kind ("Homs province").
    pub name: &'a str,
    /// Kind word beside it ("town", "province", "river").
    pub kind_hint: Option<&'a str>,
    /// Names that follow and contain it: "X, Y province, Syria".
    pub inside: &'a [&'a str],
    /// Nationality beside it: "the Lebanese city of X".
    pub country_hint: Option<CountryCode>,
}

/// What the whole report says about where it plays.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlaceContext<'a> {
    /// Place of the dateline.
    pub dateline: Option<&'a str>,
    /// Countries the report is about with their salience, 0 to 1 (demonyms, actors, source). Countries among the queries are added here.
    pub countries: &'a [(CountryCode, f32)],
}

/// What was decided about one name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resolution {
    /// The place meant; `None` when no place has the name or it cannot be decided.
    pub best: Option<Located>,
    /// 0 to 1: how sure it is.
    pub score: f32,
    /// The next best place elsewhere with its score; when undecided, the likeliest one.
    pub runner_up: Option<(Located, f32)>,
    /// Places of that name exist and nothing decides between them.
    pub undecided: bool,
}

/// Margin below which two readings are not told apart.
const TOO_CLOSE: f32 = 0.25;
/// Evidence from which on the report is said to speak for a reading.
const SPOKEN_FOR: f32 = 0.6;
/// Places closer than this, in one country, are one reading of the name (a town and its district).
const SAME_KM: f64 = 25.0;

/// Letters of a name's skeleton up to which many names are like it.
const SHORT: usize = 4;

fn exact(asked: &Asked) -> Exact {
    match asked.candidates.iter().any(|c| c.fit < Fit::Skeleton) {
        false => Exact::No,
        true if skeleton(&asked.key).len() <= SHORT => Exact::AndShort,
        true => Exact::Yes,
    }
}

struct Name {
    asked: Asked,
    scores: Vec<Score>,
    kinds: Vec<&'static [PlaceKind]>,
    inside: Vec<Inside>,
    hints: Vec<CountryCode>,
    best: usize,
    sure: f32,
}

/// A containing name and what it may be.
struct Inside {
    country: Option<CountryCode>,
    skeleton: String,
    places: Vec<Candidate>,
}

impl Gazetteer {
    /// Decides all names of a report together. The answers stand in the order of the queries; the same name gets the same answer unless
    /// words beside it say otherwise.
    pub fn resolve(&self, queries: &[PlaceQuery<'_>], context: &PlaceContext<'_>) -> Vec<Resolution> {
        let mut at_name: BTreeMap<String, usize> = BTreeMap::new();
        let mut names: Vec<Name> = Vec::new();
        let mut of_query = Vec::with_capacity(queries.len());
        for query in queries {
            // Names with the same words beside them are one; others are decided apart and speak for each other.
            let mut key = fold(query.name);
            for inside in query.inside {
                key.push('\u{1}');
                key.push_str(&fold(inside));
            }
            key.push('\u{2}');
            key.push_str(query.kind_hint.unwrap_or(""));
            if let Some(code) = query.country_hint {
                key.push('\u{3}');
                key.push_str(code.as_str());
            }
            let index = *at_name.entry(key).or_insert_with(|| {
                names.push(self.name(query));
                names.len() - 1
            });
            of_query.push(index);
        }
        let dateline = context.dateline.and_then(|name| self.dateline(name, context.countries));
        let stated = self.stated_countries(queries, context, dateline.as_ref());
        for round in 0..4 {
            self.score_all(&mut names, &stated, dateline.as_ref(), round);
        }
        let answers: Vec<Resolution> = names.iter().map(|name| self.decide(name)).collect();
        of_query.into_iter().map(|index| answers[index].clone()).collect()
    }

    fn name(&self, query: &PlaceQuery<'_>) -> Name {
        let asked = self.ask(query.name);
        let hint = query.kind_hint.map_or(&[][..], |word| PlaceKind::of_hint(&word.to_lowercase()));
        let kinds = [asked.kinds, hint].into_iter().filter(|k| !k.is_empty()).collect();
        let inside = query.inside.iter().map(|name| self.inside(name)).collect();
        let scores = vec![Score::default(); asked.candidates.len()];
        Name {
            scores,
            kinds,
            inside,
            hints: query.country_hint.into_iter().collect(),
            best: 0,
            sure: 0.0,
            asked,
        }
    }

    fn inside(&self, name: &str) -> Inside {
        if let Some(country) = self.country(name) {
            return Inside { country: Some(country.code), skeleton: String::new(), places: Vec::new() };
        }
        let mut asked = self.ask(name);
        asked.candidates.truncate(48);
        Inside { country: None, skeleton: skeleton(&asked.key), places: asked.candidates }
    }

    fn dateline(&self, name: &str, countries: &[(CountryCode, f32)]) -> Option<Candidate> {
        let asked = self.ask(name);
        let exact = exact(&asked);
        let worth = |c: &Candidate| {
            let salient =
                countries.iter().filter(|(code, _)| Some(*code) == c.record.country).map(|(_, s)| s.min(1.0));
            score::prior(c, exact, false) + score::COUNTRY * salient.fold(0.0, f32::max)
        };
        asked.candidates.iter().copied().max_by(|a, b| worth(a).total_cmp(&worth(b)))
    }

    /// Salience of countries before any place is decided.
    fn stated_countries(
        &self,
        queries: &[PlaceQuery<'_>],
        context: &PlaceContext<'_>,
        dateline: Option<&Candidate>,
    ) -> BTreeMap<CountryCode, f32> {
        let mut salience: BTreeMap<CountryCode, f32> = BTreeMap::new();
        let mut add = |code: CountryCode, weight: f32| {
            let known = salience.entry(code).or_insert(0.0);
            *known = known.max(weight);
        };
        for &(code, weight) in context.countries {
            add(code, weight.clamp(0.0, 1.0));
        }
        if let Some(code) = dateline.and_then(|c| c.record.country) {
            add(code, 0.35);
        }
        for query in queries {
            if let Some(code) = query.country_hint {
                add(code, 0.6);
            }
            for name in query.inside.iter().chain([&query.name]) {
                if let Some(country) = self.country(name) {
                    add(country.code, 0.8);
                }
            }
        }
        salience
    }

    fn score_all(
        &self,
        names: &mut [Name],
        stated: &BTreeMap<CountryCode, f32>,
        dateline: Option<&Candidate>,
        round: usize,
    ) {
        let mut salience = stated.clone();
        // From the second round on, what was decided speaks for its neighbours.
        let anchors: Vec<(usize, Candidate, f32)> = if round == 0 {
            Vec::new()
        } else {
            (0..names.len())
                .filter(|&i| names[i].sure > 0.3)
                .filter_map(|i| Some((i, *names[i].asked.candidates.get(names[i].best)?, names[i].sure)))
                .filter(|(_, c, _)| !matches!(c.record.kind, PlaceKind::Country | PlaceKind::Continent))
                .collect()
        };
        // The same name under other words is not a second witness for its country.
        let mut heard: BTreeMap<(&str, CountryCode), f32> = BTreeMap::new();
        for (i, candidate, sure) in &anchors {
            if let Some(code) = candidate.record.country {
                let known = heard.entry((names[*i].asked.key.as_str(), code)).or_insert(0.0);
                *known = known.max(*sure);
            }
        }
        let votes: Vec<(String, CountryCode, f32)> =
            heard.into_iter().map(|((key, code), sure)| (key.to_owned(), code, sure)).collect();
        for (_, code, sure) in &votes {
            *salience.entry(*code).or_insert(0.0) += 0.35 * sure;
        }
        let most = salience.values().copied().fold(0.0, f32::max);
        let war = |code: Option<CountryCode>| code.and_then(|c| self.country_of(c)).is_some_and(|c| c.war);
        for i in 0..names.len() {
            let own: Vec<_> =
                votes.iter().filter(|v| v.0 == names[i].asked.key).map(|v| (v.1, 0.35 * v.2)).collect();
            let exact = exact(&names[i].asked);
            for c in 0..names[i].asked.candidates.len() {
                let candidate = names[i].asked.candidates[c];
                let mut score = Score {
                    prior: score::prior(&candidate, exact, war(candidate.record.country)),
                    evidence: 0.0,
                };
                for kinds in &names[i].kinds {
                    score.prior += score::kind(candidate.record.kind, kinds);
                }
                score.evidence += self.beside(&names[i], &candidate);
                if let Some(code) = candidate.record.country {
                    let mine: f32 = own.iter().filter(|o| o.0 == code).map(|o| o.1).sum();
                    let salient = (salience.get(&code).copied().unwrap_or(0.0) - mine).clamp(0.0, 1.0);
                    score.evidence += score::COUNTRY * salient;
                    if salient < 0.1 && most > 0.3 {
                        score.evidence += score::ELSEWHERE * most.min(1.0);
                    }
                }
                let here = (candidate.record.lat, candidate.record.lon);
                if let Some(from) = dateline {
                    let km = distance_km(here, (from.record.lat, from.record.lon));
                    score.evidence += score::DATELINE * score::near(km, 300.0);
                }
                score.evidence += cluster(&anchors, i, &names[i].asked.key, names, here);
                names[i].scores[c] = score;
            }
            settle(&mut names[i]);
        }
    }

    /// What the words beside the name say for `candidate`.
    fn beside(&self, name: &Name, candidate: &Candidate) -> f32 {
        let mut sum = 0.0;
        for &hint in &name.hints {
            sum += if candidate.record.country == Some(hint) {
                score::HINTED_COUNTRY
            } else {
                -score::HINTED_COUNTRY
            };
        }
        for inside in &name.inside {
            if let Some(country) = inside.country {
                sum += if candidate.record.country == Some(country) { score::INSIDE } else { -score::INSIDE };
                continue;
            }
            if inside.places.is_empty() {
                continue;
            }
            let mut held = false;
            self.ancestors(candidate.at, &candidate.record, |parent, text| {
                held |= match parent {
                    Some(parent) => inside.places.iter().any(|p| p.at == parent),
                    None => skeleton(&fold(text)) == inside.skeleton,
                };
            });
            sum += if held {
                score::INSIDE
            } else if inside.places.iter().any(|p| self.reaches(p, candidate)) {
                score::INSIDE_NEAR
            } else {
                score::OUTSIDE
            };
        }
        sum
    }

    fn reaches(&self, area: &Candidate, place: &Candidate) -> bool {
        if area.record.country.is_some() && area.record.country != place.record.country {
            return false;
        }
        let reach = self.radius_km(area.at, &area.record).max(15.0) * 1.5;
        distance_km((area.record.lat, area.record.lon), (place.record.lat, place.record.lon)) <= reach
    }

    fn decide(&self, name: &Name) -> Resolution {
        let candidates = &name.asked.candidates;
        let Some(best) = candidates.get(name.best) else { return Resolution::default() };
        let score = name.scores[name.best];
        let rival = rival(name);
        let margin = rival.map_or(4.0, |r| score.total() - name.scores[r].total());
        let confidence = score::confidence(margin, score.evidence, best.fit);
        let runner_up = rival.map(|r| {
            let other = &candidates[r];
            let its = score::confidence(0.0, name.scores[r].evidence, other.fit) - 0.3;
            (self.locate(other.at, &other.record), (its.max(0.05) * 100.0).round() / 100.0)
        });
        if self.is_decided(name, best, score, margin) {
            let located = self.locate(best.at, &best.record);
            return Resolution { best: Some(located), score: confidence, runner_up, undecided: false };
        }
        let likeliest = (self.locate(best.at, &best.record), confidence.min(0.4));
        Resolution { best: None, score: 0.0, runner_up: Some(likeliest), undecided: true }
    }

    fn is_decided(&self, name: &Name, best: &Candidate, score: Score, margin: f32) -> bool {
        let record = &best.record;
        if record.kind == PlaceKind::Country {
            return best.fit < Fit::Skeleton && margin > 0.0;
        }
        if margin < TOO_CLOSE {
            return false;
        }
        let spoken_for = score.evidence >= SPOKEN_FOR;
        let ambiguous = self.ambiguity.of(&name.asked.key).is_some();
        let war = record.country.and_then(|c| self.country_of(c)).is_some_and(|c| c.war);
        match best.fit {
            // A mere likeness needs a witness, and a strong one where little of the name is left.
            Fit::Skeleton => {
                let letters = skeleton(&name.asked.key).len();
                let needed = if letters <= SHORT { 2.0 } else { 1.0 };
                // A report that plays elsewhere is a witness against it.
                let elsewhere = score.evidence < 0.0;
                !ambiguous && (score.evidence >= needed || war && letters >= 6 && margin >= 2.0 && !elsewhere)
            }
            _ if spoken_for => true,
            _ if ambiguous => false,
            _ => {
                let famous = record.capital
                    || record.population >= 500_000
                    || best.at.layer == 0
                    || war && (record.kind == PlaceKind::Province || record.population >= 50_000);
                famous && margin >= 0.8 || margin >= if war { 1.5 } else { 3.0 }
            }
        }
    }
}

/// What other decided places of the report say for a candidate at `here`.
fn cluster(
    anchors: &[(usize, Candidate, f32)],
    own: usize,
    key: &str,
    names: &[Name],
    here: (f64, f64),
) -> f32 {
    let (mut around, mut same) = (0.0f32, 0.0f32);
    for (i, anchor, sure) in anchors {
        if *i == own {
            continue;
        }
        let km = distance_km(here, (anchor.record.lat, anchor.record.lon));
        if names[*i].asked.key == key {
            same = same.max(sure * score::near(km, 15.0));
        } else {
            around += sure * score::near(km, 120.0);
        }
    }
    score::CLUSTER * around.min(1.0) + score::SAME_NAME * same
}

fn settle(name: &mut Name) {
    let Some(best) = (0..name.scores.len()).max_by(|&a, &b| {
        // Equal scores: the first candidate, whatever the order of rounds.
        name.scores[a].total().total_cmp(&name.scores[b].total()).then(b.cmp(&a))
    }) else {
        return;
    };
    name.best = best;
    let margin = rival(name).map_or(4.0, |r| name.scores[best].total() - name.scores[r].total());
    let fit = name.asked.candidates[best].fit;
    let known = score::confidence(margin, name.scores[best].evidence, fit);
    name.sure = if margin < TOO_CLOSE { 0.0 } else { (known - 0.3).max(0.0) };
}

/// The best candidate that is another place than the best one.
fn rival(name: &Name) -> Option<usize> {
    let best = name.asked.candidates.get(name.best)?;
    let here = (best.record.lat, best.record.lon);
    (0..name.scores.len())
        .filter(|&i| {
            let other = &name.asked.candidates[i].record;
            let km = distance_km(here, (other.lat, other.lon));
            // Two cities of one name so close are one, listed at its harbour and at the middle of its district.
            let cities = other.population.min(best.record.population) >= 50_000;
            let one_family = other.country == best.record.country
                && (km < SAME_KM
                    || cities && km < 2.0 * SAME_KM
                    || (other.kind.is_area() || best.record.kind.is_area()) && km < 150.0);
            i != name.best && !one_family
        })
        .max_by(|&a, &b| name.scores[a].total().total_cmp(&name.scores[b].total()).then(b.cmp(&a)))
}

#[cfg(test)]
mod tests;
