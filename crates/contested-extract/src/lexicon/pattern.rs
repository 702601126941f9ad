use contested_language::Sentence;
use contested_language::tags::Deprel;

/// How many words may stand between a trigger and a word that belongs to it ("drove the last fighters of the group *out*").
const REACH: u32 = 12;

/// The words of a trigger in order, with the head among them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Pattern {
    words: Vec<String>,
    head: usize,
}

impl Pattern {
    /// Reads `take* over`; a single word is its own head.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let marked: Vec<usize> = (0..words.len()).filter(|&at| words[at].ends_with('*')).collect();
        let head = match (words.len(), marked.as_slice()) {
            (0, _) => return Err("a word is missing".to_owned()),
            (1, _) => 0,
            (_, &[head]) => head,
            _ => return Err(format!("mark exactly one head with `*` in `{text}`")),
        };
        for word in &mut words {
            if let Some(bare) = word.strip_suffix('*') {
                *word = bare.to_owned();
            }
            if word.is_empty() || word.chars().any(|c| c.is_uppercase() || c == '*') {
                return Err(format!("`{text}`: words are lower-case lemmas"));
            }
        }
        Ok(Self { words, head })
    }

    /// The words in order: lemmas, or forms where the word is an adjective.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Index of the head in [`Pattern::words`].
    pub const fn head(&self) -> usize {
        self.head
    }

    /// The head word.
    pub fn head_word(&self) -> &str {
        self.words.get(self.head).map_or("", String::as_str)
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether the pattern has no word (never, once read).
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Tokens of the pattern's words, in order, when its head stands at token `head`; `None` where a word is not there.
    ///
    /// Words before the head must stand right before it or hang on it ("under *the rebels'* control"). Words after it must follow in
    /// order, each right after the one before or within `REACH` words and joined to the head or to the word before it in the tree.
    /// Hyphens are passed over. The head itself is not compared.
    pub fn locate(&self, sentence: &Sentence, head: u32) -> Option<Vec<u32>> {
        let mut found = vec![head];
        let mut at = head;
        for word in self.words[..self.head].iter().rev() {
            let start = at.saturating_sub(REACH);
            at = (start..at)
                .rev()
                .find(|&token| is_word(sentence, token, word) && before(sentence, token, head, at))?;
            found.insert(0, at);
        }
        let mut last = head;
        for word in &self.words[self.head + 1..] {
            let end = (last + REACH + 1).min(sentence.tokens.len() as u32);
            let next = (last + 1..end)
                .find(|&token| is_word(sentence, token, word) && joined(sentence, token, head, last))?;
            found.push(next);
            last = next;
        }
        Some(found)
    }
}

fn is_hyphen(sentence: &Sentence, at: u32) -> bool {
    sentence.tokens.get(at as usize).is_some_and(|token| token.norm == "-")
}

fn is_word(sentence: &Sentence, at: u32, word: &str) -> bool {
    sentence.tokens.get(at as usize).is_some_and(|token| token.lemma == word || token.norm == word)
}

/// Whether `token`, before the head, belongs with the words found so far, of which the first stands at `next`.
fn before(sentence: &Sentence, token: u32, head: u32, next: u32) -> bool {
    token + 1 == next
        || (token + 2 == next && is_hyphen(sentence, token + 1))
        || sentence.tokens[token as usize].head == Some(head)
}

/// Whether `token`, after the head, belongs with the words found so far.
fn joined(sentence: &Sentence, token: u32, head: u32, last: u32) -> bool {
    if token == last + 1 || (token == last + 2 && is_hyphen(sentence, last + 1)) {
        return true;
    }
    let parent = sentence.tokens[token as usize].head;
    if parent == Some(head) || parent == Some(last) || sentence.tokens[last as usize].head == Some(token) {
        return true;
    }
    // "under" of "came under the control": a case mark whose noun hangs on the head.
    let case = sentence.tokens[token as usize].deprel.is(Deprel::Case);
    let above = |noun: u32| sentence.tokens.get(noun as usize).and_then(|noun| noun.head);
    // or on its object: "drove the rebels out of the town"
    case && parent.and_then(above).is_some_and(|up| up == head || up > head && above(up) == Some(head))
}
