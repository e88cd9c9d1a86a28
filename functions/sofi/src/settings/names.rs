//! Hosts and @names in their one form.

/// Longest host name.
const LONGEST_HOST: usize = 253;
/// Longest part of a host name.
const LONGEST_LABEL: usize = 63;
/// Telegram's shortest and longest @name. Names for sale are shorter than the five characters of the others.
const HANDLE: std::ops::RangeInclusive<usize> = 4..=32;

/// A host in lower case, without a dot at the end; nothing when it is none. International names in their ASCII form
/// (`xn--`).
pub(super) fn host(text: &str) -> Option<String> {
    let host = text.trim().to_ascii_lowercase();
    let host = host.strip_suffix('.').unwrap_or(&host);
    let labels: Vec<&str> = host.split('.').collect();
    let plain = |label: &&str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    // The last part of an address in numbers is a number, and that of a name never.
    let named = labels
        .last()
        .is_some_and(|last| last.bytes().any(|byte| byte.is_ascii_lowercase()));
    (host.len() <= LONGEST_HOST && labels.len() >= 2 && named && labels.iter().all(plain))
        .then(|| host.to_owned())
}

/// An @name in lower case, without the sign; nothing when Telegram could not have it.
pub(super) fn handle(text: &str) -> Option<String> {
    let text = text.trim();
    let name = text.strip_prefix('@').unwrap_or(text).to_ascii_lowercase();
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (HANDLE.contains(&name.len()) && plain && name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .then_some(name)
}

/// All of a list in their one form, each once, in the given order. What has no such form is left out: validation has
/// named it before.
pub(super) fn all(texts: &[String], one: fn(&str) -> Option<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in texts.iter().filter_map(|text| one(text)) {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_one_form() {
        for text in ["mira.example", " Mira.Example. ", "MIRA.EXAMPLE"] {
            assert_eq!(host(text).as_deref(), Some("mira.example"), "{text}");
        }
        assert!(host("shop.xn--mra-0ma.example").is_some());
    }

    #[test]
    fn what_is_no_host_name_is_refused() {
        for text in [
            "",
            "example",
            ".example",
            "mira..example",
            "https://mira.example",
            "mira.example/x",
            "mira.example:8080",
            "192.0.2.7",
            "-a.example",
            "a-.example",
            "mirá.example",
            "a b.example",
            "*.example",
        ] {
            assert_eq!(host(text), None, "{text}");
        }
        assert_eq!(host(&format!("{}.example", "a".repeat(64))), None);
        assert_eq!(host(&format!("{}example", "a.".repeat(124))), None);
    }

    #[test]
    fn a_handle_has_one_form() {
        for text in ["mira_official", "@Mira_Official", " @MIRA_OFFICIAL "] {
            assert_eq!(handle(text).as_deref(), Some("mira_official"), "{text}");
        }
        for text in [
            "",
            "@",
            "abc",
            "@@mira",
            "1mira",
            "mira-x",
            "mirá",
            &"a".repeat(33),
        ] {
            assert_eq!(handle(text), None, "{text}");
        }
    }

    #[test]
    fn the_same_name_twice_is_one() {
        let texts = ["@Mira", "mira", "other"].map(str::to_owned);
        assert_eq!(all(&texts, handle), ["mira", "other"]);
    }
}
