//! Scripted faults: what goes wrong, for which bot, method and chat, how often.

use serde::{Deserialize, Serialize};
use stand_in_kit::{Numbered, Scheduled, Script, Turns};

/// What happens instead of, or around, a normal answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum FaultKind {
    /// 429. With `hold`, every later call of the bot gets the rest of the wait too, and is counted as a violation.
    TooManyRequests {
        retry_after: u64,
        #[serde(default = "yes")]
        hold: bool,
    },
    /// Any refusal in Telegram's body shape.
    Refuse {
        code: u16,
        description: String,
        #[serde(default)]
        migrate_to_chat_id: Option<i64>,
    },
    /// 403, the fan blocked the bot.
    Blocked,
    /// 403, the fan's account is gone.
    Deactivated,
    /// 403, the fan never started the bot.
    CantInitiate,
    /// 403, the bot was removed from a group.
    Kicked,
    /// 400, no such chat.
    ChatNotFound,
    /// 400 with the new chat id.
    Migrated { to: i64 },
    /// 400, answered too late.
    QueryTooOld,
    /// 401, the token was revoked.
    Unauthorized,
    /// 500 in Telegram's body shape.
    ServerError,
    /// 502 with an HTML body.
    BadGateway,
    /// No answer for this long, then the connection is cut; nothing was executed.
    Silence { ms: u64 },
    /// The connection is cut before the request body is read.
    CutBeforeReading,
    /// The call is executed, then the connection is cut after `after_ms`: the answer is lost.
    LoseAnswer {
        #[serde(default)]
        after_ms: u64,
    },
    /// The call is executed, and the answer breaks off in the middle of its JSON.
    CutBody,
    /// The call is executed and answered after this long.
    Slow { ms: u64 },
}

fn yes() -> bool {
    true
}

/// One scripted fault.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    #[serde(default)]
    pub id: u64,
    /// The bot's id; none means every bot.
    #[serde(default)]
    pub bot: Option<i64>,
    /// A method name in any case, or a prefix ending in `*`; none means every method.
    #[serde(default)]
    pub method: Option<String>,
    /// Only calls with this `chat_id`. Such a fault needs the body, so it cannot be `cut_before_reading`.
    #[serde(default)]
    pub chat: Option<i64>,
    /// Matching calls that are let through first.
    #[serde(default)]
    pub skip: u32,
    /// How many calls it hits; none means until it is removed.
    #[serde(default)]
    pub count: Option<u32>,
    /// Calls hit so far.
    #[serde(default)]
    pub hits: u32,
    pub fault: FaultKind,
}

impl Fault {
    fn matches(&self, bot: i64, method: &str, chat: Option<i64>) -> bool {
        let method_matches =
            self.method
                .as_deref()
                .is_none_or(|wanted| match wanted.strip_suffix('*') {
                    Some(prefix) => method
                        .get(..prefix.len())
                        .is_some_and(|start| start.eq_ignore_ascii_case(prefix)),
                    None => wanted.eq_ignore_ascii_case(method),
                });
        method_matches
            && self.bot.is_none_or(|wanted| wanted == bot)
            && (self.chat.is_none() || self.chat == chat)
    }
}

impl Numbered for Fault {
    fn id(&self) -> u64 {
        self.id
    }
    fn set_id(&mut self, id: u64) {
        self.id = id;
    }
}

impl Scheduled for Fault {
    fn turns(&mut self) -> Turns<'_> {
        Turns {
            skip: &mut self.skip,
            count: self.count,
            probability: None,
            hits: &mut self.hits,
        }
    }
}

/// All scripted faults, oldest first; the first match wins.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) script: Script<Fault>,
}

impl Faults {
    /// Takes the fault for a call before its body is read.
    pub(crate) fn take_before_reading(&mut self, bot: i64, method: &str) -> Option<FaultKind> {
        self.take(|fault| {
            fault.fault == FaultKind::CutBeforeReading
                && fault.chat.is_none()
                && fault.matches(bot, method, None)
        })
    }

    /// Takes the fault for a call whose parameters are known.
    pub(crate) fn take_for(
        &mut self,
        bot: i64,
        method: &str,
        chat: Option<i64>,
    ) -> Option<FaultKind> {
        self.take(|fault| {
            fault.fault != FaultKind::CutBeforeReading && fault.matches(bot, method, chat)
        })
    }

    fn take(&mut self, matches: impl Fn(&Fault) -> bool) -> Option<FaultKind> {
        // No fault of this stand-in has a probability.
        let hit = self.script.take(matches, |_| true);
        hit.map(|fault| fault.fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults(script: serde_json::Value) -> Faults {
        let mut faults = Faults::default();
        faults.script.add(serde_json::from_value(script).unwrap());
        faults
    }

    #[test]
    fn a_fault_hits_its_method_after_the_skipped_calls_and_only_so_often() {
        let mut faults = faults(
            json!({ "method": "sendmessage", "skip": 1, "count": 2, "fault": { "kind": "blocked" } }),
        );
        assert_eq!(faults.take_for(1, "getMe", None), None);
        let hits: Vec<bool> = (0..5)
            .map(|_| faults.take_for(1, "sendMessage", None).is_some())
            .collect();
        assert_eq!(hits, [false, true, true, false, false]);
    }

    #[test]
    fn a_prefix_and_a_chat_narrow_a_fault() {
        let mut faults = faults(
            json!({ "bot": 1, "method": "send*", "chat": 5, "fault": { "kind": "slow", "ms": 1 } }),
        );
        assert_eq!(faults.take_for(1, "sendPhoto", Some(6)), None);
        assert_eq!(faults.take_for(2, "sendPhoto", Some(5)), None);
        assert_eq!(
            faults.take_for(1, "sendPhoto", Some(5)),
            Some(FaultKind::Slow { ms: 1 })
        );
    }
}
