//! What went wrong with a call, as data, and what follows from it.

use std::fmt;

use serde_json::Value;

use crate::fields::Fields;

/// A call that did not end in an answer of "ok".
///
/// Neither Debug nor Display nor any source holds the token: addresses are removed from sources.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Telegram surely did not accept the call: the request never left.
    #[error("request was not sent: {why}")]
    NotSent {
        /// The phase that failed.
        why: NotSent,
        /// The transport's own error, without its address.
        #[source]
        source: Option<Box<reqwest::Error>>,
    },
    /// Telegram answered with a refusal, so the call had no effect.
    #[error("telegram refused: {0}")]
    Rejected(ApiError),
    /// Telegram may or may not have accepted the call.
    #[error("outcome is unknown: {why}")]
    Unknown {
        /// What was seen instead of an answer.
        why: Uncertain,
        /// The transport's own error, without its address.
        #[source]
        source: Option<Box<reqwest::Error>>,
    },
}

/// The phase in which a request failed before it left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// The name of the server did not resolve.
    #[error("name did not resolve")]
    Dns,
    /// No connection, refused or timed out.
    #[error("no connection")]
    Connect,
    /// The TLS handshake failed.
    #[error("tls handshake failed")]
    Tls,
    /// The request could not be built from its parameters.
    #[error("request could not be built")]
    Build,
}

/// What was seen instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Uncertain {
    /// No answer within the method's time.
    #[error("no answer in time")]
    TimedOut,
    /// The connection ended before an answer.
    #[error("connection ended before an answer")]
    Disconnected,
    /// The answer broke off.
    #[error("answer broke off")]
    CutBody,
    /// The answer was longer than the cap.
    #[error("answer was too long")]
    TooLong,
    /// An answer that is not the Bot API's JSON, such as a gateway's HTML page.
    #[error("http {0} without a bot api body")]
    NotBotApi(u16),
    /// A gateway or server error after which the call may have been done.
    #[error("server error {0}")]
    Server(i64),
    /// "ok", but the result does not hold what the method promises.
    #[error("result could not be read")]
    UnreadableResult,
}

/// A refusal in the Bot API's own form.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiError {
    /// `error_code`, or the HTTP status when the body has none.
    pub code: i64,
    /// `description`: English words of the server, no personal data.
    pub description: String,
    /// Seconds to wait; may exceed a day.
    pub retry_after: Option<i64>,
    /// The id of the supergroup that a group became.
    pub migrate_to_chat_id: Option<i64>,
}

impl ApiError {
    /// Longest description kept, in characters.
    pub const DESCRIPTION_LIMIT: usize = 256;

    /// Reads the refusal of a body with `"ok": false`.
    pub(crate) fn read(body: Fields<'_>, status: u16) -> Self {
        let parameters = body.object("parameters");
        ApiError {
            code: body.int("error_code").unwrap_or_else(|| i64::from(status)),
            description: body
                .str("description")
                .unwrap_or_default()
                .chars()
                .take(Self::DESCRIPTION_LIMIT)
                .collect(),
            retry_after: parameters
                .and_then(|p| p.get("retry_after"))
                .and_then(seconds),
            migrate_to_chat_id: parameters.and_then(|p| p.int("migrate_to_chat_id")),
        }
    }
}

/// Waiting times come as integers; a fraction is rounded up rather than lost.
fn seconds(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        value
            .as_f64()
            .filter(|s| (0.0..1e12).contains(s))
            .map(|s| s.ceil() as i64)
    })
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.description)
    }
}

