//! Reads the lexicon's slots and conditions off the tree.

use contested_language::tags::{Deprel, Upos, Xpos};
use contested_model::WhoHurt;

use crate::arguments::{self, Arguments};
use crate::lexicon::{Condition, Form, Lexicon, MentionKind, Slot, SlotList, Step, Test};
use crate::mentions::{Mentions, Sort};
use crate::nouns::{self, Class};
use crate::tree::Tree;

/// Right parts of compound modifiers that copy without hyphens writes as words of their own.
const UNHYPHENATED: &[&str] = &[
    "held",
    "controlled",
    "occupied",
    "backed",
    "led",
    "linked",
    "aligned",
    "allied",
    "besieged",
    "run",
    "affiliated",
    "supported",
    "sponsored",
    "inspired",
    "funded",
    "trained",
    "armed",
    "dominated",
    "commanded",
];

/// A predicate with its arguments, ready to be asked.
pub(crate) struct Site<'a> {
    pub(crate) sentence: usize,
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) mentions: &'a Mentions,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) at: u32,
    pub(crate) arguments: Arguments,
}

impl<'a> Site<'a> {
    pub(crate) fn new(
        sentence: usize,
        tree: &'a Tree<'a>,
        mentions: &'a Mentions,
        lexicon: &'a Lexicon,
        at: u32,
    ) -> Self {
        Self { sentence, tree, mentions, lexicon, at, arguments: arguments::of(tree, at) }
    }

