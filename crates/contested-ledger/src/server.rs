//! A ledger that is a schema of a PostgreSQL database: how it is reached, made and brought up to date.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config};

use crate::sql::postgres::{Room, fault};
use crate::sql::tls::{Tls, Trust};
use crate::{LedgerError, Result};

/// Newest layout that this program knows.
const LAYOUT: i64 = 2;
/// The schema of a ledger when none is named.
const SCHEMA: &str = "contested";
/// How long a server may take to answer the first time.
const PATIENCE: Duration = Duration::from_secs(10);
/// For every connection: a writer waits so long for another, and nobody is told what is of no concern.
const SETTINGS: &str = "SET lock_timeout = '10s'; SET client_min_messages = error; SET jit = off";
/// What makes a layout of the one before it; of none, the first.
const LAYOUTS: [&str; LAYOUT as usize] =
    [include_str!("../migrations/postgres/1-ledger.sql"), include_str!("../migrations/postgres/2-views.sql")];

/// Where a ledger is in a database.
#[derive(Clone)]
pub(crate) struct Address {
    config: Config,
    schema: String,
    trust: Trust,
}

impl Address {
    /// The address that `store` is, if it is one; anything else is a file.
    pub(crate) fn of(store: &Path) -> Option<Result<Self>> {
        let url = store.to_str()?;
        let (_, rest) =
            url.split_once("://").filter(|(scheme, _)| ["postgres", "postgresql"].contains(scheme))?;
        let (base, options) = rest.split_once('?').unwrap_or((rest, ""));
        let mut schema = SCHEMA.to_owned();
        let mut trust = Trust::Anybody;
        let mut left = Vec::new();
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("schema", name)) => name.clone_into(&mut schema),
                Some(("sslmode", "verify-full")) => {
                    left.push("sslmode=require");
                    if trust == Trust::Anybody {
                        trust = Trust::Public;
                    }
                }
                Some(("sslrootcert", path)) => trust = Trust::File(path.to_owned()),
                _ => left.push(option),
            }
        }
        let wrong = |detail: String| LedgerError::Address { path: shown(store), detail };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if schema.is_empty() || schema.len() > 63 || !schema.chars().all(plain) {
            return Some(Err(wrong("a schema's name is lower-case letters, digits and `_`".to_owned())));
        }
        let url = format!("postgres://{base}?{}", left.join("&"));
        Some(match Config::from_str(&url) {
            Ok(_) if base.split('/').nth(1).is_none_or(str::is_empty) => {
                Err(wrong("it names no database".to_owned()))
            }
            Ok(mut config) => {
                // A certificate is named to be asked for.
                if trust != Trust::Anybody {
                    config.ssl_mode(SslMode::Require);
                }
                if config.get_password().is_none()
                    && let Some(password) = std::env::var_os("PGPASSWORD")
                {
                    config.password(password.to_string_lossy().as_ref());
                }
                if config.get_connect_timeout().is_none() {
                    config.connect_timeout(PATIENCE);
                }
                config.application_name("contested");
                Ok(Self { config, schema, trust })
            }
            Err(error) => Err(wrong(error.to_string())),
        })
    }

    /// The address without its password.
    fn shown(&self) -> PathBuf {
        let user = self.config.get_user().map_or(String::new(), |user| format!("{user}@"));
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            Some(Host::Unix(path)) => path.display().to_string(),
            None => String::new(),
        };
        let port = self.config.get_ports().first().map_or(String::new(), |port| format!(":{port}"));
        let database = self.config.get_dbname().unwrap_or_default();
        let schema = if self.schema == SCHEMA { String::new() } else { format!("?schema={}", self.schema) };
        PathBuf::from(format!("postgres://{user}{host}{port}/{database}{schema}"))
    }

    fn connect(&self) -> Result<Client> {
        let fault = |e: postgres::Error| fault(self.shown(), &e);
        let tls =
            Tls::new(&self.trust).map_err(|detail| LedgerError::Address { path: self.shown(), detail })?;
        let mut client = self.config.connect(tls).map_err(fault)?;
        client.batch_execute(&format!("{SETTINGS}; SET search_path = {}", self.schema)).map_err(fault)?;
        Ok(client)
    }

    /// For adding; makes the ledger if there is none.
    pub(crate) fn open(&self) -> Result<(PathBuf, Room)> {
        let mut client = self.connect()?;
        // Who may not change the layout works with an older one: its tables are the same.
        if self.layout(&mut client)?.is_none_or(|found| found < LAYOUT) && self.may_make(&mut client)? {
            self.make(&mut client)?;
        }
        self.room(client)
    }

    /// Whether there is no ledger yet, or it belongs to this user or to those whose rights this user has.
    fn may_make(&self, client: &mut Client) -> Result<bool> {
        let owner = "SELECT coalesce((SELECT pg_has_role(tableowner, 'MEMBER') FROM pg_tables WHERE schemaname = $1 AND tablename = 'layout'), true)";
        client
            .query_one(owner, &[&self.schema])
            .and_then(|row| row.try_get(0))
            .map_err(|e: postgres::Error| fault(self.shown(), &e))
    }

    /// For reading only.
    pub(crate) fn read(&self) -> Result<(PathBuf, Room)> {
        let mut client = self.connect()?;
        if self.layout(&mut client)?.is_none() {
            return Err(LedgerError::Missing { path: self.shown() });
        }
        client
            .batch_execute("SET default_transaction_read_only = on")
            .map_err(|e: postgres::Error| fault(self.shown(), &e))?;
        self.room(client)
    }

    fn room(&self, client: Client) -> Result<(PathBuf, Room)> {
        let room = Room::new(client).map_err(|e| LedgerError::of(&self.shown(), e))?;
        Ok((self.shown(), room))
    }

    /// The layout of the ledger, if there is one.
    fn layout(&self, client: &mut Client) -> Result<Option<i64>> {
        let fault = |e: postgres::Error| fault(self.shown(), &e);
        let there: bool = client
            .query_one("SELECT to_regclass($1) IS NOT NULL", &[&format!("{}.layout", self.schema)])
            .and_then(|row| row.try_get(0))
            .map_err(fault)?;
        if !there {
            return Ok(None);
        }
        let found: i64 = client
            .query_one("SELECT max(number) FROM layout", &[])
            .and_then(|row| row.try_get(0))
            .map_err(fault)?;
        if found > LAYOUT {
            return Err(LedgerError::Newer { path: self.shown(), found, known: LAYOUT });
        }
        Ok(Some(found))
    }

    fn make(&self, client: &mut Client) -> Result<()> {
        let encoding: String = client
            .query_one("SHOW server_encoding", &[])
            .and_then(|row| row.try_get(0))
            .map_err(|e: postgres::Error| fault(self.shown(), &e))?;
        if encoding != "UTF8" {
            let detail = format!("its texts are in {encoding}: make a database with encoding UTF8");
            return Err(LedgerError::Address { path: self.shown(), detail });
        }
        // Of several who come first, one makes it and the others find it made.
        let lock = format!("BEGIN; SELECT pg_advisory_xact_lock(1668576116, hashtext('{}'))", self.schema);
        client.batch_execute(&lock).map_err(|e: postgres::Error| fault(self.shown(), &e))?;
        let made = (|| {
            // Another may have made it meanwhile.
            let there = self.layout(client)?.unwrap_or_default() as usize;
            let sql = LAYOUTS.get(there..).unwrap_or_default().join(";\n");
            client
                .batch_execute(&format!("CREATE SCHEMA IF NOT EXISTS {}; {sql}", self.schema))
                .map_err(|e: postgres::Error| fault(self.shown(), &e))
        })();
        let end = if made.is_ok() { "COMMIT" } else { "ROLLBACK" };
        client.batch_execute(end).map_err(|e: postgres::Error| fault(self.shown(), &e)).and(made)
    }
}

