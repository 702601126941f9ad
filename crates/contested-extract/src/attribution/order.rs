//! Where the content of a verb of saying stands, by the order of words: the tree alone is too often wrong about it.
//!
//! "NP said (that) …" takes what follows; "…, NP said" and "…, said NP" what stands before; "A, NP said, B" both sides.

use contested_language::tags::{Deprel, Upos, Xpos};

use super::lexicon::{REPORTING, Strength};
use super::phrase::{self, DAYS};
use super::verb;
use crate::tree::Tree;

/// What stands around a verb of saying.
pub(super) struct Around {
    /// First token of the saying: speaker's phrase and verb.
    start: u32,
    /// One past its last: verb, speaker, "on Tuesday", "in a statement", "told Fox News".
    end: u32,
    inverted: bool,
}

/// The stretch of the saying itself.
pub(super) fn around(tree: &Tree<'_>, at: u32, speaker: (u32, u32)) -> Around {
    let inverted = speaker.0 > at;
    let start = speaker.0.min(at);
    let particle =
        at + 1 < tree.len() && (tree.deprel(at + 1) == Deprel::CompoundPrt || tree.xpos(at + 1) == Xpos::Rp);
    let mut end = if inverted { speaker.1 + 1 } else { at + 1 + u32::from(particle) };
    // "the commander in the alliance supporting the president": what hangs on the speaker belongs to the saying.
    if inverted {
        let head =
            (speaker.0..=speaker.1).find(|&t| tree.head(t).is_none_or(|h| h < speaker.0 || h > speaker.1));
        if let Some(head) = head {
            let below = tree.subtree(head);
            while end < tree.len() && below.binary_search(&end).is_ok() && tree.norm(end) != "," {
                end += 1;
            }
        }
    }
    loop {
        let after = adjunct(tree, at, end);
        if after == end {
            break;
        }
        end = after;
    }
    Around { start, end, inverted }
}

