//! Actors from noun phrases: nationality, community or side, and a head noun that the tables know ("Kurdish militias", "the army").

use std::collections::HashMap;

use super::{ActorContext, ActorKind, Actors, Nation};
use crate::tsv::{self, DataError};

/// An actor made of a noun phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// What an analyst writes: "Syrian army", "Kurdish militias", "US officials"; the owner for weapons ("Israeli warplanes": "Israel").
    pub name: String,
    /// Id of the known actor that it comes to.
    pub id: Option<String>,
    /// Sort of body.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Community: "Kurdish", "Sunni".
    pub ethnicity: Option<String>,
    /// Office or rank: commander, spokesman, minister.
    pub role: Option<String>,
    /// Name of the body that a person speaks or acts for.
    pub affiliation: Option<String>,
    /// More than one.
    pub plural: bool,
    /// Nobody is named: "a commander", "US officials".
    pub anonymous: bool,
    /// Whether the phrase names somebody who acts; false for things that belong to somebody ("rebel positions"), whose owner is named.
    pub is_actor: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Soldiers of a state.
    Forces,
    /// A named part of an army.
    Unit,
    /// A body of a state.
    Institution,
    /// Fighters of no state.
    Fighters,
    /// Several actors together.
    Coalition,
    /// "members of X" are X.
    Member,
    /// People.
    People,
    /// Somebody with an office.
    Official,
    /// Weapons and strikes: their owner acts.
    Weapon,
    /// Positions and bases: their owner suffers.
    Owned,
    /// Outlets and monitors.
    Media,
}

#[derive(Debug, Clone)]
struct Head {
    class: Class,
    kind: ActorKind,
    institution: Option<String>,
    role: Option<String>,
    /// Alone it means the body of the report's country.
    by_context: bool,
}

#[derive(Debug, Clone)]
enum Modifier {
    Keep(String),
    Government(String),
    Opposition(String),
    Ethnic(String),
}

/// Head nouns and modifiers.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    heads: HashMap<String, Head>,
    modifiers: HashMap<String, Modifier>,
}

const HEAD: [&str; 7] = ["head", "class", "kind", "institution", "source", "role", "bare"];
const MODIFIER: [&str; 3] = ["word", "class", "value"];
/// Longest head in words ("ministry of foreign affairs").
const LONGEST_HEAD: usize = 4;
/// Participles that turn the word before them into a tie, not a nationality ("Iran-backed").
const TIES: [&str; 16] = [
    "backed",
    "led",
    "allied",
    "aligned",
    "linked",
    "supported",
    "funded",
    "sponsored",
    "trained",
    "controlled",
    "affiliated",
    "armed",
    "financed",
    "dominated",
    "run",
    "occupied",
];
const TIE_PREFIXES: [&str; 4] = ["pro-", "anti-", "ex-", "non-"];

impl Tables {
    pub(super) fn parse(heads: (&str, &str), modifiers: (&str, &str)) -> Result<Self, DataError> {
        let mut tables = Self::default();
        for row in tsv::rows(heads.0, heads.1, HEAD)? {
            let [names, class, kind, institution, _, role, bare] = row.cells;
            let wrong = |reason: String| DataError::new(heads.0, row.line, reason);
            let class = match class {
                "forces" => Class::Forces,
                "unit" => Class::Unit,
                "institution" => Class::Institution,
                "fighters" => Class::Fighters,
                "coalition" => Class::Coalition,
                "member" => Class::Member,
                "people" => Class::People,
                "official" => Class::Official,
                "weapon" => Class::Weapon,
                "owned" => Class::Owned,
                "media" => Class::Media,
                other => return Err(wrong(format!("`{other}` is no class of head nouns"))),
            };
            let kind = match kind {
                "" => ActorKind::ArmedGroup,
                kind => {
                    ActorKind::parse(kind).ok_or_else(|| wrong(format!("`{kind}` is no kind of actor")))?
                }
            };
            let filled = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
            let by_context = match bare {
                "" => false,
                "context" => true,
                other => return Err(wrong(format!("`{other}`: expected `context` or nothing"))),
            };
            for name in tsv::list(names) {
                let head =
                    Head { class, kind, institution: filled(institution), role: filled(role), by_context };
                if tables.heads.insert(name.to_owned(), head).is_some() {
                    return Err(wrong(format!("the head `{name}` stands twice")));
                }
            }
        }
        for row in tsv::rows(modifiers.0, modifiers.1, MODIFIER)? {
            let [word, class, value] = row.cells;
            let value = if value.is_empty() { word } else { value }.to_owned();
            let modifier = match class {
                "keep" => Modifier::Keep(value),
                "government" => Modifier::Government(value),
                "opposition" => Modifier::Opposition(value),
                "ethnic" => Modifier::Ethnic(value),
                other => {
                    let reason = format!("`{other}` is no class of modifiers");
                    return Err(DataError::new(modifiers.0, row.line, reason));
                }
            };
            if tables.modifiers.insert(word.to_owned(), modifier).is_some() {
                return Err(DataError::new(modifiers.0, row.line, format!("`{word}` stands twice")));
            }
        }
        Ok(tables)
    }
}

