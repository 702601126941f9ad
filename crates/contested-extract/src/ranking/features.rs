//! Named features of a candidate for a role.

use std::collections::BTreeMap;

use contested_language::tags::{Deprel, Upos};
use contested_model::Kind;

use super::candidates::{Candidate, Origin};
use super::paths::{path, tail};
use super::places::{article, more_than};
use super::{Scene, Take, filled, name_of};
use crate::draft::{Draft, Filler};
use crate::lexicon::Role;
use crate::mentions::{Mention, Mentions, Sort};
use crate::nouns::{self, Class};
use crate::sharing::FIGHTING;
use crate::tree::Tree;

/// Who does and suffers how often what the report tells of force.
pub(super) struct Told {
    agents: BTreeMap<String, (usize, usize)>,
    targets: BTreeMap<String, (usize, usize)>,
    drafts: usize,
}

impl Told {
    /// Counts over all drafts; lent participants do not count.
    pub(super) fn of(drafts: &[Draft], mentions: &Mentions) -> Self {
        let mut told = Self { agents: BTreeMap::new(), targets: BTreeMap::new(), drafts: 0 };
        for draft in drafts.iter().filter(|d| FIGHTING.contains(&d.content())) {
            told.drafts += 1;
            for (counts, fillers) in [(&mut told.agents, &draft.agents), (&mut told.targets, &draft.targets)]
            {
                for f in fillers.iter().filter(|f| !f.inherited) {
                    let mention = &mentions.all[mentions.resolved(f.mention)];
                    if matches!(mention.sort, Sort::Actor | Sort::Both) {
                        counts.entry(mention.name.clone()).or_insert((0, f.mention)).0 += 1;
                    }
                }
            }
        }
        told
    }

    fn counts(&self, role: Role) -> &BTreeMap<String, (usize, usize)> {
        if role == Role::Agent { &self.agents } else { &self.targets }
    }

    /// The two that fill `role` most often, from twice on, as mentions.
    pub(super) fn often(&self, role: Role) -> Vec<usize> {
        let mut ranked: Vec<(usize, usize)> =
            self.counts(role).values().copied().filter(|&(n, _)| n > 1).collect();
        ranked.sort_by_key(|&(n, first)| (std::cmp::Reverse(n), first));
        ranked.into_iter().take(2).map(|(_, mention)| mention).collect()
    }

    /// Who fills `role` most often, as a mention; the first of equals.
    fn first(&self, role: Role) -> Option<usize> {
        self.counts(role)
            .values()
            .min_by_key(|&&(n, first)| (std::cmp::Reverse(n), first))
            .map(|&(_, first)| first)
    }

    /// Share of `name` in `role`, in words; what `draft` itself tells is left out.
    fn share(&self, role: Role, name: &str, draft: &Draft, mentions: &Mentions) -> &'static str {
        let own = filled(draft, role)
            .iter()
            .filter(|f| !f.inherited && mentions.all[mentions.resolved(f.mention)].name == name)
            .count();
        let count = self.counts(role).get(name).map_or(0, |&(n, _)| n).saturating_sub(own.min(1));
        let all: usize = self.counts(role).values().map(|&(n, _)| n).sum();
        match (count, 10 * count) {
            (0, _) => "never",
            (1, _) => "once",
            (_, tenfold) if tenfold >= 5 * all => "mostly",
            (_, tenfold) if tenfold >= 3 * all => "often",
            _ => "some",
        }
    }
}

/// What is asked about.
pub(super) struct Features<'a> {
    pub(super) drafts: &'a [Draft],
    pub(super) at: usize,
    pub(super) role: Role,
    /// What the names of the features begin with.
    pub(super) letter: &'static str,
    pub(super) scene: &'a Scene<'a>,
    pub(super) told: &'a Told,
}

