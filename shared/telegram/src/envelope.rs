//! First stage: the envelope of an update, for any JSON object.

use std::fmt;

use serde_json::Value;

use crate::fields::Fields;
use crate::kind::{Kind, UpdateKind};

/// Why bytes are not an update at all. Holds positions only, never content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unparsable {
    /// Not JSON, or JSON that cannot be held (too deep, numbers out of range, lone surrogates).
    #[error("body is not JSON at line {line}, column {column}")]
    NotJson {
        /// Line of the first fault, from 1; 0 when the fault has no place.
        line: usize,
        /// Column of the first fault, from 1; 0 when the fault has no place.
        column: usize,
    },
    /// JSON, but not an object.
    #[error("body is not a JSON object")]
    NotAnObject,
}

impl From<serde_json::Error> for Unparsable {
    fn from(error: serde_json::Error) -> Self {
        if error.is_data() {
            return Unparsable::NotAnObject;
        }
        Unparsable::NotJson {
            line: error.line(),
            column: error.column(),
        }
    }
}

/// The parts of an update that every step needs, read from any JSON object.
///
/// Absent or oddly typed parts are `None`; nothing else is refused. Debug prints no content.
#[derive(Clone, PartialEq)]
pub struct Envelope {
    /// Telegram's number of the update: a dedupe key for days, not an order.
    pub update_id: Option<i64>,
    /// What the update calls itself.
    pub kind: UpdateKind,
    /// Chat in which it happened.
    pub chat_id: Option<i64>,
    /// `private`, `group`, `supergroup`, `channel`, or a word of a future version.
    pub chat_type: Option<String>,
    /// Person who caused it.
    pub user_id: Option<i64>,
    /// Message it is or concerns.
    pub message_id: Option<i64>,
    /// Unix seconds; `Some(0)` marks an inaccessible message.
    pub date: Option<i64>,
    /// Album of the message.
    pub media_group_id: Option<String>,
    /// Business connection through which it came.
    pub business_connection_id: Option<String>,
    value: Value,
}

impl Envelope {
    /// Reads the envelope of a raw body.
    ///
    /// # Errors
    /// Only for bytes that are not a JSON object.
    pub fn parse(body: &[u8]) -> Result<Self, Unparsable> {
        Self::from_value(serde_json::from_slice(body)?)
    }

    /// Reads the envelope of an already parsed body.
    ///
    /// # Errors
    /// Only for a value that is not an object.
    pub fn from_value(value: Value) -> Result<Self, Unparsable> {
        let root = Fields::of(&value).ok_or(Unparsable::NotAnObject)?;
        let (kind, key) = root
            .keys()
            .fold((UpdateKind::Missing, None), |(kind, chosen), key| {
                let better = kind.clone().better(key);
                if better == kind {
                    (kind, chosen)
                } else {
                    (better, Some(key))
                }
            });
        let update_id = root.int("update_id");
        let body = key.and_then(|key| root.object(key));
        let message = body.and_then(|body| body.object("message"));
        let chat = body
            .and_then(|body| body.object("chat"))
            .or_else(|| message.and_then(|m| m.object("chat")));
        let user = body.and_then(|body| {
            // `user`: reactions, subscriptions, poll answers, business connections; `from`: all others.
            body.object("from").or_else(|| body.object("user"))
        });
        let holder = message.or(body);
        let mut envelope = Envelope {
            update_id,
            kind,
            chat_id: chat.and_then(|chat| chat.int("id")),
            chat_type: chat.and_then(|chat| chat.string("type")),
            user_id: user.and_then(|user| user.int("id")),
            message_id: holder.and_then(|holder| holder.int("message_id")),
            date: holder.and_then(|holder| holder.int("date")),
            media_group_id: holder.and_then(|holder| holder.string("media_group_id")),
            business_connection_id: holder
                .and_then(|holder| holder.string("business_connection_id")),
            value: Value::Null,
        };
        if envelope.kind == UpdateKind::Known(Kind::BusinessConnection) {
            envelope.business_connection_id = body.and_then(|body| body.string("id"));
        }
        envelope.value = value;
        Ok(envelope)
    }

    /// The chat half of the queue group: the chat, else the person, else `0`.
    ///
    /// A private chat has the number of its person, so a fan's messages, buttons and payments share one
    /// order although Telegram itself queues some by chat and some by person.
    #[must_use]
    pub fn group(&self) -> i64 {
        self.chat_id.or(self.user_id).unwrap_or(0)
    }

    /// The queue group `<bot>#<chat>`.
    #[must_use]
    pub fn group_key(&self, bot: &str) -> String {
        format!("{bot}#{}", self.group())
    }

    /// Whether this happened in a private chat.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.chat_type.as_deref() == Some("private")
    }

    /// The whole update as it came.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The object under the kind's key.
    pub(crate) fn body(&self) -> Option<Fields<'_>> {
        let root = Fields::of(&self.value)?;
        match &self.kind {
            UpdateKind::Known(kind) => root.object(kind.as_str()),
            UpdateKind::Unknown(_) | UpdateKind::Missing => None,
        }
    }
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("update_id", &self.update_id)
            .field("kind", &self.kind.name())
            .field("chat_id", &self.chat_id)
            .field("message_id", &self.message_id)
            .finish_non_exhaustive()
    }
}
