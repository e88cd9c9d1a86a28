//! A tenant's objects in S3, whole or in parts, and links to them. The only crate that calls S3, and it does so without S3's
//! SDK (`infra/decisions/0020-two-calls-of-s3-without-its-sdk.md`).
//!
//! Every name is below `<tenant>/`, which is all that a tenant session may touch. Nothing is tried twice in here: the queue
//! repeats the job, a person repeats the route. What is large is put in parts, [`Objects::begin`] to [`Objects::complete`],
//! and fetched by whoever holds a [`Objects::link`]; [`Objects::get`] is for what fits into memory.

mod address;
mod error;
mod request;
mod session;
mod signer;
mod upload;
mod xml;

use std::time::Duration;

use aws::Aws;
use bytes::Bytes;
use domain::Timestamp;
use http::Method;
use tenancy::{Reads, RoleType, TenantScope, Writes};

pub use error::ObjectsError;
pub use upload::{Etag, UploadId};

use address::{attachment, content_type, encoded, path, prefix, url};
use request::{Answer, Ask, Connectors};
use session::Session;
use xml::{between, unescaped};

/// Of a listing, with a thousand names each.
const PAGES: usize = 64;
/// The longest that a link opens.
pub const LINK_LASTS: Duration = Duration::from_secs(60);

/// An object as a listing tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name, below the tenant.
    pub name: String,
    /// When what stands there now was written, by S3's own clock: nobody who writes an object chooses it.
    pub written_at: Timestamp,
}

/// The entrance to one bucket.
#[derive(Debug)]
pub struct Objects {
    aws: Aws,
    bucket: String,
    connectors: Connectors,
    session: Session,
}

impl Objects {
    /// Uses the given bucket; an empty name makes every call fail. Makes no call itself.
    pub fn new(aws: Aws, bucket: String) -> Self {
        Self {
            aws,
            bucket,
            connectors: Connectors::new(),
            session: Session::default(),
        }
    }

