//! Requests that are not accepted, told in the words of the service that answers.

use super::request::Service;
use crate::error::ServiceError;
use crate::iam::KeyError;

/// Why a request is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    Missing,
    Incomplete,
    UnknownKey,
    Expired,
    BadToken,
    BadSignature,
    UrlExpired,
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Unknown => Self::UnknownKey,
            KeyError::Expired => Self::Expired,
        }
    }
}

impl Failure {
    /// The failure in the words of the service that answers.
    pub fn for_service(self, service: Service) -> ServiceError {
        let s3 = service == Service::S3;
        let query = matches!(service, Service::Ses | Service::Sts);
        let status = if matches!(service, Service::DynamoDb | Service::Kms) {
            400
        } else {
            403
        };
        let invalid = "The security token included in the request is invalid.";
        let (code, message) = match self {
            Self::Missing | Self::Incomplete if s3 => ("AccessDenied", "Access Denied"),
            Self::Missing if query => (
                "MissingAuthenticationToken",
                "Request is missing Authentication Token",
            ),
            Self::Missing => (
                "MissingAuthenticationTokenException",
                "Request is missing Authentication Token",
            ),
            Self::Incomplete if query => (
                "IncompleteSignature",
                "The request signature is not complete.",
            ),
            Self::Incomplete => (
                "IncompleteSignatureException",
                "The request signature is not complete.",
            ),
            Self::UnknownKey if s3 => (
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.",
            ),
            Self::UnknownKey | Self::BadToken if query => ("InvalidClientTokenId", invalid),
            Self::BadToken if s3 => (
                "InvalidToken",
                "The provided token is malformed or otherwise invalid.",
            ),
            Self::UnknownKey | Self::BadToken => ("UnrecognizedClientException", invalid),
            Self::Expired if s3 || query => (
                "ExpiredToken",
                "The security token included in the request is expired",
            ),
            Self::Expired => (
                "ExpiredTokenException",
                "The security token included in the request is expired",
            ),
            Self::BadSignature if s3 || query => (
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided.",
            ),
            Self::BadSignature => (
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided.",
            ),
            Self::UrlExpired => ("AccessDenied", "Request has expired"),
        };
        ServiceError::with_status(status, code, message)
    }
}
