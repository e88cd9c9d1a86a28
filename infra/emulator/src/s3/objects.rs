//! Objects: put, copy, get, delete.

use std::collections::BTreeMap;

use super::route::copy_source;
use super::{BYTES, OBJECTS, Object, S3, answer, body, existing, found_mut, without_body, xml};
use crate::clock::iso_seconds;
use crate::error::ServiceError;
use crate::gateway::xml::element;
use crate::gateway::{Reply, Request};

impl S3 {
    pub(super) fn put(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        let (bytes, trailers) = body::read(request)?;
        let mut headers = answer::kept(request);
        headers.extend(answer::checksums(request, trailers));
        let only_new = request.header("if-none-match").as_deref() == Some("*");
        let object = self.store(bucket, key, &bytes, headers, only_new)?;
        Ok(answer::with_checksums(
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
        headers: BTreeMap<String, String>,
        only_new: bool,
    ) -> Result<Object, ServiceError> {
        check_key(key)?;
        let object = Object {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            size: bytes.len(),
            etag: format!("\"{}\"", crate::sqs::md5_hex(bytes)),
            modified_ms: self.place.clock.now_ms(),
            headers,
            pieces: Vec::new(),
        };
        let mut buckets = self.lock();
        let found = found_mut(&mut buckets, bucket)?;
        if only_new && found.objects.contains_key(key) {
            return Err(not_new());
        }
        self.place.state.put_bytes(BYTES, &object.path(), bytes)?;
        self.place.state.put(OBJECTS, &object.path(), &object)?;
        if let Some(old) = found.objects.insert(key.to_owned(), object.clone()) {
            self.drop_pieces(&old)?;
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
        Ok(answer::describe(Reply::empty(200), &object, request)
            .with_header("content-length", &length))
    }

    pub(super) fn get(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        let buckets = self.lock();
        let object = existing(&buckets, bucket, key)?;
        if request
            .header("if-none-match")
            .is_some_and(|etag| etag == object.etag)
        {
            return Ok(Reply::empty(304).with_header("etag", &object.etag));
        }
        let mut reply = Reply::empty(200);
        let range = match request.header("range") {
            None => 0..object.size,
            Some(range) => {
                let unsatisfiable = || {
                    ServiceError::with_status(
                        416,
                        "InvalidRange",
                        "The requested range is not satisfiable",
                    )
                };
                let (from, to) =
                    answer::parse_range(&range, object.size).ok_or_else(unsatisfiable)?;
                reply.status = 206;
                reply = reply.with_header(
                    "content-range",
                    &format!("bytes {from}-{}/{}", to - 1, object.size),
                );
                from..to
            }
        };
        reply.body = self.bytes(object, range)?;
        Ok(answer::describe(reply, object, request))
    }

    pub(super) fn remove(&self, bucket: &str, key: &str) -> Result<(), ServiceError> {
        let mut buckets = self.lock();
        if let Some(object) = found_mut(&mut buckets, bucket)?.objects.remove(key) {
            self.place.state.delete(OBJECTS, &object.path())?;
            self.place.state.delete(BYTES, &object.path())?;
            self.drop_pieces(&object)?;
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
}

pub(super) fn check_key(key: &str) -> Result<(), ServiceError> {
    if key.len() > 1024 {
        let message = "Your key is too long";
        return Err(ServiceError::client("KeyTooLongError", message));
    }
    Ok(())
}

pub(super) fn not_new() -> ServiceError {
    let message = "At least one of the pre-conditions you specified did not hold";
    ServiceError::with_status(412, "PreconditionFailed", message)
}
