use serde::{Deserialize, Serialize};

/// What a claim is about (CLAIM.md, "kind and type").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something that happened, is happening, or is denied to have happened.
    Event,
    /// A state: an actor holds, contests, or does not hold a place.
    Control,
    /// A standing tie between two actors.
    Relation,
    /// What a source expects, intends, fears or makes conditional.
    Outlook,
}

macro_rules! claim_types {
    ($($kind:ident { $($variant:ident = $name:literal : $doc:literal),+ $(,)? })+) => {
        /// The type of a claim. Each type belongs to exactly one [`Kind`]; see [`ClaimType::kind`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ClaimType {
            $($(#[doc = $doc] #[serde(rename = $name)] $variant,)+)+
        }

        impl ClaimType {
            /// Every type, in the order of CLAIM.md.
            pub const ALL: &'static [Self] = &[$($(Self::$variant,)+)+];

            /// The kind this type belongs to.
            pub const fn kind(self) -> Kind {
                match self { $($(Self::$variant => Kind::$kind,)+)+ }
            }

            /// The name as written in claims (`"part-of"`).
            pub const fn as_str(self) -> &'static str {
                match self { $($(Self::$variant => $name,)+)+ }
            }
        }

        #[cfg(feature = "schema")]
        crate::schema::of_words!(ClaimType { $($($name),+),+ });

        impl std::str::FromStr for ClaimType {
            type Err = UnknownType;
            fn from_str(name: &str) -> Result<Self, UnknownType> {
                match name { $($($name => Ok(Self::$variant),)+)+ _ => Err(UnknownType(name.to_owned())) }
            }
        }
    };
}

/// A word that names no claim type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no claim type is called `{0}`")]
pub struct UnknownType(String);

claim_types! {
    Event {
        Seize = "seize": "Ground taken.", Retreat = "retreat": "Ground given up or lost.",
        Attack = "attack": "Any assault without a finer type.", Clash = "clash": "Fighting in which both sides act.",
        Repel = "repel": "An attack beaten back, a missile shot down.", Siege = "siege": "Encirclement, blockade.",
        Airstrike = "airstrike": "From aircraft, helicopters, drones.", Shelling = "shelling": "Artillery, rockets, mortars, missiles from the ground.",
        Bombing = "bombing": "Placed or carried explosives.", Chemical = "chemical": "Use of chemical agents.",
        Kill = "kill": "Deaths.", Detain = "detain": "Arrest, capture of persons by an authority.", Abduct = "abduct": "Kidnapping.",
        Release = "release": "Persons set free.", Surrender = "surrender": "Giving oneself up.", Displace = "displace": "Flight, evacuation.",
        Execute = "execute": "Killing of captives, executions.", Destroy = "destroy": "Damage to matter.",
        Move = "move": "Deploying, advancing, entering, crossing.", Agree = "agree": "Agreements.", Ceasefire = "ceasefire": "Truces.",
        Talk = "talk": "Meetings, negotiations.", Support = "support": "Backing, arming, training, financing.", Aid = "aid": "Humanitarian help.",
        Threaten = "threaten": "Threats and warnings.", Demand = "demand": "Demands and calls.", Accuse = "accuse": "Accusing, condemning, blaming.",
        Reject = "reject": "Refusals.", Sanction = "sanction": "Sanctions, embargoes.", Protest = "protest": "Demonstrations, strikes.",
        Vote = "vote": "Elections, votes.", Declare = "declare": "Formal declarations.", Govern = "govern": "Ruling, legislating, taxing.",
        Legal = "legal": "Trials, charges, rulings.",
    }
    Control { Holds = "holds": "An actor holds a place.", Contests = "contests": "An actor disputes another's hold." }
    Relation {
        Backs = "backs": "Agent backs target.", Allied = "allied": "The two are allies.", PartOf = "part-of": "Agent is part of target.",
        Leads = "leads": "Agent leads target.", Fights = "fights": "The two are at war.", Opposes = "opposes": "Agent opposes target.",
    }
    Outlook {
        Prediction = "prediction": "Expected or feared.", Intent = "intent": "Vowed or planned.", Conditional = "conditional": "Depends on something.",
    }
}

impl std::fmt::Display for ClaimType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Kind {
    /// The name as written in claims.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Control => "control",
            Self::Relation => "relation",
            Self::Outlook => "outlook",
        }
    }
}
