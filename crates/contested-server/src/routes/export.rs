//! What is shown, to take away: as a table, as lines of JSON, for a map, for notes.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use contested_assess::{Disputed, Event, Telling};
use serde::Serialize;

use super::Answer;
use super::claims::{ClaimOut, filter};
use super::control::{Held, picked};
use super::disputes::{DisputeOut, Wanted, word};
use super::events::{EventOut, wanted};
use crate::app::App;
use crate::asked::{self, Asked};
use crate::error::{Code, Fault};
use crate::geojson::{Features, of_claim, of_control, of_event};
use crate::query::{ClaimsQuery, ControlQuery, DisputesQuery, EventsQuery, ExportQuery};
use crate::reply::{Caller, Tag, current};
use crate::table::Table;

/// Most records of one export.
const MOST: usize = 20_000;

/// Ways of writing records down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Csv,
    Lines,
    GeoJson,
    Markdown,
}

/// Takes away what is shown
///
/// The filters are those of the list that is exported.
#[utoipa::path(get, path = "/export", tag = "ledger", params(ExportQuery), responses((status = 200, body = String, content_type = "text/csv")))]
pub(crate) async fn export(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<ExportQuery>,
) -> Answer {
    query.moment()?;
    query.moment()?;
    let what = asked::one_of("what", query.what.as_ref(), &["claims", "control", "events", "disputes"])?;
    let what = what.ok_or_else(|| {
        Fault::new(Code::BadValue, "`what` is missing: claims, control, events or disputes")
    })?;
    let written = match asked::one_of("as", query.written.as_ref(), &["csv", "jsonl", "geojson", "md"])? {
        None | Some("csv") => Written::Csv,
        Some("jsonl") => Written::Lines,
        Some("geojson") => Written::GeoJson,
        Some(_) => Written::Markdown,
    };
    match what {
        "claims" => claims(&app, caller, query.claims(), written).await,
        "control" => control(&app, caller, &query.control(), written).await,
        "events" => events(&app, caller, &query.events(), written).await,
        _ => disputes(&app, caller, &query.disputes(), written).await,
    }
}

async fn claims(app: &Arc<App>, caller: Caller, query: ClaimsQuery, written: Written) -> Answer {
    let filter = filter(&query)?;
    app.of_ledger(caller, move |ledger, tag| {
        let (found, next) = ledger.review_page(&filter, None, MOST as u32)?;
        few(if next.is_some() { MOST + 1 } else { found.len() })?;
        let all: Vec<ClaimOut> = found.into_iter().map(ClaimOut::of).collect();
        told(
            tag,
            "claims",
            written,
            &all,
            || claims_table(&all),
            || Features::of(all.iter().flat_map(of_claim)),
        )
    })
    .await
}

async fn control(app: &Arc<App>, caller: Caller, query: &ControlQuery, written: Written) -> Answer {
    let moment = query.moment()?;
    let (now, tag) = current!(app, caller);
    let found = now.control(moment).await?;
    let (_, picked) = picked(query, &found)?;
    let all: Vec<Held> = picked.into_iter().map(|held| Held::of(held, app.knowledge())).collect();
    few(all.len())?;
    told(&tag, "control", written, &all, || control_table(&all), || Features::of(all.iter().map(of_control)))
}

async fn events(app: &Arc<App>, caller: Caller, query: &EventsQuery, written: Written) -> Answer {
    let moment = query.moment()?;
    let (now, tag) = current!(app, caller);
    let (base, found) = (now.base(moment.known_at).await?, now.events(moment.known_at).await?);
    let wanted = wanted(query, &found, &base)?;
    few(wanted.len())?;
    let all: Vec<EventOut> = wanted.iter().map(|event| EventOut::of(event, &base, app.knowledge())).collect();
    told(&tag, "events", written, &all, || events_table(&all), || Features::of(all.iter().map(of_event)))
}

async fn disputes(app: &Arc<App>, caller: Caller, query: &DisputesQuery, written: Written) -> Answer {
    let (moment, asked) = (query.moment()?, Wanted::of(query)?);
    if written == Written::GeoJson {
        return Err(Fault::new(
            Code::BadValue,
            "`as` cannot be `geojson` for disputes: they have no one place",
        ));
    }
    let (now, tag) = current!(app, caller);
    let base = now.base(moment.known_at).await?;
    let situation = if base.known().is_ok() { Some(now.history(moment).await?) } else { None };
    let found = situation.as_ref().map_or(&[][..], |situation| &situation.disputes);
    let all: Vec<DisputeOut> = found
        .iter()
        .filter(|dispute| asked.picks(dispute, &base))
        .map(|dispute| DisputeOut::of(dispute, &base, app.knowledge()))
        .collect();
    few(all.len())?;
    told(&tag, "disputes", written, &all, || disputes_table(&all), || Features::of(std::iter::empty()))
}

/// What is cut short without a word is worse than what is refused.
fn few(records: usize) -> Result<(), Fault> {
    if records <= MOST {
        return Ok(());
    }
    Err(Fault::new(Code::TooLarge, format!("there are more than {MOST} records")))
}

