//! Where it could have happened: candidates and their features.

use std::collections::BTreeMap;

use contested_knowledge::places::{Located, PlaceKind};
use contested_language::tags::{Deprel, Upos};
use contested_model::Kind;

use super::candidates::{Candidate, Origin, add, filler};
use super::features::{how, sort_of, with_role};
use super::paths::{path, tail};
use super::{Scene, Take};
use crate::draft::{Draft, Filler};
use crate::lexicon::Role;
use crate::locations;
use crate::mentions::{Mention, Sort};
use crate::nouns::{self, Class};
use crate::participants::is_somewhere;
use crate::tree::Tree;

/// Sentences before and after whose events lend their places.
const BEFORE: usize = 8;
const AFTER: usize = 1;

/// Places of other sentences' events, and places merely told before, that are looked at.
const FAR: usize = 6;
const NAMED_BEFORE: usize = 3;

/// How often the report's events are at which place, and how often it names it.
pub(super) struct Told {
    /// By name: how many events, and the first mention that tells so.
    events: BTreeMap<String, (usize, usize)>,
    all: usize,
    mentions: BTreeMap<String, usize>,
    /// The first mention of each of the two countries that the report is most about.
    countries: Vec<usize>,
}

impl Told {
    pub(super) fn of(drafts: &[Draft], scene: &Scene<'_>) -> Self {
        let mut told =
            Self { events: BTreeMap::new(), all: 0, mentions: BTreeMap::new(), countries: Vec::new() };
        for draft in drafts.iter().filter(|d| d.content().kind() == Kind::Event) {
            for f in draft.places.iter().filter(|f| !f.inherited) {
                told.all += 1;
                told.events.entry(name(scene, f.mention).to_owned()).or_insert((0, f.mention)).0 += 1;
            }
        }
        for index in (0..scene.mentions.all.len()).filter(|&index| may_be_ground(scene, index)) {
            *told.mentions.entry(name(scene, index).to_owned()).or_default() += 1;
        }
        for (code, _) in scene.context.theatre.iter().take(2) {
            let first = scene.mentions.all.iter().position(|m| {
                m.sort == Sort::Both && m.refers_to.is_none() && m.country.as_deref() == Some(code.as_str())
            });
            told.countries.extend(first);
        }
        told
    }

    fn often(&self) -> impl Iterator<Item = usize> + '_ {
        let mut ranked: Vec<(usize, usize)> = self.events.values().copied().collect();
        ranked.sort_by_key(|&(n, first)| (std::cmp::Reverse(n), first));
        ranked.into_iter().take(2).map(|(_, mention)| mention)
    }

    fn share(&self, name: &str, own: bool) -> &'static str {
        let count = self.events.get(name).map_or(0, |&(n, _)| n).saturating_sub(usize::from(own));
        match (count, 10 * count) {
            (0, _) => "never",
            (1, _) => "once",
            (_, tenfold) if tenfold >= 5 * self.all => "mostly",
            (_, tenfold) if tenfold >= 3 * self.all => "often",
            _ => "some",
        }
    }
}

/// The name that a place goes by.
fn name<'m>(scene: &'m Scene<'_>, index: usize) -> &'m str {
    let meant = &scene.mentions.all[scene.mentions.resolved(index)];
    meant.place.as_ref().map_or(meant.name.as_str(), |words| words.name.as_str())
}

fn may_be_ground(scene: &Scene<'_>, index: usize) -> bool {
    let told = &scene.mentions.all[index];
    let meant = &scene.mentions.all[scene.mentions.resolved(index)];
    let state = meant.sort == Sort::Both && meant.country.is_some();
    // "ponce said": a town's name that speaks is somebody's
    let speaks = || {
        scene.statements.iter().filter_map(|s| s.speaker.as_ref()).any(|speaker| {
            scene.mentions.at(speaker.sentence, speaker.head).is_some_and(|by| {
                let by = &scene.mentions.all[scene.mentions.resolved(by)];
                by.sort == Sort::Place && by.name == meant.name
            })
        })
    };
    (is_somewhere(scene.mentions, index) || state)
        && !speaks()
        && !told.event
        && !locations::is_nowhere(scene.mentions, &filler(index))
}