    /// Writes an object in one piece, over what was there. Its type is told by the ending of its name. Gives the bytes back: who
    /// goes on with them has them in memory once.
    ///
    /// # Errors
    /// When S3 does not confirm.
    pub async fn put<R: Writes>(
        &self,
        scope: &TenantScope<R>,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Vec<u8>, ObjectsError> {
        let bytes = Bytes::from(bytes);
        let ask = Ask::new(Method::PUT, path(scope, name))
            .with_body(bytes.clone())
            .with_type(content_type(name))
            .with_checksum();
        self.ask(scope, ask).await?;
        Ok(bytes.into())
    }

    /// An object's bytes; `None` when there is no such object.
    ///
    /// # Errors
    /// When S3 does not answer.
    pub async fn get<R: Reads>(
        &self,
        scope: &TenantScope<R>,
        name: &str,
    ) -> Result<Option<Vec<u8>>, ObjectsError> {
        let ask = Ask::new(Method::GET, path(scope, name));
        found(self.ask(scope, ask).await).map(|answer| answer.map(|answer| answer.body))
    }

    /// How many bytes an object has; `None` when there is no such object.
    ///
    /// # Errors
    /// When S3 does not answer.
    pub async fn size<R: Reads>(
        &self,
        scope: &TenantScope<R>,
        name: &str,
    ) -> Result<Option<u64>, ObjectsError> {
        let ask = Ask::new(Method::HEAD, path(scope, name));
        match found(self.ask(scope, ask).await)? {
            // A success that does not tell the size is none.
            Some(answer) => answer.length.map(Some).ok_or_else(|| answer.refused()),
            None => Ok(None),
        }
    }

    /// Removes an object. One that is not there is as good as removed.
    ///
    /// # Errors
    /// When S3 does not confirm.
    pub async fn delete<R: Writes>(
        &self,
        scope: &TenantScope<R>,
        name: &str,
    ) -> Result<(), ObjectsError> {
        let ask = Ask::new(Method::DELETE, path(scope, name));
        found(self.ask(scope, ask).await).map(drop)
    }

    /// All objects whose names begin like this, in the order of their names.
    ///
    /// # Errors
    /// When S3 does not answer or does not say since when something is there, or there are too many.
    pub async fn list<R: Reads>(
        &self,
        scope: &TenantScope<R>,
        begins: &str,
    ) -> Result<Vec<Listed>, ObjectsError> {
        let tenant = prefix(scope);
        let wanted = encoded(&format!("{tenant}{begins}"));
        let (mut all, mut after) = (Vec::new(), String::new());
        for _ in 0..PAGES {
            let path = format!("/?{after}list-type=2&prefix={wanted}");
            let answer = self.ask(scope, Ask::new(Method::GET, path)).await?.text();
            let objects = between(&answer, "Contents");
            let found = objects.filter_map(|object| listed(&tenant, object));
            all.extend(found.collect::<Result<Vec<_>, _>>()?);
            match between(&answer, "NextContinuationToken").next() {
                Some(token) => {
                    after = format!("continuation-token={}&", encoded(&unescaped(token)));
                }
                None => return Ok(all),
            }
        }
        Err(ObjectsError::TooMany)
    }

    /// An address that gives the object to whoever asks for it in time, to be saved under the given name. It is a secret.
    ///
    /// # Errors
    /// When it would last longer than [`LINK_LASTS`], or the tenant's session cannot be opened.
    pub async fn link<R: Reads>(
        &self,
        scope: &TenantScope<R>,
        name: &str,
        lasts: Duration,
        file_name: &str,
    ) -> Result<String, ObjectsError> {
        if lasts > LINK_LASTS || lasts.as_secs() == 0 {
            return Err(ObjectsError::Lasts);
        }
        let config = self.aws.tenant(scope)?;
        let path = format!(
            "{}?response-content-disposition={}",
            path(scope, name),
            encoded(&attachment(file_name))
        );
        let url = url(&config, self.bucket()?, &path);
        Box::pin(self.session.signer(scope.tenant(), &config))
            .await?
            .link(&url, lasts)
    }

    async fn ask<R: RoleType>(
        &self,
        scope: &TenantScope<R>,
        ask: Ask,
    ) -> Result<Answer, ObjectsError> {
        let config = self.aws.tenant(scope)?;
        let bucket = self.bucket()?;
        let signer = Box::pin(self.session.signer(scope.tenant(), &config)).await?;
        Box::pin(ask.send(&config, bucket, &signer, &self.connectors)).await
    }

    fn bucket(&self) -> Result<&str, ObjectsError> {
        Some(self.bucket.as_str())
            .filter(|name| !name.is_empty())
            .ok_or(ObjectsError::NoBucket)
    }
}

/// An object of a listing; none where it stands under no name of the tenant's.
fn listed(tenant: &str, object: &str) -> Option<Result<Listed, ObjectsError>> {
    let key = between(object, "Key").next().map(unescaped)?;
    let name = key.strip_prefix(tenant)?.to_owned();
    let moment = between(object, "LastModified").next();
    let written_at = moment.and_then(Timestamp::from_rfc3339);
    let dated = written_at.ok_or(ObjectsError::Undated);
    Some(dated.map(|written_at| Listed { name, written_at }))
}

/// What is not there is an answer.
fn found(answer: Result<Answer, ObjectsError>) -> Result<Option<Answer>, ObjectsError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_tells_since_when_an_object_is_there_and_one_that_does_not_is_refused() {
        let object = "<Key>t/a &amp; b</Key><LastModified>2026-11-28T00:05:01.000Z</LastModified>";
        let found = listed("t/", object).map(|found| found.ok());
        let expected = Listed {
            name: "a & b".into(),
            written_at: Timestamp::from_seconds(1_795_824_301),
        };
        assert_eq!(found, Some(Some(expected)));
        let undated = listed("t/", "<Key>t/a</Key><LastModified>lately</LastModified>");
        assert!(matches!(undated, Some(Err(ObjectsError::Undated))));
        assert!(listed("t/", "<Key>u/a</Key>").is_none());
    }
}
