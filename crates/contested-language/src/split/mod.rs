//! Pieces into sentences, and the decision whether a period belongs to the abbreviation before it.

mod ending;
mod gap;
mod judge;
mod wrap;

use crate::dateline::Skip;
use crate::tokenise::{Kind, Piece, Scanned};
use ending::{Copy, Verdict};
use gap::{Gaps, Rule};

pub(crate) use gap::FEATURES;

/// A sentence's pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Index of its first piece.
    pub(crate) first: u32,
    /// One past its last piece.
    pub(crate) end: u32,
    /// Number of its paragraph.
    pub(crate) paragraph: u32,
    /// Whether it is all of its paragraph.
    pub(crate) alone: bool,
}

/// Pieces with the abbreviations' periods put to their words, and the sentences over them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Split {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) sentences: Vec<Cut>,
}

/// Splits a text; the pieces of `skips` belong to no sentence and part those around them. Linear in the number of pieces.
///
/// Rules go first: they put abbreviations' periods to their words and propose where sentences end. A judge that has learnt from
/// annotated text then decides every gap with the proposal as one of the things it sees.
pub(crate) fn split(text: &str, scanned: &Scanned, skips: &[Skip]) -> Split {
    let proposal = propose(text, scanned, skips);
    let ends = judge::ends(&proposal.gaps);
    cut(proposal, &ends)
}

/// The gaps that the judge is asked about, for its training: the right piece's first character, whether a sentence ends, and the
/// features. `starts` are the characters, in order, at which sentences begin; without them the rules' word is taken.
pub(crate) fn gaps(
    text: &str,
    scanned: &Scanned,
    skips: &[Skip],
    starts: Option<&[u32]>,
) -> Vec<(u32, bool, [u32; FEATURES])> {
    let proposal = propose(text, scanned, skips);
    let mut gaps = Vec::new();
    proposal.gaps.walk(|k, features| {
        let right = proposal.pieces[k + 1].char;
        let ends =
            starts.map_or(proposal.gaps.rule(k) == Rule::Ends, |starts| starts.binary_search(&right).is_ok());
        gaps.push((right, ends, *features));
        ends
    });
    gaps
}

/// Pieces and what the rules say of the gaps between them.
struct Proposal {
    pieces: Vec<Piece>,
    gaps: Gaps,
    /// First piece of each paragraph.
    paragraphs: Vec<u32>,
}

fn propose(text: &str, scanned: &Scanned, skips: &[Skip]) -> Proposal {
    let copy = Copy::of(text, &scanned.pieces);
    let continued = wrap::continued(text, scanned, copy);
    let input = &scanned.pieces;
    let mut out: Vec<Piece> = Vec::with_capacity(input.len());
    let mut rules: Vec<Rule> = Vec::with_capacity(input.len());
    let mut paragraphs = vec![0];
    let mut first = 0;
    let mut quote_open = false;
    let mut at = 0;
    let mut skips = skips.iter().peekable();
    while at < input.len() {
        if let Some(skip) = skips.next_if(|skip| skip.from <= at) {
            if let Some(rule) = rules.last_mut() {
                *rule = Rule::Break;
            }
            first = out.len();
            at = at.max(skip.to);
            continue;
        }
        let piece = input[at];
        // A new line, unless it only carries the old one on.
        if at > 0 && piece.line != input[at - 1].line && !continued[piece.line as usize] {
            if let Some(rule) = rules.last_mut() {
                *rule = Rule::Break;
            }
            first = out.len();
            paragraphs.push(first as u32);
            quote_open = false;
        }
        if matches!(piece.kind, Kind::Quote | Kind::OpenQuote | Kind::CloseQuote) {
            quote_open = match piece.kind {
                Kind::OpenQuote => true,
                Kind::CloseQuote => false,
                _ => !quote_open,
            };
        }
        let context = ending::Context { text, input, continued: &continued, copy, quote_open };
        match ending::verdict(&context, at, out.get(first..).unwrap_or_default()) {
            Verdict::Inside => {
                let mark = matches!(piece.kind, Kind::Period | Kind::Terminal | Kind::Ellipsis);
                rules.push(if mark { Rule::Inside } else { Rule::None });
                out.push(piece);
                at += 1;
            }
            Verdict::OfWord => {
                // "gen ." is one word.
                if let Some((word, rule)) = out.last_mut().zip(rules.last_mut()) {
                    *word = word.through(&piece, Kind::Word);
                    *rule = Rule::Inside;
                }
                at += 1;
            }
            Verdict::Ends { closers } => {
                out.extend_from_slice(&input[at..=at + closers]);
                rules.resize(out.len() - 1, Rule::Inside);
                rules.push(Rule::Ends);
                for closer in &input[at + 1..=at + closers] {
                    if matches!(closer.kind, Kind::Quote | Kind::CloseQuote) {
                        quote_open = false;
                    }
                }
                at += 1 + closers;
                first = out.len();
            }
        }
    }
    let gaps = Gaps::of(text, &out, rules, copy, scanned.lines.len());
    Proposal { pieces: out, gaps, paragraphs }
}

fn cut(proposal: Proposal, ends: &[bool]) -> Split {
    let Proposal { pieces, paragraphs, .. } = proposal;
    let mut sentences: Vec<Cut> = Vec::new();
    let mut first = 0;
    let bounds = paragraphs.iter().zip(paragraphs[1..].iter().copied().chain([pieces.len() as u32]));
    for (paragraph, (&from, to)) in bounds.enumerate() {
        let before = sentences.len();
        for k in from..to {
            if ends[k as usize] {
                sentences.push(Cut { first, end: k + 1, paragraph: paragraph as u32, alone: false });
                first = k + 1;
            }
        }
        if let [only] = &mut sentences[before..] {
            only.alone = true;
        }
    }
    Split { pieces, sentences }
}
