//! The update kinds of Bot API 10.3.

use std::fmt;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $wire:literal,)*) => {
        /// An update kind of Bot API 10.3.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $variant,)* }

        impl Kind {
            /// Every kind, in the order of the official table.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)*];

            /// The key under which the kind stands in an update.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Kind::$variant => $wire,)* }
            }

            /// Finds the kind of a key, or `None` for a key of another API version.
            #[must_use]
            pub fn find(key: &str) -> Option<Kind> {
                match key { $($wire => Some(Kind::$variant),)* _ => None }
            }
        }
    };
}

kinds! {
    /// A new message in a private chat, group or supergroup.
    Message = "message",
    /// A new version of a message.
    EditedMessage = "edited_message",
    /// A new post in a channel.
    ChannelPost = "channel_post",
    /// A new version of a post in a channel.
    EditedChannelPost = "edited_channel_post",
    /// A business account connected, changed or ended its connection.
    BusinessConnection = "business_connection",
    /// A message in a connected business account.
    BusinessMessage = "business_message",
    /// A new version of a message in a connected business account.
    EditedBusinessMessage = "edited_business_message",
    /// Messages deleted in a connected business account.
    DeletedBusinessMessages = "deleted_business_messages",
    /// A message of a guest.
    GuestMessage = "guest_message",
    /// A person changed a reaction.
    MessageReaction = "message_reaction",
    /// Anonymous reactions changed.
    MessageReactionCount = "message_reaction_count",
    /// An inline query.
    InlineQuery = "inline_query",
    /// An inline result was chosen.
    ChosenInlineResult = "chosen_inline_result",
    /// A button was pressed.
    CallbackQuery = "callback_query",
    /// A shipping query.
    ShippingQuery = "shipping_query",
    /// A buyer is about to pay; needs an answer within 10 seconds.
    PreCheckoutQuery = "pre_checkout_query",
    /// Paid media was bought.
    PurchasedPaidMedia = "purchased_paid_media",
    /// A poll changed.
    Poll = "poll",
    /// A person changed an answer in a poll.
    PollAnswer = "poll_answer",
    /// The bot's own membership changed; in a private chat: blocked or returned.
    MyChatMember = "my_chat_member",
    /// Another member's status changed.
    ChatMember = "chat_member",
    /// A request to join a chat.
    ChatJoinRequest = "chat_join_request",
    /// A boost was added or changed.
    ChatBoost = "chat_boost",
    /// A boost was removed.
    RemovedChatBoost = "removed_chat_boost",
    /// A managed bot was created or its token changed.
    ManagedBot = "managed_bot",
    /// A Stars subscription changed state.
    Subscription = "subscription",
    /// A person stopped the generation of a message.
    StoppedMessageGeneration = "stopped_message_generation",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The kinds that a webhook asks for, by name.
///
/// Naming any list switches off everything that is not named, and the default list leaves reactions
/// out, so all kinds that the product stores or means to store soon are named.
pub const ALLOWED_UPDATES: &[Kind] = &[
    Kind::Message,
    Kind::EditedMessage,
    Kind::MessageReaction,
    Kind::CallbackQuery,
    Kind::PreCheckoutQuery,
    Kind::PurchasedPaidMedia,
    Kind::MyChatMember,
    Kind::ChatMember,
    Kind::ChatJoinRequest,
    Kind::ChannelPost,
    Kind::EditedChannelPost,
    Kind::BusinessConnection,
    Kind::BusinessMessage,
    Kind::EditedBusinessMessage,
    Kind::DeletedBusinessMessages,
    Kind::Subscription,
];

/// What an update calls itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateKind {
    /// A kind of Bot API 10.3.
    Known(Kind),
    /// A key that this version does not know, cut to 64 characters.
    Unknown(String),
    /// No key besides `update_id`.
    Missing,
}

impl UpdateKind {
    /// Longest name kept of an unknown kind, in characters.
    pub const NAME_LIMIT: usize = 64;

    /// The name for counters and lists: the key, or `none`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            UpdateKind::Known(kind) => kind.as_str(),
            UpdateKind::Unknown(name) => name,
            UpdateKind::Missing => "none",
        }
    }

    /// Chooses among the keys of an update: a known kind first, else the smallest unknown name, so that
    /// the choice does not depend on the order of keys.
    pub(crate) fn better(self, key: &str) -> UpdateKind {
        if key == "update_id" {
            return self;
        }
        match (Kind::find(key), self) {
            (Some(new), UpdateKind::Known(old)) => {
                UpdateKind::Known(if (new as u8) < (old as u8) { new } else { old })
            }
            (Some(new), _) => UpdateKind::Known(new),
            (None, UpdateKind::Missing) => UpdateKind::Unknown(cut(key)),
            (None, UpdateKind::Unknown(old)) => {
                let new = cut(key);
                UpdateKind::Unknown(if new < old { new } else { old })
            }
            (None, known) => known,
        }
    }
}

fn cut(name: &str) -> String {
    name.chars().take(UpdateKind::NAME_LIMIT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_under_its_own_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::find(kind.as_str()), Some(*kind));
        }
        assert_eq!(Kind::ALL.len(), 27);
    }

    #[test]
    fn allowed_updates_name_reactions_which_the_default_leaves_out() {
        assert!(ALLOWED_UPDATES.contains(&Kind::MessageReaction));
        assert!(ALLOWED_UPDATES.contains(&Kind::PreCheckoutQuery));
        assert!(ALLOWED_UPDATES.contains(&Kind::MyChatMember));
    }

    #[test]
    fn a_known_kind_wins_over_unknown_keys_in_any_order() {
        let forward = UpdateKind::Missing
            .better("aaa")
            .better("message")
            .better("zzz");
        let backward = UpdateKind::Missing
            .better("zzz")
            .better("message")
            .better("aaa");
        assert_eq!(forward, UpdateKind::Known(Kind::Message));
        assert_eq!(forward, backward);
    }

    #[test]
    fn an_unknown_name_is_cut_on_a_character_boundary() {
        let kind = UpdateKind::Missing.better(&"ж".repeat(100));
        assert_eq!(kind.name().chars().count(), UpdateKind::NAME_LIMIT);
    }
}
