//! Ciphertext blobs: version, key id, nonce, then AES-256-GCM over the plaintext.
//!
//! The encryption context is associated data in a form with lengths, so no two contexts read the same.

use std::collections::BTreeMap;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};

const VERSION: u8 = 1;

/// Random bytes.
pub(super) fn random_bytes(count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the system's random source works");
    bytes
}

/// Seals `plaintext` under a key of 32 bytes; `None` when the material has another length.
pub(super) fn seal(
    id: &str,
    material: &[u8],
    context: &BTreeMap<String, String>,
    plaintext: &[u8],
) -> Option<Vec<u8>> {
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, material).ok()?);
    let nonce: [u8; NONCE_LEN] = random_bytes(NONCE_LEN).try_into().ok()?;
    let mut sealed = plaintext.to_vec();
    key.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(nonce),
        Aad::from(associated(context)),
        &mut sealed,
    )
    .ok()?;
    let mut blob = vec![VERSION, u8::try_from(id.len()).ok()?];
    blob.extend_from_slice(id.as_bytes());
    blob.extend_from_slice(&nonce);
    blob.append(&mut sealed);
    Some(blob)
}

/// Opens a blob; `None` for anything but the exact ciphertext, key and context.
pub(super) fn open(
    material: &[u8],
    context: &BTreeMap<String, String>,
    blob: &[u8],
) -> Option<Vec<u8>> {
    let (_, rest) = split(blob)?;
    let (nonce, sealed) = rest.split_at_checked(NONCE_LEN)?;
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, material).ok()?);
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut buffer = sealed.to_vec();
    let plaintext = key
        .open_in_place(nonce, Aad::from(associated(context)), &mut buffer)
        .ok()?;
    Some(plaintext.to_vec())
}

/// The key id written in a blob.
pub(super) fn key_of(blob: &[u8]) -> Option<&str> {
    split(blob).map(|(id, _)| id)
}

fn split(blob: &[u8]) -> Option<(&str, &[u8])> {
    let (head, rest) = blob.split_at_checked(2)?;
    if head[0] != VERSION {
        return None;
    }
    let (id, rest) = rest.split_at_checked(usize::from(head[1]))?;
    Some((std::str::from_utf8(id).ok()?, rest))
}

fn associated(context: &BTreeMap<String, String>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for text in context.iter().flat_map(|(name, value)| [name, value]) {
        bytes.extend_from_slice(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    #[test]
    fn only_the_same_context_opens() {
        let key = [7; 32];
        let blob = seal(
            "id",
            &key,
            &context(&[("tenant", "a"), ("purpose", "data")]),
            b"secret",
        )
        .unwrap();
        let same = context(&[("purpose", "data"), ("tenant", "a")]);
        assert_eq!(open(&key, &same, &blob).as_deref(), Some(&b"secret"[..]));
        assert_eq!(
            open(
                &key,
                &context(&[("tenant", "b"), ("purpose", "data")]),
                &blob
            ),
            None
        );
        assert_eq!(open(&key, &context(&[]), &blob), None);
    }

    #[test]
    fn contexts_that_join_to_the_same_text_are_different() {
        let key = [7; 32];
        let blob = seal("id", &key, &context(&[("ab", "c")]), b"x").unwrap();
        assert_eq!(open(&key, &context(&[("a", "bc")]), &blob), None);
    }

    #[test]
    fn every_changed_byte_after_the_head_is_noticed() {
        let key = [7; 32];
        let blob = seal("id", &key, &context(&[]), b"secret").unwrap();
        for index in 4..blob.len() {
            let mut changed = blob.clone();
            changed[index] ^= 1;
            assert_eq!(open(&key, &context(&[]), &changed), None, "byte {index}");
        }
    }
}
