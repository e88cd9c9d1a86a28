//! What connecting makes of what is known: new, again, or renewed.

use domain::audit::Action;
use domain::ids::{BotId, HookId, UserId};
use domain::{Sealed, Timestamp};
use http::StatusCode;
use store::Found;
use store::row::{BotRow, BotState};

/// What Telegram said about the bot, and its sealed token.
pub(crate) struct Connection {
    pub(crate) telegram_id: i64,
    pub(crate) username: String,
    pub(crate) name: String,
    pub(crate) token: Sealed,
    pub(crate) token_last4: String,
}

/// What is written and answered.
pub(crate) struct Plan {
    /// The bot as it will be.
    pub(crate) row: BotRow,
    /// The revision it replaces, if it is not new.
    pub(crate) replaces: Option<u64>,
    /// For the audit.
    pub(crate) action: Action,
    /// 201 for a bot that was not connected, 200 for one that was.
    pub(crate) status: StatusCode,
}

/// A bot that this workspace ever had keeps its id, so that its history stays; a disconnected one gets a new webhook
/// address, because the former one is gone for good.
pub(crate) fn decide(
    mine: Option<&Found<BotRow>>,
    connection: &Connection,
    (new_bot, new_hook): (&dyn Fn() -> BotId, &dyn Fn() -> HookId),
    actor: UserId,
    now: Timestamp,
) -> Plan {
    let lives = mine.filter(|found| found.row.state != BotState::Disconnected);
    let row = BotRow {
        id: mine.map_or_else(new_bot, |found| found.row.id),
        telegram_id: connection.telegram_id,
        username: connection.username.clone(),
        name: connection.name.clone(),
        token: Some(connection.token.clone()),
        token_last4: connection.token_last4.clone(),
        hook: lives.map_or_else(new_hook, |found| found.row.hook),
        state: BotState::Connected,
        connected_by: lives.map_or(actor, |found| found.row.connected_by),
        connected_at: lives.map_or(now, |found| found.row.connected_at),
        disconnected_at: None,
        alerts: lives.map_or_else(Vec::new, |found| found.row.alerts.clone()),
    };
    let (action, status) = match (mine, lives) {
        (None, _) => (Action::BotConnect, StatusCode::CREATED),
        (Some(_), None) => (Action::BotReconnect, StatusCode::CREATED),
        (Some(_), Some(_)) => (Action::BotRenew, StatusCode::OK),
    };
    Plan {
        row,
        replaces: mine.map(|found| found.rev),
        action,
        status,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::tests::row;

    const NOW: Timestamp = Timestamp::from_seconds(100);

    fn connection() -> Connection {
        Connection {
            telegram_id: 1_234_567_890,
            username: "renamed_bot".into(),
            name: "Renamed".into(),
            token: Sealed::from_bytes(vec![9]),
            token_last4: "9999".into(),
        }
    }

    fn decided(mine: Option<BotRow>) -> Plan {
        let mine = mine.map(|row| Found { row, rev: 3 });
        let (bot, hook) = (
            || BotId::from_bytes([7; 16]),
            || HookId::from_bytes([8; 16]),
        );
        decide(
            mine.as_ref(),
            &connection(),
            (&bot, &hook),
            UserId::from_bytes([6; 16]),
            NOW,
        )
    }

    #[test]
    fn an_unknown_bot_is_created() {
        let plan = decided(None);
        assert_eq!(
            (plan.row.id, plan.replaces),
            (BotId::from_bytes([7; 16]), None)
        );
        assert_eq!(
            (plan.status, plan.action),
            (StatusCode::CREATED, Action::BotConnect)
        );
    }

    #[test]
    fn a_disconnected_bot_lives_again_under_its_id_with_a_new_webhook() {
        let before = row(1, BotState::Disconnected);
        let plan = decided(Some(before.clone()));
        assert_eq!((plan.row.id, plan.replaces), (before.id, Some(3)));
        assert_eq!(
            (plan.row.hook, plan.row.connected_at),
            (HookId::from_bytes([8; 16]), NOW)
        );
        assert_eq!(
            (plan.row.state, plan.status),
            (BotState::Connected, StatusCode::CREATED)
        );
    }

    #[test]
    fn a_connected_bot_keeps_its_webhook_and_takes_the_new_token_and_names() {
        for state in [BotState::Connected, BotState::TokenDead] {
            let before = row(1, state);
            let plan = decided(Some(before.clone()));
            assert_eq!(
                (plan.row.id, plan.row.hook, plan.row.connected_at),
                (before.id, before.hook, before.connected_at)
            );
            assert_eq!(
                (plan.row.username.as_str(), plan.row.token),
                ("renamed_bot", Some(Sealed::from_bytes(vec![9])))
            );
            assert_eq!(
                (plan.row.state, plan.status),
                (BotState::Connected, StatusCode::OK)
            );
        }
    }
}
