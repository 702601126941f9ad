//! Those who have a token of their own: their names, what they may do, and digests of their tokens. The tokens themselves are kept by nobody but them.

use contested_ledger::Role;

use crate::server::SHORTEST_TOKEN;

/// Somebody who is known by a token.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The name that decisions are signed with.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// BLAKE3 of the token. It is drawn by lot and long, so that nothing slower keeps a guesser out better.
    token: blake3::Hash,
}

impl Person {
    /// Somebody with the token `token`.
    ///
    /// # Errors
    /// When the token is short, or the name none that fits into a line.
    pub fn new(name: &str, role: Role, token: &str) -> Result<Self, String> {
        if token.len() < SHORTEST_TOKEN {
            return Err(format!("a token has at least {SHORTEST_TOKEN} characters"));
        }
        if name.trim().is_empty()
            || name.trim() != name
            || name.chars().any(char::is_control)
            || name.starts_with('#')
        {
            return Err("a name is a line without tabs that is not empty".to_owned());
        }
        Ok(Self { name: name.to_owned(), role, token: blake3::hash(token.as_bytes()) })
    }

    /// A line of a file of people.
    pub fn line(&self) -> String {
        format!("{}\t{}\tb3:{}", self.name, self.role, self.token.to_hex())
    }

    /// The people of a file: `NAME TAB ROLE TAB DIGEST` a line; empty lines and those that begin with `#` are passed over.
    ///
    /// # Errors
    /// The number of the first line that is none, and why.
    pub fn read(text: &str) -> Result<Vec<Self>, String> {
        let lines =
            text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        lines
            .map(|(at, line)| {
                Self::of_line(line.trim_end()).ok_or_else(|| {
                    format!("line {} is not `NAME TAB reader|analyst|admin TAB b3:DIGEST`", at + 1)
                })
            })
            .collect()
    }

    fn of_line(line: &str) -> Option<Self> {
        let mut cells = line.split('\t');
        let (name, role, token) = (cells.next()?, cells.next()?, cells.next()?);
        let role = Role::ALL.into_iter().find(|one| one.as_str() == role)?;
        let token = blake3::Hash::from_hex(token.strip_prefix("b3:")?).ok()?;
        (cells.next().is_none() && !name.is_empty()).then(|| Self { name: name.to_owned(), role, token })
    }

    /// Whether this is the token; compared in constant time.
    pub(crate) fn has(&self, token: &str) -> bool {
        self.token == blake3::hash(token.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use contested_ledger::Role;

    use super::Person;

    #[test]
    fn a_file_of_people_keeps_no_token() {
        let ann = Person::new("Ann Ünal", Role::Analyst, "a-token-of-some-length").unwrap();
        let text = format!("# the desk\n\n{}\n", ann.line());
        assert!(!text.contains("a-token"));
        let read = Person::read(&text).unwrap();
        assert!(read == [ann] && read[0].has("a-token-of-some-length") && !read[0].has("another"));
        for wrong in ["Ann", "Ann\tboss\tb3:00", "Ann\treader\tb3:00", "Ann\treader"] {
            assert_eq!(Person::read(&format!("\n{wrong}")).err().unwrap()[..6], *"line 2");
        }
        assert!(Person::new("Ann", Role::Reader, "short").is_err());
        assert!(Person::new("An\tn", Role::Reader, "a-token-of-some-length").is_err());
    }
}
