//! What clients of the API were told and told it: every value of a field that is secret, and every answer.
//!
//! Kept for a host that a test watches, by its address, so that all of it can be looked for afterwards, whoever called.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use reqwest::Method;
use serde_json::Value;

/// Secret fields of requests.
const SENT: [&str; 6] = ["password", "current", "new", "code", "token", "challenge"];
/// Secret fields of answers.
const GIVEN: [&str; 6] = [
    "secret",
    "uri",
    "recovery_codes",
    "session_token",
    "token",
    "challenge",
];
/// Objects whose parts a browser and an authenticator say to each other in the open.
const OPEN: [&str; 2] = ["options", "credential"];
/// Shorter ones, such as the six digits of an authenticator, stand everywhere by chance.
const SHORTEST: usize = 8;

/// A secret, where it came from, and the answers in which it is right.
#[derive(Clone, Debug, Default)]
pub struct Secret {
    /// Names of the fields that held it.
    pub fields: Vec<&'static str>,
    /// Numbers of the answers that gave it in such a field.
    pub given_by: Vec<usize>,
}

/// Everything that was said to one host.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Secrets by their value.
    pub secrets: BTreeMap<String, Secret>,
    /// Answers in their order: which call, and all of its body and headers but the cookies.
    pub answers: Vec<(String, String)>,
}

static HOSTS: Mutex<BTreeMap<String, Told>> = Mutex::new(BTreeMap::new());

fn hosts() -> MutexGuard<'static, BTreeMap<String, Told>> {
    HOSTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps what is said to the host at this address from now on.
pub(crate) fn watch(base: &str) {
    hosts().insert(base.to_owned(), Told::default());
}

/// What was said to it, which is kept no longer: the next host may get its port.
pub(crate) fn end(base: &str) -> Told {
    hosts().remove(base).unwrap_or_default()
}

/// Remembers a call to a host that is watched; those of its own control pages are none.
pub(crate) fn remember(
    base: &str,
    (method, path): (&Method, &str),
    body: Option<&Value>,
    answer: &crate::Answer,
) {
    if path.starts_with("/__local") {
        return;
    }
    let mut hosts = hosts();
    let Some(told) = hosts.get_mut(base) else {
        return;
    };
    let number = told.answers.len();
    // A bot's token has a search of its own: `tests/it/canary.rs`.
    let is_bot = path.starts_with("/api/v1/bots");
    if let Some(body) = body.filter(|_| !is_bot) {
        told.collect(body, &SENT, None);
    }
    told.collect(&answer.body, &GIVEN, Some(number));
    let mut text = String::from_utf8_lossy(&answer.bytes).into_owned();
    for (name, value) in &answer.headers {
        if name == "set-cookie" {
            told.cookie(value, number);
        } else {
            text.extend(["\n", name.as_str(), ": ", value.as_str()]);
        }
    }
    told.answers.push((format!("{method} {path}"), text));
}

impl Told {
    fn add(&mut self, value: &str, field: &'static str, given_by: Option<usize>) {
        if value.len() < SHORTEST {
            return;
        }
        let secret = self.secrets.entry(value.to_owned()).or_default();
        secret.fields.push(field);
        secret.given_by.extend(given_by);
    }

    fn collect(&mut self, value: &Value, fields: &[&'static str], given_by: Option<usize>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let named = fields.iter().copied().find(|field| *field == name.as_str());
                    match named {
                        Some(field) => self.texts(member, field, given_by),
                        None if OPEN.contains(&name.as_str()) => {}
                        None => self.collect(member, fields, given_by),
                    }
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.collect(item, fields, given_by);
                }
            }
            _ => {}
        }
    }

    fn texts(&mut self, value: &Value, field: &'static str, given_by: Option<usize>) {
        match value {
            Value::String(text) => self.add(text, field, given_by),
            Value::Array(items) => {
                for item in items {
                    self.texts(item, field, given_by);
                }
            }
            _ => {}
        }
    }

    fn cookie(&mut self, cookie: &str, number: usize) {
        let value = cookie.split_once('=').map(|(_, rest)| rest);
        let value = value.and_then(|rest| rest.split(';').next());
        self.add(value.unwrap_or_default(), "cookie", Some(number));
    }
}
