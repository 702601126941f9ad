//! Actors from noun phrases: nationality, community or side, and a head noun that the tables know ("Kurdish militias", "the army").

mod around;
mod meaning;
mod tables;
mod ties;

use super::{ActorContext, ActorKind, Actors, Nation};
use tables::{Class, Head};

pub(super) use tables::Tables;

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

/// Longest head in words ("ministry of foreign affairs").
const LONGEST_HEAD: usize = 4;

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
            // "the army" in a report of Gaza is not the Palestinians'
            let nation = self.meant_abroad(&key, nation, context).unwrap_or(nation);
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
        if owner.is_none() && after.is_none() {
            self.generic(&key, &before, &mut out, context);
        }
        if out.id.is_none() {
            out.id = self.id_of(entry, &before, &out, context);
        }
        if let Some(known) = out.id.as_deref().and_then(|id| self.get(id)) {
            out.country = out.country.or_else(|| known.country.clone());
        }
        Some(out)
    }

    /// The state whose body the word means in the reports of another one.
    fn meant_abroad(&self, key: &str, nation: &Nation, context: &ActorContext<'_>) -> Option<&Nation> {
        let actor = self.get(self.composition.meant(key, &nation.iso2, context)?)?;
        let state = actor.country.as_deref().filter(|iso2| *iso2 != nation.iso2)?;
        (actor.kind == ActorKind::Army).then(|| self.state_nation(state))?
    }

    /// Whom the word means in the reports of its country, where nothing but the country's adjective stands before it.
    fn generic(
        &self,
        key: &str,
        before: &around::Before<'_>,
        out: &mut Composed,
        context: &ActorContext<'_>,
    ) {
        let plain = before.ethnicity.is_none() && !before.tied && !before.government;
        let Some(nation) = before.nation.or_else(|| self.context_nation(context)).filter(|_| plain) else {
            return;
        };
        if before.kept.iter().any(|word| *word != nation.adjective) {
            return;
        }
        let meant = self.composition.meant(key, &nation.iso2, context);
        if let Some(actor) = meant.and_then(|id| self.get(id)) {
            out.id = Some(actor.id.clone());
            out.kind = actor.kind;
            out.anonymous = false;
        }
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