fn is_named(scene: &Scene<'_>, index: usize) -> bool {
    scene.mentions.all[scene.mentions.resolved(index)].place.is_some()
}

/// The rules' choice first, then all others; no two name the same.
pub(super) fn candidates(drafts: &[Draft], at: usize, scene: &Scene<'_>, told: &Told) -> Vec<Candidate> {
    let (draft, mentions) = (&drafts[at], scene.mentions);
    let tree = &scene.trees[draft.sentence];
    let mut all = vec![Candidate { fillers: draft.places.clone(), origin: Origin::Rules }];
    add(&mut all, Vec::new(), Origin::Nobody, mentions);
    let here: Vec<(u32, usize)> = (0..tree.len())
        .filter_map(|token| Some((token, mentions.at(draft.sentence, token)?)))
        .filter(|&(token, index)| mentions.all[index].head == token && may_be_ground(scene, index))
        .filter(|&(token, _)| token < draft.first || draft.last < token)
        .filter(|&(token, index)| !is_part(scene, draft.sentence, token, index))
        .filter(|&(_, index)| locations::measured(tree, draft.sentence, index, mentions).is_none())
        .collect();
    for &(token, index) in &here {
        let beside: Vec<Filler> = tree
            .coordinated(token)
            .into_iter()
            .filter_map(|t| mentions.at(draft.sentence, t))
            .filter(|&i| may_be_ground(scene, i))
            .map(filler)
            .collect();
        if beside.len() > 1 && !tree.deprel(token).is(Deprel::Conj) {
            add(&mut all, beside, Origin::Here, mentions);
        }
        let run = run(tree, token, index, &here, scene);
        if run.len() > 1 {
            add(&mut all, run, Origin::Here, mentions);
        }
        add(&mut all, vec![filler(index)], Origin::Here, mentions);
    }
    let mut near: Vec<(usize, isize, Vec<Filler>)> = Vec::new();
    for other in drafts {
        let away = draft.sentence as isize - other.sentence as isize;
        let own: Vec<Filler> = other.places.iter().filter(|f| !f.inherited).copied().collect();
        if !own.is_empty() && away <= BEFORE as isize && -away <= AFTER as isize {
            near.push((away.unsigned_abs() * 2 + usize::from(away < 0), away, own));
        }
    }
    near.sort_by_key(|&(far, ..)| far);
    let mut taken = 0;
    for (_, away, fillers) in near {
        let fillers = fillers.into_iter().map(|f| filler(f.mention)).collect();
        if taken < FAR && add(&mut all, fillers, Origin::There(away), mentions) {
            taken += 1;
        }
    }
    let before = mentions.all.partition_point(|m| m.sentence < draft.sentence);
    let mut taken = 0;
    for index in (0..before).rev().filter(|&i| is_named(scene, i) && may_be_ground(scene, i)) {
        let away = draft.sentence - mentions.all[index].sentence;
        if away > 3 || taken == NAMED_BEFORE {
            break;
        }
        taken += usize::from(add(&mut all, vec![filler(index)], Origin::There(away as isize), mentions));
    }
    for mention in told.often().chain(told.countries.iter().copied()) {
        add(&mut all, vec![filler(mention)], Origin::Often, mentions);
    }
    all
}

/// "Idlib" of "Idlib countryside", "Syrian" of "Syrian Army": the whole is what is meant.
fn is_part(scene: &Scene<'_>, sentence: usize, token: u32, index: usize) -> bool {
    let tree = &scene.trees[sentence];
    let mention = &scene.mentions.all[index];
    let outer =
        tree.head(token).and_then(|head| scene.mentions.at(sentence, head)).map(|i| &scene.mentions.all[i]);
    outer.is_some_and(|outer| {
        let inside = outer.head != token && outer.first <= token && token <= outer.last && !outer.event;
        inside && (outer.actor.is_some() || outer.place.as_ref().is_some_and(|p| p.first <= mention.first))
    })
}

