//! What can go wrong between us and S3.

use thiserror::Error;

/// Why S3 did not do what was asked.
#[derive(Debug, Error)]
pub enum ObjectsError {
    /// The bucket's name is not in this function's environment.
    #[error("this function has no bucket")]
    NoBucket,
    /// The function has no tenant sessions.
    #[error("no session for this tenant")]
    Session(#[from] aws::AwsError),
    /// The request could not be signed.
    #[error("the call of S3 could not be signed")]
    Signature(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// S3 was not reached.
    #[error("S3 did not answer")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// S3 answered with anything but success; with status 200 where a failure only stands in the body.
    #[error("S3 refused ({status} {code})")]
    Refused {
        /// Of the answer.
        status: u16,
        /// S3's word for it; empty where the answer has no body.
        code: String,
    },
    /// A link was asked for that opens too long, or not at all.
    #[error("a link lasts from one second to sixty")]
    Lasts,
    /// A listing that does not end: deciding on its first pages alone would be wrong.
    #[error("there are more objects than are listed at once")]
    TooMany,
    /// A listing that does not say when an object was written.
    #[error("a listing lacks a moment")]
    Undated,
}

impl ObjectsError {
    /// S3's word for a refusal, as `NoSuchUpload`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } => Some(code),
            _ => None,
        }
    }

    /// There is no such object. HEAD answers without a word, and a missing bucket is not a missing object.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Self::Refused { status: 404, code } if code != "NoSuchBucket")
    }
}

pub(crate) fn unsigned(error: impl std::error::Error + Send + Sync + 'static) -> ObjectsError {
    ObjectsError::Signature(Box::new(error))
}

pub(crate) fn unanswered(error: impl std::error::Error + Send + Sync + 'static) -> ObjectsError {
    ObjectsError::Unreachable(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: &str) -> ObjectsError {
        ObjectsError::Refused {
            status,
            code: code.into(),
        }
    }

    #[test]
    fn a_missing_bucket_is_not_a_missing_object() {
        assert!(refused(404, "NoSuchKey").is_missing());
        assert!(refused(404, "").is_missing());
        assert!(!refused(404, "NoSuchBucket").is_missing());
        assert!(!refused(403, "AccessDenied").is_missing());
    }

    #[test]
    fn a_refusal_tells_its_code() {
        assert_eq!(refused(404, "NoSuchUpload").code(), Some("NoSuchUpload"));
        assert_eq!(ObjectsError::NoBucket.code(), None);
    }
}
