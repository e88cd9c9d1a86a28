//! The file of an export while it is written: an archive in memory, its parts in S3, and between two slices its tail there as
//! well.

use app::export_file;
use archive::{Checkpoint, Export, Head, Part, PublicKey, Section};
use objects::{Etag, Objects, UploadId};
use serde::{Deserialize, Serialize};
use store::row::ExportRow;
use tenancy::{TenantScope, Worker};
use vault::ExportKey;

use super::walk::{Position, Step};
use crate::error::PrivacyError;

/// What stands in the row between two slices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// The way.
    pub(crate) steps: Vec<Step>,
    /// How far it was gone.
    pub(crate) position: Position,
    /// How far the archive is.
    checkpoint: Checkpoint,
    /// S3's name of the upload.
    upload: String,
    /// The tail's number: each checkpoint writes a new one and then names it, so a lost checkpoint has its own still.
    tail: u32,
}

/// What of it says where things lie in S3: read by itself, so that what another release wrote can be taken away, too.
#[derive(Deserialize)]
struct Places {
    upload: String,
    tail: u32,
}

/// A file in the hands of one job.
pub(crate) struct File<'a> {
    upload: Upload<'a>,
    tail: u32,
    export: Export,
}

/// Its parts on their way to S3.
struct Upload<'a> {
    objects: &'a Objects,
    scope: &'a TenantScope<Worker>,
    row: &'a ExportRow,
    id: UploadId,
    etags: Vec<String>,
}

/// The name of the finished file.
pub(crate) fn name(row: &ExportRow) -> String {
    export_file(row.request)
}

fn tail_name(row: &ExportRow, tail: u32) -> String {
    format!("{}.tail-{tail}", row.request.suffix())
}

impl<'a> File<'a> {
    /// Begins a file.
    pub(crate) async fn begin(
        objects: &'a Objects,
        scope: &'a TenantScope<Worker>,
        row: &'a ExportRow,
        head: Head,
        sections: Vec<Section>,
    ) -> Result<Self, PrivacyError> {
        let export = Export::begin(head, sections)?;
        let id = Box::pin(objects.begin(scope, &name(row))).await?;
        Ok(Self {
            upload: Upload {
                objects,
                scope,
                row,
                id,
                etags: Vec::new(),
            },
            tail: 0,
            export,
        })
    }

    /// Goes on where a checkpoint was made.
    pub(crate) async fn resume(
        objects: &'a Objects,
        scope: &'a TenantScope<Worker>,
        row: &'a ExportRow,
        progress: &Progress,
    ) -> Result<Self, PrivacyError> {
        let tail = tail_name(row, progress.tail);
        let bytes = Box::pin(objects.get(scope, &tail)).await?;
        let (etags, tail) = unpack(bytes.ok_or(PrivacyError::Tail)?)?;
        Ok(Self {
            upload: Upload {
                objects,
                scope,
                row,
                id: UploadId::new(&progress.upload),
                etags,
            },
            tail: progress.tail,
            export: Export::resume(&progress.checkpoint, tail)?,
        })
    }

    /// The archive, to be written into.
    pub(crate) const fn archive(&mut self) -> &mut Export {
        &mut self.export
    }

    /// Uploads what is enough for a part. Says whether anything was.
    pub(crate) async fn upload(&mut self) -> Result<bool, PrivacyError> {
        let mut any = false;
        while let Some(part) = self.export.part() {
            self.upload.put(part).await?;
            any = true;
        }
        Ok(any)
    }

    /// Keeps the tail and says what the row has to know. Call [`File::upload`] first.
    pub(crate) async fn suspend(
        &mut self,
        steps: &[Step],
        position: &Position,
    ) -> Result<Progress, PrivacyError> {
        let (checkpoint, tail, rest) = self.export.suspend()?;
        self.tail += 1;
        let length = tail.len();
        let bytes = pack(&self.upload.etags, tail)?;
        let Upload {
            objects,
            scope,
            row,
            ..
        } = self.upload;
        let mut tail = Box::pin(objects.put(scope, &tail_name(row, self.tail), bytes)).await?;
        // What S3 has taken is written on, not a copy: a tail can be as large as a part.
        tail.truncate(length);
        self.export = rest.resume(tail)?;
        Ok(Progress {
            steps: steps.to_vec(),
            position: position.clone(),
            checkpoint,
            upload: self.upload.id.as_str().to_owned(),
            tail: self.tail,
        })
    }

    /// Takes away the tail before the one that the row names now.
    pub(crate) async fn forget_former_tail(&self) -> Result<(), PrivacyError> {
        let upload = &self.upload;
        let former = tail_name(upload.row, self.tail.saturating_sub(1));
        Box::pin(upload.objects.delete(upload.scope, &former)).await?;
        Ok(())
    }

