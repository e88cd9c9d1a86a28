//! Each check: green or red with cause and fix, or unknown. Pure, from what was read and what Telegram said.

use domain::Timestamp;
use serde::Serialize;
use store::row::{BotRow, BotState, HookRow, SenderRow};
use telegram::{ALLOWED_UPDATES, Consequence, SendError, WebhookInfo};
use utoipa::ToSchema;

use super::delivery;
use crate::hook::Origin;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// As it should be.
    Green,
    /// Not as it should be: the cause says what, the fix what mends it.
    Red,
    /// Cannot be told now: the cause says why.
    Unknown,
}

/// What mends a red check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Action {
    /// `POST /api/v1/bots/{bot_id}/repairs`.
    Repair,
    /// `PUT /api/v1/bots/{bot_id}/token`.
    Rotate,
    /// `POST /api/v1/bots` with the token.
    Reconnect,
}

/// A way to mend a red check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FixOut {
    /// What a button says.
    label: &'static str,
    /// What the button does.
    action: Action,
}

const REPAIR: FixOut = FixOut {
    label: "Set the webhook again",
    action: Action::Repair,
};
const ROTATE: FixOut = FixOut {
    label: "Enter the current token",
    action: Action::Rotate,
};
const RECONNECT: FixOut = FixOut {
    label: "Connect the bot again",
    action: Action::Reconnect,
};

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CheckOut {
    /// What was checked: `token_valid`, `webhook_set`, `webhook_secret`, `allowed_updates`, `delivery`,
    /// `pending_updates` or `sending_allowed`.
    check: &'static str,
    /// What was found.
    state: State,
    /// Why it is not green, for people, in English.
    cause: Option<String>,
    /// What mends it, where a person can; null where only time or we can.
    fix: Option<FixOut>,
}

impl CheckOut {
    pub(crate) const fn state(&self) -> State {
        self.state
    }

    fn green(check: &'static str) -> Self {
        Self {
            check,
            state: State::Green,
            cause: None,
            fix: None,
        }
    }

    fn red(check: &'static str, cause: impl Into<String>, fix: impl Into<Option<FixOut>>) -> Self {
        Self {
            check,
            state: State::Red,
            cause: Some(cause.into()),
            fix: fix.into(),
        }
    }

    fn unknown(check: &'static str, cause: impl Into<String>) -> Self {
        Self {
            check,
            state: State::Unknown,
            cause: Some(cause.into()),
            fix: None,
        }
    }
}

/// Why Telegram gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The bot is disconnected.
    NoToken,
    /// Telegram does not take the token.
    TokenDead,
    /// Telegram asks to wait so many seconds.
    Limited(i64),
    /// Telegram refused for another reason.
    Refused,
    /// No answer that can be read.
    Unreachable,
}

impl Trouble {
    pub(crate) fn of(error: &SendError) -> Self {
        match error.consequence() {
            Consequence::TokenDead => Self::TokenDead,
            Consequence::RetryAfter(seconds) => Self::Limited(seconds),
            Consequence::Retry | Consequence::RetryOnce | Consequence::Unknown => Self::Unreachable,
            _ => Self::Refused,
        }
    }

    fn cause(self) -> String {
        match self {
            Self::NoToken => "The bot is disconnected.".to_owned(),
            Self::TokenDead => "Telegram does not take the token.".to_owned(),
            Self::Limited(seconds) => format!("Telegram asks to wait {seconds} seconds."),
            Self::Refused => "Telegram refused to tell.".to_owned(),
            Self::Unreachable => "Telegram does not answer at the moment.".to_owned(),
        }
    }
}

/// What Telegram said.
pub(crate) struct Seen {
    /// The id of the bot that the token belongs to.
    pub(crate) me: Result<i64, Trouble>,
    /// How its webhook fares.
    pub(crate) webhook: Result<WebhookInfo, Trouble>,
}

/// Everything the checks depend on.
pub(crate) struct Facts<'a> {
    pub(crate) now: Timestamp,
    pub(crate) bot: &'a BotRow,
    pub(crate) origin: &'a Origin<'a>,
    pub(crate) hook: Option<&'a HookRow>,
    pub(crate) sender: Option<&'a SenderRow>,
    pub(crate) seen: &'a Seen,
}

