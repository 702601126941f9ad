//! The words of reporting, read from `lexicon/reporting.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use contested_model::Stance;

/// How sure it is that a word reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Always a report.
    Strong,
    /// A report in its frame.
    Medium,
    /// Not of inanimate subjects.
    Weak,
    /// Only of those who are quoted in news: witnesses, reporters, officials.
    Witness,
    /// Only with an utterance noun as subject.
    Utterance,
    /// Belief, fear, expectation.
    Mental,
}

/// How the content hangs on a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Frame {
    Clause,
    Object,
    /// An object that is itself a reporting noun ("rejected the claim").
    ReportingObject,
    Infinitive,
    ObjectInfinitive,
    To,
    Of,
    About,
    As,
    For,
    /// "attributed it to", "blamed it on": what is named as the cause.
    Cause,
}

/// One sense of one word.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) stance: Stance,
    pub(crate) frames: Vec<Frame>,
    pub(crate) strength: Strength,
    /// Objects with which the word reports nothing.
    pub(crate) except: Vec<&'static str>,
}

impl Entry {
    /// Whether the word reports nothing of this object: one it excepts, or none of those it takes only ("only" first in the column).
    pub(crate) fn refuses(&self, object: &str) -> bool {
        let listed = self.except.contains(&object);
        if self.except.first() == Some(&"only") { !listed } else { listed }
    }

