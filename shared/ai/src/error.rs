//! Why there is no reply, and what that means for the next step.

use std::time::Duration;

use crate::reply::Usage;

/// Which part of an answer could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The vendor's own format: the vendor, or something in front of it, is ill.
    Envelope,
    /// What the model wrote in it: a matter of this one question, so no sign of illness.
    Content,
}

/// Why a vendor gave no usable reply. Carries no text of the vendor, because those quote prompts and keys.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The vendor wants us to slow down (429).
    #[error("the vendor limits our rate")]
    RateLimited {
        /// How long it wants us to wait, if it said so.
        retry_after: Option<Duration>,
    },
    /// The vendor failed by its own account (408, 498, 5xx, or a response it marked as failed).
    #[error("the vendor is overloaded or failing")]
    Overloaded {
        /// The HTTP status.
        status: u16,
    },
    /// No whole answer within the time given.
    #[error("the vendor did not answer in time")]
    Timeout,
    /// No connection, or one that broke before the answer was whole.
    #[error("the vendor could not be reached")]
    Unreachable {
        /// Whether it failed while connecting, so that the vendor surely has no request.
        connecting: bool,
        /// What went wrong, without an address.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The vendor or its model declines to answer this content.
    #[error("the vendor refuses the content")]
    Refused {
        /// What was billed, if the vendor said so.
        usage: Option<Usage>,
    },
    /// The vendor does not take the request as we wrote it.
    #[error("the vendor does not accept the request (status {status})")]
    BadRequest {
        /// The HTTP status.
        status: u16,
        /// The vendor's machine-readable code, if it gave one word.
        code: Option<String>,
    },
    /// The model is retired, renamed or not ours to use.
    #[error("the model is gone")]
    ModelGone,
    /// The key is unknown, blocked or out of credit.
    #[error("the vendor does not accept the key")]
    Unauthorized,
    /// The answer is longer than [`crate::MAX_RESPONSE_BYTES`].
    #[error("the answer is too large")]
    TooLarge,
    /// The answer is not what was asked for. It is never repaired.
    #[error("the answer cannot be read")]
    Malformed {
        /// Where it is wrong.
        part: Part,
        /// What was billed, if the vendor said so.
        usage: Option<Usage>,
    },
}

impl AskError {
    /// One word for logs and metrics.
    pub const fn code(&self) -> &'static str {
        match self {
            AskError::RateLimited { .. } => "rate_limited",
            AskError::Overloaded { .. } => "overloaded",
            AskError::Timeout => "timeout",
            AskError::Unreachable { .. } => "unreachable",
            AskError::Refused { .. } => "refused",
            AskError::BadRequest { .. } => "bad_request",
            AskError::ModelGone => "model_gone",
            AskError::Unauthorized => "unauthorized",
            AskError::TooLarge => "too_large",
            AskError::Malformed {
                part: Part::Envelope,
                ..
            } => "malformed_envelope",
            AskError::Malformed {
                part: Part::Content,
                ..
            } => "malformed_content",
        }
    }

    /// Whether this says that the vendor is ill. What a fan can bring about by writing something is not counted:
    /// one fan must not silence a vendor for everybody.
    pub const fn counts_for_breaker(&self) -> bool {
        match self {
            AskError::RateLimited { .. }
            | AskError::Overloaded { .. }
            | AskError::Timeout
            | AskError::Unreachable { .. }
            | AskError::ModelGone
            | AskError::Unauthorized
            | AskError::TooLarge
            | AskError::Malformed {
                part: Part::Envelope,
                ..
            } => true,
            AskError::Refused { .. }
            | AskError::BadRequest { .. }
            | AskError::Malformed {
                part: Part::Content,
                ..
            } => false,
        }
    }

    /// Whether one such failure is enough to stop asking: it does not mend itself within a minute.
    pub const fn opens_breaker_at_once(&self) -> bool {
        matches!(self, AskError::Unauthorized | AskError::ModelGone)
    }

    /// Whether another vendor may be asked the same. Not after a refusal of the content: we do not look for a
    /// vendor that minds less.
    pub const fn try_next_vendor(&self) -> bool {
        !matches!(self, AskError::Refused { .. })
    }

    /// What the failed call was billed, as far as the vendor said so.
    pub const fn usage(&self) -> Option<Usage> {
        match self {
            AskError::Refused { usage } | AskError::Malformed { usage, .. } => *usage,
            _ => None,
        }
    }

    /// Whether the vendor may have billed a whole call without our knowing how much: it had the request, and its answer
    /// was late, lost or without a count.
    pub const fn may_be_billed(&self) -> bool {
        matches!(
            self,
            AskError::Timeout
                | AskError::Unreachable {
                    connecting: false,
                    ..
                }
                | AskError::TooLarge
                | AskError::Malformed { usage: None, .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unreachable(connecting: bool) -> AskError {
        AskError::Unreachable {
            connecting,
            source: "broken".into(),
        }
    }

    #[test]
    fn what_the_vendor_had_and_did_not_count_for_us_may_be_billed() {
        let (part, usage) = (Part::Content, Some(Usage::default()));
        for error in [
            AskError::Timeout,
            unreachable(false),
            AskError::TooLarge,
            AskError::Malformed { part, usage: None },
        ] {
            assert!(error.may_be_billed(), "{error:?}");
        }
        for error in [
            unreachable(true),
            AskError::RateLimited { retry_after: None },
            AskError::Overloaded { status: 503 },
            AskError::Refused { usage: None },
            AskError::Malformed { part, usage },
            AskError::Unauthorized,
            AskError::ModelGone,
        ] {
            assert!(!error.may_be_billed(), "{error:?}");
        }
    }
}
