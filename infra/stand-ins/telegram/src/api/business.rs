//! Writing in the name of an account's owner.

use serde_json::{Value, json};

use super::{ApiError, Call};
use crate::world::business::Writer;

impl Call<'_> {
    /// The connection that a call names, if it names one.
    pub(super) fn connection(&self) -> Option<String> {
        let named = self.params.text("business_connection_id");
        named.filter(|connection| !connection.is_empty())
    }
}

/// Whose chat with whom, once both may be written to.
fn way(call: &Call<'_>, connection: &str) -> Result<(i64, i64), ApiError> {
    let owner = call.world.connection_owner(call.bot, connection)?;
    let peer = call
        .params
        .int("chat_id")
        .ok_or_else(|| ApiError::bad("chat_id is empty"))?;
    call.world.may_write_for(owner, peer, call.now_ms)?;
    Ok((owner, peer))
}

/// sendMessage with a connection; `content` is the message's without its reply.
pub(super) fn message(
    call: &mut Call<'_>,
    connection: &str,
    mut content: Value,
) -> Result<Value, ApiError> {
    let (owner, peer) = way(call, connection)?;
    let reply = call.params.json("reply_parameters")?;
    if let Some(number) = reply
        .as_ref()
        .and_then(|reply| reply["message_id"].as_i64())
    {
        let dialog = call
            .world
            .business
            .get(&owner)
            .and_then(|account| account.dialogs.get(&peer));
        match dialog.and_then(|dialog| dialog.find(number)) {
            Some(stored) => content["reply_to_message"] = super::without_reply(&stored.message),
            None if reply
                .is_some_and(|reply| reply["allow_sending_without_reply"] == json!(true)) => {}
            None => return Err(ApiError::bad("message to be replied not found")),
        }
    }
    call.take_budget(Some(peer), 1)?;
    let now_ms = call.now_ms;
    call.world
        .business_message(owner, peer, Writer::Bot, content, now_ms)
        .map_err(|refusal| ApiError::bad(refusal.message))
}

/// sendChatAction with a connection.
pub(super) fn action(
    call: &mut Call<'_>,
    connection: &str,
    action: String,
) -> Result<Value, ApiError> {
    let (owner, peer) = way(call, connection)?;
    let ends_ms = call.now_ms + 5_000;
    if let Some(account) = call.world.business.get_mut(&owner) {
        account.dialogs.entry(peer).or_default().action = Some((action, ends_ms));
    }
    Ok(json!(true))
}

/// getBusinessConnection.
pub(super) fn connection(call: &Call<'_>) -> Result<Value, ApiError> {
    let named = call.connection().unwrap_or_default();
    let owner = call.world.connection_owner(call.bot, &named)?;
    call.world
        .connection_object(owner)
        .map_err(|refusal| ApiError::bad(refusal.message))
}