    /// Gives up an upload that no row knows of. Best effort: the bucket forgets what is left after a week.
    pub(crate) async fn give_up(&self) {
        let Upload {
            objects, scope, id, ..
        } = &self.upload;
        let name = name(self.upload.row);
        if let Err(error) = Box::pin(objects.abort(scope, &name, id)).await {
            let chain = telemetry::chain(&error);
            tracing::warn!(error.chain = chain, "an upload was left behind");
        }
    }

    /// Ends and signs the archive and makes one object of its parts. Gives its size.
    pub(crate) async fn close(self, key: &ExportKey) -> Result<u64, PrivacyError> {
        let mut upload = self.upload;
        match Box::pin(end(self.export, &mut upload, key)).await {
            // A job before this one completed it and died before it could say so.
            Err(PrivacyError::Objects(error)) if error.code() == Some("NoSuchUpload") => {
                Ok(upload.completed().await?.ok_or(error)?)
            }
            ended => ended,
        }
    }
}

async fn end(
    mut export: Export,
    upload: &mut Upload<'_>,
    key: &ExportKey,
) -> Result<u64, PrivacyError> {
    let public = PublicKey::from_spki(&key.public_key().await?)?;
    while export.end_section()? {
        while let Some(part) = export.part() {
            upload.put(part).await?;
        }
    }
    let mut bytes = export.handed_out();
    let unsigned = export.close(key.arn(), &public)?;
    let signature = key.sign(&unsigned.digest()).await?;
    for part in unsigned.signed(&signature)? {
        bytes += part.bytes.len() as u64;
        upload.put(part).await?;
    }
    upload.complete().await?;
    Ok(bytes)
}

impl Upload<'_> {
    async fn put(&mut self, part: Part) -> Result<(), PrivacyError> {
        let name = name(self.row);
        let put = self
            .objects
            .part(self.scope, &name, &self.id, part.number, part.bytes);
        let etag = Box::pin(put).await?;
        self.etags.push(etag.as_str().to_owned());
        Ok(())
    }

    async fn complete(&self) -> Result<(), PrivacyError> {
        let parts: Vec<_> = (1..).zip(self.etags.iter().map(Etag::new)).collect();
        let name = name(self.row);
        let done = self.objects.complete(self.scope, &name, &self.id, &parts);
        Ok(Box::pin(done).await?)
    }

    /// The size of the object, if it is there already.
    async fn completed(&self) -> Result<Option<u64>, PrivacyError> {
        let name = name(self.row);
        Ok(Box::pin(self.objects.size(self.scope, &name)).await?)
    }
}

/// Takes away everything that an export left in S3.
pub(crate) async fn remove(
    objects: &Objects,
    scope: &TenantScope<Worker>,
    row: &ExportRow,
) -> Result<(), PrivacyError> {
    if let Some(progress) = &row.progress {
        let Places { upload, tail } = serde_json::from_str(progress)?;
        let upload = UploadId::new(&upload);
        Box::pin(objects.abort(scope, &name(row), &upload)).await?;
        // A job that lost its row may have written the next one.
        for tail in tail..=tail + 1 {
            Box::pin(objects.delete(scope, &tail_name(row, tail))).await?;
        }
    }
    Box::pin(objects.delete(scope, &name(row))).await?;
    Ok(())
}

/// Tail and etags as one object: the first, behind it the others, and how long they are in eight bytes.
fn pack(etags: &[String], mut tail: Vec<u8>) -> Result<Vec<u8>, PrivacyError> {
    let etags = serde_json::to_vec(etags)?;
    tail.extend_from_slice(&etags);
    tail.extend_from_slice(&(etags.len() as u64).to_le_bytes());
    Ok(tail)
}

fn unpack(mut bytes: Vec<u8>) -> Result<(Vec<String>, Vec<u8>), PrivacyError> {
    let (rest, length) = bytes.split_last_chunk().ok_or(PrivacyError::Tail)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| PrivacyError::Tail)?;
    let tail = rest.len().checked_sub(length).ok_or(PrivacyError::Tail)?;
    let etags = serde_json::from_slice(&rest[tail..])?;
    bytes.truncate(tail);
    Ok((etags, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn etags_and_tail_come_out_as_they_went_in() {
        let etags = vec!["\"a\"".to_owned(), "\"b\"".to_owned()];
        let packed = pack(&etags, b"tail".to_vec()).expect("packs");
        assert!(unpack(packed[..7].to_vec()).is_err() && unpack(vec![255; 9]).is_err());
        assert_eq!(unpack(packed).expect("opens"), (etags, b"tail".to_vec()));
    }
}
