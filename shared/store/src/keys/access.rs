//! Keys of what decides who gets in: people's sessions, counters of guesses, pending sign-ups, resets.

use domain::Timestamp;
use domain::consent::ConsentAct;
use domain::ids::{ApiTokenId, RegistrationId, SessionId, UserId};
use serde::{Deserialize, Serialize};

use super::{LocalKey, key, moment};

/// Partition of what leads from a person to their login and sessions.
pub fn user_of(user: UserId) -> String {
    format!("USER#{}", user.suffix())
}

/// Where a person's login is found.
pub fn user_login(user: UserId) -> LocalKey {
    key(user_of(user), "LOGIN")
}

/// First part of the sort key of a person's sessions.
pub const USER_SESSION: &str = "SESSION#";

/// One session in the list of a person's sessions.
pub fn user_session(user: UserId, session: SessionId) -> LocalKey {
    key(user_of(user), format!("{USER_SESSION}{}", session.suffix()))
}

/// The change of address that a person has asked for.
pub fn email_change(user: UserId) -> LocalKey {
    key(user_of(user), "EMAIL")
}

/// The changes of address that can still be taken back.
pub fn email_undos(user: UserId) -> LocalKey {
    key(user_of(user), "UNDOS")
}

/// A person's passkeys, all of them.
pub fn passkeys(user: UserId) -> LocalKey {
    key(user_of(user), "PASSKEYS")
}

/// Whose a passkey is, by the hash of its credential's id.
pub fn passkey_claim(hash: &str) -> LocalKey {
    key(format!("PASSKEY#{hash}"), "CLAIM")
}

/// A question to a passkey, by the hash of its token.
pub fn passkey_challenge(hash: &str) -> LocalKey {
    key(format!("PASSKEY#{hash}"), "CHALLENGE")
}

/// What tries are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Throttled {
    /// Logins of an address, by its keyed hash, whether or not it has an account.
    Account,
    /// Mails that strangers have sent to an address, by its keyed hash.
    Letters,
    /// Links of a reset that were asked for, by the keyed hash of the address.
    Resets,
    /// Invitations that workspaces have sent to an address, by its keyed hash under a secret of their own.
    Invitations,
    /// Invitations that a person has sent, whichever of their workspaces they were for, by the person's id.
    Inviters,
    /// Addresses that a person wanted for their account, by the person's id.
    Changes,
    /// Proofs of a person who is logged in, by the keyed hash of their address.
    Proofs,
    /// Codes of the second factor at logins, by the person's id; of a device that has its own counter by the device's hash.
    Codes,
    /// Searches of one of our staff for workspaces that hold somebody, by the person's id.
    Searches,
    /// A network, by its keyed hash.
    Network,
    /// Everybody, in shards.
    Everybody,
}

/// A counter of tries.
pub fn throttle(by: Throttled, name: &str) -> LocalKey {
    let by = match by {
        Throttled::Account => "ACCOUNT",
        Throttled::Letters => "LETTERS",
        Throttled::Resets => "RESETS",
        Throttled::Invitations => "INVITATIONS",
        Throttled::Inviters => "INVITERS",
        Throttled::Changes => "CHANGES",
        Throttled::Proofs => "PROOFS",
        Throttled::Codes => "CODES",
        Throttled::Searches => "SEARCHES",
        Throttled::Network => "NETWORK",
        Throttled::Everybody => "ALL",
    };
    key(format!("THROTTLE#{by}#{name}"), "COUNT")
}

/// How often a token of the API was used. A partition of its own: whoever may count may not write sessions.
pub fn api_token_use(token: ApiTokenId) -> LocalKey {
    key(format!("TOKENUSE#{}", token.suffix()), "USE")
}

/// When the Telegram chats of a person ended. A partition of its own: whoever may read it may read no login.
pub fn hearing(user: UserId) -> LocalKey {
    key(format!("HEARING#{}", user.suffix()), "ENDED")
}

/// One of our staff. A partition of its own: whoever may read it may read no login.
pub fn staff(user: UserId) -> LocalKey {
    key(format!("STAFF#{}", user.suffix()), "STAFF")
}

/// A device that has logged in before, by the hash of its cookie.
pub fn device(hash: &str) -> LocalKey {
    key(format!("DEVICE#{hash}"), "DEVICE")
}

/// A sign-up whose address is still to be verified.
pub fn registration(registration: RegistrationId) -> LocalKey {
    key(format!("REGISTRATION#{}", registration.suffix()), "PENDING")
}

/// A password reset, by the hash of its token.
pub fn password_reset(hash: &str) -> LocalKey {
    key(format!("RESET#{hash}"), "RESET")
}

/// A login that waits for its second factor, by the hash of its token.
pub fn challenge(hash: &str) -> LocalKey {
    key(format!("CHALLENGE#{hash}"), "CHALLENGE")
}

/// The link of an invitation, by the hash of its token.
pub fn invitation_link(hash: &str) -> LocalKey {
    key(format!("INVITATION#{hash}"), "LINK")
}

/// A person's second factor, in the person's own partition.
pub fn second_factor() -> LocalKey {
    key("ACCOUNT", "TOTP")
}

/// Beginning of a person's words on being counted, in the order of their moments, in the person's own partition.
pub const USAGE_WORD: &str = "USAGE#";

/// One of these words.
pub fn usage_word(at: Timestamp, act: ConsentAct) -> LocalKey {
    key(
        "ACCOUNT",
        format!("{USAGE_WORD}{}#{}", moment(at), act.as_str()),
    )
}
