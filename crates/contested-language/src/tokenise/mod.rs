//! Text into words as UD English cuts them: "do|n't", "Syria|'s", "U.S.|-|backed", "al|-|Qaim", "anti-tank".
//!
//! Copy whose apostrophes are gone, whose tokens stand apart or whose case is lost gives the same words: "don t" is "do|n t",
//! "gen ." is one word, "1 , 200" one number. Whether a period after an abbreviation belongs to the word or ends the sentence is
//! decided in `split`, which sees what follows.

mod cut;
mod join;
mod scan;

pub(crate) use scan::{Scanned, invisible};

/// A piece of the text: a word or a mark, with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// First byte.
    pub(crate) byte: u32,
    /// One past the last byte.
    pub(crate) byte_end: u32,
    /// First character.
    pub(crate) char: u32,
    /// One past the last character.
    pub(crate) char_end: u32,
    /// Number of its line, from 0.
    pub(crate) line: u32,
    /// What it is made of.
    pub(crate) kind: Kind,
    /// Whether white space stands before it.
    pub(crate) spaced: bool,
}

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, or letters and digits.
    Word,
    /// Begins with a digit.
    Number,
    /// The second half of a contraction or a possessive mark: `'s`, `n't`, a bare "s" of stripped copy.
    Clitic,
    /// A word whose apostrophe has become a space: "shi ite".
    Parted,
    /// One period.
    Period,
    /// A run of question and exclamation marks.
    Terminal,
    /// Two or more periods, or `…`.
    Ellipsis,
    /// `(`, `[`, `{`.
    Open,
    /// `)`, `]`, `}`.
    Close,
    /// A double quotation mark that does not tell its side, or ''.
    Quote,
    /// An opening quotation mark.
    OpenQuote,
    /// A closing quotation mark.
    CloseQuote,
    /// A single straight quotation mark or an apostrophe by itself.
    Apostrophe,
    /// `,`.
    Comma,
    /// `:` or `;`.
    Colon,
    /// `-` and every dash.
    Dash,
    /// A bullet at the head of an item.
    Bullet,
    /// Anything else.
    Symbol,
}

impl Piece {
    /// The characters.
    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.byte as usize..self.byte_end as usize).unwrap_or_default()
    }

    /// Whether it is a word, a number or part of one.
    pub(crate) const fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number | Kind::Clitic | Kind::Parted)
    }

    /// The piece from here to the end of `last`, as one of the given kind.
    pub(crate) const fn through(mut self, last: &Self, kind: Kind) -> Self {
        self.byte_end = last.byte_end;
        self.char_end = last.char_end;
        self.kind = kind;
        self
    }
}

/// Cuts a text into pieces and lines. Linear in the text's length; total on any text.
pub(crate) fn tokenise(text: &str) -> Scanned {
    let mut scanned = scan::scan(text);
    join::join(text, &mut scanned.pieces);
    // Joining moves pieces forward; a line's first piece is never joined to another line's.
    let mut line = u32::MAX;
    for (at, piece) in scanned.pieces.iter().enumerate() {
        if piece.line != line {
            line = piece.line;
            if let Some(line) = scanned.lines.get_mut(line as usize) {
                line.first = at as u32;
            }
        }
    }
    scanned
}

/// What a word that is given as such is made of; `before` is the word before it.
pub(crate) fn kind_of_word(word: &str, before: Option<&str>) -> Kind {
    let mut pieces = Vec::new();
    cut::Cutter::new(word).cut(0, word.len(), 0, 0, &mut pieces);
    // Stripped treebanks write "nt" for "n't" and "s" for "'s".
    let lower = word.to_lowercase();
    let clitic = match lower.as_str() {
        "s" | "nt" | "n't" | "n’t" => before.is_some(),
        "m" | "re" | "ve" | "ll" | "d" => {
            before.is_some_and(|b| crate::words::of(&b.to_lowercase()).any(crate::words::Classes::PRONOUN))
        }
        _ => false,
    };
    if clitic && word != "S" {
        return Kind::Clitic;
    }
    match pieces.as_slice() {
        [only] => only.kind,
        [first, ..] if first.is_word() => Kind::Word,
        _ => Kind::Symbol,
    }
}
