//! Objects: put, copy, get, list, delete.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{BYTES, OBJECTS, Object, S3, body, found, split, without_body, xml};
use crate::clock::iso_seconds;
use crate::error::ServiceError;
use crate::gateway::xml::{element, escape};
use crate::gateway::{Reply, Request};

/// Headers kept with an object and answered with it.
const KEPT: [&str; 7] = [
    "content-type",
    "content-disposition",
    "content-encoding",
    "content-language",
    "cache-control",
    "expires",
    "x-amz-storage-class",
];

/// What stays as it is in keys that are answered URL-encoded.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

impl S3 {
    pub(super) fn put(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        let (bytes, trailers) = body::read(request)?;
        let kept = |name: &str| {
            KEPT.contains(&name) || name.starts_with("x-amz-meta-") || is_checksum(name)
        };
        let mut headers: std::collections::BTreeMap<String, String> = request
            .headers
            .iter()
            .filter(|(name, _)| kept(name.as_str()))
            .filter_map(|(name, value)| {
                Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
            })
            .collect();
        headers.extend(trailers.into_iter().filter(|(name, _)| is_checksum(name)));
        // The transfer coding is not part of what was uploaded.
        if let Some(coding) = headers.remove("content-encoding") {
            let own: Vec<&str> = coding
                .split(',')
                .map(str::trim)
                .filter(|part| *part != "aws-chunked")
                .collect();
            if !own.is_empty() {
                headers.insert("content-encoding".into(), own.join(", "));
            }
        }
        let only_new = request.header("if-none-match").as_deref() == Some("*");
        let object = self.store(bucket, key, &bytes, headers, only_new)?;
        Ok(with_checksums(
            Reply::empty(200).with_header("etag", &object.etag),
            &object,
        ))
    }

    pub(super) fn copy(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        let invalid = || {
            ServiceError::client(
                "InvalidArgument",
                "Copy Source must mention the source bucket and key",
            )
        };
        let (from_bucket, from_key) = copy_source(request).ok_or_else(invalid)?;
        let source = self.find(&from_bucket, &from_key)?;
        let bytes = self.object(&from_bucket, &from_key)?;
        let object = self.store(bucket, key, &bytes, source.headers, false)?;
        let modified = element("LastModified", &iso_seconds(object.modified_ms / 1000));
        Ok(xml(&format!(
            "<CopyObjectResult>{modified}{}</CopyObjectResult>",
            element("ETag", &object.etag)
        )))
    }

    fn store(
        &self,
        bucket: &str,
        key: &str,
        bytes: &[u8],
        headers: std::collections::BTreeMap<String, String>,
        only_new: bool,
    ) -> Result<Object, ServiceError> {
        if key.len() > 1024 {
            return Err(ServiceError::client(
                "KeyTooLongError",
                "Your key is too long",
            ));
        }
        let object = Object {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            size: bytes.len(),
            etag: format!("\"{}\"", crate::sqs::md5_hex(bytes)),
            modified_ms: self.place.clock.now_ms(),
            headers,
        };
        let mut buckets = self.lock();
        if only_new && found(&buckets, bucket)?.objects.contains_key(key) {
            let message = "At least one of the pre-conditions you specified did not hold";
            return Err(ServiceError::with_status(
                412,
                "PreconditionFailed",
                message,
            ));
        }
        found(&buckets, bucket)?;
        self.place.state.put_bytes(BYTES, &object.path(), bytes)?;
        self.place.state.put(OBJECTS, &object.path(), &object)?;
        if let Some(bucket) = buckets.get_mut(bucket) {
            bucket.objects.insert(key.to_owned(), object.clone());
        }
        Ok(object)
    }

    pub(super) fn head(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        let object = self.find(bucket, key).map_err(without_body)?;
        let length = object.size.to_string();
        Ok(describe(Reply::empty(200), &object, request).with_header("content-length", &length))
    }

    pub(super) fn get(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        let object = self.find(bucket, key)?;
        if request
            .header("if-none-match")
            .is_some_and(|etag| etag == object.etag)
        {
            return Ok(Reply::empty(304).with_header("etag", &object.etag));
        }
        let bytes = self.object(bucket, key)?;
        let mut reply = Reply::empty(200);
        reply.body = match request.header("range") {
            None => bytes.into(),
            Some(range) => {
                let unsatisfiable = || {
                    ServiceError::with_status(
                        416,
                        "InvalidRange",
                        "The requested range is not satisfiable",
                    )
                };
                let (from, to) = parse_range(&range, bytes.len()).ok_or_else(unsatisfiable)?;
                reply.status = 206;
                reply = reply.with_header(
                    "content-range",
                    &format!("bytes {from}-{}/{}", to - 1, bytes.len()),
                );
                bytes[from..to].to_vec().into()
            }
        };
        Ok(describe(reply, &object, request))
    }

    pub(super) fn remove(&self, bucket: &str, key: &str) -> Result<(), ServiceError> {
        let mut buckets = self.lock();
        found(&buckets, bucket)?;
        if let Some(object) = buckets
            .get_mut(bucket)
            .and_then(|bucket| bucket.objects.remove(key))
        {
            self.place.state.delete(OBJECTS, &object.path())?;
            self.place.state.delete(BYTES, &object.path())?;
        }
        Ok(())
    }

    pub(super) fn delete_many(
        &self,
        request: &Request,
        bucket: &str,
    ) -> Result<Reply, ServiceError> {
        let mut deleted = String::new();
        for key in body::keys_to_delete(&request.body) {
            self.remove(bucket, &key)?;
            deleted.push_str(&format!("<Deleted>{}</Deleted>", element("Key", &key)));
        }
        Ok(xml(&format!("<DeleteResult>{deleted}</DeleteResult>")))
    }