/// One past the adjunct of saying that starts at `from`; `from` where there is none.
fn adjunct(tree: &Tree<'_>, at: u32, from: u32) -> u32 {
    if from >= tree.len() {
        return from;
    }
    let norm = tree.norm(from);
    if DAYS.contains(&norm) || matches!(norm, "earlier" | "later" | "also" | "however" | "meanwhile") {
        return from + 1;
    }
    let tail = |mut to: u32| {
        while to < tree.len()
            && (DAYS.contains(&tree.norm(to))
                || matches!(tree.norm(to), "morning" | "afternoon" | "evening" | "night"))
        {
            to += 1;
        }
        to
    };
    // "… in his interview | with state television"
    if norm == "with" && from > 0 && matches!(tree.lemma(from - 1), "interview" | "conversation") {
        let mut to = from + 1;
        while to < tree.len()
            && to < from + 6
            && matches!(tree.upos(to), Upos::Noun | Upos::Propn | Upos::Det | Upos::Adj)
        {
            to += 1;
        }
        return to;
    }
    // "earlier this month", "last week".
    if matches!(norm, "this" | "last" | "next")
        && from + 1 < tree.len()
        && matches!(tree.norm(from + 1), "week" | "month" | "year" | "morning" | "evening" | "afternoon")
    {
        return tail(from + 2);
    }
    if matches!(norm, "on" | "late" | "in" | "to" | "at" | "last" | "by" | "from" | "during" | "via") {
        for to in from + 1..(from + 6).min(tree.len()) {
            let word = tree.norm(to);
            let last = to + 1 == tree.len()
                || !matches!(
                    tree.deprel(to).base(),
                    Deprel::Compound | Deprel::Amod | Deprel::Det | Deprel::Nummod
                );
            if DAYS.contains(&word)
                || (matches!(word, "week" | "month" | "year") && norm == "last")
                || (last
                    && matches!(
                        tree.lemma(to),
                        "statement"
                            | "interview"
                            | "report"
                            | "briefing"
                            | "reporter"
                            | "journalist"
                            | "press"
                            | "tweet"
                            | "post"
                            | "telegram"
                            | "twitter"
                            | "facebook"
                            | "speech"
                            | "television"
                            | "parliament"
                            | "letter"
                            | "conference"
                            | "communique"
                            | "address"
                            | "media"
                            | "agency"
                    ))
            {
                return tail(to + 1);
            }
            if word.len() > 2 && contested_model::month_number(word).is_some() {
                let day = to + 1 < tree.len() && tree.upos(to + 1) == Upos::Num;
                return if day { to + 2 } else { to + 1 };
            }
            if tree.is_verbal(to) || tree.upos(to) == Upos::Punct {
                break;
            }
        }
    }
    if TOLD.contains(&tree.lemma(at)) {
        // "told SANA": a noun phrase right up to the end, a pause or "that".
        let mut to = from;
        while to < tree.len()
            && to < from + 7
            && (matches!(tree.upos(to), Upos::Noun | Upos::Propn | Upos::Det | Upos::Adj)
                || matches!(tree.norm(to), "-" | "'s"))
            && tree.norm(to) != "that"
        {
            to += 1;
        }
        let ends = to >= tree.len()
            || matches!(
                tree.norm(to),
                "." | ","
                    | "that"
                    | "adding"
                    | "on"
                    | ";"
                    | "earlier"
                    | "in"
                    | "during"
                    | "late"
                    | "after"
                    | "by"
            );
        if to > from && ends && from == at + 1 {
            return to;
        }
    }
    // "told The New Arab", "confirmed to Fox News": the tree's word, if it is short.
    let addressed = tree.children(at).iter().copied().find(|&c| {
        c >= from
            && tree.is_nominal(c)
            && ((matches!(tree.deprel(c).base(), Deprel::Obj | Deprel::Iobj)
                && matches!(
                    tree.lemma(at),
                    "tell" | "inform" | "notify" | "advise" | "brief" | "warn" | "remind"
                ))
                || (tree.deprel(c).is(Deprel::Obl)
                    && tree.case(c) == "to"
                    && from < tree.len()
                    && tree.norm(from) == "to"))
    });
    if let Some(head) = addressed {
        let (_, last) = phrase::extent(tree, head);
        if last >= from
            && last < from + 8
            && tree.subtree(head).first().is_some_and(|&f| f >= from && f <= from + 1)
        {
            return last + 1;
        }
    }
    from
}

/// Verbs with whom it is told as object.
pub(super) const TOLD: [&str; 7] = ["tell", "inform", "notify", "advise", "brief", "warn", "remind"];

/// Whether nothing but a colon follows the saying: what is said comes in the sentences after.
pub(super) fn opens_with_colon(tree: &Tree<'_>, at: u32, speaker: (u32, u32)) -> bool {
    let end = around(tree, at, speaker).end;
    end + 1 >= tree.len() && end < tree.len() && tree.norm(end) == ":"
}

