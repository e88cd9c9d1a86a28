//! Multipart uploads. Each part is kept by itself, in the same state as whole objects, and stays where it is when the upload
//! is completed: a restart loses nothing, and no object has to fit into memory to be put together.

mod lists;

use std::collections::BTreeMap;

use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

use super::objects::{check_key, not_new};
use super::{
    BYTES, Bucket, Buckets, OBJECTS, Object, PART_BYTES, Piece, S3, answer, body, found_mut, xml,
};
use crate::error::{Error, ServiceError};
use crate::gateway::xml::element;
use crate::gateway::{Reply, Request, hex, unhex};
use crate::iam::random_uuid;
use crate::state::State;

const UPLOADS: &str = "s3.upload";
const PARTS: &str = "s3.part";
/// The least that each part but the last must have.
const LEAST: usize = 5 * 1024 * 1024;

/// An upload that was neither completed nor aborted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Upload {
    bucket: String,
    key: String,
    started_ms: i64,
    headers: BTreeMap<String, String>,
    /// By number; each is a row of its own, or the last of ten thousand would write them all again.
    #[serde(skip)]
    parts: BTreeMap<u32, Part>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Part {
    size: usize,
    md5: String,
    modified_ms: i64,
}

/// Reads all open uploads.
pub(super) fn load(state: &State, buckets: &mut Buckets) -> Result<(), Error> {
    for (id, upload) in state.load::<Upload>(UPLOADS)? {
        if let Some(bucket) = buckets.get_mut(&upload.bucket) {
            bucket.uploads.insert(id, upload);
        }
    }
    for (place, part) in state.load::<Part>(PARTS)? {
        let Some((id, number)) = place.split_once('/') else {
            continue;
        };
        let upload = buckets.values_mut().find_map(|b| b.uploads.get_mut(id));
        if let (Some(upload), Ok(number)) = (upload, number.parse::<u32>()) {
            upload.parts.insert(number, part);
        }
    }
    buckets
        .values_mut()
        .try_for_each(|bucket| forget_completed(state, bucket))
}

/// An upload whose object stands already was completed just before the end; aborting it later would take the object's bytes.
fn forget_completed(state: &State, bucket: &mut Bucket) -> Result<(), Error> {
    let completed = |id: &str, upload: &Upload| {
        let object = bucket.objects.get(&upload.key)?;
        let own = object.pieces.first()?.key.starts_with(&format!("{id}/"));
        own.then(|| (id.to_owned(), object.pieces.clone()))
    };
    let done: Vec<_> = bucket
        .uploads
        .iter()
        .filter_map(|(id, upload)| completed(id, upload))
        .collect();
    for (id, pieces) in done {
        if let Some(upload) = bucket.uploads.remove(&id) {
            forget(state, &id, &upload, &pieces)?;
        }
    }
    Ok(())
}

/// Takes away an upload and the bytes of all parts that no object is made of.
pub(super) fn forget(
    state: &State,
    id: &str,
    upload: &Upload,
    kept: &[Piece],
) -> Result<(), rusqlite::Error> {
    let kept: std::collections::BTreeSet<&str> =
        kept.iter().map(|piece| piece.key.as_str()).collect();
    for number in upload.parts.keys() {
        let place = place(id, *number);
        state.delete(PARTS, &place)?;
        if !kept.contains(place.as_str()) {
            state.delete(PART_BYTES, &place)?;
        }
    }
    state.delete(UPLOADS, id)
}

impl S3 {
    pub(super) fn begin_upload(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        check_key(key)?;
        let upload = Upload {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            started_ms: self.place.clock.now_ms(),
            headers: answer::kept(request),
            parts: BTreeMap::new(),
        };
        let id = random_uuid().replace('-', "");
        let mut buckets = self.lock();
        let found = found_mut(&mut buckets, bucket)?;
        self.place.state.put(UPLOADS, &id, &upload)?;
        found.uploads.insert(id.clone(), upload);
        Ok(xml(&format!(
            "<InitiateMultipartUploadResult>{}</InitiateMultipartUploadResult>",
            named(bucket, key, &id)
        )))
    }

    pub(super) fn put_part(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        let number = request
            .query("partNumber")
            .and_then(|text| text.parse::<u32>().ok())
            .filter(|number| (1..=10_000).contains(number))
            .ok_or_else(|| {
                let message = "Part number must be an integer between 1 and 10000, inclusive";
                ServiceError::client("InvalidArgument", message)
            })?;
        let (bytes, trailers) = body::read(request)?;
        let part = Part {
            size: bytes.len(),
            md5: crate::sqs::md5_hex(&bytes),
            modified_ms: self.place.clock.now_ms(),
        };
        let mut reply = Reply::empty(200).with_header("etag", &format!("\"{}\"", part.md5));
        for (name, value) in answer::checksums(request, trailers) {
            answer::push(&mut reply, &name, &value);
        }
        let mut buckets = self.lock();
        let found = found_mut(&mut buckets, bucket)?;
        let id = upload_id(request);
        let upload = found.uploads.get_mut(id).filter(|u| u.key == key);
        let upload = upload.ok_or_else(no_such_upload)?;
        let place = place(id, number);
        self.place.state.put_bytes(PART_BYTES, &place, &bytes)?;
        self.place.state.put(PARTS, &place, &part)?;
        upload.parts.insert(number, part);
        Ok(reply)
    }

