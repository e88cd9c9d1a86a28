//! Parameters of the calls, on frankenstein's types.

use std::fmt;

use frankenstein::input_file::FileUpload;
use frankenstein::methods::{
    AnswerCallbackQueryParams, AnswerPreCheckoutQueryParams, EditMessageReplyMarkupParams,
    GetFileParams, SendAnimationParams, SendAudioParams, SendChatActionParams, SendDocumentParams,
    SendMessageParams, SendPhotoParams, SendStickerParams, SendVideoNoteParams, SendVideoParams,
    SendVoiceParams, SetWebhookParams,
};
use frankenstein::types::{
    ChatAction, ChatId, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions,
    ReplyMarkup, ReplyParameters,
};
use serde::Serialize;
use serde_json::Value;

use crate::client::Method;
use crate::incoming::MediaKind;
use crate::kind::Kind;

/// A webhook to set.
#[derive(Clone, Copy)]
pub struct Webhook<'a> {
    /// Public https address, without anything secret in it.
    pub url: &'a str,
    /// 1-256 characters of `A-Z a-z 0-9 _ -`; comes back in a header with each update.
    pub secret: &'a str,
    /// The kinds to send; normally [`ALLOWED_UPDATES`](crate::ALLOWED_UPDATES).
    pub allowed_updates: &'a [Kind],
    /// Parallel deliveries, 1-100.
    pub max_connections: u32,
}

impl fmt::Debug for Webhook<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// `SetWebhookParams` of the crate with `allowed_updates` by our own names.
#[derive(Serialize)]
pub(crate) struct WebhookParams {
    #[serde(flatten)]
    params: SetWebhookParams,
    allowed_updates: Vec<&'static str>,
}

impl Webhook<'_> {
    pub(crate) fn params(&self) -> WebhookParams {
        WebhookParams {
            params: SetWebhookParams::builder()
                .url(self.url)
                .secret_token(self.secret)
                .max_connections(self.max_connections)
                .build(),
            allowed_updates: self
                .allowed_updates
                .iter()
                .map(|kind| kind.as_str())
                .collect(),
        }
    }
}

/// What to show of a link in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkPreview {
    /// Telegram's own choice.
    #[default]
    Shown,
    /// None.
    Hidden,
}

/// A text to send. Debug prints no content.
#[derive(Clone, Copy, Default)]
pub struct TextMessage<'a> {
    /// The chat.
    pub chat_id: i64,
    /// The connection in whose name it is written, in the chats of a connected account.
    pub connection: Option<&'a str>,
    /// 1-4096 UTF-16 units, sent as plain text.
    pub text: &'a str,
    /// The message it answers; if that is gone, the text is sent without it.
    pub reply_to: Option<i64>,
    /// Whether forwarding and saving is blocked.
    pub protect_content: bool,
    /// What to show of a link.
    pub link_preview: LinkPreview,
    /// Whether it arrives without a sound.
    pub silent: bool,
    /// What stands under it.
    pub below: Below<'a>,
}

/// A button: what stands on it, and what comes back when it is pressed (1 to 64 bytes).
pub type Button<'a> = (&'a str, &'a str);

/// What stands under a text.
#[derive(Clone, Copy, Debug, Default)]
pub enum Below<'a> {
    /// Nothing.
    #[default]
    Nothing,
    /// Buttons, row by row.
    Buttons(&'a [&'a [Button<'a>]]),
    /// A field that opens at once, for a reply to this text.
    Reply,
}

impl Below<'_> {
    fn markup(self) -> Option<ReplyMarkup> {
        let button = |(text, data): &Button<'_>| {
            let text = (*text).to_owned();
            InlineKeyboardButton::builder()
                .text(text)
                .callback_data(*data)
                .build()
        };
        match self {
            Self::Nothing => None,
            Self::Reply => Some(ReplyMarkup::ForceReply(
                ForceReply::builder().force_reply(true).build(),
            )),
            Self::Buttons(rows) => {
                let rows = rows.iter().map(|row| row.iter().map(button).collect());
                let keyboard = InlineKeyboardMarkup::builder().inline_keyboard(rows.collect());
                Some(ReplyMarkup::InlineKeyboardMarkup(keyboard.build()))
            }
        }
    }
}

impl fmt::Debug for TextMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextMessage")
            .field("chat_id", &self.chat_id)
            .finish_non_exhaustive()
    }
}

impl TextMessage<'_> {
    pub(crate) fn params(&self) -> SendMessageParams {
        let mut params = SendMessageParams::builder()
            .chat_id(self.chat_id)
            .text(self.text)
            .build();
        params.business_connection_id = self.connection.map(str::to_owned);
        params.reply_parameters = reply(self.reply_to);
        params.protect_content = self.protect_content.then_some(true);
        params.disable_notification = self.silent.then_some(true);
        params.reply_markup = self.below.markup();
        if self.link_preview == LinkPreview::Hidden {
            params.link_preview_options =
                Some(LinkPreviewOptions::builder().is_disabled(true).build());
        }
        params
    }
}

