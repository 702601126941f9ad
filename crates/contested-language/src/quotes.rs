//! Which words stand inside quotation marks.

use crate::split::Split;
use crate::tokenise::{Kind, Piece};

/// For every piece, whether it is inside quotation marks; the marks themselves are not. Quotations run over the sentences of a
/// paragraph; one left open at a paragraph's end counts if its mark can only open.
pub(crate) fn quoted(text: &str, split: &Split) -> Vec<bool> {
    let pieces = &split.pieces;
    let mut quoted = vec![false; pieces.len()];
    let mut first = 0;
    while first < split.sentences.len() {
        let paragraph = split.sentences[first].paragraph;
        let count = split.sentences[first..].iter().take_while(|cut| cut.paragraph == paragraph).count();
        let from = split.sentences[first].first as usize;
        let to = split.sentences[first + count - 1].end as usize;
        in_paragraph(text, &pieces[from..to], &mut quoted[from..to]);
        first += count;
    }
    quoted
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Double,
    Single,
}

fn in_paragraph(text: &str, pieces: &[Piece], quoted: &mut [bool]) {
    // Place of the open mark, which mark it is, and whether it can only open.
    let mut open: Option<(usize, Mark, bool)> = None;
    for (k, piece) in pieces.iter().enumerate() {
        let Some((mark, side)) = mark(text, pieces, k) else { continue };
        match (open, side) {
            (None, Side::Opens) => open = Some((k, mark, true)),
            (None, Side::Either) if mark == Mark::Double => open = Some((k, mark, false)),
            (Some((at, opened, _)), Side::Closes | Side::Either) if opened == mark => {
                quoted[at + 1..k].fill(true);
                open = None;
            }
            // A second opening mark of the same kind: the first was never closed.
            (Some((_, opened, _)), Side::Opens)
                if opened == mark && mark == Mark::Double && piece.kind != Kind::Quote =>
            {
                open = Some((k, mark, true));
            }
            _ => {}
        }
    }
    if let Some((at, Mark::Double, true)) = open {
        quoted[at + 1..].fill(true);
    }
}

fn mark(text: &str, pieces: &[Piece], k: usize) -> Option<(Mark, Side)> {
    let piece = &pieces[k];
    let next = pieces.get(k + 1);
    let touches_next = next.is_some_and(|next| !next.spaced);
    let touches_previous = k > 0 && !piece.spaced;
    let by_space = match (touches_previous, touches_next) {
        (false, true) => Side::Opens,
        (true, false) => Side::Closes,
        (true, true) => {
            // `("`, `-"`: a mark after what cannot end a quotation opens one.
            if k > 0 && matches!(pieces[k - 1].kind, Kind::Open | Kind::Dash) {
                Side::Opens
            } else if next.is_some_and(|next| !next.is_word()) {
                Side::Closes
            } else {
                Side::Either
            }
        }
        (false, false) => Side::Either,
    };
    match piece.kind {
        Kind::Quote => Some((Mark::Double, by_space)),
        Kind::OpenQuote if matches!(piece.text(text), "‘" | "`") => Some((Mark::Single, Side::Opens)),
        Kind::OpenQuote => Some((Mark::Double, Side::Opens)),
        Kind::CloseQuote => Some((Mark::Double, Side::Closes)),
        Kind::Apostrophe if by_space != Side::Either => Some((Mark::Single, by_space)),
        _ => None,
    }
}
