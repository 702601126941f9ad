use std::sync::Arc;

use axum::extract::State;
use contested_ledger::{Filter, ReportFilter};
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use super::claims::ClaimOut;
use super::named::{ActorOut, PlaceNamed, has};
use super::reports::ReportOut;
use crate::app::App;
use crate::asked::{self, Asked};
use crate::error::{Code, Fault};
use crate::query::SearchQuery;
use crate::reply::{Caller, current};

/// Items of each sort, unless the request says otherwise; and the most.
const USUAL: u32 = 20;
const MOST: u32 = 100;

/// What has the words that were looked for.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct SearchOut {
    /// Claims whose sentence has all of them, the newest first.
    claims: Vec<Hit<ClaimOut>>,
    /// Reports that have all of them in title or text, the newest first.
    reports: Vec<Hit<ReportOut>>,
    /// Places whose name has these letters, the most named first.
    places: Vec<Hit<PlaceNamed>>,
    /// Actors, likewise.
    actors: Vec<Hit<ActorOut>>,
    /// Sources whose name has these letters.
    sources: Vec<Hit<SourceHit>>,
}

/// Something found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit<T> {
    /// What.
    item: T,
    /// Where the words stand: first character and one past the last; of a claim in its quote, of a report in its title, else in the name.
    ranges: Vec<[usize; 2]>,
}

/// A source.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceHit {
    /// What tells one root source from another.
    id: String,
    /// Its name.
    name: String,
}

/// Looks for words everywhere
#[utoipa::path(get, path = "/search", tag = "ledger", params(SearchQuery), responses((status = 200, body = SearchOut)))]
pub(crate) async fn search(
    State(app): State<Arc<App>>,
    caller: Caller,
    Asked(query): Asked<SearchQuery>,
) -> Answer {
    let moment = query.moment()?;
    let limit = match asked::limit(query.limit.as_ref())? {
        _ if query.limit.is_none() => USUAL,
        limit if limit <= MOST => limit,
        limit => {
            return Err(Fault::new(Code::BadLimit, format!("`limit` is {limit}, and {MOST} at most here")));
        }
    };
    let (now, tag) = current!(app, caller);
    let Some(words) = query.q.filter(|words| words.chars().any(char::is_alphanumeric)) else {
        return tag.json(&SearchOut::default());
    };
    let (names, records) = (now.names().await?, now.records(moment.known_at).await?);
    let most = limit as usize;
    let looked_for = words.clone();
    let (claims, reports) = app
        .pool
        .ask(move |ledger| {
            let filter = Filter {
                words: Some(looked_for.clone()),
                known_at: moment.known_at,
                latest: true,
                ..Filter::default()
            };
            let (claims, _) = ledger.review_page(&filter, None, limit)?;
            let filter = ReportFilter {
                words: Some(looked_for),
                known_at: moment.known_at,
                ..ReportFilter::default()
            };
            Ok((claims, ledger.reports_page(&filter, None, limit)?))
        })
        .await?;
    let named = |name: &str| ranges(name, &[words.trim()]);
    let each: Vec<&str> = words.split_whitespace().collect();
    tag.json(&SearchOut {
        claims: claims
            .into_iter()
            .map(|found| Hit {
                ranges: ranges(&found.claim.evidence.quote, &each),
                item: ClaimOut::of(found),
            })
            .collect(),
        reports: reports
            .iter()
            .map(|found| Hit {
                ranges: ranges(found.report.title.as_deref().unwrap_or_default(), &each),
                item: ReportOut::of(found),
            })
            .collect(),
        places: names
            .places
            .iter()
            .filter(|row| has(&row.name, &row.id, &words))
            .take(most)
            .map(|row| Hit { ranges: named(&row.name), item: PlaceNamed::of(row, &names, app.knowledge()) })
            .collect(),
        actors: names
            .actors
            .iter()
            .filter(|row| has(&row.name, &row.id, &words))
            .take(most)
            .map(|row| Hit { ranges: named(&row.name), item: ActorOut::of(row, app.knowledge()) })
            .collect(),
        sources: records
            .iter()
            .filter(|record| has(&record.name, &record.source, &words))
            .take(most)
            .map(|record| Hit {
                ranges: named(&record.name),
                item: SourceHit { id: record.source.clone(), name: record.name.clone() },
            })
            .collect(),
    })
}

/// Where `words` stand in `text`, in any case, as ranges of characters.
fn ranges(text: &str, words: &[&str]) -> Vec<[usize; 2]> {
    let folded = |c: char| c.to_lowercase().next().unwrap_or(c);
    let letters: Vec<char> = text.chars().map(folded).collect();
    let mut out = Vec::new();
    for word in words {
        let word: Vec<char> = word.chars().filter(|c| c.is_alphanumeric() || *c == ' ').map(folded).collect();
        if word.is_empty() {
            continue;
        }
        let found = letters.windows(word.len()).enumerate().filter(|(_, window)| *window == word);
        out.extend(found.map(|(at, _)| [at, at + word.len()]));
    }
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn ranges_count_characters_and_ignore_case() {
        assert_eq!(ranges("Ālbu Kamal, kamal", &["kamal"]), [[5, 10], [12, 17]]);
        assert!(ranges("Rawa", &["", "!"]).is_empty());
    }
}
