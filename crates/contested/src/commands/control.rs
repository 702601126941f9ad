use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use contested_answers::{Known, is_called};
use contested_assess::{PlaceControl, area_control, control};
use serde_json::json;

use crate::output::{Output, push_line};
use crate::page::Page;
use crate::page::control::{area, brief_by_route, full, row};
use crate::route::{Beside, Route, kilometres};
use crate::store::{StoreArgs, TimeArgs};

/// Who holds a place, over time, with the claims on each side
///
/// PLACE is a name as in the claims, a gazetteer id, or a country's two letters for all its places, which are added up first. With `--along`
/// it is who holds what by a route, in the order of travel. The model is described in docs/control.md.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested control 'Albu Kamal'
  contested control 'Albu Kamal' --as-of 2017-11-12
  contested control SY
  contested control --along route.geojson --within 5km
  contested control SY --json | jq -r '[.place.name, .status, .holder] | @tsv'")]
pub(crate) struct ControlArgs {
    /// Place or country
    #[arg(required_unless_present = "along")]
    place: Option<String>,
    /// Places by this route: a GeoJSON file with a line
    #[arg(long, value_name = "FILE", conflicts_with = "place")]
    along: Option<PathBuf>,
    /// How far from the route
    #[arg(long, value_name = "DISTANCE", default_value = "5km", value_parser = kilometres)]
    within: f64,
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    time: TimeArgs,
    /// Of an area list every place with all it rests on
    #[arg(long)]
    all: bool,
    /// Print JSON Lines, one object a place
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &ControlArgs) -> anyhow::Result<()> {
    let known = args.store.ground(&args.time, args.place.as_deref())?;
    let all = control(&known.kept, known.as_of, &known.basis());
    match (&args.along, &args.place) {
        (Some(file), _) => along(args, &Route::read(file)?, &all),
        (None, Some(place)) => of(args, place, &known, &all),
        (None, None) => bail!("name a place, or a route with `--along`"),
    }
}

fn of(args: &ControlArgs, place: &str, known: &Known, all: &[PlaceControl]) -> anyhow::Result<()> {
    let wanted: Vec<&PlaceControl> = all.iter().filter(|found| is_called(&found.place, place)).collect();
    if wanted.is_empty() {
        return none(args, place);
    }
    let mut output = Output::new();
    if args.json {
        let mut lines = Vec::new();
        wanted.iter().try_for_each(|found| push_line(&mut lines, found))?;
        output.bytes(&lines)?;
        return output.finish();
    }
    let mut page = Page::for_output();
    if wanted.len() > 1 {
        area(&mut page, &area_control(place, known.as_of, &wanted));
    }
    for found in &wanted {
        if wanted.len() == 1 || args.all { full(&mut page, found) } else { row(&mut page, found) }
    }
    output.bytes(page.into_text().as_bytes())?;
    output.finish()
}

/// Of which places somebody says who holds them, for who asked for another.
fn none(args: &ControlArgs, place: &str) -> anyhow::Result<()> {
    let known = args.store.ground(&args.time, None)?;
    let all = control(&known.kept, known.as_of, &known.basis());
    let names: Vec<&str> = all.iter().take(12).map(|found| found.place.name.as_str()).collect();
    if names.is_empty() {
        bail!("no claim says who holds a town: add reports that do");
    }
    bail!(
        "no claim says who holds `{place}`; they speak of {}{}",
        names.join(", "),
        if all.len() > 12 { " and others" } else { "" }
    );
}

/// Who holds what by a route, in the order of travel.
fn along(args: &ControlArgs, route: &Route, all: &[PlaceControl]) -> anyhow::Result<()> {
    let beside = |found: &PlaceControl| {
        found.place.lat.zip(found.place.lon).and_then(|(lat, lon)| route.beside(lat, lon))
    };
    let mut near: Vec<(Beside, &PlaceControl)> = all
        .iter()
        .filter_map(|found| Some((beside(found)?, found)))
        .filter(|(beside, _)| beside.off <= args.within)
        .collect();
    near.sort_by(|a, b| a.0.along.total_cmp(&b.0.along).then_with(|| a.1.place.name.cmp(&b.1.place.name)));
    let mut output = Output::new();
    if args.json {
        let mut lines = Vec::new();
        let tenth = |km: f64| (km * 10.0).round() / 10.0;
        for (beside, found) in near {
            push_line(
                &mut lines,
                &json!({"along_km": tenth(beside.along), "off_km": tenth(beside.off), "control": found}),
            )?;
        }
        output.bytes(&lines)?;
    } else {
        let mut page = Page::for_output();
        brief_by_route(&mut page, &near, args.within);
        output.bytes(page.into_text().as_bytes())?;
    }
    output.finish()
}