/// What the words before the head say.
#[derive(Debug, Default)]
struct Before<'a> {
    /// Modifiers that the name keeps, in order, as they are to be written.
    kept: Vec<String>,
    nation: Option<&'a Nation>,
    ethnicity: Option<String>,
    government: bool,
    opposition: bool,
    /// Id of a known actor named before the head ("Taliban fighters").
    actor: Option<u32>,
    /// A tie such as "US-backed" stands before the head.
    tied: bool,
}

impl Actors {
    /// The actor that a noun phrase names; `head` is the place of its head noun in `words`. Proper names are the business of
    /// [`Actors::longest_at`]; a phrase whose head the tables do not know gives `None`.
    pub fn compose(&self, words: &[&str], head: usize, context: &ActorContext<'_>) -> Option<Composed> {
        if head >= words.len() || words.len() > 60 {
            return None;
        }
        let lower: Vec<String> = words.iter().map(|word| plain(word)).collect();
        let Some((from, key, entry)) = self.head_at(&lower, head) else { return self.people(words, head) };
        let keeps = entry.class == Class::Unit
            || entry.class == Class::Coalition
            || entry.kind == ActorKind::EthnicGroup;
        let mut before = self.before(words, &lower, from, keeps, context);
        let official = entry.class == Class::Official;
        // A head of several words may start the phrase ("ministry of defence").
        let end = if from == head { head + key.split(' ').count() - 1 } else { head };
        let after = self.after(words, &lower, end, official, context);
        if before.nation.is_none()
            && before.actor.is_none()
            && let Some(nation) = after.as_ref().and_then(|after| after.nation)
            && entry.class != Class::People
        {
            before.nation = Some(nation);
            before.kept.insert(0, nation.adjective.clone());
        }
        let mut after_actor = after.as_ref().and_then(|after| after.actor);
        if matches!(entry.class, Class::People | Class::Media) {
            after_actor = None;
        }
        let plural = is_plural(&key);
        if before.actor.is_some_and(|actor| self.list[actor as usize].kind == ActorKind::Person)
            && !Self::possessed(words, from)
        {
            before.actor = None;
        }
        let owner = before.actor.or(after_actor);
        let mut out = Composed {
            name: String::new(),
            id: None,
            kind: entry.kind,
            country: before.nation.map(|nation| nation.iso2.clone()),
            ethnicity: before.ethnicity.clone(),
            role: entry.role.clone(),
            affiliation: None,
            plural,
            anonymous: matches!(entry.class, Class::Official | Class::People | Class::Forces),
            is_actor: true,
        };
        if let Some(owner) = owner
            && !matches!(entry.class, Class::Official | Class::People | Class::Media)
            && !(entry.class == Class::Institution
                && self.list[owner as usize].kind == ActorKind::InternationalOrganisation)
        {
            return Some(self.owned(owner, entry, out, context));
        }
        // Alone, "the army" is the army of the country that the report is about.
        let alone = before.nation.is_none() && before.ethnicity.is_none() && owner.is_none() && !before.tied;
        let sided = before.government || before.opposition;
        if alone
            && (entry.by_context || (sided && !matches!(entry.class, Class::Official | Class::People)))
            && let Some(nation) = self.context_nation(context)
        {
            before.nation = Some(nation);
            before.kept.insert(0, nation.adjective.clone());
            out.country = Some(nation.iso2.clone());
        }
        match entry.class {
            Class::Weapon | Class::Owned => return self.belongings(entry, &before, out),
            Class::Member => return None,
            Class::Official => {
                out.affiliation = self.affiliation(owner, after.as_ref(), &before, &key);
                if let Some(owner) = before.actor {
                    before.kept.insert(0, self.list[owner as usize].name.clone());
                }
            }
            _ => {}
        }
        let communal = entry.class == Class::People && entry.kind == ActorKind::EthnicGroup;
        out.name =
            if communal { phrase(&before.kept, &capitalised(&key)) } else { phrase(&before.kept, &key) };
        out.id = self.id_of(entry, &before, &out, context);
        if let Some(known) = out.id.as_deref().and_then(|id| self.get(id)) {
            out.country = out.country.or_else(|| known.country.clone());
        }
        Some(out)
    }

