//! Writes a small signed archive and its public key, for the tests in `tests/archive`: `sample <archive> <key>`.

use std::error::Error;

use archive::{Due, Export, Head, PublicKey, Refused, Section, Signer};
use domain::registry::{Field, class};
use p256::ecdsa::{DerSignature, SigningKey, signature::hazmat::PrehashSigner};
use serde_json::json;

struct Pen(SigningKey, PublicKey);

impl Signer for Pen {
    fn key_id(&self) -> &str {
        "sample"
    }
    fn public_key(&self) -> &PublicKey {
        &self.1
    }
    fn sign(&self, digest: &[u8; 32]) -> Result<Vec<u8>, Refused> {
        let signature: DerSignature = self.0.sign_prehash(digest)?;
        Ok(signature.as_bytes().to_vec())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<_> = std::env::args().skip(1).collect();
    let [archive, key] = &paths[..] else {
        return Err("sample <archive> <key>".into());
    };
    let secret = SigningKey::from_slice(&[7; 32])?;
    let public = PublicKey::from_point(secret.verifying_key().to_sec1_point(false).as_bytes())?;
    std::fs::write(key, public.spki())?;
    let fields = [
        Field {
            name: "text",
            form: "Sealed",
            class: class::FAN_CONTENT,
        },
        Field {
            name: "at",
            form: "Timestamp",
            class: class::FAN_FACT,
        },
    ];
    let head = Head {
        as_of: "2026-11-29T16:00:00Z".into(),
        created_at: "2026-11-28T09:00:00Z".into(),
        due: vec![Due {
            at: "2026-12-28T09:00:00Z".into(),
            rule: "gdpr_12_3".into(),
        }],
        request: "req_1".into(),
        subject: "fan".into(),
        subject_id: "fan_1".into(),
        tenant: "ten_1".into(),
    };
    let sections = vec![
        Section::new("messages", "Messages", &fields)?,
        Section::new("empty", "Nothing", &fields)?,
    ];
    let mut export = Export::begin(head, sections)?;
    export.file("about.txt", b"what this is")?;
    for at in 0..4000 {
        let record = json!({ "at": at, "text": format!("=1+{at}, \"שלום\"\nand <b>more</b> {}", "x".repeat(100)) });
        export.record("messages", record.as_object().ok_or("no object")?)?;
    }
    let parts = export.finish(&Pen(secret, public))?;
    std::fs::write(
        archive,
        parts
            .into_iter()
            .flat_map(|part| part.bytes)
            .collect::<Vec<_>>(),
    )?;
    Ok(())
}