/// The content by the order of words, or `None` where the order says nothing.
pub(super) fn content(
    tree: &Tree<'_>,
    at: u32,
    speaker: (u32, u32),
    strength: Strength,
) -> Option<(Vec<u32>, &'static str)> {
    let block = around(tree, at, speaker);
    let left: Vec<u32> = (0..block.start).collect();
    let right: Vec<u32> = (block.end..tree.len()).collect();
    let comma_left = block.start > 0 && is_pause(tree, block.start - 1);
    // Before a pause any verb will do: its tag may be wrong.
    let verb_left =
        comma_left && left.len() >= 5 && left.iter().any(|&w| tree.is_verbal(w) || tree.upos(w) == Upos::Aux);
    let said_left = has_finite(tree, &left) || verb_left || mostly_quoted(tree, &left);
    let said_right = has_finite(tree, &right) || mostly_quoted(tree, &right);
    let next = right.first().map_or("", |&w| tree.norm(w));
    let clause_right = tree.children_by(at, Deprel::Ccomp).any(|c| c > at);
    // "reported in Lima that": where it was said stands between
    if !block.inverted
        && tree.upos(block.end.min(tree.len() - 1)) == Upos::Adp
        && let Some(that) = (block.end + 1..tree.len().min(block.end + 6)).find(|&w| tree.norm(w) == "that")
        && (block.end + 1..that)
            .all(|w| matches!(tree.upos(w), Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj))
        && tree.upos(that - 1) == Upos::Propn
    {
        return Some((rightwards(tree, at, that), "said.that.v1"));
    }
    if next == ":" && right.len() == 1 {
        return None;
    }
    if matches!(next, "that" | ":") && !block.inverted {
        return Some((rightwards(tree, at, block.end), "said.that.v1"));
    }
    if matches!(next, "whether" | "how" | "why" | "what" | "who")
        && !block.inverted
        && tree.deprel(block.end) != Deprel::Nsubj
    {
        return Some((rightwards(tree, at, block.end), "said.wh.v1"));
    }
    if (matches!(next, "adding" | "citing" | "quoting") || trails(tree, block.end))
        && said_left
        && strength == Strength::Strong
    {
        return Some((left, "said.final.v1"));
    }
    let right_words = right.iter().filter(|&&w| tree.upos(w) != Upos::Punct).count();
    let pause = right.first().is_some_and(|&w| is_pause(tree, w));
    let subordinate = opens_subordinate(tree, &left, block.start);
    let joined = block.start > 0
        && matches!(
            tree.norm(block.start - 1),
            "and"
                | "but"
                | "while"
                | "as"
                | "that"
                | "which"
                | "although"
                | "though"
                | "when"
                | "after"
                | "because"
                | "who"
                | "or"
                | "where"
        );
    if block.inverted {
        return (said_left && strength <= Strength::Medium)
            .then(|| (both(tree, &block, pause), "said.inverted.v1"));
    }
    if right_words == 0 {
        // "\"…,\" he replied", "\"…,\" the leaflets read".
        let sure = strength == Strength::Strong
            || comma_left
                && mostly_quoted(tree, &left)
                && matches!(strength, Strength::Medium | Strength::Utterance);
        return (said_left && sure && !joined).then_some((left, "said.final.v1"));
    }
    // "Rebel forces, the broadcaster reported, took the town": the saying parts subject and verb.
    if pause && comma_left && !said_left && !subordinate && strength == Strength::Strong {
        let named = left.iter().any(|&w| tree.upos(w) == Upos::Noun || tree.upos(w) == Upos::Propn);
        let opens = left.first().is_some_and(|&w| {
            matches!(tree.upos(w), Upos::Det | Upos::Propn | Upos::Noun | Upos::Num)
                && !DAYS.contains(&tree.norm(w))
        });
        let verb = right.get(1).is_some_and(|&w| {
            matches!(tree.xpos(w), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) || tree.upos(w) == Upos::Aux
        });
        if named && opens && verb && said_right {
            return Some((both(tree, &block, true), "said.medial.v1"));
        }
    }
    if pause {
        if said_left && !subordinate && strength == Strength::Strong && !joined {
            return Some((both(tree, &block, true), "said.medial.v1"));
        }
        return (said_right
            && strength <= Strength::Medium
            && !clause_right
            && tree.token(right[1.min(right.len() - 1)]).quoted)
            .then(|| (rightwards(tree, at, block.end), "said.quote.v1"));
    }
    if clause_right {
        return Some((rightwards(tree, at, block.end), "said.clause.v2"));
    }
    if said_left
        && !subordinate
        && !joined
        && strength == Strength::Strong
        && !comma_starts_clause(tree, block.start)
        && is_plain(tree, at)
        && (comma_left || !said_right || tree.deprel(at) != Deprel::Root)
        && is_adverbial(tree, &right)
    {
        return Some((left, "said.final.v1"));
    }
    (said_right && strength == Strength::Strong && is_plain(tree, at))
        .then(|| (rightwards(tree, at, block.end), "said.order.v1"))
}

