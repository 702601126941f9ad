//! When two mentions mean one actor or one place. Ids of the knowledge base decide where both have one; otherwise words do.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use contested_model::{Participant, Place};

static GENERAL: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| listed(include_str!("../data/general-words.txt")));
static NATIONS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| listed(include_str!("../data/nation-words.txt")));

fn listed(table: &'static str) -> BTreeSet<&'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// Words that never tell two names apart ("the Taliban", "al-Qaim", "Iran's").
const ARTICLES: &[&str] = &["the", "a", "an", "s", "of", "al", "el", "ad", "ar", "at", "in", "and"];
/// Words that turn a name into another one: "the US-led coalition" is not the United States.
const TURNING: &[&str] = &[
    "led",
    "backed",
    "coalition",
    "proxy",
    "linked",
    "aligned",
    "supported",
    "trained",
    "anti",
    "pro",
    "former",
];

/// A name in lower case, cut at everything that is no letter or digit, articles dropped: the words that carry it, each once and in order. Names are
/// compared all the time, so that this keeps one text and where its words stand.
pub(crate) struct Words {
    text: String,
    at: Vec<(usize, usize)>,
}

impl Words {
    pub(crate) fn of(name: &str) -> Self {
        let mut text = String::with_capacity(name.len());
        let mut at: Vec<(usize, usize)> = Vec::with_capacity(8);
        for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let start = text.len();
            if word.is_ascii() {
                text.extend(word.bytes().map(|byte| byte.to_ascii_lowercase() as char));
            } else {
                text.push_str(&word.to_lowercase());
            }
            at.push((start, text.len()));
        }
        let word = |&(from, to): &(usize, usize)| &text[from..to];
        at.sort_unstable_by(|a, b| word(a).cmp(word(b)));
        at.dedup_by(|a, b| word(a) == word(b));
        if at.iter().any(|at| !ARTICLES.contains(&word(at))) {
            at.retain(|at| !ARTICLES.contains(&word(at)));
        }
        Self { text, at }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.at.iter().map(|&(from, to)| &self.text[from..to])
    }

    const fn len(&self) -> usize {
        self.at.len()
    }

    fn has(&self, word: &str) -> bool {
        self.at.binary_search_by(|&(from, to)| self.text[from..to].cmp(word)).is_ok()
    }

    /// Those that `other` has not.
    fn beyond<'w>(&'w self, other: &'w Self) -> impl Iterator<Item = &'w str> {
        self.iter().filter(|word| !other.has(word))
    }
}

/// The words of a name that carry it: lower-cased, cut at everything that is no letter or digit, articles dropped.
pub(crate) fn words(name: &str) -> BTreeSet<String> {
    Words::of(name).iter().map(str::to_owned).collect()
}

/// Whether two names mean one thing: the same words, or one adds only words that do not turn it into another.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    if a == b {
        return a.contains(char::is_alphanumeric);
    }
    let (a, b) = (Words::of(a), Words::of(b));
    let (small, large) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if small.len() == 0 || !small.iter().all(|word| large.has(word)) {
        return false;
    }
    if small.len() == large.len() {
        return true;
    }
    if large.beyond(small).any(|word| TURNING.contains(&word) || is_direction(word)) {
        return false;
    }
    small.iter().any(|word| !GENERAL.contains(word) && !NATIONS.contains(word))
        || large.beyond(small).all(|word| GENERAL.contains(word))
            && small.iter().any(|word| NATIONS.contains(word))
}

fn is_direction(word: &str) -> bool {
    ["north", "south", "east", "west"].iter().any(|d| word.starts_with(d))
        || ["central", "upper", "lower", "old", "new"].contains(&word)
}

/// Whether a name names anything: "the town", "areas", "last stronghold" do not.
pub(crate) fn is_named(name: &str) -> bool {
    Words::of(name).iter().any(|word| !GENERAL.contains(word) && !is_direction(word))
}

/// Whether two participants are one actor.
pub(crate) fn same_actor(a: &Participant, b: &Participant) -> bool {
    match (&a.actor, &b.actor) {
        (Some(x), Some(y)) => x == y,
        _ => {
            same_name(&a.name, &b.name) || same_name(&a.text, &b.text) && a.text.len() > 3 && b.text.len() > 3
        }
    }
}

/// Words for those who act for a state, beside the general ones.
const OFFICIAL: &[&str] =
    &["army", "military", "armed", "forces", "government", "regime", "troops", "soldiers", "state"];

