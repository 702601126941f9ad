//! Which language a text is in: whether it is English, and if it surely is not, which one it looks like.
//!
//! A report that is taken for another language is not read, so doubt is for English: lower-cased, tokenised, headline-like and very short texts
//! are English unless their letters are of another script.

/// English words that hold sentences together and that other languages written in Latin letters do not use, or hardly.
const ENGLISH: [&str; 40] = [
    "the",
    "of",
    "and",
    "to",
    "that",
    "with",
    "by",
    "from",
    "were",
    "had",
    "been",
    "which",
    "their",
    "who",
    "said",
    "his",
    "has",
    "this",
    "have",
    "they",
    "its",
    "it",
    "would",
    "after",
    "for",
    "are",
    "but",
    "not",
    "be",
    "it's",
    "as",
    "says",
    "at",
    "killed",
    "government",
    "forces",
    "army",
    "near",
    "is",
    "was",
];
/// Share of such words that no other language reaches.
const ENGLISH_SHARE: f64 = 0.06;
/// Fewest words of a text in Latin letters that is taken for another language.
const LEAST_WORDS: usize = 8;
/// Characters that are looked at, in three places of the text.
const SAMPLE: usize = 500;

/// Another language than English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language {
    /// ISO 639-3.
    pub code: &'static str,
    /// Its English name.
    pub name: &'static str,
}

/// The language of `text`, if it surely is not English.
///
/// # Example
/// ```
/// use contested_read::other_language;
/// assert_eq!(other_language("rebels took rawa"), None);
/// assert_eq!(other_language("Армия заняла город, сообщил представитель.").unwrap().name, "Russian");
/// ```
pub fn other_language(text: &str) -> Option<Language> {
    let sample = sample(text);
    let (mut latin, mut others) = (0usize, 0usize);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        // Latin letters end with U+024F; more of them, with accents, are at U+1E00.
        if c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c) {
            latin += 1;
        } else {
            others += 1;
        }
    }
    if others > latin {
        return (others >= 8).then(|| named(&sample));
    }
    let (mut words, mut english) = (0usize, 0usize);
    for word in sample.split(|c: char| !(c.is_alphabetic() || c == '\'')).filter(|word| !word.is_empty()) {
        words += 1;
        english += usize::from(ENGLISH.iter().any(|one| word.eq_ignore_ascii_case(one)));
    }
    if words < LEAST_WORDS || english as f64 / words as f64 >= ENGLISH_SHARE {
        return None;
    }
    let found = whatlang::detect(&sample)?;
    let sure = found.is_reliable() || words >= 60 && english == 0;
    (found.lang() != whatlang::Lang::Eng && sure)
        .then(|| Language { code: found.lang().code(), name: found.lang().eng_name() })
}

/// What a text in other letters than Latin ones looks like.
fn named(sample: &str) -> Language {
    whatlang::detect_lang(sample).map_or(Language { code: "und", name: "an unknown language" }, |lang| {
        Language { code: lang.code(), name: lang.eng_name() }
    })
}

/// The beginning, the middle and the end of a text.
fn sample(text: &str) -> String {
    let third = |from: usize| {
        let from = (from..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        text[from..].chars().take(SAMPLE)
    };
    // A character takes at most four bytes.
    if text.len() <= SAMPLE * 3 {
        return text.to_owned();
    }
    let mut out: String = third(0).collect();
    out.push(' ');
    out.extend(third(text.len() / 2));
    out.push(' ');
    out.extend(third(text.len().saturating_sub(SAMPLE)));
    out
}

#[cfg(test)]
mod tests {
    use super::other_language;

    #[test]
    fn english_in_every_dress_is_english() {
        for text in [
            "Shelling",
            "syria s army and its allies , backed by russian planes , took the town on wednesday",
            "REBELS CAPTURE TOWN NEAR BORDER, MONITOR SAYS",
            "Clashes in Homs, Hama, Idlib, Aleppo, Raqqa",
            "Residents in Deir al-Zor, Albu Kamal and Mayadin report heavy air strikes",
            "Abu Bakr al-Baghdadi, Abu Muhammad al-Julani, Ayman al-Zawahiri",
        ] {
            assert_eq!(other_language(text), None, "{text}");
        }
    }

    /// Sentences that the project wrote itself, each a line of a report as an agency would tell it.
    #[test]
    fn other_languages_are_named() {
        for (code, text) in [
            ("ara", "قالت مصادر محلية إن القوات الحكومية سيطرت على البلدة صباح الأربعاء."),
            ("rus", "Армия заняла город после трёх дней боёв, сообщил представитель министерства."),
            ("ukr", "Українські військові повідомили про обстріл міста вночі, є поранені серед цивільних."),
            ("heb", "כוחות הצבא נכנסו לעיירה ביום רביעי, אמר דובר הצבא."),
            (
                "fra",
                "L'armée a repris la ville mercredi après trois jours de combats, selon un porte-parole du ministère de la défense.",
            ),
            (
                "spa",
                "El ejército tomó la ciudad el miércoles tras tres días de combates, dijo un portavoz del ministerio de defensa.",
            ),
            (
                "deu",
                "Die Armee hat die Stadt am Mittwoch nach drei Tagen heftiger Kämpfe eingenommen, sagte ein Sprecher des Ministeriums.",
            ),
            (
                "por",
                "O exército tomou a cidade na quarta-feira depois de três dias de combates, disse um porta-voz do ministério da defesa.",
            ),
            (
                "ita",
                "L'esercito ha preso la città mercoledì dopo tre giorni di combattimenti, ha detto un portavoce del ministero della difesa.",
            ),
            (
                "tur",
                "Ordu üç gün süren çatışmaların ardından çarşamba günü kasabayı ele geçirdi, dedi bakanlık sözcüsü.",
            ),
            (
                "nld",
                "Het leger heeft de stad woensdag na drie dagen van zware gevechten ingenomen, zei een woordvoerder van het ministerie.",
            ),
            (
                "ind",
                "Tentara merebut kota itu pada hari Rabu setelah tiga hari pertempuran sengit, kata juru bicara kementerian pertahanan.",
            ),
        ] {
            assert_eq!(other_language(text).map(|language| language.code), Some(code), "{text}");
        }
    }
}
