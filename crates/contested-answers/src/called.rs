use contested_assess::PlaceName;

/// Whether a user who writes `wanted` means this place: its id, its name, or its country's two letters. Names are compared by their letters
/// only: "albu kamal" is "Albū Kamāl".
pub fn is_called(place: &PlaceName, wanted: &str) -> bool {
    let letters = |s: &str| -> String {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    place.id.as_deref() == Some(wanted)
        || letters(&place.name) == letters(wanted)
        || wanted.len() == 2
            && place.country.as_deref().is_some_and(|country| country.eq_ignore_ascii_case(wanted))
}
