//! How the product seals (`shared/vault/src/seal.rs`), written down again: for tests that read what stands in the database, or put
//! something there.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::{Value, json};
use tests::{Signed, World};

/// The form that is written, and the other one: the first byte of what is sealed.
pub(crate) const WRITTEN: u8 = 1;
pub(crate) const FORMER: u8 = 2;

/// Table, partition key, sort key and attribute.
pub(crate) type Place<'a> = [&'a str; 4];

/// A key, and the tenant to which it binds what it seals.
pub(crate) struct Key {
    bytes: Vec<u8>,
    /// For the form that is written: there may be hundreds of thousands of values.
    cipher: LessSafeKey,
    tenant: String,
}

impl Key {
    pub(crate) fn new(bytes: &[u8], tenant: &str) -> Self {
        let unbound = UnboundKey::new(&AES_256_GCM, bytes).expect("a key has 32 bytes");
        Self {
            bytes: bytes.to_vec(),
            cipher: LessSafeKey::new(unbound),
            tenant: tenant.to_owned(),
        }
    }

    /// A tenant's own, which KMS opens.
    pub(crate) async fn of_tenant(world: &World, tenant: &str) -> Self {
        let prefix = format!("T#{tenant}#");
        let (_, mut keys) = rows(world, "keys");
        keys.retain(|row| text(row, "pk").starts_with(&prefix));
        let own = keys.iter().find(|row| text(row, "kind") == "tenant_key");
        let ask = json!({
            "CiphertextBlob": own.expect("the tenant's key")["wrapped"]["B"],
            "EncryptionContext": { "tenant": tenant, "purpose": "data" },
        });
        let opened = Signed::platform(world).kms("Decrypt", &ask).await;
        let opened = opened.expect("KMS opens it");
        Self::new(&bytes(&opened["Plaintext"]), tenant)
    }

    /// The key of a fan of this tenant, out of its row.
    pub(crate) fn of_fan(&self, row: &Value) -> Self {
        let (_, fan) = text(row, "pk").rsplit_once('#').expect("a fan's key");
        let opened = self.open(key_place(fan), &bytes(&row["wrapped"]["B"]));
        Self::new(&opened.expect("the fan's key opens"), &self.tenant)
    }

    fn cipher(&self, form: u8) -> LessSafeKey {
        if form != FORMER {
            return self.cipher.clone();
        }
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.bytes);
        let derived = hmac::sign(&key, b"seal-2");
        let unbound = UnboundKey::new(&CHACHA20_POLY1305, derived.as_ref());
        LessSafeKey::new(unbound.expect("a key has 32 bytes"))
    }

    fn bound(&self, form: u8, place: Place<'_>) -> Aad<Vec<u8>> {
        let mut data = vec![form];
        for part in [self.tenant.as_str()].into_iter().chain(place) {
            data.extend_from_slice(&(part.len() as u64).to_be_bytes());
            data.extend_from_slice(part.as_bytes());
        }
        Aad::from(data)
    }

    /// What a value says; nothing where this key did not seal it, or not for this place.
    pub(crate) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        let (&form, rest) = sealed.split_first()?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut body = body.to_vec();
        let cipher = self.cipher(form);
        let opened = cipher.open_in_place(nonce, self.bound(form, place), &mut body);
        opened.ok().map(|opened| opened.to_vec())
    }

    pub(crate) fn seal(&self, form: u8, place: Place<'_>, text: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).expect("randomness");
        let mut body = text.to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        self.cipher(form)
            .seal_in_place_append_tag(unique, self.bound(form, place), &mut body)
            .expect("it is short");
        [&[form][..], &nonce, &body].concat()
    }
}

/// Where a fan's key is sealed to.
pub(crate) fn key_place(fan: &str) -> Place<'_> {
    ["keys", "FANKEY", fan, "wrapped"]
}

/// The full name of a table, and all of its rows.
pub(crate) fn rows(world: &World, short: &str) -> (String, Vec<Value>) {
    let dynamodb = world.host.aws().dynamodb();
    let mut tables = dynamodb.tables().expect("tables").into_iter();
    let table = tables.find(|name| name.ends_with(&format!("-{short}")));
    let table = table.expect("a table");
    let rows = dynamodb.dump(&table).expect("rows");
    (table, rows)
}

/// A text of a row.
pub(crate) fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name]["S"].as_str().expect("a text")
}

/// What stands in the database as bytes.
pub(crate) fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().expect("base 64");
    STANDARD.decode(text).expect("base 64")
}
