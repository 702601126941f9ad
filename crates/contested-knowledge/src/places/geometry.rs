//! Distances and directions on the sphere, good to half a per cent, which is all that reports need. Only operations that are exact by
//! IEEE 754 or taken from this file's series are used, so that every machine gives the same bytes.

/// Mean radius of the Earth in km.
const EARTH_KM: f64 = 6371.0;

/// Distance between two points in km.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let mut east = (a.1 - b.1).abs();
    if east > 180.0 {
        east = 360.0 - east;
    }
    let north = (a.0 - b.0).to_radians();
    let (mid, east) = ((a.0 + b.0).to_radians() / 2.0, east.to_radians());
    // Haversine with sines from the series below.
    let h = square(sine(north / 2.0))
        + (square(cosine(mid)) - square(sine(north / 2.0))) * square(sine(east / 2.0));
    2.0 * EARTH_KM * arcsine(h.clamp(0.0, 1.0).sqrt())
}

/// The point `km` from `from` in direction `bearing` (degrees clockwise from north).
pub fn offset(from: (f64, f64), bearing: f64, km: f64) -> (f64, f64) {
    let bearing = bearing.to_radians();
    let north = km / EARTH_KM * cosine(bearing);
    let lat = (from.0 + north.to_degrees()).clamp(-90.0, 90.0);
    let shrink = cosine(f64::midpoint(from.0, lat).to_radians()).max(0.01);
    let east = km / EARTH_KM * sine(bearing) / shrink;
    let mut lon = from.1 + east.to_degrees();
    if lon > 180.0 {
        lon -= 360.0;
    } else if lon < -180.0 {
        lon += 360.0;
    }
    (lat, lon)
}

/// The point of `course` nearest to `to`, corner points only.
pub fn nearest(course: &[(f64, f64)], to: (f64, f64)) -> Option<(f64, f64)> {
    course.iter().copied().min_by(|&a, &b| distance_km(a, to).total_cmp(&distance_km(b, to)))
}

/// The point of a line nearest to `to`, also between its corners; corners far apart are taken for a straight line on the map.
pub fn nearest_on(line: &[(f64, f64)], to: (f64, f64)) -> Option<(f64, f64)> {
    let shrink = square(cosine(to.0.to_radians())).max(1e-4);
    let feet = line.windows(2).map(|ends| {
        let (a, b) = (ends[0], ends[1]);
        let (north, east) = (b.0 - a.0, b.1 - a.1);
        let length = square(north) + square(east) * shrink;
        let along = (to.0 - a.0) * north + (to.1 - a.1) * east * shrink;
        let part = if length > 0.0 { (along / length).clamp(0.0, 1.0) } else { 0.0 };
        (a.0 + north * part, a.1 + east * part)
    });
    let corners = line.first().copied();
    corners.into_iter().chain(feet).min_by(|&a, &b| distance_km(a, to).total_cmp(&distance_km(b, to)))
}

/// The point half-way along a line, and how far its ends are from there, in km.
pub fn middle(line: &[(f64, f64)]) -> Option<((f64, f64), f64)> {
    let half = line.windows(2).map(|ends| distance_km(ends[0], ends[1])).sum::<f64>() / 2.0;
    let mut gone = 0.0;
    let mut point = *line.first()?;
    for ends in line.windows(2) {
        let step = distance_km(ends[0], ends[1]);
        if gone + step >= half && step > 0.0 {
            let part = (half - gone) / step;
            point = (ends[0].0 + (ends[1].0 - ends[0].0) * part, ends[0].1 + (ends[1].1 - ends[0].1) * part);
            break;
        }
        gone += step;
    }
    let reach = line.iter().map(|&corner| distance_km(point, corner)).fold(0.0, f64::max);
    Some((point, reach))
}

fn square(x: f64) -> f64 {
    x * x
}

/// Sine by its Taylor series, |x| brought below π/2 first; error below 1e-9.
fn sine(x: f64) -> f64 {
    use std::f64::consts::{FRAC_PI_2, PI};
    let mut x = x % (2.0 * PI);
    if x > PI {
        x -= 2.0 * PI;
    } else if x < -PI {
        x += 2.0 * PI;
    }
    if x > FRAC_PI_2 {
        x = PI - x;
    } else if x < -FRAC_PI_2 {
        x = -PI - x;
    }
    let s = x * x;
    x * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0 * (1.0 - s / 72.0 * (1.0 - s / 110.0)))))
}

fn cosine(x: f64) -> f64 {
    sine(x + std::f64::consts::FRAC_PI_2)
}

/// Arcsine on [0, 1]: Abramowitz & Stegun 4.4.46, error below 2e-8; small angles by the series, which is exact there.
fn arcsine(x: f64) -> f64 {
    if x < 0.1 {
        let s = x * x;
        return x * (1.0 + s / 6.0 + s * s * 3.0 / 40.0 + s * s * s * 15.0 / 336.0);
    }
    let poly = [
        1.570_796_305_0,
        -0.214_598_801_6,
        0.088_978_987_4,
        -0.050_174_304_6,
        0.030_891_881_0,
        -0.017_088_125_6,
        0.006_670_090_1,
        -0.001_262_491_1,
    ]
    .iter()
    .rev()
    .fold(0.0, |sum, c| sum * x + c);
    std::f64::consts::FRAC_PI_2 - (1.0 - x).sqrt() * poly
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances() {
        let damascus = (33.51, 36.29);
        assert!((distance_km(damascus, (36.20, 37.16)) - 310.0).abs() < 5.0);
        assert!((distance_km((50.45, 30.52), (55.75, 37.62)) - 755.0).abs() < 5.0);
        assert!(distance_km(damascus, damascus) < 1e-6);
        assert!((distance_km((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.5);
        assert!((distance_km((0.0, 0.0), (0.0, 180.0)) - 20_015.0).abs() < 20.0);
    }

    #[test]
    fn lines_have_points_between_their_corners() {
        let line = [(31.0, 25.0), (22.0, 25.0)];
        assert_eq!(nearest_on(&line, (26.0, 26.0)), Some((26.0, 25.0)));
        assert_eq!(nearest_on(&line, (40.0, 25.0)), Some((31.0, 25.0)));
        let (point, reach) = middle(&line).expect("a line has a middle");
        assert!((point.0 - 26.5).abs() < 0.01 && (reach - 500.0).abs() < 5.0, "{point:?} {reach}");
        assert_eq!(nearest_on(&[], (0.0, 0.0)), None);
    }

    #[test]
    fn offsets_come_back() {
        let palmyra = (34.56, 38.28);
        let east = offset(palmyra, 90.0, 15.0);
        assert!((distance_km(palmyra, east) - 15.0).abs() < 0.1);
        assert!(east.1 > palmyra.1 && (east.0 - palmyra.0).abs() < 1e-9);
    }
}
