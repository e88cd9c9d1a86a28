//! The registry of typed ids: append-only and alphabetical.
//!
//! An id is 128 bits, printed as `<prefix>_<26 characters of Crockford base 32>`. Ids that we mint are ULIDs; ids of
//! fans and conversations are derived from Telegram's numbers under the tenant's key (see `vault::PeerIds`), so that
//! no Telegram id stands in a key in the clear and the same person always meets the same row.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;
use ulid::Ulid;

use crate::{Clock, Entropy};

/// Length of the part after the prefix.
pub const SUFFIX_LENGTH: usize = 26;

/// A text that is not an id of the expected kind.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("not a valid {kind} id")]
pub struct ParseIdError {
    /// The kind that was expected, for example `fan`.
    pub kind: &'static str,
}

/// Mints a ULID from the injected clock and randomness.
pub fn new_ulid(clock: &dyn Clock, entropy: &dyn Entropy) -> Ulid {
    let mut random = [0_u8; 16];
    entropy.fill(&mut random[6..]);
    Ulid::from_parts(
        clock.now().millis().unsigned_abs(),
        u128::from_be_bytes(random),
    )
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident => $prefix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Ulid);

        impl $name {
            /// What precedes the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// Mints a new id.
            pub fn new(clock: &dyn Clock, entropy: &dyn Entropy) -> Self {
                Self(new_ulid(clock, entropy))
            }

            /// From 128 bits that were derived elsewhere.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Ulid::from_bytes(bytes))
            }

            /// The 128 bits.
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.to_bytes()
            }

            /// The 26 characters used inside table keys, without the prefix.
            pub fn suffix(&self) -> String {
                self.0.to_string()
            }

            /// Reads the 26 characters used inside table keys.
            ///
            /// # Errors
            /// When the text is not 26 characters of Crockford base 32.
            pub fn from_suffix(text: &str) -> Result<Self, ParseIdError> {
                let error = ParseIdError { kind: $prefix };
                if text.len() != SUFFIX_LENGTH {
                    return Err(error);
                }
                let ulid = Ulid::from_string(text).map_err(|_| error)?;
                // Crockford decoding forgives case and look-alikes; a key must have exactly one spelling.
                if ulid.to_string() != text {
                    return Err(error);
                }
                Ok(Self(ulid))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let suffix = text
                    .strip_prefix($prefix)
                    .and_then(|rest| rest.strip_prefix('_'))
                    .ok_or(ParseIdError { kind: $prefix })?;
                Self::from_suffix(suffix)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

ids! {
    /// One token of a workspace's API.
    ApiTokenId => "tok";
    /// One entry of the audit log.
    AuditEntryId => "aud";
    /// One connected Telegram bot.
    BotId => "bot";
    /// One Telegram account whose owner lets a bot take part in its chats.
    BusinessAccountId => "bac";
    /// One private chat of a fan with a bot, or with an account that the bot takes part in.
    ConversationId => "cnv";
    /// One thing that Sofi remembers about a fan.
    FactId => "fct";
    /// One person who wrote to a creator's bots.
    FanId => "fan";
    /// The opaque id in a bot's webhook address.
    HookId => "hok";
    /// An invitation to a workspace.
    InvitationId => "inv";
    /// One message of a conversation, in or out.
    MessageId => "msg";
    /// One private note of the team in a conversation.
    NoteId => "nte";
    /// One parked update or job.
    ParkedId => "prk";
    /// A request about personal data.
    PrivacyRequestId => "prq";
    /// One passkey of a person.
    PasskeyId => "pky";
    /// One sign-up whose address is still to be verified.
    RegistrationId => "reg";
    /// One text that a team keeps at hand.
    SavedReplyId => "rep";
    /// One login.
    SessionId => "ses";
    /// One of our staff.
    StaffId => "stf";
    /// One workspace: the unit of isolation. A person's own account is a tenant too (see `tenancy`).
    TenantId => "ten";
    /// One person with a login.
    UserId => "usr";
}

impl UserId {
    /// The partition that holds this person's own account: isolated by the same four layers as a workspace.
    pub const fn account_tenant(self) -> TenantId {
        TenantId(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_prints() {
        let id = FanId::from_bytes([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(FanId::from_suffix(&id.suffix()), Ok(id));
    }

    #[test]
    fn another_kind_of_id_is_refused() {
        let bot = BotId::from_bytes([7; 16]).to_string();
        assert_eq!(bot.parse::<FanId>(), Err(ParseIdError { kind: "fan" }));
    }

    #[test]
    fn only_one_spelling_of_an_id_is_accepted() {
        let id = FanId::from_bytes([255; 16]);
        assert!(FanId::from_suffix(&id.suffix().to_lowercase()).is_err());
        assert!(FanId::from_suffix("").is_err());
        assert!("fan_".parse::<FanId>().is_err());
    }
}
