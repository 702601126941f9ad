//! What is shown, to take away: in the formats of `contested export`, and as a table for notes.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use contested_export::{Content, ExportError, Format, Subject, flat, write};
use contested_knowledge::Knowledge;

use super::Answer;
use super::claims::filter;
use super::control::picked;
use super::disputes::Wanted;
use super::events::wanted;
use crate::app::App;
use crate::asked::{self, Asked};
use crate::error::{Code, Fault};
use crate::query::{ClaimsQuery, ControlQuery, DisputesQuery, EventsQuery, ExportQuery};
use crate::reply::{Caller, Tag, current};
use crate::table::markdown;

/// Most records of one export.
const MOST: usize = 20_000;

/// Ways of writing records down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    As(Format),
    Markdown,
}

impl Written {
    /// What `query` asks for, where it has room for `subject`.
    fn of(query: &ExportQuery, subject: Subject) -> Result<Self, Fault> {
        let words: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).chain(["md"]).collect();
        let format = match asked::one_of("as", query.written.as_ref(), &words)? {
            None => Format::Csv,
            Some(word) => match Format::parse(word) {
                Some(format) => format,
                None => return Ok(Self::Markdown),
            },
        };
        format.offers(subject).map_err(|error| unwritten(&error))?;
        Ok(Self::As(format))
    }
}

/// Takes away what is shown
///
/// The filters are those of the list that is exported; the formats are those of `contested export`, and Markdown.
#[utoipa::path(get, path = "/export", tag = "ledger", params(ExportQuery), responses((status = 200, body = String, content_type = "text/csv")))]
pub(crate) async fn export(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<ExportQuery>,
) -> Answer {
    query.moment()?;
    let what = asked::one_of("what", query.what.as_ref(), &["claims", "control", "events", "disputes"])?;
    let subject = what.and_then(Subject::parse).ok_or_else(|| {
        Fault::new(Code::BadValue, "`what` is missing: claims, control, events or disputes")
    })?;
    let written = Written::of(&query, subject)?;
    match subject {
        Subject::Claims => claims(&app, caller, query.claims(), written).await,
        Subject::Control => control(&app, caller, &query.control(), written).await,
        Subject::Events => events(&app, caller, &query.events(), written).await,
        _ => disputes(&app, caller, &query.disputes(), written).await,
    }
}

async fn claims(app: &Arc<App>, caller: Caller, query: ClaimsQuery, written: Written) -> Answer {
    let (filter, knowledge) = (filter(&query)?, app.knowledge());
    app.of_ledger(caller, move |ledger, tag| {
        let (found, next) = ledger.claims_page(&filter, None, MOST as u32)?;
        few(if next.is_some() { MOST + 1 } else { found.len() })?;
        told(tag, &Content::Claims(&found), written, knowledge)
    })
    .await
}

async fn control(app: &Arc<App>, caller: Caller, query: &ControlQuery, written: Written) -> Answer {
    let moment = query.moment()?;
    let (now, tag) = current!(app, caller);
    let found = now.control(moment).await?;
    let (_, picked) = picked(query, &found)?;
    few(picked.len())?;
    let places: Vec<_> = picked.into_iter().cloned().collect();
    told(&tag, &Content::Control(&places), written, app.knowledge())
}

async fn events(app: &Arc<App>, caller: Caller, query: &EventsQuery, written: Written) -> Answer {
    let moment = query.moment()?;
    let (now, tag) = current!(app, caller);
    let (base, found) = (now.base(moment.known_at).await?, now.events(moment.known_at).await?);
    let wanted = wanted(query, &found, &base)?;
    few(wanted.len())?;
    let events: Vec<_> = wanted.into_iter().cloned().collect();
    told(&tag, &Content::Events(&events, base.kept()), written, app.knowledge())
}

async fn disputes(app: &Arc<App>, caller: Caller, query: &DisputesQuery, written: Written) -> Answer {
    let (moment, asked) = (query.moment()?, Wanted::of(query)?);
    let (now, tag) = current!(app, caller);
    let base = now.base(moment.known_at).await?;
    let situation = if base.known().is_ok() { Some(now.history(moment).await?) } else { None };
    let found = situation.as_ref().map_or(&[][..], |situation| &situation.disputes);
    let picked: Vec<_> = found.iter().filter(|dispute| asked.picks(dispute, &base)).cloned().collect();
    few(picked.len())?;
    told(&tag, &Content::Disputes(&picked, base.kept()), written, app.knowledge())
}

/// What is cut short without a word is worse than what is refused.
fn few(records: usize) -> Result<(), Fault> {
    if records <= MOST {
        return Ok(());
    }
    Err(Fault::new(Code::TooLarge, format!("there are more than {MOST} records")))
}

/// A format without room for the subject is the caller's to mend.
fn unwritten(error: &ExportError) -> Fault {
    let code = if matches!(error, ExportError::NotOffered { .. }) { Code::BadValue } else { Code::Internal };
    Fault::new(code, error.to_string())
}

fn told(tag: &Tag, content: &Content<'_>, written: Written, knowledge: &Knowledge) -> Answer {
    let (media, end, bytes) = match written {
        Written::Markdown => ("text/markdown; charset=utf-8", "md", markdown(&flat(content, knowledge))),
        Written::As(format) => {
            let mut bytes = Vec::new();
            write(content, format, knowledge, &mut bytes).map_err(|error| unwritten(&error))?;
            (format.media_type(), format.extension(), bytes)
        }
    };
    let mut response: Response = tag.bytes(media, bytes);
    let name = format!("attachment; filename=\"contested-{}.{end}\"", content.subject());
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
