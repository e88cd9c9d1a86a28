//! Objects put in parts: what an upload has taken is kept by S3 until it is completed or aborted, so a job can go on with it
//! in another process.

use std::fmt::Write as _;

use http::Method;
use tenancy::{TenantScope, Writes};

use crate::address::{content_type, encoded, path};
use crate::request::Ask;
use crate::xml::{between, escaped, unescaped};
use crate::{Objects, ObjectsError};

/// An upload that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadId(String);

impl UploadId {
    /// From where a job kept it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// To be kept by a job.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What S3 calls the bytes of a part, quotation marks included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Etag(String);

impl Etag {
    /// From where a job kept it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// To be kept by a job.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Objects {
    /// Begins an object that is put in parts. Nothing is to be seen of it before [`Objects::complete`].
    ///
    /// # Errors
    /// When S3 does not confirm.
    pub async fn begin<R: Writes>(
        &self,
        scope: &TenantScope<R>,
        name: &str,
    ) -> Result<UploadId, ObjectsError> {
        let ask = Ask::new(Method::POST, format!("{}?uploads=", path(scope, name)))
            .with_type(content_type(name));
        let answer = self.ask(scope, ask).await?;
        let id = between(&answer.text(), "UploadId").next().map(unescaped);
        id.map(UploadId).ok_or_else(|| answer.refused())
    }

    /// Puts one part, over an earlier one of this number. Numbers go from 1 to 10,000; each part but the last has 5 MiB or
    /// more.
    ///
    /// # Errors
    /// When S3 does not confirm.
    pub async fn part<R: Writes>(
        &self,
        scope: &TenantScope<R>,
        name: &str,
        upload: &UploadId,
        number: u32,
        bytes: Vec<u8>,
    ) -> Result<Etag, ObjectsError> {
        let target = format!(
            "{}?partNumber={number}&uploadId={}",
            path(scope, name),
            encoded(upload.as_str())
        );
        let ask = Ask::new(Method::PUT, target).with_body(bytes).patiently();
        let answer = self.ask(scope, ask).await?;
        let etag = answer.etag.clone();
        etag.map(Etag).ok_or_else(|| answer.refused())
    }

    /// Makes one object of the parts, given in the order of their numbers. Done again it may be refused with `NoSuchUpload`:
    /// [`Objects::size`] then tells whether the first time was heard.
    ///
    /// # Errors
    /// When S3 does not confirm, which it may also say with status 200.
    pub async fn complete<R: Writes>(
        &self,
        scope: &TenantScope<R>,
        name: &str,
        upload: &UploadId,
        parts: &[(u32, Etag)],
    ) -> Result<(), ObjectsError> {
        let ask = Ask::new(Method::POST, target(scope, name, upload))
            .with_body(document(parts).into_bytes())
            .with_type("application/xml")
            .patiently();
        let answer = self.ask(scope, ask).await?;
        if answer.text().contains("<CompleteMultipartUploadResult") {
            Ok(())
        } else {
            Err(answer.refused())
        }
    }

    /// Gives up an upload and what it has taken. One that is not there is as good as given up.
    ///
    /// # Errors
    /// When S3 does not confirm.
    pub async fn abort<R: Writes>(
        &self,
        scope: &TenantScope<R>,
        name: &str,
        upload: &UploadId,
    ) -> Result<(), ObjectsError> {
        let ask = Ask::new(Method::DELETE, target(scope, name, upload));
        match self.ask(scope, ask).await {
            Err(error) if error.code() != Some("NoSuchUpload") => Err(error),
            _ => Ok(()),
        }
    }
}

fn target<R: Writes>(scope: &TenantScope<R>, name: &str, upload: &UploadId) -> String {
    format!(
        "{}?uploadId={}",
        path(scope, name),
        encoded(upload.as_str())
    )
}

fn document(parts: &[(u32, Etag)]) -> String {
    let mut xml = String::from("<CompleteMultipartUpload>");
    for (number, etag) in parts {
        // Writing to a string cannot fail.
        let _ = write!(
            xml,
            "<Part><PartNumber>{number}</PartNumber><ETag>{}</ETag></Part>",
            escaped(etag.as_str())
        );
    }
    xml.push_str("</CompleteMultipartUpload>");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_as_s3_named_them() {
        let xml = document(&[(1, Etag::new("\"ab\"")), (2, Etag::new("\"cd\""))]);
        let etags: Vec<_> = between(&xml, "ETag").map(unescaped).collect();
        assert_eq!(etags, ["\"ab\"", "\"cd\""]);
        assert_eq!(between(&xml, "PartNumber").collect::<Vec<_>>(), ["1", "2"]);
    }
}
