use anyhow::bail;
use clap::Args;
use contested_assess::{PlaceControl, control};

use crate::output::{Output, push_line};
use crate::page::Page;
use crate::page::control::full;
use crate::store::{StoreArgs, TimeArgs};

/// Who holds a place, over time, with the claims on each side
///
/// PLACE is a name as in the claims, a gazetteer id, or a country's two letters for all its places. The model is described in docs/control.md.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contested control 'Albu Kamal'
  contested control 'Albu Kamal' --as-of 2017-11-12
  contested control SY --json | jq -r '[.place.name, .status, .holder] | @tsv'")]
pub(crate) struct ControlArgs {
    /// Place or country
    place: String,
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    time: TimeArgs,
    /// Print JSON Lines, one object a place
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &ControlArgs) -> anyhow::Result<()> {
    let known = args.store.known(&args.time)?;
    let all = control(&known.kept, known.as_of, &known.basis());
    let wanted: Vec<&PlaceControl> = all.iter().filter(|found| is_called(found, &args.place)).collect();
    if wanted.is_empty() {
        let names: Vec<&str> = all.iter().take(12).map(|found| found.place.name.as_str()).collect();
        if names.is_empty() {
            bail!("no claim says who holds a town: add reports that do");
        }
        bail!(
            "no claim says who holds `{}`; they speak of {}{}",
            args.place,
            names.join(", "),
            if all.len() > 12 { " and others" } else { "" }
        );
    }
    let mut output = Output::new();
    if args.json {
        let mut lines = Vec::new();
        wanted.iter().try_for_each(|found| push_line(&mut lines, found))?;
        output.bytes(&lines)?;
    } else {
        let mut page = Page::for_output();
        for found in wanted {
            full(&mut page, found);
        }
        output.bytes(page.into_text().as_bytes())?;
    }
    output.finish()
}

/// Whether the user means this place. Names are compared by their letters only: "albu kamal" is "Albū Kamāl".
fn is_called(found: &PlaceControl, wanted: &str) -> bool {
    let letters = |s: &str| -> String {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    found.place.id.as_deref() == Some(wanted)
        || letters(&found.place.name) == letters(wanted)
        || wanted.len() == 2
            && found.place.country.as_deref().is_some_and(|country| country.eq_ignore_ascii_case(wanted))
}
