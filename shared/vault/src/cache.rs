//! Opened secrets, for five minutes at most.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::Timestamp;
use ring::digest::{SHA256, digest};

/// The longest time an opened key or token is kept (trust requirement: destroyed keys are dead within five minutes).
pub(crate) const KEEP: Duration = Duration::from_secs(300);
const CAPACITY: usize = 512;

type Fingerprint = [u8; 32];

/// Keyed by a fingerprint of the ciphertext and its context, so that a rotated secret is a different entry.
#[derive(Debug)]
pub(crate) struct OpenedCache<T> {
    entries: Mutex<HashMap<Fingerprint, (Timestamp, T)>>,
}

impl<T: Clone> OpenedCache<T> {
    pub(crate) fn new() -> Self {
        Self {
            entries: Mutex::new(HashMap::new()),
        }
    }

    pub(crate) fn get(&self, key: &Fingerprint, now: Timestamp) -> Option<T> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        match entries.get(key) {
            Some((until, value)) if now < *until => Some(value.clone()),
            Some(_) => {
                entries.remove(key);
                None
            }
            None => None,
        }
    }

    pub(crate) fn put(&self, key: Fingerprint, value: T, now: Timestamp) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= CAPACITY {
            entries.retain(|_, (until, _)| now < *until);
        }
        if entries.len() >= CAPACITY {
            entries.clear();
        }
        entries.insert(key, (now.plus(KEEP), value));
    }
}

pub(crate) fn fingerprint(parts: &[&[u8]]) -> Fingerprint {
    let mut joined = Vec::new();
    for part in parts {
        joined.extend_from_slice(&(part.len() as u64).to_be_bytes());
        joined.extend_from_slice(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, &joined).as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_gone_after_five_minutes() {
        let cache = OpenedCache::new();
        let key = fingerprint(&[b"a"]);
        cache.put(key, 1, Timestamp::from_seconds(0));
        assert_eq!(cache.get(&key, Timestamp::from_seconds(299)), Some(1));
        assert_eq!(cache.get(&key, Timestamp::from_seconds(300)), None);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(fingerprint(&[b"ab", b"c"]), fingerprint(&[b"a", b"bc"]));
    }
}
