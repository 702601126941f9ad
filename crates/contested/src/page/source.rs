//! Sources as a reader sees them: "outlet ← root source, day".

use contested_assess::Telling;
use contested_model::{Certainty, SourceKind};

use super::day;

/// Longest excerpt of a sentence, in characters.
const EXCERPT: usize = 180;

/// "Reuters ← a commander in the alliance (belligerent official), 8 Nov 2017".
pub(crate) fn attributed(telling: &Telling) -> String {
    let kind = telling.kind.map_or_else(String::new, |kind| format!(" ({})", kind_in_words(kind)));
    let who = match &telling.outlet {
        Some(outlet) => format!("{outlet} ← {}{kind}", telling.source),
        None => format!("{}{kind}", telling.source),
    };
    let hedge = match telling.certainty {
        Certainty::Certain => "",
        Certainty::Probable => ", as probable",
        Certainty::Possible => ", as possible",
        Certainty::Unstated => ", declining to say",
    };
    format!("{who}, {}{hedge}", day(telling.known))
}

/// All sources of a line, the first few by name.
pub(crate) fn all(tellings: &[Telling], most: usize) -> String {
    let mut named: Vec<String> = tellings.iter().take(most).map(attributed).collect();
    if tellings.len() > most {
        named.push(format!("{} more", tellings.len() - most));
    }
    named.join("; ")
}

/// The words of the report around the trigger, in quotation marks.
pub(crate) fn quoted(telling: &Telling) -> String {
    let chars: Vec<char> = telling.quote.chars().collect();
    if chars.len() <= EXCERPT {
        return format!("“{}”", telling.quote.trim());
    }
    let middle = (telling.trigger[0] as usize).min(chars.len());
    let start = middle.saturating_sub(EXCERPT / 2).min(chars.len() - EXCERPT);
    let end = start + EXCERPT;
    let space = |at: usize| chars[at] == ' ';
    let start = if start == 0 { 0 } else { (start..end).find(|&at| space(at)).map_or(start, |at| at + 1) };
    let end = if end == chars.len() { end } else { (start..end).rev().find(|&at| space(at)).unwrap_or(end) };
    let cut: String = chars[start..end].iter().collect();
    let (before, after) = (if start == 0 { "" } else { "… " }, if end == chars.len() { "" } else { " …" });
    format!("“{before}{}{after}”", cut.trim())
}

const fn kind_in_words(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Wire => "news agency",
        SourceKind::StateMedia => "state media",
        SourceKind::Media => "media",
        SourceKind::BelligerentOfficial => "belligerent official",
        SourceKind::BelligerentMedia => "belligerent's media",
        SourceKind::Monitor => "monitor",
        SourceKind::InternationalOrganisation => "international organisation",
        SourceKind::Ngo => "aid or rights group",
        SourceKind::LocalOfficial => "local official",
        SourceKind::Official => "official",
        SourceKind::Anonymous => "unnamed",
        SourceKind::Resident => "resident or activist",
        SourceKind::Analyst => "analyst",
    }
}
