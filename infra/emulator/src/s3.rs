//! S3: buckets with policies, whole objects and multipart uploads, path-style addresses, presigned URLs. No versions, no
//! parts copied from other objects, no lock: a bucket keeps what the roles' policies keep.

mod answer;
mod body;
mod buckets;
mod list;
mod multipart;
mod objects;
mod pieces;
mod route;
mod wants;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::Place;
use crate::error::{Error, ServiceError};
use crate::gateway::{Reply, Request};
use crate::iam::Policy;
use multipart::Upload;
pub(crate) use route::operation;
use route::split;

const BUCKETS: &str = "s3.bucket";
const POLICIES: &str = "s3.policy";
const OBJECTS: &str = "s3.object";
const BYTES: &str = "s3.bytes";
/// Bytes of parts, of open uploads and of objects that were put in parts.
const PART_BYTES: &str = "s3.part-bytes";

type Buckets = BTreeMap<String, Bucket>;

/// All buckets; clones share them.
#[derive(Clone)]
pub struct S3 {
    place: Place,
    buckets: Arc<Mutex<Buckets>>,
}

#[derive(Debug, Default)]
struct Bucket {
    created_ms: i64,
    objects: BTreeMap<String, Object>,
    /// By upload id.
    uploads: BTreeMap<String, Upload>,
    policy: Option<BucketPolicy>,
}

#[derive(Debug)]
struct BucketPolicy {
    text: String,
    parsed: Arc<Policy>,
}

/// What is known of an object besides its bytes.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Object {
    bucket: String,
    key: String,
    size: usize,
    etag: String,
    modified_ms: i64,
    /// Headers given at the upload and answered with the object: content type, `x-amz-meta-*` and so on.
    headers: BTreeMap<String, String>,
    /// The parts that it was put in, in order; none when it was put in one piece.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pieces: Vec<Piece>,
}

/// A part of an object: where its bytes are, and how many.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Piece {
    key: String,
    size: usize,
}

impl Object {
    fn path(&self) -> String {
        format!("{}/{}", self.bucket, self.key)
    }
}

impl S3 {
    pub(crate) fn open(place: &Place) -> Result<Self, Error> {
        let mut buckets = Buckets::new();
        for (name, created_ms) in place.state.load::<i64>(BUCKETS)? {
            buckets.insert(
                name,
                Bucket {
                    created_ms,
                    ..Bucket::default()
                },
            );
        }
        for (_, object) in place.state.load::<Object>(OBJECTS)? {
            if let Some(bucket) = buckets.get_mut(&object.bucket) {
                bucket.objects.insert(object.key.clone(), object);
            }
        }
        for (name, text) in place.state.load::<String>(POLICIES)? {
            let parsed = Arc::new(Policy::parse(&serde_json::from_str(&text)?)?);
            if let Some(bucket) = buckets.get_mut(&name) {
                bucket.policy = Some(BucketPolicy { text, parsed });
            }
        }
        multipart::load(&place.state, &mut buckets)?;
        Ok(Self {
            place: place.clone(),
            buckets: Arc::new(Mutex::new(buckets)),
        })
    }

    /// Makes a bucket; one that exists stays as it is.
    pub fn create_bucket(&self, name: &str) -> Result<(), ServiceError> {
        let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let fits = (3..=63).contains(&name.len()) && name.chars().all(valid);
        if !fits || !ends(name.chars().next()) || !ends(name.chars().next_back()) {
            return Err(ServiceError::client(
                "InvalidBucketName",
                "The specified bucket is not valid.",
            ));
        }
        let mut buckets = self.lock();
        if !buckets.contains_key(name) {
            let created_ms = self.place.clock.now_ms();
            self.place.state.put(BUCKETS, name, &created_ms)?;
            buckets.insert(
                name.to_owned(),
                Bucket {
                    created_ms,
                    ..Bucket::default()
                },
            );
        }
        Ok(())
    }

    /// Names of all buckets.
    #[must_use]
    pub fn buckets(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    /// Keys of all objects in a bucket.
    pub fn keys(&self, bucket: &str) -> Result<Vec<String>, ServiceError> {
        let buckets = self.lock();
        Ok(found(&buckets, bucket)?.objects.keys().cloned().collect())
    }

    /// An object's bytes.
    pub fn object(&self, bucket: &str, key: &str) -> Result<Vec<u8>, ServiceError> {
        let buckets = self.lock();
        let object = existing(&buckets, bucket, key)?;
        Ok(self.bytes(object, 0..object.size)?.into())
    }

    pub(crate) fn handle(&self, request: &Request) -> Result<Reply, ServiceError> {
        let (bucket, key) = split(&request.path);
        match request.operation.as_str() {
            "ListBuckets" => Ok(self.list_buckets()),
            "CreateBucket" => self.make_bucket(&bucket),
            "DeleteBucket" => self.delete_bucket(&bucket),
            "HeadBucket" => self.head_bucket(&bucket),
            "GetBucketLocation" => self.location(&bucket),
            "PutBucketPolicy" => self.put_policy(request, &bucket),
            "GetBucketPolicy" => self.get_policy(&bucket),
            "DeleteBucketPolicy" => self.set_policy(&bucket, None).map(|()| Reply::empty(204)),
            "ListObjects" | "ListObjectsV2" => self.list(request, &bucket),
            "DeleteObjects" => self.delete_many(request, &bucket),
            "PutObject" => self.put(request, &bucket, &key),
            "CopyObject" => self.copy(request, &bucket, &key),
            "GetObject" => self.get(request, &bucket, &key),
            "HeadObject" => self.head(request, &bucket, &key),
            "DeleteObject" => self.remove(&bucket, &key).map(|()| Reply::empty(204)),
            "CreateMultipartUpload" => self.begin_upload(request, &bucket, &key),
            "UploadPart" => self.put_part(request, &bucket, &key),
            "CompleteMultipartUpload" => self.complete_upload(request, &bucket, &key),
            "AbortMultipartUpload" => self.abort_upload(request, &bucket, &key),
            "ListParts" => self.list_parts(request, &bucket, &key),
            "ListMultipartUploads" => self.list_uploads(request, &bucket),
            other => {
                let message = format!(
                    "A header or query you provided implies functionality that is not implemented: {other}"
                );
                Err(ServiceError::with_status(501, "NotImplemented", message))
            }
        }
    }

    fn find(&self, bucket: &str, key: &str) -> Result<Object, ServiceError> {
        existing(&self.lock(), bucket, key).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn no_such_bucket() -> ServiceError {
    ServiceError::with_status(404, "NoSuchBucket", "The specified bucket does not exist")
}

fn found<'a>(buckets: &'a Buckets, name: &str) -> Result<&'a Bucket, ServiceError> {
    buckets.get(name).ok_or_else(no_such_bucket)
}

fn found_mut<'a>(buckets: &'a mut Buckets, name: &str) -> Result<&'a mut Bucket, ServiceError> {
    buckets.get_mut(name).ok_or_else(no_such_bucket)
}

fn existing<'a>(buckets: &'a Buckets, bucket: &str, key: &str) -> Result<&'a Object, ServiceError> {
    let missing =
        || ServiceError::with_status(404, "NoSuchKey", "The specified key does not exist.");
    found(buckets, bucket)?.objects.get(key).ok_or_else(missing)
}

/// HEAD answers have no body; SDKs take the code from the status.
fn without_body(error: ServiceError) -> ServiceError {
    ServiceError {
        code: "NotFound".into(),
        ..error
    }
}

fn xml(body: &str) -> Reply {
    Reply::new(
        200,
        "application/xml",
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}"),
    )
}
