/// Characters of a text that may hold its dateline and by-line.
const HEAD: usize = 160;

/// Whether a text's head ("BEIRUT (Wire service) -") names the outlet that publishes it. Of two that say the same on one day, that one is the
/// original: copies name their agency, not themselves.
pub fn names_itself(outlet: &str, text: &str) -> bool {
    let letters = |text: &str| -> String {
        let plain = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' });
        let plain: String = plain.flat_map(char::to_lowercase).collect();
        format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let outlet = letters(outlet);
    let head: String = text.chars().take(HEAD).collect();
    !outlet.trim().is_empty() && letters(&head).contains(&outlet)
}

#[cfg(test)]
mod tests {
    use super::names_itself;

    #[test]
    fn the_dateline_tells_whose_it_is() {
        let text = "beirut ( wire service ) - the army said …";
        assert!(names_itself("Wire Service", text));
        assert!(
            !names_itself("Daily", text) && !names_itself("", text) && !names_itself("Wire Services", text)
        );
    }
}