/// "… NP said." at the end of a sentence: the speaker right before the verb by the order of words, with the first token of its phrase.
///
/// Copy without commas is parsed as if the speaker belonged to the clause before; at the end of a sentence the order is plain.
pub(super) fn last_speaker(tree: &Tree<'_>, at: u32, strength: Strength) -> Option<(u32, u32)> {
    let end = around(tree, at, (at, at)).end;
    let closed = (end..tree.len()).all(|w| tree.upos(w) == Upos::Punct);
    // "… on Tuesday state television reported.": a participle by its tag only.
    let form = is_plain(tree, at)
        || closed && tree.xpos(at) == Xpos::Vbn && tree.child_by(at, Deprel::AuxPass).is_none();
    if strength != Strength::Strong || !form || at < 3 {
        return None;
    }
    if !closed && !trails(tree, end) {
        return None;
    }
    let mut last = at - 1;
    while last > 0
        && (matches!(tree.upos(last), Upos::Adv | Upos::Aux)
            || DAYS.contains(&tree.norm(last))
            || (tree.norm(last) == "on" && DAYS.contains(&tree.norm(last + 1))))
    {
        last -= 1;
    }
    if tree.upos(last) == Upos::Pron && tree.xpos(last) == Xpos::Prp {
        return has_finite(tree, &(0..last).collect::<Vec<_>>()).then_some((last, last));
    }
    if !matches!(tree.upos(last), Upos::Noun | Upos::Propn) {
        return None;
    }
    // "a group tracking the violence said": the tree's subject, where the words before the verb end its phrase.
    let subject =
        tree.children_by(at, Deprel::Nsubj).filter(|&s| s < last && last - s <= 7).last().filter(|&s| {
            !tree.is_verbal(s)
                && tree.subtree(s).binary_search(&last).is_ok()
                && (s + 1..last).any(|w| {
                    matches!(tree.xpos(w), Xpos::Vbg | Xpos::Vbn) && tree.deprel(w).is(Deprel::Acl)
                        || tree.upos(w) == Upos::Adp && SOURCE_CASES.contains(&tree.norm(w))
                        || tree.norm(w) == "close"
                })
        });
    let subject = subject.or_else(|| tracking(tree, at, last));
    let mut first = phrase_start(tree, subject.unwrap_or(last));
    // "the news agency and local media reported"
    if first > 1 && tree.norm(first - 1) == "and" && is_source_noun(tree, first - 2) {
        first = phrase_start(tree, first - 2);
    }
    let left: Vec<u32> = (0..first).collect();
    let verb = left.len() >= 3 && left.iter().any(|&w| tree.is_verbal(w) || tree.upos(w) == Upos::Aux);
    let joined = first > 0
        && matches!(
            tree.norm(first - 1),
            "and" | "but" | "which" | "that" | "as" | "who" | "while" | "when" | "to" | "than"
        );
    let listed = first > 1
        && tree.norm(first - 1) == "and"
        && tree.upos(first) == Upos::Propn
        && tree.upos(first - 2) == Upos::Propn;
    if !verb || (joined && !listed) {
        return None;
    }
    if let Some(subject) = subject {
        return Some((subject, first));
    }
    // The head: where the tree leaves the phrase, before the first preposition in it.
    let bound = (first..=last).find(|&w| tree.upos(w) == Upos::Adp).unwrap_or(last + 1);
    let head = (first..bound)
        .rev()
        .find(|&w| {
            matches!(tree.upos(w), Upos::Noun | Upos::Propn)
                && tree.head(w).is_none_or(|h| h < first || h > last || h >= bound)
        })
        .or_else(|| (first..bound).rev().find(|&w| matches!(tree.upos(w), Upos::Noun | Upos::Propn)))?;
    Some((head, first))
}