    pub(super) fn complete_upload(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        let id = upload_id(request);
        let mut buckets = self.lock();
        let found = found_mut(&mut buckets, bucket)?;
        let upload = open(found, id, key)?;
        let listed = body::parts_to_complete(&request.body).ok_or_else(|| {
            let message = "The XML you provided was not well-formed or did not validate against our published schema";
            ServiceError::client("MalformedXML", message)
        })?;
        let (pieces, etag) = put_together(id, upload, &listed)?;
        if request.header("if-none-match").as_deref() == Some("*")
            && found.objects.contains_key(key)
        {
            return Err(not_new());
        }
        let object = Object {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            size: pieces.iter().map(|piece| piece.size).sum(),
            etag: etag.clone(),
            modified_ms: self.place.clock.now_ms(),
            headers: upload.headers.clone(),
            pieces,
        };
        let state = &self.place.state;
        state.put(OBJECTS, &object.path(), &object)?;
        if let Some(upload) = found.uploads.remove(id) {
            forget(state, id, &upload, &object.pieces)?;
        }
        state.delete(BYTES, &object.path())?;
        if let Some(old) = found.objects.insert(key.to_owned(), object) {
            self.drop_pieces(&old)?;
        }
        let location = format!("{}/{bucket}/{key}", self.place.endpoint);
        Ok(xml(&format!(
            "<CompleteMultipartUploadResult>{}{}{}{}</CompleteMultipartUploadResult>",
            element("Location", &location),
            element("Bucket", bucket),
            element("Key", key),
            element("ETag", &etag)
        )))
    }

    pub(super) fn abort_upload(
        &self,
        request: &Request,
        bucket: &str,
        key: &str,
    ) -> Result<Reply, ServiceError> {
        let id = upload_id(request);
        let mut buckets = self.lock();
        let found = found_mut(&mut buckets, bucket)?;
        open(found, id, key)?;
        if let Some(upload) = found.uploads.remove(id) {
            forget(&self.place.state, id, &upload, &[])?;
        }
        Ok(Reply::empty(204))
    }
}

fn named(bucket: &str, key: &str, id: &str) -> String {
    let (bucket, key) = (element("Bucket", bucket), element("Key", key));
    format!("{bucket}{key}{}", element("UploadId", id))
}

/// Where a part is kept; in order of numbers.
fn place(id: &str, number: u32) -> String {
    format!("{id}/{number:05}")
}

fn upload_id(request: &Request) -> &str {
    request.query("uploadId").unwrap_or("")
}

fn open<'a>(bucket: &'a Bucket, id: &str, key: &str) -> Result<&'a Upload, ServiceError> {
    let upload = bucket.uploads.get(id).filter(|upload| upload.key == key);
    upload.ok_or_else(no_such_upload)
}

fn no_such_upload() -> ServiceError {
    let message = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
    ServiceError::with_status(404, "NoSuchUpload", message)
}

/// The pieces of an object and its entity tag: the hash of the parts' hashes, and their number.
fn put_together(
    id: &str,
    upload: &Upload,
    listed: &[(u32, String)],
) -> Result<(Vec<Piece>, String), ServiceError> {
    if !listed.is_sorted_by(|one, next| one.0 < next.0) {
        let message =
            "The list of parts was not in ascending order. Parts must be ordered by part number.";
        return Err(ServiceError::client("InvalidPartOrder", message));
    }
    let (mut pieces, mut digest) = (Vec::with_capacity(listed.len()), Md5::new());
    for (index, (number, etag)) in listed.iter().enumerate() {
        let part = upload.parts.get(number).filter(|part| part.md5 == *etag);
        let part = part.ok_or_else(|| {
            let message = "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
            ServiceError::client("InvalidPart", message)
        })?;
        if part.size < LEAST && index + 1 < listed.len() {
            let message = "Your proposed upload is smaller than the minimum allowed size";
            return Err(ServiceError::client("EntityTooSmall", message));
        }
        digest.update(unhex(&part.md5).unwrap_or_default());
        pieces.push(Piece {
            key: place(id, *number),
            size: part.size,
        });
    }
    let etag = format!("\"{}-{}\"", hex(&digest.finalize()), listed.len());
    Ok((pieces, etag))
}
