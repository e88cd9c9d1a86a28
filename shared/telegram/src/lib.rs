//! Telegram Bot API: reading updates, calling methods, answering fan commands.
//!
//! Pure and small: no AWS, no storage, one HTTP client per process. Three stages read an update, each
//! stricter than the one before, so that nothing Telegram sends can fail a whole batch:
//!
//! 1. [`Peek`]: what the webhook needs before it enqueues (id, kind, chat), without building a tree.
//! 2. [`Envelope`]: the same and a little more on a `serde_json::Value`; works for any JSON object.
//! 3. [`Incoming`]: what the product stores. Fields the product has not declared are dropped here.
//!
//! [`Client`] calls the Bot API with a [`BotToken`] and answers failures as data ([`SendError`],
//! [`Consequence`]). [`commands`] holds what the bot itself says to a fan, [`alert`] what it says to the team.
//!
//! Must never: log or print a token, a name or message text; retry a send on its own; keep contacts or
//! locations. Start reading at [`Envelope`].

pub mod alert;
pub mod commands;

mod client;
mod envelope;
mod error;
mod fields;
mod incoming;
mod kind;
mod peek;
mod token;

pub use client::{
    Below, Button, Client, ClientError, DownloadError, File, FileMessage, LinkPreview,
    MAX_RESPONSE_BYTES, Me, MediaMessage, Method, Sent, TextMessage, Webhook, WebhookInfo,
    pre_checkout_refusal,
};
pub use envelope::{Envelope, Unparsable};
pub use error::{ApiError, Consequence, NotSent, SendError, Uncertain};
pub use incoming::{
    Business, Callback, Chat, ChatKind, Connection, Content, Deleted, Entity, Incoming, Mark,
    Media, MediaKind, MemberStatus, Membership, Message, Payment, PreCheckout, Profile, Reaction,
    Standing, WhyUnsupported,
};
pub use kind::{ALLOWED_UPDATES, Kind, UpdateKind};
pub use peek::Peek;
pub use token::{BotToken, TokenError};
