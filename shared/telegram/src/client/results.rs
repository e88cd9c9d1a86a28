//! Results of the calls, read leniently: a field of the future or of an odd type is no failure.

use std::fmt;

use serde_json::Value;

use crate::fields::Fields;

/// The bot, as `getMe` describes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Me {
    /// The bot's id.
    pub id: i64,
    /// The bot's user name, without `@`.
    pub username: String,
    /// The bot's display name.
    pub name: String,
    /// Whether it may be added to groups.
    pub can_join_groups: bool,
    /// Whether it reads all group messages.
    pub can_read_all_group_messages: bool,
    /// Whether business accounts may connect to it.
    pub can_connect_to_business: bool,
}

impl Me {
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let me = Fields::of(value)?;
        Some(Me {
            id: me.int("id")?,
            username: me.string("username")?,
            name: me.string("first_name").unwrap_or_default(),
            can_join_groups: me.flag("can_join_groups"),
            can_read_all_group_messages: me.flag("can_read_all_group_messages"),
            can_connect_to_business: me.flag("can_connect_to_business"),
        })
    }
}

impl fmt::Debug for Me {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Me")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// How a webhook fares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookInfo {
    /// Where updates go; empty when no webhook is set.
    pub url: String,
    /// Updates that wait at Telegram.
    pub pending_update_count: i64,
    /// Unix seconds of the last failed delivery. Success does not clear it, only a new setWebhook.
    pub last_error_date: Option<i64>,
    /// What the last failed delivery met.
    pub last_error_message: Option<String>,
    /// Unix seconds of the last failed synchronisation between Telegram's data centres.
    pub last_synchronization_error_date: Option<i64>,
    /// Parallel deliveries.
    pub max_connections: Option<i64>,
    /// Names of the kinds that are sent; empty means the default list. May hold names of the future.
    pub allowed_updates: Vec<String>,
    /// Whether a certificate was uploaded.
    pub has_custom_certificate: bool,
    /// The address that Telegram calls.
    pub ip_address: Option<String>,
}

impl WebhookInfo {
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let info = Fields::of(value)?;
        Some(WebhookInfo {
            url: info.string("url")?,
            pending_update_count: info.int("pending_update_count").unwrap_or(0),
            last_error_date: info.int("last_error_date"),
            last_error_message: info.string("last_error_message"),
            last_synchronization_error_date: info.int("last_synchronization_error_date"),
            max_connections: info.int("max_connections"),
            allowed_updates: info
                .list("allowed_updates")
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            has_custom_certificate: info.flag("has_custom_certificate"),
            ip_address: info.string("ip_address"),
        })
    }
}

/// A message that Telegram accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its number in the chat.
    pub message_id: i64,
    /// Unix seconds.
    pub date: i64,
    /// The chat; differs from the one asked for after a group was upgraded.
    pub chat_id: i64,
}

impl Sent {
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let message = Fields::of(value)?;
        Some(Sent {
            message_id: message.int("message_id")?,
            date: message.int("date")?,
            chat_id: message.object("chat")?.int("id")?,
        })
    }
}

/// Where a file can be fetched for an hour.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// The same for all bots and for good.
    pub file_unique_id: String,
    /// Bytes, if known.
    pub size: Option<i64>,
    /// Path below `/file/bot<token>/`: never for a browser.
    pub path: Option<String>,
}

impl File {
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let file = Fields::of(value)?;
        Some(File {
            file_unique_id: file.string("file_unique_id")?,
            size: file.int("file_size"),
            path: file.string("file_path"),
        })
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}