/// Named places that follow one another with nothing but commas, "and" and words for settlements between, wherever the parser hung them.
fn run(tree: &Tree<'_>, token: u32, index: usize, here: &[(u32, usize)], scene: &Scene<'_>) -> Vec<Filler> {
    let bounds = |index: usize| {
        let mention = &scene.mentions.all[index];
        mention.place.as_ref().map_or((mention.first, mention.last), |words| (words.first, words.last))
    };
    let linking = |t: u32| {
        matches!(tree.norm(t), "," | "and" | "or" | "&" | "the" | "of" | "in" | "well" | "as" | "on" | "both")
            || nouns::is(tree.lemma(t), Class::Settlement)
            || nouns::is(tree.lemma(t), Class::Area)
    };
    let mut found = vec![filler(index)];
    if !is_named(scene, index) {
        return found;
    }
    let mut end = bounds(index).1.max(token);
    for &(_, next) in here.iter().filter(|&&(t, _)| t > token) {
        let (first, last) = bounds(next);
        if first <= end {
            continue;
        }
        let between: Vec<u32> = (end + 1..first).collect();
        let joined = between.iter().any(|&t| matches!(tree.norm(t), "," | "and" | "or" | "&"));
        if !is_named(scene, next) || between.len() > 6 || !joined || !between.into_iter().all(linking) {
            break;
        }
        found.push(filler(next));
        end = last;
    }
    found
}

/// Whether another candidate of the sentence has all that this one has and more, and what holds it together.
pub(super) fn more_than(candidate: &Candidate, all: &[Candidate], scene: &Scene<'_>) -> Option<&'static str> {
    let name = |f: &Filler| scene.mentions.all[scene.mentions.resolved(f.mention)].name.as_str();
    let larger = all.iter().filter(|other| {
        other.origin == Origin::Here && other.fillers.len() > candidate.fillers.len()
            || other.origin == Origin::Rules && other.fillers.len() > candidate.fillers.len()
    });
    let mut whole = larger
        .filter(|other| candidate.fillers.iter().all(|f| other.fillers.iter().any(|g| name(f) == name(g))));
    let first = whole.next()?;
    Some(if first.origin == Origin::Rules { "rules" } else { "group" })
}

/// What is asked about.
pub(super) struct PlaceFeatures<'a> {
    pub(super) drafts: &'a [Draft],
    pub(super) at: usize,
    pub(super) scene: &'a Scene<'a>,
    pub(super) told: &'a Told,
}

