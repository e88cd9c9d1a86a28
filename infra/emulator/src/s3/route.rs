//! From a request to its operation, its bucket and its key.

use percent_encoding::percent_decode_str;

use crate::gateway::Request;

/// The operation of a request, told by method, path and query.
pub(crate) fn operation(request: &Request) -> String {
    let (bucket, key) = split(&request.path);
    let has = |name: &str| request.query(name).is_some();
    let upload = has("uploadId");
    let copied = request.headers.contains_key("x-amz-copy-source");
    let name = match (request.method.as_str(), bucket.is_empty(), key.is_empty()) {
        ("POST", false, false) if has("uploads") => "CreateMultipartUpload",
        ("GET", false, true) if has("uploads") => "ListMultipartUploads",
        _ if has("uploads") => "Unsupported",
        ("PUT", false, false) if upload && copied => "UploadPartCopy",
        ("PUT", false, false) if upload => "UploadPart",
        ("POST", false, false) if upload => "CompleteMultipartUpload",
        ("DELETE", false, false) if upload => "AbortMultipartUpload",
        ("GET", false, false) if upload => "ListParts",
        _ if upload => "Unsupported",
        ("PUT", false, true) if has("policy") => "PutBucketPolicy",
        ("GET", false, true) if has("policy") => "GetBucketPolicy",
        ("DELETE", false, true) if has("policy") => "DeleteBucketPolicy",
        ("GET", true, _) => "ListBuckets",
        ("GET", _, true) if has("location") => "GetBucketLocation",
        ("GET", _, true) if request.query("list-type") == Some("2") => "ListObjectsV2",
        ("GET", _, true)
            if request
                .query
                .iter()
                .all(|(name, _)| LIST_PARAMETERS.contains(&name.as_str())) =>
        {
            "ListObjects"
        }
        ("PUT", _, true) if request.query.is_empty() => "CreateBucket",
        ("HEAD", _, true) => "HeadBucket",
        ("DELETE", _, true) if request.query.is_empty() => "DeleteBucket",
        ("POST", _, true) if has("delete") => "DeleteObjects",
        ("PUT", _, false) if copied => "CopyObject",
        ("PUT", _, false) => "PutObject",
        ("GET", _, false) => "GetObject",
        ("HEAD", _, false) => "HeadObject",
        ("DELETE", _, false) => "DeleteObject",
        _ => "Unsupported",
    };
    name.to_owned()
}

const LIST_PARAMETERS: [&str; 5] = ["prefix", "delimiter", "max-keys", "marker", "encoding-type"];

/// Bucket and key of a path, decoded.
pub(super) fn split(path: &str) -> (String, String) {
    let path = path.strip_prefix('/').unwrap_or(path);
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    (decode(bucket), decode(key))
}

/// Bucket and key of `x-amz-copy-source`.
pub(super) fn copy_source(request: &Request) -> Option<(String, String)> {
    let source = request.header("x-amz-copy-source")?;
    let source = percent_decode_str(&source).decode_utf8_lossy().into_owned();
    let (bucket, key) = source.trim_start_matches('/').split_once('/')?;
    Some(split(&format!("/{bucket}/{key}"))).filter(|(_, key)| !key.is_empty())
}
