//! Copies of reports as agencies' customers print them: under another dateline, cut, edited, with a paragraph of background, stripped.

/// SplitMix64: the same copies on every run.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 up to, not including, `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.share() < p
    }
}

const CITIES: [&str; 8] = ["BEIRUT", "AMMAN", "ISTANBUL", "CAIRO", "LONDON", "GENEVA", "ERBIL", "MOSCOW"];
/// Outlets of copies.
pub(crate) const OUTLETS: [&str; 6] = [
    "Morning Courier",
    "Gulf Ledger",
    "Northern Star",
    "Evening Dispatch",
    "Harbour Times",
    "Capital Herald",
];
const NUMBERS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// What was done to make a copy.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Made {
    /// Share of the original's words that were kept by cutting.
    pub(crate) kept: f64,
    /// Share of words edited.
    pub(crate) edited: f64,
    /// Sentences of another report put behind.
    pub(crate) added: usize,
    /// Lower-cased and stripped.
    pub(crate) stripped: bool,
}

/// A copy of `text`; `other` lends words for edits and sentences for background.
pub(crate) fn copy(text: &str, other: &str, dice: &mut Dice) -> (String, Made) {
    let mut made = Made { kept: 1.0, ..Made::default() };
    let mut sentences = sentences(without_dateline(text));
    let words = |sentences: &[String]| sentences.iter().map(|s| s.split_whitespace().count()).sum::<usize>();
    let whole = words(&sentences);
    if dice.chance(0.5) && sentences.len() > 2 {
        let keep = 0.3 + 0.7 * dice.share();
        while sentences.len() > 1
            && words(&sentences) as f64 > keep * whole as f64
            && words(&sentences[..sentences.len() - 1]) >= 25
        {
            sentences.pop();
        }
        made.kept = words(&sentences) as f64 / whole.max(1) as f64;
    }
    if dice.chance(0.3) && sentences.len() > 6 {
        let at = 1 + dice.below(sentences.len() - 1);
        sentences.remove(at);
    }
    if dice.chance(0.15) && sentences.len() > 3 {
        let at = 1 + dice.below(sentences.len() - 2);
        sentences.swap(at, at + 1);
    }
    made.edited = [0.0, 0.01, 0.03, 0.05, 0.08][dice.below(5)];
    let lent: Vec<&str> = other.split_whitespace().collect();
    for sentence in &mut sentences {
        *sentence = edited(sentence, made.edited, &lent, dice);
    }
    if dice.chance(0.3) {
        let own = words(&sentences);
        for sentence in self::sentences(other).into_iter().skip(2).take(1 + dice.below(3)) {
            if (words(std::slice::from_ref(&sentence)) + made.added) as f64 <= 0.25 * own as f64 {
                made.added += sentence.split_whitespace().count();
                sentences.push(sentence);
            }
        }
    }
    let (city, outlet) = (CITIES[dice.below(CITIES.len())], OUTLETS[dice.below(OUTLETS.len())]);
    let head = match dice.below(4) {
        0 => String::new(),
        1 => format!("{city} ({outlet}) - "),
        2 => format!("{city}, Nov {} : ", 1 + dice.below(28)),
        _ => format!("By our correspondent in {city}. "),
    };
    let mut out = head + &sentences.join(" ");
    if dice.chance(0.25) {
        made.stripped = true;
        out = out
            .to_lowercase()
            .chars()
            .map(|c| if c.is_alphanumeric() || c.is_whitespace() { c } else { ' ' })
            .collect();
    }
    (out, made)
}

/// "BEIRUT (Agency) - The army …" from "The army" on.
fn without_dateline(text: &str) -> &str {
    let head = text.char_indices().nth(60).map_or(text, |(at, _)| &text[..at]);
    [" - ", " -- ", " — ", ") "]
        .iter()
        .find_map(|mark| head.find(mark).map(|at| &text[at + mark.len()..]))
        .unwrap_or(text)
}

fn sentences(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut now = String::new();
    for word in text.split_whitespace() {
        now.push_str(word);
        now.push(' ');
        if word.ends_with(['.', '!', '?']) && word.len() > 3 || now.len() > 600 {
            out.push(now.trim().to_owned());
            now.clear();
        }
    }
    if !now.trim().is_empty() {
        out.push(now.trim().to_owned());
    }
    out
}

fn edited(sentence: &str, rate: f64, lent: &[&str], dice: &mut Dice) -> String {
    let spell = rate > 0.0 && dice.chance(0.3);
    let mut out: Vec<String> = Vec::new();
    for word in sentence.split_whitespace() {
        let number = word.parse::<usize>().ok().filter(|n| spell && *n < NUMBERS.len());
        if let Some(n) = number {
            out.push(NUMBERS[n].to_owned());
        } else if !dice.chance(rate) {
            out.push(word.to_owned());
        } else {
            let new = lent.get(dice.below(lent.len())).copied().unwrap_or("also");
            match dice.below(3) {
                0 => out.push(new.to_owned()),
                1 => out.extend([word.to_owned(), new.to_owned()]),
                _ => {}
            }
        }
    }
    out.join(" ")
}