    pub(crate) fn takes(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}

/// The whole lexicon.
#[derive(Debug, Default)]
pub(crate) struct Reporting {
    pub(crate) verbs: BTreeMap<&'static str, Entry>,
    pub(crate) nouns: BTreeMap<&'static str, Entry>,
    /// Adjectives of belief ("worried that", "confident that").
    pub(crate) adjectives: BTreeMap<&'static str, Entry>,
    pub(crate) utterances: BTreeSet<&'static str>,
    pub(crate) inanimate: BTreeSet<&'static str>,
    pub(crate) headline: BTreeSet<&'static str>,
    /// Inflected forms of the verbs, for words that were tagged or lemmatised amiss.
    pub(crate) forms: BTreeMap<String, &'static str>,
    /// Prepositions of one or more words, as lists of words.
    pub(crate) prepositions: Vec<(Vec<&'static str>, Entry)>,
}

const TABLE: &str = include_str!("../../lexicon/reporting.tsv");

/// The lexicon; read once, its form is held by the tests.
pub(crate) static REPORTING: LazyLock<Reporting> = LazyLock::new(|| parse(TABLE).unwrap_or_default());

fn parse(table: &'static str) -> Result<Reporting, String> {
    let mut all = Reporting::default();
    let mut lines = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines.next();
    for (number, line) in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[lemma, pos, stance, frames, strength, except, _note] = fields.as_slice() else {
            return Err(format!(
                "reporting.tsv, line {}: {} fields where 7 are wanted",
                number + 1,
                fields.len()
            ));
        };
        let bad = |what: &str, value: &str| {
            format!("reporting.tsv, line {}: no {what} is called `{value}`", number + 1)
        };
        let entry = Entry {
            stance: Stance::parse(stance).ok_or_else(|| bad("stance", stance))?,
            frames: frames
                .split(',')
                .filter(|f| *f != "-")
                .map(|f| frame(f).ok_or_else(|| bad("frame", f)))
                .collect::<Result<_, _>>()?,
            strength: match strength {
                "strong" => Strength::Strong,
                "medium" => Strength::Medium,
                "weak" => Strength::Weak,
                "witness" => Strength::Witness,
                "utterance" => Strength::Utterance,
                "mental" => Strength::Mental,
                "-" => Strength::Medium,
                _ => return Err(bad("strength", strength)),
            },
            except: except.split(',').filter(|e| *e != "-").collect(),
        };
        match pos {
            // The first sense of a verb with several lines wins; its frames are joined.
            "verb" => join(&mut all.verbs, lemma, entry),
            "noun" => join(&mut all.nouns, lemma, entry),
            "adj" => join(&mut all.adjectives, lemma, entry),
            "utterance" => {
                all.utterances.insert(lemma);
            }
            "inanimate" => {
                all.inanimate.insert(lemma);
            }
            "headline" => {
                all.headline.insert(lemma);
            }
            "preposition" => all.prepositions.push((lemma.split(' ').collect(), entry)),
            _ => return Err(bad("part of speech", pos)),
        }
    }
    let lemmas: Vec<&'static str> = all.verbs.keys().copied().filter(|l| !l.contains(' ')).collect();
    for lemma in lemmas {
        for form in inflected(lemma) {
            if form != lemma {
                all.forms.insert(form, lemma);
            }
        }
    }
    Ok(all)
}

/// Irregular forms of reporting verbs.
const IRREGULAR: [(&str, &[&str]); 16] = [
    ("say", &["said"]),
    ("tell", &["told"]),
    ("write", &["wrote", "written", "writing", "writes"]),
    ("think", &["thought"]),
    ("feel", &["felt"]),
    ("find", &["found"]),
    ("see", &["saw", "seen"]),
    ("hear", &["heard"]),
    ("know", &["knew", "known"]),
    ("swear", &["swore", "sworn"]),
    ("speak", &["spoke", "spoken"]),
    ("mean", &["meant"]),
    ("show", &["shown"]),
    ("understand", &["understood"]),
    ("foresee", &["foresaw", "foreseen"]),
    ("hold", &["held"]),
];

/// The forms of a verb by the regular rules, and the irregular ones.
fn inflected(lemma: &str) -> Vec<String> {
    let mut forms = vec![format!("{lemma}s")];
    if let Some((_, irregular)) = IRREGULAR.iter().find(|(l, _)| *l == lemma) {
        forms.extend(irregular.iter().map(|f| (*f).to_owned()));
        forms.push(format!("{lemma}ing"));
        return forms;
    }
    let (stem, last) = (lemma.get(..lemma.len() - 1).unwrap_or(lemma), lemma.chars().last());
    match last {
        Some('e') => forms.extend([format!("{lemma}d"), format!("{stem}ing")]),
        Some('y') if !stem.ends_with(['a', 'e', 'o', 'u']) => {
            forms.extend([format!("{stem}ied"), format!("{stem}ies"), format!("{lemma}ing")]);
        }
        Some('s' | 'h') => forms.extend([format!("{lemma}es"), format!("{lemma}ed"), format!("{lemma}ing")]),
        _ => forms.extend([format!("{lemma}ed"), format!("{lemma}ing")]),
    }
    if matches!(lemma, "admit" | "refer" | "quip" | "brag" | "dub" | "blog" | "log") {
        let double = last.unwrap_or('t');
        forms.extend([format!("{lemma}{double}ed"), format!("{lemma}{double}ing")]);
    }
    forms
}

fn join(map: &mut BTreeMap<&'static str, Entry>, lemma: &'static str, entry: Entry) {
    match map.get_mut(lemma) {
        Some(old) => {
            for frame in entry.frames {
                if !old.frames.contains(&frame) {
                    old.frames.push(frame);
                }
            }
            old.except.extend(entry.except);
        }
        None => {
            map.insert(lemma, entry);
        }
    }
}

fn frame(name: &str) -> Option<Frame> {
    Some(match name {
        "clause" => Frame::Clause,
        "np" => Frame::Object,
        "unp" => Frame::ReportingObject,
        "inf" => Frame::Infinitive,
        "objinf" => Frame::ObjectInfinitive,
        "to" => Frame::To,
        "of" => Frame::Of,
        "about" => Frame::About,
        "as" => Frame::As,
        "for" => Frame::For,
        "cause" => Frame::Cause,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let all = parse(TABLE).unwrap();
        assert!(all.verbs.len() >= 150, "{} verbs", all.verbs.len());
        assert!(all.nouns.len() >= 50 && all.utterances.len() >= 40 && all.headline.len() >= 50);
        assert!(all.prepositions.iter().any(|(words, _)| words.join(" ") == "according to"));
    }

    #[test]
    fn an_unknown_word_in_the_table_is_named() {
        let error = parse(
            "lemma\tpos\tstance\tframes\tstrength\texcept\tnote\nsay\tverb\tsings\tclause\tstrong\t-\t-\n",
        )
        .unwrap_err();
        assert!(error.contains("line 2") && error.contains("sings"), "{error}");
    }
}