/// What the caller must do about a failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Surely not accepted and nothing is wrong with the request: try again with back-off.
    Retry,
    /// Not accepted; no call for this bot until so many seconds have passed (at least 1).
    RetryAfter(i64),
    /// The server said that it failed (500, 503): try again once, then treat as [`Consequence::Unknown`].
    RetryOnce,
    /// The fan blocked the bot: unreachable until they return.
    Blocked,
    /// The fan's account is gone for good.
    Deactivated,
    /// The fan never started the bot.
    NeverStarted,
    /// The chat does not exist for this bot, or the bot was removed from it.
    ChatGone,
    /// The account in whose name it was to be sent no longer lets the bot write there.
    ConnectionEnded,
    /// In an account's chat: the fan has not written within the last 24 hours.
    WindowClosed,
    /// The group became the supergroup with this id: rewrite the stored id and send once more.
    Migrate(i64),
    /// The token is revoked or wrong: suspend the bot and tell the creator.
    TokenDead,
    /// Nothing to change: a success.
    NotModified,
    /// A query was answered after its time: nothing left to do.
    TooLate,
    /// The request itself is refused: park it, do not repeat it.
    BadRequest,
    /// May have been accepted: show as unknown, never repeat blindly.
    Unknown,
}

impl Consequence {
    /// The wait after a 429 that names none, in seconds.
    pub const DEFAULT_WAIT: i64 = 5;
}

impl SendError {
    /// What follows from this failure.
    #[must_use]
    pub fn consequence(&self) -> Consequence {
        match self {
            SendError::NotSent {
                why: NotSent::Build,
                ..
            } => Consequence::BadRequest,
            SendError::NotSent { .. } => Consequence::Retry,
            SendError::Rejected(error) => error.consequence(),
            SendError::Unknown { .. } => Consequence::Unknown,
        }
    }

    pub(crate) fn unknown(why: Uncertain) -> Self {
        SendError::Unknown { why, source: None }
    }
}

impl ApiError {
    /// What follows from this refusal. The code decides first, then the start of the description;
    /// descriptions are no stable contract, so an unknown one falls to the mildest reading of its code.
    #[must_use]
    pub fn consequence(&self) -> Consequence {
        let says = |part: &str| contains_ignoring_case(&self.description, part);
        if let Some(id) = self.migrate_to_chat_id {
            return Consequence::Migrate(id);
        }
        match self.code {
            429 => Consequence::RetryAfter(
                self.retry_after.unwrap_or(Consequence::DEFAULT_WAIT).max(1),
            ),
            401 => Consequence::TokenDead,
            // The server also says 404 for a method it does not know; that is our fault, not the token's.
            404 if says("method") => Consequence::BadRequest,
            404 => Consequence::TokenDead,
            403 if says("bot was blocked by the user") => Consequence::Blocked,
            403 if says("user is deactivated") => Consequence::Deactivated,
            403 if says("can't initiate conversation") => Consequence::NeverStarted,
            403 if says("bot was kicked") || says("is not a member") => Consequence::ChatGone,
            400 if says("message is not modified") => Consequence::NotModified,
            400 if says("query is too old") || says("query id is invalid") => Consequence::TooLate,
            400 | 403 if says("business_connection") || says("business connection") => {
                Consequence::ConnectionEnded
            }
            // The second is said of a person to whom the account's owner lets the bot not write at all.
            400 if says("business_peer_usage_missing") || says("business_peer_invalid") => {
                Consequence::WindowClosed
            }
            400 if says("chat not found") || says("group chat was deleted") => {
                Consequence::ChatGone
            }
            400..=499 => Consequence::BadRequest,
            // This server error is said after the message had been sent.
            500 if says("immediately deleted") => Consequence::Unknown,
            500 | 503 => Consequence::RetryOnce,
            _ => Consequence::Unknown,
        }
    }
}