/// "a group tracking the violence said": the source noun after an article whose participle phrase runs up to the verb, where the parser hung
/// it elsewhere.
fn tracking(tree: &Tree<'_>, at: u32, last: u32) -> Option<u32> {
    (at.saturating_sub(8).max(1)..last.saturating_sub(1)).rev().find(|&noun| {
        is_source_noun(tree, noun)
            && tree.upos(noun - 1) == Upos::Det
            && tree.xpos(noun + 1) == Xpos::Vbg
            && (noun + 2..=last)
                .all(|w| !matches!(tree.upos(w), Upos::Punct | Upos::Verb | Upos::Aux | Upos::Cconj))
    })
}

/// Prepositions inside the phrase for a source ("an official from the ministry").
const SOURCE_CASES: &[&str] = &["of", "from", "at", "in", "for", "with", "within", "inside", "on"];

/// Whether the word is one for those who are quoted ("the monitoring group | the Observatory").
fn is_source_noun(tree: &Tree<'_>, at: u32) -> bool {
    tree.upos(at) == Upos::Noun && REPORTING.headline.contains(tree.lemma(at))
}

/// Whether a name of a person or body runs from `first` to `last` and the name of a place stands right before it.
fn starts_after_place(tree: &Tree<'_>, first: u32, last: u32) -> bool {
    use contested_language::tags::NameKind;
    let names = &tree.sentence.names;
    names.iter().any(|n| {
        n.start == first
            && n.end == last + 1
            && matches!(n.kind, NameKind::Person | NameKind::Organisation | NameKind::ArmedGroup)
    }) && names.iter().any(|n| n.end == first && n.kind == NameKind::Place)
}

/// Whether what starts at `from` only trails after a saying that has ended: a participle that speaks on ("adding", "stressing"), or how and
/// when it was said ("without elaborating", "a day after …").
fn trails(tree: &Tree<'_>, from: u32) -> bool {
    if from + 1 >= tree.len() {
        return false;
    }
    let says = tree.xpos(from) == Xpos::Vbg && verb::sense(tree, from).is_some();
    let after = matches!(tree.norm(from), "a" | "one" | "two" | "three" | "days" | "hours")
        && (from + 1..tree.len().min(from + 4)).any(|w| tree.norm(w) == "after");
    says || after || matches!(tree.norm(from), "adding" | "citing" | "quoting" | "without" | "contradicting")
}

