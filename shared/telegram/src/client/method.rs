//! The Bot API methods that the product calls.

use std::time::Duration;

/// A method that the product calls. The list is complete: nothing else can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the Bot API's own")]
pub enum Method {
    GetMe,
    SetWebhook,
    DeleteWebhook,
    GetWebhookInfo,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
    SendAudio,
    SendDocument,
    SendAnimation,
    SendSticker,
    SendVideoNote,
    SendChatAction,
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    AnswerPreCheckoutQuery,
    GetFile,
    GetBusinessConnection,
}

impl Method {
    /// Every method that the product calls.
    pub const ALL: &'static [Method] = &[
        Method::GetMe,
        Method::SetWebhook,
        Method::DeleteWebhook,
        Method::GetWebhookInfo,
        Method::SendMessage,
        Method::SendPhoto,
        Method::SendVideo,
        Method::SendVoice,
        Method::SendAudio,
        Method::SendDocument,
        Method::SendAnimation,
        Method::SendSticker,
        Method::SendVideoNote,
        Method::SendChatAction,
        Method::AnswerCallbackQuery,
        Method::EditMessageReplyMarkup,
        Method::AnswerPreCheckoutQuery,
        Method::GetFile,
        Method::GetBusinessConnection,
    ];

    /// The method's name in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::GetMe => "getMe",
            Method::SetWebhook => "setWebhook",
            Method::DeleteWebhook => "deleteWebhook",
            Method::GetWebhookInfo => "getWebhookInfo",
            Method::SendMessage => "sendMessage",
            Method::SendPhoto => "sendPhoto",
            Method::SendVideo => "sendVideo",
            Method::SendVoice => "sendVoice",
            Method::SendAudio => "sendAudio",
            Method::SendDocument => "sendDocument",
            Method::SendAnimation => "sendAnimation",
            Method::SendSticker => "sendSticker",
            Method::SendVideoNote => "sendVideoNote",
            Method::SendChatAction => "sendChatAction",
            Method::AnswerCallbackQuery => "answerCallbackQuery",
            Method::EditMessageReplyMarkup => "editMessageReplyMarkup",
            Method::AnswerPreCheckoutQuery => "answerPreCheckoutQuery",
            Method::GetFile => "getFile",
            Method::GetBusinessConnection => "getBusinessConnection",
        }
    }

    /// The longest time from the start of a call to its whole answer, connecting included.
    ///
    /// Calls that a person waits for, or that may as well be dropped, get less than sends, whose
    /// time-out leaves an unknown outcome.
    #[must_use]
    pub const fn time_limit(self) -> Duration {
        match self {
            Method::SendChatAction
            | Method::AnswerCallbackQuery
            | Method::EditMessageReplyMarkup
            | Method::AnswerPreCheckoutQuery => Duration::from_secs(4),
            Method::GetMe
            | Method::GetWebhookInfo
            | Method::GetFile
            | Method::GetBusinessConnection => Duration::from_secs(6),
            _ => Duration::from_secs(10),
        }
    }

    /// Whether repeating the method changes nothing, so that even an unknown outcome may be retried.
    #[must_use]
    pub const fn is_repeatable(self) -> bool {
        matches!(
            self,
            Method::GetMe
                | Method::SetWebhook
                | Method::DeleteWebhook
                | Method::GetWebhookInfo
                | Method::GetFile
                | Method::GetBusinessConnection
                | Method::SendChatAction
                | Method::AnswerCallbackQuery
                | Method::EditMessageReplyMarkup
                | Method::AnswerPreCheckoutQuery
        )
    }
}
