//! A relational phrase by itself, outside any report: "15 km east of Palmyra", "near al-Qaim, close to Albu Kamal".

use contested_model::PlaceRelation;

use super::super::geometry::{distance_km, nearest};
use super::super::{CountryCode, Gazetteer, Located, PlaceContext, PlaceKind, PlaceQuery, Resolution};
use super::{Area, Direction, RelationalPlace, apply, border, name_at, parse_with};

/// What a relational phrase comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The words.
    pub text: String,
    /// How the place stands to the named one.
    pub relation: PlaceRelation,
    /// Distance in km, where it is given.
    pub distance_km: Option<f64>,
    /// Direction, where it is given.
    pub direction: Option<Direction>,
    /// The place that is named.
    pub anchor: (String, Resolution),
    /// The other one ("between A and B").
    pub second: Option<(String, Resolution)>,
    /// Where it is; nothing when a name in it is unknown or undecided, or nothing says whose border is meant.
    pub area: Option<Area>,
}

/// How far from a river or road the place may lie that tells which stretch of it is meant, in km.
const BESIDE_KM: f64 = 120.0;

/// More words than this are no phrase; the rest is left out.
const MOST_WORDS: usize = 60;

impl Gazetteer {
    /// The relational places that `phrase` names, in order; none where it is a name or nothing. `beside` are other names of the same
    /// report, which help to decide; the names of the phrase help one another.
    pub fn relational(
        &self,
        phrase: &str,
        beside: &[PlaceQuery<'_>],
        context: &PlaceContext<'_>,
    ) -> Vec<Placed> {
        let words = split(phrase);
        let found = parse_with(&words, &|at| name_at(self, &words, at));
        let names: Vec<(String, Option<&str>)> = found
            .iter()
            .flat_map(|place| [Some(place.anchor.clone()), place.second.clone()])
            .flatten()
            .map(|range| {
                let hint = words.get(range.end).copied();
                (
                    self.state_or(words[range].join(" ")),
                    hint.filter(|word| !PlaceKind::of_hint(word).is_empty()),
                )
            })
            .collect();
        let mut queries: Vec<PlaceQuery<'_>> = names
            .iter()
            .map(|(name, kind_hint)| PlaceQuery { name, kind_hint: *kind_hint, ..PlaceQuery::default() })
            .collect();
        queries.extend_from_slice(beside);
        let answers = self.resolve(&queries, context);
        let all: Vec<&Located> = answers.iter().filter_map(|answer| answer.best.as_ref()).collect();
        let mut about: Vec<CountryCode> = context.countries.iter().map(|(code, _)| *code).collect();
        about.extend(all.iter().filter_map(|place| place.country));
        let mut named = names.iter().map(|(name, _)| name.clone()).zip(answers.iter().cloned());
        let mut out = Vec::with_capacity(found.len());
        for place in found {
            let Some(anchor) = named.next() else { break };
            let second = if place.second.is_some() { named.next() } else { None };
            let area = self.area(&place, &anchor.1, second.as_ref().map(|(_, answer)| answer), &about, &all);
            out.push(Placed {
                text: words[place.words].join(" ").replace(" ,", ","),
                relation: place.relation,
                distance_km: place.distance_km,
                direction: place.direction,
                anchor,
                second,
                area,
            });
        }
        out
    }

    /// The country that an adjective names ("the Turkish border"), else the name as it is.
    fn state_or(&self, name: String) -> String {
        self.country_of_demonym(&name).map_or(name, |country| country.name.clone())
    }

    fn area(
        &self,
        place: &RelationalPlace,
        anchor: &Resolution,
        second: Option<&Resolution>,
        about: &[CountryCode],
        all: &[&Located],
    ) -> Option<Area> {
        let anchor = anchor.best.as_ref()?;
        // Half of "between A and B" is no place.
        let second = match second {
            Some(answer) => Some(answer.best.as_ref()?),
            None => None,
        };
        if place.relation == PlaceRelation::Border {
            return border(self, anchor, second, about, all);
        }
        let course = self.course(&anchor.id);
        let beside = second.or_else(|| {
            all.iter().copied().find(|other| {
                let town = (other.lat, other.lon);
                other.kind.is_settlement()
                    && nearest(course.unwrap_or(&[]), town)
                        .is_some_and(|point| distance_km(point, town) <= BESIDE_KM)
            })
        });
        Some(apply(anchor, place, beside, course))
    }
}

/// Words, with commas and brackets as words of their own.
fn split(phrase: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for word in phrase.split_whitespace().take(MOST_WORDS) {
        let mut rest = word;
        while let Some(mark) = rest.chars().next().filter(|c| matches!(c, '(' | ',' | ';' | ')')) {
            out.push(&rest[..mark.len_utf8()]);
            rest = &rest[mark.len_utf8()..];
        }
        let core = rest.trim_end_matches([',', ';', ')', '.']);
        if !core.is_empty() {
            out.push(core);
        }
        out.extend(rest[core.len()..].char_indices().map(|(at, mark)| {
            let from = core.len() + at;
            &rest[from..from + mark.len_utf8()]
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(phrase: &str, about: &str) -> Vec<Placed> {
        let countries: Vec<_> = CountryCode::parse(about).map(|code| (code, 1.0)).into_iter().collect();
        Gazetteer::embedded().relational(phrase, &[], &PlaceContext { dateline: None, countries: &countries })
    }

    fn near(phrase: &str, about: &str, lat: f64, lon: f64, km: f64) {
        let all = placed(phrase, about);
        let area = all.first().and_then(|place| place.area);
        let right = area.is_some_and(|area| distance_km((area.lat, area.lon), (lat, lon)) <= km);
        assert!(right, "{phrase}: {all:?}");
    }

    #[test]
    fn phrases_are_put_on_the_map() {
        near("15 km east of Palmyra", "", 34.56, 38.45, 3.0);
        near("some 30 kilometres (19 miles) south-west of Kirkuk", "", 35.28, 44.16, 8.0);
        near("between Homs and Palmyra", "", 34.65, 37.5, 10.0);
        near("on the border with Iraq", "SY", 35.1, 41.2, 60.0);
        near("the Turkish border", "SY", 36.8, 38.9, 60.0);
        near("the border between Sudan and Chad", "", 15.0, 23.0, 100.0);
        near("the border with Venezuela, near Cucuta", "CO", 7.9, -72.5, 40.0);
        near("southern Aleppo countryside", "", 36.02, 37.16, 12.0);
    }

    #[test]
    fn several_in_a_row_help_one_another() {
        let all = placed("near al-Qaim, close to Albu Kamal", "");
        let ids: Vec<_> = all
            .iter()
            .map(|place| place.anchor.1.best.as_ref().map_or("", |best| best.id.as_str()))
            .collect();
        assert_eq!(ids, ["geonames:92138", "geonames:174448"]);
        assert!(all.iter().all(|place| place.relation == PlaceRelation::Near && place.area.is_some()));
    }

    #[test]
    fn what_nothing_decides_has_no_area() {
        assert_eq!(placed("on the border with Iraq", "")[0].area, None);
        assert_eq!(placed("between Xyzzy and Homs", "SY")[0].area, None);
        assert!(placed("Eastern Ghouta", "SY").is_empty() && placed("", "").is_empty());
    }
}
