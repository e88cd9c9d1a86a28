//! Where an export is between two slices.

use std::mem;

use serde::{Deserialize, Serialize};

use crate::files::File;
use crate::manifest::{Head, sha256};
use crate::parts::Parts;
use crate::section::{Open, Section};
use crate::{Error, Export};

/// What a job remembers between two slices: small enough for a row. The bytes that are not yet a part (S3 takes none under 5 MiB) are
/// in the *tail*, which the job keeps as an object, sealed like the export itself, under a name that it writes with this row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Parts that were handed out. What is uploaded beyond them is written again, with the same bytes.
    pub parts: u32,
    /// Bytes that they have.
    pub offset: u64,
    /// How many bytes the tail has.
    pub tail_bytes: u64,
    /// SHA-256 of the tail.
    pub tail_sha256: String,
}

/// All of an export but its bytes. In a tail it stands as JSON behind what is not yet a part and the open lines of the sections, and
/// before its own length in eight bytes.
#[derive(Serialize, Deserialize)]
struct State {
    head: Head,
    sections: Vec<Section>,
    open: Vec<Open>,
    files: Vec<File>,
    /// How many bytes of open lines each section has.
    lines: Vec<usize>,
}

impl State {
    fn export(self, parts: Parts) -> Export {
        Export {
            head: self.head,
            sections: self.sections,
            open: self.open,
            files: self.files,
            parts,
        }
    }
}

/// What a process keeps of an export that was put aside, to go on with it at once.
pub struct Rest {
    state: State,
    parts: u32,
    offset: u64,
    /// How many bytes of the tail are not yet a part.
    pending: usize,
    tail: usize,
}

impl Rest {
    /// Goes on with the tail that [`Export::suspend`] gave, in the same buffer and without reading what stands in it.
    pub fn resume(self, mut tail: Vec<u8>) -> Result<Export, Error> {
        if tail.len() != self.tail {
            return Err(Error::Tail);
        }
        tail.truncate(self.pending);
        let parts = Parts::resume(self.parts, self.offset, tail)?;
        Ok(self.state.export(parts))
    }
}

impl Export {
    /// Everything that is needed to go on later, in another process or [in this one](Rest::resume). Between any two records; take the
    /// parts first.
    ///
    /// The tail is the buffer of what is not yet a part, with the rest behind it: only open lines are in memory twice. Nothing is
    /// left in here.
    pub fn suspend(&mut self) -> Result<(Checkpoint, Vec<u8>, Rest), Error> {
        let mut tail = self.parts.put_aside()?;
        let pending = tail.len();
        let state = State {
            head: self.head.clone(),
            sections: mem::take(&mut self.sections),
            lines: self.open.iter().map(|open| open.lines.len()).collect(),
            open: mem::take(&mut self.open),
            files: mem::take(&mut self.files),
        };
        for open in &state.open {
            tail.extend_from_slice(open.lines.as_bytes());
        }
        let begins = tail.len();
        serde_json::to_writer(&mut tail, &state)?;
        let length = (tail.len() - begins) as u64;
        tail.extend_from_slice(&length.to_le_bytes());
        let (parts, offset) = (self.parts.handed_out, self.parts.offset);
        let checkpoint = Checkpoint {
            parts,
            offset,
            tail_bytes: tail.len() as u64,
            tail_sha256: sha256(&tail),
        };
        let rest = Rest {
            state,
            parts,
            offset,
            pending,
            tail: tail.len(),
        };
        Ok((checkpoint, tail, rest))
    }

    /// Goes on where [`suspend`](Self::suspend) stopped. [`Error::OtherRelease`] says that the tail is whole and that only the
    /// release that wrote it could go on with it.
    pub fn resume(checkpoint: &Checkpoint, mut tail: Vec<u8>) -> Result<Self, Error> {
        if checkpoint.tail_bytes != tail.len() as u64 || checkpoint.tail_sha256 != sha256(&tail) {
            return Err(Error::Tail);
        }
        let (rest, length) = tail.split_last_chunk().ok_or(Error::Tail)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| Error::Tail)?;
        let begins = rest.len().checked_sub(length).ok_or(Error::Tail)?;
        let (rest, state) = rest.split_at(begins);
        let mut state: State = serde_json::from_slice(state).map_err(Error::OtherRelease)?;
        let lines: usize = state.lines.iter().sum();
        let pending = begins.checked_sub(lines).ok_or(Error::Tail)?;
        let mut lines = str::from_utf8(&rest[pending..]).map_err(|_| Error::Tail)?;
        for (open, length) in state.open.iter_mut().zip(&state.lines) {
            let (own, others) = lines.split_at_checked(*length).ok_or(Error::Tail)?;
            open.push_lines(own);
            lines = others;
        }
        tail.truncate(pending);
        let parts = Parts::resume(checkpoint.parts, checkpoint.offset, tail)?;
        Ok(state.export(parts))
    }
}