impl Features<'_> {
    /// Gives the name of each feature of `candidate` to `take`.
    pub(super) fn each(&self, candidate: &Candidate, all: &[Candidate], take: Take<'_>) {
        let draft = &self.drafts[self.at];
        let content = draft.content();
        let kind = content.as_str();
        let mut say = |parts: &[&str]| with_role(self.letter, parts, take);
        let tree = &self.scene.trees[draft.sentence];
        let pos = tree.upos(draft.at).as_str();
        let outlook = if draft.about.is_some() { "outlook" } else { draft.claim_type.kind().as_str() };
        let rules = all.first().map_or("none", |first| how(&first.fillers, draft, self.role));
        let origin = match candidate.origin {
            Origin::Rules if candidate.fillers.is_empty() => "nobody",
            Origin::Rules => rules,
            Origin::Nobody => "nobody",
            Origin::Here => "here",
            Origin::There(away) if away > 0 => "before",
            Origin::There(_) => "after",
            Origin::Often => "often",
        };
        say(&["from", origin]);
        say(&["from", origin, "rules", rules]);
        say(&["from", origin, kind]);
        say(&["from", origin, kind, pos]);
        say(&["from", origin, outlook]);
        if candidate.fillers.is_empty() {
            let passive = tree.is_verbal(draft.at) && tree.is_passive(draft.at);
            say(&["nobody", kind, rules]);
            say(&["nobody", pos, if passive { "passive" } else { "active" }, rules]);
            say(&["nobody", draft.sense.as_str()]);
            return;
        }
        let other = if self.role == Role::Agent { Role::Target } else { Role::Agent };
        let mentions = self.scene.mentions;
        let first = candidate.fillers[0];
        let (mention, meant) =
            (&mentions.all[first.mention], &mentions.all[mentions.resolved(first.mention)]);
        let sort = sort_of(meant);
        say(&["sort", sort]);
        say(&["sort", sort, kind]);
        say(&["sort", sort, "from", origin]);
        let many = match candidate.fillers.len() {
            1 => "one",
            2 => "two",
            _ => "more",
        };
        say(&["number", many, origin]);
        if mention.refers_to.is_some() {
            say(&["stands-for", sort]);
        }
        if meant.human {
            say(&["human", kind]);
        }
        let class = class_of(meant);
        say(&["class", class]);
        say(&["class", class, kind]);
        if candidate.fillers.len() > 1 {
            let sorts = |f: &Filler| sort_of(&mentions.all[mentions.resolved(f.mention)]);
            let mixed = candidate.fillers.iter().any(|f| sorts(f) != sort);
            say(&["group", if mixed { "mixed" } else { "alike" }, origin]);
            if mixed {
                say(&["group", sort, candidate.fillers.last().map_or(sort, sorts)]);
            }
        }
        if let Some(more) = more_than(candidate, all, self.scene) {
            say(&["less-than", more, origin]);
        }
        let agrees = self.scene.agreement(draft.sentence, meant.country.as_deref(), first.mention);
        say(&["country", agrees]);
        say(&["country", agrees, origin]);
        let breaks = self.scene.breaks_between(draft, mention);
        say(&["breaks", breaks]);
        say(&["breaks", breaks, origin]);
        self.of_report(candidate, kind, origin, &mut say);
        self.beside_others(candidate, other, kind, &mut say);
        self.of_neighbours(candidate, &mut say);
        self.of_camps(candidate, sort, kind, &mut say);
        self.of_ground(candidate, &mut say);
        if mention.sentence == draft.sentence {
            self.of_sentence(tree, draft, mention, sort, all, &mut say);
        } else {
            let away = mention.sentence.abs_diff(draft.sentence);
            say(&["away", ["0", "1", "2", "3", "far"][away.min(4)]]);
        }
    }

    /// How the report tells of the candidate elsewhere.
    fn of_report(&self, candidate: &Candidate, kind: &str, origin: &str, say: &mut dyn FnMut(&[&str])) {
        let (draft, mentions) = (&self.drafts[self.at], self.scene.mentions);
        let Some(name) = name_of(candidate, mentions) else { return };
        let meant = &mentions.all[mentions.resolved(candidate.fillers[0].mention)];
        let agent = self.told.share(Role::Agent, name, draft, mentions);
        let target = self.told.share(Role::Target, name, draft, mentions);
        say(&["acts", agent]);
        say(&["acts", agent, origin]);
        say(&["suffers", target]);
        say(&["suffers", target, origin]);
        say(&["acts", agent, "suffers", target]);
        let lower = name.to_lowercase();
        if self.scene.title.is_some_and(|title| title.contains(&lower)) {
            say(&["title"]);
        }
        self.of_last(name, origin, say);
        let same = self.drafts.iter().enumerate().any(|(at, other)| {
            at != self.at
                && other.content() == draft.content()
                && filled(other, self.role)
                    .iter()
                    .any(|f| !f.inherited && mentions.all[mentions.resolved(f.mention)].name == name)
        });
        if same {
            say(&["same-type"]);
            say(&["same-type", kind]);
        }
        let speaker =
            draft.chain.iter().filter_map(|&s| self.scene.statements[s].speaker.as_ref()).any(|speaker| {
                mentions
                    .at(speaker.sentence, speaker.head)
                    .is_some_and(|index| mentions.all[mentions.resolved(index)].name == name)
            });
        if speaker {
            say(&["speaks"]);
            say(&["speaks", kind]);
        }
        if self.scene.context.knowledge.sources.by_outlet(name).is_some() {
            say(&["outlet"]);
        }
        if let Some(code) = meant.country.as_deref() {
            let ground = draft
                .places
                .first()
                .and_then(|f| {
                    self.scene.ground.resolved[mentions.resolved(f.mention)].as_ref()?.best.as_ref()?.country
                })
                .map(|country| country.to_string());
            let soil = match &ground {
                Some(ground) if ground == code => "own",
                Some(_) => "foreign",
                None => "unknown",
            };
            say(&["soil", soil]);
            say(&["soil", soil, kind]);
            let rank = self.scene.context.countries.iter().position(|(known, _)| known == code);
            say(&["salient", rank.map_or("no", |rank| ["first", "second", "later"][rank.min(2)])]);
        }
    }

    /// Whether the candidate does or suffers what was told last before this, and what is told next.
    fn of_last(&self, name: &str, origin: &str, say: &mut dyn FnMut(&[&str])) {
        let (draft, mentions) = (&self.drafts[self.at], self.scene.mentions);
        let tree = &self.scene.trees[draft.sentence];
        let other_role = if self.role == Role::Agent { Role::Target } else { Role::Agent };
        let has = |d: &Draft, role: Role| {
            filled(d, role).iter().any(|f| mentions.all[mentions.resolved(f.mention)].name == name)
        };
        let told = |d: &&Draft| {
            FIGHTING.contains(&d.content()) && filled(d, self.role).first().is_some_and(|f| !f.inherited)
        };
        let article = article(tree, draft.at);
        if let Some(last) = self.drafts[..self.at].iter().rev().find(told) {
            let label = match (has(last, self.role), has(last, other_role)) {
                (true, _) => "same",
                (_, true) => "other",
                _ => "neither",
            };
            say(&["last", label]);
            say(&["last", label, article]);
            say(&["last", label, origin]);
            let alike = if last.content() == draft.content() { "alike" } else { "unlike" };
            say(&["last", label, alike, article]);
        }
        // what came before as it was filled, lent or not
        let filled_before = |d: &&Draft| FIGHTING.contains(&d.content()) && !filled(d, self.role).is_empty();
        if let Some(previous) = self.drafts[..self.at].iter().rev().find(filled_before) {
            let label = match (has(previous, self.role), has(previous, other_role)) {
                (true, _) => "same",
                (_, true) => "other",
                _ => "neither",
            };
            let away = if previous.sentence == draft.sentence { "here" } else { "there" };
            say(&["previous", label, away]);
            say(&["previous", label, article]);
            say(&["previous", label, previous.content().as_str(), draft.content().as_str()]);
        }
        if let Some(next) = self.drafts[self.at + 1..].iter().find(told) {
            let label = match (has(next, self.role), has(next, other_role)) {
                (true, _) => "same",
                (_, true) => "other",
                _ => "neither",
            };
            say(&["next", label]);
        }
    }

    /// What the candidate does or suffers in the events told beside this one.
    fn of_neighbours(&self, candidate: &Candidate, say: &mut dyn FnMut(&[&str])) {
        let (draft, mentions) = (&self.drafts[self.at], self.scene.mentions);
        let Some(name) = name_of(candidate, mentions) else { return };
        let tree = &self.scene.trees[draft.sentence];
        let other_role = if self.role == Role::Agent { Role::Target } else { Role::Agent };
        let has = |d: &Draft, role: Role| {
            filled(d, role)
                .iter()
                .any(|f| !f.inherited && mentions.all[mentions.resolved(f.mention)].name == name)
        };
        let (mut here, mut lemma) = ([false; 2], [false; 2]);
        for (at, other) in self.drafts.iter().enumerate() {
            if at == self.at || other.claim_type.kind() != Kind::Event && other.about.is_none() {
                continue;
            }
            for (way, role) in [(0, self.role), (1, other_role)] {
                if !has(other, role) {
                    continue;
                }
                let label = if way == 0 { "same" } else { "other" };
                if other.sentence == draft.sentence {
                    here[way] = true;
                    let tie = path(tree, draft.at, other.at);
                    say(&["neighbour", label, &tie]);
                    say(&["neighbour", label, other.content().as_str(), draft.content().as_str()]);
                }
                let word = |d: &Draft| self.scene.trees[d.sentence].lemma(d.at);
                lemma[way] |= word(other) == word(draft);
            }
        }
        for (way, label) in [(0, "same"), (1, "other")] {
            if here[way] {
                say(&["neighbour", label]);
            }
            if lemma[way] {
                say(&["same-word", label]);
            }
        }
    }

    /// How the candidate stands to who fills the other role.
    fn beside_others(&self, candidate: &Candidate, other: Role, kind: &str, say: &mut dyn FnMut(&[&str])) {
        let (draft, mentions) = (&self.drafts[self.at], self.scene.mentions);
        let meant = &mentions.all[mentions.resolved(candidate.fillers[0].mention)];
        let beside = filled(draft, other);
        let across = beside.first().map(|f| &mentions.all[mentions.resolved(f.mention)]);
        let relation = match across {
            None => "alone",
            Some(across) if across.name == meant.name => "same",
            Some(across) if across.country.is_some() && across.country == meant.country => "compatriot",
            Some(_) => "apart",
        };
        say(&["other", relation]);
        say(&["other", relation, kind]);
        if let Some(across) = across {
            say(&["other-sort", sort_of(across), sort_of(meant)]);
            let did = |doer: &str, sufferer: &str| {
                self.drafts.iter().enumerate().any(|(at, d)| {
                    let has = |role: Role, name: &str| {
                        filled(d, role)
                            .iter()
                            .any(|f| !f.inherited && mentions.all[mentions.resolved(f.mention)].name == name)
                    };
                    at != self.at && has(self.role, doer) && has(other, sufferer)
                })
            };
            let (before, back) = (did(&meant.name, &across.name), did(&across.name, &meant.name));
            if before || back {
                say(&["met-before"]);
                say(&["met-before", if before { "alike" } else { "reversed" }]);
            }
            let (own, facing) =
                (mentions.resolved(candidate.fillers[0].mention), mentions.resolved(beside[0].mention));
            let standing = self.scene.camps.between(own, facing);
            say(&["standing", standing]);
            say(&["standing", standing, kind]);
            say(&["facing", self.scene.camps.what(own), self.scene.camps.what(facing)]);
        }
    }

    /// What the actor base knows of the candidate: what it is, whether it is on the side of who speaks, of who does most and of who suffers most.
    fn of_camps(&self, candidate: &Candidate, sort: &str, kind: &str, say: &mut dyn FnMut(&[&str])) {
        let (draft, mentions, camps) = (&self.drafts[self.at], self.scene.mentions, &self.scene.camps);
        let own = mentions.resolved(candidate.fillers[0].mention);
        let what = camps.what(own);
        say(&["what", what]);
        say(&["what", what, kind]);
        say(&["what", what, draft.sense.as_str()]);
        say(&["sense", draft.sense.as_str(), sort]);
        let speaker = draft.chain.first().and_then(|&s| self.scene.statements[s].speaker.as_ref());
        if let Some(speaker) = speaker.and_then(|speaker| mentions.at(speaker.sentence, speaker.head)) {
            let standing = camps.between(own, mentions.resolved(speaker));
            say(&["speaker", standing]);
            say(&["speaker", standing, kind]);
        }
        for (label, role) in [("first-agent", Role::Agent), ("first-target", Role::Target)] {
            if let Some(first) = self.told.first(role) {
                let standing = camps.between(own, mentions.resolved(first));
                say(&[label, standing]);
                say(&[label, standing, kind]);
            }
        }
    }

    /// Whether the candidate does or suffers what else happens at the same place.
    fn of_ground(&self, candidate: &Candidate, say: &mut dyn FnMut(&[&str])) {
        let (draft, mentions) = (&self.drafts[self.at], self.scene.mentions);
        let Some(name) = name_of(candidate, mentions) else { return };
        let place = |d: &Draft| d.places.first().map(|f| mentions.resolved(f.mention));
        let Some(own) = place(draft) else { return };
        let other_role = if self.role == Role::Agent { Role::Target } else { Role::Agent };
        let has = |d: &Draft, role: Role| {
            filled(d, role)
                .iter()
                .any(|f| !f.inherited && mentions.all[mentions.resolved(f.mention)].name == name)
        };
        let there = || {
            self.drafts.iter().enumerate().filter(|&(at, d)| {
                at != self.at && place(d).is_some_and(|p| mentions.all[p].name == mentions.all[own].name)
            })
        };
        for (label, role) in [("same", self.role), ("other", other_role)] {
            if there().any(|(_, d)| has(d, role)) {
                say(&["ground", label]);
            }
        }
    }

    /// Where in the sentence the candidate stands.
    fn of_sentence(
        &self,
        tree: &Tree<'_>,
        draft: &Draft,
        mention: &Mention,
        sort: &str,
        all: &[Candidate],
        say: &mut dyn FnMut(&[&str]),
    ) {
        let (from, to) = (draft.at, mention.head);
        let pos = tree.upos(from).as_str();
        let passive = tree.is_verbal(from) && tree.is_passive(from);
        let voice = if passive { "passive" } else { "active" };
        let path = path(tree, from, to);
        say(&["path", &path]);
        say(&["path", &path, pos, voice]);
        say(&["path", &path, draft.content().as_str()]);
        say(&["path", &path, draft.sense.as_str()]);
        let short = tail(tree, to);
        say(&["stands", &short]);
        say(&["stands", &short, pos, voice]);
        let side = if to < from { "left" } else { "right" };
        let far = match to.abs_diff(from) {
            0..=1 => "next",
            2..=3 => "near",
            4..=7 => "some",
            8..=14 => "far",
            _ => "remote",
        };
        say(&["order", side, far]);
        say(&["order", side, pos, voice, sort]);
        let (low, high) = (to.min(from) + 1, to.max(from));
        let mentions = self.scene.mentions;
        let between = all
            .iter()
            .filter_map(|c| c.fillers.first())
            .map(|f| &mentions.all[f.mention])
            .filter(|m| m.sentence == draft.sentence && low <= m.head && m.head < high)
            .filter(|m| matches!(m.sort, Sort::Actor | Sort::Both | Sort::People))
            .count();
        say(&["between", side, ["0", "1", "2", "3"][between.min(3)]]);
        let comma = (low..high).any(|t| matches!(tree.norm(t), "," | ";" | "–" | "—" | ":"));
        if comma {
            say(&["comma", side]);
        }
        let clause = (low..high).any(|t| tree.upos(t) == Upos::Verb);
        if clause {
            say(&["verb-between", side, pos]);
        }
        if mention.head != mention.first && tree.token(mention.head).possessive {
            say(&["possessor"]);
        }
        let inside = tree
            .head(to)
            .filter(|_| matches!(tree.deprel(to).base(), Deprel::Compound | Deprel::Amod | Deprel::Flat));
        if let Some(index) = inside.and_then(|head| mentions.at(draft.sentence, head)) {
            let outer = &mentions.all[index];
            say(&["inside", if outer.event { "event" } else { sort_of(outer) }, sort]);
        }
        let within = draft.first <= to && to <= draft.last;
        if within {
            say(&["trigger"]);
        }
        let root =
            tree.head(to).is_some_and(|head| tree.head(head).is_none()) && tree.deprel(to).is(Deprel::Nsubj);
        if root {
            say(&["main-subject", pos]);
        }
    }
}

