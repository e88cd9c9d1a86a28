//! Which route takes a request: the most specific path, a named method before `ANY`.

use std::collections::BTreeMap;

use http::Method;

use crate::template::HttpRoute;

/// All routes.
#[derive(Debug, Clone)]
pub(crate) struct Routes(Vec<HttpRoute>);

/// A route with the values of its path parameters.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) route: HttpRoute,
    pub(crate) parameters: BTreeMap<String, String>,
}

impl Routes {
    pub(crate) fn new(routes: Vec<HttpRoute>) -> Self {
        Self(routes)
    }

    /// The route for a request, or `None`: the gateway's own 404.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Option<Found> {
        self.0
            .iter()
            .filter(|route| route.method == "ANY" || route.method == method.as_str())
            .filter_map(|route| {
                let (rank, parameters) = matches(&route.path, path)?;
                // Higher is better: specific parts first, then a named method.
                Some(((rank, route.method != "ANY"), route, parameters))
            })
            .max_by(|a, b| a.0.cmp(&b.0))
            .map(|(_, route, parameters)| Found {
                route: route.clone(),
                parameters,
            })
    }
}

/// How well a pattern fits, part by part (fixed 2, `{name}` 1, `{name+}` 0), with the parameters; `None` when it does not.
fn matches(pattern: &str, path: &str) -> Option<(Vec<u8>, BTreeMap<String, String>)> {
    let mut parameters = BTreeMap::new();
    if pattern == "$default" {
        return Some((Vec::new(), parameters));
    }
    let mut rank = Vec::new();
    let mut parts = path.split('/');
    let mut wanted = pattern.split('/').peekable();
    while let Some(expected) = wanted.next() {
        let part = parts.next()?;
        if let Some(name) = expected
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix("+}"))
        {
            let rest: Vec<_> = std::iter::once(part).chain(parts).collect();
            if rest.iter().all(|part| part.is_empty()) {
                return None;
            }
            parameters.insert(name.to_owned(), decode(&rest.join("/")));
            rank.push(0);
            return Some((rank, parameters));
        }
        if let Some(name) = expected
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            if part.is_empty() {
                return None;
            }
            parameters.insert(name.to_owned(), decode(part));
            rank.push(1);
        } else if expected == decode(part) {
            rank.push(2);
        } else {
            return None;
        }
        if wanted.peek().is_none() && parts.clone().next().is_some() {
            return None;
        }
    }
    Some((rank, parameters))
}

/// Percent-decoding of one path part; `+` stays.
pub(super) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let hex = |at: usize| {
            bytes
                .get(at)
                .and_then(|digit| char::from(*digit).to_digit(16))
        };
        match (bytes[index], hex(index + 1), hex(index + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).expect("two hex digits fit a byte"));
                index += 3;
            }
            (byte, _, _) => {
                out.push(byte);
                index += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{HttpRoute, Method, Routes};

    fn routes(all: &[(&str, &str)]) -> Routes {
        let route = |(method, path): &(&str, &str)| HttpRoute {
            method: (*method).into(),
            path: (*path).into(),
            function: format!("{method} {path}"),
            api_id: "api".into(),
            timeout_ms: 30_000,
        };
        Routes::new(all.iter().map(route).collect())
    }

    fn found(routes: &Routes, method: Method, path: &str) -> Option<String> {
        routes.find(&method, path).map(|found| found.route.function)
    }

    #[test]
    fn the_most_specific_route_wins_whatever_the_order() {
        let routes = routes(&[
            ("ANY", "$default"),
            ("GET", "/a/{rest+}"),
            ("GET", "/a/{id}"),
            ("ANY", "/a/fixed"),
            ("GET", "/a/{id}/b"),
        ]);
        assert_eq!(
            found(&routes, Method::GET, "/a/fixed").as_deref(),
            Some("ANY /a/fixed")
        );
        assert_eq!(
            found(&routes, Method::GET, "/a/7").as_deref(),
            Some("GET /a/{id}")
        );
        assert_eq!(
            found(&routes, Method::GET, "/a/7/b").as_deref(),
            Some("GET /a/{id}/b")
        );
        assert_eq!(
            found(&routes, Method::GET, "/a/7/c").as_deref(),
            Some("GET /a/{rest+}")
        );
        assert_eq!(
            found(&routes, Method::POST, "/a/7").as_deref(),
            Some("ANY $default")
        );
    }

    #[test]
    fn path_parameters_are_decoded_and_never_empty() {
        let routes = routes(&[("GET", "/a/{id}")]);
        let found = routes.find(&Method::GET, "/a/x%20y%2Fz").expect("matches");
        assert_eq!(found.parameters["id"], "x y/z");
        assert!(routes.find(&Method::GET, "/a/").is_none());
        assert!(routes.find(&Method::GET, "/a/b/c").is_none());
        assert!(routes.find(&Method::DELETE, "/a/b").is_none());
    }
}
