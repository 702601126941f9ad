//! SQL as this crate writes it, in PostgreSQL's words. What the two engines say alike is written so; the few words that differ are changed here.

/// Tables whose rows are numbered, as a file numbers them: one more than the last.
const NUMBERED: [&str; 5] = ["reports", "extractions", "claims", "decisions", "learning_runs"];

/// `sql` for PostgreSQL, and whether it tells the numbers of the rows that it adds.
pub(super) fn translated(sql: &str) -> (String, bool) {
    let mut words: Vec<String> = Vec::new();
    let mut left = sql.split_whitespace().peekable();
    let mut ignore = false;
    while let Some(word) = left.next() {
        match (word, left.peek().copied()) {
            // Which index is walked is PostgreSQL's to know, and in which order tables are joined.
            ("INDEXED", Some("BY")) => {
                left.next();
                left.next();
            }
            ("CROSS", Some("JOIN")) => {}
            ("OR", Some("IGNORE")) => {
                left.next();
                ignore = true;
            }
            ("COLLATE", Some(folding)) if folding.starts_with("NOCASE") => {
                let rest = folding.trim_start_matches("NOCASE").to_owned();
                left.next();
                fold(&mut words);
                if let Some(last) = words.last_mut() {
                    last.push_str(&rest);
                }
            }
            ("MATCH", Some(_)) => {
                if let Some(last) = words.last_mut() {
                    let alias = last.split_once('.').map_or("", |(alias, _)| alias);
                    *last = if alias.is_empty() { "words".to_owned() } else { format!("{alias}.words") };
                }
                words.push("@@".to_owned());
                let mark = left.next().unwrap_or_default();
                let (mark, rest) = mark.strip_suffix(')').map_or((mark, ""), |mark| (mark, ")"));
                words.push(format!("{mark}::text::tsquery{rest}"));
            }
            ("c.json", Some("->>")) => {
                left.next();
                left.next();
                // PostgreSQL reads no JSON in which a text has the sign of number 0. No text of a record can hold this as it stands: its quotation marks are escaped.
                words.push("substring(c.json from '\"confidence\":([0-9.eE+-]+)')::float8".to_owned());
            }
            _ => words.push(word.to_owned()),
        }
    }
    let mut out = numbered_marks(&words.join(" "));
    if ignore {
        out.push_str(" ON CONFLICT DO NOTHING");
    }
    let table = out.strip_prefix("INSERT INTO ").and_then(|rest| rest.split([' ', '(']).next());
    let numbers = table.is_some_and(|table| NUMBERED.contains(&table));
    if numbers {
        out.push_str(" RETURNING id");
    }
    (out, numbers)
}

/// Compares the last word, and what stands on the other side of its equals sign, whatever the case of their Latin letters.
fn fold(words: &mut [String]) {
    let lowered = |word: &str| {
        let open = word.len() - word.trim_start_matches('(').len();
        format!("{}lower({} COLLATE \"C\")", &word[..open], &word[open..])
    };
    let count = words.len();
    if let Some(last) = words.last_mut() {
        *last = lowered(last);
    }
    if let [.., other, equals, _] = words
        && equals == "="
        && count >= 3
    {
        *other = lowered(other);
    }
}

/// `?` and `?1` as `$1`; `?` is one more than the highest before it, as a file has it.
fn numbered_marks(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 8);
    let mut highest = 0;
    let mut quoted = false;
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        quoted ^= c == '\'';
        if c != '?' || quoted {
            out.push(c);
            continue;
        }
        let digits: String = std::iter::from_fn(|| chars.next_if(char::is_ascii_digit)).collect();
        let number = digits.parse().unwrap_or(highest + 1);
        highest = highest.max(number);
        out.push('$');
        out.push_str(&number.to_string());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::translated;

    #[test]
    fn what_only_sqlite_says_is_said_as_postgres_does() {
        for (sqlite, postgres) in [
            (
                "SELECT 1 FROM claims c INDEXED BY claims_day CROSS JOIN reports r ON r.id = ?1 WHERE c.outlet = ? COLLATE NOCASE",
                "SELECT 1 FROM claims c JOIN reports r ON r.id = $1 WHERE lower(c.outlet COLLATE \"C\") = lower($2 COLLATE \"C\")",
            ),
            (
                "SELECT '?' FROM names WHERE (id = ?2 OR name = ?2 COLLATE NOCASE) ORDER BY name COLLATE NOCASE, id",
                "SELECT '?' FROM names WHERE (id = $2 OR lower(name COLLATE \"C\") = lower($2 COLLATE \"C\")) ORDER BY lower(name COLLATE \"C\"), id",
            ),
            (
                "INSERT OR IGNORE INTO extractions (report) VALUES (?)",
                "INSERT INTO extractions (report) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id",
            ),
            (
                "c.id IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?) AND w.claim_words MATCH ? AND c.json ->> '$.confidence' >= ?",
                "c.id IN (SELECT rowid FROM claim_words WHERE words @@ $1::text::tsquery) AND w.words @@ $2::text::tsquery AND substring(c.json from '\"confidence\":([0-9.eE+-]+)')::float8 >= $3",
            ),
        ] {
            assert_eq!(translated(sqlite).0, postgres);
        }
    }
}
