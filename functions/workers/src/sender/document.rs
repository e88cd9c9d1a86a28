//! The file of a fan's own export: read, sent as a document, and with that the fan's request is answered. One that did not arrive
//! stays open, for the team to see to.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use app::{App, export_file};
use domain::ids::PrivacyRequestId;
use domain::privacy::EXPORT_FILE_NAME;
use objects::Objects;
use store::Found;
use store::row::{BotRow, OutboxRow};
use telegram::FileMessage;

use super::SenderError;
use super::settle::{self, Marked};
use super::turn::{Next, Turn, client};

/// Time to leave unused: a file takes longer to send than a text.
const RESERVE: Duration = Duration::from_secs(45);

/// Sends the file, if it is still there.
pub(super) async fn send(
    turn: &Turn<'_>,
    row: Found<OutboxRow>,
    bot: &Found<BotRow>,
    request: PrivacyRequestId,
    text: &str,
) -> Result<Next, SenderError> {
    if turn.invocation.left() < RESERVE {
        turn.ring().await?;
        return Ok(Next::Stop);
    }
    let way = match turn.way(&row.row).await? {
        Ok(way) => way,
        Err(code) => return turn.fail(&row, code).await,
    };
    let name = export_file(request);
    let file = objects(turn.app).get(turn.scope, &name);
    let bytes = match Box::pin(file).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return turn.fail(&row, "export_gone").await,
        Err(error) => {
            // It waits for the sweep's next ring: what stands behind it does not wait for S3.
            let chain = telemetry::chain(&error);
            tracing::warn!(bot.id = %turn.bot, error.chain = chain, "the file of an export could not be read");
            settle::defer(turn, row).await?;
            return Ok(Next::Continue);
        }
    };
    let Some(token) = turn.token(bot).await? else {
        return Ok(Next::Stop);
    };
    let row = match settle::mark_sending(turn, row).await? {
        Marked::Ours(row) => row,
        // The fan was erased a moment ago.
        Marked::Gone => return Ok(Next::Continue),
        Marked::Silenced(row, why) => {
            settle::withdraw(turn, &row, why).await?;
            return Ok(Next::Continue);
        }
    };
    let message = FileMessage {
        chat_id: way.chat_id,
        name: EXPORT_FILE_NAME,
        mime: "application/zip",
        bytes,
        caption: text,
    };
    let telegram = client(turn.app)?;
    let began = Instant::now();
    let (answer, context) = futures::join!(
        Box::pin(telegram.send_file(&token, message)),
        settle::context(turn, &row.row)
    );
    let said = (text, Some(request));
    Box::pin(turn.settle(row, bot, said, answer, context?, began.elapsed())).await
}

/// The exports' files; one entrance a process, which keeps its connections.
fn objects(app: &App) -> &'static Objects {
    static OBJECTS: OnceLock<Objects> = OnceLock::new();
    OBJECTS.get_or_init(|| Objects::new(app.aws.clone(), app.config.export_bucket.clone()))
}
