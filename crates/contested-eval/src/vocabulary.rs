//! The word lists by which the judge decides that two names, or two types, are the same.

/// Types that count as one when claims are matched.
const GROUPS: [&[&str]; 9] = [
    &["attack", "clash", "siege", "repel"],
    &["airstrike", "shelling"],
    &["kill", "execute"],
    &["detain", "abduct"],
    &["retreat", "surrender"],
    &["agree", "ceasefire"],
    &["support", "aid"],
    &["accuse", "reject"],
    &["declare", "govern"],
];

/// Types whose two sides are one set.
pub(crate) const SYMMETRIC: [&str; 6] = ["clash", "talk", "agree", "ceasefire", "fights", "allied"];

/// Kinds of claims, in the order in which they are listed.
pub(crate) const KINDS: [&str; 4] = ["event", "control", "relation", "outlook"];

const ARTICLES: &str = "the a an s of al el ad ar at in";

/// Words that alone name nobody: two names that share only these are two names.
const GENERIC: &str = "force forces troop troops army armies military militia militias militants militant fighters fighter soldiers soldier group \
groups government regime officials official authorities state rebels rebel police security units unit media television tv agency ministry president \
minister spokesman spokeswoman source sources people civilians civilian men gunmen terrorists terrorist city town village villages area areas \
province district governorate region countryside neighbourhood neighborhood camp border side sides local national human rights organisation \
organization members member some several two three many few other others jets warplanes aircraft planes";

const PLACEWORDS: &str = "north south east west northern southern eastern western central northeast northwest southeast southwest northeastern \
northwestern southeastern southwestern upper lower greater old new";

const NATIONS: &str = "syria syrian iraq iraqi iran iranian russia russian turkey turkish us usa american america uk british britain france french \
israel israeli lebanon lebanese saudi yemen yemeni libya libyan egypt egyptian jordan jordanian ukraine ukrainian sudan sudanese ethiopia ethiopian \
somalia somali nigeria nigerian mali malian congo congolese afghanistan afghan pakistan pakistani india indian china chinese myanmar burmese \
palestinian palestinians kurdish kurds kurd arab arabs sunni shi ite shia shiite christian druze salvadoran salvadorean colombian peruvian \
guatemalan honduran nicaraguan united states kingdom western european islamic";

const TIES: [&str; 12] = [
    "led",
    "backed",
    "coalition",
    "proxy",
    "linked",
    "aligned",
    "supported",
    "trained",
    "allies",
    "allied",
    "anti",
    "pro",
];

fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// Whether `word` is dropped from names.
pub(crate) fn is_article(word: &str) -> bool {
    listed(ARTICLES, word)
}

/// Whether `word` alone names nobody.
pub(crate) fn is_generic(word: &str) -> bool {
    listed(GENERIC, word)
}

/// Whether `word` makes another place or another actor of a name.
pub(crate) fn splits_names(word: &str) -> bool {
    listed(PLACEWORDS, word) || TIES.contains(&word)
}

/// Whether a name that shares only such words is shared by too many.
pub(crate) fn is_weak(word: &str) -> bool {
    is_generic(word) || listed(NATIONS, word) || listed(PLACEWORDS, word)
}

/// Whether two types are equal or of one group.
pub(crate) fn same_type(gold: Option<&str>, predicted: Option<&str>) -> bool {
    if gold == predicted {
        return true;
    }
    let group =
        |name: Option<&str>| name.and_then(|name| GROUPS.iter().position(|group| group.contains(&name)));
    group(gold).is_some() && group(gold) == group(predicted)
}