    pub(super) fn list(&self, request: &Request, bucket: &str) -> Result<Reply, ServiceError> {
        let second = request.operation == "ListObjectsV2";
        let prefix = request.query("prefix").unwrap_or("");
        let delimiter = request.query("delimiter").filter(|d| !d.is_empty());
        let most: usize = request
            .query("max-keys")
            .and_then(|text| text.parse().ok())
            .unwrap_or(1000)
            .min(1000);
        let after = match second {
            true => request
                .query("continuation-token")
                .or_else(|| request.query("start-after")),
            false => request.query("marker"),
        };
        let encoded = request.query("encoding-type") == Some("url");
        let show = |key: &str| {
            if encoded {
                utf8_percent_encode(key, PLAIN).to_string()
            } else {
                escape(key)
            }
        };

        let buckets = self.lock();
        let (mut entries, mut common) = (String::new(), std::collections::BTreeSet::new());
        let (mut count, mut last, mut truncated) = (0, String::new(), false);
        for object in found(&buckets, bucket)?
            .objects
            .values()
            .filter(|o| o.key.starts_with(prefix))
        {
            let group = delimiter.and_then(|d| {
                let end = object.key[prefix.len()..].find(d)? + prefix.len() + d.len();
                Some(object.key[..end].to_owned())
            });
            let place = group.as_ref().unwrap_or(&object.key);
            if after.is_some_and(|after| place.as_str() <= after)
                || group.as_ref().is_some_and(|g| common.contains(g))
            {
                continue;
            }
            if count == most {
                truncated = true;
                break;
            }
            count += 1;
            last.clone_from(place);
            match group {
                Some(group) => {
                    common.insert(group);
                }
                None => entries.push_str(&format!(
                    "<Contents><Key>{}</Key>{}{}{}{}</Contents>",
                    show(&object.key),
                    element("LastModified", &iso_seconds(object.modified_ms / 1000)),
                    element("ETag", &object.etag),
                    element("Size", &object.size.to_string()),
                    element("StorageClass", "STANDARD"),
                )),
            }
        }
        drop(buckets);
        let groups: String = common
            .iter()
            .map(|p| {
                format!(
                    "<CommonPrefixes><Prefix>{}</Prefix></CommonPrefixes>",
                    show(p)
                )
            })
            .collect();
        let mut body = format!(
            "<ListBucketResult>{}<Prefix>{}</Prefix>{}{}{entries}{groups}",
            element("Name", bucket),
            show(prefix),
            element("MaxKeys", &most.to_string()),
            element("IsTruncated", &truncated.to_string()),
        );
        if encoded {
            body.push_str("<EncodingType>url</EncodingType>");
        }
        if second {
            body.push_str(&element("KeyCount", &count.to_string()));
        }
        if truncated {
            body.push_str(&element(
                if second {
                    "NextContinuationToken"
                } else {
                    "NextMarker"
                },
                &last,
            ));
        }
        body.push_str("</ListBucketResult>");
        Ok(xml(&body))
    }
}

/// Bucket and key of `x-amz-copy-source`.
pub(super) fn copy_source(request: &Request) -> Option<(String, String)> {
    let source = request.header("x-amz-copy-source")?;
    let source = percent_decode_str(&source).decode_utf8_lossy().into_owned();
    let (bucket, key) = source.trim_start_matches('/').split_once('/')?;
    Some(split(&format!("/{bucket}/{key}"))).filter(|(_, key)| !key.is_empty())
}

fn describe(reply: Reply, object: &Object, request: &Request) -> Reply {
    let format = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let modified = time::OffsetDateTime::from_unix_timestamp(object.modified_ms / 1000)
        .ok()
        .and_then(|at| at.format(format).ok())
        .unwrap_or_default();
    let mut reply = reply
        .with_header("etag", &object.etag)
        .with_header("last-modified", &modified)
        .with_header("accept-ranges", "bytes")
        .with_header("x-amz-server-side-encryption", "AES256");
    if !object.headers.contains_key("content-type") {
        reply = reply.with_header("content-type", "binary/octet-stream");
    }
    for (name, value) in object.headers.iter().filter(|(name, _)| !is_checksum(name)) {
        push(&mut reply, name, value);
    }
    if request.header("x-amz-checksum-mode").is_some() && reply.status != 206 {
        reply = with_checksums(reply, object);
    }
    reply
}

fn with_checksums(mut reply: Reply, object: &Object) -> Reply {
    for (name, value) in object.headers.iter().filter(|(name, _)| is_checksum(name)) {
        push(&mut reply, name, value);
    }
    reply
}

fn push(reply: &mut Reply, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (name.parse::<http::HeaderName>(), value.parse()) {
        reply.headers.push((name, value));
    }
}

/// `x-amz-checksum-crc32` and the like, but not the algorithm's name.
fn is_checksum(name: &str) -> bool {
    name.starts_with("x-amz-checksum-")
        && !matches!(name, "x-amz-checksum-mode" | "x-amz-checksum-algorithm")
}

/// Half-open bounds of `bytes=a-b`, `bytes=a-` or `bytes=-n`.
fn parse_range(range: &str, length: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let bounds = match (from.parse::<usize>().ok(), to.parse::<usize>().ok()) {
        (Some(from), Some(to)) => (from, (to + 1).min(length)),
        (Some(from), None) => (from, length),
        (None, Some(last)) => (length.saturating_sub(last), length),
        (None, None) => return None,
    };
    (bounds.0 < bounds.1).then_some(bounds)
}
