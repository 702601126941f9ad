//! Records of saved answers of the ReliefWeb API: an object with `fields`.

use contested_model::Report;
use serde_json::Value;

use crate::html::text::text_of;
use crate::{Problem, parse_date};

/// A record of an answer as a report. The day is that of the original where it is told, or of its posting.
pub(crate) fn report(record: &Value, warnings: &mut Vec<Problem>) -> Result<Report, Problem> {
    let fields = &record["fields"];
    let words = |value: &Value| value.as_str().map(str::to_owned).filter(|text| !text.trim().is_empty());
    let body = words(&fields["body"]);
    let text = body.or_else(|| words(&fields["body-html"]).map(|html| text_of(&html)));
    let text = text.filter(|text| !text.trim().is_empty()).ok_or(Problem::MissingText)?;
    let date = &fields["date"];
    let stated = words(&date["original"]).or_else(|| words(&date["created"]));
    let published = stated.as_deref().and_then(parse_date);
    if let (Some(value), None) = (&stated, published) {
        warnings.push(Problem::BadDate { value: value.chars().take(80).collect() });
    }
    let id = record["id"].as_str().map(str::to_owned);
    let id = id.or_else(|| record["id"].as_u64().map(|id| id.to_string()));
    let source = &fields["source"][0];
    let languages = fields["language"].as_array().into_iter().flatten();
    let languages: Vec<&str> = languages.filter_map(|language| language["code"].as_str()).collect();
    let mut report = Report {
        id: id.map(|id| format!("reliefweb-{id}")),
        source: words(&source["name"]).or_else(|| words(&source["shortname"])),
        published,
        title: words(&fields["title"]),
        url: words(&fields["url_alias"]).or_else(|| words(&fields["url"])).or_else(|| words(&record["href"])),
        text,
        ..Report::default()
    };
    if !languages.is_empty() {
        report.other.insert("language".to_owned(), languages.join(" ").into());
    }
    if let Some(others) = fields["source"].as_array().filter(|sources| sources.len() > 1) {
        let names = others.iter().filter_map(|source| source["name"].as_str()).collect::<Vec<_>>();
        report.other.insert("sources".to_owned(), names.into());
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_is_a_report() {
        let record = json!({"id": "77", "href": "https://api.example/77", "fields": {
            "title": "Flash update", "body-html": "<p>Shelling hit the camp.</p><p>Two died &amp; one fled.</p>",
            "date": {"created": "2017-11-09T08:00:00+00:00", "original": "2017-11-08T00:00:00+00:00"},
            "source": [{"name": "Office of Aid", "shortname": "OA"}, {"name": "Other"}],
            "language": [{"code": "en"}], "url_alias": "https://example.org/report/flash"}});
        let report = report(&record, &mut Vec::new()).unwrap();
        assert_eq!(report.text, "Shelling hit the camp.\n\nTwo died & one fled.");
        assert_eq!(report.id.as_deref(), Some("reliefweb-77"));
        assert_eq!(report.source.as_deref(), Some("Office of Aid"));
        assert_eq!(report.published, Some(jiff::civil::date(2017, 11, 8)));
        assert_eq!(report.url.as_deref(), Some("https://example.org/report/flash"));
        assert_eq!(
            super::report(&json!({"fields": {}}), &mut Vec::new()).unwrap_err().code(),
            "missing-text"
        );
    }
}
