//! The parameters of each path: all optional, all text, read further by whoever uses them.

use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::asked;
use crate::error::Fault;
use crate::snapshot::Moment;

macro_rules! queries {
    ($($(#[$doc:meta])* $name:ident { $($(#[$meta:meta])* $field:ident,)* })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Default, Deserialize, IntoParams)]
            #[serde(deny_unknown_fields, default)]
            #[into_params(parameter_in = Query)]
            pub(crate) struct $name {
                /// The state of the world on this day; default: the last day of which the ledger knows.
                #[param(value_type = Option<String>, format = Date)]
                pub(crate) as_of: Option<String>,
                /// Use only what had been reported by this day; default: everything.
                #[param(value_type = Option<String>, format = Date)]
                pub(crate) known_at: Option<String>,
                $($(#[$meta])* pub(crate) $field: Option<String>,)*
            }

            impl $name {
                /// The days asked for.
                pub(crate) fn moment(&self) -> Result<Moment, Fault> {
                    moment(self.as_of.as_ref(), self.known_at.as_ref())
                }
            }
        )+
    };
}

fn moment(as_of: Option<&String>, known_at: Option<&String>) -> Result<Moment, Fault> {
    Ok(Moment { as_of: asked::day("as_of", as_of)?, known_at: asked::day("known_at", known_at)? })
}

queries! {
    /// Days only.
    MomentQuery {}

    /// Which claims.
    ClaimsQuery {
        /// Kinds, with commas between: event, control, relation, outlook.
        kind,
        /// Types, with commas between: seize, holds, …
        #[serde(rename = "type")] claim_type,
        /// An agent or target: id or name.
        actor,
        /// A place: id or name.
        place,
        /// ISO 3166-1 alpha-2.
        country,
        /// An outlet, or anybody in the chain of sources: name or id.
        source,
        /// `positive` or `negative`.
        polarity,
        /// A report: its hash, its digest, or the id that it came with.
        report,
        /// Only what stands on this day or later.
        #[param(value_type = Option<String>, format = Date)] from,
        /// Only what stands on this day or before.
        #[param(value_type = Option<String>, format = Date)] to,
        /// Words that must all stand in the quoted sentence.
        q,
        /// Least confidence, 0 to 1.
        #[param(value_type = Option<f64>)] confidence_min,
        /// `unreviewed`, `accepted`, `corrected` or `rejected`; without it all but rejected.
        standing,
        /// `newest` (default) or `oldest` first.
        order,
        /// Items of a page: 100 unless given, 1000 at most.
        #[param(value_type = Option<u32>)] limit,
        /// `next` of the page before.
        cursor,
    }

    /// Which events.
    EventsQuery {
        /// Types, with commas between.
        #[serde(rename = "type")] claim_type,
        /// A place: id or name.
        place,
        /// An actor: id or name.
        actor,
        /// Only what lies on this day or later.
        #[param(value_type = Option<String>, format = Date)] from,
        /// Only what lies on this day or before.
        #[param(value_type = Option<String>, format = Date)] to,
        /// `oldest` (default) or `newest` first.
        order,
        /// Items of a page: 100 unless given, 1000 at most.
        #[param(value_type = Option<u32>)] limit,
        /// `next` of the page before.
        cursor,
    }

    /// Which places, and who holds them.
    ControlQuery {
        /// West, south, east and north edges in degrees.
        bbox,
        /// A place (id or name), or a country's two letters.
        place,
        /// Items of a page: 100 unless given, 1000 at most.
        #[param(value_type = Option<u32>)] limit,
        /// `next` of the page before.
        cursor,
    }

    /// Which stretches of time.
    ChangesQuery {
        /// First day; default: the first of all.
        #[param(value_type = Option<String>, format = Date)] from,
        /// Last day; default: `as_of`.
        #[param(value_type = Option<String>, format = Date)] to,
    }

    /// Which disputes.
    DisputesQuery {
        /// `control`, `occurrence`, `responsibility`, `casualties` or `motive`.
        question,
        /// `open` or `closed`.
        status,
        /// A place: id or name.
        place,
        /// An actor: id or name.
        actor,
        /// Items of a page: 100 unless given, 1000 at most.
        #[param(value_type = Option<u32>)] limit,
        /// `next` of the page before.
        cursor,
    }

    /// Which names.
    NamedQuery {
        /// Letters of the name or id.
        q,
        /// Of places: west, south, east and north edges in degrees.
        bbox,
        /// Items of a page: 100 unless given, 1000 at most.
        #[param(value_type = Option<u32>)] limit,
        /// `next` of the page before.
        cursor,
    }

    /// Which reports.
    ReportsQuery {
        /// The outlet's name.
        source,
        /// Reported on this day or later.
        #[param(value_type = Option<String>, format = Date)] from,
        /// Reported on this day or before.
        #[param(value_type = Option<String>, format = Date)] to,
        /// Words that must all stand in title or text.
        q,
        /// Items of a page: 100 unless given, 1000 at most.
        #[param(value_type = Option<u32>)] limit,
        /// `next` of the page before.
        cursor,
    }

    /// Which situation.
    SitrepQuery {
        /// A place, or a country's two letters.
        area,
        /// First day of what changed; default: a week before.
        #[param(value_type = Option<String>, format = Date)] since,
    }

    /// Words to look for.
    SearchQuery {
        /// The words.
        q,
        /// Items of each sort: 20 unless given, 100 at most.
        #[param(value_type = Option<u32>)] limit,
    }

    /// What to take away: the filters are those of the list that is exported, and what another list has is not looked at.
    ExportQuery {
        /// `claims`, `control`, `events` or `disputes`.
        what,
        /// `csv` (default), any other format of `contested export` that has room for it, or `md`.
        #[serde(rename = "as")] written,
        /// Claims: kinds, with commas between.
        kind,
        /// Claims and events: types, with commas between.
        #[serde(rename = "type")] claim_type,
        /// Claims, events, disputes: an actor, by id or name.
        actor,
        /// A place: id or name.
        place,
        /// Claims: ISO 3166-1 alpha-2.
        country,
        /// Claims: an outlet, or anybody in the chain of sources.
        source,
        /// Claims: `positive` or `negative`.
        polarity,
        /// Claims: a report.
        report,
        /// Claims and events: only what stands on this day or later.
        #[param(value_type = Option<String>, format = Date)] from,
        /// Claims and events: only what stands on this day or before.
        #[param(value_type = Option<String>, format = Date)] to,
        /// Claims: words that must all stand in the quoted sentence.
        q,
        /// Claims: least confidence, 0 to 1.
        #[param(value_type = Option<f64>)] confidence_min,
        /// Claims: `unreviewed`, `accepted`, `corrected` or `rejected`.
        standing,
        /// Claims and events: `newest` or `oldest` first.
        order,
        /// Control: west, south, east and north edges in degrees.
        bbox,
        /// Disputes: the question.
        question,
        /// Disputes: `open` or `closed`.
        status,
    }

    /// Which page of a list.
    PageQuery {
        /// Items of a page: 100 unless given, 1000 at most.
        #[param(value_type = Option<u32>)] limit,
        /// `next` of the page before.
        cursor,
    }
}

impl ExportQuery {
    /// As a question for claims.
    pub(crate) fn claims(&self) -> ClaimsQuery {
        let q = self;
        ClaimsQuery {
            as_of: q.as_of.clone(),
            known_at: q.known_at.clone(),
            kind: q.kind.clone(),
            claim_type: q.claim_type.clone(),
            actor: q.actor.clone(),
            place: q.place.clone(),
            country: q.country.clone(),
            source: q.source.clone(),
            polarity: q.polarity.clone(),
            report: q.report.clone(),
            from: q.from.clone(),
            to: q.to.clone(),
            q: q.q.clone(),
            confidence_min: q.confidence_min.clone(),
            standing: q.standing.clone(),
            order: q.order.clone(),
            limit: None,
            cursor: None,
        }
    }

    /// As a question for who holds what.
    pub(crate) fn control(&self) -> ControlQuery {
        ControlQuery {
            as_of: self.as_of.clone(),
            known_at: self.known_at.clone(),
            bbox: self.bbox.clone(),
            place: self.place.clone(),
            ..ControlQuery::default()
        }
    }

    /// As a question for events.
    pub(crate) fn events(&self) -> EventsQuery {
        EventsQuery {
            as_of: self.as_of.clone(),
            known_at: self.known_at.clone(),
            claim_type: self.claim_type.clone(),
            place: self.place.clone(),
            actor: self.actor.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            order: self.order.clone(),
            ..EventsQuery::default()
        }
    }

    /// As a question for disputes.
    pub(crate) fn disputes(&self) -> DisputesQuery {
        DisputesQuery {
            as_of: self.as_of.clone(),
            known_at: self.known_at.clone(),
            question: self.question.clone(),
            status: self.status.clone(),
            place: self.place.clone(),
            actor: self.actor.clone(),
            ..DisputesQuery::default()
        }
    }
}

/// First and last day of a window.
pub(crate) fn window(
    from: Option<&String>,
    to: Option<&String>,
) -> Result<(Option<Date>, Option<Date>), Fault> {
    Ok((asked::day("from", from)?, asked::day("to", to)?))
}
