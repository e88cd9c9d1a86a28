//! An authenticator in software: makes passkeys and answers questions as a phone would, and wrongly where a test asks it
//! to. Written from the WebAuthn recommendation; shares nothing with the product.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

/// Flags of authenticator data: the user is there; verified; key material is attached.
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTACHED: u8 = 0x40;

/// A phone with passkeys, at one origin.
pub struct Authenticator {
    /// What its browser says it is looking at.
    pub origin: String,
    /// Which site its passkeys are for.
    pub rp_id: String,
    /// Whether it asks for a finger.
    pub verifies: bool,
    /// Uses so far; a copy of a passkey stands still.
    pub counter: u32,
    keys: HashMap<Vec<u8>, (Vec<u8>, EcdsaKeyPair)>,
    /// The passkey that it offers.
    pub chosen: Vec<u8>,
}

impl Authenticator {
    /// One that looks at the dashboard of a host: on a laptop that is `localhost`.
    pub fn at(host: &str) -> Self {
        let port = Url::parse(host)
            .expect("an address")
            .port()
            .expect("a port");
        Self {
            origin: format!("http://localhost:{port}"),
            rp_id: "localhost".to_owned(),
            verifies: true,
            counter: 0,
            keys: HashMap::new(),
            chosen: Vec::new(),
        }
    }

    /// Makes a passkey for a question: what `navigator.credentials.create` gives.
    pub fn create(&mut self, question: &Value) -> Value {
        let options = &question["options"]["publicKey"];
        let random = SystemRandom::new();
        let mut id = vec![0; 32];
        random.fill(&mut id).expect("randomness");
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random);
        let document = document.expect("a key");
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random)
                .expect("the key reads back");
        let mut data = self.data(ATTACHED);
        data.extend([0; 16]);
        data.extend(u16::try_from(id.len()).expect("short").to_be_bytes());
        data.extend(&id);
        data.extend(cose(pair.public_key().as_ref()));
        let user = decoded(options["user"]["id"].as_str().expect("a user"));
        self.keys.insert(id.clone(), (user, pair));
        self.chosen.clone_from(&id);
        let client = self.client_data("webauthn.create", &options["challenge"]);
        json!({
            "id": base64url(&id), "rawId": base64url(&id), "type": "public-key", "clientExtensionResults": {},
            "response": {
                "attestationObject": base64url(&attestation(&data)),
                "clientDataJSON": base64url(client.as_bytes()),
                "transports": ["internal"],
            },
        })
    }

    /// Answers a question with the chosen passkey: what `navigator.credentials.get` gives.
    pub fn answer(&mut self, question: &Value) -> Value {
        self.counter += 1;
        let challenge = &question["options"]["publicKey"]["challenge"];
        let client = self.client_data("webauthn.get", challenge);
        let data = self.data(0);
        let mut signed = data.clone();
        signed.extend(digest(&SHA256, client.as_bytes()).as_ref());
        let (user, pair) = &self.keys[&self.chosen];
        let signature = pair.sign(&SystemRandom::new(), &signed).expect("signs");
        json!({
            "id": base64url(&self.chosen), "rawId": base64url(&self.chosen), "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "authenticatorData": base64url(&data),
                "clientDataJSON": base64url(client.as_bytes()),
                "signature": base64url(signature.as_ref()),
                "userHandle": base64url(user),
            },
        })
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, self.rp_id.as_bytes()).as_ref().to_vec();
        let verified = if self.verifies { VERIFIED } else { 0 };
        data.push(PRESENT | verified | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> String {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
    }
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url")
}

/// `{"fmt": "none", "attStmt": {}, "authData": …}` in CBOR.
fn attestation(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0xa3];
    out.extend(b"\x63fmt\x64none");
    out.extend(b"\x67attStmt\xa0");
    out.extend(b"\x68authData\x59");
    out.extend(u16::try_from(data.len()).expect("short").to_be_bytes());
    out.extend(data);
    out
}

/// A public key on P-256 for ES256, in COSE: `{1: 2, 3: -7, -1: 1, -2: x, -3: y}`.
fn cose(point: &[u8]) -> Vec<u8> {
    // Uncompressed: 4, then both coordinates.
    let (x, y) = point[1..].split_at(32);
    let mut out = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
    out.extend(x);
    out.extend([0x22, 0x58, 0x20]);
    out.extend(y);
    out
}
