//! Line breaks that only wrap a paragraph.

use super::ending::Copy;
use crate::tokenise::{Kind, Scanned};

/// Longest line, in characters, that a hard wrap is believed to have made.
const WIDEST: u32 = 120;
/// Shortest believed.
const NARROWEST: u32 = 40;

/// For every line, whether it carries on the one before it: true in text wrapped at a column.
///
/// A wrapped line is one to which the next line's first word could not have been added without passing the text's width.
pub(super) fn continued(text: &str, scanned: &Scanned, copy: Copy) -> Vec<bool> {
    let lines = &scanned.lines;
    let mut continued = vec![false; lines.len()];
    let pairs = || (1..lines.len()).filter(|&k| !lines[k].after_blank);
    let width = lines.iter().map(|line| line.length).max().unwrap_or(0);
    if !(NARROWEST..=WIDEST).contains(&width) {
        return continued;
    }
    let filled = |k: usize| lines[k - 1].length + 1 + lines[k].first_run > width;
    // A mark that ends sentences at the end of most lines is a sentence a line, not a wrap.
    let open_ended = |k: usize| {
        let end = lines[k].first as usize;
        let start = lines[k - 1].first as usize;
        let closer =
            |kind: Kind| matches!(kind, Kind::Quote | Kind::CloseQuote | Kind::Close | Kind::Apostrophe);
        let last = scanned.pieces[start..end].iter().rev().find(|piece| !closer(piece.kind));
        !last.is_some_and(|last| matches!(last.kind, Kind::Period | Kind::Terminal | Kind::Ellipsis))
    };
    let (mut full, mut open, mut all, mut small) = (0, 0, 0, 0);
    for k in pairs() {
        all += 1;
        full += u32::from(filled(k));
        open += u32::from(open_ended(k));
        let first = &scanned.pieces[lines[k].first as usize];
        small += u32::from(first.text(text).starts_with(char::is_lowercase));
    }
    if all == 0
        || full * 10 < all * 6
        || open * 10 < all * 6
        || (all < 3 && (copy == Copy::Uncased || small < all))
    {
        return continued;
    }
    for k in pairs() {
        continued[k] = filled(k);
    }
    continued
}
