//! The file of an export while it is written: an archive in memory, its parts in S3, and between two slices its tail there as
//! well.

use app::App;
use archive::{Checkpoint, Export, Head, PublicKey, Section};
use objects::{Etag, Objects, UploadId};
use serde::{Deserialize, Serialize};
use store::row::ExportRow;
use tenancy::{TenantScope, Worker};

use super::ExportError;
use super::walk::{Position, Step};

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

/// A file in the hands of one job.
pub(crate) struct File<'a> {
    objects: &'a Objects,
    scope: &'a TenantScope<Worker>,
    row: &'a ExportRow,
    upload: UploadId,
    tail: u32,
    etags: Vec<String>,
    export: Export,
}

/// The name of the finished file.
pub(crate) fn name(row: &ExportRow) -> String {
    format!("{}.zip", row.request.suffix())
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
    ) -> Result<Self, ExportError> {
        let export = Export::begin(head, sections)?;
        let upload = Box::pin(objects.begin(scope, &name(row))).await?;
        Ok(Self {
            objects,
            scope,
            row,
            upload,
            tail: 0,
            etags: Vec::new(),
            export,
        })
    }

    /// Goes on where a checkpoint was made.
    pub(crate) async fn resume(
        objects: &'a Objects,
        scope: &'a TenantScope<Worker>,
        row: &'a ExportRow,
        progress: &Progress,
    ) -> Result<Self, ExportError> {
        let tail = tail_name(row, progress.tail);
        let bytes = Box::pin(objects.get(scope, &tail)).await?;
        let (etags, tail) = unpack(bytes.as_deref().ok_or(ExportError::Tail)?)?;
        Ok(Self {
            objects,
            scope,
            row,
            upload: UploadId::new(&progress.upload),
            tail: progress.tail,
            etags,
            export: Export::resume(&progress.checkpoint, tail)?,
        })
    }

    /// The archive, to be written into.
    pub(crate) const fn archive(&mut self) -> &mut Export {
        &mut self.export
    }

    /// Uploads what is enough for a part. Says whether anything was.
    pub(crate) async fn upload(&mut self) -> Result<bool, ExportError> {
        let before = self.etags.len();
        while let Some(part) = self.export.part() {
            self.put(part.number, part.bytes).await?;
        }
        Ok(self.etags.len() > before)
    }

    async fn put(&mut self, number: u32, bytes: Vec<u8>) -> Result<(), ExportError> {
        let name = name(self.row);
        let put = self
            .objects
            .part(self.scope, &name, &self.upload, number, bytes);
        let etag = Box::pin(put).await?;
        self.etags.push(etag.as_str().to_owned());
        Ok(())
    }

    /// Keeps the tail and says what the row has to know. Call [`File::upload`] first.
    pub(crate) async fn suspend(
        &mut self,
        steps: &[Step],
        position: &Position,
    ) -> Result<Progress, ExportError> {
        let (checkpoint, tail) = self.export.suspend()?;
        self.tail += 1;
        let bytes = pack(&self.etags, &tail)?;
        let name = tail_name(self.row, self.tail);
        Box::pin(self.objects.put(self.scope, &name, bytes)).await?;
        Ok(Progress {
            steps: steps.to_vec(),
            position: position.clone(),
            checkpoint,
            upload: self.upload.as_str().to_owned(),
            tail: self.tail,
        })
    }

    /// Takes away the tail before the one that the row names now.
    pub(crate) async fn forget_former_tail(&self) -> Result<(), ExportError> {
        let former = tail_name(self.row, self.tail.saturating_sub(1));
        Box::pin(self.objects.delete(self.scope, &former)).await?;
        Ok(())
    }

    /// Gives up an upload that no row knows of. Best effort: the bucket forgets what is left after a week.
    pub(crate) async fn give_up(&self) {
        let name = name(self.row);
        let gone = Box::pin(self.objects.abort(self.scope, &name, &self.upload)).await;
        if let Err(error) = gone {
            let chain = telemetry::chain(&error);
            tracing::warn!(error.chain = chain, "an upload was left behind");
        }
    }

    /// Ends and signs the archive and makes one object of its parts. Gives its size.
    pub(crate) async fn close(mut self, app: &App) -> Result<u64, ExportError> {
        let key = vault::ExportKey::new(&app.aws, app.config.export_key_arn.clone());
        let public = PublicKey::from_spki(&key.public_key().await?)?;
        let export = self.export.clone();
        let unsigned = export.close(key.arn(), &public)?;
        let signature = key.sign(&unsigned.digest()).await?;
        let mut bytes = 0;
        for part in unsigned.signed(&signature)? {
            bytes += part.bytes.len() as u64;
            self.put(part.number, part.bytes).await?;
        }
        let parts: Vec<_> = (1..).zip(self.etags.iter().map(Etag::new)).collect();
        let name = name(self.row);
        let done = self
            .objects
            .complete(self.scope, &name, &self.upload, &parts);
        let size = match Box::pin(done).await {
            Ok(()) => None,
            // It was completed, and the job that did so died before it could say it.
            Err(error) if error.code() == Some("NoSuchUpload") => {
                let size = Box::pin(self.objects.size(self.scope, &name)).await?;
                Some(size.ok_or(error)?)
            }
            Err(error) => return Err(error.into()),
        };
        Ok(size.unwrap_or_else(|| self.export.handed_out() + bytes))
    }
}

/// Takes away everything that an export left in S3.
pub(crate) async fn remove(
    objects: &Objects,
    scope: &TenantScope<Worker>,
    row: &ExportRow,
) -> Result<(), ExportError> {
    if let Some(progress) = &row.progress {
        let progress: Progress = serde_json::from_str(progress)?;
        let upload = UploadId::new(&progress.upload);
        Box::pin(objects.abort(scope, &name(row), &upload)).await?;
        // A job that lost its row may have written the next one.
        for tail in progress.tail..=progress.tail + 1 {
            Box::pin(objects.delete(scope, &tail_name(row, tail))).await?;
        }
    }
    Box::pin(objects.delete(scope, &name(row))).await?;
    Ok(())
}

/// Etags and tail as one object: how long the first are in eight bytes, they, and the rest.
fn pack(etags: &[String], tail: &[u8]) -> Result<Vec<u8>, ExportError> {
    let etags = serde_json::to_vec(etags)?;
    let mut bytes = (etags.len() as u64).to_le_bytes().to_vec();
    bytes.extend(etags);
    bytes.extend(tail);
    Ok(bytes)
}

fn unpack(bytes: &[u8]) -> Result<(Vec<String>, &[u8]), ExportError> {
    let (length, rest) = bytes.split_first_chunk().ok_or(ExportError::Tail)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| ExportError::Tail)?;
    let (etags, tail) = rest.split_at_checked(length).ok_or(ExportError::Tail)?;
    Ok((serde_json::from_slice(etags)?, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn etags_and_tail_come_out_as_they_went_in() {
        let etags = vec!["\"a\"".to_owned(), "\"b\"".to_owned()];
        let packed = pack(&etags, b"tail").expect("packs");
        assert_eq!(unpack(&packed).expect("opens"), (etags, b"tail".as_slice()));
        assert!(unpack(&packed[..7]).is_err() && unpack(&[255; 9]).is_err());
    }
}
