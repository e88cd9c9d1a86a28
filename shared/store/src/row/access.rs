//! What decides who gets in, beside logins and sessions themselves.

use std::time::Duration;

use domain::ids::{ApiTokenId, InvitationId, RegistrationId, SessionId, StaffId, TenantId, UserId};
use domain::registry::class;
use domain::role::StaffRole;
use domain::{Sealed, Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, LocalKey, Throttled};

/// A counter that nobody adds to is forgotten after this time.
const COUNTED_FOR: Duration = Duration::from_secs(24 * 3600);
/// A device that does not log in is forgotten after this time.
const KNOWN_FOR: Duration = Duration::from_secs(180 * 24 * 3600);

stored! {
    /// Leads from a person to their login, whatever their address is by now.
    pub struct UserLoginRow: "user_login" {
        /// Who.
        user: UserId => class::ACCOUNT,
        /// Hex of the keyed hash of the address.
        email_hash: String => class::CREDENTIAL,
    }
}

impl Row for UserLoginRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::user_login(self.user)
    }
}

stored! {
    /// A session in the list of a person's sessions; written and deleted together with the session itself.
    pub struct UserSessionRow: "user_session" {
        /// The session's id.
        id: SessionId => class::LOGIN,
        /// Who.
        user: UserId => class::LOGIN,
        /// Hex of SHA-256 of the session's token.
        token_hash: String => class::CREDENTIAL,
        /// Browser and system in two words, such as `Firefox, Linux`.
        device: String => class::LOGIN,
        /// When it began.
        created_at: Timestamp => class::LOGIN,
        /// It dies at this moment in any case.
        absolute_until: Timestamp => class::LOGIN,
        /// The workspace whose token of the API it is: in the list so that it ends with the person's rights, but shown
        /// with the workspace.
        #[serde(default)]
        token_of: Option<TenantId> => class::LOGIN,
    }
}

impl Row for UserSessionRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::user_session(self.user, self.id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.absolute_until)
    }
}

stored! {
    /// How often a token of the API was used in the window that runs.
    pub struct ApiTokenUseRow: "api_token_use" {
        /// Which token.
        token: ApiTokenId => class::LOGIN,
        /// Number of the window since 1970.
        window: i64 => class::LOGIN,
        /// Calls in it.
        used: u32 => class::LOGIN,
        /// When the last one came.
        last_used_at: Timestamp => class::LOGIN,
        /// Until when the token is good.
        until: Timestamp => class::LOGIN,
    }
}

impl Row for ApiTokenUseRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::api_token_use(self.token)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// One of our staff: a person with an account and a passkey whom an operator appointed. Read at each of their calls, so
    /// that it counts no longer once it is gone.
    pub struct StaffRow: "staff" {
        /// What tenants know them by.
        id: StaffId => class::ACCOUNT,
        /// Whose account it is.
        user: UserId => class::ACCOUNT,
        /// For what.
        role: StaffRole => class::ACCOUNT,
        /// When.
        appointed_at: Timestamp => class::ACCOUNT,
        /// Until when they also stand in for those who see to requests about personal data.
        #[serde(default)]
        deputy_until: Option<Timestamp> => class::ACCOUNT,
    }
}

impl Row for StaffRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::staff(self.user)
    }
}

stored! {
    /// When all Telegram chats ended in which a person heard of what waits: with a new password or address, or because they
    /// logged out everywhere. What began with a link that was asked for later hears. A login that has waited for its code
    /// since before then is over.
    pub struct HearingRow: "hearing" {
        /// Whose.
        user: UserId => class::ACCOUNT,
        /// When.
        ended_at: Timestamp => class::ACCOUNT,
    }
}

impl Row for HearingRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::hearing(self.user)
    }
}

stored! {
    /// How often somebody tried.
    pub struct ThrottleRow: "throttle" {
        /// What is counted.
        by: Throttled => class::LOGIN,
        /// Keyed hash of what is counted, a person's id, a device's hash, or the number of the shard.
        name: String => class::LOGIN,
        /// Tries since `since`.
        tries: u32 => class::LOGIN,
        /// When counting began.
        since: Timestamp => class::LOGIN,
        /// When the last try was.
        last_at: Timestamp => class::LOGIN,
        /// No try is taken before this moment.
        open_at: Timestamp => class::LOGIN,
    }
}

impl Row for ThrottleRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::throttle(self.by, &self.name)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.last_at.plus(COUNTED_FOR))
    }
}

