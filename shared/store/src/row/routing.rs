//! What must be found before a tenant is known.

use domain::ids::{ApiTokenId, BotId, HookId, SessionId, TenantId, UserId};
use domain::registry::class;
use domain::role::{DataScope, Right, Role};
use domain::{Sealed, Timestamp, stored};
use serde::{Deserialize, Serialize};

use super::Row;
use crate::Table;
use crate::keys::{self, LocalKey};

/// One workspace of a person. Copied into sessions; a change of it ends the person's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Which workspace.
    pub tenant: TenantId,
    /// In which role.
    pub role: Role,
    /// Which bots' rows.
    #[serde(default)]
    pub data: DataScope,
    /// When the workspace is erased, once it is being closed: until then it can be read and exported.
    #[serde(default)]
    pub closes_at: Option<Timestamp>,
}

/// What makes a session a program's: the token it is, and the rights that the token was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenGrant {
    /// Which token.
    pub id: ApiTokenId,
    /// What it may do, within the membership of whoever made it.
    pub rights: Vec<Right>,
}

stored! {
    /// A login, found by the keyed hash of its address.
    pub struct LoginRow: "login" {
        /// Hex of the keyed hash of the normalised address.
        email_hash: String => class::CREDENTIAL,
        /// Who.
        user: UserId => class::ACCOUNT,
        /// Argon2id in PHC form, over the peppered password.
        password: String => class::CREDENTIAL,
        /// Which pepper was used.
        pepper: String => class::CREDENTIAL,
        /// The person's workspaces.
        memberships: Vec<Membership> => class::ACCOUNT,
        /// When the address was verified.
        verified_at: Option<Timestamp> => class::ACCOUNT,
        /// When the login was made.
        created_at: Timestamp => class::ACCOUNT,
        /// Whether the password alone is not enough.
        #[serde(default)]
        second_factor: bool => class::CREDENTIAL,
        /// When the person objected to being counted for improving the product.
        #[serde(default)]
        usage_objected_at: Option<Timestamp> => class::AGREEMENT,
        /// When the account is erased, once its person closed it; a login before then takes that back.
        #[serde(default)]
        closes_at: Option<Timestamp> => class::ACCOUNT,
        /// When a mail last brought the account back, by a reset or as a change of address was undone: devices that were marked
        /// before then are anybody's.
        #[serde(default)]
        recovered_at: Option<Timestamp> => class::ACCOUNT,
        /// When the password or the address last changed, in whichever way: a browser that has not logged in since is not familiar.
        #[serde(default)]
        credentials_at: Option<Timestamp> => class::ACCOUNT,
    }
}

impl LoginRow {
    /// A login with a password and nothing else: in no workspace, of an address that nobody has verified.
    pub fn new(
        user: UserId,
        email_hash: String,
        password: (String, String),
        at: Timestamp,
    ) -> Self {
        let (password, pepper) = password;
        Self {
            email_hash,
            user,
            password,
            pepper,
            memberships: Vec::new(),
            verified_at: None,
            created_at: at,
            second_factor: false,
            usage_objected_at: None,
            closes_at: None,
            recovered_at: None,
            credentials_at: None,
        }
    }
}

impl Row for LoginRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::login(&self.email_hash)
    }
}

stored! {
    /// A session, found by the hash of its token.
    pub struct SessionRow: "session" {
        /// Its id, for lists.
        id: SessionId => class::LOGIN,
        /// Hex of SHA-256 of the token.
        token_hash: String => class::CREDENTIAL,
        /// Who.
        user: UserId => class::LOGIN,
        /// The person's workspaces at the time of the login.
        memberships: Vec<Membership> => class::LOGIN,
        /// When it began.
        created_at: Timestamp => class::LOGIN,
        /// It dies at this moment unless it is used.
        idle_until: Timestamp => class::LOGIN,
        /// It dies at this moment in any case.
        absolute_until: Timestamp => class::LOGIN,
        /// When the person last proved who they are.
        #[serde(default)]
        proved_at: Timestamp => class::LOGIN,
        /// When the person last proved it with a passkey.
        #[serde(default)]
        passkey_at: Option<Timestamp> => class::LOGIN,
        /// Under which random name what is done in this login is counted; absent for a person who objected, a browser that
        /// sends the signal against selling and sharing, and a token. Nothing else knows the name.
        #[serde(default)]
        usage: Option<String> => class::LOGIN,
        /// Whether the browser sent the signal against selling and sharing (Global Privacy Control) at the login.
        #[serde(default)]
        gpc: bool => class::LOGIN,
        /// Of a token of the API: it opens what it was given and nothing else.
        #[serde(default)]
        token: Option<TokenGrant> => class::LOGIN,
    }
}

impl Row for SessionRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::session(&self.token_hash)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.idle_until.min(self.absolute_until))
    }
}

stored! {
    /// A webhook, found by the id in its address.
    pub struct HookRow: "hook" {
        /// The id in the address.
        id: HookId => class::CREDENTIAL,
        /// Whose.
        tenant: TenantId => class::ACCOUNT,
        /// Which bot's.
        bot: BotId => class::ACCOUNT,
        /// SHA-256 of the secret in force.
        secret_hash: Sealed => class::CREDENTIAL,
        /// SHA-256 of the former secret.
        previous_hash: Option<Sealed> => class::CREDENTIAL,
        /// Until when the former secret is taken.
        previous_until: Option<Timestamp> => class::TECHNICAL,
    }
}

impl Row for HookRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::hook(self.id)
    }
}

stored! {
    /// Who has connected a Telegram bot: one workspace at a time.
    pub struct BotClaimRow: "bot_claim" {
        /// Telegram's id of the bot.
        telegram_id: i64 => class::ACCOUNT,
        /// Whose.
        tenant: TenantId => class::ACCOUNT,
        /// Our id of it.
        bot: BotId => class::ACCOUNT,
    }
}

impl Row for BotClaimRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::bot_claim(self.telegram_id)
    }
}

stored! {
    /// A platform secret, sealed by KMS under purpose `platform`.
    pub struct PlatformSecretRow: "platform_secret" {
        /// Its name, for example `pepper`.
        name: String => class::TECHNICAL,
        /// Which generation.
        generation: String => class::TECHNICAL,
        /// The secret.
        secret: Sealed => class::CREDENTIAL,
        /// When it was made.
        created_at: Timestamp => class::TECHNICAL,
    }
}

impl Row for PlatformSecretRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::platform_secret(&self.name)
    }
}