    /// "Palestinians", "the Lebanese": the people of a state.
    fn people(&self, words: &[&str], head: usize) -> Option<Composed> {
        let hit = *self.demonyms.longest(&words[head..=head]).first()?;
        let nation = &self.nations[hit.owner as usize];
        Some(Composed {
            name: capitalised(words[head]),
            id: None,
            kind: ActorKind::Civilians,
            country: Some(nation.iso2.clone()),
            ethnicity: None,
            role: None,
            affiliation: None,
            plural: true,
            anonymous: true,
            is_actor: true,
        })
    }

    /// The longest head noun of the tables that ends at `head`.
    fn head_at(&self, lower: &[String], head: usize) -> Option<(usize, String, &Head)> {
        // "ministry of defence": the head noun comes first.
        for len in (2..=LONGEST_HEAD).rev() {
            if let Some(words) = lower.get(head..head + len)
                && words.iter().any(|word| word == "of")
                && let Some(entry) = self.composition.heads.get(&words.join(" "))
            {
                return Some((head, words.join(" "), entry));
            }
        }
        for len in (1..=LONGEST_HEAD.min(head + 1)).rev() {
            let from = head + 1 - len;
            let key = lower[from..=head].join(" ");
            if let Some(entry) = self.composition.heads.get(&key) {
                return Some((from, key, entry));
            }
        }
        None
    }

