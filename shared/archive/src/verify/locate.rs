//! Where manifest and signature may be. These are guesses from headers; whatever they lead to is then checked in full.

use std::io::{self, Read, Seek, SeekFrom};

use super::read;
use crate::manifest::{MANIFEST, SIGNATURE};
use crate::zip;

/// A guess.
pub struct Found {
    /// Where the manifest's content begins.
    pub content: u64,
    /// Its size.
    pub bytes: u64,
    /// The signature's size.
    pub signature: u64,
}

/// From the end through the central directory, and from the front from header to header: damage on one way leaves the other.
pub fn candidates<R: Read + Seek>(archive: &mut R) -> io::Result<Vec<Found>> {
    let back = from_the_end(archive)?;
    let front = from_the_front(archive)?;
    Ok(back.into_iter().chain(front).collect())
}

fn from_the_end<R: Read + Seek>(archive: &mut R) -> io::Result<Option<Found>> {
    let length = archive.seek(SeekFrom::End(0))?;
    let end = read(archive, length.saturating_sub(22), 22)?;
    if !end.starts_with(b"PK\x05\x06") || end.len() < 22 {
        return Ok(None);
    }
    // The signature's entry ends the directory, the manifest's stands before it; each may have 12 bytes of ZIP64.
    // There are never so many members, nor such long paths, that anything but the offset needs ZIP64.
    let wide = end[16..20] == [255; 4];
    let stop = length.saturating_sub(if wide { 98 } else { 22 });
    for extra in [0u64, 12] {
        let sizes = (
            46 + SIGNATURE.len() as u64 + extra,
            46 + MANIFEST.len() as u64,
        );
        for extra in [0u64, 12] {
            let signature_at = stop.saturating_sub(sizes.0);
            let manifest_at = signature_at.saturating_sub(sizes.1 + extra);
            let signature = read(archive, signature_at, sizes.0)?;
            let manifest = read(archive, manifest_at, sizes.1 + extra)?;
            if let (Some(signature), Some(manifest)) =
                (sized(&signature, SIGNATURE), sized(&manifest, MANIFEST))
            {
                let offset = match manifest.1 {
                    u32::MAX => manifest.2,
                    near => u64::from(near),
                };
                return Ok(Some(Found {
                    content: offset.saturating_add(zip::local_header_len(MANIFEST)),
                    bytes: u64::from(manifest.0),
                    signature: u64::from(signature.0),
                }));
            }
        }
    }
    Ok(None)
}

/// Size, short and long offset of a directory entry, if it is one of `path`.
fn sized(entry: &[u8], path: &str) -> Option<(u32, u32, u64)> {
    let named =
        entry.starts_with(b"PK\x01\x02") && entry.get(46..46 + path.len())? == path.as_bytes();
    let far = entry
        .get(46 + path.len() + 4..)
        .and_then(|bytes| bytes.first_chunk())
        .map_or(0, |bytes| u64::from_le_bytes(*bytes));
    named.then_some((number(entry, 20)?, number(entry, 42)?, far))
}

fn from_the_front<R: Read + Seek>(archive: &mut R) -> io::Result<Option<Found>> {
    let (mut offset, mut manifest) = (0u64, None);
    loop {
        let header = read(archive, offset, 30 + 200)?;
        let (Some(b"PK\x03\x04"), Some(size), Some(&[low, high])) = (
            header.first_chunk(),
            number(&header, 18),
            header.get(26..28),
        ) else {
            return Ok(None);
        };
        let name = u64::from(u16::from_le_bytes([low, high]));
        let path = header.get(30..30 + name as usize);
        let content = offset + 30 + name;
        if path == Some(MANIFEST.as_bytes()) {
            manifest = Some((content, u64::from(size)));
        } else if path == Some(SIGNATURE.as_bytes()) {
            return Ok(manifest.map(|(content, bytes)| Found {
                content,
                bytes,
                signature: u64::from(size),
            }));
        }
        offset = content + u64::from(size);
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..)?
        .first_chunk()
        .map(|bytes| u32::from_le_bytes(*bytes))
}
