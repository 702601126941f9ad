use std::collections::BTreeSet;
use std::ops::Range;

/// Words in a shingle. Shorter runs are shared by reports of one war that have nothing else in common.
const RUN: usize = 4;
/// One shingle in so many is a mark.
const ONE_IN: u64 = 16;
/// A text has so many marks at least, if it has so many shingles.
const FEWEST: usize = 8;
/// And so many at most: a book is filed under a thousand pages, not under all.
const MOST: usize = 1024;
/// A copy has at least this share of its shingles from its original.
const SHARE: f64 = 0.5;
/// Texts of fewer shingles are copies only if all of their words agree: a headline is soon like another.
const SHORT: usize = 12;
/// Of two texts of fewer shingles in which another name stands between the same words, neither is a copy: they are one form, filled for two towns.
const FORM: usize = 32;
/// Two texts of which so many numbers differ between the same words are two fillings of one form, or two states of one toll.
const OTHER_NUMBERS: usize = 2;
/// One other number among no equal ones is a slip, or the count of an edition, where so much of the rest agrees.
const ALMOST_ALL: f64 = 0.85;

/// What a text is known by: its runs of four words, in lower case and without punctuation, so that stripped and tokenised copies have the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shingles {
    /// Hashes, in order, each once.
    runs: Vec<u64>,
    /// Numbers: hash of the two words before and the two behind, and of the number itself; likewise.
    numbers: Vec<(u64, u64)>,
    /// Runs of words that begin with a capital and go on in small letters, likewise: "Khan al-Wadi" is one name.
    names: Vec<(u64, u64)>,
}

impl Shingles {
    /// Those of `text`.
    pub fn of(text: &str) -> Self {
        let mut words = Vec::new();
        let (mut at_numbers, mut at_names): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
        let mut article = false;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let at = words.len();
            if word.chars().all(|c| c.is_ascii_digit()) {
                at_numbers.push(at..at + 1);
            } else if word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase) {
                match at_names.last_mut().filter(|name| name.end == at || name.end + 1 == at && article) {
                    Some(name) => name.end = at + 1,
                    None => at_names.push(at..at + 1),
                }
            }
            article = matches!(word, "al" | "el");
            words.push(hash_of(word));
        }
        let sum_of = |near: &[usize]| {
            near.iter().fold(0, |sum, &near| mixed(sum ^ words.get(near).copied().unwrap_or_default()))
        };
        let between = |found: &[Range<usize>]| -> Vec<(u64, u64)> {
            let around = |at: &Range<usize>| {
                sum_of(&[at.start.wrapping_sub(2), at.start.wrapping_sub(1), at.end, at.end + 1])
            };
            let own = |at: &Range<usize>| sum_of(&at.clone().collect::<Vec<_>>());
            let found: BTreeSet<(u64, u64)> = found.iter().map(|at| (around(at), own(at))).collect();
            found.into_iter().collect()
        };
        let (numbers, names) = (between(&at_numbers), between(&at_names));
        let run = RUN.min(words.len().max(1));
        let mut runs: Vec<u64> = words
            .windows(run)
            .map(|run| run.iter().fold(0x9e37_79b9_7f4a_7c15, |sum, word| mixed(sum ^ word)))
            .collect();
        runs.sort_unstable();
        runs.dedup();
        Self { runs, numbers, names }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Whether the text has no word.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The marks to file the text under and to look it up by: the lowest hashes, a sixteenth of all.
    pub fn marks(&self) -> &[u64] {
        let sampled = self.runs.partition_point(|&run| run < u64::MAX / ONE_IN);
        &self.runs[..sampled.clamp(FEWEST.min(self.runs.len()), MOST.max(FEWEST))]
    }

    /// The share of these shingles, 0 to 1, that stand in `other`, too.
    pub fn share_in(&self, other: &Self) -> f64 {
        share(&self.runs, &other.runs)
    }
}

/// The share of `later` that comes from `earlier`, if `later` is a copy of it: cut, edited, under another dateline or with a line more, but for the
/// most part its words.
pub fn share_of_copy(later: &Shingles, earlier: &Shingles) -> Option<f64> {
    let found = later.share_in(earlier);
    let least = if later.len() < SHORT { 1.0 } else { SHARE };
    if later.len() < FORM && between_the_same(&later.names, &earlier.names).1 > 0 {
        return None;
    }
    let (same, other) = between_the_same(&later.numbers, &earlier.numbers);
    let agree = other == 0 || other < OTHER_NUMBERS && (other < same || found >= ALMOST_ALL);
    (!later.is_empty() && found >= least && agree).then_some(found)
}

/// How many numbers or names of `later` stand in `earlier` between the same words, and instead of how many stands another there.
fn between_the_same(later: &[(u64, u64)], earlier: &[(u64, u64)]) -> (usize, usize) {
    let (mut same, mut other) = (0, 0);
    for number in later {
        if earlier.binary_search(number).is_ok() {
            same += 1;
        } else {
            let from = earlier.partition_point(|(around, _)| *around < number.0);
            other += usize::from(earlier.get(from).is_some_and(|(around, _)| *around == number.0));
        }
    }
    (same, other)
}