    fn before<'a>(
        &'a self,
        words: &[&str],
        lower: &[String],
        head: usize,
        keeps: bool,
        context: &ActorContext<'_>,
    ) -> Before<'a> {
        let mut out = Before::default();
        let mut at = 0;
        while at < head {
            let lower_case = words[at].chars().all(|c| !c.is_uppercase());
            let known = self
                .longest_at_in(&words[..head], at, context)
                .filter(|found| !(found.ambiguous && lower_case));
            // Groups with a name of their own come first; a state's bodies are put together from their words below.
            if let Some(found) = known.filter(|found| !is_of_state(found.actor)) {
                out.actor = self.by_id.get(&found.actor.id).copied();
                at += found.words.max(1);
                continue;
            }
            // "Iran-backed", "Iran - backed", "us backed": a tie to somebody, not a nationality.
            if let Some((width, text)) =
                tie_at(words, lower, at, head).filter(|_| !self.composition.heads.contains_key(&lower[at]))
            {
                out.kept.push(self.tie_words(&text));
                out.tied = true;
                at += width;
                continue;
            }
            if let Some((width, nation)) = self.nation_at(words, at, head) {
                if out.nation.is_none() {
                    out.nation = Some(nation);
                }
                out.kept.push(nation.adjective.clone());
                at += width;
                continue;
            }
            if let Some(found) = known {
                if let Some(nation) = self.state_nation(found.actor.id.as_str()) {
                    out.nation.get_or_insert(nation);
                    out.kept.push(nation.adjective.clone());
                } else {
                    out.actor = self.by_id.get(&found.actor.id).copied();
                }
                at += found.words.max(1);
                continue;
            }
            if let Some(modifier) = self.composition.modifiers.get(lower[at].trim_end_matches("'s")) {
                match modifier {
                    Modifier::Keep(value) => out.kept.push(value.clone()),
                    Modifier::Government(value) => {
                        out.government = true;
                        out.kept.push(value.clone());
                    }
                    Modifier::Opposition(value) => {
                        out.opposition = true;
                        out.kept.push(value.clone());
                    }
                    Modifier::Ethnic(value) => {
                        out.ethnicity.get_or_insert_with(|| value.clone());
                        out.kept.push(value.clone());
                    }
                }
                at += 1;
                continue;
            }
            // Names that the tables do not have ("the doghmush clan", "the arce battalion"), or adjectives with a capital.
            if keeps && is_naming(&lower[at]) {
                out.kept.push(words[at].to_owned());
            }
            at += 1;
        }
        out
    }

    /// Adjective, people or name of a state at `at`, possessive or not, and how many words it takes.
    fn nation_at(&self, words: &[&str], at: usize, end: usize) -> Option<(usize, &Nation)> {
        let hits = self.demonyms.longest(&words[at..end]);
        let hit = hits.first()?;
        Some((hit.words, &self.nations[hit.owner as usize]))
    }

    fn state_nation(&self, id: &str) -> Option<&Nation> {
        self.nations.iter().find(|nation| nation.iso2.eq_ignore_ascii_case(id))
    }

    fn context_nation(&self, context: &ActorContext<'_>) -> Option<&Nation> {
        context.countries.first().and_then(|(iso2, _)| self.state_nation(iso2))
    }

    /// The complement after the head: "of the Syrian army", "in the alliance", "for the ministry".
    fn after<'a>(
        &'a self,
        words: &[&str],
        lower: &[String],
        head: usize,
        official: bool,
        context: &ActorContext<'_>,
    ) -> Option<After<'a>> {
        let mut start = None;
        for at in head + 1..words.len().min(head + 4) {
            let owner = match lower[at].as_str() {
                "of" | "from" => true,
                // "fighters with the brigade", not "forces allied with the brigade"
                "with" => at == head + 1,
                "to" => matches!(lower[at - 1].as_str(), "loyal" | "belonging"),
                "in" | "for" | "at" | "by" => false,
                _ => continue,
            };
            if owner || official {
                start = Some(at);
            }
            break;
        }
        let start = start?;
        let rest = &words[start + 1..];
        let mut out = After { text: Vec::new(), actor: None, nation: None };
        let mut at = 0;
        while at < rest.len() {
            if out.actor.is_none()
                && let Some(found) = self.longest_at_in(rest, at, context)
                && !(found.ambiguous && rest[at].chars().all(|c| !c.is_uppercase()))
            {
                match self.state_nation(&found.actor.id) {
                    Some(nation) => out.nation = out.nation.or(Some(nation)),
                    None => out.actor = self.by_id.get(&found.actor.id).copied(),
                }
                out.text.push(found.actor.name.clone());
                at += found.words.max(1);
                continue;
            }
            if !matches!(lower[start + 1 + at].as_str(), "the" | "a" | "an") {
                out.text.push(rest[at].to_owned());
            }
            at += 1;
        }
        if out.actor.is_none() && !rest.is_empty() {
            let composed = self.compose(rest, rest.len() - 1, context);
            out.actor = composed.and_then(|composed| composed.id).and_then(|id| self.by_id.get(&id).copied());
        }
        Some(out)
    }

    /// Whether the word after a person's name before the head is a possessive ending ("Assad's base", not "Ain al-Asad base").
    fn possessed(words: &[&str], head: usize) -> bool {
        words[..head]
            .iter()
            .any(|word| crate::names::is_possessive(word) || word.ends_with("'s") || word.ends_with("’s"))
    }

    /// Fighters, weapons and parts of a known actor are that actor.
    fn owned(&self, owner: u32, head: &Head, mut out: Composed, context: &ActorContext<'_>) -> Composed {
        let actor = &self.list[owner as usize];
        // A head of state's forces are the state's.
        let led =
            actor.ties.iter().find(|tie| tie.kind == super::TieKind::Leads && tie.when.holds(context.date));
        let nation =
            led.filter(|_| actor.kind == ActorKind::Person).and_then(|tie| self.state_nation(&tie.other));
        if let Some(nation) = nation {
            let suffix = head.institution.as_deref().unwrap_or("government");
            let government = matches!(head.class, Class::Weapon | Class::Owned);
            out.name = match (head.class, government) {
                (_, true) => format!("{} government", nation.adjective),
                (Class::Forces | Class::Fighters | Class::Member, _) => {
                    format!("{} government forces", nation.adjective)
                }
                _ => format!("{} {}", nation.adjective, suffix.replace('-', " ")),
            };
            let id =
                format!("{}-{}", nation.iso2.to_lowercase(), if government { "government" } else { suffix });
            out.id = self.get(&id).map(|known| known.id.clone());
            out.country = Some(nation.iso2.clone());
        } else {
            out.name.clone_from(&actor.name);
            out.id = Some(actor.id.clone());
            out.kind = actor.kind;
            out.country.clone_from(&actor.country);
        }
        out.anonymous = false;
        out.is_actor = head.class != Class::Owned;
        out
    }

    /// Weapons, strikes and positions stand for whom they belong to.
    fn belongings(&self, head: &Head, before: &Before<'_>, mut out: Composed) -> Option<Composed> {
        out.is_actor = head.class == Class::Weapon;
        let nation = before.nation;
        if before.opposition {
            let name = phrase(
                &nation.map(|nation| nation.adjective.clone()).into_iter().collect::<Vec<_>>(),
                "rebels",
            );
            out.id = self.names.owners(&name).first().map(|hit| self.list[hit.owner as usize].id.clone());
            out.name = name;
            out.kind = ActorKind::ArmedGroup;
            return Some(out);
        }
        let nation = nation?;
        let state = nation.iso2.to_lowercase();
        if before.government {
            out.name = format!("{} government", nation.adjective);
            out.id = Some(format!("{state}-government"));
            out.kind = ActorKind::Government;
        } else {
            out.name.clone_from(&nation.name);
            out.id = Some(state);
            out.kind = ActorKind::State;
        }
        out.id = out.id.filter(|id| self.by_id.contains_key(id));
        Some(out)
    }

    /// The body that somebody with an office belongs to.
    fn affiliation(
        &self,
        owner: Option<u32>,
        after: Option<&After<'_>>,
        before: &Before<'_>,
        key: &str,
    ) -> Option<String> {
        if let Some(owner) = owner {
            return Some(self.list[owner as usize].name.clone());
        }
        if let Some(text) = after.map(|after| after.text.join(" ")).filter(|text| !text.is_empty()) {
            return Some(text);
        }
        let body: Vec<String> = before
            .kept
            .iter()
            .filter(|word| word.as_str() != "senior" && word.as_str() != "former")
            .cloned()
            .collect();
        if let Some(nation) = before.nation.filter(|nation| body.len() == 1 && body[0] == nation.adjective) {
            return Some(nation.name.clone());
        }
        let body = body.join(" ");
        (!body.is_empty() && body != key).then_some(body)
    }

    fn id_of(
        &self,
        head: &Head,
        before: &Before<'_>,
        out: &Composed,
        context: &ActorContext<'_>,
    ) -> Option<String> {
        if before.tied {
            return self.known(&out.name, context);
        }
        if let Some(id) = self.known(&out.name, context) {
            return Some(id);
        }
        let nation = before.nation?;
        if before.opposition && head.class != Class::Official {
            return self.known(&format!("{} rebels", nation.adjective), context);
        }
        if before.ethnicity.is_some() || !matches!(head.class, Class::Forces | Class::Institution) {
            return None;
        }
        // "provincial government", "interim government": not the state's.
        let other = before.kept.iter().any(|word| {
            matches!(
                word.as_str(),
                "local"
                    | "regional"
                    | "provincial"
                    | "federal"
                    | "transitional"
                    | "interim"
                    | "foreign"
                    | "tribal"
                    | "former"
            )
        });
        let suffix = head.institution.as_deref().filter(|_| !other)?;
        let id = format!("{}-{suffix}", nation.iso2.to_lowercase());
        self.by_id.contains_key(&id).then_some(id)
    }

    fn known(&self, name: &str, context: &ActorContext<'_>) -> Option<String> {
        let hits = self.names.owners(name);
        self.decide(hits.iter().map(|hit| hit.owner), name, context)
            .map(|owner| self.list[owner as usize].id.clone())
    }

    /// "iran-backed" as an analyst writes it: "Iran-backed".
    fn tie_words(&self, text: &str) -> String {
        let Some((left, right)) = text.rsplit_once('-') else { return text.to_owned() };
        if TIE_PREFIXES.iter().any(|prefix| text.starts_with(prefix)) {
            let (prefix, rest) = text.split_once('-').unwrap_or((left, right));
            return format!("{prefix}-{}", self.proper(rest));
        }
        format!("{}-{right}", self.proper(left))
    }

    fn proper(&self, word: &str) -> String {
        if matches!(word, "us" | "u.s." | "u.s") {
            return "US".to_owned();
        }
        if let Some(hit) = self.names.owners(word).first() {
            let actor = &self.list[hit.owner as usize];
            if actor.kind == ActorKind::State && !word.contains('.') && word.len() > 3 {
                return actor.name.clone();
            }
        }
        if let Some(hit) = self.demonyms.owners(word).first() {
            return self.nations[hit.owner as usize].adjective.clone();
        }
        match self.composition.modifiers.get(word) {
            Some(Modifier::Ethnic(value)) => value.clone(),
            _ => word.to_owned(),
        }
    }
}

