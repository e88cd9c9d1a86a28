//! The position in a list, in the client's hands and out of its reach.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// Version of the format, first byte of a cursor and part of what is authenticated.
const VERSION: u8 = 1;
/// Bytes of the authentication code.
const TAG_LENGTH: usize = 32;
/// Characters a cursor may have.
const LIMIT: usize = 2_048;

/// The key that authenticates cursors.
#[derive(Clone)]
pub struct CursorKey(hmac::Key);

impl CursorKey {
    /// A key from secret bytes, 32 of them or more.
    pub fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }
}

impl std::fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CursorKey")
    }
}

/// Why a cursor cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CursorError {
    /// It was not made by us, for this list and this caller.
    #[error("not a cursor of this list")]
    Invalid,
    /// The sort keys cannot be written as JSON; a mistake of ours.
    #[error("the sort keys could not be written")]
    Keys(#[source] serde_json::Error),
}

impl From<CursorError> for Problem {
    fn from(error: CursorError) -> Self {
        match error {
            CursorError::Invalid => Self::invalid(
                "cursor",
                "invalid_cursor",
                "This position is not known. Start the list again.",
            ),
            CursorError::Keys(_) => Self::internal(error),
        }
    }
}

/// Sealing and opening cursors. A cursor is authenticated and not encrypted: it may hold sort keys
/// only (ids, times), never names or text.
#[derive(Debug)]
pub struct Cursor;

impl Cursor {
    /// Seals the sort keys of the last entry given.
    ///
    /// `scope_label` says for whom and for what: tenant, operation and filters, such as
    /// `01J…/fans.list/unread`. A cursor opens under the same label only.
    ///
    /// # Errors
    /// [`CursorError::Keys`] when the keys are not representable as JSON.
    pub fn seal<T: Serialize>(
        key: &CursorKey,
        scope_label: &str,
        keys: &T,
    ) -> Result<String, CursorError> {
        let payload = serde_json::to_vec(keys).map_err(CursorError::Keys)?;
        let tag = hmac::sign(&key.0, &authenticated(scope_label, &payload));
        let mut bytes = Vec::with_capacity(1 + TAG_LENGTH + payload.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(tag.as_ref());
        bytes.extend_from_slice(&payload);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Opens a cursor that was sealed under the same key and label.
    ///
    /// # Errors
    /// [`CursorError::Invalid`] for anything else.
    pub fn open<T: DeserializeOwned>(
        key: &CursorKey,
        scope_label: &str,
        cursor: &str,
    ) -> Result<T, CursorError> {
        let payload = open_bytes(key, scope_label, cursor).ok_or(CursorError::Invalid)?;
        // Ours, but of a version of this list that had other sort keys.
        serde_json::from_slice(&payload).map_err(|_| CursorError::Invalid)
    }
}

fn open_bytes(key: &CursorKey, scope_label: &str, cursor: &str) -> Option<Vec<u8>> {
    if cursor.len() > LIMIT {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (&version, rest) = bytes.split_first()?;
    if version != VERSION {
        return None;
    }
    let (tag, payload) = rest.split_at_checked(TAG_LENGTH)?;
    hmac::verify(&key.0, &authenticated(scope_label, payload), tag).ok()?;
    Some(payload.to_vec())
}

/// Version, length of the label, label, payload: no two pairs of label and payload give the same bytes.
fn authenticated(scope_label: &str, payload: &[u8]) -> Vec<u8> {
    let mut message = vec![VERSION];
    message.extend_from_slice(&(scope_label.len() as u64).to_be_bytes());
    message.extend_from_slice(scope_label.as_bytes());
    message.extend_from_slice(payload);
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> CursorKey {
        CursorKey::new(&[7; 32])
    }

    fn opened(label: &str, cursor: &str) -> Option<(String, u64)> {
        Cursor::open(&key(), label, cursor).ok()
    }

    #[test]
    fn a_cursor_of_another_tenant_list_or_key_does_not_open() {
        let cursor = Cursor::seal(&key(), "a/fans.list", &("x", 1_u64)).expect("sealed");
        assert_eq!(opened("a/fans.list", &cursor), Some(("x".to_owned(), 1)));
        assert_eq!(opened("b/fans.list", &cursor), None);
        assert_eq!(opened("a/bots.list", &cursor), None);
        assert_eq!(opened("a/fans.list\u{0}", &cursor), None);
        assert!(
            Cursor::open::<(String, u64)>(&CursorKey::new(&[8; 32]), "a/fans.list", &cursor)
                .is_err()
        );
    }

    #[test]
    fn an_old_shape_of_sort_keys_is_invalid_and_no_failure_of_ours() {
        let cursor = Cursor::seal(&key(), "l", &"only one key").expect("sealed");
        assert_eq!(opened("l", &cursor), None);
        assert!(matches!(
            Problem::from(CursorError::Invalid),
            Problem::Invalid(errors) if errors[0].field == "cursor"
        ));
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(label in ".{0,40}", text in ".{0,80}", number: u64) {
            let cursor = Cursor::seal(&key(), &label, &(&text, number)).expect("sealed");
            prop_assert!(cursor.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            prop_assert_eq!(opened(&label, &cursor), Some((text, number)));
        }

        #[test]
        fn any_changed_character_is_noticed(at: prop::sample::Index, by in "[A-Za-z0-9_-]") {
            let cursor = Cursor::seal(&key(), "l", &("x", 1_u64)).expect("sealed");
            let at = at.index(cursor.len());
            let mut changed = cursor.clone();
            changed.replace_range(at..=at, &by);
            prop_assume!(changed != cursor);
            prop_assert_eq!(opened("l", &changed), None);
        }

        #[test]
        fn noise_is_refused_without_a_panic(noise in ".{0,3000}") {
            prop_assert_eq!(opened("l", &noise), None);
        }
    }
}
