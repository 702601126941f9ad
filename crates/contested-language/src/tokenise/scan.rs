//! White space and lines: finds the runs of characters between spaces and hands each to `cut`.

use super::Piece;
use super::cut::Cutter;

/// A line of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    /// Index of its first piece.
    pub(crate) first: u32,
    /// Characters in it, without the white space around.
    pub(crate) length: u32,
    /// Characters of its first run without white space.
    pub(crate) first_run: u32,
    /// Whether a blank line (or the start of the text) stands before it.
    pub(crate) after_blank: bool,
}

/// Pieces and non-blank lines of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scanned {
    /// The pieces in order.
    pub(crate) pieces: Vec<Piece>,
    /// The lines that hold a piece.
    pub(crate) lines: Vec<Line>,
}

const fn breaks_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Characters that print nothing: treated as white space between words, and dropped from norms within.
pub(crate) const fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{ad}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// Finds runs and lines.
pub(super) fn scan(text: &str) -> Scanned {
    let mut pieces = Vec::with_capacity(text.len() / 4);
    let mut lines: Vec<Line> = Vec::new();
    let mut cutter = Cutter::new(text);
    let mut run: Option<(usize, u32)> = None;
    let mut chars = 0_u32;
    let mut breaks = 2_u32;
    let mut after_return = false;
    let mut line_start = 0_u32;
    let mut fresh = true;
    let mut close = |run: &mut Option<(usize, u32)>,
                     end: usize,
                     chars: u32,
                     fresh: &mut bool,
                     breaks: &mut u32,
                     line_start: &mut u32,
                     lines: &mut Vec<Line>| {
        let Some((start, start_char)) = run.take() else { return };
        let before = pieces.len();
        let line = if *fresh { lines.len() } else { lines.len().saturating_sub(1) } as u32;
        cutter.cut(start, end, start_char, line, &mut pieces);
        if pieces.len() == before {
            return;
        }
        if *fresh {
            *fresh = false;
            *line_start = start_char;
            lines.push(Line {
                first: before as u32,
                length: 0,
                first_run: chars - start_char,
                after_blank: *breaks > 1,
            });
            *breaks = 0;
        }
        if let Some(last) = lines.last_mut() {
            last.length = chars - *line_start;
        }
    };
    for (at, c) in text.char_indices() {
        if c.is_ascii_graphic() || !(c.is_whitespace() || invisible(c) && run.is_none()) {
            if run.is_none() {
                run = Some((at, chars));
            }
            after_return = false;
        } else {
            close(&mut run, at, chars, &mut fresh, &mut breaks, &mut line_start, &mut lines);
            if breaks_line(c) {
                // "\r\n" is one break.
                if !(c == '\n' && after_return) {
                    breaks += 1;
                }
                fresh = true;
            }
            after_return = c == '\r';
        }
        chars += 1;
    }
    close(&mut run, text.len(), chars, &mut fresh, &mut breaks, &mut line_start, &mut lines);
    Scanned { pieces, lines }
}
