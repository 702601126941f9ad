/// What an address is known by: without scheme, `www.`, port, fragment, marks of advertisers and a slash at the end, its host in lower case. `None` for
/// what names no page of its own: the front page of a site is not the address of a report.
pub fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (whole, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = whole.split_once('/').unwrap_or((whole, ""));
    let host = host.rsplit('@').next().unwrap_or_default().to_lowercase();
    let host = host.split(':').next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = path.trim_end_matches('/');
    let kept: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !is_advertisers(part)).collect();
    if host.is_empty() || path.is_empty() && kept.is_empty() {
        return None;
    }
    let mark = if kept.is_empty() { "" } else { "?" };
    Some(format!("{host}/{path}{mark}{}", kept.join("&")))
}

fn is_advertisers(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with("utm_")
        || ["fbclid", "gclid", "msclkid", "igshid", "mc_cid", "mc_eid", "ref", "cmpid"]
            .contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn one_page_has_one_address() {
        let page = Some("example.org/news/rawa".to_owned());
        for url in [
            "https://www.example.org/news/rawa",
            "http://Example.org:80/news/rawa/",
            "example.org/news/rawa?utm_source=x&fbclid=1#top",
        ] {
            assert_eq!(address(url), page, "{url}");
        }
        assert_eq!(address("https://example.org/?p=12"), Some("example.org/?p=12".to_owned()));
        assert_ne!(address("https://example.org/news?id=1"), address("https://example.org/news?id=2"));
    }

    #[test]
    fn a_front_page_is_nobodys_address() {
        for url in [
            "https://example.org",
            "https://www.example.org/",
            "https://example.org/?utm_source=x",
            "",
            "#",
            "://",
        ] {
            assert_eq!(address(url), None, "{url}");
        }
    }
}
