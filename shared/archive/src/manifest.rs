//! `manifest.json`: what an archive holds.

use std::collections::BTreeMap;

use domain::registry;
use ring::digest::{Context, SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Error, Portable, canonical};

/// The manifest's path.
pub const MANIFEST: &str = "manifest.json";
/// The signature's path.
pub const SIGNATURE: &str = "manifest.sig";
/// The value of `format`.
pub const FORMAT: &str = "sofi-export";
/// The value of `version`.
pub const VERSION: u32 = 2;
/// The value of the key's `algorithm`.
pub const ALGORITHM: &str = "ECDSA_SHA_256";

/// What an archive is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// When the data was read, RFC 3339.
    pub as_of: String,
    /// When the request came in, RFC 3339.
    pub created_at: String,
    /// By when it is answered, one entry a rule.
    pub due: Vec<Due>,
    /// The request's id.
    pub request: String,
    /// The kind of subject: `fan`, `account` or `workspace`.
    pub subject: String,
    /// The subject's id.
    pub subject_id: String,
    /// The workspace that the data is from.
    pub tenant: String,
}

/// A date by which something is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// RFC 3339.
    pub at: String,
    /// The rule's name.
    pub rule: String,
}

/// The key that signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Always `ECDSA_SHA_256`.
    pub algorithm: String,
    /// The key's name.
    pub id: String,
    /// The public key, SPKI in base 64 with padding.
    pub spki: String,
}

/// A field as the registry declares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The registry's words for why, for how long, and how it leaves.
    pub class: Value,
    /// The field's name.
    pub name: String,
}

impl TryFrom<&registry::Field> for Field {
    type Error = Error;
    fn try_from(field: &registry::Field) -> Result<Self, Error> {
        Ok(Self {
            class: serde_json::to_value(field.class)?,
            name: field.name.to_owned(),
        })
    }
}

/// A section: all records of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionEntry {
    /// How many bytes its JSON lines have.
    pub bytes: u64,
    /// The exported fields, in the order of the CSV's columns.
    pub fields: Vec<Field>,
    /// The section's name.
    pub name: String,
    /// What of it means the same in another workspace, if anything does.
    pub portable: Option<PortableEntry>,
    /// How many records it has.
    pub records: u64,
    /// SHA-256 over the SHA-256s of its JSON lines files, in order.
    pub sha256: String,
    /// What a person calls it.
    pub title: String,
    /// Names of fields that are held and never exported.
    pub withheld: Vec<String>,
}

/// What of a section means the same in another workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortableEntry {
    /// Which values count, and how.
    pub fields: Portable,
    /// The sum of the SHA-256s of the records' portable lines, modulo 2^256.
    pub sum: String,
}

/// A file of the archive, as the manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its size.
    pub bytes: u32,
    /// Its CRC-32.
    pub crc32: u32,
    /// Its path.
    pub path: String,
    /// How many records it shows.
    pub records: u64,
    /// The section that it belongs to.
    pub section: Option<String>,
    /// Its SHA-256.
    pub sha256: String,
}

impl FileEntry {
    /// Whether it holds JSON lines of this section.
    pub(crate) fn is_lines_of(&self, section: &str) -> bool {
        self.section.as_deref() == Some(section) && self.path.ends_with(".jsonl")
    }
}

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Every file but manifest and signature, in the order of the archive.
    pub files: Vec<FileEntry>,
    /// Always `sofi-export`.
    pub format: String,
    /// What it is about.
    pub head: Head,
    /// The key that signed.
    pub key: Key,
    /// Every section, empty ones too.
    pub sections: Vec<SectionEntry>,
    /// Version of this format.
    pub version: u32,
}

impl Manifest {
    /// The canonical bytes of this manifest, which lists no files yet, with these files. One after the other: of an archive's many
    /// entries no two are JSON values at the same time.
    pub fn canonical(&self, files: impl Iterator<Item = FileEntry>) -> Result<String, Error> {
        let own: BTreeMap<String, Value> = serde_json::from_value(serde_json::to_value(self)?)?;
        let (mut text, mut files) = (String::from("{"), Some(files));
        for (index, (key, value)) in own.iter().enumerate() {
            text.push_str(if index > 0 { "," } else { "" });
            text.push_str(&canonical(&Value::from(key.as_str())));
            text.push(':');
            match files.take_if(|_| key == "files") {
                Some(files) => list(&mut text, files)?,
                None => text.push_str(&canonical(value)),
            }
        }
        text.push('}');
        Ok(text)
    }
}

fn list(text: &mut String, files: impl Iterator<Item = FileEntry>) -> Result<(), Error> {
    text.push('[');
    for (index, file) in files.enumerate() {
        text.push_str(if index > 0 { "," } else { "" });
        text.push_str(&canonical(&serde_json::to_value(file)?));
    }
    text.push(']');
    Ok(())
}

/// The number of records, of bytes, and the hash of a section, from the same three of its JSON lines files.
pub fn totals<H: AsRef<[u8]>>(files: impl Iterator<Item = (u64, u32, H)>) -> (u64, u64, String) {
    let (mut records, mut bytes, mut hash) = (0, 0, Context::new(&SHA256));
    for (own, size, sha256) in files {
        records += own;
        bytes += u64::from(size);
        hash.update(sha256.as_ref());
    }
    (records, bytes, hex(hash.finish().as_ref()))
}

/// Whether a path is relative, of lower-case ASCII, and goes nowhere else.
pub fn is_path(path: &str) -> bool {
    let fine =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-/".contains(&byte);
    path.len() <= 200
        && path.bytes().all(fine)
        && path
            .split('/')
            .all(|part| !part.is_empty() && !part.starts_with('.'))
}

/// SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(digest(&SHA256, bytes).as_ref())
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of hexadecimal digits; what is none is left out.
pub fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