/// What stands after the head.
#[derive(Debug)]
struct After<'a> {
    text: Vec<String>,
    actor: Option<u32>,
    nation: Option<&'a Nation>,
}

/// A tie that starts at `at`: how many words it takes, and the tie as one hyphenated word.
fn tie_at(words: &[&str], lower: &[String], at: usize, head: usize) -> Option<(usize, String)> {
    let word = lower[at].as_str();
    if let Some((left, right)) = word.rsplit_once('-') {
        let tied = TIES.contains(&right) || TIE_PREFIXES.iter().any(|prefix| word.starts_with(prefix));
        return (tied
            && !left.is_empty()
            && !matches!(
                word,
                "pro-government"
                    | "pro-regime"
                    | "anti-government"
                    | "anti-regime"
                    | "pro-assad"
                    | "anti-assad"
                    | "government-backed"
                    | "state-backed"
                    | "state-run"
            ))
        .then(|| (1, word.to_owned()));
    }
    let dash = |at: usize| words.get(at).is_some_and(|word| matches!(*word, "-" | "–" | "‑"));
    if at + 2 < head && dash(at + 1) {
        let tied = TIES.contains(&lower[at + 2].as_str()) || matches!(word, "pro" | "anti");
        return tied.then(|| (3, format!("{word}-{}", lower[at + 2])));
    }
    (at + 1 < head && TIES[..11].contains(&lower[at + 1].as_str()))
        .then(|| (2, format!("{word}-{}", lower[at + 1])))
}

