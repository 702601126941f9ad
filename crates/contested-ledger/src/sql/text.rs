//! Words for full-text search in PostgreSQL, cut and folded by the very tokenizer that SQLite's index uses, so that both find the same.

use std::fmt::Write as _;

use rusqlite::{Connection, params};

use super::Result;

/// PostgreSQL counts positions so far, and no further.
const LAST: i64 = 16_383;
/// Bytes of a word that PostgreSQL takes.
const LONGEST: usize = 2046;

/// A tokenizer.
#[derive(Debug)]
pub(super) struct Words(Connection);

impl Words {
    pub(super) fn new() -> Result<Self> {
        let db = Connection::open_in_memory()?;
        db.execute_batch(
            "CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
             CREATE VIRTUAL TABLE words USING fts5vocab (texts, instance);",
        )?;
        Ok(Self(db))
    }

    /// The words of `texts`, text by text in the order in which they stand.
    fn of(&self, texts: &[&str]) -> Result<Vec<Vec<String>>> {
        self.0.execute_batch("BEGIN")?;
        let cut = || -> rusqlite::Result<Vec<Vec<String>>> {
            let mut insert = self.0.prepare_cached("INSERT INTO texts (rowid, text) VALUES (?1, ?2)")?;
            for (at, text) in texts.iter().enumerate() {
                insert.execute(params![at as i64, text])?;
            }
            let mut out = vec![Vec::new(); texts.len()];
            let mut query = self.0.prepare_cached("SELECT doc, term FROM words ORDER BY doc, \"offset\"")?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(words) = out.get_mut(row.get::<_, i64>(0)? as usize) {
                    words.push(row.get(1)?);
                }
            }
            Ok(out)
        };
        let words = cut();
        self.0.execute_batch("ROLLBACK")?;
        Ok(words?)
    }

    /// A `tsvector`; no phrase runs from one text into the next.
    pub(super) fn document(&self, texts: &[&str]) -> Result<String> {
        let mut out = String::new();
        let mut at = 0;
        for words in self.of(texts)? {
            for word in words {
                at = (at + 1).min(LAST);
                let _ = write!(out, "{}:{at} ", literal(&word));
            }
            at += 1;
        }
        Ok(out)
    }

    /// A `tsquery`: each word must be there, and where one is several to the tokenizer, those one after another.
    pub(super) fn query(&self, words: &str) -> Result<String> {
        let words: Vec<&str> = words.split_whitespace().collect();
        let phrases: Vec<String> = self
            .of(&words)?
            .into_iter()
            .filter(|phrase| !phrase.is_empty())
            .map(|phrase| phrase.iter().map(|word| literal(word)).collect::<Vec<_>>().join(" <-> "))
            .collect();
        Ok(phrases.join(" & "))
    }
}

fn literal(word: &str) -> String {
    let mut end = word.len().min(LONGEST);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    format!("'{}'", word[..end].replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_cut_and_folded_as_the_file_does() {
        let words = Words::new().unwrap();
        assert_eq!(
            words.document(&["Deir al-Zor's", "Çınar, DEIR"]).unwrap().trim(),
            "'deir':1 'al':2 'zor':3 's':4 'cınar':6 'deir':7"
        );
        assert_eq!(words.query("al-Zor  deir - OR").unwrap(), "'al' <-> 'zor' & 'deir' & 'or'");
        assert_eq!(words.query(" - ").unwrap(), "");
    }
}
