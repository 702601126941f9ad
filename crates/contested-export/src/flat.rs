//! Each subject as a flat table: one list of columns a subject, which CSV, GeoJSON and Parquet share.

use std::collections::BTreeMap;

use contested_assess::{Disputed, Event, PlaceControl, Position, Telling, phrase, root};
use contested_knowledge::Knowledge;
use contested_model::{DiedOrHurt, Digest128, Kept, Question};

use crate::atlas::{Atlas, Divisions};
use crate::naming::{joined, located, names, toll};
use crate::{ActorRow, Cell, Content, SourceRow};

/// What sort of values a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Words and codes.
    Text,
    /// Days, as `YYYY-MM-DD`.
    Day,
    /// Whole numbers.
    Int,
    /// Other numbers.
    Real,
    /// True or false.
    Bool,
}

/// A flat table: the names of its columns, and its rows, each as long as the head.
#[derive(Debug, Clone, PartialEq)]
pub struct Flat {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// What each of them holds.
    pub sorts: Vec<Sort>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// For each row its point on the map: degrees north and east.
    pub points: Vec<Option<(f64, f64)>>,
}

/// `content` as a flat table.
pub fn flat(content: &Content<'_>, knowledge: &Knowledge) -> Flat {
    let atlas = Atlas::of(content, knowledge);
    match content {
        Content::Claims(kept) => {
            table(&claim_columns(), kept.iter().map(|kept| ClaimRow::of(kept, &atlas)), ClaimRow::point)
        }
        Content::Events(events, kept) => {
            let by_id = by_id(kept);
            table(
                &event_columns(),
                events.iter().map(|event| EventRow::of(event, &by_id, &atlas)),
                EventRow::point,
            )
        }
        Content::Control(places) => {
            let rows = places
                .iter()
                .map(|found| ControlRow { found, divisions: atlas.divisions(found.place.id.as_deref()) });
            table(&control_columns(), rows, |row| row.found.place.lat.zip(row.found.place.lon))
        }
        Content::Disputes(disputes, kept) => {
            let by_id = by_id(kept);
            let rows = disputes.iter().flat_map(|dispute| tellings(dispute, &by_id));
            table(&dispute_columns(), rows, |row| row.point)
        }
        Content::Actors(actors) => table(&actor_columns(), actors.iter(), |_| None),
        Content::Sources(sources) => table(&source_columns(), sources.iter(), |_| None),
    }
}

type Column<R> = (&'static str, Sort, fn(&R) -> Cell);
use Sort as K;

fn table<R>(
    columns: &[Column<R>],
    rows: impl Iterator<Item = R>,
    point: impl Fn(&R) -> Option<(f64, f64)>,
) -> Flat {
    let mut out = Flat {
        columns: columns.iter().map(|column| column.0).collect(),
        sorts: columns.iter().map(|column| column.1).collect(),
        rows: Vec::new(),
        points: Vec::new(),
    };
    for row in rows {
        out.points.push(point(&row));
        out.rows.push(columns.iter().map(|(.., cell)| cell(&row)).collect());
    }
    out
}

pub(crate) fn by_id(kept: &[Kept]) -> BTreeMap<&str, &Kept> {
    kept.iter().map(|k| (k.claim.id.as_str(), k)).collect()
}

struct ClaimRow<'a> {
    kept: &'a Kept,
    divisions: Divisions,
}

impl<'a> ClaimRow<'a> {
    fn of(kept: &'a Kept, atlas: &Atlas) -> Self {
        let place = located(&kept.claim).map(|(place, ..)| place).or_else(|| kept.claim.places.first());
        Self { kept, divisions: atlas.divisions(place.and_then(|place| place.id.as_deref())) }
    }

    fn point(&self) -> Option<(f64, f64)> {
        located(&self.kept.claim).map(|(_, lat, lon)| (lat, lon))
    }

    fn toll(&self, what: DiedOrHurt) -> (Cell, Cell) {
        toll(&self.kept.claim, what).map_or((Cell::Empty, Cell::Empty), |(min, max)| (min.into(), max.into()))
    }
}

macro_rules! claim {
    ($row:ident) => {
        $row.kept.claim
    };
}

