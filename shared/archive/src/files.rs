//! The files of an archive while it is written. There may be tens of thousands, so that little is remembered of each.

use std::borrow::Borrow;

use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use crate::manifest::{FileEntry, hex, unhex};
use crate::section::Section;
use crate::{html, zip};

/// A SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct Hash(pub [u8; 32]);

impl Hash {
    pub fn of(bytes: &[u8]) -> Self {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
        Self(hash)
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hex(&hash.0)
    }
}

impl TryFrom<String> for Hash {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes: Result<[u8; 32], _> = unhex(&text).try_into();
        bytes.map(Self).map_err(|_| "not 32 bytes in hexadecimal")
    }
}

/// One of the three forms in which a section's records stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Form {
    Jsonl,
    Csv,
    Html,
}

/// Where a file belongs. Its path follows from that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum At {
    /// By itself, under this path.
    Path(String),
    /// To a section, by its place among them: which of its cuts, from 1, and which form.
    Cut(usize, usize, Form),
}

impl At {
    fn path(&self, sections: &[Section]) -> String {
        let (section, cut, form) = match self {
            Self::Path(path) => return path.clone(),
            Self::Cut(section, cut, form) => (*section, *cut, form),
        };
        let name = &sections[section].name;
        match form {
            Form::Jsonl => format!("data/{name}-{cut:06}.jsonl"),
            Form::Csv => format!("data/{name}-{cut:06}.csv"),
            Form::Html => format!("html/{}", html::page_name(name, cut)),
        }
    }
}

/// A file of the archive. Its line of the manifest is made of it when it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct File {
    pub at: At,
    pub bytes: u32,
    pub crc32: u32,
    pub records: u64,
    pub sha256: Hash,
}

impl File {
    /// Its line of the manifest, in an archive of these sections.
    pub fn entry(&self, sections: &[Section]) -> FileEntry {
        let section = match &self.at {
            At::Path(_) => None,
            At::Cut(section, ..) => Some(sections[*section].name.clone()),
        };
        FileEntry {
            bytes: self.bytes,
            crc32: self.crc32,
            path: self.at.path(sections),
            records: self.records,
            section,
            sha256: hex(&self.sha256.0),
        }
    }
}

/// Shows the central directory at `start` of files that follow one another: each entry, and then the end.
pub(crate) fn directory<F: Borrow<FileEntry>, E>(
    files: impl Iterator<Item = F>,
    start: u64,
    mut show: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let (mut offset, mut count, mut bytes) = (0, 0, 0);
    for file in files {
        let file: &FileEntry = file.borrow();
        let entry = zip::directory_entry(&member(file, offset));
        offset += zip::local_header_len(&file.path) + u64::from(file.bytes);
        count += 1;
        bytes += entry.len() as u64;
        show(&entry)?;
    }
    show(&zip::end(count, bytes, start))
}

pub(crate) fn member(file: &FileEntry, offset: u64) -> zip::Member<'_> {
    zip::Member {
        path: &file.path,
        bytes: file.bytes,
        crc32: file.crc32,
        offset,
    }
}
