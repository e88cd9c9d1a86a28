//! `GET /api/v1/conversations/{conversation_id}/media/{telegram_message_id}`: the file that came with a message.
//!
//! Nothing of it is kept: each call asks Telegram where the file is and passes its bytes on. Only what can hold no script is
//! given a type of its own, by its first bytes; all else is for saving. Uses GetItem on `routing`, `keys` and `tenant`,
//! BatchGetItem on `tenant` and `keys`, kms:Decrypt (purposes `data` and `telegram`), and Telegram's `getFile` and download.

mod fault;
mod kind;

use std::str::FromStr;

use app::{App, IntoProblem, OrProblem, SealsJson, place};
use domain::content::{MediaRef, MessageContent};
use domain::ids::{BotId, ConversationId};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, Response};
use http_kit::{Answer, Problem};
use secrecy::ExposeSecret as _;
use store::row::{BotRow, BotState, ConversationRow, FanKeyRow, MessageRow};
use store::{Row as _, TenantDb, keys};
use telegram::{BotToken, Client};
use tenancy::{Reader, TenantScope};
use thiserror::Error;
use vault::TenantKey;

use crate::fields;

/// Bytes of a file that fit into an answer, of which the platform takes 6 MB in base 64.
const MOST: usize = 4 * 1024 * 1024;
/// The type of what is only saved.
const OCTETS: &str = "application/octet-stream";

/// A mistake of ours or of the stored state.
#[derive(Debug, Error)]
enum MediaError {
    /// The client of the Bot API could not be made.
    #[error("the telegram client could not be made")]
    Client(#[from] telegram::ClientError),
    /// What was sealed as a token is none.
    #[error("the sealed token has another form")]
    TokenForm(#[from] telegram::TokenError),
}

impl IntoProblem for MediaError {
    fn into_problem(self) -> Problem {
        Problem::internal(self)
    }
}

/// Telegram's number of a message, in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number(i64);

impl FromStr for Number {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let number = fields::number(text).filter(|number| *number > 0);
        number.map(Self).ok_or(Problem::NotFound)
    }
}

/// Fetches the file that came with a message, from Telegram. Pictures, sound and videos come with their type; whatever else
/// as bytes to save. At most 4 MB.
#[utoipa::path(get, path = "/api/v1/conversations/{conversation_id}/media/{telegram_message_id}",
    params(("conversation_id" = String, Path, description = "The conversation."),
        ("telegram_message_id" = String, Path, description = "Telegram's number of the message, as lists give it.")),
    responses((status = 200, description = "The bytes of the file.", content(
        (String = "application/octet-stream"), (String = "audio/mp4"), (String = "audio/mpeg"), (String = "audio/ogg"),
        (String = "image/gif"), (String = "image/jpeg"), (String = "image/png"), (String = "image/webp"),
        (String = "video/mp4"), (String = "video/webm"))),
        (status = 409, description = "The bot is disconnected, or Telegram refuses its token.",
            body = http_kit::ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Telegram has the file no longer, or it is too large to be shown.",
            body = http_kit::ProblemBody, content_type = "application/problem+json")))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Reader>,
    conversation: ConversationId,
    number: Number,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let (bot, media) = reference(&db, &key, conversation, number).await?;
    if !media.size.is_none_or(fits) {
        return Err(fault::too_large());
    }
    let token = Box::pin(token(app, &scope, &db, bot)).await?;
    let client = Client::of_process(app.config.telegram_api_url.as_deref())
        .map_err(MediaError::from)
        .or_problem()?;
    let file = client.get_file(&token, &media.file_id).await;
    let file = file.map_err(fault::of_call)?;
    if !file.size.is_none_or(fits) {
        return Err(fault::too_large());
    }
    let path = file.path.ok_or_else(fault::gone)?;
    let bytes = client.download(&token, &path, MOST).await;
    Ok(shown(bytes.map_err(fault::of_download)?))
}

