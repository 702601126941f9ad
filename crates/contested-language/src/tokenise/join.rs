//! Puts together what tokenised and apostrophe-stripped copy has taken apart.

use super::{Kind, Piece};
use crate::words::{self, Classes};

/// Joins in place, one pass.
pub(super) fn join(text: &str, pieces: &mut Vec<Piece>) {
    let mut read = 0;
    let mut write = 0;
    while read < pieces.len() {
        let (piece, taken) = at(text, pieces, read, write);
        match piece {
            Joined::One(piece) => {
                pieces[write] = piece;
                write += 1;
            }
            Joined::Two(left, right) => {
                pieces[write] = left;
                pieces[write + 1] = right;
                write += 2;
            }
        }
        read += taken;
    }
    pieces.truncate(write);
}

enum Joined {
    One(Piece),
    /// Only where at least two pieces were taken.
    Two(Piece, Piece),
}

/// The piece or pieces that stand for those from `read` on, and how many that is; `write` pieces are done.
fn at(text: &str, pieces: &[Piece], read: usize, write: usize) -> (Joined, usize) {
    let piece = pieces[read];
    let same_line = |k: usize| pieces.get(read + k).filter(|p| p.line == piece.line && p.spaced);
    let unchanged = (Joined::One(piece), 1);
    match piece.kind {
        Kind::Word => {
            let Some(next) = same_line(1).filter(|next| next.kind == Kind::Word) else {
                return clitic(text, pieces, read, write);
            };
            let right = next.text(text);
            if right == "t" && negated_before_t(piece.text(text)) {
                // "don t": the n belongs to the second word.
                let (byte, char) = (piece.byte_end - 1, piece.char_end - 1);
                let mut left = piece;
                left.byte_end = byte;
                left.char_end = char;
                let right = Piece { byte, char, spaced: false, ..piece }.through(next, Kind::Clitic);
                return (Joined::Two(left, right), 2);
            }
            if right.len() <= 8
                && words::may_be_right_half(&right.to_lowercase())
                && piece.byte_end - piece.byte <= 8
            {
                let left = piece.text(text).to_lowercase();
                if words::joined(&left, &right.to_lowercase()).is_some() {
                    return (Joined::One(piece.through(next, Kind::Parted)), 2);
                }
            }
            clitic(text, pieces, read, write)
        }
        Kind::Number => {
            let digits = piece.text(text);
            if !digits.bytes().all(|b| b.is_ascii_digit() || b == b',') {
                return unchanged;
            }
            // "1960 s"
            if let Some(next) = same_line(1).filter(|next| next.text(text) == "s") {
                return (Joined::One(piece.through(next, Kind::Number)), 2);
            }
            let (Some(mark), Some(after)) = (same_line(1), same_line(2)) else { return unchanged };
            let group = after.text(text);
            let all_digits = group.bytes().all(|b| b.is_ascii_digit());
            // "10 : 30"
            if mark.text(text) == ":" && digits.len() <= 2 && group.len() == 2 && all_digits && group < "60" {
                return (Joined::One(piece.through(after, Kind::Number)), 3);
            }
            // "1 , 200"; not the "12 , 200" of "on nov 12 , 200 people".
            if mark.kind == Kind::Comma && digits.len() <= 3 && !digits.starts_with('0') {
                let month = write > 0
                    && words::of(&pieces[write - 1].text(text).to_lowercase())
                        .any(Classes::MONTH.or(Classes::FULL_MONTH));
                let mut taken = 1;
                let mut last = piece;
                while let (Some(mark), Some(group)) = (same_line(taken), same_line(taken + 1)) {
                    let digits = group.text(text);
                    if mark.kind != Kind::Comma
                        || digits.len() != 3
                        || !digits.bytes().all(|b| b.is_ascii_digit())
                    {
                        break;
                    }
                    last = *group;
                    taken += 2;
                }
                if taken > 1 && !month {
                    return (Joined::One(piece.through(&last, Kind::Number)), taken);
                }
            }
            unchanged
        }
        // "on friday.. ." was "on Friday..."
        Kind::Ellipsis => match same_line(1) {
            Some(next) if !piece.spaced && next.kind == Kind::Period => {
                (Joined::One(piece.through(next, Kind::Ellipsis)), 2)
            }
            _ => unchanged,
        },
        // "syria ' s"
        Kind::Apostrophe => match same_line(1) {
            Some(next) if piece.spaced && next.kind == Kind::Word && matches!(next.text(text), "s" | "S") => {
                (Joined::One(piece.through(next, Kind::Clitic)), 2)
            }
            _ => unchanged,
        },
        _ => unchanged,
    }
}

/// A word that stands apart and is only the end of one: "s", "ll", "n't".
fn clitic(text: &str, pieces: &[Piece], read: usize, write: usize) -> (Joined, usize) {
    let mut piece = pieces[read];
    if piece.spaced && write > 0 && piece.byte_end - piece.byte <= 5 {
        let before = &pieces[write - 1];
        let of_pronoun = || words::of(&before.text(text).to_lowercase()).any(Classes::PRONOUN);
        let is = match piece.text(text) {
            "s" => before.is_word() && before.line == piece.line,
            "n't" | "n’t" | "N'T" => true,
            "m" | "re" | "ve" | "ll" | "d" => before.line == piece.line && of_pronoun(),
            _ => false,
        };
        if is {
            piece.kind = Kind::Clitic;
        }
    }
    (Joined::One(piece), 1)
}

/// Whether `word` with "t" after it is what is left of a word in "n't".
fn negated_before_t(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    // "can t" is "ca|n't"; the others end in the n of "n't".
    lower.strip_suffix('n').is_some_and(|stem| words::of(stem).any(Classes::NEGATED))
}
