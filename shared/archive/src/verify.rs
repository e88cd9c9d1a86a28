//! What is wrong with an archive.
//!
//! The manifest says which bytes the whole file must have, but for manifest and signature, and the signature says that the manifest
//! is ours. So nothing that a header says is believed: what must stand there is computed and compared, byte for byte.

mod carried;
mod locate;

use std::io::{self, Read, Seek, SeekFrom};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::files::{directory, member};
use crate::manifest::{self, ALGORITHM, FORMAT, FileEntry, MANIFEST, Manifest, SIGNATURE, VERSION};
use crate::{MAX_FILE, PublicKey, canonical, zip};

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The manifest's content.
    Manifest,
    /// The signature, or the key that made it.
    Signature,
    /// What stands before a file's content.
    Header(String),
    /// A file's content.
    Content(String),
    /// A section's numbers in the manifest.
    Section(String),
    /// A file's entry in the central directory.
    Directory(String),
    /// What ends the file.
    End,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// Where in the file, if it is at one place.
    pub offset: Option<u64>,
    /// What.
    pub what: &'static str,
}

/// Names everything that is wrong with an archive; nothing is, if the list is empty. `key` is known from elsewhere: a key that
/// the archive brings along proves nothing. Fails only when reading does.
pub fn verify<R: Read + Seek>(archive: &mut R, key: &PublicKey) -> io::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let Some((manifest, text, signature_bytes)) = find_manifest(archive)? else {
        return Ok(vec![finding(Place::Manifest, None, "no readable manifest")]);
    };
    claims(&manifest, &text, key, &mut findings);
    let (mut offset, mut contents) = (0, Vec::new());
    for file in &manifest.files {
        if file.bytes as usize > MAX_FILE || !manifest::is_path(&file.path) {
            findings.push(finding(
                Place::Manifest,
                None,
                "a file that the format does not allow",
            ));
            return Ok(findings);
        }
        content(archive, file, &mut offset, &mut findings)?;
        contents.push(offset - u64::from(file.bytes));
    }
    // What a damaged file would add up to says nothing more.
    if findings.is_empty() {
        carried::check(archive, &manifest, &contents, &mut findings)?;
    }
    // Of manifest and signature the manifest does not speak: their headers follow from what is there.
    let mut files = manifest.files;
    let own = entry(MANIFEST, &text);
    content(archive, &own, &mut offset, &mut findings)?;
    let signature = read(
        archive,
        offset + zip::local_header_len(SIGNATURE),
        signature_bytes,
    )?;
    if !key.accepts(&text, &signature) {
        findings.push(finding(
            Place::Signature,
            Some(offset),
            "not made by this key over this manifest",
        ));
    }
    let signed = entry(SIGNATURE, &signature);
    content(archive, &signed, &mut offset, &mut findings)?;
    files.extend([own, signed]);
    let mut names = files.iter().map(|file| file.path.clone());
    directory(files.iter(), offset, |wanted| {
        let place = names.next().map_or(Place::End, Place::Directory);
        compare(archive, &mut offset, wanted, || place, &mut findings)
    })?;
    if archive.seek(SeekFrom::End(0))? > offset {
        findings.push(finding(Place::End, Some(offset), "bytes after the end"));
    }
    Ok(findings)
}

/// The manifest, its bytes, and how long the signature is said to be: from the first of several ways that leads to one.
fn find_manifest<R: Read + Seek>(archive: &mut R) -> io::Result<Option<(Manifest, Vec<u8>, u64)>> {
    for found in locate::candidates(archive)? {
        let text = read(archive, found.content, found.bytes)?;
        if let Ok(manifest) = serde_json::from_slice(&text) {
            return Ok(Some((manifest, text, found.signature)));
        }
    }
    Ok(None)
}

/// What the manifest says that can be checked without the files.
fn claims(manifest: &Manifest, text: &[u8], key: &PublicKey, findings: &mut Vec<Finding>) {
    let mut wrong = |place, what| findings.push(finding(place, None, what));
    let value = serde_json::from_slice::<Value>(text).map(|value| canonical(&value));
    if !value.is_ok_and(|canonical| canonical.as_bytes() == text) {
        wrong(Place::Manifest, "not in canonical form");
    }
    if manifest.format != FORMAT
        || manifest.version != VERSION
        || manifest.key.algorithm != ALGORITHM
    {
        wrong(Place::Manifest, "another format, version or algorithm");
    }
    if manifest.key.spki != STANDARD.encode(key.spki()) {
        wrong(Place::Signature, "the manifest names another key");
    }
    for section in &manifest.sections {
        let files = manifest.files.iter();
        let lines = files.filter(|file| file.is_lines_of(&section.name));
        // A hash of ours is hexadecimal; anything else contradicts the section's hash, which is all that is asked here.
        let sums = lines.map(|file| (file.records, file.bytes, manifest::unhex(&file.sha256)));
        let own = manifest::totals(sums);
        if own != (section.records, section.bytes, section.sha256.clone()) {
            wrong(
                Place::Section(section.name.clone()),
                "its files add up to something else",
            );
        }
    }
}

fn content<R: Read + Seek>(
    archive: &mut R,
    file: &FileEntry,
    offset: &mut u64,
    findings: &mut Vec<Finding>,
) -> io::Result<()> {
    let header = zip::local_header(&member(file, *offset));
    compare(
        archive,
        offset,
        &header,
        || Place::Header(file.path.clone()),
        findings,
    )?;
    let bytes = read(archive, *offset, u64::from(file.bytes))?;
    if bytes.len() != file.bytes as usize
        || manifest::sha256(&bytes) != file.sha256
        || crc32fast::hash(&bytes) != file.crc32
    {
        findings.push(finding(
            Place::Content(file.path.clone()),
            Some(*offset),
            "not what the manifest says",
        ));
    }
    *offset += u64::from(file.bytes);
    Ok(())
}

fn compare<R: Read + Seek>(
    archive: &mut R,
    offset: &mut u64,
    wanted: &[u8],
    place: impl FnOnce() -> Place,
    findings: &mut Vec<Finding>,
) -> io::Result<()> {
    let found = read(archive, *offset, wanted.len() as u64)?;
    if found != wanted {
        let same = found
            .iter()
            .zip(wanted)
            .take_while(|(one, other)| one == other)
            .count();
        findings.push(finding(
            place(),
            Some(*offset + same as u64),
            "other bytes than must be here",
        ));
    }
    *offset += wanted.len() as u64;
    Ok(())
}

fn entry(path: &str, bytes: &[u8]) -> FileEntry {
    FileEntry {
        bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
        crc32: crc32fast::hash(bytes),
        path: path.to_owned(),
        records: 0,
        section: None,
        sha256: manifest::sha256(bytes),
    }
}

fn finding(place: Place, offset: Option<u64>, what: &'static str) -> Finding {
    Finding {
        place,
        offset,
        what,
    }
}

/// Up to `length` bytes from `offset`; fewer where the file ends. Never more than a file may have, whatever a header says.
fn read<R: Read + Seek>(archive: &mut R, offset: u64, length: u64) -> io::Result<Vec<u8>> {
    archive.seek(SeekFrom::Start(offset))?;
    let mut out = Vec::new();
    archive
        .take(length.min(MAX_FILE as u64))
        .read_to_end(&mut out)?;
    Ok(out)
}
