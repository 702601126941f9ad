use jiff::civil::Date;
use rusqlite::types::Value;

/// Which claims to read; what is left empty does not restrict.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only what stands at this day of valid time or before.
    pub as_of: Option<Date>,
    /// Only what had been reported by this day.
    pub known_at: Option<Date>,
    /// Only what stands at this day of valid time or after.
    pub since: Option<Date>,
    /// A place: its id, or its name in any case.
    pub place: Option<String>,
    /// An agent or target: id, or name in any case.
    pub actor: Option<String>,
    /// An outlet or anybody in the attribution chain: name in any case.
    pub source: Option<String>,
    /// Types ("seize"); any of them.
    pub types: Vec<String>,
    /// Kinds ("event"); any of them.
    pub kinds: Vec<String>,
    /// "positive" or "negative".
    pub polarity: Option<String>,
    /// Words that must all stand in the quoted sentence.
    pub words: Option<String>,
    /// At most so many.
    pub limit: Option<u32>,
}

impl Filter {
    /// `WHERE` conditions over `claims c JOIN reports r`, and their values in order.
    pub(crate) fn conditions(&self) -> (String, Vec<Value>) {
        let mut all = vec!["1".to_owned()];
        let mut values = Vec::new();
        let mut add = |condition: &str, given: Vec<Value>| {
            all.push(condition.to_owned());
            values.extend(given);
        };
        let text = |s: &str| Value::Text(s.to_owned());
        let day = |d: Date| Value::Text(d.to_string());
        if let Some(to) = self.as_of {
            add("c.day <= ?", vec![day(to)]);
        }
        if let Some(to) = self.known_at {
            add("c.known <= ?", vec![day(to)]);
        }
        if let Some(from) = self.since {
            add("c.day >= ?", vec![day(from)]);
        }
        if let Some(place) = &self.place {
            add(
                "c.id IN (SELECT claim FROM claim_places WHERE place = ? OR name = ? COLLATE NOCASE)",
                vec![text(place), text(place)],
            );
        }
        if let Some(actor) = &self.actor {
            add(
                "c.id IN (SELECT claim FROM claim_actors WHERE role <> 'source' AND (actor = ? OR name = ? COLLATE NOCASE))",
                vec![text(actor), text(actor)],
            );
        }
        if let Some(source) = &self.source {
            add(
                "(r.source = ? COLLATE NOCASE OR c.id IN (SELECT claim FROM claim_actors WHERE role = 'source' AND (actor = ? OR name = ? COLLATE NOCASE)))",
                vec![text(source), text(source), text(source)],
            );
        }
        for (column, words) in [("c.type", &self.types), ("c.kind", &self.kinds)] {
            if !words.is_empty() {
                let marks = vec!["?"; words.len()].join(", ");
                add(&format!("{column} IN ({marks})"), words.iter().map(|w| text(w)).collect());
            }
        }
        if let Some(polarity) = &self.polarity {
            add("c.polarity = ?", vec![text(polarity)]);
        }
        if let Some(words) = &self.words {
            add(
                "c.id IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)",
                vec![Value::Text(quoted(words))],
            );
        }
        (all.join(" AND "), values)
    }
}

/// Plain words as a full-text expression: every one must be there, and none is an operator.
fn quoted(words: &str) -> String {
    let words: Vec<String> =
        words.split_whitespace().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
    words.join(" ")
}
