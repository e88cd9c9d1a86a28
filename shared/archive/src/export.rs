//! An archive while it is written.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value};

use crate::error::fits;
use crate::manifest::{
    self, ALGORITHM, FORMAT, FileEntry, Head, Key, MANIFEST, Manifest, PortableEntry, SIGNATURE,
    SectionEntry, VERSION,
};
use crate::section::{self, Open, Section};
use crate::{Error, PublicKey, Signer, html, portable, zip};

/// The largest file that can be added.
pub const MAX_FILE: usize = 64 << 20;
/// The largest record, as a JSON line.
pub const MAX_RECORD: usize = 1 << 20;
/// As many members as an archive may have. It bounds what is remembered of them, and so memory.
pub const MAX_MEMBERS: usize = 60_000;
const PART: usize = 8 << 20;

/// How far what is not yet a part may grow past one: the files of a section are written together.
const SLACK: usize = 4 << 20;

/// A piece of the archive for a multipart upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number, from 1.
    pub number: u32,
    /// Its bytes: always the same for the same number, whatever the slices were.
    pub bytes: Vec<u8>,
}

/// How large part `number` is, unless it is the last: 8 MiB, growing every thousand parts, so that 10,000 parts hold 400 GiB.
fn part_size(number: u32) -> usize {
    PART * (1 + (number as usize - 1) / 1000)
}

/// Room for the bytes of part `number` and for what comes after it. A buffer has it from the first byte on: one that grew anew with
/// each part would leave holes in memory, more of them the longer the archive is.
pub(crate) fn room(number: u32) -> usize {
    part_size(number) + SLACK
}

/// An archive while it is written. All of it is in memory, and bounded: what is not yet a part, the open files of the sections, a
/// line for each member.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    pub(crate) head: Head,
    pub(crate) sections: Vec<Section>,
    pub(crate) open: Vec<Open>,
    pub(crate) files: Vec<FileEntry>,
    /// Bytes that were handed out as parts.
    pub(crate) offset: u64,
    /// Parts that were handed out.
    pub(crate) parts: u32,
    pub(crate) pending: Vec<u8>,
}

impl Export {
    /// Begins an archive with all its sections, also those that will stay empty.
    pub fn begin(head: Head, sections: Vec<Section>) -> Result<Self, Error> {
        for (index, section) in sections.iter().enumerate() {
            if !manifest::is_path(&section.name)
                || section.name.contains('/')
                || section.name.len() > 100
            {
                return Err(Error::Path(section.name.clone()));
            }
            if sections[..index]
                .iter()
                .any(|other| other.name == section.name)
            {
                return Err(Error::SectionTwice(section.name.clone()));
            }
        }
        let open = vec![Open::default(); sections.len()];
        Ok(Self {
            head,
            sections,
            open,
            files: Vec::new(),
            offset: 0,
            parts: 0,
            pending: Vec::with_capacity(room(1)),
        })
    }

    /// Bytes that were handed out as parts so far.
    #[must_use]
    pub const fn handed_out(&self) -> u64 {
        self.offset
    }

    /// Adds a record to a section. Sections may take turns; the order in which everything is added is the order of the archive.
    /// `person` is the number by which Telegram knows the fan whom the record is about.
    pub fn record(
        &mut self,
        section: &str,
        record: &Map<String, Value>,
        person: Option<&str>,
    ) -> Result<(), Error> {
        let index = self.sections.iter().position(|one| one.name == section);
        let index = index.ok_or_else(|| Error::NoSection(section.to_owned()))?;
        let line = section::line(&self.sections[index], record)?;
        fits("a record", line.len(), MAX_RECORD)?;
        // Cut before the next record, not after the last: so a page knows whether another follows.
        if self.open[index].is_full() {
            self.cut(index, true)?;
        }
        let (open, kind) = (&mut self.open[index], &self.sections[index]);
        open.push(kind, record, &line);
        if !kind.portable.is_empty() {
            let number = |_: &str| person.map(str::to_owned);
            let carried = portable::line(&kind.portable, record, number);
            open.sum.add(&carried);
        }
        Ok(())
    }

    /// Adds a file as it is. Folders `data` and `html` and the names of the root's own files are taken.
    pub fn file(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let taken = [MANIFEST, SIGNATURE, "index.html"].contains(&path)
            || path.starts_with("data/")
            || path.starts_with("html/")
            || self.files.iter().any(|file| file.path == path);
        if taken || !manifest::is_path(path) {
            return Err(Error::Path(path.to_owned()));
        }
        self.member(path.to_owned(), bytes, None, 0)
    }

    /// The next part, if there are enough bytes for one. Ask until there is none.
    pub fn part(&mut self) -> Option<Part> {
        let size = part_size(self.parts + 1);
        (self.pending.len() >= size).then(|| self.take(size))
    }

    /// After the last record: writes what is open of one section. False when nothing is open any more. [`close`](Self::close) does so
    /// for all; whoever asks for parts in between has one section in memory beside what is not yet a part.
    pub fn end_section(&mut self) -> Result<bool, Error> {
        let Some(index) = self.open.iter().position(|open| open.records > 0) else {
            return Ok(false);
        };
        self.cut(index, false)?;
        Ok(true)
    }