/// Whether both names are of one state's government or forces: they answer for each other's acts.
pub(crate) fn one_state(a: &str, b: &str) -> bool {
    let parts = |name: &str| -> Option<BTreeSet<String>> {
        let words = words(name);
        let nations: BTreeSet<String> =
            words.iter().filter(|word| NATIONS.contains(word.as_str())).cloned().collect();
        let rest = words.difference(&nations).all(|word| OFFICIAL.contains(&word.as_str()));
        let official = words.len() > nations.len();
        (rest && official && nations.len() == 1).then_some(nations)
    };
    parts(a).is_some() && parts(a) == parts(b)
}

/// Whether two lists share a side: an actor, or a state and its own forces ("Russia", "Russian troops").
pub(crate) fn share_side(a: &[Participant], b: &[Participant]) -> bool {
    a.iter().any(|x| b.iter().any(|y| same_actor(x, y) || one_side(&x.name, &y.name)))
}

/// Whether both names are of one state or of those who act for it.
pub(crate) fn one_side(a: &str, b: &str) -> bool {
    matches!((nation(a), nation(b)), (Some(a), Some(b)) if one_nation(&a, &b))
}

/// A key that all names of one state and its forces share, to look them up by.
pub(crate) fn nation_key(name: &str) -> Option<String> {
    nation(name).map(|nation| format!("nation:{}", nation.chars().take(4).collect::<String>()))
}

/// The word for the nation in a name of a state or of its own forces.
fn nation(name: &str) -> Option<String> {
    let words = words(name);
    let mut nations = words.iter().filter(|word| NATIONS.contains(word.as_str()));
    let nation = nations.next()?;
    let rest = words.iter().all(|word| word == nation || OFFICIAL.contains(&word.as_str()));
    rest.then(|| nation.clone())
}

/// "Ukraine" and "Ukrainian": the name of a country and the adjective made of it by a common ending.
fn one_nation(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let stem = short.strip_suffix("ey").or_else(|| short.strip_suffix('e')).unwrap_or(short);
    short == long
        // "Nigerian" is of the other country
        || stem.len() >= 4
            && short != "niger"
            && long
                .strip_prefix(stem)
                .is_some_and(|end| matches!(end, "n" | "an" | "ian" | "i" | "ish" | "ese"))
}

/// Whether two mentions are one place.
pub(crate) fn same_place(a: &Place, b: &Place) -> bool {
    match (&a.id, &b.id) {
        (Some(x), Some(y)) => x == y,
        _ => same_name(&a.name, &b.name),
    }
}

/// Whether a place is too wide for two claims about it to be about one thing.
pub(crate) fn is_wide(place: &Place) -> bool {
    matches!(
        place.kind.as_deref(),
        Some("continent" | "country" | "province" | "region" | "sea" | "desert" | "river")
    )
}

/// Whether the lists share an actor.
pub(crate) fn share_actor(a: &[Participant], b: &[Participant]) -> bool {
    a.iter().any(|x| b.iter().any(|y| same_actor(x, y)))
}

/// Whether the lists share a place.
pub(crate) fn share_place(a: &[Place], b: &[Place]) -> bool {
    a.iter().any(|x| b.iter().any(|y| same_place(x, y)))
}

#[cfg(test)]
mod tests {
    use super::{one_side, one_state, same_name};

    #[test]
    fn a_country_and_its_forces_are_one_side() {
        assert!(one_side("Ukraine", "Ukrainian forces") && one_side("Turkish army", "Turkey"));
        assert!(!one_side("Niger", "Nigerian army") && !one_side("Syria", "Syrian Democratic Forces"));
    }

    #[test]
    fn names_agree_on_what_carries_them() {
        assert!(same_name("Hezbollah", "Hezbollah forces"));
        assert!(same_name("al-Qaim", "Al Qaim"));
        assert!(same_name("Deir Kifa", "the village of Deir Kifa"));
        assert!(!same_name("Ghouta", "Eastern Ghouta"));
        assert!(!same_name("United States", "United States-led coalition"));
        assert!(!same_name("government forces", "forces"));
        assert!(one_state("Syrian army", "Syrian government"));
        assert!(!one_state("Syrian army", "Syrian rebels"));
        assert!(!one_state("Syrian army", "Turkish army"));
        assert!(!same_name("Raqqa", "Rawa"));
        assert!(!same_name("Syrian army", "Free Syrian Army"));
        assert!(same_name("Syrian army", "Syrian army troops"));
    }
}
