//! Kinds of actors.

/// What sort of body an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(into = "&'static str")]
pub enum ActorKind {
    /// A state as a whole.
    State,
    /// A government or an administration, recognised or not.
    Government,
    /// Armed forces of a state, or part of them.
    Army,
    /// A ministry, directorate or secret service.
    Ministry,
    /// A parliament.
    Parliament,
    /// Organised fighters outside the armed forces.
    ArmedGroup,
    /// Irregulars beside the armed forces or of a community.
    Militia,
    /// Several actors that act as one.
    Coalition,
    /// A party or political movement.
    Party,
    /// Police.
    Police,
    /// A person.
    Person,
    /// A body of states.
    InternationalOrganisation,
    /// Aid groups, human-rights groups, monitors.
    Ngo,
    /// A people or religious community.
    EthnicGroup,
    /// An outlet.
    Media,
    /// People without an organisation: civilians, residents, protesters.
    Civilians,
}

const WORDS: [(&str, ActorKind); 16] = [
    ("state", ActorKind::State),
    ("government", ActorKind::Government),
    ("army", ActorKind::Army),
    ("ministry", ActorKind::Ministry),
    ("parliament", ActorKind::Parliament),
    ("armed-group", ActorKind::ArmedGroup),
    ("militia", ActorKind::Militia),
    ("coalition", ActorKind::Coalition),
    ("party", ActorKind::Party),
    ("police", ActorKind::Police),
    ("person", ActorKind::Person),
    ("international-organisation", ActorKind::InternationalOrganisation),
    ("ngo", ActorKind::Ngo),
    ("ethnic-group", ActorKind::EthnicGroup),
    ("media", ActorKind::Media),
    ("civilians", ActorKind::Civilians),
];

impl ActorKind {
    /// The kind that tables write as `word`.
    pub fn parse(word: &str) -> Option<Self> {
        WORDS.iter().find(|(name, _)| *name == word).map(|&(_, kind)| kind)
    }

    /// The word that tables write.
    pub fn as_str(self) -> &'static str {
        WORDS.iter().find(|&&(_, kind)| kind == self).map_or("", |&(name, _)| name)
    }

    /// Whether such an actor fights with weapons as an organisation.
    pub const fn is_armed(self) -> bool {
        matches!(self, Self::Army | Self::ArmedGroup | Self::Militia | Self::Coalition | Self::Police)
    }
}

impl From<ActorKind> for &'static str {
    fn from(kind: ActorKind) -> Self {
        kind.as_str()
    }
}
