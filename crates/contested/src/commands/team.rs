use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use contested_ledger::{Ledger, Role};
use contested_server::Person;
use serde_json::json;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::output::Output;
use crate::store::StoreArgs;

/// Who may do what with a ledger in a database, and who did what
///
/// Members are users of the PostgreSQL server, which keeps their passwords as hashes and knows them whatever name they sign with. A reader reads; an analyst
/// adds reports and decides about claims, too; an admin may all that the owner of the ledger may, such as forgetting reports and letting others in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested team let-in ann --role analyst --store postgres://owner@db.example.org/war
  contested team shut-out ann --store postgres://owner@db.example.org/war
  contested team token 'Ann Analyst' --role analyst --people people.tsv       the page for her: contested serve --people people.tsv
  contested team audit --limit 20 --store postgres://owner@db.example.org/war")]
pub(crate) struct TeamArgs {
    #[command(subcommand)]
    command: TeamCommand,
}

#[derive(Debug, Subcommand)]
enum TeamCommand {
    /// Let a user of the server do what a role may, and no more
    LetIn {
        /// The user
        #[arg(value_name = "USER")]
        user: String,
        /// What they may do
        #[arg(long, value_enum)]
        role: RoleArg,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Take all rights from a user of the server
    ShutOut {
        /// The user
        #[arg(value_name = "USER")]
        user: String,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Make a token for somebody who uses the page, print it once, and keep its digest in a file of people
    ///
    /// What they decide is signed with their name; a reader may not decide. To shut somebody out, delete their line and start the server again.
    Token {
        /// The name that their decisions are signed with
        #[arg(value_name = "NAME")]
        name: String,
        /// What they may do; over HTTP an admin may no more than an analyst
        #[arg(long, value_enum)]
        role: RoleArg,
        /// The file to add to
        #[arg(long, value_name = "FILE")]
        people: PathBuf,
    },
    /// Who did what, newest first; only for admins
    Audit {
        /// At most so many
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
        #[command(flatten)]
        store: StoreArgs,
        /// Print JSON Lines
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleArg {
    Reader,
    Analyst,
    Admin,
}

impl RoleArg {
    const fn role(self) -> Role {
        match self {
            Self::Reader => Role::Reader,
            Self::Analyst => Role::Analyst,
            Self::Admin => Role::Admin,
        }
    }
}

pub(crate) fn run(args: &TeamArgs) -> anyhow::Result<()> {
    let mut output = Output::new();
    match &args.command {
        TeamCommand::LetIn { user, role, store } => {
            open(store)?.let_in(user, Some(role.role()))?;
            output.line(format_args!("{user} is {} now", role.role()))?;
        }
        TeamCommand::ShutOut { user, store } => {
            open(store)?.let_in(user, None)?;
            output.line(format_args!("{user} has no rights to this ledger now"))?;
        }
        TeamCommand::Token { name, role, people } => {
            output.line(token(name, role.role(), people)?)?;
        }
        TeamCommand::Audit { limit, store, json } => {
            for deed in store.read()?.audit(*limit)? {
                if *json {
                    let line = json!({"record": "deed", "at": deed.at, "who": deed.who, "did": deed.did, "what": deed.what});
                    output.line(line)?;
                } else {
                    writeln!(output, "{}  {}  {}  {}", deed.at, deed.who, deed.did, deed.what)
                        .context("cannot write to standard output")?;
                }
            }
        }
    }
    output.finish()
}

/// A new token for `name`, whose digest is added to the file `people`.
fn token(name: &str, role: Role, people: &Path) -> anyhow::Result<String> {
    let told = || format!("cannot write {}", people.display());
    let mut file = OpenOptions::new().create(true).append(true).read(true).open(people).with_context(told)?;
    let mut there = String::new();
    file.read_to_string(&mut there).with_context(|| format!("cannot read {}", people.display()))?;
    let there = Person::read(&there).map_err(|e| anyhow::anyhow!("{}: {e}", people.display()))?;
    anyhow::ensure!(
        there.iter().all(|person| person.name != name),
        "{} has a token for {name}: delete the line to give another",
        people.display()
    );
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gives no random numbers: {e}"))?;
    let mut token = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(token, "{byte:02x}").context("a string takes all that is written to it")?;
    }
    let person = Person::new(name, role, &token).map_err(anyhow::Error::msg)?;
    writeln!(file, "{}", person.line()).with_context(told)?;
    Ok(token)
}

/// The ledger for writing; none is made.
fn open(store: &StoreArgs) -> anyhow::Result<Ledger> {
    store.read()?;
    Ok(Ledger::open(&store.store)?)
}