fn told<T: Serialize>(
    tag: &Tag,
    what: &str,
    written: Written,
    all: &[T],
    table: impl FnOnce() -> Table,
    features: impl FnOnce() -> Features,
) -> Answer {
    let unwritten = |e: serde_json::Error| Fault::new(Code::Internal, format!("cannot be written: {e}"));
    let (media, end, bytes) = match written {
        Written::Csv => ("text/csv; charset=utf-8", "csv", table().csv()),
        Written::Markdown => ("text/markdown; charset=utf-8", "md", table().markdown()),
        Written::GeoJson => {
            ("application/geo+json", "geojson", serde_json::to_vec(&features()).map_err(unwritten)?)
        }
        Written::Lines => {
            let mut lines = Vec::new();
            for record in all {
                serde_json::to_writer(&mut lines, record).map_err(unwritten)?;
                lines.push(b'\n');
            }
            ("application/x-ndjson", "jsonl", lines)
        }
    };
    let mut response: Response = tag.bytes(media, bytes);
    let name = format!("attachment; filename=\"contested-{what}.{end}\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

fn text<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn joined<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.collect::<Vec<_>>().join("; ")
}

fn claims_table(all: &[ClaimOut]) -> Table {
    let row = |out: &ClaimOut| {
        let claim = &out.claim;
        let (place, time) = (claim.places.first(), claim.time.as_ref());
        vec![
            claim.id.clone(),
            claim.key.clone(),
            out.known.to_string(),
            text(time.and_then(|time| time.from)),
            text(time.and_then(|time| time.to)),
            claim.kind.as_str().to_owned(),
            claim.claim_type.to_string(),
            claim.polarity.as_str().to_owned(),
            claim.certainty.as_str().to_owned(),
            joined(claim.agents.iter().map(|agent| agent.name.as_str())),
            joined(claim.targets.iter().map(|target| target.name.as_str())),
            joined(claim.places.iter().map(|place| place.name.as_str())),
            text(place.and_then(|place| place.id.as_ref())),
            text(place.and_then(|place| place.lat)),
            text(place.and_then(|place| place.lon)),
            joined(claim.attribution.iter().map(|source| source.name.as_str())),
            text(claim.report.source.as_ref()),
            format!("{:.3}", claim.confidence),
            out.standing.to_owned(),
            claim.report.id.clone(),
            claim.evidence.quote.clone(),
        ]
    };
    Table {
        columns: &[
            "id",
            "key",
            "known",
            "from",
            "to",
            "kind",
            "type",
            "polarity",
            "certainty",
            "agents",
            "targets",
            "places",
            "place_id",
            "lat",
            "lon",
            "sources",
            "outlet",
            "confidence",
            "standing",
            "report",
            "quote",
        ],
        rows: all.iter().map(row).collect(),
    }
}

fn control_table(all: &[Held]) -> Table {
    let row = |held: &Held| {
        let place = &held.place;
        vec![
            place.id.clone(),
            place.name.clone(),
            text(place.country.as_ref()),
            text(place.lat),
            text(place.lon),
            held.as_of.to_string(),
            held.status.as_str().to_owned(),
            text(held.holder.as_ref()),
            text(held.actor.as_ref()),
            text(held.chances.first().map(|chance| chance.chance)),
            text(held.since),
            text(held.last_observed),
        ]
    };
    Table {
        columns: &[
            "place_id",
            "place",
            "country",
            "lat",
            "lon",
            "as_of",
            "status",
            "holder",
            "actor",
            "chance",
            "since",
            "last_observed",
        ],
        rows: all.iter().map(row).collect(),
    }
}

fn told_by(all: &[Telling]) -> String {
    joined(all.iter().map(|telling| telling.source.as_str()))
}

fn events_table(all: &[EventOut]) -> Table {
    let row = |out: &EventOut| {
        let event: &Event = &out.event;
        let tolls: Vec<String> =
            event.tolls.iter().map(|(what, [least, most])| format!("{what} {least}-{most}")).collect();
        vec![
            out.id.clone(),
            event.days[0].to_string(),
            event.days[1].to_string(),
            event.dated.to_string(),
            joined(event.types.iter().map(|t| t.as_str())),
            event.text.clone(),
            joined(event.places.iter().map(String::as_str)),
            text(out.lat),
            text(out.lon),
            tolls.join("; "),
            told_by(&event.told_by),
            told_by(&event.denied_by),
            joined(event.reports.iter().map(String::as_str)),
        ]
    };
    Table {
        columns: &[
            "id",
            "from",
            "to",
            "dated",
            "types",
            "text",
            "places",
            "lat",
            "lon",
            "tolls",
            "told_by",
            "denied_by",
            "reports",
        ],
        rows: all.iter().map(row).collect(),
    }
}

fn disputes_table(all: &[DisputeOut]) -> Table {
    let row = |out: &DisputeOut| {
        let dispute: &Disputed = &out.dispute;
        let side = |at: usize| {
            let side = dispute.sides.get(at);
            let says = side.map_or_else(String::new, |side| joined(side.says.iter().map(String::as_str)));
            [says, side.map_or_else(String::new, |side| told_by(&side.told_by))]
        };
        let ([one, by_one], [other, by_other]) = (side(0), side(1));
        vec![
            out.id.clone(),
            word(dispute.question).to_owned(),
            out.status.to_owned(),
            joined(dispute.about.iter().map(String::as_str)),
            dispute.opened.to_string(),
            text(dispute.closed),
            one,
            by_one,
            other,
            by_other,
            dispute.reports.to_string(),
        ]
    };
    Table {
        columns: &[
            "id",
            "question",
            "status",
            "about",
            "opened",
            "closed",
            "one_side",
            "told_by",
            "other_side",
            "told_by_other",
            "reports",
        ],
        rows: all.iter().map(row).collect(),
    }
}
