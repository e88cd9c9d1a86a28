//! The methods of the Bot API, each a plain function on the state.

mod business;
mod editing;
mod media;
pub(crate) mod params;
mod payments;
mod polling;
mod profile;
mod sending;
pub(crate) mod serve;
mod webhook;

pub(crate) use sending::without_reply;
pub(crate) use webhook::is_loopback;

use serde_json::{Value, json};

use crate::world::World;
use params::Params;

/// A refusal in Telegram's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub code: u16,
    pub description: String,
    /// Seconds.
    pub retry_after: Option<u64>,
    pub migrate_to_chat_id: Option<i64>,
}

impl ApiError {
    pub(crate) fn new(code: u16, description: impl Into<String>) -> Self {
        Self {
            code,
            description: description.into(),
            retry_after: None,
            migrate_to_chat_id: None,
        }
    }

    pub(crate) fn bad(detail: impl std::fmt::Display) -> Self {
        Self::new(400, format!("Bad Request: {detail}"))
    }

    pub(crate) fn forbidden(detail: impl std::fmt::Display) -> Self {
        Self::new(403, format!("Forbidden: {detail}"))
    }

    pub(crate) fn conflict(detail: impl std::fmt::Display) -> Self {
        Self::new(409, format!("Conflict: {detail}"))
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized")
    }

    pub(crate) fn too_old() -> Self {
        Self::bad("query is too old and response timeout expired or query ID is invalid")
    }

    pub(crate) fn too_many(retry_after: u64) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(429, format!("Too Many Requests: retry after {retry_after}"))
        }
    }

    /// The JSON body.
    pub(crate) fn body(&self) -> Value {
        let mut body =
            json!({ "ok": false, "error_code": self.code, "description": self.description });
        if let Some(seconds) = self.retry_after {
            body["parameters"] = json!({ "retry_after": seconds });
        }
        if let Some(chat) = self.migrate_to_chat_id {
            body["parameters"] = json!({ "migrate_to_chat_id": chat });
        }
        body
    }
}

/// A result, with the description that a few methods add.
#[derive(Debug)]
pub(crate) struct Answer {
    pub result: Value,
    pub description: Option<&'static str>,
}

impl From<Value> for Answer {
    fn from(result: Value) -> Self {
        Self {
            result,
            description: None,
        }
    }
}

impl Answer {
    pub(crate) fn body(self) -> Value {
        let mut body = json!({ "ok": true, "result": self.result });
        if let Some(description) = self.description {
            body["description"] = json!(description);
        }
        body
    }
}

/// One call: who calls, when, with what.
pub(crate) struct Call<'a> {
    pub world: &'a mut World,
    pub bot: i64,
    pub now_ms: u64,
    pub params: &'a Params,
}

impl Call<'_> {
    /// The chat that the call writes to, which exists and takes messages from this bot.
    fn writable_chat(&self) -> Result<i64, ApiError> {
        let chat = self.chat("chat_id")?;
        self.world.may_write(self.bot, chat)?;
        Ok(chat)
    }

    fn chat(&self, field: &str) -> Result<i64, ApiError> {
        self.world.find_chat(self.bot, self.params.get(field))
    }

    /// Counts `messages` against the rate limits.
    fn take_budget(&mut self, chat: Option<i64>, messages: u32) -> Result<(), ApiError> {
        let World {
            limits, settings, ..
        } = &mut *self.world;
        limits
            .take(self.bot, chat, messages, settings, self.now_ms)
            .map_err(ApiError::too_many)
    }
}

/// Carries out one method. Names are compared without regard to case, as Telegram does.
pub(crate) fn execute(
    world: &mut World,
    bot: i64,
    method: &str,
    params: &Params,
    now_ms: u64,
) -> Result<Answer, ApiError> {
    if !world.bots.contains_key(&bot) {
        return Err(ApiError::unauthorized());
    }
    let mut call = Call {
        world,
        bot,
        now_ms,
        params,
    };
    let call = &mut call;
    let result = match method.to_ascii_lowercase().as_str() {
        "getme" => profile::get_me(call),
        "logout" | "close" => Ok(json!(true)),
        "setwebhook" => return webhook::set(call),
        "deletewebhook" => return webhook::delete(call),
        "getwebhookinfo" => webhook::info(call),
        "sendmessage" => sending::message(call),
        "sendchataction" => sending::chat_action(call),
        "copymessage" => sending::copy(call),
        "forwardmessage" => sending::forward(call),
        "sendphoto" => media::send(call, "photo"),
        "sendvideo" => media::send(call, "video"),
        "sendvoice" => media::send(call, "voice"),
        "sendaudio" => media::send(call, "audio"),
        "senddocument" => media::send(call, "document"),
        "sendanimation" => media::send(call, "animation"),
        "sendsticker" => media::send(call, "sticker"),
        "sendvideonote" => media::send(call, "video_note"),
        "sendmediagroup" => media::send_group(call),
        "getfile" => media::get_file(call),
        "editmessagetext" => editing::text(call),
        "editmessagecaption" => editing::caption(call),
        "editmessagereplymarkup" => editing::reply_markup(call),
        "deletemessage" => editing::delete(call),
        "deletemessages" => editing::delete_many(call),
        "setmessagereaction" => editing::react(call),
        "answercallbackquery" => editing::answer_callback(call),
        "answerprecheckoutquery" => payments::answer_pre_checkout(call),
        "sendinvoice" => payments::send_invoice(call),
        "createinvoicelink" => payments::create_link(call),
        "refundstarpayment" => payments::refund(call),
        "getstartransactions" => payments::transactions(call),
        "getmystarbalance" => payments::balance(call),
        "edituserstarsubscription" => payments::edit_subscription(call),
        "getbusinessconnection" => business::get_connection(call),
        "getchat" => profile::get_chat(call),
        "getchatmember" => profile::get_chat_member(call),
        "getuserprofilephotos" => Ok(json!({ "total_count": 0, "photos": [] })),
        name => profile::bot_profile(call, name),
    }?;
    Ok(result.into())
}
