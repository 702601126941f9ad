//! Kinds of places, as claims write them, and what GeoNames feature codes mean in those terms.

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident = $text:literal / $radius:literal),+ $(,)?) => {
        /// What a place is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum PlaceKind { $($(#[doc = $doc])* $variant),+ }
        impl PlaceKind {
            /// All kinds, in the order of their numbers in compiled files.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word as claims write it.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// The kind that `word` stands for.
            pub fn parse(word: &str) -> Option<Self> { match word { $($text => Some(Self::$variant),)+ _ => None } }
            /// How far such a place reaches from its point, in km, where nothing better is known.
            pub const fn usual_radius_km(self) -> f64 { match self { $(Self::$variant => $radius),+ } }
        }
    };
}

// New kinds go at the end: compiled files store the position.
kinds! {
    /// A state or dependent territory.
    Country = "country" / 400.0,
    /// First-level division.
    Province = "province" / 80.0,
    /// Second-level division.
    District = "district" / 25.0,
    /// 100,000 people and more, or the seat of a first-level division.
    City = "city" / 8.0,
    /// 5,000 people and more, or the seat of a lower division.
    Town = "town" / 3.0,
    /// A smaller or unknown settlement.
    Village = "village" / 1.5,
    /// Part of a town.
    Neighbourhood = "neighbourhood" / 1.0,
    /// A region that is no division.
    Region = "region" / 60.0,
    /// River or canal.
    River = "river" / 5.0,
    /// Lake or reservoir.
    Lake = "lake" / 15.0,
    /// Sea or gulf.
    Sea = "sea" / 300.0,
    /// Strait.
    Strait = "strait" / 30.0,
    /// Desert.
    Desert = "desert" / 150.0,
    /// Mountain or range.
    Mountain = "mountain" / 20.0,
    /// Valley, plain or marsh.
    Valley = "valley" / 20.0,
    /// Island or group of islands.
    Island = "island" / 20.0,
    /// Peninsula or cape.
    Peninsula = "peninsula" / 80.0,
    /// Oil or gas field, or the plant on it.
    OilField = "oil-field" / 5.0,
    /// Dam or power station.
    Dam = "dam" / 2.0,
    /// Border crossing.
    Crossing = "border-crossing" / 1.0,
    /// Camp of refugees or displaced people.
    Camp = "camp" / 1.5,
    /// Air base.
    AirBase = "air-base" / 3.0,
    /// Other military base or prison.
    Base = "base" / 1.5,
    /// Airport.
    Airport = "airport" / 3.0,
    /// Port.
    Port = "port" / 2.0,
    /// Road, bridge, corridor or line.
    Road = "road" / 20.0,
    /// Part of the world wider than a country.
    Continent = "continent" / 2000.0,
    /// Industrial site, hospital, monument or other single site.
    Site = "site" / 1.0,
}

impl PlaceKind {
    /// Kind for the number in a compiled file.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }

    /// Kind of a GeoNames feature code (P, A, H, T, S, L classes) with its population; `None` for codes that name nothing a war report
    /// would name (postal areas, wells, single houses).
    pub fn of_feature(code: &str, population: u32) -> Option<Self> {
        Some(match code {
            "PPLC" | "PPLA" | "PPLG" => Self::City,
            "PPLX" => Self::Neighbourhood,
            "PPLA2" | "PPLA3" if population < 100_000 => Self::Town,
            "PPLA4" | "PPLA5" if population < 5_000 => Self::Village,
            "PPLH" | "PPLQ" | "PPLW" | "PPLCH" => Self::Village,
            _ if code.starts_with("PPL") || code == "STLMT" || code.is_empty() => match population {
                100_000.. => Self::City,
                5_000.. => Self::Town,
                _ => Self::Village,
            },
            "PCLI" | "PCLD" | "PCLS" | "PCLF" | "PCL" | "TERR" | "PCLIX" => Self::Country,
            "ADM1" => Self::Province,
            "ADM2" | "ADM3" | "ADM4" | "ADMD" => Self::District,
            "RGN" | "AREA" | "RGNH" | "LCTY" | "TRB" | "RGNE" => Self::Region,
            "STM" | "STMM" | "CNL" | "STMI" | "STMX" | "WAD" | "WADM" | "WADB" => Self::River,
            "LK" | "LKS" | "RSV" | "LKI" | "LGN" => Self::Lake,
            "SEA" | "GULF" | "BAY" | "OCN" => Self::Sea,
            "STRT" => Self::Strait,
            "DSRT" | "ERG" => Self::Desert,
            "MT" | "MTS" | "HLL" | "HLLS" | "RDGE" | "PK" | "PASS" => Self::Mountain,
            "VAL" | "PLN" | "MRSH" | "UPLD" | "PLAT" => Self::Valley,
            "ISL" | "ISLS" => Self::Island,
            "PEN" | "CAPE" => Self::Peninsula,
            "OILF" | "GASF" | "OILR" | "OILP" => Self::OilField,
            "DAM" | "PS" | "PSH" | "PSN" => Self::Dam,
            "BDG" | "RD" | "RDJCT" => Self::Road,
            "CMPRF" | "CMPLA" | "CMP" => Self::Camp,
            "AIRB" => Self::AirBase,
            "INSM" | "MILB" | "PRN" | "FT" => Self::Base,
            "AIRP" | "AIRF" => Self::Airport,
            "PRT" | "HBR" => Self::Port,
            _ => return None,
        })
    }