fn contains_ignoring_case(text: &str, part: &str) -> bool {
    text.to_ascii_lowercase()
        .contains(&part.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: i64, description: &str) -> ApiError {
        ApiError {
            code,
            description: description.to_owned(),
            retry_after: None,
            migrate_to_chat_id: None,
        }
    }

    #[test]
    fn each_documented_refusal_has_its_consequence() {
        let table = [
            (
                403,
                "Forbidden: bot was blocked by the user",
                Consequence::Blocked,
            ),
            (
                403,
                "Forbidden: user is deactivated",
                Consequence::Deactivated,
            ),
            (
                403,
                "Forbidden: bot can't initiate conversation with a user",
                Consequence::NeverStarted,
            ),
            (
                403,
                "Forbidden: bot was kicked from the supergroup chat",
                Consequence::ChatGone,
            ),
            (
                403,
                "Forbidden: bot is not a member of the channel chat",
                Consequence::ChatGone,
            ),
            (
                403,
                "Forbidden: something of the future",
                Consequence::BadRequest,
            ),
            (400, "Bad Request: chat not found", Consequence::ChatGone),
            (
                400,
                "Bad Request: BUSINESS_CONNECTION_INVALID",
                Consequence::ConnectionEnded,
            ),
            (
                400,
                "Bad Request: business connection not found",
                Consequence::ConnectionEnded,
            ),
            (
                400,
                "Bad Request: BUSINESS_PEER_USAGE_MISSING",
                Consequence::WindowClosed,
            ),
            (
                400,
                "Bad Request: private chat not found",
                Consequence::ChatGone,
            ),
            (
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
                Consequence::TooLate,
            ),
            (
                400,
                "Bad Request: message is not modified: specified new message content",
                Consequence::NotModified,
            ),
            (
                400,
                "Bad Request: message text is empty",
                Consequence::BadRequest,
            ),
            (401, "Unauthorized", Consequence::TokenDead),
            (404, "Not Found", Consequence::TokenDead),
            (404, "Not Found: method not found", Consequence::BadRequest),
            (
                409,
                "Conflict: terminated by other getUpdates request",
                Consequence::BadRequest,
            ),
            (413, "Request Entity Too Large", Consequence::BadRequest),
            (
                429,
                "Too Many Requests: retry later",
                Consequence::RetryAfter(Consequence::DEFAULT_WAIT),
            ),
            (500, "Internal Server Error", Consequence::RetryOnce),
            (
                500,
                "Internal Server Error: sent message was immediately deleted",
                Consequence::Unknown,
            ),
            (502, "Bad Gateway", Consequence::Unknown),
            (503, "Service Unavailable", Consequence::RetryOnce),
            (504, "Gateway Timeout", Consequence::Unknown),
            (302, "Found", Consequence::Unknown),
        ];
        for (code, description, expected) in table {
            assert_eq!(
                refusal(code, description).consequence(),
                expected,
                "{code} {description}"
            );
        }
    }

    fn read(json: &Value) -> ApiError {
        ApiError::read(Fields::of(json).expect("an object"), 400)
    }

    #[test]
    fn a_wait_longer_than_sixteen_bits_is_kept() {
        let error = read(
            &serde_json::json!({"ok": false, "error_code": 429, "description": "Too Many Requests",
            "parameters": {"retry_after": 172_800}}),
        );
        assert_eq!(error.consequence(), Consequence::RetryAfter(172_800));
    }

    #[test]
    fn a_wait_of_nothing_or_less_still_waits_a_second() {
        for wait in [0, -5] {
            let error = ApiError {
                retry_after: Some(wait),
                ..refusal(429, "")
            };
            assert_eq!(error.consequence(), Consequence::RetryAfter(1));
        }
        let error =
            read(&serde_json::json!({"error_code": 429, "parameters": {"retry_after": 1.2}}));
        assert_eq!(error.retry_after, Some(2));
    }

    #[test]
    fn a_group_that_became_a_supergroup_names_its_new_id() {
        let error = read(&serde_json::json!({"ok": false, "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": -1_001_234_567_890_i64}}));
        assert_eq!(
            error.consequence(),
            Consequence::Migrate(-1_001_234_567_890)
        );
    }

    #[test]
    fn a_refusal_without_a_code_takes_the_status() {
        assert_eq!(read(&serde_json::json!({"ok": false})).code, 400);
    }

    #[test]
    fn only_a_request_that_never_left_is_retried() {
        for why in [NotSent::Dns, NotSent::Connect, NotSent::Tls] {
            assert_eq!(
                SendError::NotSent { why, source: None }.consequence(),
                Consequence::Retry
            );
        }
        for why in [
            Uncertain::TimedOut,
            Uncertain::Disconnected,
            Uncertain::CutBody,
            Uncertain::TooLong,
            Uncertain::NotBotApi(502),
            Uncertain::Server(504),
            Uncertain::UnreadableResult,
        ] {
            assert_eq!(SendError::unknown(why).consequence(), Consequence::Unknown);
        }
    }
}
