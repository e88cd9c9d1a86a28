//! What each operation needs to be allowed.

use super::route::{copy_source, split};
use super::{S3, body};
use crate::gateway::{Request, Want, signed_at_ms};

impl S3 {
    pub(crate) fn wants(&self, request: &Request) -> Vec<Want> {
        let (bucket, key) = split(&request.path);
        let action = match request.operation.as_str() {
            "ListBuckets" => return vec![Want::new("s3:ListAllMyBuckets", "*")],
            "HeadObject" => "GetObject",
            "HeadBucket" | "ListObjects" | "ListObjectsV2" => "ListBucket",
            "DeleteObjects" => {
                return body::keys_to_delete(&request.body)
                    .iter()
                    .map(|key| self.want(request, "DeleteObject", &bucket, key))
                    .collect();
            }
            "CopyObject" | "CreateMultipartUpload" | "UploadPart" | "CompleteMultipartUpload" => {
                "PutObject"
            }
            "ListParts" => "ListMultipartUploadParts",
            "ListMultipartUploads" => "ListBucketMultipartUploads",
            other => other,
        };
        let mut want = self.want(request, action, &bucket, &key);
        if let Some(prefix) = request.query("prefix").filter(|prefix| !prefix.is_empty()) {
            want = want.with("s3:prefix", vec![prefix.to_owned()]);
        }
        if request.operation == "CopyObject" {
            let (from_bucket, from_key) = copy_source(request).unwrap_or_default();
            return vec![
                want,
                self.want(request, "GetObject", &from_bucket, &from_key),
            ];
        }
        vec![want]
    }

    fn want(&self, request: &Request, action: &str, bucket: &str, key: &str) -> Want {
        let place = if key.is_empty() {
            bucket.to_owned()
        } else {
            format!("{bucket}/{key}")
        };
        let mut want = Want::new(format!("s3:{action}"), format!("arn:aws:s3:::{place}"));
        if let Some(age) = self.signature_age(request) {
            want = want.with("s3:signatureAge", vec![age.to_string()]);
        }
        want.bucket_policy = self.policy_of(bucket);
        want
    }

    /// How many milliseconds ago a presigned address was made; other requests have no such age.
    fn signature_age(&self, request: &Request) -> Option<i64> {
        request.query("X-Amz-Signature")?;
        let signed = signed_at_ms(request.query("X-Amz-Date")?)?;
        Some((self.place.clock.now_ms() - signed).max(0))
    }
}