impl PlaceFeatures<'_> {
    /// Gives the parts of the name of each feature of `candidate` to `take`.
    pub(super) fn each(&self, candidate: &Candidate, all: &[Candidate], take: Take<'_>) {
        let mut say = |parts: &[&str]| with_role("P", parts, take);
        let draft = &self.drafts[self.at];
        let tree = &self.scene.trees[draft.sentence];
        let kind = draft.content().as_str();
        let pos = tree.upos(draft.at).as_str();
        let outlook = if draft.about.is_some() { "outlook" } else { draft.claim_type.kind().as_str() };
        let rules = all.first().map_or("none", |first| how(&first.fillers, draft, Role::Place));
        let origin = match candidate.origin {
            Origin::Rules if candidate.fillers.is_empty() => "nobody",
            Origin::Rules => rules,
            Origin::Nobody => "nobody",
            Origin::Here => "here",
            Origin::There(away) if away > 0 => "before",
            Origin::There(_) => "after",
            Origin::Often => "often",
        };
        let article = article(tree, draft.at);
        let span = span_of(draft);
        say(&["from", origin]);
        say(&["from", origin, "rules", rules]);
        say(&["from", origin, kind]);
        say(&["from", origin, pos, article]);
        say(&["from", origin, outlook]);
        say(&["from", origin, "tense", draft.tense.as_str()]);
        say(&["from", origin, "time", span]);
        let Some(first) = candidate.fillers.first() else {
            let named = all
                .iter()
                .any(|c| c.origin == Origin::Here && self.level(c.fillers[0].mention) != "nameless");
            say(&["nobody", kind, rules]);
            say(&["nobody", pos, rules]);
            say(&["nobody", draft.sense.as_str()]);
            say(&["nobody", outlook, if named { "others" } else { "alone" }]);
            return;
        };
        let mentions = self.scene.mentions;
        let told = &mentions.all[first.mention];
        let meant = &mentions.all[mentions.resolved(first.mention)];
        let level = self.level(first.mention);
        say(&["level", level]);
        say(&["level", level, kind]);
        say(&["level", level, "from", origin]);
        say(&["level", level, "time", span]);
        say(&["level", level, "tense", draft.tense.as_str()]);
        say(&["level", level, pos, article]);
        let many = match candidate.fillers.len() {
            1 => "one",
            2 => "two",
            _ => "more",
        };
        say(&["number", many, origin]);
        say(&["number", many, kind]);
        if meant.place.as_ref().is_some_and(|words| words.direction.is_some()) {
            say(&["directed", level]);
        }
        if told.refers_to.is_some() {
            say(&["stands-for", level]);
        }
        if tree.upos(told.head.min(tree.len() - 1)) == Upos::Adj && told.sentence == draft.sentence {
            say(&["adjective", origin]);
        }
        if let Some(more) = more_than(candidate, all, self.scene) {
            say(&["less-than", more, origin]);
            say(&["less-than", more, level]);
        }
        let country = self.located(first.mention).and_then(|located| located.country);
        let country = country.map(|code| code.to_string()).or_else(|| meant.country.clone());
        let agrees = self.scene.agreement(draft.sentence, country.as_deref(), first.mention);
        say(&["country", agrees]);
        say(&["country", agrees, origin]);
        say(&["country", agrees, level]);
        let breaks = self.scene.breaks_between(draft, told);
        say(&["breaks", breaks]);
        say(&["breaks", breaks, origin]);
        self.of_sides(first.mention, meant, kind, level, &mut say);
        self.of_report(first.mention, level, origin, &mut say);
        self.of_neighbours(first.mention, &mut say);
        self.of_others(first.mention, all, origin, &mut say);
        if told.sentence == draft.sentence {
            self.of_sentence(tree, draft, told, level, &mut say);
        } else {
            let side = if told.sentence < draft.sentence { "before" } else { "after" };
            let away = ["0", "1", "2", "3", "4", "far"][told.sentence.abs_diff(draft.sentence).min(5)];
            say(&["away", side, away]);
            say(&["away", side, away, article]);
            say(&["stood", &tail(&self.scene.trees[told.sentence], told.head)]);
        }
    }

    fn located(&self, index: usize) -> Option<&Located> {
        self.scene.ground.resolved[self.scene.mentions.resolved(index)].as_ref()?.best.as_ref()
    }

    /// How fine a place is.
    fn level(&self, index: usize) -> &'static str {
        let meant = &self.scene.mentions.all[self.scene.mentions.resolved(index)];
        let Some(words) = &meant.place else {
            return if meant.sort == Sort::Both { "state" } else { "nameless" };
        };
        let directed = words.direction.is_some();
        match self.located(index).map(|located| located.kind) {
            Some(PlaceKind::Country) if directed => "part",
            Some(PlaceKind::Country) => "country",
            Some(PlaceKind::Continent) => "continent",
            Some(PlaceKind::Province | PlaceKind::Region | PlaceKind::Desert | PlaceKind::Peninsula) => {
                "region"
            }
            Some(PlaceKind::District) => "district",
            Some(PlaceKind::City | PlaceKind::Town | PlaceKind::Village) => "town",
            Some(PlaceKind::Sea | PlaceKind::Strait | PlaceKind::River | PlaceKind::Lake) => "water",
            Some(_) => "spot",
            None if words.kind_hint.is_some() => "hinted",
            None => "unknown",
        }
    }

    /// How the place stands to who does it and to whom it is done.
    fn of_sides(&self, index: usize, meant: &Mention, kind: &str, level: &str, say: &mut dyn FnMut(&[&str])) {
        let (draft, mentions) = (&self.drafts[self.at], self.scene.mentions);
        let country = self.located(index).and_then(|located| located.country).map(|code| code.to_string());
        let ground = country.as_deref().or(meant.country.as_deref());
        for (label, fillers) in [("agent", &draft.agents), ("target", &draft.targets)] {
            let Some(side) = fillers.first().map(|f| &mentions.all[mentions.resolved(f.mention)]) else {
                say(&[label, "open", level]);
                continue;
            };
            if side.name == meant.name {
                say(&[label, "itself"]);
                say(&[label, "itself", kind]);
            }
            let home = match (side.country.as_deref(), ground) {
                (Some(a), Some(b)) if a == b => "home",
                (Some(_), Some(_)) => "abroad",
                _ => "unknown",
            };
            say(&[label, home, level]);
            say(&[label, home, kind]);
        }
        let rank = self.scene.context.theatre.iter().position(|(known, _)| Some(known.as_str()) == ground);
        let rank = rank.map_or("no", |rank| ["first", "second", "later"][rank.min(2)]);
        say(&["theatre", rank]);
        say(&["theatre", rank, level]);
    }

    /// How the report tells of the place elsewhere.
    fn of_report(&self, index: usize, level: &str, origin: &str, say: &mut dyn FnMut(&[&str])) {
        let draft = &self.drafts[self.at];
        let name = name(self.scene, index);
        let own = draft.places.iter().any(|f| !f.inherited && self::name(self.scene, f.mention) == name);
        let share = self.told.share(name, own);
        say(&["held", share]);
        say(&["held", share, origin]);
        say(&["held", share, level]);
        let count = match self.told.mentions.get(name).copied().unwrap_or(0) {
            0 | 1 => "1",
            2 => "2",
            3 | 4 => "3",
            _ => "5",
        };
        say(&["named", count]);
        say(&["named", count, level]);
        let lower = name.to_lowercase();
        if self.scene.title.is_some_and(|title| title.contains(&lower)) {
            say(&["title"]);
            say(&["title", level]);
        }
        if self.scene.dateline.is_some_and(|place| place.to_lowercase() == lower) {
            say(&["dateline", origin]);
        }
        if self.scene.mentions.all[index].sentence == 0 {
            say(&["lead", level]);
        }
    }

    /// Which events beside this one are there.
    fn of_neighbours(&self, index: usize, say: &mut dyn FnMut(&[&str])) {
        let (draft, mentions) = (&self.drafts[self.at], self.scene.mentions);
        let name = name(self.scene, index);
        let tree = &self.scene.trees[draft.sentence];
        let there =
            |d: &Draft| d.places.iter().any(|f| !f.inherited && self::name(self.scene, f.mention) == name);
        let sides = |d: &Draft| -> Vec<&str> {
            let both = d.agents.iter().chain(&d.targets);
            both.map(|f| mentions.all[mentions.resolved(f.mention)].name.as_str()).collect()
        };
        let (mut same_type, mut same_word, mut same_side) = (false, false, false);
        let own_sides = sides(draft);
        for (at, other) in self.drafts.iter().enumerate() {
            if at == self.at || other.content().kind() == Kind::Relation || !there(other) {
                continue;
            }
            same_type |= other.content() == draft.content();
            same_word |= self.scene.trees[other.sentence].lemma(other.at) == tree.lemma(draft.at);
            same_side |= sides(other).iter().any(|side| own_sides.contains(side));
            if other.sentence == draft.sentence {
                say(&["neighbour", &path(tree, draft.at, other.at)]);
                say(&["neighbour", other.content().as_str(), draft.content().as_str()]);
            }
        }
        for (holds, label) in [(same_type, "same-type"), (same_word, "same-word"), (same_side, "same-side")] {
            if holds {
                say(&[label]);
                say(&[label, draft.content().as_str()]);
            }
        }
        let article = article(tree, draft.at);
        let placed = |d: &&Draft| d.content().kind() == Kind::Event && d.places.iter().any(|f| !f.inherited);
        let last = self.drafts[..self.at].iter().rev().find(placed);
        if let Some(last) = last {
            let label = if there(last) { "last" } else { "not-last" };
            say(&[label]);
            say(&[label, article]);
        }
        let filled = |d: &&Draft| d.content().kind() == Kind::Event && !d.places.is_empty();
        if let Some(previous) = self.drafts[..self.at].iter().rev().find(filled) {
            let same = previous.places.iter().any(|f| self::name(self.scene, f.mention) == name);
            let label = if same { "previous" } else { "not-previous" };
            let away = match draft.sentence - previous.sentence {
                0 => "here",
                1 => "next",
                _ => "far",
            };
            say(&[label, away]);
            say(&[label, away, article]);
            say(&[label, previous.content().as_str(), draft.content().as_str()]);
        }
        if let Some(next) = self.drafts[self.at + 1..].iter().find(placed) {
            say(&[if there(next) { "next" } else { "not-next" }]);
        }
    }

    /// Whether the sentence names finer places.
    fn of_others(&self, index: usize, all: &[Candidate], origin: &str, say: &mut dyn FnMut(&[&str])) {
        let rank = |index: usize| match self.level(index) {
            "continent" => 0,
            "country" | "state" => 1,
            "part" | "water" => 2,
            "region" => 3,
            "district" | "hinted" => 4,
            "nameless" => 2,
            "town" | "unknown" => 5,
            _ => 6,
        };
        let own = rank(index);
        let finer = all
            .iter()
            .filter(|c| c.origin == Origin::Here || c.origin == Origin::Rules)
            .filter_map(|c| c.fillers.first())
            .filter(|f| self.scene.mentions.all[f.mention].sentence == self.drafts[self.at].sentence)
            .filter(|f| rank(f.mention) > own)
            .count();
        let finer = ["finest", "finer-1", "finer-2"][finer.min(2)];
        say(&[finer]);
        say(&[finer, origin]);
        say(&[finer, self.level(index)]);
    }

    /// Where in the sentence the candidate stands.
    fn of_sentence(
        &self,
        tree: &Tree<'_>,
        draft: &Draft,
        told: &Mention,
        level: &str,
        say: &mut dyn FnMut(&[&str]),
    ) {
        let (from, to) = (draft.at, told.head);
        let pos = tree.upos(from).as_str();
        let kind = draft.content().as_str();
        let path = path(tree, from, to);
        say(&["path", &path]);
        say(&["path", &path, pos]);
        say(&["path", &path, kind]);
        say(&["path", &path, level]);
        let stands = tail(tree, to);
        say(&["stands", &stands]);
        say(&["stands", &stands, kind]);
        say(&["stands", &stands, level]);
        say(&["stands", &stands, sort_of(told)]);
        let side = if to < from { "left" } else { "right" };
        let far = match to.abs_diff(from) {
            0..=1 => "next",
            2..=3 => "near",
            4..=7 => "some",
            8..=14 => "far",
            _ => "remote",
        };
        say(&["order", side, far]);
        say(&["order", side, far, level]);
        let (low, high) = (to.min(from) + 1, to.max(from));
        let verbs = (low..high).filter(|&t| tree.upos(t) == Upos::Verb).count();
        say(&["verbs-between", side, ["0", "1", "2"][verbs.min(2)]]);
        if (low..high).any(|t| matches!(tree.norm(t), "," | ";" | "–" | "—" | ":")) {
            say(&["comma", side]);
        }
        if let Some(head) = tree.head(to).filter(|&head| head != from) {
            say(&["under", tree.upos(head).as_str(), &stands]);
            let events = self.drafts.iter().filter(|d| d.sentence == draft.sentence && d.at != from);
            for other in events.filter(|d| d.at == head) {
                say(&["of-other", other.content().as_str(), kind]);
                say(&["of-other"]);
            }
        }
    }
}

pub(super) fn article(tree: &Tree<'_>, at: u32) -> &'static str {
    if !tree.is_nominal(at) {
        return "verb";
    }
    tree.child_by(at, Deprel::Det).map_or("none", |det| match tree.norm(det) {
        "the" | "this" | "that" | "these" | "those" => "the",
        "a" | "an" => "a",
        _ => "other",
    })
}

/// How long the time is that the draft is given.
fn span_of(draft: &Draft) -> &'static str {
    let Some(time) = &draft.time else { return "none" };
    match (time.from, time.to) {
        (Some(from), Some(to)) if from == to => "day",
        (Some(from), Some(to)) => match (to - from).get_days() {
            0..=8 => "week",
            9..=40 => "month",
            _ => "long",
        },
        _ => "open",
    }
}