fn claim_columns<'a>() -> Vec<Column<ClaimRow<'a>>> {
    vec![
        ("id", K::Text, |r| (&claim!(r).id).into()),
        ("key", K::Text, |r| (&claim!(r).key).into()),
        ("text", K::Text, |r| phrase(&claim!(r)).into()),
        ("kind", K::Text, |r| claim!(r).kind.as_str().into()),
        ("type", K::Text, |r| claim!(r).claim_type.as_str().into()),
        ("phase", K::Text, |r| claim!(r).phase.map(contested_model::Phase::as_str).into()),
        ("extent", K::Text, |r| claim!(r).extent.map(contested_model::Extent::as_str).into()),
        ("about", K::Text, |r| claim!(r).about.map(|about| about.claim_type.as_str()).into()),
        ("polarity", K::Text, |r| claim!(r).polarity.as_str().into()),
        ("certainty", K::Text, |r| claim!(r).certainty.as_str().into()),
        ("verified", K::Bool, |r| claim!(r).verified.into()),
        ("tense", K::Text, |r| claim!(r).tense.as_str().into()),
        ("first_day", K::Day, |r| claim!(r).time.as_ref().and_then(|time| time.from).into()),
        ("last_day", K::Day, |r| claim!(r).time.as_ref().and_then(|time| time.to).into()),
        ("day", K::Day, |r| r.kept.day().into()),
        ("precision", K::Text, |r| claim!(r).time.as_ref().map(|time| time.precision.as_str()).into()),
        ("time_basis", K::Text, |r| claim!(r).time.as_ref().map(|time| time.basis.as_str()).into()),
        ("reported", K::Day, |r| claim!(r).reported.into()),
        ("known", K::Day, |r| r.kept.known.into()),
        ("agents", K::Text, |r| names(&claim!(r).agents).into()),
        ("agent_ids", K::Text, |r| {
            joined(claim!(r).agents.iter().map(|one| one.actor.as_deref().unwrap_or("-"))).into()
        }),
        ("targets", K::Text, |r| names(&claim!(r).targets).into()),
        ("target_ids", K::Text, |r| {
            joined(claim!(r).targets.iter().map(|one| one.actor.as_deref().unwrap_or("-"))).into()
        }),
        ("places", K::Text, |r| joined(claim!(r).places.iter().map(|place| place.name.as_str())).into()),
        ("place_ids", K::Text, |r| {
            joined(claim!(r).places.iter().map(|place| place.id.as_deref().unwrap_or("-"))).into()
        }),
        ("relation", K::Text, |r| claim!(r).places.first().map(|place| place.relation.as_str()).into()),
        ("latitude", K::Real, |r| r.point().map(|at| at.0).into()),
        ("longitude", K::Real, |r| r.point().map(|at| at.1).into()),
        ("country", K::Text, |r| claim!(r).places.iter().find_map(|place| place.country.as_deref()).into()),
        ("admin1", K::Text, |r| r.divisions.admin1.as_deref().into()),
        ("admin2", K::Text, |r| r.divisions.admin2.as_deref().into()),
        ("source", K::Text, |r| root(&claim!(r)).name.into()),
        ("source_id", K::Text, |r| root(&claim!(r)).key.into()),
        ("source_kind", K::Text, |r| root(&claim!(r)).kind.map(contested_model::SourceKind::as_str).into()),
        ("speaks_for", K::Text, |r| {
            claim!(r).attribution.first().and_then(|first| first.affiliation.as_deref()).into()
        }),
        ("stance", K::Text, |r| claim!(r).attribution.first().map(|first| first.stance.as_str()).into()),
        ("anonymous", K::Bool, |r| claim!(r).attribution.first().map(|first| first.anonymous).into()),
        ("relayed_by", K::Text, |r| {
            joined(claim!(r).attribution.iter().skip(1).map(|one| one.name.as_str())).into()
        }),
        ("outlet", K::Text, |r| claim!(r).report.source.as_deref().into()),
        ("dead_min", K::Int, |r| r.toll(DiedOrHurt::Dead).0),
        ("dead_max", K::Int, |r| r.toll(DiedOrHurt::Dead).1),
        ("injured_min", K::Int, |r| r.toll(DiedOrHurt::Injured).0),
        ("injured_max", K::Int, |r| r.toll(DiedOrHurt::Injured).1),
        ("quote", K::Text, |r| claim!(r).evidence.quote.trim().into()),
        ("confidence", K::Real, |r| claim!(r).confidence.into()),
        ("cameo", K::Text, |r| claim!(r).codes.cameo.as_deref().into()),
        ("plover", K::Text, |r| claim!(r).codes.plover.as_ref().map(|code| code.event.as_str()).into()),
        ("plover_mode", K::Text, |r| {
            claim!(r).codes.plover.as_ref().and_then(|code| code.mode.as_deref()).into()
        }),
        ("acled_event", K::Text, |r| {
            claim!(r).codes.acled.as_ref().map(|code| code.event_type.as_str()).into()
        }),
        ("acled_sub_event", K::Text, |r| {
            claim!(r).codes.acled.as_ref().map(|code| code.sub_event_type.as_str()).into()
        }),
        ("report", K::Text, |r| (&claim!(r).report.id).into()),
        ("report_hash", K::Text, |r| (&claim!(r).report.hash).into()),
        ("title", K::Text, |r| claim!(r).report.title.as_deref().into()),
        ("url", K::Text, |r| claim!(r).report.url.as_deref().into()),
    ]
}

