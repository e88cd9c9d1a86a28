//! Where an object's bytes are: in one piece, or in the parts they were put in, which are never copied together.

use std::ops::Range;

use bytes::Bytes;

use super::{BYTES, Object, PART_BYTES, S3};
use crate::error::ServiceError;

impl S3 {
    /// Bytes of an object. The caller holds the lock, so that nobody takes away what is read here.
    pub(super) fn bytes(
        &self,
        object: &Object,
        range: Range<usize>,
    ) -> Result<Bytes, ServiceError> {
        let state = &self.place.state;
        if object.pieces.is_empty() {
            let stored = state.get_bytes(BYTES, &object.path())?.unwrap_or_default();
            let whole = Bytes::from(stored);
            let end = range.end.min(whole.len());
            return Ok(whole.slice(range.start.min(end)..end));
        }
        let mut bytes = Vec::with_capacity(range.len());
        let mut start = 0;
        for piece in &object.pieces {
            let end = start + piece.size;
            let (from, to) = (range.start.max(start), range.end.min(end));
            if from < to {
                let stored = state.get_bytes(PART_BYTES, &piece.key)?.unwrap_or_default();
                let wanted = stored.get(from - start..to - start);
                bytes.extend_from_slice(
                    wanted.ok_or_else(|| ServiceError::internal("a part is lost"))?,
                );
            }
            start = end;
        }
        Ok(bytes.into())
    }

    /// Takes away the parts of an object that is no more.
    pub(super) fn drop_pieces(&self, object: &Object) -> Result<(), ServiceError> {
        for piece in &object.pieces {
            self.place.state.delete(PART_BYTES, &piece.key)?;
        }
        Ok(())
    }
}
