//! Why a call gave no answer that can be used, and what that means for the next step.

use std::time::Duration;

use serde_json::Value;

use crate::read;

/// Longest code or name of a parameter that is kept.
const LONGEST_WORD: usize = 80;

/// Why a call failed. Carries codes and names of parameters, never a text of Stripe's: those quote addresses, keys and cards.
#[derive(Debug, thiserror::Error)]
pub enum StripeError {
    /// The bank or Stripe declines the payment (402).
    #[error("the payment is declined")]
    Declined {
        /// Stripe's code, such as `card_declined`.
        code: Option<String>,
        /// The bank's reason, such as `insufficient_funds`.
        decline_code: Option<String>,
    },
    /// Stripe does not take the request as we wrote it.
    #[error("stripe does not accept the request (status {status})")]
    Invalid {
        /// The HTTP status.
        status: u16,
        /// Stripe's code, if it gave one word.
        code: Option<String>,
        /// The parameter at fault.
        param: Option<String>,
    },
    /// The idempotency key was used before, with other parameters.
    #[error("the idempotency key belongs to another request")]
    KeyReused,
    /// Stripe failed at the first request with this key, and now says that again without trying: only another key leads on.
    #[error("the idempotency key stands for a failure (status {status})")]
    Spent {
        /// The HTTP status.
        status: u16,
    },
    /// Another request with this key, or on this object, is under way (409).
    #[error("another request is under way")]
    UnderWay,
    /// The key is unknown, expired, or not allowed to do this (401, 403).
    #[error("stripe does not accept the key (status {status})")]
    Unauthorized {
        /// The HTTP status.
        status: u16,
    },
    /// Stripe wants us to slow down (429).
    #[error("stripe limits our rate")]
    RateLimited {
        /// How long it wants us to wait, if it said so.
        retry_after: Option<Duration>,
    },
    /// Stripe says that there is no such object, or none any more.
    #[error("the object is gone")]
    Gone {
        /// The parameter that named it; none when it was the call itself.
        param: Option<String>,
    },
    /// No connection, so that Stripe surely has no request.
    #[error("stripe could not be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Stripe failed by its own account (408, 5xx). With a key, it may say so again for a day.
    #[error("stripe is failing (status {status})")]
    Failing {
        /// The HTTP status.
        status: u16,
    },
    /// The request was sent and no whole answer came: it may have been carried out.
    #[error("the answer was lost")]
    AnswerLost(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The answer is not Stripe's, too long, or lacks what makes it one.
    #[error("the answer cannot be read")]
    Unreadable,
}

impl StripeError {
    /// One word for logs and metrics.
    pub const fn code(&self) -> &'static str {
        match self {
            StripeError::Declined { .. } => "declined",
            StripeError::Invalid { .. } => "invalid",
            StripeError::KeyReused => "key_reused",
            StripeError::Spent { .. } => "spent",
            StripeError::UnderWay => "under_way",
            StripeError::Unauthorized { .. } => "unauthorized",
            StripeError::RateLimited { .. } => "rate_limited",
            StripeError::Gone { .. } => "gone",
            StripeError::Unreachable(_) => "unreachable",
            StripeError::Failing { .. } => "failing",
            StripeError::AnswerLost(_) => "answer_lost",
            StripeError::Unreadable => "unreadable",
        }
    }

    /// Whether Stripe may have carried the request out, so that only the same key may be used for another try.
    pub const fn may_have_been_done(&self) -> bool {
        matches!(
            self,
            StripeError::UnderWay
                | StripeError::Failing { .. }
                | StripeError::Spent { .. }
                | StripeError::AnswerLost(_)
                | StripeError::Unreadable
        )
    }

    /// Whether the same request may succeed later without anybody changing anything.
    pub const fn is_passing(&self) -> bool {
        matches!(
            self,
            StripeError::UnderWay
                | StripeError::RateLimited { .. }
                | StripeError::Unreachable(_)
                | StripeError::Failing { .. }
                | StripeError::Spent { .. }
                | StripeError::AnswerLost(_)
        )
    }