struct EventRow<'a> {
    event: &'a Event,
    id: String,
    lead: Option<&'a Kept>,
    divisions: Divisions,
}

impl<'a> EventRow<'a> {
    fn of(event: &'a Event, by_id: &BTreeMap<&str, &'a Kept>, atlas: &Atlas) -> Self {
        let mut ids: Vec<&str> = event.claims.iter().map(String::as_str).collect();
        ids.sort_unstable();
        let claims = || event.claims.iter().filter_map(|id| by_id.get(id.as_str()).copied());
        let lead = claims().find(|k| located(&k.claim).is_some()).or_else(|| claims().next());
        let place = lead.and_then(|k| located(&k.claim)).and_then(|(place, ..)| place.id.as_deref());
        Self {
            event,
            id: format!("e1:{}", Digest128::of(ids.join("\n").as_bytes())),
            lead,
            divisions: atlas.divisions(place),
        }
    }

    fn point(&self) -> Option<(f64, f64)> {
        self.lead.and_then(|k| located(&k.claim)).map(|(_, lat, lon)| (lat, lon))
    }

    fn toll(&self, what: &str, at: usize) -> Cell {
        self.event.tolls.get(what).map(|bounds| bounds[at]).into()
    }
}

fn tellers(told: &[Telling]) -> Cell {
    joined(told.iter().map(|one| one.source.as_str())).into()
}

fn event_columns<'a>() -> Vec<Column<EventRow<'a>>> {
    vec![
        ("id", K::Text, |r| (&r.id).into()),
        ("text", K::Text, |r| (&r.event.text).into()),
        ("types", K::Text, |r| joined(r.event.types.iter().map(|one| one.as_str())).into()),
        ("first_day", K::Day, |r| r.event.days[0].into()),
        ("last_day", K::Day, |r| r.event.days[1].into()),
        ("dated", K::Bool, |r| r.event.dated.into()),
        ("places", K::Text, |r| joined(r.event.places.iter().map(String::as_str)).into()),
        ("latitude", K::Real, |r| r.point().map(|at| at.0).into()),
        ("longitude", K::Real, |r| r.point().map(|at| at.1).into()),
        ("country", K::Text, |r| {
            r.lead.and_then(|k| k.claim.places.iter().find_map(|place| place.country.as_deref())).into()
        }),
        ("admin1", K::Text, |r| r.divisions.admin1.as_deref().into()),
        ("admin2", K::Text, |r| r.divisions.admin2.as_deref().into()),
        ("told_by", K::Text, |r| tellers(&r.event.told_by)),
        ("denied_by", K::Text, |r| tellers(&r.event.denied_by)),
        ("sources", K::Int, |r| r.event.told_by.len().into()),
        ("dead_min", K::Int, |r| r.toll("dead", 0)),
        ("dead_max", K::Int, |r| r.toll("dead", 1)),
        ("injured_min", K::Int, |r| r.toll("injured", 0)),
        ("injured_max", K::Int, |r| r.toll("injured", 1)),
        ("reports", K::Text, |r| joined(r.event.reports.iter().map(String::as_str)).into()),
        ("claims", K::Text, |r| joined(r.event.claims.iter().map(String::as_str)).into()),
    ]
}

