use super::*;

fn shown(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    parse(&words)
        .into_iter()
        .map(|p| {
            format!(
                "{}{}{} {}{}",
                p.relation.as_str(),
                p.distance_km.map_or(String::new(), |km| format!(" {km:.0} km")),
                p.direction
                    .map_or(String::new(), |d| format!(" {d:?}{}", if p.inside { " part" } else { "" })),
                words[p.anchor].join(" "),
                p.second.map_or(String::new(), |s| format!(" + {}", words[s].join(" "))),
            )
        })
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn relations_are_found() {
    assert_eq!(shown("a convoy stood 15 km east of Palmyra"), "offset 15 km East Palmyra");
    assert_eq!(
        shown("some 15km ( nine miles ) north - west of the town of Tel Abyad"),
        "offset 15 km NorthWest Tel Abyad"
    );
    assert_eq!(shown("posts near al-Qaim , close to Albu Kamal"), "near al-Qaim; near Albu Kamal");
    assert_eq!(shown("land east of the Euphrates"), "side East Euphrates");
    assert_eq!(shown("on the border with Iraq"), "border Iraq");
    assert_eq!(shown("the road between Homs and Palmyra was cut"), "between Homs + Palmyra");
    assert_eq!(shown("raids on the southern Aleppo countryside"), "side South part Aleppo");
    assert_eq!(shown("villages in northern Jordan"), "side North part Jordan");
    assert_eq!(shown("on the outskirts of Idlib"), "near Idlib");
    assert_eq!(shown("shells on the eastern Ghouta region"), "");
    assert_eq!(shown("fighting in South Sudan and North Darfur"), "");
}

#[test]
fn small_letters_do() {
    assert_eq!(shown("land east of the euphrates , near damascus"), "side East euphrates; near damascus");
    assert_eq!(shown("between now and then , near a house , east of him"), "");
}

#[test]
fn anchors_move() {
    let places = Gazetteer::embedded();
    let palmyra = places.get("geonames:163808").expect("Palmyra is in the gazetteer").place;
    let words: Vec<&str> = "15 km east of Palmyra".split(' ').collect();
    let area = apply(&palmyra, &parse(&words)[0], None, None);
    assert!((distance_km((area.lat, area.lon), (palmyra.lat, palmyra.lon)) - 15.0).abs() < 0.3);
    assert!(area.lon > palmyra.lon && area.radius_km >= 2.0);
    let words: Vec<&str> = "between Palmyra and Homs".split(' ').collect();
    let homs = places.get("geonames:169577").expect("Homs is in the gazetteer").place;
    let area = apply(&palmyra, &parse(&words)[0], Some(&homs), None);
    assert!(area.lon < palmyra.lon && area.lon > homs.lon);
    // The countryside of a town is not a quarter of it.
    let aleppo = places.get("geonames:170063").expect("Aleppo is in the gazetteer").place;
    let reach = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        let area = apply(&aleppo, &parse(&words)[0], None, None);
        (distance_km((area.lat, area.lon), (aleppo.lat, aleppo.lon)), area.radius_km)
    };
    let (town, country) = (reach("southern Aleppo"), reach("the southern Aleppo countryside"));
    assert!(town.0 + town.1 <= aleppo.radius_km * 1.2, "{town:?}");
    assert!(country.0 > aleppo.radius_km && country.0 - country.1 < aleppo.radius_km, "{country:?}");
}
