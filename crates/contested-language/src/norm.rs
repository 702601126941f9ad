//! The form of a word that is the same in every copy of it.

use crate::tokenise::{Kind, Piece};

/// Writes the word as the model reads it: apostrophes and typography restored, case kept.
pub(crate) fn form(text: &str, piece: &Piece, out: &mut String) {
    write(piece.text(text), piece.kind, false, out);
}

/// The same in lower case.
pub(crate) fn norm(text: &str, piece: &Piece, out: &mut String) {
    write(piece.text(text), piece.kind, true, out);
}

fn write(word: &str, kind: Kind, lower: bool, out: &mut String) {
    let start = out.len();
    let push = |c: char, out: &mut String| {
        if c.is_ascii() {
            out.push(if lower { c.to_ascii_lowercase() } else { c });
        } else if lower {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
    };
    match kind {
        Kind::Clitic => {
            // "s" → "'s", "n t" and "nt" → "n't".
            let letters = word.chars().filter(|c| c.is_alphabetic());
            let negation = word.starts_with(['n', 'N']);
            if !negation {
                out.push('\'');
            }
            for c in letters {
                push(c, out);
                if negation && matches!(c, 'n' | 'N') {
                    out.push('\'');
                }
            }
        }
        Kind::Quote | Kind::OpenQuote | Kind::CloseQuote => {
            out.push_str(match word {
                "‘" | "`" => "'",
                _ => "\"",
            });
        }
        Kind::Apostrophe => out.push('\''),
        Kind::Ellipsis => out.push_str("..."),
        Kind::Dash => out.push_str(if word.chars().count() == 1 {
            if word == "—" || word == "–" || word == "―" { "–" } else { "-" }
        } else {
            "--"
        }),
        Kind::Parted => {
            let mut halves = word.split_whitespace();
            let (left, right) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
            for c in left.chars().chain(['\'']).chain(right.chars()) {
                push(c, out);
            }
        }
        _ => {
            let number = kind == Kind::Number;
            for c in word.chars() {
                match c {
                    _ if crate::tokenise::invisible(c) || c.is_whitespace() => {}
                    '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' | '\u{b4}' => {
                        if !number {
                            out.push('\'');
                        }
                    }
                    '\u{2010}' | '\u{2011}' | '\u{2212}' => out.push('-'),
                    _ => push(c, out),
                }
            }
        }
    }
    if out.len() == start {
        out.push_str(word);
    }
}
