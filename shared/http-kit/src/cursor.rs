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

/// The positions in one list, for one caller. A cursor is authenticated and not encrypted: it may hold sort keys only (ids, times),
/// never names or text.
pub struct Cursors {
    key: hmac::Key,
    label: String,
}

impl Cursors {
    /// Positions authenticated with secret bytes, 32 of them or more.
    ///
    /// `label` says for whom and for what: tenant, operation and filters, such as `01J…/fans.list/unread`. A cursor opens under
    /// the same label only.
    pub fn new(secret: &[u8], label: String) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, secret),
            label,
        }
    }

    /// Seals the sort keys of the last entry given.
    ///
    /// # Errors
    /// [`CursorError::Keys`] when the keys are not representable as JSON.
    pub fn seal<T: Serialize>(&self, keys: &T) -> Result<String, CursorError> {
        let payload = serde_json::to_vec(keys).map_err(CursorError::Keys)?;
        let tag = hmac::sign(&self.key, &self.authenticated(&payload));
        let mut bytes = Vec::with_capacity(1 + TAG_LENGTH + payload.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(tag.as_ref());
        bytes.extend_from_slice(&payload);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Seals where the next page begins, if there is one.
    ///
    /// # Errors
    /// As [`Cursors::seal`].
    pub fn next<T: Serialize>(&self, keys: Option<&T>) -> Result<Option<String>, CursorError> {
        keys.map(|keys| self.seal(keys)).transpose()
    }

    /// Opens the cursor that a caller brought, if it brought one: sealed with the same key and label.
    ///
    /// # Errors
    /// [`CursorError::Invalid`] for anything else.
    pub fn open<T: DeserializeOwned>(
        &self,
        cursor: Option<&str>,
    ) -> Result<Option<T>, CursorError> {
        let Some(cursor) = cursor else {
            return Ok(None);
        };
        let payload = self.open_bytes(cursor).ok_or(CursorError::Invalid)?;
        // Ours, but of a version of this list that had other sort keys.
        serde_json::from_slice(&payload).map_err(|_| CursorError::Invalid)
    }

    fn open_bytes(&self, cursor: &str) -> Option<Vec<u8>> {
        if cursor.len() > LIMIT {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (&version, rest) = bytes.split_first()?;
        if version != VERSION {
            return None;
        }
        let (tag, payload) = rest.split_at_checked(TAG_LENGTH)?;
        hmac::verify(&self.key, &self.authenticated(payload), tag).ok()?;
        Some(payload.to_vec())
    }

    /// Version, length of the label, label, payload: no two pairs of label and payload give the same bytes.
    fn authenticated(&self, payload: &[u8]) -> Vec<u8> {
        let label = self.label.as_bytes();
        let mut message = vec![VERSION];
        message.extend_from_slice(&(label.len() as u64).to_be_bytes());
        message.extend_from_slice(label);
        message.extend_from_slice(payload);
        message
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cursors(label: &str) -> Cursors {
        Cursors::new(&[7; 32], label.to_owned())
    }

    fn opened(label: &str, cursor: &str) -> Option<(String, u64)> {
        cursors(label).open(Some(cursor)).ok().flatten()
    }

    #[test]
    fn a_cursor_of_another_tenant_list_or_key_does_not_open() {
        let cursor = cursors("a/fans.list").seal(&("x", 1_u64)).expect("sealed");
        assert_eq!(opened("a/fans.list", &cursor), Some(("x".to_owned(), 1)));
        assert_eq!(opened("b/fans.list", &cursor), None);
        assert_eq!(opened("a/bots.list", &cursor), None);
        assert_eq!(opened("a/fans.list\u{0}", &cursor), None);
        let foreign = Cursors::new(&[8; 32], "a/fans.list".to_owned());
        assert!(foreign.open::<(String, u64)>(Some(&cursor)).is_err());
    }

    #[test]
    fn an_old_shape_of_sort_keys_is_invalid_and_no_failure_of_ours() {
        let cursor = cursors("l").seal(&"only one key").expect("sealed");
        assert_eq!(opened("l", &cursor), None);
        assert!(matches!(
            Problem::from(CursorError::Invalid),
            Problem::Invalid(errors) if errors[0].field == "cursor"
        ));
    }

    #[test]
    fn without_a_cursor_a_list_begins_and_without_a_position_it_ends() {
        let cursors = cursors("l");
        assert!(matches!(cursors.open::<String>(None), Ok(None)));
        assert!(matches!(cursors.next::<String>(None), Ok(None)));
        let next = cursors.next(Some(&"x")).expect("sealed");
        let opened = cursors.open::<String>(next.as_deref());
        assert_eq!(opened.ok().flatten().as_deref(), Some("x"));
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(label in ".{0,40}", text in ".{0,80}", number: u64) {
            let cursor = cursors(&label).seal(&(&text, number)).expect("sealed");
            prop_assert!(cursor.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            prop_assert_eq!(opened(&label, &cursor), Some((text, number)));
        }

        #[test]
        fn any_changed_character_is_noticed(at: prop::sample::Index, by in "[A-Za-z0-9_-]") {
            let cursor = cursors("l").seal(&("x", 1_u64)).expect("sealed");
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
