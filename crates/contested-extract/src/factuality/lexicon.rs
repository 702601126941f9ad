//! What words do to the truth of what hangs on them, read from `lexicon/factuality.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What follows for a proposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Fact,
    Not,
    Probable,
    NotProbable,
    Possible,
    NotPossible,
    Unstated,
    Intent,
    NotIntent,
    MayIntend,
    Prediction,
    NotPrediction,
    MayHappen,
    LikelyHappens,
    NotLikelyHappens,
    Conditional,
    Attempt,
    Start,
    Ongoing,
    End,
    Future,
    NotFuture,
    Would,
    NotWould,
    Must,
    NotMust,
    Nothing,
}

impl Effect {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "+" => Self::Fact,
            "-" => Self::Not,
            "probable" => Self::Probable,
            "-probable" => Self::NotProbable,
            "possible" => Self::Possible,
            "-possible" => Self::NotPossible,
            "unstated" => Self::Unstated,
            "intent" => Self::Intent,
            "-intent" => Self::NotIntent,
            "intent?" => Self::MayIntend,
            "prediction" => Self::Prediction,
            "-prediction" => Self::NotPrediction,
            "prediction?" => Self::MayHappen,
            "prediction~" => Self::LikelyHappens,
            "-prediction~" => Self::NotLikelyHappens,
            "conditional" => Self::Conditional,
            "attempt" => Self::Attempt,
            "start" => Self::Start,
            "ongoing" => Self::Ongoing,
            "end" => Self::End,
            "future" => Self::Future,
            "-future" => Self::NotFuture,
            "would" => Self::Would,
            "-would" => Self::NotWould,
            "must" => Self::Must,
            "-must" => Self::NotMust,
            "o" => Self::Nothing,
            _ => return None,
        })
    }
}

/// One frame of a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) frame: &'static str,
    pub(crate) positive: Effect,
    pub(crate) negative: Effect,
}

/// Which table a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pos {
    Verb,
    Noun,
    Adj,
    Adv,
    Aux,
    Mark,
    Case,
}

/// The lexicon: rows by part of speech and lemma.
#[derive(Debug, Default)]
pub(crate) struct Signatures(BTreeMap<(Pos, &'static str), Vec<Row>>);

impl Signatures {
    /// The row of `lemma` for one of `frames`, the first of them that it has.
    pub(crate) fn find(&self, pos: Pos, lemma: &str, frames: &[&str]) -> Option<Row> {
        let rows = self.0.get(&(pos, lemma))?;
        frames.iter().find_map(|frame| rows.iter().find(|r| r.frame == *frame).copied())
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.0.len()
    }
}

const TABLE: &str = include_str!("../../lexicon/factuality.tsv");

/// The lexicon; read once, its form is held by the tests.
pub(crate) static SIGNATURES: LazyLock<Signatures> = LazyLock::new(|| parse(TABLE).unwrap_or_default());

fn parse(table: &'static str) -> Result<Signatures, String> {
    let mut all = Signatures::default();
    let mut lines = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines.next();
    for (number, line) in lines {
        let number = number + 1;
        let fields: Vec<&str> = line.split('\t').collect();
        let &[lemma, pos, frame, positive, negative, _note] = fields.as_slice() else {
            return Err(format!("factuality.tsv, line {number}: {} fields where 6 are wanted", fields.len()));
        };
        let pos = match pos {
            "verb" => Pos::Verb,
            "noun" => Pos::Noun,
            "adj" => Pos::Adj,
            "adv" => Pos::Adv,
            "aux" => Pos::Aux,
            "mark" => Pos::Mark,
            "case" => Pos::Case,
            _ => return Err(format!("factuality.tsv, line {number}: no part of speech is called `{pos}`")),
        };
        let effect = |word: &str| {
            Effect::parse(word)
                .ok_or_else(|| format!("factuality.tsv, line {number}: no effect is called `{word}`"))
        };
        let row = Row { frame, positive: effect(positive)?, negative: effect(negative)? };
        let rows = all.0.entry((pos, lemma)).or_default();
        if rows.iter().any(|r| r.frame == frame) {
            return Err(format!("factuality.tsv, line {number}: `{lemma}` has the frame `{frame}` twice"));
        }
        rows.push(row);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let all = parse(TABLE).unwrap();
        assert!(all.len() >= 400, "{}", all.len());
        assert_eq!(all.find(Pos::Verb, "fail", &["to"]).unwrap().positive, Effect::Not);
        assert_eq!(all.find(Pos::Verb, "fail", &["to"]).unwrap().negative, Effect::Fact);
    }

    #[test]
    fn a_frame_told_twice_is_an_error() {
        let error = parse(
            "lemma\tpos\tframe\tpositive\tnegative\tnote\nfail\tverb\tto\t-\t+\t-\nfail\tverb\tto\t+\t-\t-\n",
        )
        .unwrap_err();
        assert!(error.contains("line 3") && error.contains("twice"), "{error}");
    }
}
