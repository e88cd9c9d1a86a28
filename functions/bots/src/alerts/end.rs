//! `DELETE /api/v1/bots/{bot_id}/alerts/{user_id}`

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::{BotId, UserId};
use http_kit::{Answer, Problem};
use store::row::BotRow;
use tenancy::{Chatter, TenantScope};

use crate::bot;

/// Ends a member's alerts; nothing happens if there are none. One's own anybody may end, those of others who manages bots.
#[utoipa::path(delete, path = "/api/v1/bots/{bot_id}/alerts/{user_id}", operation_id = "end_alerts", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot."), ("user_id" = String, Path, description = "The member.")),
    responses((status = 204, description = "They hear no more of this bot's fans.")))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Chatter>,
    manages: bool,
    id: BotId,
    user: UserId,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    if !manages && scope.actor() != Some(user) {
        let message = "Whoever manages bots can end the alerts of others.";
        return Err(Problem::forbidden("not_your_alerts", message));
    }
    for _ in 0..bot::ATTEMPTS {
        let found = bot::find(&db, id).await?;
        let row = without(&found.row, user);
        if row.alerts.len() == found.row.alerts.len() {
            return http_kit::no_content();
        }
        let mut transaction = db.transaction();
        transaction.replace(&row, found.rev);
        app.audit(scope, Action::AlertsEnd, id)
            .write(&mut transaction);
        match transaction.commit().await {
            Ok(()) => {
                app.ring_audit(scope).await;
                return http_kit::no_content();
            }
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error).or_problem(),
        }
    }
    Err(bot::changed_meanwhile())
}

fn without(bot: &BotRow, user: UserId) -> BotRow {
    let mut row = bot.clone();
    row.alerts.retain(|known| known.user != user);
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::tests::row;
    use domain::Timestamp;
    use domain::alert::AlertChat;
    use domain::ids::ConversationId;
    use store::row::BotState;

    #[test]
    fn one_persons_alerts_end_and_no_others() {
        let chat = |byte| AlertChat {
            user: UserId::from_bytes([byte; 16]),
            chat: ConversationId::from_bytes([byte; 16]),
            language: None,
            since: Timestamp::default(),
            asked_at: None,
        };
        let bot = BotRow {
            alerts: vec![chat(1), chat(2)],
            ..row(1, BotState::Connected)
        };
        let left = without(&bot, chat(1).user).alerts;
        assert_eq!(left, vec![chat(2)]);
    }
}
