//! What each failure of Telegram means to a person: one clear problem each, never with the token or Telegram's own words.

use std::time::Duration;

use http_kit::Problem;
use telegram::{Consequence, SendError};

/// What has already happened when a call fails: decides what a person should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nothing was changed.
    Before,
    /// Our side is written, but Telegram has not confirmed the webhook.
    Saved,
}

/// The refusal for a failed call.
pub(crate) fn refusal(stage: Stage, error: SendError) -> Problem {
    match error.consequence() {
        Consequence::TokenDead => token_refused(),
        Consequence::RetryAfter(seconds) => Problem::RateLimited {
            retry_after: Duration::from_secs(seconds.max(1).unsigned_abs()),
        },
        Consequence::Retry | Consequence::RetryOnce | Consequence::Unknown => {
            Problem::vendor_unavailable("telegram_unavailable", unavailable(stage), error)
        }
        _ => refused(stage, &error),
    }
}

/// 422: the token opens nothing at Telegram.
pub(crate) fn token_refused() -> Problem {
    Problem::unprocessable(
        "token_refused",
        "Telegram does not take this token: it was revoked, or something is missing. Copy the current one from BotFather (/mybots, API Token).",
    )
}

fn unavailable(stage: Stage) -> &'static str {
    match stage {
        Stage::Before => {
            "Telegram does not answer. Nothing was changed; repeat the request in a moment."
        }
        Stage::Saved => {
            "The bot is saved, but Telegram did not confirm the webhook. Repeat the request, or start a repair, in a moment."
        }
    }
}

fn refused(stage: Stage, error: &SendError) -> Problem {
    let code = match error {
        SendError::Rejected(refusal) => refusal.code,
        _ => 0,
    };
    let rest = match stage {
        Stage::Before => "Nothing was changed.",
        Stage::Saved => {
            "The bot is saved, but its webhook is not set; the health check names what to do."
        }
    };
    Problem::unprocessable(
        "telegram_refused",
        format!("Telegram refused the request (code {code}). {rest}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use telegram::{ApiError, NotSent, Uncertain};

    const CANARY: &str = "1234567890:AAExampleExampleExampleExampleExamp";

    fn rejected(code: i64, retry_after: Option<i64>) -> SendError {
        // A hostile or broken server may echo what it was asked.
        let description = format!("Bad Request: https://api.telegram.org/bot{CANARY}/getMe");
        SendError::Rejected(ApiError {
            code,
            description,
            retry_after,
            migrate_to_chat_id: None,
        })
    }

    fn families() -> Vec<(SendError, u16, &'static str)> {
        let not_sent = |why| SendError::NotSent { why, source: None };
        let unknown = |why| SendError::Unknown { why, source: None };
        vec![
            (rejected(401, None), 422, "token_refused"),
            (rejected(404, None), 422, "token_refused"),
            (rejected(429, Some(35)), 429, "rate_limited"),
            (rejected(429, None), 429, "rate_limited"),
            (rejected(400, None), 422, "telegram_refused"),
            (rejected(403, None), 422, "telegram_refused"),
            (rejected(409, None), 422, "telegram_refused"),
            (rejected(500, None), 503, "telegram_unavailable"),
            (rejected(503, None), 503, "telegram_unavailable"),
            (not_sent(NotSent::Dns), 503, "telegram_unavailable"),
            (not_sent(NotSent::Connect), 503, "telegram_unavailable"),
            (not_sent(NotSent::Tls), 503, "telegram_unavailable"),
            (not_sent(NotSent::Build), 422, "telegram_refused"),
            (unknown(Uncertain::TimedOut), 503, "telegram_unavailable"),
            (
                unknown(Uncertain::Disconnected),
                503,
                "telegram_unavailable",
            ),
            (unknown(Uncertain::CutBody), 503, "telegram_unavailable"),
            (unknown(Uncertain::TooLong), 503, "telegram_unavailable"),
            (
                unknown(Uncertain::NotBotApi(502)),
                503,
                "telegram_unavailable",
            ),
            (unknown(Uncertain::Server(504)), 503, "telegram_unavailable"),
            (
                unknown(Uncertain::UnreadableResult),
                503,
                "telegram_unavailable",
            ),
        ]
    }

    #[test]
    fn every_fault_at_every_stage_is_a_clear_problem_without_the_token() {
        for stage in [Stage::Before, Stage::Saved] {
            for (error, status, code) in families() {
                let name = format!("{error:?}");
                let problem = refusal(stage, error);
                assert_eq!(
                    (problem.status().as_u16(), problem.code()),
                    (status, code),
                    "{name}"
                );
                let body = problem.into_response("req").into_body();
                let body = String::from_utf8_lossy(&body);
                assert!(
                    !body.contains(CANARY) && !body.contains("AAExample"),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn a_wait_that_telegram_asks_for_is_passed_on() {
        let answer = refusal(Stage::Before, rejected(429, Some(35))).into_response("req");
        assert_eq!(answer.headers()["retry-after"], "35");
    }
}
