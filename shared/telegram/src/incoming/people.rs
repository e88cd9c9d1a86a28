//! Persons and chats.

use std::fmt;

use crate::fields::Fields;

/// A person as Telegram describes them. All but the id may be absent. Debug prints the id only.
#[derive(Clone, PartialEq, Eq)]
pub struct Profile {
    /// Telegram's number of the person.
    pub id: i64,
    /// Whether it is a bot.
    pub is_bot: bool,
    /// May be empty for deleted accounts.
    pub first_name: String,
    /// Last name.
    pub last_name: Option<String>,
    /// Without `@`.
    pub username: Option<String>,
    /// IETF tag of their app's language.
    pub language_code: Option<String>,
    /// Whether they pay for Telegram Premium.
    pub is_premium: bool,
}

impl Profile {
    pub(crate) fn read(user: Fields<'_>) -> Option<Self> {
        Some(Profile {
            id: user.int("id")?,
            is_bot: user.flag("is_bot"),
            first_name: user.string("first_name").unwrap_or_default(),
            last_name: user.string("last_name"),
            username: user.string("username"),
            language_code: user.string("language_code"),
            is_premium: user.flag("is_premium"),
        })
    }

    /// First and last name as one line; empty when there is none.
    #[must_use]
    pub fn display_name(&self) -> String {
        match &self.last_name {
            Some(last) if !self.first_name.is_empty() => format!("{} {last}", self.first_name),
            Some(last) => last.clone(),
            None => self.first_name.clone(),
        }
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The kind of a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatKind {
    /// One fan and the bot.
    Private,
    /// A group.
    Group,
    /// A supergroup.
    Supergroup,
    /// A channel.
    Channel,
    /// A word of a future version.
    Other,
}

impl ChatKind {
    fn read(word: &str) -> Self {
        match word {
            "private" => ChatKind::Private,
            "group" => ChatKind::Group,
            "supergroup" => ChatKind::Supergroup,
            "channel" => ChatKind::Channel,
            _ => ChatKind::Other,
        }
    }
}

/// A chat: number and kind, no title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chat {
    /// Telegram's number of the chat; in a private chat also that of the person.
    pub id: i64,
    /// Its kind.
    pub kind: ChatKind,
}

impl Chat {
    pub(crate) fn read(chat: Fields<'_>) -> Option<Self> {
        Some(Chat {
            id: chat.int("id")?,
            kind: chat.str("type").map_or(ChatKind::Other, ChatKind::read),
        })
    }

    /// Whether it is one fan and the bot.
    #[must_use]
    pub fn is_private(self) -> bool {
        self.kind == ChatKind::Private
    }
}
