//! Numbers as reports write them: "12", "1,400", "twenty-one", "two dozen", "hundreds", "at least", "between 10 and 15".

use contested_language::Sentence;

/// A count with its bounds; both open where the words name no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    /// First and last token of the number and its qualifiers.
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// Words that stand for a round number, and the least that they mean (the conventions of the gold annotation).
const VAGUE: &[(&str, u64)] =
    &[("scores", 40), ("dozens", 24), ("hundreds", 200), ("thousands", 2_000), ("millions", 2_000_000)];

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn norm(sentence: &Sentence, at: usize) -> &str {
    sentence.tokens.get(at).map_or("", |token| token.norm.as_str())
}

fn small(word: &str) -> Option<u64> {
    if let Some(unit) = UNITS.iter().position(|&unit| unit == word) {
        return Some(unit as u64);
    }
    if let Some((tens, unit)) = word.split_once('-') {
        let unit = UNITS.iter().position(|&name| name == unit).filter(|unit| (1..10).contains(unit))?;
        return TENS.iter().position(|&name| name == tens).map(|ten| (ten as u64 + 2) * 10 + unit as u64);
    }
    TENS.iter().position(|&ten| ten == word).map(|ten| (ten as u64 + 2) * 10)
}

fn digits(word: &str) -> Option<u64> {
    let plain: String = word.chars().filter(|&c| c != ',').collect();
    let grouped = word.split(',').skip(1).all(|group| group.len() == 3);
    (grouped && !plain.is_empty() && plain.len() <= 12).then(|| plain.parse().ok()).flatten()
}

fn multiplier(word: &str) -> Option<u64> {
    Some(match word {
        "dozen" => 12,
        "hundred" => 100,
        "thousand" => 1_000,
        "million" => 1_000_000,
        _ => return None,
    })
}

/// Whether `text`, in lower case, is a number and nothing else: "12", "1,400", "twenty-one", "dozens".
pub(crate) fn is_number(text: &str) -> bool {
    small(text).is_some()
        || VAGUE.iter().any(|(name, _)| *name == text)
        || text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '-'))
}

/// The bare number that begins at token `at`, and one past its last token.
fn bare(sentence: &Sentence, at: usize) -> Option<(u64, usize)> {
    let word = norm(sentence, at);
    let (mut value, mut next) = if let Some(value) = small(word) {
        (value, at + 1)
    } else if let Some(value) = digits(word) {
        (value, at + 1)
    } else if let Some((whole, part)) =
        word.split_once('.').filter(|_| multiplier(norm(sentence, at + 1)).is_some())
    {
        let tenths = part.parse::<u64>().ok().filter(|_| part.len() == 1)?;
        let factor = multiplier(norm(sentence, at + 1))?;
        return Some((whole.parse::<u64>().ok()?.checked_mul(factor)? + tenths * factor / 10, at + 2));
    } else if matches!(word, "a" | "an") && multiplier(norm(sentence, at + 1)).is_some() {
        (1, at + 1)
    } else if word == "half" && norm(sentence, at + 1) == "a" && norm(sentence, at + 2) == "dozen" {
        return Some((6, at + 3));
    } else {
        return None;
    };
    // "twenty - one"
    if TENS.contains(&word)
        && norm(sentence, next) == "-"
        && small(norm(sentence, next + 1)).is_some_and(|unit| (1..10).contains(&unit))
    {
        value += small(norm(sentence, next + 1))?;
        next += 2;
    }
    while let Some(factor) = multiplier(norm(sentence, next)) {
        value = value.checked_mul(factor)?;
        next += 1;
        // "two hundred and fifty"
        let rest = next + usize::from(norm(sentence, next) == "and");
        if let Some(more) = small(norm(sentence, rest)).filter(|&more| more < factor && factor >= 100) {
            value += more;
            next = rest + 1;
        }
    }
    Some((value, next))
}