/// Most parts of the name of a feature.
const PARTS: usize = 8;

/// Gives `parts` to `take` with the role before them.
pub(super) fn with_role(role: &str, parts: &[&str], take: Take<'_>) {
    let mut named = [role; PARTS];
    let count = parts.len().min(PARTS - 1);
    named[1..=count].copy_from_slice(&parts[..count]);
    take(&named[..=count]);
}

/// How the rules came by what they chose.
pub(super) fn how(fillers: &[Filler], draft: &Draft, role: Role) -> &'static str {
    let Some(first) = fillers.first() else { return "none" };
    if !first.inherited {
        return "own";
    }
    let prefix = match role {
        Role::Agent => "agents.of-",
        Role::Target => "targets.of-",
        Role::Place => "places.of-",
    };
    let lender = draft.why.iter().find_map(|(rule, _)| rule.strip_prefix(prefix));
    match lender {
        Some("clause.v1") => "clause",
        Some("opponent.v1") => "opponent",
        Some("scene.v1") => "scene",
        Some("report.v1") => "report",
        Some("sentence.v1") => "sentence",
        _ => "lent",
    }
}

pub(super) fn sort_of(mention: &Mention) -> &'static str {
    match mention.sort {
        Sort::Actor if mention.actor.is_some() => "known",
        Sort::Actor if mention.human => "person",
        Sort::Actor if mention.named => "named",
        Sort::Actor => "generic",
        Sort::Both => "country",
        Sort::Place if mention.place.is_some() => "place",
        Sort::Place => "somewhere",
        Sort::People => "people",
        Sort::Weapon => "weapon",
        _ => "thing",
    }
}

pub(super) fn class_of(mention: &Mention) -> &'static str {
    let lemma = mention.lemma.as_str();
    for (class, name) in [
        (Class::Fighter, "fighter"),
        (Class::Arm, "arm"),
        (Class::Position, "position"),
        (Class::Facility, "facility"),
        (Class::Settlement, "settlement"),
        (Class::Area, "area"),
        (Class::Human, "human"),
        (Class::Weapon, "weapon"),
        (Class::Abstract, "abstract"),
    ] {
        if nouns::is(lemma, class) {
            return name;
        }
    }
    "other"
}
