use super::*;
use crate::actors::Actors;

#[test]
fn embedded_tables_are_valid() {
    let sources = Sources::parse(load::EMBEDDED);
    assert!(sources.is_ok(), "{}", sources.err().map(|e| e.to_string()).unwrap_or_default());
    assert_eq!(Sources::embedded().unknown_sides(Actors::embedded()), Vec::new());
    assert!(Sources::embedded().all().len() >= 200);
}

#[test]
fn outlets() {
    let sources = Sources::embedded();
    for (outlet, id) in [
        ("reuters", "reuters"),
        ("sana", "sana"),
        ("FBIS", "fbis"),
        ("Wikipedia current events", "wikipedia"),
        ("Fox News", "fox-news"),
        ("https://www.bbc.co.uk/news/world", "bbc"),
        ("news.sky.com", "sky-news"),
        ("The Guardian", "guardian"),
        ("Reuters / Beirut", "reuters"),
        ("al-Manar", "al-manar"),
    ] {
        assert_eq!(sources.by_outlet(outlet).map(|source| source.id.as_str()), Some(id), "{outlet}");
    }
    assert_eq!(sources.by_outlet(""), None);
    assert_eq!(sources.by_outlet("my notes"), None);
}

#[test]
fn unknown_sources_get_a_kind() {
    let sources = Sources::embedded();
    for (text, head, kind) in [
        ("a war monitor", 2, SourceKind::Monitor),
        ("state television", 1, SourceKind::StateMedia),
        ("opposition activists", 1, SourceKind::Resident),
        ("a security source", 2, SourceKind::BelligerentOfficial),
        ("local residents", 1, SourceKind::Resident),
        ("the defence ministry", 2, SourceKind::BelligerentOfficial),
        ("a commander in the alliance", 1, SourceKind::BelligerentOfficial),
        ("western diplomats", 1, SourceKind::Official),
        ("medical sources", 1, SourceKind::LocalOfficial),
        ("sources", 0, SourceKind::Anonymous),
        ("analysts", 0, SourceKind::Analyst),
        ("a spokesman for the rebel group", 1, SourceKind::BelligerentOfficial),
    ] {
        let words: Vec<&str> = text.split(' ').collect();
        assert_eq!(sources.compose(&words, head).map(|composed| composed.kind), Some(kind), "{text}");
    }
    assert_eq!(sources.compose(&["the", "table"], 1), None);
}
