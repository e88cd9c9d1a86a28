//! Calls of the control API: how they arrive, and how they are refused.

use std::{collections::BTreeMap, str::FromStr, time::Duration};

use http::{Request, header};
use hyper::body::Incoming;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::wire::{JSON, body_of, header_text};

/// Longest wait for a change, in milliseconds.
const LONGEST_WAIT_MS: u64 = 60_000;

/// Why a control call was refused; shown to whoever made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status of the refusal.
    pub status: u16,
    /// What was wrong.
    pub message: String,
}

impl Refusal {
    /// 400: the call does not say what can be done.
    pub fn bad(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    /// 404: `what` does not exist.
    pub fn missing(what: &str) -> Self {
        Self::new(404, format!("{what} does not exist"))
    }

    /// 409: it cannot be done as things are.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(409, message)
    }

    /// 408: what was waited for did not happen.
    pub fn timeout(message: impl Into<String>) -> Self {
        Self::new(408, message)
    }

    fn new(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
        }
    }
}

/// Query parameters of a control call.
pub struct Query(BTreeMap<String, String>);

impl Query {
    fn parse(query: &str) -> Self {
        Self(
            url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// A parameter as it is.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A parameter that is a number; what is none counts as missing.
    pub fn number<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.parse().ok()
    }
}

/// One control call.
pub struct ControlCall {
    /// The HTTP verb.
    pub verb: String,
    /// The path after `/__control`.
    pub path: String,
    /// The query parameters.
    pub query: Query,
    /// The JSON body; null for none.
    pub body: Value,
}

impl ControlCall {
    /// A call that did not come over HTTP; `path` may end in a query.
    pub fn new(verb: &str, path: &str, body: Value) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Self {
            verb: verb.to_owned(),
            path: path.to_owned(),
            query: Query::parse(query),
            body,
        }
    }

    /// Reads a call whose body has at most `limit` bytes.
    ///
    /// # Errors
    /// When the body is larger or is not JSON.
    pub async fn read(
        path: &str,
        request: Request<Incoming>,
        limit: usize,
    ) -> Result<Self, Refusal> {
        let verb = request.method().as_str().to_owned();
        let query = Query::parse(request.uri().query().unwrap_or_default());
        let content_type = header_text(&request, &header::CONTENT_TYPE).unwrap_or_default();
        let body = body_of(request, limit)
            .await
            .ok_or_else(|| Refusal::new(413, "the body is too large"))?;
        Ok(Self {
            verb,
            path: path.to_owned(),
            query,
            body: json_of(&content_type, &body)?,
        })
    }
}

fn json_of(content_type: &str, body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    if !content_type.starts_with(JSON) {
        // A foreign page cannot send this content type without asking first.
        return Err(Refusal::new(415, "control calls take application/json"));
    }
    serde_json::from_slice(body)
        .map_err(|error| Refusal::bad(format!("the body is not JSON: {error}")))
}

/// The parts of a path between its slashes.
pub fn segments(path: &str) -> Vec<&str> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .collect()
}

/// The status and body that answer a call.
pub fn answer_of(result: Result<Value, Refusal>) -> (u16, Value) {
    match result {
        Ok(value) => (200, value),
        Err(refusal) => (refusal.status, json!({ "message": refusal.message })),
    }
}

/// Reads a body into its type; what does not fit is named.
///
/// # Errors
/// When the body does not fit.
pub fn parse<T: DeserializeOwned>(body: Value) -> Result<T, Refusal> {
    let body = if body.is_null() { json!({}) } else { body };
    serde_json::from_value(body).map_err(|error| Refusal::bad(error.to_string()))
}

/// The number of a scripted entry that a path names.
///
/// # Errors
/// When it is no number.
pub fn entry_number(text: &str) -> Result<u64, Refusal> {
    text.parse()
        .map_err(|_| Refusal::bad(format!("an id is a number, not {text:?}")))
}

/// Checks the probability of a scripted fault.
///
/// # Errors
/// When it is not from 0 to 1.
pub fn check_probability(probability: Option<f64>) -> Result<(), Refusal> {
    if probability.is_some_and(|probability| !(0.0..=1.0).contains(&probability)) {
        return Err(Refusal::bad("a probability is from 0 to 1"));
    }
    Ok(())
}

/// Waits until the state is newer than `since`, at most `timeout_ms` (default 20 s).
pub async fn changes(mut versions: watch::Receiver<u64>, query: &Query) -> Value {
    let since: u64 = query.number("since").unwrap_or(0);
    let timeout_ms = query.number("timeout_ms").unwrap_or(20_000);
    let limit = Duration::from_millis(LONGEST_WAIT_MS.min(timeout_ms));
    // Both outcomes answer with the version there is.
    let _ = tokio::time::timeout(limit, versions.wait_for(|version| *version > since)).await;
    let version = *versions.borrow();
    json!({ "version": version })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_without_http_may_carry_a_query() {
        let call = ControlCall::new("GET", "/log/?path=%2Fv1&since=7&limit=many", Value::Null);
        assert_eq!(segments(&call.path), ["log"]);
        assert_eq!(call.query.text("path"), Some("/v1"));
        assert_eq!(call.query.number::<u64>("since"), Some(7));
        assert_eq!(call.query.number::<usize>("limit"), None);
    }

    #[test]
    fn a_body_is_json_and_says_so() {
        let status = |content_type, body: &[u8]| match json_of(content_type, body) {
            Ok(_) => 200,
            Err(refusal) => refusal.status,
        };
        assert_eq!(status("text/plain", b""), 200);
        assert_eq!(status("application/json; charset=utf-8", b"{}"), 200);
        assert_eq!(status("application/json", b"{"), 400);
        assert_eq!(status("text/plain", b"{}"), 415);
    }

    #[test]
    fn a_probability_is_from_nothing_to_certainty() {
        let is_fine = |probability| check_probability(probability).is_ok();
        assert!([None, Some(0.0), Some(1.0)].into_iter().all(is_fine));
        assert!(!is_fine(Some(-0.1)) && !is_fine(Some(1.1)));
    }
}
