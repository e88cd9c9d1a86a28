//! Headers that the edge adds: `infra/headers.json`, from which the distribution's policies are checked too.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;

static EDGE: LazyLock<Edge> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../headers.json"))
        .expect("infra/headers.json has this form, which a test shows")
});

#[derive(Deserialize)]
struct Edge {
    common: BTreeMap<String, String>,
    /// The first whose path fits is taken.
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    paths: Vec<String>,
    /// Set whatever the function said.
    headers: BTreeMap<String, String>,
    /// Set where the function said nothing.
    unless_set: BTreeMap<String, String>,
}

impl Group {
    fn fits(&self, path: &str) -> bool {
        self.paths
            .iter()
            .any(|pattern| match pattern.strip_suffix('*') {
                Some(start) => path.starts_with(start),
                None => path == pattern,
            })
    }
}

/// Adds what the edge adds to an answer at `path`. Telegram's path does not pass the edge, and nothing is added there.
pub(super) fn add(path: &str, headers: &mut HeaderMap) {
    if path.starts_with("/hooks/") {
        return;
    }
    let Some(group) = EDGE.groups.iter().find(|group| group.fits(path)) else {
        return;
    };
    for (name, value) in EDGE.common.iter().chain(&group.headers) {
        if let Some((name, value)) = header(name, value) {
            headers.insert(name, value);
        }
    }
    for (name, value) in &group.unless_set {
        if let Some((name, value)) = header(name, value) {
            headers.entry(name).or_insert(value);
        }
    }
}

fn header(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    Some((
        HeaderName::from_bytes(name.as_bytes()).ok()?,
        HeaderValue::from_str(value).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        add(path, &mut headers);
        headers
    }

    #[test]
    fn every_header_of_the_file_is_valid_and_every_path_has_a_group() {
        let edge = &*EDGE;
        let all = edge
            .groups
            .iter()
            .flat_map(|group| group.headers.iter().chain(&group.unless_set));
        assert!(
            edge.common
                .iter()
                .chain(all)
                .all(|(name, value)| header(name, value).is_some())
        );
        for path in [
            "/",
            "/inbox/deep",
            "/api/v1/me",
            "/legal",
            "/legal/privacy",
            "/.well-known/gpc.json",
        ] {
            assert_eq!(of(path)["x-content-type-options"], "nosniff", "{path}");
        }
    }

    #[test]
    fn api_legal_pages_and_site_have_policies_of_their_own() {
        let policy = |path| {
            of(path)["content-security-policy"]
                .to_str()
                .expect("ASCII")
                .to_owned()
        };
        assert_eq!(
            policy("/api/v1/me"),
            "default-src 'none'; frame-ancestors 'none'"
        );
        assert_eq!(policy("/compliance/export-requests"), policy("/api/v1/me"));
        assert!(policy("/legal/terms").contains("style-src 'sha256-"));
        assert!(policy("/inbox").contains("script-src 'self'"));
    }

    #[test]
    fn an_api_answer_is_not_stored_unless_its_handler_said_so() {
        assert_eq!(of("/api/v1/me")["cache-control"], "no-store");
        let mut headers = HeaderMap::from_iter([(
            http::header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=300"),
        )]);
        add("/api/v1/documents/terms", &mut headers);
        assert_eq!(headers["cache-control"], "public, max-age=300");
        assert!(!of("/inbox").contains_key("cache-control"));
    }

    #[test]
    fn what_telegram_is_told_passes_untouched() {
        assert!(of("/hooks/telegram/x").is_empty());
    }
}
