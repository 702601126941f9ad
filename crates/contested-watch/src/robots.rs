//! What a server's robots.txt (RFC 9309) allows us.

use std::time::Duration;

/// Longest file that is looked at, in bytes.
pub(crate) const LARGEST: u64 = 500 << 10;
/// Longest wait between two requests that we let a server ask for.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// The rules for us.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Robots {
    /// Patterns with whether they allow.
    rules: Vec<(String, bool)>,
    /// How long to wait between two requests.
    pub delay: Option<Duration>,
}

impl Robots {
    /// The rules of `text` for the program called `agent`: those of its own group, or those for all.
    pub fn of(text: &str, agent: &str) -> Self {
        let mut own = Self::default();
        let mut all = Self::default();
        let (mut for_own, mut for_all, mut own_group, mut in_head) = (false, false, false, false);
        for line in text.lines().take(20_000) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            let key = key.trim().to_ascii_lowercase();
            if key == "user-agent" {
                if !in_head {
                    (for_own, for_all) = (false, false);
                }
                in_head = true;
                for_all |= value == "*";
                if value.eq_ignore_ascii_case(agent) {
                    for_own = true;
                    own_group = true;
                }
                continue;
            }
            in_head = false;
            let mut put = |apply: &dyn Fn(&mut Self)| {
                if for_own {
                    apply(&mut own);
                }
                if for_all {
                    apply(&mut all);
                }
            };
            match key.as_str() {
                "allow" | "disallow" if !value.is_empty() => {
                    put(&|robots| robots.rules.push((value.to_owned(), key == "allow")));
                }
                "crawl-delay" => {
                    if let Ok(seconds) = value.parse::<f64>()
                        && seconds.is_finite()
                        && seconds > 0.0
                    {
                        let delay = Duration::from_secs_f64(seconds.min(LONGEST_WAIT.as_secs_f64()));
                        put(&|robots| robots.delay = Some(delay));
                    }
                }
                _ => {}
            }
        }
        if own_group { own } else { all }
    }

    /// Whether a path with its query may be asked for: the longest rule that fits decides, and of equals the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting.max_by_key(|(pattern, allows)| (pattern.len(), *allows)).is_none_or(|(_, allows)| *allows)
    }
}

/// Whether a path begins as `pattern` says, where `*` is anything and `$` at the end the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if to_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_of_ones_own_group_decides() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Contested # us\nDisallow: /private\nAllow: /private/feed\nDisallow: /*.php$\nCrawl-delay: 2.5\n\nUser-agent: x\nDisallow: /y";
        let ours = Robots::of(text, "contested");
        for (path, allowed) in [
            ("/", true),
            ("/private/x", false),
            ("/private/feed.xml", true),
            ("/a/b.php", false),
            ("/a/b.php?x=1", true),
            ("/y", true),
        ] {
            assert_eq!(ours.allows(path), allowed, "{path}");
        }
        assert_eq!(ours.delay, Some(Duration::from_millis(2500)));
        assert!(!Robots::of(text, "nobody").allows("/"));
        assert!(Robots::of("rubbish\n:\nDisallow: /", "contested").allows("/"));
        assert!(Robots::of("User-agent: *\nDisallow:\nCrawl-delay: 1e99", "contested").allows("/x"));
    }
}