struct ControlRow<'a> {
    found: &'a PlaceControl,
    divisions: Divisions,
}

fn chance_of(found: &PlaceControl, answer: &str) -> Cell {
    found.chances.iter().find(|chance| chance.answer == answer).map(|chance| chance.chance).into()
}

fn control_columns<'a>() -> Vec<Column<ControlRow<'a>>> {
    vec![
        ("place", K::Text, |r| (&r.found.place.name).into()),
        ("place_id", K::Text, |r| r.found.place.id.as_deref().into()),
        ("country", K::Text, |r| r.found.place.country.as_deref().into()),
        ("admin1", K::Text, |r| r.divisions.admin1.as_deref().into()),
        ("admin2", K::Text, |r| r.divisions.admin2.as_deref().into()),
        ("latitude", K::Real, |r| r.found.place.lat.into()),
        ("longitude", K::Real, |r| r.found.place.lon.into()),
        ("as_of", K::Day, |r| r.found.as_of.into()),
        ("status", K::Text, |r| r.found.status.as_str().into()),
        ("holder", K::Text, |r| r.found.holder.as_deref().into()),
        ("holder_id", K::Text, |r| {
            let holder = r.found.holder.as_deref();
            r.found
                .chances
                .iter()
                .find(|chance| Some(chance.answer.as_str()) == holder)
                .and_then(|chance| chance.actor.as_deref())
                .into()
        }),
        ("chance", K::Real, |r| {
            r.found.holder.as_deref().map_or(Cell::Empty, |holder| chance_of(r.found, holder))
        }),
        ("contested", K::Real, |r| chance_of(r.found, "contested")),
        ("since", K::Day, |r| r.found.since.into()),
        ("last_observed", K::Day, |r| r.found.last_observed.into()),
        ("observations", K::Int, |r| r.found.evidence.len().into()),
        ("sources", K::Text, |r| {
            let mut sources: Vec<&str> = Vec::new();
            for one in &r.found.evidence {
                if !sources.contains(&one.source.as_str()) {
                    sources.push(&one.source);
                }
            }
            joined(sources).into()
        }),
        ("claims", K::Text, |r| joined(r.found.evidence.iter().map(|one| one.claim.as_str())).into()),
    ]
}

/// One telling of one side of a dispute.
struct DisputeRow<'a> {
    id: String,
    dispute: &'a Disputed,
    side: usize,
    position: &'a Position,
    telling: &'a Telling,
    claim: Option<&'a Kept>,
    point: Option<(f64, f64)>,
}

/// Digest of a dispute across reports: of its question and its claims.
pub(crate) fn dispute_id(dispute: &Disputed) -> String {
    let mut ids: Vec<&str> = dispute.sides.iter().flat_map(|side| &side.claims).map(String::as_str).collect();
    ids.sort_unstable();
    format!("x1:{}", Digest128::of(format!("{}\n{}", question(dispute), ids.join("\n")).as_bytes()))
}

pub(crate) const fn question(dispute: &Disputed) -> &'static str {
    match dispute.question {
        Question::Control => "control",
        Question::Occurrence => "occurrence",
        Question::Responsibility => "responsibility",
        Question::Casualties => "casualties",
        Question::Motive => "motive",
    }
}

/// The point of a dispute: of the first of its claims that is on the map, one at a place that it is about before others.
pub(crate) fn dispute_point(dispute: &Disputed, by_id: &BTreeMap<&str, &Kept>) -> Option<(f64, f64)> {
    let claims =
        || dispute.sides.iter().flat_map(|side| &side.claims).filter_map(|id| by_id.get(id.as_str()));
    let about = claims()
        .flat_map(|k| &k.claim.places)
        .find_map(|place| place.lat.zip(place.lon).filter(|_| dispute.about.contains(&place.name)));
    about.or_else(|| claims().find_map(|k| located(&k.claim)).map(|(_, lat, lon)| (lat, lon)))
}

