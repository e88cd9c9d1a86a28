//! S3: buckets and whole objects, path-style addresses, presigned URLs. No multipart uploads and no versions.

mod body;
mod objects;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::Place;
use crate::error::{Error, ServiceError};
use crate::gateway::xml::element;
use crate::gateway::{Reply, Request, Want};

const BUCKETS: &str = "s3.bucket";
const OBJECTS: &str = "s3.object";
const BYTES: &str = "s3.bytes";

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
                    objects: BTreeMap::new(),
                },
            );
        }
        for (_, object) in place.state.load::<Object>(OBJECTS)? {
            if let Some(bucket) = buckets.get_mut(&object.bucket) {
                bucket.objects.insert(object.key.clone(), object);
            }
        }
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
        let object = self.find(bucket, key)?;
        Ok(self
            .place
            .state
            .get_bytes(BYTES, &object.path())?
            .unwrap_or_default())
    }

    pub(crate) fn wants(&self, request: &Request) -> Vec<Want> {
        let (bucket, key) = split(&request.path);
        let action = match request.operation.as_str() {
            "ListBuckets" => return vec![Want::new("s3:ListAllMyBuckets", "*")],
            "HeadObject" => "GetObject",
            "HeadBucket" | "ListObjects" | "ListObjectsV2" => "ListBucket",
            "DeleteObjects" => "DeleteObject",
            "CopyObject" => "PutObject",
            other => other,
        };
        let place = if key.is_empty() {
            bucket.clone()
        } else {
            format!("{bucket}/{key}")
        };
        let mut want = Want::new(format!("s3:{action}"), format!("arn:aws:s3:::{place}"));
        if let Some(prefix) = request.query("prefix").filter(|prefix| !prefix.is_empty()) {
            want = want.with("s3:prefix", vec![prefix.to_owned()]);
        }
        match request.operation.as_str() {
            "DeleteObjects" => body::keys_to_delete(&request.body)
                .iter()
                .map(|key| Want::new("s3:DeleteObject", format!("arn:aws:s3:::{bucket}/{key}")))
                .collect(),
            "CopyObject" => {
                let source = objects::copy_source(request).unwrap_or_default();
                vec![
                    want,
                    Want::new(
                        "s3:GetObject",
                        format!("arn:aws:s3:::{}/{}", source.0, source.1),
                    ),
                ]
            }
            _ => vec![want],
        }
    }

    pub(crate) fn handle(&self, request: &Request) -> Result<Reply, ServiceError> {
        let (bucket, key) = split(&request.path);
        match request.operation.as_str() {
            "ListBuckets" => Ok(self.list_buckets()),
            "CreateBucket" => {
                if self.lock().contains_key(&bucket) {
                    let message = "Your previous request to create the named bucket succeeded and you already own it.";
                    return Err(ServiceError::with_status(
                        409,
                        "BucketAlreadyOwnedByYou",
                        message,
                    ));
                }
                self.create_bucket(&bucket)?;
                Ok(Reply::empty(200).with_header("location", &format!("/{bucket}")))
            }
            "DeleteBucket" => self.delete_bucket(&bucket),
            "HeadBucket" => {
                found(&self.lock(), &bucket).map_err(without_body)?;
                Ok(Reply::empty(200).with_header("x-amz-bucket-region", &self.place.region))
            }
            "GetBucketLocation" => {
                found(&self.lock(), &bucket)?;
                Ok(xml(&element("LocationConstraint", &self.place.region)))
            }
            "ListObjects" | "ListObjectsV2" => self.list(request, &bucket),
            "DeleteObjects" => self.delete_many(request, &bucket),
            "PutObject" => self.put(request, &bucket, &key),
            "CopyObject" => self.copy(request, &bucket, &key),
            "GetObject" => self.get(request, &bucket, &key),
            "HeadObject" => self.head(request, &bucket, &key),
            "DeleteObject" => self.remove(&bucket, &key).map(|()| Reply::empty(204)),
            other => {
                let message = format!(
                    "A header or query you provided implies functionality that is not implemented: {other}"
                );
                Err(ServiceError::with_status(501, "NotImplemented", message))
            }
        }
    }

    fn list_buckets(&self) -> Reply {
        let buckets: String = self
            .lock()
            .iter()
            .map(|(name, bucket)| {
                let created = element(
                    "CreationDate",
                    &crate::clock::iso_seconds(bucket.created_ms / 1000),
                );
                format!("<Bucket>{}{created}</Bucket>", element("Name", name))
            })
            .collect();
        xml(&format!(
            "<ListAllMyBucketsResult><Buckets>{buckets}</Buckets></ListAllMyBucketsResult>"
        ))
    }

    fn delete_bucket(&self, name: &str) -> Result<Reply, ServiceError> {
        let mut buckets = self.lock();
        if !found(&buckets, name)?.objects.is_empty() {
            let message = "The bucket you tried to delete is not empty";
            return Err(ServiceError::with_status(409, "BucketNotEmpty", message));
        }
        self.place.state.delete(BUCKETS, name)?;
        buckets.remove(name);
        Ok(Reply::empty(204))
    }

    fn find(&self, bucket: &str, key: &str) -> Result<Object, ServiceError> {
        let buckets = self.lock();
        let missing =
            || ServiceError::with_status(404, "NoSuchKey", "The specified key does not exist.");
        found(&buckets, bucket)?
            .objects
            .get(key)
            .cloned()
            .ok_or_else(missing)
    }

    fn lock(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The operation of a request, told by method, path and query.
pub(crate) fn operation(request: &Request) -> String {
    let (bucket, key) = split(&request.path);
    let has = |name: &str| request.query(name).is_some();
    let multipart = has("uploads") || has("uploadId");
    let name = match (request.method.as_str(), bucket.is_empty(), key.is_empty()) {
        _ if multipart => "MultipartUpload",
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
        ("PUT", _, false) if request.headers.contains_key("x-amz-copy-source") => "CopyObject",
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
fn split(path: &str) -> (String, String) {
    let path = path.strip_prefix('/').unwrap_or(path);
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
    };
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    (decode(bucket), decode(key))
}

fn found<'a>(buckets: &'a Buckets, name: &str) -> Result<&'a Bucket, ServiceError> {
    let missing =
        || ServiceError::with_status(404, "NoSuchBucket", "The specified bucket does not exist");
    buckets.get(name).ok_or_else(missing)
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
