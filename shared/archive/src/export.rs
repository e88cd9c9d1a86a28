//! An archive while it is written.

use std::{iter, mem};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};

use crate::error::fits;
use crate::files::{At, File, Form, Hash, directory, member};
use crate::manifest::{
    self, ALGORITHM, FORMAT, Head, Key, MANIFEST, Manifest, PortableEntry, SIGNATURE, SectionEntry,
    VERSION,
};
use crate::parts::{Part, Parts};
use crate::section::{self, Open, ROOM, Section};
use crate::{Error, PublicKey, Signer, html, portable, zip};

/// The largest file that can be added.
pub const MAX_FILE: usize = 64 << 20;
/// The largest record, as a JSON line.
pub const MAX_RECORD: usize = 1 << 20;
/// As many members as an archive may have. It bounds what is remembered of them, and so memory.
pub const MAX_MEMBERS: usize = 60_000;

/// An archive while it is written. All of it is in memory, and bounded: what is not yet a part, the open lines of the sections, a
/// little of each file. Nothing else is kept, so that it is as much at any place where a slice may end.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    pub(crate) head: Head,
    pub(crate) sections: Vec<Section>,
    pub(crate) open: Vec<Open>,
    pub(crate) files: Vec<File>,
    pub(crate) parts: Parts,
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
            parts: Parts::begin(),
        })
    }

    /// Its sections, as they were when it began.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Bytes that were handed out as parts so far.
    #[must_use]
    pub const fn handed_out(&self) -> u64 {
        self.parts.offset
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
        open.push(&line);
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
            || self
                .files
                .iter()
                .any(|file| matches!(&file.at, At::Path(own) if own == path));
        if taken || !manifest::is_path(path) {
            return Err(Error::Path(path.to_owned()));
        }
        self.member(At::Path(path.to_owned()), bytes, 0)
    }

    /// The next part, if there are enough bytes for one. Ask until there is none, after each record: what is beyond a part waits in
    /// memory.
    pub fn part(&mut self) -> Option<Part> {
        self.parts.take()
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
        let opened = self.sections.iter().zip(&self.open).enumerate();
        let sections: Vec<_> = opened
            .map(|(index, (section, open))| {
                let is_lines =
                    |file: &&File| matches!(file.at, At::Cut(of, _, Form::Jsonl) if of == index);
                let lines = self.files.iter().filter(is_lines);
                let sums = lines.map(|file| (file.records, file.bytes, file.sha256.0));
                let (records, bytes, sha256) = manifest::totals(sums);
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
        let index = html::index(&self.head, &sections, &pages)?;
        self.member(At::Path("index.html".into()), index.as_bytes(), 0)?;
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
        let files = self.files.iter().map(|file| file.entry(&self.sections));
        let manifest = manifest.canonical(files)?;
        self.member(At::Path(MANIFEST.into()), manifest.as_bytes(), 0)?;
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
        let open = &mut self.open[index];
        open.cuts += 1;
        let (cut, records) = (open.cuts, mem::take(&mut open.records));
        let first = open.total - records + 1;
        let mut lines = mem::take(&mut open.lines);
        let at = |form| At::Cut(index, cut, form);
        self.member(at(Form::Jsonl), lines.as_bytes(), records)?;
        let mut file = String::with_capacity(ROOM);
        self.sections[index].push_csv(&mut file, &lines)?;
        self.member(at(Form::Csv), file.as_bytes(), records)?;
        file.clear();
        self.sections[index].push_page(&mut file, &lines, first, cut, more)?;
        self.member(at(Form::Html), file.as_bytes(), records)?;
        if more {
            lines.clear();
            self.open[index].lines = lines;
        }
        Ok(())
    }

    fn member(&mut self, at: At, bytes: &[u8], records: u64) -> Result<(), Error> {
        fits("a file", bytes.len(), MAX_FILE)?;
        if self.files.len() >= MAX_MEMBERS {
            return Err(Error::TooMany(MAX_MEMBERS));
        }
        let file = File {
            at,
            // It fits: the limit is far below.
            bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            crc32: crc32fast::hash(bytes),
            records,
            sha256: Hash::of(bytes),
        };
        let entry = file.entry(&self.sections);
        self.parts.append(&zip::local_header(&member(&entry, 0)));
        self.parts.append(bytes);
        self.files.push(file);
        Ok(())
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
        Hash::of(self.manifest.as_bytes()).0
    }

    /// Ends the archive. Gives the remaining parts, the last of any size.
    pub fn signed(self, der: &[u8]) -> Result<Vec<Part>, Error> {
        let Self {
            mut export,
            manifest,
            key,
        } = self;
        if !key.accepts(manifest.as_bytes(), der) {
            return Err(Error::Signature);
        }
        drop(manifest);
        export.member(At::Path(SIGNATURE.into()), der, 0)?;
        let Export {
            sections,
            files,
            mut parts,
            ..
        } = export;
        let entries = files.iter().map(|file| file.entry(&sections));
        directory(entries, parts.bytes(), |bytes| {
            parts.append(bytes);
            Ok::<_, Error>(())
        })?;
        let mut all: Vec<_> = iter::from_fn(|| parts.take()).collect();
        all.extend(parts.last());
        Ok(all)
    }
}
