//! "is typing" on its way: worth one try, and only while it is true.

use std::time::Duration;

use store::Found;
use store::row::{BotRow, OutboxRow};
use telegram::Consequence;

use super::turn::{Next, Turn, client};
use super::{SenderError, settle};

/// What comes later than this says nothing true.
const WORTH: Duration = Duration::from_secs(10);

/// Shows it, unless it is too late for it.
pub(super) async fn show(
    turn: &Turn<'_>,
    row: Found<OutboxRow>,
    bot: &Found<BotRow>,
) -> Result<Next, SenderError> {
    settle::forget(turn, &row).await?;
    if row.row.queued_at.until(turn.now()) > WORTH {
        return Ok(Next::Continue);
    }
    let (Some(token), Ok(way)) = (turn.token(bot).await?, turn.way(&row.row).await?) else {
        return Ok(Next::Continue);
    };
    match client(turn.app)?
        .send_typing(&token, way.chat_id, way.connection.as_deref())
        .await
        .map_err(|error| error.consequence())
    {
        Err(Consequence::RetryAfter(seconds)) => turn.block(seconds).await,
        _ => Ok(Next::Continue),
    }
}