/// First token of the noun phrase that ends at `last`, by its words: back to a pause, or to the determiner or title that opens it.
fn phrase_start(tree: &Tree<'_>, last: u32) -> u32 {
    let mut first = last;
    let mut opened = None;
    while first > 0 && last - first < 14 {
        let word = first - 1;
        let norm = tree.norm(word);
        match tree.upos(word) {
            // "on the border with Turkey | local sources"
            Upos::Propn
                if tree.upos(first) == Upos::Adj
                    && matches!(tree.norm(first), "local" | "several" | "other" | "informed" | "medical")
                    && word > 0
                    && tree.upos(word - 1) == Upos::Adp =>
            {
                return first;
            }
            // "killed 40 people | Human Rights Watch said"
            Upos::Noun
                if (tree.upos(first) == Upos::Propn
                    || tree.sentence.names.iter().any(|n| n.start == first))
                    && tree.xpos(word) == Xpos::Nns
                    && !is_source_noun(tree, word) =>
            {
                return first;
            }
            // "in Syria and Iraq | Press TV reported"
            Upos::Propn if starts_after_place(tree, first, last) => return first,
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num => {}
            _ if matches!(norm, "'s" | "-" | "(" | ")" | ".") => {}
            Upos::Det | Upos::Pron if tree.xpos(word) == Xpos::Dt || norm == "its" || norm == "their" => {
                opened = Some(word);
                // "the monitoring group the Observatory": one more phrase may stand right before.
                let before = word > 0 && is_source_noun(tree, word - 1) && (norm == "the" || norm == "a");
                // "an official from the forces"
                let within = word > 1
                    && tree.upos(word - 1) == Upos::Adp
                    && SOURCE_CASES.contains(&tree.norm(word - 1))
                    && is_source_noun(tree, word - 2);
                if !before && !within {
                    break;
                }
            }
            Upos::Adp if matches!(norm, "of" | "for" | "in" | "at" | "from") && first < last => {}
            _ if norm == "," && opened.is_some() => break,
            _ if norm == "," => {
                return first;
            }
            _ if tree.xpos(word) == Xpos::Vbg && word > 0 && tree.upos(word - 1) == Upos::Det => {}
            _ => break,
        }
        first = word;
    }
    // Without a determiner: the run of names with the title before it.
    if let Some(open) = opened {
        return open;
    }
    let mut start = last;
    while start > first
        && (matches!(tree.upos(start - 1), Upos::Propn | Upos::Noun | Upos::Adj)
            || matches!(tree.norm(start - 1), "-" | "." | "'s"))
        && !DAYS.contains(&tree.norm(start - 1))
    {
        start -= 1;
    }
    start
}

