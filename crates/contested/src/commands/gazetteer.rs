use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use contested_knowledge::places::relation::{Direction, Placed};
use contested_knowledge::places::{
    CountryCode, Gazetteer, Located, PlaceContext, PlaceKind, PlaceQuery, import,
};
use contested_model::PlaceRelation;
use serde_json::{Value, json};

use crate::imports::{self, Import};
use crate::output::{Output, push_line};
use crate::store::StoreArgs;

/// Where places are: look names up, and import gazetteers of your own
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested gazetteer lookup 'Albu Kamal'
  contested gazetteer lookup Tripoli --country LB
  contested gazetteer lookup Rawa --near al-Qaim
  contested gazetteer lookup '15 km east of Palmyra'
  contested gazetteer lookup 'on the border with Iraq' --country SY
  contested gazetteer import SY.txt            a GeoNames country dump
  contested gazetteer import front-line.csv    a table with name,lat,lon[,kind,country,alternates,parent,…]
  contested gazetteer list")]
pub(crate) struct GazetteerArgs {
    #[command(subcommand)]
    command: GazetteerCommand,
}

#[derive(Debug, Subcommand)]
enum GazetteerCommand {
    /// Say which place a name means, how surely, and what else it may mean
    ///
    /// A place told by another one ("15 km east of Palmyra", "near al-Qaim, close to Albu Kamal", "between Homs and Palmyra", "the border
    /// with Iraq", "southern Aleppo countryside") is given as a point and a radius, one line for each relation.
    Lookup {
        /// The name, in any spelling, or a phrase that tells a place by another one
        name: String,
        /// A place nearby that the same report names; may be repeated
        #[arg(long, value_name = "PLACE")]
        near: Vec<String>,
        /// A place that holds it: a district, province or country; may be repeated
        #[arg(long = "in", value_name = "PLACE")]
        inside: Vec<String>,
        /// The country that the report is about: a name or ISO 3166-1 alpha-2 code
        #[arg(long, value_name = "CC")]
        country: Option<String>,
        /// What kind of place it is, such as town, province, river
        #[arg(long)]
        kind: Option<String>,
        /// Print the answer as one JSON object
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Compile a gazetteer and keep it beside the ledger; it takes part from then on
    ///
    /// Formats: GeoNames dumps (19 tab-separated columns), Who's On First extracts (12), and CSV tables with a head that names name, lat
    /// and lon and may name id, alternates (separated by |), kind, country, parent, population and radius_km. A file with an error is
    /// refused whole.
    Import {
        /// The file
        file: PathBuf,
        /// What to call the import; default: the file's name. An import of the same name is replaced
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// List what has been imported beside the ledger
    List {
        /// Print one JSON object
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
}

/// Runs `contested gazetteer`.
pub(crate) fn run(args: &GazetteerArgs) -> anyhow::Result<()> {
    match &args.command {
        GazetteerCommand::Lookup { name, near, inside, country, kind, json, store } => {
            let places = &imports::knowledge(&store.store)?.places;
            let country = match country.as_deref() {
                None => None,
                Some(word) => {
                    let upper = word.to_uppercase();
                    let found = places.country(word).or_else(|| places.country(&upper));
                    Some(
                        found
                            .with_context(|| format!("`{word}` is neither a country's name nor its code"))?
                            .code,
                    )
                }
            };
            if let Some(kind) = kind.as_deref().filter(|kind| PlaceKind::of_hint(kind).is_empty()) {
                bail!(
                    "`{}` is no kind of place, such as town, village, province, river or camp",
                    shown(kind)
                );
            }
            lookup(places, name, near, inside, country, kind.as_deref(), *json)
        }
        GazetteerCommand::Import { file, name, store } => import_file(file, name.as_deref(), store),
        GazetteerCommand::List { json, store } => list(store, *json),
    }
}

fn lookup(
    places: &Gazetteer,
    name: &str,
    near: &[String],
    inside: &[String],
    country: Option<CountryCode>,
    kind: Option<&str>,
    json: bool,
) -> anyhow::Result<()> {
    let inside: Vec<&str> = inside.iter().map(String::as_str).collect();
    let mut queries = vec![PlaceQuery { name, kind_hint: kind, inside: &inside, country_hint: None }];
    queries.extend(near.iter().map(|name| PlaceQuery { name, ..PlaceQuery::default() }));
    let countries: Vec<_> = country.map(|code| (code, 1.0)).into_iter().collect();
    let context = PlaceContext { dateline: None, countries: &countries };
    if places.bearers(name, &mut String::new()) == 0 {
        let mut beside = queries.split_off(1);
        beside.extend(inside.iter().map(|name| PlaceQuery { name, ..PlaceQuery::default() }));
        let placed = places.relational(name, &beside, &context);
        if !placed.is_empty() {
            return relations(&placed, json);
        }
        queries.extend(beside.drain(..near.len()));
    }
    let mut answers = places.resolve(&queries, &context);
    let answer = answers.swap_remove(0);
    let mut output = Output::new();
    if json {
        let mut line = Vec::new();
        let runner_up = answer
            .runner_up
            .as_ref()
            .map(|(place, score)| json!({"place": object(place), "score": round(*score)}));
        let record = json!({
            "name": name, "place": answer.best.as_ref().map(object), "score": round(answer.score),
            "undecided": answer.undecided, "runner_up": runner_up, "relation": "at", "distance_km": null,
            "direction": null, "second": null, "area": null,
        });
        push_line(&mut line, &record)?;
        output.bytes(&line)?;
        return output.finish();
    }
    match (&answer.best, &answer.runner_up) {
        (Some(place), other) => {
            output.line(format!("{}  (score {:.2})", described(place), answer.score))?;
            if let Some(record) = places.get(&place.id).filter(|record| !record.within.is_empty()) {
                output.line(format!("  in: {}", record.within.join(", ")))?;
            }
            if let Some((place, score)) = other {
                output.line(format!("  else: {}  (score {score:.2})", described(place)))?;
            }
        }
        (None, Some((place, score))) => {
            output.line(format!("undecided: nothing says which place of this name is meant; give --country, --in or --near\n  perhaps: {}  (score {score:.2})", described(place)))?;
        }
        (None, None) => {
            bail!("no place called `{}` is known; `contested gazetteer import` adds places", shown(name))
        }
    }
    output.finish()
}

/// A name as messages show it: no control characters, no more than fits a line.
fn shown(name: &str) -> String {
    let mut shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
    if name.chars().nth(80).is_some() {
        shown.push('…');
    }
    shown
}

/// Prints places that are told by others, one a line.
fn relations(placed: &[Placed], json: bool) -> anyhow::Result<()> {
    let mut output = Output::new();
    for place in placed {
        let (name, answer) = &place.anchor;
        if json {
            let second = place.second.as_ref().and_then(|(_, answer)| answer.best.as_ref()).map(object);
            let area =
                place.area.map(|area| json!({"lat": area.lat, "lon": area.lon, "radius_km": area.radius_km}));
            let runner_up = answer
                .runner_up
                .as_ref()
                .map(|(place, score)| json!({"place": object(place), "score": round(*score)}));
            let record = json!({
                "name": place.text, "place": answer.best.as_ref().map(object), "score": round(answer.score),
                "undecided": answer.undecided, "runner_up": runner_up, "relation": place.relation.as_str(),
                "distance_km": place.distance_km, "direction": place.direction.map(Direction::as_str),
                "second": second, "area": area,
            });
            let mut line = Vec::new();
            push_line(&mut line, &record)?;
            output.bytes(&line)?;
            continue;
        }
        let anchors =
            std::iter::once((name, answer)).chain(place.second.iter().map(|(name, answer)| (name, answer)));
        match place.area {
            Some(area) => output.line(format!(
                "{}: {:.4} {:.4}, within {:.1} km  ({})",
                place.text,
                area.lat,
                area.lon,
                area.radius_km,
                place.relation.as_str()
            ))?,
            None => output.line(format!(
                "{}: not to be put on the map  ({})",
                place.text,
                place.relation.as_str()
            ))?,
        }
        for (name, answer) in anchors {
            output.line(match (&answer.best, &answer.runner_up) {
                (Some(best), _) if place.area.is_none() && place.relation == PlaceRelation::Border => {
                    format!("  {}; whose border with it is meant? give --country", described(best))
                }
                (Some(best), _) => format!("  {}  (score {:.2})", described(best), answer.score),
                (None, Some((perhaps, _))) => format!(
                    "  `{}` is undecided, perhaps {}; give --country, --in or --near",
                    shown(name),
                    described(perhaps)
                ),
                (None, None) => format!("  no place called `{}` is known", shown(name)),
            })?;
        }
    }
    output.finish()
}

fn described(place: &Located) -> String {
    let country = place.country.map_or(String::new(), |code| format!(" {code}"));
    let people = if place.population > 0 { format!(", {} people", place.population) } else { String::new() };
    format!(
        "{}  {}{country}, {}  {:.4} {:.4}{people}",
        place.id,
        place.name,
        place.kind.as_str(),
        place.lat,
        place.lon
    )
}

fn object(place: &Located) -> Value {
    json!({
        "id": place.id, "name": place.name, "kind": place.kind.as_str(), "lat": place.lat, "lon": place.lon,
        "country": place.country.map(|code| code.as_str().to_owned()), "within": place.admin1, "population": place.population,
        "radius_km": place.radius_km,
    })
}

fn round(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}

fn import_file(file: &Path, name: Option<&str>, store: &StoreArgs) -> anyhow::Result<()> {
    let import = import::compile(&file.display().to_string(), &imports::text(file)?)?;
    let left_out = match import.left_out {
        0 => String::new(),
        n => format!("; {n} rows that name no place of a report left out"),
    };
    let what = format!("{} places{left_out}", import.places);
    imports::keep(&store.store, (file, name), (Import::Places, &import.bytes), &what)
}

fn list(store: &StoreArgs, json: bool) -> anyhow::Result<()> {
    let knowledge = imports::knowledge(&store.store)?;
    let mut output = Output::new();
    if json {
        let imports: Vec<_> = knowledge
            .places
            .imports()
            .map(|(digest, places)| json!({"digest": digest, "places": places}))
            .collect();
        let folder = imports::folder(&store.store).display().to_string();
        let all = json!({"places": knowledge.places.len(), "folder": folder, "imports": imports});
        output.line(all.to_string())?;
        return output.finish();
    }
    output.line(format!(
        "{} places known, imports in {}",
        knowledge.places.len(),
        imports::folder(&store.store).display()
    ))?;
    for (name, places) in knowledge.places.imports() {
        output.line(format!("{name}  {places} places"))?;
    }
    output.finish()
}
