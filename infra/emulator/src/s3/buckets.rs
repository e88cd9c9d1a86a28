//! Buckets and their policies.

use std::sync::Arc;

use serde_json::Value;

use super::{BUCKETS, BucketPolicy, POLICIES, S3, found, found_mut, multipart, without_body, xml};
use crate::error::ServiceError;
use crate::gateway::xml::element;
use crate::gateway::{Reply, Request};
use crate::iam::Policy;

impl S3 {
    /// Sets a bucket's policy or takes it away. What it refuses is refused whatever a role's own policies grant.
    pub fn set_policy(&self, bucket: &str, policy: Option<&Value>) -> Result<(), ServiceError> {
        let malformed = |message: String| ServiceError::client("MalformedPolicy", message);
        let parsed = match policy {
            Some(document) => {
                let parsed = Policy::parse(document).map_err(|e| malformed(e.to_string()))?;
                let whole =
                    |s: &crate::iam::Statement| s.principals.is_some() && s.resources.is_some();
                if !parsed.statements.iter().all(whole) {
                    return Err(malformed(
                        "a statement names no principal or no resource".into(),
                    ));
                }
                Some(BucketPolicy {
                    text: document.to_string(),
                    parsed: Arc::new(parsed),
                })
            }
            None => None,
        };
        let mut buckets = self.lock();
        let found = found_mut(&mut buckets, bucket)?;
        match &parsed {
            Some(policy) => self.place.state.put(POLICIES, bucket, &policy.text)?,
            None => self.place.state.delete(POLICIES, bucket)?,
        }
        found.policy = parsed;
        Ok(())
    }

    pub(super) fn policy_of(&self, bucket: &str) -> Option<Arc<Policy>> {
        let buckets = self.lock();
        let policy = buckets.get(bucket)?.policy.as_ref()?;
        Some(policy.parsed.clone())
    }

    pub(super) fn put_policy(
        &self,
        request: &Request,
        bucket: &str,
    ) -> Result<Reply, ServiceError> {
        let document = serde_json::from_slice(&request.body)
            .map_err(|_| ServiceError::client("MalformedPolicy", "Policies must be valid JSON"))?;
        self.set_policy(bucket, Some(&document))?;
        Ok(Reply::empty(204))
    }

    pub(super) fn get_policy(&self, bucket: &str) -> Result<Reply, ServiceError> {
        let missing = || {
            let message = "The bucket policy does not exist";
            ServiceError::with_status(404, "NoSuchBucketPolicy", message)
        };
        let buckets = self.lock();
        let policy = found(&buckets, bucket)?
            .policy
            .as_ref()
            .ok_or_else(missing)?;
        Ok(Reply::new(200, "application/json", policy.text.clone()))
    }

    pub(super) fn make_bucket(&self, bucket: &str) -> Result<Reply, ServiceError> {
        if self.lock().contains_key(bucket) {
            let message = "Your previous request to create the named bucket succeeded and you already own it.";
            return Err(ServiceError::with_status(
                409,
                "BucketAlreadyOwnedByYou",
                message,
            ));
        }
        self.create_bucket(bucket)?;
        Ok(Reply::empty(200).with_header("location", &format!("/{bucket}")))
    }

    pub(super) fn head_bucket(&self, bucket: &str) -> Result<Reply, ServiceError> {
        found(&self.lock(), bucket).map_err(without_body)?;
        Ok(Reply::empty(200).with_header("x-amz-bucket-region", &self.place.region))
    }

    pub(super) fn location(&self, bucket: &str) -> Result<Reply, ServiceError> {
        found(&self.lock(), bucket)?;
        Ok(xml(&element("LocationConstraint", &self.place.region)))
    }

    pub(super) fn list_buckets(&self) -> Reply {
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

    /// Uploads that were never completed do not keep a bucket; they go with it.
    pub(super) fn delete_bucket(&self, name: &str) -> Result<Reply, ServiceError> {
        let mut buckets = self.lock();
        if !found(&buckets, name)?.objects.is_empty() {
            let message = "The bucket you tried to delete is not empty";
            return Err(ServiceError::with_status(409, "BucketNotEmpty", message));
        }
        let state = &self.place.state;
        state.delete(BUCKETS, name)?;
        state.delete(POLICIES, name)?;
        if let Some(bucket) = buckets.remove(name) {
            for (id, upload) in &bucket.uploads {
                multipart::forget(state, id, upload, &[])?;
            }
        }
        Ok(Reply::empty(204))
    }
}