fn tellings<'a>(dispute: &'a Disputed, by_id: &BTreeMap<&str, &'a Kept>) -> Vec<DisputeRow<'a>> {
    let id = dispute_id(dispute);
    let point = dispute_point(dispute, by_id);
    let mut out = Vec::new();
    for (side, position) in dispute.sides.iter().enumerate() {
        for telling in &position.told_by {
            let claim = by_id.get(telling.claim.as_str()).copied();
            out.push(DisputeRow { id: id.clone(), dispute, side: side + 1, position, telling, claim, point });
        }
    }
    out
}

fn dispute_columns<'a>() -> Vec<Column<DisputeRow<'a>>> {
    vec![
        ("dispute", K::Text, |r| (&r.id).into()),
        ("question", K::Text, |r| question(r.dispute).into()),
        ("about", K::Text, |r| joined(r.dispute.about.iter().map(String::as_str)).into()),
        ("side", K::Int, |r| r.side.into()),
        ("says", K::Text, |r| joined(r.position.says.iter().map(String::as_str)).into()),
        ("source", K::Text, |r| (&r.telling.source).into()),
        ("source_kind", K::Text, |r| r.telling.kind.map(contested_model::SourceKind::as_str).into()),
        ("outlet", K::Text, |r| r.telling.outlet.as_deref().into()),
        ("known", K::Day, |r| r.telling.known.into()),
        ("certainty", K::Text, |r| r.telling.certainty.as_str().into()),
        ("quote", K::Text, |r| r.telling.quote.trim().into()),
        ("claim", K::Text, |r| (&r.telling.claim).into()),
        ("also", K::Int, |r| r.telling.also.into()),
        ("url", K::Text, |r| r.claim.and_then(|k| k.claim.report.url.as_deref()).into()),
        ("opened", K::Day, |r| r.dispute.opened.into()),
        ("closed", K::Day, |r| r.dispute.closed.into()),
        ("latitude", K::Real, |r| r.point.map(|at| at.0).into()),
        ("longitude", K::Real, |r| r.point.map(|at| at.1).into()),
    ]
}

fn actor_columns<'a>() -> Vec<Column<&'a ActorRow>> {
    vec![
        ("id", K::Text, |r| (&r.id).into()),
        ("name", K::Text, |r| (&r.name).into()),
        ("kind", K::Text, |r| r.kind.into()),
        ("country", K::Text, |r| r.country.as_deref().into()),
        ("other_names", K::Text, |r| joined(r.other_names.iter().map(String::as_str)).into()),
        ("part_of", K::Text, |r| r.part_of.as_deref().into()),
        ("cameo", K::Text, |r| r.cameo.as_deref().into()),
        ("acled", K::Int, |r| r.acled.map(u64::from).into()),
        ("ucdp", K::Int, |r| r.ucdp.map(u64::from).into()),
        ("as_agent", K::Int, |r| r.as_agent.into()),
        ("as_target", K::Int, |r| r.as_target.into()),
        ("as_source", K::Int, |r| r.as_source.into()),
        ("first_day", K::Day, |r| r.first_day.into()),
        ("last_day", K::Day, |r| r.last_day.into()),
    ]
}

fn source_columns<'a>() -> Vec<Column<&'a SourceRow>> {
    vec![
        ("id", K::Text, |r| (&r.id).into()),
        ("name", K::Text, |r| (&r.name).into()),
        ("kind", K::Text, |r| r.kind.map(contested_model::SourceKind::as_str).into()),
        ("country", K::Text, |r| r.country.as_deref().into()),
        ("side", K::Text, |r| r.side.as_deref().into()),
        ("claims", K::Int, |r| r.claims.into()),
        ("denials", K::Int, |r| r.denials.into()),
        ("reports", K::Int, |r| r.reports.into()),
        ("outlets", K::Text, |r| joined(r.outlets.iter().map(String::as_str)).into()),
        ("first_known", K::Day, |r| r.first_known.into()),
        ("last_known", K::Day, |r| r.last_known.into()),
        ("confirmed", K::Int, |r| r.confirmed.into()),
        ("contradicted", K::Int, |r| r.contradicted.into()),
        ("right", K::Real, |r| r.right.map(|right| right.share).into()),
        ("right_low", K::Real, |r| r.right.map(|right| right.low).into()),
        ("right_high", K::Real, |r| r.right.map(|right| right.high).into()),
    ]
}
