//! Why a file is not shown: one clear problem each, never with the token or Telegram's own words.

use std::time::Duration;

use http_kit::Problem;
use telegram::{Consequence, DownloadError, SendError};

/// The refusal when Telegram does not say where a file is.
pub(super) fn of_call(error: SendError) -> Problem {
    if is_too_big(&error) {
        return too_large();
    }
    match error.consequence() {
        Consequence::TokenDead => token_dead(),
        Consequence::RetryAfter(seconds) => wait(seconds),
        Consequence::Retry | Consequence::RetryOnce | Consequence::Unknown => {
            Problem::vendor_unavailable("telegram_unavailable", UNAVAILABLE, error)
        }
        _ => gone(),
    }
}

/// The refusal when a file does not come.
pub(super) fn of_download(error: DownloadError) -> Problem {
    match error {
        DownloadError::Gone | DownloadError::Path => gone(),
        DownloadError::Token => token_dead(),
        DownloadError::TooLong => too_large(),
        DownloadError::Wait(seconds) => wait(seconds),
        DownloadError::Status(_) | DownloadError::Transport(_) => {
            Problem::vendor_unavailable("telegram_unavailable", UNAVAILABLE, error)
        }
    }
}

const UNAVAILABLE: &str = "Telegram does not answer. Try again in a moment.";

/// 409: there is no token any more.
pub(super) fn disconnected() -> Problem {
    Problem::conflict(
        "bot_disconnected",
        "The bot is disconnected, so its files cannot be fetched. Connect it again with its token, or open the chat in Telegram.",
    )
}

/// 409: Telegram no longer takes the token.
pub(super) fn token_dead() -> Problem {
    Problem::conflict(
        "token_dead",
        "Telegram no longer takes this bot's token, so its files cannot be fetched. Replace the token under Bots.",
    )
}

/// 422: more than an answer may hold, or more than Telegram gives to bots.
pub(super) fn too_large() -> Problem {
    Problem::unprocessable(
        "media_too_large",
        "This file is larger than 4 MB and cannot be shown here. Open it in Telegram.",
    )
}

/// 422: Telegram does not have it, or not for this bot.
pub(super) fn gone() -> Problem {
    Problem::unprocessable(
        "media_gone",
        "Telegram no longer has this file for the bot. Ask the fan to send it again.",
    )
}

fn wait(seconds: i64) -> Problem {
    Problem::RateLimited {
        retry_after: Duration::from_secs(seconds.max(1).unsigned_abs()),
    }
}

/// Above 20 MB Telegram gives bots no path, by a refusal that has no code of its own.
fn is_too_big(error: &SendError) -> bool {
    matches!(error, SendError::Rejected(refusal)
        if refusal.code == 400 && refusal.description.contains("too big"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use telegram::{ApiError, NotSent, Uncertain};

    const CANARY: &str = "1234567890:AAExampleExampleExampleExampleExamp";

    fn rejected(code: i64, words: &str) -> SendError {
        // A hostile or broken server may echo what it was asked.
        let description = format!("{words} https://api.telegram.org/bot{CANARY}/getFile");
        SendError::Rejected(ApiError {
            code,
            description,
            retry_after: None,
            migrate_to_chat_id: None,
        })
    }

    #[test]
    fn every_fault_is_a_clear_problem_without_the_token() {
        let timeout = SendError::Unknown {
            why: Uncertain::TimedOut,
            source: None,
        };
        let unreachable = SendError::NotSent {
            why: NotSent::Connect,
            source: None,
        };
        let problems = [
            (
                of_call(rejected(400, "file is too big")),
                422,
                "media_too_large",
            ),
            (of_call(rejected(400, "wrong file_id")), 422, "media_gone"),
            (of_call(rejected(401, "Unauthorized")), 409, "token_dead"),
            (of_call(rejected(429, "Too Many")), 429, "rate_limited"),
            (
                of_call(rejected(500, "Internal")),
                503,
                "telegram_unavailable",
            ),
            (of_call(timeout), 503, "telegram_unavailable"),
            (of_call(unreachable), 503, "telegram_unavailable"),
            (of_download(DownloadError::Gone), 422, "media_gone"),
            (of_download(DownloadError::Path), 422, "media_gone"),
            (of_download(DownloadError::Token), 409, "token_dead"),
            (of_download(DownloadError::TooLong), 422, "media_too_large"),
            (of_download(DownloadError::Wait(3)), 429, "rate_limited"),
            (
                of_download(DownloadError::Status(502)),
                503,
                "telegram_unavailable",
            ),
            (disconnected(), 409, "bot_disconnected"),
        ];
        for (problem, status, code) in problems {
            assert_eq!((problem.status().as_u16(), problem.code()), (status, code));
            let body = problem.into_response("req").into_body();
            let body = String::from_utf8_lossy(&body);
            assert!(!body.contains("AAExample"), "{code}");
        }
    }
}
