use jiff::civil::Date;

/// One report as it was read: its text untouched, and what its container said of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The id that came with the report; without one, claims carry the text's hash.
    pub id: Option<String>,
    /// The outlet as named by the container or on the command line.
    pub source: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Headline, where it is apart from the text.
    pub title: Option<String>,
    /// Where the report was found.
    pub url: Option<String>,
    /// The text exactly as given; every offset counts its characters.
    pub text: String,
    /// Keys of the container that mean nothing to us, kept as they came.
    pub other: serde_json::Map<String, serde_json::Value>,
}