/// Which bot has which file. A message that is not there, is of a bot that the member does not see, or has no file: all
/// the same.
async fn reference(
    db: &TenantDb<Reader>,
    key: &TenantKey,
    conversation: ConversationId,
    number: Number,
) -> Result<(BotId, MediaRef), Problem> {
    let fan = key.peer_ids().fan_of(conversation);
    let fan = fan.map_err(|_| Problem::NotFound)?;
    let mut reads = db.read_many();
    let head = reads.find::<ConversationRow>(&keys::conversation(conversation));
    let wrapped = reads.find::<FanKeyRow>(&keys::fan_key(fan));
    let message = reads.find::<MessageRow>(&keys::message(conversation, number.0));
    let found = reads.send().await.or_problem()?;
    let head = found.get(head).or_problem()?.ok_or(Problem::NotFound)?.row;
    let wrapped = found.get(wrapped).or_problem()?;
    let wrapped = wrapped.ok_or(Problem::NotFound)?.row;
    let message = found.get(message).or_problem()?;
    let message = message.ok_or(Problem::NotFound)?.row;
    let fan_key = key.open_fan_key(fan, &wrapped.wrapped).or_problem()?;
    let message_key = message.key();
    let at = place::<MessageRow>(&message_key, "content");
    let content: MessageContent = fan_key.open_json(&at, &message.content).or_problem()?;
    Ok((head.bot, content.media.ok_or(Problem::NotFound)?))
}

/// The bot's token, as long as Telegram takes it.
async fn token(
    app: &App,
    scope: &TenantScope<Reader>,
    db: &TenantDb<Reader>,
    bot: BotId,
) -> Result<BotToken, Problem> {
    let bot = db.find::<BotRow>(&keys::bot(bot)).await.or_problem()?;
    let bot = bot.ok_or(Problem::NotFound)?.row;
    if bot.state == BotState::TokenDead {
        return Err(fault::token_dead());
    }
    let sealed = bot.token.as_ref().ok_or_else(fault::disconnected)?;
    let vault = app.vault.within(scope).or_problem()?;
    let opened = vault.open_token(sealed).await.or_problem()?;
    BotToken::parse(opened.expose_secret())
        .map_err(MediaError::from)
        .or_problem()
}

/// Whether so many bytes fit into an answer.
fn fits<N: TryInto<usize>>(size: N) -> bool {
    size.try_into().is_ok_and(|size| size <= MOST)
}

fn shown<B: From<Vec<u8>>>(bytes: Vec<u8>) -> Response<B> {
    let (kind, disposition) = match kind::of(&bytes) {
        Some(kind) => (kind, "inline"),
        None => (OCTETS, "attachment"),
    };
    let mut answer = Response::new(B::from(bytes));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_named_safely_is_only_saved() {
        let picture = shown::<Vec<u8>>(b"\x89PNG\r\n\x1a\n".to_vec());
        assert_eq!(picture.headers()[CONTENT_TYPE], "image/png");
        assert_eq!(picture.headers()[CONTENT_DISPOSITION], "inline");
        let page = shown::<Vec<u8>>(b"<!doctype html><script>alert(1)</script>".to_vec());
        assert_eq!(page.headers()[CONTENT_TYPE], OCTETS);
        assert_eq!(page.headers()[CONTENT_DISPOSITION], "attachment");
    }

    #[test]
    fn four_megabytes_fit() {
        assert!(fits(4_u64 * 1024 * 1024) && fits(0_i64));
        assert!(!fits(4_u64 * 1024 * 1024 + 1) && !fits(-1_i64) && !fits(u64::MAX));
        // As base 64, with the headers, within the platform's 6 MB.
        assert!(MOST.div_ceil(3) * 4 + 64 * 1024 < 6 * 1024 * 1024);
    }

    #[test]
    fn a_number_in_a_path_is_not_found_unless_it_can_be_one() {
        assert_eq!(Number::from_str("42").ok(), Some(Number(42)));
        for text in ["0", "-1", "042", "x", "", "msg_00000000000000000000000000"] {
            let refused = Number::from_str(text);
            assert!(matches!(refused, Err(Problem::NotFound)), "{text}");
        }
    }
}