/// A finite form that cannot be a participle by its place.
pub(super) fn is_plain(tree: &Tree<'_>, at: u32) -> bool {
    matches!(tree.xpos(at), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
        || tree.children_by(at, Deprel::Aux).next().is_some()
        || matches!(tree.norm(at), "said" | "told" | "says")
}

/// Whether what follows the verb looks like an adverbial ("a day after …") and no clause.
fn is_adverbial(tree: &Tree<'_>, right: &[u32]) -> bool {
    let first = right.first().map_or("", |&w| tree.norm(w));
    matches!(
        first,
        "after"
            | "before"
            | "as"
            | "when"
            | "while"
            | "amid"
            | "in"
            | "on"
            | "at"
            | "following"
            | "citing"
            | "quoting"
    ) || right.iter().take(3).any(|&w| matches!(tree.norm(w), "after" | "before" | "since"))
}

/// A pause before the speaker that follows an introduction ("On Friday, the army said"), not a clause.
fn comma_starts_clause(tree: &Tree<'_>, start: u32) -> bool {
    let words: Vec<u32> = (0..start).collect();
    !has_finite(tree, &words)
}

fn is_pause(tree: &Tree<'_>, at: u32) -> bool {
    matches!(tree.norm(at), "," | "\"" | "''" | "``" | "”" | "“" | "-" | "–" | "—" | "’" | "'" | ";")
}

pub(super) fn has_finite(tree: &Tree<'_>, words: &[u32]) -> bool {
    words.iter().any(|&w| {
        matches!(tree.xpos(w), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
            || (tree.upos(w) == Upos::Verb && tree.deprel(w) == Deprel::Root)
    })
}

fn mostly_quoted(tree: &Tree<'_>, words: &[u32]) -> bool {
    let quoted = words.iter().filter(|&&w| tree.token(w).quoted).count();
    quoted >= 3 && quoted * 2 >= words.len()
}

/// Whether all of the finite verbs before the speaker stand in a clause that only leads up to the saying ("After rebels fled, the army said").
fn opens_subordinate(tree: &Tree<'_>, left: &[u32], start: u32) -> bool {
    let Some(&first) = left.first() else { return false };
    let opener = (first..start.min(first + 3)).any(|w| {
        matches!(
            tree.norm(w),
            "after"
                | "when"
                | "while"
                | "as"
                | "although"
                | "though"
                | "if"
                | "because"
                | "since"
                | "before"
                | "despite"
                | "speaking"
                | "asked"
                | "following"
        ) && tree.upos(w) != Upos::Adv
    });
    // One comma only: after a second one a main clause may have followed.
    opener && left.iter().filter(|&&w| tree.norm(w) == ",").count() <= 1
}

/// Both sides of the saying: what follows a pause goes on with the content unless it is another's or the report's own.
fn both(tree: &Tree<'_>, block: &Around, pause: bool) -> Vec<u32> {
    let mut words: Vec<u32> = (0..block.start).collect();
    if pause {
        let from = block.end + 1;
        if from < tree.len() {
            let first = tree.norm(from);
            let other = matches!(
                first,
                "but"
                    | "while"
                    | "although"
                    | "though"
                    | "as"
                    | "after"
                    | "who"
                    | "which"
                    | "adding"
                    | "citing"
                    | "quoting"
                    | "when"
                    | "following"
                    | "referring"
                    | "speaking"
                    | "in"
                    | "on"
                    | "contradicting"
            );
            let says =
                verb::sense(tree, from).is_some_and(|(_, entry, _)| entry.strength <= Strength::Medium);
            if !other && !says {
                words.extend(block.end..boundary(tree, block.end + 1));
            }
        }
    }
    words
}

/// From `from` to the end of what is said.
fn rightwards(tree: &Tree<'_>, at: u32, from: u32) -> Vec<u32> {
    // Inside a relative or adverbial clause only the tree knows where the saying ends.
    let nested =
        matches!(tree.deprel(at).base(), Deprel::Acl | Deprel::Advcl | Deprel::Ccomp | Deprel::Csubj)
            && !tree.subtree(at).is_empty();
    let mut to = boundary(tree, from);
    if nested && matches!(tree.deprel(at).base(), Deprel::Acl) {
        let end = tree.subtree(at).last().copied().unwrap_or(at) + 1;
        to = to.min(end.max(from));
    }
    (from..to).collect()
}

/// Where what is said stops: at a contrast, at a further saying, or at the end of the sentence.
pub(super) fn boundary(tree: &Tree<'_>, from: u32) -> u32 {
    for w in from + 1..tree.len() {
        if tree.token(w).quoted {
            continue;
        }
        let pause = is_pause(tree, w - 1);
        match tree.norm(w) {
            ";" if has_finite(tree, &(from..w).collect::<Vec<_>>()) => return w,
            "while" | "although" | "though" | "whereas" if pause => {
                let that = w + 1 < tree.len() && tree.norm(w + 1) == "that";
                if !that {
                    return w - 1;
                }
            }
            "but" if own_clause(tree, w) => {
                let that = w + 1 < tree.len() && tree.norm(w + 1) == "that";
                if !that {
                    return if pause { w - 1 } else { w };
                }
            }
            "adding" | "citing" | "quoting" if tree.xpos(w) != Xpos::Nn => {
                return if pause { w - 1 } else { w };
            }
            // ", and the general said" · "and warned the United States": another saying.
            "and" => {
                let next = w + 1;
                let says = next < tree.len()
                    && verb::sense(tree, next)
                        .is_some_and(|(_, entry, _)| entry.strength == Strength::Strong)
                    && is_plain(tree, next);
                let other = pause
                    && own_clause(tree, w)
                    && (w..tree.len().min(w + 12)).any(|v| {
                        verb::sense(tree, v).is_some_and(|(_, entry, _)| entry.strength == Strength::Strong)
                            && is_plain(tree, v)
                    });
                if (says && tree.lemma(next) != "have") || other {
                    return if pause { w - 1 } else { w };
                }
            }
            _ => {}
        }
    }
    tree.len()
}

/// Whether a clause with a subject of its own follows the conjunction at `w`.
fn own_clause(tree: &Tree<'_>, w: u32) -> bool {
    (w + 1..tree.len().min(w + 8)).any(|v| tree.deprel(v).is(Deprel::Nsubj) || tree.deprel(v) == Deprel::Expl)
}
