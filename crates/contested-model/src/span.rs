use serde::{Deserialize, Serialize};

/// A half-open range `[start, end)` of Unicode scalar values in a report's text exactly as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Number of characters.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the range holds no character.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a character.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Maps character offsets to byte offsets of one text, so that spans can be sliced in constant time.
///
/// # Example
/// ```
/// use contested_model::{CharIndex, Span};
/// let text = "Rāwa fell";
/// let index = CharIndex::new(text);
/// assert_eq!(index.slice(text, Span::new(0, 4)), "Rāwa");
/// ```
#[derive(Debug, Clone)]
pub struct CharIndex {
    /// Byte offset of every character, then the text's length; empty when the text is ASCII and the two agree.
    bytes: Vec<u32>,
    len: u32,
}

impl CharIndex {
    /// Indexes `text`, which must be shorter than 4 GiB (longer ones are refused when reports are read).
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { bytes: Vec::new(), len: text.len() as u32 };
        }
        let mut bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
        let len = bytes.len() as u32;
        bytes.push(text.len() as u32);
        Self { bytes, len }
    }

    /// Number of characters in the text.
    pub const fn len(&self) -> u32 {
        self.len
    }

    /// Whether the text is empty.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Byte offset of the character at `at`; offsets past the end give the text's length.
    pub fn byte(&self, at: u32) -> usize {
        let at = at.min(self.len);
        self.bytes.get(at as usize).copied().unwrap_or(at) as usize
    }

    /// Character offset of the character that holds byte `at`.
    pub fn char_of(&self, at: usize) -> u32 {
        if self.bytes.is_empty() {
            return (at as u32).min(self.len);
        }
        match self.bytes.binary_search(&(at as u32)) {
            Ok(found) => found as u32,
            Err(next) => (next as u32).saturating_sub(1),
        }
    }

    /// The text of `span`; ranges that leave the text are cut to it.
    pub fn slice<'t>(&self, text: &'t str, span: Span) -> &'t str {
        let (start, end) = (self.byte(span.start), self.byte(span.end));
        text.get(start..end.max(start)).unwrap_or("")
    }
}