    /// Kinds that the word beside a name ("the town of X", "X province") allows; empty when the word says nothing.
    pub fn of_hint(word: &str) -> &'static [Self] {
        use PlaceKind::{
            AirBase, Airport, Base, Camp, City, Continent, Country, Crossing, Dam, Desert, District, Island,
            Lake, Mountain, Neighbourhood, OilField, Peninsula, Port, Province, Region, River, Road, Sea,
            Site, Strait, Town, Valley, Village,
        };
        match word {
            "city" | "cities" | "capital" | "metropolis" => &[City, Town],
            "town" | "towns" | "township" | "townships" => &[Town, City, Village, Neighbourhood],
            "village" | "villages" | "hamlet" | "settlement" | "settlements" | "community" => {
                &[Village, Town]
            }
            "suburb" | "suburbs" | "neighbourhood" | "neighborhood" | "neighbourhoods" | "neighborhoods"
            | "quarter" | "quarters" | "borough" => &[Neighbourhood, Town, Village, City],
            "province" | "provinces" | "governorate" | "governorates" | "state" | "states" | "oblast"
            | "department" | "wilayat" | "wilaya" | "county" => &[Province, Region, District],
            "district" | "districts" | "raion" | "subdistrict" | "municipality" | "cercle" | "woreda" => {
                &[District, Neighbourhood, Town, Province, City, Village]
            }
            "region" | "regions" | "area" | "areas" | "zone" | "territory" | "enclave" | "pocket" => {
                &[Region, Province, District, Valley, Town, City, Village]
            }
            "country" | "nation" | "republic" | "kingdom" => &[Country],
            "countryside" => &[City, Province, Town, District, Village],
            "river" | "rivers" | "canal" | "wadi" => &[River],
            "lake" | "reservoir" | "dam" => &[Lake, Dam],
            "sea" | "gulf" | "ocean" | "bay" => &[Sea],
            "strait" | "straits" => &[Strait],
            "desert" | "badia" => &[Desert, Region],
            "mountain" | "mountains" | "mount" | "hill" | "hills" | "heights" | "hilltop" | "peak"
            | "ridge" | "jebel" => &[Mountain, Region],
            "valley" | "plain" | "plains" | "basin" | "marshes" | "marsh" | "forest" | "gorge" => {
                &[Valley, Region, Mountain]
            }
            "island" | "islands" | "islet" | "archipelago" => &[Island],
            "peninsula" => &[Peninsula, Region],
            "oilfield" | "oilfields" | "field" | "fields" | "gasfield" | "refinery" | "plant" => {
                &[OilField, Dam, Site]
            }
            "crossing" | "crossings" | "checkpoint" | "gate" => &[Crossing, Town, Village],
            "camp" | "camps" => &[Camp, Town, Village],
            "airbase" | "airfield" | "base" | "bases" | "barracks" | "garrison" | "prison" => {
                &[AirBase, Base, Airport, Town, Village, City]
            }
            "airport" => &[Airport, AirBase, City, Town],
            "port" | "harbour" | "harbor" | "terminal" => &[Port, City, Town],
            "highway" | "road" | "bridge" | "corridor" => &[Road],
            "continent" => &[Continent],
            _ => &[],
        }
    }

    /// Whether people live in it as in one settlement.
    pub const fn is_settlement(self) -> bool {
        matches!(self, Self::City | Self::Town | Self::Village | Self::Neighbourhood)
    }

    /// Whether it is an area that holds settlements.
    pub const fn is_area(self) -> bool {
        matches!(self, Self::Country | Self::Province | Self::District | Self::Region | Self::Continent)
    }
}
