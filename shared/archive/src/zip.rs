//! The bytes of a ZIP around its members: stored, sizes known before, ZIP64 where an offset needs it, and no byte left to chance.
//!
//! Everything follows from path, size, CRC and offset, so a verifier computes what must stand there and compares.

/// A member: what its headers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// Its path, ASCII.
    pub path: &'a str,
    /// Its size; less than 4 GiB.
    pub bytes: u32,
    /// CRC-32 of its content.
    pub crc32: u32,
    /// Where its local header begins.
    pub offset: u64,
}

const STORED: u16 = 0;
/// 1980-01-01: the archive says when it was made in its manifest, and nowhere else.
const DATE: u16 = 0x21;
const PLAIN: u16 = 10;
const ZIP64: u16 = 45;

/// What stands before a member's content.
#[must_use]
pub fn local_header(member: &Member<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(30 + member.path.len());
    out.extend(b"PK\x03\x04");
    common(&mut out, PLAIN, member, 0);
    out.extend(member.path.as_bytes());
    out
}

/// How long [`local_header`] is.
#[must_use]
pub fn local_header_len(path: &str) -> u64 {
    30 + path.len() as u64
}

/// A member's entry in the central directory.
#[must_use]
pub fn directory_entry(member: &Member<'_>) -> Vec<u8> {
    let near = u32::try_from(member.offset)
        .ok()
        .filter(|&at| at != u32::MAX);
    let needed = if near.is_some() { PLAIN } else { ZIP64 };
    let mut out = Vec::with_capacity(58 + member.path.len());
    out.extend(b"PK\x01\x02");
    out.extend(needed.to_le_bytes()); // made by: the same, on a system without permissions
    common(
        &mut out,
        needed,
        member,
        if near.is_some() { 0 } else { 12 },
    );
    out.extend([0; 10]); // comment, disk, attributes
    out.extend(near.unwrap_or(u32::MAX).to_le_bytes());
    out.extend(member.path.as_bytes());
    if near.is_none() {
        out.extend(1u16.to_le_bytes());
        out.extend(8u16.to_le_bytes());
        out.extend(member.offset.to_le_bytes());
    }
    out
}

/// What ends the file, for a central directory of `count` entries and `bytes` bytes at `offset`.
#[must_use]
pub fn end(count: u64, bytes: u64, offset: u64) -> Vec<u8> {
    let mut out = Vec::with_capacity(98);
    let small = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    let few = u16::try_from(count).unwrap_or(u16::MAX);
    if few == u16::MAX || small(bytes) == u32::MAX || small(offset) == u32::MAX {
        out.extend(b"PK\x06\x06");
        out.extend(44u64.to_le_bytes());
        out.extend(ZIP64.to_le_bytes());
        out.extend(ZIP64.to_le_bytes());
        out.extend([0; 8]);
        for value in [count, count, bytes, offset] {
            out.extend(value.to_le_bytes());
        }
        out.extend(b"PK\x06\x07");
        out.extend([0; 4]);
        out.extend((offset + bytes).to_le_bytes());
        out.extend(1u32.to_le_bytes());
    }
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    out.extend(few.to_le_bytes());
    out.extend(few.to_le_bytes());
    out.extend(small(bytes).to_le_bytes());
    out.extend(small(offset).to_le_bytes());
    out.extend([0; 2]);
    out
}

/// The fields that local header and directory entry share, from "version needed" to "extra length".
fn common(out: &mut Vec<u8>, needed: u16, member: &Member<'_>, extra: u16) {
    // A path has at most 200 bytes, see `manifest::is_path`.
    let path = u16::try_from(member.path.len()).unwrap_or(u16::MAX);
    for value in [needed, 0, STORED, 0, DATE] {
        out.extend(value.to_le_bytes());
    }
    for value in [member.crc32, member.bytes, member.bytes] {
        out.extend(value.to_le_bytes());
    }
    out.extend(path.to_le_bytes());
    out.extend(extra.to_le_bytes());
}
