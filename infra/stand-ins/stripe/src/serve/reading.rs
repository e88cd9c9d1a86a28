//! What a request must have before anything is done: a key of a sandbox, and parameters that can be read.

use super::Incoming;
use crate::{form::Params, problem::Problem};

/// The key: there at all, and one of a sandbox.
pub(super) fn admit(incoming: &Incoming) -> Result<(), Problem> {
    let header = incoming.authorization.as_deref().unwrap_or_default();
    let Some(key) = header.strip_prefix("Bearer ").map(str::trim) else {
        let message = "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.";
        return Err(Problem::unauthorized(message));
    };
    let is_sandbox = ["sk_test_", "rk_test_"]
        .iter()
        .any(|start| key.starts_with(start));
    if is_sandbox && key.len() > 8 {
        return Ok(());
    }
    let letters: Vec<char> = key.chars().collect();
    let tail: String = letters[letters.len().saturating_sub(4)..].iter().collect();
    let tail = if letters.len() > 12 {
        tail
    } else {
        String::new()
    };
    Err(Problem::unauthorized(format!(
        "Invalid API Key provided: ***{tail}"
    )))
}

/// Reads the parameters: of a `POST` its body, else the query.
pub(super) fn read(incoming: &Incoming) -> Result<Params, Problem> {
    if incoming.verb != "POST" {
        let body = std::str::from_utf8(&incoming.body).unwrap_or_default();
        let whole = [incoming.query.as_str(), body].join("&");
        return Params::read(whole.trim_matches('&'));
    }
    let body = std::str::from_utf8(&incoming.body)
        .map_err(|_| Problem::invalid("Invalid UTF-8 in the request body."))?;
    if body.trim_start().starts_with('{') {
        let message = "Invalid request (check that your POST content type is application/x-www-form-urlencoded).";
        return Err(Problem::invalid(message));
    }
    Params::read(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incoming(verb: &str, query: &str, body: &'static str) -> Incoming {
        Incoming {
            verb: verb.to_owned(),
            path: "/v1/customers".to_owned(),
            query: query.to_owned(),
            authorization: Some("Bearer sk_test_of_nobody".to_owned()),
            version: None,
            idempotency_key: None,
            body: bytes::Bytes::from_static(body.as_bytes()),
        }
    }

    #[test]
    fn a_post_is_read_from_its_body_and_anything_else_from_its_query() {
        let post = read(&incoming("POST", "limit=1", "email=a%40example.com")).unwrap();
        assert_eq!(
            (post.text("email"), post.text("limit")),
            (Some("a@example.com"), None)
        );
        let get = read(&incoming("GET", "limit=1", "")).unwrap();
        assert_eq!(get.text("limit"), Some("1"));
    }

    #[test]
    fn json_is_refused_as_stripe_refuses_it() {
        assert!(read(&incoming("POST", "", r#"{"email":"a@example.com"}"#)).is_err());
    }

    #[test]
    fn only_keys_of_a_sandbox_are_taken_and_no_refusal_repeats_one() {
        let mut request = incoming("GET", "", "");
        assert_eq!(admit(&request), Ok(()));
        for header in [
            None,
            Some("Basic x"),
            Some("Bearer sk_live_of_nobody"),
            Some("Bearer sk_test_"),
        ] {
            request.authorization = header.map(str::to_owned);
            let refused = admit(&request).unwrap_err();
            assert_eq!(refused.status, 401);
            assert!(
                !refused.message.contains("sk_live_of"),
                "{}",
                refused.message
            );
        }
    }
}