/// A file to send by its id. Debug prints no content.
#[derive(Clone, Copy)]
pub struct MediaMessage<'a> {
    /// The chat.
    pub chat_id: i64,
    /// What the file is; only kinds with a file can be sent.
    pub kind: MediaKind,
    /// This bot's id of the file.
    pub file_id: &'a str,
    /// 0-1024 UTF-16 units; left out for stickers and video notes, which have none.
    pub caption: Option<&'a str>,
    /// The message it answers; if that is gone, the file is sent without it.
    pub reply_to: Option<i64>,
    /// Whether forwarding and saving is blocked.
    pub protect_content: bool,
    /// Whether it arrives without a sound.
    pub silent: bool,
}

impl fmt::Debug for MediaMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaMessage")
            .field("chat_id", &self.chat_id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl MediaMessage<'_> {
    /// The method and its parameters, or `None` for a kind that cannot be sent by file id.
    pub(crate) fn params(&self) -> Option<(Method, Value)> {
        let chat: ChatId = self.chat_id.into();
        let file = FileUpload::String(self.file_id.to_owned());
        let reply = reply(self.reply_to);
        let caption = self.caption.map(str::to_owned);
        let protect = self.protect_content.then_some(true);
        let silent = self.silent.then_some(true);
        macro_rules! with_caption {
            ($method:ident, $params:ident, $field:ident) => {{
                let params = $params::builder()
                    .chat_id(chat)
                    .$field(file)
                    .maybe_caption(caption)
                    .maybe_reply_parameters(reply)
                    .maybe_protect_content(protect)
                    .maybe_disable_notification(silent)
                    .build();
                (Method::$method, serde_json::to_value(params).ok()?)
            }};
        }
        macro_rules! without_caption {
            ($method:ident, $params:ident, $field:ident) => {{
                let params = $params::builder()
                    .chat_id(chat)
                    .$field(file)
                    .maybe_reply_parameters(reply)
                    .maybe_protect_content(protect)
                    .maybe_disable_notification(silent)
                    .build();
                (Method::$method, serde_json::to_value(params).ok()?)
            }};
        }
        Some(match self.kind {
            MediaKind::Photo => with_caption!(SendPhoto, SendPhotoParams, photo),
            MediaKind::Video => with_caption!(SendVideo, SendVideoParams, video),
            MediaKind::Voice => with_caption!(SendVoice, SendVoiceParams, voice),
            MediaKind::Audio => with_caption!(SendAudio, SendAudioParams, audio),
            MediaKind::Document => with_caption!(SendDocument, SendDocumentParams, document),
            MediaKind::Animation => with_caption!(SendAnimation, SendAnimationParams, animation),
            MediaKind::Sticker => without_caption!(SendSticker, SendStickerParams, sticker),
            MediaKind::VideoNote => {
                without_caption!(SendVideoNote, SendVideoNoteParams, video_note)
            }
            _ => return None,
        })
    }
}

/// A reply that does not fail when the message it answers is gone.
fn reply(message_id: Option<i64>) -> Option<ReplyParameters> {
    let id = i32::try_from(message_id?).ok()?;
    Some(
        ReplyParameters::builder()
            .message_id(id)
            .allow_sending_without_reply(true)
            .build(),
    )
}

pub(crate) fn typing(chat_id: i64, connection: Option<&str>) -> SendChatActionParams {
    SendChatActionParams::builder()
        .chat_id(chat_id)
        .maybe_business_connection_id(connection)
        .action(ChatAction::Typing)
        .build()
}

/// Takes the buttons from under a message.
pub(crate) fn without_buttons(chat_id: i64, message_id: i64) -> EditMessageReplyMarkupParams {
    EditMessageReplyMarkupParams::builder()
        .chat_id(chat_id)
        .message_id(i32::try_from(message_id).unwrap_or_default())
        .build()
}

pub(crate) fn callback_answer(id: &str, notice: Option<&str>) -> AnswerCallbackQueryParams {
    AnswerCallbackQueryParams::builder()
        .callback_query_id(id)
        .maybe_text(notice)
        .build()
}

pub(crate) fn file(file_id: &str) -> GetFileParams {
    GetFileParams::builder().file_id(file_id).build()
}

/// The body of a webhook response that refuses a pre-checkout with a reason the buyer reads.
///
/// Telegram runs it without a call of ours, so the webhook needs no token.
#[must_use]
pub fn pre_checkout_refusal(query_id: &str, reason: &str) -> Value {
    #[derive(Serialize)]
    struct Reply {
        method: &'static str,
        #[serde(flatten)]
        params: AnswerPreCheckoutQueryParams,
    }
    let params = AnswerPreCheckoutQueryParams::builder()
        .pre_checkout_query_id(query_id)
        .ok(false)
        .error_message(reason)
        .build();
    let reply = Reply {
        method: Method::AnswerPreCheckoutQuery.as_str(),
        params,
    };
    serde_json::to_value(reply).expect("strings and a flag are always JSON")
}