/// `store` as it may be printed: an address without its password.
pub(crate) fn shown(store: &Path) -> PathBuf {
    let text = store.to_string_lossy();
    let Some((scheme, rest)) = text.split_once("://") else { return store.to_owned() };
    if !scheme.starts_with("postgres") {
        return store.to_owned();
    }
    // Options may hold a password, too.
    let (rest, _) = rest.split_once('?').unwrap_or((rest, ""));
    let Some((user, place)) = rest.rsplit_once('@') else {
        return PathBuf::from(format!("postgres://{rest}"));
    };
    let user = user.split_once(':').map_or(user, |(user, _)| user);
    PathBuf::from(format!("postgres://{user}@{place}"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Address, shown};

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (store, printed) in [
            ("postgres://ann:se:cr@t@db:5433/war", "postgres://ann@db:5433/war"),
            ("postgresql://ann:secret@db/war?schema=syria", "postgres://ann@db/war"),
            ("postgres://db/war?password=secret", "postgres://db/war"),
            ("syria.db", "syria.db"),
        ] {
            assert_eq!(shown(Path::new(store)), Path::new(printed));
        }
        let address =
            Address::of(Path::new("postgresql://ann:secret@db:5/war?schema=syria")).unwrap().unwrap();
        assert_eq!(address.shown(), Path::new("postgres://ann@db:5/war?schema=syria"));
        assert!(Address::of(Path::new("postgres://db/war?schema=a;b")).unwrap().is_err());
        assert!(Address::of(Path::new("postgres://ann@db")).unwrap().is_err());
        assert!(Address::of(Path::new("war.db")).is_none());
    }
}
