//! Writes a small signed archive, its public key, and a certificate by the same key, for the tests in `tests/archive`:
//! `sample <archive> <key> <certificate>`.

use std::collections::BTreeMap;
use std::error::Error;

use archive::{Carry, Certificate, Due, Export, Head, Kept, PublicKey, Refused, Section, Signer};
use base64::{Engine as _, engine::general_purpose::STANDARD};
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
    let [archive, key, certificate] = &paths[..] else {
        return Err("sample <archive> <key> <certificate>".into());
    };
    let secret = SigningKey::from_slice(&[7; 32])?;
    let public = PublicKey::from_point(secret.verifying_key().to_sec1_point(false).as_bytes())?;
    std::fs::write(key, public.spki())?;
    let fan = Field {
        name: "fan",
        form: "FanId",
        class: class::FAN_FACT,
    };
    let number = Field {
        name: "telegram_id",
        form: "String",
        class: class::FAN_FACT,
    };
    let fields = [
        fan,
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
        Section::new("messages", "Messages", &fields)?.carrying(&[
            ("at", Carry::Value),
            ("fan", Carry::Person),
            ("text", Carry::Value),
        ])?,
        Section::new("empty", "Nothing", &fields)?,
        Section::new("fan_number", "Numbers", &[fan, number])?,
    ];
    let mut export = Export::begin(head, sections)?;
    export.file("about.txt", b"what this is")?;
    for at in 0..4000 {
        // Of one fan in three nobody knows the number.
        let (fan, number) = [
            ("fan_1", Some("71")),
            ("fan_2", Some("72")),
            ("fan_3", None),
        ][at % 3];
        let record = json!({ "at": at, "fan": fan, "text": format!("=1+{at}, \"שלום\"\nand <b>more</b> {}", "x".repeat(100)) });
        export.record("messages", record.as_object().ok_or("no object")?, number)?;
    }
    for (fan, number) in [("fan_1", "71"), ("fan_2", "72")] {
        let record = json!({ "fan": fan, "telegram_id": number });
        let record = record.as_object().ok_or("no object")?;
        export.record("fan_number", record, Some(number))?;
    }
    let pen = Pen(secret, public);
    std::fs::write(certificate, signed(&pen)?)?;
    let parts = export.finish(&pen)?;
    std::fs::write(
        archive,
        parts
            .into_iter()
            .flat_map(|part| part.bytes)
            .collect::<Vec<_>>(),
    )?;
    Ok(())
}

/// A certificate as the API gives it.
fn signed(pen: &Pen) -> Result<Vec<u8>, Box<dyn Error>> {
    let counts = |counts: &[(&str, u64)]| -> BTreeMap<String, u64> {
        let pairs = counts
            .iter()
            .map(|(kind, rows)| ((*kind).to_owned(), *rows));
        pairs.collect()
    };
    let deleted = [
        ("keys", counts(&[("fan_key", 1)])),
        ("objects", counts(&[("export_file", 1)])),
        ("tenant", counts(&[("fan", 1), ("message", 5000)])),
        ("work", counts(&[])),
    ];
    let deleted = deleted.map(|(store, counts)| (store.to_owned(), counts));
    let certificate = Certificate {
        asked_at: "2026-11-29T16:00:00Z".into(),
        deleted: BTreeMap::from(deleted),
        finished_at: "2026-11-29T16:00:31Z".into(),
        kept: vec![Kept {
            until: "2027-01-03T16:00:31Z".into(),
            what: "backups".into(),
            why: "backups_expire".into(),
        }],
        origin: "fan".into(),
        request: "req_1".into(),
        subject: "bWFyaw".into(),
        tenant: "ten_1".into(),
    };
    let open = certificate.close(pen.key_id(), pen.public_key())?;
    let signature = pen.sign(&open.digest()).map_err(archive::Error::Unsigned)?;
    let text = open.signed(&signature)?;
    let file = json!({ "certificate": text, "signature": STANDARD.encode(signature) });
    Ok(archive::canonical(&file).into_bytes())
}
