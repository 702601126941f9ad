/// Lower case, for comparing.
pub(super) fn lower(word: &str) -> String {
    if word.len() > 200 { String::new() } else { word.to_lowercase() }
}

/// Whether the word at `at` is one of `list`.
pub(super) fn is_any(words: &[&str], at: usize, list: &[&str]) -> bool {
    words.get(at).is_some_and(|w| list.iter().any(|l| w.eq_ignore_ascii_case(l)))
}

/// Words that stand between a relation and a name without changing it.
pub(super) const KIND_WORDS: &[&str] = &[
    "town",
    "towns",
    "city",
    "cities",
    "village",
    "villages",
    "border",
    "province",
    "district",
    "governorate",
    "region",
    "area",
    "areas",
    "capital",
    "camp",
    "port",
    "river",
    "airport",
    "base",
    "provinces",
    "districts",
    "settlement",
    "strategic",
    "key",
    "northern",
    "southern",
    "eastern",
    "western",
    "rebel-held",
    "government-held",
    "besieged",
    "nearby",
    "neighbouring",
    "neighboring",
];

/// Skips "the", kind words and "of" up to where a name begins.
pub(super) fn skip_to_name(words: &[&str], mut at: usize, name: &dyn Fn(usize) -> usize) -> Option<usize> {
    for _ in 0..6 {
        words.get(at)?;
        if name(at) > 0 && !is_any(words, at, &["the"]) {
            return Some(at);
        }
        if !is_any(words, at, &["the", "of", "its", "their", "both"]) && !is_any(words, at, KIND_WORDS) {
            return None;
        }
        at += 1;
    }
    None
}

/// The number at `at` and the index after it ("15", "15km", "1,500", "fifteen", "a few").
pub(super) fn number(words: &[&str], at: usize) -> Option<(f64, usize)> {
    let word = lower(words.get(at)?);
    let digits: String = word
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .filter(|c| *c != ',')
        .collect();
    if let Ok(value) = digits.parse::<f64>() {
        return (value < 3000.0).then_some((value, at + 1));
    }
    const SMALL: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    const OTHER: [(&str, f64); 13] = [
        ("fifteen", 15.0),
        ("twenty", 20.0),
        ("twenty-five", 25.0),
        ("thirty", 30.0),
        ("forty", 40.0),
        ("fifty", 50.0),
        ("sixty", 60.0),
        ("seventy", 70.0),
        ("eighty", 80.0),
        ("ninety", 90.0),
        ("hundred", 100.0),
        ("dozens", 24.0),
        ("few", 5.0),
    ];
    let small = SMALL.iter().position(|s| *s == word).filter(|&n| n > 0).map(|n| n as f64);
    let value = small.or_else(|| OTHER.iter().find(|(s, _)| *s == word).map(|(_, v)| *v))?;
    Some((value, at + 1))
}

/// Kilometres in the unit that `word` ends with ("km", "15km", "miles").
pub(super) fn unit_km(word: &str) -> Option<f64> {
    let word = lower(word);
    let unit = word
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
        .trim_end_matches('.');
    Some(match unit {
        "km" | "kms" | "kilometer" | "kilometers" | "kilometre" | "kilometres" | "k" => 1.0,
        "mile" | "miles" | "mi" => 1.609,
        "m" | "meter" | "meters" | "metre" | "metres" => 0.001,
        "yards" | "yard" => 0.000_914,
        _ => return None,
    })
}
