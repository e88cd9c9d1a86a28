//! Every way to refuse a request, and the one body that says so.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use telemetry::Outcome;
use utoipa::ToSchema;

use crate::field_errors::FieldError;

/// Any error that may cause a problem.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Content type of problem bodies.
pub const PROBLEM_CONTENT_TYPE: &str = "application/problem+json";

/// The whole body of a 404. It is a constant so that another tenant's object, a missing one and a
/// deleted one cannot differ in a single byte.
const NOT_FOUND_BODY: &str =
    r#"{"code":"not_found","message":"There is nothing here, or not for you.","field_errors":[]}"#;

/// Every way to refuse a request. `code`s are stable snake case; messages are for people.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// 401: no valid session or token.
    #[error("not signed in")]
    Unauthenticated,
    /// 403: known caller, not allowed. Only where the caller knows already that the thing exists.
    #[error("forbidden ({code})")]
    Forbidden {
        /// Why, for the client.
        code: &'static str,
        /// Why, for people.
        message: Cow<'static, str>,
    },
    /// 404: missing, deleted, another tenant's, or an id that cannot be one: all the same bytes.
    #[error("not found")]
    NotFound,
    /// 400: the input cannot be read or its fields are wrong.
    #[error("invalid input in {} fields", .0.len())]
    Invalid(Vec<FieldError>),
    /// 409: the state does not allow it, or it changed meanwhile.
    #[error("conflict ({code})")]
    Conflict {
        /// Why, for the client.
        code: &'static str,
        /// Why, for people.
        message: Cow<'static, str>,
    },
    /// 422: well-formed input that cannot be acted on, such as a token that Telegram refuses.
    #[error("unprocessable ({code})")]
    Unprocessable {
        /// Why, for the client.
        code: &'static str,
        /// Why, for people.
        message: Cow<'static, str>,
    },
    /// 413: the body is larger than the route's limit.
    #[error("body over {limit} bytes")]
    TooLarge {
        /// The route's limit in bytes.
        limit: usize,
    },
    /// 415: the body is not JSON.
    #[error("unsupported media type")]
    UnsupportedMediaType,
    /// 429: too many requests.
    #[error("rate limited for {} s", .retry_after.as_secs())]
    RateLimited {
        /// When it is worth trying again; rounded up to seconds, at least one.
        retry_after: Duration,
    },
    /// 503: something that we depend on does not answer; trying again may help.
    #[error("unavailable")]
    Unavailable(#[source] BoxError),
    /// 503: a vendor does not answer; the body names it and says what to do.
    #[error("vendor unavailable ({code})")]
    VendorUnavailable {
        /// Which vendor, for the client.
        code: &'static str,
        /// What happened and what to do, for people.
        message: Cow<'static, str>,
        /// The cause, for the log.
        #[source]
        source: BoxError,
    },
    /// 500: our mistake. The body says nothing; the source is logged once, at the edge.
    #[error("internal error")]
    Internal(#[source] BoxError),
}

/// The body of every refusal.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Stable code in snake case.
    #[schema(value_type = String, example = "invalid_input")]
    pub code: Cow<'static, str>,
    /// What happened, for people, in English.
    #[schema(value_type = String)]
    pub message: Cow<'static, str>,
    /// What is wrong with which field; empty unless the code is `invalid_input`.
    pub field_errors: Vec<FieldError>,
    /// Id to quote to support. Absent in a 404, whose body is always the same; there it is only in the
    /// `x-request-id` header, which every answer carries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    /// A refusal by rights, 403.
    pub fn forbidden(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Forbidden {
            code,
            message: message.into(),
        }
    }

    /// A refusal by state, 409.
    pub fn conflict(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Conflict {
            code,
            message: message.into(),
        }
    }

    /// A refusal by meaning, 422.
    pub fn unprocessable(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Unprocessable {
            code,
            message: message.into(),
        }
    }

    /// One wrong field, 400.
    pub fn invalid(
        field: impl Into<String>,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::Invalid(vec![FieldError {
            field: field.into(),
            code: Cow::Borrowed(code),
            message: message.into(),
        }])
    }

    /// Our own mistake, 500, with its source.
    pub fn internal(source: impl Into<BoxError>) -> Self {
        Self::Internal(source.into())
    }

    /// A dependency that does not answer, 503, with its source.
    pub fn unavailable(source: impl Into<BoxError>) -> Self {
        Self::Unavailable(source.into())
    }

    /// A vendor that does not answer, 503, with what to do about it.
    pub fn vendor_unavailable(
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
        source: impl Into<BoxError>,
    ) -> Self {
        Self::VendorUnavailable {
            code,
            message: message.into(),
            source: source.into(),
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::Unprocessable { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) | Self::VendorUnavailable { .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable code of the body.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden { code, .. }
            | Self::Conflict { code, .. }
            | Self::Unprocessable { code, .. }
            | Self::VendorUnavailable { code, .. } => code,
            Self::NotFound => "not_found",
            Self::Invalid(_) => "invalid_input",
            Self::TooLarge { .. } => "too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// The answer. Its [`Outcome`] extension tells the edge the code and, for 500 and 503, the cause.
    pub fn into_response(self, request_id: &str) -> Response<Bytes> {
        let status = self.status();
        let code = self.code();
        let retry_after = self.retry_after();
        let body = match &self {
            Self::NotFound => Bytes::from_static(NOT_FOUND_BODY.as_bytes()),
            _ => self.body(request_id),
        };
        let cause = match self {
            Self::Unavailable(source)
            | Self::Internal(source)
            | Self::VendorUnavailable { source, .. } => Some(Arc::from(source)),
            _ => None,
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_CONTENT_TYPE));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(
                WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"sofi\""),
            );
        }
        if let Some(seconds) = retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Outcome {
            code: Some(code),
            cause,
        });
        response
    }

    fn body(&self, request_id: &str) -> Bytes {
        let body = ProblemBody {
            code: Cow::Borrowed(self.code()),
            message: self.message(),
            field_errors: if let Self::Invalid(errors) = self {
                errors.clone()
            } else {
                Vec::new()
            },
            request_id: Some(request_id.to_owned()),
        };
        // Strings and lists of strings always serialise.
        serde_json::to_vec(&body)
            .map(Bytes::from)
            .unwrap_or_default()
    }

    fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Unauthenticated => "Please sign in.".into(),
            Self::Forbidden { message, .. }
            | Self::Conflict { message, .. }
            | Self::Unprocessable { message, .. }
            | Self::VendorUnavailable { message, .. } => message.clone(),
            Self::NotFound => "There is nothing here, or not for you.".into(),
            Self::Invalid(errors) if errors.len() == 1 => errors[0].message.clone(),
            Self::Invalid(_) => "Some fields need a correction.".into(),
            Self::TooLarge { limit } => format!("The body may have at most {limit} bytes.").into(),
            Self::UnsupportedMediaType => "The body must be application/json.".into(),
            Self::RateLimited { .. } => "Too many requests. Please wait a moment.".into(),
            Self::Unavailable(_) => {
                "A service that we need does not answer. Please try again.".into()
            }
            Self::Internal(_) => "Something went wrong on our side. We have been told.".into(),
        }
    }

    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::RateLimited { retry_after } => Some(
                retry_after
                    .as_secs()
                    .saturating_add(u64::from(retry_after.subsec_nanos() > 0))
                    .max(1),
            ),
            Self::Unavailable(_) | Self::VendorUnavailable { .. } => Some(1),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body_of(problem: Problem) -> serde_json::Value {
        serde_json::from_slice(problem.into_response("req-1").body())
            .expect("a problem body is JSON")
    }

    #[test]
    fn a_body_is_flat_and_has_all_four_members() {
        assert_eq!(
            body_of(Problem::conflict(
                "fan_changed",
                "Someone else changed this fan."
            )),
            serde_json::json!({
                "code": "fan_changed",
                "message": "Someone else changed this fan.",
                "field_errors": [],
                "request_id": "req-1",
            })
        );
    }

    #[test]
    fn a_404_has_the_same_bytes_for_every_request() {
        let one = Problem::NotFound.into_response("req-1");
        let other = Problem::NotFound.into_response("req-2");
        assert_eq!(one.body(), other.body());
        assert_eq!(one.headers(), other.headers());
        assert_eq!(
            body_of(Problem::NotFound)["message"],
            Problem::NotFound.message().as_ref()
        );
        assert!(body_of(Problem::NotFound).get("request_id").is_none());
    }

    #[test]
    fn the_cause_of_a_500_is_for_the_edge_only() {
        let response = Problem::internal("the canary is dead").into_response("req-1");
        assert!(!String::from_utf8_lossy(response.body()).contains("canary"));
        let outcome = response.extensions().get::<Outcome>().expect("an outcome");
        assert_eq!(outcome.code, Some("internal"));
        assert_eq!(
            outcome.cause.as_ref().map(ToString::to_string).as_deref(),
            Some("the canary is dead")
        );
    }

    #[test]
    fn waiting_times_are_rounded_up() {
        for (wait, header) in [(0, "1"), (1_000, "1"), (1_001, "2"), (35_000, "35")] {
            let problem = Problem::RateLimited {
                retry_after: Duration::from_millis(wait),
            };
            assert_eq!(problem.into_response("r").headers()[RETRY_AFTER], header);
        }
    }

    #[test]
    fn statuses_are_those_of_the_contract() {
        for (problem, status) in [
            (Problem::Unauthenticated, 401),
            (Problem::forbidden("role", ""), 403),
            (Problem::NotFound, 404),
            (Problem::invalid("a", "b", "c"), 400),
            (Problem::conflict("a", ""), 409),
            (Problem::unprocessable("a", ""), 422),
            (Problem::TooLarge { limit: 1 }, 413),
            (Problem::UnsupportedMediaType, 415),
            (
                Problem::RateLimited {
                    retry_after: Duration::ZERO,
                },
                429,
            ),
            (Problem::unavailable("x"), 503),
            (Problem::internal("x"), 500),
        ] {
            let response = problem.into_response("r");
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()[CONTENT_TYPE], PROBLEM_CONTENT_TYPE);
        }
    }
}
