use std::borrow::Cow;

use contested_model::Span;

use crate::tags::{Deprel, NameKind, Upos, Xpos};

/// A report's text, analysed: what every rule of extraction stands on.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// "BEIRUT (Reuters) -" and its like, taken off the text before parsing; its characters belong to no sentence.
    pub dateline: Option<FoundDateline>,
    /// The sentences in order of the text.
    pub sentences: Vec<Sentence>,
}

/// A dateline as found in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDateline {
    /// The whole dateline with its dash.
    pub span: Span,
    /// The place name.
    pub place: Option<Span>,
    /// The agency's name.
    pub agency: Option<Span>,
    /// The date's words ("Dec 19").
    pub date: Option<Span>,
}

/// What part of a report a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum SentenceRole {
    /// Running text.
    #[default]
    Body,
    /// A headline inside the text.
    Headline,
    /// "Reporting by …", "Editing by …", "Copyright …", calls to subscribe, photo credits: no claims.
    Furniture,
}

/// One sentence with its tree and names.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// From the first token to the last.
    pub span: Span,
    /// Number of the paragraph, counted from 0 (line breaks; one where the text has none).
    pub paragraph: u32,
    /// Its part in the report.
    pub role: SentenceRole,
    /// The words.
    pub tokens: Vec<Token>,
    /// Names that do not overlap, in order.
    pub names: Vec<Name>,
}

/// One syntactic word, as UD English cuts them: "do|n't", "Syria|'s", "cannot" → "can|not".
#[derive(Debug, Clone)]
pub struct Token {
    /// Its characters in the text (for "n t" of a stripped copy: both letters with the space between).
    pub span: Span,
    /// The word as it stands in the text.
    pub text: String,
    /// Lower case, apostrophes restored (`'s`, `n't`), typographic variants folded: the same for every copy of the same words.
    pub norm: String,
    /// Lemma, lower case.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Index of the head in this sentence; `None` for the root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: Deprel,
    /// How sure the parser is of the head, 0 to 1.
    pub arc_confidence: f32,
    /// The word is a possessor's (`'s`, a bare "s" in stripped copy, or "citys" whose apostrophe was lost).
    pub possessive: bool,
    /// Inside quotation marks.
    pub quoted: bool,
}

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Index of the first token.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// What kind of thing it names, as far as the words tell (the actor base and the gazetteer know better).
    pub kind: NameKind,
    /// 0 to 1.
    pub confidence: f32,
}

impl Token {
    /// The lemma as treebanks write it: of a proper noun with its capitals, and "I".
    pub fn written_lemma(&self) -> Cow<'_, str> {
        let capital = |c: char| c.is_uppercase();
        if self.upos == Upos::Propn && self.text.contains(capital) {
            let written: String = self.text.chars().filter(|c| !c.is_whitespace()).collect();
            let length = self.lemma.chars().count();
            let start: String = written.chars().take(length).collect();
            if start.to_lowercase() == self.lemma {
                return Cow::Owned(start);
            }
        } else if self.upos == Upos::Pron && self.lemma == "i" {
            return Cow::Borrowed("I");
        }
        Cow::Borrowed(&self.lemma)
    }
}

impl Sentence {
    /// Children of token `at`, in order of the text.
    pub fn children(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        self.tokens.iter().enumerate().filter(move |(_, t)| t.head == Some(at)).map(|(i, _)| i as u32)
    }

    /// Children of `at` whose relation is `deprel` or a subtype of it.
    pub fn children_by(&self, at: u32, deprel: Deprel) -> impl Iterator<Item = u32> + '_ {
        self.children(at).filter(move |&child| self.tokens[child as usize].deprel.is(deprel))
    }

    /// The root; the first token where no token says that it is.
    pub fn root(&self) -> u32 {
        self.tokens.iter().position(|t| t.head.is_none()).unwrap_or(0) as u32
    }

    /// `at` and everything below it, in order of the text.
    pub fn subtree(&self, at: u32) -> Vec<u32> {
        let mut inside = vec![false; self.tokens.len()];
        for (i, is_inside) in inside.iter_mut().enumerate() {
            let mut up = Some(i as u32);
            let mut steps = 0;
            while let Some(node) = up {
                if node == at {
                    *is_inside = true;
                    break;
                }
                up = self.tokens[node as usize].head;
                steps += 1;
                if steps > self.tokens.len() {
                    break;
                }
            }
        }
        (0..self.tokens.len() as u32).filter(|&i| inside[i as usize]).collect()
    }

    /// Heads of `at` from its parent up to the root.
    pub fn ancestors(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        let mut left = self.tokens.len();
        std::iter::successors(self.tokens[at as usize].head, move |&node| {
            left = left.checked_sub(1)?;
            self.tokens[node as usize].head
        })
    }

    /// The characters from token `first` to token `last`, both included.
    pub fn span_of(&self, first: u32, last: u32) -> Span {
        self.tokens[first as usize].span.cover(self.tokens[last as usize].span)
    }
}
