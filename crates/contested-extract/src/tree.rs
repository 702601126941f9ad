//! A sentence's dependency tree with constant-time access to children, and the plain questions rules ask of it.

use contested_language::tags::{Deprel, Upos, Xpos};
use contested_language::{Sentence, Token};

/// One sentence's tree. Token indices are positions in the sentence.
pub(crate) struct Tree<'a> {
    pub(crate) sentence: &'a Sentence,
    /// Children of token `i` are `items[starts[i]..starts[i + 1]]`, in order of the text.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(sentence: &'a Sentence) -> Self {
        let count = sentence.tokens.len();
        let mut starts = vec![0u32; count + 1];
        for token in &sentence.tokens {
            if let Some(head) = token.head {
                starts[head as usize + 1] += 1;
            }
        }
        for i in 0..count {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts[count] as usize];
        for (i, token) in sentence.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                items[next[head as usize] as usize] = i as u32;
                next[head as usize] += 1;
            }
        }
        Self { sentence, starts, items }
    }

    pub(crate) fn len(&self) -> u32 {
        self.sentence.tokens.len() as u32
    }

    pub(crate) fn token(&self, at: u32) -> &'a Token {
        &self.sentence.tokens[at as usize]
    }

    pub(crate) fn lemma(&self, at: u32) -> &'a str {
        &self.token(at).lemma
    }

    pub(crate) fn norm(&self, at: u32) -> &'a str {
        &self.token(at).norm
    }

    pub(crate) fn upos(&self, at: u32) -> Upos {
        self.token(at).upos
    }

    pub(crate) fn xpos(&self, at: u32) -> Xpos {
        self.token(at).xpos
    }

    pub(crate) fn deprel(&self, at: u32) -> Deprel {
        self.token(at).deprel
    }

    pub(crate) fn head(&self, at: u32) -> Option<u32> {
        self.token(at).head
    }

    pub(crate) fn children(&self, at: u32) -> &[u32] {
        &self.items[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }

    pub(crate) fn children_by(&self, at: u32, deprel: Deprel) -> impl Iterator<Item = u32> + '_ {
        self.children(at).iter().copied().filter(move |&child| self.deprel(child).is(deprel))
    }

    pub(crate) fn child_by(&self, at: u32, deprel: Deprel) -> Option<u32> {
        self.children_by(at, deprel).next()
    }

    /// Heads of `at` from its parent to the root.
    pub(crate) fn ancestors(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.head(at), |&node| self.head(node)).take(self.sentence.tokens.len())
    }

    /// `at` and all below it, in order of the text.
    pub(crate) fn subtree(&self, at: u32) -> Vec<u32> {
        let mut all = vec![at];
        let mut done = 0;
        while done < all.len() {
            all.extend_from_slice(self.children(all[done]));
            done += 1;
        }
        all.sort_unstable();
        all
    }

    /// The words of the case markers of `at`, lower case, joined by spaces ("because of", "in"); empty when there are none.
    pub(crate) fn case(&self, at: u32) -> String {
        let mut words = String::new();
        for child in self.children_by(at, Deprel::Case) {
            if self.token(child).possessive || self.norm(child) == "'s" {
                continue;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(self.norm(child));
            for part in self.children_by(child, Deprel::Fixed) {
                words.push(' ');
                words.push_str(self.norm(part));
            }
        }
        words
    }

    /// Whether `at` is a verb in the passive (a passive subject, a passive auxiliary, or a bare past participle after a noun).
    pub(crate) fn is_passive(&self, at: u32) -> bool {
        if self.children_by(at, Deprel::NsubjPass).next().is_some()
            || self.children_by(at, Deprel::AuxPass).next().is_some()
        {
            return true;
        }
        let reduced = !self.goes_somewhere(at)
            && self.xpos(at) == Xpos::Vbn
            && self.deprel(at).is(Deprel::Acl)
            && self.deprel(at) != Deprel::AclRelcl
            && self.child_by(at, Deprel::Aux).is_none();
        let adverbial = self.xpos(at) == Xpos::Vbn
            && self.deprel(at).is(Deprel::Advcl)
            && self.child_by(at, Deprel::Aux).is_none()
            && self.child_by(at, Deprel::Nsubj).is_none()
            && self.child_by(at, Deprel::Obj).is_none();
        // "was hit by an air strike and destroyed"
        let bare = |label: Deprel| self.child_by(at, label).is_none();
        let beside = self.xpos(at) == Xpos::Vbn
            && self.deprel(at).is(Deprel::Conj)
            && bare(Deprel::Aux)
            && bare(Deprel::Nsubj)
            && bare(Deprel::Obj)
            && self.head(at).is_some_and(|head| head < at && self.is_passive(head));
        reduced || adverbial || beside
    }

    /// Whether a participle after a noun is really a finite verb that the parser hung there: it has an object of its own, or goes
    /// "into", "towards" somewhere, and nobody does it to the noun.
    pub(crate) fn goes_somewhere(&self, at: u32) -> bool {
        let by =
            self.children(at).iter().any(|&c| self.deprel(c) == Deprel::OblAgent || self.case(c) == "by");
        let own_object = self.child_by(at, Deprel::Obj).is_some();
        let whither = self
            .children(at)
            .iter()
            .any(|&c| matches!(self.case(c).as_str(), "into" | "towards" | "toward" | "onto"))
            || (at + 1 < self.len() && matches!(self.norm(at + 1), "into" | "towards" | "toward" | "onto"));
        !by && self.deprel(at).is(Deprel::Acl) && (own_object || whither)
    }

    /// Whether `at` is a verb or stands where one does.
    pub(crate) fn is_verbal(&self, at: u32) -> bool {
        self.upos(at) == Upos::Verb || (self.xpos(at).is_verb() && self.upos(at) != Upos::Aux)
    }

    /// Whether `at` is the head of a noun phrase.
    pub(crate) fn is_nominal(&self, at: u32) -> bool {
        matches!(self.upos(at), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym)
            || (self.upos(at) == Upos::Adj
                && matches!(self.deprel(at).base(), Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::Nmod))
    }

    /// `at` and the nouns coordinated with it, in order of the text.
    pub(crate) fn coordinated(&self, at: u32) -> Vec<u32> {
        let mut all = vec![at];
        let mut done = 0;
        while done < all.len() {
            let node = all[done];
            all.extend(self.children_by(node, Deprel::Conj).filter(|&c| self.is_nominal(c)));
            done += 1;
        }
        all.sort_unstable();
        all
    }
}