    /// Stripe's code of a request that it does not accept.
    pub fn invalid_code(&self) -> Option<&str> {
        match self {
            StripeError::Invalid { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// What a status that is not a success means.
    pub(crate) fn of_answer(status: u16, retry_after: Option<Duration>, body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let kind = read::text(&body, "/error/type");
        let code = word(&body, "/error/code");
        let param = word(&body, "/error/param");
        match status {
            401 | 403 => StripeError::Unauthorized { status },
            402 => StripeError::Declined {
                code,
                decline_code: word(&body, "/error/decline_code"),
            },
            408 | 500..=599 => StripeError::Failing { status },
            409 => StripeError::UnderWay,
            429 => StripeError::RateLimited { retry_after },
            400 if kind == Some("idempotency_error") => StripeError::KeyReused,
            // A page of something between us says 404 too, and must not end a subscription.
            400..=499 if code.as_deref() == Some("resource_missing") => StripeError::Gone {
                param: param.filter(|name| name != "id"),
            },
            400..=499 if kind.is_some() => StripeError::Invalid {
                status,
                code,
                param,
            },
            _ => StripeError::Unreadable,
        }
    }
}

/// A code or the name of a parameter, if it is one and not a sentence that might quote something.
fn word(body: &Value, pointer: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-.[]".contains(c);
    read::text(body, pointer)
        .filter(|word| (1..=LONGEST_WORD).contains(&word.len()) && word.chars().all(is_plain))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(status: u16, error: Value) -> StripeError {
        let body = json!({ "error": error }).to_string();
        StripeError::of_answer(status, None, body.as_bytes())
    }

    #[test]
    fn each_status_has_its_meaning() {
        let invalid = json!({ "type": "invalid_request_error" });
        for (status, error, code) in [
            (400, &invalid, "invalid"),
            (401, &invalid, "unauthorized"),
            (402, &json!({ "type": "card_error" }), "declined"),
            (403, &invalid, "unauthorized"),
            (404, &invalid, "invalid"),
            (404, &json!({ "code": "resource_missing" }), "gone"),
            (409, &json!({ "type": "idempotency_error" }), "under_way"),
            (400, &json!({ "type": "idempotency_error" }), "key_reused"),
            (429, &invalid, "rate_limited"),
            (500, &json!({ "type": "api_error" }), "failing"),
            (503, &Value::Null, "failing"),
            (302, &Value::Null, "unreadable"),
        ] {
            assert_eq!(of(status, error.clone()).code(), code, "{status} {error}");
        }
    }

    #[test]
    fn a_404_that_is_not_stripes_ends_nothing() {
        for body in [
            "<html>not found</html>",
            "",
            "[]",
            r#"{"message":"no route"}"#,
        ] {
            let error = StripeError::of_answer(404, None, body.as_bytes());
            assert!(matches!(error, StripeError::Unreadable), "{body}");
        }
    }

    #[test]
    fn an_object_that_a_parameter_names_is_gone_by_that_name() {
        let at = |param: &str| of(400, json!({ "code": "resource_missing", "param": param }));
        assert!(
            matches!(at("customer"), StripeError::Gone { param: Some(name) } if name == "customer")
        );
        assert!(matches!(at("id"), StripeError::Gone { param: None }));
    }

    #[test]
    fn code_and_parameter_are_kept_and_sentences_are_not() {
        let kind = "invalid_request_error";
        let plain = json!({ "type": kind, "code": "parameter_unknown", "param": "line_items[0][price]", "message": "CANARY" });
        let error = of(400, plain);
        assert_eq!(error.invalid_code(), Some("parameter_unknown"));
        assert!(format!("{error:?}").contains("line_items[0][price]"));
        let telling =
            json!({ "type": kind, "code": "CANARY is no code", "param": "CANARY@example.com" });
        for error in [error, of(400, telling)] {
            assert!(!format!("{error:?} {error}").contains("CANARY"));
        }
    }

    #[test]
    fn only_what_stripe_may_have_read_may_have_been_done() {
        let lost = || "cut".into();
        let unknown = [
            StripeError::UnderWay,
            StripeError::Failing { status: 500 },
            StripeError::Spent { status: 500 },
            StripeError::AnswerLost(lost()),
            StripeError::Unreadable,
        ];
        assert!(unknown.iter().all(StripeError::may_have_been_done));
        let known = [
            StripeError::Unreachable(lost()),
            StripeError::RateLimited { retry_after: None },
            StripeError::Gone { param: None },
            StripeError::KeyReused,
        ];
        assert!(!known.iter().any(StripeError::may_have_been_done));
        assert!(known[0].is_passing() && known[1].is_passing() && !known[2].is_passing());
    }
}
