//! Who may do what with a ledger in a database, and who did what: both are kept by the server, which knows its users better than we do.

use std::fmt;

use crate::sql::Connection;
use crate::{Ledger, LedgerError, Result};

/// What a member of the team may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Read.
    Reader,
    /// Read, add reports, decide about claims.
    Analyst,
    /// All that the owner of the ledger may: forget reports, bring the layout up to date, let others in.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Reader, Self::Analyst, Self::Admin];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Analyst => "analyst",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something that a user of the server did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When, as an instant in UTC.
    pub at: String,
    /// The user, as the server knows them.
    pub who: String,
    /// added, decided, forgot, learnt, granted.
    pub did: String,
    /// What.
    pub what: String,
}

/// Tables to which those add who add reports and decide.
const ADDED_TO: &str = "reports, extractions, claims, claim_places, claim_actors, disputes, copies, report_marks, decisions, names, named, spots, \
    learning_runs, learnt, unread, passed_pages, places_reached, watched, claim_words, report_words";
/// Tables that say how often and how far: they change.
const CHANGED: &str = "names, named, places_reached, watched";

impl Ledger {
    /// Lets `user`, who must be a user of the server, do what `role` may, and nothing else of it; `None` lets them do nothing more.
    ///
    /// # Errors
    /// When the ledger is a file, there is no such user, or you may not.
    pub fn let_in(&self, user: &str, role: Option<Role>) -> Result<()> {
        self.served()?;
        let name = format!("\"{}\"", user.replace('"', "\"\""));
        let fault = |e| self.fault(e);
        let row = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, String>(0)).map_err(fault);
        let schema = row("SELECT current_schema()::text")?;
        let owner = row(
            "SELECT tableowner::text FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'reports'",
        )?;
        let there = self
            .db
            .prepare_cached("SELECT 1 FROM pg_roles WHERE rolname = ?1")
            .and_then(|mut query| query.exists([user]))
            .map_err(fault)?;
        if !there {
            return Err(LedgerError::NoUser { path: self.path.clone(), user: user.to_owned() });
        }
        let owner = format!("\"{}\"", owner.replace('"', "\"\""));
        let work = self.db.writing().map_err(fault)?;
        let run = |sql: &str| work.execute_batch(sql).map_err(fault);
        if name != owner {
            run(&format!("REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}"))?;
            run(&format!("REVOKE ALL ON SCHEMA {schema} FROM {name}"))?;
            let member = work
                .prepare_cached("SELECT 1 FROM pg_auth_members WHERE roleid = ?1::text::regrole AND member = ?2::text::regrole")
                .and_then(|mut query| query.exists([owner.as_str(), name.as_str()]))
                .map_err(fault)?;
            if member {
                run(&format!("REVOKE {owner} FROM {name}"))?;
            }
        }
        match role {
            None => {}
            Some(Role::Admin) => run(&format!("GRANT {owner} TO {name}"))?,
            Some(role) => {
                run(&format!("GRANT USAGE ON SCHEMA {schema} TO {name}"))?;
                run(&format!("GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {name}"))?;
                run(&format!("REVOKE SELECT ON audit FROM {name}"))?;
                if role == Role::Analyst {
                    run(&format!("GRANT INSERT ON {ADDED_TO} TO {name}"))?;
                    run(&format!("GRANT UPDATE ON {CHANGED} TO {name}"))?;
                    run(&format!("GRANT DELETE ON places_reached TO {name}"))?;
                }
            }
        }
        let what = format!("{user}: {}", role.map_or("nothing", Role::as_str));
        work.execute("INSERT INTO audit (did, what) VALUES ('granted', ?1)", [what]).map_err(fault)?;
        work.commit().map_err(fault)
    }

    /// What users of the server did, newest first, at most `most`.
    ///
    /// # Errors
    /// When the ledger is a file, or you may not look.
    pub fn audit(&self, most: u32) -> Result<Vec<Deed>> {
        self.served()?;
        self.db
            .prepare_cached(
                "SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), who, did, what FROM audit ORDER BY id DESC LIMIT ?1",
            )
            .and_then(|mut query| {
                query
                    .query_map([i64::from(most)], |row| {
                        Ok(Deed { at: row.get(0)?, who: row.get(1)?, did: row.get(2)?, what: row.get(3)? })
                    })?
                    .collect()
            })
            .map_err(|e| self.fault(e))
    }

    fn served(&self) -> Result<()> {
        match self.db {
            Connection::Postgres(_) => Ok(()),
            Connection::Sqlite(_) => Err(LedgerError::NoTeam { path: self.path.clone() }),
        }
    }
}
