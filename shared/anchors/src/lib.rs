//! Heads of audit chains, where nobody can take them back: objects in a bucket with object lock.
//!
//! What an anchor says stands in its key, `<tenant>/<day>/<number>-<hash>.json`, so that a listing shows all of them and an
//! object written over an old one changes nothing that is read here: a forger can only add anchors, and two anchors that
//! contradict each other are noticed. One object a tenant and day, and none for a day on which nothing was done: each
//! stands under its tenant's own prefix, which is all that a tenant session may touch, and no job has to know every tenant.

mod request;

use aws::Aws;
use aws_smithy_http_client::Connector;
use domain::Timestamp;
use http::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use tenancy::{Reads, TenantScope, Writes};
use thiserror::Error;

use request::{Call, between};

/// Days of two years fit into one page; more pages than these are not an archive of ours.
const PAGES: usize = 8;

/// Why an anchor was neither written nor read.
#[derive(Debug, Error)]
pub enum AnchorError {
    /// The bucket's name is not in this function's environment.
    #[error("this function has no bucket for anchors")]
    NoBucket,
    /// The function has no tenant sessions.
    #[error("no session for this tenant")]
    Session(#[from] aws::AwsError),
    /// An anchor that is not representable as JSON.
    #[error("the anchor could not be written down")]
    Form(#[from] serde_json::Error),
    /// The request could not be signed.
    #[error("the call of the archive could not be signed")]
    Signature(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// S3 was not reached.
    #[error("the archive did not answer")]
    Archive(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// S3 answered with anything but success.
    #[error("the archive refused ({status} {code})")]
    Refused {
        /// Of the answer.
        status: u16,
        /// S3's word for it.
        code: String,
    },
}

/// The head of a chain as it once was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// The day that it closes, `2026-11-28`.
    pub day: String,
    /// Its number.
    pub seq: u64,
    /// Its hash, hex.
    pub hash: String,
}

/// What stands in the object, for a person who looks at it.
#[derive(Serialize)]
struct Document<'a> {
    tenant: String,
    day: &'a str,
    seq: u64,
    hash: &'a str,
    written_at: String,
}

/// The entrance to the archive.
#[derive(Debug)]
pub struct Anchors {
    aws: Aws,
    bucket: String,
    connector: Connector,
}

impl Anchors {
    /// Uses the given bucket; an empty name makes every call fail. Makes no call itself.
    pub fn new(aws: Aws, bucket: String) -> Self {
        Self {
            aws,
            bucket,
            connector: request::connector(),
        }
    }

    /// Writes an anchor. Writing the same one twice changes nothing.
    ///
    /// # Errors
    /// When S3 does not confirm.
    pub async fn write<R: Writes>(
        &self,
        scope: &TenantScope<R>,
        anchor: &Anchor,
        now: Timestamp,
    ) -> Result<(), AnchorError> {
        let document = Document {
            tenant: scope.tenant().to_string(),
            day: &anchor.day,
            seq: anchor.seq,
            hash: &anchor.hash,
            written_at: now.rfc3339(),
        };
        let body = serde_json::to_vec(&document)?;
        let config = self.aws.tenant(scope)?;
        let call = Call {
            config: &config,
            bucket: self.bucket()?,
            method: Method::PUT,
            path: &format!("/{}{}", prefix(scope), name(anchor)),
            body,
        };
        Box::pin(call.send(&self.connector)).await.map(|_| ())
    }

    /// Every anchor of the tenant, oldest first.
    ///
    /// # Errors
    /// When S3 does not answer.
    pub async fn list<R: Reads>(&self, scope: &TenantScope<R>) -> Result<Vec<Anchor>, AnchorError> {
        let (config, prefix) = (self.aws.tenant(scope)?, prefix(scope));
        let (mut found, mut after) = (Vec::new(), String::new());
        for _ in 0..PAGES {
            let call = Call {
                config: &config,
                bucket: self.bucket()?,
                method: Method::GET,
                path: &format!("/?{after}list-type=2&prefix={}", encoded(&prefix)),
                body: Vec::new(),
            };
            let answer = Box::pin(call.send(&self.connector)).await?;
            let keys = between(&answer, "Key");
            found.extend(keys.filter_map(|key| parse(key.strip_prefix(&prefix)?)));
            match between(&answer, "NextContinuationToken").next() {
                Some(token) => after = format!("continuation-token={}&", encoded(token)),
                None => break,
            }
        }
        Ok(found)
    }

    fn bucket(&self) -> Result<&str, AnchorError> {
        Some(self.bucket.as_str())
            .filter(|name| !name.is_empty())
            .ok_or(AnchorError::NoBucket)
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn prefix<R: tenancy::RoleType>(scope: &TenantScope<R>) -> String {
    format!("{}/", scope.tenant().suffix())
}

fn name(anchor: &Anchor) -> String {
    format!("{}/{:012}-{}.json", anchor.day, anchor.seq, anchor.hash)
}

fn parse(name: &str) -> Option<Anchor> {
    let (day, rest) = name.split_once('/')?;
    let (seq, hash) = rest.strip_suffix(".json")?.split_once('-')?;
    let hex = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| {
        Some(Anchor {
            day: day.to_owned(),
            seq: seq.parse().ok()?,
            hash: hash.to_owned(),
        })
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_read_from_its_name_alone() {
        let anchor = Anchor {
            day: "2026-11-28".into(),
            seq: 42,
            hash: "ab".repeat(32),
        };
        assert_eq!(parse(&name(&anchor)), Some(anchor));
    }

    #[test]
    fn anchors_are_listed_in_the_order_of_their_numbers() {
        let anchor = |day: &str, seq| {
            name(&Anchor {
                day: day.into(),
                seq,
                hash: "ab".repeat(32),
            })
        };
        assert!(anchor("2026-11-27", 9) < anchor("2026-11-28", 10));
        assert!(anchor("2026-11-28", 9) < anchor("2026-11-28", 10));
    }

    #[test]
    fn other_objects_are_no_anchors() {
        for other in ["2026-11-28/1-ab.json", "x", "2026-11-28/one-", ""] {
            assert_eq!(parse(other), None, "{other}");
        }
    }
}