impl Facts<'_> {
    /// All checks, in the order in which they should be mended.
    pub(crate) fn checks(&self) -> Vec<CheckOut> {
        let of_webhook = |check: &'static str, judge: &dyn Fn(&WebhookInfo) -> CheckOut| match &self
            .seen
            .webhook
        {
            Ok(info) => judge(info),
            Err(trouble) => CheckOut::unknown(check, trouble.cause()),
        };
        vec![
            self.token_valid(),
            of_webhook("webhook_set", &|info| self.webhook_set(info)),
            self.webhook_secret(),
            of_webhook("allowed_updates", &allowed_updates),
            of_webhook("delivery", &|info| self.delivery(info)),
            of_webhook("pending_updates", &|info| self.pending_updates(info)),
            self.sending_allowed(),
        ]
    }

    fn token_valid(&self) -> CheckOut {
        const CHECK: &str = "token_valid";
        match self.seen.me {
            Ok(id) if id == self.bot.telegram_id => CheckOut::green(CHECK),
            Ok(_) => CheckOut::red(CHECK, "The token belongs to another bot.", ROTATE),
            Err(Trouble::NoToken) => CheckOut::red(
                CHECK,
                "The bot is disconnected; its token was destroyed.",
                RECONNECT,
            ),
            Err(Trouble::TokenDead) => CheckOut::red(
                CHECK,
                "Telegram does not take the token: it was revoked, or the bot was deleted.",
                ROTATE,
            ),
            Err(other) => CheckOut::unknown(CHECK, other.cause()),
        }
    }

    fn webhook_set(&self, info: &WebhookInfo) -> CheckOut {
        const CHECK: &str = "webhook_set";
        if info.url == self.origin.address(self.bot.hook) {
            return CheckOut::green(CHECK);
        }
        if info.url.is_empty() {
            return CheckOut::red(
                CHECK,
                "No webhook is set: messages of fans wait at Telegram for a day and are lost then.",
                REPAIR,
            );
        }
        match self.origin.foreign(&info.url) {
            Some(host) => CheckOut::red(
                CHECK,
                format!("Another service gets this bot's updates: {host}."),
                REPAIR,
            ),
            None => CheckOut::red(
                CHECK,
                "An address of ours is set that is no longer this bot's.",
                REPAIR,
            ),
        }
    }

    fn webhook_secret(&self) -> CheckOut {
        const CHECK: &str = "webhook_secret";
        match self.hook {
            Some(hook) if hook.bot == self.bot.id => CheckOut::green(CHECK),
            _ if self.bot.state == BotState::Disconnected => {
                CheckOut::unknown(CHECK, Trouble::NoToken.cause())
            }
            _ => CheckOut::red(
                CHECK,
                "The address that Telegram calls is not known here.",
                REPAIR,
            ),
        }
    }

    fn delivery(&self, info: &WebhookInfo) -> CheckOut {
        const CHECK: &str = "delivery";
        match delivery::failure(info, self.now) {
            None => CheckOut::green(CHECK),
            Some(failure) => CheckOut::red(
                CHECK,
                failure.cause(),
                failure.repairable().then_some(REPAIR),
            ),
        }
    }

    fn pending_updates(&self, info: &WebhookInfo) -> CheckOut {
        const CHECK: &str = "pending_updates";
        if delivery::is_backlog(info, self.now) {
            let cause = format!("{} updates wait at Telegram.", info.pending_update_count);
            return CheckOut::red(
                CHECK,
                cause,
                delivery::failure(info, self.now)
                    .is_some_and(|failure| failure.repairable())
                    .then_some(REPAIR),
            );
        }
        CheckOut::green(CHECK)
    }

    fn sending_allowed(&self) -> CheckOut {
        const CHECK: &str = "sending_allowed";
        match self.bot.state {
            BotState::Connected => self.sending_paused(CHECK),
            // Whatever Telegram says of the token by now: the sender has stopped, and waits for somebody's word.
            BotState::TokenDead => {
                let works = self.seen.me == Ok(self.bot.telegram_id);
                CheckOut::red(
                    CHECK,
                    "Telegram has refused the token, so nothing is sent; what is queued waits.",
                    if works { REPAIR } else { ROTATE },
                )
            }
            BotState::Disconnected => CheckOut::unknown(CHECK, Trouble::NoToken.cause()),
            BotState::Stopped => CheckOut::red(
                CHECK,
                "The workspace is being closed, so nothing is sent.",
                None,
            ),
        }
    }

    fn sending_paused(&self, check: &'static str) -> CheckOut {
        match self.sender.and_then(|sender| sender.blocked_until) {
            Some(until) if self.now < until => {
                let cause = format!(
                    "This bot pauses until {}, as Telegram asked or because it could not be reached; what is queued is sent then.",
                    until.rfc3339()
                );
                CheckOut::red(check, cause, None)
            }
            _ => CheckOut::green(check),
        }
    }
}

/// A list that names less than ours silently withholds the rest.
fn allowed_updates(info: &WebhookInfo) -> CheckOut {
    const CHECK: &str = "allowed_updates";
    let missing: Vec<_> = ALLOWED_UPDATES
        .iter()
        .map(|kind| kind.as_str())
        .filter(|name| !info.allowed_updates.iter().any(|known| known == name))
        .collect();
    if missing.is_empty() {
        return CheckOut::green(CHECK);
    }
    CheckOut::red(
        CHECK,
        format!(
            "Telegram withholds {} kinds of updates, such as {}.",
            missing.len(),
            missing[0]
        ),
        REPAIR,
    )
}

#[cfg(test)]
#[path = "checks_tests.rs"]
mod tests;
