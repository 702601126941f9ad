//! What an analyst means by a name: what the ledger's claims call so, else what the knowledge base does.

use anyhow::{Context as _, bail};
use contested_knowledge::Knowledge;
use contested_knowledge::places::{CountryCode, Located, PlaceContext, PlaceQuery};
use contested_ledger::{Ledger, Named, NamedPlace, What};

/// Looks names up.
pub(crate) struct Names<'l> {
    pub(crate) ledger: &'l Ledger,
    pub(crate) knowledge: &'static Knowledge,
}

/// "Syrian Army [sy-army]" into name and id.
fn split(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    match text.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
        Some((name, id)) if !name.trim().is_empty() => {
            (name.trim(), Some(id.trim()).filter(|id| !id.is_empty()))
        }
        _ => (text, None),
    }
}

impl Names<'_> {
    /// The actor or source that `text` means; one of its own name where nobody is known by it.
    pub(crate) fn actor(&self, text: &str) -> anyhow::Result<Named> {
        let (name, id) = split(text);
        if name.is_empty() {
            bail!("an actor needs a name");
        }
        if let Some(id) = id {
            return Ok(Named { name: name.to_owned(), id: Some(id.to_owned()) });
        }
        if let Some(actor) = self.knowledge.actors.get(name).or_else(|| self.knowledge.actors.named(name)) {
            return Ok(Named { name: actor.name.clone(), id: Some(actor.id.clone()) });
        }
        Ok(Named {
            name: self.ledger.name_of(What::Actor, name)?.unwrap_or_else(|| name.to_owned()),
            id: None,
        })
    }

    /// Likewise, where `text` may also be an id as claims have it.
    pub(crate) fn actor_or_id(&self, text: &str) -> anyhow::Result<Named> {
        if let Some(name) = text.trim().strip_prefix("name:") {
            let spelt = self.ledger.name_of(What::Actor, text.trim())?;
            return Ok(Named { name: spelt.unwrap_or_else(|| name.to_owned()), id: None });
        }
        let found = self.actor(text)?;
        if found.id.is_none()
            && let [id] = &self.ledger.ids_of(What::Actor, text.trim())?[..]
            && !id.starts_with("name:")
        {
            return Ok(Named {
                name: self.ledger.name_of(What::Actor, id)?.unwrap_or(found.name),
                id: Some(id.clone()),
            });
        }
        Ok(found)
    }

    /// The place that `text` means: by id, by the one place that the claims call so, or by the gazetteer with `country` to decide.
    pub(crate) fn place(&self, text: &str, country: Option<&str>) -> anyhow::Result<NamedPlace> {
        let (name, id) = split(text);
        if name.is_empty() {
            bail!("a place needs a name");
        }
        let ids = match id {
            Some(id) => vec![id.to_owned()],
            None => self.ledger.ids_of(What::Place, name)?,
        };
        if name.starts_with("name:")
            && let Some(place) = self.ledger.place_of(name)?
        {
            return Ok(place);
        }
        let located: Vec<&String> = ids.iter().filter(|id| !id.starts_with("name:")).collect();
        if let [one] = located[..]
            && let Some(place) = self.ledger.place_of(one)?
        {
            let name = if id.is_some() { name.to_owned() } else { place.name.clone() };
            return Ok(NamedPlace { name, ..place });
        }
        if let Some(id) = id.or_else(|| name.contains(':').then_some(name)) {
            let found = self.knowledge.places.get(id).with_context(|| {
                format!("no place has the id `{id}`: `contested gazetteer lookup` finds ids")
            })?;
            return Ok(named(&found.place, if id == name { None } else { Some(name) }));
        }
        let countries: Vec<_> =
            country.and_then(CountryCode::parse).map(|code| (code, 1.0)).into_iter().collect();
        let context = PlaceContext { dateline: None, countries: &countries };
        let found = self
            .knowledge
            .places
            .resolve(&[PlaceQuery { name, ..PlaceQuery::default() }], &context)
            .swap_remove(0);
        if found.undecided {
            bail!(
                "`{name}` may be several places: give the id in brackets, as in `{name} [geonames:12345]`; `contested gazetteer lookup` lists them"
            );
        }
        Ok(found.best.as_ref().map_or_else(
            || NamedPlace {
                name: name.to_owned(),
                id: None,
                lat: None,
                lon: None,
                country: None,
                kind: None,
                relation: None,
            },
            |place| named(place, None),
        ))
    }

    /// The key of the one claim that `text` means: its key or id, or the start of one.
    pub(crate) fn key(&self, text: &str) -> anyhow::Result<String> {
        let mut keys = self.ledger.keys_like(text.trim())?;
        match keys.len() {
            1 => Ok(keys.swap_remove(0)),
            0 => bail!("no claim has the key or id `{text}`: `contested claims` shows keys"),
            _ => bail!("`{text}` is the start of several keys: give more of it"),
        }
    }

    /// The id under which the claims have the actor or place of this name or id.
    pub(crate) fn id(&self, what: What, text: &str) -> anyhow::Result<String> {
        let (name, id) = split(text);
        if let Some(id) = id {
            return Ok(id.to_owned());
        }
        let mut ids = self.ledger.ids_of(what, name)?;
        // Where the extractor could not tell which one is meant in one claim, the name is that one's all the same.
        if ids.iter().filter(|id| !id.starts_with("name:")).count() == 1 {
            ids.retain(|id| !id.starts_with("name:"));
        }
        match ids.len() {
            1 => Ok(ids.swap_remove(0)),
            0 => bail!("no claim names the {} `{name}`", what.as_str()),
            _ => bail!("`{name}` is several {}s: {}; give one of these ids", what.as_str(), ids.join(", ")),
        }
    }
}

fn named(place: &Located, called: Option<&str>) -> NamedPlace {
    NamedPlace {
        name: called.map_or_else(|| place.name.clone(), str::to_owned),
        id: Some(place.id.clone()),
        lat: Some(place.lat),
        lon: Some(place.lon),
        country: place.country.map(|code| code.as_str().to_owned()),
        kind: Some(place.kind.as_str().to_owned()),
        relation: None,
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn ids_stand_in_brackets() {
        assert_eq!(split("Syrian Army [sy-army]"), ("Syrian Army", Some("sy-army")));
        assert_eq!(split(" Syrian Army "), ("Syrian Army", None));
        assert_eq!(split("[x]"), ("[x]", None));
        assert_eq!(split("x []"), ("x", None));
    }
}