/// The share of `some` (in order) that is in `all` (in order); 1 where there is none.
fn share(some: &[u64], all: &[u64]) -> f64 {
    if some.is_empty() {
        return 1.0;
    }
    let mut all = all.iter().peekable();
    let common = some.iter().filter(|&wanted| {
        while all.next_if(|&have| have < wanted).is_some() {}
        all.peek() == Some(&wanted)
    });
    common.count() as f64 / some.len() as f64
}

/// FNV-1a over the letters in lower case.
fn hash_of(word: &str) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let mut letter = [0; 4];
    for c in word.chars().flat_map(char::to_lowercase) {
        for byte in c.encode_utf8(&mut letter).bytes() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    sum
}

/// The finaliser of SplitMix64: every bit of the sum moves every bit of the result.
const fn mixed(sum: u64) -> u64 {
    let sum = (sum ^ (sum >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let sum = (sum ^ (sum >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    sum ^ (sum >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STORY: &str = "BEIRUT (Wire) - The army's vanguard crossed the river at dawn on Tuesday and took two villages on its far bank, a commander \
        said. Shells fell on the market of the nearer village until noon; 14 people were hurt, the hospital's director said by telephone. \
        Residents had left for the hills the night before, carrying what they could.";

    fn copy(text: &str) -> Option<f64> {
        share_of_copy(&Shingles::of(text), &Shingles::of(STORY))
    }

    #[test]
    fn dress_and_place_of_filing_are_nothing() {
        assert_eq!(copy(STORY), Some(1.0));
        let stripped = STORY.to_lowercase().replace("'s", " s").replace(['(', ')', '-', ',', ';'], " ");
        assert_eq!(copy(&stripped), Some(1.0));
        assert!(copy(&STORY.replace("BEIRUT (Wire)", "DAMASCUS, Nov 7 (Other)")).is_some());
    }

    #[test]
    fn a_cut_copy_is_one_and_the_longer_text_is_no_copy_of_the_cut() {
        let cut = STORY.split(". Shells").next().unwrap();
        assert_eq!(copy(cut), Some(1.0));
        let longer = format!(
            "{STORY} {}",
            "Elsewhere other men did other things, and nobody wrote down what they did. ".repeat(3)
        );
        assert!(copy(&longer).is_some(), "a few lines more make no new report");
        assert!(share_of_copy(&Shingles::of(STORY), &Shingles::of(cut)).is_none());
    }

    #[test]
    fn forms_with_other_numbers_are_no_copies() {
        let bulletin = |day: u8, dead: u8, places: u8| {
            format!(
                "Situation bulletin of {day} November. Within the last day the commission recorded {dead} violations of the truce in {places} provinces. \
                     The regime of silence is observed in most of the districts of the country."
            )
        };
        assert!(
            share_of_copy(&Shingles::of(&bulletin(8, 11, 3)), &Shingles::of(&bulletin(7, 14, 2))).is_none()
        );
    }

    #[test]
    fn one_form_filled_for_two_towns_is_no_copy() {
        let form = |town: &str| {
            format!(
                "{town} is a town on the river. The army kept control of the town and of the road to the north for all of the year."
            )
        };
        let (one, other) = (Shingles::of(&form("Sabkha")), Shingles::of(&form("Maadan")));
        assert_eq!(share_of_copy(&other, &one), None);
        let longer = Shingles::of(&form("Khan al-Wadi"));
        assert_eq!(share_of_copy(&longer, &one), None, "a name may be of several words");
        let edited = form("Sabkha").replace("kept", "held");
        assert!(share_of_copy(&Shingles::of(&edited), &one).is_some());
        assert!(share_of_copy(&Shingles::of(&form("Sabkha").to_lowercase()), &one).is_some());
    }

    #[test]
    fn a_short_text_is_a_copy_only_word_for_word() {
        let one = |text| Shingles::of(text);
        assert!(share_of_copy(&one("Rebels captured Rawa."), &one("rebels captured rawa")).is_some());
        assert!(
            share_of_copy(&one("Rebels captured Rawa."), &one("Rebels captured Rawa on Friday.")).is_none()
        );
        assert!(share_of_copy(&one(""), &one("")).is_none(), "nothing is no copy of nothing");
    }

    proptest! {
        /// Any text is a copy of itself as a whole, shares are shares, and marks are bounded and found again in whatever holds the text.
        #[test]
        fn shares_are_shares(a in "\\PC{0,300}", b in "\\PC{0,300}") {
            let (one, other) = (Shingles::of(&a), Shingles::of(&b));
            prop_assert!((0.0..=1.0).contains(&one.share_in(&other)));
            prop_assert_eq!(one.share_in(&one).to_bits(), 1.0_f64.to_bits());
            prop_assert!(one.marks().len() <= MOST && one.marks().len() >= FEWEST.min(one.len()));
        }
    }
}
