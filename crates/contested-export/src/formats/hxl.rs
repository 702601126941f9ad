use std::io::Write;

use contested_knowledge::Knowledge;

use crate::countries::codes;
use crate::rows::Rows;
use crate::{Cell, Content, ExportError, LeftOut, Subject, Written, flat};

/// Column of the flat table, header and hashtags.
type Tagged = (&'static str, &'static str, &'static str);

const CLAIMS: &[Tagged] = &[
    ("id", "Claim", "#event+id"),
    ("day", "Day", "#date+occurred"),
    ("reported", "Reported", "#date+reported"),
    ("type", "Type", "#event+type"),
    ("text", "What is said", "#description"),
    ("agents", "Agents", "#group+name+actor1"),
    ("targets", "Targets", "#group+name+actor2"),
    ("places", "Place", "#loc+name"),
    ("admin1", "Admin 1", "#adm1+name"),
    ("country", "Country", "#country+code+v_iso3"),
    ("latitude", "Latitude", "#geo+lat"),
    ("longitude", "Longitude", "#geo+lon"),
    ("polarity", "Polarity", "#x_claim+polarity"),
    ("certainty", "Certainty", "#x_claim+certainty"),
    ("source", "Who says so", "#meta+source+name"),
    ("source_kind", "Kind of source", "#meta+source+type"),
    ("outlet", "Outlet", "#meta+source+reported"),
    ("url", "Address", "#meta+url"),
    ("dead_min", "Killed (at least)", "#affected+killed+min"),
    ("dead_max", "Killed (at most)", "#affected+killed+max"),
    ("injured_min", "Injured (at least)", "#affected+injured+min"),
    ("injured_max", "Injured (at most)", "#affected+injured+max"),
];

const EVENTS: &[Tagged] = &[
    ("id", "Event", "#event+id"),
    ("first_day", "First day", "#date+occurred+start"),
    ("last_day", "Last day", "#date+occurred+end"),
    ("types", "Types", "#event+type"),
    ("text", "What is said", "#description"),
    ("places", "Place", "#loc+name"),
    ("admin1", "Admin 1", "#adm1+name"),
    ("country", "Country", "#country+code+v_iso3"),
    ("latitude", "Latitude", "#geo+lat"),
    ("longitude", "Longitude", "#geo+lon"),
    ("told_by", "Told by", "#meta+source+name"),
    ("denied_by", "Denied by", "#x_claim+denied"),
    ("dead_min", "Killed (at least)", "#affected+killed+min"),
    ("dead_max", "Killed (at most)", "#affected+killed+max"),
    ("injured_min", "Injured (at least)", "#affected+injured+min"),
    ("injured_max", "Injured (at most)", "#affected+injured+max"),
];

const CONTROL: &[Tagged] = &[
    ("place", "Place", "#loc+name"),
    ("place_id", "Place id", "#loc+code"),
    ("admin1", "Admin 1", "#adm1+name"),
    ("country", "Country", "#country+code+v_iso3"),
    ("latitude", "Latitude", "#geo+lat"),
    ("longitude", "Longitude", "#geo+lon"),
    ("as_of", "As of", "#date"),
    ("status", "Status", "#status+control"),
    ("holder", "Holder", "#group+name"),
    ("chance", "Chance", "#x_chance+holder"),
    ("contested", "Chance of being contested", "#x_chance+contested"),
    ("since", "Since", "#date+start"),
    ("last_observed", "Last told of", "#date+reported"),
    ("sources", "Sources", "#meta+source+name"),
];

/// A table with a row of headers and a row of hashtags.
pub(crate) fn write(
    content: &Content<'_>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let tagged = match content.subject() {
        Subject::Events => EVENTS,
        Subject::Control => CONTROL,
        _ => CLAIMS,
    };
    let table = flat(content, knowledge);
    let mut rows = Rows::commas(out);
    rows.head(tagged.iter().map(|tag| tag.1))?;
    rows.head(tagged.iter().map(|tag| tag.2))?;
    let place = |name: &str| table.columns.iter().position(|&column| column == name);
    let places: Vec<Option<usize>> = tagged.iter().map(|tag| place(tag.0)).collect();
    for row in &table.rows {
        let cells = places.iter().zip(tagged).map(|(at, tag)| {
            let cell = at.and_then(|at| row.get(at)).cloned().unwrap_or(Cell::Empty);
            match (tag.0, &cell) {
                ("country", Cell::Text(iso2)) => codes(Some(iso2)).iso3.into(),
                _ => cell,
            }
        });
        rows.row(cells)?;
    }
    rows.finish()?;
    Ok(Written { rows: table.rows.len(), left_out: LeftOut::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use contested_knowledge::Knowledge;

    #[test]
    fn every_tag_has_a_column() {
        let of = |content: &Content<'_>| flat(content, Knowledge::embedded()).columns;
        for (tagged, columns) in [
            (CLAIMS, of(&Content::Claims(&[]))),
            (EVENTS, of(&Content::Events(&[], &[]))),
            (CONTROL, of(&Content::Control(&[]))),
        ] {
            for tag in tagged {
                assert!(columns.contains(&tag.0), "{}", tag.0);
            }
        }
    }
}
