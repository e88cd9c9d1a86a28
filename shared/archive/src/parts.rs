//! The bytes of an archive on their way into the parts of an upload.

use std::collections::VecDeque;
use std::mem;

use crate::Error;

/// The size of the first thousand parts.
const PART: usize = 8 << 20;

/// A piece of the archive for a multipart upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number, from 1.
    pub number: u32,
    /// Its bytes: always the same for the same number, whatever the slices were.
    pub bytes: Vec<u8>,
}

/// How large a part is, unless it is the last: 8 MiB, growing every thousand parts, so that 10,000 parts hold 400 GiB. `before` are
/// the parts before it.
const fn part_size(before: usize) -> usize {
    PART * (1 + before / 1000)
}

/// Bytes in the order of the archive. A part has a buffer of exactly its size from its first byte on: one that grew would leave
/// holes in memory, more of them the longer the archive is, and one with room for more would be copied where it is cut.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parts {
    /// Parts that were handed out.
    pub handed_out: u32,
    /// Bytes that they have.
    pub offset: u64,
    /// Parts that nobody has asked for.
    full: VecDeque<Vec<u8>>,
    /// What is not yet a part: always less than one.
    pub pending: Vec<u8>,
}

impl Parts {
    pub fn begin() -> Self {
        Self {
            handed_out: 0,
            offset: 0,
            full: VecDeque::new(),
            pending: Vec::with_capacity(part_size(0)),
        }
    }

    /// Goes on behind the parts that were handed out with what was not yet one.
    pub fn resume(handed_out: u32, offset: u64, mut pending: Vec<u8>) -> Result<Self, Error> {
        let size = part_size(handed_out as usize);
        if pending.len() >= size {
            return Err(Error::Tail);
        }
        // What stood behind it goes out of memory as well.
        pending.shrink_to(size);
        pending.reserve_exact(size - pending.len());
        Ok(Self {
            handed_out,
            offset,
            full: VecDeque::new(),
            pending,
        })
    }

    /// How many bytes there are so far.
    pub fn bytes(&self) -> u64 {
        let full: usize = self.full.iter().map(Vec::len).sum();
        self.offset + (full + self.pending.len()) as u64
    }

    pub fn append(&mut self, mut bytes: &[u8]) {
        loop {
            let before = self.handed_out as usize + self.full.len();
            let free = part_size(before) - self.pending.len();
            let Some((now, later)) = bytes.split_at_checked(free) else {
                self.pending.extend_from_slice(bytes);
                return;
            };
            self.pending.extend_from_slice(now);
            let next = Vec::with_capacity(part_size(before + 1));
            self.full.push_back(mem::replace(&mut self.pending, next));
            bytes = later;
        }
    }

    /// The next part, if there are enough bytes for one.
    pub fn take(&mut self) -> Option<Part> {
        let bytes = self.full.pop_front()?;
        Some(self.hand_out(bytes))
    }

    /// After the last byte and the last full part: what remains.
    pub fn last(&mut self) -> Option<Part> {
        let bytes = mem::take(&mut self.pending);
        (!bytes.is_empty()).then(|| self.hand_out(bytes))
    }

    /// Takes out what is not yet a part. Refused while a part waits: it would be lost.
    pub fn put_aside(&mut self) -> Result<Vec<u8>, Error> {
        if self.full.is_empty() {
            Ok(mem::take(&mut self.pending))
        } else {
            Err(Error::PartWaits)
        }
    }

    fn hand_out(&mut self, bytes: Vec<u8>) -> Part {
        self.handed_out += 1;
        self.offset += bytes.len() as u64;
        Part {
            number: self.handed_out,
            bytes,
        }
    }
}