/// The count, qualifiers included, whose number begins at token `at`.
pub(crate) fn count(sentence: &Sentence, at: usize) -> Option<Count> {
    let word = norm(sentence, at);
    if let Some(&(_, least)) = VAGUE.iter().find(|(name, _)| *name == word) {
        // "tens of thousands", "hundreds of thousands" begin with a vague word of their own
        let of = norm(sentence, at + 1) == "of" && matches!(norm(sentence, at + 2), "thousands" | "millions");
        let (least, last) = if of {
            (least * if norm(sentence, at + 2) == "millions" { 1_000_000 } else { 1_000 }, at + 2)
        } else {
            (least, at)
        };
        return Some(Count { min: Some(least), max: None, first: at, last });
    }
    if word == "tens" && norm(sentence, at + 1) == "of" && norm(sentence, at + 2) == "thousands" {
        return Some(Count { min: Some(20_000), max: None, first: at, last: at + 2 });
    }
    if word == "several" && matches!(norm(sentence, at + 1), "hundred" | "thousand" | "dozen") {
        let least = 2 * multiplier(norm(sentence, at + 1))?;
        return Some(Count { min: Some(least), max: None, first: at, last: at + 1 });
    }
    if matches!(word, "no" | "none" | "nobody") {
        return Some(Count { min: Some(0), max: Some(0), first: at, last: at });
    }
    let (value, next) = bare(sentence, at)?;
    // ages, times, calibres are no counts
    let unit = norm(sentence, next);
    let after = norm(sentence, next + 1);
    if matches!(
        unit,
        "%" | "percent"
            | "km"
            | "kilometers"
            | "kilometres"
            | "miles"
            | "mm"
            | "years"
            | "year"
            | "months"
            | "days"
            | "hours"
            | "weeks"
            | "minutes"
            | "others-"
    ) || (unit == "-"
        && matches!(after, "year" | "years" | "month" | "day" | "hour" | "week" | "km" | "mm" | "mile"))
        || unit.ends_with("-year-old")
        || (unit == "per" && after == "cent")
    {
        return None;
    }
    let mut found = Count { min: Some(value), max: Some(value), first: at, last: next - 1 };
    // "10-15", "10 to 15", "seven or eight"
    if matches!(unit, "-" | "–" | "to" | "or")
        && let Some((upper, end)) = bare(sentence, next + 1).filter(|&(upper, _)| upper > value)
    {
        found.max = Some(upper);
        found.last = end - 1;
    } else if unit == "or" && after == "more" {
        found.max = None;
        found.last = next + 1;
    }
    Some(qualified(sentence, found))
}

/// The count with what the words before it say of its bounds.
fn qualified(sentence: &Sentence, mut found: Count) -> Count {
    let before = |back: usize| found.first.checked_sub(back).map_or("", |at| norm(sentence, at));
    let (one, two, three) = (before(1), before(2), before(3));
    let (bound, words) = match (three, two, one) {
        (_, "at", "least") | (_, "more" | "greater", "than") | (_, "upwards", "of") => (Bound::Least, 2),
        ("no" | "not", "fewer" | "less", "than") | ("at", "least", "at") => (Bound::Least, 3),
        (_, _, "over" | "exceeding" | "surpassing" | "atleast") => (Bound::Least, 1),
        ("as", "many", "as") => (Bound::Most, 3),
        (_, "up", "to") | (_, "at", "most") | (_, "fewer" | "less", "than") => (Bound::Most, 2),
        (_, _, "under" | "nearly" | "almost") => (Bound::Most, 1),
        (_, _, "about" | "around" | "some" | "approximately" | "roughly" | "another" | "the" | "all") => {
            (Bound::About, 1)
        }
        _ => (Bound::About, 0),
    };
    // "between 10 and 15": the first number opens the range
    if one == "and"
        && let Some(lower) =
            found.first.checked_sub(2).filter(|&at| at > 0 && norm(sentence, at - 1) == "between")
        && let Some((value, _)) = bare(sentence, lower).filter(|&(value, _)| Some(value) <= found.max)
    {
        return Count { min: Some(value), first: lower - 1, ..found };
    }
    if one == "between"
        && norm(sentence, found.last + 1) == "and"
        && let Some((upper, end)) = bare(sentence, found.last + 2)
    {
        return Count { max: Some(upper), first: found.first - 1, last: end - 1, ..found };
    }
    found.first -= words;
    match bound {
        Bound::Least => found.max = None,
        Bound::Most => found.min = None,
        Bound::About => {}
    }
    found
}

enum Bound {
    Least,
    Most,
    About,
}
