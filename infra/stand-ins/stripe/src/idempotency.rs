//! Keys of requests that must not be carried out twice, and the answers that are given again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::problem::Problem;

/// Stripe keeps a key at least so long, and so do we.
const KEPT_FOR: i64 = 24 * 3_600;
/// Longest key.
const LONGEST: usize = 255;

/// An answer that was kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub status: u16,
    pub body: Value,
    /// The request that was carried out.
    pub request: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    fingerprint: String,
    at: i64,
    /// `None` while the first request is under way.
    answer: Option<Kept>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Keys(BTreeMap<String, Entry>);

impl Keys {
    /// Begins a request with a key: the kept answer, or `None` when it is to be carried out.
    pub(crate) fn begin(
        &mut self,
        key: &str,
        fingerprint: &str,
        now: i64,
    ) -> Result<Option<Kept>, Problem> {
        if key.len() > LONGEST {
            let message = "Idempotency keys must be at most 255 characters long.";
            return Err(Problem::invalid(message));
        }
        if let Some(entry) = self.0.get(key).filter(|entry| now - entry.at < KEPT_FOR) {
            return match &entry.answer {
                _ if entry.fingerprint != fingerprint => Err(Problem::other_parameters(key)),
                Some(kept) => Ok(Some(kept.clone())),
                None => Err(Problem::key_in_use()),
            };
        }
        let entry = Entry {
            fingerprint: fingerprint.to_owned(),
            at: now,
            answer: None,
        };
        self.0.insert(key.to_owned(), entry);
        Ok(None)
    }

    /// Keeps the answer of a request that was carried out, also when it failed.
    pub(crate) fn keep(&mut self, key: &str, answer: Kept) {
        if let Some(entry) = self.0.get_mut(key) {
            entry.answer = Some(answer);
        }
    }

    /// Frees the keys of requests that nobody carries out any more.
    pub(crate) fn forget_open(&mut self) {
        self.0.retain(|_, entry| entry.answer.is_some());
    }

    /// Frees the key of a request that was not carried out.
    pub(crate) fn free(&mut self, key: &str) {
        if self.0.get(key).is_some_and(|entry| entry.answer.is_none()) {
            self.0.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kept(status: u16) -> Kept {
        Kept {
            status,
            body: json!({ "id": "cus_1" }),
            request: "req_1".to_owned(),
        }
    }

    #[test]
    fn a_key_gives_its_first_answer_again_for_a_day_also_a_500() {
        for status in [200, 500] {
            let mut keys = Keys::default();
            assert_eq!(keys.begin("k", "POST a", 0), Ok(None));
            keys.keep("k", kept(status));
            assert_eq!(keys.begin("k", "POST a", 86_399), Ok(Some(kept(status))));
            assert_eq!(keys.begin("k", "POST a", 86_400), Ok(None));
        }
    }

    #[test]
    fn a_key_with_other_parameters_or_under_way_is_refused() {
        let mut keys = Keys::default();
        assert_eq!(keys.begin("k", "POST a", 0), Ok(None));
        let in_use = keys.begin("k", "POST a", 1).unwrap_err();
        let other = keys.begin("k", "POST b", 1).unwrap_err();
        assert_eq!((in_use.status, other.status), (409, 400));
    }

    #[test]
    fn a_key_whose_request_was_not_carried_out_is_free_again() {
        let mut keys = Keys::default();
        assert_eq!(keys.begin("k", "POST a", 0), Ok(None));
        keys.free("k");
        assert_eq!(keys.begin("k", "POST b", 1), Ok(None));
        keys.keep("k", kept(200));
        keys.free("k");
        assert_eq!(keys.begin("k", "POST b", 2), Ok(Some(kept(200))));
    }
}
