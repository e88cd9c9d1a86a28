//! S3: buckets and whole objects, path-style addresses, presigned URLs.

use crate::error::{Error, ServiceError};
use crate::Place;

/// All buckets; clones share them.
#[derive(Clone)]
pub struct S3 {
    place: Place,
}

impl S3 {
    pub(crate) fn open(place: &Place) -> Result<Self, Error> {
        Ok(Self { place: place.clone() })
    }

    /// Makes a bucket; one that exists stays as it is.
    pub fn create_bucket(&self, _name: &str) -> Result<(), ServiceError> {
        Err(ServiceError::internal(format!("not built yet in {}", self.place.region)))
    }

    /// Names of all buckets.
    #[must_use]
    pub fn buckets(&self) -> Vec<String> {
        Vec::new()
    }

    /// Keys of all objects in a bucket.
    pub fn keys(&self, _bucket: &str) -> Result<Vec<String>, ServiceError> {
        Ok(Vec::new())
    }

    /// An object's bytes.
    pub fn object(&self, _bucket: &str, _key: &str) -> Result<Vec<u8>, ServiceError> {
        Err(ServiceError::internal("not built yet"))
    }
}
