//! What is asked, without a vendor's format.

use std::fmt;

/// Who a message is said to be from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The fan's side of the chat, and our notes about it.
    User,
    /// Our side of the chat.
    Assistant,
}

impl Role {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Role::User => "user",
            Role::Assistant => "assistant",
        }
    }
}

/// One message of the conversation. Shows no text when printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Who it is from.
    pub role: Role,
    /// What it says, ready to be sent.
    pub text: String,
}

/// Which texts of ours the request was made with, for the record of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    /// [`crate::prompt::RULES_VERSION`].
    pub rules: &'static str,
    /// The creator's version of the persona.
    pub persona: u32,
}

/// A question for any vendor, made by [`crate::prompt::build`]. Shows no text when printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Rules and persona: the same for every conversation of a creator, so that vendors can cache it.
    pub instructions: String,
    /// The conversation, oldest first. The last one asks for the answer.
    pub messages: Vec<Message>,
    /// Most tokens the vendor may write, reasoning included.
    pub max_output_tokens: u32,
    /// Keeps one conversation on one of the vendor's caches. A hash made by the caller, good for nothing else.
    pub cache_key: String,
    /// Which texts of ours went in.
    pub versions: Versions,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("role", &self.role)
            .field("text", &"***")
            .finish()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("instructions", &"***")
            .field("messages", &self.messages.len())
            .field("max_output_tokens", &self.max_output_tokens)
            .field("cache_key", &"***")
            .field("versions", &self.versions)
            .finish()
    }
}
