//! The one client of this process, and what a pasted token is asked first.

use app::{App, OrProblem};
use futures::future::join;
use http_kit::Problem;
use telegram::{BotToken, Client, Me, WebhookInfo};

use crate::error::BotsError;
use crate::fault::{self, Stage};

/// The client; half of the routes need none.
pub(crate) fn client(app: &App) -> Result<&'static Client, Problem> {
    Client::of_process(app.config.telegram_api_url.as_deref())
        .map_err(BotsError::from)
        .or_problem()
}

/// Whose token it is, and who gets the bot's updates now. Both are asked at once, and nothing is changed.
///
/// # Errors
/// 422 for a token that opens nothing; Telegram's failures.
pub(crate) async fn ask(app: &App, token: &BotToken) -> Result<(Me, WebhookInfo), Problem> {
    let client = client(app)?;
    let (me, info) = join(
        Box::pin(client.get_me(token)),
        Box::pin(client.get_webhook_info(token)),
    )
    .await;
    let before = |error| fault::refusal(Stage::Before, error);
    let me = me.map_err(before)?;
    // The number before the colon is the bot's id; an answer about another bot is not Telegram's.
    if me.id != token.bot_id() {
        return Err(fault::token_refused());
    }
    Ok((me, info.map_err(before)?))
}