/// States and the bodies that the institutions table gives them.
fn is_of_state(actor: &super::Actor) -> bool {
    actor.kind == ActorKind::State
        || actor.country.as_ref().is_some_and(|iso2| {
            actor.id.strip_prefix(&iso2.to_lowercase()).is_some_and(|rest| rest.starts_with('-'))
        })
}

/// Whether an unknown word before a head may be part of a name: neither a determiner nor a quantity.
fn is_naming(word: &str) -> bool {
    const EMPTY: [&str; 34] = [
        "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "some",
        "several", "many", "few", "all", "both", "other", "another", "more", "most", "any", "no", "each",
        "every", "two", "three", "four", "five", "dozens", "hundreds", "'s", "of",
    ];
    word.chars().any(char::is_alphanumeric)
        && !EMPTY.contains(&word)
        && !word.chars().all(|c| c.is_ascii_digit() || c == ',')
}

/// A word in lower case with plain apostrophes.
fn plain(word: &str) -> String {
    word.chars().take(80).flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters.flat_map(char::to_lowercase))
        .collect()
}

fn phrase(kept: &[String], head: &str) -> String {
    let mut out: Vec<&str> = Vec::with_capacity(kept.len() + 1);
    for word in kept.iter().map(String::as_str) {
        if !out.contains(&word) {
            out.push(word);
        }
    }
    out.push(head);
    out.join(" ")
}

fn is_plural(head: &str) -> bool {
    let last = head.split(' ').next_back().unwrap_or(head);
    matches!(
        last,
        "people"
            | "police"
            | "men"
            | "women"
            | "children"
            | "policemen"
            | "gunmen"
            | "spokesmen"
            | "media"
            | "militiamen"
            | "tribesmen"
            | "servicemen"
            | "personnel"
    ) || (last.ends_with('s') && !last.ends_with("ss") && !matches!(last, "corps" | "congress"))
}
