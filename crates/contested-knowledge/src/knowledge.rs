use std::sync::LazyLock;

use crate::actors::{Actors, DataError};
use crate::places::{Compiled, Gazetteer};
use crate::sources::Sources;

/// Everything the program knows of the world: the embedded data and what the user imported.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// Places.
    pub places: Gazetteer,
    /// Actors.
    pub actors: &'static Actors,
    /// Sources.
    pub sources: &'static Sources,
    id: String,
}

impl Knowledge {
    /// What is built in.
    pub fn embedded() -> &'static Self {
        static LOADED: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::of(Gazetteer::embedded().clone()));
        &LOADED
    }

    /// This knowledge with imported gazetteers, which take part at once and change the [`Self::id`].
    #[must_use]
    pub fn with_places(&self, imports: Vec<Compiled>) -> Self {
        Self::of(self.places.with(imports))
    }

    /// This knowledge with own tables of actors, (path, text) each, which take part at once and change the [`Self::id`]. The joined actors
    /// stay in memory to the end of the program.
    ///
    /// # Errors
    /// The first row that cannot stand beside the built-in tables, see [`Actors::with`].
    pub fn with_actors(&self, own: &[(&str, &str)]) -> Result<Self, DataError> {
        let actors: &'static Actors = Box::leak(Box::new(Actors::with(own)?));
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.id.as_bytes());
        for (_, text) in own {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        let id = format!("b3:{}", hasher.finalize().to_hex());
        Ok(Self { places: self.places.clone(), actors, sources: self.sources, id })
    }

    /// `b3:` and the digest of all data, imports included: two runs with the same id know the same.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn of(places: Gazetteer) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut add = |part: &[u8]| {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        };
        for part in places.digests() {
            add(part);
        }
        Actors::embedded_texts().chain(Sources::embedded_texts()).for_each(|text| add(text.as_bytes()));
        let id = format!("b3:{}", hasher.finalize().to_hex());
        Self { places, actors: Actors::embedded(), sources: Sources::embedded(), id }
    }
}
