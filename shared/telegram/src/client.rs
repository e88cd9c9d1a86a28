//! Calling the Bot API.

mod file;
mod method;
mod params;
mod results;
#[cfg(test)]
mod tests;
mod transport;

use serde::Serialize;
use serde_json::Value;

pub use file::FileMessage;
pub use method::Method;
pub use params::{
    Below, Button, LinkPreview, MediaMessage, TextMessage, Webhook, pre_checkout_refusal,
};
pub use results::{File, Me, Sent, WebhookInfo};
pub use transport::{Client, ClientError, DownloadError, MAX_RESPONSE_BYTES};

use crate::error::{NotSent, SendError, Uncertain};
use crate::token::BotToken;

impl Client {
    /// Calls any method and gives its `result`.
    ///
    /// One try, no retry: what to do next is for [`SendError::consequence`] and the caller.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn call<P: Serialize + ?Sized>(
        &self,
        token: &BotToken,
        method: Method,
        params: &P,
    ) -> Result<Value, SendError> {
        let body = serde_json::to_vec(params).map_err(|_| SendError::NotSent {
            why: NotSent::Build,
            source: None,
        })?;
        self.exchange(token, method, body).await
    }

    /// Asks who the bot is; the check of a token.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn get_me(&self, token: &BotToken) -> Result<Me, SendError> {
        readable(Me::read(
            &self.exchange(token, Method::GetMe, empty()).await?,
        ))
    }

    /// Sets the webhook of a bot. Success does not mean that Telegram reached it.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn set_webhook(
        &self,
        token: &BotToken,
        webhook: &Webhook<'_>,
    ) -> Result<(), SendError> {
        self.call(token, Method::SetWebhook, &webhook.params())
            .await
            .map(drop)
    }

    /// Removes the webhook of a bot; updates that wait at Telegram are kept.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn delete_webhook(&self, token: &BotToken) -> Result<(), SendError> {
        self.exchange(token, Method::DeleteWebhook, empty())
            .await
            .map(drop)
    }

    /// Asks how the webhook fares.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn get_webhook_info(&self, token: &BotToken) -> Result<WebhookInfo, SendError> {
        readable(WebhookInfo::read(
            &self
                .exchange(token, Method::GetWebhookInfo, empty())
                .await?,
        ))
    }

    /// Sends a text.
    ///
    /// # Errors
    /// See [`SendError`]; an accepted message whose answer cannot be read is unknown, not failed.
    pub async fn send_message(
        &self,
        token: &BotToken,
        message: &TextMessage<'_>,
    ) -> Result<Sent, SendError> {
        readable(Sent::read(
            &self
                .call(token, Method::SendMessage, &message.params())
                .await?,
        ))
    }

    /// Sends a file that Telegram already has, by this bot's `file_id`.
    ///
    /// # Errors
    /// See [`SendError`]; a kind that cannot be sent by file id is refused before anything is sent.
    pub async fn send_media(
        &self,
        token: &BotToken,
        message: &MediaMessage<'_>,
    ) -> Result<Sent, SendError> {
        let (method, params) = message.params().ok_or(SendError::NotSent {
            why: NotSent::Build,
            source: None,
        })?;
        readable(Sent::read(&self.call(token, method, &params).await?))
    }

    /// Shows "typing" to the fan for at most five seconds; in the chats of a connected account in its owner's name.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn send_typing(
        &self,
        token: &BotToken,
        chat_id: i64,
        connection: Option<&str>,
    ) -> Result<(), SendError> {
        let params = params::typing(chat_id, connection);
        self.call(token, Method::SendChatAction, &params)
            .await
            .map(drop)
    }

    /// Ends the waiting circle on a pressed button, with an optional short notice.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn answer_callback_query(
        &self,
        token: &BotToken,
        callback_id: &str,
        notice: Option<&str>,
    ) -> Result<(), SendError> {
        self.call(
            token,
            Method::AnswerCallbackQuery,
            &params::callback_answer(callback_id, notice),
        )
        .await
        .map(drop)
    }

    /// Takes the buttons from under a message of the bot's.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn remove_buttons(
        &self,
        token: &BotToken,
        chat_id: i64,
        message_id: i64,
    ) -> Result<(), SendError> {
        let params = params::without_buttons(chat_id, message_id);
        self.call(token, Method::EditMessageReplyMarkup, &params)
            .await
            .map(drop)
    }

    /// Asks about a connection that no update has told of: the value of a `business_connection` update.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn get_business_connection(
        &self,
        token: &BotToken,
        connection: &str,
    ) -> Result<Value, SendError> {
        let params = serde_json::json!({ "business_connection_id": connection });
        let connection = self
            .call(token, Method::GetBusinessConnection, &params)
            .await?;
        readable(connection.is_object().then_some(connection))
    }

    /// Asks for the path of a file of at most 20 MB. The path is good for an hour.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn get_file(&self, token: &BotToken, file_id: &str) -> Result<File, SendError> {
        readable(File::read(
            &self
                .call(token, Method::GetFile, &params::file(file_id))
                .await?,
        ))
    }
}

fn empty() -> Vec<u8> {
    b"{}".to_vec()
}

fn readable<T>(result: Option<T>) -> Result<T, SendError> {
    result.ok_or_else(|| SendError::unknown(Uncertain::UnreadableResult))
}
