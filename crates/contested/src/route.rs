//! A route: the lines of a GeoJSON file, and how far places lie along and beside them.

use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

/// Most points of a route; longer ones are no road.
const LONGEST: usize = 200_000;
/// Kilometres in a degree of latitude.
const KM_A_DEGREE: f64 = 111.2;

/// Lines one after another, in degrees east and north.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Route(Vec<Vec<[f64; 2]>>);

/// Where a place lies by a route.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Beside {
    /// Kilometres from the route's start.
    pub(crate) along: f64,
    /// Kilometres from the route.
    pub(crate) off: f64,
}

impl Route {
    /// The lines of the GeoJSON file at `path`: geometries, features or collections of them; points and areas are passed over.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let json: Value =
            serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))?;
        Self::of(&json).with_context(|| format!("{} is no route", path.display()))
    }

    fn of(json: &Value) -> anyhow::Result<Self> {
        let mut lines = Vec::new();
        gather(json, 0, &mut lines)?;
        ensure!(!lines.is_empty(), "it has no line: draw the route as a LineString");
        ensure!(
            lines.iter().map(Vec::len).sum::<usize>() <= LONGEST,
            "it has more than {LONGEST} points: simplify it"
        );
        Ok(Self(lines))
    }

    /// Where a place lies by the route: at its nearest point.
    pub(crate) fn beside(&self, lat: f64, lon: f64) -> Option<Beside> {
        let mut best: Option<Beside> = None;
        let mut start = 0.0;
        for line in &self.0 {
            for pair in line.windows(2) {
                let ([a, b], here) =
                    ([pair[0], pair[1]].map(|point| plane(point, lat)), plane([lon, lat], lat));
                let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
                let length = dx.hypot(dy);
                let share = if length > 0.0 {
                    (((here[0] - a[0]) * dx + (here[1] - a[1]) * dy) / (length * length)).clamp(0.0, 1.0)
                } else {
                    0.0
                };
                let off = (here[0] - a[0] - share * dx).hypot(here[1] - a[1] - share * dy);
                if best.is_none_or(|best| off < best.off) {
                    best = Some(Beside { along: start + share * length, off });
                }
                start += length;
            }
        }
        best
    }
}

/// Kilometres east and north on the plane that touches the earth at a latitude: good for the few kilometres that matter here.
fn plane([lon, degrees]: [f64; 2], lat: f64) -> [f64; 2] {
    [lon * KM_A_DEGREE * lat.to_radians().cos(), degrees * KM_A_DEGREE]
}

fn gather(json: &Value, deep: usize, lines: &mut Vec<Vec<[f64; 2]>>) -> anyhow::Result<()> {
    ensure!(deep < 8, "its collections are nested too deeply");
    let list = |key: &str| json[key].as_array().map(Vec::as_slice).unwrap_or_default();
    match json["type"].as_str() {
        Some("FeatureCollection") => list("features").iter().try_for_each(|one| gather(one, deep + 1, lines)),
        Some("GeometryCollection") => {
            list("geometries").iter().try_for_each(|one| gather(one, deep + 1, lines))
        }
        Some("Feature") => gather(&json["geometry"], deep + 1, lines),
        Some("LineString") => {
            lines.push(line(&json["coordinates"])?);
            Ok(())
        }
        Some("MultiLineString") => {
            for one in list("coordinates") {
                lines.push(line(one)?);
            }
            Ok(())
        }
        Some(_) => Ok(()),
        None if json.is_null() => Ok(()),
        None => bail!("it is not GeoJSON: an object has no `type`"),
    }
}

fn line(coordinates: &Value) -> anyhow::Result<Vec<[f64; 2]>> {
    let points = coordinates.as_array().context("a line has no coordinates")?;
    ensure!(points.len() > 1, "a line has fewer than two points");
    let point = |point: &Value| {
        let (lon, lat) = (point[0].as_f64()?, point[1].as_f64()?);
        (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some([lon, lat])
    };
    points
        .iter()
        .map(|p| point(p).with_context(|| format!("{p} is no point: write degrees east, then degrees north")))
        .collect()
}

/// Kilometres from `5km`, `5 km` or `5`.
pub(crate) fn kilometres(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches("km").trim();
    match number.parse::<f64>() {
        Ok(km) if km.is_finite() && (0.0..=500.0).contains(&km) => Ok(km),
        _ => Err("write a distance of at most 500 kilometres, such as `5km`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_lie_along_and_beside_a_route() {
        let route = json!({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[40.0, 35.0], [41.0, 35.0]]}},
            {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 1]}}]});
        let route = Route::of(&route).unwrap();
        let near = route.beside(35.05, 40.5).unwrap();
        assert!((near.off - 5.56).abs() < 0.05 && (near.along - 45.5).abs() < 0.3, "{near:?}");
        assert!(route.beside(36.0, 40.5).unwrap().off > 100.0);
    }

    #[test]
    fn what_is_no_route_is_told() {
        for (json, words) in [
            (json!({"type": "Point", "coordinates": [1, 1]}), "it has no line"),
            (json!({"type": "LineString", "coordinates": [[1, 1]]}), "fewer than two"),
            (json!({"type": "LineString", "coordinates": [[1, 1], [400, 1]]}), "no point"),
            (json!([1]), "not GeoJSON"),
        ] {
            let error = Route::of(&json).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        assert_eq!(kilometres("5 km"), Ok(5.0));
        assert!(kilometres("-1km").is_err() && kilometres("far").is_err());
    }
}