stored! {
    /// A device from which a person has logged in or reset their password: an attack on the account does not lock it out.
    pub struct DeviceRow: "device" {
        /// Hex of SHA-256 of the cookie's value.
        hash: String => class::CREDENTIAL,
        /// Whose.
        user: UserId => class::LOGIN,
        /// When it last logged in, or its person changed a credential from it. Of one that never did: when a reset marked it.
        seen_at: Timestamp => class::LOGIN,
        /// Tries since then, counted apart from everybody else's.
        tries: u32 => class::LOGIN,
        /// No try is taken from it before this moment.
        open_at: Timestamp => class::LOGIN,
        /// When a reset marked it, until somebody has logged in from it: that login is told like one from a new device.
        #[serde(default)]
        reset_at: Option<Timestamp> => class::LOGIN,
    }
}

impl Row for DeviceRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::device(&self.hash)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        let known = self.seen_at.max(self.reset_at.unwrap_or_default());
        Some(known.plus(KNOWN_FOR))
    }
}

stored! {
    /// A sign-up whose address is still to be verified. Gone after 48 hours; until then nothing else exists of it.
    pub struct RegistrationRow: "registration" {
        /// Its id; known to whoever filled in the form.
        id: RegistrationId => class::ACCOUNT,
        /// The person's future id.
        user: UserId => class::ACCOUNT,
        /// Hex of the keyed hash of the address.
        email_hash: String => class::CREDENTIAL,
        /// What was filled in, sealed by KMS; the password as a hash.
        form: Sealed => class::ACCOUNT_SEALED,
        /// Keyed hash of the code in force.
        code_hash: String => class::CREDENTIAL,
        /// Hex of SHA-256 of the link's token in force.
        link_hash: String => class::CREDENTIAL,
        /// Codes that were tried since the last mail.
        tries: u32 => class::TECHNICAL,
        /// Mails that were sent.
        mails: u32 => class::TECHNICAL,
        /// When the last mail was asked for.
        mailed_at: Timestamp => class::TECHNICAL,
        /// Until when it can be verified.
        until: Timestamp => class::TECHNICAL,
    }
}

impl Row for RegistrationRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::registration(self.id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// A password reset that was asked for.
    pub struct PasswordResetRow: "password_reset" {
        /// Hex of SHA-256 of the token.
        token_hash: String => class::CREDENTIAL,
        /// Hex of the keyed hash of the address.
        email_hash: String => class::CREDENTIAL,
        /// Whose; nobody's for an address without an account.
        user: UserId => class::ACCOUNT,
        /// Changes with the password: a link is for the one that was forgotten.
        password_mark: String => class::CREDENTIAL,
        /// Until when it can be used.
        until: Timestamp => class::TECHNICAL,
    }
}

impl Row for PasswordResetRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::password_reset(&self.token_hash)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// A login whose password was right and that waits for the second factor.
    pub struct ChallengeRow: "challenge" {
        /// Hex of SHA-256 of the token.
        token_hash: String => class::CREDENTIAL,
        /// Who.
        user: UserId => class::LOGIN,
        /// Hex of the keyed hash of the address.
        email_hash: String => class::CREDENTIAL,
        /// Changes with the password: a login waits for its code as long as the password that began it is in force.
        #[serde(default)]
        password_mark: String => class::CREDENTIAL,
        /// Codes that were tried.
        tries: u32 => class::TECHNICAL,
        /// Until when it can be answered.
        until: Timestamp => class::TECHNICAL,
    }
}

impl Row for ChallengeRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::challenge(&self.token_hash)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// What makes the codes of a person's authenticator, and the codes for when it is lost.
    pub struct SecondFactorRow: "second_factor" {
        /// The secret, sealed under the account's key.
        secret: Sealed => class::CREDENTIAL,
        /// When a first code proved that the authenticator has it; it counts from then on.
        confirmed_at: Option<Timestamp> => class::ACCOUNT,
        /// The step of the last code that was taken: each counts once.
        last_step: u64 => class::CREDENTIAL,
        /// Keyed hashes of the recovery codes that are left.
        recovery: Vec<String> => class::CREDENTIAL,
        /// When the secret was made.
        created_at: Timestamp => class::ACCOUNT,
    }
}

impl Row for SecondFactorRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::second_factor()
    }
}

stored! {
    /// Which workspace's invitation a link is, by the hash of its token.
    pub struct InvitationLinkRow: "invitation_link" {
        /// Hex of SHA-256 of the token.
        token_hash: String => class::CREDENTIAL,
        /// Whose.
        tenant: TenantId => class::ACCOUNT,
        /// Which.
        invitation: InvitationId => class::ACCOUNT,
        /// Until when.
        until: Timestamp => class::ACCOUNT,
    }
}

impl Row for InvitationLinkRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::invitation_link(&self.token_hash)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