    /// Tokens that stand in `slot`, coordinated ones included, in order of the text.
    pub(crate) fn tokens(&self, slot: &Slot) -> Vec<u32> {
        let first = self.step(&self.arguments, self.at, &slot.first);
        let mut found = match &slot.then {
            None => first,
            Some(then) => first
                .into_iter()
                .flat_map(|token| self.step(&arguments::of(self.tree, token), token, then))
                .collect(),
        };
        found = found.into_iter().flat_map(|token| self.tree.coordinated(token)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Tokens of the first alternative of `list` that `accept` lets something through of.
    pub(crate) fn choose(&self, list: &SlotList, mut accept: impl FnMut(u32, &Slot) -> bool) -> Vec<u32> {
        for alternative in &list.0 {
            let mut found: Vec<u32> = Vec::new();
            for slot in alternative {
                for token in self.tokens(slot) {
                    if !found.contains(&token) && accept(token, slot) {
                        found.push(token);
                    }
                }
            }
            if !found.is_empty() {
                found.sort_unstable();
                return found;
            }
        }
        Vec::new()
    }

    fn step(&self, arguments: &Arguments, at: u32, step: &Step) -> Vec<u32> {
        match step {
            Step::Being => self.being(at),
            Step::Noun if self.compounded(at).is_some() => self.compounded(at).into_iter().collect(),
            Step::Mod if self.compounded(at).is_some() => self.left_of_hyphen(at).into_iter().collect(),
            Step::Noun => {
                let mut found: Vec<u32> = arguments.at(&Step::Noun).collect();
                if found.is_empty() {
                    found.extend(self.tree.child_by(at, Deprel::Nsubj));
                }
                found
            }
            Step::Peer => self.peers(at),
            Step::Comp => arguments
                .at(&Step::Comp)
                .flat_map(|clause| {
                    self.tree
                        .children(clause)
                        .iter()
                        .copied()
                        .filter(|&c| self.tree.deprel(c).is(Deprel::Nsubj))
                        .collect::<Vec<_>>()
                })
                .collect(),
            Step::Any => {
                let mut found = self.tree.children(at).to_vec();
                for argument in &arguments.all {
                    if !found.contains(&argument.token) {
                        found.push(argument.token);
                    }
                }
                found
            }
            Step::By => {
                let mut found: Vec<u32> = arguments.at(&Step::By).collect();
                found.retain(|&token| {
                    self.tree.case(token) == "by" || self.tree.deprel(token) == Deprel::OblAgent
                });
                found
            }
            step => arguments.at(step).collect(),
        }
    }

    /// Whether `at` is the right part of "rebel-held" before a noun; the noun then, wherever the parser hung the participle.
    fn compounded(&self, at: u32) -> Option<u32> {
        let tree = self.tree;
        self.left_of_hyphen(at)?;
        if !matches!(tree.upos(at), Upos::Verb | Upos::Adj) {
            return None;
        }
        let own = tree.head(at).filter(|&head| head > at && tree.deprel(at) == Deprel::Amod);
        let run: Vec<u32> = (at + 1..tree.len())
            .take_while(|&t| matches!(tree.upos(t), Upos::Adj | Upos::Noun | Upos::Propn))
            .take(5)
            .filter(|&t| tree.upos(t) != Upos::Adj && !tree.deprel(t).is(Deprel::Flat))
            .filter(|&t| own.is_none_or(|noun| t <= noun))
            .collect();
        // "Saudi-led coalition airstrikes": the coalition is led, not its strikes
        let somebody = |t: u32| {
            self.mentions.at(self.sentence, t).is_some_and(|m| {
                let mention = &self.mentions.all[m];
                !mention.event && !matches!(mention.sort, Sort::Thing | Sort::Weapon | Sort::Time)
            })
        };
        run.iter().rev().copied().find(|&t| somebody(t)).or(own).or(run.last().copied())
    }

    /// The word before the hyphen that `at` follows, or that it follows without one ("in rebel held Idlib").
    fn left_of_hyphen(&self, at: u32) -> Option<u32> {
        let tree = self.tree;
        if at >= 2 && tree.norm(at - 1) == "-" {
            return Some(at - 2);
        }
        let left = at.checked_sub(1)?;
        let before = left.checked_sub(1)?;
        let named = matches!(tree.upos(left), Upos::Propn | Upos::Noun)
            || tree.upos(left) == Upos::Adj && self.mentions.at(self.sentence, left).is_some();
        // nothing but a compound stands between a preposition or article and the noun
        let opened = matches!(tree.upos(before), Upos::Adp | Upos::Det | Upos::Punct);
        let followed =
            at + 1 < tree.len() && matches!(tree.upos(at + 1), Upos::Propn | Upos::Noun | Upos::Adj);
        let bare = UNHYPHENATED.contains(&tree.norm(at))
            && matches!(tree.xpos(at), Xpos::Vbn | Xpos::Vbd | Xpos::Jj);
        (bare && named && opened && followed).then_some(left)
    }

    /// Whether the word is the right part of a compound modifier: read as an adjective first.
    pub(crate) fn is_compounded(&self) -> bool {
        self.compounded(self.at).is_some()
    }

    /// "leader Abu Ahmed", "ally Russia": the name beside a title, even where the parser made it a sister.
    fn beside(&self, at: u32) -> Option<u32> {
        let tree = self.tree;
        let next = at + 1;
        if tree.upos(at) != Upos::Noun || next >= tree.len() || tree.upos(next) != Upos::Propn {
            return None;
        }
        (next..tree.len()).take(6).take_while(|&t| tree.upos(t) == Upos::Propn).find(|&t| {
            self.mentions.at(self.sentence, t).is_some()
                && (tree.head(t) == tree.head(at) || tree.head(t) == Some(at) || tree.head(at) == Some(t))
        })
    }

    /// "Abu Ahmed, a commander of …": the name before the comma, where the parser made no apposition.
    fn before_comma(&self, at: u32) -> Option<u32> {
        let tree = self.tree;
        let mut left = at;
        while left > 0 && matches!(tree.upos(left - 1), Upos::Det | Upos::Adj | Upos::Noun | Upos::Num) {
            left -= 1;
        }
        if left < 2 || tree.norm(left - 1) != "," {
            return None;
        }
        let mut name = left - 2;
        // "the front ( F ) , an alliance of clans"
        if tree.norm(name) == ")" {
            let open = (name.saturating_sub(4)..name).rev().find(|&t| tree.norm(t) == "(")?;
            name = open.checked_sub(1)?;
        }
        if tree.upos(name) != Upos::Propn {
            return None;
        }
        while tree.deprel(name).is(Deprel::Flat)
            && let Some(head) = tree.head(name).filter(|&head| head < name)
        {
            name = head;
        }
        self.mentions.at(self.sentence, name).map(|_| name)
    }

    /// The other side of a copula or an apposition.
    fn being(&self, at: u32) -> Vec<u32> {
        let tree = self.tree;
        let mut found: Vec<u32> = Vec::new();
        if tree.child_by(at, Deprel::Cop).is_some() {
            found.extend(tree.child_by(at, Deprel::Nsubj));
        }
        if tree.deprel(at).is(Deprel::Appos) || tree.deprel(at) == Deprel::NmodDesc {
            // "a campaign by the front (F), an alliance of clans": the parser may hang the apposition on the campaign
            let head = tree.head(at).filter(|&head| {
                self.mentions.at(self.sentence, head).is_none_or(|m| {
                    let mention = &self.mentions.all[m];
                    !mention.event && mention.sort != Sort::Thing
                })
            });
            found.extend(head.or_else(|| self.before_comma(at)).or_else(|| tree.head(at)));
        }
        found.extend(tree.children_by(at, Deprel::Appos));
        // "commander Abu Ahmed": the name that the title stands before
        found.extend(tree.children_by(at, Deprel::Flat).filter(|&c| c > at).take(1));
        if matches!(tree.deprel(at), Deprel::Compound | Deprel::Amod)
            && let Some(head) = tree.head(at).filter(|&h| h > at)
        {
            found.push(head);
        }
        if (tree.deprel(at) == Deprel::Xcomp || tree.deprel(at).is(Deprel::Obl) && tree.case(at) == "as")
            && let Some(verb) = tree.head(at)
        {
            // "a man identified as a member": whom the participle describes
            let described =
                || tree.head(verb).filter(|&noun| tree.deprel(verb).is(Deprel::Acl) && noun < verb);
            let told = tree.child_by(verb, Deprel::Obj).or_else(|| tree.child_by(verb, Deprel::Nsubj));
            found.extend(told.or_else(described));
        }
        // "the army was reported in control of the town"
        if tree.deprel(at).is(Deprel::Obl)
            && tree.case(at) == "in"
            && matches!(tree.lemma(at), "control" | "charge")
            && let Some(verb) = tree.head(at).filter(|&verb| tree.is_passive(verb))
        {
            found.extend(tree.child_by(verb, Deprel::NsubjPass));
        }
        // "identified the group's leader as X", "X as deputy commander"
        if tree.deprel(at).is(Deprel::Nmod) && tree.case(at) == "as" {
            found.extend(tree.head(at));
        }
        if tree.deprel(at).is(Deprel::Obj)
            && let Some(verb) = tree.head(at)
        {
            found.extend(
                tree.children_by(verb, Deprel::Obl)
                    .find(|&c| c > at && tree.case(c) == "as" && tree.upos(c) == Upos::Propn),
            );
        }
        // "X is one of its main backers", "X, one of the leaders of Y": who is one of them
        if found.is_empty()
            && tree.deprel(at).is(Deprel::Nmod)
            && tree.case(at) == "of"
            && let Some(one) =
                tree.head(at).filter(|&head| head < at && matches!(tree.norm(head), "one" | "some" | "among"))
        {
            found.extend(self.being(one));
        }
        if found.is_empty() {
            found.extend(self.beside(at).or_else(|| self.before_comma(at)));
        }
        // "proxies such as X": who is meant by them
        if found.is_empty() {
            found
                .extend(tree.children_by(at, Deprel::Nmod).filter(|&c| {
                    c > at && matches!(tree.case(c).as_str(), "such as" | "like" | "including")
                }));
        }
        found
    }

    /// "the army and allied militias": from "allied" to the army.
    fn peers(&self, at: u32) -> Vec<u32> {
        let tree = self.tree;
        let Some(noun) = tree.head(at).filter(|&noun| tree.deprel(at).is(Deprel::Amod) && noun > at) else {
            return Vec::new();
        };
        if tree.deprel(noun) == Deprel::Conj { tree.head(noun).into_iter().collect() } else { Vec::new() }
    }

    /// Whether all conditions of a sense hold here.
    pub(crate) fn holds(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| self.answer(&condition.test) != condition.negated)
    }

    fn answer(&self, test: &Test) -> bool {
        match test {
            Test::Filled(slot) => !self.tokens(slot).is_empty(),
            Test::Kind(slot, kinds) => {
                self.tokens(slot).into_iter().any(|token| kinds.iter().any(|&kind| self.is_kind(token, kind)))
            }
            Test::Weapon(slot, classes) => self.with_modifiers(slot).into_iter().any(|token| {
                self.lexicon.weapon(self.tree.lemma(token)).is_some_and(|class| classes.contains(&class))
            }),
            Test::Lemma(slot, lemmas) => self.with_modifiers(slot).into_iter().any(|token| {
                lemmas.iter().any(|lemma| lemma == self.tree.lemma(token) || lemma == self.tree.norm(token))
            }),
            Test::Head(lemmas) => self
                .tree
                .head(self.at)
                .is_some_and(|head| lemmas.iter().any(|lemma| lemma == self.tree.lemma(head))),
            Test::Form(form) => self.has_form(*form),
        }
    }

    fn with_modifiers(&self, slot: &Slot) -> Vec<u32> {
        let mut found = self.tokens(slot);
        for token in found.clone() {
            found.extend(self.tree.children(token).iter().copied().filter(|&c| {
                matches!(self.tree.deprel(c).base(), Deprel::Compound | Deprel::Amod | Deprel::Nmod)
            }));
        }
        found
    }

    fn is_kind(&self, token: u32, kind: MentionKind) -> bool {
        let lemma = self.tree.lemma(token);
        let sort = self.mentions.at(self.sentence, token).map(|index| {
            let mention = &self.mentions.all[self.mentions.resolved(index)];
            mention.sort
        });
        match kind {
            MentionKind::Actor => matches!(sort, Some(Sort::Actor | Sort::Both | Sort::Pronoun)),
            MentionKind::Place => matches!(sort, Some(Sort::Place | Sort::Both)),
            MentionKind::Weapon => sort == Some(Sort::Weapon) || self.lexicon.weapon(lemma).is_some(),
            MentionKind::People => sort == Some(Sort::People) || self.lexicon.person(lemma).is_some(),
            MentionKind::Civilian => {
                let told = self.mentions.at(self.sentence, token).map(|index| &self.mentions.all[index]);
                let people = sort == Some(Sort::Both) && told.is_some_and(|mention| mention.plural);
                let fights = nouns::is(lemma, Class::Fighter)
                    || self.lexicon.person(lemma) == Some(WhoHurt::Combatant);
                people || !fights && (sort == Some(Sort::People) || self.lexicon.person(lemma).is_some())
            }
            MentionKind::Number => self.tree.upos(token) == Upos::Num,
            MentionKind::Other => {
                matches!(sort, None | Some(Sort::Thing | Sort::Time))
                    && self.lexicon.weapon(lemma).is_none()
                    && self.lexicon.person(lemma).is_none()
            }
        }
    }

    fn has_form(&self, form: Form) -> bool {
        let xpos = self.tree.xpos(self.at);
        match form {
            Form::Passive => self.tree.is_passive(self.at),
            Form::Active => !self.tree.is_passive(self.at),
            Form::Ing => xpos == Xpos::Vbg || self.tree.norm(self.at).ends_with("ing"),
            Form::Participle => {
                let deprel = self.tree.deprel(self.at);
                xpos == Xpos::Vbn && matches!(deprel.base(), Deprel::Amod | Deprel::Acl)
                    // "backed by jets, the army entered": it describes the subject
                    || xpos == Xpos::Vbn
                        && deprel.base() == Deprel::Advcl
                        && self.tree.child_by(self.at, Deprel::Aux).is_none()
                        && self.tree.child_by(self.at, Deprel::AuxPass).is_none()
                        && self.tree.child_by(self.at, Deprel::Mark).is_none()
                    || xpos == Xpos::Vbg && deprel == Deprel::Acl
            }
            Form::Plural => matches!(xpos, Xpos::Nns | Xpos::Nnps),
            Form::Singular => matches!(xpos, Xpos::Nn | Xpos::Nnp),
        }
    }
}
