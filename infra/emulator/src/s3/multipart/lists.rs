//! What is listed of open uploads.

use super::{named, open, upload_id};
use crate::clock::iso_seconds;
use crate::error::ServiceError;
use crate::gateway::xml::element;
use crate::gateway::{Reply, Request};
use crate::s3::{S3, found, xml};

impl S3 {
    pub(in crate::s3) fn list_parts(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        let number = |name: &str| {
            request
                .query(name)
                .and_then(|text| text.parse::<u32>().ok())
        };
        let after = number("part-number-marker").unwrap_or(0);
        let most = number("max-parts").unwrap_or(1000).min(1000);
        let id = upload_id(request);
        let buckets = self.lock();
        let upload = open(found(&buckets, bucket)?, id, key)?;
        let mut body = named(bucket, key, id);
        let (mut count, mut last, mut truncated) = (0, after, false);
        for (number, part) in upload.parts.range(after.saturating_add(1)..) {
            if count == most {
                truncated = true;
                break;
            }
            (count, last) = (count + 1, *number);
            body.push_str(&format!(
                "<Part>{}{}{}{}</Part>",
                element("PartNumber", &number.to_string()),
                element("LastModified", &iso_seconds(part.modified_ms / 1000)),
                element("ETag", &format!("\"{}\"", part.md5)),
                element("Size", &part.size.to_string()),
            ));
        }
        Ok(xml(&format!(
            "<ListPartsResult>{body}{}{}{}{}</ListPartsResult>",
            element("PartNumberMarker", &after.to_string()),
            element("NextPartNumberMarker", &last.to_string()),
            element("MaxParts", &most.to_string()),
            element("IsTruncated", &truncated.to_string()),
        )))
    }

    /// All open uploads on one page.
    pub(in crate::s3) fn list_uploads(
        &self,
        request: &Request,
        bucket: &str,
    ) -> Result<Reply, ServiceError> {
        let prefix = request.query("prefix").unwrap_or("");
        let buckets = self.lock();
        let mut uploads: Vec<_> = found(&buckets, bucket)?
            .uploads
            .iter()
            .filter(|(_, upload)| upload.key.starts_with(prefix))
            .collect();
        uploads.sort_by(|(_, a), (_, b)| (&a.key, a.started_ms).cmp(&(&b.key, b.started_ms)));
        let mut body = element("Bucket", bucket);
        for (id, upload) in uploads {
            body.push_str(&format!(
                "<Upload>{}{}{}</Upload>",
                element("Key", &upload.key),
                element("UploadId", id),
                element("Initiated", &iso_seconds(upload.started_ms / 1000)),
            ));
        }
        Ok(xml(&format!(
            "<ListMultipartUploadsResult>{body}{}{}</ListMultipartUploadsResult>",
            element("Prefix", prefix),
            element("IsTruncated", "false"),
        )))
    }
}
