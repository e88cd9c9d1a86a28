//! Fans of whom Telegram has just said that nothing reaches them: what waits for them in this turn is not tried either.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::Timestamp;
use domain::ids::ConversationId;
use store::row::OutboxRow;

/// What Telegram has said, by chat.
#[derive(Default)]
pub(super) struct Gone(Mutex<HashMap<ConversationId, (Timestamp, &'static str)>>);

impl Gone {
    /// Remembers since when nothing reaches a chat, and why: a stable code.
    pub(super) fn learn(&self, chat: ConversationId, at: Timestamp, code: &'static str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(chat, (at, code));
    }

    /// Why this message would not arrive. What was queued since then is tried: the fan may be back.
    pub(super) fn why(&self, row: &OutboxRow) -> Option<&'static str> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, code) = known.get(&row.conversation)?;
        (row.queued_at <= *at).then_some(*code)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::ids::{BotId, MessageId, TenantId};
    use domain::message::{Author, Lane};

    use super::*;

    const THEN: Timestamp = Timestamp::from_seconds(1_000);

    fn message(chat: u8, queued_at: Timestamp) -> OutboxRow {
        let to = (
            TenantId::from_bytes([1; 16]),
            BotId::from_bytes([2; 16]),
            ConversationId::from_bytes([chat; 16]),
        );
        let id = MessageId::from_bytes([4; 16]);
        OutboxRow::queued(id, to, (Lane::Person, Author::Person), queued_at)
    }

    #[test]
    fn what_waits_for_a_fan_who_has_blocked_the_bot_is_not_tried_and_what_comes_later_is() {
        let gone = Gone::default();
        let waits = message(3, THEN);
        assert_eq!(gone.why(&waits), None);
        gone.learn(waits.conversation, THEN, "blocked_by_fan");
        assert_eq!(gone.why(&waits), Some("blocked_by_fan"));
        assert_eq!(gone.why(&message(5, THEN)), None, "another fan's");
        let later = message(3, THEN.plus(Duration::from_millis(1)));
        assert_eq!(gone.why(&later), None);
    }
}