    /// Writes what is open, the overview and the manifest. What remains is a signature over [`Unsigned::digest`].
    pub fn close(mut self, key_id: &str, key: &PublicKey) -> Result<Unsigned, Error> {
        while self.end_section()? {}
        let sections: Vec<_> = self
            .sections
            .iter()
            .zip(&self.open)
            .map(|(section, open)| {
                let (records, bytes, sha256) = manifest::totals(&self.files, &section.name);
                SectionEntry {
                    bytes,
                    fields: section.fields.clone(),
                    name: section.name.clone(),
                    portable: (!section.portable.is_empty()).then(|| PortableEntry {
                        fields: section.portable.clone(),
                        sum: open.sum.hex(),
                    }),
                    records,
                    sha256,
                    title: section.title.clone(),
                    withheld: section.withheld.clone(),
                }
            })
            .collect();
        let pages: Vec<_> = self.open.iter().map(|open| open.cuts).collect();
        let index = html::index(&self.head, &sections, &pages);
        self.member("index.html".into(), index.as_bytes(), None, 0)?;
        let manifest = Manifest {
            files: Vec::new(),
            format: FORMAT.into(),
            head: self.head.clone(),
            key: Key {
                algorithm: ALGORITHM.into(),
                id: key_id.into(),
                spki: STANDARD.encode(key.spki()),
            },
            sections,
            version: VERSION,
        };
        let manifest = manifest.canonical(&self.files)?;
        self.member(MANIFEST.into(), manifest.as_bytes(), None, 0)?;
        Ok(Unsigned {
            export: self,
            manifest,
            key: key.clone(),
        })
    }

    /// Closes and signs. Gives the remaining parts, the last of any size.
    pub fn finish(self, signer: &dyn Signer) -> Result<Vec<Part>, Error> {
        let unsigned = self.close(signer.key_id(), signer.public_key())?;
        let signature = signer.sign(&unsigned.digest()).map_err(Error::Unsigned)?;
        unsigned.signed(&signature)
    }

    fn cut(&mut self, index: usize, more: bool) -> Result<(), Error> {
        let cuts = self.open[index].cuts + 1;
        let fresh = Open {
            cuts,
            total: self.open[index].total,
            sum: self.open[index].sum,
            ..Open::default()
        };
        let open = std::mem::replace(&mut self.open[index], fresh);
        let Section { name, title, .. } = self.sections[index].clone();
        let page = html::section_page(&title, &name, cuts, more, &open.html);
        let section = Some(name.as_str());
        self.member(
            format!("data/{name}-{cuts:06}.jsonl"),
            open.jsonl.as_bytes(),
            section,
            open.records,
        )?;
        self.member(
            format!("data/{name}-{cuts:06}.csv"),
            open.csv.as_bytes(),
            section,
            open.records,
        )?;
        self.member(
            format!("html/{}", html::page_name(&name, cuts)),
            page.as_bytes(),
            section,
            open.records,
        )
    }

    fn member(
        &mut self,
        path: String,
        bytes: &[u8],
        section: Option<&str>,
        records: u64,
    ) -> Result<(), Error> {
        fits("a file", bytes.len(), MAX_FILE)?;
        if self.files.len() >= MAX_MEMBERS {
            return Err(Error::TooMany(MAX_MEMBERS));
        }
        let entry = FileEntry {
            // It fits: the limit is far below.
            bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            crc32: crc32fast::hash(bytes),
            path,
            records,
            section: section.map(str::to_owned),
            sha256: manifest::sha256(bytes),
        };
        self.pending.extend(zip::local_header(&member(&entry, 0)));
        self.pending.extend(bytes);
        self.files.push(entry);
        Ok(())
    }

    fn take(&mut self, size: usize) -> Part {
        self.parts += 1;
        let mut rest = Vec::with_capacity(room(self.parts + 1));
        rest.extend_from_slice(&self.pending[size..]);
        let mut bytes = std::mem::replace(&mut self.pending, rest);
        bytes.truncate(size);
        self.offset += bytes.len() as u64;
        Part {
            number: self.parts,
            bytes,
        }
    }
}

/// A whole archive that lacks its signature.
#[derive(Debug)]
pub struct Unsigned {
    export: Export,
    manifest: String,
    key: PublicKey,
}

impl Unsigned {
    /// What is to be signed: the SHA-256 of the manifest.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut out = [0; 32];
        out.copy_from_slice(digest(&SHA256, self.manifest.as_bytes()).as_ref());
        out
    }

    /// Ends the archive. Gives the remaining parts, the last of any size.
    pub fn signed(mut self, der: &[u8]) -> Result<Vec<Part>, Error> {
        if !self.key.accepts(self.manifest.as_bytes(), der) {
            return Err(Error::Signature);
        }
        let export = &mut self.export;
        export.member(SIGNATURE.into(), der, None, 0)?;
        let start = export.offset + export.pending.len() as u64;
        let end = directory(&export.files, start).concat();
        export.pending.extend(end);
        let mut parts = Vec::new();
        parts.extend(std::iter::from_fn(|| export.part()));
        if !export.pending.is_empty() {
            parts.push(export.take(export.pending.len()));
        }
        Ok(parts)
    }
}

/// The central directory at `start` of files that follow one another: an element for each entry, and one for the end.
pub(crate) fn directory(files: &[FileEntry], start: u64) -> Vec<Vec<u8>> {
    let mut offset = 0;
    let mut out: Vec<_> = files
        .iter()
        .map(|file| {
            let entry = zip::directory_entry(&member(file, offset));
            offset += zip::local_header_len(&file.path) + u64::from(file.bytes);
            entry
        })
        .collect();
    let bytes = out.iter().map(|entry| entry.len() as u64).sum();
    out.push(zip::end(files.len() as u64, bytes, start));
    out
}

pub(crate) fn member(file: &FileEntry, offset: u64) -> zip::Member<'_> {
    zip::Member {
        path: &file.path,
        bytes: file.bytes,
        crc32: file.crc32,
        offset,
    }
}
