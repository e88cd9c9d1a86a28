//! Where an export is between two slices.

use std::mem;

use serde::{Deserialize, Serialize};

use crate::export::room;
use crate::manifest::{FileEntry, Head, sha256};
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

#[derive(Serialize, Deserialize)]
struct State {
    head: Head,
    sections: Vec<Section>,
    open: Vec<Open>,
    files: Vec<FileEntry>,
}

impl Export {
    /// Everything that is needed to go on later. Between any two records; take the parts first.
    ///
    /// The tail is the buffer of what is not yet a part, with the rest behind it, so that all of it is in memory once. Nothing is
    /// left in here: whoever goes on at once [resumes](Self::resume) from the same tail.
    pub fn suspend(&mut self) -> Result<(Checkpoint, Vec<u8>), Error> {
        let state = serde_json::to_vec(&State {
            head: self.head.clone(),
            sections: mem::take(&mut self.sections),
            open: mem::take(&mut self.open),
            files: mem::take(&mut self.files),
        })?;
        let mut tail = mem::take(&mut self.pending);
        tail.extend_from_slice(&state);
        tail.extend_from_slice(&(state.len() as u64).to_le_bytes());
        let checkpoint = Checkpoint {
            parts: self.parts,
            offset: self.offset,
            tail_bytes: tail.len() as u64,
            tail_sha256: sha256(&tail),
        };
        Ok((checkpoint, tail))
    }

    /// Goes on where [`suspend`](Self::suspend) stopped.
    pub fn resume(checkpoint: &Checkpoint, mut tail: Vec<u8>) -> Result<Self, Error> {
        if checkpoint.tail_bytes != tail.len() as u64 || checkpoint.tail_sha256 != sha256(&tail) {
            return Err(Error::Tail);
        }
        let (rest, length) = tail.split_last_chunk().ok_or(Error::Tail)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| Error::Tail)?;
        let pending = rest.len().checked_sub(length).ok_or(Error::Tail)?;
        let State {
            head,
            sections,
            open,
            files,
        } = serde_json::from_slice(&rest[pending..])?;
        tail.truncate(pending);
        tail.reserve_exact(room(checkpoint.parts + 1).saturating_sub(pending));
        Ok(Self {
            head,
            sections,
            open,
            files,
            offset: checkpoint.offset,
            parts: checkpoint.parts,
            pending: tail,
        })
    }
}
