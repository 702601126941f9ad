use std::fmt;

use crate::ExportError;

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $doc])* $variant),+ }
        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word for it, as on the command line.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// What `word` stands for.
            pub fn parse(word: &str) -> Option<Self> { match word { $($text => Some(Self::$variant),)+ _ => None } }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

words! {
    /// What is exported.
    Subject {
        /** Claims, one by one. */ Claims = "claims",
        /** Events across reports. */ Events = "events",
        /** Who holds which place. */ Control = "control",
        /** What sources contradict one another about. */ Disputes = "disputes",
        /** Who acts and suffers. */ Actors = "actors",
        /** Who tells. */ Sources = "sources",
    }
}

words! {
    /// A format.
    Format {
        /** Flat table, comma-separated. */ Csv = "csv",
        /** Whole records, one JSON object a line. */ Jsonl = "jsonl",
        /** GeoJSON (RFC 7946). */ GeoJson = "geojson",
        /** KML 2.2. */ Kml = "kml",
        /** HXL 1.1: a table with a row of hashtags. */ Hxl = "hxl",
        /** ACLED's 31 columns. */ Acled = "acled",
        /** UCDP GED's 49 columns. */ Ucdp = "ucdp",
        /** GDELT 2.0, table of events. */ Gdelt = "gdelt",
        /** GDELT 2.0, table of mentions. */ GdeltMentions = "gdelt-mentions",
        /** PLOVER events, one JSON object a line. */ Plover = "plover",
        /** POLECAT's 40 columns. */ Polecat = "polecat",
        /** FollowTheMoney entities, one JSON object a line. */ Ftm = "ftm",
    }
}

impl Format {
    /// What it has room for.
    pub const fn subjects(self) -> &'static [Subject] {
        use Subject as S;
        match self {
            Self::Csv | Self::Jsonl => Subject::ALL,
            Self::GeoJson | Self::Kml => &[S::Claims, S::Events, S::Control, S::Disputes],
            Self::Hxl => &[S::Claims, S::Events, S::Control],
            Self::Acled | Self::Ucdp | Self::Gdelt | Self::GdeltMentions | Self::Plover | Self::Polecat => {
                &[S::Claims, S::Events]
            }
            Self::Ftm => &[S::Claims, S::Events, S::Actors, S::Sources],
        }
    }

    /// Says no where it has no room for `subject`.
    ///
    /// # Errors
    /// [`ExportError::NotOffered`], with what it takes.
    pub fn offers(self, subject: Subject) -> Result<(), ExportError> {
        if self.subjects().contains(&subject) {
            return Ok(());
        }
        let offered: Vec<&str> = self.subjects().iter().map(|subject| subject.as_str()).collect();
        Err(ExportError::NotOffered { format: self, subject, offered: offered.join(", ") })
    }

    /// Ending of a file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::Hxl | Self::Acled | Self::Ucdp => "csv",
            Self::Jsonl | Self::Plover | Self::Ftm => "jsonl",
            Self::GeoJson => "geojson",
            Self::Kml => "kml",
            Self::Gdelt => "export.CSV",
            Self::GdeltMentions => "mentions.CSV",
            Self::Polecat => "txt",
        }
    }

    /// Media type, for servers.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::Hxl | Self::Acled | Self::Ucdp => "text/csv; charset=utf-8; header=present",
            Self::Jsonl | Self::Plover | Self::Ftm => "application/x-ndjson",
            Self::GeoJson => "application/geo+json",
            Self::Kml => "application/vnd.google-earth.kml+xml",
            Self::Gdelt | Self::GdeltMentions | Self::Polecat => "text/tab-separated-values; charset=utf-8",
        }
    }
}
