use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::Context as _;
use clap::Args;
use contested_assess::Situation;
use contested_knowledge::Knowledge;
use contested_server::{Format, Person, Settings, run as serve_until_told};

use crate::page;
use crate::page::situation::{Limits, set};
use crate::store::StoreArgs;

/// Show the ledger on a page, and answer programs over HTTP
///
/// The page and the interface (`/api/v1`, described by `/api/v1/openapi.json`) are served on this machine only, until interrupted. Additions to
/// the ledger show without loading the page anew. Any other address needs a token, which callers send as `Authorization: Bearer TOKEN`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested serve
  contested serve --store syria.db --bind 127.0.0.1:8000 --open
  contested serve --bind 0.0.0.0:7878 --token-file token.txt
  contested serve --bind 0.0.0.0:7878 --people people.tsv
  curl -s http://127.0.0.1:7878/api/v1/control | jq '.items[] | [.place.name, .status, .holder]'")]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    address: AddressArgs,
    /// What callers must know, at least 16 characters; it stands in the list of processes: rather give a file
    #[arg(long, value_name = "TOKEN", conflicts_with = "token_file")]
    token: Option<String>,
    /// A file with the token
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// A file of people with tokens of their own, as `contested team token` makes it: each decides under their name, a reader not at all
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
}

/// Where to serve.
#[derive(Debug, Clone, Args)]
pub(crate) struct AddressArgs {
    /// Address and port; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    pub(crate) bind: SocketAddr,
    /// Open the page in the browser
    #[arg(long)]
    pub(crate) open: bool,
}

pub(crate) fn run(args: &ServeArgs) -> anyhow::Result<()> {
    args.store.read()?;
    let knowledge = crate::imports::knowledge(&args.store.store)?;
    let token = match &args.token_file {
        Some(file) => {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            Some(text.trim().to_owned())
        }
        None => args.token.clone(),
    };
    let people = match &args.people {
        Some(file) => {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            let people = Person::read(&text).map_err(|e| anyhow::anyhow!("{}: {e}", file.display()))?;
            anyhow::ensure!(
                !people.is_empty(),
                "{} names nobody: `contested team token` adds people",
                file.display()
            );
            people
        }
        None => Vec::new(),
    };
    serve_with(&args.address, args.store.store.clone(), token, people, knowledge, false)
}

/// Serves the ledger at `store` on loopback.
pub(crate) fn serve(
    address: &AddressArgs,
    store: PathBuf,
    knowledge: &'static Knowledge,
    demo: bool,
) -> anyhow::Result<()> {
    serve_with(address, store, None, Vec::new(), knowledge, demo)
}

fn serve_with(
    address: &AddressArgs,
    store: PathBuf,
    token: Option<String>,
    people: Vec<Person>,
    knowledge: &'static Knowledge,
    demo: bool,
) -> anyhow::Result<()> {
    let settings = Settings { store, bind: address.bind, token, people, knowledge, demo, typeset };
    let open = address.open;
    serve_until_told(settings, |at| ready(at, open))?;
    Ok(())
}

fn typeset(situation: &Situation, format: Format) -> String {
    let format = match format {
        Format::Markdown => page::Format::Md,
        Format::Html => page::Format::Html,
    };
    let mut page = page::Page::for_format(format);
    set(&mut page, situation, Limits::BRIEF);
    page.into_format(format)
}

/// Prints the address, which is the data of this command, and opens it if asked to.
fn ready(at: SocketAddr, open: bool) {
    let address = format!("http://{at}/");
    // Nothing can be done when the outputs are closed.
    let _ = writeln!(std::io::stdout(), "{address}");
    let _ = std::io::stdout().flush();
    let _ = writeln!(std::io::stderr(), "serving until interrupted (Ctrl-C)");
    if open && !opened(&address) {
        let _ = writeln!(std::io::stderr(), "no browser could be opened: open the address yourself");
    }
}

fn opened(address: &str) -> bool {
    let openers: &[&[&str]] = if cfg!(target_os = "macos") {
        &[&["open"]]
    } else if cfg!(windows) {
        &[&["cmd", "/c", "start", ""]]
    } else {
        &[&["xdg-open"], &["gio", "open"]]
    };
    openers.iter().any(|opener| {
        Command::new(opener[0])
            .args(&opener[1..])
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .is_ok()
    })
}
