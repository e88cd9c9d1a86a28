//! Heads of audit chains, where nobody can take them back: objects in a bucket with object lock.
//!
//! What an anchor says stands in its key, `<tenant>/<day>/<number>-<hash>.json`, so that a listing shows all of them and an
//! object written over an old one changes nothing that is read here: a forger can only add anchors, and two anchors that
//! contradict each other are noticed. How old an anchor is, S3 says: the day in its name is chosen by whoever writes it.
//!
//! One object a tenant and day, and none for a day on which nothing was done: each stands under its tenant's own prefix, which is
//! all that a tenant session may touch, and no job has to know every tenant.

use aws::Aws;
use domain::Timestamp;
use objects::{Listed, Objects, ObjectsError};
use serde::Serialize;
use tenancy::{Reads, TenantScope, Writes};
use thiserror::Error;

/// Why an anchor was neither written nor read.
#[derive(Debug, Error)]
pub enum AnchorError {
    /// An anchor that is not representable as JSON.
    #[error("the anchor could not be written down")]
    Form(#[from] serde_json::Error),
    /// S3 did not write or list.
    #[error("the archive could not be used")]
    Archive(#[from] ObjectsError),
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

/// An anchor that stands in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// What it says.
    pub anchor: Anchor,
    /// Since when it is there, by S3's clock. Writing it again makes it younger, and nothing makes it older.
    pub written_at: Timestamp,
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
pub struct Anchors(Objects);

impl Anchors {
    /// Uses the given bucket; an empty name makes every call fail. Makes no call itself.
    pub fn new(aws: Aws, bucket: String) -> Self {
        Self(Objects::new(aws, bucket))
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
        self.0.put(scope, &name(anchor), body).await?;
        Ok(())
    }

    /// Every anchor of the tenant, oldest first.
    ///
    /// # Errors
    /// When S3 does not answer.
    pub async fn list<R: Reads>(
        &self,
        scope: &TenantScope<R>,
    ) -> Result<Vec<Archived>, AnchorError> {
        let listed = self.0.list(scope, "").await?;
        Ok(listed.iter().filter_map(archived).collect())
    }
}

fn name(anchor: &Anchor) -> String {
    format!("{}/{:012}-{}.json", anchor.day, anchor.seq, anchor.hash)
}

fn archived(listed: &Listed) -> Option<Archived> {
    Some(Archived {
        anchor: parse(&listed.name)?,
        written_at: listed.written_at,
    })
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
